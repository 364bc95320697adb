// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/roworder.h"

#include <algorithm>

namespace logs {

void RowOrder::append(quint16 source, qint64 count)
{
    if (source != divider && source >= m_lines.size())
        m_lines.resize(size_t(source) + 1);
    while (count > 0) {
        if (m_tail.size == 0) {
            m_tail.before = m_lines;
            m_tail.only = source;
        }
        const int added = int(std::min<qint64>(count, pageRows - m_tail.size));
        if (m_tail.ids.empty() && m_tail.only != source)
            m_tail.ids.assign(size_t(m_tail.size), m_tail.only);
        if (!m_tail.ids.empty())
            m_tail.ids.insert(m_tail.ids.end(), size_t(added), source);
        m_tail.size += added;
        if (source != divider)
            m_lines[source] += added;
        count -= added;
        if (m_tail.size == pageRows) {
            m_pages.push_back(std::make_shared<const Page>(std::move(m_tail)));
            m_tail = {};
        }
    }
}

qint64 RowOrder::Page::countOf(quint16 source, qint64 rows) const
{
    if (ids.empty())
        return only == source ? rows : 0;
    return std::count(ids.begin(), ids.begin() + rows, source);
}

quint16 RowOrder::sourceOf(qint64 row) const
{
    const Page &here = page(row / pageRows);
    return here.ids.empty() ? here.only : here.ids[size_t(row % pageRows)];
}

qint64 RowOrder::linesBefore(quint16 source, qint64 row) const
{
    if (row >= count())
        return lines(source);
    const Page &here = page(row / pageRows);
    return here.linesBefore(source) + here.countOf(source, row % pageRows);
}

qint64 RowOrder::rowOf(quint16 source, qint64 line) const
{
    if (line < 0 || line >= lines(source))
        return -1;
    qint64 low = 0;
    qint64 high = qint64(m_pages.size()) + (m_tail.size > 0 ? 1 : 0); // the page is in [low, high)
    while (high - low > 1) {
        const qint64 middle = (low + high) / 2;
        if (page(middle).linesBefore(source) <= line)
            low = middle;
        else
            high = middle;
    }
    const Page &here = page(low);
    qint64 nth = line - here.linesBefore(source);
    if (here.ids.empty())
        return low * pageRows + nth;
    for (size_t i = 0; i < here.ids.size(); ++i) {
        if (here.ids[i] == source && nth-- == 0)
            return low * pageRows + qint64(i);
    }
    return -1;
}

} // namespace logs
