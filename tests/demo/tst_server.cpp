// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The API over real TLS connections: what a client sees. Texts of refusals are those recorded from kube-apiserver v1.36.2 with
/// Harvester's webhook.

#include "demo/jsonedit.h"
#include "demo/server.h"
#include "support/demo_client.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace demo;
using support::DemoClient;
using support::DemoReply;

namespace {

const QByteArray upgradesPath = "/apis/harvesterhci.io/v1beta1/namespaces/harvester-system/upgrades";
const QByteArray newUpgrade = R"({"apiVersion":"harvesterhci.io/v1beta1","kind":"Upgrade","metadata":{"generateName":"hvst-upgrade-","namespace":"harvester-system"},"spec":{"version":"v1.9.0"}})";
const QString denied = u"admission webhook \"validator.harvesterhci.io\" denied the request: "_s;

QJsonObject parse(const QByteArray &line) { return QJsonDocument::fromJson(line).object(); }

} // namespace

class tst_Server : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void discovery();
    void aggregatedDiscovery();
    void statusTexts_data();
    void statusTexts();
    void users();
    void clientCertificate();
    void impersonation();
    void accessReviews();
    void listAndPages();
    void listForms();
    void gzipForLargeBodies();
    void createIsRefusedAndTaken();
    void patches();
    void deleteInPhaseFourIsRefused();
    void deleteAndBeginAgain();
    void watchFromTheBeginning();
    void watchFromAVersion();
    void watchWithSelector();
    void watchEndsAtItsTimeout();
    void watchAfterCompaction();
    void watchTable();
    void watchIsCut();
    void logParameters();
    void logFollow();
    void logOfARestart();
    void logRotation();
    void logErrors_data();
    void logErrors();
    void faults_data();
    void faults();
    void silentServer();
    void delayedAnswer();
    void streamsAreDisturbed();
    void certificateChanges();
    void manyRequestsOnOneConnection();
    void pipelinedRequests();
    void rubbish();
    void requestsAreRecorded();
    void load();
    void speedPlaysByItself();
    void stopWithOpenStreams();
    void unknownScenario();

private:
    void begin(ServerOptions options);
    void run(const std::function<void(Server &)> &work) { m_thread->run(work); }
    DemoClient client(const QString &user = u"admin"_s);
    QString upgradeName() { return json::name(client().get(upgradesPath).json().value("items"_L1).toArray().at(0).toObject()); }
    /// Plays until the label upgradeState is `state`.
    bool playTo(const QString &state);

    std::unique_ptr<DemoThread> m_thread;
    quint16 m_port = 0;
    QByteArray m_ca;
    QHash<QString, QByteArray> m_tokens;
};

void tst_Server::init()
{
    ServerOptions options;
    options.speed = 0;
    begin(options);
}

void tst_Server::begin(ServerOptions options)
{
    m_thread = std::make_unique<DemoThread>(options);
    QVERIFY(m_thread->start());
    run([this](Server &server) {
        m_port = server.port();
        m_ca = server.caPem();
        for (const QString &user : {u"admin"_s, u"viewer"_s, u"nobody"_s})
            m_tokens[user] = server.token(user);
    });
}

void tst_Server::cleanup() { m_thread.reset(); }

DemoClient tst_Server::client(const QString &user) { return DemoClient(m_port, m_ca, m_tokens.value(user)); }

bool tst_Server::playTo(const QString &state)
{
    bool found = false;
    run([&](Server &server) {
        for (int i = 0; i < 20'000 && !found; ++i) {
            const auto upgrades = server.objects(u"harvesterhci.io"_s, u"upgrades"_s);
            found = !upgrades.isEmpty() && json::label(upgrades.last(), u"harvesterhci.io/upgradeState"_s) == state;
            if (!found)
                server.advance(1);
        }
    });
    return found;
}

void tst_Server::discovery()
{
    DemoClient http = client();
    QCOMPARE(http.get("/version").json().value("gitVersion"_L1).toString(), u"v1.35.4+rke2r1"_s);
    QCOMPARE(http.get("/api").json().value("versions"_L1).toArray(), QJsonArray{u"v1"_s});
    const QJsonArray groups = http.get("/apis").json().value("groups"_L1).toArray();
    QVERIFY(groups.size() > 10);
    for (const QJsonValue group : groups) {
        const QByteArray version = group["preferredVersion"_L1]["groupVersion"_L1].toString().toLatin1();
        const QJsonObject resources = http.get("/apis/" + version).json();
        QCOMPARE(resources.value("groupVersion"_L1).toString().toLatin1(), version);
        QVERIFY(!resources.value("resources"_L1).toArray().isEmpty());
    }
    for (const QByteArray &path : {QByteArray("/healthz"), QByteArray("/readyz"), QByteArray("/livez")})
        QCOMPARE(http.get(path).body, QByteArray("ok"));
    QCOMPARE(http.get("/openapi/v3").json().value("paths"_L1).toObject().size(), groups.size() + 1);
    QCOMPARE(http.get("/k8s/clusters/local/version").status, 200); // the way through Rancher
    QCOMPARE(http.get("/apis/management.harvesterhci.io/v1beta1").status, 404); // only with the upgrade manager
}

void tst_Server::aggregatedDiscovery()
{
    DemoClient http = client();
    http.setHeader("Accept", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json");
    const DemoReply reply = http.get("/apis");
    QCOMPARE(reply.headers.value("content-type"), QByteArray("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"));
    QCOMPARE(reply.json().value("kind"_L1).toString(), u"APIGroupDiscoveryList"_s);
    QVERIFY(reply.body.contains("\"resource\":\"upgrades\""));
}

void tst_Server::statusTexts_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body"); // whole, as recorded
    QTest::newRow("404 object") << QByteArray("GET") << upgradesPath + "/hvst-upgrade-nope1" << 404
        << QByteArray(R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"upgrades.harvesterhci.io \"hvst-upgrade-nope1\" not found","reason":"NotFound","details":{"name":"hvst-upgrade-nope1","group":"harvesterhci.io","kind":"upgrades"},"code":404})");
    QTest::newRow("404 path") << QByteArray("GET") << QByteArray("/apis/nope.example.com/v1") << 404 << QByteArray("404 page not found\n");
    QTest::newRow("405") << QByteArray("DELETE") << QByteArray("/version") << 405
        << QByteArray(R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"the server does not allow this method on the requested resource","reason":"MethodNotAllowed","details":{},"code":405})");
    QTest::newRow("watch version") << QByteArray("GET") << upgradesPath + "?watch=1&resourceVersion=abc" << 500
        << QByteArray(R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"resourceVersion: Invalid value: \"abc\": strconv.ParseUint: parsing \"abc\": invalid syntax","code":500})");
    QTest::newRow("log of no pod") << QByteArray("GET") << QByteArray("/api/v1/namespaces/harvester-system/pods/nosuch-pod/log") << 404
        << QByteArray(R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"pods \"nosuch-pod\" not found","reason":"NotFound","details":{"name":"nosuch-pod","kind":"pods"},"code":404})");
}

