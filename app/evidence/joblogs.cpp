// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/joblogs.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace evidence {

namespace {

/// Finds what has the same UID or, where one of the two has none, the same namespace and name. The first one counts.
class Finder {
public:
    void add(const QString &uid, const QString &ns, const QString &name, qsizetype place)
    {
        if (!uid.isEmpty() && !m_byUid.contains(uid))
            m_byUid.insert(uid, place);
        const std::pair<QString, QString> key{ns, name};
        auto &unnamed = uid.isEmpty() ? m_withoutUid : m_byName;
        if (!unnamed.contains(key))
            unnamed.insert(key, place);
    }
    [[nodiscard]] qsizetype find(const QString &uid, const QString &ns, const QString &name) const ///< -1: none
    {
        const std::pair<QString, QString> key{ns, name};
        if (!uid.isEmpty()) {
            if (const auto known = m_byUid.constFind(uid); known != m_byUid.cend())
                return *known;
            return m_withoutUid.value(key, -1);
        }
        const qsizetype without = m_withoutUid.value(key, -1);
        const qsizetype with = m_byName.value(key, -1);
        return without < 0 ? with : with < 0 ? without : std::min(with, without);
    }

private:
    QHash<QString, qsizetype> m_byUid;
    QHash<std::pair<QString, QString>, qsizetype> m_byName, m_withoutUid; ///< of those with a UID; of those without
};

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

} // namespace

KeptLogs keptLogs(const Index &index, const QString &folder, const QList<upgrade::JobRow> &live)
{
    KeptLogs out;
    Finder jobs;
    const auto addJob = [&](const upgrade::JobRow &row, bool inCluster) {
        jobs.add(row.job.uid, row.job.ns, row.job.name, out.jobs.size());
        out.jobs.append({row, {}, inCluster});
    };
    for (const upgrade::JobRow &row : index.jobs)
        addJob(row, false);
    for (const upgrade::JobRow &row : live) {
        const qsizetype known = jobs.find(row.job.uid, row.job.ns, row.job.name);
        if (known < 0) {
            addJob(row, true);
            continue;
        }
        JobLogs &job = out.jobs[known];
        const QList<upgrade::JobRow::PodRef> before = job.job.pods;
        job.job = row;
        job.inCluster = true;
        mergePods(job.job, before);
    }
    Finder pods; ///< of all Jobs; gives the Job
    for (qsizetype i = 0; i < out.jobs.size(); ++i) {
        JobLogs &job = out.jobs[i];
        for (const auto &pod : std::as_const(job.job.pods)) {
            PodLogs logs;
            logs.pod = pod;
            for (const QString &container : pod.containers)
                add(logs.containers, {container, false, {}});
            job.pods.append(logs);
            pods.add(pod.uid, pod.ns, pod.name, i);
        }
    }
    Finder alone; ///< of no Job; gives the pod
    for (const LogRecord &log : index.logs) {
        qsizetype job = log.origin.job.isEmpty() && log.origin.jobUid.isEmpty()
            ? -1
            : jobs.find(log.origin.jobUid, log.key.ns, log.origin.job);
        if (job < 0)
            job = pods.find(log.key.podUid, log.key.ns, log.key.pod);
        PodLogs *pod = nullptr;
        if (job < 0) {
            qsizetype place = alone.find(log.key.podUid, log.key.ns, log.key.pod);
            if (place < 0) {
                place = out.pods.size();
                out.pods.append(podOf(log));
                alone.add(log.key.podUid, log.key.ns, log.key.pod, place);
            }
            pod = &out.pods[place];
        } else {
            JobLogs &owner = out.jobs[job];
            // A Job has few pods.
            const auto known = std::ranges::find_if(owner.pods, [&log](const PodLogs &one) {
                return log.key.podUid.isEmpty() || one.pod.uid.isEmpty()
                    ? log.key.ns == one.pod.ns && log.key.pod == one.pod.name
                    : log.key.podUid == one.pod.uid;
            });
            if (known == owner.pods.end()) {
                owner.pods.append(podOf(log));
                owner.job.pods.append(owner.pods.constLast().pod);
                pods.add(log.key.podUid, log.key.ns, log.key.pod, job);
                pod = &owner.pods.last();
            } else {
                pod = &*known;
            }
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
