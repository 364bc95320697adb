// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the steps of deriveBoard() share: the snapshot, the clock, the Upgrade that counts, and indexes made once so
/// that a thousand nodes with ten thousand Jobs cost a few milliseconds.
#pragma once

#include "upgrade/board.h"

#include <QHash>
#include <QVersionNumber>

namespace upgrade {

/// Where an Upgrade stands by its conditions, before any other object is looked at.
struct Place {
    enum class Outcome { Running, Succeeded, Failed };
    Outcome outcome = Outcome::Running;
    PhaseId phase = PhaseId::LogInfra; ///< current, or failed
    bool eligibility = false;          ///< failed between 1 and 2: version guard, or release information not readable
};

/// What a board is about.
struct Choice {
    std::shared_ptr<const UpgradeObject> upgrade; ///< V2 in the words of V1
    Board::Engine engine = Board::Engine::V1;
};

struct Derivation {
    Derivation(const Snapshot &snapshot, const QDateTime &now, const Choice &choice);

    const Snapshot &snapshot;
    const QDateTime now;
    /// Until when we know: `now`, or the moment the connection was lost. What stands still since then is not stuck, it is unknown.
    const QDateTime known;
    const std::shared_ptr<const UpgradeObject> up;
    const Board::Engine engine;
    Place place;

    struct TypedJob {
        const JobObject *job;
        QString type; ///< jobTypeOf()
    };
    QList<TypedJob> jobs;                                             ///< of this upgrade, oldest first
    QHash<QString, QHash<QString, const JobObject *>> jobsOfNode;     ///< by node and type, the newest; V2's "image-preload" as "prepare"
    const JobObject *pendingJob = nullptr; ///< the first of harvester-system that has not succeeded: nothing new starts while there is one
    QDateTime lastJobTime;                 ///< when a Job of this upgrade began or ended last
    QHash<kube::ObjectKey, QList<const PodObject *>> podsOfJob; ///< by Job, oldest first
    QHash<QString, QString> nodeOfMachine;
    QHash<QString, const PlanSecretObject *> secretOfNode;
    QHash<QString, int> vmsOfNode;                              ///< running, by node; empty when `vmsKnown` is false
    bool vmsKnown = false;
    bool nodeAtWork = false; ///< some node is between pre-drain and its reboot

    [[nodiscard]] ObjectRef upgradeRef() const;

