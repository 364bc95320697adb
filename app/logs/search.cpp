// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/search.h"

#include "logs/searchrun.h"
#include "logs/wake.h"

namespace logs {

Search::Search(Document *document, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_wake(new Wake(this))
{
    connect(m_wake, &Wake::rang, this, &Search::collect);
    connect(document, &Document::grew, this, &Search::extend);
    connect(document, &Document::reset, this, [this] {
        if (m_run)
            begin();
    });
}

Search::~Search()
{
    drop();
}

bool Search::start(const Query &query)
{
    const auto pattern = Pattern::compile(query);
    if (pattern) {
        m_query = query;
        start(*pattern);
        return true;
    }
    clear();
    m_query = query;
    m_error = pattern.error().text;
    m_errorPosition = pattern.error().position;
    emit changed();
    return false;
}

void Search::start(const Pattern &pattern)
{
    m_query = pattern.query();
    m_pattern = pattern;
    begin();
}

void Search::clear()
{
    drop();
    m_query = {};
    m_pattern = {};
    m_matches.clear();
    m_scanned = 0;
    m_error.clear();
    m_errorPosition = -1;
}

void Search::drop()
{
    if (m_run)
        m_run->stop();
    m_run.reset();
}

void Search::begin()
{
    drop();
    m_matches.clear();
    m_scanned = 0;
    m_ended = false;
    m_error.clear();
    m_errorPosition = -1;
    if (!m_pattern.isEmpty() && m_document) {
        m_run = std::make_shared<SearchRun>(m_pattern, m_wake->bell());
        m_run->goOn(m_document->content(), 0);
    }
    emit changed();
}

void Search::extend(qint64 firstChanged)
{
    if (!m_run)
        return;
    m_run->goOn(m_document->content(), firstChanged);
    if (firstChanged < m_scanned) {
        m_scanned = firstChanged;
        m_matches.truncate(firstChanged);
    }
    m_wake->bell()->ring();
}

void Search::collect()
{
    if (!m_run)
        return;
    SearchRun::Result result = m_run->result();
    m_matches = std::move(result.matches);
    m_scanned = result.scanned;
    m_ended = result.ended;
    if (result.ended) {
        m_error = tr("The expression is too complex: ended at line %L1.").arg(result.firstTooComplex + 1);
    } else if (result.tooComplex > 0) {
        //: %1 is the number of the first of them
        m_error = tr("The expression is too complex for %Ln line(s), the first is line %1; not searched there.",
            nullptr, result.tooComplex)
                      .arg(result.firstTooComplex + 1);
    }
    emit changed();
}

bool Search::isRunning() const
{
    return m_run && m_document && !m_ended && m_scanned < m_document->rowCount();
}

double Search::progress() const
{
    const qint64 rows = m_document ? m_document->rowCount() : 0;
    return isRunning() && rows > 0 ? double(m_scanned) / double(rows) : 1.0;
}

} // namespace logs
