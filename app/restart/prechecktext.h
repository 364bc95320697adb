// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Words for pre-checks in the language of the application. Objects and their details stay in the system's own words.
#pragma once

#include "restart/prechecks.h"

namespace restart {

[[nodiscard]] QString checkTitle(const QString &id);  ///< what is good: "All nodes are ready"
[[nodiscard]] QString checkRemedy(const QString &id); ///< what to do when it is not
[[nodiscard]] QString outcomeTitle(Outcome outcome);

} // namespace restart
