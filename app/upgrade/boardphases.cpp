// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The six steps: state, fraction, times, activity and the objects behind them.

#include "upgrade/derivation.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upgrade {

namespace {

constexpr std::array conditionOfPhase{
    "LogReady", "RepoReady", "NodesPrepared", "SystemServicesUpgraded", "NodesUpgraded"};

void logInfra(const Derivation &d, Phase &phase)
{
    const UpgradeLogObject *log = logOf(d);
    if (!log)
        return;
    phase.objects.append(refTo(Kind::UpgradeLog, log->meta));
    for (const auto &pod : d.snapshot.pods) {
        if (pod->meta.label(u"harvesterhci.io/upgradeLog"_s) == log->meta.name)
            phase.objects.append(refTo(Kind::Pod, pod->meta));
    }
    if (const auto chart = d.snapshot.managedCharts.value({u"fleet-local"_s, log->meta.name + u"-operator"_s}))
        phase.objects.append(refTo(Kind::ManagedChart, chart->meta));
    int done = 0;
    for (const auto &condition : {u"LoggingOperatorReady"_s, u"InfraReady"_s, u"Started"_s})
        done += log->conditions.isTrue(condition) ? 1 : 0;
    phase.fraction = done / 3.0;
    phase.activity = {u"log-infra"_s, {QString::number(done)}};
}

void repository(const Derivation &d, Phase &phase)
{
    const ImageObject *image = imageOf(d);
    const bool imageReady = d.status("ImageReady") == "True"_L1;
    if (!imageReady) {
        if (image && image->progress >= 0) {
            phase.fraction = std::clamp(image->progress, 0, 100) / 100.0 * 0.85;
            phase.activity
                = {u"image-download"_s, {image->meta.name, QString::number(std::clamp(image->progress, 0, 100))}};
        } else {
            phase.activity = {u"image-wait"_s, {}};
        }
        if (image && image->failed > 0 && phase.state == State::Running)
            phase.activity
                = {u"image-retry"_s, {image->meta.name, QString::number(image->failed), QString::number(image->retry)}};
    } else {
        const DeploymentObject *repo = repoOf(d);
        const RepoVmObject *vm = repoVmOf(d);
        double ready = 0;
        if (repo) {
            ready = repo->replicas > 0 ? double(repo->ready) / repo->replicas : 0;
            phase.activity = {
                u"repo-deployment"_s, {repo->meta.name, QString::number(repo->ready), QString::number(repo->replicas)}};
        } else if (vm) {
            ready = vm->ready ? 1 : 0;
            phase.activity = {u"repo-vm"_s, {vm->meta.name, vm->printableStatus}};
        } else {
            phase.activity = {u"repo-wait"_s, {}};
        }
        phase.fraction = 0.85 + 0.15 * std::clamp(ready, 0.0, 1.0);
    }
    if (const DeploymentObject *repo = repoOf(d))
        phase.objects.append(refTo(Kind::Deployment, repo->meta));
    if (const RepoVmObject *vm = repoVmOf(d))
        phase.objects.append(refTo(Kind::RepoVm, vm->meta));
    if (image)
        phase.objects.append(refTo(Kind::Image, image->meta));
    if (!imageReady)
        std::ranges::reverse(phase.objects);
    for (const PodObject *pod : podsOfRepository(d))
        phase.objects.append(refTo(Kind::Pod, pod->meta));
    if (d.place.eligibility)
        phase.activity = {u"eligibility"_s, {}};
}

void preload(const Derivation &d, const QList<NodeRow> &nodes, Phase &phase)
{
    double done = 0;
    int managed = 0;
    int ready = 0;
    QStringList busy;
    for (const NodeRow &node : nodes) {
        // A cluster without the label on any node is not one without nodes.
        if (!node.managed && !d.up->nodes.contains(node.name))
            continue;
        ++managed;
        if (node.preloaded == Tri::Yes) {
            done += 1;
            ++ready;
        } else if (node.stateText == "Images preloading"_L1) {
            done += 0.5;
            busy.append(node.name);
        }
        if (!node.job.name.isEmpty() && node.preloaded != Tri::Yes)
            phase.objects.append(node.job);
    }
    if (managed > 0)
        phase.fraction = done / managed;
    if (const PlanObject *plan = d.preloadPlan())
        phase.objects.append(refTo(Kind::Plan, plan->meta));
    if (busy.size() == 1)
        phase.activity = {u"preload-node"_s, {busy.constFirst(), QString::number(ready), QString::number(managed)}};
    else
        phase.activity
            = {u"preload-nodes"_s, {QString::number(busy.size()), QString::number(ready), QString::number(managed)}};
}

void systemServices(const Derivation &d, Phase &phase)
{
    const JobObject *job = d.manifestJob();
    if (!job)
        return;
    phase.objects.append(refTo(Kind::Job, job->meta));
    if (const PlanObject *plan = d.plan(u"skip-restart-rancher-system-agent"_s))
        phase.objects.append(refTo(Kind::Plan, plan->meta));
    const auto pods = d.podsOfJob.value({job->meta.ns, job->meta.name});
    phase.attempt = int(std::max<qsizetype>(pods.size(), job->failed + (job->active > 0 ? 1 : 0)));
    const LogDigest *log = d.log(job);
    if (log && log->milestone > 0) {
        phase.fraction = double(log->milestone) / milestoneCount;
        phase.activity = {u"milestone"_s, {QString::number(log->milestone), QString::number(milestoneCount)}};
    } else {
        phase.activity = {u"manifests"_s, {job->meta.name}};
    }
    for (const auto &chart : d.snapshot.managedCharts) {
        if (chart->meta.ns == "fleet-local"_L1 && (chart->ready < chart->desired || chart->unavailable > 0))
            phase.objects.append(refTo(Kind::ManagedChart, chart->meta));
    }
}

double nodeWeight(const NodeRow &node, bool single)
{
    if (node.stateText == "Succeeded"_L1)
        return 1;
    if (node.stateText == "Waiting Reboot"_L1)
        return 0.8;
    if (single)
        return node.state == State::Running || node.state == State::Stuck ? 0.5 : 0;
    if (node.stateText == "Post-draining"_L1)
        return 0.6;
    if (node.stateText == "Pre-drained"_L1)
        return 0.4;
    return node.stateText == "Pre-draining"_L1 ? 0.2 : 0;
}

void upgradeNodes(const Derivation &d, const QList<NodeRow> &nodes, Phase &phase)
{
    const bool single = !d.up->singleNode.isEmpty();
    double sum = 0;
    int done = 0;
    QList<const NodeRow *> counted;
    for (const NodeRow &node : nodes) {
        if (!d.up->nodes.contains(node.name))
            continue; // joined later: not part of this upgrade
        counted.append(&node);
        sum += nodeWeight(node, single);
        done += node.stateText == "Succeeded"_L1 ? 1 : 0;
    }
    if (!counted.isEmpty())
        phase.fraction = sum / double(counted.size());
    const QString total = QString::number(counted.size());
    phase.activity = {u"nodes-waiting"_s, {QString::number(done), total}};
    for (const NodeRow *node : std::as_const(counted)) {
        if (node->state != State::Running && node->state != State::Stuck && node->state != State::Failed
            && node->state != State::Paused)
            continue;
        if (node->stateText == "Images preloaded"_L1 && !single)
            continue;
        phase.activity = {u"node-state"_s, {node->name, node->stateText, QString::number(done), total}};
        if (!node->job.name.isEmpty())
            phase.objects.append(node->job);
        break;
    }
    for (const auto &cluster : d.snapshot.provisioningClusters) {
        if (cluster->meta.name == "local"_L1)
            phase.objects.append(refTo(Kind::ProvisioningCluster, cluster->meta));
    }
    if (const PlanObject *plan = d.plan(u"skip-manifests-apply"_s))
        phase.objects.append(refTo(Kind::Plan, plan->meta));
}

void cleanup(const Derivation &d, Phase &phase)
{
    const PlanObject *remove = d.plan(u"skip-manifests-remove"_s);
    const PlanObject *plan = d.cleanupPlan();
    for (const PlanObject *one : {plan, remove}) {
        if (one)
            phase.objects.append(refTo(Kind::Plan, one->meta));
    }
    if (!plan)
        return;
    int done = 0;
    int managed = 0;
    for (const auto &node : d.snapshot.nodes) {
        if (!node->managed)
            continue;
        ++managed;
        done += ranOn(plan, *node) ? 1 : 0;
    }
    if (managed > 0) {
        phase.fraction = double(done) / managed;
        phase.activity = {u"cleanup-images"_s, {QString::number(done), QString::number(managed)}};
    }
}

void setTimes(const Derivation &d, QList<Phase> &phases)
{
    const auto doneAt = [&](PhaseId id) -> QDateTime {
        if (id == PhaseId::Cleanup)
            return {};
        const char *type = conditionOfPhase.at(size_t(id));
        const QString status = d.status(type);
        const bool done = status == "True"_L1 || (id == PhaseId::LogInfra && status == "False"_L1);
        return done ? conditionTime(*d.up, type) : QDateTime();
    };
    const auto cleaned = d.snapshot.seen.phases.constFind(int(PhaseId::Cleanup));
    QDateTime begin = d.up->meta.created;
    for (Phase &phase : phases) {
        if (phase.id == PhaseId::Cleanup)
            begin = conditionTime(*d.up, "Completed");
        const bool begun = phase.state != State::Pending && !phase.skipped;
        if (begun)
            phase.started = begin;
        if (phase.id == PhaseId::SystemServices && begun) {
            if (const JobObject *job = d.manifestJob(); job && job->started.isValid())
                phase.started = job->started;
        }
        if (phase.state == State::Succeeded)
            phase.finished = doneAt(phase.id);
        if (phase.id == PhaseId::Cleanup && phase.state == State::Succeeded
            && cleaned != d.snapshot.seen.phases.constEnd() && cleaned->exact)
            phase.finished = cleaned->since;
        if (phase.state == State::Failed)
            phase.finished = conditionTime(*d.up, "Completed");
        const QDateTime end = doneAt(phase.id);
        // A log step that was skipped took no time.
        if (end.isValid() || !phase.skipped)
            begin = end;
    }
}

} // namespace

