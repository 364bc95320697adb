// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Pre-checks and the verdict of a session against the simulated cluster: made while it is watched, one again,
// cancelled, with bounded concurrency; and a verdict that ends when the connection does.

#include "demo/server.h"
#include "session/checkrunner.h"
#include "support/session_await.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using session::CheckState;
using session::Session;
using support::configOf;
using support::reaches;

namespace {

demo::ServerOptions still(const QString &scenario, double at)
{
    demo::ServerOptions options;
    options.scenario = scenario;
    options.speed = 0;
    options.startAt = at;
    return options;
}

bool ends(const Session &session)
{
    const auto done = [&] { return session.checks().everRun && !session.checks().running; };
    return QTest::qWaitFor(done, 60000);
}

} // namespace

class TestChecks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void verdictComesWithTheBoard();
    void verdictEndsWithTheConnection();
    void allThenOne();
    void everyNodeIsAsked();
    void cancelled();
    void closedWhileChecking();
};

void TestChecks::verdictComesWithTheBoard()
{
    demo::DemoThread demo(still(u"healthy"_s, 1200));
    QVERIFY(demo.start());
    Session session(configOf(demo.kubeconfig()));
    session.start();
    QVERIFY(reaches(session, [](const auto &state) { return state.settled; }));
    QCOMPARE(restart::codeWord(session.state().verdict.code), u"safe"_s);
    QCOMPARE(session.state().verdict.upgrade.name, session.state().board.upgrade.name);
    // Into the node phase: the verdict never says "safe" of a board that shows it.
    bool contradiction = false;
    connect(&session, &Session::changed, this, [&](const session::ClusterState &state) {
        contradiction |= state.verdict.allowsRestart() && state.board.currentPhase == upgrade::PhaseId::Nodes;
    });
    demo.run([](demo::Server &server) { server.advance(2400); });
    QVERIFY(reaches(session, [](const auto &state) { return state.verdict.code == restart::Code::Forbidden; }));
    QVERIFY(!contradiction);
}

void TestChecks::verdictEndsWithTheConnection()
{
    demo::DemoThread demo(still(u"healthy"_s, 1200));
    QVERIFY(demo.start());
    Session session(configOf(demo.kubeconfig()));
    session.start();
    QVERIFY(reaches(session, [](const auto &state) { return state.verdict.code == restart::Code::Safe; }));
    bool safeWhileBlind = false;
    connect(&session, &Session::changed, this, [&](const session::ClusterState &state) {
        safeWhileBlind
            |= state.connection.state == session::Connection::State::Offline && state.verdict.allowsRestart();
    });
    demo.run([](demo::Server &server) { server.setOutage(true); });
    QVERIFY(reaches(
        session, [](const auto &state) { return state.connection.state == session::Connection::State::Offline; }));
    QVERIFY(!session.state().verdict.allowsRestart());
    QVERIFY(!session.state().verdict.missing.isEmpty());
    demo.run([](demo::Server &server) { server.setOutage(false); });
    session.retryNow();
    QVERIFY(reaches(session, [](const auto &state) { return state.verdict.code == restart::Code::Safe; }));
    QVERIFY(!safeWhileBlind);
}

void TestChecks::allThenOne()
{
    demo::DemoThread demo(still(u"no-upgrade"_s, 0));
    QVERIFY(demo.start());
    Session session(configOf(demo.kubeconfig()));
    session.start();
    QVERIFY(reaches(session, [](const auto &state) { return state.settled; }));
    session.runChecks({});
    QVERIFY(ends(session));
    const CheckState all = session.checks();
    QCOMPARE(all.results.size(), all.ids.size());
    QCOMPARE(all.server.kind, restart::ServerAnswer::Kind::Accepted);
    QCOMPARE(all.fetched, all.toFetch);
    QStringList order;
    for (const restart::CheckResult &result : all.results)
        order.append(result.id);
    QCOMPARE(order, all.ids);
    // One again asks for what that one needs, and leaves the others as they were.
    qsizetype before = 0, after = 0;
    demo.run([&](demo::Server &server) { before = server.requests().size(); });
    session.runChecks({{}, {u"A12"_s}});
    QTRY_VERIFY(session.checks().finished > all.finished);
    demo.run([&](demo::Server &server) {
        const auto requests = server.requests();
        after = std::ranges::count_if(requests.sliced(before),
            [](const demo::RequestRecord &request) { return request.target.startsWith("/api/v1/nodes?"); });
    });
    QCOMPARE(after, 1);
    QCOMPARE(session.checks().results, all.results);
    QCOMPARE(session.checks().server, all.server);
}

void TestChecks::everyNodeIsAsked()
{
    demo::ServerOptions options = still(u"no-upgrade"_s, 0);
    options.nodes = 24;
    demo::DemoThread demo(options);
    QVERIFY(demo.start());
    demo.run([](demo::Server &server) {
        demo::Faults faults;
        faults.delay = 1;
        faults.maxDelay = std::chrono::milliseconds(30);
        server.setFaults(faults);
    });
    kube::Client client(configOf(demo.kubeconfig()));
    session::CheckRunner runner(client, [] { return QDateTime::currentDateTimeUtc(); });
    QSignalSpy finished(&runner, &session::CheckRunner::finished);
    QSignalSpy changed(&runner, &session::CheckRunner::changed);
    runner.start({});
    QVERIFY(finished.wait(60000));
    QVERIFY(runner.state().toFetch > 2 * 24); // statistics and configuration of every node
    QCOMPARE(runner.state().results.size(), runner.state().ids.size());
    for (const restart::CheckResult &result : runner.state().results) {
        if (result.id == "A14"_L1 || result.id == "B03"_L1)
            QCOMPARE(restart::outcomeWord(result.outcome), u"pass"_s);
    }
    QVERIFY(changed.size() < runner.state().toFetch + 5); // told together
}

void TestChecks::cancelled()
{
    demo::DemoThread demo(still(u"no-upgrade"_s, 0));
    QVERIFY(demo.start());
    demo.run([](demo::Server &server) {
        demo::Faults faults;
        faults.stall = 1;
        server.setFaults(faults);
    });
    kube::Client client(configOf(demo.kubeconfig()));
    session::CheckRunner runner(client, [] { return QDateTime::currentDateTimeUtc(); });
    runner.start({});
    QVERIFY(runner.state().running);
    runner.cancel();
    QVERIFY(!runner.state().running);
    QVERIFY(runner.state().pending.isEmpty());
    QVERIFY(!restart::nothingBlocks(runner.state().results, runner.state().server));
    demo.run([](demo::Server &server) { server.setFaults({}); });
    QSignalSpy finished(&runner, &session::CheckRunner::finished);
    runner.start({});
    QVERIFY(finished.wait(60000));
    QCOMPARE(runner.state().results.size(), runner.state().ids.size());
}

void TestChecks::closedWhileChecking()
{
    demo::DemoThread demo(still(u"no-upgrade"_s, 0));
    QVERIFY(demo.start());
    auto session = std::make_unique<Session>(configOf(demo.kubeconfig()));
    session->start();
    QVERIFY(reaches(*session, [](const auto &state) { return state.settled; }));
    // Slow enough that somebody sees it run.
    demo.run([](demo::Server &server) {
        demo::Faults faults;
        faults.delay = 1;
        faults.maxDelay = std::chrono::milliseconds(2000);
        server.setFaults(faults);
    });
    session->runChecks({});
    QVERIFY(QTest::qWaitFor([&] { return session->checks().running; }, 60000));
    session.reset();
}

QTEST_GUILESS_MAIN(TestChecks)
#include "tst_checks.moc"
