// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Phases and nodes of a board as lines for a terminal, and the words they share with the other lines. Pure, apart from
/// the language in force.
#pragma once

#include "upgrade/board.h"

namespace cli {

/// Shape before word, as in the window: told without colour.
[[nodiscard]] QString mark(upgrade::State state);
[[nodiscard]] QString duration(const QDateTime &from, const QDateTime &to); ///< "" when not known
[[nodiscard]] QString percent(double fraction);                             ///< "" when not known
[[nodiscard]] QString versions(const QString &from, const QString &to);
[[nodiscard]] QString nodeState(const upgrade::NodeRow &node);

/// A line for each phase; what there is to say of it in the last column, broken where `width` (cells; 0: any) asks for
/// it.
[[nodiscard]] QStringList phaseLines(const upgrade::Board &board, const QDateTime &now, int width);
/// The node table: everything in one row, or, where that is wider than `width`, the rest in lines below each row.
[[nodiscard]] QStringList nodeLines(const upgrade::Board &board, const QDateTime &now, int width);

} // namespace cli