    [[nodiscard]] const JobObject *nodeJob(const QString &node, const QString &type) const; ///< the newest; type "prepare" too
    [[nodiscard]] const JobObject *manifestJob() const;
    [[nodiscard]] const LogDigest *log(const JobObject *job) const;
    [[nodiscard]] const PlanObject *plan(const QString &suffix) const; ///< "<up>-<suffix>"
    [[nodiscard]] const PlanObject *preloadPlan() const; ///< of phase 2
    [[nodiscard]] const PlanObject *cleanupPlan() const; ///< of phase 5
    [[nodiscard]] QString status(const char *condition) const { return up->conditions.status(QLatin1String(condition)); }
};

/// "prepare", "apply-manifests", "pre-drain" …, "" for a Job that is none of an upgrade's.
[[nodiscard]] QString jobTypeOf(const JobObject &job, const QString &upgradeName);
[[nodiscard]] PhaseId phaseOfJobType(const QString &type);
[[nodiscard]] State stateOfJob(const JobObject &job);
[[nodiscard]] ObjectRef refTo(Kind kind, const Meta &meta);
/// The plan has run on the node, or the node is exempt from it.
[[nodiscard]] bool ranOn(const PlanObject *plan, const NodeObject &node);
/// Counts as a VM a node still has: the upgrade's scripts wait for it to go.
[[nodiscard]] bool isOnNode(const VmiObject &vmi);
/// All running VMs are known: their kind has been read, and may be.
[[nodiscard]] bool knowsMachines(const Snapshot &snapshot);
/// "v1.36.1-rc1+rke2r1" and "v1.36.1+rke2r1" are the same kubelet.
[[nodiscard]] QString withoutRc(QString version);
/// Why a phase failed, in the words of the Upgrade's conditions and node states.
void explainFailure(const Derivation &derivation, Phase &phase);
/// Why the upgrade failed, by the objects of its failed phase; nullopt when the phase has not failed.
[[nodiscard]] std::optional<Failure> deriveFailure(const Derivation &derivation, const Phase &phase);
/// When a condition came to its present status, by whichever time it carries.
[[nodiscard]] QDateTime conditionTime(const UpgradeObject &upgrade, const char *type);

/// "v1.9.0-rc6" → 1.9.0; null for what has no number ("dev" builds).
[[nodiscard]] QVersionNumber versionNumber(const QString &version);

/// `running`: the cluster's version, for an Upgrade that does not say from which it began.
[[nodiscard]] Place findPlace(const UpgradeObject &upgrade, const QString &running = {});
/// Between the start of pre-drain and the end of the reboot.
[[nodiscard]] bool activeInPhase4(const QString &nodeState);
/// V2 on the conditions and states of V1, so that everything behind has one language.
[[nodiscard]] UpgradeObject fromPlan(const UpgradePlanObject &plan);
/// Is phase 5 over? Before v1.7 there is no label: then by what is gone, or a quarter of an hour.
[[nodiscard]] bool cleanupOver(const Derivation &derivation);

[[nodiscard]] QList<JobRow> deriveJobs(const Derivation &derivation);
[[nodiscard]] QList<NodeRow> deriveNodes(const Derivation &derivation);
[[nodiscard]] QList<NodeRow> plainNodes(const Snapshot &snapshot);
/// `nodes` already know whether they are stuck.
[[nodiscard]] QList<Phase> derivePhases(const Derivation &derivation, const QList<NodeRow> &nodes);
[[nodiscard]] std::optional<Waiting> deriveWaiting(const Derivation &derivation, const QList<Phase> &phases, const QList<NodeRow> &nodes);
/// What one node waits for in its present state; nullopt: nothing known.
[[nodiscard]] std::optional<Waiting> waitingOfNode(const Derivation &derivation, const NodeRow &node);
/// A thing that is waited for, with the place of the statement.
[[nodiscard]] Waiting makeWaiting(PhaseId phase, Message what, Evidence evidence, const QDateTime &since = {}, const QString &node = {});
/// What a Job's log says it waits for; nullopt: nothing.
[[nodiscard]] std::optional<Waiting> waitingByLog(const Derivation &derivation, const JobObject *job, PhaseId phase, const QString &node);
/// Why a pod cannot start, by its containers or a warning about it; nullopt: it can.
[[nodiscard]] std::optional<Waiting> waitingByPod(const Derivation &derivation, const PodObject &pod, PhaseId phase);
[[nodiscard]] std::optional<Estimate> deriveEstimate(const Derivation &derivation, const Board &board);
[[nodiscard]] QList<TimelineBar> deriveTimeline(const Derivation &derivation, const Board &board);

/// Objects of this upgrade; null where there is none.
[[nodiscard]] const ImageObject *imageOf(const Derivation &derivation);
/// When any field of it last got another value (its managedFields say so); invalid: not known.
[[nodiscard]] QDateTime imageChanged(const ImageObject &image);
[[nodiscard]] const DeploymentObject *repoOf(const Derivation &derivation);
[[nodiscard]] const RepoVmObject *repoVmOf(const Derivation &derivation); ///< up to v1.6
/// Those that make the image or serve the repository, whichever phase 1 is at.
[[nodiscard]] QList<const PodObject *> podsOfRepository(const Derivation &derivation);
[[nodiscard]] const UpgradeLogObject *logOf(const Derivation &derivation);
/// Running, Paused or Stuck: of a phase that has begun and not ended.
[[nodiscard]] State runningState(const Derivation &derivation, const Phase &phase, const QList<NodeRow> &nodes);
/// The digest of what shows progress in a phase: when it changes, something moved.
[[nodiscard]] QByteArray progressSignal(const Derivation &derivation, PhaseId phase);
/// The Upgrade labelled latest; of several or none, the newest; one that its controller has not taken up yet beats a finished
/// one. A V2 plan counts when it was made later.
[[nodiscard]] Choice chooseUpgrade(const Snapshot &snapshot);
/// Nothing was written to it yet.
[[nodiscard]] bool untouched(const UpgradeObject &upgrade);

} // namespace upgrade
