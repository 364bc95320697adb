// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Every moment of every recorded upgrade against what the recording's own log says happened.

#include "support/upgrade_recording.h"
#include "upgrade/board.h"
#include "upgrade/boardjson.h"
#include "upgrade/boardtext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace upgrade;
using support::Recording;

namespace {

QString letters(const Board &board)
{
    QString out;
    for (const Phase &phase : board.phases)
        out += u"PRSFZKU"_s.at(int(phase.state));
    return out;
}

/// "node1 Pre-draining, node2 Images preloaded": only nodes that have a state.
QString nodeStates(const Board &board)
{
    QStringList out;
    for (const NodeRow &node : board.nodes) {
        if (!node.stateText.isEmpty())
            out.append(node.name + u' ' + node.stateText);
    }
    return out.join(u", "_s);
}

/// Five pips a node: y n ?
QString pips(const NodeRow &node)
{
    QString out;
    for (const Tri tri : {node.preloaded, node.preDrained, node.runtimeUpgraded, node.systemUpgraded, node.back})
        out += tri == Tri::Yes ? u'y' : tri == Tri::No ? u'n' : u'?';
    return out;
}

struct Expected {
    const char *moment;
    State state;
    const char *phases;
    int current;
    int failed;
    const char *nodes;
};

} // namespace

class TestRecordings : public QObject {
    Q_OBJECT

