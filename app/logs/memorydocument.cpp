// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/memorydocument.h"

#include "logs/bytes.h"

#include <vector>

namespace logs {

namespace {

class MemoryContent final : public Content {
public:
    explicit MemoryContent(QByteArray text)
        : m_text(std::move(text))
    {
        for (qsizetype at = 0; at < m_text.size();) {
            m_starts.push_back(at);
            const qsizetype end = nextNewline(m_text, at);
            at = end < 0 ? m_text.size() : end + 1;
        }
    }

    [[nodiscard]] qint64 rowCount() const override { return qint64(m_starts.size()); }

    [[nodiscard]] QList<Row> rows(qint64 first, qint64 count, qsizetype maxBytes) const override
    {
        QList<Row> rows;
        for (qint64 number = std::max<qint64>(first, 0); number < std::min(first + count, rowCount()); ++number) {
            const QByteArrayView text = textOf(number);
            Row row;
            row.row = row.line = number;
            row.text = text.first(std::min(text.size(), maxBytes)).toByteArray();
            row.length = text.size();
            row.level = levelOf(text);
            rows.append(std::move(row));
        }
        return rows;
    }

    [[nodiscard]] QByteArray part(qint64 row, qint64 offset, qsizetype length) const override
    {
        if (row < 0 || row >= rowCount())
            return {};
        const QByteArrayView text = textOf(row);
        if (offset < 0 || offset >= text.size())
            return {};
        return text.sliced(offset, std::min<qint64>(length, text.size() - offset)).toByteArray();
    }

    [[nodiscard]] QStringList sources() const override { return {QString()}; }

    [[nodiscard]] Scan scan(
        qint64 first, qint64 end, const Pattern &pattern, std::vector<quint32> &hits, const Stop &stop) const override
    {
        end = std::min(end, rowCount());
        if (first >= end)
            return {};
        const qsizetype from = m_starts[size_t(first)];
        const qsizetype to = end < rowCount() ? m_starts[size_t(end)] : m_text.size();
        const Pattern::Scan scan = pattern.scan(QByteArrayView(m_text).sliced(from, to - from), false, hits, stop);
        return {scan.outcome, first + scan.line};
    }

    [[nodiscard]] qint64 chunkEnd(qint64 first) const override
    {
        constexpr qint64 linesAtOnce = 4096;
        return std::min(first + linesAtOnce, rowCount());
    }

private:
    [[nodiscard]] QByteArrayView textOf(qint64 row) const
    {
        const qsizetype from = m_starts[size_t(row)];
        qsizetype to = row + 1 < rowCount() ? m_starts[size_t(row + 1)] - 1 : m_text.size();
        if (to > from && row + 1 == rowCount() && m_text.at(to - 1) == '\n')
            --to;
        if (to > from && m_text.at(to - 1) == '\r')
            --to;
        return QByteArrayView(m_text).sliced(from, to - from);
    }

    QByteArray m_text;
    std::vector<qsizetype> m_starts;
};

} // namespace

MemoryDocument::MemoryDocument(QObject *parent)
    : MemoryDocument(QByteArray(), parent)
{
}

MemoryDocument::MemoryDocument(const QByteArray &text, QObject *parent)
    : Document(parent)
    , m_text(text)
    , m_content(std::make_shared<MemoryContent>(text))
{
}

void MemoryDocument::setText(const QByteArray &text)
{
    m_text = text;
    m_content = std::make_shared<MemoryContent>(text);
    emit reset();
}

void MemoryDocument::append(QByteArrayView text)
{
    if (text.isEmpty())
        return;
    const bool openEnd = !m_text.isEmpty() && !m_text.endsWith('\n');
    const qint64 firstChanged = m_content->rowCount() - (openEnd ? 1 : 0);
    m_text.append(text);
    m_content = std::make_shared<MemoryContent>(m_text);
    emit grew(firstChanged);
}

} // namespace logs
