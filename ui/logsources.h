// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What of the kept evidence belongs to one Job of the list: its files by pod and container, and how the keeping of
/// them stands, in words. Pure.
#pragma once

#include "logs/jobdocument.h"
#include "session/evidencestate.h"
#include "ui/statecolours.h"

#include <optional>

namespace ui {

/// One choice of what to show of a Job: all of it, a pod, a container.
struct LogScope {
    QString name; ///< "pod", "pod/container"; empty: the whole Job
    QList<logs::JobDocument::Source> sources;
    friend bool operator==(const LogScope &, const LogScope &) = default;
};

/// Of the Job, or of the pod that `job` names. Null: nothing is kept of it.
[[nodiscard]] const QList<evidence::PodLogs> *keptPods(
    const evidence::KeptLogs &kept, const upgrade::ObjectRef &job, QList<evidence::PodLogs> &storage);
/// The whole first; empty when no file is there yet.
[[nodiscard]] QList<LogScope> logScopes(const QList<evidence::PodLogs> &pods);
/// `live` as given, then the Jobs that are only kept, then kept pods of no Job.
[[nodiscard]] QList<upgrade::JobRow> withKept(
    const QList<upgrade::JobRow> &live, const session::EvidenceState &evidence);

/// A row of withKept() that stands for a pod alone: a controller, the upgrade's log collector.
[[nodiscard]] bool isPodOfNoJob(const upgrade::JobRow &row);

struct KeepingText {
    QString text;
    QStringList details;
    std::optional<Tone> tone;
};
[[nodiscard]] KeepingText keepingText(
    const session::EvidenceState &evidence, const QList<evidence::PodLogs> &pods, bool following);

} // namespace ui
