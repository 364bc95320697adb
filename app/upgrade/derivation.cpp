// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upgrade/derivation.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgrade {

QString jobTypeOf(const JobObject &job, const QString &upgradeName)
{
    const auto rest = [&](const QString &name) {
        const bool own
            = name.size() > upgradeName.size() && name.at(upgradeName.size()) == u'-' && name.startsWith(upgradeName);
        return own ? name.mid(upgradeName.size() + 1) : QString();
    };
    if (!job.plan.isEmpty())
        return rest(job.plan);
    if (job.upgradeName != upgradeName)
        return {};
    if (!job.jobType.isEmpty())
        return job.jobType;
    if (rest(job.meta.name) == "cluster-upgrade"_L1)
        return u"cluster-upgrade"_s;
    if (job.component == "manifest"_L1)
        return u"apply-manifests"_s;
    return job.component;
}

PhaseId phaseOfJobType(const QString &type)
{
    if (type == "prepare"_L1 || type == "image-preload"_L1)
        return PhaseId::Preload;
    if (type == "apply-manifests"_L1 || type == "skip-restart-rancher-system-agent"_L1 || type == "cluster-upgrade"_L1)
        return PhaseId::SystemServices;
    if (type == "cleanup"_L1 || type == "image-cleanup"_L1 || type == "skip-manifests-remove"_L1)
        return PhaseId::Cleanup;
    return PhaseId::Nodes;
}

State stateOfJob(const JobObject &job)
{
    if (job.isComplete() || (job.succeeded > 0 && job.active == 0))
        return State::Succeeded;
    if (job.isFailed())
        return State::Failed;
    if (job.active > 0 || job.started.isValid())
        return State::Running;
    return State::Pending;
}

ObjectRef refTo(Kind kind, const Meta &meta)
{
    return {kind, meta.ns, meta.name, meta.uid};
}

QString withoutRc(QString version)
{
    static const QRegularExpression rc(u"-rc[0-9]+"_s);
    return version.remove(rc);
}

QDateTime conditionTime(const UpgradeObject &upgrade, const char *type)
{
    const auto condition = upgrade.conditions.find(QLatin1String(type));
    if (!condition)
        return {};
    return condition->updated.isValid() ? condition->updated : condition->transitioned;
}

bool untouched(const UpgradeObject &upgrade)
{
    return upgrade.conditions.all.isEmpty() && upgrade.stateLabel.isEmpty();
}

namespace {

bool isOver(const UpgradeObject &upgrade)
{
    return upgrade.conditions.isTrue(u"Completed"_s) || upgrade.conditions.isFalse(u"Completed"_s);
}

std::shared_ptr<const UpgradeObject> currentUpgrade(const Snapshot &snapshot)
{
    std::shared_ptr<const UpgradeObject> best;
    for (const auto &upgrade : snapshot.upgrades) {
        const bool better = !best || (upgrade->latest && !best->latest)
            || (upgrade->latest == best->latest && upgrade->meta.created > best->meta.created);
        if (better)
            best = upgrade;
    }
    if (!best || !isOver(*best))
        return best;
    // Created a moment ago: the label is still on the one before.
    for (const auto &upgrade : snapshot.upgrades) {
        if (untouched(*upgrade) && upgrade->meta.created > best->meta.created)
            best = upgrade;
    }
    return best;
}

} // namespace

Choice chooseUpgrade(const Snapshot &snapshot)
{
    Choice choice{currentUpgrade(snapshot)};
    const UpgradePlanObject *plan = nullptr;
    for (const auto &candidate : snapshot.upgradePlans) {
        if (!plan || candidate->meta.created > plan->meta.created)
            plan = candidate.get();
    }
    if (plan && (!choice.upgrade || plan->meta.created > choice.upgrade->meta.created)) {
        choice.upgrade = std::make_shared<const UpgradeObject>(fromPlan(*plan));
        choice.engine = Board::Engine::V2;
    }
    return choice;
}

QVersionNumber versionNumber(const QString &version)
{
    return QVersionNumber::fromString(version.startsWith(u'v') ? QStringView(version).mid(1) : QStringView(version));
}

