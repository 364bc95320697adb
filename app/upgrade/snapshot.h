// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Everything known of one cluster's upgrade at one moment, as a value: cheap to copy (implicitly shared), the same
/// whether it came from a live cluster, a bundle, the demo or a test. Board, verdict and findings are functions of it.
#pragma once

#include "upgrade/collection.h"
#include "upgrade/kinds.h"
#include "upgrade/logdigest.h"
#include "upgrade/objects.h"

#include <QHash>
#include <QMap>

#include <memory>

namespace upgrade {

/// How complete the copy of one watch target is.
struct SourceState {
    enum class State { Loading, Live, Stale, Denied, Missing };
    State state = State::Loading;
    QDateTime since;
    QString message; ///< the system's own words for Stale and Denied
};

/// What the console itself saw happen, since objects keep no history: first time of a state, signs of progress.
struct Observations {
    struct NodeSeen {
        QString state;      ///< nodeStatuses state
        QDateTime since;    ///< when it was first seen; exact only when `exact`
        bool exact = false; ///< we saw the change happen (not just found it so)
        QString bootId;
        bool rebooted = false; ///< bootID changed during this upgrade
        QDateTime notReadySince;
    };
    struct PhaseSeen {
        QByteArray signal;  ///< digest of what shows progress in this phase
        QDateTime since;    ///< when it last changed, or when it was first seen
        bool exact = false; ///< we saw it change
    };
    struct Span {           ///< the connection was lost: we do not know
        QDateTime from, to; ///< `to` invalid while it lasts
    };
    bool settled = false;            ///< every kind had been read once
    QString upgradeUid;
    QMap<QString, NodeSeen> nodes;
    QMap<int, PhaseSeen> phases; ///< by PhaseId
    struct NodeSpan { QString node, state; QDateTime from, to; };
    QList<NodeSpan> history;     ///< node states in order, for the timeline
    QList<Span> blind;
    QDateTime last; ///< of the last observe()
};

struct Snapshot {
    Collection<UpgradeObject> upgrades;
    Collection<UpgradePlanObject> upgradePlans;
    Collection<UpgradeLogObject> upgradeLogs;
    Collection<VersionObject> versions;
    Collection<SettingObject> settings;
    Collection<AddonObject> addons;
    Collection<ImageObject> images;
    Collection<NodeObject> nodes;
    Collection<JobObject> jobs;
    Collection<PodObject> pods;
    Collection<DeploymentObject> deployments;
    Collection<EventObject> events;
    Collection<ConfigMapObject> configMaps;
    Collection<PlanObject> plans;
    Collection<ProvisioningClusterObject> provisioningClusters;
    Collection<CapiClusterObject> capiClusters;
    Collection<MachineObject> machines;
    Collection<PlanSecretObject> planSecrets;
    Collection<ManagedChartObject> managedCharts;
    Collection<BundleObject> bundles;
    Collection<VolumeObject> volumes;
    Collection<SettingObject> longhornSettings;
    Collection<VmiObject> vmis;
    Collection<MigrationObject> migrations;
    Collection<RepoVmObject> repoVms;
    Collection<PdbObject> pdbs;

    /// The slimmed JSON behind each, by kind, for rules and for showing.
    QHash<Kind, Collection<kube::Object>> raw;
    /// By watch target ("jobs.batch/harvester-system").
    QMap<QString, SourceState> sources;
    /// What the logs of the upgrade's Jobs say, by Job UID.
    QMap<QString, LogDigest> logs;
    Observations seen;
    QDateTime asOf; ///< when the newest part of this was received

    void apply(Kind kind, const kube::ObjectPtr &object);
    void remove(Kind kind, const kube::ObjectKey &key);
};

/// The next observations after a new snapshot. Pure; call it once per snapshot, in order.
[[nodiscard]] Observations observe(const Snapshot &snapshot, const QDateTime &now);

} // namespace upgrade
