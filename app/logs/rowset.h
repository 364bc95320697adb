// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A set of row numbers: the matches of a search, the rows of a filtered view. Counts, finds the k-th row and the rank
/// of a row in microseconds with millions of rows in it. A value: copies share all full pages, so that a worker can
/// hand the state of a search to the window twenty times a second. One bit a row where there are any (10 million rows,
/// 4 million of them in the set: 1.3 MB), nothing where there are none. Each copy may be used by one thread at a time.
#pragma once

#include <QtTypes>

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <vector>

namespace logs {

class RowSet {
public:
    /// Quick in ascending order; elsewhere it copies 512 bytes and touches the counts behind.
    void add(qint64 row);
    void addRange(qint64 first, qint64 count);
    /// Takes rows from `row` on out.
    void truncate(qint64 row);
    void clear();

    [[nodiscard]] bool contains(qint64 row) const;
    [[nodiscard]] qint64 count() const { return m_before.empty() ? 0 : m_before.back(); }
    [[nodiscard]] bool isEmpty() const { return count() == 0; }
    /// How many rows of the set are less than `row`.
    [[nodiscard]] qint64 rank(qint64 row) const;
    /// The k-th row of the set, counted from 0; -1 when there are fewer.
    [[nodiscard]] qint64 select(qint64 k) const;
    /// The first row of the set at or after `row`; -1: none.
    [[nodiscard]] qint64 next(qint64 row) const;
    /// The last row of the set at or before `row`; -1: none.
    [[nodiscard]] qint64 previous(qint64 row) const;
    /// How many rows of [first, first + count) are in the set; for marks beside a scroll bar.
    [[nodiscard]] qint64 countIn(qint64 first, qint64 count) const { return rank(first + count) - rank(first); }
    /// Calls `take(row)` for each row of [first, end), ascending.
    template<typename Take>
    void forEach(qint64 first, qint64 end, Take take) const
    {
        first = std::max<qint64>(first, 0);
        end = std::min(end, pages() * pageBits);
        for (qint64 index = first / 64; index * 64 < end; ++index) {
            if (index % pageWords == 0 && isEmptyPage(index / pageWords)) {
                index += pageWords - 1;
                continue;
            }
            quint64 bits = word(index);
            if (index == first / 64)
                bits &= ~quint64(0) << (first % 64);
            for (; bits != 0; bits &= bits - 1) {
                const qint64 row = index * 64 + std::countr_zero(bits);
                if (row >= end)
                    return;
                take(row);
            }
        }
    }

    [[nodiscard]] RowSet united(const RowSet &other) const;
    [[nodiscard]] RowSet intersected(const RowSet &other) const;
    [[nodiscard]] RowSet without(const RowSet &other) const;
    /// The rows of [0, end) which are not in the set.
    [[nodiscard]] RowSet inverted(qint64 end) const;
    /// With the `reach` rows before and after each row, as far as they lie in [0, end).
    [[nodiscard]] RowSet dilated(int reach, qint64 end) const;

    friend bool operator==(const RowSet &a, const RowSet &b);

private:
    static constexpr int pageBits = 4096;
    static constexpr int pageWords = pageBits / 64;
    using Page = std::array<quint64, pageWords>;
    using PagePointer = std::shared_ptr<const Page>; // never changed once it is here; null: no row of it

    [[nodiscard]] qint64 pages() const { return qint64(m_pages.size()); }
    [[nodiscard]] bool isEmptyPage(qint64 page) const { return m_before[size_t(page)] == m_before[size_t(page) + 1]; }
    [[nodiscard]] quint64 word(qint64 index) const
    {
        const qint64 page = index / pageWords;
        if (page < 0 || page >= pages())
            return 0;
        if (m_tailOpen && page == pages() - 1)
            return m_tail[size_t(index % pageWords)];
        const PagePointer &bits = m_pages[size_t(page)];
        return bits ? (*bits)[size_t(index % pageWords)] : 0;
    }
    void openPage(qint64 page);
    void appendPage(const Page &bits);
    template<typename Combine>
    [[nodiscard]] static RowSet made(qint64 pages, Combine combine);
    /// Each row plus `by`, which may be negative; what falls out of [0, end) is lost.
    [[nodiscard]] RowSet shifted(qint64 by, qint64 end) const;

    std::vector<PagePointer> m_pages;
    std::vector<qint64> m_before{0}; ///< rows before each page, and in the end the count of all
    Page m_tail{};                   ///< the last page while rows are added in order; m_pages.back() is null then
    bool m_tailOpen = false;
};

} // namespace logs
