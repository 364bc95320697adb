// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What counts as progress and what does not, for who watches and for who looks once.

#include "support/upgrade_world.h"
#include "upgrade/board.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace upgrade;
using support::json;
using support::merged;
using support::thing;
using support::World;

namespace {

const QString downloading = u"Completed=U LogReady=T@1 ImageReady=U@1"_s;
const QString services = u"Completed=U LogReady=T@1 ImageReady=T@2 RepoReady=T@3 NodesPrepared=T@10 SystemServicesUpgraded=U@10"_s;

QJsonObject image(const char *status)
{
    return thing(u"harvester-system"_s, u"up"_s, {{u"metadata"_s, QJsonObject{{u"creationTimestamp"_s, World::stamp(1)}}}, {u"status"_s, json(status)}});
}

} // namespace

class TestStuck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDownloadSeenOnce_data()
    {
        QTest::addColumn<QJsonObject>("object");
        QTest::addColumn<double>("podStarted"); ///< of the importer; negative: none
        QTest::addColumn<double>("minute");
        QTest::addColumn<State>("state");
        const auto row = [](const char *name, const QJsonObject &object, double pod, double minute, State state) {
            QTest::newRow(name) << object << pod << minute << state;
        };
        row("not begun, early", image(R"({"progress":0})"), -1, 11, State::Running);
        row("not begun, late", image(R"({"progress":0})"), -1, 11.1, State::Stuck);
        row("says nothing of progress", image("{}"), -1, 11.1, State::Stuck);
        row("under way: cannot be told", image(R"({"progress":37})"), -1, 500, State::Running);
        row("began again a moment ago", image(R"({"progress":0,"failed":1,"lastFailedTime":"2026-09-03T09:40:00Z"})"), -1, 45, State::Running);
        row("its pod is young", image(R"({"progress":0})"), 40, 45, State::Running);
        row("its pod is old", image(R"({"progress":0})"), 20, 45, State::Stuck);
    }
    void aDownloadSeenOnce()
    {
        QFETCH(const QJsonObject, object);
        QFETCH(const double, podStarted);
        QFETCH(const double, minute);
        World world;
        world.node(u"n1"_s);
        world.upgrade(downloading, u"LoggingInfraPrepared"_s);
        world.add(Kind::Image, object);
        if (podStarted >= 0)
            world.add(Kind::Pod, thing(u"harvester-system"_s, u"importer-prime-1"_s,
                                       {{u"metadata"_s, QJsonObject{{u"creationTimestamp"_s, World::stamp(podStarted)}}},
                                        {u"status"_s, QJsonObject{{u"phase"_s, u"Running"_s}, {u"startTime"_s, World::stamp(podStarted)}}}}));
        world.snapshot.seen = observe(world.snapshot, World::at(minute));
        QTEST(deriveBoard(world.snapshot, World::at(minute)).state, "state");
    }

    /// A phase that is watched: `change` at minute 15 of the limit is a sign of progress, or is not.
    static void watched(World world, double limit, const std::function<void(World &)> &change, bool progress)
    {
        world.snapshot.seen = observe(world.snapshot, World::at(20));
        world.snapshot.seen = observe(world.snapshot, World::at(20.5));
        change(world);
        world.snapshot.seen = observe(world.snapshot, World::at(20 + limit / 2));
        const Board board = deriveBoard(world.snapshot, World::at(20 + limit + 1));
        QCOMPARE(board.state, progress ? State::Running : State::Stuck);
    }

    void signsOfPhase3_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QJsonObject>("object");
        QTest::addColumn<bool>("progress");
        const auto chart = [](const char *more) {
            return merged(thing(u"fleet-local"_s, u"harvester"_s, json(R"({"metadata":{"generation":3},"status":{"observedGeneration":3,"display":{"state":"WaitApplied"},"summary":{"desiredReady":1}}})")), json(more));
        };
        QTest::newRow("chart goes back and forth") << int(Kind::ManagedChart) << chart(R"({"status":{"display":{"state":"ErrApplied"}}})") << false;
        QTest::newRow("chart generation") << int(Kind::ManagedChart) << chart(R"({"metadata":{"generation":4}})") << true;
        QTest::newRow("chart observed") << int(Kind::ManagedChart) << chart(R"({"status":{"observedGeneration":4}})") << true;
        QTest::newRow("bundle generation") << int(Kind::Bundle) << thing(u"fleet-local"_s, u"mcc-harvester"_s, json(R"({"metadata":{"generation":2}})")) << true;
        QTest::newRow("rancher rolls") << int(Kind::Pod) << thing(u"cattle-system"_s, u"rancher-2"_s, json(R"({"metadata":{"labels":{"app":"rancher"}},"status":{"phase":"Running"}})")) << true;
        QTest::newRow("another pod") << int(Kind::Pod) << thing(u"cattle-system"_s, u"x"_s, json(R"({"status":{"phase":"Running"}})")) << false;
    }
    void signsOfPhase3()
    {
        QFETCH(const int, kind);
        QFETCH(const QJsonObject, object);
        QFETCH(const bool, progress);
        World world;
        world.node(u"n1"_s);
        world.upgrade(services, u"UpgradingSystemServices"_s);
        world.job(u"up-apply-manifests"_s, u"apply-manifests"_s, {}, u"running"_s, 10);
        world.add(Kind::ManagedChart, thing(u"fleet-local"_s, u"harvester"_s, json(R"({"metadata":{"generation":3},"status":{"observedGeneration":3,"display":{"state":"WaitApplied"},"summary":{"desiredReady":1}}})")));
        world.log(u"uid-up-apply-manifests"_s, u"Waiting for KubeVirt to upgrade to 1.7.0..."_s, 19);
        watched(world, 20, [&](World &w) { w.add(Kind(kind), object); }, progress);
    }

    void signsOfPhase1_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<bool>("progress");
        QTest::newRow("something happens") << u"Normal"_s << true;
        QTest::newRow("warned again") << u"Warning"_s << false;
    }
    void signsOfPhase1()
    {
        QFETCH(const QString, type);
        QFETCH(const bool, progress);
        World world;
        world.node(u"n1"_s);
        world.upgrade(u"Completed=U LogReady=T@1 ImageReady=T@19 RepoReady=U@19"_s, u"PreparingRepo"_s);
        world.add(Kind::Deployment, thing(u"harvester-system"_s, u"upgrade-repo-up"_s, json(R"({"spec":{"replicas":2},"status":{"readyReplicas":1}})")));
        world.add(Kind::Pod, thing(u"harvester-system"_s, u"repo-1"_s,
                                   json(R"({"metadata":{"labels":{"harvesterhci.io/upgrade":"up","harvesterhci.io/upgradeComponent":"repo"}},"status":{"phase":"Pending"}})")));
        watched(world, 10, [&](World &w) {
            w.add(Kind::Event, thing(u"harvester-system"_s, u"e1"_s, {{u"type"_s, type}, {u"reason"_s, u"FailedMount"_s},
                                     {u"involvedObject"_s, QJsonObject{{u"kind"_s, u"Pod"_s}, {u"name"_s, u"repo-1"_s}, {u"namespace"_s, u"harvester-system"_s}}}}));
        }, progress);
    }

    void aLogReadLateIsNoProgress()
    {
        // The objects are all there at once, the log comes a moment later: its lines are as old as they are.
        World world;
        world.node(u"n1"_s);
        world.upgrade(services, u"UpgradingSystemServices"_s);
        world.job(u"up-apply-manifests"_s, u"apply-manifests"_s, {}, u"running"_s, 10);
        world.source(u"nodes"_s, SourceState::State::Live);
        world.snapshot.seen = observe(world.snapshot, World::at(60));
        world.snapshot.seen = observe(world.snapshot, World::at(60.1));
        QVERIFY(world.snapshot.seen.settled);
        world.log(u"uid-up-apply-manifests"_s, u"Waiting for KubeVirt to upgrade to 1.7.0..."_s, 20);
        world.snapshot.seen = observe(world.snapshot, World::at(60.2));
        QCOMPARE(deriveBoard(world.snapshot, World::at(60.2)).state, State::Stuck);
        // Nor is it one that the Job makes a new pod which says what the last one said.
        world.log(u"uid-up-apply-manifests"_s, u"Waiting for KubeVirt to upgrade to 1.7.0..."_s, 60.1);
        QCOMPARE(deriveBoard(world.snapshot, World::at(60.2)).state, State::Stuck);
    }

    void aSingleNodeAtWork_data()
    {
        QTest::addColumn<double>("lastLine"); ///< minute; negative: the Job writes nothing
        QTest::addColumn<double>("now");
        QTest::addColumn<State>("state");
        QTest::newRow("begun") << -1.0 << 89.0 << State::Running;
        QTest::newRow("silent for an hour") << -1.0 << 92.0 << State::Stuck;
        QTest::newRow("wrote a moment ago") << 100.0 << 130.0 << State::Running;
        QTest::newRow("wrote long ago") << 100.0 << 162.0 << State::Stuck;
    }
    void aSingleNodeAtWork()
    {
        // One Job does everything and the node keeps "Images preloaded" meanwhile.
        QFETCH(const double, lastLine);
        QFETCH(const double, now);
        World world;
        world.node(u"n1"_s);
        world.upgrade(u"Completed=U LogReady=T@1 ImageReady=T@2 RepoReady=T@3 NodesPrepared=T@10 SystemServicesUpgraded=T@29 NodesUpgraded=U@29"_s,
                      u"UpgradingNodes"_s, u"n1=Images preloaded"_s, {{u"status"_s, QJsonObject{{u"singleNode"_s, u"n1"_s}}}});
        world.job(u"up-single-node-upgrade-n1"_s, u"single-node-upgrade"_s, u"n1"_s, u"running"_s, 30);
        if (lastLine >= 0)
            world.log(u"uid-up-single-node-upgrade-n1"_s, u"Upgrading RKE2"_s, lastLine);
        world.snapshot.seen = observe(world.snapshot, World::at(now));
        QTEST(deriveBoard(world.snapshot, World::at(now)).nodes.at(0).state, "state");
    }

    void aPreloadingJobThatWrites_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<double>("first");
        QTest::addColumn<double>("last");
        QTest::addColumn<State>("state");
        QTest::newRow("silent") << QString() << 0.0 << 0.0 << State::Stuck;
        QTest::newRow("goes on") << u"Importing rke2 images from repo..."_s << 30.0 << 70.0 << State::Running;
        QTest::newRow("says the same") << u"Waiting for the repo, retry"_s << 12.0 << 70.0 << State::Stuck;
    }
    void aPreloadingJobThatWrites()
    {
        QFETCH(const QString, line);
        QFETCH(const double, first);
        QFETCH(const double, last);
        World world;
        world.node(u"n1"_s);
        world.upgrade(u"Completed=U LogReady=T@1 ImageReady=T@2 RepoReady=T@3 NodesPrepared=U@10"_s, u"PreparingNodes"_s, u"n1=Images preloading"_s);
        world.prepareJob(u"n1"_s, u"running"_s, 11);
        for (const double minute : {first, last}) {
            if (!line.isEmpty())
                world.log(u"uid-apply-up-prepare-on-n1"_s, line, minute);
        }
        QTEST(deriveBoard(world.snapshot, World::at(75)).state, "state");
    }

    void aPreloadingNodeWithoutAJob()
    {
        World world;
        world.node(u"n1"_s);
        world.upgrade(u"Completed=U LogReady=T@1 ImageReady=T@2 RepoReady=T@3 NodesPrepared=U@10"_s, u"PreparingNodes"_s, u"n1=Images preloading"_s);
        world.snapshot.seen = observe(world.snapshot, World::at(11));
        QCOMPARE(deriveBoard(world.snapshot, World::at(41)).state, State::Running);
        QCOMPARE(deriveBoard(world.snapshot, World::at(41.1)).state, State::Stuck);
    }

    void aPausedClusterWaitsForNobodyElse()
    {
        // Rancher's planner speaks of the node that it has cordoned, by the name of its machine.
        World world;
        world.upgrade(u"Completed=U LogReady=T@1 ImageReady=T@2 RepoReady=T@3 NodesPrepared=T@10 SystemServicesUpgraded=T@20 NodesUpgraded=U"_s, u"UpgradingNodes"_s,
                      u"n1=Succeeded;n2=Node-upgrade paused;n3=Images preloaded"_s);
        for (const auto &node : {u"n1"_s, u"n2"_s, u"n3"_s})
            world.node(node);
        world.add(Kind::ProvisioningCluster, thing(u"fleet-local"_s, u"local"_s,
            json(R"({"status":{"conditions":[{"type":"Updated","status":"Unknown","message":"draining etcd node(s) custom-n2"}]}})")));
        Board board = deriveBoard(world.snapshot, World::at(30));
        QCOMPARE(board.state, State::Paused);
        QCOMPARE(board.nodes.at(1).waiting.code, u"paused"_s);
        QCOMPARE(board.nodes.at(2).waiting, (Message{u"behind-paused"_s, {u"n3"_s, u"n2"_s}}));
        // Without a paused one the message is of the node it names, and of all when it names none.
        world.upgrade(u"Completed=U LogReady=T@1 ImageReady=T@2 RepoReady=T@3 NodesPrepared=T@10 SystemServicesUpgraded=T@20 NodesUpgraded=U"_s, u"UpgradingNodes"_s,
                      u"n1=Succeeded;n2=Images preloaded;n3=Images preloaded"_s);
        board = deriveBoard(world.snapshot, World::at(30));
        QCOMPARE(board.nodes.at(1).waiting.code, u"planner"_s);
        QVERIFY(board.nodes.at(2).waiting.isEmpty());
        world.add(Kind::ProvisioningCluster, thing(u"fleet-local"_s, u"local"_s,
            json(R"({"status":{"conditions":[{"type":"Updated","status":"Unknown","message":"waiting for plan to be applied"}]}})")));
        board = deriveBoard(world.snapshot, World::at(30));
        QCOMPARE(board.nodes.at(2).waiting.code, u"planner"_s);
    }
};

QTEST_GUILESS_MAIN(TestStuck)
#include "tst_stuck.moc"
