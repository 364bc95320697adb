// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The API over real TLS connections: discovery, users and lists. Texts of refusals are those recorded from
/// kube-apiserver v1.36.2 with Harvester's webhook.

#include "support/demo_fixture.h"

#include <QTest>
#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace demo;
using namespace support;

class tst_Server : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(demo.begin()); }
    void cleanup() { demo.end(); }

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
    void requestsAreRecorded();
    void unknownScenario();

private:
    DemoFixture demo;
};

void tst_Server::discovery()
{
    DemoClient http = demo.client();
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
    QCOMPARE(http.get("/k8s/clusters/local/version").status, 200);              // the way through Rancher
    QCOMPARE(http.get("/apis/management.harvesterhci.io/v1beta1").status, 404); // only with the upgrade manager
}

void tst_Server::aggregatedDiscovery()
{
    DemoClient http = demo.client();
    http.setHeader("Accept", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json");
    const DemoReply reply = http.get("/apis");
    QCOMPARE(reply.headers.value("content-type"),
        QByteArray("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"));
    QCOMPARE(reply.json().value("kind"_L1).toString(), u"APIGroupDiscoveryList"_s);
    QVERIFY(reply.body.contains("\"resource\":\"upgrades\""));
}

void tst_Server::statusTexts_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body"); // whole, as recorded
    QTest::newRow("404 object")
        << QByteArray("GET") << upgradesPath + "/hvst-upgrade-nope1" << 404
        << QByteArray(
               R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"upgrades.harvesterhci.io \"hvst-upgrade-nope1\" not found","reason":"NotFound","details":{"name":"hvst-upgrade-nope1","group":"harvesterhci.io","kind":"upgrades"},"code":404})");
    QTest::newRow("404 path") << QByteArray("GET") << QByteArray("/apis/nope.example.com/v1") << 404
                              << QByteArray("404 page not found\n");
    QTest::newRow("405")
        << QByteArray("DELETE") << QByteArray("/version") << 405
        << QByteArray(
               R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"the server does not allow this method on the requested resource","reason":"MethodNotAllowed","details":{},"code":405})");
    QTest::newRow("watch version")
        << QByteArray("GET") << upgradesPath + "?watch=1&resourceVersion=abc" << 500
        << QByteArray(
               R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"resourceVersion: Invalid value: \"abc\": strconv.ParseUint: parsing \"abc\": invalid syntax","code":500})");
    QTest::newRow("log of no pod")
        << QByteArray("GET") << QByteArray("/api/v1/namespaces/harvester-system/pods/nosuch-pod/log") << 404
        << QByteArray(
               R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"pods \"nosuch-pod\" not found","reason":"NotFound","details":{"name":"nosuch-pod","kind":"pods"},"code":404})");
}

void tst_Server::statusTexts()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const DemoReply reply = demo.client().send(method, target);
    QCOMPARE(reply.status, status);
    if (body.startsWith('{'))
        QCOMPARE(reply.json(), parse(body));
    else
        QCOMPARE(reply.body, body);
}

void tst_Server::users()
{
    DemoClient bad(demo.port, demo.ca, "wrong");
    QCOMPARE(bad.get(upgradesPath).json(),
        parse(
            R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401})"));
    DemoClient anonymous(demo.port, demo.ca);
    QCOMPARE(anonymous.get(upgradesPath).json().value("message"_L1).toString(),
        u"upgrades.harvesterhci.io is forbidden: User \"system:anonymous\" cannot list resource \"upgrades\" in API group \"harvesterhci.io\" in the namespace \"harvester-system\""_s);
    QCOMPARE(anonymous.get("/version").status, 200);
    QCOMPARE(anonymous.get("/apis").status, 403);

    DemoClient viewer = demo.client(u"viewer"_s);
    QCOMPARE(viewer.get(upgradesPath).status, 200);
    const QByteArray name = demo.upgradeName().toLatin1();
    QCOMPARE(viewer.send("DELETE", upgradesPath + '/' + name).json(),
        parse(
            R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"upgrades.harvesterhci.io \")"
            + name
            + R"(\" is forbidden: User \"viewer\" cannot delete resource \"upgrades\" in API group \"harvesterhci.io\" in the namespace \"harvester-system\"","reason":"Forbidden","details":{"name":")"
            + name + R"(","group":"harvesterhci.io","kind":"upgrades"},"code":403})"));
    QCOMPARE(viewer.get("/api/v1/namespaces/fleet-local/secrets").json(),
        parse(
            R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"secrets is forbidden: User \"viewer\" cannot list resource \"secrets\" in API group \"\" in the namespace \"fleet-local\"","reason":"Forbidden","details":{"kind":"secrets"},"code":403})"));
    QVERIFY(viewer.get("/api/v1/namespaces/fleet-local/secrets?watch=1")
            .json()
            .value("message"_L1)
            .toString()
            .contains("cannot watch resource"_L1));
    QVERIFY(viewer.get("/api/v1/namespaces/cattle-system/pods/x/log")
            .json()
            .value("message"_L1)
            .toString()
            .contains("cannot get resource \"pods/log\""_L1));
    QCOMPARE(viewer.send("POST", upgradesPath, newUpgrade).status, 403);
    QCOMPARE(demo.client(u"nobody"_s).get("/api/v1/nodes").json().value("message"_L1).toString(),
        u"nodes is forbidden: User \"nobody\" cannot list resource \"nodes\" in API group \"\" at the cluster scope"_s);
    QCOMPARE(demo.client(u"nobody"_s).get("/apis").status, 200);
}

