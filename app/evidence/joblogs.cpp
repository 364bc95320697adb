// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/joblogs.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace evidence {

namespace {

bool isOf(const LogRecord &log, const upgrade::JobRow::PodRef &pod)
{
    if (!log.key.podUid.isEmpty() && !pod.uid.isEmpty())
        return log.key.podUid == pod.uid;
    return log.key.ns == pod.ns && log.key.pod == pod.name;
}

bool isOf(const LogRecord &log, const upgrade::ObjectRef &job)
{
    if (!log.origin.jobUid.isEmpty() && !job.uid.isEmpty())
        return log.origin.jobUid == job.uid;
    return !log.origin.job.isEmpty() && log.origin.job == job.name && log.key.ns == job.ns;
}

void add(QList<ContainerLog> &containers, const ContainerLog &one)
{
    const auto known = std::ranges::find(containers, one.container, &ContainerLog::container);
    if (known == containers.end()) {
        const auto place
            = std::ranges::find_if(containers, [&](const ContainerLog &other) { return one.init && !other.init; });
        containers.insert(place, one);
    } else if (known->path.isEmpty()) {
        const bool moves = one.init != known->init;
        *known = one;
        if (moves)
            std::ranges::stable_partition(containers, [](const ContainerLog &other) { return other.init; });
    }
}

PodLogs podOf(const LogRecord &log)
{
    PodLogs pod;
    pod.pod.ns = log.key.ns;
    pod.pod.name = log.key.pod;
    pod.pod.uid = log.key.podUid;
    pod.pod.created = log.seen;
    return pod;
}

void give(PodLogs &pod, const LogRecord &log, const QString &folder)
{
    pod.node = log.origin.node.isEmpty() ? pod.node : log.origin.node;
    pod.group = log.origin.group.isEmpty() ? pod.group : log.origin.group;
    add(pod.containers, {log.key.container, log.origin.init, folder + u'/' + log.path});
}

/// The pods of both, the better known one of each.
void mergePods(upgrade::JobRow &row, const QList<upgrade::JobRow::PodRef> &others)
{
    for (const auto &pod : others) {
        const bool known = std::ranges::any_of(row.pods, [&](const auto &own) {
            return own.uid.isEmpty() || pod.uid.isEmpty() ? own.ns == pod.ns && own.name == pod.name
                                                          : own.uid == pod.uid;
        });
        if (!known)
            row.pods.append(pod);
    }
    std::ranges::stable_sort(row.pods, {}, [](const auto &pod) { return pod.created; });
}

bool sameJob(const upgrade::ObjectRef &a, const upgrade::ObjectRef &b)
{
    return a.uid.isEmpty() || b.uid.isEmpty() ? a.ns == b.ns && a.name == b.name : a.uid == b.uid;
}

} // namespace

KeptLogs keptLogs(const Index &index, const QString &folder, const QList<upgrade::JobRow> &live)
{
    KeptLogs out;
    for (const upgrade::JobRow &row : index.jobs)
        out.jobs.append({row, {}, false});
    for (const upgrade::JobRow &row : live) {
        const auto known
            = std::ranges::find_if(out.jobs, [&](const JobLogs &job) { return sameJob(job.job.job, row.job); });
        if (known == out.jobs.end()) {
            out.jobs.append({row, {}, true});
            continue;
        }
        const QList<upgrade::JobRow::PodRef> before = known->job.pods;
        known->job = row;
        known->inCluster = true;
        mergePods(known->job, before);
    }
    for (JobLogs &job : out.jobs) {
        for (const auto &pod : std::as_const(job.job.pods)) {
            PodLogs logs;
            logs.pod = pod;
            for (const QString &container : pod.containers)
                add(logs.containers, {container, false, {}});
            job.pods.append(logs);
        }
    }
    for (const LogRecord &log : index.logs) {
        const auto job = std::ranges::find_if(out.jobs, [&](const JobLogs &one) {
            return isOf(log, one.job.job)
                || std::ranges::any_of(one.pods, [&](const PodLogs &pod) { return isOf(log, pod.pod); });
        });
        QList<PodLogs> &pods = job == out.jobs.end() ? out.pods : job->pods;
        auto pod = std::ranges::find_if(pods, [&](const PodLogs &one) { return isOf(log, one.pod); });
        if (pod == pods.end()) {
            pods.append(podOf(log));
            pod = pods.end() - 1;
            if (job != out.jobs.end())
                job->job.pods.append(pod->pod);
        }
        give(*pod, log, folder);
    }
    std::ranges::stable_sort(out.jobs, [](const JobLogs &a, const JobLogs &b) {
        if (a.job.phase != b.job.phase)
            return a.job.phase < b.job.phase;
        // What has not begun comes last.
        if (a.job.started.isValid() != b.job.started.isValid())
            return a.job.started.isValid();
        return a.job.started < b.job.started;
    });
    return out;
}

} // namespace evidence
