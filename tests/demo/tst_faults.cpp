// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What goes wrong on demand, and what clients must not be able to break.

#include "support/demo_fixture.h"

#include <QTest>
#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace demo;
using namespace support;

class tst_Faults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(demo.begin()); }
    void cleanup() { demo.end(); }

    void faults_data();
    void faults();
    void silentServer();
    void delayedAnswer();
    void stalledAnswers();
    void garbageInEveryForm();
    void trickledAnswer();
    void outage();
    void outageDuringAHandshake();
    void streamsAreDisturbed();
    void certificateChanges();
    void manyRequestsOnOneConnection();
    void pipelinedRequests();
    void rubbish();

private:
    DemoFixture demo;
};

void tst_Faults::faults_data()
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

void tst_Faults::faults()
{
    QFETCH(Faults, faults);
    QFETCH(QList<int>, statuses);
    demo.run([&](Server &server) { server.setFaults(faults); });
    for (int i = 0; i < 6; ++i) {
        const DemoReply reply = demo.client().get("/api/v1/nodes");
        QVERIFY2(statuses.contains(reply.status), QByteArray::number(reply.status).constData());
        QCOMPARE(reply.cut, faults.drop > 0 || faults.truncate > 0);
        if (reply.status == 429)
            QCOMPARE(reply.headers.value("retry-after"), QByteArray("1"));
        if (faults.truncate > 0)
            QVERIFY(!reply.body.isEmpty() && !QJsonDocument::fromJson(reply.body).isObject());
    }
    demo.run([](Server &server) { server.setFaults({}); });
    QCOMPARE(demo.client().get("/api/v1/nodes").status, 200);
    // 410 in both forms on watches, and on continued lists.
    Faults gone;
    gone.gone = 1;
    demo.run([&](Server &server) { server.setFaults(gone); });
    QList<int> seen;
    for (int i = 0; i < 2; ++i) {
        DemoClient http = demo.client();
        const int status = http.open("/api/v1/nodes?watch=1&resourceVersion=0");
        seen.append(status);
        if (status == 200)
            QCOMPARE(json::get(parse(http.line()), u"object.code").toInt(), 410);
    }
    QCOMPARE(seen, (QList<int>{410, 200}));
    QCOMPARE(demo.client().get("/api/v1/nodes?limit=1&continue=x").status, 410);
    QCOMPARE(demo.client().get("/api/v1/nodes").status, 200);
}

void tst_Faults::silentServer()
{
    Faults faults;
    faults.silent = true;
    demo.run([&](Server &server) { server.setFaults(faults); });
    DemoClient http = demo.client();
    QVERIFY(http.connectNow());
    http.sendRaw("GET /version HTTP/1.1\r\n\r\n");
    QVERIFY(!http.socket().waitForReadyRead(300));
    QCOMPARE(http.socket().state(), QAbstractSocket::ConnectedState);
}

void tst_Faults::delayedAnswer()
{
    Faults faults;
    faults.delay = 1;
    faults.maxDelay = std::chrono::milliseconds(50);
    demo.run([&](Server &server) { server.setFaults(faults); });
    DemoClient http = demo.client();
    for (int i = 0; i < 5; ++i)
        QCOMPARE(http.get("/version").status, 200);
}

void tst_Faults::stalledAnswers()
{
    Faults faults;
    faults.stall = 1;
    demo.run([&](Server &server) { server.setFaults(faults); });
    DemoClient none = demo.client();
    QVERIFY(none.connectNow());
    none.sendRaw("GET /version HTTP/1.1\r\nAuthorization: Bearer " + demo.tokens.value(u"admin"_s) + "\r\n\r\n");
    QVERIFY(!none.socket().waitForReadyRead(200));
    QCOMPARE(none.socket().state(), QAbstractSocket::ConnectedState);
    for (const bool closes : {false, true}) {
        faults = {};
        (closes ? faults.halfClose : faults.stallBody) = 1;
        demo.run([&](Server &server) { server.setFaults(faults); });
        DemoClient half = demo.client();
        QVERIFY(half.connectNow());
        half.sendRaw(
            "GET /api/v1/nodes HTTP/1.1\r\nAuthorization: Bearer " + demo.tokens.value(u"admin"_s) + "\r\n\r\n");
        QByteArray bytes;
        while (half.socket().waitForReadyRead(300))
            bytes += half.socket().readAll();
        QVERIFY(bytes.startsWith("HTTP/1.1 200 OK\r\n"));
        const qsizetype body = bytes.indexOf("\r\n\r\n") + 4;
        const qsizetype at = bytes.indexOf("Content-Length: ") + 16;
        QCOMPARE(bytes.size() - body, bytes.mid(at, bytes.indexOf('\r', at) - at).toLongLong() / 2);
        QCOMPARE(half.socket().state() == QAbstractSocket::ConnectedState, !closes);
    }
}

void tst_Faults::garbageInEveryForm()
{
    Faults faults;
    faults.garbage = 1;
    demo.run([&](Server &server) { server.setFaults(faults); });
    for (int i = 0; i < 10; ++i) {
        const DemoReply reply = demo.client().get("/api/v1/nodes");
        QVERIFY(reply.cut || reply.status == 0 || reply.status == 200);
        QVERIFY(!reply.json().contains("items"_L1));
    }
    demo.run([](Server &server) { server.setFaults({}); });
    QCOMPARE(demo.client().get("/api/v1/nodes").status, 200);
}

