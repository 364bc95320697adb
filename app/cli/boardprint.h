// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A board as text for a terminal. Pure, apart from the language in force.
#pragma once

#include "session/session.h"

#include <QStringList>

namespace cli {

/// Headline, what is waited for, phases, nodes. `now` is the cluster's clock; `width` the cells of a line, 0: whatever
/// it takes.
[[nodiscard]] QStringList printBoard(const session::ClusterState &state, const QDateTime &now, int width = 0);

/// One line with what a person follows, for --watch: state, phase, progress, what is waited for.
[[nodiscard]] QString printLine(const session::ClusterState &state, const QDateTime &now);

/// What differs between two boards, a line each ("node2: Pre-draining → Pre-drained"); empty when nothing a person
/// follows changed.
[[nodiscard]] QStringList printChanges(const upgrade::Board &before, const upgrade::Board &after, const QDateTime &now);

/// What is wrong with the connection or the permissions, for stderr; empty when nothing is.
[[nodiscard]] QStringList printTrouble(const session::ClusterState &state);

} // namespace cli
