// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/boardview.h"

#include "ui/boardmenu.h"
#include "ui/checksview.h"
#include "ui/emptytexts.h"
#include "ui/fade.h"
#include "ui/headerview.h"
#include "ui/historylink.h"
#include "ui/keeping.h"
#include "ui/messagestrip.h"
#include "ui/nodemodel.h"
#include "ui/nodetable.h"
#include "ui/pastbar.h"
#include "ui/pastlist.h"
#include "ui/statecolours.h"
#include "ui/stepper.h"
#include "ui/tick.h"
#include "ui/timeline.h"
#include "ui/verdictchip.h"
#include "ui/verdictpanel.h"
#include "ui/wording.h"
#include "ui/workspace.h"
#include "upgrade/boardtext.h"

#include <QAccessible>
#include <QEvent>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
/// Nodes and timeline stand over each other where so many rows and a few lanes fit; else they share one place behind
/// tabs.
constexpr int rowsBeside = 4;
constexpr int lanesBeside = 124;
/// What must be left under a vertical stepper: the bar, some rows, a few lanes.
constexpr int underVertical = 360;

/// Cleaning up after a failure is no success on the timeline either.
QList<upgrade::TimelineBar> shownBars(const upgrade::Board &board)
{
    QList<upgrade::TimelineBar> bars = board.timeline;
    for (const upgrade::Phase &phase : board.phases) {
        if (!phase.afterFailure)
            continue;
        const QString lane = u"phase:%1"_s.arg(int(phase.id));
        for (upgrade::TimelineBar &bar : bars) {
            if (bar.lane == lane && bar.shape == upgrade::TimelineBar::Shape::Bar) {
                bar.state = upgrade::State::Unknown;
                bar.label = phaseState(phase);
            }
        }
    }
    return bars;
}
} // namespace

BoardView::BoardView(Workspace &workspace, Tick &tick, Selection &selection, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_tick(tick)
    , m_selection(selection)
    , m_header(new HeaderView(tick))
    , m_strip(new MessageStrip)
    , m_verdictPanel(new VerdictPanel)
    , m_checks(new ChecksView)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_board(new QWidget)
    , m_stepper(new Stepper(tick, selection))
    , m_tabs(new QTabBar)
    , m_lower(new QSplitter(Qt::Vertical))
    , m_nodes(new NodeTable(tick, selection, settings))
    , m_timeline(new Timeline(tick, selection))
    , m_timelineBox(new QWidget)
    , m_menu(new BoardMenu(m_header, m_stepper, m_nodes, m_timeline, this))
    , m_pastBar(new PastBar)
    , m_pastBox(new QWidget)
    , m_pastTitle(new QLabel)
    , m_pastList(new PastList)
{
    setObjectName(u"board"_s);
    m_board->installEventFilter(this);
    m_nodes->setMinimumHeight(80);
    m_timelineBox->setMinimumHeight(80);
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->addTab({});
    m_tabs->addTab({});
    m_tabs->setObjectName(u"lowerTabs"_s);
    auto *box = new QVBoxLayout(m_timelineBox);
    box->setContentsMargins({});
    box->addWidget(m_timeline);
    m_lower->addWidget(m_nodes);
    m_lower->addWidget(m_timelineBox);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_pastTitle->setFont(strong);
    m_pastTitle->setContentsMargins(16, 8, 16, 4);
    auto *pastColumn = new QVBoxLayout(m_pastBox);
    pastColumn->setContentsMargins({});
    pastColumn->setSpacing(0);
    pastColumn->addWidget(m_pastTitle);
    pastColumn->addWidget(m_pastList, 1);
    m_pastBox->setMinimumHeight(110);
    m_pastBox->hide();
    m_lower->addWidget(m_pastBox);
    m_lower->setChildrenCollapsible(false);
    m_lower->setStretchFactor(0, 3);
    m_lower->setStretchFactor(1, 2);

    auto *board = new QVBoxLayout(m_board);
    board->setContentsMargins({});
    board->setSpacing(0);
    auto *rail = new QVBoxLayout;
    rail->setContentsMargins(4, 0, 4, 4);
    rail->addWidget(m_stepper);
    board->addLayout(rail);
    // One row for the tabs or the title, the filter and the columns: height is what small screens lack.
    static_cast<QBoxLayout *>(m_nodes->bar()->layout())->insertWidget(0, m_tabs);
    board->addWidget(m_nodes->bar());
    board->addWidget(m_lower, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_board);
    m_stack->addWidget(m_checks);
    m_verdictPanel->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_pastBar);
    column->addWidget(m_header);
    column->addWidget(m_verdictPanel);
    column->addWidget(m_strip);
    column->addSpacing(4);
    column->addWidget(m_stack, 1);

    connect(m_empty, &EmptyState::triggered, this, &BoardView::emptyAction);
    connect(m_pastBar, &PastBar::left, &m_workspace, &Workspace::leavePast);
    connect(m_pastBar, &PastBar::wanted, this, [this](const QDateTime &at) {
        if (HistoryLink *past = m_workspace.past())
            past->showMoment(at);
    });
    connect(m_pastList, &PastList::chosen, this, &BoardView::pastChosen);
    connect(m_pastList->model(), &PastModel::loaded, this, &BoardView::settleLower);
    connect(&m_workspace, &Workspace::pastChanged, this, &BoardView::refresh);
    connect(m_header->verdict(), &VerdictChip::clicked, this, [this] { showVerdict(!m_verdictOpen); });
    connect(m_verdictPanel, &VerdictPanel::closed, this, [this] { showVerdict(false); });
    connect(m_verdictPanel, &VerdictPanel::objectWanted, this, &BoardView::goTo);
    connect(m_verdictPanel, &VerdictPanel::checksWanted, this, [this] { showChecks(true); });
    connect(m_checks, &ChecksView::closed, this, [this] { showChecks(false); });
    connect(m_strip, &MessageStrip::triggered, this, &BoardView::troubleAction);
    connect(m_nodes, &NodeTable::logWanted, this,
        [this](const QString &, const upgrade::ObjectRef &job) { Q_EMIT logWanted(job); });
    connect(m_header, &HeaderView::evidenceWanted, this,
        [this](const upgrade::Evidence &evidence, const QString &node, upgrade::PhaseId phase) {
            node.isEmpty() ? m_selection.selectPhase(phase) : m_selection.selectNode(node);
            Q_EMIT evidenceWanted(evidence);
        });
    connect(m_menu, &BoardMenu::logWanted, this, &BoardView::logWanted);
    connect(m_lower, &QSplitter::splitterMoved, this, [this] { m_splitMoved = true; });
    connect(m_tabs, &QTabBar::currentChanged, this, &BoardView::settleLower);
    connect(&m_tick, &Tick::ticked, this, &BoardView::refreshTrouble);
    connect(&m_workspace, &Workspace::contextsChanged, this, &BoardView::refresh);
    connect(&m_workspace, &Workspace::currentChanged, this, &BoardView::refresh);
    connect(&m_workspace, &Workspace::stateChanged, this, [this](const QString &context) {
        if (context == m_workspace.current() && !m_workspace.past())
            refresh();
    });
    retranslate();
    refresh();
}

