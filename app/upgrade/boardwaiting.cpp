// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// "Waiting for …": the thing by name, since when, and the object or log line that says so. Nothing is guessed: where no
// object and no line says it, nothing is waited for.

#include "upgrade/derivation.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgrade {

namespace {

Waiting waiting(PhaseId phase, Message what, Evidence evidence, const QDateTime &since = {}, const QString &node = {})
{
    Waiting out;
    out.phase = phase;
    out.what = std::move(what);
    out.evidence = std::move(evidence);
    out.since = since;
    out.node = node;
    return out;
}

/// The newest pod of a Job: its log is where a line of the digest stands.
std::optional<Waiting> byLog(const Derivation &d, const JobObject *job, PhaseId phase, const QString &node)
{
    const LogDigest *log = d.log(job);
    if (!log || log->waitingLine.isEmpty())
        return std::nullopt;
    const QString code = log->retries > 0 && log->waitingLine.contains("will retry after 10 minutes"_L1) ? u"log-retry"_s : u"log-line"_s;
    return waiting(phase, {code, {log->waitingLine, QString::number(log->retries)}},
                   {{Kind::Pod, job->meta.ns, log->pod, {}}, {}, log->waitingLine, log->waitingLineNumber}, log->waitingSince, node);
}

/// A container that cannot start, or an event that says why a pod cannot run.
std::optional<Waiting> byPod(const Derivation &d, const PodObject &pod, PhaseId phase)
{
    for (const ContainerStatus &container : pod.containers) {
        static const QStringList normal{QString(), u"ContainerCreating"_s, u"PodInitializing"_s};
        if (container.state == "waiting"_L1 && !normal.contains(container.reason)) {
            return waiting(phase, {u"pod-container"_s, {pod.meta.name, container.name, container.reason}},
                           {refTo(Kind::Pod, pod.meta), u"status.containerStatuses[%1].state.waiting"_s.arg(container.name),
                            container.message.isEmpty() ? container.reason : container.reason + u": "_s + container.message, 0},
                           pod.meta.created);
        }
    }
    if (pod.phase == "Running"_L1 || pod.phase == "Succeeded"_L1)
        return std::nullopt;
    const EventObject *warning = nullptr;
    for (const auto &event : d.snapshot.events) {
        if (event->type == "Warning"_L1 && event->name == pod.meta.name && event->ns == pod.meta.ns && (!warning || event->last > warning->last))
            warning = event.get();
    }
    if (!warning)
        return std::nullopt;
    return waiting(phase, {u"pod-event"_s, {pod.meta.name, warning->reason}},
                   {refTo(Kind::Event, warning->meta), u"message"_s, warning->message, 0}, warning->last);
}

std::optional<Waiting> logInfra(const Derivation &d)
{
    for (const auto &log : d.snapshot.upgradeLogs) {
        if (log->upgradeName != d.up->meta.name)
            continue;
        for (const auto &pod : d.snapshot.pods) {
            if (pod->meta.label(u"harvesterhci.io/upgradeLog"_s) != log->meta.name)
                continue;
            if (auto found = byPod(d, *pod, PhaseId::LogInfra))
                return found;
        }
        for (const auto &type : {u"LoggingOperatorReady"_s, u"InfraReady"_s, u"Started"_s}) {
            const auto condition = log->conditions.find(type);
            if (condition && condition->status == "True"_L1)
                continue;
            return waiting(PhaseId::LogInfra, {u"upgradelog"_s, {log->meta.name, type}},
                           {refTo(Kind::UpgradeLog, log->meta), u"status.conditions[%1]"_s.arg(type),
                            condition ? condition->status + u' ' + condition->reason + u' ' + condition->message : QString(), 0},
                           log->meta.created);
        }
    }
    return std::nullopt;
}

std::optional<Waiting> repository(const Derivation &d, const Phase &phase)
{
    const bool image = d.status("ImageReady") != "True"_L1;
    for (const auto &pod : d.snapshot.pods) {
        const bool importer = image && pod->meta.name.startsWith("importer-prime-"_L1);
        const bool repo = !image && pod->meta.label(u"harvesterhci.io/upgrade"_s) == d.up->meta.name
            && pod->meta.label(u"harvesterhci.io/upgradeComponent"_s) == "repo"_L1;
        if (!importer && !repo)
            continue;
        if (auto found = byPod(d, *pod, PhaseId::Repository))
            return found;
    }
    for (const ObjectRef &object : phase.objects) {
        if (object.kind == Kind::Image && image) {
            const auto found = d.snapshot.images.value({object.ns, object.name});
            if (!found || (found->failed == 0 && phase.state != State::Stuck))
                return std::nullopt; // it downloads: the activity says how far
            const auto imported = found->conditions.find(u"Imported"_s);
            const auto ready = d.up->conditions.find(u"ImageReady"_s);
            QString words = imported ? imported->reason + u' ' + imported->message : QString();
            if (words.trimmed().isEmpty() && ready)
                words = ready->reason + u' ' + ready->message;
            return waiting(PhaseId::Repository,
                           {u"image"_s, {object.name, QString::number(std::max(found->progress, 0)), QString::number(found->failed)}},
                           {object, u"status.conditions[Imported]"_s, words.trimmed(), 0});
        }
        if (object.kind == Kind::Deployment && !image) {
            const auto found = d.snapshot.deployments.value({object.ns, object.name});
            if (!found)
                continue;
            const auto available = found->conditions.find(u"Available"_s);
            return waiting(PhaseId::Repository, {u"repo"_s, {object.name, QString::number(found->ready), QString::number(found->replicas)}},
                           {object, u"status.conditions[Available]"_s,
                            available ? available->status + u' ' + available->reason + u' ' + available->message : QString(), 0},
                           conditionTime(*d.up, "ImageReady"));
        }
        if (object.kind == Kind::RepoVm && !image) {
            const auto found = d.snapshot.repoVms.value({object.ns, object.name});
            if (found)
                return waiting(PhaseId::Repository, {u"repo-vm"_s, {object.name, found->printableStatus}},
                               {object, u"status.printableStatus"_s, found->printableStatus, 0}, conditionTime(*d.up, "ImageReady"));
        }
    }
    return std::nullopt;
}

std::optional<Waiting> systemServices(const Derivation &d)
{
    const JobObject *job = d.manifestJob();
    if (job) {
        for (const PodObject *pod : d.podsOfJob.value({job->meta.ns, job->meta.name})) {
            if (auto found = byPod(d, *pod, PhaseId::SystemServices))
                return found;
        }
    }
    auto line = byLog(d, job, PhaseId::SystemServices, {});
    // The script only says "NotReady"; Fleet says why.
    if (!line || line->what.args.constFirst().contains("ManagedChart"_L1) || line->what.args.constFirst().contains("Current state"_L1)) {
        for (const auto &bundle : d.snapshot.bundles) {
            const auto ready = bundle->conditions.find(u"Ready"_s);
            if (!ready || ready->status == "True"_L1 || ready->message.isEmpty() || bundle->meta.ns != "fleet-local"_L1)
                continue;
            return waiting(PhaseId::SystemServices, {u"bundle"_s, {bundle->meta.name}},
                           {refTo(Kind::Bundle, bundle->meta), u"status.conditions[Ready].message"_s, ready->message, 0},
                           line ? line->since : ready->updated);
        }
    }
    return line;
}

std::optional<Waiting> cleanup(const Derivation &d, const Phase &phase)
{
    if (phase.activity.isEmpty() || phase.objects.isEmpty())
        return std::nullopt;
    return waiting(PhaseId::Cleanup, phase.activity, {phase.objects.constFirst(), u"status"_s, {}, 0}, conditionTime(*d.up, "Completed"));
}

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
    return waiting(PhaseId::Nodes, {u"volume"_s, {found->meta.name, found->robustness, found->pvcNs + u'/' + found->pvcName}},
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
            return waiting(PhaseId::Nodes, {u"migration-failed"_s, {first->meta.ns + u'/' + first->meta.name, node.name}},
                           {refTo(Kind::Migration, migration->meta), u"status.phase"_s, migration->phase, 0}, node.since, node.name);
    }
    const QString count = QString::number(d.vmsOfNode.value(node.name));
    return waiting(PhaseId::Nodes, {u"vms"_s, {count, node.name, first->meta.ns + u'/' + first->meta.name}},
                   {refTo(Kind::Vmi, first->meta), u"status.nodeName"_s, first->node, 0}, node.since, node.name);
}

