// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// `gleaner check`: the pre-checks of an upgrade, and what the server itself says to it.
#pragma once

#include "cli/arguments.h"
#include "cli/exitcodes.h"
#include "session/checkstate.h"

#include <QStringList>

namespace cli {

/// Runs the event loop until all have been made.
[[nodiscard]] Exit runCheck(const Arguments &arguments);

/// For a terminal, grouped: what is wrong first comes with its objects and remedy. `width` the cells of a line, 0:
/// whatever it takes.
[[nodiscard]] QStringList printChecks(const session::CheckState &checks, int width = 0);

} // namespace cli
