// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a single node waits for, in the order in which its Jobs and Rancher go on.

#include "upgrade/derivation.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgrade {

namespace {

/// A volume that is attached and not healthy; those used on the node first.
std::optional<Waiting> volume(const Derivation &d, const NodeRow &node)
{
    const VolumeObject *found = nullptr;
    for (const auto &candidate : d.snapshot.volumes) {
        if (candidate->robustness != "degraded"_L1 && candidate->robustness != "faulted"_L1)
            continue;
        if (!found || candidate->nodeId == node.name)
            found = candidate.get();
    }
    if (!found)
        return std::nullopt;
    return makeWaiting(PhaseId::Nodes, {u"volume"_s, {found->meta.name, found->robustness, found->pvcNs + u'/' + found->pvcName}},
                   {refTo(Kind::Volume, found->meta), u"status.robustness"_s, found->robustness, 0}, node.since, node.name);
}

std::optional<Waiting> virtualMachines(const Derivation &d, const NodeRow &node)
{
    const VmiObject *first = nullptr;
    for (const auto &vmi : d.snapshot.vmis) {
        if (vmi->node == node.name && vmi->phase == "Running"_L1 && !first)
            first = vmi.get();
    }
    if (!first)
        return std::nullopt;
    for (const auto &migration : d.snapshot.migrations) {
        if (migration->vmi == first->meta.name && migration->meta.ns == first->meta.ns && migration->phase == "Failed"_L1)
            return makeWaiting(PhaseId::Nodes, {u"migration-failed"_s, {first->meta.ns + u'/' + first->meta.name, node.name}},
                           {refTo(Kind::Migration, migration->meta), u"status.phase"_s, migration->phase, 0}, node.since, node.name);
    }
    const QString count = QString::number(d.vmsOfNode.value(node.name));
    return makeWaiting(PhaseId::Nodes, {u"vms"_s, {count, node.name, first->meta.ns + u'/' + first->meta.name}},
                   {refTo(Kind::Vmi, first->meta), u"status.nodeName"_s, first->node, 0}, node.since, node.name);
}

/// The planner names machines ("draining etcd node(s) custom-1a2b3c4d5e6f"): then it speaks of their nodes only.
bool speaksOf(const Derivation &d, const QString &message, const QString &node)
{
    const auto names = [&](const QString &machine) {
        const qsizetype at = machine.isEmpty() ? -1 : message.indexOf(machine);
        const qsizetype end = at + machine.size();
        return at >= 0 && (end == message.size() || !(message.at(end).isLetterOrNumber() || message.at(end) == u'-'));
    };
    bool others = false;
    for (auto it = d.nodeOfMachine.begin(); it != d.nodeOfMachine.end(); ++it) {
        if (!names(it.key()))
            continue;
        if (it.value() == node)
            return true;
        others = true;
    }
    return !others;
}

/// What Rancher's planner says it waits for, as far as it is about this node.
std::optional<Waiting> planner(const Derivation &d, const NodeRow &node)
{
    if (const PlanSecretObject *secret = d.secretOfNode.value(node.name); secret && !secret->drainError.isEmpty())
        return makeWaiting(PhaseId::Nodes, {u"drain-error"_s, {node.name}},
                       {refTo(Kind::PlanSecret, secret->meta), u"metadata.annotations[rke.cattle.io/drain-error]"_s, secret->drainError, 0},
                       node.since, node.name);
    for (const auto &cluster : d.snapshot.provisioningClusters) {
        if (cluster->meta.name != "local"_L1)
            continue;
        for (const auto &type : {u"Updated"_s, u"Provisioned"_s, u"Ready"_s}) {
            const auto condition = cluster->conditions.find(type);
            if (condition && condition->status != "True"_L1 && !condition->message.isEmpty()
                && speaksOf(d, condition->message, node.name))
                return makeWaiting(PhaseId::Nodes, {u"planner"_s, {condition->message}},
                               {refTo(Kind::ProvisioningCluster, cluster->meta), u"status.conditions[%1].message"_s.arg(type),
                                condition->message, 0},
                               node.since, node.name);
        }
    }
    return std::nullopt;
}

std::optional<Waiting> blockedDrain(const Derivation &d, const NodeRow &node)
{
    for (const auto &pdb : d.snapshot.pdbs) {
        if (pdb->disruptionsAllowed == 0 && pdb->meta.name.startsWith("instance-manager-"_L1)
            && (pdb->meta.label(u"longhorn.io/node"_s).isEmpty() || pdb->meta.label(u"longhorn.io/node"_s) == node.name))
            return makeWaiting(PhaseId::Nodes, {u"pdb"_s, {pdb->meta.ns + u'/' + pdb->meta.name, node.name}},
                           {refTo(Kind::Pdb, pdb->meta), u"status.disruptionsAllowed"_s, u"0"_s, 0}, node.since, node.name);
    }
    return std::nullopt;
}

ObjectRef nodeRef(const Derivation &d, const QString &name)
{
    for (const auto &node : d.snapshot.nodes) {
        if (node->meta.name == name)
            return refTo(Kind::Node, node->meta);
    }
    return {Kind::Node, {}, name, {}};
}

Waiting reboot(const Derivation &d, const NodeRow &node)
{
    if (node.ready)
        return makeWaiting(PhaseId::Nodes, {u"reboot"_s, {node.name}},
                       {nodeRef(d, node.name), u"status.nodeInfo.osImage"_s, node.osImage, 0}, node.since, node.name);
    return makeWaiting(PhaseId::Nodes, {u"reboot-down"_s, {node.name}},
                   {nodeRef(d, node.name), u"status.conditions[Ready]"_s, u"False"_s, 0},
                   node.since.isValid() ? node.since : node.notReadySince, node.name);
}

Waiting notReady(const Derivation &d, const NodeRow &node)
{
    return makeWaiting(PhaseId::Nodes, {u"not-ready"_s, {node.name}},
                       {nodeRef(d, node.name), u"status.conditions[Ready]"_s, u"False"_s, 0}, node.notReadySince, node.name);
}

std::optional<Waiting> preloading(const Derivation &d, const NodeRow &node)
{
    const JobObject *job = d.nodeJob(node.name, u"prepare"_s);
    if (job) {
        for (const PodObject *pod : d.podsOfJob.value({job->meta.ns, job->meta.name})) {
            if (auto found = waitingByPod(d, *pod, PhaseId::Preload)) {
                found->node = node.name;
                return found;
            }
        }
    }
    return waitingByLog(d, job, PhaseId::Preload, node.name);
}

std::optional<Waiting> preDraining(const Derivation &d, const NodeRow &node)
{
    auto line = waitingByLog(d, d.nodeJob(node.name, u"pre-drain"_s), PhaseId::Nodes, node.name);
    const bool retries = line && line->what.code == "log-retry"_L1;
    const auto about = [&](QLatin1StringView word) {
        return !line || line->evidence.text.contains(word, Qt::CaseInsensitive);
    };
    // The object says more than the line: which volume, which virtual machine.
    if (about("volume"_L1) || retries) {
        if (auto found = volume(d, node)) {
            if (line)
                found->since = line->since;
            return found;
        }
    }
    if (about("VM"_L1) || about("migrat"_L1)) {
        if (auto found = virtualMachines(d, node)) {
            if (line)
                found->since = line->since;
            return found;
        }
    }
    return line;
}

std::optional<Waiting> preDrained(const Derivation &d, const NodeRow &node)
{
    const PlanSecretObject *secret = d.secretOfNode.value(node.name);
    // The budget of an instance manager always allows no disruption at first: it says something only when draining takes long.
    if (node.state == State::Stuck && !(secret && !secret->drainError.isEmpty())) {
        if (auto found = blockedDrain(d, node))
            return found;
    }
    return planner(d, node);
}

std::optional<Waiting> postDraining(const Derivation &d, const NodeRow &node)
{
    auto line = waitingByLog(d, d.nodeJob(node.name, u"post-drain"_s), PhaseId::Nodes, node.name);
    if (!line)
        return planner(d, node);
    if (line->evidence.text.contains("Waiting for RKE2 to be upgraded"_L1) && !node.kubeletTarget.isEmpty())
        line->what = {u"runtime"_s, {node.name, node.kubeletVersion, node.kubeletTarget}};
    return line;
}

std::optional<Waiting> waitingReboot(const Derivation &d, const NodeRow &node)
{
    const auto object = d.snapshot.nodes.value({QString(), node.name});
    if (node.ready && node.systemUpgraded == Tri::Yes && object && !object->pendingOsImage.isEmpty())
        return makeWaiting(PhaseId::Nodes, {u"reboot-unnoticed"_s, {node.name}},
                           {refTo(Kind::Node, object->meta), u"metadata.annotations[harvesterhci.io/pendingOSImage]"_s, object->pendingOsImage, 0},
                           node.since, node.name);
    return reboot(d, node);
}

/// Nobody is at work: what keeps this node's turn from beginning.
std::optional<Waiting> turn(const Derivation &d, const NodeRow &node)
{
    const PlanSecretObject *secret = d.secretOfNode.value(node.name);
    const bool asked = secret && !secret->preDrain.isEmpty() && secret->preDrain != secret->preHook;
    if (asked) {
        // Harvester starts no Job while any other of this upgrade has not succeeded.
        if (const JobObject *job = d.pendingJob) {
            return makeWaiting(PhaseId::Nodes, {u"pending-job"_s, {job->meta.ns + u'/' + job->meta.name, node.name}},
                                   {refTo(Kind::Job, job->meta), u"status.succeeded"_s, u"0"_s, 0}, job->meta.created, node.name);
        }
        return makeWaiting(PhaseId::Nodes, {u"pre-drain-start"_s, {node.name}},
                           {refTo(Kind::PlanSecret, secret->meta), u"metadata.annotations[rke.cattle.io/pre-drain]"_s, secret->preDrain, 0},
                           {}, node.name);
    }
    return planner(d, node);
}

/// A paused node is in none of the states in which another may begin.
std::optional<Waiting> behindPaused(const Derivation &d, const NodeRow &node)
{
    for (auto it = d.up->nodes.begin(); it != d.up->nodes.end(); ++it) {
        if (it->state == "Node-upgrade paused"_L1 && it.key() != node.name)
            return makeWaiting(PhaseId::Nodes, {u"behind-paused"_s, {node.name, it.key()}},
                {d.upgradeRef(), u"status.nodeStatuses[%1].state"_s.arg(it.key()), it->state, 0}, {}, node.name);
    }
    return std::nullopt;
}

} // namespace

