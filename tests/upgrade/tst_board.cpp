// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Which object a board is about, clusters without an upgrade, V2, single nodes, notes, observations and the timeline.

#include "support/upgrade_world.h"
#include "upgrade/board.h"
#include "upgrade/boardtext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace upgrade;
using support::json;
using support::merged;
using support::thing;
using support::World;

namespace {

const QString nodesPhase = u"Completed=U LogReady=T@1 ImageReady=T@2 RepoReady=T@3 NodesPrepared=T@10 SystemServicesUpgraded=T@20 NodesUpgraded=U"_s;
const QString done = u"Completed=T@60 LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=T NodesUpgraded=T@60"_s;

bool noted(const Board &board, QLatin1StringView code)
{
    return std::ranges::any_of(board.notes, [&](const Message &note) { return note.code == code; });
}

QJsonObject other(const QString &name, double created, bool latest, const QString &conditions)
{
    QJsonObject labels;
    if (latest)
        labels.insert(u"harvesterhci.io/latestUpgrade"_s, u"true"_s);
    return thing(u"harvester-system"_s, name,
                 {{u"metadata"_s, QJsonObject{{u"creationTimestamp"_s, World::stamp(created)}, {u"labels"_s, labels}}},
                  {u"status"_s, QJsonObject{{u"conditions"_s, support::conditionsOf(conditions)}}}});
}

QJsonObject plan(const QString &phase, const QJsonObject &more = {})
{
    return merged(thing({}, u"plan"_s, json(R"({"spec":{"version":"v1.9.0"},"status":{"previousVersion":"v1.8.2",
        "releaseMetadata":{"os":"Harvester v1.9.0","kubernetes":"v1.36.1+rke2r1"},
        "conditions":[{"type":"Available","status":"True"},{"type":"Progressing","status":"True"},{"type":"Degraded","status":"False"}]}})")),
                  merged({{u"status"_s, QJsonObject{{u"currentPhase"_s, phase}}}}, more));
}

QString letters(const Board &board)
{
    QString out;
    for (const Phase &phase : board.phases)
        out += phase.skipped ? u'-' : u"PRSFZKU"_s.at(int(phase.state));
    return out;
}

} // namespace

