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
    const QString name = d.engine == Board::Engine::V2 ? d.up->meta.name + u"-repo"_s : u"upgrade-repo-"_s + d.up->meta.name;
    const auto found = d.snapshot.deployments.constFind({u"harvester-system"_s, name});
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

QList<const PodObject *> podsOfRepository(const Derivation &d)
{
    const bool image = d.status("ImageReady") != "True"_L1;
    QList<const PodObject *> pods;
    for (const auto &pod : d.snapshot.pods) {
        const bool importer = image && pod->meta.name.startsWith("importer-prime-"_L1);
        const bool repo = !image
            && pod->meta.eitherLabel("harvesterhci.io/upgrade"_L1, "management.harvesterhci.io/upgrade-plan"_L1)
                == d.up->meta.name
            && pod->meta.eitherLabel(
                   "harvesterhci.io/upgradeComponent"_L1, "management.harvesterhci.io/upgrade-component"_L1)
                == "repo"_L1;
        if (importer || repo)
            pods.append(pod.get());
    }
    return pods;
}

QDateTime imageChanged(const ImageObject &image)
{
    return QDateTime::fromString(image.meta.annotations.value(u"gleaner.local/changed"_s), Qt::ISODate);
}

namespace {

/// A download keeps no time of its last progress. The server's own record of changes bounds it: no field, so not the progress
/// either, has changed since. Without that record only who watches knows whether a download at 37 % moves, and one that has not
/// begun has stood still since the newest time anything about it carries.
QDateTime imageStandsSince(const Derivation &d)
{
    const ImageObject *image = imageOf(d);
    if (!image)
        return {};
    if (image->progress > 0)
        return imageChanged(*image);
    QDateTime newest = std::max(image->meta.created, image->lastFailed);
    for (const Condition &condition : image->conditions.all)
        newest = std::max({newest, condition.updated, condition.transitioned});
    for (const PodObject *pod : podsOfRepository(d)) {
        newest = std::max({newest, pod->meta.created, pod->started});
        for (const ContainerStatus &container : pod->containers)
            newest = std::max({newest, container.started, container.finished});
    }
    return newest;
}

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
        if (const QDateTime stands = imageStandsSince(d); stands.isValid())
            return std::max(stands, moved);
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
    if (d.status("Degraded") == "True"_L1)
        return State::Stuck; // V2 says so itself
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

namespace {
template<class T>
QString generations(const T &object)
{
    return u'/' + QString::number(object.generation) + u'/' + QString::number(object.observedGeneration);
}
} // namespace

QByteArray progressSignal(const Derivation &d, PhaseId id)
{
    QByteArray signal = QByteArray::number(int(d.place.phase));
    const auto add = [&](const QString &text) { signal += '|' + text.toUtf8(); };
    switch (id) {
    case PhaseId::LogInfra:
        if (const UpgradeLogObject *log = logOf(d)) {
            for (const Condition &condition : log->conditions.all)
                add(condition.type + condition.status);
            for (const auto &pod : d.snapshot.pods) {
                if (pod->meta.label(u"harvesterhci.io/upgradeLog"_s) == log->meta.name)
                    add(pod->meta.name + pod->phase);
            }
        }
        break;
    case PhaseId::Repository:
        if (const ImageObject *image = imageOf(d))
            add(QString::number(image->progress) + u'/' + QString::number(image->size) + u'/' + QString::number(image->failed));
        if (const DeploymentObject *repo = repoOf(d))
            add(QString::number(repo->ready));
        if (const RepoVmObject *vm = repoVmOf(d))
            add(vm->printableStatus);
        for (const PodObject *pod : podsOfRepository(d)) {
            add(pod->meta.name + pod->phase);
            for (const ContainerStatus &container : pod->containers)
                add(QString::number(container.restarts));
            // Warnings come again and again while nothing moves.
            for (const auto &event : d.snapshot.events) {
                if (event->type == "Normal"_L1 && event->name == pod->meta.name && event->ns == pod->meta.ns)
                    add(event->reason);
            }
        }
        break;
    case PhaseId::SystemServices:
        // Not the log: its lines carry their own times, and reading an old one is no progress. Not the state of a chart either,
        // which may go back and forth for hours.
        for (const auto &chart : d.snapshot.managedCharts)
            add(chart->meta.name + generations(*chart));
        for (const auto &bundle : d.snapshot.bundles)
            add(bundle->meta.name + generations(*bundle));
        for (const auto &pod : d.snapshot.pods) {
            const bool rolled = pod->meta.label(u"app"_s) == "rancher"_L1
                || pod->meta.label(u"app.kubernetes.io/name"_s) == "harvester"_L1;
            if (rolled)
                add(pod->meta.name + pod->phase);
        }
        break;
    case PhaseId::Preload:
    case PhaseId::Nodes:
        for (auto it = d.up->nodes.begin(); it != d.up->nodes.end(); ++it)
            add(it.key() + it->state);
        break;
    case PhaseId::Cleanup: {
        const PlanObject *plan = d.cleanupPlan();
        add(d.up->cleanupLabel);
        for (const auto &any : d.snapshot.plans)
            add(any->meta.name + any->applying.join(u','));
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
