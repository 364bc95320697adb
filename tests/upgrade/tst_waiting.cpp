// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What is waited for, and what counts as stuck: each thing named with the object or line that says so, each limit just
// before and just after.

#include "support/upgrade_world.h"
#include "upgrade/board.h"
#include "upgrade/boardtext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace upgrade;
using support::json;
using support::thing;
using support::World;

namespace {

const QString nodesPhase
    = u"Completed=U LogReady=T@1 ImageReady=T@2 RepoReady=T@3 NodesPrepared=T@10 SystemServicesUpgraded=T@20 NodesUpgraded=U"_s;

World drain(const QString &state, double since = 30)
{
    World world;
    world.upgrade(nodesPhase, u"UpgradingNodes"_s, u"n1=%1;n2=Images preloaded;n3=Images preloaded"_s.arg(state));
    for (const auto &node : {u"n1"_s, u"n2"_s, u"n3"_s})
        world.node(node);
    if (state == "Pre-draining"_L1)
        world.job(u"pre"_s, u"pre-drain"_s, u"n1"_s, u"running"_s, since);
    else
        world.job(u"pre"_s, u"pre-drain"_s, u"n1"_s, u"complete"_s, since - 5, since);
    if (state == "Post-draining"_L1)
        world.job(u"post"_s, u"post-drain"_s, u"n1"_s, u"running"_s, since);
    if (state == "Waiting Reboot"_L1)
        world.job(u"post"_s, u"post-drain"_s, u"n1"_s, u"complete"_s, since - 4, since);
    return world;
}

QJsonObject volume(const QString &robustness)
{
    return thing(u"longhorn-system"_s, u"pvc-1"_s,
        {{u"status"_s,
            QJsonObject{{u"state"_s, u"attached"_s}, {u"robustness"_s, robustness}, {u"currentNodeID"_s, u"n2"_s},
                {u"kubernetesStatus"_s,
                    QJsonObject{{u"namespace"_s, u"default"_s}, {u"pvcName"_s, u"vm1-disk-0"_s}}}}}});
}

QJsonObject vmi(const QString &name, const QString &node)
{
    return thing(u"default"_s, name, {{u"status"_s, QJsonObject{{u"phase"_s, u"Running"_s}, {u"nodeName"_s, node}}}});
}

} // namespace

class TestWaiting : public QObject {
    Q_OBJECT

