// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Menus of the main window: actions, their words, when they can be used.

#include "ui/mainwindow.h"

#include "kube/kubeconfigfeed.h"
#include "ui/boardobjects.h"
#include "ui/boardview.h"
#include "ui/clustersview.h"
#include "ui/demoset.h"
#include "ui/guidancepane.h"
#include "ui/icons.h"
#include "ui/language.h"
#include "ui/logpane.h"
#include "ui/logwindow.h"
#include "ui/objectwindow.h"
#include "ui/settings.h"
#include "ui/theme.h"

#include "version.h"

#include <QActionGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenuBar>
#include <QMessageBox>
#include <QStatusBar>
#include <QToolButton>

namespace ui {

using namespace Qt::StringLiterals;

void MainWindow::makeActions()
{
    const auto add = [this](const char *name, const QString &iconName = {}) {
        auto *action = new QAction(this);
        action->setObjectName(QLatin1StringView(name));
        if (!iconName.isEmpty())
            action->setIcon(icon(iconName));
        return action;
    };
    m_do.open = add("open", u"open"_s);
    m_do.open->setShortcut(QKeySequence::Open);
    m_do.openLog = add("openLog", u"log"_s);
    m_do.openLog->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_L));
    m_do.yaml = add("showYaml", u"list"_s);
    m_do.yaml->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Y));
    m_do.bundle = add("openBundle", u"file"_s);
    m_do.bundle->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O));
    m_do.reload = add("reload", u"refresh"_s);
    m_do.reload->setShortcut(QKeySequence::Refresh);
    m_do.demo = add("demo", u"demo"_s);
    m_do.past = add("pastUpgrades", u"clock"_s);
    m_do.past->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_H));
    m_do.quit = add("quit");
    m_do.quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    m_do.quit->setMenuRole(QAction::QuitRole);
    m_do.systemLanguage = add("systemLanguage");
    m_do.english = add("english");
    m_do.chinese = add("chinese");
    m_do.systemTheme = add("systemTheme");
    m_do.light = add("light");
    m_do.dark = add("dark");
    m_do.clusters = add("showClusters");
    m_do.logs = add("showLogs", u"log"_s);
    m_do.guidance = add("showGuidance", u"guidance"_s);
    m_do.guidance->setShortcut(QKeySequence::HelpContents);
    m_do.searchGuidance = add("searchGuidance", u"search"_s);
    m_do.searchGuidance->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F));
    m_do.connectIt = add("connect", u"connect"_s);
    m_do.disconnectIt = add("disconnect", u"disconnect"_s);
    m_do.retry = add("retry", u"refresh"_s);
    m_do.retry->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_R));
    m_do.verdict = add("verdict");
    m_do.verdict->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_J));
    m_do.checks = add("preChecks");
    m_do.checks->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_K));
    m_do.copyContext = add("copyContext", u"copy"_s);
    m_do.about = add("about", u"info"_s);
    m_do.about->setMenuRole(QAction::AboutRole);
    // The names of languages are written in themselves.
    m_do.english->setText(u"English"_s);
    m_do.chinese->setText(u"简体中文"_s);

    connect(m_do.open, &QAction::triggered, this, &MainWindow::chooseKubeconfig);
    connect(m_do.openLog, &QAction::triggered, this, [this] { LogWindow::askForFile(m_settings, this); });
    connect(m_do.yaml, &QAction::triggered, this, &MainWindow::showFocusedObjects);
    connect(m_do.bundle, &QAction::triggered, this, &MainWindow::chooseBundle);
    setAcceptDrops(true);
    connect(m_do.reload, &QAction::triggered, this, [this] {
        if (m_feed)
            m_feed->reload();
    });
    connect(m_do.demo, &QAction::triggered, this, [this] { m_demo ? openKubeconfig({}) : startDemo(); });
    connect(m_do.past, &QAction::triggered, this, &MainWindow::showPastUpgrades);
    connect(m_do.quit, &QAction::triggered, this, &QWidget::close);
    connect(m_do.connectIt, &QAction::triggered, this, [this] { m_workspace.connectTo(m_workspace.current()); });
    connect(
        m_do.disconnectIt, &QAction::triggered, this, [this] { m_workspace.disconnectFrom(m_workspace.current()); });
    connect(m_do.retry, &QAction::triggered, this, [this] {
        if (ClusterLink *link = m_workspace.link(m_workspace.current()))
            link->retryNow();
    });
    connect(m_do.verdict, &QAction::triggered, this, [this] { m_board->showVerdict(true); });
    connect(m_do.checks, &QAction::triggered, this, [this] { m_board->showChecks(!m_board->showsChecks()); });
    connect(m_do.copyContext, &QAction::triggered, this,
        [this] { QGuiApplication::clipboard()->setText(m_workspace.current()); });
    connect(m_do.about, &QAction::triggered, this, &MainWindow::about);

    auto *languages = new QActionGroup(this);
    for (const auto &[action, code] :
        {std::pair{m_do.systemLanguage, QString()}, {m_do.english, u"en"_s}, {m_do.chinese, u"zh_CN"_s}}) {
        action->setCheckable(true);
        languages->addAction(action);
        action->setChecked(code == m_language.choice());
        connect(action, &QAction::triggered, this, [this, chosen = code] {
            m_settings.setText(u"window/language"_s, chosen);
            m_language.apply(chosen);
        });
    }
    auto *themes = new QActionGroup(this);
    for (const auto &[action, choice] : {std::pair{m_do.systemTheme, Theme::Choice::System},
             {m_do.light, Theme::Choice::Light}, {m_do.dark, Theme::Choice::Dark}}) {
        action->setCheckable(true);
        themes->addAction(action);
        action->setChecked(choice == m_theme.choice());
        connect(action, &QAction::triggered, this, [this, chosen = choice] {
            m_settings.setText(u"window/theme"_s, Theme::word(chosen));
            m_theme.apply(chosen);
        });
    }
    m_do.logs->setCheckable(true);
    m_do.logs->setChecked(m_settings.flag(u"window/showLogs"_s, true));
    connect(m_do.logs, &QAction::toggled, this, [this](bool on) {
        m_settings.setFlag(u"window/showLogs"_s, on);
        settlePanels();
    });
    // These two are checked while they are seen: in a small window one may be wanted and not be there.
    m_do.clusters->setCheckable(true);
    connect(m_do.clusters, &QAction::triggered, this, [this](bool on) {
        m_settings.setFlag(u"window/showClusters"_s, on);
        m_guidanceAsked = m_guidanceAsked && !on;
        settlePanels();
        settleSplitters();
    });
    m_do.guidance->setCheckable(true);
    connect(m_do.guidance, &QAction::triggered, this, &MainWindow::showGuidance);
    connect(m_do.searchGuidance, &QAction::triggered, this, [this] {
        showGuidance(true);
        m_guidance->openSearch();
    });
}

