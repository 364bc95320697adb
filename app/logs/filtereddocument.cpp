// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/filtereddocument.h"

#include "logs/filteredcontent.h"
#include "logs/search.h"
#include "logs/wake.h"

namespace logs {

FilteredDocument::FilteredDocument(Document *base, QObject *parent)
    : Document(parent)
    , m_base(base)
    , m_wake(new Wake(this))
    , m_content(std::make_shared<FilteredContent>(base->content(), RowSet()))
{
    connect(m_wake, &Wake::rang, this, &FilteredDocument::update);
    connect(base, &Document::grew, this, [this](qint64 firstChanged) {
        m_known = std::min(m_known, firstChanged);
        m_wake->bell()->ring();
    });
    connect(base, &Document::reset, this, [this] {
        m_known = 0;
        m_rows.clear();
        m_passing.clear();
        m_content = std::make_shared<FilteredContent>(m_base->content(), RowSet());
        emit reset();
        m_wake->bell()->ring();
    });
    connect(base, &Document::stateChanged, this, &Document::stateChanged);
    m_wake->bell()->ring();
}

FilteredDocument::~FilteredDocument() = default;

void FilteredDocument::clearFilter()
{
    disconnect(m_searchChanged);
    m_search = nullptr;
    m_includes.clear();
    m_excludes.clear();
    m_error.clear();
    m_known = 0;
    m_rows.clear();
    m_passing.clear();
    if (m_base)
        m_content = std::make_shared<FilteredContent>(m_base->content(), RowSet());
}

bool FilteredDocument::setFilter(const Filter &filter)
{
    std::vector<Pattern> includes;
    std::vector<Pattern> excludes;
    for (const auto &[queries, patterns] :
        {std::pair(&filter.include, &includes), std::pair(&filter.exclude, &excludes)}) {
        for (const Query &query : *queries) {
            const auto pattern = Pattern::compile(query);
            if (!pattern) {
                m_error = pattern.error().text;
                emit stateChanged();
                return false;
            }
            if (!pattern->isEmpty())
                patterns->push_back(*pattern);
        }
    }
    clearFilter();
    m_filter = filter;
    for (const auto &[patterns, searches] : {std::pair(&includes, &m_includes), std::pair(&excludes, &m_excludes)}) {
        for (const Pattern &pattern : *patterns) {
            searches->push_back(std::make_unique<Search>(m_base.data()));
            Search *const search = searches->back().get();
            connect(search, &Search::changed, this, [this] { m_wake->bell()->ring(); });
            search->start(pattern);
        }
    }
    emit reset();
    m_wake->bell()->ring();
    return true;
}

void FilteredDocument::setSearch(const Search *search, int context)
{
    clearFilter();
    m_filter = {.context = context, .dividers = false};
    m_search = search;
    m_searchChanged = connect(search, &Search::changed, this, [this] {
        // A search that began anew found other rows.
        if (m_search && m_search->scannedRows() < m_known && m_search->scannedRows() == 0) {
            m_known = 0;
            m_rows.clear();
            m_passing.clear();
            m_content = std::make_shared<FilteredContent>(m_base->content(), RowSet());
            emit reset();
        }
        m_wake->bell()->ring();
    });
    emit reset();
    m_wake->bell()->ring();
}

qint64 FilteredDocument::scannedRows() const
{
    if (!m_base)
        return 0;
    if (m_search)
        return m_search->scannedRows();
    qint64 rows = m_base->rowCount();
    for (const auto *searches : {&m_includes, &m_excludes}) {
        for (const auto &search : *searches)
            rows = std::min(rows, search->scannedRows());
    }
    return rows;
}

/// The rows of [0, end) that pass by themselves.
RowSet FilteredDocument::passing(qint64 end) const
{
    RowSet rows;
    if (m_search) {
        rows = m_search->matches();
    } else {
        if (m_includes.empty())
            rows.addRange(0, end);
        for (const auto &search : m_includes)
            rows = rows.united(search->matches());
        for (const auto &search : m_excludes)
            rows = rows.without(search->matches());
        if (m_filter.dividers)
            rows = rows.united(m_base->content()->dividers());
    }
    rows.truncate(end);
    return rows;
}

void FilteredDocument::update()
{
    if (!m_base)
        return;
    const qint64 end = scannedRows();
    m_passing = passing(end);
    RowSet rows = m_filter.context > 0 ? m_passing.dilated(m_filter.context, end) : m_passing;
    const qint64 before = m_rows.count();
    // A match behind what was known may bring lines before it along.
    const qint64 unchanged = std::max<qint64>(std::min(m_known, end) - m_filter.context, 0);
    m_rows = std::move(rows);
    m_known = end;
    m_content = std::make_shared<FilteredContent>(m_base->content(), m_rows);
    const qint64 firstChanged = m_rows.rank(unchanged);
    if (firstChanged < m_rows.count() || m_rows.count() != before)
        emit grew(firstChanged);
    emit stateChanged();
}

bool FilteredDocument::isComplete() const
{
    return m_base && m_base->isComplete() && m_known == m_base->rowCount();
}

double FilteredDocument::progress() const
{
    const qint64 rows = m_base ? m_base->rowCount() : 0;
    return rows > 0 ? m_base->progress() * double(m_known) / double(rows) : 1.0;
}

qint64 FilteredDocument::baseRow(qint64 row) const
{
    return m_rows.select(row);
}

qint64 FilteredDocument::rowOf(qint64 baseRow) const
{
    return m_rows.rank(baseRow);
}

bool FilteredDocument::isMatch(qint64 row) const
{
    return m_passing.contains(m_rows.select(row));
}

} // namespace logs
