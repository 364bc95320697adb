// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Finding in a LogViewer: as one types, the next warning or error, the line a statement comes from.

#include "logs/filtereddocument.h"
#include "logs/search.h"
#include "ui/elidedlabel.h"
#include "ui/logmarks.h"
#include "ui/logsearchbar.h"
#include "ui/logviewer.h"

#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

void LogViewer::setQuery(const QString &text)
{
    openSearch();
    m_searchBar->edit()->setText(text);
}

void LogViewer::openSearch()
{
    m_searchBar->show();
    m_find->setChecked(true);
    m_searchBar->focusEdit();
}

void LogViewer::startSearch()
{
    // As one types, the first match from where one looks is shown; who follows the end is left there.
    if (m_origin < 0 && !m_view->isFollowing())
        m_origin = m_view->caret() >= 0 ? m_view->caret() : m_view->top().row;
    const logs::Query query = m_searchBar->query();
    m_view->setSearch({});
    m_list->setSearch({});
    m_searchBar->setError({}, -1);
    if (!m_shown || query.isEmpty() || m_searchBar->isHidden()) {
        m_origin = -1;
        m_list->setDocument(nullptr);
        m_matches.reset();
        m_search.reset();
        searchChanged();
        return;
    }
    if (!m_search) {
        m_search = std::make_unique<logs::Search>(m_shown);
        connect(m_search.get(), &logs::Search::changed, this, &LogViewer::searchChanged);
    }
    if (m_search->start(query)) {
        m_view->setSearch(m_search->pattern());
        m_list->setSearch(m_search->pattern());
    }
    if (m_searchBar->list()->isChecked())
        showList(true);
    searchChanged();
}

void LogViewer::searchChanged()
{
    if (!m_search) {
        m_searchBar->setCount({});
        m_view->marks()->setMatches({});
        refreshStatus();
        return;
    }
    m_searchBar->setError(m_search->errorText(), m_search->errorPosition());
    m_view->marks()->setMatches(m_search->matches());
    if (m_origin >= 0) {
        qint64 row = m_search->matches().next(m_origin);
        if (row < 0 && !m_search->isRunning())
            row = m_search->matches().next(0);
        if (row >= 0) {
            m_origin = -1;
            m_view->setCurrentMatch(row);
            m_view->showRow(row);
        }
    }
    const QLocale locale;
    const qint64 count = m_search->count();
    const qint64 match = m_view->currentMatch();
    QString text;
    if (!m_search->errorText().isEmpty() && count == 0)
        text.clear();
    else if (match >= 0 && m_search->matches().contains(match))
        text = tr("%1 of %2").arg(locale.toString(m_search->matches().rank(match) + 1), locale.toString(count));
    else if (count == 0 && !m_search->isRunning())
        text = tr("No match");
    else
        text = tr("%n match(es)", nullptr, int(std::min<qint64>(count, 2'000'000'000)));
    if (m_search->isRunning() && m_search->progress() < 1)
        text += u" · %1 %"_s.arg(int(m_search->progress() * 100));
    m_searchBar->setCount(text);
}

void LogViewer::problemsChanged()
{
    if (m_errors && m_warnings)
        m_view->marks()->setProblems(m_errors->matches(), m_warnings->matches());
}

void LogViewer::setMatch(qint64 row)
{
    m_origin = -1;
    m_view->goTo(row);
    m_view->setCurrentMatch(row);
    searchChanged();
}

void LogViewer::next(bool backward)
{
    if (!m_search || m_search->query().isEmpty()) {
        openSearch();
        return;
    }
    const logs::RowSet &found = m_search->matches();
    const qint64 match = m_view->currentMatch();
    const qint64 here = match >= 0 ? match : m_view->caret() >= 0 ? m_view->caret() : -1;
    qint64 row = -1;
    if (here < 0) {
        const qint64 top = m_view->top().row;
        row = backward ? found.previous(top + m_view->visibleLines() - 1) : found.next(top);
    } else {
        row = backward ? m_search->previous(here) : m_search->next(here);
    }
    QString said;
    if (row < 0 && found.count() > 0) {
        row = backward ? found.previous(m_view->rowCount()) : found.next(0);
        said = backward ? tr("Went on from the end") : tr("Went on from the begin");
    }
    if (row >= 0)
        setMatch(row);
    note(row >= 0 ? said : QString());
}

void LogViewer::nextProblem(bool backward)
{
    if (!m_warnings)
        return;
    const qint64 here = m_view->caret();
    const logs::RowSet &found = m_warnings->matches();
    qint64 row = -1;
    if (here < 0)
        row = backward ? found.previous(m_view->top().row + m_view->visibleLines() - 1) : found.next(m_view->top().row);
    else
        row = backward ? m_warnings->previous(here) : m_warnings->next(here);
    if (row >= 0) {
        m_view->goTo(row);
        note({});
    } else {
        note(found.isEmpty() ? tr("No warning and no error in this log")
                : backward   ? tr("No warning and no error before this line")
                             : tr("No warning and no error after this line"));
    }
}

void LogViewer::showLine(qint64 line, const QString &text)
{
    m_locator.reset();
    m_wanted.reset();
    if (line <= 0)
        return;
    m_wanted = {line, text};
    if (!m_document)
        return;
    if (!text.isEmpty()) {
        m_locator = std::make_unique<logs::Search>(m_document.get());
        connect(m_locator.get(), &logs::Search::changed, this, &LogViewer::locate);
        m_locator->start({.kind = logs::Query::Kind::Literal, .text = text, .caseSensitive = true});
    } else {
        connect(m_document.get(), &logs::Document::grew, this, &LogViewer::locate, Qt::UniqueConnection);
    }
    locate();
}

/// Of several attempts the latest. A line that reads so stands for the one of that number when that is not kept.
void LogViewer::locate()
{
    if (!m_wanted || !m_document)
        return;
    const auto [line, text] = *m_wanted;
    constexpr int attempts = 2000;
    qint64 found = -1;
    if (m_locator) {
        const logs::RowSet &rows = m_locator->matches();
        qint64 row = rows.previous(m_document->rowCount());
        for (int i = 0; i < attempts && row >= 0 && found < 0; ++i) {
            const QList<logs::Row> one = m_document->rows(row, 1, 1);
            if (!one.isEmpty() && one.first().line == line - 1)
                found = row;
            row = row > 0 ? rows.previous(row - 1) : -1;
        }
        // The number never comes: what is kept begins later than the log did.
        const bool passed = !m_locator->isRunning() && m_document->rowCount() >= line;
        row = passed ? rows.previous(m_document->rowCount()) : -1;
        for (int i = 0; i < attempts && row >= 0 && found < 0; ++i) {
            const QList<logs::Row> one = m_document->rows(row, 1);
            if (!one.isEmpty() && one.first().text.trimmed() == text.trimmed().toUtf8())
                found = row;
            row = row > 0 ? rows.previous(row - 1) : -1;
        }
    } else {
        // Dividers and other sources stand between; a row is never before its line's number.
        for (qint64 row = line - 1; row < std::min(m_document->rowCount(), line + attempts) && found < 0; row += 64) {
            const QList<logs::Row> rows = m_document->rows(row, 64, 1);
            for (qsizetype i = 0; i < rows.size(); ++i) {
                if (rows.at(i).line == line - 1)
                    found = row + i;
            }
        }
    }
    if (found < 0)
        return;
    m_wanted.reset();
    if (m_locator)
        m_locator.release()->deleteLater(); // it may be what calls
    if (m_filtered || m_levels)
        closeBar(m_filterBar);
    m_view->goTo(shownRow(found));
    refreshStatus();
}

} // namespace ui
