// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Words for pre-checks in the language of the application. Objects and their details stay in the system's own words.
#pragma once

#include "restart/prechecks.h"

namespace restart {

[[nodiscard]] QString checkTitle(const QString &id);  ///< what is good: "All nodes are ready"
[[nodiscard]] QString checkRemedy(const QString &id); ///< what to do when it is not
/// The same for JSON, which knows no language.
[[nodiscard]] QString checkTitleInEnglish(const QString &id);
[[nodiscard]] QString checkRemedyInEnglish(const QString &id);
/// CheckResult::why and ServerAnswer::text: what this program says in them is translated, others' words are left.
[[nodiscard]] QString whyText(const QString &why);
/// "Node node2: Ready".
[[nodiscard]] QString objectText(const CheckObject &object);
[[nodiscard]] QString groupTitle(const QString &group); ///< of groupOf()
[[nodiscard]] QString severityTitle(Severity severity);
[[nodiscard]] QString serverTitle(ServerAnswer::Kind kind);
[[nodiscard]] QString outcomeTitle(Outcome outcome);

} // namespace restart
