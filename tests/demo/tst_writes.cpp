// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Creating, patching and deleting over real TLS connections, and what the scenario makes of it.

#include "support/demo_fixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace demo;
using namespace support;

class tst_Writes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(demo.begin()); }
    void cleanup() { demo.end(); }

    void createIsRefusedAndTaken();
    void patches();
    void deleteInPhaseFourIsRefused();
    void deleteAndBeginAgain();

private:
    DemoFixture demo;
};

void tst_Writes::createIsRefusedAndTaken()
{
    DemoClient http = demo.client();
    const QByteArray running = demo.upgradeName().toLatin1();
    DemoReply reply = http.send("POST", upgradesPath + "?dryRun=All", newUpgrade);
    QCOMPARE(reply.status, 409);
    QCOMPARE(reply.json().value("message"_L1).toString(),
        denied + u"cannot proceed until previous upgrade \"%1\" completes"_s.arg(QString::fromLatin1(running)));
    ServerOptions options;
    options.scenario = u"no-upgrade"_s;
    options.speed = 0;
    QVERIFY(demo.begin(options));
    DemoClient idle = demo.client();
    reply = idle.send("POST", upgradesPath + "?dryRun=All", newUpgrade);
    QCOMPARE(reply.status, 201);
    QVERIFY(json::name(reply.json()).startsWith("hvst-upgrade-"_L1));
    QVERIFY(items(idle.get(upgradesPath)).isEmpty());
    QByteArray other = newUpgrade;
    reply = idle.send("POST", upgradesPath, other.replace("v1.9.0", "v9.9.9"));
    QCOMPARE(reply.json().value("message"_L1).toString(), denied + u"version v9.9.9 is not found"_s);
    QCOMPARE(idle.send("POST", upgradesPath, "{").status, 400);
    QCOMPARE(idle.send("POST", upgradesPath, newUpgrade, "application/yaml").status, 415);
    QCOMPARE(idle.send("POST", "/api/v1/namespaces/nowhere/configmaps", R"({"metadata":{"name":"a"}})").status, 404);
    QCOMPARE(
        idle.send("POST", "/api/v1/namespaces/default/configmaps", R"({"metadata":{"name":"a","namespace":"other"}})")
            .status,
        400);
    QCOMPARE(idle.send("POST", "/apis/harvesterhci.io/v1beta1/namespaces/harvester-system/upgradelogs",
                     R"({"metadata":{"name":"a"}})")
                 .json()
                 .value("message"_L1)
                 .toString(),
        denied + u"upgradelog can only be created by the harvester controller"_s);
    reply = idle.send("POST", upgradesPath, newUpgrade);
    QCOMPARE(reply.status, 201);
    QVERIFY(demo.playTo(u"Succeeded"_s));
}

void tst_Writes::patches()
{
    QVERIFY(demo.playTo(u"PreparingNodes"_s));
    DemoClient http = demo.client();
    const QByteArray path = upgradesPath + '/' + demo.upgradeName().toLatin1(), merge = "application/merge-patch+json";
    const QByteArray pause
        = R"({"metadata":{"annotations":{"harvesterhci.io/node-upgrade-pause-map":"{\"node3\":\"pause\"}"}}})";
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
    QCOMPARE(http.send("PATCH", path, R"([{"op":"test","path":"/spec/version","value":"v0"}])",
                     "application/json-patch+json")
                 .status,
        422);
    QCOMPARE(http.send("PATCH", "/api/v1/nodes/node1", R"({"spec":{"unschedulable":true}})",
                     "application/strategic-merge-patch+json")
                 .status,
        200);
    QVERIFY(json::get(http.get("/api/v1/nodes/node1").json(), u"spec.unschedulable").toBool());
    QCOMPARE(http.send("PATCH", path, "[]", merge).status, 400);
    // A PUT without status wipes it, as the real one does (no status subresource).
    QJsonObject upgrade = http.get(path).json();
    upgrade.remove("status"_L1);
    QCOMPARE(http.send("PUT", path, json::compact(upgrade)).status, 200);
    QVERIFY(!http.get(path).json().contains("status"_L1));
}

