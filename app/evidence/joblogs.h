// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Which logs a Job has, and which belong to no Job: one list for the window (live and past) and for `gleaner logs`.
/// Pure.
#pragma once

#include "evidence/index.h"

namespace evidence {

struct ContainerLog {
    QString container;
    bool init = false;
    QString path; ///< absolute; empty: nothing kept (yet)
    friend bool operator==(const ContainerLog &, const ContainerLog &) = default;
};

struct PodLogs {
    upgrade::JobRow::PodRef pod;
    QString node, group;
    QList<ContainerLog> containers; ///< init containers first
    friend bool operator==(const PodLogs &, const PodLogs &) = default;
};

struct JobLogs {
    upgrade::JobRow job;    ///< as last known; job.pods: all attempts, oldest first
    QList<PodLogs> pods;    ///< the same, with their logs
    bool inCluster = false; ///< it is among the rows given as live
    friend bool operator==(const JobLogs &, const JobLogs &) = default;
};

struct KeptLogs {
    QList<JobLogs> jobs; ///< by phase, then by the time they began
    QList<PodLogs> pods; ///< of no Job
};

/// `folder`: the upgrade's folder, which paths begin with. `live`: the rows of a board, which know better than the
/// index what is now; empty for a past upgrade.
[[nodiscard]] KeptLogs keptLogs(const Index &index, const QString &folder, const QList<upgrade::JobRow> &live = {});

} // namespace evidence