    static void addRows(const char *recording, std::initializer_list<Expected> rows)
    {
        for (const Expected &row : rows) {
            QTest::addRow("%s/%s", recording, row.moment)
                << QString::fromLatin1(recording) << QString::fromLatin1(row.moment) << row.state << QString::fromLatin1(row.phases)
                << row.current << row.failed << QString::fromLatin1(row.nodes);
        }
    }

private Q_SLOTS:
    void moments_data()
    {
        QTest::addColumn<QString>("recording");
        QTest::addColumn<QString>("moment");
        QTest::addColumn<State>("state");
        QTest::addColumn<QString>("phases");
        QTest::addColumn<int>("current");
        QTest::addColumn<int>("failed");
        QTest::addColumn<QString>("nodes");
        using enum State;
#define PRE(a, b, c) "node1 Images " a ", node2 Images " b ", node3 Images " c
        addRows("three-node", {
            {"01", Running, "RPPPPP", 0, -1, ""},
            {"02", Running, "SRPPPP", 1, -1, ""},
            {"03", Running, "SRPPPP", 1, -1, ""},
            {"04", Running, "SSRPPP", 2, -1, ""},
            {"05", Running, "SSRPPP", 2, -1, "node1 Images preloading"},
            {"06", Running, "SSRPPP", 2, -1, "node1 Images preloaded"},
            {"07", Running, "SSRPPP", 2, -1, "node1 Images preloaded, node2 Images preloading"},
            {"08", Running, "SSRPPP", 2, -1, "node1 Images preloaded, node2 Images preloaded"},
            {"09", Running, "SSRPPP", 2, -1, PRE("preloaded", "preloaded", "preloading")},
            {"10", Running, "SSSRPP", 3, -1, PRE("preloaded", "preloaded", "preloaded")},
            {"11", Running, "SSSSRP", 4, -1, PRE("preloaded", "preloaded", "preloaded")},
            {"12", Running, "SSSSRP", 4, -1, PRE("preloaded", "preloaded", "preloaded")},
            {"13", Running, "SSSSRP", 4, -1, "node1 Pre-draining, node2 Images preloaded, node3 Images preloaded"},
            {"14", Running, "SSSSRP", 4, -1, "node1 Pre-drained, node2 Images preloaded, node3 Images preloaded"},
            {"15", Running, "SSSSRP", 4, -1, "node1 Post-draining, node2 Images preloaded, node3 Images preloaded"},
            {"16", Running, "SSSSRP", 4, -1, "node1 Waiting Reboot, node2 Images preloaded, node3 Images preloaded"},
            {"17", Running, "SSSSRP", 4, -1, "node1 Succeeded, node2 Images preloaded, node3 Images preloaded"},
            {"18", Running, "SSSSRP", 4, -1, "node1 Succeeded, node2 Pre-draining, node3 Images preloaded"},
            {"19", Running, "SSSSRP", 4, -1, "node1 Succeeded, node2 Pre-drained, node3 Images preloaded"},
            {"20", Running, "SSSSRP", 4, -1, "node1 Succeeded, node2 Post-draining, node3 Images preloaded"},
            {"21", Running, "SSSSRP", 4, -1, "node1 Succeeded, node2 Waiting Reboot, node3 Images preloaded"},
            {"22", Running, "SSSSRP", 4, -1, "node1 Succeeded, node2 Succeeded, node3 Images preloaded"},
            {"23", Running, "SSSSRP", 4, -1, "node1 Succeeded, node2 Succeeded, node3 Pre-draining"},
            {"24", Running, "SSSSRP", 4, -1, "node1 Succeeded, node2 Succeeded, node3 Pre-drained"},
            {"25", Running, "SSSSRP", 4, -1, "node1 Succeeded, node2 Succeeded, node3 Post-draining"},
            {"26", Running, "SSSSRP", 4, -1, "node1 Succeeded, node2 Succeeded, node3 Waiting Reboot"},
            {"27", Succeeded, "SSSSSR", 5, -1, "node1 Succeeded, node2 Succeeded, node3 Succeeded"},
            {"28", Succeeded, "SSSSSS", -1, -1, "node1 Succeeded, node2 Succeeded, node3 Succeeded"},
        });
        addRows("single-node", {
            {"01", Running, "RPPPPP", 0, -1, ""},
            {"02", Running, "SRPPPP", 1, -1, ""},
            {"03", Running, "SRPPPP", 1, -1, ""},
            {"04", Running, "SSRPPP", 2, -1, ""},
            {"05", Running, "SSRPPP", 2, -1, "node1 Images preloading"},
            {"06", Running, "SSSRPP", 3, -1, "node1 Images preloaded"},
            {"07", Running, "SSSSRP", 4, -1, "node1 Images preloaded"},
            {"08", Running, "SSSSRP", 4, -1, "node1 Waiting Reboot"},
            {"09", Succeeded, "SSSSSR", 5, -1, "node1 Succeeded"},
            {"10", Succeeded, "SSSSSS", -1, -1, "node1 Succeeded"},
        });
        addRows("fail-image", {
            {"01", Running, "RPPPPP", 0, -1, ""},
            {"02", Running, "SRPPPP", 1, -1, ""},
            {"03", Failed, "SFPPPS", -1, 1, ""},
            {"99", Failed, "SFPPPS", -1, 1, ""},
        });
        addRows("fail-prepare-node2", {
            {"08", Running, "SSRPPP", 2, -1, "node1 Images preloaded, node2 Images preloading"},
            {"09", Failed, "SSFPPS", -1, 2, "node1 Images preloaded, node2 Failed"},
            {"99", Failed, "SSFPPS", -1, 2, "node1 Images preloaded, node2 Failed"},
        });
        addRows("fail-manifests", {
            {"08", Running, "SSSRPP", 3, -1, PRE("preloaded", "preloaded", "preloaded")},
            {"09", Failed, "SSSFPS", -1, 3, PRE("preloaded", "preloaded", "preloaded")},
            {"99", Failed, "SSSFPS", -1, 3, PRE("preloaded", "preloaded", "preloaded")},
        });
        addRows("paused-node1", {
            {"12", Running, "SSSSRP", 4, -1, PRE("preloaded", "preloaded", "preloaded")},
            {"13", Paused, "SSSSZP", 4, -1, "node1 Node-upgrade paused, node2 Images preloaded, node3 Images preloaded"},
        });
        addRows("stall-pre-drain-node2", {
            {"04", Running, "SRPPPP", 1, -1, ""},
            {"12", Running, "SSSSRP", 4, -1, PRE("preloaded", "preloaded", "preloaded")},
            {"13", Running, "SSSSRP", 4, -1, PRE("preloaded", "preloaded", "preloaded")},
            {"99", Running, "SSSSRP", 4, -1, PRE("preloaded", "preloaded", "preloaded")},
        });
#undef PRE
    }
    void moments()
    {
        QFETCH(const QString, recording);
        QFETCH(const QString, moment);
        const Recording played(recording);
        const qsizetype index = played.indexOf(moment);
        QVERIFY(index >= 0);
        const Snapshot snapshot = played.snapshot(index);
        const Board board = deriveBoard(snapshot, played.at(index));
        QCOMPARE(board.presence, Board::Presence::Upgrade);
        QTEST(board.state, "state");
        QTEST(letters(board), "phases");
        QTEST(nodeStates(board), "nodes");
        QTEST(board.currentPhase ? int(*board.currentPhase) : -1, "current");
        QTEST(board.failedPhase ? int(*board.failedPhase) : -1, "failed");
        QCOMPARE(board.fromVersion, u"v1.7.1"_s);
        QCOMPARE(board.toVersion, u"v1.8.0"_s);
        QCOMPARE(board.singleNode, recording == "single-node"_L1);
        QCOMPARE(board.nodes.size(), recording == "single-node"_L1 ? 1 : 3);
        QVERIFY(!summary(board, played.at(index)).isEmpty());
    }

