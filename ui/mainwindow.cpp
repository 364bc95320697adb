// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow.h"

#include "kube/kubeconfigfeed.h"
#include "ui/boardview.h"
#include "ui/clustersview.h"
#include "ui/demoset.h"
#include "ui/emptytexts.h"
#include "ui/fade.h"
#include "ui/guidancepane.h"
#include "ui/guidanceview.h"
#include "ui/historylink.h"
#include "ui/icons.h"
#include "ui/keepingline.h"
#include "ui/language.h"
#include "ui/logpane.h"
#include "ui/messagestrip.h"
#include "ui/pastlist.h"
#include "ui/settings.h"
#include "ui/windowlayout.h"

#include <QClipboard>
#include <QCloseEvent>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLayout>
#include <QScreen>
#include <QSplitter>
#include <QStatusBar>
#include <QToolButton>
#include <QTreeView>

namespace ui {

using namespace Qt::StringLiterals;

MainWindow::MainWindow(LinkFactory factory, Settings &settings, Theme &theme, Language &language, QWidget *parent)
    : QMainWindow(parent)
    , m_settings(settings)
    , m_theme(theme)
    , m_language(language)
    , m_workspace(std::move(factory), settings)
    , m_clusters(new ClustersView(m_workspace))
    , m_board(new BoardView(m_workspace, m_tick, m_selection, settings))
    , m_logs(new LogPane(m_tick, m_selection, settings))
    , m_guidance(new GuidancePane(m_selection, language))
    , m_guidanceButton(new QToolButton)
    , m_keeping(new KeepingLine)
    , m_across(new QSplitter(Qt::Horizontal))
    , m_down(new QSplitter(Qt::Vertical))
{
    setObjectName(u"mainWindow"_s);
    const QRect available = screen() ? screen()->availableGeometry() : QRect();
    // What a window manager puts round the window is known only once it is shown; this is what most put.
    constexpr QMargins frame(2, 32, 2, 2);
    setMinimumSize(windowlayout::minimumFor(available, frame));
    m_down->addWidget(m_board);
    m_down->addWidget(m_logs);
    m_down->setStretchFactor(0, 3);
    m_down->setStretchFactor(1, 1);
    m_down->setChildrenCollapsible(false);
    m_across->addWidget(m_clusters);
    m_across->addWidget(m_down);
    m_across->addWidget(m_guidance);
    m_guidance->hide();
    m_across->setStretchFactor(1, 1);
    m_across->setChildrenCollapsible(false);
    m_logs->setMinimumHeight(110);
    for (QWidget *surface : std::initializer_list<QWidget *>{m_clusters, m_board, m_logs, m_guidance}) {
        surface->setBackgroundRole(QPalette::Base);
        surface->setAutoFillBackground(true);
    }
    m_clusters->setBackgroundRole(QPalette::Window);
    setCentralWidget(m_across);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(m_keeping, 1);
    m_guidanceButton->setObjectName(u"guidanceButton"_s);
    m_guidanceButton->setIcon(icon(u"guidance"_s));
    m_guidanceButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_guidanceButton->setAutoRaise(true);
    m_guidanceButton->setCheckable(true);
    statusBar()->addPermanentWidget(m_guidanceButton);
    resize(windowlayout::fitted(windowlayout::wanted, available, frame));
    connect(m_across, &QSplitter::splitterMoved, this, [this] { m_acrossMoved = true; });
    connect(m_down, &QSplitter::splitterMoved, this, [this] { m_downMoved = true; });
    makeActions();
    makeMenus();
    retranslate();

    connect(m_guidanceButton, &QToolButton::clicked, this, &MainWindow::showGuidance);
    connect(m_guidance, &GuidancePane::closeWanted, this, [this] { showGuidance(false); });
    connect(m_board, &BoardView::pastChosen, &m_workspace, &Workspace::showPast);
    connect(m_keeping, &KeepingLine::folderWanted, this, &MainWindow::openFolder);
    connect(&m_workspace, &Workspace::pastChanged, this, &MainWindow::followCurrent);
    connect(m_board, &BoardView::emptyAction, this, &MainWindow::onEmptyAction);
    connect(m_board, &BoardView::troubleAction, this, [this](Trouble::Action action) { onTroubleAction(int(action)); });
    connect(m_board, &BoardView::logWanted, this, [this](const upgrade::ObjectRef &job) {
        m_do.logs->setChecked(true);
        m_logs->showJob(job);
    });
    connect(m_board, &BoardView::evidenceWanted, this, [this](const upgrade::Evidence &evidence) {
        if (evidence.line > 0 || evidence.object.kind == upgrade::Kind::Job
            || evidence.object.kind == upgrade::Kind::Pod) {
            m_do.logs->setChecked(true);
            m_logs->showEvidence(evidence);
        } else {
            showObjects({.where = m_selection.value(), .first = evidence.object, .field = evidence.field});
        }
    });
    connect(m_board->menu(), &BoardMenu::objectsWanted, this, &MainWindow::showObjects);
    connect(m_logs, &LogPane::objectsWanted, this,
        [this](const QList<upgrade::ObjectRef> &objects) { openObjects(objects, {}); });
    connect(&m_workspace, &Workspace::currentChanged, this, &MainWindow::followCurrent);
    connect(&m_workspace, &Workspace::contextsChanged, this, &MainWindow::refreshActions);
    connect(&m_workspace, &Workspace::stateChanged, this, [this](const QString &context) {
        if (context == m_workspace.current() && !m_workspace.past())
            followCurrent();
    });
    connect(m_board, &BoardView::shownChanged, this, &MainWindow::settlePanels);
    restoreLayout();
    refreshActions();
    m_clusters->tree()->setFocus(Qt::OtherFocusReason);
}

MainWindow::~MainWindow()
{
    // Children look at the workspace until they are gone; members go after this body.
    delete takeCentralWidget();
}

void MainWindow::openKubeconfig(const QString &explicitFile, const QString &context)
{
    // The contexts of before stay until the others are there, but those of the demo have no server any more.
    if (m_demo)
        m_workspace.awaitKubeconfig();
    m_demo.reset();
    m_feed = std::make_unique<kube::KubeconfigFeed>();
    connect(m_feed.get(), &kube::KubeconfigFeed::loaded, this,
        [this, context, first = true](const kube::Kubeconfig &kubeconfig) mutable {
            m_workspace.setKubeconfig(kubeconfig);
            if (std::exchange(first, false))
                m_workspace.restore(context);
        });
    m_feed->follow(kube::kubeconfigFiles(explicitFile), !explicitFile.isEmpty());
    refreshActions();
}

void MainWindow::startDemo(const QString &context)
{
    m_workspace.remember();
    m_feed.reset();
    auto demo = std::make_unique<DemoSet>();
    if (!demo->start()) {
        statusBar()->showMessage(tr("The demo could not start: no port on 127.0.0.1 can be opened."), 10000);
        return;
    }
    m_workspace.setKubeconfig(demo->kubeconfig(), true);
    m_demo = std::move(demo);
    m_workspace.restore(context);
}

void MainWindow::followCurrent()
{
    const HistoryLink *past = m_workspace.past();
    // A past upgrade is no context: what is selected in it is its own, and no name of a context has a line break.
    const QString name = past ? u"\n"_s + past->folder() : m_workspace.current();
    const session::ClusterState &state = m_workspace.shownState();
    if (name != m_shownContext) {
        m_selections.insert(m_shownContext, m_selection.value());
        m_shownContext = name;
        m_logs->setLink(nullptr);
        m_selection.set(m_selections.value(name));
    }
    m_logs->setLink(m_workspace.shownLink());
    m_logs->setBoard(state.board);
    m_guidance->setBoard(name, state.board);
    m_keeping->present(keepingOf(state));
    refreshActions();
    const QString title = !past   ? m_workspace.current()
        : past->isBundle()        ? tr("%1, bundle", "a file").arg(QFileInfo(past->folder()).fileName())
        : state.context.isEmpty() ? tr("Past upgrade")
                                  : tr("%1, past upgrade", "a cluster").arg(state.context);
    setWindowTitle(title.isEmpty() ? u"Gleaner"_s : u"%1 — Gleaner"_s.arg(title));
}

void MainWindow::onEmptyAction(const QString &action)
{
    if (action == emptyaction::openFile)
        chooseKubeconfig();
    else if (action == emptyaction::demo)
        startDemo();
    else if (action == emptyaction::connectIt)
        m_workspace.connectTo(m_workspace.current());
    else if (action == emptyaction::disconnectIt)
        m_workspace.disconnectFrom(m_workspace.current());
    else if (action == emptyaction::leavePast)
        m_workspace.leavePast();
    else if (action == emptyaction::reload && m_feed)
        m_feed->reload();
}

void MainWindow::onTroubleAction(int action)
{
    const QString name = m_workspace.current();
    switch (Trouble::Action(action)) {
    case Trouble::Action::RetryNow:
        if (ClusterLink *link = m_workspace.link(name))
            link->retryNow();
        break;
    case Trouble::Action::CopyDetails:
        copyTroubleDetails();
        break;
    case Trouble::Action::AllowPlugin:
        m_workspace.allowPlugin(name);
        break;
    case Trouble::Action::CancelPlugin:
    case Trouble::Action::Disconnect:
        m_workspace.disconnectFrom(name);
        break;
    case Trouble::Action::OpenFolder:
        openFolder(m_workspace.state(name).evidence.folder);
        break;
    }
}

void MainWindow::openFolder(const QString &folder)
{
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder)))
        statusBar()->showMessage(tr("No program opens folders here. The folder is %1").arg(folder), 10000);
}

