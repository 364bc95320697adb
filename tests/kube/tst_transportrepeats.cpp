// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Which requests a Transport sends again and which never. The Qn in names are the measured behaviours of Qt that the
// design rests on.

#include "kube/transport.h"
#include "support/kube_await.h"
#include "support/kube_server.h"

#include <QtTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace kube;
using support::HttpRequest;
using support::quoted;
using support::Responder;

namespace {

Request get(const QString &path = u"/x"_s)
{
    Request request;
    request.verb = u"get"_s;
    request.path = path;
    return request;
}

Request post(const QByteArray &body = "{}")
{
    Request request = get();
    request.method = "POST";
    request.verb = u"create"_s;
    request.body = body;
    request.contentType = "application/json";
    return request;
}

} // namespace

class TestTransportRepeats : public QObject {
    Q_OBJECT

    std::unique_ptr<support::Server> m_server;
    std::unique_ptr<Transport> m_transport;
    ClusterConfig m_config;
    ClientOptions m_options;

    Result<Reply> send(const Request &request)
    {
        if (!m_transport)
            m_transport = std::make_unique<Transport>(m_config, m_options);
        return support::await<Reply>([&](auto *context, auto done) { m_transport->send(request, context, done); });
    }

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
        m_options = {};
        m_transport.reset();
    }

    void cleanup()
    {
        m_transport.reset();
        m_server.reset();
    }

    void silenceAfterAnAnswerIsTriedOnNewConnection() // Q3
    {
        m_server->on("/x", [](const HttpRequest &request, const Responder &r) {
            if (request.connection == 1 && request.target == "/x?2")
                return; // the first connection died without a word
            r.json(200, "{}");
        });
        QVERIFY(send(get()));
        Request request = get();
        request.timeout = std::chrono::milliseconds(300);
        request.query.setQuery(u"2"_s);
        QVERIFY(send(request));
        QCOMPARE(m_server->requests.last().connection, 2);
    }

    void noAnswer_data()
    {
        QTest::addColumn<bool>("write");
        QTest::addColumn<bool>("onUsedConnection");
        QTest::addColumn<bool>("reset");
        for (const bool write : {false, true})
            for (const bool used : {false, true})
                for (const bool reset : {false, true})
                    QTest::addRow(
                        "%s %s %s", write ? "write" : "read", used ? "used" : "new", reset ? "reset" : "closed")
                        << write << used << reset;
    }
    void noAnswer() // a read comes again by itself, a write never: the server may have done it
    {
        QFETCH(bool, write);
        QFETCH(bool, onUsedConnection);
        QFETCH(bool, reset);
        m_server->on("/x", [](const HttpRequest &, const Responder &r) { r.json(200, "{}"); });
        if (onUsedConnection)
            QVERIFY(send(get()));
        m_server->requests.clear();
        m_server->on("/x", [&](const HttpRequest &, const Responder &r) {
            if (reset)
                r.abort();
            else
                r.close();
        });
        const auto reply = send(write ? post() : get());
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::Cut);
        QCOMPARE(reply.error().httpStatus, 0);
        if (write)
            QCOMPARE(m_server->requests.size(), 1);
        else
            QVERIFY(m_server->requests.size() >= 2);
    }

    void readSucceedsOnSecondConnection()
    {
        int asked = 0;
        m_server->on("/x", [&](const HttpRequest &, const Responder &r) {
            if (++asked < 3) // Qt itself repeats once
                r.abort();
            else
                r.json(200, "{}");
        });
        QVERIFY(send(get()));
    }

    void writeOnConnectionThatDiedIdle() // closed by the server between two calls: nothing was sent, so it may go
    {
        m_server->on("/x", [](const HttpRequest &, const Responder &r) { r.json(200, "{}"); });
        QVERIFY(send(get()));
        QSignalSpy gone(m_server.get(), &support::Server::disconnected);
        m_server->dropConnections();
        QTRY_COMPARE(gone.size(), 1);
        QTRY_VERIFY(m_server->findChildren<QTcpSocket *>().isEmpty());
        const auto reply = send(post("{\"b\":2}"));
        QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().message));
        QCOMPARE(m_server->requests.last().body, "{\"b\":2}");
    }

    void aCutLeavesOtherCallsAlone() // clearConnectionCache() would silence what else is under way
    {
        Responder slow;
        m_server->on("/slow", [&](const HttpRequest &, const Responder &r) { slow = r; });
        m_server->on("/x", [&](const HttpRequest &, const Responder &r) { r.abort(); });
        m_transport = std::make_unique<Transport>(m_config, m_options);
        std::optional<Result<Reply>> other;
        m_transport->send(get(u"/slow"_s), this, [&](Result<Reply> reply) { other = std::move(reply); });
        QTRY_VERIFY(slow.isOpen());
        const auto cut = send(get());
        QVERIFY(!cut);
        QCOMPARE(cut.error().kind, ErrorKind::Cut);
        slow.json(200, "{}");
        QTRY_VERIFY(other);
        QVERIFY2(*other, qPrintable(*other ? QString() : (*other).error().message));
        QCOMPARE(std::ranges::count(m_server->requests, "/slow", &HttpRequest::target), 1);
    }

    void silenceLeavesOtherCallsAlone()
    {
        Responder slow;
        m_server->on("/slow", [&](const HttpRequest &, const Responder &r) { slow = r; });
        m_server->on("/x", [](const HttpRequest &, const Responder &) { });
        m_transport = std::make_unique<Transport>(m_config, m_options);
        std::optional<Result<Reply>> other;
        m_transport->send(get(u"/slow"_s), this, [&](Result<Reply> reply) { other = std::move(reply); });
        QTRY_VERIFY(slow.isOpen());
        Request silent = get();
        silent.timeout = std::chrono::milliseconds(200);
        const auto reply = send(silent);
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::Timeout);
        slow.json(200, "{}");
        QTRY_VERIFY(other);
        QVERIFY(*other);
    }

    void twoWritesAtOnce() // each on a connection of its own, and both are answered
    {
        QList<Responder> asked;
        m_server->on("/x", [&](const HttpRequest &, const Responder &r) { asked.append(r); });
        m_transport = std::make_unique<Transport>(m_config, m_options);
        int answered = 0;
        const auto count = [&](const Result<Reply> &reply) { answered += reply ? 1 : 0; };
        m_transport->send(post(), this, count);
        QTRY_COMPARE(asked.size(), 1);
        m_transport->send(post(), this, count);
        QTRY_COMPARE(asked.size(), 2);
        for (const Responder &r : std::as_const(asked))
            r.json(201, "{}");
        QTRY_COMPARE(answered, 2);
        QCOMPARE(m_server->requests.at(0).connection + 1, m_server->requests.at(1).connection);
    }

    void silenceIsNotRepeatedForWhoAsksAgainItself()
    {
        m_server->on("/x", [](const HttpRequest &request, const Responder &r) {
            if (request.connection > 1 || !request.target.endsWith("?2"))
                r.json(200, "{}");
        });
        QVERIFY(send(get()));
        Request request = get();
        request.timeout = std::chrono::milliseconds(200);
        request.repeatSilent = false;
        request.query.setQuery(u"2"_s);
        const auto silent = send(request);
        QVERIFY(!silent);
        QCOMPARE(silent.error().kind, ErrorKind::Timeout);
        QCOMPARE(m_server->requests.size(), 2);
        QVERIFY(send(request)); // on another connection
        QCOMPARE(m_server->requests.last().connection, 2);
    }

    void retries_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("retryAfter");
        QTest::addColumn<int>("failures");
        QTest::addColumn<bool>("succeeds");
        QTest::addColumn<int>("requests");
        const QByteArray read = "GET";
        QTest::newRow("503 once") << read << 503 << QByteArray("1") << 1 << true << 2;
        QTest::newRow("429 once") << read << 429 << QByteArray("1") << 1 << true << 2;
        QTest::newRow("four times is too often") << read << 500 << QByteArray("1") << 9 << false << 4;
        QTest::newRow("without Retry-After") << read << 503 << QByteArray() << 1 << false << 1;
        QTest::newRow("404") << read << 404 << QByteArray("1") << 1 << false << 1;
        QTest::newRow("a write") << QByteArray("POST") << 503 << QByteArray("1") << 1 << false << 1;
    }
    void retries()
    {
        QFETCH(QByteArray, method);
        QFETCH(int, status);
        QFETCH(QByteArray, retryAfter);
        QFETCH(int, failures);
        QFETCH(bool, succeeds);
        QFETCH(int, requests);
        m_server->on("/x", [&](const HttpRequest &, const Responder &r) {
            if (m_server->requests.size() > failures)
                r.json(200, "{}");
            else if (retryAfter.isEmpty())
                r.reply(status);
            else
                r.reply(status, {}, {{"Retry-After", retryAfter}});
        });
        QElapsedTimer timer;
        timer.start();
        const auto reply = send(method == "GET" ? get() : post());
        QCOMPARE(reply.has_value(), succeeds);
        QCOMPARE(m_server->requests.size(), requests);
        QVERIFY(timer.elapsed() >= 1000 * (requests - 1));
        if (!succeeds && !retryAfter.isEmpty())
            QCOMPARE(reply.error().retryAfter, std::chrono::milliseconds(1000));
    }

    void versionTooLargeIsNotAskedAgain()
    {
        m_server->on("/x", [](const HttpRequest &, const Responder &r) {
            r.reply(504,
                support::statusJson(504, "Timeout", "x", quoted("{'causes':[{'reason':'ResourceVersionTooLarge'}]}")),
                {{"Retry-After", "1"}});
        });
        const auto reply = send(get());
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::VersionTooLarge);
        QCOMPARE(m_server->requests.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestTransportRepeats)
#include "tst_transportrepeats.moc"
