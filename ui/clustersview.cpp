// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/clustersview.h"

#include "ui/clusterdelegate.h"
#include "ui/clustermodel.h"
#include "ui/elidedlabel.h"
#include "ui/icons.h"
#include "ui/workspace.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

ClustersView::ClustersView(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_model(new ClusterModel(workspace, this))
    , m_proxy(new QSortFilterProxyModel(this))
    , m_tree(new QTreeView)
    , m_filter(new QLineEdit)
    , m_title(new QLabel)
    , m_problems(new ElidedLabel)
{
    setObjectName(u"clusters"_s);
    m_proxy->setSourceModel(m_model);
    m_proxy->setFilterRole(ClusterModel::FilterRole);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setRecursiveFilteringEnabled(true);
    m_tree->setObjectName(u"clusterTree"_s);
    m_tree->setModel(m_proxy);
    auto *delegate = new ClusterDelegate(m_tree);
    m_tree->setItemDelegate(delegate);
    m_tree->viewport()->setBackgroundRole(QPalette::Window);
    m_tree->setHeaderHidden(true);
    m_tree->setRootIsDecorated(false);
    m_tree->setIndentation(0);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setMouseTracking(true);
    m_tree->setUniformRowHeights(false);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_filter->setClearButtonEnabled(true);
    m_problems->setTone(Tone::Warning);
    m_problems->setVisible(false);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    auto *top = new QVBoxLayout;
    top->setContentsMargins(16, 12, 12, 8);
    top->setSpacing(8);
    top->addWidget(m_title);
    top->addWidget(m_filter);
    column->addLayout(top);
    column->addWidget(m_tree, 1);
    auto *foot = new QVBoxLayout;
    foot->setContentsMargins(16, 4, 8, 4);
    foot->addWidget(m_problems);
    column->addLayout(foot);
    setMinimumWidth(180);

    retranslate();
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        // A filter that hides the current row makes the view choose another one; that is no wish to switch.
        m_following = true;
        m_proxy->setFilterFixedString(text);
        m_tree->expandAll();
        m_following = false;
        followCurrent();
    });
    connect(m_proxy, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &under, int first, int last) {
        if (under.isValid()) {
            m_tree->expand(under);
        } else {
            for (int i = first; i <= last; ++i)
                m_tree->expand(m_proxy->index(i, 0));
        }
    });
    connect(delegate, &ClusterDelegate::starClicked, &m_workspace, &Workspace::setStarred);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &now) {
        if (const QString context = contextAt(now); !m_following && !context.isEmpty())
            m_workspace.look(context);
    });
    connect(m_tree, &QTreeView::clicked, this, [this](const QModelIndex &at) {
        // A click is a wish to see the cluster; walking by with the arrow keys is not.
        if (const QString context = contextAt(at); !context.isEmpty())
            m_workspace.show(context);
        else
            m_tree->setExpanded(at, !m_tree->isExpanded(at));
    });
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex &at) {
        if (const QString context = contextAt(at); !context.isEmpty())
            m_workspace.show(context);
    });
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &ClustersView::showMenu);
    connect(&m_workspace, &Workspace::contextsChanged, this, [this] {
        m_following = true;
        m_model->refresh();
        m_following = false;
        followCurrent();
        refreshProblems();
    });
    connect(&m_workspace, &Workspace::stateChanged, this, [this](const QString &context) {
        const QScopedValueRollback guard(m_following, true);
        m_model->refreshState(context);
    });
    connect(&m_workspace, &Workspace::currentChanged, this, &ClustersView::followCurrent);
}

QString ClustersView::contextAt(const QModelIndex &index) const
{
    const ClusterRow *row = m_model->row(m_proxy->mapToSource(index));
    return row ? row->name : QString();
}

void ClustersView::followCurrent()
{
    const QModelIndex at = m_proxy->mapFromSource(m_model->indexOf(m_workspace.current()));
    if (at == m_tree->currentIndex())
        return;
    m_following = true;
    m_tree->selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect);
    if (at.isValid())
        m_tree->scrollTo(at);
    m_following = false;
}

void ClustersView::refreshProblems()
{
    const auto &problems = m_workspace.kubeconfig().problems;
    QStringList lines;
    for (const kube::ConfigProblem &problem : problems)
        lines.append(problem.text());
    m_problems->setVisible(!problems.isEmpty());
    m_problems->setText(tr("%n problem(s) in kubeconfig files", nullptr, int(problems.size())));
    m_problems->setDetails(lines.mid(0, 20));
}

void ClustersView::showMenu(const QPoint &at)
{
    const QString context = contextAt(m_tree->indexAt(at));
    const kube::Context *known = m_workspace.kubeconfig().find(context);
    if (!known)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_workspace.link(context)) {
        menu->addAction(icon(u"refresh"_s), tr("Retry now"), &m_workspace, [this, context] {
            if (ClusterLink *link = m_workspace.link(context))
                link->retryNow();
        });
        menu->addAction(icon(u"disconnect"_s), tr("Disconnect"), &m_workspace,
            [this, context] { m_workspace.disconnectFrom(context); });
    } else {
        QAction *action = menu->addAction(
            icon(u"connect"_s), tr("Connect"), &m_workspace, [this, context] { m_workspace.show(context); });
        action->setEnabled(known->config.has_value());
    }
    menu->addSeparator();
    const bool starred = m_workspace.isStarred(*known);
    menu->addAction(icon(starred ? u"star-filled"_s : u"star"_s), starred ? tr("Remove star") : tr("Star"),
        &m_workspace, [this, context, starred] { m_workspace.setStarred(context, !starred); });
    menu->addAction(
        icon(u"copy"_s), tr("Copy context name"), this, [context] { QGuiApplication::clipboard()->setText(context); });
    menu->popup(m_tree->viewport()->mapToGlobal(at));
}

void ClustersView::retranslate()
{
    m_title->setText(tr("Clusters"));
    m_filter->setPlaceholderText(tr("Filter clusters"));
    m_filter->setAccessibleName(tr("Filter clusters"));
    m_tree->setAccessibleName(tr("Clusters"));
    m_model->refresh();
    refreshProblems();
}

void ClustersView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
