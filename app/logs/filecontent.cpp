// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/filecontent.h"

#include "logs/bytes.h"
#include "logs/linewalker.h"
#include "logs/stamp.h"
#include "logs/workers.h"

#include <cstring>

namespace logs {

namespace {
constexpr qint64 longestStamp = 41;

/// What a worker reads into: one for each, kept.
char *scanBuffer()
{
    thread_local const auto buffer = std::make_unique_for_overwrite<char[]>(size_t(longLine));
    return buffer.get();
}
} // namespace

FileContent::FileContent(QString name)
    : m_name(std::move(name))
{
}

FileContent::FileContent(std::shared_ptr<const LogFile> file, LogFile::Extent extent, bool stamped, QString name)
    : m_file(std::move(file))
    , m_extent(extent)
    , m_stamped(stamped)
    , m_name(std::move(name))
{
}

QList<Row> FileContent::rows(qint64 first, qint64 count, qsizetype maxBytes) const
{
    QList<Row> rows;
    count = std::min(count, rowCount() - first);
    if (!m_file || first < 0 || count <= 0)
        return rows;
    rows.reserve(count);
    // A level is told by the first kilobyte, also when less is asked for.
    LineWalker walker(m_file, m_extent, first, std::max<qint64>(maxBytes, 1024) + (m_stamped ? longestStamp : 0));
    LineWalker::Line line;
    while (rows.size() < count && walker.next(line)) {
        const qsizetype stamp = m_stamped ? stampLength(line.begin) : 0;
        const QByteArrayView text = line.begin.sliced(stamp);
        Row row;
        row.row = row.line = line.number;
        row.stamp = line.begin.first(std::max<qsizetype>(stamp - 1, 0)).toByteArray();
        row.length = line.length - stamp;
        row.level = levelOf(text);
        const QByteArrayView shown = text.first(std::min(text.size(), maxBytes));
        row.text = (shown.size() < row.length ? wholeCharacters(shown) : shown).toByteArray();
        rows.append(std::move(row));
    }
    return rows;
}

FileContent::Text FileContent::textOf(qint64 row) const
{
    LineWalker::Line line;
    if (!m_file || row < 0 || !LineWalker(m_file, m_extent, row, longestStamp).next(line))
        return {};
    const qsizetype stamp
        = m_stamped ? stampLength(m_file->bytes(line.offset, std::min(line.length, longestStamp))) : 0;
    return {line.offset + stamp, line.length - stamp};
}

QByteArray FileContent::part(qint64 row, qint64 offset, qsizetype length) const
{
    const Text text = textOf(row);
    if (offset < 0 || offset >= text.length)
        return {};
    return m_file->bytes(text.offset + offset, std::min<qint64>(length, text.length - offset));
}

qint64 FileContent::chunkEnd(qint64 first) const
{
    return m_file ? std::min(m_file->chunkEnd(first), rowCount()) : 0;
}

/// A line longer than the buffer.
Pattern::Outcome FileContent::scanLong(qint64 row, const Pattern &pattern, bool &found, const Stop &stop) const
{
    const Text text = textOf(row);
    char *const buffer = scanBuffer();
    for (qint64 at = 0; at < text.length && !found; at += longLine - longLineOverlap) {
        if (stop.load(std::memory_order_relaxed))
            return Pattern::Outcome::Stopped;
        const qint64 wanted = std::min(longLine, text.length - at);
        const qint64 got = m_file->read(buffer, wanted, text.offset + at);
        found = pattern.matchesPiece({buffer, qsizetype(got)}, at == 0, at + wanted == text.length);
        if (got < wanted || at + wanted == text.length || pattern.query().kind == Query::Kind::Level)
            break;
    }
    return Pattern::Outcome::Done;
}

Content::Scan FileContent::scan(
    qint64 first, qint64 end, const Pattern &pattern, std::vector<quint32> &hits, const Stop &stop) const
{
    end = std::min(end, rowCount());
    if (!m_file || first >= end)
        return {};
    char *const buffer = scanBuffer();
    qint64 at = m_file->lineStart(first);
    const bool toOpenEnd = end == rowCount() && m_extent.openEnd;
    const qint64 limit = toOpenEnd ? m_extent.bytes : m_file->lineStart(end);
    qint64 row = first;
    while (at >= 0 && at < limit) {
        if (stop.load(std::memory_order_relaxed))
            return {Pattern::Outcome::Stopped};
        const qint64 wanted = std::min(longLine, limit - at);
        const qint64 got = m_file->read(buffer, wanted, at);
        QByteArrayView chunk(buffer, qsizetype(got));
        if (got < wanted)
            return {}; // cut under us: the document is about to say so
        if (at + got < limit) {
            const void *last = memrchr(buffer, '\n', size_t(got));
            chunk = chunk.first(last ? static_cast<const char *>(last) - buffer + 1 : 0);
        }
        if (chunk.isEmpty()) {
            bool found = false;
            if (const auto outcome = scanLong(row, pattern, found, stop); outcome != Pattern::Outcome::Done)
                return {outcome, row};
            if (found)
                hits.push_back(quint32(row - first));
            ++row;
            at = row < end ? m_file->lineStart(row) : limit;
            continue;
        }
        const size_t before = hits.size();
        const Pattern::Scan scan = pattern.scan(chunk, m_stamped, hits, stop);
        for (size_t i = before; i < hits.size(); ++i)
            hits[i] += quint32(row - first);
        if (scan.outcome != Pattern::Outcome::Done)
            return {scan.outcome, row + scan.line};
        at += chunk.size();
        if (at < limit)
            row += countNewlines(chunk);
    }
    return {};
}

} // namespace logs
