// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Models under QAbstractItemModelTester: live changes are diffs, selection and scroll position stay.

#include "support/ui_boards.h"
#include "support/ui_fakelink.h"
#include "ui/clustermodel.h"
#include "ui/clustersview.h"
#include "ui/joblist.h"
#include "ui/logpane.h"
#include "ui/nodemodel.h"
#include "ui/nodetable.h"
#include "ui/settings.h"
#include "ui/tick.h"
#include "ui/workspace.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using session::Connection;

class Models : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void nodesChangeByDiffs();
    void nodeSelectionAndScrollStay();
    void nodeFilterSortAndNumbers();
    void columnsAreRemembered();
    void withoutUpgradeNoUpgradeColumns();
    void clustersChangeByDiffs();
    void starringMovesAContext();
    void statesReachTheList();
    void jobsOfASelection();

private:
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<ui::Settings> m_settings;
    ui::Tick m_tick;
};

void Models::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<ui::Settings>(m_home->filePath(u"w.ini"_s));
    m_tick.fix(uitest::now());
}

void Models::nodesChangeByDiffs()
{
    ui::NodeModel model(m_tick);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QList<upgrade::NodeRow> nodes = uitest::upgrading().nodes;
    model.setNodes(nodes);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(changed.size(), 0);
    model.setNodes(nodes);
    QCOMPARE(changed.size(), 0);
    nodes[1].state = upgrade::State::Succeeded;
    model.setNodes(nodes);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex().row(), 1);
    nodes.move(2, 0);
    nodes.removeAt(1);
    nodes.append(uitest::manyNodes(2));
    nodes.append(nodes.first()); // the same name twice must not break the model
    model.setNodes(nodes);
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.index(0, 0).data().toString(), u"node3"_s);
    model.setNodes({});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(reset.size(), 0);
}

void Models::nodeSelectionAndScrollStay()
{
    ui::Selection selection;
    ui::NodeTable table(m_tick, selection, *m_settings);
    table.resize(900, 400);
    table.show();
    upgrade::Board board = uitest::upgrading();
    board.nodes = uitest::manyNodes(1000);
    table.setBoard(board);
    selection.selectNode(u"node-0700"_s);
    QTRY_VERIFY(table.view()->verticalScrollBar()->value() > 0);
    const int scroll = table.view()->verticalScrollBar()->value();
    for (upgrade::NodeRow &node : board.nodes)
        node.runningVms += 1;
    board.nodes.append(uitest::upgrading().nodes);
    table.setBoard(board);
    QCOMPARE(table.view()->verticalScrollBar()->value(), scroll);
    QCOMPARE(table.view()->currentIndex().data().toString(), u"node-0700"_s);
    QVERIFY(table.view()->selectionModel()->isRowSelected(table.view()->currentIndex().row()));
    QCOMPARE(selection.value().node, u"node-0700"_s);
    // And the other way round: the keyboard selects everywhere.
    table.view()->setFocus();
    QTest::keyClick(table.view(), Qt::Key_Down);
    QCOMPARE(selection.value().node, u"node-0701"_s);
}

