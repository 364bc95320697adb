// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Some rows of another content. Private to FilteredDocument.
#pragma once

#include "logs/content.h"

namespace logs {

class FilteredContent final : public Content {
public:
    FilteredContent(ContentPointer base, RowSet rows);

    [[nodiscard]] qint64 rowCount() const override { return m_rows.count(); }
    [[nodiscard]] QList<Row> rows(qint64 first, qint64 count, qsizetype maxBytes) const override;
    [[nodiscard]] QByteArray part(qint64 row, qint64 offset, qsizetype length) const override;
    [[nodiscard]] QStringList sources() const override { return m_base->sources(); }
    [[nodiscard]] RowSet dividers() const override;
    [[nodiscard]] Scan scan(
        qint64 first, qint64 end, const Pattern &pattern, std::vector<quint32> &hits, const Stop &stop) const override;
    [[nodiscard]] qint64 chunkEnd(qint64 first) const override;

private:
    /// Calls `take(first, end)` for each run of base rows without a hole that shows rows [first, first + count).
    template<typename Take>
    void runs(qint64 first, qint64 count, Take take) const;

    ContentPointer m_base;
    RowSet m_rows;
};

} // namespace logs
