// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Why an upgrade failed: for each phase the sentence, the object or line that says so, and what the phases say besides.

#include "support/upgrade_world.h"
#include "upgrade/board.h"
#include "upgrade/boardjson.h"
#include "upgrade/boardtext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace upgrade;
using support::json;
using support::thing;
using support::World;

namespace {

void image(World &world, const char *status)
{
    world.add(Kind::Image, thing(u"harvester-system"_s, u"up"_s, {{u"status"_s, json(status)}}));
}

} // namespace

class TestFailure : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void says_data()
    {
        QTest::addColumn<QString>("conditions");
        QTest::addColumn<QString>("nodes");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("node");
        QTest::addColumn<Kind>("kind"); ///< of the evidence
        QTest::addColumn<QString>("evidence");
        QTest::addColumn<QString>("job");
        const auto row = [](const char *name, const char *conditions, const char *nodes, const char *code, const char *node, Kind kind,
                            const char *evidence, const char *job) {
            QTest::newRow(name) << QString::fromLatin1(conditions) << QString::fromLatin1(nodes) << QString::fromLatin1(code)
                                << QString::fromLatin1(node) << kind << QString::fromLatin1(evidence) << QString::fromLatin1(job);
        };
        row("log", "Completed=F(Timeout) LogReady=F(Timeout)", "", "failed-condition", "", Kind::Upgrade, "Timeout: because of Timeout", "");
        row("image", "Completed=F LogReady=T ImageReady=F(Copied)", "", "failed-image", "", Kind::Image, "Bad: checksum differs", "");
        row("repository", "Completed=F(late) LogReady=T ImageReady=T RepoReady=U", "", "failed-controller", "", Kind::Upgrade, "late: because of late", "");
        row("eligibility", "Completed=F(downgrading_is_prohibited) LogReady=T ImageReady=T RepoReady=T", "", "eligibility", "", Kind::Upgrade,
            "downgrading_is_prohibited: because of downgrading_is_prohibited", "");
        row("preload", "Completed=F LogReady=T ImageReady=T RepoReady=T NodesPrepared=U NodesUpgraded=F(DeadlineExceeded)",
            "n1=Images preloaded;n2=Failed(DeadlineExceeded)", "failed-job", "n2", Kind::Job, "BackoffLimitExceeded: Job has reached the specified backoff limit",
            "apply-up-prepare-on-n2");
        row("preload, Job gone", "Completed=F LogReady=T ImageReady=T RepoReady=T NodesPrepared=U NodesUpgraded=F(DeadlineExceeded)",
            "n1=Images preloaded;n3=Failed(DeadlineExceeded)", "failed-node", "n3", Kind::Upgrade, "DeadlineExceeded", "");
        row("services", "Completed=F LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=F(BackoffLimitExceeded)", "", "failed-job",
            "", Kind::Pod, "Error from server (NotFound): managedcharts \"harvester\" not found", "up-apply-manifests");
        row("services, the controller", "Completed=F(boom) LogReady=T ImageReady=T RepoReady=T NodesPrepared=T", "", "failed-job", "", Kind::Pod,
            "Error from server (NotFound): managedcharts \"harvester\" not found", "up-apply-manifests");
        row("nodes", "Completed=F LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=T NodesUpgraded=F(x)",
            "n1=Failed(PodFailed);n2=Images preloaded", "failed-node", "n1", Kind::Upgrade, "PodFailed", "");
        row("after all nodes", "Completed=F(odd) LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=T NodesUpgraded=T",
            "n1=Succeeded", "failed-controller", "", Kind::Upgrade, "odd: because of odd", "");
    }
    void says()
    {
        QFETCH(const QString, conditions);
        QFETCH(const QString, nodes);
        World world;
        world.upgrade(conditions, u"Failed"_s, nodes);
        for (const auto &node : {u"n1"_s, u"n2"_s, u"n3"_s})
            world.node(node);
        if (conditions.contains("ImageReady=F"_L1))
            image(world, R"({"progress":63,"failed":3,"conditions":[{"type":"Imported","status":"False","reason":"Bad","message":"checksum differs"}]})");
        world.prepareJob(u"n1"_s, u"complete"_s, 5, 10);
        if (conditions.contains("NodesPrepared=U"_L1))
            world.prepareJob(u"n2"_s, u"failed"_s, 10, 20);
        if (conditions.contains("NodesPrepared=T"_L1)) {
            world.job(u"up-apply-manifests"_s, u"apply-manifests"_s, {}, conditions.contains("SystemServicesUpgraded=T"_L1) ? u"complete"_s : u"failed"_s, 20, 40);
            world.log(u"uid-up-apply-manifests"_s, u"Upgrading Rancher"_s, 21);
            world.log(u"uid-up-apply-manifests"_s, u"Error from server (NotFound): managedcharts \"harvester\" not found"_s, 22);
        }
        const Board board = deriveBoard(world.snapshot, World::at(50));
        QCOMPARE(board.state, State::Failed);
        QVERIFY(board.failure.has_value());
        const Failure &failure = *board.failure;
        QTEST(failure.what.code, "code");
        QTEST(failure.node, "node");
        QTEST(failure.evidence.object.kind, "kind");
        QTEST(failure.evidence.text, "evidence");
        QTEST(failure.job.name, "job");
        QCOMPARE(std::optional(failure.phase), board.failedPhase);
        if (failure.evidence.object.kind == Kind::Pod)
            QCOMPARE(failure.evidence.line, 2);
        const QString words = failureText(failure);
        QVERIFY2(!words.isEmpty() && !words.contains(u'%') && !words.startsWith(failure.what.code), qPrintable(words));
        // In JSON the same.
        const QJsonObject object = toJson(board, World::at(50)).value("failure"_L1).toObject();
        QCOMPARE(object.value("what"_L1).toObject().value("code"_L1).toString(), failure.what.code);
        QCOMPARE(object.value("evidence"_L1).toObject().value("text"_L1).toString(), failure.evidence.text);
        // Nothing happens in a phase that failed.
        const Phase &phase = board.phases.at(int(*board.failedPhase));
        QCOMPARE(phase.state, State::Failed);
        QVERIFY(phase.activity.isEmpty() || phase.activity.code == "eligibility"_L1);
    }

    void noneWithoutFailure()
    {
        World world;
        world.node(u"n1"_s);
        for (const auto &conditions : {u"Completed=U LogReady=U"_s, u"Completed=T LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=T NodesUpgraded=T"_s}) {
            world.upgrade(conditions);
            const Board board = deriveBoard(world.snapshot, World::at(1));
            QVERIFY(!board.failure);
            QVERIFY(toJson(board, World::at(1)).value("failure"_L1).isNull());
        }
    }

    void aFailedImageStandsStill()
    {
        World world;
        world.node(u"n1"_s);
        world.upgrade(u"Completed=F LogReady=T ImageReady=F(Bad)"_s, u"Failed"_s);
        image(world, R"({"progress":63,"failed":3,"conditions":[{"type":"Imported","status":"False","reason":"Bad"}]})");
        const Phase phase = deriveBoard(world.snapshot, World::at(1)).phases.at(1);
        QVERIFY(phase.activity.isEmpty());
        QCOMPARE(phase.reached.code, u"image-download"_s);
        QCOMPARE(phase.reached.args.at(1), u"63"_s);
    }

    void cleanupAfterAFailure_data()
    {
        QTest::addColumn<QString>("label");
        QTest::addColumn<State>("state");
        QTest::addColumn<bool>("after");
        QTest::addColumn<QString>("activity");
        QTest::newRow("done") << u"Succeeded"_s << State::Succeeded << true << u"cleaned-after-failure"_s;
        QTest::newRow("runs") << u"Pending"_s << State::Running << true << QString();
        QTest::newRow("before the label existed") << QString() << State::Pending << false << QString();
    }
    void cleanupAfterAFailure()
    {
        QFETCH(const QString, label);
        World world;
        world.node(u"n1"_s);
        QJsonObject more;
        if (!label.isEmpty())
            more = {{u"metadata"_s, QJsonObject{{u"labels"_s, QJsonObject{{u"harvesterhci.io/upgradeCleanup"_s, label}}}}}};
        world.upgrade(u"Completed=F@40 LogReady=T ImageReady=F(Bad)@40"_s, u"Failed"_s, {}, more);
        const Board board = deriveBoard(world.snapshot, World::at(41));
        const Phase &cleanup = board.phases.at(5);
        QTEST(cleanup.state, "state");
        QTEST(cleanup.afterFailure, "after");
        QTEST(cleanup.activity.code, "activity");
        // It is no step towards the new version.
        QVERIFY(board.fraction < 0.021);
    }
};

QTEST_GUILESS_MAIN(TestFailure)
#include "tst_failure.moc"
