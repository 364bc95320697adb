// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Where an upgrade stands, for every transition of the controllers and every way to fail. Each row is what the controllers
// write at that moment; what is expected comes from the rules of the upgrade, not from the code.

#include "support/upgrade_world.h"
#include "upgrade/board.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace upgrade;
using support::World;

namespace {

/// "S S R P P P": one letter a phase, "-" a skipped one.
QString letters(const Board &board)
{
    QStringList out;
    for (const Phase &phase : board.phases) {
        if (phase.skipped)
            out.append(u"-"_s);
        else
            out.append(QString(u"PRSFZKU"_s.at(int(phase.state))));
    }
    return out.join(u' ');
}

QString optional(const std::optional<PhaseId> &id)
{
    return id ? QString::number(int(*id)) : u"-"_s;
}

} // namespace

class TestPhases : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void transitions_data()
    {
        QTest::addColumn<QString>("conditions");
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("nodes");
        QTest::addColumn<bool>("logEnabled");
        QTest::addColumn<QString>("cleanup");
        // Letters: Pending Running Succeeded Failed pauZed stucK Unknown, - skipped.
        QTest::addColumn<QString>("phases");
        QTest::addColumn<QString>("current");
        QTest::addColumn<QString>("failed");
        QTest::addColumn<State>("state");
        const auto row = [](const char *name, const char *conditions, const char *label, const char *nodes, const char *phases,
                            const char *current, const char *failed, State state, bool logs = true, const char *cleanup = "") {
            QTest::newRow(name) << QString::fromLatin1(conditions) << QString::fromLatin1(label) << QString::fromLatin1(nodes) << logs
                                << QString::fromLatin1(cleanup) << QString::fromLatin1(phases) << QString::fromLatin1(current)
                                << QString::fromLatin1(failed) << state;
        };
        using enum State;
        row("T0", "Completed=U", "PreparingLoggingInfra", "", "R P P P P P", "0", "-", Running);
        row("T1a", "Completed=U LogReady=F(Disabled)", "LoggingInfraPrepared", "", "- R P P P P", "1", "-", Running, false);
        row("T1b", "Completed=U LogReady=U", "PreparingLoggingInfra", "", "R P P P P P", "0", "-", Running);
        row("T2", "Completed=U LogReady=T", "LoggingInfraPrepared", "", "S R P P P P", "1", "-", Running);
        row("T2x", "Completed=F(Timeout) LogReady=F(Timeout)", "Failed", "", "F P P P P S", "-", "0", Failed, true, "Succeeded");
        row("T2x cleaning", "Completed=F(Timeout) LogReady=F(Timeout)", "Failed", "", "F P P P P R", "-", "0", Failed, true, "Pending");
        row("log lost", "Completed=F(UpgradeLogGetFailed) LogReady=F(UpgradeLogGetFailed)", "Failed", "", "F P P P P S", "-", "0", Failed, true, "Succeeded");
        row("log lost, went on", "Completed=F LogReady=F(UpgradeLogGetFailed) ImageReady=T RepoReady=U", "Failed", "", "F P P P P S", "-", "0", Failed, true, "Succeeded");
        row("log not made, went on", "Completed=U LogReady=F(cannot_create) ImageReady=U", "LoggingInfraPrepared", "", "- R P P P P", "1", "-", Running);
        row("failed after all nodes", "Completed=F(x) LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=T NodesUpgraded=T", "Failed", "n1=Succeeded", "S S S S S F", "-", "5", Failed);
        row("T3", "Completed=U LogReady=T ImageReady=U", "LoggingInfraPrepared", "", "S R P P P P", "1", "-", Running);
        row("T4 imported", "Completed=U LogReady=T ImageReady=T", "LoggingInfraPrepared", "", "S R P P P P", "1", "-", Running);
        row("T4 failed", "Completed=F LogReady=T ImageReady=F(ImportFailed)", "Failed", "", "S F P P P S", "-", "1", Failed, true, "Succeeded");
        row("T4 image failed, not completed yet", "Completed=U LogReady=T ImageReady=F(ImportFailed)", "LoggingInfraPrepared", "", "S F P P P P", "-", "1", Failed);
        row("T5", "Completed=U LogReady=T ImageReady=T RepoReady=U", "PreparingRepo", "", "S R P P P P", "1", "-", Running);
        row("repository unready and failed", "Completed=F(x) LogReady=T ImageReady=T RepoReady=U", "Failed", "", "S F P P P S", "-", "1", Failed, true, "Succeeded");
        row("repository false", "Completed=F LogReady=T ImageReady=T RepoReady=F(x)", "Failed", "", "S F P P P S", "-", "1", Failed, true, "Succeeded");
        row("T6", "Completed=U LogReady=T ImageReady=T RepoReady=T", "RepoPrepared", "", "S S R P P P", "2", "-", Running);
        row("T7", "Completed=U LogReady=T ImageReady=T RepoReady=T NodesPrepared=U", "PreparingNodes", "", "S S R P P P", "2", "-", Running);
        row("T8 preloading", "Completed=U LogReady=T ImageReady=T RepoReady=T NodesPrepared=U", "PreparingNodes", "n1=Images preloading", "S S R P P P", "2", "-", Running);
        row("T8 failed", "Completed=F LogReady=T ImageReady=T RepoReady=T NodesPrepared=U NodesUpgraded=F(DeadlineExceeded)", "Failed", "n1=Images preloaded;n2=Failed(DeadlineExceeded)",
            "S S F P P S", "-", "2", Failed, true, "Succeeded");
        row("T8 failed, not completed yet", "Completed=U LogReady=T ImageReady=T RepoReady=T NodesPrepared=U NodesUpgraded=F(DeadlineExceeded)", "PreparingNodes",
            "n1=Images preloaded;n2=Failed(DeadlineExceeded)", "S S F P P P", "-", "2", Failed);
        row("T8b", "Completed=U LogReady=T ImageReady=T RepoReady=T NodesPrepared=T", "PreparingNodes", "n1=Images preloaded", "S S S R P P", "3", "-", Running);
        row("T10", "Completed=U LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=U", "UpgradingSystemServices", "n1=Images preloaded", "S S S R P P", "3", "-", Running);
        row("T11 failed", "Completed=F LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=F(BackoffLimitExceeded)", "Failed", "n1=Images preloaded",
            "S S S F P S", "-", "3", Failed, true, "Succeeded");
        row("T11 controller error", "Completed=F(x) LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=U", "Failed", "n1=Images preloaded",
            "S S S F P S", "-", "3", Failed, true, "Succeeded");
        row("T11 done", "Completed=U LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=T", "UpgradingSystemServices", "n1=Images preloaded", "S S S S R P", "4", "-", Running);
        row("T12", "Completed=U LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=T NodesUpgraded=U", "UpgradingNodes", "n1=Images preloaded;n2=Images preloaded",
            "S S S S R P", "4", "-", Running);
        row("T13 drain", "Completed=U LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=T NodesUpgraded=U", "UpgradingNodes", "n1=Pre-draining;n2=Images preloaded",
            "S S S S R P", "4", "-", Running);
        row("T13 paused", "Completed=U LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=T NodesUpgraded=U", "UpgradingNodes",
            "n1=Node-upgrade paused(AdministrativelyPaused);n2=Images preloaded", "S S S S Z P", "4", "-", Paused);
        row("T13 one paused, one works", "Completed=U LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=T NodesUpgraded=U", "UpgradingNodes",
            "n1=Node-upgrade paused(AdministrativelyPaused);n2=Waiting Reboot", "S S S S R P", "4", "-", Running);
        row("T13 node failed", "Completed=F LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=T NodesUpgraded=F(x)", "Failed", "n1=Failed(x);n2=Images preloaded",
            "S S S S F S", "-", "4", Failed, true, "Succeeded");
        row("T13 node failed, not completed yet", "Completed=U LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=T NodesUpgraded=F(x)", "UpgradingNodes",
            "n1=Failed(x);n2=Images preloaded", "S S S S F P", "-", "4", Failed);
        row("T14", "Completed=T LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=T NodesUpgraded=T", "Succeeded", "n1=Succeeded", "S S S S S R", "5", "-", Succeeded, true, "Pending");
        row("T15", "Completed=T LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=T NodesUpgraded=T", "Succeeded", "n1=Succeeded", "S S S S S S", "-", "-", Succeeded, true, "Succeeded");
        row("T14 without logs", "Completed=T LogReady=F(Disabled) ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=T NodesUpgraded=T", "Succeeded", "n1=Succeeded", "- S S S S S", "-", "-",
            Succeeded, false, "Succeeded");
        // The version guard and an unreadable release: the repository is there, no plan was made.
        row("eligibility", "Completed=F(downgrading_is_prohibited) LogReady=T ImageReady=T RepoReady=T", "Failed", "", "S F P P P S", "-", "1", Failed, true, "Succeeded");
        // v1.0 to v1.1.1 know no log step.
        row("v1.0 image", "Completed=U ImageReady=U", "CreatingUpgradeImage", "", "- R P P P P", "1", "-", Running);
        row("v1.0 label only", "Completed=U", "CreatingUpgradeImage", "", "- R P P P P", "1", "-", Running);
        row("v1.0 nodes", "Completed=U ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=T NodesUpgraded=U", "UpgradingNodes", "n1=Pre-draining", "- S S S R P", "4", "-", Running);
        row("v1.0 failed", "Completed=F ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=F(x)", "Failed", "", "- S S F P P", "-", "3", Failed);
        // One label never decides.
        row("label failed, conditions go on", "Completed=U LogReady=T ImageReady=T RepoReady=T NodesPrepared=U", "Failed", "", "S S R P P P", "2", "-", Running);
        row("label far ahead", "Completed=U LogReady=T ImageReady=U", "UpgradingNodes", "", "S R P P P P", "1", "-", Running);
    }
    void transitions()
    {
        QFETCH(const QString, conditions);
        QFETCH(const QString, label);
        QFETCH(const QString, nodes);
        QFETCH(const bool, logEnabled);
        QFETCH(const QString, cleanup);
        World world;
        QJsonObject more{{u"spec"_s, QJsonObject{{u"logEnabled"_s, logEnabled}}}};
        if (!cleanup.isEmpty())
            more.insert(u"metadata"_s, QJsonObject{{u"labels"_s, QJsonObject{{u"harvesterhci.io/upgradeCleanup"_s, cleanup}}}});
        world.upgrade(conditions, label, nodes, more);
        for (const QString &node : {u"n1"_s, u"n2"_s})
            world.node(node);
        const Board board = deriveBoard(world.snapshot, World::at(1));
        QCOMPARE(board.presence, Board::Presence::Upgrade);
        QTEST(letters(board), "phases");
        QTEST(optional(board.currentPhase), "current");
        QTEST(optional(board.failedPhase), "failed");
        QTEST(board.state, "state");
        QCOMPARE(board.cleaningUp, cleanup == "Pending"_L1);
        QCOMPARE(board.fromVersion, u"v1.8.2"_s);
        QCOMPARE(board.toVersion, u"v1.9.0"_s);
    }

    void untouchedUpgradeIsPending()
    {
        World world;
        world.upgrade({}, {}, {}, {{u"status"_s, QJsonObject{{u"previousVersion"_s, QString()}}}});
        world.editUpgrade([](QJsonObject &up) {
            up.remove("status"_L1);
            QJsonObject meta = up.value("metadata"_L1).toObject();
            meta.remove("labels"_L1);
            up.insert("metadata"_L1, meta);
        });
        const Board board = deriveBoard(world.snapshot, World::at(1));
        QCOMPARE(board.presence, Board::Presence::Upgrade);
        QCOMPARE(board.state, State::Pending);
        QCOMPARE(board.currentPhase, std::optional(PhaseId::LogInfra));
        QVERIFY(board.waiting.has_value());
        QVERIFY(!board.waiting->stuck);
        const Board later = deriveBoard(world.snapshot, World::at(6));
        QCOMPARE(later.state, State::Stuck);
        QVERIFY(later.waiting->stuck);
    }

    /// The log step came with v1.1.2: an Upgrade of an older cluster without the condition has passed it, even before its label says so.
    void withoutLogCondition_data()
    {
        QTest::addColumn<QString>("from");    ///< previousVersion
        QTest::addColumn<QString>("running"); ///< setting server-version
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("completed");
        QTest::addColumn<QString>("phases");
        const auto row = [](const char *name, const char *from, const char *running, const char *label, const char *completed, const char *phases) {
            QTest::newRow(name) << QString::fromLatin1(from) << QString::fromLatin1(running) << QString::fromLatin1(label)
                                << QString::fromLatin1(completed) << QString::fromLatin1(phases);
        };
        row("v1.0.3", "v1.0.3", "", "", "U", "- R P P P P");
        row("v1.1.1", "v1.1.1", "", "", "U", "- R P P P P");
        row("v1.1.2", "v1.1.2", "", "", "U", "R P P P P P");
        row("v1.2.0 with the first label", "v1.2.0", "", "PreparingLoggingInfra", "U", "R P P P P P");
        row("by the setting", "", "v1.1.0", "", "U", "- R P P P P");
        row("what it began from wins", "v1.1.1", "v1.2.0", "", "U", "- R P P P P");
        row("nothing known", "", "", "", "U", "R P P P P P");
        row("v1.1.1 failed", "v1.1.1", "", "Failed", "F(x)", "- F P P P P");
        row("v1.9.0 failed before anything", "v1.9.0", "", "Failed", "F(x)", "F P P P P P");
    }
    void withoutLogCondition()
    {
        QFETCH(const QString, from);
        QFETCH(const QString, running);
        QFETCH(const QString, label);
        QFETCH(const QString, completed);
        World world;
        world.node(u"n1"_s);
        if (!running.isEmpty())
            world.add(Kind::Setting, support::thing({}, u"server-version"_s, {{u"value"_s, running}}));
        world.upgrade(u"Completed="_s + completed, label, {}, {{u"status"_s, QJsonObject{{u"previousVersion"_s, from}}}});
        QTEST(letters(deriveBoard(world.snapshot, World::at(1))), "phases");
    }

    void failureSaysWhy_data()
    {
        QTest::addColumn<QString>("conditions");
        QTest::addColumn<QString>("nodes");
        QTest::addColumn<QString>("reason");
        QTest::newRow("image") << u"Completed=F LogReady=T ImageReady=F(ImportFailed)"_s << QString() << u"ImportFailed"_s;
        QTest::newRow("prepare") << u"Completed=F LogReady=T ImageReady=T RepoReady=T NodesPrepared=U NodesUpgraded=F(DeadlineExceeded)"_s
                                 << u"n1=Failed(DeadlineExceeded)"_s << u"DeadlineExceeded"_s;
        QTest::newRow("services") << u"Completed=F LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=F(BackoffLimitExceeded)"_s
                                  << QString() << u"BackoffLimitExceeded"_s;
        QTest::newRow("log") << u"Completed=F(Timeout) LogReady=F(Timeout)"_s << QString() << u"Timeout"_s;
        QTest::newRow("controller") << u"Completed=F(boom) LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=U"_s << QString() << u"boom"_s;
        QTest::newRow("guard") << u"Completed=F(guard) LogReady=T ImageReady=T RepoReady=T"_s << QString() << u"guard"_s;
    }
    void failureSaysWhy()
    {
        QFETCH(const QString, conditions);
        QFETCH(const QString, nodes);
        World world;
        world.upgrade(conditions, u"Failed"_s, nodes);
        const Board board = deriveBoard(world.snapshot, World::at(1));
        QVERIFY(board.failedPhase.has_value());
        QTEST(board.phases.at(int(*board.failedPhase)).reason, "reason");
        QVERIFY(!board.phases.at(int(*board.failedPhase)).message.isEmpty());
    }

    void cleanupBeforeTheLabelExisted()
    {
        const QString done = u"Completed=T@60 LogReady=T ImageReady=T RepoReady=T NodesPrepared=T SystemServicesUpgraded=T NodesUpgraded=T@60"_s;
        World world;
        world.upgrade(done, u"Succeeded"_s, u"n1=Succeeded"_s);
        world.node(u"n1"_s);
        world.add(Kind::RepoVm, support::thing(u"harvester-system"_s, u"upgrade-repo-up"_s));
        QVERIFY(deriveBoard(world.snapshot, World::at(61)).cleaningUp);
        QVERIFY(!deriveBoard(world.snapshot, World::at(76)).cleaningUp); // a quarter of an hour at most
        for (const auto &plan : {u"up-prepare"_s, u"up-skip-manifests-remove"_s}) {
            // Its other Plans go too.
            World other;
            other.upgrade(done, u"Succeeded"_s, u"n1=Succeeded"_s);
            other.node(u"n1"_s);
            other.add(Kind::Plan, support::thing(u"cattle-system"_s, plan, support::json(R"({"metadata":{"labels":{"harvesterhci.io/upgrade":"up"}}})")));
            QVERIFY2(deriveBoard(other.snapshot, World::at(61)).cleaningUp, qPrintable(plan));
        }
        world.snapshot.remove(Kind::RepoVm, {u"harvester-system"_s, u"upgrade-repo-up"_s});
        world.add(Kind::Plan, support::thing(u"cattle-system"_s, u"up-cleanup"_s));
        QVERIFY(deriveBoard(world.snapshot, World::at(61)).cleaningUp);
        world.snapshot.remove(Kind::Plan, {u"cattle-system"_s, u"up-cleanup"_s});
        const Board board = deriveBoard(world.snapshot, World::at(61));
        QVERIFY(!board.cleaningUp);
        QCOMPARE(board.state, State::Succeeded);
    }

    void stopping()
    {
        World world;
        world.upgrade(u"Completed=U LogReady=T ImageReady=U"_s, u"LoggingInfraPrepared"_s, {},
                      {{u"metadata"_s, QJsonObject{{u"deletionTimestamp"_s, World::stamp(10)},
                                                   {u"finalizers"_s, QJsonArray{u"wrangler.cattle.io/harvester-upgrade-controller"_s}}}}});
        const Board board = deriveBoard(world.snapshot, World::at(11));
        QVERIFY(board.stopping);
        QVERIFY(board.waiting.has_value());
        QVERIFY(!board.waiting->stuck);
        QVERIFY(!board.estimate.has_value());
        const Board later = deriveBoard(world.snapshot, World::at(26));
        QVERIFY(later.waiting.has_value());
        QVERIFY(later.waiting->stuck);
    }

    void times()
    {
        World world;
        world.upgrade(u"Completed=T@200 LogReady=T@2 ImageReady=T@20 RepoReady=T@22 NodesPrepared=T@40 SystemServicesUpgraded=T@80 NodesUpgraded=T@200"_s,
                      u"Succeeded"_s, u"n1=Succeeded"_s, {{u"metadata"_s, QJsonObject{{u"labels"_s, QJsonObject{{u"harvesterhci.io/upgradeCleanup"_s, u"Pending"_s}}}}}});
        const Board board = deriveBoard(world.snapshot, World::at(201));
        const double begin[] = {0, 2, 22, 40, 80, 200};
        const double end[] = {2, 22, 40, 80, 200};
        for (int i = 0; i < phaseCount; ++i) {
            QCOMPARE(board.phases.at(i).started, World::at(begin[i]));
            QCOMPARE(board.phases.at(i).finished, i < 5 ? World::at(end[i]) : QDateTime());
        }
        QCOMPARE(board.started, World::at(0));
        QCOMPARE(board.finished, World::at(200));
    }
};

QTEST_GUILESS_MAIN(TestPhases)
#include "tst_phases.moc"
