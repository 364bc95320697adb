// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where each trouble ends and that it stays so, how images are preloaded, and what controllers write meanwhile.

#include "support/demo_scenario.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace demo;
using support::options;
using support::upgradeOf;

class tst_Troubles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void troubleEndsWhereItShould_data();
    void troubleEndsWhereItShould();
    void preloadGoesByTheSetting_data();
    void preloadGoesByTheSetting();
    void controllersWriteOn();
};

void tst_Troubles::troubleEndsWhereItShould_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::addColumn<QString>("state");     // label upgradeState
    QTest::addColumn<QString>("condition"); // the telling condition …
    QTest::addColumn<QString>("status");    // … and its status
    QTest::addColumn<QString>("node2");     // state of the second node
    const QString none, failed = u"Failed"_s, no = u"False"_s, unknown = u"Unknown"_s;
    QTest::newRow("log-infra-timeout") << u"log-infra-timeout"_s << failed << u"LogReady"_s << no << none;
    QTest::newRow("image-failed") << u"image-failed"_s << failed << u"ImageReady"_s << no << none;
    QTest::newRow("image-stall") << u"image-stall"_s << u"LoggingInfraPrepared"_s << u"ImageReady"_s << unknown << none;
    QTest::newRow("repo-stall") << u"repo-stall"_s << u"PreparingRepo"_s << u"RepoReady"_s << unknown << none;
    QTest::newRow("prepare-failed") << u"prepare-failed"_s << failed << u"NodesUpgraded"_s << no << failed;
    QTest::newRow("prepare-stall") << u"prepare-stall"_s << u"PreparingNodes"_s << u"NodesPrepared"_s << unknown
                                   << u"Images preloading"_s;
    QTest::newRow("manifests-failed") << u"manifests-failed"_s << failed << u"SystemServicesUpgraded"_s << no
                                      << u"Images preloaded"_s;
    QTest::newRow("manifests-stall") << u"manifests-stall"_s << u"UpgradingSystemServices"_s
                                     << u"SystemServicesUpgraded"_s << unknown << u"Images preloaded"_s;
    QTest::newRow("pre-drain-stall") << u"pre-drain-stall"_s << u"UpgradingNodes"_s << u"NodesUpgraded"_s << unknown
                                     << u"Pre-draining"_s;
    QTest::newRow("drain-blocked") << u"drain-blocked"_s << u"UpgradingNodes"_s << u"NodesUpgraded"_s << unknown
                                   << u"Pre-drained"_s;
    QTest::newRow("post-drain-stall") << u"post-drain-stall"_s << u"UpgradingNodes"_s << u"NodesUpgraded"_s << unknown
                                      << u"Post-draining"_s;
    QTest::newRow("reboot-stall") << u"reboot-stall"_s << u"UpgradingNodes"_s << u"NodesUpgraded"_s << unknown
                                  << u"Waiting Reboot"_s;
    QTest::newRow("node-failed") << u"node-failed"_s << failed << u"NodesUpgraded"_s << no << failed;
    QTest::newRow("cleanup-stall") << u"cleanup-stall"_s << u"Succeeded"_s << u"Completed"_s << u"True"_s
                                   << u"Succeeded"_s;
    QTest::newRow("log-infra-stall") << u"log-infra-stall"_s << u"PreparingLoggingInfra"_s << u"LogReady"_s << unknown
                                     << none;
    QTest::newRow("repo-failed") << u"repo-failed"_s << failed << u"Completed"_s << no << none;
    QTest::newRow("eligibility-failed") << u"eligibility-failed"_s << failed << u"Completed"_s << no << none;
    QTest::newRow("prepare-lost") << u"prepare-lost"_s << u"PreparingNodes"_s << u"NodesPrepared"_s << unknown << none;
    QTest::newRow("charts-paused") << u"charts-paused"_s << failed << u"SystemServicesUpgraded"_s << no
                                   << u"Images preloaded"_s;
    QTest::newRow("single-failed") << u"single-failed"_s << failed << u"NodesUpgraded"_s << no << none;
    QTest::newRow("single-stall") << u"single-stall"_s << u"UpgradingNodes"_s << u"NodesUpgraded"_s << unknown << none;
    QTest::newRow("cleanup-failed") << u"cleanup-failed"_s << u"Succeeded"_s << u"Completed"_s << u"True"_s
                                    << u"Succeeded"_s;
    QTest::newRow("paused") << u"paused"_s << u"UpgradingNodes"_s << u"NodesUpgraded"_s << unknown
                            << u"Node-upgrade paused"_s;
}

