// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Which line of which source each row of a merged document is, in at most two bytes a row, and next to nothing where
/// one source goes on for long. A value; copies share all full pages. Each copy may be used by one thread at a time.
#pragma once

#include <QtTypes>

#include <memory>
#include <vector>

namespace logs {

class RowOrder {
public:
    static constexpr quint16 divider = 0xffff;

    /// The next `count` rows are the next lines of `source`; or dividers.
    void append(quint16 source, qint64 count);

    [[nodiscard]] qint64 count() const { return qint64(m_pages.size()) * pageRows + qint64(m_tail.size); }
    /// `divider` for one.
    [[nodiscard]] quint16 sourceOf(qint64 row) const;
    /// How many lines of `source` stand before `row`, which may be count().
    [[nodiscard]] qint64 linesBefore(quint16 source, qint64 row) const;
    /// The row that shows line `line` of `source`; -1: none.
    [[nodiscard]] qint64 rowOf(quint16 source, qint64 line) const;
    /// Lines of `source` in all.
    [[nodiscard]] qint64 lines(quint16 source) const { return source < m_lines.size() ? m_lines[source] : 0; }

    static constexpr qint64 pageRows = 4096;

private:
    struct Page {
        std::vector<qint64> before; ///< lines of each source before the page
        std::vector<quint16> ids;   ///< of each row; empty when all are `only`
        quint16 only = 0;
        int size = 0;
        [[nodiscard]] qint64 countOf(quint16 source, qint64 rows) const;
        [[nodiscard]] qint64 linesBefore(quint16 source) const { return source < before.size() ? before[source] : 0; }
    };
    [[nodiscard]] const Page &page(qint64 number) const
    {
        return number < qint64(m_pages.size()) ? *m_pages[size_t(number)] : m_tail;
    }

    std::vector<std::shared_ptr<const Page>> m_pages;
    Page m_tail;
    std::vector<qint64> m_lines;
};

} // namespace logs
