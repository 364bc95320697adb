// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/sources.h"

#include <algorithm>

namespace session {

using namespace Qt::StringLiterals;
using State = kube::Freshness::State;

QString sourceKey(const upgrade::WatchTarget &target)
{
    return target.ns.isEmpty() ? target.resource.qualified() : target.resource.qualified() + u'/' + target.ns;
}

namespace {

upgrade::SourceState sourceState(const kube::Freshness &freshness)
{
    using To = upgrade::SourceState::State;
    upgrade::SourceState state;
    switch (freshness.state) {
    case State::Loading:
        state.state = To::Loading;
        break;
    case State::Live:
        state.state = To::Live;
        break;
    case State::Stale:
        state.state = To::Stale;
        break;
    case State::Denied:
        state.state = To::Denied;
        break;
    case State::Missing:
        state.state = To::Missing;
        break;
    }
    state.since = freshness.since;
    if (freshness.cause)
        state.message = freshness.cause->message;
    return state;
}

bool sameFreshness(const kube::Freshness &a, const kube::Freshness &b)
{
    return a.state == b.state && a.since == b.since && a.retryAt == b.retryAt
        && a.cause.has_value() == b.cause.has_value()
        && (!a.cause || (a.cause->kind == b.cause->kind && a.cause->message == b.cause->message));
}

/// The version the server has, ours if it has that; nullopt: it does not serve the kind. A group whose backing server
/// is away is not known to be missing: it is tried.
std::optional<kube::ResourceRef> served(const std::optional<kube::Discovery> &found, const kube::ResourceRef &wanted)
{
    if (!found)
        return wanted;
    for (const kube::ResourceRef &resource : found->resources) {
        if (resource.group == wanted.group && resource.resource == wanted.resource
            && resource.version == wanted.version)
            return resource;
    }
    if (const std::optional<kube::ResourceRef> other = found->find(wanted.group, wanted.resource))
        return other;
    for (const QString &group : found->failedGroups) {
        if (group == wanted.group || group.section(u'/', 0, 0) == wanted.group)
            return wanted;
    }
    return std::nullopt;
}

bool isHarvester(const std::optional<kube::Discovery> &found)
{
    for (const upgrade::WatchTarget &target : upgrade::watchTargets()) {
        if (target.kind == upgrade::Kind::Upgrade)
            return served(found, target.resource).has_value();
    }
    return true;
}

kube::Freshness missing()
{
    kube::Freshness freshness;
    freshness.state = State::Missing;
    freshness.since = QDateTime::currentDateTimeUtc();
    return freshness;
}

} // namespace

Sources::Sources(QObject *parent)
    : QObject(parent)
{
    for (const upgrade::WatchTarget &target : upgrade::watchTargets()) {
        auto source = std::make_unique<Source>();
        source->target = target;
        source->key = sourceKey(target);
        m_sources.push_back(std::move(source));
    }
    std::ranges::stable_partition(m_sources, [](const auto &source) { return source->target.essential; });
    for (const auto &source : m_sources)
        m_snapshot.sources.insert(source->key, {});
}

Sources::~Sources() = default;

void Sources::begin(kube::Client &client, const std::optional<kube::Discovery> &found)
{
    m_running = true;
    const bool harvester = isHarvester(found);
    for (const auto &source : m_sources) {
        source->answered = false;
        source->compared = false;
        const auto resource = harvester ? served(found, source->target.resource) : std::nullopt;
        if (resource)
            watch(client, *source, *resource);
        else
            setFreshness(*source, missing());
    }
    Q_EMIT freshnessChanged();
}

void Sources::rediscovered(kube::Client &client, const kube::Discovery &found)
{
    const bool harvester = isHarvester(found);
    for (const auto &source : m_sources) {
        if (source->freshness.state != State::Missing || !harvester)
            continue;
        if (const auto resource = served(found, source->target.resource)) {
            source->compared = false;
            watch(client, *source, *resource);
        }
    }
    Q_EMIT freshnessChanged();
}

void Sources::end(const std::optional<kube::Error> &cause)
{
    m_running = false;
    for (const auto &source : m_sources) {
        source->watcher.reset();
        if (source->freshness.state != State::Live)
            continue;
        kube::Freshness stale;
        stale.state = State::Stale;
        stale.since = QDateTime::currentDateTimeUtc();
        stale.cause = cause;
        setFreshness(*source, stale);
    }
}

void Sources::forget()
{
    m_running = false;
    m_snapshot = {};
    m_clock.reset();
    for (const auto &source : m_sources) {
        source->watcher.reset();
        source->freshness = {};
        source->keys.clear();
        source->answered = false;
        source->compared = false;
        m_snapshot.sources.insert(source->key, {});
    }
}

void Sources::resume()
{
    for (const auto &source : m_sources) {
        if (source->watcher && source->freshness.state != State::Live)
            source->watcher->resume();
    }
}

bool Sources::settled() const
{
    return m_running && std::ranges::all_of(m_sources, [](const auto &source) { return source->answered; });
}

bool Sources::readable() const
{
    return m_running && std::ranges::all_of(m_sources, [](const auto &source) {
        return source->answered || !source->target.essential;
    });
}

bool Sources::anyMissing() const
{
    return std::ranges::any_of(m_sources, [](const auto &source) { return source->freshness.state == State::Missing; });
}

QStringList Sources::denied() const
{
    QStringList names;
    for (const auto &source : m_sources) {
        if (source->freshness.state == State::Denied && source->freshness.cause
            && source->freshness.cause->kind == kube::ErrorKind::Forbidden)
            names.append(source->target.resource.qualified());
    }
    names.removeDuplicates();
    return names;
}

QList<SourceView> Sources::views() const
{
    QList<SourceView> views;
    views.reserve(qsizetype(m_sources.size()));
    for (const auto &source : m_sources)
        views.append({source->target.resource.qualified(), source->target.essential, source->freshness});
    return views;
}

void Sources::watch(kube::Client &client, Source &source, const kube::ResourceRef &resource)
{
    kube::WatchSpec spec;
    spec.resource = resource;
    spec.ns = source.target.ns;
    spec.labelSelector = source.target.labelSelector;
    spec.fieldSelector = source.target.fieldSelector;
    spec.metadataOnly = source.target.metadataOnly;
    spec.slim = upgrade::slimmerFor(source.target.kind);
    source.watcher = std::make_unique<kube::Watcher>(client, spec);
    Source *raw = &source;
    connect(source.watcher.get(), &kube::Watcher::changed, this,
        [this, raw](const kube::ChangeSet &changes) { take(*raw, changes); });
    connect(
        source.watcher.get(), &kube::Watcher::freshnessChanged, this, [this, raw](const kube::Freshness &freshness) {
            setFreshness(*raw, freshness);
            Q_EMIT freshnessChanged();
            if (freshness.state == State::Missing)
                Q_EMIT kindLost();
        });
    connect(source.watcher.get(), &kube::Watcher::reported, this, &Sources::reported);
    setFreshness(source, {});
    source.watcher->start();
}

void Sources::setFreshness(Source &source, const kube::Freshness &freshness)
{
    kube::Freshness next = freshness;
    // A kind read before stays what it was until the new client has read it: old, not unknown.
    if (next.state == State::Loading && source.compared)
        next.state = State::Stale;
    if (sameFreshness(source.freshness, next) && m_snapshot.sources.contains(source.key) && source.answered)
        return;
    source.freshness = next;
    m_snapshot.sources.insert(source.key, sourceState(next));
    if (next.state == State::Live && !source.compared)
        compare(source);
    if (next.state != State::Loading)
        source.answered = true;
    if (next.state == State::Missing && !source.keys.isEmpty()) {
        const QSet<kube::ObjectKey> keys = std::exchange(source.keys, {});
        for (const kube::ObjectKey &key : keys)
            drop(source, key);
        Q_EMIT objectsChanged();
    }
}

void Sources::take(Source &source, const kube::ChangeSet &changes)
{
    if (changes.isEmpty())
        return;
    const QDateTime local = QDateTime::currentDateTimeUtc();
    for (const kube::ObjectPtr &object : changes.removed) {
        source.keys.remove(object->key);
        drop(source, object->key);
        Q_EMIT objectGone(source.target.kind, object->key, m_clock.now(local));
    }
    using Arrival = ClusterClock::Arrival;
    const bool live = source.freshness.state == State::Live; // what a list brings comes before that is said
    for (const QList<kube::ObjectPtr> *list : {&changes.added, &changes.updated}) {
        const Arrival arrival = !live ? Arrival::Listed : list == &changes.added ? Arrival::Fresh : Arrival::Changed;
        for (const kube::ObjectPtr &object : *list) {
            source.keys.insert(object->key);
            m_snapshot.apply(source.target.kind, object);
            m_clock.see(object->json, local, arrival);
            Q_EMIT objectSeen(source.target.kind, object, m_clock.now(local));
        }
    }
    m_snapshot.asOf = m_clock.now(local);
    Q_EMIT objectsChanged();
}

void Sources::compare(Source &source)
{
    source.compared = true;
    if (source.keys.isEmpty() || !source.watcher)
        return;
    QSet<kube::ObjectKey> now;
    const QList<kube::ObjectPtr> objects = source.watcher->objects();
    for (const kube::ObjectPtr &object : objects)
        now.insert(object->key);
    const QSet<kube::ObjectKey> gone = source.keys - now;
    for (const kube::ObjectKey &key : gone) {
        source.keys.remove(key);
        drop(source, key);
    }
    if (!gone.isEmpty())
        Q_EMIT objectsChanged();
}

void Sources::drop(const Source &source, const kube::ObjectKey &key)
{
    // Two targets of one kind may overlap: the object stays as long as one of them has it.
    for (const auto &other : m_sources) {
        if (other.get() != &source && other->target.kind == source.target.kind && other->keys.contains(key))
            return;
    }
    m_snapshot.remove(source.target.kind, key);
}

} // namespace session
