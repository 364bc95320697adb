// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/history.h"

#include "evidence/journalfiles.h"
#include "evidence/replay.h"
#include "evidence/snapshotjson.h"

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace evidence {

namespace {

constexpr qint64 momentStep = 100;                     ///< ms: what is nearer together counts as one
constexpr qint64 checkpointEvery = qint64(512) * 1024; ///< bytes

QDateTime timeOf(QByteArrayView seen)
{
    return timeOfText(QString::fromLatin1(seen));
}

} // namespace

struct History::Private {
    struct File {
        QString path;
        QByteArray begins; ///< TIME of its first line
        QByteArray last;   ///< of its last line
        qint64 scanned = 0;
        bool begun = false; ///< scanned past the state
    };
    /// A place in one file and what is known there.
    struct Place {
        qsizetype file = -1;
        qint64 offset = 0;
        Replay replay;
    };

    bool scan();
    bool scan(File &file, bool first);
    void go(const QByteArray &until);

    QString folder;
    Manifest manifest;
    IndexReader index;
    std::vector<File> files;
    QList<Moment> moments;
    Place place;
    std::vector<Place> checkpoints; ///< of the file of `place`, in order
    qsizetype bad = 0;
};

History::History(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}
History::History(History &&) noexcept = default;
History &History::operator=(History &&) noexcept = default;
History::~History() = default;

DiskResult<History> History::open(const QString &folder)
{
    auto manifest = readManifest(folder);
    if (!manifest)
        return std::unexpected(manifest.error());
    auto p = std::make_unique<Private>();
    p->folder = folder;
    p->manifest = std::move(*manifest);
    p->index = IndexReader(folder + "/index.jsonl"_L1);
    p->index.refresh();
    p->scan();
    return History(std::move(p));
}

bool History::refresh()
{
    if (auto manifest = readManifest(d->folder))
        d->manifest = std::move(*manifest);
    const bool logs = d->index.refresh();
    return d->scan() || logs;
}

/// Looks through what is new for the times of records; bodies are not read.
bool History::Private::scan()
{
    const QStringList paths = journalFiles(folder + "/objects"_L1);
    bool any = false;
    for (const QString &path : paths) {
        const auto known = std::ranges::find(files, path, &File::path);
        if (known == files.end())
            files.push_back({path, {}, {}, 0, false});
    }
    for (size_t i = 0; i < files.size(); ++i) {
        if (i + 2 >= files.size() || files[i].scanned == 0)
            any |= scan(files[i], i == 0);
    }
    return any;
}

bool History::Private::scan(File &file, bool first)
{
    const qint64 before = file.scanned;
    const auto end = eachLine(file.path, file.scanned, [&](QByteArrayView line, qint64) {
        const QByteArrayView seen = seenOf(line);
        if (seen.isEmpty())
            return true;
        if (file.begins.isEmpty())
            file.begins = seen.toByteArray();
        file.last = seen.toByteArray();
        if (!file.begun) {
            file.begun = hasType(line, "begun");
            if (!file.begun || !first)
                return true; // the state is not news
        }
        const QDateTime at = timeOf(seen);
        if (!moments.isEmpty() && moments.constLast().at.msecsTo(at) < momentStep)
            ++moments.last().records;
        else
            moments.append({at, 1});
        return true;
    });
    if (end)
        file.scanned = *end;
    return file.scanned != before;
}

const Manifest &History::manifest() const
{
    return d->manifest;
}

const QString &History::folder() const
{
    return d->folder;
}

QDateTime History::first() const
{
    return d->files.empty() ? QDateTime() : timeOf(d->files.front().begins);
}

QDateTime History::last() const
{
    for (auto file = d->files.rbegin(); file != d->files.rend(); ++file) {
        if (!file->last.isEmpty())
            return timeOf(file->last);
    }
    return {};
}

QList<Moment> History::moments(std::chrono::milliseconds step) const
{
    if (step.count() <= momentStep)
        return d->moments;
    QList<Moment> out;
    for (const Moment &moment : std::as_const(d->moments)) {
        if (!out.isEmpty() && out.constLast().at.msecsTo(moment.at) < step.count())
            out.last().records += moment.records;
        else
            out.append(moment);
    }
    return out;
}

upgrade::Snapshot History::snapshotAt(const QDateTime &time) const
{
    const QByteArray until = timeText(time).toLatin1();
    if (until.isEmpty() || d->files.empty() || until < d->files.front().begins)
        return {};
    d->go(until);
    return d->place.replay.snapshot();
}

/// From where we are when that is before it in the same file, else from the nearest checkpoint, else from the file's
/// begin.
void History::Private::go(const QByteArray &until)
{
    qsizetype wanted = 0;
    for (size_t i = 0; i < files.size(); ++i) {
        if (!files[i].begins.isEmpty() && files[i].begins <= until)
            wanted = qsizetype(i);
    }
    if (place.file != wanted) {
        checkpoints.clear();
        place = {wanted, 0, {}};
    } else if (place.replay.seen() > until) {
        const auto after
            = std::ranges::upper_bound(checkpoints, until, {}, [](const Place &one) { return one.replay.seen(); });
        place = after == checkpoints.begin() ? Place{wanted, 0, {}} : *(after - 1);
    }
    const qsizetype badBefore = place.replay.bad();
    qint64 kept = checkpoints.empty() ? 0 : checkpoints.back().offset;
    const auto end = eachLine(files[size_t(wanted)].path, place.offset, [&](QByteArrayView line, qint64 next) {
        const QByteArrayView seen = seenOf(line);
        if (!seen.isEmpty() && seen > QByteArrayView(until))
            return false;
        place.replay.apply(line);
        place.offset = next;
        if (place.replay.isWhole() && next - kept >= checkpointEvery) {
            checkpoints.push_back(place);
            kept = next;
        }
        return true;
    });
    Q_UNUSED(end) // what was read of a file that cannot be read further is what there is
    bad += place.replay.bad() - badBefore;
}

qsizetype History::badRecords() const
{
    return d->bad + d->index.index().bad;
}

const Index &History::index() const
{
    return d->index.index();
}

QString History::path(const LogRecord &log) const
{
    return d->folder + u'/' + log.path;
}

} // namespace evidence
