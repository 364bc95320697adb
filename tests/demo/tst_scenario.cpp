// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What holds for every run of a scenario: the order of states (phases.md), how each ends, and that a seed decides
/// everything.

#include "support/demo_scenario.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace demo;
using support::options;
using support::upgradeOf;

namespace {

/// Every different state label and set of node states, in order.
struct History {
    QStringList states, conditions;
    QMap<QString, QStringList> nodes;
};

History record(Server &server, double until)
{
    History history;
    double played = 0;
    while (played < until && !server.finished()) {
        server.advance(1);
        played += 1;
        const QJsonObject up = upgradeOf(server);
        const QString state = json::label(up, u"harvesterhci.io/upgradeState"_s);
        if (!state.isEmpty() && history.states.value(history.states.size() - 1) != state)
            history.states.append(state);
        const QJsonObject nodes = json::get(up, u"status.nodeStatuses").toObject();
        for (auto it = nodes.begin(); it != nodes.end(); ++it) {
            const QString text = it.value()["state"_L1].toString();
            QStringList &seen = history.nodes[it.key()];
            if (seen.value(seen.size() - 1) != text)
                seen.append(text);
        }
    }
    return history;
}

} // namespace

class tst_Scenario : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void healthyEndsSucceeded_data();
    void healthyEndsSucceeded();
    void onlyOneNodeAtATime();
    void sameSeedSameStory();
    void otherSeedOtherNames();
    void everyScenarioStarts_data();
    void everyScenarioStarts();
    void pausedNodeGoesOnWhenUnpaused();
    void startAtPutsThePastIntoThePast();
    void onlyNodeTakesTheApiWithIt();
    void objectsAreCleanedUp();
    void planEndsSucceeded();
    void noUpgradeStaysQuiet();
    void demoClustersAreThree();
};

void tst_Scenario::healthyEndsSucceeded_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::addColumn<int>("nodes");
    QTest::addColumn<quint64>("seed");
    QTest::newRow("three") << u"healthy"_s << 3 << quint64(1);
    QTest::newRow("three, other seed") << u"healthy"_s << 3 << quint64(77);
    QTest::newRow("two") << u"healthy"_s << 2 << quint64(2);
    QTest::newRow("five") << u"healthy"_s << 5 << quint64(3);
    QTest::newRow("thirty") << u"healthy"_s << 30 << quint64(4);
    QTest::newRow("single") << u"single-node"_s << 3 << quint64(5);
    QTest::newRow("parallel preload") << u"preload-parallel"_s << 4 << quint64(7);
    QTest::newRow("no preload") << u"preload-skip"_s << 3 << quint64(8);
    QTest::newRow("repository VM") << u"repo-vm"_s << 3 << quint64(6);
}