    static void verify(
        const World &world, double minute, const char *code, const char *node, Kind kind, const char *evidence)
    {
        const Board board = deriveBoard(world.snapshot, World::at(minute));
        QVERIFY2(board.waiting.has_value(), code);
        QCOMPARE(board.waiting->what.code, QLatin1String(code));
        QCOMPARE(board.waiting->node, QLatin1String(node));
        QCOMPARE(board.waiting->evidence.object.kind, kind);
        QVERIFY2(
            board.waiting->evidence.text.contains(QLatin1String(evidence)), qPrintable(board.waiting->evidence.text));
        const QString words = text(board.waiting->what);
        QVERIFY2(!words.isEmpty() && !words.contains("%1"_L1) && !words.startsWith(board.waiting->what.code),
            qPrintable(words));
    }

private Q_SLOTS:
    void limits_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<int>("minutes");
        QTest::newRow("pre-draining") << u"Pre-draining"_s << 60;
        QTest::newRow("pre-drained") << u"Pre-drained"_s << 30;
        QTest::newRow("post-draining") << u"Post-draining"_s << 45;
        QTest::newRow("waiting reboot") << u"Waiting Reboot"_s << 20;
    }
    void limits()
    {
        QFETCH(const QString, state);
        QFETCH(const int, minutes);
        const World world = drain(state);
        const Board before = deriveBoard(world.snapshot, World::at(30 + minutes));
        QCOMPARE(before.state, State::Running);
        QCOMPARE(before.nodes.at(0).since, World::at(30));
        QVERIFY(before.nodes.at(0).sinceExact);
        const Board after = deriveBoard(world.snapshot, World::at(30.1 + minutes));
        QCOMPARE(after.state, State::Stuck);
        QCOMPARE(after.nodes.at(0).state, State::Stuck);
        QCOMPARE(after.nodes.at(1).state, State::Pending); // the others only wait for their turn
        QVERIFY(after.waiting.has_value());
        QVERIFY(after.waiting->stuck);
        QVERIFY(!after.estimate);
    }

    void nothingIsStuckWhileBlind()
    {
        World world = drain(u"Waiting Reboot"_s);
        world.snapshot.seen.blind.append({World::at(32), {}});
        QCOMPARE(deriveBoard(world.snapshot, World::at(500)).state, State::Running);
        world.snapshot.seen.blind.last().to = World::at(499);
        QCOMPARE(deriveBoard(world.snapshot, World::at(500)).state, State::Stuck);
    }

    void retryIsStuck()
    {
        World world = drain(u"Pre-draining"_s);
        world.log(u"uid-pre"_s,
            u"[Thu Sep 3] Running \"upgrade_node.sh pre-drain\" errors, will retry after 10 minutes (0 retries)..."_s,
            31);
        const Board board = deriveBoard(world.snapshot, World::at(32));
        QCOMPARE(board.state, State::Stuck);
        verify(world, 32, "log-retry", "n1", Kind::Pod, "will retry after 10 minutes");
        QCOMPARE(board.waiting->evidence.line, 1);
        QCOMPARE(board.waiting->since, World::at(31));
    }

    void preDrain()
    {
        World world = drain(u"Pre-draining"_s);
        world.add(Kind::Volume, volume(u"degraded"_s));
        world.add(Kind::Vmi, vmi(u"vm1"_s, u"n1"_s));
        verify(world, 31, "volume", "n1", Kind::Volume, "degraded");
        world.log(u"uid-pre"_s, u"Waiting for all Longhorn volumes to be healthy..."_s, 30.5);
        verify(world, 31, "volume", "n1", Kind::Volume, "degraded");
        QCOMPARE(deriveBoard(world.snapshot, World::at(31)).waiting->since, World::at(30.5));
        world.log(u"uid-pre"_s, u"All Longhorn volumes are healthy."_s, 31);
        world.log(u"uid-pre"_s, u"Waiting for VM live-migration or shutdown...(count: 1)"_s, 31.5);
        verify(world, 32, "vms", "n1", Kind::Vmi, "n1");
        world.add(Kind::Migration,
            thing(u"default"_s, u"kubevirt-evacuation-x"_s,
                json(R"({"spec":{"vmiName":"vm1"},"status":{"phase":"Failed"}})")));
        verify(world, 32, "migration-failed", "n1", Kind::Migration, "Failed");
        world.snapshot.vmis.clear();
        verify(world, 32, "log-line", "n1", Kind::Pod, "count: 1");
        world.log(u"uid-pre"_s, u"Waiting for evacuation PDB gone..."_s, 32);
        verify(world, 33, "log-line", "n1", Kind::Pod, "evacuation PDB");
    }

    void preDrained()
    {
        World world = drain(u"Pre-drained"_s);
        world.add(Kind::ProvisioningCluster,
            thing(u"fleet-local"_s, u"local"_s,
                json(
                    R"({"status":{"conditions":[{"type":"Updated","status":"Unknown","reason":"Waiting","message":"draining etcd node(s) custom-n1"}]}})")));
        world.add(Kind::Pdb,
            thing(u"longhorn-system"_s, u"instance-manager-d80e13"_s, json(R"({"status":{"disruptionsAllowed":0}})")));
        verify(world, 31, "planner", "n1", Kind::ProvisioningCluster, "draining etcd");
        verify(world, 61, "pdb", "n1", Kind::Pdb, "0");
        world.add(Kind::PlanSecret,
            thing(u"fleet-local"_s, u"custom-n1-machine-plan"_s,
                json(
                    R"({"metadata":{"labels":{"rke.cattle.io/machine-name":"custom-n1"},"annotations":{"rke.cattle.io/drain-error":"cannot evict pod"}}})")));
        verify(world, 61, "drain-error", "n1", Kind::PlanSecret, "cannot evict");
    }

    void postDrain()
    {
        World world = drain(u"Post-draining"_s);
        world.log(u"uid-post"_s, u"Waiting for RKE2 to be upgraded..."_s, 30.5);
        verify(world, 31, "runtime", "n1", Kind::Pod, "RKE2");
        const Board board = deriveBoard(world.snapshot, World::at(31));
        QCOMPARE(board.waiting->what.args, (QStringList{u"n1"_s, u"v1.35.4+rke2r1"_s, u"v1.36.1+rke2r1"_s}));
    }

    void reboot()
    {
        World world = drain(u"Waiting Reboot"_s);
        verify(world, 31, "reboot", "n1", Kind::Node, "Harvester v1.8.2");
        const QJsonObject down{{u"status"_s,
            QJsonObject{{u"conditions"_s,
                QJsonArray{QJsonObject{{u"type"_s, u"Ready"_s}, {u"status"_s, u"Unknown"_s},
                    {u"lastTransitionTime"_s, World::stamp(31)}}}}}}};
        world.node(u"n1"_s, down);
        verify(world, 32, "reboot-down", "n1", Kind::Node, "");
        world.node(u"n1"_s,
            json(
                R"({"metadata":{"annotations":{"harvesterhci.io/pendingOSImage":"Harvester v1.9.0"}},"status":{"nodeInfo":{"osImage":"Harvester v1.9.0"}}})"));
        verify(world, 33, "reboot-unnoticed", "n1", Kind::Node, "Harvester v1.9.0");
    }

    void notReadyInAnyState()
    {
        World world = drain(u"Post-draining"_s);
        const QJsonObject down{{u"status"_s,
            QJsonObject{{u"conditions"_s,
                QJsonArray{QJsonObject{{u"type"_s, u"Ready"_s}, {u"status"_s, u"False"_s},
                    {u"lastTransitionTime"_s, World::stamp(31)}}}}}}};
        world.node(u"n1"_s, down);
        verify(world, 32, "not-ready", "n1", Kind::Node, "False");
        QCOMPARE(deriveBoard(world.snapshot, World::at(45)).state, State::Running);
        QCOMPARE(deriveBoard(world.snapshot, World::at(46.5)).state, State::Stuck);
        // Also one that is through.
        World through;
        through.upgrade(nodesPhase, u"UpgradingNodes"_s, u"n1=Succeeded;n2=Pre-draining"_s);
        through.node(u"n1"_s, down);
        through.node(u"n2"_s);
        QCOMPARE(deriveBoard(through.snapshot, World::at(60)).nodes.at(0).state, State::Stuck);
    }

    void nobodyAtWork()
    {
        World world;
        world.upgrade(nodesPhase, u"UpgradingNodes"_s, u"n1=Succeeded;n2=Images preloaded"_s);
        world.node(u"n1"_s);
        world.node(u"n2"_s);
        world.job(u"post"_s, u"post-drain"_s, u"n1"_s, u"complete"_s, 25, 30);
        QCOMPARE(deriveBoard(world.snapshot, World::at(44)).state, State::Running);
        QCOMPARE(deriveBoard(world.snapshot, World::at(46)).state, State::Stuck);
        world.add(Kind::PlanSecret,
            thing(u"fleet-local"_s, u"custom-n2-machine-plan"_s,
                json(
                    R"({"metadata":{"labels":{"rke.cattle.io/machine-name":"custom-n2"},"annotations":{"rke.cattle.io/pre-drain":"enabled"}}})")));
        verify(world, 35, "pre-drain-start", "n2", Kind::PlanSecret, "enabled");
        world.job(u"restore"_s, u"restore-vm"_s, u"n1"_s, u"failed"_s, 31, 32);
        verify(world, 35, "pending-job", "n2", Kind::Job, "0");
    }

    void paused()
    {
        World world;
        world.upgrade(nodesPhase, u"UpgradingNodes"_s,
            u"n1=Node-upgrade paused(AdministrativelyPaused);n2=Images preloaded"_s,
            {{u"metadata"_s,
                QJsonObject{{u"annotations"_s,
                    QJsonObject{{u"harvesterhci.io/node-upgrade-pause-map"_s, u"{\"n1\":\"pause\"}"_s}}}}}});
        world.node(u"n1"_s);
        world.node(u"n2"_s);
        verify(world, 1000, "paused", "n1", Kind::Upgrade, "pause");
        const Board board = deriveBoard(world.snapshot, World::at(1000));
        QCOMPARE(board.state, State::Paused);
        QVERIFY(!board.waiting->stuck);
    }

    void repository()
    {
        World world;
        world.upgrade(u"Completed=U LogReady=T@1 ImageReady=U"_s, u"LoggingInfraPrepared"_s);
        world.node(u"n1"_s);
        world.add(Kind::Image,
            thing(u"harvester-system"_s, u"up"_s,
                json(
                    R"({"spec":{"retry":3},"status":{"progress":40,"failed":1,"conditions":[{"type":"Imported","status":"Unknown","reason":"Importing","message":"unexpected EOF"}]}})")));
        verify(world, 2, "image", "", Kind::Image, "unexpected EOF");
        QCOMPARE(deriveBoard(world.snapshot, World::at(2)).phases.at(1).fraction, 0.4 * 0.85);
        world.add(Kind::Pod,
            thing(u"harvester-system"_s, u"importer-prime-1"_s,
                json(
                    R"({"status":{"phase":"Pending","containerStatuses":[{"name":"importer","state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off"}}}]}})")));
        verify(world, 2, "pod-container", "", Kind::Pod, "CrashLoopBackOff");

        World repo;
        repo.upgrade(u"Completed=U LogReady=T@1 ImageReady=T@5 RepoReady=U"_s, u"PreparingRepo"_s);
        repo.node(u"n1"_s);
        repo.add(Kind::Deployment,
            thing(u"harvester-system"_s, u"upgrade-repo-up"_s,
                json(
                    R"({"spec":{"replicas":2},"status":{"replicas":2,"readyReplicas":1,"conditions":[{"type":"Available","status":"False","reason":"MinimumReplicasUnavailable"}]}})")));
        verify(repo, 6, "repo", "", Kind::Deployment, "MinimumReplicasUnavailable");
        QCOMPARE(deriveBoard(repo.snapshot, World::at(6)).phases.at(1).fraction, 0.85 + 0.15 * 0.5);
        QCOMPARE(deriveBoard(repo.snapshot, World::at(14)).state, State::Running);
        QCOMPARE(deriveBoard(repo.snapshot, World::at(16)).state, State::Stuck);
        repo.add(Kind::Pod,
            thing(u"harvester-system"_s, u"upgrade-repo-up-x"_s,
                json(
                    R"({"metadata":{"labels":{"harvesterhci.io/upgrade":"up","harvesterhci.io/upgradeComponent":"repo"}},"status":{"phase":"Pending"}})")));
        repo.add(Kind::Event,
            thing(u"harvester-system"_s, u"e1"_s,
                json(
                    R"({"type":"Warning","reason":"FailedMount","message":"MountVolume failed","involvedObject":{"kind":"Pod","name":"upgrade-repo-up-x","namespace":"harvester-system"}})")));
        verify(repo, 6, "pod-event", "", Kind::Event, "MountVolume");
        // A pod that has failed is over: its successor tells what is waited for, not an old event of it.
        repo.add(Kind::Pod,
            thing(u"harvester-system"_s, u"upgrade-repo-up-x"_s,
                json(
                    R"({"metadata":{"labels":{"harvesterhci.io/upgrade":"up","harvesterhci.io/upgradeComponent":"repo"}},"status":{"phase":"Failed"}})")));
        verify(repo, 6, "repo", "", Kind::Deployment, "MinimumReplicasUnavailable");

        World vm; // up to v1.6
        vm.upgrade(u"Completed=U LogReady=T@1 ImageReady=T@5 RepoReady=U"_s, u"PreparingRepo"_s);
        vm.node(u"n1"_s);
        vm.add(Kind::RepoVm,
            thing(u"harvester-system"_s, u"upgrade-repo-up"_s,
                json(R"({"status":{"printableStatus":"Starting","ready":false}})")));
        verify(vm, 6, "repo-vm", "", Kind::RepoVm, "Starting");
    }

    void logInfra()
    {
        World world;
        world.upgrade(u"Completed=U LogReady=U@0"_s, u"PreparingLoggingInfra"_s);
        world.node(u"n1"_s);
        world.add(Kind::UpgradeLog,
            thing(u"harvester-system"_s, u"up-upgradelog"_s,
                json(
                    R"({"spec":{"upgradeName":"up"},"status":{"conditions":[{"type":"LoggingOperatorReady","status":"True"}]}})")));
        verify(world, 1, "upgradelog", "", Kind::UpgradeLog, "");
        QCOMPARE(deriveBoard(world.snapshot, World::at(1)).phases.at(0).fraction, 1.0 / 3);
        QCOMPARE(deriveBoard(world.snapshot, World::at(5)).state, State::Running);
        QCOMPARE(deriveBoard(world.snapshot, World::at(5.1)).state, State::Stuck);
    }

    void systemServices()
    {
        World world;
        world.upgrade(
            u"Completed=U LogReady=T@1 ImageReady=T@2 RepoReady=T@3 NodesPrepared=T@10 SystemServicesUpgraded=U"_s,
            u"UpgradingSystemServices"_s, u"n1=Images preloaded"_s);
        world.node(u"n1"_s);
        world.job(u"manifests"_s, u"apply-manifests"_s, {}, u"running"_s, 11);
        world.log(u"uid-manifests"_s, u"Wait for Rancher to be upgraded to v2.14.1"_s, 12);
        verify(world, 13, "log-line", "", Kind::Pod, "Wait for Rancher");
        QCOMPARE(deriveBoard(world.snapshot, World::at(13)).phases.at(3).fraction, 4.0 / 13);
        QCOMPARE(deriveBoard(world.snapshot, World::at(32)).state, State::Running);
        QCOMPARE(deriveBoard(world.snapshot, World::at(32.1)).state, State::Stuck);
        world.log(u"uid-manifests"_s, u"Waiting for ManagedChart fleet-local/harvester from generation 1"_s, 33);
        world.add(Kind::Bundle,
            thing(u"fleet-local"_s, u"mcc-harvester"_s,
                json(
                    R"({"status":{"conditions":[{"type":"Ready","status":"False","message":"ErrApplied(1) [another operation is in progress]"}]}})")));
        verify(world, 34, "bundle", "", Kind::Bundle, "ErrApplied");
    }

    void preloadWithoutJob()
    {
        World world;
        world.upgrade(u"Completed=U LogReady=T@1 ImageReady=T@2 RepoReady=T@3 NodesPrepared=U"_s, u"PreparingNodes"_s);
        world.node(u"n1"_s);
        world.node(u"n2"_s);
        world.add(Kind::Plan, thing(u"cattle-system"_s, u"up-prepare"_s, json(R"({"status":{"latestHash":"h"}})")));
        QCOMPARE(deriveBoard(world.snapshot, World::at(32)).state, State::Running);
        QCOMPARE(deriveBoard(world.snapshot, World::at(34)).state, State::Stuck);
        verify(world, 34, "preload-lost", "", Kind::Plan, "");
        world.node(u"n1"_s, json(R"({"metadata":{"labels":{"plan.upgrade.cattle.io/up-prepare":"h"}}})"));
        QCOMPARE(deriveBoard(world.snapshot, World::at(5)).phases.at(2).fraction, 0.5);
        world.node(u"n2"_s, json(R"({"metadata":{"labels":{"plan.upgrade.cattle.io/up-prepare":"disabled"}}})"));
        QCOMPARE(deriveBoard(world.snapshot, World::at(5)).phases.at(2).fraction, 1.0);
    }

    void estimate()
    {
        World world;
        world.upgrade(nodesPhase, u"UpgradingNodes"_s, u"n1=Succeeded;n2=Images preloaded;n3=Images preloaded"_s);
        for (const auto &node : {u"n1"_s, u"n2"_s, u"n3"_s})
            world.node(node);
        world.job(u"pre"_s, u"pre-drain"_s, u"n1"_s, u"complete"_s, 20, 30);
        world.job(u"post"_s, u"post-drain"_s, u"n1"_s, u"complete"_s, 31, 50);
        Board board = deriveBoard(world.snapshot, World::at(51));
        QVERIFY(board.estimate.has_value());
        QCOMPARE(board.estimate->basis.code, u"from-nodes"_s);
        QCOMPARE(board.estimate->remaining,
            std::chrono::minutes(2 * 30 + 5)); // two nodes as long as the first, and clean-up
        World early;
        early.upgrade(u"Completed=U LogReady=U@0"_s, u"PreparingLoggingInfra"_s);
        QVERIFY(!deriveBoard(early.snapshot, World::at(1)).estimate); // how many nodes?
        early.node(u"n1"_s);
        board = deriveBoard(early.snapshot, World::at(1));
        QVERIFY(board.estimate.has_value());
        QCOMPARE(board.estimate->basis.code, u"typical"_s);
        World image;
        image.upgrade(u"Completed=U LogReady=T@0 ImageReady=U"_s, u"LoggingInfraPrepared"_s);
        image.node(u"n1"_s);
        image.add(Kind::Image, thing(u"harvester-system"_s, u"up"_s, json(R"({"status":{"progress":50}})")));
        // Seen once, nothing says that it moves; seen to move, its speed does.
        QVERIFY(!deriveBoard(image.snapshot, World::at(10)).estimate);
        image.snapshot.seen = observe(image.snapshot, World::at(9));
        image.snapshot.seen = observe(image.snapshot, World::at(9.5));
        image.add(Kind::Image, thing(u"harvester-system"_s, u"up"_s, json(R"({"status":{"progress":55}})")));
        image.snapshot.seen = observe(image.snapshot, World::at(10));
        board = deriveBoard(image.snapshot, World::at(10));
        QVERIFY(board.estimate.has_value());
        QCOMPARE(board.estimate->basis.code, u"from-rate"_s);
    }
};

QTEST_GUILESS_MAIN(TestWaiting)
#include "tst_waiting.moc"