void MainWindow::makeMenus()
{
    m_do.file = menuBar()->addMenu(QString());
    m_do.file->addActions({m_do.open, m_do.reload, m_do.demo});
    m_do.file->addSeparator();
    m_do.file->addActions({m_do.bundle, m_do.openLog, m_do.past});
    m_do.file->addSeparator();
    m_do.file->addAction(m_do.quit);
    m_do.view = menuBar()->addMenu(QString());
    m_do.language = m_do.view->addMenu(icon(u"language"_s), QString());
    m_do.language->addActions({m_do.systemLanguage, m_do.english, m_do.chinese});
    m_do.theme = m_do.view->addMenu(QString());
    m_do.theme->addActions({m_do.systemTheme, m_do.light, m_do.dark});
    m_do.view->addSeparator();
    m_do.view->addActions({m_do.clusters, m_do.logs, m_do.guidance});
    m_do.view->addSeparator();
    m_do.view->addAction(m_do.yaml);
    m_do.cluster = menuBar()->addMenu(QString());
    m_do.cluster->addActions({m_do.connectIt, m_do.disconnectIt, m_do.retry});
    m_do.cluster->addSeparator();
    m_do.cluster->addActions({m_do.verdict, m_do.checks});
    m_do.cluster->addSeparator();
    m_do.cluster->addAction(m_do.copyContext);
    m_do.help = menuBar()->addMenu(QString());
    m_do.help->addActions({m_do.searchGuidance, m_do.about});
}