void BoardView::announce(const upgrade::Board &board)
{
    QSet<QString> done;
    for (const upgrade::NodeRow &node : board.nodes) {
        if (node.state == upgrade::State::Succeeded)
            done.insert(node.name);
    }
    const QSet<QString> before = std::exchange(m_toldNodes, done);
    const upgrade::State stateBefore = std::exchange(m_toldState, board.state);
    // What was so when we came is not news.
    if (std::exchange(m_toldUpgrade, board.upgrade.uid) != board.upgrade.uid || board.upgrade.uid.isEmpty())
        return;
    const auto say = [this](const QString &text, QAccessible::AnnouncementPoliteness politeness) {
        QAccessibleAnnouncementEvent event(this, text);
        event.setPoliteness(politeness);
        QAccessible::updateAccessibility(&event); // says nothing while no reader listens
        Q_EMIT announced(text, politeness == QAccessible::AnnouncementPoliteness::Assertive);
    };
    for (const QString &name : std::as_const(done)) {
        if (!before.contains(name))
            say(tr("Node %1 is done.").arg(name), QAccessible::AnnouncementPoliteness::Polite);
    }
    if (stateBefore == board.state)
        return;
    const bool urgent = board.state == upgrade::State::Failed || board.state == upgrade::State::Stuck;
    say(tr("Upgrade: %1.").arg(upgrade::stateTitle(board.state)),
        urgent ? QAccessible::AnnouncementPoliteness::Assertive : QAccessible::AnnouncementPoliteness::Polite);
}

bool BoardView::showsBoard() const
{
    return m_stack->currentWidget() == m_board;
}

