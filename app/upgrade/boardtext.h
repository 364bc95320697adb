// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Words for a board in the language of the application, made at the edge. Thread-safe once translators are installed.
#pragma once

#include "upgrade/board.h"

namespace upgrade {

[[nodiscard]] QString text(const Message &message);
[[nodiscard]] QString phaseTitle(PhaseId id);     ///< "Preload container images"
[[nodiscard]] QString stateTitle(State state);    ///< "Running"
[[nodiscard]] QString nodeStateTitle(const QString &apiState); ///< "Pre-draining" → translated; unknown strings as they are
[[nodiscard]] QString durationText(std::chrono::seconds duration); ///< "45 s", "12 min", "1 h 05 min", "2 d 3 h"
/// "fine, slow, stuck or broken; where": the headline's sentence.
[[nodiscard]] QString summary(const Board &board, const QDateTime &now);

} // namespace upgrade
