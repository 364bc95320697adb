// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The centre of the window: headline, trouble, and either the board (stepper, nodes, timeline) or the empty state that
/// says what is instead. Shows values, sends wishes.
#pragma once

#include "ui/emptystate.h"
#include "ui/selection.h"
#include "ui/trouble.h"

#include <QSet>
#include <QWidget>

class QLabel;
class QSplitter;
class QStackedWidget;
class QTabBar;

namespace ui {

class BoardMenu;
class ChecksView;
class HeaderView;
class MessageStrip;
class NodeTable;
class PastBar;
class PastList;
class Settings;
class Stepper;
class Tick;
class Timeline;
class VerdictPanel;
class Workspace;

class BoardView : public QWidget {
    Q_OBJECT
public:
    BoardView(Workspace &workspace, Tick &tick, Selection &selection, Settings &settings, QWidget *parent = nullptr);
    void refresh();

    [[nodiscard]] HeaderView *header() const { return m_header; }
    [[nodiscard]] Stepper *stepper() const { return m_stepper; }
    [[nodiscard]] NodeTable *nodes() const { return m_nodes; }
    [[nodiscard]] Timeline *timeline() const { return m_timeline; }
    [[nodiscard]] MessageStrip *strip() const { return m_strip; }
    [[nodiscard]] EmptyState *empty() const { return m_empty; }
    [[nodiscard]] bool showsBoard() const;
    /// The menu of the board's items.
    [[nodiscard]] BoardMenu *menu() const { return m_menu; }
    [[nodiscard]] QTabBar *tabs() const { return m_tabs; }
    [[nodiscard]] VerdictPanel *verdictPanel() const { return m_verdictPanel; }
    /// The reasons of the verdict under the headline.
    void showVerdict(bool open);
    [[nodiscard]] ChecksView *checks() const { return m_checks; }
    /// The page of pre-checks of the current cluster in the place of the board.
    void showChecks(bool open);
    [[nodiscard]] bool showsChecks() const { return !m_checksFor.isEmpty(); }
    [[nodiscard]] bool mayCheck() const; ///< a cluster is connected, and it is not the past
    [[nodiscard]] PastBar *pastBar() const { return m_pastBar; }
    /// What was kept of upgrades, under the board of a cluster at rest.
    [[nodiscard]] PastList *pastList() const { return m_pastList; }

Q_SIGNALS:
    void shownChanged();
    /// What a screen reader was just told; `urgent` interrupts it.
    void announced(const QString &text, bool urgent);
    void emptyAction(const QString &action);
    void pastChosen(const QString &folder);
    void troubleAction(ui::Trouble::Action action);
    void logWanted(const upgrade::ObjectRef &job);
    void evidenceWanted(const upgrade::Evidence &evidence);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refreshTrouble();
    void refreshVerdict();
    void followChecks();
    void goTo(const upgrade::ObjectRef &object);
    void refreshPastList();
    void announce(const upgrade::Board &board);
    void settleLower();
    void settleStepper();
    void settleSplit();
    void retranslate();

    Workspace &m_workspace;
    Tick &m_tick;
    Selection &m_selection;
    HeaderView *m_header;
    MessageStrip *m_strip;
    VerdictPanel *m_verdictPanel;
    ChecksView *m_checks;
    bool m_verdictOpen = false;
    QString m_checksFor; ///< context whose checks are shown; empty: the board is
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QWidget *m_board;
    Stepper *m_stepper;
    QTabBar *m_tabs;
    QSplitter *m_lower;
    NodeTable *m_nodes;
    Timeline *m_timeline;
    QWidget *m_timelineBox;
    BoardMenu *m_menu;
    PastBar *m_pastBar;
    QWidget *m_pastBox;
    QLabel *m_pastTitle;
    PastList *m_pastList;
    QString m_pastFor;                                    ///< context the list was read for
    upgrade::State m_toldState = upgrade::State::Unknown; ///< last said to a screen reader
    QString m_toldUpgrade;
    QSet<QString> m_toldNodes; ///< nodes known to be done
    bool m_splitMoved = false; ///< the person chose the shares
};

} // namespace ui
