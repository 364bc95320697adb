// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/bundlelogs.h"

#include <QHash>

#include <algorithm>

namespace session {

using namespace Qt::StringLiterals;
using evidence::BundleLog;

namespace {

/// The pods of a bundle's logs: of a container its pod; files of a node and single files stand as pods of their own.
kube::ObjectKey placeOf(const BundleLog &log)
{
    switch (log.origin) {
    case BundleLog::Origin::Container:
        return {log.ns, log.pod};
    case BundleLog::Origin::Node:
        return {{}, log.node};
    case BundleLog::Origin::Text:
    case BundleLog::Origin::Pasted:
        break;
    }
    return {{}, log.name};
}

/// The earlier runs of a container are logs of their own, numbered as their files are.
QString nameOf(const BundleLog &log)
{
    if (log.origin == BundleLog::Origin::Node)
        return log.name.section(u'/', 2);
    if (log.origin != BundleLog::Origin::Container)
        return log.name.section(u'/', -1);
    return log.previous > 0 ? log.container + u'.' + QString::number(log.previous) : log.container;
}

} // namespace

evidence::KeptLogs logsOf(
    const evidence::Bundle &bundle, const upgrade::Board &board, LogShare share, const std::atomic<bool> &stop)
{
    evidence::KeptLogs out;
    QHash<kube::ObjectKey, std::pair<qsizetype, qsizetype>> known; ///< Job and pod in it
    for (const upgrade::JobRow &row : board.jobs) {
        evidence::JobLogs job{row, {}, false};
        for (const auto &pod : row.pods) {
            known.insert({pod.ns, pod.name}, {out.jobs.size(), job.pods.size()});
            job.pods.append({pod, row.node, {}, {}});
        }
        out.jobs.append(job);
    }
    QHash<kube::ObjectKey, qsizetype> others;
    qint64 left = mostUnpackedLogs;
    // Earlier runs of a container before the present one: without times in their lines the order is all there is.
    QList<BundleLog> logs = bundle.logs();
    std::ranges::stable_sort(logs, std::greater<>(), &BundleLog::previous);
    for (const BundleLog &log : std::as_const(logs)) {
        if (stop)
            break;
        const kube::ObjectKey place = placeOf(log);
        evidence::PodLogs *pod = nullptr;
        const auto job = known.constFind(place);
        if (job != known.cend()) {
            pod = &out.jobs[job->first].pods[job->second];
        } else {
            if (!others.contains(place)) {
                others.insert(place, out.pods.size());
                evidence::PodLogs made;
                made.pod.ns = place.ns;
                made.pod.name = place.name;
                made.node = log.node;
                out.pods.append(made);
            }
            pod = &out.pods[others.value(place)];
        }
        evidence::ContainerLog container{nameOf(log), false, {}};
        const bool wanted = share == LogShare::All || (share == LogShare::Jobs && job != known.cend());
        if (wanted && (job != known.cend() || left > 0)) {
            if (const auto file = bundle.logFile(log))
                container.path = *file;
            left -= job == known.cend() ? std::max<qint64>(0, log.size) : 0;
        }
        pod->containers.append(container);
    }
    return out;
}

ClusterState shownState(
    const evidence::Bundle &bundle, const QString &path, LogShare share, const std::atomic<bool> &stop)
{
    ClusterState state = stateOf(bundle);
    state.logsSettled = share == LogShare::All;
    state.evidence.role = evidence::Store::Role::Reader;
    state.evidence.folder = path;
    // The files live as long as the bundle does.
    struct Held {
        evidence::KeptLogs logs;
        evidence::Bundle bundle;
    };
    const auto held = std::make_shared<const Held>(Held{logsOf(bundle, state.board, share, stop), bundle});
    state.evidence.logs = std::shared_ptr<const evidence::KeptLogs>(held, &held->logs);
    return state;
}

} // namespace session