    void before()
    {
        // The moment before has the rest of an earlier test run: only what the board needs is taken from the first moment.
        const Recording played(u"three-node"_s);
        Snapshot snapshot = played.snapshot(1);
        snapshot.upgrades.clear();
        const Board board = deriveBoard(snapshot, played.at(1));
        QCOMPARE(board.presence, Board::Presence::NoUpgrade);
        QCOMPARE(board.harvesterVersion, u"v1.7.1"_s);
        QCOMPARE(board.offeredVersions, QStringList{u"v1.8.0"_s});
        QCOMPARE(board.nodes.size(), 3);
        QVERIFY(board.phases.isEmpty());
        QVERIFY(board.jobs.isEmpty());
    }

    void wholeUpgradeInSteps()
    {
        // As a session sees it: watched from before the start to the end.
        for (const QString &name : {u"three-node"_s, u"single-node"_s}) {
            const Recording played(name);
            Snapshot snapshot;
            double last = 0;
            Board board;
            for (qsizetype i = 0; i < played.size(); ++i) {
                played.advance(snapshot, i);
                board = deriveBoard(snapshot, played.at(i));
                QCOMPARE(deriveBoard(snapshot, played.at(i)), board); // pure
                Snapshot fresh = played.snapshot(i);
                fresh.seen = snapshot.seen;
                QCOMPARE(deriveBoard(fresh, played.at(i)), board); // no matter how the snapshot came to be
                if (board.presence != Board::Presence::Upgrade)
                    continue;
                QVERIFY2(board.fraction >= last - 1e-9, qPrintable(u"%1 at %2 fell from %3 to %4"_s.arg(name, played.name(i)).arg(last).arg(board.fraction)));
                last = board.fraction;
            }
            QCOMPARE(board.state, State::Succeeded);
            QCOMPARE(board.fraction, 1.0);
            QVERIFY(board.started.isValid() && board.finished.isValid() && board.started < board.finished);
            for (const NodeRow &node : std::as_const(board.nodes)) {
                QCOMPARE(pips(node), u"yyyyy"_s);
                QVERIFY(node.sinceExact);
                QVERIFY(snapshot.seen.nodes.value(node.name).rebooted);
            }
            for (int i = 0; i < 5; ++i) {
                const Phase &phase = board.phases.at(i);
                QVERIFY(phase.started.isValid() && phase.finished.isValid() && phase.started <= phase.finished);
            }
        }
    }

    void pipsOfOneNode_data()
    {
        QTest::addColumn<QString>("moment");
        QTest::addColumn<QString>("pips");
        QTest::newRow("not yet") << u"04"_s << u"nnnnn"_s;
        QTest::newRow("preloading") << u"05"_s << u"nnnnn"_s;
        QTest::newRow("preloaded") << u"06"_s << u"ynnnn"_s;
        QTest::newRow("pre-draining") << u"13"_s << u"ynnnn"_s;
        QTest::newRow("pre-drained") << u"14"_s << u"yynnn"_s;
        QTest::newRow("post-draining") << u"15"_s << u"yyynn"_s; // Rancher raised RKE2 before it asked for post-drain
        QTest::newRow("waiting reboot") << u"16"_s << u"yyynn"_s;
        QTest::newRow("back, not uncordoned yet") << u"17"_s << u"yyyyn"_s;
        QTest::newRow("uncordoned, not Ready yet") << u"18"_s << u"yyyyn"_s;
        QTest::newRow("back") << u"19"_s << u"yyyyy"_s;
    }
    void pipsOfOneNode()
    {
        QFETCH(const QString, moment);
        const Recording played(u"three-node"_s);
        const qsizetype index = played.indexOf(moment);
        const Board board = deriveBoard(played.snapshot(index), played.at(index));
        QTEST(pips(board.nodes.constFirst()), "pips");
    }

