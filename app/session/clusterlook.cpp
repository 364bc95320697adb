// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/clusterlook.h"

#include "session/sources.h"

#include <QSet>

namespace session {

using upgrade::Kind;

namespace {

/// What the decision table reads (restart/verdictfacts.h), and what a restart shows beside it.
bool isJudgedBy(Kind kind)
{
    static const QSet<Kind> kinds{Kind::Upgrade, Kind::UpgradePlan, Kind::Setting, Kind::Node, Kind::Job, Kind::Pod,
        Kind::Plan, Kind::ProvisioningCluster, Kind::CapiCluster, Kind::Machine, Kind::PlanSecret, Kind::ManagedChart,
        Kind::Volume, Kind::Vmi};
    return kinds.contains(kind);
}

} // namespace

ClusterLook::ClusterLook(ActionWire &wire, Done done, QObject *parent)
    : QObject(parent)
    , m_done(std::move(done))
{
    for (const upgrade::WatchTarget &target : upgrade::watchTargets()) {
        if (isJudgedBy(target.kind))
            m_targets.append(target);
    }
    m_open = m_targets.size();
    for (qsizetype at = 0; at < m_targets.size(); ++at) {
        const upgrade::WatchTarget &target = m_targets.at(at);
        kube::ListQuery query;
        query.resource = target.resource;
        query.ns = target.ns;
        query.labelSelector = target.labelSelector;
        query.fieldSelector = target.fieldSelector;
        query.metadataOnly = target.metadataOnly;
        wire.list(
            query,
            [self = QPointer<ClusterLook>(this), at](const kube::Result<QList<kube::ObjectPtr>> &found) {
                if (self)
                    self->answered(at, found);
            },
            upgrade::slimmerFor(target.kind));
    }
}

void ClusterLook::answered(qsizetype at, const kube::Result<QList<kube::ObjectPtr>> &found)
{
    using State = upgrade::SourceState::State;
    const upgrade::WatchTarget &target = m_targets.at(at);
    upgrade::SourceState source;
    source.since = QDateTime::currentDateTimeUtc();
    source.state = State::Live;
    if (found) {
        for (const kube::ObjectPtr &object : *found)
            m_snapshot.apply(target.kind, object);
    } else {
        source.message = found.error().message;
        if (found.error().httpStatus == 404)
            source.state = State::Missing;
        else if (found.error().httpStatus == 403)
            source.state = State::Denied;
        else
            source.state = State::Stale, m_error = found.error();
    }
    m_snapshot.sources.insert(sourceKey(target), source);
    if (--m_open > 0)
        return;
    m_snapshot.asOf = QDateTime::currentDateTimeUtc();
    m_snapshot.seen.settled = true;
    const Done done = std::move(m_done);
    deleteLater();
    if (m_error)
        done(std::unexpected(*m_error));
    else
        done(std::move(m_snapshot));
}

} // namespace session