void tst_Server::statusTexts()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const DemoReply reply = client().send(method, target);
    QCOMPARE(reply.status, status);
    if (body.startsWith('{'))
        QCOMPARE(reply.json(), parse(body));
    else
        QCOMPARE(reply.body, body);
}

void tst_Server::users()
{
    DemoClient bad(m_port, m_ca, "wrong");
    QCOMPARE(bad.get(upgradesPath).json(),
             parse(R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401})"));
    DemoClient anonymous(m_port, m_ca);
    QCOMPARE(anonymous.get(upgradesPath).json().value("message"_L1).toString(),
             u"upgrades.harvesterhci.io is forbidden: User \"system:anonymous\" cannot list resource \"upgrades\" in API group \"harvesterhci.io\" in the namespace \"harvester-system\""_s);
    QCOMPARE(anonymous.get("/version").status, 200);
    QCOMPARE(anonymous.get("/apis").status, 403);

    DemoClient viewer = client(u"viewer"_s);
    QCOMPARE(viewer.get(upgradesPath).status, 200);
    const QByteArray name = upgradeName().toLatin1();
    QCOMPARE(viewer.send("DELETE", upgradesPath + '/' + name).json(),
             parse(R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"upgrades.harvesterhci.io \")" + name
                   + R"(\" is forbidden: User \"viewer\" cannot delete resource \"upgrades\" in API group \"harvesterhci.io\" in the namespace \"harvester-system\"","reason":"Forbidden","details":{"name":")"
                   + name + R"(","group":"harvesterhci.io","kind":"upgrades"},"code":403})"));
    QCOMPARE(viewer.get("/api/v1/namespaces/fleet-local/secrets").json(),
             parse(R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"secrets is forbidden: User \"viewer\" cannot list resource \"secrets\" in API group \"\" in the namespace \"fleet-local\"","reason":"Forbidden","details":{"kind":"secrets"},"code":403})"));
    QVERIFY(viewer.get("/api/v1/namespaces/fleet-local/secrets?watch=1").json().value("message"_L1).toString().contains("cannot watch resource"_L1));
    QVERIFY(viewer.get("/api/v1/namespaces/cattle-system/pods/x/log").json().value("message"_L1).toString().contains("cannot get resource \"pods/log\""_L1));
    QCOMPARE(viewer.send("POST", upgradesPath, newUpgrade).status, 403);
    QCOMPARE(client(u"nobody"_s).get("/api/v1/nodes").json().value("message"_L1).toString(),
             u"nodes is forbidden: User \"nobody\" cannot list resource \"nodes\" in API group \"\" at the cluster scope"_s);
    QCOMPARE(client(u"nobody"_s).get("/apis").status, 200);
}

void tst_Server::clientCertificate()
{
    const QByteArray config = m_thread->kubeconfig();
    const auto field = [&](const QByteArray &name) {
        const qsizetype at = config.indexOf(name + ": ") + name.size() + 2;
        return QByteArray::fromBase64(config.mid(at, config.indexOf('\n', at) - at));
    };
    DemoClient http(m_port, m_ca);
    http.useCertificate(QSslCertificate(field("client-certificate-data")), QSslKey(field("client-key-data"), QSsl::Ec));
    const QJsonObject me = http.send("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}").json();
    QCOMPARE(json::text(me, u"status.userInfo.username"), u"admin"_s);
    QCOMPARE(json::get(me, u"status.userInfo.groups").toArray(), (QJsonArray{u"system:masters"_s, u"system:authenticated"_s}));
    QCOMPARE(http.get("/api/v1/secrets").status, 200);
}

void tst_Server::impersonation()
{
    DemoClient http = client();
    http.setHeader("Impersonate-User", "viewer");
    QCOMPARE(http.get("/api/v1/secrets").status, 403);
    DemoClient viewer = client(u"viewer"_s);
    viewer.setHeader("Impersonate-User", "admin");
    QCOMPARE(viewer.get("/api/v1/nodes").json().value("message"_L1).toString(),
             u"users \"admin\" is forbidden: User \"viewer\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope"_s);
}

void tst_Server::accessReviews()
{
    const auto ask = [&](const QString &user, const QByteArray &attributes) {
        const DemoReply reply = client(user).send("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                                                  R"({"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":)" + attributes + "}}");
        return reply.status == 201 && json::get(reply.json(), u"status.allowed").toBool();
    };
    const QByteArray remove = R"({"namespace":"harvester-system","verb":"delete","group":"harvesterhci.io","resource":"upgrades"})";
    const QByteArray log = R"({"namespace":"harvester-system","verb":"get","resource":"pods","subresource":"log"})";
    QVERIFY(ask(u"admin"_s, remove));
    QVERIFY(ask(u"admin"_s, log));
    QVERIFY(!ask(u"viewer"_s, remove));
    QVERIFY(!ask(u"viewer"_s, log));
    QVERIFY(ask(u"viewer"_s, R"({"namespace":"x","verb":"watch","resource":"pods"})"));
    QVERIFY(!ask(u"nobody"_s, R"({"namespace":"x","verb":"list","resource":"pods"})"));
    const DemoReply rules = client(u"viewer"_s).send("POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", R"({"spec":{"namespace":"x"}})");
    QCOMPARE(rules.status, 201);
    QVERIFY(!json::get(rules.json(), u"status.resourceRules").toArray().isEmpty());
}

