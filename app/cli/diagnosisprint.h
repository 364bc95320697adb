// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Findings as text for a terminal and as JSON. Pure, apart from the language in force.
#pragma once

#include "diagnosis/finding.h"
#include "evidence/bundle.h"
#include "session/session.h"

#include <QJsonObject>
#include <QStringList>

namespace cli {

/// What was diagnosed, and everything that came of it.
struct Diagnosis {
    session::ClusterState state; ///< board and its time
    bool hasBoard = true;        ///< false: there was nothing to make a board of
    QDateTime now;
    std::optional<evidence::Bundle> bundle; ///< absent: a live cluster
    QList<diagnosis::Finding> findings;
    qsizetype objects = 0, logs = 0;
    QStringList denied, unread; ///< of a live cluster
};

/// `language` of the rules' texts, "en" or "zh_CN"; `width` the cells of a line, 0: whatever it takes.
[[nodiscard]] QStringList printDiagnosis(const Diagnosis &diagnosis, const QString &language, int width);
/// What could not be read, for stderr.
[[nodiscard]] QStringList printProblems(const Diagnosis &diagnosis);
/// Schema gleaner.diagnosis/v1 (docs/diagnose-json.md). Fields are only ever added.
[[nodiscard]] QJsonObject diagnosisJson(const Diagnosis &diagnosis, const QString &language);

} // namespace cli
