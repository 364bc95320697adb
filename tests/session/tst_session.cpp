// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A session against the simulated cluster: it comes to the truth, says what keeps it from it, and stays honest when the
// connection, the certificate or the configuration changes.

#include "demo/server.h"
#include "support/session_await.h"
#include "support/session_truth.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using session::ClusterState;
using session::Connection;
using session::Session;
using support::is;
using support::reaches;
using Presence = upgrade::Board::Presence;

namespace {

demo::ServerOptions still(double startAt = 0, const QString &scenario = u"healthy"_s)
{
    demo::ServerOptions options;
    options.scenario = scenario;
    options.speed = 0; // nothing moves by itself: the truth can be compared
    options.startAt = startAt;
    return options;
}

bool whole(const ClusterState &state)
{
    return state.settled && state.logsSettled;
}

} // namespace

class TestSession : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void boardIsTheTruth_data();
    void boardIsTheTruth();
    void changesArrive();
    void viewerMayNotReadEverything();
    void nobodyMayNothing();
    void unauthorizedThenNewToken();
    void refusedTellsWhenItTriesAgain();
    void offlineThenBack();
    void certificateFromAnotherCa();
    void consentIsAskedAndGiven();
    void sameConfigurationChangesNothing();
    void newConfigurationKeepsTheBoard();
    void insecureAndImpersonationAreShown();
    void idleTellsNothing();
};

void TestSession::boardIsTheTruth_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::addColumn<double>("at");
    const QList<demo::ScenarioInfo> scenarios = demo::Server::scenarios();
    for (const demo::ScenarioInfo &scenario : scenarios) {
        // Every scenario in the middle and at its end; the begin is the same for all.
        for (const double at : {0.0, 4000.0, 40000.0}) {
            if (at == 0 && scenario.name != "healthy"_L1)
                continue;
            const QString name = scenario.name + u'@' + QString::number(at);
            QTest::newRow(qPrintable(name)) << scenario.name << at;
        }
    }
}

void TestSession::boardIsTheTruth()
{
    QFETCH(QString, scenario);
    QFETCH(double, at);
    demo::DemoThread demo(still(at, scenario));
    QVERIFY(demo.start());
    Session session(support::configOf(demo.kubeconfig()));
    session.start();
    QVERIFY(reaches(session, whole));
    QCOMPARE(session.state().connection.state, Connection::State::Online);
    upgrade::Snapshot truth;
    demo.run([&](demo::Server &server) { truth = support::truth(server); });
    QCOMPARE(support::difference(*session.state().snapshot, truth), QString());
    truth.sources = session.state().snapshot->sources;
    truth.logs = session.state().snapshot->logs;
    truth.seen = session.state().snapshot->seen;
    const upgrade::Board expected = upgrade::deriveBoard(truth, session::clusterNow(session.state()));
    QCOMPARE(support::essence(session.state().board), support::essence(expected));
    QVERIFY(session.state().board.presence != Presence::Loading);
}

void TestSession::changesArrive()
{
    demo::DemoThread demo(still(60));
    QVERIFY(demo.start());
    Session session(support::configOf(demo.kubeconfig()));
    session.start();
    QVERIFY(reaches(session, whole));
    const quint64 before = session.state().revision;
    demo.run([](demo::Server &server) { server.advance(20000); });
    upgrade::Snapshot truth;
    demo.run([&](demo::Server &server) { truth = support::truth(server); });
    QVERIFY(reaches(
        session, [&](const ClusterState &state) { return support::difference(*state.snapshot, truth).isEmpty(); }));
    QVERIFY(session.state().revision > before);
}

void TestSession::viewerMayNotReadEverything()
{
    demo::DemoThread demo(still(4000));
    QVERIFY(demo.start());
    Session session(support::configOf(demo.kubeconfig(), u"demo-viewer"_s));
    session.start();
    QVERIFY(reaches(
        session, [](const ClusterState &state) { return state.settled && state.denied.contains(u"secrets"_s); }));
    QCOMPARE(session.state().connection.state, Connection::State::Degraded);
    QVERIFY(session.state().connection.error);
    QCOMPARE(session.state().connection.error->kind, kube::ErrorKind::Forbidden);
    QCOMPARE(session.state().board.presence, Presence::Upgrade); // what may be read is shown
    QCOMPARE(session.state().board.nodes.size(), 3);
}

