// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Why an upgrade failed: the condition, node, Job or image that says so, with the line of its log where there is one.
// The Upgrade itself often only says "BackoffLimitExceeded", or nothing at all.

#include "upgrade/derivation.h"

#include <array>

using namespace Qt::StringLiterals;

namespace upgrade {

namespace {

/// The condition of the Upgrade in which the failure of a phase stands.
QLatin1StringView conditionOfFailure(const Derivation &d, PhaseId phase)
{
    constexpr std::array conditions{
        "LogReady", "RepoReady", "NodesUpgraded", "SystemServicesUpgraded", "NodesUpgraded", "Completed"};
    if (phase == PhaseId::Repository && d.status("ImageReady") != "True"_L1)
        return "ImageReady"_L1;
    return QLatin1StringView(conditions.at(size_t(phase)));
}

QString together(const QString &reason, const QString &message)
{
    return reason.isEmpty() || message.isEmpty() ? reason + message : reason + u": "_s + message;
}

Evidence conditionOf(const ObjectRef &object, const Condition &condition)
{
    return {object, u"status.conditions[%1]"_s.arg(condition.type), together(condition.reason, condition.message), 0};
}

/// The Job in which the phase failed. Jobs of phase 2 go away a quarter of an hour later: null then.
const JobObject *failedJob(const Derivation &d, PhaseId phase, const QString &node)
{
    const JobObject *newest = nullptr;
    for (const auto &[job, type] : d.jobs) {
        if (phaseOfJobType(type) == phase && stateOfJob(*job) == State::Failed && (node.isEmpty() || job->node == node))
            newest = job;
    }
    return newest;
}

void blameJob(const Derivation &d, const JobObject &job, Failure &failure)
{
    const auto failed = job.conditions.find(u"Failed"_s);
    failure.job = refTo(Kind::Job, job.meta);
    if (failure.node.isEmpty())
        failure.node = job.node;
    failure.what = {u"failed-job"_s, {job.meta.name, failed ? failed->reason : QString(), failure.node}};
    failure.evidence = failed ? conditionOf(failure.job, *failed)
                              : Evidence{failure.job, u"status.failed"_s, QString::number(job.failed), 0};
    const LogDigest *log = d.log(&job);
    if (!log || log->firstError.isEmpty())
        return;
    ObjectRef pod{Kind::Pod, job.meta.ns, log->pod, {}};
    for (const PodObject *candidate : d.podsOfJob.value({job.meta.ns, job.meta.name})) {
        if (candidate->meta.name == log->pod)
            pod.uid = candidate->meta.uid;
    }
    failure.evidence = {pod, {}, log->firstError, log->firstErrorNumber};
}

bool blameImage(const Derivation &d, Failure &failure)
{
    const ImageObject *image = imageOf(d);
    if (!image)
        return false;
    const auto imported = image->conditions.find(u"Imported"_s);
    const auto limit = image->conditions.find(u"RetryLimitExceeded"_s);
    const bool refused = imported && imported->status == "False"_L1;
    const bool exceeded = limit && limit->status == "True"_L1;
    if (!refused && !exceeded)
        return false;
    failure.what = {u"failed-image"_s, {image->meta.name, QString::number(image->failed)}};
    const Condition &telling
        = exceeded && !(limit->reason + limit->message).isEmpty() ? *limit : *(refused ? imported : limit);
    failure.evidence = conditionOf(refTo(Kind::Image, image->meta), telling);
    return true;
}

} // namespace

void explainFailure(const Derivation &d, Phase &phase)
{
    const auto take = [&](const QString &reason, const QString &message) {
        phase.reason = reason;
        phase.message = message;
    };
    const auto condition = d.up->conditions.find(conditionOfFailure(d, phase.id));
    if (condition && condition->status == "False"_L1
        && (!condition->reason.isEmpty() || !condition->message.isEmpty())) {
        take(condition->reason, condition->message);
        return;
    }
    for (const NodeStatus &node : d.up->nodes) {
        if (node.state == "Failed"_L1 && (phase.id == PhaseId::Preload || phase.id == PhaseId::Nodes)) {
            take(node.reason, node.message);
            return;
        }
    }
    if (const auto completed = d.up->conditions.find(u"Completed"_s))
        take(completed->reason, completed->message);
}

std::optional<Failure> deriveFailure(const Derivation &d, const Phase &phase)
{
    if (phase.state != State::Failed)
        return std::nullopt;
    Failure failure;
    failure.phase = phase.id;
    failure.reason = phase.reason;
    failure.message = phase.message;

    // The words of the Upgrade, until something tells more.
    QLatin1StringView type = conditionOfFailure(d, phase.id);
    auto condition = d.up->conditions.find(type);
    const bool said = condition && condition->status == "False"_L1;
    if (!said)
        condition = d.up->conditions.find(u"Completed"_s);
    if (condition)
        failure.evidence = conditionOf(d.upgradeRef(), *condition);
    const QString words = together(failure.reason, failure.message);
    if (d.place.eligibility)
        failure.what = {u"eligibility"_s, {}};
    else if (said && type != "Completed"_L1)
        failure.what = {u"failed-condition"_s, {type, words}};
    else
        failure.what = {u"failed-controller"_s, {words}};
    if (d.place.eligibility)
        return failure;

    const bool ofNodes = phase.id == PhaseId::Preload || phase.id == PhaseId::Nodes;
    for (auto it = d.up->nodes.begin(); ofNodes && it != d.up->nodes.end(); ++it) {
        if (it->state != "Failed"_L1)
            continue;
        failure.node = it.key();
        failure.what = {u"failed-node"_s, {it.key()}};
        failure.evidence
            = {d.upgradeRef(), u"status.nodeStatuses[%1]"_s.arg(it.key()), together(it->reason, it->message), 0};
        break;
    }
    if (phase.id == PhaseId::Repository && d.status("ImageReady") == "False"_L1)
        blameImage(d, failure);
    if (const JobObject *job = failedJob(d, phase.id, failure.node))
        blameJob(d, *job, failure);
    return failure;
}

} // namespace upgrade