void tst_Server::listAndPages()
{
    DemoClient http = client();
    const QByteArray pods = "/api/v1/namespaces/harvester-system/pods";
    const QJsonObject whole = http.get(pods).json();
    const qsizetype count = whole.value("items"_L1).toArray().size();
    QVERIFY(count >= 6);
    QCOMPARE(whole.value("kind"_L1).toString(), u"PodList"_s);
    QVERIFY(!whole.value("items"_L1).toArray().at(0).toObject().contains("kind"_L1)); // built-in kinds leave it out in lists …
    QVERIFY(http.get(upgradesPath).json().value("items"_L1).toArray().at(0).toObject().contains("kind"_L1)); // … custom ones do not
    qsizetype seen = 0;
    QByteArray token;
    do {
        const QJsonObject page = http.get(pods + "?limit=2" + (token.isEmpty() ? QByteArray() : "&continue=" + token)).json();
        seen += page.value("items"_L1).toArray().size();
        token = json::text(page, u"metadata.continue").toLatin1();
        if (!token.isEmpty())
            QCOMPARE(json::get(page, u"metadata.remainingItemCount").toInteger(), count - seen);
    } while (!token.isEmpty());
    QCOMPARE(seen, count);
    QVERIFY(json::text(http.get(pods + "?limit=2&resourceVersion=0").json(), u"metadata.continue").isEmpty()); // the cache does not page
    // An expired token.
    const QByteArray first = json::text(http.get(pods + "?limit=2").json(), u"metadata.continue").toLatin1();
    run([](Server &server) { server.advance(60); server.compact(); });
    const DemoReply gone = http.get(pods + "?limit=2&continue=" + first);
    QCOMPARE(gone.status, 410);
    QCOMPARE(gone.json().value("reason"_L1).toString(), u"Expired"_s);
    QCOMPARE(http.get(pods + "?limit=2&continue=bm9wZQ").status, 400);
    const DemoReply large = http.get("/api/v1/nodes?resourceVersion=99999999999");
    QCOMPARE(large.status, 504);
    QCOMPARE(large.headers.value("retry-after"), QByteArray("1"));
    QCOMPARE(json::get(large.json(), u"details.causes").toArray().at(0)["reason"_L1].toString(), u"ResourceVersionTooLarge"_s);
    QCOMPARE(http.get(pods + "?labelSelector=app.kubernetes.io%2Fcomponent%3Dwebhook-server").json().value("items"_L1).toArray().size(), 3);
    QCOMPARE(http.get(pods + "?fieldSelector=metadata.name%3Dnope").json().value("items"_L1).toArray().size(), 0);
    QCOMPARE(http.get(pods + "?labelSelector=%3D").status, 400);
    QCOMPARE(http.get(pods + "?fieldSelector=a%3Db").status, 400);
}

void tst_Server::listForms()
{
    DemoClient http = client();
    http.setHeader("Accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1, application/json");
    const DemoReply secrets = http.get("/api/v1/namespaces/fleet-local/secrets");
    QCOMPARE(secrets.json().value("kind"_L1).toString(), u"PartialObjectMetadataList"_s);
    QVERIFY(!secrets.body.contains("\"data\""));
    QVERIFY(secrets.body.contains("rke.cattle.io/machine-name"));
    http.setHeader("Accept", "application/json;as=Table;g=meta.k8s.io;v=v1, application/json");
    const QJsonObject table = http.get(upgradesPath).json();
    QCOMPARE(table.value("kind"_L1).toString(), u"Table"_s);
    QCOMPARE(table.value("columnDefinitions"_L1).toArray().size(), table.value("rows"_L1).toArray().at(0)["cells"_L1].toArray().size());
    QCOMPARE(table.value("rows"_L1).toArray().at(0)["object"_L1]["kind"_L1].toString(), u"PartialObjectMetadata"_s);
}

void tst_Server::gzipForLargeBodies()
{
    DemoClient http = client();
    http.setHeader("Accept-Encoding", "gzip");
    QVERIFY(!http.get("/api/v1/namespaces/default").headers.contains("content-encoding"));
    ServerOptions options;
    options.speed = 0;
    options.extraJobs = 600;
    begin(options);
    DemoClient plain = client();
    DemoClient zipped = client();
    zipped.setHeader("Accept-Encoding", "gzip");
    const QByteArray whole = plain.get("/apis/batch/v1/jobs").body;
    const DemoReply reply = zipped.get("/apis/batch/v1/jobs");
    QCOMPARE(reply.headers.value("content-encoding"), QByteArray("gzip"));
    QVERIFY(reply.body.startsWith("\x1f\x8b"));
    QVERIFY(reply.body.size() < whole.size() / 4);
    // Back through qUncompress, which wants zlib: the checksum at the end is the only part we have to make up.
    const QByteArray deflate = reply.body.mid(10, reply.body.size() - 18);
    QByteArray size(4, '\0');
    qToBigEndian(static_cast<quint32>(whole.size()), size.data());
    quint32 a = 1, b = 0;
    for (const char c : whole) {
        a = (a + static_cast<quint8>(c)) % 65521;
        b = (b + a) % 65521;
    }
    QByteArray adler(4, '\0');
    qToBigEndian((b << 16) | a, adler.data());
    QCOMPARE(qUncompress(size + QByteArray("\x78\x01", 2) + deflate + adler), whole);
}

