// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The time before each line of a stamped log, as `kubectl logs --timestamps` writes it: `RFC3339Nano SPACE text`.
/// Pure.
#pragma once

#include <QByteArrayView>

#include <optional>

namespace logs {

/// How many bytes the stamp at the begin of a line takes, with the space behind it; 0: there is none.
[[nodiscard]] qsizetype stampLength(QByteArrayView line);

/// Nanoseconds since 1970 in UTC of a stamp, with or without what follows it. Kubelets write nanoseconds without the
/// zeros at the end, and their own zone.
[[nodiscard]] std::optional<qint64> stampTime(QByteArrayView line);

} // namespace logs
