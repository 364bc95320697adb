// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the window can do to a cluster: the restart, whether anything is offered at all, and a restart of before that
// was not finished.

#include "restart/proceduretext.h"
#include "ui/boardview.h"
#include "ui/fade.h"
#include "ui/icons.h"
#include "ui/mainwindow.h"
#include "ui/pausestrip.h"
#include "ui/readonly.h"
#include "ui/restartpage.h"

#include <QAction>
#include <QFrame>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

QWidget *MainWindow::makeCentre()
{
    m_centre->addWidget(m_board);
    m_centre->addWidget(m_restart);
    auto *centre = new QWidget;
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins({});
    column->setSpacing(0);
    auto *strip = new QHBoxLayout(m_unfinished);
    strip->setContentsMargins(16, 8, 16, 8);
    strip->addWidget(m_unfinishedText, 1);
    strip->addWidget(m_unfinishedGoOn);
    m_unfinishedText->setWordWrap(true);
    m_unfinishedText->setTextFormat(Qt::PlainText);
    m_unfinishedGoOn->setObjectName(u"goOnWithRestart"_s);
    m_unfinishedGoOn->setAutoDefault(false);
    m_unfinished->setObjectName(u"unfinishedRestart"_s);
    m_unfinished->hide();
    column->addWidget(m_unfinished);
    column->addWidget(m_pause);
    column->addWidget(m_centre, 1);
    return centre;
}

void MainWindow::makeActionsOnClusters()
{
    m_do.restart = new QAction(icon(u"refresh"_s), QString(), this);
    m_do.restart->setObjectName(u"restartUpgrade"_s);
    m_do.pauseNode = new QAction(this);
    m_do.pauseNode->setObjectName(u"pauseNode"_s);
    connect(m_do.pauseNode, &QAction::triggered, this, [this] { m_pause->askToPause(m_selection.value().node); });
    connect(&m_selection, &Selection::changed, this, &MainWindow::refreshActions);
    m_do.readOnly = new QAction(this);
    m_do.readOnly->setObjectName(u"readOnly"_s);
    m_do.readOnly->setCheckable(true);
    m_do.readOnly->setChecked(readonly::all(m_settings));
    m_do.readOnlyPatterns = new QAction(this);
    m_do.readOnlyPatterns->setObjectName(u"readOnlyPatterns"_s);
    connect(m_do.restart, &QAction::triggered, this, &MainWindow::openRestart);
    connect(
        m_do.readOnly, &QAction::toggled, this, [this](bool all) { setReadOnly(all, readonly::patterns(m_settings)); });
    connect(m_do.readOnlyPatterns, &QAction::triggered, this, &MainWindow::askReadOnlyPatterns);
    connect(m_restart, &RestartPage::left, this, &MainWindow::leaveRestart);
    connect(m_unfinishedGoOn, &QPushButton::clicked, this, [this] {
        const QString folder = m_unfinishedFolder;
        ClusterLink *link = m_workspace.link(m_workspace.current());
        if (folder.isEmpty() || !link || isReadOnly())
            return;
        if (auto handle = makeRestart()) {
            handle->resume(folder);
            m_restartOf = m_workspace.current();
            m_restart->setRestart(std::move(handle));
            m_centre->setCurrentWidget(m_restart);
            m_unfinished->hide();
        }
    });
}

bool MainWindow::isReadOnly() const
{
    return readonly::isReadOnly(m_settings, m_workspace.current());
}

void MainWindow::setReadOnly(bool all, const QStringList &patterns)
{
    readonly::set(m_settings, all, patterns);
    refreshActions();
    offerUnfinished();
}

QString MainWindow::actionsRoot() const
{
    // What a demo leaves is gone with the process.
    const QString evidence = m_workspace.evidenceRoot();
    return evidence.isEmpty() ? QString() : evidence + u"-actions"_s;
}

/// A program that signs in runs for the actions when it was allowed to for watching: without it there is no connection.
bool MainWindow::mayRunPlugin() const
{
    const session::Connection::State state = m_workspace.state(m_workspace.current()).connection.state;
    return state == session::Connection::State::Online || state == session::Connection::State::Degraded;
}

std::unique_ptr<session::RestartHandle> MainWindow::makeRestart()
{
    const kube::Context *context = m_workspace.currentContext();
    if (!context || !context->config)
        return nullptr;
    auto handle = std::make_unique<session::RestartHandle>(*context->config, mayRunPlugin(), actionsRoot());
    handle->follow(m_workspace.state(context->name));
    return handle;
}

