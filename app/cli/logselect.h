// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Which logs are meant by --job, --pod, --phase, --node and --container, among those kept and those in the cluster.
/// Pure.
#pragma once

#include "cli/arguments.h"
#include "evidence/joblogs.h"
#include "session/session.h"

namespace cli {

/// The log of one container, whatever is known of it.
struct LogSource {
    evidence::LogKey key;
    QString path; ///< empty: nothing is kept yet
    QString job;  ///< name; empty: of none
    QString node; ///< empty: not known
    std::optional<upgrade::PhaseId> phase;
    bool controller = false; ///< around the upgrade, not of it
    bool written = true;     ///< false: its container has not run yet
    bool live = false;       ///< its pod is in the cluster
    friend bool operator==(const LogSource &, const LogSource &) = default;
};

/// The logs kept, by phase and in the order Jobs began, those of no Job at the end.
[[nodiscard]] QList<LogSource> keptSources(const evidence::KeptLogs &logs);
/// The same and those that are to be kept.
[[nodiscard]] QList<LogSource> liveSources(const session::ClusterState &state);
/// What of them is asked for. Logs of controllers only when their pod is named: there are many more of their lines.
[[nodiscard]] QList<LogSource> chosen(const QList<LogSource> &sources, const Arguments &arguments);
/// Why nothing can be meant: no such Job, pod, node or container, and which there are. Empty: it may be. A phase has
/// logs or not.
[[nodiscard]] QString notThere(
    const QList<LogSource> &sources, const QStringList &nodes, const QStringList &jobs, const Arguments &arguments);

/// As upgrade::phaseWord() has it.
[[nodiscard]] std::optional<upgrade::PhaseId> phaseOfWord(const QString &word);

} // namespace cli
