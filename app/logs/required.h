// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What every match of a regular expression must contain. Finding that is many times faster than matching, and only the
/// lines that have it need to be matched. Pure.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace logs {

/// Each match contains at least one of these; empty: nothing is known. `anyCase`: how the expression is matched; set to
/// true when parts of it are. Expressions that use what is not understood give nothing.
[[nodiscard]] QList<QByteArray> requiredLiterals(QByteArrayView regex, bool &anyCase);

} // namespace logs
