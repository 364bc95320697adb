// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logchanneldocument.h"

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using logs::Divider;

namespace {

/// All chunks but the last hold chunkRows rows.
class ChannelContent final : public logs::Content {
public:
    ChannelContent(ChannelDocument::Chunks chunks, QStringList sources, qint64 rows)
        : m_chunks(std::move(chunks))
        , m_sources(std::move(sources))
        , m_rows(rows)
    {
    }
    [[nodiscard]] qint64 rowCount() const override { return m_rows; }
    [[nodiscard]] QList<logs::Row> rows(qint64 first, qint64 count, qsizetype maxBytes) const override
    {
        QList<logs::Row> result;
        const qint64 end = std::min(first + count, m_rows);
        result.reserve(std::max<qint64>(0, end - first));
        for (qint64 row = std::max<qint64>(0, first); row < end; ++row) {
            logs::Row one = at(row);
            one.row = row;
            if (one.text.size() > maxBytes)
                one.text.truncate(maxBytes);
            result.append(std::move(one));
        }
        return result;
    }
    [[nodiscard]] QByteArray part(qint64 row, qint64 offset, qsizetype length) const override
    {
        if (row < 0 || row >= m_rows || offset < 0 || offset >= at(row).text.size())
            return {};
        return at(row).text.mid(offset, length);
    }
    [[nodiscard]] QStringList sources() const override { return m_sources; }
    [[nodiscard]] logs::RowSet dividers() const override
    {
        logs::RowSet set;
        for (qint64 row = 0; row < m_rows; ++row) {
            if (at(row).isDivider())
                set.add(row);
        }
        return set;
    }
    [[nodiscard]] Scan scan(qint64 first, qint64 end, const logs::Pattern &pattern, std::vector<quint32> &hits,
        const Stop &stop) const override
    {
        for (qint64 row = first; row < std::min(end, m_rows); ++row) {
            if (stop)
                return {logs::Pattern::Outcome::Stopped, row};
            if (!at(row).isDivider() && pattern.matches(at(row).text))
                hits.push_back(quint32(row - first));
        }
        return {};
    }
    [[nodiscard]] qint64 chunkEnd(qint64 first) const override
    {
        return std::min(m_rows, first + ChannelDocument::chunkRows);
    }

private:
    [[nodiscard]] const logs::Row &at(qint64 row) const
    {
        return m_chunks.at(row / ChannelDocument::chunkRows)->rows.at(row % ChannelDocument::chunkRows);
    }
    ChannelDocument::Chunks m_chunks;
    QStringList m_sources;
    qint64 m_rows;
};

Divider::Kind kindOf(kube::LogLine::Kind kind)
{
    using Kind = kube::LogLine::Kind;
    switch (kind) {
    case Kind::Text:
        break;
    case Kind::Restart:
        return Divider::Kind::Restart;
    case Kind::Reconnected:
        return Divider::Kind::Reconnected;
    case Kind::Gap:
        return Divider::Kind::Gap;
    case Kind::Ended:
        return Divider::Kind::Ended;
    }
    return Divider::Kind::None;
}

} // namespace

ChannelDocument::ChannelDocument(qsizetype limit, qint64 bytes, QObject *parent)
    : Document(parent)
    , m_limit(limit)
    , m_byteLimit(bytes)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(50ms);
    connect(&m_pause, &QTimer::timeout, this, &ChannelDocument::tell);
}

logs::ContentPointer ChannelDocument::content() const
{
    if (!m_content) {
        Chunks chunks = m_full;
        if (!m_tail->rows.isEmpty())
            chunks.append(std::make_shared<Chunk>(*m_tail));
        QStringList sources = m_sources;
        if (sources.isEmpty())
            sources.append(QString());
        m_content = std::make_shared<ChannelContent>(std::move(chunks), std::move(sources), m_rows);
    }
    return m_content;
}

void ChannelDocument::push(logs::Row row)
{
    m_bytes += row.text.size() + qsizetype(sizeof(logs::Row));
    m_tail->bytes += row.text.size() + qsizetype(sizeof(logs::Row));
    m_tail->rows.append(std::move(row));
    ++m_rows;
    if (m_tail->rows.size() == chunkRows) {
        m_full.append(std::move(m_tail));
        m_tail = std::make_shared<Chunk>();
    }
}

void ChannelDocument::append(const QList<session::LogBatchLine> &lines)
{
    if (lines.isEmpty())
        return;
    for (const session::LogBatchLine &line : lines) {
        const QString name = line.container.isEmpty() ? line.pod : line.pod + u'/' + line.container;
        auto known = m_sourceOf.find(name);
        if (known == m_sourceOf.end()) {
            known = m_sourceOf.insert(name, int(m_sources.size()));
            m_sources.append(name);
            logs::Row divider;
            divider.source = known.value();
            divider.divider.kind = Divider::Kind::Source;
            divider.divider.time = line.line.stamp;
            push(std::move(divider));
        }
        logs::Row row;
        row.source = known.value();
        row.stamp = line.line.stamp;
        if (line.line.kind == kube::LogLine::Kind::Text) {
            row.line = m_lines[row.source]++;
            row.text = line.line.text;
            row.length = row.text.size();
            row.level = logs::levelOf(row.text);
            push(row);
            if (line.line.cut) {
                logs::Row cut;
                cut.source = row.source;
                cut.divider.kind = Divider::Kind::Cut;
                push(std::move(cut));
            }
        } else {
            row.divider.kind = kindOf(line.line.kind);
            row.divider.time = line.line.stamp;
            row.divider.text = QString::fromUtf8(line.line.text);
            push(std::move(row));
        }
    }
    m_content.reset();
    if (m_rows > m_limit || m_bytes > m_byteLimit)
        forget();
    else if (!m_pause.isActive())
        tell();
}

/// Half goes at once, for all rows get other numbers by it.
void ChannelDocument::forget()
{
    qsizetype gone = 0;
    qint64 lines = m_dropped;
    while (gone < m_full.size() && (m_rows > m_limit / 2 || m_bytes > m_byteLimit / 2)) {
        const std::shared_ptr<const Chunk> &chunk = m_full.at(gone);
        m_rows -= chunk->rows.size();
        m_bytes -= chunk->bytes;
        lines += std::ranges::count_if(chunk->rows, [](const logs::Row &row) { return !row.isDivider(); });
        ++gone;
    }
    if (gone == 0) {
        tell();
        return;
    }
    m_full.remove(0, gone);
    m_dropped = lines;
    // The first row that is left makes room for the divider which says so.
    const auto mark = [&](Chunk &chunk) {
        logs::Row &first = chunk.rows.first();
        m_dropped += first.isDivider() ? 0 : 1;
        logs::Row divider;
        divider.source = first.source;
        divider.divider.kind = Divider::Kind::Dropped;
        divider.divider.text = QString::number(m_dropped);
        first = divider;
    };
    if (!m_full.isEmpty()) {
        auto changed = std::make_shared<Chunk>(*m_full.first());
        mark(*changed);
        m_full.first() = std::move(changed);
    } else if (!m_tail->rows.isEmpty()) {
        mark(*m_tail);
    }
    m_content.reset();
    m_told = m_rows;
    emit reset();
}

void ChannelDocument::tell()
{
    if (m_told == m_rows)
        return;
    const qint64 first = m_told;
    m_told = m_rows;
    m_pause.start();
    emit grew(first);
}

} // namespace ui
