// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Connections that are dead and do not say so: a proxy between that goes silent.

#include "kube/transport.h"
#include "support/kube_proxy.h"
#include "support/kube_server.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace kube;
using support::HttpRequest;
using support::Responder;

class TestTransportPulse : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"})
            qunsetenv(name);
    }

    void init()
    {
        m_server = std::make_unique<support::Server>();
        m_server->useTls(m_authority.issue());
        QVERIFY(m_server->start());
        m_watches.clear();
        m_versions = 0;
        m_server->on("/watch", [this](const HttpRequest &, const Responder &r) {
            r.begin();
            r.chunk("event\n");
            m_watches << r;
        });
        m_server->on("/version", [this](const HttpRequest &, const Responder &r) {
            ++m_versions;
            r.json(401, "{}");
        });
        m_proxy = std::make_unique<support::Proxy>(support::Proxy::Kind::Http);
        QVERIFY(m_proxy->start());
        ClusterConfig config;
        config.server = QUrl(u"https://localhost:%1"_s.arg(m_server->serverPort()));
        config.caData = m_authority.pem();
        config.proxyUrl = QUrl(u"http://127.0.0.1:%1"_s.arg(m_proxy->serverPort()));
        ClientOptions options;
        options.silence = 600ms;
        options.probeTimeout = 400ms;
        m_transport = std::make_unique<Transport>(config, options);
    }

    void cleanup()
    {
        m_transport.reset();
        m_proxy.reset();
        m_server.reset();
    }

    /// Everything is dead: all streams end with that, the paused one too.
    void deadNetwork()
    {
        const auto first = open();
        const auto second = open();
        second->stream->setPaused(true);
        QTRY_COMPARE(first->data, "event\n");
        QTRY_COMPARE(m_watches.size(), 2);
        m_proxy->mood = support::Proxy::Mood::Hangs;
        m_proxy->freezeTunnels();
        QTRY_VERIFY(first->closed && second->closed);
        QVERIFY(first->error);
        QCOMPARE(first->error->kind, ErrorKind::Timeout);
        QCOMPARE(first->error->verb, u"watch"_s);
        QCOMPARE(m_versions, 0);
    }

    /// The server is there, the old connections are not: they are replaced, and the new one speaks.
    void forgottenConnections()
    {
        const auto first = open();
        QTRY_COMPARE(first->data, "event\n");
        m_proxy->freezeTunnels();
        QTRY_VERIFY(first->closed);
        QVERIFY(first->error);
        QCOMPARE(first->error->kind, ErrorKind::Cut);
        QCOMPARE(m_versions, 1);
        const auto again = open();
        QTRY_COMPARE(again->data, "event\n");
    }

    void nothingIsAskedWhileSomethingComes()
    {
        const auto first = open();
        const auto quiet = open();
        QTRY_COMPARE(m_watches.size(), 2);
        QElapsedTimer clock;
        clock.start();
        QTimer bookmarks;
        int sent = 0;
        connect(&bookmarks, &QTimer::timeout, this, [&] {
            m_watches.first().chunk("bookmark\n");
            ++sent;
        });
        bookmarks.start(100ms);
        QTRY_VERIFY(sent >= 20);
        QCOMPARE(m_versions, 0);
        QVERIFY(!first->closed);
        QVERIFY(!quiet->closed);
    }

    /// A server that sends no bookmarks is asked, but its watches are not opened again and again.
    void serverWithoutBookmarks()
    {
        m_server->on("/watch", [this](const HttpRequest &, const Responder &r) {
            r.begin();
            m_watches << r;
        });
        const auto first = open();
        QTRY_VERIFY(m_versions >= 3);
        QVERIFY(!first->closed);
    }

    void nothingIsAskedWithoutStreams()
    {
        {
            const auto first = open();
            QTRY_COMPARE(first->data, "event\n");
        }
        // Silence passes for one that has a stream, not for this one.
        const auto other = std::make_unique<Transport>(
            [this] {
                ClusterConfig config;
                config.server = QUrl(u"https://localhost:%1"_s.arg(m_server->serverPort()));
                config.caData = m_authority.pem();
                return config;
            }(),
            [] {
                ClientOptions options;
                options.silence = 1200ms;
                return options;
            }());
        m_server->on("/watch", [](const HttpRequest &, const Responder &r) { r.begin(); });
        const auto witness = open(other.get());
        QTRY_COMPARE(m_versions, 1);
        QVERIFY(!witness->closed);
        QVERIFY(m_proxy->connections <= 1);
    }

private:
    struct Heard {
        std::unique_ptr<Stream> stream;
        QByteArray data;
        bool closed = false;
        std::optional<Error> error;
        QObject context;
    };
    std::unique_ptr<Heard> open(Transport *transport = nullptr)
    {
        Request request;
        request.verb = u"watch"_s;
        request.path = u"/watch"_s;
        auto heard = std::make_unique<Heard>();
        heard->stream = (transport ? transport : m_transport.get())->open(request);
        connect(heard->stream.get(), &Stream::data, &heard->context,
            [h = heard.get()](const QByteArray &bytes) { h->data += bytes; });
        connect(heard->stream.get(), &Stream::closed, &heard->context,
            [h = heard.get()](const std::optional<Error> &error) {
                h->closed = true;
                h->error = error;
            });
        return heard;
    }

    const support::Authority m_authority;
    std::unique_ptr<support::Server> m_server;
    std::unique_ptr<support::Proxy> m_proxy;
    std::unique_ptr<Transport> m_transport;
    QList<Responder> m_watches;
    int m_versions = 0;
};

QTEST_GUILESS_MAIN(TestTransportPulse)
#include "tst_transportpulse.moc"
