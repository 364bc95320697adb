// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A verdict as JSON, schema "gleaner.verdict/v1": codes and names, no language. Fields are only ever added.
#pragma once

#include "restart/verdict.h"

#include <QJsonObject>

namespace restart {

[[nodiscard]] QJsonObject toJson(const Verdict &verdict, const QDateTime &now);

} // namespace restart