void tst_Faults::trickledAnswer()
{
    const QByteArray whole = demo.client().get("/api/v1/nodes/node1").body;
    Faults faults;
    faults.trickle = 1;
    faults.trickleBytes = static_cast<int>(whole.size() / 20);
    faults.trickleEvery = std::chrono::milliseconds(5);
    demo.run([&](Server &server) { server.setFaults(faults); });
    DemoClient http = demo.client();
    for (int i = 0; i < 2; ++i) { // and the connection goes on
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(http.get("/api/v1/nodes/node1").body, whole);
        QVERIFY(clock.elapsed() >= 95);
    }
    QCOMPARE(http.open("/api/v1/nodes?watch=1&resourceVersion=0"), 200);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(parse(http.line(20'000)).value("type"_L1).toString(), u"ADDED"_s);
}

void tst_Faults::outage()
{
    DemoClient open = demo.client();
    QCOMPARE(open.open("/api/v1/nodes?watch=1"), 200);
    demo.run([](Server &server) { server.setOutage(true); });
    for (int i = 0; i < 3; ++i)
        (void)open.line();
    QVERIFY(!open.ended());
    QTcpSocket refused;
    refused.connectToHost(u"127.0.0.1"_s, demo.port);
    QVERIFY(!refused.waitForConnected(2000));
    QCOMPARE(refused.error(), QAbstractSocket::ConnectionRefusedError);
    demo.run([&](Server &server) {
        QCOMPARE(server.port(), demo.port);
        server.setOutage(false);
    });
    QCOMPARE(demo.client().get("/version").status, 200);
}

/// The handshake's own limit passes while nobody listens.
void tst_Faults::outageDuringAHandshake()
{
    QTcpSocket young;
    young.connectToHost(u"127.0.0.1"_s, demo.port);
    QVERIFY(young.waitForConnected(5000));
    QCOMPARE(demo.client().get("/version").status, 200); // by now ours was accepted too
    demo.run([](Server &server) { server.setOutage(true); });
    QTRY_COMPARE(young.state(), QAbstractSocket::UnconnectedState);
    QElapsedTimer away;
    away.start();
    constexpr qint64 handshakeLimit = 5000; // QSslServer's
    QTRY_VERIFY_WITH_TIMEOUT(away.elapsed() > handshakeLimit + 500, 10000);
    demo.run([](Server &server) { server.setOutage(false); });
    QCOMPARE(demo.client().get("/version").status, 200);
}

void tst_Faults::streamsAreDisturbed()
{
    Faults faults;
    DemoClient http = demo.client();
    QCOMPARE(http.open("/api/v1/nodes?watch=1"), 200);
    for (int i = 0; i < 3; ++i)
        QVERIFY(!http.line().isEmpty());
    faults.truncate = 1;
    demo.run([&](Server &server) { server.setFaults(faults); });
    QVERIFY(!http.ended(10'000)); // cut in the middle of an event within about a second
}

void tst_Faults::certificateChanges()
{
    DemoClient http = demo.client();
    QVERIFY(http.connectNow());
    const QByteArray first = http.socket().peerCertificate().digest();
    demo.run([](Server &server) { server.changeCertificate(false); });
    while (http.socket().state() == QAbstractSocket::ConnectedState)
        QVERIFY(http.socket().waitForReadyRead(5000) || http.socket().state() == QAbstractSocket::UnconnectedState);
    DemoClient again = demo.client();
    QVERIFY(again.connectNow());
    QVERIFY(again.socket().peerCertificate().digest() != first);
    QCOMPARE(again.get("/version").status, 200);
    QByteArray otherCa;
    demo.run([&](Server &server) {
        server.changeCertificate(true);
        otherCa = server.caPem();
    });
    QVERIFY(otherCa != demo.ca);
    DemoClient old = demo.client();
    QVERIFY(!old.connectNow()); // the old CA does not vouch for it
    DemoClient fresh(demo.port, otherCa, demo.tokens.value(u"admin"_s));
    QCOMPARE(fresh.get("/api/v1/nodes").status, 200);
}

void tst_Faults::manyRequestsOnOneConnection()
{
    DemoClient http = demo.client();
    QVERIFY(http.connectNow());
    const quint16 port = http.socket().localPort();
    for (int i = 0; i < 500; ++i)
        QCOMPARE(http.get("/api/v1/namespaces/default").status, 200);
    QCOMPARE(http.socket().localPort(), port);
}

void tst_Faults::pipelinedRequests()
{
    DemoClient http = demo.client();
    QVERIFY(http.connectNow());
    QByteArray bytes;
    for (int i = 0; i < 200; ++i)
        bytes += "GET /healthz HTTP/1.1\r\nAuthorization: Bearer " + demo.tokens.value(u"admin"_s) + "\r\n\r\n";
    http.sendRaw(bytes);
    for (int i = 0; i < 200; ++i)
        QCOMPARE(http.readReply().body, QByteArray("ok"));
}

void tst_Faults::rubbish()
{
    for (const QByteArray &bytes :
        {QByteArray("\0\1\2\3\r\n\r\n", 8), QByteArray("GET / HTTP/2.0\r\n\r\n"), "GET /" + QByteArray(80'000, 'x')}) {
        DemoClient http = demo.client();
        QVERIFY(http.connectNow());
        http.sendRaw(bytes);
        const DemoReply reply = http.readReply();
        QVERIFY(reply.status >= 400 || reply.cut);
        QVERIFY(http.socket().state() == QAbstractSocket::UnconnectedState || http.socket().waitForDisconnected(5000));
    }
    QTcpSocket plain; // not even TLS
    plain.connectToHost(u"127.0.0.1"_s, demo.port);
    QVERIFY(plain.waitForConnected(5000));
    plain.write("GET / HTTP/1.1\r\n\r\n");
    plain.flush();
    QVERIFY(plain.waitForDisconnected(10'000) || plain.state() == QAbstractSocket::UnconnectedState);
    QCOMPARE(demo.client().get("/version").status, 200);
}

QTEST_GUILESS_MAIN(tst_Faults)
#include "tst_faults.moc"