/// A newer state of the cluster, or a new kubeconfig.
void MainWindow::followForActions()
{
    const bool shown = m_restart->restart() && m_centre->currentWidget() == m_restart;
    // A restart belongs to one cluster: it waits for nobody to come back.
    if (shown && (m_workspace.past() || m_restartOf != m_workspace.current()))
        leaveRestart();
    if (session::RestartHandle *restart = m_restart->restart()) {
        if (const kube::Context *context = m_workspace.currentContext(); context && context->config)
            restart->reconfigure(*context->config);
        restart->follow(m_workspace.state(m_restartOf));
    }
    offerUnfinished();
    offerPause();
}

void MainWindow::openRestart()
{
    const QString context = m_workspace.current();
    ClusterLink *link = m_workspace.link(context);
    if (!link || m_workspace.past() || isReadOnly())
        return;
    if (!m_restart->restart() || m_restartOf != context) {
        auto handle = makeRestart();
        if (!handle)
            return;
        handle->begin(link->state().board.upgrade);
        m_restartOf = context;
        m_restart->setRestart(std::move(handle));
    }
    m_unfinished->hide();
    m_centre->setCurrentWidget(m_restart);
    Fade::in(m_restart);
    m_restart->setFocus(Qt::OtherFocusReason);
}

void MainWindow::leaveRestart()
{
    // What was begun after the deletion goes on from its journal when it is opened again.
    m_restart->setRestart(nullptr);
    m_restartOf.clear();
    m_unfinishedFor.clear();
    m_centre->setCurrentWidget(m_board);
    QMetaObject::invokeMethod(this, &MainWindow::offerUnfinished, Qt::QueuedConnection);
}

/// Read from disk once for each context that is looked at.
void MainWindow::offerUnfinished()
{
    const kube::Context *context = m_workspace.currentContext();
    const bool live = context && context->config && m_workspace.link(context->name) && !m_workspace.past()
        && !isReadOnly() && !m_restart->restart();
    if (!live) {
        m_unfinished->hide();
        m_unfinishedFor.clear();
        return;
    }
    if (m_unfinishedFor == context->name)
        return;
    m_unfinishedFor = context->name;
    m_unfinishedFolder.clear();
    const QString server = context->config->server.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
    const auto all = session::unfinishedRestarts(actionsRoot());
    for (const session::UnfinishedRestart &one : all) {
        // Before the deletion nothing was changed: there is nothing to go on with.
        if (one.server != server || one.step < restart::Step::Delete)
            continue;
        m_unfinishedFolder = one.folder;
        m_unfinishedText->setText(
            tr("The restart of %1 was not finished. It stands at: %2").arg(one.upgrade, restart::stepTitle(one.step)));
    }
    m_unfinished->setVisible(!m_unfinishedFolder.isEmpty());
}

/// Paused nodes of what is on the screen, when something may be done to it.
void MainWindow::offerPause()
{
    const QString context = m_workspace.current();
    ClusterLink *link = m_workspace.link(context);
    const bool may = link && !m_workspace.past() && !isReadOnly();
    PauseStrip::Open open;
    if (may) {
        open = [this](const upgrade::ObjectRef &upgrade, const QString &node,
                   bool pause) -> std::unique_ptr<session::PauseHandle> {
            const kube::Context *now = m_workspace.currentContext();
            if (!now || !now->config)
                return nullptr;
            return std::make_unique<session::PauseHandle>(
                *now->config, mayRunPlugin(), actionsRoot(), upgrade, node, pause);
        };
    }
    m_pause->present(m_workspace.shownState().board, std::move(open));
}

void MainWindow::askReadOnlyPatterns()
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setModal(false);
    dialog->setWindowTitle(tr("Read-only contexts"));
    dialog->setLabelText(
        tr("No action is offered on contexts with these names (such as prod-*), separated by spaces:"));
    dialog->setTextValue(readonly::patterns(m_settings).join(u' '));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &text) {
        static const QRegularExpression spaces(u"[\\s,]+"_s);
        setReadOnly(readonly::all(m_settings), text.split(spaces, Qt::SkipEmptyParts));
    });
    dialog->show();
}

} // namespace ui
