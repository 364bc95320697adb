// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// UpgradePlans (V2) on the board: trouble, failures and times by their own conditions and time stamps, objects by their own names.

#include "support/upgrade_world.h"
#include "upgrade/board.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace upgrade;
using support::json;
using support::thing;
using support::World;

namespace {

struct Plan {
    QString phase;
    QStringList passed; ///< "Initializing@0": phase and minute
    QString progressing = u"True"_s, reason, message;
    QString degraded = u"False"_s, degradedReason, degradedMessage;
    QJsonObject nodes;
};

QJsonObject object(const Plan &plan)
{
    QJsonArray times;
    for (const QString &entry : plan.passed)
        times.append(QJsonObject{{u"phase"_s, entry.section(u'@', 0, 0)}, {u"phaseTransitionTimestamp"_s, World::stamp(entry.section(u'@', 1).toDouble())}});
    const QJsonArray conditions{
        QJsonObject{{u"type"_s, u"Progressing"_s}, {u"status"_s, plan.progressing}, {u"reason"_s, plan.reason}, {u"message"_s, plan.message}},
        QJsonObject{{u"type"_s, u"Degraded"_s}, {u"status"_s, plan.degraded}, {u"reason"_s, plan.degradedReason}, {u"message"_s, plan.degradedMessage}}};
    return thing({}, u"plan"_s,
                 {{u"metadata"_s, QJsonObject{{u"creationTimestamp"_s, World::stamp(0)}}},
                  {u"spec"_s, QJsonObject{{u"version"_s, u"v1.9.0"_s}}},
                  {u"status"_s, QJsonObject{{u"currentPhase"_s, plan.phase}, {u"phaseTransitionTimestamps"_s, times}, {u"conditions"_s, conditions},
                                            {u"nodeUpgradeStatuses"_s, plan.nodes}}}});
}

Board boardOf(const Plan &plan, double minute = 60)
{
    World world;
    world.node(u"n1"_s);
    world.node(u"n2"_s);
    world.add(Kind::UpgradePlan, object(plan));
    return deriveBoard(world.snapshot, World::at(minute));
}

const QStringList toCleanup{u"Initializing@0"_s, u"Initialized@1"_s, u"ISODownloading@2"_s, u"ISODownloaded@6"_s, u"RepoCreating@6"_s, u"RepoCreated@7"_s,
    u"MetadataPopulating@7"_s, u"MetadataPopulated@8"_s, u"ImagePreloading@8"_s, u"ImagePreloaded@17"_s, u"ClusterUpgrading@17"_s, u"ClusterUpgraded@29"_s,
    u"NodeUpgrading@29"_s, u"NodeUpgraded@43"_s, u"CleaningUp@43"_s};

} // namespace