QList<Phase> derivePhases(const Derivation &d, const QList<NodeRow> &nodes)
{
    QList<Phase> phases(phaseCount);
    for (int i = 0; i < phaseCount; ++i) {
        Phase &phase = phases[i];
        phase.id = PhaseId(i);
        const bool failed = d.place.outcome == Place::Outcome::Failed;
        if (phase.id == PhaseId::Cleanup && d.place.outcome != Place::Outcome::Running) {
            // After a failure it runs too, to put things back: where no label says that it did, we do not know.
            const bool over = cleanupOver(d);
            const bool begun = d.status("Completed") == "True"_L1 || d.status("Completed") == "False"_L1;
            phase.state
                = over ? (failed && d.up->cleanupLabel.isEmpty() ? State::Pending : State::Succeeded) : State::Running;
            if (!begun)
                phase.state = State::Pending;
            phase.afterFailure = failed && phase.state != State::Pending;
            if (failed && d.place.phase == PhaseId::Cleanup) {
                phase.state = State::Failed;
                phase.afterFailure = false;
            }
        } else if (d.place.outcome == Place::Outcome::Succeeded || phase.id < d.place.phase) {
            phase.state = State::Succeeded;
        } else if (phase.id > d.place.phase) {
            phase.state = State::Pending;
        } else {
            phase.state = failed ? State::Failed : State::Running;
        }
        switch (phase.id) {
        case PhaseId::LogInfra: {
            const auto logs = d.up->conditions.find(u"LogReady"_s);
            phase.skipped = phase.state == State::Succeeded && (!logs || logs->status == "False"_L1);
            logInfra(d, phase);
            break;
        }
        case PhaseId::Repository:
            repository(d, phase);
            break;
        case PhaseId::Preload:
            preload(d, nodes, phase);
            break;
        case PhaseId::SystemServices:
            systemServices(d, phase);
            break;
        case PhaseId::Nodes:
            upgradeNodes(d, nodes, phase);
            break;
        case PhaseId::Cleanup:
            cleanup(d, phase);
            break;
        }
        if (phase.state == State::Running)
            phase.state = runningState(d, phase, nodes);
        if (phase.state == State::Running && untouched(*d.up))
            phase.state = State::Pending;
        if (phase.state == State::Succeeded)
            phase.fraction = 1;
        if (phase.state == State::Pending)
            phase.fraction = 0;
        if (phase.state == State::Succeeded || phase.state == State::Pending)
            phase.activity = {};
        if (phase.state == State::Succeeded && phase.afterFailure)
            phase.activity = {u"cleaned-after-failure"_s, {}};
        if (phase.state == State::Failed) {
            // Nothing happens in it now.
            static const QStringList nothing{u"image-wait"_s, u"repo-wait"_s, u"manifests"_s, u"eligibility"_s};
            if (!nothing.contains(phase.activity.code))
                phase.reached = phase.activity;
            if (!d.place.eligibility)
                phase.activity = {};
            explainFailure(d, phase);
        }
        if (phase.id == PhaseId::LogInfra && phase.skipped && d.status("LogReady") == "False"_L1)
            explainFailure(d, phase); // also why there are no logs in an upgrade that went on without
        if (phase.state == State::Stuck && phase.id == d.place.phase) {
            if (const auto degraded = d.up->conditions.find(u"Degraded"_s)) {
                phase.reason = degraded->reason;
                phase.message = degraded->message;
            }
        }
    }
    setTimes(d, phases);
    return phases;
}

} // namespace upgrade
