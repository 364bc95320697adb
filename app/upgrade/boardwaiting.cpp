// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// "Waiting for …": the thing by name, since when, and the object or log line that says so. Nothing is guessed: where no
// object and no line says it, nothing is waited for.

#include "upgrade/derivation.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgrade {

Waiting makeWaiting(PhaseId phase, Message what, Evidence evidence, const QDateTime &since, const QString &node)
{
    Waiting out;
    out.phase = phase;
    out.what = std::move(what);
    out.evidence = std::move(evidence);
    out.since = since;
    out.node = node;
    return out;
}

/// The pod of a Job whose log the digest read last is where its line stands.
std::optional<Waiting> waitingByLog(const Derivation &d, const JobObject *job, PhaseId phase, const QString &node)
{
    const LogDigest *log = d.log(job);
    if (!log || log->waitingLine.isEmpty())
        return std::nullopt;
    const QString code = log->retries > 0 && log->waitingLine.contains("will retry after 10 minutes"_L1)
        ? u"log-retry"_s
        : u"log-line"_s;
    ObjectRef pod{Kind::Pod, job->meta.ns, log->pod, {}};
    for (const PodObject *candidate : d.podsOfJob.value({job->meta.ns, job->meta.name})) {
        if (candidate->meta.name == log->pod)
            pod.uid = candidate->meta.uid;
    }
    return makeWaiting(phase, {code, {log->waitingLine, QString::number(log->retries)}},
        {pod, {}, log->waitingLine, log->waitingLineNumber},
        log->retries > 0 && log->retrySince.isValid() ? log->retrySince : log->waitingSince, node);
}

/// A container that cannot start, or an event that says why a pod cannot run.
std::optional<Waiting> waitingByPod(const Derivation &d, const PodObject &pod, PhaseId phase)
{
    if (pod.phase == "Succeeded"_L1 || pod.phase == "Failed"_L1)
        return std::nullopt; // it has ended, and its successor tells more than old events of it
    for (const ContainerStatus &container : pod.containers) {
        static const QStringList normal{QString(), u"ContainerCreating"_s, u"PodInitializing"_s};
        if (container.state == "waiting"_L1 && !normal.contains(container.reason)) {
            return makeWaiting(phase, {u"pod-container"_s, {pod.meta.name, container.name, container.reason}},
                {refTo(Kind::Pod, pod.meta), u"status.containerStatuses[%1].state.waiting"_s.arg(container.name),
                    container.message.isEmpty() ? container.reason : container.reason + u": "_s + container.message, 0},
                pod.meta.created);
        }
    }
    if (pod.phase == "Running"_L1)
        return std::nullopt;
    const EventObject *warning = nullptr;
    for (const auto &event : d.snapshot.events) {
        if (event->type == "Warning"_L1 && event->name == pod.meta.name && event->ns == pod.meta.ns
            && (!warning || event->last > warning->last))
            warning = event.get();
    }
    if (!warning)
        return std::nullopt;
    return makeWaiting(phase, {u"pod-event"_s, {pod.meta.name, warning->reason}},
        {refTo(Kind::Event, warning->meta), u"message"_s, warning->message, 0}, warning->last);
}