Place findPlace(const UpgradeObject &up, const QString &running)
{
    const auto is = [&](const char *type) { return up.conditions.status(QLatin1String(type)); };
    const auto absent = [&](const char *type) { return !up.conditions.find(QLatin1String(type)).has_value(); };
    QString completed = is("Completed");
    // The condition that ends it is written a moment before Completed says so.
    for (const char *fatal : {"ImageReady", "RepoReady", "SystemServicesUpgraded", "NodesUpgraded"}) {
        if (is(fatal) == "False"_L1 && completed != "True"_L1)
            completed = u"False"_s;
    }
    Place place;
    if (completed == "True"_L1) {
        place.outcome = Place::Outcome::Succeeded;
        place.phase = PhaseId::Cleanup;
        return place;
    }
    const auto logReady = up.conditions.find(u"LogReady"_s);
    // The log step came with v1.1.2.
    const QVersionNumber from = versionNumber(up.previousVersion.isEmpty() ? running : up.previousVersion);
    const bool knowsLogs = !from.isNull() && from >= QVersionNumber(1, 1, 2);
    const bool knowsNoLogs = !from.isNull() && from < QVersionNumber(1, 1, 2);
    if (completed == "False"_L1) {
        place.outcome = Place::Outcome::Failed;
        // Creating the logs may fail and the upgrade go on: only where nothing came after it is that the failure.
        if (logReady && logReady->status == "False"_L1 && logReady->reason != "Disabled"_L1
            && (absent("ImageReady") || logReady->reason == "Timeout"_L1 || logReady->reason == "UpgradeLogGetFailed"_L1))
            place.phase = PhaseId::LogInfra;
        else if (absent("ImageReady") && (logReady ? logReady->status == "Unknown"_L1 : knowsLogs && up.logEnabled))
            place.phase = PhaseId::LogInfra;
        else if (is("ImageReady") != "True"_L1 || is("RepoReady") != "True"_L1)
            place.phase = PhaseId::Repository;
        else if (absent("NodesPrepared")) {
            place.phase = PhaseId::Repository;
            place.eligibility = true;
        } else if (is("NodesPrepared") != "True"_L1)
            place.phase = PhaseId::Preload; // NodesUpgraded=False here means: a prepare Job failed
        else if (is("SystemServicesUpgraded") != "True"_L1)
            place.phase = PhaseId::SystemServices;
        else
            place.phase = is("NodesUpgraded") != "True"_L1 ? PhaseId::Nodes : PhaseId::Cleanup;
        return place;
    }
    // Up to v1.1.1 there is no log step: an upgrade that is past it without the condition never had one.
    const bool pastLogs = !absent("ImageReady")
        || (absent("LogReady")
            && (knowsNoLogs || (!up.stateLabel.isEmpty() && up.stateLabel != "PreparingLoggingInfra"_L1)));
    const QString logs = logReady ? logReady->status : QString();
    if (!pastLogs && up.logEnabled && (logs.isEmpty() || logs == "Unknown"_L1))
        place.phase = PhaseId::LogInfra;
    else if (is("ImageReady") != "True"_L1 || is("RepoReady") != "True"_L1)
        place.phase = PhaseId::Repository;
    else if (is("NodesPrepared") != "True"_L1)
        place.phase = PhaseId::Preload;
    else if (is("SystemServicesUpgraded") != "True"_L1)
        place.phase = PhaseId::SystemServices;
    else
        place.phase = PhaseId::Nodes;
    return place;
}

namespace {
QString serverVersion(const Snapshot &snapshot)
{
    const auto setting = snapshot.settings.value({QString(), u"server-version"_s});
    return setting ? setting->effective() : QString();
}
} // namespace

bool activeInPhase4(const QString &state)
{
    return state == "Pre-draining"_L1 || state == "Pre-drained"_L1 || state == "Post-draining"_L1
        || state == "Waiting Reboot"_L1 || state == "Upgrading"_L1;
}

Derivation::Derivation(const Snapshot &from, const QDateTime &clock, const Choice &choice)
    : snapshot(from)
    , now(clock)
    , known(!from.seen.blind.isEmpty() && !from.seen.blind.constLast().to.isValid()
                  && from.seen.blind.constLast().from < clock
              ? from.seen.blind.constLast().from
              : clock)
    , up(choice.upgrade)
    , engine(choice.engine)
    , place(findPlace(*up, serverVersion(from)))
{
    for (const auto &job : snapshot.jobs) {
        if (const QString type = jobTypeOf(*job, up->meta.name); !type.isEmpty())
            jobs.append({job.get(), type});
    }
    std::ranges::stable_sort(jobs, {}, [](const TypedJob &job) { return job.job->meta.created; });
    for (const TypedJob &typed : std::as_const(jobs)) {
        const JobObject *job = typed.job;
        if (!job->node.isEmpty())
            jobsOfNode[job->node][typed.type == "image-preload"_L1 ? u"prepare"_s : typed.type] = job;
        if (!pendingJob && job->succeeded == 0 && job->meta.ns == "harvester-system"_L1)
            pendingJob = job;
        lastJobTime = std::max({lastJobTime, job->started, job->completed});
    }
    for (const auto &pod : snapshot.pods) {
        if (!pod->jobName.isEmpty())
            podsOfJob[{pod->meta.ns, pod->jobName}].append(pod.get());
    }
    for (auto &pods : podsOfJob)
        std::ranges::stable_sort(pods, {}, [](const PodObject *pod) { return pod->meta.created; });

    for (const NodeStatus &node : up->nodes)
        nodeAtWork |= activeInPhase4(node.state);
    for (const auto &machine : snapshot.machines)
        nodeOfMachine.insert(machine->meta.name, machine->node);
    for (const auto &node : snapshot.nodes) {
        if (!node->machine.isEmpty())
            nodeOfMachine.insert(node->machine, node->meta.name);
    }
    for (const auto &secret : snapshot.planSecrets) {
        const QString node = nodeOfMachine.value(secret->machine);
        if (!node.isEmpty())
            secretOfNode.insert(node, secret.get());
    }
    vmsKnown = knowsMachines(snapshot);
    for (const auto &vmi : snapshot.vmis) {
        if (isOnNode(*vmi))
            ++vmsOfNode[vmi->node];
    }
}