void tst_Server::createIsRefusedAndTaken()
{
    DemoClient http = client();
    const QByteArray running = upgradeName().toLatin1();
    DemoReply reply = http.send("POST", upgradesPath + "?dryRun=All", newUpgrade);
    QCOMPARE(reply.status, 409);
    QCOMPARE(reply.json().value("message"_L1).toString(), denied + u"cannot proceed until previous upgrade \"%1\" completes"_s.arg(QString::fromLatin1(running)));
    ServerOptions options;
    options.scenario = u"no-upgrade"_s;
    options.speed = 0;
    begin(options);
    DemoClient idle = client();
    reply = idle.send("POST", upgradesPath + "?dryRun=All", newUpgrade);
    QCOMPARE(reply.status, 201);
    QVERIFY(json::name(reply.json()).startsWith("hvst-upgrade-"_L1));
    QVERIFY(idle.get(upgradesPath).json().value("items"_L1).toArray().isEmpty());
    QByteArray other = newUpgrade;
    reply = idle.send("POST", upgradesPath, other.replace("v1.9.0", "v9.9.9"));
    QCOMPARE(reply.json().value("message"_L1).toString(), denied + u"version v9.9.9 is not found"_s);
    QCOMPARE(idle.send("POST", upgradesPath, "{").status, 400);
    QCOMPARE(idle.send("POST", upgradesPath, newUpgrade, "application/yaml").status, 415);
    QCOMPARE(idle.send("POST", "/api/v1/namespaces/nowhere/configmaps", R"({"metadata":{"name":"a"}})").status, 404);
    QCOMPARE(idle.send("POST", "/api/v1/namespaces/default/configmaps", R"({"metadata":{"name":"a","namespace":"other"}})").status, 400);
    QCOMPARE(idle.send("POST", "/apis/harvesterhci.io/v1beta1/namespaces/harvester-system/upgradelogs", R"({"metadata":{"name":"a"}})").json().value("message"_L1).toString(),
             denied + u"upgradelog can only be created by the harvester controller"_s);
    reply = idle.send("POST", upgradesPath, newUpgrade);
    QCOMPARE(reply.status, 201);
    QVERIFY(playTo(u"Succeeded"_s));
}

void tst_Server::patches()
{
    QVERIFY(playTo(u"PreparingNodes"_s));
    DemoClient http = client();
    const QByteArray path = upgradesPath + '/' + upgradeName().toLatin1(), merge = "application/merge-patch+json";
    const QByteArray pause = R"({"metadata":{"annotations":{"harvesterhci.io/node-upgrade-pause-map":"{\"node3\":\"pause\"}"}}})";
    DemoReply reply = http.send("PATCH", path + "?dryRun=All", pause, merge);
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.body.contains("node-upgrade-pause-map"));
    QVERIFY(!http.get(path).body.contains("node-upgrade-pause-map"));
    QByteArray change = pause;
    reply = http.send("PATCH", path, change.replace("node3", "nosuch"), merge);
    QCOMPARE(reply.status, 400);
    QCOMPARE(reply.json().value("message"_L1).toString(), denied + u"node nosuch does not exist"_s);
    reply = http.send("PATCH", path, R"({"metadata":{"resourceVersion":"1","labels":{"a":"b"}}})", merge);
    QCOMPARE(reply.status, 409);
    QCOMPARE(reply.json().value("reason"_L1).toString(), u"Conflict"_s);
    reply = http.send("PATCH", path, pause, "application/strategic-merge-patch+json");
    QCOMPARE(reply.status, 415);
    QCOMPARE(reply.json().value("message"_L1).toString(),
             u"the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"_s);
    QCOMPARE(http.send("PATCH", path, pause, merge).status, 200);
    QVERIFY(http.get(path).body.contains("node-upgrade-pause-map"));
    QCOMPARE(http.send("PATCH", path, R"([{"op":"test","path":"/spec/version","value":"v0"}])", "application/json-patch+json").status, 422);
    QCOMPARE(http.send("PATCH", "/api/v1/nodes/node1", R"({"spec":{"unschedulable":true}})", "application/strategic-merge-patch+json").status, 200);
    QVERIFY(json::get(http.get("/api/v1/nodes/node1").json(), u"spec.unschedulable").toBool());
    QCOMPARE(http.send("PATCH", path, "[]", merge).status, 400);
    // A PUT without status wipes it, as the real one does (no status subresource).
    QJsonObject upgrade = http.get(path).json();
    upgrade.remove("status"_L1);
    QCOMPARE(http.send("PUT", path, json::compact(upgrade)).status, 200);
    QVERIFY(!http.get(path).json().contains("status"_L1));
}

void tst_Server::deleteInPhaseFourIsRefused()
{
    QVERIFY(playTo(u"UpgradingNodes"_s));
    run([](Server &server) { server.advance(60); });
    DemoClient http = client();
    const QByteArray path = upgradesPath + '/' + upgradeName().toLatin1();
    for (const QByteArray &query : {QByteArray(), QByteArray("?dryRun=All")}) {
        const DemoReply reply = http.send("DELETE", path + query);
        QCOMPARE(reply.status, 400);
        QCOMPARE(reply.json().value("message"_L1).toString(), denied + u"node upgrade is in progressing, please wait for it to be provisioned"_s);
    }
    QCOMPARE(http.send("DELETE", path, R"({"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"0000"}})").status, 409); // before the webhook
    QCOMPARE(http.send("DELETE", path, R"({"propagationPolicy":"Sometimes"})").status, 422);
    QCOMPARE(http.send("DELETE", "/apis/apps/v1/namespaces/harvester-system/deployments/upgrade-repo-" + upgradeName().toLatin1()).status, 400);
    QCOMPARE(http.send("DELETE", "/apis/management.cattle.io/v3/namespaces/fleet-local/managedcharts/harvester").json().value("message"_L1).toString(),
             denied + u"Delete managedchart fleet-local/harvester is prohibited"_s);
}

