// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/lineindex.h"

#include "logs/bytes.h"

#include <algorithm>

namespace logs {

LineIndex::Counts LineIndex::count(QByteArrayView bytes, qint64 at)
{
    Counts counts{at, bytes.size(), {}, bytes.endsWith('\n')};
    counts.blocks.reserve(size_t(bytes.size() / blockSize + 2));
    for (qsizetype from = 0; from < bytes.size();) {
        const qsizetype length = std::min(bytes.size() - from, qsizetype(blockSize - (at + from) % blockSize));
        counts.blocks.push_back(quint16(countNewlines(bytes.sliced(from, length))));
        from += length;
    }
    return counts;
}

void LineIndex::append(const Counts &counts)
{
    if (counts.length == 0)
        return;
    qint64 block = m_bytes / blockSize;
    for (const quint16 here : counts.blocks) {
        if (block == qint64(m_before.size()))
            m_before.push_back(m_newlines);
        m_newlines += here;
        ++block;
    }
    m_bytes += counts.length;
    m_endsLine = counts.endsLine;
}

LineIndex::Place LineIndex::place(qint64 number) const
{
    if (number < 0 || number >= m_newlines)
        return {};
    const auto behind = std::ranges::upper_bound(m_before, number);
    const qint64 block = behind - m_before.begin() - 1;
    return {block, number - m_before[size_t(block)]};
}

qint64 LineIndex::before(qint64 block) const
{
    return block < qint64(m_before.size()) ? m_before[size_t(block)] : m_newlines;
}

} // namespace logs
