// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logviewer.h"

#include "logs/filtereddocument.h"
#include "logs/search.h"
#include "ui/elidedlabel.h"
#include "ui/logmarks.h"
#include "ui/logrulesdialog.h"
#include "ui/logsaver.h"
#include "ui/logsearchbar.h"
#include "ui/settings.h"

#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSplitter>
#include <QToolButton>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

LogViewer::~LogViewer()
{
    // Who listens may be half gone already.
    m_view->blockSignals(true);
    m_list->blockSignals(true);
    m_view->setDocument(nullptr);
    m_list->setDocument(nullptr);
}

void LogViewer::setDocument(std::unique_ptr<logs::Document> document, const Options &options)
{
    m_view->setDocument(nullptr);
    m_list->setDocument(nullptr);
    m_matches.reset();
    m_search.reset();
    m_warnings.reset();
    m_errors.reset();
    m_locator.reset();
    m_wanted.reset();
    m_filtered.reset();
    m_levels.reset();
    m_document = std::move(document);
    m_options = options;
    m_note.clear();
    m_view->setSyntax(options.syntax);
    m_list->setSyntax(options.syntax);
    if (m_document) {
        connect(m_document.get(), &logs::Document::stateChanged, this, &LogViewer::refreshStatus);
        connect(m_document.get(), &logs::Document::grew, this, &LogViewer::refreshStatus);
    }
    applyFilter();
    m_view->setDocument(m_shown, options.start);
}

void LogViewer::applyFilter()
{
    // Where the person looks stays in sight, as far as it is shown at all.
    const bool following = m_view->isFollowing();
    const qint64 seen = baseRow(m_view->caret() >= 0 ? m_view->caret() : m_view->top().row);
    m_view->setDocument(nullptr);
    m_list->setDocument(nullptr);
    m_matches.reset();
    m_search.reset();
    m_warnings.reset();
    m_errors.reset();
    m_filtered.reset();
    m_levels.reset();
    m_shown = m_document.get();
    QString error;
    if (m_document && m_filterBar->level() != logs::Level::None) {
        m_levels = std::make_unique<logs::FilteredDocument>(m_shown);
        logs::FilteredDocument::Filter filter;
        filter.include.append({.kind = logs::Query::Kind::Level, .text = {}, .level = m_filterBar->level()});
        m_levels->setFilter(filter);
        m_shown = m_levels.get();
    }
    const logs::FilteredDocument::Filter filter = m_filterBar->filter();
    if (m_document && (!filter.include.isEmpty() || !filter.exclude.isEmpty())) {
        m_filtered = std::make_unique<logs::FilteredDocument>(m_shown);
        if (m_filtered->setFilter(filter)) {
            m_shown = m_filtered.get();
        } else {
            error = m_filtered->errorText();
            m_filtered.reset();
        }
    }
    m_filterBar->setError(error);
    show(following ? LogView::Start::End : LogView::Start::Begin);
    if (!following && seen >= 0)
        m_view->showRow(shownRow(seen));
}

void LogViewer::show(LogView::Start start)
{
    m_view->setDocument(m_shown, start);
    m_view->marks()->setMatches({});
    m_view->marks()->setProblems({}, {});
    if (m_shown && m_shown != m_document.get())
        connect(m_shown, &logs::Document::stateChanged, this, &LogViewer::refreshStatus);
    if (m_shown && m_options.syntax == Highlight::Kind::Log) {
        m_warnings = std::make_unique<logs::Search>(m_shown);
        m_errors = std::make_unique<logs::Search>(m_shown);
        for (logs::Search *search : {m_warnings.get(), m_errors.get()})
            connect(search, &logs::Search::changed, this, &LogViewer::problemsChanged);
        m_errors->start({.kind = logs::Query::Kind::Level, .text = {}, .level = logs::Level::Error});
        m_warnings->start({.kind = logs::Query::Kind::Level, .text = {}, .level = logs::Level::Warning});
    }
    startSearch();
    refreshStatus();
}

qint64 LogViewer::baseRow(qint64 row) const
{
    if (m_filtered && m_shown == m_filtered.get())
        row = m_filtered->baseRow(row);
    return row >= 0 && m_levels ? m_levels->baseRow(row) : row;
}

qint64 LogViewer::shownRow(qint64 baseRow) const
{
    qint64 row = baseRow;
    if (m_levels)
        row = m_levels->rowOf(row);
    if (m_filtered && m_shown == m_filtered.get())
        row = m_filtered->rowOf(row);
    return m_shown && row >= 0 ? std::min(row, m_shown->rowCount() - 1) : -1;
}

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

void LogViewer::showList(bool on)
{
    m_list->setVisible(on);
    if (!on || !m_search) {
        m_list->setDocument(nullptr);
        m_matches.reset();
        return;
    }
    if (!m_matches)
        m_matches = std::make_unique<logs::FilteredDocument>(m_shown);
    m_matches->setSearch(m_search.get(), m_searchBar->context());
    m_list->setDocument(m_matches.get(), LogView::Start::Begin);
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

void LogViewer::setState(const QStringList &parts, std::optional<Tone> tone, const QStringList &details)
{
    m_state = parts;
    m_tone = tone;
    m_status->setDetails(details);
    refreshStatus();
}

void LogViewer::note(const QString &text)
{
    m_note = text;
    refreshStatus();
}

void LogViewer::refreshStatus()
{
    QStringList parts = m_state;
    if (m_document) {
        const QLocale locale;
        const qint64 rows = m_document->rowCount();
        if (rows > 0 && m_shown && m_shown != m_document.get())
            parts.append(tr("%1 of %2 lines shown").arg(locale.toString(m_shown->rowCount()), locale.toString(rows)));
        else if (rows > 0)
            parts.append(tr("%n line(s)", nullptr, int(std::min<qint64>(rows, 2'000'000'000))));
        if (!m_document->isComplete() && m_document->progress() > 0)
            parts.append(tr("counted %1 %").arg(int(m_document->progress() * 100)));
        if (!m_document->errorText().isEmpty())
            parts.append(m_document->errorText());
    }
    if (!m_note.isEmpty())
        parts.append(m_note);
    m_status->setTone(m_document && !m_document->errorText().isEmpty() ? std::optional(Tone::Failed) : m_tone);
    m_status->setText(parts.join(u" · "_s));
    m_follow->setEnabled(!m_view->isFollowing());
}

void LogViewer::closeBar(QWidget *bar)
{
    bar->hide();
    if (bar == m_searchBar) {
        m_find->setChecked(false);
        m_searchBar->list()->setChecked(false);
        startSearch();
    } else {
        m_filter->setChecked(false);
        m_filterBar->clear();
    }
    m_view->setFocus();
}

void LogViewer::editRules()
{
    auto *dialog = new LogRulesDialog(loadRules(m_settings), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LogRulesDialog::rulesChanged, this, [this](const QList<LogRule> &rules) {
        saveRules(m_settings, rules);
        m_view->setRules(rules);
        m_list->setRules(rules);
    });
    dialog->open();
}

void LogViewer::save(bool stamps)
{
    if (!m_document || m_saver->isRunning())
        return;
    auto *dialog = new QFileDialog(this, tr("Save the whole log"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(m_options.saveName.isEmpty() ? u"upgrade.log"_s : m_options.saveName);
    connect(dialog, &QFileDialog::fileSelected, this, [this, stamps](const QString &path) {
        if (m_document)
            m_saver->start(m_document->content(), path,
                {.stamps = stamps, .escapes = true, .sourceNames = m_document->content()->sources().size() > 1});
    });
    dialog->open();
}

} // namespace ui
