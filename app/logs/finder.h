// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds a string of bytes in many, at the speed of memory: looks for the two of its bytes that logs have least of, at
/// their distance, 16 or 32 places at once. ASCII letters in any case if wanted. Pure after construction.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace logs {

class Finder {
public:
    Finder() = default;
    /// `needle` must not be empty.
    Finder(const QByteArray &needle, bool anyCase);

    [[nodiscard]] qsizetype size() const { return m_needle.size(); }
    /// Where it is at or after `from`; -1: nowhere.
    [[nodiscard]] qsizetype find(QByteArrayView bytes, qsizetype from) const;

    /// How seldom a byte is in logs: 0 for the most frequent.
    [[nodiscard]] static int rarity(char c);

private:
    struct Probe {
        qsizetype offset = 0;
        char byte = 0; ///< what is there, with the bits of `mask`
        char mask = 0; ///< 0x20 for a letter in any case
    };
    [[nodiscard]] bool isAt(const char *place) const;
    [[nodiscard]] qsizetype findSlowly(QByteArrayView bytes, qsizetype from) const;
    [[nodiscard]] qsizetype find16(QByteArrayView bytes, qsizetype from) const;
    [[nodiscard]] qsizetype find32(QByteArrayView bytes, qsizetype from) const;

    QByteArray m_needle; ///< lower case when any case is sought
    QByteArray m_masks;  ///< 0x20 for each letter in any case; empty: exact
    Probe m_first;
    Probe m_second;
};

} // namespace logs
