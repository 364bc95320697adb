// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A document with everything around it: search, filters, the list of all matches, highlight rules, saving. The log
/// pane, the window of a file and that of an object are made of one.
#pragma once

#include "logs/document.h"
#include "ui/logview.h"
#include "ui/statecolours.h"

#include <QPointer>
#include <QWidget>

#include <memory>
#include <optional>

class QAction;
class QHBoxLayout;
class QMenu;
class QProgressBar;
class QSplitter;
class QToolButton;

namespace logs {
class FilteredDocument;
class Search;
} // namespace logs

namespace ui {

class ElidedLabel;
class LogFilterBar;
class LogSaver;
class LogSearchBar;
class Settings;

class LogViewer : public QWidget {
    Q_OBJECT
public:
    explicit LogViewer(Settings &settings, QWidget *parent = nullptr);
    ~LogViewer() override;

    struct Options {
        LogView::Start start = LogView::Start::End;
        Highlight::Kind syntax = Highlight::Kind::Log;
        QString saveName; ///< proposed file name
    };
    /// Filters and search stay and apply to it. Null: nothing.
    void setDocument(std::unique_ptr<logs::Document> document, const Options &options);
    void setDocument(std::unique_ptr<logs::Document> document) { setDocument(std::move(document), Options{}); }
    /// The whole one, whatever is filtered.
    [[nodiscard]] logs::Document *document() const { return m_document.get(); }

    [[nodiscard]] LogView *view() const { return m_view; }
    [[nodiscard]] LogView *matchList() const { return m_list; }
    [[nodiscard]] LogSearchBar *searchBar() const { return m_searchBar; }
    [[nodiscard]] LogFilterBar *filterBar() const { return m_filterBar; }
    [[nodiscard]] ElidedLabel *title() const { return m_title; }
    [[nodiscard]] ElidedLabel *status() const { return m_status; }
    [[nodiscard]] const logs::Search *search() const { return m_search.get(); }
    [[nodiscard]] LogSaver *saver() const { return m_saver; }
    /// For widgets of the owner, after the title.
    [[nodiscard]] QHBoxLayout *bar() const { return m_bar; }

    /// Line `line` (from 1) of one container that reads `text` (empty: any), as soon as it is there.
    void showLine(qint64 line, const QString &text);
    /// What showLine() still waits for.
    [[nodiscard]] const std::optional<std::pair<qint64, QString>> &wantedLine() const { return m_wanted; }
    void openSearch();
    void setQuery(const QString &text);
    void next(bool backward);
    void nextProblem(bool backward);
    /// The place in the whole document of a row of the view, and back; -1: not shown.
    [[nodiscard]] qint64 baseRow(qint64 row) const;
    [[nodiscard]] qint64 shownRow(qint64 baseRow) const;
    /// What the owner knows of the log: "Following". Notes of the view's own stand behind it.
    void setState(const QStringList &parts, std::optional<Tone> tone = {}, const QStringList &details = {});
    void save(bool stamps);

Q_SIGNALS:
    void openFileWanted();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildBar();
    void buildMenu();
    void shortcut(const QKeySequence &keys, const std::function<void()> &action);
    void show(LogView::Start start);
    void applyFilter();
    void settlePlace();
    void startSearch();
    void searchChanged();
    void problemsChanged();
    void showList(bool on);
    void setMatch(qint64 row);
    void setTimes(LogTimes times);
    void closeBar(QWidget *bar);
    void locate();
    void refreshStatus();
    void editRules();
    void savingChanged();
    void retranslate();
    void note(const QString &text);

    Settings &m_settings;
    std::unique_ptr<logs::Document> m_document;
    std::unique_ptr<logs::FilteredDocument> m_levels;   ///< over m_document; null: all levels
    std::unique_ptr<logs::FilteredDocument> m_filtered; ///< over m_levels or m_document; null: no filter
    logs::Document *m_shown = nullptr;
    std::unique_ptr<logs::Search> m_search, m_warnings, m_errors, m_locator;
    std::unique_ptr<logs::FilteredDocument> m_matches; ///< what the list shows
    Options m_options;
    qint64 m_place = -1; ///< in the document: comes into view when the filter has got so far; -1: it is there
    bool m_placeSelected = false;
    qint64 m_origin = -1; ///< search as you type goes to the first match from here on; -1: it stays
    std::optional<std::pair<qint64, QString>> m_wanted;
    QStringList m_state;
    std::optional<Tone> m_tone;
    QString m_note;

    QHBoxLayout *m_bar;
    ElidedLabel *m_title;
    LogSearchBar *m_searchBar;
    LogFilterBar *m_filterBar;
    LogView *m_view;
    LogView *m_list;
    QSplitter *m_split;
    ElidedLabel *m_status;
    QProgressBar *m_progress;
    QToolButton *m_cancel;
    QToolButton *m_find, *m_filter, *m_previousProblem, *m_nextProblem, *m_timesButton, *m_wrap, *m_more, *m_follow;
    QMenu *m_timesMenu, *m_moreMenu;
    QList<QAction *> m_timeActions;
    QAction *m_saveAction, *m_saveStamped, *m_openAction, *m_rulesAction, *m_larger, *m_smaller, *m_usual;
    LogSaver *m_saver;
};

} // namespace ui