void MainWindow::showPastUpgrades()
{
    // One at a time; a second wish brings it to the front, read anew.
    delete findChild<PastDialog *>();
    auto *dialog = new PastDialog(m_workspace.evidenceRoot(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PastDialog::chosen, &m_workspace, &Workspace::showPast);
    dialog->show();
}

void MainWindow::copyTroubleDetails()
{
    QGuiApplication::clipboard()->setText(m_board->strip()->trouble().details);
    statusBar()->showMessage(tr("Details copied."), 3000);
}

void MainWindow::chooseKubeconfig()
{
    // Not modal: the window stays alive behind it.
    auto *dialog = new QFileDialog(this, tr("Open kubeconfig"), QDir::homePath() + u"/.kube"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) { openKubeconfig(file); });
    dialog->open();
}

void MainWindow::restoreLayout()
{
    if (const QByteArray geometry = m_settings.bytes(u"window/geometry"_s); !geometry.isEmpty())
        restoreGeometry(geometry);
    if (const QByteArray across = m_settings.bytes(u"window/across"_s); !across.isEmpty())
        m_acrossMoved = m_across->restoreState(across);
    if (const QByteArray down = m_settings.bytes(u"window/down"_s); !down.isEmpty())
        m_downMoved = m_down->restoreState(down);
    if (const QByteArray logs = m_settings.bytes(u"window/logs"_s); !logs.isEmpty())
        m_logs->splitter()->restoreState(logs);
    settlePanels();
}