    void jobs()
    {
        const Recording played(u"fail-manifests"_s);
        const qsizetype index = played.indexOf(u"09"_s);
        const Board board = deriveBoard(played.snapshot(index), played.at(index));
        const auto manifests = std::ranges::find(board.jobs, u"apply-manifests"_s, &JobRow::type);
        QVERIFY(manifests != board.jobs.end());
        QCOMPARE(manifests->state, State::Failed);
        QCOMPARE(manifests->reason, u"BackoffLimitExceeded"_s);
        QCOMPARE(manifests->pods.size(), 2);
        QVERIFY(manifests->pods.at(0).created <= manifests->pods.at(1).created);
        QCOMPARE(board.phases.at(3).attempt, 2);
        QCOMPARE(board.phases.at(3).reason, u"BackoffLimitExceeded"_s);
        QCOMPARE(std::ranges::count(board.jobs, u"prepare"_s, &JobRow::type), 3);
        for (const JobRow &job : board.jobs)
            QVERIFY2(job.type != "prepare"_L1 || (job.phase == PhaseId::Preload && job.node.startsWith("node"_L1)), qPrintable(job.job.name));
    }

    void failuresSayWhy()
    {
        {
            const Recording played(u"fail-image"_s);
            const Board board = deriveBoard(played.snapshot(3), played.at(3));
            QCOMPARE(board.phases.at(1).reason, u"ImportFailed"_s);
            QVERIFY(board.phases.at(1).message.contains("no such host"_L1));
            QVERIFY(!board.estimate);
        }
        {
            const Recording played(u"fail-prepare-node2"_s);
            const qsizetype index = played.indexOf(u"09"_s);
            const Board board = deriveBoard(played.snapshot(index), played.at(index));
            QCOMPARE(board.phases.at(2).reason, u"DeadlineExceeded"_s);
            QCOMPARE(board.nodes.at(1).state, State::Failed);
            QCOMPARE(board.nodes.at(1).jobState, State::Failed);
        }
    }

    void pausedNode()
    {
        const Recording played(u"paused-node1"_s);
        const qsizetype index = played.indexOf(u"13"_s);
        const Board board = deriveBoard(played.snapshot(index), played.at(index));
        QVERIFY(board.nodes.at(0).paused);
        QVERIFY(board.waiting.has_value());
        QCOMPARE(board.waiting->node, u"node1"_s);
        QVERIFY(!board.waiting->stuck);
        QVERIFY(!board.estimate); // a person decides
        // And it never counts as stuck, however long it takes.
        const Board muchLater = deriveBoard(played.snapshot(index), played.at(index).addDays(2));
        QCOMPARE(muchLater.state, State::Paused);
    }

    void stalledBeforePreDrain()
    {
        // No Job starts: after a quarter of an hour without anybody at work it is stuck.
        const Recording played(u"stall-pre-drain-node2"_s);
        const qsizetype index = played.indexOf(u"99"_s);
        const Snapshot snapshot = played.snapshot(index);
        QCOMPARE(deriveBoard(snapshot, played.at(index)).state, State::Running);
        const Board later = deriveBoard(snapshot, played.at(index).addSecs(16 * 60));
        QCOMPARE(later.state, State::Stuck);
        QCOMPARE(later.phases.at(4).state, State::Stuck);
        QVERIFY(later.waiting.has_value());
        QVERIFY(later.waiting->stuck);
    }

    void manifestProgress()
    {
        const Recording played(u"three-node"_s);
        const qsizetype index = played.indexOf(u"11"_s);
        Snapshot snapshot = played.snapshot(index);
        const Board board = deriveBoard(snapshot, played.at(index));
        const auto job = std::ranges::find(board.jobs, u"apply-manifests"_s, &JobRow::type);
        QVERIFY(job != board.jobs.end());
        QVERIFY(snapshot.logs.value(job->job.uid).milestone >= 10);
    }

    void jsonOfEveryMoment()
    {
        for (const auto &name : {u"three-node"_s, u"fail-prepare-node2"_s, u"paused-node1"_s}) {
            const Recording played(name);
            for (qsizetype i = 0; i < played.size(); ++i) {
                const Board board = deriveBoard(played.snapshot(i), played.at(i));
                const QJsonObject json = toJson(board, played.at(i));
                QCOMPARE(json.value("schema"_L1).toString(), u"gleaner.status/v1"_s);
                QCOMPARE(json.value("nodes"_L1).toArray().size(), board.nodes.size());
                QCOMPARE(json.value("phases"_L1).toArray().size(), board.phases.size());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestRecordings)
#include "tst_recordings.moc"
