// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/journalprivate.h"

#include "evidence/filetail.h"
#include "evidence/snapshotjson.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace evidence {

namespace {

constexpr auto unfinished = ".part"_L1;
constexpr qint64 tryEvery = 5; ///< seconds, after the disk took nothing for long
constexpr qint64 chunk = qint64(1024) * 1024;

std::optional<DiskError> cutTornLine(AppendFile &file)
{
    const auto whole
        = wholeLines([&file](qint64 offset, qint64 count) { return file.read(offset, count); }, file.size());
    if (!whole)
        return whole.error();
    return *whole < file.size() ? file.cutTo(*whole) : std::nullopt;
}

} // namespace

/// Goes on behind what the last writer left. A file whose state is not whole is the one a power cut came into: the one
/// before it has all that its state would.
std::optional<DiskError> Journal::Private::recover()
{
    const QStringList parts = QDir(folder).entryList({u'*' + unfinished}, QDir::Files);
    for (const QString &name : parts)
        QFile::remove(folder + u'/' + name);
    QStringList files = journalFiles(folder);
    for (const QString &path : std::as_const(files))
        otherBytes += QFileInfo(path).size();
    while (!files.isEmpty()) {
        const QString path = files.takeLast();
        auto opened = AppendFile::open(path, *options.disk, options.syncer);
        if (!opened)
            return opened.error();
        if (const auto torn = cutTornLine(**opened))
            return torn;
        Replay replay;
        stateBytes = 0;
        const auto read = eachLine(path, 0, [&](QByteArrayView line, qint64 next) {
            replay.apply(line);
            if (replay.isWhole() && stateBytes == 0)
                stateBytes = next;
            return true;
        });
        if (!read)
            return read.error();
        otherBytes -= QFileInfo(path).size();
        if (!replay.isWhole()) {
            QFile::remove(path);
            continue;
        }
        file = std::move(*opened);
        number = numberOfJournalFile(path);
        recovered = kept = replay.snapshot();
        seen = QString::fromLatin1(replay.seen());
        holding = true;
        full = replay.isFull()
            && (otherBytes + file->end() >= options.limit || (options.room && options.room->left <= 0));
        return std::nullopt;
    }
    otherBytes = 0;
    return std::nullopt; // it begins with the first record
}

bool Journal::Private::mayTry(const QDateTime &now)
{
    const bool may = !nextTry.isValid() || now >= nextTry || now.secsTo(nextTry) > tryEvery;
    if (may)
        nextTry = now.addSecs(tryEvery);
    return may;
}

void Journal::Private::firstFile(const QDateTime &now)
{
    if (!mayTry(now))
        return;
    error = begin(number + 1);
    if (!error)
        nextTry = {};
}

/// A new file with the whole state. It is in its place only when it is whole.
std::optional<DiskError> Journal::Private::begin(int next)
{
    const QString path = journalFile(folder, next);
    {
        auto part = AppendFile::open(path + unfinished, *options.disk, options.syncer);
        if (!part)
            return part.error();
        std::optional<DiskError> bad = (*part)->cutTo(0);
        if (!bad)
            bad = writeState(**part);
        if (bad) {
            QFile::remove(path + unfinished);
            return bad;
        }
    }
    if (::rename(QFile::encodeName(path + unfinished).constData(), QFile::encodeName(path).constData()) != 0)
        return systemError(path, errno);
    auto opened = AppendFile::open(path, *options.disk, options.syncer);
    if (!opened)
        return opened.error();
    if (file)
        otherBytes += file->size();
    file = std::move(*opened);
    number = next;
    stateBytes = file->size();
    rollAt = 0;
    if (options.room)
        options.room->left -= stateBytes;
    return std::nullopt;
}

std::optional<DiskError> Journal::Private::writeState(AppendFile &to)
{
    std::optional<DiskError> bad;
    const auto put = [&](QLatin1StringView type, const QJsonObject &more) {
        to.queue(recordLine(seen, type, more));
        if (!bad && to.waiting() >= chunk)
            bad = to.flush();
    };
    put("state"_L1, {{u"format"_s, 1}});
    for (const upgrade::Kind kind : allKinds()) {
        const auto objects = kept.raw.value(kind);
        for (const kube::ObjectPtr &object : objects) {
            if (bad)
                return bad;
            put("added"_L1, {{u"kind"_s, kindWord(kind)}, {u"object"_s, keptOf(kind, object->json)}});
        }
    }
    for (auto it = kept.sources.constBegin(); it != kept.sources.constEnd(); ++it)
        put("source"_L1, {{u"source"_s, it.key()}, {u"state"_s, toJson(*it)}});
    for (auto it = kept.logs.constBegin(); it != kept.logs.constEnd(); ++it)
        put("digest"_L1, {{u"job"_s, it.key()}, {u"patch"_s, toJson(*it)}});
    QJsonObject moment{{u"observed"_s, observationsPatch({}, kept.seen)}, {u"now"_s, timeText(kept.seen.last)}};
    if (kept.asOf.isValid())
        moment.insert("asOf"_L1, timeText(kept.asOf));
    put("moment"_L1, moment);
    put("begun"_L1, {});
    return bad ? bad : to.flush();
}

/// After a step: a new file when this one is long enough, or when records had to be thrown away and there is room
/// again.
void Journal::Private::settle(const QDateTime &now)
{
    if (full || !file)
        return;
    if (lost) {
        if (!mayTry(now))
            return;
        if (const auto bad = begin(number + 1)) {
            error = bad;
            return;
        }
        nextTry = {};
        lost = false;
        error.reset();
        write("lost"_L1, {{u"from"_s, lostFrom}, {u"until"_s, seen}});
        error = file->flush();
        return;
    }
    const qint64 enough = std::max({options.smallestFile, options.stateShare * stateBytes, rollAt});
    if (error || holding || file->size() < enough)
        return;
    if (begin(number + 1))
        rollAt = file->size() + options.smallestFile; // not at every step
}

} // namespace evidence