void MainWindow::settlePanels()
{
    // No empty panel: logs belong to an upgrade.
    const upgrade::Board &board = m_workspace.shownState().board;
    const bool some = board.presence == upgrade::Board::Presence::Upgrade || !board.jobs.isEmpty();
    settleGuidance();
    const bool wanted = m_do.logs->isChecked() && m_board->showsBoard() && some;
    if (m_logs->isVisibleTo(m_down) != wanted) {
        m_logs->setVisible(wanted);
        settleSplitters();
        if (wanted)
            Fade::in(m_logs);
    }
}

/// The board comes first: what it would have too little room beside is not there unless it was asked for.
void MainWindow::settleGuidance()
{
    const bool wanted = m_settings.flag(u"window/showGuidance"_s, true);
    const bool clusters = m_settings.flag(u"window/showClusters"_s, true);
    const bool fits = windowlayout::guidanceFits(width(), clusters);
    const bool guidance = wanted && (fits || m_guidanceAsked);
    m_clusters->setVisible(clusters && (!guidance || fits));
    m_do.clusters->setChecked(clusters && (!guidance || fits));
    m_guidance->setVisible(guidance);
    m_do.guidance->setChecked(guidance);
    m_guidanceButton->setChecked(guidance);
}

void MainWindow::showGuidance(bool shown)
{
    m_guidanceAsked = shown;
    m_settings.setFlag(u"window/showGuidance"_s, shown);
    settleGuidance();
    settleSplitters();
    if (shown) {
        Fade::in(m_guidance);
        m_guidance->view()->setFocus(Qt::OtherFocusReason);
    }
}

void MainWindow::settleSplitters()
{
    if (!m_acrossMoved && m_across->width() > 0) {
        const int clusters = m_clusters->isVisibleTo(m_across) ? windowlayout::clustersWidth(width()) : 0;
        const int guidance = m_guidance->isVisibleTo(m_across) ? windowlayout::guidanceWidth(width()) : 0;
        m_across->setSizes({clusters, m_across->width() - clusters - guidance, guidance});
    }
    if (!m_downMoved && m_down->height() > 0) {
        const int logs = windowlayout::logsHeight(m_down->height());
        m_down->setSizes({m_down->height() - logs - m_down->handleWidth(), logs});
    }
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    // The central widget has its new size once the layout ran.
    layout()->activate();
    settleGuidance();
    settleSplitters();
}

void MainWindow::saveLayout()
{
    m_settings.setBytes(u"window/geometry"_s, saveGeometry());
    // Only what the person chose: the rest follows the size of the window.
    if (m_acrossMoved)
        m_settings.setBytes(u"window/across"_s, m_across->saveState());
    if (m_downMoved)
        m_settings.setBytes(u"window/down"_s, m_down->saveState());
    m_settings.setBytes(u"window/logs"_s, m_logs->splitter()->saveState());
    m_workspace.remember();
    m_settings.sync();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveLayout();
    event->accept();
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    m_tick.setRunning(true);
    settleGuidance();
    settleSplitters();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    m_tick.setRunning(false);
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        followCurrent();
        // Sentences about problems in the files were made in the other language.
        if (m_feed)
            m_feed->reload();
    }
    if (event->type() == QEvent::WindowStateChange)
        m_tick.setRunning(isVisible() && !isMinimized());
    QMainWindow::changeEvent(event);
}

} // namespace ui
