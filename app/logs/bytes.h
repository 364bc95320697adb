// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The innermost loops over log bytes: counting line ends, finding the n-th, and whether all is ASCII. Pure.
#pragma once

#include <QByteArrayView>

namespace logs {

/// How many '\n' are in `bytes`.
[[nodiscard]] qint64 countNewlines(QByteArrayView bytes);
/// Where the n-th '\n' is, counted from 0; -1 when there are fewer.
[[nodiscard]] qsizetype nthNewline(QByteArrayView bytes, qint64 n);
/// Where the first '\n' at or after `from` is; -1: none.
[[nodiscard]] qsizetype nextNewline(QByteArrayView bytes, qsizetype from);
[[nodiscard]] bool isAscii(QByteArrayView bytes);

/// [A-Za-z0-9_], what \b and "whole word" go by; bytes above 127 are none.
[[nodiscard]] constexpr bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

} // namespace logs