class TestPlans : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void atFirstSightNothingWasSeenToChange()
    {
        // The plan is read after the first board: what it says then did not begin then.
        World world;
        world.node(u"n1"_s);
        world.snapshot.seen = observe(world.snapshot, World::at(40));
        Plan plan{.phase = u"NodeUpgrading"_s, .passed = toCleanup.first(13)};
        plan.nodes = {{u"n1"_s, QJsonObject{{u"state"_s, u"PreDraining"_s}}}};
        world.add(Kind::UpgradePlan, object(plan));
        world.snapshot.seen = observe(world.snapshot, World::at(40.1));
        QVERIFY(!world.snapshot.seen.nodes.value(u"n1"_s).exact);
        plan.nodes = {{u"n1"_s, QJsonObject{{u"state"_s, u"PreDrained"_s}}}};
        world.add(Kind::UpgradePlan, object(plan));
        world.snapshot.seen = observe(world.snapshot, World::at(41));
        QVERIFY(world.snapshot.seen.nodes.value(u"n1"_s).exact);
    }

    void podsByTheirOwnLabels()
    {
        // Its labels have other names than those of an Upgrade.
        World world;
        world.node(u"n1"_s);
        world.add(Kind::UpgradePlan, object({.phase = u"RepoCreating"_s, .passed = toCleanup.first(5)}));
        const auto pod = [](const QString &name, const QJsonObject &labels, const QString &status) {
            return thing(u"harvester-system"_s, name, {{u"metadata"_s, QJsonObject{{u"labels"_s, labels}}}, {u"status"_s, json(status.toUtf8().constData())}});
        };
        world.add(Kind::Pod, pod(u"plan-repo-x"_s,
            {{u"management.harvesterhci.io/upgrade-plan"_s, u"plan"_s}, {u"management.harvesterhci.io/upgrade-component"_s, u"repo"_s}},
            uR"({"phase":"Pending","containerStatuses":[{"name":"repo","state":{"waiting":{"reason":"ImagePullBackOff","message":"no"}}}]})"_s));
        Board board = deriveBoard(world.snapshot, World::at(7));
        QVERIFY(board.waiting);
        QCOMPARE(board.waiting->what.code, u"pod-container"_s);
        // A pod whose Job is gone is told by them too.
        world.add(Kind::Pod, pod(u"plan-node-upgrade-pre-drain-n1-y"_s,
            {{u"management.harvesterhci.io/upgrade-plan"_s, u"plan"_s}, {u"management.harvesterhci.io/upgrade-component"_s, u"node"_s},
             {u"management.harvesterhci.io/job-type"_s, u"pre-drain"_s}, {u"job-name"_s, u"plan-node-upgrade-pre-drain-n1"_s}}, u"{\"phase\":\"Succeeded\"}"_s));
        board = deriveBoard(world.snapshot, World::at(7));
        QVERIFY(std::ranges::any_of(board.jobs, [](const JobRow &job) { return job.type == u"pre-drain"_s; }));
    }

    void statesOfNodes_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<State>("state");
        QTest::newRow("now") << u"PreDraining"_s << u"Pre-draining"_s << State::Running;
        QTest::newRow("failed") << u"PostDrainFailed"_s << u"Failed"_s << State::Failed;
        for (const QString &early : {u"KubernetesUpgrading"_s, u"KubernetesUpgraded"_s, u"OSUpgrading"_s})
            QTest::newRow(qPrintable(early)) << early << u"Upgrading"_s << State::Running;
        QTest::newRow("OSUpgraded") << u"OSUpgraded"_s << u"Waiting Reboot"_s << State::Running;
        QTest::newRow("OSUpgradeFailed") << u"OSUpgradeFailed"_s << u"Failed"_s << State::Failed;
        QTest::newRow("of a later build") << u"Levitating"_s << u"Levitating"_s << State::Unknown;
    }
    void statesOfNodes()
    {
        QFETCH(const QString, given);
        Plan plan{.phase = u"NodeUpgrading"_s, .passed = toCleanup.first(13)};
        plan.nodes = {{u"n1"_s, QJsonObject{{u"state"_s, given}}}};
        const Board board = boardOf(plan, 31);
        QTEST(board.nodes.at(0).stateText, "shown");
        QTEST(board.nodes.at(0).state, "state");
    }

    void degradedIsStuck()
    {
        const Board board = boardOf({.phase = u"ClusterUpgrading"_s, .passed = toCleanup.first(11), .degraded = u"True"_s, .degradedReason = u"Stalled"_s,
                                     .degradedMessage = u"job plan-cluster-upgrade does not start"_s});
        QCOMPARE(board.state, State::Stuck);
        QCOMPARE(board.phases.at(3).state, State::Stuck);
        QCOMPARE(board.phases.at(3).reason, u"Stalled"_s);
        QCOMPARE(board.reason, u"Stalled"_s);
        QVERIFY(board.waiting.has_value());
        QCOMPARE(board.waiting->what.code, u"degraded"_s);
        QVERIFY(board.waiting->stuck);
        QCOMPARE(board.waiting->evidence.text, u"Stalled job plan-cluster-upgrade does not start"_s);
        QCOMPARE(boardOf({.phase = u"ClusterUpgrading"_s, .passed = toCleanup.first(11)}).state, State::Running);
    }

    void failures_data()
    {
        QTest::addColumn<qsizetype>("passed"); ///< of the phases above
        QTest::addColumn<QString>("phase");
        QTest::addColumn<QString>("node");     ///< state of n2
        QTest::addColumn<int>("failed");
        QTest::newRow("downloading") << qsizetype(3) << u"Failed"_s << QString() << 1;
        QTest::newRow("repository") << qsizetype(5) << u"Failed"_s << QString() << 1;
        QTest::newRow("preloading") << qsizetype(9) << u"Failed"_s << u"ImagePreloadFailed"_s << 2;
        QTest::newRow("cluster") << qsizetype(11) << u"Failed"_s << u"ImagePreloaded"_s << 3;
        QTest::newRow("nodes") << qsizetype(13) << u"Failed"_s << u"PreDrainFailed"_s << 4;
        QTest::newRow("cleaning up") << qsizetype(15) << u"Failed"_s << u"PostDrained"_s << 5;
        QTest::newRow("cleaning up, phase kept") << qsizetype(15) << u"CleaningUp"_s << u"PostDrained"_s << 5;
        QTest::newRow("images not removed") << qsizetype(15) << u"Failed"_s << u"ImageCleanFailed"_s << 5;
        // After a failure it cleans up too.
        QTest::newRow("cleaned up after a node") << qsizetype(15) << u"Failed"_s << u"PostDrainFailed"_s << 4;
        QTest::newRow("cleaned up after a preload") << qsizetype(15) << u"Failed"_s << u"ImagePreloadFailed"_s << 2;
    }
    void failures()
    {
        QFETCH(const qsizetype, passed);
        QFETCH(const QString, phase);
        QFETCH(const QString, node);
        Plan plan{.phase = phase, .passed = toCleanup.first(passed), .progressing = u"False"_s, .reason = u"Failed"_s, .message = u"UpgradePlan has completed"_s};
        plan.nodes.insert(u"n1"_s, QJsonObject{{u"state"_s, u"PostDrained"_s}});
        if (!node.isEmpty())
            plan.nodes.insert(u"n2"_s, QJsonObject{{u"state"_s, node}, {u"reason"_s, u"BackoffLimitExceeded"_s}});
        const Board board = boardOf(plan);
        QCOMPARE(board.state, State::Failed);
        QVERIFY(board.failedPhase.has_value());
        QTEST(int(*board.failedPhase), "failed");
        for (const Phase &one : board.phases) {
            if (one.id < *board.failedPhase)
                QVERIFY2(one.state == State::Succeeded, qPrintable(phaseWord(one.id)));
            else if (one.id == *board.failedPhase)
                QVERIFY2(one.state == State::Failed, qPrintable(phaseWord(one.id)));
            else
                QVERIFY2(one.state == State::Pending, qPrintable(phaseWord(one.id)));
        }
        QVERIFY(board.failure.has_value());
    }

    void degradedSaysWhyItFailed()
    {
        const Board board = boardOf({.phase = u"Failed"_s, .passed = toCleanup.first(11), .progressing = u"False"_s, .reason = u"Failed"_s,
                                     .message = u"UpgradePlan has completed"_s, .degraded = u"True"_s, .degradedReason = u"JobFailed"_s,
                                     .degradedMessage = u"cluster-upgrade: backoff limit"_s});
        QCOMPARE(board.state, State::Failed);
        QCOMPARE(board.reason, u"JobFailed"_s);
        QCOMPARE(board.message, u"cluster-upgrade: backoff limit"_s);
        QVERIFY(board.failure.has_value());
        QCOMPARE(board.failure->evidence.object.kind, Kind::UpgradePlan);
        QVERIFY(board.failure->evidence.text.contains("backoff limit"_L1));
    }

    void times()
    {
        // The phases' own time stamps; phase 1 begins when the plan was initialised, not when it was made.
        const Board board = boardOf({.phase = u"CleaningUp"_s, .passed = toCleanup}, 44);
        QVERIFY(board.phases.at(0).skipped);
        const double begin[] = {1, 8, 17, 29, 43};
        for (int i = 1; i < phaseCount; ++i)
            QCOMPARE(board.phases.at(i).started, World::at(begin[i - 1]));
        for (int i = 1; i < phaseCount - 1; ++i)
            QCOMPARE(board.phases.at(i).finished, World::at(begin[i]));
    }

    void objectsByTheirNames()
    {
        World world;
        world.node(u"n1"_s);
        world.add(Kind::UpgradePlan, object({.phase = u"ISODownloading"_s, .passed = toCleanup.first(3)}));
        world.add(Kind::Image, thing(u"harvester-system"_s, u"plan-iso"_s, json(R"({"status":{"progress":40}})")));
        Board board = deriveBoard(world.snapshot, World::at(3));
        QCOMPARE(board.phases.at(1).activity.code, u"image-download"_s);
        world.add(Kind::UpgradePlan, object({.phase = u"RepoCreating"_s, .passed = toCleanup.first(5)}));
        world.add(Kind::Deployment, thing(u"harvester-system"_s, u"plan-repo"_s, json(R"({"spec":{"replicas":2},"status":{"readyReplicas":1}})")));
        board = deriveBoard(world.snapshot, World::at(7));
        QCOMPARE(board.phases.at(1).activity.code, u"repo-deployment"_s);
        world.add(Kind::UpgradePlan, object({.phase = u"ImagePreloading"_s, .passed = toCleanup.first(9)}));
        world.add(Kind::Plan, thing(u"cattle-system"_s, u"plan-image-preload"_s, json(R"({"status":{"latestHash":"abc"}})")));
        world.node(u"n1"_s, json(R"({"metadata":{"labels":{"plan.upgrade.cattle.io/plan-image-preload":"abc"}}})"));
        board = deriveBoard(world.snapshot, World::at(9));
        QCOMPARE(board.nodes.at(0).preloaded, Tri::Yes);
    }
};

QTEST_GUILESS_MAIN(TestPlans)
#include "tst_plans.moc"
