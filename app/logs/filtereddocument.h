// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The rows of another document that pass: those that match an include query (all, without one) and no exclude query,
/// or the matches of a search with lines around them. Row numbers are found by rank and selection, so that scrolling
/// costs the same anywhere. Grows at its end while the filters still run; rows that are shown never move.
#pragma once

#include "logs/document.h"
#include "logs/query.h"
#include "logs/rowset.h"

#include <QList>
#include <QPointer>

#include <memory>
#include <vector>

namespace logs {

class Search;
class Wake;

class FilteredDocument final : public Document {
    Q_OBJECT

public:
    struct Filter {
        QList<Query> include; ///< any of them; none: every row
        QList<Query> exclude; ///< none of them
        int context = 0;      ///< rows before and after each that passes, shown too
        bool dividers = true; ///< dividers of the document are kept
        friend bool operator==(const Filter &, const Filter &) = default;
    };

    explicit FilteredDocument(Document *base, QObject *parent = nullptr);
    ~FilteredDocument() override;

    /// reset() follows. Empty queries are left out. False when a query cannot be searched for: see errorText(); the
    /// filter is as before.
    bool setFilter(const Filter &filter);
    [[nodiscard]] const Filter &filter() const { return m_filter; }
    /// The matches of a search of `base` with lines around them, instead of a filter of its own. reset() follows.
    void setSearch(const Search *search, int context);

    [[nodiscard]] ContentPointer content() const override { return m_content; }
    [[nodiscard]] bool isComplete() const override;
    [[nodiscard]] double progress() const override;
    [[nodiscard]] QString errorText() const override { return m_error; }

    /// Number in the base document of row `row` here; -1: there is none.
    [[nodiscard]] qint64 baseRow(qint64 row) const;
    /// The row here that shows the base row, or the first one behind it; rowCount() when there is none.
    [[nodiscard]] qint64 rowOf(qint64 baseRow) const;
    /// Whether the row here passes by itself, not as context.
    [[nodiscard]] bool isMatch(qint64 row) const;

private:
    void clearFilter();
    void update();
    [[nodiscard]] qint64 scannedRows() const;
    [[nodiscard]] RowSet passing(qint64 end) const;

    QPointer<Document> m_base;
    Wake *m_wake;
    Filter m_filter;
    std::vector<std::unique_ptr<Search>> m_includes;
    std::vector<std::unique_ptr<Search>> m_excludes;
    QPointer<const Search> m_search;
    QMetaObject::Connection m_searchChanged;
    RowSet m_passing;
    RowSet m_rows;
    qint64 m_known = 0; ///< rows of the base, as far as they were looked at
    ContentPointer m_content;
    QString m_error;
};

} // namespace logs
