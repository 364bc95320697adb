// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What is not known, of all that the decision table has to know before it may say "safe".

#include "restart/verdictfacts.h"

#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace upgrade;

namespace restart {

namespace {

/// Not the conditions' own order, but the order in which the label goes on; -1: a word this program does not know.
int phaseOfLabel(const QString &label)
{
    static const QHash<QString, int> phases{
        {QString(), 0},
        {u"PreparingLoggingInfra"_s, 0},
        {u"LoggingInfraPrepared"_s, 0},
        {u"CreatingUpgradeImage"_s, 1},
        {u"PreparingRepo"_s, 1},
        {u"RepoPrepared"_s, 1},
        {u"PreparingNodes"_s, 2},
        {u"UpgradingSystemServices"_s, 3},
        {u"UpgradingNodes"_s, 4},
    };
    return phases.value(label, -1);
}

bool isKnownPlanPhase(const QString &phase)
{
    static const QSet<QString> known{u"Initializing"_s, u"Initialized"_s, u"ISODownloading"_s, u"ISODownloaded"_s,
        u"RepoCreating"_s, u"RepoCreated"_s, u"MetadataPopulating"_s, u"MetadataPopulated"_s, u"ImagePreloading"_s,
        u"ImagePreloaded"_s, u"ClusterUpgrading"_s, u"ClusterUpgraded"_s, u"NodeUpgrading"_s, u"NodeUpgraded"_s,
        u"CleaningUp"_s, u"CleanedUp"_s, u"ImageCleanup"_s, u"ResourceCleanup"_s, u"Succeeded"_s, u"Failed"_s};
    return known.contains(phase);
}

void addStateGaps(const Question &q, QList<Missing> &out)
{
    const UpgradeObject &up = *q.up;
    const auto gap = [&](const char *code, const QStringList &args = {}) {
        out.append({{QString::fromLatin1(code), args}, q.ref()});
    };
    QHash<QString, QString> first;
    for (const Condition &condition : up.conditions.all) {
        static const QSet<QString> known{u"Completed"_s, u"LogReady"_s, u"ImageReady"_s, u"RepoReady"_s,
            u"NodesPrepared"_s, u"SystemServicesUpgraded"_s, u"NodesUpgraded"_s};
        if (!known.contains(condition.type))
            continue;
        if (condition.status != "True"_L1 && condition.status != "False"_L1 && condition.status != "Unknown"_L1)
            gap("odd-condition", {condition.type, condition.status});
        const auto before = first.constFind(condition.type);
        if (before != first.constEnd() && *before != condition.status)
            gap("twice", {condition.type});
        first.insert(condition.type, condition.status);
    }
    if (q.engine == Board::Engine::V2) {
        if (!q.plan || !isKnownPlanPhase(q.plan->currentPhase)) {
            gap("odd-plan-phase", {q.plan ? q.plan->currentPhase : QString()});
        } else if (q.plan->currentPhase == "Failed"_L1) {
            // A failed plan has lost its place but for the times of its phases.
            const bool placed = std::ranges::any_of(q.plan->phaseTimes,
                [](const auto &time) { return time.first != "Failed"_L1 && isKnownPlanPhase(time.first); });
            if (!placed)
                gap("plan-place");
        }
    } else {
        const int label = phaseOfLabel(up.stateLabel);
        const bool ended = up.stateLabel == "Failed"_L1 || up.stateLabel == "Succeeded"_L1;
        if (ended ? !up.conditions.isFalse(u"Completed"_s) || up.stateLabel == "Succeeded"_L1
                  : label < 0 || label > int(q.place.phase))
            gap("odd-label", {up.stateLabel});
        // A later condition while an earlier one is not there was written by nobody we know.
        static const QStringList order{
            u"ImageReady"_s, u"RepoReady"_s, u"NodesPrepared"_s, u"SystemServicesUpgraded"_s};
        bool open = false;
        for (const QString &type : order) {
            if (open && up.conditions.find(type))
                gap("contradiction", {type});
            open |= !up.conditions.isTrue(type);
        }
        const auto job = q.manifestJob();
        if (job && q.place.phase < PhaseId::SystemServices)
            gap("contradiction", {job->meta.name});
        if (!up.latest && !untouched(up))
            gap("no-latest");
        const auto latest = std::ranges::count_if(q.snapshot.upgrades, [](const auto &other) { return other->latest; });
        if (latest > 1)
            gap("several-latest", {QString::number(latest)});
    }
    for (auto it = up.nodes.begin(); it != up.nodes.end(); ++it) {
        static const QSet<QString> known{QString(), u"Images preloading"_s, u"Images preloaded"_s,
            u"Node-upgrade paused"_s, u"Pre-draining"_s, u"Pre-drained"_s, u"Post-draining"_s, u"Waiting Reboot"_s,
            u"Upgrading"_s, u"Succeeded"_s, u"Failed"_s};
        if (!known.contains(it->state))
            gap("odd-node-state", {it.key(), it->state});
        if (!q.snapshot.nodes.contains({{}, it.key()}))
            gap("node-gone", {it.key()});
    }
    if (q.place.phase == PhaseId::SystemServices && q.place.outcome == Place::Outcome::Running && !q.manifestJob())
        gap("no-job", {u"apply-manifests"_s});
}

void addNodeGaps(const Question &q, QList<Missing> &out)
{
    QSet<QString> withSecret;
    for (const auto &secret : q.snapshot.planSecrets)
        withSecret.insert(secret->machine);
    QHash<QString, QString> machineOfNode;
    for (const auto &machine : q.snapshot.machines)
        machineOfNode.insert(machine->node, machine->meta.name);
    for (const auto &node : q.snapshot.nodes) {
        const ObjectRef ref = refTo(Kind::Node, node->meta);
        const QString machine = node->machine.isEmpty() ? machineOfNode.value(node->meta.name) : node->machine;
        if (machine.isEmpty() || !withSecret.contains(machine))
            out.append({{u"no-plan-secret"_s, {node->meta.name}}, ref});
        if (!node->conditions.find(u"Ready"_s))
            out.append({{u"no-readiness"_s, {node->meta.name}}, ref});
        if (node->kubeletVersion.isEmpty() || node->osImage.isEmpty())
            out.append({{u"no-node-versions"_s, {node->meta.name}}, ref});
    }
    if (q.snapshot.nodes.isEmpty())
        out.append(Missing{{u"no-nodes"_s, {}}, {}});
}

} // namespace

Message sourceGap(const QString &key, const SourceState &state)
{
    switch (state.state) {
    case SourceState::State::Loading:
        return {u"source-loading"_s, {key}};
    case SourceState::State::Stale:
        return {u"source-stale"_s, {key, state.message}};
    case SourceState::State::Denied:
        return {u"source-denied"_s, {key, state.message}};
    case SourceState::State::Missing:
        return {u"source-missing"_s, {key}};
    case SourceState::State::Live:
        break;
    }
    return {};
}

QList<Missing> gaps(const Question &q)
{
    QList<Missing> out = upgradeGaps(q.snapshot);
    for (const auto &key : {u"nodes"_s, u"jobs.batch/harvester-system"_s, u"jobs.batch/cattle-system"_s,
             u"plans.upgrade.cattle.io/cattle-system"_s, u"clusters.provisioning.cattle.io/fleet-local"_s,
             u"clusters.cluster.x-k8s.io/fleet-local"_s, u"machines.cluster.x-k8s.io/fleet-local"_s,
             u"secrets/fleet-local"_s, u"volumes.longhorn.io/longhorn-system"_s}) {
        const SourceState state = q.snapshot.sources.value(key);
        if (state.state != SourceState::State::Live)
            out.append(Missing{sourceGap(key, state), {}});
    }
    const auto capi = q.snapshot.capiClusters.value({u"fleet-local"_s, u"local"_s});
    if (!capi || capi->phase.isEmpty())
        out.append(Missing{{u"no-capi"_s, {}}, {}});
    if (!q.snapshot.provisioningClusters.contains({u"fleet-local"_s, u"local"_s}))
        out.append(Missing{{u"no-cluster"_s, {}}, {}});
    addStateGaps(q, out);
    addNodeGaps(q, out);
    return out;
}

} // namespace restart
