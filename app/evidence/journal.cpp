// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/journalprivate.h"

#include "evidence/mergepatch.h"
#include "evidence/snapshotjson.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace evidence {

using upgrade::Kind;

namespace {

constexpr qint64 longestHold = 60; ///< seconds

bool sameVersion(const kube::Object &a, const kube::Object &b)
{
    if (a.uid != b.uid || a.resourceVersion != b.resourceVersion)
        return false;
    return !a.resourceVersion.isEmpty() || a.json == b.json;
}

bool anyLoading(const upgrade::Snapshot &snapshot)
{
    return std::ranges::any_of(snapshot.sources,
        [](const upgrade::SourceState &source) { return source.state == upgrade::SourceState::State::Loading; });
}

qsizetype bytesOf(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact).size();
}

bool isMinor(const QJsonObject &digestPatch)
{
    const QStringList keys = digestPatch.keys();
    return std::ranges::all_of(
        keys, [](const QString &key) { return key == "lines"_L1 || key == "lastLine"_L1 || key == "lastTime"_L1; });
}

} // namespace

Journal::Journal(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

Journal::~Journal()
{
    (void)flush();
}

DiskResult<std::unique_ptr<Journal>> Journal::open(const QString &folder, const JournalOptions &options)
{
    if (const auto made = makePrivateFolders(folder); !made)
        return std::unexpected(made.error());
    auto p = std::make_unique<Private>(folder, options);
    if (const auto error = p->recover())
        return std::unexpected(*error);
    return std::unique_ptr<Journal>(new Journal(std::move(p)));
}

const upgrade::Snapshot &Journal::recovered() const
{
    return d->recovered;
}

void Journal::seen(Kind kind, const kube::ObjectPtr &object, const QDateTime &now)
{
    d->stamp(now);
    d->putObject(kind, object);
    (void)flush();
}

void Journal::gone(Kind kind, const kube::ObjectKey &key, const QDateTime &now)
{
    d->stamp(now);
    d->removeObject(kind, key);
    (void)flush();
}

void Journal::record(const upgrade::Snapshot &snapshot, const QDateTime &now)
{
    d->stamp(now);
    if (d->holding && !d->holdUntil)
        d->holdUntil = now.addSecs(longestHold);
    if (d->holding && (!anyLoading(snapshot) || now >= *d->holdUntil))
        d->holding = false;
    bool changed = d->diffObjects(snapshot);
    changed |= d->diffSources(snapshot);
    const bool observed = !observationsPatch(d->kept.seen, snapshot.seen).isEmpty();
    const bool late
        = !d->lastMinor.isValid() || d->lastMinor.msecsTo(now) >= d->options.digestEvery.count() || d->lastMinor > now;
    changed |= observed || snapshot.asOf != d->kept.asOf;
    // Replaying must have the digests of a moment whenever something else is seen to change.
    if (d->diffDigests(snapshot, changed || late)) {
        changed = true;
        d->lastMinor = now;
    }
    if (changed && !d->holding)
        d->writeMoment(snapshot);
    (void)flush();
    d->settle(now);
}

std::optional<DiskError> Journal::flush()
{
    if (d->file && !d->lost)
        d->error = d->file->flush();
    if (!d->error && d->file)
        d->error = d->file->syncTrouble();
    return d->error;
}

std::optional<DiskError> Journal::error() const
{
    return d->error;
}

bool Journal::isFull() const
{
    return d->full;
}

qint64 Journal::bytes() const
{
    return d->otherBytes + (d->file ? d->file->end() : 0);
}

/// Times in a file never go back, whatever the clock does: they are what it is searched by.
void Journal::Private::stamp(const QDateTime &now)
{
    seen = std::max({seen, timeText(now), u"1970-01-01T00:00:00.000Z"_s});
    if (!file)
        firstFile(now);
}

void Journal::Private::write(QLatin1StringView type, const QJsonObject &more)
{
    if (full || lost || !file)
        return;
    const QByteArray line = recordLine(seen, type, more);
    if (file->waiting() + line.size() > options.mostWaiting) {
        lost = true;
        lostFrom = seen;
        nextTry = {};
        if (options.room)
            options.room->left += file->waiting();
        file->dropWaiting();
        return;
    }
    file->queue(line);
    if (options.room)
        options.room->left -= line.size();
    keepLimit();
}

/// Says so once and writes no more.
void Journal::Private::keepLimit()
{
    const bool own = otherBytes + file->end() >= options.limit;
    const bool shared = options.room && options.room->left <= 0;
    if (!own && !shared)
        return;
    full = true;
    file->queue(recordLine(
        seen, "full"_L1, {{u"limit"_s, own ? u"objects-limit %1"_s.arg(options.limit) : options.room->limit}}));
}

void Journal::Private::putObject(Kind kind, const kube::ObjectPtr &object)
{
    upgrade::Collection<kube::Object> &collection = kept.raw[kind];
    const kube::ObjectPtr before = collection.value(object->key);
    collection.insert(object->key, object);
    if (before && sameVersion(*before, *object))
        return;
    const QJsonObject now = keptOf(kind, object->json);
    if (now.isEmpty()) {
        collection.remove(object->key);
        return;
    }
    const bool other = before && before->uid != object->uid;
    if (before && !other) {
        const auto patch = mergePatch(keptOf(kind, before->json), now);
        if (patch && bytesOf(*patch) < bytesOf(now)) {
            write("modified"_L1,
                {{u"kind"_s, kindWord(kind)}, {u"namespace"_s, object->key.ns}, {u"name"_s, object->key.name},
                    {u"base"_s, before->resourceVersion}, {u"patch"_s, *patch}});
            return;
        }
    }
    write(before && !other ? "modified"_L1 : "added"_L1, {{u"kind"_s, kindWord(kind)}, {u"object"_s, now}});
}

void Journal::Private::removeObject(Kind kind, const kube::ObjectKey &key)
{
    if (!kept.raw.value(kind).contains(key))
        return;
    kept.raw[kind].remove(key);
    write("deleted"_L1, {{u"kind"_s, kindWord(kind)}, {u"namespace"_s, key.ns}, {u"name"_s, key.name}});
}

bool Journal::Private::diffObjects(const upgrade::Snapshot &snapshot)
{
    bool changed = false;
    for (const Kind kind : allKinds()) {
        const upgrade::Collection<kube::Object> before = kept.raw.value(kind);
        const upgrade::Collection<kube::Object> after = snapshot.raw.value(kind);
        auto old = before.begin();
        auto now = after.begin();
        while (old != before.end() || now != after.end()) {
            const bool gone = now == after.end() || (old != before.end() && old.key() < now.key());
            if (gone) {
                if (!holding) {
                    removeObject(kind, old.key());
                    changed = true;
                }
                ++old;
                continue;
            }
            const bool known = old != before.end() && old.key() == now.key();
            if (!known || *old != *now) {
                changed |= !known || !sameVersion(**old, **now);
                putObject(kind, *now);
            }
            if (known)
                ++old;
            ++now;
        }
    }
    return changed;
}

bool Journal::Private::diffSources(const upgrade::Snapshot &snapshot)
{
    const auto same = [](const upgrade::SourceState &a, const upgrade::SourceState &b) {
        return a.state == b.state && a.since == b.since && a.message == b.message;
    };
    bool changed = false;
    for (auto it = snapshot.sources.begin(); it != snapshot.sources.end(); ++it) {
        const auto known = kept.sources.constFind(it.key());
        if (known != kept.sources.constEnd() && same(*known, *it))
            continue;
        write("source"_L1, {{u"source"_s, it.key()}, {u"state"_s, toJson(*it)}});
        changed = true;
    }
    for (auto it = kept.sources.constBegin(); it != kept.sources.constEnd(); ++it) {
        if (snapshot.sources.contains(it.key()))
            continue;
        write("source"_L1, {{u"source"_s, it.key()}});
        changed = true;
    }
    kept.sources = snapshot.sources;
    return changed;
}

bool Journal::Private::diffDigests(const upgrade::Snapshot &snapshot, bool all)
{
    bool changed = false;
    for (auto it = snapshot.logs.begin(); it != snapshot.logs.end(); ++it) {
        const auto known = kept.logs.constFind(it.key());
        const bool isNew = known == kept.logs.constEnd();
        // Lines count up: what has as many has not changed, and most have not.
        const auto patch = mergePatch(isNew ? QJsonObject() : toJson(*known), toJson(*it));
        if (!isNew && (!patch || patch->isEmpty() || (!all && isMinor(*patch))))
            continue;
        write("digest"_L1, {{u"job"_s, it.key()}, {u"patch"_s, patch.value_or(QJsonObject())}});
        kept.logs.insert(it.key(), *it);
        changed = true;
    }
    const QStringList jobs = kept.logs.keys();
    for (const QString &job : jobs) {
        if (holding || snapshot.logs.contains(job))
            continue;
        write("digest"_L1, {{u"job"_s, job}});
        kept.logs.remove(job);
        changed = true;
    }
    return changed;
}

void Journal::Private::writeMoment(const upgrade::Snapshot &snapshot)
{
    QJsonObject moment{{u"observed"_s, observationsPatch(kept.seen, snapshot.seen)}};
    // Equal but for a clock that was set back, or a caller who observed at another time.
    const QString last = timeText(snapshot.seen.last);
    if (last != seen)
        moment.insert("now"_L1, last);
    if (snapshot.asOf.isValid())
        moment.insert("asOf"_L1, timeText(snapshot.asOf));
    write("moment"_L1, moment);
    kept.seen = snapshot.seen;
    kept.asOf = snapshot.asOf;
}

} // namespace evidence