void tst_Troubles::troubleEndsWhereItShould()
{
    QFETCH(QString, scenario);
    QFETCH(QString, state);
    QFETCH(QString, condition);
    QFETCH(QString, status);
    QFETCH(QString, node2);
    Server server(options(scenario));
    QVERIFY(server.start());
    for (int i = 0; i < 400 && !server.finished(); ++i)
        server.advance(100);
    QVERIFY(server.finished());
    server.advance(7200); // and it stays so
    const QJsonObject up = upgradeOf(server);
    QCOMPARE(json::label(up, u"harvesterhci.io/upgradeState"_s), state);
    QCOMPARE(json::condition(up, condition), status);
    QCOMPARE(json::get(up, u"status.nodeStatuses.node2.state").toString(), node2);
    if (state == "Failed"_L1) {
        QCOMPARE(json::condition(up, u"Completed"_s), u"False"_s);
        // Releases before v1.7 do not say so.
        QCOMPARE(json::label(up, u"harvesterhci.io/upgradeCleanup"_s),
            scenario == "charts-paused"_L1 ? QString() : u"Succeeded"_s);
    }
    if (scenario == "charts-paused"_L1 || scenario == "manifests-failed"_L1) {
        for (const QJsonObject &chart : server.objects(u"management.cattle.io"_s, u"managedcharts"_s)) {
            if (json::name(chart) == "rancher-monitoring-crd"_L1)
                QCOMPARE(json::get(chart, u"spec.paused").toBool(), scenario == "charts-paused"_L1);
        }
    }
    if (scenario == "prepare-failed"_L1)
        QCOMPARE(json::condition(up, u"NodesPrepared"_s), u"Unknown"_s); // how a client tells it from phase 4
    if (scenario == "cleanup-stall"_L1)
        QCOMPARE(json::label(up, u"harvesterhci.io/upgradeCleanup"_s), u"Pending"_s);
}

void tst_Troubles::preloadGoesByTheSetting_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::addColumn<int>("atOnce");
    QTest::newRow("sequential") << u"healthy"_s << 1;
    QTest::newRow("parallel") << u"preload-parallel"_s << 4;
    QTest::newRow("skip") << u"preload-skip"_s << 0;
}

void tst_Troubles::preloadGoesByTheSetting()
{
    QFETCH(QString, scenario);
    QFETCH(int, atOnce);
    Server server(options(scenario, 4));
    QVERIFY(server.start());
    int most = 0;
    for (int i = 0; i < 20'000; ++i) {
        server.advance(1);
        const QJsonObject up = upgradeOf(server);
        int busy = 0;
        for (const QJsonValue status : json::get(up, u"status.nodeStatuses").toObject())
            busy += status["state"_L1].toString() == "Images preloading"_L1;
        most = std::max(most, busy);
        if (json::label(up, u"harvesterhci.io/upgradeState"_s) == "UpgradingSystemServices"_L1)
            break;
    }
    QCOMPARE(most, atOnce);
    QCOMPARE(json::condition(upgradeOf(server), u"NodesPrepared"_s), u"True"_s);
}

/// While something hangs the logs of those who wait for it grow.
void tst_Troubles::controllersWriteOn()
{
    const auto lines = [](Server &server, const QString &ns, const QString &app, const QString &container) {
        qsizetype count = 0;
        for (const QJsonObject &pod : server.objects({}, u"pods"_s)) {
            if (json::ns(pod) == ns && json::label(pod, u"app"_s) == app)
                count += server.log(ns, json::name(pod), container).size();
        }
        return count;
    };
    const auto grows = [&](const QString &scenario, const QString &ns, const QString &app) {
        ServerOptions made = options(scenario);
        made.startAt = 16'000;
        Server server(made);
        if (!server.start())
            return false;
        const qsizetype before = lines(server, ns, app, app);
        server.advance(600);
        return lines(server, ns, app, app) >= before + 19;
    };
    QVERIFY(grows(u"drain-blocked"_s, u"cattle-system"_s, u"rancher"_s));
    QVERIFY(grows(u"drain-blocked"_s, u"longhorn-system"_s, u"longhorn-manager"_s));
    QVERIFY(grows(u"manifests-stall"_s, u"cattle-fleet-local-system"_s, u"fleet-agent"_s));
    QVERIFY(!grows(u"finished"_s, u"cattle-system"_s, u"rancher"_s));
}

QTEST_GUILESS_MAIN(tst_Troubles)
#include "tst_troubles.moc"
