// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Watches and logs over real TLS connections.

#include "support/demo_fixture.h"

#include <QTest>
#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace demo;
using namespace support;

class tst_Streams : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(demo.begin()); }
    void cleanup() { demo.end(); }

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
    void load();
    void speedPlaysByItself();
    void stopWithOpenStreams();

private:
    DemoFixture demo;
};

void tst_Streams::watchFromTheBeginning()
{
    DemoClient http = demo.client();
    QCOMPARE(http.open("/api/v1/nodes?watch=1&allowWatchBookmarks=true&timeoutSeconds=60"), 200);
    for (int i = 1; i <= 3; ++i) {
        const QJsonObject event = parse(http.line());
        QCOMPARE(event.value("type"_L1).toString(), u"ADDED"_s);
        QCOMPARE(json::text(event, u"object.metadata.name"), u"node%1"_s.arg(i));
        QCOMPARE(json::text(event, u"object.kind"), u"Node"_s);
    }
    const QJsonObject mark = parse(http.line());
    QCOMPARE(mark.value("type"_L1).toString(), u"BOOKMARK"_s);
    QCOMPARE(
        json::get(mark, u"object.metadata.annotations").toObject().value("k8s.io/initial-events-end"_L1).toString(),
        u"true"_s);
    demo.client().send(
        "PATCH", "/api/v1/nodes/node2", R"({"metadata":{"labels":{"a":"b"}}})", "application/merge-patch+json");
    const QJsonObject change = parse(http.line());
    QCOMPARE(change.value("type"_L1).toString(), u"MODIFIED"_s);
    QCOMPARE(json::text(change, u"object.metadata.labels.a"), u"b"_s);
}

void tst_Streams::watchFromAVersion()
{
    DemoClient calls = demo.client();
    const QByteArray path = "/api/v1/namespaces/default/configmaps";
    const QByteArray version = json::text(calls.get(path).json(), u"metadata.resourceVersion").toLatin1();
    calls.send("POST", path, R"({"metadata":{"name":"a"}})"); // missed: comes first
    DemoClient http = demo.client();
    QCOMPARE(http.open(path + "?watch=1&resourceVersion=" + version), 200);
    QCOMPARE(parse(http.line()).value("type"_L1).toString(), u"ADDED"_s);
    calls.send("PATCH", path + "/a", R"({"data":{"x":"y"}})", "application/merge-patch+json");
    QCOMPARE(parse(http.line()).value("type"_L1).toString(), u"MODIFIED"_s);
    calls.send("DELETE", path + "/a");
    const QJsonObject gone = parse(http.line());
    QCOMPARE(gone.value("type"_L1).toString(), u"DELETED"_s);
    QCOMPARE(json::text(gone, u"object.data.x"), u"y"_s); // the last state …
    QVERIFY(json::text(gone, u"object.metadata.resourceVersion").toULongLong()
        > version.toULongLong() + 2); // … with the version of the deletion
}