class TestBoard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void presence()
    {
        World world;
        QCOMPARE(deriveBoard(world.snapshot, World::at(0)).presence, Board::Presence::NoUpgrade);
        world.source(u"upgrades.harvesterhci.io/harvester-system"_s, SourceState::State::Loading);
        QCOMPARE(deriveBoard(world.snapshot, World::at(0)).presence, Board::Presence::Loading);
        world.source(u"upgrades.harvesterhci.io/harvester-system"_s, SourceState::State::Missing);
        QCOMPARE(deriveBoard(world.snapshot, World::at(0)).presence, Board::Presence::NotHarvester);
        world.source(u"upgrades.harvesterhci.io/harvester-system"_s, SourceState::State::Live);
        world.source(u"nodes"_s, SourceState::State::Loading);
        QCOMPARE(deriveBoard(world.snapshot, World::at(0)).presence, Board::Presence::Loading);
        world.source(u"nodes"_s, SourceState::State::Denied, u"nodes is forbidden"_s);
        const Board board = deriveBoard(world.snapshot, World::at(0));
        QCOMPARE(board.presence, Board::Presence::NoUpgrade);
        QVERIFY(noted(board, "denied"_L1));
    }

    void offered()
    {
        World world;
        world.node(u"n1"_s);
        world.add(Kind::Setting, thing({}, u"server-version"_s, json(R"({"value":"v1.8.2"})")));
        for (const auto &version : {u"v1.8.2"_s, u"v1.9.0"_s, u"v1.10.0"_s, u"v1.7.0"_s, u"master-head"_s})
            world.add(Kind::Version, thing(u"harvester-system"_s, version));
        const Board board = deriveBoard(world.snapshot, World::at(0));
        QCOMPARE(board.offeredVersions, (QStringList{u"v1.10.0"_s, u"v1.9.0"_s, u"master-head"_s}));
    }

    void severalUpgrades()
    {
        World world;
        world.add(Kind::Upgrade, other(u"old"_s, 0, false, done));
        world.add(Kind::Upgrade, other(u"new"_s, 10, true, u"Completed=U LogReady=U"_s));
        world.add(Kind::Upgrade, other(u"older"_s, -10, false, done));
        Board board = deriveBoard(world.snapshot, World::at(11));
        QCOMPARE(board.upgrade.name, u"new"_s);
        QCOMPARE(board.otherUpgrades.size(), 2);
        QCOMPARE(board.otherUpgrades.at(0).name, u"old"_s);
        QVERIFY(board.notes.isEmpty());
        world.add(Kind::Upgrade, other(u"old"_s, 0, true, done));
        board = deriveBoard(world.snapshot, World::at(11));
        QCOMPARE(board.upgrade.name, u"new"_s);
        QVERIFY(noted(board, "several-latest"_L1));
        world.add(Kind::Upgrade, other(u"old"_s, 0, false, done));
        world.add(Kind::Upgrade, other(u"new"_s, 10, false, u"Completed=U LogReady=U"_s));
        board = deriveBoard(world.snapshot, World::at(11));
        QCOMPARE(board.upgrade.name, u"new"_s);
        QVERIFY(noted(board, "none-latest"_L1));
    }

    void justCreated()
    {
        // The label is still on the finished one.
        World world;
        world.add(Kind::Upgrade, other(u"finished"_s, 0, true, done));
        world.add(Kind::Upgrade, other(u"fresh"_s, 100, false, {}));
        QCOMPARE(deriveBoard(world.snapshot, World::at(101)).upgrade.name, u"fresh"_s);
        // But never instead of one that runs.
        world.add(Kind::Upgrade, other(u"finished"_s, 0, true, u"Completed=U LogReady=T"_s));
        QCOMPARE(deriveBoard(world.snapshot, World::at(101)).upgrade.name, u"finished"_s);
    }

    void singleNode()
    {
        World world;
        world.upgrade(nodesPhase, u"UpgradingNodes"_s, u"n1=Images preloaded"_s, json(R"({"status":{"singleNode":"n1"}})"));
        world.node(u"n1"_s);
        world.job(u"single"_s, u"single-node-upgrade"_s, u"n1"_s, u"running"_s, 21);
        world.log(u"uid-single"_s, u"Waiting for VM shutdown...(count: 2)"_s, 22);
        Board board = deriveBoard(world.snapshot, World::at(23));
        QVERIFY(board.singleNode);
        QCOMPARE(board.nodes.at(0).state, State::Running);
        QCOMPARE(board.nodes.at(0).since, World::at(21));
        QCOMPARE(board.nodes.at(0).job.name, u"single"_s);
        QCOMPARE(board.phases.at(4).fraction, 0.5);
        QVERIFY(board.waiting.has_value());
        QCOMPARE(board.waiting->evidence.text, u"Waiting for VM shutdown...(count: 2)"_s);
        world.job(u"single"_s, u"single-node-upgrade"_s, u"n1"_s, u"complete"_s, 21, 40);
        world.upgrade(nodesPhase, u"UpgradingNodes"_s, u"n1=Waiting Reboot"_s, json(R"({"status":{"singleNode":"n1"}})"));
        board = deriveBoard(world.snapshot, World::at(41));
        QCOMPARE(board.phases.at(4).fraction, 0.8);
        QCOMPARE(board.nodes.at(0).since, World::at(40));
    }

    void nodeWeights()
    {
        World world;
        world.upgrade(nodesPhase, u"UpgradingNodes"_s, u"n1=Succeeded;n2=Post-draining;n3=Images preloaded;n4=Pre-draining"_s);
        for (const auto &node : {u"n1"_s, u"n2"_s, u"n3"_s, u"n4"_s, u"joined-later"_s})
            world.node(node);
        const Board board = deriveBoard(world.snapshot, World::at(23));
        QCOMPARE(board.phases.at(4).fraction, (1 + 0.6 + 0 + 0.2) / 4);
    }

    void plans_data()
    {
        QTest::addColumn<QString>("phase");
        QTest::addColumn<QString>("letters");
        QTest::addColumn<int>("current");
        QTest::newRow("Initializing") << u"Initializing"_s << u"RPPPPP"_s << 0;
        QTest::newRow("ISODownloading") << u"ISODownloading"_s << u"-RPPPP"_s << 1;
        QTest::newRow("RepoCreating") << u"RepoCreating"_s << u"-RPPPP"_s << 1;
        QTest::newRow("MetadataPopulating") << u"MetadataPopulating"_s << u"-RPPPP"_s << 1;
        QTest::newRow("MetadataPopulated") << u"MetadataPopulated"_s << u"-SRPPP"_s << 2;
        QTest::newRow("ImagePreloading") << u"ImagePreloading"_s << u"-SRPPP"_s << 2;
        QTest::newRow("ImagePreloaded") << u"ImagePreloaded"_s << u"-SSRPP"_s << 3;
        QTest::newRow("ClusterUpgrading") << u"ClusterUpgrading"_s << u"-SSRPP"_s << 3;
        QTest::newRow("ClusterUpgraded") << u"ClusterUpgraded"_s << u"-SSSRP"_s << 4;
        QTest::newRow("NodeUpgrading") << u"NodeUpgrading"_s << u"-SSSRP"_s << 4;
        QTest::newRow("CleaningUp") << u"CleaningUp"_s << u"-SSSSR"_s << 5;
        QTest::newRow("ResourceCleanup") << u"ResourceCleanup"_s << u"-SSSSR"_s << 5;
    }
    void plans()
    {
        QFETCH(const QString, phase);
        World world;
        world.node(u"n1"_s);
        world.node(u"n2"_s);
        world.add(Kind::UpgradePlan, plan(phase));
        const Board board = deriveBoard(world.snapshot, World::at(1));
        QCOMPARE(board.presence, Board::Presence::Upgrade);
        QCOMPARE(board.engine, Board::Engine::V2);
        QCOMPARE(board.upgrade.kind, Kind::UpgradePlan);
        QTEST(letters(board), "letters");
        QTEST(board.currentPhase ? int(*board.currentPhase) : -1, "current");
        QCOMPARE(board.toVersion, u"v1.9.0"_s);
    }

    void planEnds()
    {
        World world;
        world.node(u"n1"_s);
        world.add(Kind::UpgradePlan, plan(u"Succeeded"_s));
        Board board = deriveBoard(world.snapshot, World::at(1));
        QCOMPARE(board.state, State::Succeeded);
        QVERIFY(!board.cleaningUp);
        // A failed plan has lost its place; its time stamps have not.
        world.add(Kind::UpgradePlan, plan(u"Failed"_s, {{u"status"_s, json(R"({"phaseTransitionTimestamps":[
            {"phase":"Initializing","phaseTransitionTimestamp":"2026-09-03T09:00:00Z"},{"phase":"ISODownloading","phaseTransitionTimestamp":"2026-09-03T09:01:00Z"},
            {"phase":"ISODownloaded","phaseTransitionTimestamp":"2026-09-03T09:05:00Z"},{"phase":"RepoCreating","phaseTransitionTimestamp":"2026-09-03T09:05:00Z"},
            {"phase":"MetadataPopulated","phaseTransitionTimestamp":"2026-09-03T09:06:00Z"},{"phase":"ImagePreloading","phaseTransitionTimestamp":"2026-09-03T09:07:00Z"}],
            "conditions":[{"type":"Progressing","status":"False","reason":"Failed","message":"preload failed"}]})")}}));
        board = deriveBoard(world.snapshot, World::at(10));
        QCOMPARE(board.state, State::Failed);
        QCOMPARE(board.failedPhase, std::optional(PhaseId::Preload));
        QCOMPARE(board.message, u"preload failed"_s);
    }

    void planNodes()
    {
        World world;
        for (const auto &node : {u"n1"_s, u"n2"_s, u"n3"_s})
            world.node(node);
        world.add(Kind::UpgradePlan, plan(u"NodeUpgrading"_s, {{u"status"_s, json(R"({"nodeUpgradeStatuses":{"n1":{"state":"PostDrained"},"n2":{"state":"WaitingReboot"},"n3":{"state":"UpgradePaused"}}})")}}));
        const Board board = deriveBoard(world.snapshot, World::at(1));
        QCOMPARE(board.nodes.at(0).state, State::Succeeded);
        QCOMPARE(board.nodes.at(1).state, State::Running);
        QVERIFY(board.nodes.at(2).paused);
        QCOMPARE(board.state, State::Running);
        QVERIFY(qAbs(board.phases.at(4).fraction - (1 + 0.8) / 3) < 1e-9);
    }

    void planAfterUpgrade()
    {
        World world;
        world.upgrade(done, u"Succeeded"_s);
        world.node(u"n1"_s);
        world.add(Kind::UpgradePlan, plan(u"ImagePreloading"_s, {{u"metadata"_s, QJsonObject{{u"creationTimestamp"_s, World::stamp(100)}}}}));
        const Board board = deriveBoard(world.snapshot, World::at(101));
        QCOMPARE(board.engine, Board::Engine::V2);
        QVERIFY(noted(board, "both-engines"_L1));
        QCOMPARE(board.otherUpgrades.size(), 1);
    }

    void notes()
    {
        World world;
        world.upgrade(nodesPhase, u"UpgradingNodes"_s, u"n1=Levitating;gone=Succeeded"_s,
                      json(R"({"metadata":{"annotations":{"harvesterhci.io/node-upgrade-pause-map":"broken","harvesterhci.io/image-cleanup-plan-completed":"false"}}})"));
        world.node(u"n1"_s);
        const Board board = deriveBoard(world.snapshot, World::at(21));
        for (const auto code : {"unknown-state"_L1, "node-gone"_L1, "bad-pause-map"_L1, "image-cleanup-incomplete"_L1})
            QVERIFY2(noted(board, code), code.data());
        QCOMPARE(board.nodes.size(), 2);
        QVERIFY(!board.nodes.at(0).present);
        QCOMPARE(board.nodes.at(1).stateText, u"Levitating"_s);
        QCOMPARE(board.nodes.at(1).state, State::Unknown);
    }

    void machinesStillOff()
    {
        World world;
        world.upgrade(done, u"Succeeded"_s, u"n1=Succeeded"_s);
        world.node(u"n1"_s);
        world.add(Kind::ConfigMap, thing(u"harvester-system"_s, u"up-restore-vm"_s, json(R"({"data":{"n1":"default/a,default/b"}})")));
        world.add(Kind::Vmi, thing(u"default"_s, u"a"_s, json(R"({"status":{"phase":"Running","nodeName":"n1"}})")));
        const Board board = deriveBoard(world.snapshot, World::at(61));
        QVERIFY(noted(board, "vms-off"_L1));
        for (const Message &note : board.notes)
            QVERIFY(note.code != "vms-off"_L1 || note.args == (QStringList{u"n1"_s, u"default/b"_s}));
        QCOMPARE(board.nodes.at(0).runningVms, 1);
        // Who may not read them, or has not yet, cannot say so.
        const QString vmis = u"virtualmachineinstances.kubevirt.io"_s;
        for (const SourceState::State state : {SourceState::State::Denied, SourceState::State::Loading}) {
            world.source(vmis, state);
            QVERIFY(!noted(deriveBoard(world.snapshot, World::at(61)), "vms-off"_L1));
        }
        world.source(vmis, SourceState::State::Live);
        QVERIFY(noted(deriveBoard(world.snapshot, World::at(61)), "vms-off"_L1));
    }

    void whatWasSeen()
    {
        World world;
        world.upgrade(nodesPhase, u"UpgradingNodes"_s, u"n1=Node-upgrade paused"_s);
        world.node(u"n1"_s);
        world.snapshot.seen = observe(world.snapshot, World::at(30));
        QCOMPARE(world.snapshot.seen.nodes.value(u"n1"_s).since, World::at(30));
        QVERIFY(!world.snapshot.seen.nodes.value(u"n1"_s).exact); // found so
        world.upgrade(nodesPhase, u"UpgradingNodes"_s, u"n1=Images preloaded"_s);
        world.snapshot.seen = observe(world.snapshot, World::at(40));
        QVERIFY(world.snapshot.seen.nodes.value(u"n1"_s).exact); // saw it change
        QCOMPARE(world.snapshot.seen.history.size(), 2);
        QCOMPARE(world.snapshot.seen.history.at(0).to, World::at(40));
        // Away for a while: it changed at some time in between.
        world.snapshot.seen.blind.append({World::at(41), World::at(50)});
        world.upgrade(nodesPhase, u"UpgradingNodes"_s, u"n1=Pre-drained"_s);
        world.snapshot.seen = observe(world.snapshot, World::at(51));
        QVERIFY(!world.snapshot.seen.nodes.value(u"n1"_s).exact);
        world.node(u"n1"_s, json(R"({"status":{"nodeInfo":{"bootID":"b2"}}})"));
        world.snapshot.seen = observe(world.snapshot, World::at(52));
        QVERIFY(world.snapshot.seen.nodes.value(u"n1"_s).rebooted);
        const Observations before = world.snapshot.seen;
        QCOMPARE(observe(world.snapshot, World::at(53)).nodes.value(u"n1"_s).since, before.nodes.value(u"n1"_s).since);
        // Another upgrade: begins anew, but the gaps stay gaps.
        world.editUpgrade([](QJsonObject &up) { up = merged(up, json(R"({"metadata":{"uid":"another"}})")); });
        world.snapshot.seen = observe(world.snapshot, World::at(60));
        QCOMPARE(world.snapshot.seen.history.size(), 1);
        QCOMPARE(world.snapshot.seen.blind.size(), 1);
    }

    void timeline()
    {
        World world;
        world.upgrade(u"Completed=F@50 LogReady=T@1 ImageReady=T@2 RepoReady=T@3 NodesPrepared=U NodesUpgraded=F(x)@50"_s, u"Failed"_s, u"n1=Images preloaded;n2=Failed(x)"_s);
        world.node(u"n1"_s);
        world.node(u"n2"_s);
        world.prepareJob(u"n1"_s, u"complete"_s, 5, 15);
        world.prepareJob(u"n2"_s, u"failed"_s, 15, 50);
        world.snapshot.seen.blind.append({World::at(20), World::at(25)});
        const Board board = deriveBoard(world.snapshot, World::at(60));
        const auto find = [&](const QString &lane, TimelineBar::Shape shape) {
            const auto found = std::ranges::find_if(board.timeline, [&](const TimelineBar &bar) { return bar.lane == lane && bar.shape == shape; });
            return found == board.timeline.end() ? TimelineBar() : *found;
        };
        QCOMPARE(find(u"phase:1"_s, TimelineBar::Shape::Bar).from, World::at(1));
        QCOMPARE(find(u"phase:2"_s, TimelineBar::Shape::FailureMark).from, World::at(50));
        QCOMPARE(find(u"node:n1"_s, TimelineBar::Shape::Bar).to, World::at(15));
        QCOMPARE(find(u"node:n2"_s, TimelineBar::Shape::FailureMark).from, World::at(50));
        QVERIFY(std::ranges::any_of(board.timeline, [](const TimelineBar &bar) { return bar.shape == TimelineBar::Shape::Blind && bar.from == World::at(20); }));
    }

    void jobsWithoutPodsAndPodsWithoutJobs()
    {
        World world;
        world.upgrade(nodesPhase, u"UpgradingNodes"_s, u"n1=Pre-draining"_s);
        world.node(u"n1"_s);
        world.job(u"pre"_s, u"pre-drain"_s, u"n1"_s, u"running"_s, 30);
        world.add(Kind::Pod, thing(u"cattle-system"_s, u"apply-up-prepare-on-n1-xyz"_s,
            json(R"({"metadata":{"labels":{"job-name":"apply-up-prepare-on-n1","upgrade.cattle.io/plan":"up-prepare","upgrade.cattle.io/node":"n1"}},"spec":{"containers":[{"name":"upgrade"}]},"status":{"phase":"Succeeded"}})")));
        const Board board = deriveBoard(world.snapshot, World::at(31));
        QCOMPARE(board.jobs.size(), 2);
        QCOMPARE(board.jobs.at(0).type, u"prepare"_s);
        QVERIFY(board.jobs.at(0).job.uid.isEmpty());
        QCOMPARE(board.jobs.at(0).pods.size(), 1);
        QCOMPARE(board.jobs.at(0).pods.at(0).containers, QStringList{u"upgrade"_s});
        QCOMPARE(board.jobs.at(0).node, u"n1"_s);
        QCOMPARE(board.jobs.at(0).state, State::Succeeded);
        QVERIFY(board.jobs.at(1).pods.isEmpty());
        QCOMPARE(board.nodes.at(0).job.name, u"pre"_s);
        QCOMPARE(board.nodes.at(0).jobState, State::Running);
    }

    void words()
    {
        using std::chrono::seconds;
        QCOMPARE(durationText(seconds(45)), u"45 s"_s);
        QCOMPARE(durationText(seconds(12 * 60 + 3)), u"12 min"_s);
        QCOMPARE(durationText(seconds(3600 + 5 * 60)), u"1 h 05 min"_s);
        QCOMPARE(durationText(seconds(2 * 86400 + 3 * 3600)), u"2 d 3 h"_s);
        QCOMPARE(durationText(seconds(-5)), u"0 s"_s);
        // An argument that looks like a place stays what it is.
        QCOMPARE(text({u"planner"_s, {u"100%1 of %2"_s}}), u"Waiting for Rancher: 100%1 of %2"_s);
        QCOMPARE(text({u"of a newer version"_s, {u"a"_s}}), u"of a newer version a"_s);
        QCOMPARE(text({}), QString());
        QVERIFY(text({u"from-nodes"_s, {u"1"_s}}) != text({u"from-nodes"_s, {u"2"_s}}).replace(u'2', u'1'));
    }
};

QTEST_GUILESS_MAIN(TestBoard)
#include "tst_board.moc"
