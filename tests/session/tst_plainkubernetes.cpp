// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A cluster that is not Harvester, one that lies, one whose discovery is forbidden: by a server that says what we tell
// it.

#include "support/kube_server.h"
#include "support/session_await.h"

#include <QTest>

using namespace Qt::StringLiterals;
using session::ClusterState;
using session::Connection;
using session::Session;
using support::HttpRequest;
using support::quoted;
using support::reaches;
using support::Responder;

namespace {

kube::ClusterConfig configFor(const support::Server &server)
{
    kube::ClusterConfig config;
    config.server = server.url();
    config.contextName = u"plain"_s;
    return config;
}

void servePlainKubernetes(support::Server &server)
{
    server.on(
        "/version", [](const HttpRequest &, const Responder &to) { to.json(200, quoted("{'gitVersion':'v1.31.0'}")); });
    server.on("/api", [](const HttpRequest &, const Responder &to) {
        to.json(200, quoted("{'kind':'APIVersions','versions':['v1']}"));
    });
    server.on("/apis", [](const HttpRequest &, const Responder &to) {
        to.json(200, quoted("{'kind':'APIGroupList','apiVersion':'v1','groups':[]}"));
    });
    server.on("/api/v1", [](const HttpRequest &, const Responder &to) {
        to.json(200,
            quoted("{'kind':'APIResourceList','groupVersion':'v1','resources':[{'name':'nodes','singularName':'node',"
                   "'namespaced':false,'kind':'Node','verbs':['get','list','watch']}]}"));
    });
    server.on("/api/v1/nodes", [](const HttpRequest &, const Responder &to) {
        to.json(200, quoted("{'kind':'NodeList','apiVersion':'v1','metadata':{'resourceVersion':'5'},'items':[]}"));
    });
}

} // namespace

class TestPlainKubernetes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void notHarvester();
    void notAnApiServer();
    void unavailableWhileStarting();
    void discoveryForbiddenStillReads();
};

void TestPlainKubernetes::notHarvester()
{
    support::Server server;
    QVERIFY(server.start());
    servePlainKubernetes(server);
    Session session(configFor(server));
    session.start();
    QVERIFY(reaches(session, [](const ClusterState &state) { return state.settled; }));
    QCOMPARE(session.state().board.presence, upgrade::Board::Presence::NotHarvester);
    QCOMPARE(session.state().connection.state, Connection::State::Online);
    QVERIFY(reaches(session, [](const ClusterState &state) { return state.connection.serverVersion == u"v1.31.0"_s; }));
    for (const HttpRequest &request : std::as_const(server.requests))
        QVERIFY2(!request.target.contains("watch="), request.target.constData()); // nothing is watched for nothing
}

void TestPlainKubernetes::notAnApiServer()
{
    support::Server server;
    QVERIFY(server.start());
    server.on("", [](const HttpRequest &, const Responder &to) {
        to.reply(200, "<html>Log in</html>", {{"Content-Type", "text/html"}});
    });
    Session session(configFor(server));
    session.start();
    QVERIFY(reaches(session, [](const ClusterState &state) { return state.connection.error.has_value(); }));
    QCOMPARE(session.state().connection.state, Connection::State::Offline);
    QCOMPARE(session.state().connection.error->kind, kube::ErrorKind::Undecodable);
    QCOMPARE(session.state().board.presence, upgrade::Board::Presence::Loading);
}

void TestPlainKubernetes::unavailableWhileStarting()
{
    support::Server server;
    QVERIFY(server.start());
    const auto unavailable = [](const HttpRequest &, const Responder &to) { to.reply(503, "no healthy upstream"); };
    server.on("", unavailable);
    Session session(configFor(server));
    session.start();
    QVERIFY(reaches(
        session, [](const ClusterState &state) { return state.connection.state == Connection::State::Offline; }));
    QCOMPARE(session.state().connection.error->kind, kube::ErrorKind::Server);
    QVERIFY(session.state().connection.retryAt.isValid());
    servePlainKubernetes(server); // Rancher is back
    session.retryNow();
    QVERIFY(reaches(session, [](const ClusterState &state) { return state.settled; }));
    QCOMPARE(session.state().connection.state, Connection::State::Online);
}

void TestPlainKubernetes::discoveryForbiddenStillReads()
{
    support::Server server;
    QVERIFY(server.start());
    server.on("", [](const HttpRequest &, const Responder &to) {
        to.json(403, support::statusJson(403, "Forbidden", "forbidden: User \"x\" cannot get path"));
    });
    server.on("/apis/harvesterhci.io/v1beta1/namespaces/harvester-system/upgrades",
        [](const HttpRequest &request, const Responder &to) {
            if (request.target.contains("watch="))
                to.begin();
            else
                to.json(200,
                    quoted("{'kind':'UpgradeList','apiVersion':'harvesterhci.io/"
                           "v1beta1','metadata':{'resourceVersion':'5'},'items':[]}"));
        });
    Session session(configFor(server));
    session.start();
    QVERIFY(reaches(session, [](const ClusterState &state) { return state.settled; }));
    QCOMPARE(session.state().connection.state, Connection::State::Degraded);
    QVERIFY(session.state().denied.contains(u"nodes"_s));
    QVERIFY(!session.state().denied.contains(u"upgrades.harvesterhci.io"_s));
}

QTEST_GUILESS_MAIN(TestPlainKubernetes)
#include "tst_plainkubernetes.moc"
