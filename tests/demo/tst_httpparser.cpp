// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Requests in any pieces, several at once, and rubbish.

#include "demo/httpparser.h"

#include <QTest>

#include <random>

using namespace demo;

class tst_HttpParser : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void requests_data();
    void requests();
    void errors_data();
    void errors();
    void pipelined();
    void expectContinue();
    void randomBytesNeverCrash();
    void keepAlive_data();
    void keepAlive();
    void query();
};

void tst_HttpParser::requests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("get") << QByteArray("GET /api HTTP/1.1\r\nHost: a\r\n\r\n") << QByteArray("GET")
                         << QByteArray("/api") << QByteArray();
    QTest::newRow("no headers") << QByteArray("GET / HTTP/1.0\r\n\r\n") << QByteArray("GET") << QByteArray("/")
                                << QByteArray();
    QTest::newRow("blank lines before") << QByteArray("\r\n\r\nGET / HTTP/1.1\r\n\r\n") << QByteArray("GET")
                                        << QByteArray("/") << QByteArray();
    QTest::newRow("length") << QByteArray("POST /x HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello") << QByteArray("POST")
                            << QByteArray("/x") << QByteArray("hello");
    QTest::newRow("empty length") << QByteArray("DELETE /x HTTP/1.1\r\nContent-Length: 0\r\n\r\n")
                                  << QByteArray("DELETE") << QByteArray("/x") << QByteArray();
    QTest::newRow("chunks") << QByteArray("PATCH /x HTTP/1.1\r\nTransfer-Encoding: "
                                          "chunked\r\n\r\n3\r\nabc\r\nA;ext=1\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n")
                            << QByteArray("PATCH") << QByteArray("/x") << QByteArray("abc0123456789");
    QTest::newRow("no chunk") << QByteArray("PUT /x HTTP/1.1\r\ntransfer-encoding: Chunked\r\n\r\n0\r\n\r\n")
                              << QByteArray("PUT") << QByteArray("/x") << QByteArray();
}

void tst_HttpParser::requests()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, body);
    // Cut at every place, and byte by byte.
    for (qsizetype cut = 0; cut <= bytes.size() + 1; ++cut) {
        HttpParser parser;
        std::optional<HttpRequest> request;
        if (cut > bytes.size()) {
            for (const char c : bytes) {
                QVERIFY(!request);
                parser.feed(QByteArray(1, c));
                request = parser.next();
            }
        } else {
            parser.feed(bytes.left(cut));
            request = parser.next();
            QCOMPARE(request.has_value(), cut == bytes.size());
            if (!request) {
                parser.feed(bytes.mid(cut));
                request = parser.next();
            }
        }
        QVERIFY(!parser.error());
        QVERIFY(request);
        QCOMPARE(request->method, method);
        QCOMPARE(request->target, target);
        QCOMPARE(request->body, body);
        QVERIFY(!parser.next());
    }
}

void tst_HttpParser::errors_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row
        = [](const char *name, const QByteArray &bytes, int status) { QTest::newRow(name) << bytes << status; };
    row("rubbish", "\x16\x03\x01rubbish\r\n\r\n", 400);
    row("rubbish without end", "hello\r\n", 400);
    row("no path", "GET api HTTP/1.1\r\n\r\n", 400);
    row("two words", "GET /\r\n\r\n", 400);
    row("method with blank", "G(T / HTTP/1.1\r\n\r\n", 400);
    row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\n", 400);
    row("HTTP/1.9", "GET / HTTP/1.9\r\n\r\n", 505);
    row("header without colon", "GET / HTTP/1.1\r\nHost\r\n\r\n", 400);
    row("header name with blank", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400);
    row("negative length", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400);
    row("signed length", "POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\n", 400);
    row("length of words", "POST / HTTP/1.1\r\nContent-Length: five\r\n\r\n", 400);
    row("two lengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400);
    row("huge length", "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413);
    row("length and chunks", "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 501);
    row("other encoding", "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501);
    row("bad chunk size", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400);
    row("negative chunk size", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", 400);
    row("chunk too long", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", 400);
    row("chunks over the limit", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n", 413);
    row("endless chunk size", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + QByteArray(2000, '1'), 400);
    row("endless head", "GET /" + QByteArray(70'000, 'a'), 431);
    row("many headers", "GET / HTTP/1.1\r\n" + QByteArray("A: b\r\n").repeated(20'000) + "\r\n", 431);
}

void tst_HttpParser::errors()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    HttpParser parser;
    parser.feed(bytes);
    QVERIFY(!parser.next());
    QVERIFY(parser.error());
    QCOMPARE(parser.error()->status, status);
    parser.feed("GET / HTTP/1.1\r\n\r\n");
    QVERIFY(!parser.next()); // never again one
}

void tst_HttpParser::pipelined()
{
    HttpParser parser;
    QByteArray bytes;
    for (int i = 0; i < 100; ++i)
        bytes += "POST /" + QByteArray::number(i) + " HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}";
    parser.feed(bytes);
    for (int i = 0; i < 100; ++i) {
        const auto request = parser.next();
        QVERIFY(request);
        QCOMPARE(request->target, "/" + QByteArray::number(i));
    }
    QVERIFY(!parser.next());
    QCOMPARE(parser.buffered(), 0);
}

void tst_HttpParser::expectContinue()
{
    HttpParser parser;
    parser.feed("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    QVERIFY(!parser.next());
    QVERIFY(parser.takeExpectContinue());
    QVERIFY(!parser.takeExpectContinue());
    parser.feed("{}");
    QVERIFY(parser.next());
}

void tst_HttpParser::randomBytesNeverCrash()
{
    std::mt19937 random(7);
    static constexpr char letters[]
        = "GET /PO ST\r\n\r\nHTTP/1.1:;chunkedTransfer-Encoding: Content-Length0123456789\0\xff";
    static const QByteArray alphabet(letters, sizeof letters - 1);
    for (int round = 0; round < 3000; ++round) {
        HttpParser parser;
        for (int piece = 0; piece < 20; ++piece) {
            QByteArray bytes;
            for (quint32 i = random() % 40; i > 0; --i)
                bytes += alphabet[static_cast<qsizetype>(random() % static_cast<quint32>(alphabet.size()))];
            parser.feed(bytes);
            while (parser.next()) { }
            QVERIFY(parser.buffered() < 100'000);
        }
    }
}

void tst_HttpParser::keepAlive_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("keep");
    QTest::newRow("1.1") << QByteArray("GET / HTTP/1.1\r\n\r\n") << true;
    QTest::newRow("1.1 close") << QByteArray("GET / HTTP/1.1\r\nConnection: Close\r\n\r\n") << false;
    QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << false;
    QTest::newRow("1.0 keep-alive") << QByteArray("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") << true;
}

void tst_HttpParser::keepAlive()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, keep);
    HttpParser parser;
    parser.feed(bytes);
    QCOMPARE(parser.next()->keepAlive(), keep);
}

void tst_HttpParser::query()
{
    HttpParser parser;
    parser.feed("GET /a%20b?labelSelector=a%3Db%2Cc+in+%28d%29&watch=1 HTTP/1.1\r\n\r\n");
    const auto request = parser.next();
    QCOMPARE(request->path(), QStringLiteral("/a b"));
    QCOMPARE(request->query().queryItemValue(QStringLiteral("labelSelector"), QUrl::FullyDecoded),
        QStringLiteral("a=b,c in (d)"));
}

QTEST_GUILESS_MAIN(tst_HttpParser)
#include "tst_httpparser.moc"