ObjectRef Derivation::upgradeRef() const
{
    return refTo(engine == Board::Engine::V2 ? Kind::UpgradePlan : Kind::Upgrade, up->meta);
}

bool ranOn(const PlanObject *plan, const NodeObject &node)
{
    if (!plan)
        return false;
    const QString value = node.meta.labels.value(u"plan.upgrade.cattle.io/"_s + plan->meta.name);
    return !value.isEmpty() && (value == plan->latestHash || value == "disabled"_L1);
}

bool knowsMachines(const Snapshot &snapshot)
{
    for (auto it = snapshot.sources.begin(); it != snapshot.sources.end(); ++it) {
        if (it.key().startsWith("virtualmachineinstances."_L1))
            return it->state == SourceState::State::Live || it->state == SourceState::State::Stale;
    }
    return !snapshot.vmis.isEmpty();
}

bool isOnNode(const VmiObject &vmi)
{
    return !vmi.node.isEmpty() && vmi.phase != "Succeeded"_L1 && vmi.phase != "Failed"_L1
        && !vmi.meta.name.startsWith("upgrade-repo-"_L1);
}

const JobObject *Derivation::nodeJob(const QString &node, const QString &type) const
{
    const auto found = jobsOfNode.constFind(node);
    return found == jobsOfNode.constEnd() ? nullptr : found->value(type);
}

const JobObject *Derivation::manifestJob() const
{
    const JobObject *newest = nullptr;
    for (const TypedJob &typed : jobs) {
        if (typed.type == "apply-manifests"_L1 || typed.type == "cluster-upgrade"_L1)
            newest = typed.job;
    }
    return newest;
}

const LogDigest *Derivation::log(const JobObject *job) const
{
    if (!job)
        return nullptr;
    const auto found = snapshot.logs.constFind(job->meta.uid);
    return found == snapshot.logs.constEnd() || found->lines == 0 ? nullptr : &*found;
}

const PlanObject *Derivation::plan(const QString &suffix) const
{
    const auto found = snapshot.plans.constFind({u"cattle-system"_s, up->meta.name + u'-' + suffix});
    return found == snapshot.plans.constEnd() ? nullptr : found->get();
}

const PlanObject *Derivation::preloadPlan() const
{
    return plan(engine == Board::Engine::V2 ? u"image-preload"_s : u"prepare"_s);
}

const PlanObject *Derivation::cleanupPlan() const
{
    return plan(engine == Board::Engine::V2 ? u"image-cleanup"_s : u"cleanup"_s);
}

bool cleanupOver(const Derivation &d)
{
    if (d.up->cleanupLabel == "Succeeded"_L1)
        return true;
    if (!d.up->cleanupLabel.isEmpty())
        return false;
    constexpr qint64 quarterHour = 15 * 60;
    const QDateTime done = conditionTime(*d.up, "Completed");
    if (done.isValid() && done.secsTo(d.known) > quarterHour)
        return true;
    // Not seen yet, or not allowed to see, is not gone.
    for (auto it = d.snapshot.sources.begin(); it != d.snapshot.sources.end(); ++it) {
        const bool unseen = it->state == SourceState::State::Loading || it->state == SourceState::State::Denied;
        if (unseen
            && (it.key().startsWith("plans."_L1) || it.key().startsWith("deployments."_L1)
                || it.key().startsWith("virtualmachines."_L1)))
            return false;
    }
    if (d.up->stateLabel != "Succeeded"_L1 && d.up->stateLabel != "Failed"_L1)
        return false;
    // Its Plans carry its name; that of the manifest script is cleaned up by nobody when the script dies.
    const bool plans = std::ranges::any_of(d.snapshot.plans, [&](const auto &plan) {
        return plan->meta.label(u"harvesterhci.io/upgrade"_s) == d.up->meta.name;
    });
    return !plans && !d.preloadPlan() && !d.cleanupPlan() && !repoOf(d) && !repoVmOf(d);
}

} // namespace upgrade
