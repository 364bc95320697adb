// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Calls of a Transport against a server that answers as told. The Qn in names are the measured behaviours of Qt that
// the design rests on; a Qt that changes one is to be noticed here.

#include "kube/transport.h"
#include "support/kube_await.h"
#include "support/kube_server.h"

#include <QtTest>

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

class TestTransport : public QObject {
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

    void replies()
    {
        m_server->on("/x", [](const HttpRequest &, const Responder &r) { r.json(201, "{\"a\":1}"); });
        const auto reply = send(get());
        QVERIFY(reply);
        QCOMPARE(reply->status, 201);
        QCOMPARE(reply->body, "{\"a\":1}");
        QCOMPARE(reply->contentType, "application/json");
    }

    void neverCallsBackInside()
    {
        m_transport = std::make_unique<Transport>(m_config, m_options);
        m_server->on("/x", [](const HttpRequest &, const Responder &r) { r.json(200, "{}"); });
        int inside = 0;
        int calls = 0;
        bool sending = true;
        m_transport->send(get(), this, [&](const Result<Reply> &) {
            ++calls;
            inside += sending ? 1 : 0;
        });
        m_config.server = QUrl(u"ftp://nonsense"_s);
        Transport broken(m_config, m_options);
        broken.send(get(), this, [&](const Result<Reply> &reply) {
            ++calls;
            inside += sending ? 1 : 0;
            QVERIFY(!reply);
            QCOMPARE(reply.error().kind, ErrorKind::Config);
        });
        sending = false;
        QTRY_COMPARE(calls, 2);
        QCOMPARE(inside, 0);
    }