namespace {

std::optional<Waiting> logInfra(const Derivation &d)
{
    for (const auto &log : d.snapshot.upgradeLogs) {
        if (log->upgradeName != d.up->meta.name)
            continue;
        for (const auto &pod : d.snapshot.pods) {
            if (pod->meta.label(u"harvesterhci.io/upgradeLog"_s) != log->meta.name)
                continue;
            if (auto found = waitingByPod(d, *pod, PhaseId::LogInfra))
                return found;
        }
        for (const auto &type : {u"LoggingOperatorReady"_s, u"InfraReady"_s, u"Started"_s}) {
            const auto condition = log->conditions.find(type);
            if (condition && condition->status == "True"_L1)
                continue;
            return makeWaiting(PhaseId::LogInfra, {u"upgradelog"_s, {log->meta.name, type}},
                {refTo(Kind::UpgradeLog, log->meta), u"status.conditions[%1]"_s.arg(type),
                    condition ? condition->status + u' ' + condition->reason + u' ' + condition->message : QString(),
                    0},
                log->meta.created);
        }
    }
    return std::nullopt;
}

std::optional<Waiting> repository(const Derivation &d, const Phase &phase)
{
    const bool image = d.status("ImageReady") != "True"_L1;
    for (const PodObject *pod : podsOfRepository(d)) {
        if (auto found = waitingByPod(d, *pod, PhaseId::Repository))
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
            return makeWaiting(PhaseId::Repository,
                {u"image"_s,
                    {object.name, QString::number(std::max(found->progress, 0)), QString::number(found->failed)}},
                {object, u"status.conditions[Imported]"_s, words.trimmed(), 0});
        }
        if (object.kind == Kind::Deployment && !image) {
            const auto found = d.snapshot.deployments.value({object.ns, object.name});
            if (!found)
                continue;
            const auto available = found->conditions.find(u"Available"_s);
            return makeWaiting(PhaseId::Repository,
                {u"repo"_s, {object.name, QString::number(found->ready), QString::number(found->replicas)}},
                {object, u"status.conditions[Available]"_s,
                    available ? available->status + u' ' + available->reason + u' ' + available->message : QString(),
                    0},
                conditionTime(*d.up, "ImageReady"));
        }
        if (object.kind == Kind::RepoVm && !image) {
            const auto found = d.snapshot.repoVms.value({object.ns, object.name});
            if (found)
                return makeWaiting(PhaseId::Repository, {u"repo-vm"_s, {object.name, found->printableStatus}},
                    {object, u"status.printableStatus"_s, found->printableStatus, 0},
                    conditionTime(*d.up, "ImageReady"));
        }
    }
    return std::nullopt;
}

std::optional<Waiting> systemServices(const Derivation &d)
{
    const JobObject *job = d.manifestJob();
    if (job) {
        for (const PodObject *pod : d.podsOfJob.value({job->meta.ns, job->meta.name})) {
            if (auto found = waitingByPod(d, *pod, PhaseId::SystemServices))
                return found;
        }
    }
    auto line = waitingByLog(d, job, PhaseId::SystemServices, {});
    // The script only says "NotReady"; Fleet says why.
    if (!line || line->what.args.constFirst().contains("ManagedChart"_L1)
        || line->what.args.constFirst().contains("Current state"_L1)) {
        for (const auto &bundle : d.snapshot.bundles) {
            const auto ready = bundle->conditions.find(u"Ready"_s);
            if (!ready || ready->status == "True"_L1 || ready->message.isEmpty() || bundle->meta.ns != "fleet-local"_L1)
                continue;
            return makeWaiting(PhaseId::SystemServices, {u"bundle"_s, {bundle->meta.name}},
                {refTo(Kind::Bundle, bundle->meta), u"status.conditions[Ready].message"_s, ready->message, 0},
                line ? line->since : ready->updated);
        }
    }
    return line;
}

std::optional<Waiting> cleanup(const Derivation &d, const Phase &phase)
{
    if (phase.state != State::Running && phase.state != State::Stuck)
        return std::nullopt;
    if (phase.activity.isEmpty() || phase.objects.isEmpty())
        return makeWaiting(PhaseId::Cleanup, {u"cleanup"_s, {d.up->meta.name}},
            {d.upgradeRef(), u"metadata.labels[harvesterhci.io/upgradeCleanup]"_s, d.up->cleanupLabel, 0},
            conditionTime(*d.up, "Completed"));
    const PlanObject *plan = d.cleanupPlan();
    return makeWaiting(PhaseId::Cleanup, phase.activity,
        {phase.objects.constFirst(), u"status.applying"_s, plan ? plan->applying.join(u", "_s) : QString(), 0},
        conditionTime(*d.up, "Completed"));
}

