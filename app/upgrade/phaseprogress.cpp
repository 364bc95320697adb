// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Signs of progress of each phase, and since when there are none.

#include "upgrade/derivation.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgrade {

const ImageObject *imageOf(const Derivation &d)
{
    // "harvester-system/<image>", or named like the Upgrade while status has nothing yet.
    const QString id = d.up->imageId.isEmpty() ? u"harvester-system/"_s + d.up->meta.name : d.up->imageId;
    const auto found = d.snapshot.images.constFind({id.section(u'/', 0, 0), id.section(u'/', 1)});
    return found == d.snapshot.images.constEnd() ? nullptr : found->get();
}

const DeploymentObject *repoOf(const Derivation &d)
{
    const auto found = d.snapshot.deployments.constFind({u"harvester-system"_s, u"upgrade-repo-"_s + d.up->meta.name});
    return found == d.snapshot.deployments.constEnd() ? nullptr : found->get();
}

const RepoVmObject *repoVmOf(const Derivation &d)
{
    const auto found = d.snapshot.repoVms.constFind({u"harvester-system"_s, u"upgrade-repo-"_s + d.up->meta.name});
    return found == d.snapshot.repoVms.constEnd() ? nullptr : found->get();
}

const UpgradeLogObject *logOf(const Derivation &d)
{
    for (const auto &log : d.snapshot.upgradeLogs) {
        if (log->upgradeName == d.up->meta.name || log->meta.name == d.up->upgradeLog)
            return log.get();
    }
    return nullptr;
}

namespace {

/// Since when nothing moved in a running phase; invalid: not known. Limits: how long that may be.
QDateTime lastProgress(const Derivation &d, const Phase &phase)
{
    QDateTime last;
    QDateTime moved; // a change we saw happen: resets whatever the objects say
    const auto seen = d.snapshot.seen.phases.constFind(int(phase.id));
    if (seen != d.snapshot.seen.phases.constEnd()) {
        last = seen->since;
        if (seen->exact)
            moved = seen->since;
    }
    switch (phase.id) {
    case PhaseId::LogInfra: {
        QDateTime own = d.up->meta.created;
        if (const UpgradeLogObject *log = logOf(d)) {
            for (const Condition &condition : log->conditions.all)
                own = std::max({own, condition.updated, condition.transitioned});
        }
        return std::max(own, moved);
    }
    case PhaseId::Repository:
        if (d.status("ImageReady") == "True"_L1) {
            QDateTime own = conditionTime(*d.up, "ImageReady");
            if (const DeploymentObject *repo = repoOf(d)) {
                for (const Condition &condition : repo->conditions.all)
                    own = std::max({own, condition.updated, condition.transitioned});
            }
            return std::max(own, moved);
        }
        return last;
    case PhaseId::SystemServices:
        if (const LogDigest *log = d.log(d.manifestJob()))
            return std::max(log->waitingSince.isValid() ? log->waitingSince : log->lastTime, moved);
        return last;
    case PhaseId::Cleanup: return std::max(moved, conditionTime(*d.up, "Completed"));
    case PhaseId::Preload:
    case PhaseId::Nodes: return {}; // judged node by node
    }
    return last;
}

std::chrono::minutes limitOf(PhaseId phase)
{
    switch (phase) {
    case PhaseId::LogInfra: return std::chrono::minutes(5);
    case PhaseId::Repository: return std::chrono::minutes(10);
    case PhaseId::Preload: return std::chrono::minutes(30);
    case PhaseId::SystemServices:
    case PhaseId::Cleanup: return std::chrono::minutes(20);
    case PhaseId::Nodes: return std::chrono::minutes(15);
    }
    return std::chrono::minutes(20);
}

/// Phase 2 with a managed node that neither has its images nor a Job: the system-upgrade-controller lost it.
bool preloadLost(const Derivation &d, const QList<NodeRow> &nodes)
{
    QDateTime last = conditionTime(*d.up, "RepoReady");
    bool waiting = false;
    for (const NodeRow &node : nodes) {
        if (node.stateText == "Images preloading"_L1)
            return false;
        waiting |= node.managed && node.preloaded != Tri::Yes;
    }
    last = std::max(last, d.lastJobTime);
    return waiting && last.isValid() && std::chrono::seconds(last.secsTo(d.known)) > limitOf(PhaseId::Preload);
}

} // namespace

State runningState(const Derivation &d, const Phase &phase, const QList<NodeRow> &nodes)
{
    if (phase.id == PhaseId::Nodes || phase.id == PhaseId::Preload) {
        const bool stuck = std::ranges::any_of(nodes, [](const NodeRow &node) { return node.state == State::Stuck; });
        if (stuck || (phase.id == PhaseId::Preload && preloadLost(d, nodes)))
            return State::Stuck;
        static const QStringList active{u"Pre-draining"_s, u"Pre-drained"_s, u"Post-draining"_s, u"Waiting Reboot"_s};
        const bool works = std::ranges::any_of(nodes, [](const NodeRow &node) { return active.contains(node.stateText); });
        const bool paused = std::ranges::any_of(nodes, &NodeRow::paused);
        return phase.id == PhaseId::Nodes && paused && !works ? State::Paused : State::Running;
    }
    const QDateTime last = lastProgress(d, phase);
    const bool stuck = last.isValid() && std::chrono::seconds(last.secsTo(d.known)) > limitOf(phase.id);
    return stuck ? State::Stuck : State::Running;
}

QByteArray progressSignal(const Derivation &d, PhaseId id)
{
    QByteArray signal = QByteArray::number(int(d.place.phase));
    const auto add = [&](const QString &text) { signal += '|' + text.toUtf8(); };
    switch (id) {
    case PhaseId::LogInfra:
        if (const UpgradeLogObject *log = logOf(d)) {
            for (const Condition &condition : log->conditions.all)
                add(condition.type + condition.status);
        }
        break;
    case PhaseId::Repository:
        if (const ImageObject *image = imageOf(d))
            add(QString::number(image->progress) + u'/' + QString::number(image->size) + u'/' + QString::number(image->failed));
        if (const DeploymentObject *repo = repoOf(d))
            add(QString::number(repo->ready));
        if (const RepoVmObject *vm = repoVmOf(d))
            add(vm->printableStatus);
        break;
    case PhaseId::SystemServices:
        // Not the log: its lines carry their own times, and reading an old one is no progress.
        for (const auto &chart : d.snapshot.managedCharts)
            add(chart->meta.name + chart->version + chart->state + QString::number(chart->ready));
        break;
    case PhaseId::Preload:
    case PhaseId::Nodes:
        for (auto it = d.up->nodes.begin(); it != d.up->nodes.end(); ++it)
            add(it.key() + it->state);
        break;
    case PhaseId::Cleanup: {
        const PlanObject *plan = d.plan(u"cleanup"_s);
        add(d.up->cleanupLabel);
        for (const auto &node : d.snapshot.nodes) {
            if (plan)
                add(node->meta.labels.value(u"plan.upgrade.cattle.io/"_s + plan->meta.name));
        }
        break;
    }
    }
    return signal;
}

} // namespace upgrade