void Models::nodeFilterSortAndNumbers()
{
    ui::Selection selection;
    ui::NodeTable table(m_tick, selection, *m_settings);
    table.setBoard(uitest::upgrading());
    auto *model = table.view()->model();
    table.view()->sortByColumn(ui::NodeModel::StateColumn, Qt::AscendingOrder);
    QCOMPARE(model->index(0, 0).data().toString(), u"node2"_s);
    table.findChild<QLineEdit *>()->setText(u"node3"_s);
    QCOMPARE(model->rowCount(), 1);
    table.findChild<QLineEdit *>()->clear();
    QCOMPARE(model->rowCount(), 3);
    QVERIFY(model->index(0, ui::NodeModel::Vms).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
    QCOMPARE(model->index(0, ui::NodeModel::System).data().toString(), u"Harvester v1.8.2 → v1.9.0"_s);
    QCOMPARE(model->index(0, ui::NodeModel::Job).data().toString(), u"pre-drain-node2"_s);
    QVERIFY(!model->index(0, ui::NodeModel::Pips).data(Qt::AccessibleTextRole).toString().isEmpty());
    QVERIFY(!model->index(0, ui::NodeModel::Health).data(Qt::AccessibleTextRole).toString().isEmpty());
}

void Models::columnsAreRemembered()
{
    ui::Selection selection;
    {
        ui::NodeTable table(m_tick, selection, *m_settings);
        table.setBoard(uitest::upgrading());
        table.view()->sortByColumn(ui::NodeModel::Vms, Qt::DescendingOrder);
    }
    ui::NodeTable again(m_tick, selection, *m_settings);
    QCOMPARE(again.view()->horizontalHeader()->sortIndicatorSection(), int(ui::NodeModel::Vms));
    QCOMPARE(again.view()->horizontalHeader()->sortIndicatorOrder(), Qt::DescendingOrder);
}

void Models::withoutUpgradeNoUpgradeColumns()
{
    ui::Selection selection;
    ui::NodeTable table(m_tick, selection, *m_settings);
    table.setBoard(uitest::noUpgrade());
    QVERIFY(table.view()->isColumnHidden(ui::NodeModel::Pips));
    QVERIFY(table.view()->isColumnHidden(ui::NodeModel::Job));
    QVERIFY(!table.view()->isColumnHidden(ui::NodeModel::Kubernetes));
    table.setBoard(uitest::upgrading());
    QVERIFY(!table.view()->isColumnHidden(ui::NodeModel::Pips));
}

void Models::clustersChangeByDiffs()
{
    uitest::FakeClusters clusters;
    ui::Workspace workspace(clusters.factory(), *m_settings);
    ui::ClustersView view(workspace);
    view.resize(260, 500);
    view.show();
    const QAbstractItemModelTester tester(view.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy reset(view.model(), &QAbstractItemModel::modelReset);
    workspace.setKubeconfig(uitest::contexts({u"a"_s, u"b"_s, u"c"_s}));
    QCOMPARE(view.model()->rowCount(), 1);
    QCOMPARE(view.model()->rowCount(view.model()->index(0, 0)), 3);
    QVERIFY(view.tree()->isExpanded(view.tree()->model()->index(0, 0)));
    workspace.show(u"b"_s);
    QCOMPARE(view.tree()->currentIndex().data().toString(), u"b"_s);
    kube::Kubeconfig more = uitest::contexts({u"z"_s}, u"/other"_s);
    more.contexts += uitest::contexts({u"c"_s, u"b"_s, u"broken-x"_s}).contexts;
    workspace.setKubeconfig(more);
    QCOMPARE(view.model()->rowCount(), 2);
    QCOMPARE(view.model()->rowCount(view.model()->index(1, 0)), 3);
    QCOMPARE(view.tree()->currentIndex().data().toString(), u"b"_s);
    QVERIFY2(view.model()->indexOf(u"broken-x"_s).data(Qt::ToolTipRole).toString().contains(u"config:11"_s),
        "the problem and its place");
    view.filter()->setText(u"zzz"_s);
    QCOMPARE(view.tree()->model()->rowCount(), 0);
    view.filter()->setText(u"broken"_s);
    QCOMPARE(view.tree()->model()->rowCount(), 1);
    QCOMPARE(reset.size(), 0);
}

void Models::starringMovesAContext()
{
    uitest::FakeClusters clusters;
    ui::Workspace workspace(clusters.factory(), *m_settings);
    ui::ClusterModel model(workspace);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    workspace.setKubeconfig(uitest::contexts({u"a"_s, u"b"_s}));
    model.refresh();
    workspace.setStarred(u"b"_s, true);
    model.refresh();
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, 0, model.index(0, 0)).data().toString(), u"b"_s);
    QVERIFY(model.indexOf(u"b"_s).data(ui::ClusterModel::StarredRole).toBool());
    workspace.setStarred(u"b"_s, false);
    model.refresh();
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.rowCount(model.index(0, 0)), 2);
}

void Models::statesReachTheList()
{
    uitest::FakeClusters clusters;
    ui::Workspace workspace(clusters.factory(), *m_settings);
    ui::ClustersView view(workspace);
    workspace.setKubeconfig(uitest::contexts({u"a"_s, u"b"_s}));
    QVERIFY(clusters.links.isEmpty()); // nothing is contacted unasked
    workspace.look(u"a"_s);
    QVERIFY(clusters.links.isEmpty());
    workspace.show(u"a"_s);
    QVERIFY(clusters.links.value(u"a"_s)->started);
    QSignalSpy changed(view.model(), &QAbstractItemModel::dataChanged);
    clusters.links.value(u"a"_s)->give(uitest::state(u"a"_s, Connection::State::Online, uitest::failed()));
    QCOMPARE(changed.size(), 1);
    QVERIFY(view.model()->indexOf(u"a"_s).data(Qt::AccessibleTextRole).toString().size() > 3);
    clusters.links.value(u"a"_s)->give(uitest::state(u"a"_s, Connection::State::Online, uitest::failed()));
    QCOMPARE(changed.size(), 1);
    // Switching keeps the first one running.
    workspace.show(u"b"_s);
    QVERIFY(clusters.links.value(u"a"_s));
    workspace.disconnectFrom(u"a"_s);
    QVERIFY(!clusters.links.value(u"a"_s));
}

void Models::jobsOfASelection()
{
    const upgrade::Board board = uitest::upgrading();
    QCOMPARE(ui::LogPane::jobsFor(board, {}).size(), 3);
    QCOMPARE(ui::LogPane::jobsFor(board, {}).first().type, u"pre-drain"_s); // running first
    QCOMPARE(ui::LogPane::jobsFor(board, {.phase = upgrade::PhaseId::SystemServices, .node = {}}).size(), 1);
    QCOMPARE(ui::LogPane::jobsFor(board, {.phase = {}, .node = u"node1"_s}).size(), 1);
    ui::JobModel model(m_tick);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setJobs(board.jobs);
    model.setJobs(ui::LogPane::jobsFor(board, {}));
    model.setJobs({});
    QCOMPARE(reset.size(), 0);
}

QTEST_MAIN(Models)
#include "tst_models.moc"