void TestSession::nobodyMayNothing()
{
    demo::DemoThread demo(still());
    QVERIFY(demo.start());
    kube::ClusterConfig config = support::configOf(demo.kubeconfig());
    QByteArray token;
    demo.run([&](demo::Server &server) { token = server.token(u"nobody"_s); });
    config.token = kube::Secret(token);
    Session session(config);
    session.start();
    QVERIFY(reaches(session, [](const ClusterState &state) { return state.settled; }));
    QCOMPARE(session.state().connection.state, Connection::State::Degraded);
    QCOMPARE(session.state().connection.error->kind, kube::ErrorKind::Forbidden);
    QVERIFY(session.state().denied.contains(u"upgrades.harvesterhci.io"_s));
    QVERIFY(session.state().denied.contains(u"nodes"_s));
}

void TestSession::unauthorizedThenNewToken()
{
    demo::DemoThread demo(still(60));
    QVERIFY(demo.start());
    const kube::ClusterConfig good = support::configOf(demo.kubeconfig());
    kube::ClusterConfig bad = good;
    bad.token = kube::Secret("no-such-token");
    Session session(bad);
    session.start();
    QVERIFY(reaches(session, [](const ClusterState &state) { return is(state, Connection::State::NeedsLogin); }));
    QCOMPARE(session.state().connection.error->kind, kube::ErrorKind::Unauthorized);
    // It may be Rancher that restarts: the same credentials are tried again.
    QVERIFY(session.state().connection.retryAt.isValid());
    session.reconfigure(good);
    QVERIFY(reaches(session, [](const ClusterState &state) { return is(state, Connection::State::Online); }));
    QCOMPARE(session.state().board.presence, Presence::Upgrade);
}

void TestSession::refusedTellsWhenItTriesAgain()
{
    kube::ClusterConfig config;
    {
        QTcpServer port; // free again at the end of the block
        QVERIFY(port.listen(QHostAddress::LocalHost));
        config.server = QUrl(u"https://127.0.0.1:%1"_s.arg(port.serverPort()));
    }
    Session session(config);
    session.start();
    QVERIFY(reaches(session, [](const ClusterState &state) {
        return is(state, Connection::State::Offline) && state.connection.retryAt.isValid();
    }));
    QCOMPARE(session.state().connection.error->kind, kube::ErrorKind::Refused);
    QVERIFY(session.state().connection.since.isValid());
    const QDateTime first = session.state().connection.retryAt;
    session.retryNow();
    QVERIFY(reaches(session, [&](const ClusterState &state) { return state.connection.retryAt > first; }));
}

void TestSession::offlineThenBack()
{
    demo::DemoThread demo(still(4000));
    QVERIFY(demo.start());
    Session session(support::configOf(demo.kubeconfig()));
    session.start();
    QVERIFY(reaches(session, whole));
    const QString before = support::essence(session.state().board);
    demo::Faults faults;
    faults.drop = 1;
    demo.run([&](demo::Server &server) {
        server.setFaults(faults);
        server.dropConnections();
    });
    QVERIFY(reaches(session, [](const ClusterState &state) { return is(state, Connection::State::Offline); }));
    QCOMPARE(support::essence(session.state().board), before); // the last board stays
    QVERIFY(session.state().connection.error);
    QVERIFY(session.state().snapshot->seen.blind.size() == 1);
    QVERIFY(!session.state().snapshot->seen.blind.constLast().to.isValid());
    demo.run([](demo::Server &server) { server.setFaults({}); });
    session.retryNow();
    QVERIFY(reaches(session, [](const ClusterState &state) { return is(state, Connection::State::Online); }));
    QVERIFY(reaches(
        session, [](const ClusterState &state) { return state.snapshot->seen.blind.constLast().to.isValid(); }));
    QCOMPARE(support::essence(session.state().board), before);
}

void TestSession::certificateFromAnotherCa()
{
    demo::DemoThread demo(still(60));
    QVERIFY(demo.start());
    Session session(support::configOf(demo.kubeconfig()));
    session.start();
    QVERIFY(reaches(session, whole));
    demo.run([](demo::Server &server) { server.changeCertificate(true); });
    QVERIFY(reaches(session, [](const ClusterState &state) {
        return is(state, Connection::State::Offline) && state.connection.error
            && state.connection.error->kind == kube::ErrorKind::TlsUntrusted;
    }));
    // The person takes the new kubeconfig: same server, new CA.
    session.reconfigure(support::configOf(demo.kubeconfig()));
    QVERIFY(reaches(session, [](const ClusterState &state) { return is(state, Connection::State::Online); }));
}

