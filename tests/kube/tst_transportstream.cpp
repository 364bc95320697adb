// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Streams of a Transport: watches and logs. The Qn in names are the measured behaviours of Qt the design rests on.

#include "kube/transport.h"
#include "support/kube_await.h"
#include "support/kube_server.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace kube;
using support::HttpRequest;
using support::Responder;

namespace {

Request watch()
{
    Request request;
    request.verb = u"watch"_s;
    request.path = u"/watch"_s;
    return request;
}

/// What a stream said, in order.
struct Heard {
    explicit Heard(Stream &stream)
    {
        QObject::connect(&stream, &Stream::opened, &context, [this] { said << u"opened"_s; });
        QObject::connect(&stream, &Stream::data, &context, [this](const QByteArray &bytes) {
            largest = std::max(largest, bytes.size());
            data += bytes;
        });
        QObject::connect(&stream, &Stream::closed, &context, [this](const std::optional<Error> &e) {
            said << u"closed"_s;
            error = e;
        });
    }
    [[nodiscard]] bool isClosed() const { return said.contains(u"closed"_s); }

    QStringList said;
    QByteArray data;
    qsizetype largest = 0;
    std::optional<Error> error;
    QObject context;
};

} // namespace

class TestTransportStream : public QObject {
    Q_OBJECT