void tst_Server::deleteAndBeginAgain()
{
    ServerOptions options;
    options.scenario = u"manifests-stall"_s;
    options.speed = 0;
    begin(options);
    QVERIFY(playTo(u"UpgradingSystemServices"_s));
    run([](Server &server) { server.advance(1000); });
    DemoClient http = client();
    const QJsonObject upgrade = http.get(upgradesPath).json().value("items"_L1).toArray().at(0).toObject();
    const QByteArray path = upgradesPath + '/' + json::name(upgrade).toLatin1();
    const QByteArray body = R"({"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Background","preconditions":{"uid":")" + json::uid(upgrade).toLatin1()
                            + R"(","resourceVersion":")" + json::text(upgrade, u"metadata.resourceVersion").toLatin1() + R"("}})";
    const DemoReply reply = http.send("DELETE", path, body);
    QCOMPARE(reply.status, 200);
    QVERIFY(json::get(reply.json(), u"metadata.deletionTimestamp").isString()); // the finalizer has work to do
    QCOMPARE(http.get(path).status, 200);
    run([](Server &server) { server.advance(120); });
    QCOMPARE(http.get(path).status, 404);
    const QByteArray mine = "?labelSelector=harvesterhci.io%2Fupgrade%3D" + json::name(upgrade).toLatin1();
    for (const QByteArray &left : {QByteArray("/apis/upgrade.cattle.io/v1/plans"), QByteArray("/apis/batch/v1/jobs"), QByteArray("/apis/apps/v1/deployments"),
                                   QByteArray("/apis/harvesterhci.io/v1beta1/virtualmachineimages"), QByteArray("/apis/harvesterhci.io/v1beta1/upgradelogs"),
                                   QByteArray("/api/v1/pods")})
        QVERIFY2(http.get(left + mine).json().value("items"_L1).toArray().isEmpty(), left.constData());
    // Heal what stalled, then begin again: this time it goes through.
    QJsonObject healed = http.get("/apis/management.cattle.io/v3/namespaces/fleet-local/managedcharts/harvester").json();
    json::setCondition(healed, u"Ready"_s, u"True"_s, u"2026-09-01T00:00:00Z"_s);
    QCOMPARE(http.send("PUT", "/apis/management.cattle.io/v3/namespaces/fleet-local/managedcharts/harvester/status", json::compact(healed)).status, 200);
    const DemoReply made = http.send("POST", upgradesPath, newUpgrade);
    QCOMPARE(made.status, 201);
    QVERIFY(json::name(made.json()) != json::name(upgrade));
    QVERIFY(playTo(u"Succeeded"_s));
}

void tst_Server::watchFromTheBeginning()
{
    DemoClient http = client();
    QCOMPARE(http.open("/api/v1/nodes?watch=1&allowWatchBookmarks=true&timeoutSeconds=60"), 200);
    for (int i = 1; i <= 3; ++i) {
        const QJsonObject event = parse(http.line());
        QCOMPARE(event.value("type"_L1).toString(), u"ADDED"_s);
        QCOMPARE(json::text(event, u"object.metadata.name"), u"node%1"_s.arg(i));
        QCOMPARE(json::text(event, u"object.kind"), u"Node"_s);
    }
    const QJsonObject mark = parse(http.line());
    QCOMPARE(mark.value("type"_L1).toString(), u"BOOKMARK"_s);
    QCOMPARE(json::get(mark, u"object.metadata.annotations").toObject().value("k8s.io/initial-events-end"_L1).toString(), u"true"_s);
    client().send("PATCH", "/api/v1/nodes/node2", R"({"metadata":{"labels":{"a":"b"}}})", "application/merge-patch+json");
    const QJsonObject change = parse(http.line());
    QCOMPARE(change.value("type"_L1).toString(), u"MODIFIED"_s);
    QCOMPARE(json::text(change, u"object.metadata.labels.a"), u"b"_s);
}

void tst_Server::watchFromAVersion()
{
    DemoClient calls = client();
    const QByteArray path = "/api/v1/namespaces/default/configmaps";
    const QByteArray version = json::text(calls.get(path).json(), u"metadata.resourceVersion").toLatin1();
    calls.send("POST", path, R"({"metadata":{"name":"a"}})"); // missed: comes first
    DemoClient http = client();
    QCOMPARE(http.open(path + "?watch=1&resourceVersion=" + version), 200);
    QCOMPARE(parse(http.line()).value("type"_L1).toString(), u"ADDED"_s);
    calls.send("PATCH", path + "/a", R"({"data":{"x":"y"}})", "application/merge-patch+json");
    QCOMPARE(parse(http.line()).value("type"_L1).toString(), u"MODIFIED"_s);
    calls.send("DELETE", path + "/a");
    const QJsonObject gone = parse(http.line());
    QCOMPARE(gone.value("type"_L1).toString(), u"DELETED"_s);
    QCOMPARE(json::text(gone, u"object.data.x"), u"y"_s); // the last state …
    QVERIFY(json::text(gone, u"object.metadata.resourceVersion").toULongLong() > version.toULongLong() + 2); // … with the version of the deletion
}

void tst_Server::watchWithSelector()
{
    DemoClient calls = client(), http = client();
    const QByteArray path = "/api/v1/namespaces/default/configmaps", merge = "application/merge-patch+json";
    QCOMPARE(http.open(path + "?watch=1&labelSelector=on%3Dyes"), 200);
    calls.send("POST", path, R"({"metadata":{"name":"a"}})"); // does not match: silent
    calls.send("PATCH", path + "/a", R"({"metadata":{"labels":{"on":"yes"}}})", merge);
    QCOMPARE(parse(http.line()).value("type"_L1).toString(), u"ADDED"_s); // came into view
    calls.send("PATCH", path + "/a", R"({"data":{"x":"y"}})", merge);
    QCOMPARE(parse(http.line()).value("type"_L1).toString(), u"MODIFIED"_s);
    calls.send("PATCH", path + "/a", R"({"metadata":{"labels":{"on":null}}})", merge);
    QCOMPARE(parse(http.line()).value("type"_L1).toString(), u"DELETED"_s); // left it
    calls.send("DELETE", path + "/a");
    QCOMPARE(http.line(200), QByteArray());
}

void tst_Server::watchEndsAtItsTimeout()
{
    DemoClient http = client();
    QCOMPARE(http.open("/api/v1/nodes?watch=1&resourceVersion=0&timeoutSeconds=1"), 200);
    for (int i = 0; i < 3; ++i)
        QVERIFY(!http.line().isEmpty());
    QVERIFY(http.ended());
    QCOMPARE(http.get("/version").status, 200); // the connection lives on
}

void tst_Server::watchAfterCompaction()
{
    DemoClient calls = client();
    const QByteArray version = json::text(calls.get(upgradesPath).json(), u"metadata.resourceVersion").toLatin1();
    run([](Server &server) { server.advance(60); server.compact(); });
    DemoClient http = client();
    QCOMPARE(http.open(upgradesPath + "?watch=1&resourceVersion=" + version), 200);
    const QJsonObject event = parse(http.line());
    QCOMPARE(event.value("type"_L1).toString(), u"ERROR"_s);
    QCOMPARE(json::get(event, u"object.code").toInt(), 410);
    QCOMPARE(json::text(event, u"object.reason"), u"Expired"_s);
    QVERIFY(json::text(event, u"object.message").startsWith(u"too old resource version: %1 ("_s.arg(QString::fromLatin1(version))));
    QVERIFY(http.ended());
}