void TestSession::consentIsAskedAndGiven()
{
    demo::DemoThread demo(still(60));
    QVERIFY(demo.start());
    kube::ClusterConfig config = support::configOf(demo.kubeconfig());
    QTemporaryDir folder;
    QFile plugin(folder.filePath(u"login"_s));
    QVERIFY(plugin.open(QIODevice::WriteOnly));
    plugin.write("#!/bin/sh\necho '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\","
                 "\"status\":{\"token\":\""
        + config.token.reveal() + "\"}}'\n");
    plugin.close();
    plugin.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    config.token = {};
    config.exec.emplace();
    config.exec->command = plugin.fileName();
    config.exec->apiVersion = u"client.authentication.k8s.io/v1"_s;
    config.exec->file = folder.filePath(u"kubeconfig"_s);
    config.exec->interactive = kube::ExecConfig::Interactive::Never;
    Session session(config);
    session.start();
    QVERIFY(reaches(session, [](const ClusterState &state) { return is(state, Connection::State::NeedsConsent); }));
    QCOMPARE(session.state().connection.error->kind, kube::ErrorKind::ConsentNeeded);
    session.grantExecConsent();
    QVERIFY(reaches(session, whole));
    QCOMPARE(session.state().connection.state, Connection::State::Online);
}

void TestSession::sameConfigurationChangesNothing()
{
    demo::DemoThread demo(still(60));
    QVERIFY(demo.start());
    const kube::ClusterConfig config = support::configOf(demo.kubeconfig());
    Session session(config);
    session.start();
    QVERIFY(reaches(session, whole));
    qsizetype requests = 0;
    demo.run([&](demo::Server &server) { requests = server.requests().size(); });
    session.reconfigure(config);
    session.reconfigure(support::configOf(demo.kubeconfig()));
    // A question that must be answered behind whatever the calls above might have set off.
    QSignalSpy spy(&session, &Session::changed);
    demo.run([](demo::Server &server) { server.advance(600); });
    QTRY_VERIFY(!spy.isEmpty());
    QByteArray targets;
    demo.run([&](demo::Server &server) {
        const auto all = server.requests();
        for (const demo::RequestRecord &request : all.sliced(std::min(requests, all.size())))
            targets += request.target + ' ';
    });
    QVERIFY2(!targets.contains("/version "), targets.constData()); // not /versions, which is a kind
    QVERIFY2(!targets.contains("limit="), targets.constData());
}

void TestSession::newConfigurationKeepsTheBoard()
{
    demo::DemoThread demo(still(4000));
    QVERIFY(demo.start());
    const kube::ClusterConfig config = support::configOf(demo.kubeconfig());
    Session session(config);
    session.start();
    QVERIFY(reaches(session, whole));
    const QString before = support::essence(session.state().board);
    bool alwaysThere = true;
    connect(&session, &Session::changed, this, [&](const ClusterState &state) {
        alwaysThere &= state.board.presence == Presence::Upgrade && support::essence(state.board) == before;
    });
    kube::ClusterConfig other = config;
    other.disableCompression = true;
    session.reconfigure(other);
    QVERIFY(reaches(session, [](const ClusterState &state) { return !state.settled; }));
    QVERIFY(reaches(session, whole));
    QVERIFY(alwaysThere);
    upgrade::Snapshot truth;
    demo.run([&](demo::Server &server) { truth = support::truth(server); });
    QCOMPARE(support::difference(*session.state().snapshot, truth), QString());
}

void TestSession::insecureAndImpersonationAreShown()
{
    kube::ClusterConfig config;
    config.server = QUrl(u"https://127.0.0.1:1"_s);
    config.insecureSkipTlsVerify = true;
    config.impersonate.user = u"jane"_s;
    Session session(config);
    QVERIFY(session.state().connection.insecure);
    QCOMPARE(session.state().connection.actingAs, u"jane"_s);
    session.start();
    QVERIFY(reaches(session, [](const ClusterState &state) { return is(state, Connection::State::Offline); }));
    QVERIFY(session.state().connection.insecure);
    QCOMPARE(session.state().connection.actingAs, u"jane"_s);
}

void TestSession::idleTellsNothing()
{
    demo::DemoThread demo(still(0, u"finished"_s));
    QVERIFY(demo.start());
    Session session(support::configOf(demo.kubeconfig()));
    session.start();
    QVERIFY(reaches(session, whole));
    QSignalSpy spy(&session, &Session::changed);
    QVERIFY(!spy.wait(1500));
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