void tst_Streams::watchWithSelector()
{
    DemoClient calls = demo.client(), http = demo.client();
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

void tst_Streams::watchEndsAtItsTimeout()
{
    DemoClient http = demo.client();
    QCOMPARE(http.open("/api/v1/nodes?watch=1&resourceVersion=0&timeoutSeconds=1"), 200);
    for (int i = 0; i < 3; ++i)
        QVERIFY(!http.line().isEmpty());
    QVERIFY(http.ended());
    QCOMPARE(http.get("/version").status, 200); // the connection lives on
}

void tst_Streams::watchAfterCompaction()
{
    DemoClient calls = demo.client();
    const QByteArray version = json::text(calls.get(upgradesPath).json(), u"metadata.resourceVersion").toLatin1();
    demo.run([](Server &server) {
        server.advance(60);
        server.compact();
    });
    DemoClient http = demo.client();
    QCOMPARE(http.open(upgradesPath + "?watch=1&resourceVersion=" + version), 200);
    const QJsonObject event = parse(http.line());
    QCOMPARE(event.value("type"_L1).toString(), u"ERROR"_s);
    QCOMPARE(json::get(event, u"object.code").toInt(), 410);
    QCOMPARE(json::text(event, u"object.reason"), u"Expired"_s);
    QVERIFY(json::text(event, u"object.message")
            .startsWith(u"too old resource version: %1 ("_s.arg(QString::fromLatin1(version))));
    QVERIFY(http.ended());
}

void tst_Streams::watchTable()
{
    DemoClient http = demo.client();
    http.setHeader("Accept", "application/json;as=Table;g=meta.k8s.io;v=v1");
    QCOMPARE(http.open("/api/v1/nodes?watch=1"), 200);
    const QJsonObject first = parse(http.line()), second = parse(http.line());
    QCOMPARE(json::text(first, u"object.kind"), u"Table"_s);
    QVERIFY(!json::get(first, u"object.columnDefinitions").toArray().isEmpty());
    QVERIFY(json::get(second, u"object.columnDefinitions").toArray().isEmpty());
    QCOMPARE(json::get(second, u"object.rows").toArray().size(), 1);
}

void tst_Streams::watchIsCut()
{
    DemoClient http = demo.client();
    QCOMPARE(http.open("/api/v1/nodes?watch=1"), 200);
    QVERIFY(!http.line().isEmpty());
    demo.run([](Server &server) { server.dropConnections(); });
    QVERIFY(!http.ended());
    QCOMPARE(demo.client().get("/version").status, 200);
}

void tst_Streams::logParameters()
{
    QVERIFY(demo.playTo(u"UpgradingNodes"_s));
    DemoClient http = demo.client();
    const QByteArray pods = "/api/v1/namespaces/harvester-system/pods";
    const QByteArray pod = json::name(http.get(pods + "?labelSelector=harvesterhci.io%2FupgradeComponent%3Dmanifest")
                                          .json()
                                          .value("items"_L1)
                                          .toArray()
                                          .at(0)
                                          .toObject())
                               .toLatin1();
    const QByteArray log = pods + '/' + pod + "/log";
    QList<QByteArray> truth;
    demo.run([&](Server &server) { truth = server.log(u"harvester-system"_s, QString::fromLatin1(pod), u"apply"_s); });
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

void tst_Streams::logFollow()
{
    QVERIFY(demo.playTo(u"UpgradingSystemServices"_s));
    demo.run([](Server &server) { server.advance(15); });
    DemoClient calls = demo.client(), http = demo.client();
    const QByteArray pods = "/api/v1/namespaces/harvester-system/pods";
    const QByteArray pod = json::name(calls.get(pods + "?labelSelector=harvesterhci.io%2FupgradeComponent%3Dmanifest")
                                          .json()
                                          .value("items"_L1)
                                          .toArray()
                                          .at(0)
                                          .toObject())
                               .toLatin1();
    QCOMPARE(http.open(pods + '/' + pod + "/log?container=apply&follow=true&tailLines=1"), 200);
    QVERIFY(!http.line().isEmpty());
    demo.run([](Server &server) { server.advance(4000); });
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

void tst_Streams::logOfARestart()
{
    DemoClient calls = demo.client(), http = demo.client();
    const QByteArray pods = "/api/v1/namespaces/cattle-system/pods";
    const QByteArray pod = json::name(
        items(calls.get(pods + "?labelSelector=app%3Drancher")).at(0).toObject())
                               .toLatin1();
    const QByteArray log = pods + '/' + pod + "/log";
    QCOMPARE(calls.get(log + "?previous=true").json().value("message"_L1).toString(),
        u"previous terminated container \"rancher\" in pod \"%1\" not found"_s.arg(QString::fromLatin1(pod)));
    const QByteArray before = calls.get(log).body;
    QCOMPARE(http.open(log + "?follow=true"), 200);
    QVERIFY(!http.line().isEmpty());
    demo.run([&](Server &server) { server.restartContainer(u"cattle-system"_s, QString::fromLatin1(pod), u"rancher"_s); });
    QVERIFY(!http.line().isEmpty());
    QVERIFY(http.ended()); // a follow ends with its instance
    QCOMPARE(calls.get(log + "?previous=true").body, before);
    QCOMPARE(calls.get(log).body, QByteArray());
    const QJsonObject status = calls.get(pods + '/' + pod).json();
    QCOMPARE(json::get(status, u"status.containerStatuses").toArray().at(0)["restartCount"_L1].toInt(), 1);
    QVERIFY(json::get(status, u"status.containerStatuses").toArray().at(0)["lastState"_L1]["terminated"_L1].isObject());
}

void tst_Streams::logRotation()
{
    QVERIFY(demo.playTo(u"UpgradingNodes"_s));
    DemoClient http = demo.client();
    const QByteArray pods = "/api/v1/namespaces/harvester-system/pods";
    const QByteArray pod = json::name(http.get(pods + "?labelSelector=harvesterhci.io%2FupgradeComponent%3Dmanifest")
                                          .json()
                                          .value("items"_L1)
                                          .toArray()
                                          .at(0)
                                          .toObject())
                               .toLatin1();
    const QList<QByteArray> before = http.get(pods + '/' + pod + "/log").body.split('\n');
    demo.run([&](Server &server) { server.rotateLog(u"harvester-system"_s, QString::fromLatin1(pod), u"apply"_s, 5); });
    const QList<QByteArray> after = http.get(pods + '/' + pod + "/log").body.split('\n');
    QCOMPARE(after, before.last(6));
}

void tst_Streams::logErrors_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("message"); // contained
    QTest::newRow("container") << QByteArray("container=nosuch") << 400
                               << u"container nosuch is not valid for pod %1"_s;
    QTest::newRow("since")
        << QByteArray("sinceTime=yesterday") << 400
        << u"parsing time \"yesterday\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"yesterday\" as \"2006\""_s;
    QTest::newRow("tail") << QByteArray("tailLines=-1") << 422 << u"tailLines"_s;
    QTest::newRow("tail of words") << QByteArray("tailLines=many") << 400 << u"many"_s;
    QTest::newRow("limit") << QByteArray("limitBytes=0") << 422 << u"limitBytes"_s;
    QTest::newRow("both") << QByteArray("sinceSeconds=5&sinceTime=2026-01-01T00:00:00Z") << 422 << u"at most one of"_s;
    QTest::newRow("previous") << QByteArray("previous=true") << 400
                              << u"previous terminated container \"rancher\" in pod \"%1\" not found"_s;
}

void tst_Streams::logErrors()
{
    QFETCH(QByteArray, query);
    QFETCH(int, status);
    QFETCH(QString, message);
    DemoClient http = demo.client();
    const QByteArray pods = "/api/v1/namespaces/cattle-system/pods";
    const QString pod = json::name(
        items(http.get(pods + "?labelSelector=app%3Drancher")).at(0).toObject());
    const DemoReply reply = http.get(pods + '/' + pod.toLatin1() + "/log?" + query);
    QCOMPARE(reply.status, status);
    QVERIFY2(
        reply.json().value("message"_L1).toString().contains(message.contains("%1"_L1) ? message.arg(pod) : message),
        reply.body.constData());
}

void tst_Streams::load()
{
    ServerOptions options;
    options.scenario = u"no-upgrade"_s;
    options.nodes = 100;
    options.extraJobs = 1000;
    options.eventsPerSecond = 500;
    options.speed = 1;
    QVERIFY(demo.begin(options));
    DemoClient http = demo.client(), calls = demo.client();
    QCOMPARE(items(calls.get("/api/v1/nodes")).size(), 100);
    const QJsonObject jobs = calls.get("/apis/batch/v1/jobs").json();
    QCOMPARE(jobs.value("items"_L1).toArray().size(), 1000);
    QCOMPARE(http.open("/apis/batch/v1/jobs?watch=1&resourceVersion="
                 + json::text(jobs, u"metadata.resourceVersion").toLatin1()),
        200);
    quint64 last = 0;
    for (int i = 0; i < 400; ++i) {
        const QJsonObject event = parse(http.line());
        QCOMPARE(event.value("type"_L1).toString(), u"MODIFIED"_s);
        const quint64 version = json::text(event, u"object.metadata.resourceVersion").toULongLong();
        QVERIFY(version > last);
        last = version;
    }
}

void tst_Streams::speedPlaysByItself()
{
    ServerOptions options;
    options.speed = 20'000;
    QVERIFY(demo.begin(options));
    DemoClient http = demo.client();
    QCOMPARE(http.open(upgradesPath + "?watch=1"), 200);
    QString state;
    while (state != "Succeeded"_L1) {
        const QByteArray line = http.line(20'000);
        QVERIFY(!line.isEmpty());
        state = json::label(parse(line).value("object"_L1).toObject(), u"harvesterhci.io/upgradeState"_s);
        QVERIFY(state != "Failed"_L1);
    }
}

void tst_Streams::stopWithOpenStreams()
{
    DemoClient watch = demo.client(), log = demo.client();
    QCOMPARE(watch.open("/api/v1/nodes?watch=1"), 200);
    const QByteArray pods = "/api/v1/namespaces/cattle-system/pods";
    const QByteArray pod
        = json::name(items(demo.client().get(pods)).at(0).toObject()).toLatin1();
    QCOMPARE(log.open(pods + '/' + pod + "/log?follow=true"), 200);
    demo.run([](Server &server) { server.stop(); });
    QVERIFY(!watch.ended());
    demo.run([](Server &server) { QVERIFY(server.start()); });
    demo.run([this](Server &server) { demo.port = server.port(); });
    QCOMPARE(demo.client().get("/version").status, 200);
}

QTEST_GUILESS_MAIN(tst_Streams)
#include "tst_streams.moc"