/// The finalizer undoes what the upgrade changed before the object goes.
Waiting finalizer(const Derivation &d)
{
    constexpr qint64 limit = 15 * 60;
    const PlanObject *plan = d.plan(u"skip-manifests-remove"_s);
    Waiting out = makeWaiting(d.place.phase, {u"finalizer"_s, {d.up->meta.name}},
        {d.upgradeRef(), u"metadata.finalizers"_s, d.up->meta.finalizers.join(u", "_s), 0}, d.up->meta.deleted);
    if (plan) {
        out.what = {u"finalizer-plan"_s, {d.up->meta.name, plan->meta.name}};
        out.evidence = {refTo(Kind::Plan, plan->meta), u"status.applying"_s, plan->applying.join(u", "_s), 0};
    }
    out.stuck = d.up->meta.deleted.secsTo(d.known) > limit;
    return out;
}

std::optional<Waiting> byNodes(const Derivation &d, const Phase &phase, const QList<NodeRow> &nodes)
{
    // The stuck one, else the one at work, else the paused one.
    const auto rank = [](const NodeRow &node) {
        return node.state == State::Stuck ? 0 : node.state == State::Running ? 1 : node.state == State::Paused ? 2 : 3;
    };
    const NodeRow *chosen = nullptr;
    for (const NodeRow &node : nodes) {
        if (rank(node) < 3 && (!chosen || rank(node) < rank(*chosen)))
            chosen = &node;
    }
    if (chosen) {
        auto found = waitingOfNode(d, *chosen);
        if (!found && chosen->state == State::Stuck)
            found = makeWaiting(phase.id, {u"node"_s, {chosen->name, chosen->stateText}},
                {d.upgradeRef(), u"status.nodeStatuses[%1].state"_s.arg(chosen->name), chosen->stateText, 0},
                chosen->since, chosen->name);
        if (found) {
            found->stuck = chosen->state == State::Stuck;
            // Only found so, not seen to begin: "0 s" would be a lie.
            if (!chosen->sinceExact && found->since == chosen->since)
                found->since = {};
        }
        return found;
    }
    if (phase.id == PhaseId::Preload) {
        if (const PlanObject *plan = d.preloadPlan(); plan && phase.state == State::Stuck) {
            return makeWaiting(phase.id, {u"preload-lost"_s, {}},
                {refTo(Kind::Plan, plan->meta), u"status.applying"_s, plan->applying.join(u", "_s), 0}, d.lastJobTime);
        }
        return std::nullopt;
    }
    for (const NodeRow &node : nodes) {
        if (auto found = waitingOfNode(d, node))
            return found;
    }
    return std::nullopt;
}

} // namespace

std::optional<Waiting> deriveWaiting(const Derivation &d, const QList<Phase> &phases, const QList<NodeRow> &nodes)
{
    if (d.up->meta.deleted.isValid())
        return finalizer(d);
    const bool over = d.place.outcome != Place::Outcome::Running;
    const Phase &phase = phases.at(qsizetype(over ? PhaseId::Cleanup : d.place.phase));
    std::optional<Waiting> found;
    if (untouched(*d.up)) {
        found = makeWaiting(PhaseId::LogInfra, {u"controller"_s, {d.up->meta.name}},
            {d.upgradeRef(), u"status.conditions"_s, {}, 0}, d.up->meta.created);
    } else {
        switch (phase.id) {
        case PhaseId::LogInfra:
            found = logInfra(d);
            break;
        case PhaseId::Repository:
            found = repository(d, phase);
            break;
        case PhaseId::SystemServices:
            found = systemServices(d);
            break;
        case PhaseId::Cleanup:
            found = cleanup(d, phase);
            break;
        case PhaseId::Preload:
        case PhaseId::Nodes:
            found = byNodes(d, phase, nodes);
            break;
        }
    }
    if (const auto degraded = d.up->conditions.find(u"Degraded"_s); !found && degraded)
        found = makeWaiting(phase.id, {u"degraded"_s, {d.up->meta.name}},
            {d.upgradeRef(), u"status.conditions[Degraded]"_s, (degraded->reason + u' ' + degraded->message).trimmed(), 0},
            degraded->transitioned);
    if (found)
        found->stuck |= phase.state == State::Stuck;
    return found;
}

} // namespace upgrade
