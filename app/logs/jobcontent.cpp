// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/jobcontent.h"

#include <algorithm>

namespace logs {

JobContent::JobContent(std::vector<std::shared_ptr<const FileContent>> files, QStringList names, RowOrder order,
    QList<DividerRow> dividers)
    : m_files(std::move(files))
    , m_names(std::move(names))
    , m_order(std::move(order))
    , m_dividers(std::move(dividers))
{
}

JobContent::Lines JobContent::linesOf(size_t source, qint64 first, qint64 end) const
{
    const qint64 from = m_order.linesBefore(quint16(source), first);
    return {from, m_order.linesBefore(quint16(source), end) - from};
}

Row JobContent::dividerRow(qint64 row) const
{
    const auto at = std::ranges::lower_bound(m_dividers, row, {}, &DividerRow::row);
    Row result;
    result.row = row;
    if (at != m_dividers.end() && at->row == row) {
        result.source = at->source;
        result.divider = at->divider;
    }
    return result;
}

QList<Row> JobContent::rows(qint64 first, qint64 count, qsizetype maxBytes) const
{
    const qint64 end = std::min(first + count, rowCount());
    QList<Row> rows;
    if (first < 0 || first >= end)
        return rows;
    // The lines of one source among some rows are consecutive: one read for each source.
    std::vector<QList<Row>> lines(m_files.size());
    std::vector<qsizetype> taken(m_files.size(), 0);
    for (size_t source = 0; source < m_files.size(); ++source) {
        const Lines here = linesOf(source, first, end);
        if (here.count > 0 && m_files[source])
            lines[source] = m_files[source]->rows(here.first, here.count, maxBytes);
    }
    rows.reserve(end - first);
    for (qint64 row = first; row < end; ++row) {
        const quint16 source = m_order.sourceOf(row);
        if (source == RowOrder::divider) {
            rows.append(dividerRow(row));
            continue;
        }
        qsizetype &next = taken[source];
        if (next >= lines[source].size())
            break; // cut under us
        Row line = std::move(lines[source][next++]);
        line.row = row;
        line.source = source;
        rows.append(std::move(line));
    }
    return rows;
}

QByteArray JobContent::part(qint64 row, qint64 offset, qsizetype length) const
{
    if (row < 0 || row >= rowCount())
        return {};
    const quint16 source = m_order.sourceOf(row);
    if (source == RowOrder::divider || !m_files[source])
        return {};
    return m_files[source]->part(m_order.linesBefore(source, row), offset, length);
}

RowSet JobContent::dividers() const
{
    RowSet rows;
    for (const DividerRow &divider : m_dividers)
        rows.add(divider.row);
    return rows;
}

Content::Scan JobContent::scan(
    qint64 first, qint64 end, const Pattern &pattern, std::vector<quint32> &hits, const Stop &stop) const
{
    end = std::min(end, rowCount());
    Scan result{Pattern::Outcome::Done, end};
    const size_t before = hits.size();
    std::vector<quint32> found;
    for (size_t source = 0; source < m_files.size() && first < end; ++source) {
        const Lines here = linesOf(source, first, end);
        if (here.count == 0 || !m_files[source])
            continue;
        found.clear();
        const Scan scan = m_files[source]->scan(here.first, here.first + here.count, pattern, found, stop);
        if (scan.outcome == Pattern::Outcome::Stopped)
            return scan;
        const bool alone = here.count == end - first;
        for (const quint32 hit : found)
            hits.push_back(alone ? hit : quint32(m_order.rowOf(quint16(source), here.first + hit) - first));
        if (scan.outcome == Pattern::Outcome::GaveUp)
            result = {scan.outcome, std::min(result.row, m_order.rowOf(quint16(source), scan.row))};
    }
    std::sort(hits.begin() + qsizetype(before), hits.end());
    // What lies behind the row it gave up on is searched again from there.
    if (result.outcome == Pattern::Outcome::GaveUp)
        hits.erase(
            std::lower_bound(hits.begin() + qsizetype(before), hits.end(), quint32(result.row - first)), hits.end());
    return result;
}

qint64 JobContent::chunkEnd(qint64 first) const
{
    return std::min((first / RowOrder::pageRows + 1) * RowOrder::pageRows, rowCount());
}

} // namespace logs
