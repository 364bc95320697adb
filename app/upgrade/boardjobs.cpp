// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The Jobs of an upgrade with their pods. Pods outlive their Jobs and Jobs their pods: both are shown.

#include "upgrade/derivation.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace upgrade {

namespace {

JobRow::PodRef refToPod(const PodObject &pod)
{
    JobRow::PodRef ref{pod.meta.ns, pod.meta.name, pod.meta.uid, {}, pod.phase, pod.meta.created};
    for (const ContainerStatus &container : pod.containers)
        ref.containers.append(container.name);
    return ref;
}

/// A row for pods whose Job is gone: what is known of the Job is in the pods' labels.
JobRow orphanRow(const PodObject &pod, const QString &type)
{
    JobRow row;
    row.job = {Kind::Job, pod.meta.ns, pod.jobName, {}};
    row.type = type;
    row.phase = phaseOfJobType(type);
    row.node = pod.meta.labels.value(u"upgrade.cattle.io/node"_s, pod.nodeName);
    if (row.phase == PhaseId::SystemServices)
        row.node.clear();
    row.state = pod.phase == "Succeeded"_L1 ? State::Succeeded : pod.phase == "Failed"_L1 ? State::Failed : State::Unknown;
    row.started = pod.started;
    return row;
}

QString typeOfPod(const PodObject &pod, const QString &upgrade)
{
    JobObject job;
    job.plan = pod.meta.labels.value(u"upgrade.cattle.io/plan"_s);
    job.upgradeName = pod.meta.eitherLabel("harvesterhci.io/upgrade"_L1, "management.harvesterhci.io/upgrade-plan"_L1);
    job.component
        = pod.meta.eitherLabel("harvesterhci.io/upgradeComponent"_L1, "management.harvesterhci.io/upgrade-component"_L1);
    job.jobType = pod.meta.eitherLabel("harvesterhci.io/upgradeJobType"_L1, "management.harvesterhci.io/job-type"_L1);
    return jobTypeOf(job, upgrade);
}

} // namespace

QList<JobRow> deriveJobs(const Derivation &d)
{
    QList<JobRow> rows;
    rows.reserve(d.jobs.size());
    for (const auto &[job, type] : d.jobs) {
        JobRow row;
        row.job = refTo(Kind::Job, job->meta);
        row.type = type;
        row.phase = phaseOfJobType(row.type);
        row.node = job->node;
        row.state = stateOfJob(*job);
        row.started = job->started;
        row.finished = job->completed;
        if (const auto failed = job->conditions.find(u"Failed"_s); failed && failed->status == "True"_L1) {
            row.reason = failed->reason;
            row.message = failed->message;
            if (!row.finished.isValid())
                row.finished = failed->transitioned;
        }
        for (const PodObject *pod : d.podsOfJob.value({job->meta.ns, job->meta.name}))
            row.pods.append(refToPod(*pod));
        rows.append(row);
    }
    QHash<kube::ObjectKey, qsizetype> orphans;
    for (const auto &pod : d.snapshot.pods) {
        if (pod->jobName.isEmpty() || d.snapshot.jobs.contains({pod->meta.ns, pod->jobName}))
            continue;
        const QString type = typeOfPod(*pod, d.up->meta.name);
        if (type.isEmpty())
            continue;
        const kube::ObjectKey key{pod->meta.ns, pod->jobName};
        if (!orphans.contains(key)) {
            orphans.insert(key, rows.size());
            rows.append(orphanRow(*pod, type));
        }
        rows[orphans.value(key)].pods.append(refToPod(*pod));
    }
    // By phase, then by when it began; what has not begun is last. Rows are big: their order is found first.
    using Spot = std::pair<std::pair<PhaseId, qint64>, qsizetype>;
    QList<Spot> order;
    order.reserve(rows.size());
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const QDateTime &began = rows.at(i).started;
        order.append({{rows.at(i).phase, began.isValid() ? began.toMSecsSinceEpoch() : std::numeric_limits<qint64>::max()}, i});
    }
    if (std::ranges::is_sorted(order))
        return rows;
    std::ranges::sort(order);
    QList<JobRow> sorted;
    sorted.reserve(rows.size());
    for (const Spot &place : std::as_const(order))
        sorted.append(std::move(rows[place.second]));
    return sorted;
}

} // namespace upgrade
