// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// `gleaner demo`: serves a simulated cluster until interrupted.
#pragma once

#include "cli/arguments.h"
#include "cli/exitcodes.h"

namespace cli {

[[nodiscard]] Exit runDemo(const Arguments &arguments);
/// The scenarios, a line each, for --help.
[[nodiscard]] QStringList scenarioLines();

} // namespace cli
