// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// UTF-8 one character at a time, where Qt's decoder would hide what is broken. Pure.
#pragma once

#include <QByteArrayView>

namespace logs {

struct Utf8Char {
    char32_t value = 0; ///< of a broken sequence: its first byte
    int length = 1;     ///< in bytes; of a broken sequence always 1
    bool valid = true;
};

/// The character that begins at `at`, which must be inside of `bytes`.
[[nodiscard]] inline Utf8Char utf8At(QByteArrayView bytes, qsizetype at)
{
    const auto byte = [&](qsizetype i) { return char32_t(static_cast<unsigned char>(bytes[i])); };
    const char32_t first = byte(at);
    if (first < 0x80)
        return {first, 1, true};
    const int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || at + length > bytes.size())
        return {first, 1, false};
    char32_t value = first & (0x7fU >> length);
    for (int i = 1; i < length; ++i) {
        const char32_t next = byte(at + i);
        if ((next & 0xc0) != 0x80)
            return {first, 1, false};
        value = value << 6 | (next & 0x3f);
    }
    const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    if (overlong || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
        return {first, 1, false};
    return {value, length, true};
}

} // namespace logs
