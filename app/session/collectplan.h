// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Which containers' logs are kept, in which order, and which of them are read at this moment: an upgrade has more
/// containers than it is polite to hold streams open for. Pure. Sources of the selectors: Harvester's upgrade
/// controllers (labels harvesterhci.io/upgrade, /upgradeLog; V2 management.harvesterhci.io/upgrade-plan),
/// system-upgrade-controller (upgrade.cattle.io/plan), CDI (importer-prime-*), KubeVirt (virt-launcher-upgrade-repo-*),
/// Rancher (helm-operation-*).
#pragma once

#include "session/session.h"
#include "upgrade/board.h"
#include "upgrade/snapshot.h"

#include <QHash>
#include <QList>
#include <QString>

#include <chrono>

namespace session {

/// One container of one pod; restarts of it are one log.
struct ContainerKey {
    QString podUid, container;
    friend bool operator==(const ContainerKey &, const ContainerKey &) = default;
    friend auto operator<=>(const ContainerKey &, const ContainerKey &) = default;
};
[[nodiscard]] size_t qHash(const ContainerKey &key, size_t seed = 0) noexcept;

struct CollectTarget {
    /// What is read first. Logs that are about to go come before logs that will still be there.
    enum class Rank {
        Opened,     ///< a person looks at it
        Vanishing,  ///< of the upgrade, its pod has ended: its log goes with the pod
        Working,    ///< of the upgrade, at work now
        Surrounding ///< a controller around the upgrade
    };
    ContainerKey key;
    QString ns, pod;
    QString job;    ///< name of the Job, in the pod's namespace; empty: of none
    QString jobUid; ///< empty: of none, or the Job is gone
    QString node;
    Rank rank = Rank::Working;
    bool started = true; ///< has run: there may be a log
    bool over = false;   ///< will not write any more
    friend bool operator==(const CollectTarget &, const CollectTarget &) = default;
};

/// The upgrade whose logs are kept, as far as its pods are told by it.
struct UpgradeNames {
    QString upgrade;
    QString log;     ///< of its UpgradeLog, may be empty
    QDateTime since; ///< created; invalid: not known
};
[[nodiscard]] UpgradeNames namesOf(const upgrade::Snapshot &snapshot, const upgrade::Board &board);
/// A pod of the upgrade by its labels, its own name, or its Job's.
[[nodiscard]] bool isOfUpgrade(const upgrade::PodObject &pod, const UpgradeNames &names);
/// A controller whose words explain what the phase does.
[[nodiscard]] bool isControllerFor(const upgrade::PodObject &pod, upgrade::PhaseId phase);

/// Where controllers run that no watch covers, asked for while a phase needs them.
struct ControllerPods {
    QString ns, labelSelector;
    friend bool operator==(const ControllerPods &, const ControllerPods &) = default;
};
[[nodiscard]] QList<ControllerPods> controllersToList(upgrade::PhaseId phase);

/// Every container worth keeping, best first, each once. `around`: pods of controllersToList(). `opened`: those a
/// person looks at.
[[nodiscard]] QList<CollectTarget> collectTargets(const upgrade::Snapshot &snapshot, const upgrade::Board &board,
    const QList<std::shared_ptr<const upgrade::PodObject>> &around, const QList<LogTarget> &opened);

/// What is known of one container's reading when streams are given out.
struct ReadingView {
    ContainerKey key;
    CollectTarget::Rank rank = CollectTarget::Rank::Working;
    bool reading = false;                ///< has a stream
    bool caughtUp = false;               ///< everything the server had has been read
    std::chrono::milliseconds waited{0}; ///< without a stream, since it last had one or was first seen
    std::chrono::milliseconds held{0};   ///< with a stream
};

struct StreamPlan {
    QList<ContainerKey> stop, start;
    friend bool operator==(const StreamPlan &, const StreamPlan &) = default;
};

inline constexpr int maxStreams = 48;
/// A stream that has not caught up is left alone for so long before it must give way to an equal one.
inline constexpr std::chrono::milliseconds streamSlice{10000};
/// A stream that has caught up, the same. Not at once: opening costs the server more than holding.
inline constexpr std::chrono::milliseconds idleSlice{2000};

/// Which streams to end and to begin, so that at most `limit` are open: better ranks first, and in turn among equals.
/// `readings` holds only what is to be read still. Takes one from an equal only when that had its slice, from a worse
/// rank at once.
[[nodiscard]] StreamPlan planStreams(const QList<ReadingView> &readings, int limit = maxStreams);

} // namespace session