    std::unique_ptr<support::Server> m_server;
    std::unique_ptr<Transport> m_transport;
    ClusterConfig m_config;

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"})
            qunsetenv(name);
    }

    void init()
    {
        m_server = std::make_unique<support::Server>();
        QVERIFY(m_server->start());
        m_config = {};
        m_config.server = m_server->url();
        m_transport = std::make_unique<Transport>(m_config, ClientOptions{});
    }

    void cleanup()
    {
        m_transport.reset();
        m_server.reset();
    }

    void comesPieceByPiece()
    {
        Responder server;
        m_server->on("/watch", [&](const HttpRequest &request, const Responder &r) {
            QCOMPARE(request.header("Accept-Encoding"), "identity");
            server = r;
            r.begin();
        });
        const auto stream = m_transport->open(watch());
        Heard heard(*stream);
        QVERIFY(heard.said.isEmpty()); // nothing from inside
        QTRY_COMPARE(heard.said, QStringList{u"opened"_s});
        server.chunk("one\n");
        QTRY_COMPARE(heard.data, "one\n");
        server.chunk("two\n");
        QTRY_COMPARE(heard.data, "one\ntwo\n");
        server.end();
        QTRY_COMPARE(heard.said, (QStringList{u"opened"_s, u"closed"_s}));
        QVERIFY(!heard.error);
    }

    void aLateAnswerLeavesOtherStreamsAlone() // five streams share a manager
    {
        Responder server;
        m_server->on("/watch", [&](const HttpRequest &, const Responder &r) {
            server = r;
            r.begin();
        });
        m_server->on("/silent", [](const HttpRequest &, const Responder &) { });
        const auto stream = m_transport->open(watch());
        Heard heard(*stream);
        QTRY_COMPARE(heard.said, QStringList{u"opened"_s});
        Request late = watch();
        late.path = u"/silent"_s;
        late.timeout = std::chrono::milliseconds(200);
        const auto silent = m_transport->open(late);
        Heard nothing(*silent);
        QTRY_VERIFY(nothing.isClosed());
        QCOMPARE(nothing.error->kind, ErrorKind::Timeout);
        server.chunk("one\n");
        QTRY_COMPARE(heard.data, "one\n");
        const int before = m_server->connections;
        const auto next = m_transport->open(watch()); // not over the connections that were silent
        Heard anew(*next);
        QTRY_COMPARE(anew.said, QStringList{u"opened"_s});
        QCOMPARE(m_server->connections, before + 1);
    }

    void refused_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("401") << 401 << QByteArray("Unauthorized") << ErrorKind::Unauthorized;
        QTest::newRow("403") << 403 << QByteArray("Forbidden") << ErrorKind::Forbidden;
        QTest::newRow("404") << 404 << QByteArray("NotFound") << ErrorKind::NotFound;
        QTest::newRow("410") << 410 << QByteArray("Expired") << ErrorKind::Expired;
        QTest::newRow("429") << 429 << QByteArray("TooManyRequests") << ErrorKind::TooManyRequests;
        QTest::newRow("500") << 500 << QByteArray("InternalError") << ErrorKind::Server;
        QTest::newRow("302") << 302 << QByteArray("") << ErrorKind::Redirect;
    }
    void refused()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, reason);
        m_server->on("/watch", [&](const HttpRequest &, const Responder &r) {
            r.reply(
                status, support::statusJson(status, reason, "said so"), {{"Retry-After", "3"}, {"Location", "/login"}});
        });
        const auto stream = m_transport->open(watch());
        Heard heard(*stream);
        QTRY_COMPARE(heard.said, QStringList{u"closed"_s});
        QVERIFY(heard.error);
        QTEST(heard.error->kind, "kind");
        QCOMPARE(heard.error->httpStatus, status);
        if (status >= 400) {
            QCOMPARE(heard.error->message, u"said so"_s);
            QCOMPARE(heard.error->retryAfter, std::chrono::milliseconds(3000));
        }
    }

    void nobodyListens()
    {
        m_server->close();
        const auto stream = m_transport->open(watch());
        Heard heard(*stream);
        QTRY_VERIFY(heard.isClosed());
        QCOMPARE(heard.error->kind, ErrorKind::Refused);
    }

    void cut_data()
    {
        QTest::addColumn<bool>("reset");
        QTest::newRow("closed in a chunk") << false;
        QTest::newRow("reset") << true;
    }
    void cut() // Q10: may look like an end, but is said, and what came was given
    {
        QFETCH(bool, reset);
        Responder server;
        m_server->on("/watch", [&](const HttpRequest &, const Responder &r) {
            server = r;
            r.begin();
            r.chunk("whole\n");
            r.raw("40\r\nhalf");
        });
        const auto stream = m_transport->open(watch());
        Heard heard(*stream);
        QTRY_VERIFY(heard.data.startsWith("whole\n"));
        if (reset)
            server.abort();
        else
            server.close();
        QTRY_VERIFY(heard.isClosed());
        if (heard.error)
            QCOMPARE(heard.error->kind, ErrorKind::Cut);
    }

    void silentBeforeTheAnswer()
    {
        m_server->on("/watch", [](const HttpRequest &, const Responder &) { });
        Request request = watch();
        request.timeout = std::chrono::milliseconds(200);
        const auto stream = m_transport->open(request);
        Heard heard(*stream);
        QTRY_VERIFY(heard.isClosed());
        QCOMPARE(heard.error->kind, ErrorKind::Timeout);
        QTRY_VERIFY(m_server->findChildren<QTcpSocket *>().isEmpty()); // the connection is given up
    }

    void silentAfterwardsIsFine() // Q8: silence of a watch is no failure
    {
        Responder server;
        m_server->on("/watch", [&](const HttpRequest &, const Responder &r) {
            server = r;
            r.begin();
        });
        Request request = watch();
        request.timeout = std::chrono::milliseconds(100);
        const auto stream = m_transport->open(request);
        Heard heard(*stream);
        QTRY_COMPARE(heard.said, QStringList{u"opened"_s});
        QVERIFY(!QTest::qWaitFor([&] { return heard.isClosed(); }, 400));
        server.chunk("late\n");
        QTRY_COMPARE(heard.data, "late\n");
    }

    void manyStreamsAndACall() // Q1: a seventh connection of one manager would wait for ever
    {
        m_server->on("/watch", [](const HttpRequest &, const Responder &r) { r.begin(); });
        m_server->on("/x", [](const HttpRequest &, const Responder &r) { r.json(200, "{}"); });
        std::vector<std::unique_ptr<Stream>> streams;
        int opened = 0;
        for (int i = 0; i < 23; ++i) {
            streams.push_back(m_transport->open(watch()));
            connect(streams.back().get(), &Stream::opened, this, [&] { ++opened; });
        }
        QTRY_COMPARE(opened, 23);
        Request call = watch();
        call.path = u"/x"_s;
        QVERIFY(support::await<Reply>([&](auto *context, auto done) { m_transport->send(call, context, done); }));
        QCOMPARE(m_server->connections, 24);
        streams.clear();
        QTRY_COMPARE(m_server->findChildren<QTcpSocket *>().size(), 1); // the call's, kept alive
        auto again = m_transport->open(watch());
        Heard heard(*again);
        QTRY_COMPARE(heard.said, QStringList{u"opened"_s});
    }

    void backPressure_data()
    {
        QTest::addColumn<bool>("tls");
        QTest::newRow("plain") << false;
        QTest::newRow("tls") << true;
    }
    void backPressure() // Q4
    {
        QFETCH(bool, tls);
        const support::Authority authority;
        if (tls) {
            m_server->useTls(authority.issue());
            m_config.server = m_server->url();
            m_config.caData = authority.pem();
            m_transport = std::make_unique<Transport>(m_config, ClientOptions{});
        }
        constexpr qsizetype size = 24 * 1024 * 1024;
        QByteArray all(size, '\0');
        for (qsizetype i = 0; i < size; ++i)
            all[i] = char(i * 7 + i / 251);
        Responder server;
        m_server->on("/watch", [&](const HttpRequest &, const Responder &r) {
            server = r;
            r.begin();
            // Of one chunk Qt may read many megabytes whole, whatever the limit; servers send theirs line by line.
            for (qsizetype at = 0; at < size; at += 64 * 1024)
                r.chunk(all.mid(at, 64 * 1024));
        });
        const auto stream = m_transport->open(watch());
        stream->setPaused(true);
        Heard heard(*stream);
        QTRY_COMPARE(heard.said, QStringList{u"opened"_s});
        // The server gets rid of what fits into buffers on the way and then of nothing more.
        qint64 before = -1;
        QTRY_VERIFY(std::exchange(before, server.unsent()) == server.unsent() && server.unsent() < size);
        QVERIFY2(server.unsent() > size / 2, qPrintable(QString::number(server.unsent())));
        QVERIFY(heard.data.isEmpty());
        stream->setPaused(false);
        QTRY_VERIFY_WITH_TIMEOUT(heard.data.size() == size, 30000);
        QVERIFY(heard.data == all);
        QVERIFY(heard.largest <= 256 * 1024);
        server.end();
        QTRY_VERIFY(heard.isClosed());
    }

    void pausedInTheMiddle()
    {
        m_server->on("/watch", [&](const HttpRequest &, const Responder &r) {
            r.begin();
            r.chunk(QByteArray(5 * 1024 * 1024, 'x'));
            r.end();
        });
        const auto stream = m_transport->open(watch());
        Heard heard(*stream);
        const auto pause = connect(stream.get(), &Stream::data, this, [&] { stream->setPaused(true); });
        QTRY_VERIFY(!heard.data.isEmpty());
        const qsizetype got = heard.data.size();
        QVERIFY(!QTest::qWaitFor([&] { return heard.data.size() != got || heard.isClosed(); }, 100));
        disconnect(pause);
        stream->setPaused(false);
        QTRY_VERIFY(heard.isClosed());
        QCOMPARE(heard.data.size(), 5 * 1024 * 1024);
    }

    void deletedWhileSpeaking_data()
    {
        QTest::addColumn<QString>("when");
        QTest::addColumn<bool>("transportToo");
        for (const bool too : {false, true})
            for (const char *when : {"opened", "data", "closed"})
                QTest::addRow("%s %s", when, too ? "with the transport" : "alone") << QString::fromLatin1(when) << too;
    }
    void deletedWhileSpeaking() // Q11
    {
        QFETCH(QString, when);
        QFETCH(bool, transportToo);
        m_server->on("/watch", [&](const HttpRequest &, const Responder &r) {
            r.begin();
            r.chunk(QByteArray(1024 * 1024, 'x'));
            r.end();
        });
        auto stream = m_transport->open(watch());
        int said = 0;
        const auto die = [&] {
            ++said;
            if (transportToo)
                m_transport.reset();
            stream.reset();
        };
        if (when == "opened"_L1)
            connect(stream.get(), &Stream::opened, this, die);
        else if (when == "data"_L1)
            connect(stream.get(), &Stream::data, this, die);
        else
            connect(stream.get(), &Stream::closed, this, die);
        QTRY_VERIFY(!stream);
        QTRY_VERIFY(m_server->findChildren<QTcpSocket *>().size() <= 1);
        QCOMPARE(said, 1);
    }

    void abortIsSilent()
    {
        Responder server;
        m_server->on("/watch", [&](const HttpRequest &, const Responder &r) {
            server = r;
            r.begin();
            r.chunk("x");
        });
        const auto stream = m_transport->open(watch());
        Heard heard(*stream);
        QTRY_COMPARE(heard.data, "x");
        stream->abort();
        QTRY_VERIFY(!server.isOpen());
        QCOMPARE(heard.said, QStringList{u"opened"_s});
    }

    void transportGoesFirst()
    {
        Responder server;
        m_server->on("/watch", [&](const HttpRequest &, const Responder &r) {
            server = r;
            r.begin();
        });
        const auto running = m_transport->open(watch());
        const auto young = m_transport->open(watch());
        Heard heard(*running);
        QTRY_COMPARE(heard.said, QStringList{u"opened"_s});
        m_transport.reset();
        QTRY_VERIFY(!server.isOpen());
        running->setPaused(false);
        QCOMPARE(heard.said, QStringList{u"opened"_s});
    }

    void refusalWithoutEnd()
    {
        m_server->on("/watch", [&](const HttpRequest &, const Responder &r) {
            r.begin(500);
            r.chunk(QByteArray(8 * 1024 * 1024, 'x'));
        });
        const auto stream = m_transport->open(watch());
        Heard heard(*stream);
        QTRY_VERIFY(heard.isClosed());
        QCOMPARE(heard.error->kind, ErrorKind::Server);
    }

    /// Its body is waited for only so long, also where the head may take for ever.
    void refusalThatStalls_data()
    {
        QTest::addColumn<int>("timeout");
        QTest::newRow("a watch") << 400;
        QTest::newRow("a log that may be quiet") << 0;
    }
    void refusalThatStalls()
    {
        QFETCH(int, timeout);
        m_server->on("/watch", [](const HttpRequest &, const Responder &r) {
            r.raw("HTTP/1.1 503 Unavailable\r\nContent-Length: 100\r\n\r\nhalf of it");
        });
        ClientOptions options;
        options.callTimeout = std::chrono::milliseconds(400);
        Transport transport(m_config, options);
        Request request = watch();
        request.timeout = std::chrono::milliseconds(timeout);
        const auto stream = transport.open(request);
        const Heard heard(*stream);
        QTRY_VERIFY(heard.isClosed());
        QVERIFY(heard.error);
        QCOMPARE(heard.error->httpStatus, 503);
        QCOMPARE(heard.error->kind, ErrorKind::Server);
    }

    void refusalOfACallThatStalls()
    {
        m_server->on("/call", [](const HttpRequest &, const Responder &r) {
            r.raw("HTTP/1.1 403 Forbidden\r\nContent-Length: 100\r\n\r\nhalf of it");
        });
        Transport transport(m_config, {});
        Request request;
        request.verb = u"get"_s;
        request.path = u"/call"_s;
        request.timeout = std::chrono::milliseconds(400);
        const auto reply
            = support::await<Reply>([&](auto *context, auto done) { transport.send(request, context, done); });
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::Forbidden);
    }
};

QTEST_GUILESS_MAIN(TestTransportStream)
#include "tst_transportstream.moc"