void tst_Server::watchTable()
{
    DemoClient http = client();
    http.setHeader("Accept", "application/json;as=Table;g=meta.k8s.io;v=v1");
    QCOMPARE(http.open("/api/v1/nodes?watch=1"), 200);
    const QJsonObject first = parse(http.line()), second = parse(http.line());
    QCOMPARE(json::text(first, u"object.kind"), u"Table"_s);
    QVERIFY(!json::get(first, u"object.columnDefinitions").toArray().isEmpty());
    QVERIFY(json::get(second, u"object.columnDefinitions").toArray().isEmpty());
    QCOMPARE(json::get(second, u"object.rows").toArray().size(), 1);
}

void tst_Server::watchIsCut()
{
    DemoClient http = client();
    QCOMPARE(http.open("/api/v1/nodes?watch=1"), 200);
    QVERIFY(!http.line().isEmpty());
    run([](Server &server) { server.dropConnections(); });
    QVERIFY(!http.ended());
    QCOMPARE(client().get("/version").status, 200);
}

void tst_Server::logParameters()
{
    QVERIFY(playTo(u"UpgradingNodes"_s));
    DemoClient http = client();
    const QByteArray pods = "/api/v1/namespaces/harvester-system/pods";
    const QByteArray pod = json::name(http.get(pods + "?labelSelector=harvesterhci.io%2FupgradeComponent%3Dmanifest").json().value("items"_L1).toArray().at(0).toObject()).toLatin1();
    const QByteArray log = pods + '/' + pod + "/log";
    QList<QByteArray> truth;
    run([&](Server &server) { truth = server.log(u"harvester-system"_s, QString::fromLatin1(pod), u"apply"_s); });
    QVERIFY(truth.size() > 40);
    const DemoReply whole = http.get(log);
    QCOMPARE(whole.headers.value("content-type"), QByteArray("text/plain"));
    QCOMPARE(whole.body, truth.join('\n') + '\n');
    QCOMPARE(http.get(log + "?container=apply&tailLines=3").body, truth.last(3).join('\n') + '\n');
    QCOMPARE(http.get(log + "?tailLines=0").body, QByteArray());
    QCOMPARE(http.get(log + "?limitBytes=100").body, whole.body.left(100));
    const QList<QByteArray> stamped = http.get(log + "?timestamps=true").body.split('\n');
    QCOMPARE(stamped.size(), truth.size() + 1);
    QByteArray last;
    for (qsizetype i = 0; i < truth.size(); ++i) {
        const QByteArray stamp = stamped[i].left(30);
        QCOMPARE(stamp[29], 'Z');
        QVERIFY(stamp > last); // strictly growing, so that it can be a cursor
        QCOMPARE(stamped[i].mid(31), truth[i]);
        last = stamp;
    }
    QCOMPARE(http.get(log + "?sinceTime=2020-01-01T00:00:00Z").body, whole.body);
    QCOMPARE(http.get(log + "?sinceTime=2099-01-01T00:00:00Z").body, QByteArray());
    QCOMPARE(http.get(log + "?sinceSeconds=86400").body, whole.body);
    // The boundary second comes again: whole seconds only.
    const QByteArray second = stamped[10].left(19) + 'Z';
    const QList<QByteArray> since = http.get(log + "?timestamps=true&sinceTime=" + second).body.split('\n');
    QVERIFY(since.contains(stamped[10]));
    for (const QByteArray &line : since)
        QVERIFY(line.isEmpty() || line.left(19) >= second.left(19));
}

void tst_Server::logFollow()
{
    QVERIFY(playTo(u"UpgradingSystemServices"_s));
    run([](Server &server) { server.advance(15); });
    DemoClient calls = client(), http = client();
    const QByteArray pods = "/api/v1/namespaces/harvester-system/pods";
    const QByteArray pod = json::name(calls.get(pods + "?labelSelector=harvesterhci.io%2FupgradeComponent%3Dmanifest").json().value("items"_L1).toArray().at(0).toObject()).toLatin1();
    QCOMPARE(http.open(pods + '/' + pod + "/log?container=apply&follow=true&tailLines=1"), 200);
    QVERIFY(!http.line().isEmpty());
    run([](Server &server) { server.advance(4000); });
    QByteArray line, last;
    int count = 0;
    while (!(line = http.line()).isEmpty()) {
        last = line;
        ++count;
    }
    QVERIFY(count > 40);
    QCOMPARE(last, QByteArray("finish wait fleet bundles"));
    QVERIFY(http.ended()); // with the container
}

void tst_Server::logOfARestart()
{
    DemoClient calls = client(), http = client();
    const QByteArray pods = "/api/v1/namespaces/cattle-system/pods";
    const QByteArray pod = json::name(calls.get(pods + "?labelSelector=app%3Drancher").json().value("items"_L1).toArray().at(0).toObject()).toLatin1();
    const QByteArray log = pods + '/' + pod + "/log";
    QCOMPARE(calls.get(log + "?previous=true").json().value("message"_L1).toString(),
             u"previous terminated container \"rancher\" in pod \"%1\" not found"_s.arg(QString::fromLatin1(pod)));
    const QByteArray before = calls.get(log).body;
    QCOMPARE(http.open(log + "?follow=true"), 200);
    QVERIFY(!http.line().isEmpty());
    run([&](Server &server) { server.restartContainer(u"cattle-system"_s, QString::fromLatin1(pod), u"rancher"_s); });
    QVERIFY(!http.line().isEmpty());
    QVERIFY(http.ended()); // a follow ends with its instance
    QCOMPARE(calls.get(log + "?previous=true").body, before);
    QCOMPARE(calls.get(log).body, QByteArray());
    const QJsonObject status = calls.get(pods + '/' + pod).json();
    QCOMPARE(json::get(status, u"status.containerStatuses").toArray().at(0)["restartCount"_L1].toInt(), 1);
    QVERIFY(json::get(status, u"status.containerStatuses").toArray().at(0)["lastState"_L1]["terminated"_L1].isObject());
}

