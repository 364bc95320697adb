// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The way in for main.cpp: which verb, then run it.
#pragma once

#include "cli/arguments.h"

namespace cli {

/// True when the words ask for the window: main() then makes another application object.
[[nodiscard]] bool wantsWindow(const QStringList &words);

/// Runs a verb in the application object that exists; returns the exit code of the process.
[[nodiscard]] int run(const QStringList &words);

} // namespace cli
