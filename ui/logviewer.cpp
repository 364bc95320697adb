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
#include <utility>

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
    m_shown = m_document.get();
    m_options = options;
    m_note.clear();
    m_view->setSyntax(options.syntax);
    m_list->setSyntax(options.syntax);
    const bool isLog = options.syntax == Highlight::Kind::Log;
    for (QToolButton *button : {m_previousProblem, m_nextProblem, m_timesButton, m_follow})
        button->setVisible(isLog);
    m_saveStamped->setVisible(isLog);
    retranslate();
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
    const bool selected = m_view->caret() >= 0;
    const qint64 seen = baseRow(selected ? m_view->caret() : m_view->top().row);
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
    m_place = following ? -1 : seen;
    m_placeSelected = selected;
    settlePlace();
}

/// A filter finds its rows in the background: what was looked at comes into view when it is among them.
void LogViewer::settlePlace()
{
    if (m_place < 0 || !m_shown)
        return;
    if (m_view->top().row > 0 || m_view->caret() >= 0) {
        m_place = -1; // the person went somewhere meanwhile
        return;
    }
    const qint64 row = shownRow(m_place);
    if (m_shown->isComplete() || baseRow(row) >= m_place) {
        const bool same = std::exchange(m_place, -1) == baseRow(row);
        // The line that was selected is selected again where it is shown still.
        if (same && std::exchange(m_placeSelected, false))
            m_view->goTo(row);
        else
            m_view->showRow(row);
    }
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