std::optional<Waiting> waitingOfNode(const Derivation &d, const NodeRow &node)
{
    if (d.place.outcome != Place::Outcome::Running)
        return std::nullopt;
    const QString &state = node.stateText;
    if (node.paused)
        return makeWaiting(PhaseId::Nodes, {u"paused"_s, {node.name}},
                           {d.upgradeRef(), u"metadata.annotations[harvesterhci.io/node-upgrade-pause-map]"_s,
                            d.up->meta.annotations.value(u"harvesterhci.io/node-upgrade-pause-map"_s), 0},
                           node.since, node.name);
    if (state == "Waiting Reboot"_L1)
        return waitingReboot(d, node);
    if (node.present && !node.ready && !state.isEmpty())
        return notReady(d, node);
    if (state == "Images preloading"_L1)
        return preloading(d, node);
    if (state == "Pre-draining"_L1)
        return preDraining(d, node);
    if (state == "Pre-drained"_L1)
        return preDrained(d, node);
    if (state == "Post-draining"_L1)
        return postDraining(d, node);
    if (d.place.phase != PhaseId::Nodes)
        return std::nullopt;
    if (state == "Images preloaded"_L1 || state == "Upgrading"_L1) {
        if (const JobObject *single = d.nodeJob(node.name, u"single-node-upgrade"_s))
            return waitingByLog(d, single, PhaseId::Nodes, node.name);
        if (d.nodeAtWork)
            return std::nullopt;
        if (auto found = behindPaused(d, node))
            return found;
        return turn(d, node);
    }
    if (state == "Succeeded"_L1 && node.cordoned)
        return makeWaiting(PhaseId::Nodes, {u"uncordon"_s, {node.name}},
                           {nodeRef(d, node.name), u"spec.unschedulable"_s, u"true"_s, 0}, node.since, node.name);
    return std::nullopt;
}

} // namespace upgrade
