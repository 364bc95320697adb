// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where the lines of a file begin, in a thousandth of its size: the number of line ends before each block of 8 KiB. A
/// line is found by halving and by looking through one block, wherever it is and however long the lines are; and blocks
/// can be counted in any order. Not thread-safe.
#pragma once

#include <QByteArrayView>

#include <vector>

namespace logs {

class LineIndex {
public:
    static constexpr qint64 blockSize = 8192;

    /// Line ends in consecutive bytes of a file, block by block; a piece of a block at the begin and end counts as one.
    struct Counts {
        qint64 at = 0;
        qint64 length = 0;
        std::vector<quint16> blocks;
        bool endsLine = false; ///< the last byte is '\n'
    };
    [[nodiscard]] static Counts count(QByteArrayView bytes, qint64 at);

    /// What follows bytes().
    void append(const Counts &counts);

    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] qint64 newlines() const { return m_newlines; }
    /// The last line has no end yet.
    [[nodiscard]] bool hasOpenEnd() const { return m_bytes > 0 && !m_endsLine; }

    struct Place {
        qint64 block = -1; ///< -1: not counted yet
        qint64 nth = 0;    ///< among the line ends of the block
    };
    /// Line end `number`, counted from 0.
    [[nodiscard]] Place place(qint64 number) const;
    /// Line ends before block `block`, which is also the number of the line that goes through its begin.
    [[nodiscard]] qint64 before(qint64 block) const;
    [[nodiscard]] qint64 memory() const { return qint64(m_before.capacity()) * qint64(sizeof(qint64)); }

private:
    std::vector<qint64> m_before;
    qint64 m_bytes = 0;
    qint64 m_newlines = 0;
    bool m_endsLine = false;
};

} // namespace logs