    void statuses_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("400") << 400 << QByteArray("BadRequest") << ErrorKind::Invalid;
        QTest::newRow("401") << 401 << QByteArray("Unauthorized") << ErrorKind::Unauthorized;
        QTest::newRow("403") << 403 << QByteArray("Forbidden") << ErrorKind::Forbidden;
        QTest::newRow("404") << 404 << QByteArray("NotFound") << ErrorKind::NotFound;
        QTest::newRow("405") << 405 << QByteArray("MethodNotAllowed") << ErrorKind::Invalid;
        QTest::newRow("407") << 407 << QByteArray("") << ErrorKind::ProxyAuth;
        QTest::newRow("409") << 409 << QByteArray("Conflict") << ErrorKind::Conflict;
        QTest::newRow("410") << 410 << QByteArray("Expired") << ErrorKind::Expired;
        QTest::newRow("415") << 415 << QByteArray("UnsupportedMediaType") << ErrorKind::Invalid;
        QTest::newRow("422") << 422 << QByteArray("Invalid") << ErrorKind::Invalid;
        QTest::newRow("429") << 429 << QByteArray("TooManyRequests") << ErrorKind::TooManyRequests;
        QTest::newRow("500") << 500 << QByteArray("InternalError") << ErrorKind::Server;
        QTest::newRow("503") << 503 << QByteArray("ServiceUnavailable") << ErrorKind::Server;
        QTest::newRow("504") << 504 << QByteArray("Timeout") << ErrorKind::Server;
    }
    void statuses() // Q9
    {
        QFETCH(int, status);
        QFETCH(QByteArray, reason);
        m_server->on("/x", [&](const HttpRequest &, const Responder &r) {
            r.json(status, support::statusJson(status, reason, "said so"));
        });
        const auto reply = send(get());
        QVERIFY(!reply);
        QTEST(reply.error().kind, "kind");
        QCOMPARE(reply.error().httpStatus, status == 407 ? 0 : status); // Qt keeps that one to itself
        QCOMPARE(reply.error().host, u"127.0.0.1:%1"_s.arg(m_server->serverPort()));
        if (status != 407)
            QCOMPARE(reply.error().message, u"said so"_s);
        QCOMPARE(m_server->requests.size(), 1);
    }

    void refused()
    {
        m_server->close();
        const auto reply = send(get());
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::Refused);
    }

    void noSuchHost()
    {
        m_config.server = QUrl(u"http://no-such-host.invalid:1"_s);
        const auto reply = send(get());
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::HostNotFound);
        QCOMPARE(reply.error().host, u"no-such-host.invalid:1"_s);
    }

    void notHttp()
    {
        m_server->on("/x", [](const HttpRequest &, const Responder &r) {
            r.raw("SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n");
            r.close();
        });
        const auto reply = send(get());
        QVERIFY(!reply);
        QVERIFY2(reply.error().kind == ErrorKind::Undecodable || reply.error().kind == ErrorKind::Cut,
            qPrintable(errorWord(reply.error().kind)));
    }

    void silence() // Q8: a silent server ends as Timeout, though Qt reports its own abort
    {
        m_server->on("/x", [](const HttpRequest &, const Responder &) { });
        Request request = get();
        request.timeout = std::chrono::milliseconds(200);
        const auto reply = send(request);
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::Timeout);
        QCOMPARE(m_server->requests.size(), 1); // nothing had ever been answered: no stale connection to blame
    }

    void redirect() // Q6
    {
        support::Server other;
        QVERIFY(other.start());
        m_server->on("/x", [&](const HttpRequest &, const Responder &r) {
            r.reply(302, {}, {{"Location", other.url(u"/login"_s).toEncoded() + "?token=hunter2"}});
        });
        const auto reply = send(get());
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::Redirect);
        QCOMPARE(reply.error().httpStatus, 302);
        QVERIFY(reply.error().message.contains("/login"_L1));
        QVERIFY(!reply.error().message.contains("hunter2"_L1));
        QCOMPARE(other.connections, 0);
    }

    void compressed() // Q7: better than 40:1 and more than 10 MiB
    {
        const QByteArray body = "{\"a\":\"" + QByteArray(24 * 1024 * 1024, 'x') + "\"}";
        m_server->on("/x", [&](const HttpRequest &request, const Responder &r) {
            QVERIFY(request.header("Accept-Encoding").contains("gzip"));
            r.reply(
                200, qCompress(body).mid(4), {{"Content-Type", "application/json"}, {"Content-Encoding", "deflate"}});
        });
        const auto reply = send(get());
        QVERIFY(reply);
        QCOMPARE(reply->body.size(), body.size());
        QVERIFY(reply->body == body);
    }

    void compressedWithoutEnd()
    {
        m_options.bodyLimit = 4 * 1024 * 1024;
        m_server->on("/x", [&](const HttpRequest &, const Responder &r) {
            r.reply(200, qCompress(QByteArray(64 * 1024 * 1024, 'x')).mid(4), {{"Content-Encoding", "deflate"}});
        });
        const auto reply = send(get());
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::TooLarge);
    }

    void compressedNonsense()
    {
        m_server->on("/x",
            [&](const HttpRequest &, const Responder &r) { r.reply(200, "no gzip", {{"Content-Encoding", "gzip"}}); });
        const auto reply = send(get());
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::Undecodable);
    }

    void tooLarge()
    {
        m_options.bodyLimit = 1024 * 1024;
        m_server->on(
            "/x", [](const HttpRequest &, const Responder &r) { r.json(200, QByteArray(3 * 1024 * 1024, 'x')); });
        const auto reply = send(get());
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::TooLarge);
    }

    void uncompressedWhenToldSo()
    {
        m_config.disableCompression = true;
        m_server->on("/x", [](const HttpRequest &, const Responder &r) { r.json(200, "{}"); });
        QVERIFY(send(get()));
        QCOMPARE(m_server->requests.first().header("Accept-Encoding"), "identity");
    }

    void cutBody() // Q10
    {
        m_server->on("/x", [](const HttpRequest &, const Responder &r) {
            r.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"a\":");
            r.close();
        });
        const auto reply = send(get());
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::Cut);
        QCOMPARE(reply.error().httpStatus, 200);
    }

    void bodies_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::newRow("POST") << QByteArray("POST");
        QTest::newRow("PATCH") << QByteArray("PATCH");
        QTest::newRow("DELETE") << QByteArray("DELETE");
    }
    void bodies()
    {
        QFETCH(QByteArray, method);
        m_server->on("/x", [](const HttpRequest &, const Responder &r) { r.json(200, "{}"); });
        Request request = post("{\"x\":\"" + QByteArray(300000, 'y') + "\"}");
        request.method = method;
        QVERIFY(send(request));
        const HttpRequest &got = m_server->requests.first();
        QCOMPARE(got.method, method);
        QVERIFY(got.body == request.body);
        QCOMPARE(got.header("Content-Type"), "application/json");
        QCOMPARE(got.all("Content-Length"), QByteArrayList{QByteArray::number(request.body.size())});
    }

    void fourAtOnceAndByPriority()
    {
        QList<Responder> open;
        m_server->on("", [&](const HttpRequest &, const Responder &r) { open << r; });
        m_transport = std::make_unique<Transport>(m_config, m_options);
        QStringList order;
        const auto ask = [&](const QString &path, Request::Priority priority) {
            Request request = get(path);
            request.priority = priority;
            m_transport->send(request, this, [&order, path](const Result<Reply> &reply) {
                QVERIFY(reply);
                order << path;
            });
        };
        for (int i = 0; i < 5; ++i)
            ask(u"/v%1"_s.arg(i), Request::Priority::View);
        ask(u"/background"_s, Request::Priority::Background);
        ask(u"/view"_s, Request::Priority::View);
        ask(u"/user"_s, Request::Priority::User);
        QTRY_COMPARE(open.size(), 4);
        QVERIFY(!QTest::qWaitFor([&] { return open.size() > 4; }, 50)); // a fifth must not come
        QCOMPARE(open.size(), 4);
        for (qsizetype answered = 0; answered < 8; ++answered) {
            QTRY_VERIFY(open.size() > answered);
            open.at(answered).json(200, "{}");
            QTRY_COMPARE(order.size(), answered + 1);
        }
        QCOMPARE(order.mid(4), (QStringList{u"/user"_s, u"/v4"_s, u"/view"_s, u"/background"_s}));
    }

    void cancel()
    {
        QList<Responder> open;
        m_server->on("/x", [&](const HttpRequest &, const Responder &r) { open << r; });
        m_transport = std::make_unique<Transport>(m_config, m_options);
        int called = 0;
        QList<Call> calls;
        for (int i = 0; i < 6; ++i)
            calls << m_transport->send(get(), this, [&](const Result<Reply> &) { ++called; });
        QTRY_COMPARE(open.size(), 4);
        for (Call &call : calls) {
            call.cancel();
            call.cancel();
        }
        QTRY_VERIFY(std::ranges::none_of(open, &Responder::isOpen));     // the server is told
        QVERIFY(send(get(u"/y"_s)).error().kind == ErrorKind::NotFound); // and the places are free
        QCOMPARE(called, 0);
        Call late = m_transport->send(get(), this, [&](const Result<Reply> &) { ++called; });
        m_transport.reset();
        late.cancel(); // after everything is gone
        QCOMPARE(called, 0);
    }

    void contextGone()
    {
        QList<Responder> open;
        m_server->on("/x", [&](const HttpRequest &, const Responder &r) { open << r; });
        m_transport = std::make_unique<Transport>(m_config, m_options);
        int called = 0;
        auto context = std::make_unique<QObject>();
        m_transport->send(get(), context.get(), [&](const Result<Reply> &) { ++called; });
        QTRY_COMPARE(open.size(), 1);
        context.reset();
        QTRY_VERIFY(!open.first().isOpen());
        QCOMPARE(called, 0);
    }

    void deletedByItsOwnCallback() // Q11
    {
        m_server->on("/x", [](const HttpRequest &, const Responder &r) { r.json(200, "{}"); });
        m_transport = std::make_unique<Transport>(m_config, m_options);
        int called = 0;
        for (int i = 0; i < 8; ++i) {
            m_transport->send(get(), this, [&](const Result<Reply> &) {
                ++called;
                m_transport.reset();
            });
        }
        QTRY_VERIFY(!m_transport);
        QCoreApplication::processEvents();
        QCOMPARE(called, 1);
    }

    void warnings()
    {
        m_transport = std::make_unique<Transport>(m_config, m_options);
        QSignalSpy warned(m_transport.get(), &Transport::warning);
        m_server->on("/x", [](const HttpRequest &, const Responder &r) {
            r.reply(200, "{}",
                {{"Warning", "299 - \"batch/v1beta1 is \\\"old\\\", use batch/v1\", 299 - \"second\""},
                    {"Warning", "199 - \"not ours\""},
                    {"Warning", "299 kube \"third\" \"Wed, 21 Oct 2026 07:28:00 GMT\""}});
        });
        QVERIFY(send(get()));
        QVERIFY(send(get()));
        QTRY_COMPARE(warned.size(), 3);
        QCOMPARE(warned.at(0).first().toString(), u"batch/v1beta1 is \"old\", use batch/v1"_s);
        QCOMPARE(warned.at(1).first().toString(), u"second"_s);
        QCOMPARE(warned.at(2).first().toString(), u"third"_s);
    }

    void headers()
    {
        m_config.token = Secret("hunter2");
        m_config.impersonate.user = u"jane doe"_s;
        m_config.impersonate.uid = u"u-1"_s;
        m_config.impersonate.groups = {u"admins"_s, u"ops, night"_s};
        m_config.impersonate.extra = {{u"example.org/scope"_s, {u"a"_s, u"b"_s}}, {u"per%cent"_s, {u"c"_s}}};
        m_server->on("/x", [](const HttpRequest &, const Responder &r) { r.json(200, "{}"); });
        QVERIFY(send(get()));
        const HttpRequest &got = m_server->requests.first();
        QCOMPARE(got.header("Impersonate-User"), "jane doe");
        QCOMPARE(got.header("Impersonate-Uid"), "u-1");
        QCOMPARE(got.all("Impersonate-Group"), (QByteArrayList{"admins", "ops, night"}));
        QCOMPARE(got.all("Impersonate-Extra-example.org%2Fscope"), (QByteArrayList{"a", "b"}));
        QCOMPARE(got.all("Impersonate-Extra-per%25cent"), QByteArrayList{"c"});
        QVERIFY(got.all("Authorization").isEmpty()); // never over plain HTTP
        QVERIFY(got.header("User-Agent").startsWith("gleaner/"));
        QCOMPARE(got.header("Accept"), "application/json");
        QVERIFY(got.all("Cookie").isEmpty());
    }

    void headerInjection()
    {
        m_config.impersonate.user = u"jane\r\nAuthorization: Bearer x"_s;
        const auto reply = send(get());
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::Config);
        QCOMPARE(m_server->connections, 0);
    }

    void noCookies()
    {
        m_server->on(
            "/x", [](const HttpRequest &, const Responder &r) { r.reply(200, "{}", {{"Set-Cookie", "a=b; Path=/"}}); });
        QVERIFY(send(get()));
        QVERIFY(send(get()));
        QVERIFY(m_server->requests.last().all("Cookie").isEmpty());
    }

    void serverWithPath()
    {
        m_config.server.setPath(u"/k8s/clusters/c-m-x%2Fy/"_s, QUrl::StrictMode);
        m_server->on("", [](const HttpRequest &, const Responder &r) { r.json(200, "{}"); });
        Request request = get(u"/api/v1/namespaces/a%2Fb/pods"_s);
        request.query.addQueryItem(u"labelSelector"_s, u"a=b+c,d in (e,f)&x"_s);
        QVERIFY(send(request));
        QCOMPARE(m_server->requests.first().target,
            "/k8s/clusters/c-m-x%2Fy/api/v1/namespaces/a%2Fb/pods?labelSelector=a%3Db%2Bc,d%20in%20(e,f)%26x");
    }
};

QTEST_GUILESS_MAIN(TestTransport)
#include "tst_transport.moc"