void tst_Scenario::healthyEndsSucceeded()
{
    QFETCH(QString, scenario);
    QFETCH(int, nodes);
    QFETCH(quint64, seed);
    Server server(options(scenario, nodes, seed));
    QVERIFY2(server.start(), qPrintable(server.errorString()));
    const History history = record(server, 40'000);
    QVERIFY(server.finished());
    QCOMPARE(history.states,
        (QStringList{u"PreparingLoggingInfra"_s, u"LoggingInfraPrepared"_s, u"PreparingRepo"_s, u"RepoPrepared"_s,
            u"PreparingNodes"_s, u"UpgradingSystemServices"_s, u"UpgradingNodes"_s, u"Succeeded"_s}));
    const bool single = scenario == "single-node"_L1;
    QCOMPARE(history.nodes.size(), single ? 1 : nodes);
    const QStringList many{u"Images preloading"_s, u"Images preloaded"_s, u"Pre-draining"_s, u"Pre-drained"_s,
        u"Post-draining"_s, u"Waiting Reboot"_s, u"Succeeded"_s};
    const QStringList one{u"Images preloading"_s, u"Images preloaded"_s, u"Waiting Reboot"_s, u"Succeeded"_s};
    const QStringList &expected = single ? one : many;
    for (const QStringList &states : history.nodes)
        QCOMPARE(states, scenario == "preload-skip"_L1 ? expected.sliced(1) : expected);
    const QJsonObject up = upgradeOf(server);
    for (const QString &type : {u"LogReady"_s, u"ImageReady"_s, u"RepoReady"_s, u"NodesPrepared"_s,
             u"SystemServicesUpgraded"_s, u"NodesUpgraded"_s, u"Completed"_s})
        QCOMPARE(json::condition(up, type), u"True"_s);
    QCOMPARE(json::label(up, u"harvesterhci.io/upgradeCleanup"_s), u"Succeeded"_s);
    const QString target = json::text(up, u"spec.version");
    const auto allNodes = server.objects({}, u"nodes"_s);
    QStringList boots;
    for (const QJsonObject &node : allNodes) {
        QCOMPARE(json::text(node, u"status.nodeInfo.osImage"), u"Harvester "_s + target);
        QCOMPARE(json::condition(node, u"Ready"_s), u"True"_s);
        QVERIFY(!json::get(node, u"spec.unschedulable").toBool());
        QVERIFY(json::get(node, u"spec.taints").toArray().isEmpty());
        QVERIFY(json::annotation(node, u"harvesterhci.io/pendingOSImage"_s).isEmpty());
        boots.append(json::text(node, u"status.nodeInfo.bootID"));
    }
    boots.removeDuplicates();
    QCOMPARE(boots.size(), allNodes.size());
}

void tst_Scenario::onlyOneNodeAtATime()
{
    Server server(options(u"healthy"_s, 4));
    QVERIFY(server.start());
    static const QStringList active{u"Pre-draining"_s, u"Pre-drained"_s, u"Post-draining"_s, u"Waiting Reboot"_s};
    for (int i = 0; i < 40'000 && !server.finished(); ++i) {
        server.advance(1);
        int busy = 0;
        for (const QJsonValue status : json::get(upgradeOf(server), u"status.nodeStatuses").toObject())
            busy += active.contains(status["state"_L1].toString());
        QVERIFY(busy <= 1);
    }
    QVERIFY(server.finished());
}

void tst_Scenario::sameSeedSameStory()
{
    const auto story = [](quint64 seed) {
        Server server(options(u"healthy"_s, 3, seed));
        QStringList steps;
        QObject::connect(&server, &Server::played, &server, [&](const QString &step) { steps.append(step); });
        if (!server.start())
            return steps;
        for (int i = 0; i < 40 && !server.finished(); ++i)
            server.advance(500);
        for (const QJsonObject &pod : server.objects({}, u"pods"_s))
            steps.append(json::name(pod) + u' ' + json::uid(pod));
        return steps;
    };
    const QStringList first = story(42);
    QVERIFY(first.size() > 40);
    QCOMPARE(story(42), first);
}

void tst_Scenario::otherSeedOtherNames()
{
    Server one(options(u"healthy"_s, 3, 1)), two(options(u"healthy"_s, 3, 2));
    QVERIFY(one.start() && two.start());
    QVERIFY(json::name(upgradeOf(one)) != json::name(upgradeOf(two)));
}

void tst_Scenario::everyScenarioStarts_data()
{
    QTest::addColumn<QString>("scenario");
    for (const ScenarioInfo &info : Server::scenarios())
        QTest::newRow(qPrintable(info.name)) << info.name;
}

void tst_Scenario::everyScenarioStarts()
{
    QFETCH(QString, scenario);
    for (const double at : {0.0, 3000.0, 12'000.0}) {
        ServerOptions made = options(scenario);
        made.startAt = at;
        Server server(made);
        QVERIFY2(server.start(), qPrintable(server.errorString()));
        QVERIFY(!server.objects({}, u"nodes"_s).isEmpty());
        const bool none = scenario == "no-upgrade"_L1 || scenario == "v2-plan"_L1;
        QCOMPARE(server.objects(u"harvesterhci.io"_s, u"upgrades"_s).size(), none ? 0 : 1);
    }
}

void tst_Scenario::pausedNodeGoesOnWhenUnpaused()
{
    Server server(options(u"paused"_s));
    QVERIFY(server.start());
    for (int i = 0; i < 400 && !server.finished(); ++i)
        server.advance(100);
    QCOMPARE(json::get(upgradeOf(server), u"status.nodeStatuses.node2.reason").toString(), u"AdministrativelyPaused"_s);
    QVERIFY(json::get(server.objects({}, u"nodes"_s).at(1), u"spec.unschedulable").toBool());
}

void tst_Scenario::startAtPutsThePastIntoThePast()
{
    ServerOptions made = options(u"healthy"_s);
    made.startAt = 4500;
    Server server(made);
    QVERIFY(server.start());
    const QJsonObject up = upgradeOf(server);
    const QDateTime created = QDateTime::fromString(json::text(up, u"metadata.creationTimestamp"), Qt::ISODate);
    QVERIFY(qAbs(created.secsTo(QDateTime::currentDateTimeUtc()) - 4500) < 30);
    QCOMPARE(json::label(up, u"harvesterhci.io/upgradeState"_s), u"UpgradingNodes"_s);
    const QJsonObject node = server.objects({}, u"nodes"_s).first();
    const QDateTime nodeCreated = QDateTime::fromString(json::text(node, u"metadata.creationTimestamp"), Qt::ISODate);
    QVERIFY(nodeCreated.daysTo(QDateTime::currentDateTimeUtc()) >= 39);
    server.advance(3600); // what comes now carries the real clock, whatever the simulated one says
    for (const QJsonObject &event : server.objects({}, u"events"_s)) {
        const QDateTime at = QDateTime::fromString(json::text(event, u"lastTimestamp"), Qt::ISODate);
        QVERIFY(at <= QDateTime::currentDateTimeUtc().addSecs(1));
    }
}

void tst_Scenario::onlyNodeTakesTheApiWithIt()
{
    Server server(options(u"single-node"_s));
    QStringList steps;
    QObject::connect(&server, &Server::played, &server, [&](const QString &step) { steps.append(step); });
    QVERIFY(server.start());
    const quint16 port = server.port();
    const auto refuses = [port] {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, port);
        return !socket.waitForConnected(2000) && socket.error() == QAbstractSocket::ConnectionRefusedError;
    };
    for (int i = 0; i < 20'000 && !steps.contains(u"node1 reboots"_s); ++i)
        server.advance(1);
    QVERIFY(!server.finished());
    QVERIFY(refuses());
    for (int i = 0; i < 20'000 && !server.finished(); ++i)
        server.advance(1);
    QVERIFY(server.finished());
    QVERIFY(!refuses());
    QCOMPARE(server.port(), port);
}

void tst_Scenario::objectsAreCleanedUp()
{
    Server server(options(u"healthy"_s));
    QVERIFY(server.start());
    for (int i = 0; i < 400 && !server.finished(); ++i)
        server.advance(100);
    QVERIFY(server.objects(u"upgrade.cattle.io"_s, u"plans"_s).isEmpty());
    QVERIFY(server.objects(u"harvesterhci.io"_s, u"virtualmachineimages"_s).isEmpty());
    for (const QJsonObject &deployment : server.objects(u"apps"_s, u"deployments"_s))
        QVERIFY(!json::name(deployment).startsWith("upgrade-repo"_L1));
    for (const QJsonObject &setting : server.objects(u"longhorn.io"_s, u"settings"_s)) {
        if (json::name(setting) == "replica-replenishment-wait-interval"_L1)
            QCOMPARE(setting.value("value"_L1).toString(), u"600"_s);
    }
    for (const QJsonObject &chart : server.objects(u"management.cattle.io"_s, u"managedcharts"_s)) {
        QVERIFY(!json::get(chart, u"spec.paused").toBool());
        QCOMPARE(json::condition(chart, u"Ready"_s), u"True"_s);
    }
    QVERIFY(!server.objects(u"harvesterhci.io"_s, u"upgradelogs"_s).isEmpty()); // stays until dismissed
    // The pods of removed Jobs are gone with them.
    const auto jobs = server.objects(u"batch"_s, u"jobs"_s);
    for (const QJsonObject &pod : server.objects({}, u"pods"_s)) {
        const QString job = json::label(pod, u"job-name"_s);
        QVERIFY(
            job.isEmpty() || std::ranges::any_of(jobs, [&](const QJsonObject &one) { return json::name(one) == job; }));
    }
}

void tst_Scenario::planEndsSucceeded()
{
    Server server(options(u"v2-plan"_s));
    QVERIFY(server.start());
    for (int i = 0; i < 400 && !server.finished(); ++i)
        server.advance(100);
    const auto plans = server.objects(u"management.harvesterhci.io"_s, u"upgradeplans"_s);
    QCOMPARE(plans.size(), 1);
    QCOMPARE(json::text(plans.first(), u"status.currentPhase"), u"Succeeded"_s);
    QCOMPARE(json::get(plans.first(), u"status.phaseTransitionTimestamps").toArray().size(), 17);
    QCOMPARE(json::condition(plans.first(), u"Progressing"_s), u"False"_s);
}

void tst_Scenario::noUpgradeStaysQuiet()
{
    Server server(options(u"no-upgrade"_s));
    QSignalSpy played(&server, &Server::played);
    QVERIFY(server.start());
    QVERIFY(server.finished());
    server.advance(10'000);
    QCOMPARE(played.size(), 0);
    QCOMPARE(server.objects(u"harvesterhci.io"_s, u"versions"_s).size(), 1);
}

void tst_Scenario::demoClustersAreThree()
{
    const QList<ServerOptions> clusters = demoClusters();
    QCOMPARE(clusters.size(), 3);
    QStringList states;
    for (const ServerOptions &made : clusters) {
        Server server(made);
        QVERIFY2(server.start(), qPrintable(server.errorString()));
        states.append(json::label(upgradeOf(server), u"harvesterhci.io/upgradeState"_s));
    }
    QCOMPARE(states, (QStringList{u"UpgradingNodes"_s, u"UpgradingNodes"_s, QString()}));
}

QTEST_GUILESS_MAIN(tst_Scenario)
#include "tst_scenario.moc"