void tst_Server::clientCertificate()
{
    const QByteArray config = demo.kubeconfig();
    const auto field = [&](const QByteArray &name) {
        const qsizetype at = config.indexOf(name + ": ") + name.size() + 2;
        return QByteArray::fromBase64(config.mid(at, config.indexOf('\n', at) - at));
    };
    DemoClient http(demo.port, demo.ca);
    http.useCertificate(QSslCertificate(field("client-certificate-data")), QSslKey(field("client-key-data"), QSsl::Ec));
    const QJsonObject me = http.send("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}").json();
    QCOMPARE(json::text(me, u"status.userInfo.username"), u"admin"_s);
    QCOMPARE(json::get(me, u"status.userInfo.groups").toArray(),
        (QJsonArray{u"system:masters"_s, u"system:authenticated"_s}));
    QCOMPARE(http.get("/api/v1/secrets").status, 200);
}

void tst_Server::impersonation()
{
    DemoClient http = demo.client();
    http.setHeader("Impersonate-User", "viewer");
    QCOMPARE(http.get("/api/v1/secrets").status, 403);
    DemoClient viewer = demo.client(u"viewer"_s);
    viewer.setHeader("Impersonate-User", "admin");
    QCOMPARE(viewer.get("/api/v1/nodes").json().value("message"_L1).toString(),
        u"users \"admin\" is forbidden: User \"viewer\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope"_s);
}

