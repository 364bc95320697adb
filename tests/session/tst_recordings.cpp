// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A session against the lists a real API server gave (tests/fixtures/session/README.md): the board must be what the
// Upgrade object of that moment says.

#include "support/session_await.h"
#include "support/session_replay.h"

#include "upgrade/boardjson.h"

#include <QTest>

using namespace Qt::StringLiterals;
using session::ClusterState;
using upgrade::Board;
using upgrade::PhaseId;
using upgrade::State;

class TestRecordings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void board_data();
    void board();
};

void TestRecordings::board_data()
{
    QTest::addColumn<int>("presence");
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("phase");         ///< current, or failed
    QTest::addColumn<QStringList>("nodes"); ///< API states in order of names
    const auto row
        = [](const char *name, Board::Presence presence, State state, PhaseId phase, const QStringList &nodes) {
              QTest::newRow(name) << int(presence) << int(state) << int(phase) << nodes;
          };
    const QString ready = u"Images preloaded"_s, done = u"Succeeded"_s;
    using P = Board::Presence;
    row("three-node-00", P::NoUpgrade, State::Unknown, PhaseId::LogInfra, {}); // before the nodes joined
    row("three-node-01", P::Upgrade, State::Running, PhaseId::LogInfra, {u""_s, u""_s, u""_s});
    row("three-node-05", P::Upgrade, State::Running, PhaseId::Preload, {u"Images preloading"_s, u""_s, u""_s});
    row("three-node-10", P::Upgrade, State::Running, PhaseId::SystemServices, {ready, ready, ready});
    row("three-node-13", P::Upgrade, State::Running, PhaseId::Nodes, {u"Pre-draining"_s, ready, ready});
    row("three-node-15", P::Upgrade, State::Running, PhaseId::Nodes, {u"Post-draining"_s, ready, ready});
    row("three-node-16", P::Upgrade, State::Running, PhaseId::Nodes, {u"Waiting Reboot"_s, ready, ready});
    row("three-node-20", P::Upgrade, State::Running, PhaseId::Nodes, {done, u"Post-draining"_s, ready});
    row("three-node-27", P::Upgrade, State::Succeeded, PhaseId::Cleanup, {done, done, done});
    row("three-node-99", P::Upgrade, State::Succeeded, PhaseId::Cleanup, {done, done, done});
    row("single-node-05", P::Upgrade, State::Running, PhaseId::Preload, {u"Images preloading"_s});
    row("single-node-08", P::Upgrade, State::Running, PhaseId::Nodes, {u"Waiting Reboot"_s});
    row("single-node-09", P::Upgrade, State::Succeeded, PhaseId::Cleanup, {done});
    row("fail-image-03", P::Upgrade, State::Failed, PhaseId::Repository, {u""_s, u""_s, u""_s});
    row("fail-prepare-node2-09", P::Upgrade, State::Failed, PhaseId::Preload, {ready, u"Failed"_s, u""_s});
    row("fail-manifests-09", P::Upgrade, State::Failed, PhaseId::SystemServices, {ready, ready, ready});
    row("paused-node1-13", P::Upgrade, State::Paused, PhaseId::Nodes, {u"Node-upgrade paused"_s, ready, ready});
    row("stall-pre-drain-node2-99", P::Upgrade, State::Running, PhaseId::Nodes, {ready, ready, ready});
}

void TestRecordings::board()
{
    support::Replay server;
    QVERIFY(server.play(QString::fromLatin1(QTest::currentDataTag())));
    session::Session session(support::configOf(server.kubeconfig()));
    session.start();
    QVERIFY(support::reaches(session, [](const ClusterState &state) { return state.settled && state.logsSettled; }));
    const Board &board = session.state().board;
    QCOMPARE(session.state().connection.state, session::Connection::State::Online);
    QCOMPARE(session.state().denied, QStringList());
    QTEST(int(board.presence), "presence");
    QFETCH(QStringList, nodes);
    QStringList states;
    for (const upgrade::NodeRow &node : board.nodes)
        states.append(node.stateText);
    QCOMPARE(states, nodes);
    if (board.presence != Board::Presence::Upgrade)
        return;
    QFETCH(int, state);
    // The recordings are of another day: what waits has waited long, which the board may call stuck.
    if (State(state) == State::Running)
        QVERIFY2(
            board.state == State::Running || board.state == State::Stuck, qPrintable(upgrade::stateWord(board.state)));
    else
        QCOMPARE(int(board.state), state);
    QCOMPARE(board.phases.size(), upgrade::phaseCount);
    QCOMPARE(board.fromVersion, u"v1.7.1"_s);
    QCOMPARE(board.toVersion, u"v1.8.0"_s);
    if (board.state == State::Succeeded && !board.cleaningUp) {
        for (const upgrade::Phase &phase : board.phases)
            QCOMPARE(int(phase.state), int(State::Succeeded));
        return;
    }
    const auto phase = board.state == State::Failed ? board.failedPhase : board.currentPhase;
    QVERIFY(phase);
    QTEST(int(*phase), "phase");
}

QTEST_GUILESS_MAIN(TestRecordings)
#include "tst_recordings.moc"