void MainWindow::retranslate()
{
    m_do.file->setTitle(tr("&File"));
    m_do.view->setTitle(tr("&View"));
    m_do.cluster->setTitle(tr("&Cluster"));
    m_do.help->setTitle(tr("&Help"));
    m_do.language->setTitle(tr("&Language"));
    m_do.theme->setTitle(tr("&Theme"));
    m_do.open->setText(tr("&Open kubeconfig…"));
    m_do.openLog->setText(tr("Open a &log file…"));
    m_do.yaml->setText(tr("Objects as &YAML"));
    m_do.bundle->setText(tr("Open &bundle…"));
    m_do.bundle->setStatusTip(tr("A support bundle, an upgrade log archive, a folder or a file; nothing is changed"));
    m_do.reload->setText(tr("&Reload kubeconfig"));
    m_do.past->setText(tr("&Past upgrades…"));
    m_do.quit->setText(tr("&Quit"));
    m_do.systemLanguage->setText(tr("As the &system"));
    m_do.systemTheme->setText(tr("As the &system"));
    m_do.light->setText(tr("&Light"));
    m_do.dark->setText(tr("&Dark"));
    m_do.clusters->setText(tr("&Clusters"));
    m_do.logs->setText(tr("&Logs"));
    m_do.guidance->setText(tr("&Guidance"));
    m_do.searchGuidance->setText(tr("&Search the manual…"));
    m_guidanceButton->setText(tr("Guidance"));
    m_guidanceButton->setToolTip(
        u"%1 (%2)"_s.arg(tr("Guidance"), m_do.guidance->shortcut().toString(QKeySequence::NativeText)));
    m_do.connectIt->setText(tr("&Connect"));
    m_do.disconnectIt->setText(tr("&Disconnect"));
    m_do.retry->setText(tr("&Retry now"));
    m_do.verdict->setText(tr("&Verdict on a restart"));
    m_do.checks->setText(tr("&Pre-checks"));
    m_do.copyContext->setText(tr("Copy context &name"));
    m_do.about->setText(tr("&About Gleaner"));
    refreshActions();
}

void MainWindow::refreshActions()
{
    const kube::Context *context = m_workspace.currentContext();
    const bool connected = m_workspace.link(m_workspace.current()) != nullptr;
    m_do.reload->setEnabled(m_feed != nullptr);
    m_do.demo->setText(m_demo ? tr("&Leave the demo") : tr("&Try the demo"));
    // Nothing can be done to a cluster while a past upgrade stands before it.
    const bool live = !m_workspace.past();
    m_do.connectIt->setEnabled(live && context && context->config && !connected);
    m_do.disconnectIt->setEnabled(live && connected);
    m_do.retry->setEnabled(live && connected);
    m_do.checks->setEnabled(m_board->mayCheck());
    m_do.verdict->setEnabled(connected || !live);
    m_do.copyContext->setEnabled(context != nullptr);
    m_do.yaml->setEnabled(m_workspace.shownState().snapshot && m_board->showsBoard());
}

/// Of the item the keyboard is at, in the board or in the Jobs; else of what is selected.
void MainWindow::showFocusedObjects()
{
    if (const std::optional<upgrade::JobRow> job = m_logs->focusedJob())
        openObjects(objectsBehind(*job), {});
    else if (const std::optional<BoardMenu::Item> item = m_board->menu()->focused())
        showObjects(*item);
    else
        showObjects({.where = m_selection.value(), .first = {}, .field = {}});
}

void MainWindow::showObjects(const BoardMenu::Item &item)
{
    openObjects(objectsBehind(m_workspace.shownState().board, item.where, item.first), item.field);
}

void MainWindow::openObjects(const QList<upgrade::ObjectRef> &objects, const QString &field)
{
    const session::ClusterState &state = m_workspace.shownState();
    const QList<KnownObject> known = state.snapshot ? knownObjects(*state.snapshot, objects) : QList<KnownObject>();
    if (known.isEmpty()) {
        statusBar()->showMessage(tr("The cluster no longer has an object of this."), 10000);
        return;
    }
    ObjectWindow::open(known, field, m_settings, this);
}

void MainWindow::about()
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("About Gleaner"),
        u"<h3>Gleaner %1</h3><p>%2</p><p>GPL-3.0-or-later · Qt %3</p>"_s.arg(QLatin1StringView(GLEANER_VERSION),
            tr("A console for people who upgrade Harvester clusters.").toHtmlEscaped(), QLatin1StringView(qVersion())),
        QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setModal(false);
    box->show();
}

} // namespace ui