void tst_Server::logRotation()
{
    QVERIFY(playTo(u"UpgradingNodes"_s));
    DemoClient http = client();
    const QByteArray pods = "/api/v1/namespaces/harvester-system/pods";
    const QByteArray pod = json::name(http.get(pods + "?labelSelector=harvesterhci.io%2FupgradeComponent%3Dmanifest").json().value("items"_L1).toArray().at(0).toObject()).toLatin1();
    const QList<QByteArray> before = http.get(pods + '/' + pod + "/log").body.split('\n');
    run([&](Server &server) { server.rotateLog(u"harvester-system"_s, QString::fromLatin1(pod), u"apply"_s, 5); });
    const QList<QByteArray> after = http.get(pods + '/' + pod + "/log").body.split('\n');
    QCOMPARE(after, before.last(6));
}

void tst_Server::logErrors_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("message"); // contained
    QTest::newRow("container") << QByteArray("container=nosuch") << 400 << u"container nosuch is not valid for pod %1"_s;
    QTest::newRow("since") << QByteArray("sinceTime=yesterday") << 400 << u"parsing time \"yesterday\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"yesterday\" as \"2006\""_s;
    QTest::newRow("tail") << QByteArray("tailLines=-1") << 422 << u"tailLines"_s;
    QTest::newRow("tail of words") << QByteArray("tailLines=many") << 400 << u"many"_s;
    QTest::newRow("limit") << QByteArray("limitBytes=0") << 422 << u"limitBytes"_s;
    QTest::newRow("both") << QByteArray("sinceSeconds=5&sinceTime=2026-01-01T00:00:00Z") << 422 << u"at most one of"_s;
    QTest::newRow("previous") << QByteArray("previous=true") << 400 << u"previous terminated container \"rancher\" in pod \"%1\" not found"_s;
}

void tst_Server::logErrors()
{
    QFETCH(QByteArray, query);
    QFETCH(int, status);
    QFETCH(QString, message);
    DemoClient http = client();
    const QByteArray pods = "/api/v1/namespaces/cattle-system/pods";
    const QString pod = json::name(http.get(pods + "?labelSelector=app%3Drancher").json().value("items"_L1).toArray().at(0).toObject());
    const DemoReply reply = http.get(pods + '/' + pod.toLatin1() + "/log?" + query);
    QCOMPARE(reply.status, status);
    QVERIFY2(reply.json().value("message"_L1).toString().contains(message.contains("%1"_L1) ? message.arg(pod) : message), reply.body.constData());
}

void tst_Server::faults_data()
{
    QTest::addColumn<Faults>("faults");
    QTest::addColumn<QList<int>>("statuses"); // what one list may answer
    Faults faults;
    faults.tokenExpired = true;
    QTest::newRow("token expired") << faults << QList<int>{401};
    faults = {};
    faults.tooMany = 1;
    QTest::newRow("too many") << faults << QList<int>{429};
    faults = {};
    faults.serverError = 1;
    QTest::newRow("server error") << faults << QList<int>{500, 503, 504};
    faults = {};
    faults.drop = 1;
    QTest::newRow("drop") << faults << QList<int>{0};
    faults = {};
    faults.truncate = 1;
    QTest::newRow("truncate") << faults << QList<int>{200};
}

void tst_Server::faults()
{
    QFETCH(Faults, faults);
    QFETCH(QList<int>, statuses);
    run([&](Server &server) { server.setFaults(faults); });
    for (int i = 0; i < 6; ++i) {
        const DemoReply reply = client().get("/api/v1/nodes");
        QVERIFY2(statuses.contains(reply.status), QByteArray::number(reply.status).constData());
        QCOMPARE(reply.cut, faults.drop > 0 || faults.truncate > 0);
        if (reply.status == 429)
            QCOMPARE(reply.headers.value("retry-after"), QByteArray("1"));
        if (faults.truncate > 0)
            QVERIFY(!reply.body.isEmpty() && !QJsonDocument::fromJson(reply.body).isObject());
    }
    run([](Server &server) { server.setFaults({}); });
    QCOMPARE(client().get("/api/v1/nodes").status, 200);
    // 410 in both forms on watches, and on continued lists.
    Faults gone;
    gone.gone = 1;
    run([&](Server &server) { server.setFaults(gone); });
    QList<int> seen;
    for (int i = 0; i < 2; ++i) {
        DemoClient http = client();
        const int status = http.open("/api/v1/nodes?watch=1&resourceVersion=0");
        seen.append(status);
        if (status == 200)
            QCOMPARE(json::get(parse(http.line()), u"object.code").toInt(), 410);
    }
    QCOMPARE(seen, (QList<int>{410, 200}));
    QCOMPARE(client().get("/api/v1/nodes?limit=1&continue=x").status, 410);
    QCOMPARE(client().get("/api/v1/nodes").status, 200);
}

void tst_Server::silentServer()
{
    Faults faults;
    faults.silent = true;
    run([&](Server &server) { server.setFaults(faults); });
    DemoClient http = client();
    QVERIFY(http.connectNow());
    http.sendRaw("GET /version HTTP/1.1\r\n\r\n");
    QVERIFY(!http.socket().waitForReadyRead(300));
    QCOMPARE(http.socket().state(), QAbstractSocket::ConnectedState);
}

void tst_Server::delayedAnswer()
{
    Faults faults;
    faults.delay = 1;
    faults.maxDelay = std::chrono::milliseconds(50);
    run([&](Server &server) { server.setFaults(faults); });
    DemoClient http = client();
    for (int i = 0; i < 5; ++i)
        QCOMPARE(http.get("/version").status, 200);
}