void tst_Writes::deleteInPhaseFourIsRefused()
{
    QVERIFY(demo.playTo(u"UpgradingNodes"_s));
    demo.run([](Server &server) { server.advance(60); });
    DemoClient http = demo.client();
    const QByteArray path = upgradesPath + '/' + demo.upgradeName().toLatin1();
    for (const QByteArray &query : {QByteArray(), QByteArray("?dryRun=All")}) {
        const DemoReply reply = http.send("DELETE", path + query);
        QCOMPARE(reply.status, 400);
        QCOMPARE(reply.json().value("message"_L1).toString(),
            denied + u"node upgrade is in progressing, please wait for it to be provisioned"_s);
    }
    QCOMPARE(http.send("DELETE", path, R"({"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"0000"}})")
                 .status,
        409); // before the webhook
    QCOMPARE(http.send("DELETE", path, R"({"propagationPolicy":"Sometimes"})").status, 422);
    QCOMPARE(
        http.send("DELETE",
                "/apis/apps/v1/namespaces/harvester-system/deployments/upgrade-repo-" + demo.upgradeName().toLatin1())
            .status,
        400);
    QCOMPARE(http.send("DELETE", "/apis/management.cattle.io/v3/namespaces/fleet-local/managedcharts/harvester")
                 .json()
                 .value("message"_L1)
                 .toString(),
        denied + u"Delete managedchart fleet-local/harvester is prohibited"_s);
}

void tst_Writes::deleteAndBeginAgain()
{
    ServerOptions options;
    options.scenario = u"manifests-stall"_s;
    options.speed = 0;
    QVERIFY(demo.begin(options));
    QVERIFY(demo.playTo(u"UpgradingSystemServices"_s));
    demo.run([](Server &server) { server.advance(1000); });
    DemoClient http = demo.client();
    const QJsonObject upgrade = items(http.get(upgradesPath)).at(0).toObject();
    const QByteArray path = upgradesPath + '/' + json::name(upgrade).toLatin1();
    const QByteArray body
        = R"({"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Background","preconditions":{"uid":")"
        + json::uid(upgrade).toLatin1() + R"(","resourceVersion":")"
        + json::text(upgrade, u"metadata.resourceVersion").toLatin1() + R"("}})";
    const DemoReply reply = http.send("DELETE", path, body);
    QCOMPARE(reply.status, 200);
    QVERIFY(json::get(reply.json(), u"metadata.deletionTimestamp").isString()); // the finalizer has work to do
    QCOMPARE(http.get(path).status, 200);
    demo.run([](Server &server) { server.advance(120); });
    QCOMPARE(http.get(path).status, 404);
    const QByteArray mine = "?labelSelector=harvesterhci.io%2Fupgrade%3D" + json::name(upgrade).toLatin1();
    for (const QByteArray &left : {QByteArray("/apis/upgrade.cattle.io/v1/plans"), QByteArray("/apis/batch/v1/jobs"),
             QByteArray("/apis/apps/v1/deployments"), QByteArray("/apis/harvesterhci.io/v1beta1/virtualmachineimages"),
             QByteArray("/apis/harvesterhci.io/v1beta1/upgradelogs"), QByteArray("/api/v1/pods")})
        QVERIFY2(items(http.get(left + mine)).isEmpty(), left.constData());
    // Heal what stalled, then begin again: this time it goes through.
    QJsonObject healed
        = http.get("/apis/management.cattle.io/v3/namespaces/fleet-local/managedcharts/harvester").json();
    json::setCondition(healed, u"Ready"_s, u"True"_s, u"2026-09-01T00:00:00Z"_s);
    QCOMPARE(http.send("PUT", "/apis/management.cattle.io/v3/namespaces/fleet-local/managedcharts/harvester/status",
                     json::compact(healed))
                 .status,
        200);
    const DemoReply made = http.send("POST", upgradesPath, newUpgrade);
    QCOMPARE(made.status, 201);
    QVERIFY(json::name(made.json()) != json::name(upgrade));
    QVERIFY(demo.playTo(u"Succeeded"_s));
}

QTEST_GUILESS_MAIN(tst_Writes)
#include "tst_writes.moc"
