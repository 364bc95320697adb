// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Several files merged, as they were at one moment. Private to JobDocument.
#pragma once

#include "logs/filecontent.h"
#include "logs/roworder.h"

namespace logs {

struct DividerRow {
    qint64 row = 0;
    int source = 0;
    Divider divider;
};

class JobContent final : public Content {
public:
    JobContent(std::vector<std::shared_ptr<const FileContent>> files, QStringList names, RowOrder order,
        QList<DividerRow> dividers);

    [[nodiscard]] qint64 rowCount() const override { return m_order.count(); }
    [[nodiscard]] QList<Row> rows(qint64 first, qint64 count, qsizetype maxBytes) const override;
    [[nodiscard]] QByteArray part(qint64 row, qint64 offset, qsizetype length) const override;
    [[nodiscard]] QStringList sources() const override { return m_names; }
    [[nodiscard]] RowSet dividers() const override;
    [[nodiscard]] Scan scan(
        qint64 first, qint64 end, const Pattern &pattern, std::vector<quint32> &hits, const Stop &stop) const override;
    [[nodiscard]] qint64 chunkEnd(qint64 first) const override;

private:
    struct Lines {
        qint64 first = 0;
        qint64 count = 0;
    };
    /// The lines of `source` among rows [first, end).
    [[nodiscard]] Lines linesOf(size_t source, qint64 first, qint64 end) const;
    [[nodiscard]] Row dividerRow(qint64 row) const;

    std::vector<std::shared_ptr<const FileContent>> m_files; ///< null: not there
    QStringList m_names;
    RowOrder m_order;
    QList<DividerRow> m_dividers; ///< ascending
};

} // namespace logs
