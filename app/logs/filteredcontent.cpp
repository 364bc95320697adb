// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/filteredcontent.h"

namespace logs {

FilteredContent::FilteredContent(ContentPointer base, RowSet rows)
    : m_base(std::move(base))
    , m_rows(std::move(rows))
{
}

template<typename Take>
void FilteredContent::runs(qint64 first, qint64 count, Take take) const
{
    count = std::min(count, rowCount() - first);
    if (first < 0 || count <= 0)
        return;
    qint64 begin = m_rows.select(first);
    qint64 end = begin;
    m_rows.forEach(begin, m_rows.select(first + count - 1) + 1, [&](qint64 row) {
        if (row != end) {
            take(begin, end);
            begin = row;
        }
        end = row + 1;
    });
    take(begin, end);
}

QList<Row> FilteredContent::rows(qint64 first, qint64 count, qsizetype maxBytes) const
{
    QList<Row> rows;
    runs(first, count, [&](qint64 begin, qint64 end) { rows += m_base->rows(begin, end - begin, maxBytes); });
    return rows;
}

QByteArray FilteredContent::part(qint64 row, qint64 offset, qsizetype length) const
{
    const qint64 there = m_rows.select(row);
    return there < 0 ? QByteArray() : m_base->part(there, offset, length);
}

RowSet FilteredContent::dividers() const
{
    RowSet here;
    m_base->dividers().intersected(m_rows).forEach(
        0, m_base->rowCount(), [&](qint64 row) { here.add(m_rows.rank(row)); });
    return here;
}

Content::Scan FilteredContent::scan(
    qint64 first, qint64 end, const Pattern &pattern, std::vector<quint32> &hits, const Stop &stop) const
{
    end = std::min(end, rowCount());
    if (first >= end)
        return {};
    Scan result;
    std::vector<quint32> found;
    const auto scanRun = [&](qint64 begin, qint64 behind) {
        // The base may give up on a row that is not shown here.
        while (begin < behind && result.outcome == Pattern::Outcome::Done) {
            found.clear();
            const Scan scan = m_base->scan(begin, behind, pattern, found, stop);
            for (const quint32 hit : found) {
                if (m_rows.contains(begin + hit))
                    hits.push_back(quint32(m_rows.rank(begin + hit) - first));
            }
            if (scan.outcome == Pattern::Outcome::Done)
                return;
            if (scan.outcome == Pattern::Outcome::Stopped || m_rows.contains(scan.row))
                result = {scan.outcome, m_rows.rank(scan.row)};
            begin = scan.row + 1;
        }
    };
    // Where few rows are shown, reading those alone is less than reading everything between them.
    constexpr qint64 sparse = 64;
    const qint64 begin = m_rows.select(first);
    const qint64 behind = m_rows.select(end - 1) + 1;
    if (behind - begin < (end - first) * sparse)
        scanRun(begin, behind);
    else
        runs(first, end - first, scanRun);
    return result;
}

qint64 FilteredContent::chunkEnd(qint64 first) const
{
    const qint64 row = m_rows.select(first);
    return row < 0 ? rowCount() : std::max(m_rows.rank(m_base->chunkEnd(row)), first + 1);
}

} // namespace logs
