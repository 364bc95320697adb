// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds all rows of a document that match a query, in the background, on all processors, in the order of the document:
/// what is known so far is usable while it runs, and lines that come later are searched as they come. Lives in the
/// document's thread.
#pragma once

#include "logs/document.h"
#include "logs/pattern.h"
#include "logs/rowset.h"

#include <QObject>
#include <QPointer>

#include <memory>

namespace logs {

class Wake;
struct SearchRun; // private

class Search final : public QObject {
    Q_OBJECT

public:
    explicit Search(Document *document, QObject *parent = nullptr);
    ~Search() override;

    /// Begins anew; a search that still runs is dropped at once. An empty query finds nothing. False: see errorText().
    bool start(const Query &query);
    void start(const Pattern &pattern);
    /// Ends the search and forgets what it found.
    void clear();

    [[nodiscard]] const Query &query() const { return m_query; }
    /// For painting the matches of visible lines.
    [[nodiscard]] const Pattern &pattern() const { return m_pattern; }
    /// Some rows that are there were not looked at yet.
    [[nodiscard]] bool isRunning() const;
    /// Rows [0, scannedRows()) were looked at: matches() is complete for them.
    [[nodiscard]] qint64 scannedRows() const { return m_scanned; }
    [[nodiscard]] double progress() const;
    [[nodiscard]] const RowSet &matches() const { return m_matches; }
    [[nodiscard]] qint64 count() const { return m_matches.count(); }
    /// The next match after `row`, and the one before it, among those known; -1: none.
    [[nodiscard]] qint64 next(qint64 row) const { return m_matches.next(row + 1); }
    [[nodiscard]] qint64 previous(qint64 row) const { return row > 0 ? m_matches.previous(row - 1) : -1; }
    /// Why the query cannot be searched for, or why the search gave up; empty: all is well.
    [[nodiscard]] QString errorText() const { return m_error; }
    /// Where in the query's text the error is, in UTF-16 units; -1: nowhere in particular.
    [[nodiscard]] qsizetype errorPosition() const { return m_errorPosition; }

signals:
    /// matches(), scannedRows(), isRunning() or errorText() changed: at most twenty times a second.
    void changed();

private:
    void begin();
    void drop();
    void extend(qint64 firstChanged);
    void collect();

    QPointer<Document> m_document;
    Query m_query;
    Pattern m_pattern;
    std::shared_ptr<SearchRun> m_run;
    Wake *m_wake;
    RowSet m_matches;
    qint64 m_scanned = 0;
    bool m_ended = false; ///< gave up
    QString m_error;
    qsizetype m_errorPosition = -1;
};

} // namespace logs
