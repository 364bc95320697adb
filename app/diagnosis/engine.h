// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// From facts to findings by the rules, purely. A cause ranks before its side effects, then the surer one first.
/// Where an upgrade does not go on and no rule names a cause, one finding of family "unknown" says what is seen; the
/// engine never invents a cause. A healthy upgrade has no findings.
#pragma once

#include "diagnosis/finding.h"
#include "diagnosis/logscanner.h"
#include "diagnosis/rulebook.h"

namespace diagnosis {

/// Reads all logs of the facts once.
[[nodiscard]] QList<Finding> diagnose(const RuleBook &rules, const Facts &facts);

/// With what a scanner has seen so far; Facts::logs are not read.
[[nodiscard]] QList<Finding> diagnose(const RuleBook &rules, const Facts &facts, const LogHits &hits);

} // namespace diagnosis
