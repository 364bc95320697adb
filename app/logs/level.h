// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// How bad a log line says it is, in the ways the programs around an upgrade write it: logrus (text, coloured and
/// JSON), klog, zap, helm, Python, Java, and the trace of a shell (`+ command`). Pure.
#pragma once

#include <QByteArrayView>

#include <optional>

namespace logs {

enum class Level : quint8 { None, Trace, Debug, Info, Warning, Error, Fatal };

/// The level of a line without its stamp. Looks at the first kilobyte only. ANSI colours before the level are skipped.
/// None: the line does not say.
[[nodiscard]] Level levelOf(QByteArrayView text);
/// "warn", "WARNING", "W" … → Level; nullopt when it is no name of a level.
[[nodiscard]] std::optional<Level> levelFromName(QByteArrayView name);

} // namespace logs