void tst_Server::streamsAreDisturbed()
{
    Faults faults;
    DemoClient http = client();
    QCOMPARE(http.open("/api/v1/nodes?watch=1"), 200);
    for (int i = 0; i < 3; ++i)
        QVERIFY(!http.line().isEmpty());
    faults.truncate = 1;
    run([&](Server &server) { server.setFaults(faults); });
    QVERIFY(!http.ended(10'000)); // cut in the middle of an event within about a second
}

void tst_Server::certificateChanges()
{
    DemoClient http = client();
    QVERIFY(http.connectNow());
    const QByteArray first = http.socket().peerCertificate().digest();
    run([](Server &server) { server.changeCertificate(false); });
    while (http.socket().state() == QAbstractSocket::ConnectedState)
        QVERIFY(http.socket().waitForReadyRead(5000) || http.socket().state() == QAbstractSocket::UnconnectedState);
    DemoClient again = client();
    QVERIFY(again.connectNow());
    QVERIFY(again.socket().peerCertificate().digest() != first);
    QCOMPARE(again.get("/version").status, 200);
    QByteArray otherCa;
    run([&](Server &server) {
        server.changeCertificate(true);
        otherCa = server.caPem();
    });
    QVERIFY(otherCa != m_ca);
    DemoClient old = client();
    QVERIFY(!old.connectNow()); // the old CA does not vouch for it
    DemoClient fresh(m_port, otherCa, m_tokens.value(u"admin"_s));
    QCOMPARE(fresh.get("/api/v1/nodes").status, 200);
}

void tst_Server::manyRequestsOnOneConnection()
{
    DemoClient http = client();
    QVERIFY(http.connectNow());
    const quint16 port = http.socket().localPort();
    for (int i = 0; i < 500; ++i)
        QCOMPARE(http.get("/api/v1/namespaces/default").status, 200);
    QCOMPARE(http.socket().localPort(), port);
}

void tst_Server::pipelinedRequests()
{
    DemoClient http = client();
    QVERIFY(http.connectNow());
    QByteArray bytes;
    for (int i = 0; i < 200; ++i)
        bytes += "GET /healthz HTTP/1.1\r\nAuthorization: Bearer " + m_tokens.value(u"admin"_s) + "\r\n\r\n";
    http.sendRaw(bytes);
    for (int i = 0; i < 200; ++i)
        QCOMPARE(http.readReply().body, QByteArray("ok"));
}

void tst_Server::rubbish()
{
    for (const QByteArray &bytes : {QByteArray("\0\1\2\3\r\n\r\n", 8), QByteArray("GET / HTTP/2.0\r\n\r\n"), "GET /" + QByteArray(80'000, 'x')}) {
        DemoClient http = client();
        QVERIFY(http.connectNow());
        http.sendRaw(bytes);
        const DemoReply reply = http.readReply();
        QVERIFY(reply.status >= 400 || reply.cut);
        QVERIFY(http.socket().state() == QAbstractSocket::UnconnectedState || http.socket().waitForDisconnected(5000));
    }
    QTcpSocket plain; // not even TLS
    plain.connectToHost(u"127.0.0.1"_s, m_port);
    QVERIFY(plain.waitForConnected(5000));
    plain.write("GET / HTTP/1.1\r\n\r\n");
    plain.flush();
    QVERIFY(plain.waitForDisconnected(10'000) || plain.state() == QAbstractSocket::UnconnectedState);
    QCOMPARE(client().get("/version").status, 200);
}

void tst_Server::requestsAreRecorded()
{
    DemoClient http = client();
    http.get("/api/v1/nodes?limit=5");
    http.send("PATCH", "/api/v1/nodes/node1", R"({"metadata":{"labels":{"a":"b"}}})", "application/merge-patch+json");
    http.get("/api/v1/nodes/nope");
    QList<RequestRecord> records;
    run([&](Server &server) { records = server.requests(); });
    QCOMPARE(records.size(), 3);
    QCOMPARE(records[0].target, QByteArray("/api/v1/nodes?limit=5"));
    QCOMPARE(records[0].status, 200);
    QCOMPARE(records[1].method, QByteArray("PATCH"));
    QCOMPARE(records[1].body, QByteArray(R"({"metadata":{"labels":{"a":"b"}}})"));
    QCOMPARE(records[2].status, 404);
    QVERIFY(records[2].at >= records[0].at);
}

void tst_Server::load()
{
    ServerOptions options;
    options.scenario = u"no-upgrade"_s;
    options.nodes = 100;
    options.extraJobs = 1000;
    options.eventsPerSecond = 500;
    options.speed = 1;
    begin(options);
    DemoClient http = client(), calls = client();
    QCOMPARE(calls.get("/api/v1/nodes").json().value("items"_L1).toArray().size(), 100);
    const QJsonObject jobs = calls.get("/apis/batch/v1/jobs").json();
    QCOMPARE(jobs.value("items"_L1).toArray().size(), 1000);
    QCOMPARE(http.open("/apis/batch/v1/jobs?watch=1&resourceVersion=" + json::text(jobs, u"metadata.resourceVersion").toLatin1()), 200);
    quint64 last = 0;
    for (int i = 0; i < 400; ++i) {
        const QJsonObject event = parse(http.line());
        QCOMPARE(event.value("type"_L1).toString(), u"MODIFIED"_s);
        const quint64 version = json::text(event, u"object.metadata.resourceVersion").toULongLong();
        QVERIFY(version > last);
        last = version;
    }
}

void tst_Server::speedPlaysByItself()
{
    ServerOptions options;
    options.speed = 20'000;
    begin(options);
    DemoClient http = client();
    QCOMPARE(http.open(upgradesPath + "?watch=1"), 200);
    QString state;
    while (state != "Succeeded"_L1) {
        const QByteArray line = http.line(20'000);
        QVERIFY(!line.isEmpty());
        state = json::label(parse(line).value("object"_L1).toObject(), u"harvesterhci.io/upgradeState"_s);
        QVERIFY(state != "Failed"_L1);
    }
}

void tst_Server::stopWithOpenStreams()
{
    DemoClient watch = client(), log = client();
    QCOMPARE(watch.open("/api/v1/nodes?watch=1"), 200);
    const QByteArray pods = "/api/v1/namespaces/cattle-system/pods";
    const QByteArray pod = json::name(client().get(pods).json().value("items"_L1).toArray().at(0).toObject()).toLatin1();
    QCOMPARE(log.open(pods + '/' + pod + "/log?follow=true"), 200);
    run([](Server &server) { server.stop(); });
    QVERIFY(!watch.ended());
    run([](Server &server) { QVERIFY(server.start()); });
    run([this](Server &server) { m_port = server.port(); });
    QCOMPARE(client().get("/version").status, 200);
}

void tst_Server::unknownScenario()
{
    ServerOptions options;
    options.scenario = u"nope"_s;
    Server server(options);
    QVERIFY(!server.start());
    QVERIFY(server.errorString().contains("nope"_L1));
}

QTEST_GUILESS_MAIN(tst_Server)
#include "tst_server.moc"