/// What Rancher's planner says it waits for.
std::optional<Waiting> planner(const Derivation &d, const NodeRow &node)
{
    if (const PlanSecretObject *secret = d.secretOfNode.value(node.name); secret && !secret->drainError.isEmpty())
        return waiting(PhaseId::Nodes, {u"drain-error"_s, {node.name}},
                       {refTo(Kind::PlanSecret, secret->meta), u"metadata.annotations[rke.cattle.io/drain-error]"_s, secret->drainError, 0},
                       node.since, node.name);
    for (const auto &cluster : d.snapshot.provisioningClusters) {
        if (cluster->meta.name != "local"_L1)
            continue;
        for (const auto &type : {u"Updated"_s, u"Provisioned"_s, u"Ready"_s}) {
            const auto condition = cluster->conditions.find(type);
            if (condition && condition->status != "True"_L1 && !condition->message.isEmpty())
                return waiting(PhaseId::Nodes, {u"planner"_s, {condition->message}},
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
            return waiting(PhaseId::Nodes, {u"pdb"_s, {pdb->meta.ns + u'/' + pdb->meta.name, node.name}},
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
        return waiting(PhaseId::Nodes, {u"reboot"_s, {node.name}},
                       {nodeRef(d, node.name), u"status.nodeInfo.osImage"_s, node.osImage, 0}, node.since, node.name);
    return waiting(PhaseId::Nodes, {u"reboot-down"_s, {node.name}},
                   {nodeRef(d, node.name), u"status.conditions[Ready]"_s, u"False"_s, 0},
                   node.since.isValid() ? node.since : node.notReadySince, node.name);
}

} // namespace

std::optional<Waiting> waitingOfNode(const Derivation &d, const NodeRow &node)
{
    if (d.place.outcome != Place::Outcome::Running)
        return std::nullopt;
    const QString &state = node.stateText;
    if (node.paused)
        return waiting(PhaseId::Nodes, {u"paused"_s, {node.name}},
                       {refTo(Kind::Upgrade, d.up->meta), u"metadata.annotations[harvesterhci.io/node-upgrade-pause-map]"_s,
                        d.up->meta.annotations.value(u"harvesterhci.io/node-upgrade-pause-map"_s), 0},
                       node.since, node.name);
    if (state == "Images preloading"_L1) {
        const JobObject *job = d.nodeJob(node.name, u"prepare"_s);
        if (job) {
            for (const PodObject *pod : d.podsOfJob.value({job->meta.ns, job->meta.name})) {
                if (auto found = byPod(d, *pod, PhaseId::Preload)) {
                    found->node = node.name;
                    return found;
                }
            }
        }
        return byLog(d, job, PhaseId::Preload, node.name);
    }
    const JobObject *single = d.nodeJob(node.name, u"single-node-upgrade"_s);
    if (single && state == "Images preloaded"_L1)
        return byLog(d, single, PhaseId::Nodes, node.name);
    if (state == "Pre-draining"_L1) {
        const JobObject *job = d.nodeJob(node.name, u"pre-drain"_s);
        auto line = byLog(d, job, PhaseId::Nodes, node.name);
        const auto about = [&](QLatin1StringView word) { return !line || line->what.args.constFirst().contains(word, Qt::CaseInsensitive); };
        // The object says more than the line, which is kept as the evidence.
        if (about("volume"_L1) || (line && line->what.code == "log-retry"_L1)) {
            if (auto found = volume(d, node)) {
                if (line && line->what.code != "log-retry"_L1)
                    found->since = line->since;
                return found;
            }
        }
        if (about("VM"_L1) || about("migrat"_L1)) {
            if (auto found = virtualMachines(d, node))
                return found;
        }
        return line;
    }
    if (state == "Pre-drained"_L1) {
        if (const PlanSecretObject *secret = d.secretOfNode.value(node.name); secret && !secret->drainError.isEmpty())
            return planner(d, node);
        if (node.state == State::Stuck) {
            if (auto found = blockedDrain(d, node))
                return found;
        }
        return planner(d, node);
    }
    if (state == "Post-draining"_L1) {
        if (auto line = byLog(d, d.nodeJob(node.name, u"post-drain"_s), PhaseId::Nodes, node.name))
            return line;
        return planner(d, node);
    }
    if (state == "Waiting Reboot"_L1)
        return reboot(d, node);
    if (state == "Images preloaded"_L1 && node.state == State::Stuck)
        return planner(d, node);
    return std::nullopt;
}

std::optional<Waiting> deriveWaiting(const Derivation &d, const QList<Phase> &phases, const QList<NodeRow> &nodes)
{
    if (d.place.outcome == Place::Outcome::Failed)
        return std::nullopt;
    const Phase &phase = phases.at(qsizetype(d.place.phase));
    std::optional<Waiting> found;
    switch (phase.id) {
    case PhaseId::LogInfra: found = logInfra(d); break;
    case PhaseId::Repository: found = repository(d, phase); break;
    case PhaseId::SystemServices: found = systemServices(d); break;
    case PhaseId::Cleanup: found = phase.state == State::Running || phase.state == State::Stuck ? cleanup(d, phase) : std::nullopt; break;
    case PhaseId::Preload:
    case PhaseId::Nodes: {
        // The stuck one, else the one at work, else the paused one.
        const auto rank = [](const NodeRow &node) {
            return node.state == State::Stuck ? 0 : node.state == State::Running ? 1 : node.state == State::Paused ? 2 : 3;
        };
        const NodeRow *chosen = nullptr;
        for (const NodeRow &node : nodes) {
            if (rank(node) < 3 && (!chosen || rank(node) < rank(*chosen)))
                chosen = &node;
        }
        if (chosen)
            found = waitingOfNode(d, *chosen);
        if (!found && chosen && chosen->state == State::Stuck)
            found = waiting(phase.id, {u"node"_s, {chosen->name, chosen->stateText}},
                            {refTo(Kind::Upgrade, d.up->meta), u"status.nodeStatuses[%1].state"_s.arg(chosen->name), chosen->stateText, 0},
                            chosen->since, chosen->name);
        if (!found && phase.id == PhaseId::Preload && phase.state == State::Stuck && !phase.objects.isEmpty())
            found = waiting(phase.id, {u"preload-lost"_s, {}}, {phase.objects.constLast(), u"status.applying"_s, {}, 0});
        if (found && chosen)
            found->stuck = chosen->state == State::Stuck;
        break;
    }
    }
    if (found)
        found->stuck |= phase.state == State::Stuck;
    return found;
}

} // namespace upgrade
