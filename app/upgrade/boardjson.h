// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The board as JSON, schema "gleaner.status/v1" (documented in docs/status-json.md). Fields are only ever added.
#pragma once

#include "upgrade/board.h"

#include <QJsonObject>

namespace upgrade {

[[nodiscard]] QJsonObject toJson(const Board &board, const QDateTime &now);

} // namespace upgrade
