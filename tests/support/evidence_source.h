// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A container's log as a server has it, made from numbers, so that a test knows each line of it without keeping it:
/// bursts of one stamp, stamps a little out of order, empty lines, long ones, bytes that are no UTF-8.
#pragma once

#include "kube/logcursor.h"

namespace support {

class LogSource {
public:
    explicit LogSource(quint32 seed, qint64 linesPerSecond = 500)
        : m_seed(seed)
        , m_rate(linesPerSecond)
    {
    }
    [[nodiscard]] kube::LogLine line(qint64 number) const;
    /// "STAMP TEXT\n"
    [[nodiscard]] QByteArray bytes(qint64 number) const;
    /// A divider stands before it.
    [[nodiscard]] static bool gapBefore(qint64 number) { return number > 0 && number % 97 == 0; }
    /// The number of the first line the server sends for sinceTime.
    [[nodiscard]] qint64 firstSince(qint64 seconds) const;

private:
    [[nodiscard]] kube::LogStamp stamp(qint64 number) const;
    quint32 m_seed;
    qint64 m_rate;
};

/// A follower without a network: what it gives from `point` on, line by line.
class LogReading {
public:
    LogReading(const LogSource &source, const QByteArray &stamp, int seen);
    /// At least `count` new lines with the dividers before them.
    [[nodiscard]] QList<kube::LogLine> next(int count);
    [[nodiscard]] bool isLost() const { return m_cursor.isLost(); }

private:
    const LogSource &m_source;
    kube::LogCursor m_cursor;
    qint64 m_sent; ///< number of the next line on the wire
    std::optional<qint64> m_since;
};

} // namespace support