void tst_Server::accessReviews()
{
    const auto ask = [&](const QString &user, const QByteArray &attributes) {
        const DemoReply reply = demo.client(user).send("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            R"({"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":)"
                + attributes + "}}");
        return reply.status == 201 && json::get(reply.json(), u"status.allowed").toBool();
    };
    const QByteArray remove
        = R"({"namespace":"harvester-system","verb":"delete","group":"harvesterhci.io","resource":"upgrades"})";
    const QByteArray log = R"({"namespace":"harvester-system","verb":"get","resource":"pods","subresource":"log"})";
    QVERIFY(ask(u"admin"_s, remove));
    QVERIFY(ask(u"admin"_s, log));
    QVERIFY(!ask(u"viewer"_s, remove));
    QVERIFY(!ask(u"viewer"_s, log));
    QVERIFY(ask(u"viewer"_s, R"({"namespace":"x","verb":"watch","resource":"pods"})"));
    QVERIFY(!ask(u"nobody"_s, R"({"namespace":"x","verb":"list","resource":"pods"})"));
    const DemoReply rules
        = demo.client(u"viewer"_s)
              .send("POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", R"({"spec":{"namespace":"x"}})");
    QCOMPARE(rules.status, 201);
    QVERIFY(!json::get(rules.json(), u"status.resourceRules").toArray().isEmpty());
}

void tst_Server::listAndPages()
{
    DemoClient http = demo.client();
    const QByteArray pods = "/api/v1/namespaces/harvester-system/pods";
    const QJsonObject whole = http.get(pods).json();
    const qsizetype count = whole.value("items"_L1).toArray().size();
    QVERIFY(count >= 6);
    QCOMPARE(whole.value("kind"_L1).toString(), u"PodList"_s);
    QVERIFY(!whole.value("items"_L1).toArray().at(0).toObject().contains("kind"_L1)); // built-in kinds leave it out in
                                                                                      // lists …
    QVERIFY(items(http.get(upgradesPath)).at(0).toObject().contains("kind"_L1));      // … custom
                                                                                      // ones do not
    qsizetype seen = 0;
    QByteArray token;
    do {
        const QJsonObject page
            = http.get(pods + "?limit=2" + (token.isEmpty() ? QByteArray() : "&continue=" + token)).json();
        seen += page.value("items"_L1).toArray().size();
        token = json::text(page, u"metadata.continue").toLatin1();
        if (!token.isEmpty())
            QCOMPARE(json::get(page, u"metadata.remainingItemCount").toInteger(), count - seen);
    } while (!token.isEmpty());
    QCOMPARE(seen, count);
    QVERIFY(json::text(http.get(pods + "?limit=2&resourceVersion=0").json(), u"metadata.continue")
            .isEmpty()); // the cache does not page
    // An expired token.
    const QByteArray first = json::text(http.get(pods + "?limit=2").json(), u"metadata.continue").toLatin1();
    demo.run([](Server &server) {
        server.advance(60);
        server.compact();
    });
    const DemoReply gone = http.get(pods + "?limit=2&continue=" + first);
    QCOMPARE(gone.status, 410);
    QCOMPARE(gone.json().value("reason"_L1).toString(), u"Expired"_s);
    QCOMPARE(http.get(pods + "?limit=2&continue=bm9wZQ").status, 400);
    const DemoReply large = http.get("/api/v1/nodes?resourceVersion=99999999999");
    QCOMPARE(large.status, 504);
    QCOMPARE(large.headers.value("retry-after"), QByteArray("1"));
    QCOMPARE(json::get(large.json(), u"details.causes").toArray().at(0)["reason"_L1].toString(),
        u"ResourceVersionTooLarge"_s);
    QCOMPARE(http.get(pods + "?labelSelector=app.kubernetes.io%2Fcomponent%3Dwebhook-server")
                 .json()
                 .value("items"_L1)
                 .toArray()
                 .size(),
        3);
    QCOMPARE(items(http.get(pods + "?fieldSelector=metadata.name%3Dnope")).size(), 0);
    QCOMPARE(http.get(pods + "?labelSelector=%3D").status, 400);
    QCOMPARE(http.get(pods + "?fieldSelector=a%3Db").status, 400);
}

void tst_Server::listForms()
{
    DemoClient http = demo.client();
    http.setHeader("Accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1, application/json");
    const DemoReply secrets = http.get("/api/v1/namespaces/fleet-local/secrets");
    QCOMPARE(secrets.json().value("kind"_L1).toString(), u"PartialObjectMetadataList"_s);
    QVERIFY(!secrets.body.contains("\"data\""));
    QVERIFY(secrets.body.contains("rke.cattle.io/machine-name"));
    http.setHeader("Accept", "application/json;as=Table;g=meta.k8s.io;v=v1, application/json");
    const QJsonObject table = http.get(upgradesPath).json();
    QCOMPARE(table.value("kind"_L1).toString(), u"Table"_s);
    QCOMPARE(table.value("columnDefinitions"_L1).toArray().size(),
        table.value("rows"_L1).toArray().at(0)["cells"_L1].toArray().size());
    QCOMPARE(table.value("rows"_L1).toArray().at(0)["object"_L1]["kind"_L1].toString(), u"PartialObjectMetadata"_s);
}

void tst_Server::gzipForLargeBodies()
{
    DemoClient http = demo.client();
    http.setHeader("Accept-Encoding", "gzip");
    QVERIFY(!http.get("/api/v1/namespaces/default").headers.contains("content-encoding"));
    ServerOptions options;
    options.speed = 0;
    options.extraJobs = 600;
    QVERIFY(demo.begin(options));
    DemoClient plain = demo.client();
    DemoClient zipped = demo.client();
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

void tst_Server::requestsAreRecorded()
{
    DemoClient http = demo.client();
    http.get("/api/v1/nodes?limit=5");
    http.send("PATCH", "/api/v1/nodes/node1", R"({"metadata":{"labels":{"a":"b"}}})", "application/merge-patch+json");
    http.get("/api/v1/nodes/nope");
    QList<RequestRecord> records;
    demo.run([&](Server &server) { records = server.requests(); });
    QCOMPARE(records.size(), 3);
    QCOMPARE(records[0].target, QByteArray("/api/v1/nodes?limit=5"));
    QCOMPARE(records[0].status, 200);
    QCOMPARE(records[1].method, QByteArray("PATCH"));
    QCOMPARE(records[1].body, QByteArray(R"({"metadata":{"labels":{"a":"b"}}})"));
    QCOMPARE(records[2].status, 404);
    QVERIFY(records[2].at >= records[0].at);
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
