// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "restart/verdictfacts.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace upgrade;

namespace restart {

namespace {

/// Every status of a type: an object may carry a condition twice, and then the graver one counts.
QStringList statuses(const UpgradeObject &up, QLatin1StringView type)
{
    QStringList out;
    for (const Condition &condition : up.conditions.all) {
        if (condition.type == type && !out.contains(condition.status))
            out.append(condition.status);
    }
    return out;
}

/// A state a node only has once its turn in the node phase came.
bool isNodePhaseState(const QString &state)
{
    return activeInPhase4(state) || state == "Node-upgrade paused"_L1 || state == "Succeeded"_L1;
}

ObjectRef nodeRef(const Snapshot &snapshot, const QString &name)
{
    const auto node = snapshot.nodes.value({{}, name});
    return node ? refTo(Kind::Node, node->meta) : ObjectRef{Kind::Node, {}, name, {}};
}

bool prepareFailed(const Question &q)
{
    return statuses(*q.up, "NodesUpgraded"_L1) == QStringList{u"False"_s}
    && statuses(*q.up, "NodesPrepared"_L1) == QStringList{u"Unknown"_s};
}

} // namespace

ObjectRef Question::ref() const
{
    return refTo(engine == Board::Engine::V2 ? Kind::UpgradePlan : Kind::Upgrade, up->meta);
}

const JobObject *Question::manifestJob() const
{
    const JobObject *newest = nullptr;
    for (const auto &job : snapshot.jobs) {
        const QString type = jobTypeOf(*job, up->meta.name);
        if ((type == "apply-manifests"_L1 || type == "cluster-upgrade"_L1)
            && (!newest || job->meta.created >= newest->meta.created))
            newest = job.get();
    }
    return newest;
}

Question makeQuestion(const Snapshot &snapshot, const QDateTime &now, const Choice &choice)
{
    const UpgradePlanObject *plan = nullptr;
    if (choice.engine == Board::Engine::V2)
        plan = snapshot.upgradePlans.value({choice.upgrade->meta.ns, choice.upgrade->meta.name}).get();
    return {snapshot, now, choice.upgrade, choice.engine, findPlace(*choice.upgrade), plan};
}

QList<Reason> nodePhaseSigns(const Question &q)
{
    const UpgradeObject &up = *q.up;
    QList<Reason> out;
    const auto sign = [&](const char *rule, const char *code, const QStringList &args = {},
                          const ObjectRef &object = {}) {
        out.append(
            {QString::fromLatin1(rule), {QString::fromLatin1(code), args}, object.name.isEmpty() ? q.ref() : object});
    };

    for (const QString &status : statuses(up, "NodesUpgraded"_L1)) {
        if (status == "Unknown"_L1)
            sign("R10", "nodes-running");
        else if (status == "True"_L1)
            sign("R10", "nodes-done");
        else if (status != "False"_L1)
            sign("R10", "nodes-odd", {status});
        else if (!prepareFailed(q)) // R13: a failed preload writes it too, and only then is NodesPrepared Unknown
            sign("R11", "nodes-failed");
    }
    if (!up.conditions.find(u"NodesUpgraded"_s) && statuses(up, "SystemServicesUpgraded"_L1).contains("True"_L1))
        sign("R9", "door");
    if (up.stateLabel == "UpgradingNodes"_L1 && out.isEmpty())
        sign("R10", "nodes-label");

    const JobObject *manifest = q.manifestJob();
    const bool servicesOver
        = up.conditions.isTrue(u"SystemServicesUpgraded"_s) || up.conditions.isFalse(u"SystemServicesUpgraded"_s);
    if (manifest && stateOfJob(*manifest) == upgrade::State::Succeeded && !servicesOver)
        sign("R9", "door-job", {manifest->meta.name}, refTo(Kind::Job, manifest->meta));

    static const QStringList jobTypes{
        u"pre-drain"_s, u"post-drain"_s, u"single-node-upgrade"_s, u"restore-vm"_s, u"skip-manifests-apply"_s};
    for (const auto &job : q.snapshot.jobs) {
        if (jobTypes.contains(jobTypeOf(*job, up.meta.name)))
            sign("R10", "nodes-job", {job->meta.name}, refTo(Kind::Job, job->meta));
    }
    if (const auto plan = q.snapshot.plans.value({u"cattle-system"_s, up.meta.name + u"-skip-manifests-apply"_s}))
        sign("R10", "nodes-plan", {plan->meta.name}, refTo(Kind::Plan, plan->meta));
    for (const auto annotation : {"harvesterhci.io/replica-replenishment-wait-interval"_L1,
             "harvesterhci.io/apply-skip-rke2-manifests-plan-completed"_L1}) {
        if (up.meta.annotations.contains(annotation) && out.isEmpty())
            sign("R10", "nodes-annotation", {annotation});
    }
    // Rancher drains by these as soon as the version changes, with Harvester's hooks or after them.
    for (const auto &cluster : q.snapshot.provisioningClusters) {
        if (cluster->drainHooks)
            sign("R10", "drain-hooks", {}, refTo(Kind::ProvisioningCluster, cluster->meta));
    }
    if (q.plan) {
        const auto reached = [](const QString &phase) {
            return phase == "ClusterUpgraded"_L1 || phase == "NodeUpgrading"_L1 || phase == "NodeUpgraded"_L1;
        };
        bool nodes = reached(q.plan->currentPhase);
        for (const auto &[phase, at] : q.plan->phaseTimes)
            nodes |= reached(phase);
        if (nodes)
            sign("R16", "plan-phase", {q.plan->currentPhase});
    }
    return out;
}

QList<Reason> touchedNodes(const Question &q)
{
    QList<Reason> out;
    const auto touched
        = [&](const char *code, const QStringList &args, const ObjectRef &object, const char *rule = "R11") {
              out.append({QString::fromLatin1(rule), {QString::fromLatin1(code), args}, object});
          };

    const bool inPreload = q.place.phase < PhaseId::SystemServices;
    for (auto it = q.up->nodes.begin(); it != q.up->nodes.end(); ++it) {
        if (it->state == "Node-upgrade paused"_L1)
            touched("touched-paused", {it.key()}, nodeRef(q.snapshot, it.key()), "R12");
        else if (isNodePhaseState(it->state))
            touched("touched-state", {it.key(), it->state}, nodeRef(q.snapshot, it.key()));
        else if (it->state == "Failed"_L1 && !(inPreload && prepareFailed(q)))
            touched("touched-failed", {it.key()}, nodeRef(q.snapshot, it.key()));
    }
    for (const auto &secret : q.snapshot.planSecrets) {
        if (!secret->preDrain.isEmpty() || !secret->postDrain.isEmpty() || secret->drainDone)
            touched("touched-drain", {secret->machine}, refTo(Kind::PlanSecret, secret->meta));
    }

    QSet<QString> kubelets, systems;
    for (const auto &node : q.snapshot.nodes) {
        kubelets.insert(withoutRc(node->kubeletVersion));
        systems.insert(node->osImage);
        const bool maintenance = node->meta.annotations.contains(u"harvesterhci.io/maintain-status"_s);
        for (const auto &[taint, effect] : node->taints) {
            // Maintenance mode sets it too.
            if (taint.section(u'=', 0, 0) == "kubevirt.io/drain"_L1 && !maintenance)
                touched("touched-taint", {node->meta.name, taint}, refTo(Kind::Node, node->meta));
        }
        if (!node->pendingOsImage.isEmpty() && node->pendingOsImage != node->osImage)
            touched("touched-pending", {node->meta.name, node->pendingOsImage}, refTo(Kind::Node, node->meta));
    }
    // Versions that differ were brought in by a node phase, of this upgrade or of one that was deleted.
    if (kubelets.size() > 1 || systems.size() > 1) {
        const QString kubelet = withoutRc(q.up->repoInfo.kubernetes);
        const QString system = q.up->repoInfo.os;
        bool named = false;
        for (const auto &node : q.snapshot.nodes) {
            const bool runs = kubelets.size() > 1 && !kubelet.isEmpty() && withoutRc(node->kubeletVersion) == kubelet;
            const bool booted = systems.size() > 1 && !system.isEmpty() && node->osImage == system;
            if (runs || booted) {
                touched("touched-version", {node->meta.name, booted ? node->osImage : node->kubeletVersion},
                    refTo(Kind::Node, node->meta));
                named = true;
            }
        }
        if (!named) {
            QStringList versions = (kubelets.size() > 1 ? kubelets : systems).values();
            std::ranges::sort(versions);
            touched("touched-mixed", {versions.join(u", "_s)}, {});
        }
    }
    return out;
}

QList<Reason> hindrances(const Question &q)
{
    QList<Reason> out;
    const auto hinder = [&](const char *rule, const char *code, const QStringList &args, const ObjectRef &object) {
        out.append({QString::fromLatin1(rule), {QString::fromLatin1(code), args}, object});
    };
    for (const auto &node : q.snapshot.nodes) {
        const ObjectRef ref = refTo(Kind::Node, node->meta);
        if (const auto ready = node->conditions.find(u"Ready"_s); ready && ready->status != "True"_L1)
            hinder("R15", "node-not-ready", {node->meta.name}, ref);
        if (!node->meta.annotations.value(u"harvesterhci.io/maintain-status"_s).isEmpty())
            hinder("A13", "maintenance", {node->meta.name}, ref);
        else if (node->unschedulable)
            hinder("A13", "cordoned", {node->meta.name}, ref);
        if (!node->pendingOsImage.isEmpty() && node->pendingOsImage == node->osImage)
            hinder("R15", "pending-stale", {node->meta.name}, ref);
    }
    // The webhook looks at volumes from three nodes on: with fewer there is no place for the replicas of most.
    if (q.snapshot.nodes.size() >= 3) {
        for (const auto &volume : q.snapshot.volumes) {
            if (volume->robustness == "degraded"_L1 || volume->robustness == "faulted"_L1)
                hinder("R15", "volume", {volume->meta.name, volume->robustness, volume->pvcNs + u'/' + volume->pvcName},
                    refTo(Kind::Volume, volume->meta));
        }
    }
    const auto capi = q.snapshot.capiClusters.value({u"fleet-local"_s, u"local"_s});
    if (capi && capi->phase != "Provisioned"_L1 && capi->phase != "Provisioning"_L1 && !capi->phase.isEmpty())
        hinder("A07", "not-provisioned", {capi->phase}, refTo(Kind::CapiCluster, capi->meta));
    for (const auto &other : q.snapshot.upgrades) {
        if (other->meta.name == q.up->meta.name && q.engine == Board::Engine::V1)
            continue;
        // The webhook counts one without the label too.
        if (other->stateLabel != "Succeeded"_L1 && other->stateLabel != "Failed"_L1)
            hinder("A03", "other-upgrade", {other->meta.name}, refTo(Kind::Upgrade, other->meta));
    }
    return out;
}

QList<Missing> upgradeGaps(const Snapshot &snapshot)
{
    QList<Missing> out;
    for (const auto &[key, mayBeMissing] : {std::pair{u"upgrades.harvesterhci.io/harvester-system"_s, false},
             std::pair{u"upgradeplans.management.harvesterhci.io"_s, true}}) {
        const auto found = snapshot.sources.constFind(key);
        const SourceState state = found == snapshot.sources.constEnd() ? SourceState() : *found;
        if (state.state == SourceState::State::Live || (mayBeMissing && state.state == SourceState::State::Missing))
            continue;
        out.append(Missing{sourceGap(key, state), {}});
    }
    if (!snapshot.seen.blind.isEmpty() && !snapshot.seen.blind.constLast().to.isValid())
        out.append(Missing{{u"connection"_s, {}}, {}});
    return out;
}

} // namespace restart