void BoardView::refresh()
{
    const QString &name = m_workspace.current();
    const kube::Context *context = m_workspace.currentContext();
    HistoryLink *past = m_workspace.past();
    const session::ClusterState &state = m_workspace.shownState();
    m_tick.setAhead(state.clockAhead);
    m_tick.setMoment(state.pastMoment);
    const bool connected = m_workspace.link(name) != nullptr;
    followChecks();
    const auto empty = past ? emptyTextForPast(*past)
                            : emptyTextFor(m_workspace.kubeconfig(), m_workspace.isLoaded(), context, connected, state,
                                  m_workspace.missing());
    m_pastBar->present(past, name);
    m_header->setVisible(past ? !empty : context && connected);
    session::ClusterState shownState = state;
    if (!past)
        shownState.context = name;
    m_header->present(shownState, m_workspace.isDemo());
    refreshVerdict();
    const QWidget *before = m_stack->currentWidget();
    if (empty) {
        m_empty->present(*empty);
    } else {
        const upgrade::Board &board = state.board;
        m_stepper->setPhases(board.phases);
        m_stepper->setVisible(!board.phases.isEmpty());
        m_nodes->setBoard(board);
        m_timeline->setBars(shownBars(board), board.started, board.finished);
        settleLower();
        if (!past)
            announce(board);
    }
    m_stack->setCurrentWidget(showsChecks() ? static_cast<QWidget *>(m_checks) : empty ? m_empty : m_board);
    refreshPastList();
    if (m_stack->currentWidget() != before)
        Fade::in(m_stack->currentWidget());
    refreshTrouble();
    Q_EMIT shownChanged();
}

/// Read when a cluster at rest comes into view, not at every state of it.
void BoardView::refreshPastList()
{
    const bool wanted = !m_workspace.past() && showsBoard()
        && m_workspace.shownState().board.presence == upgrade::Board::Presence::NoUpgrade;
    const QString whose = wanted ? m_workspace.current() : QString();
    if (whose == m_pastFor)
        return;
    m_pastFor = whose;
    if (wanted)
        m_pastList->load(m_workspace.evidenceRoot());
}

void BoardView::refreshTrouble()
{
    if (m_workspace.past()) {
        m_strip->present({});
        return;
    }
    const kube::Context *context = m_workspace.currentContext();
    if (!context || !m_workspace.link(m_workspace.current())) {
        m_strip->present({});
        return;
    }
    const kube::ExecConfig *plugin = context->config && context->config->exec ? &*context->config->exec : nullptr;
    const session::ClusterState &state = m_workspace.state(m_workspace.current());
    const Trouble trouble = troubleOf(state, plugin, m_tick.wall());
    m_strip->present(trouble.headline.isEmpty() ? keepingTrouble(state) : trouble);
}

void BoardView::settleStepper()
{
    m_stepper->setMayBeVertical(m_board->height() >= m_stepper->verticalHeight() + underVertical);
}

void BoardView::settleLower()
{
    settleStepper();
    const upgrade::Board &shown = m_workspace.shownState().board;
    const bool upgrade = shown.presence == upgrade::Board::Presence::Upgrade;
    const int room = m_board->height() - (m_stepper->isVisibleTo(m_board) ? m_stepper->height() + 4 : 0)
        - m_nodes->bar()->sizeHint().height();
    const bool both = room >= m_nodes->heightFor(rowsBeside) + lanesBeside;
    const bool tabbed = upgrade && !both;
    const bool nodes = !tabbed || m_tabs->currentIndex() == 0;
    m_tabs->setVisible(tabbed);
    m_nodes->setTitleVisible(!tabbed);
    m_nodes->setToolsVisible(nodes);
    m_nodes->setVisible(nodes);
    m_timelineBox->setVisible(upgrade && (both || m_tabs->currentIndex() == 1));
    m_pastBox->setVisible(!upgrade && !m_workspace.past() && m_pastList->model()->rowCount() > 0);
    if (m_pastBox->isVisibleTo(m_lower)) {
        // Rows of nodes first, what is past under them.
        const int total = m_lower->height();
        const int rows = std::min(m_nodes->heightFor(m_nodes->model()->rowCount()) + 8, total / 2);
        if (m_lower->sizes().value(0) != rows && !m_splitMoved)
            m_lower->setSizes({rows, 0, total - rows});
    }
    if (upgrade && both)
        settleSplit();
}

void BoardView::settleSplit()
{
    if (m_splitMoved)
        return;
    // As many rows as there are nodes, but the timeline keeps its share.
    const int total = m_lower->height();
    const int least = m_nodes->heightFor(rowsBeside);
    const int nodes
        = std::clamp(m_nodes->heightFor(m_nodes->model()->rowCount()) + 8, least, std::max(least, total * 11 / 20));
    if (m_lower->sizes().value(0) != nodes)
        m_lower->setSizes({nodes, total - nodes});
}

void BoardView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    settleLower();
}

bool BoardView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_board && event->type() == QEvent::Resize)
        settleLower();
    return QWidget::eventFilter(watched, event);
}

void BoardView::retranslate()
{
    m_tabs->setTabText(0, tr("Nodes"));
    m_tabs->setTabText(1, tr("Timeline"));
    m_tabs->setAccessibleName(tr("Nodes or timeline"));
    m_pastTitle->setText(tr("Past upgrades"));
}

void BoardView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        refresh();
    }
    QWidget::changeEvent(event);
}

} // namespace ui
