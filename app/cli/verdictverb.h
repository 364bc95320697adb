// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// `gleaner verdict`: may the upgrade of a cluster be stopped and started again, and why (not).
#pragma once

#include "cli/arguments.h"
#include "cli/exitcodes.h"
#include "session/session.h"

#include <QJsonObject>
#include <QStringList>

namespace cli {

/// Runs the event loop until there is an answer.
[[nodiscard]] Exit runVerdict(const Arguments &arguments);

/// restart::toJson() and where it comes from: context, connection, denied.
[[nodiscard]] QJsonObject verdictJson(const session::ClusterState &state);
/// For a terminal; `width` the cells of a line, 0: whatever it takes.
[[nodiscard]] QStringList printVerdict(const session::ClusterState &state, int width = 0);
/// What the command ends with: `exitCode` is --exit-code.
[[nodiscard]] Exit exitFor(const session::ClusterState &state, bool exitCode);

} // namespace cli
