// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/rowset.h"

namespace logs {

namespace {

constexpr quint64 allBits = ~quint64(0);

/// The bits of word `index` that are less than `end`.
quint64 maskBefore(qint64 index, qint64 end)
{
    const qint64 bits = end - index * 64;
    return bits >= 64 ? allBits : bits <= 0 ? 0 : (quint64(1) << bits) - 1;
}

} // namespace

/// Makes `page`, the last or one behind it, the one that rows are added to.
void RowSet::openPage(qint64 page)
{
    if (page == pages() - 1 && m_tailOpen)
        return;
    if (m_tailOpen)
        m_pages.back() = std::make_shared<const Page>(m_tail);
    m_tailOpen = true;
    if (page == pages() - 1) {
        m_tail = m_pages.back() ? *m_pages.back() : Page{};
        m_pages.back() = nullptr;
        return;
    }
    m_pages.resize(size_t(page) + 1);
    m_before.resize(m_pages.size() + 1, m_before.back());
    m_tail = {};
}

void RowSet::add(qint64 row)
{
    if (row < 0)
        return;
    const qint64 page = row / pageBits;
    const auto index = size_t(row % pageBits / 64);
    const quint64 bit = quint64(1) << (row % 64);
    if (page >= pages() - 1) {
        openPage(page);
        if ((m_tail[index] & bit) == 0) {
            m_tail[index] |= bit;
            ++m_before.back();
        }
        return;
    }
    PagePointer &bits = m_pages[size_t(page)];
    if (bits && ((*bits)[index] & bit) != 0)
        return;
    Page changed = bits ? *bits : Page{};
    changed[index] |= bit;
    bits = std::make_shared<const Page>(changed);
    for (auto i = size_t(page) + 1; i < m_before.size(); ++i)
        ++m_before[i];
}

void RowSet::addRange(qint64 first, qint64 count)
{
    const qint64 end = first + count;
    first = std::max<qint64>(first, 0);
    if (first >= end)
        return;
    if (first >= (pages() - 1) * pageBits) { // in order: whole words at once
        for (qint64 row = first; row < end;) {
            openPage(row / pageBits);
            const qint64 index = row / 64;
            const qint64 stop = std::min(end, (index + 1) * 64);
            quint64 &word = m_tail[size_t(index % pageWords)];
            const quint64 added = (maskBefore(index, stop) & ~maskBefore(index, row)) & ~word;
            word |= added;
            m_before.back() += std::popcount(added);
            row = stop;
        }
        return;
    }
    RowSet range;
    range.addRange(first, count);
    *this = united(range);
}

void RowSet::truncate(qint64 row)
{
    if (row <= 0) {
        clear();
        return;
    }
    const qint64 page = (row - 1) / pageBits;
    if (page >= pages())
        return;
    if (page < pages() - 1) {
        m_tailOpen = false;
        m_pages.resize(size_t(page) + 1);
        m_before.resize(m_pages.size() + 1);
    }
    openPage(page);
    qint64 count = m_before[size_t(page)];
    for (int i = 0; i < pageWords; ++i) {
        m_tail[size_t(i)] &= maskBefore(page * pageWords + i, row);
        count += std::popcount(m_tail[size_t(i)]);
    }
    m_before.back() = count;
}

void RowSet::clear()
{
    *this = RowSet();
}

bool RowSet::contains(qint64 row) const
{
    return row >= 0 && (word(row / 64) >> (row % 64) & 1) != 0;
}

qint64 RowSet::rank(qint64 row) const
{
    if (row <= 0)
        return 0;
    const qint64 page = row / pageBits;
    if (page >= pages())
        return count();
    qint64 rank = m_before[size_t(page)];
    if (isEmptyPage(page))
        return rank;
    for (qint64 index = page * pageWords; index * 64 < row; ++index)
        rank += std::popcount(word(index) & maskBefore(index, row));
    return rank;
}

qint64 RowSet::select(qint64 k) const
{
    if (k < 0 || k >= count())
        return -1;
    const auto behind = std::ranges::upper_bound(m_before, k);
    const qint64 page = behind - m_before.begin() - 1;
    k -= m_before[size_t(page)];
    for (qint64 index = page * pageWords;; ++index) {
        quint64 bits = word(index);
        const int here = std::popcount(bits);
        if (k >= here) {
            k -= here;
            continue;
        }
        for (; k > 0; --k)
            bits &= bits - 1;
        return index * 64 + std::countr_zero(bits);
    }
}

qint64 RowSet::next(qint64 row) const
{
    return select(rank(row));
}

qint64 RowSet::previous(qint64 row) const
{
    return row < 0 ? -1 : select(rank(row + 1) - 1);
}

void RowSet::appendPage(const Page &bits)
{
    qint64 count = 0;
    for (const quint64 word : bits)
        count += std::popcount(word);
    m_pages.push_back(count > 0 ? std::make_shared<const Page>(bits) : nullptr);
    m_before.push_back(m_before.back() + count);
}

template<typename Combine>
RowSet RowSet::made(qint64 pages, Combine combine)
{
    RowSet set;
    Page bits;
    for (qint64 page = 0; page < pages; ++page) {
        for (int i = 0; i < pageWords; ++i)
            bits[size_t(i)] = combine(page * pageWords + i);
        set.appendPage(bits);
    }
    return set;
}

RowSet RowSet::united(const RowSet &other) const
{
    return made(std::max(pages(), other.pages()), [&](qint64 i) { return word(i) | other.word(i); });
}

RowSet RowSet::intersected(const RowSet &other) const
{
    return made(std::min(pages(), other.pages()), [&](qint64 i) { return word(i) & other.word(i); });
}

RowSet RowSet::without(const RowSet &other) const
{
    return made(pages(), [&](qint64 i) { return word(i) & ~other.word(i); });
}

RowSet RowSet::inverted(qint64 end) const
{
    return made((end + pageBits - 1) / pageBits, [&](qint64 i) { return ~word(i) & maskBefore(i, end); });
}

RowSet RowSet::shifted(qint64 by, qint64 end) const
{
    const qint64 words = by >= 0 ? by / 64 : -((-by + 63) / 64);
    const int bits = int(by - words * 64); // 0..63
    return made((end + pageBits - 1) / pageBits, [&](qint64 i) {
        quint64 moved = word(i - words) << bits;
        if (bits > 0 && i - words - 1 >= 0)
            moved |= word(i - words - 1) >> (64 - bits);
        return moved & maskBefore(i, end);
    });
}

RowSet RowSet::dilated(int reach, qint64 end) const
{
    RowSet down = shifted(0, end);
    RowSet up = down;
    // What covers n rows behind each, shifted by n + 1 and united, covers 2 n + 1.
    for (qint64 covered = 0; covered < reach;) {
        const qint64 step = std::min<qint64>(covered + 1, reach - covered);
        down = down.united(down.shifted(step, end));
        up = up.united(up.shifted(-step, end));
        covered += step;
    }
    return down.united(up);
}

bool operator==(const RowSet &a, const RowSet &b)
{
    if (a.count() != b.count())
        return false;
    const qint64 words = std::max(a.pages(), b.pages()) * RowSet::pageWords;
    for (qint64 i = 0; i < words; ++i) {
        if (a.word(i) != b.word(i))
            return false;
    }
    return true;
}

} // namespace logs
