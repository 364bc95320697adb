// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// proxy-url: https://… against a real TLS proxy: TLS to the proxy, CONNECT, TLS to the server inside.

#include "kube/client.h"
#include "kube/tlsproxyrelay.h"
#include "kube/transport.h"
#include "support/kube_await.h"
#include "support/kube_proxy.h"
#include "support/kube_server.h"

#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace kube;
using support::quoted;

namespace {

using Mood = support::Proxy::Mood;

support::Identity forNames(const support::Authority &authority, const QStringList &names)
{
    support::CertificateSpec spec;
    spec.dnsNames = names;
    spec.addresses.clear();
    return authority.issue(spec);
}

QString everythingSaid(const Error &error)
{
    QString text;
    QDebug(&text) << error;
    const ErrorText words = describe(error);
    return text + words.headline + words.cause + words.advice;
}

} // namespace

class TestTlsProxy : public QObject {
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
        m_server->useTls(forNames(m_authority, {u"cluster.invalid"_s}));
        QVERIFY(m_server->start());
        m_server->on(
            "/version", [](const auto &, const support::Responder &r) { r.json(200, quoted("{'gitVersion':'v1'}")); });
        m_proxy = std::make_unique<support::Proxy>(support::Proxy::Kind::Http);
        m_proxy->useTls(forNames(m_authority, {u"localhost"_s}));
        QVERIFY(m_proxy->start());
    }

    void leadsToTheServer_data()
    {
        QTest::addColumn<QString>("login");
        QTest::newRow("without a login") << QString();
        QTest::newRow("with a login") << u"jane:p%40:w"_s;
    }
    void leadsToTheServer()
    {
        QFETCH(QString, login);
        ClusterConfig config = configOf();
        config.token = Secret("cluster-token");
        if (!login.isEmpty()) {
            m_proxy->user = "jane";
            m_proxy->password = "p@:w";
            config.proxyUrl.setUserInfo(login, QUrl::StrictMode);
        }
        Client client(config);
        const auto version = versionOf(client);
        QVERIFY2(version, version ? "" : qPrintable(version.error().message));
        QCOMPARE(m_proxy->asked, QByteArrayList{"cluster.invalid:" + QByteArray::number(m_server->serverPort())});
        // Each gets its own and nothing of the other's, and the relay's word stays here.
        const QByteArray head = m_proxy->heads.first();
        QCOMPARE(head.contains("Proxy-Authorization: Basic amFuZTpwQDp3"), !login.isEmpty());
        QCOMPARE(head.count("Authorization"), login.isEmpty() ? 0 : 1);
        QVERIFY(!head.contains("Gleaner "));
        QCOMPARE(m_server->requests.first().header("Authorization"), "Bearer cluster-token");
        QVERIFY(m_server->requests.first().all("Proxy-Authorization").isEmpty());
    }

    void plainServerIsTunnelledToo()
    {
        support::Server plain;
        QVERIFY(plain.start());
        plain.on(
            "/version", [](const auto &, const support::Responder &r) { r.json(200, quoted("{'gitVersion':'v1'}")); });
        ClusterConfig config = configOf();
        config.server = QUrl(u"http://cluster.invalid:%1"_s.arg(plain.serverPort()));
        config.impersonate = {u"jane"_s, {}, {u"a"_s, u"b"_s}, {}};
        Client client(config);
        const auto version = versionOf(client);
        QVERIFY2(version, version ? "" : qPrintable(version.error().message));
        QCOMPARE(plain.requests.first().all("Impersonate-Group"), (QList<QByteArray>{"a", "b"}));
        QVERIFY(plain.requests.first().all("Proxy-Authorization").isEmpty());
    }

    void fromTheEnvironment()
    {
        ClusterConfig config = configOf();
        config.proxyUrl = {};
        qputenv("HTTPS_PROXY", "https://localhost:" + QByteArray::number(m_proxy->serverPort()));
        Client client(config);
        const auto version = versionOf(client);
        qunsetenv("HTTPS_PROXY");
        QVERIFY2(version, version ? "" : qPrintable(version.error().message));
        QCOMPARE(m_proxy->asked.size(), 1);
    }

    /// As Go's transport: the settings for the server are those for the proxy.
    void tlsSettings_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<bool>("knownAuthority");
        QTest::addColumn<QString>("tlsServerName");
        QTest::addColumn<bool>("insecure");
        QTest::addColumn<bool>("works");
        const QStringList own{u"localhost"_s};
        QTest::newRow("good") << own << true << QString() << false << true;
        QTest::newRow("unknown authority") << own << false << QString() << false << false;
        QTest::newRow("unknown authority, insecure") << own << false << QString() << true << true;
        QTest::newRow("other name") << QStringList{u"other"_s} << true << QString() << false << false;
        QTest::newRow("tls-server-name") << QStringList{u"cluster.invalid"_s} << true << u"cluster.invalid"_s << false
                                         << true;
        QTest::newRow("tls-server-name, own name") << own << true << u"cluster.invalid"_s << false << false;
    }
    void tlsSettings()
    {
        QFETCH(QStringList, names);
        QFETCH(bool, knownAuthority);
        QFETCH(QString, tlsServerName);
        QFETCH(bool, insecure);
        QFETCH(bool, works);
        const support::Authority stranger(u"stranger"_s);
        m_proxy->useTls(forNames(knownAuthority ? m_authority : stranger, names));
        m_proxy->user = "jane";
        m_proxy->password = "MARKER-9921";
        ClusterConfig config = configOf();
        config.proxyUrl.setUserInfo(u"jane:MARKER-9921"_s);
        config.tlsServerName = tlsServerName;
        if (insecure) {
            config.insecureSkipTlsVerify = true;
            config.caData.clear();
        }
        Client client(config);
        const auto version = versionOf(client);
        QCOMPARE(version.has_value(), works);
        if (works)
            return;
        const Error &error = version.error();
        QCOMPARE(error.kind, ErrorKind::Proxy);
        QCOMPARE(error.name, u"localhost:%1"_s.arg(m_proxy->serverPort()));
        QVERIFY(error.cause);
        QCOMPARE(error.cause->kind, knownAuthority ? ErrorKind::TlsWrongName : ErrorKind::TlsUntrusted);
        QVERIFY2(describe(error).cause.contains("no TLS with the proxy"_L1), qPrintable(describe(error).cause));
        QVERIFY(!everythingSaid(error).contains("MARKER"_L1));
        QVERIFY(m_proxy->heads.isEmpty()); // nor did the login go out
    }

    void fails_data()
    {
        QTest::addColumn<Mood>("mood");
        QTest::addColumn<bool>("login");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("refuses") << Mood::Refuses << false << ErrorKind::Proxy << u"the proxy answered 403"_s;
        QTest::newRow("wants a login") << Mood::Works << true << ErrorKind::ProxyAuth << u"the proxy answered 407"_s;
        QTest::newRow("closes") << Mood::Closes << false << ErrorKind::Proxy << u"proxy"_s;
        QTest::newRow("hangs") << Mood::Hangs << false << ErrorKind::Timeout << u"through the proxy localhost:"_s;
    }
    void fails()
    {
        QFETCH(Mood, mood);
        QFETCH(bool, login);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, words);
        m_proxy->mood = mood;
        if (login)
            m_proxy->user = "jane";
        ClientOptions options;
        options.callTimeout = std::chrono::milliseconds(kind == ErrorKind::Timeout ? 500 : 10000);
        Client client(configOf(), options);
        const auto version = versionOf(client);
        QVERIFY(!version);
        QCOMPARE(version.error().kind, kind);
        QVERIFY2(version.error().message.contains(words), qPrintable(version.error().message));
        if (kind != ErrorKind::Timeout)
            QCOMPARE(version.error().name, u"localhost:%1"_s.arg(m_proxy->serverPort()));
        QCOMPARE(version.error().host, u"cluster.invalid:%1"_s.arg(m_server->serverPort()));
    }

    void nobodyThere()
    {
        const ClusterConfig config = configOf();
        m_proxy.reset();
        Client client(config);
        const auto version = versionOf(client);
        QVERIFY(!version);
        QCOMPARE(version.error().kind, ErrorKind::Proxy);
        QVERIFY2(version.error().message.contains("refused"_L1), qPrintable(version.error().message));
    }

    /// The certificate of the server inside is judged for itself.
    void serverInsideIsVerified()
    {
        const support::Authority stranger(u"stranger"_s);
        m_server->useTls(forNames(stranger, {u"cluster.invalid"_s}));
        Client client(configOf());
        const auto version = versionOf(client);
        QVERIFY(!version);
        QCOMPARE(version.error().kind, ErrorKind::TlsUntrusted);
        QVERIFY(version.error().name.isEmpty());
    }

    void worksAgainAfterFailure()
    {
        Client client(configOf());
        m_proxy->mood = Mood::Refuses;
        QVERIFY(!versionOf(client));
        m_proxy->mood = Mood::Works;
        QVERIFY(versionOf(client));
    }

    void cutEndsTheStream()
    {
        m_server->on("/watch", [](const auto &, const support::Responder &r) {
            r.begin();
            r.chunk("line\n");
        });
        Client client(configOf());
        Request request;
        request.path = u"/watch"_s;
        const auto stream = client.transport().open(request);
        QByteArray got;
        bool closed = false;
        connect(stream.get(), &Stream::data, this, [&](const QByteArray &bytes) { got += bytes; });
        connect(stream.get(), &Stream::closed, this, [&] { closed = true; });
        QTRY_COMPARE(got, "line\n");
        m_proxy->dropConnections();
        QTRY_VERIFY(closed);
    }

    /// All of it arrives, and what nobody reads stays with the server but for the kernel's buffers on the way.
    void backPressure()
    {
        constexpr qsizetype size = qsizetype(96) * 1024 * 1024;
        QByteArray body(size, Qt::Uninitialized);
        for (qsizetype i = 0; i < size; ++i)
            body[i] = char(i * 31 % 251);
        support::Responder sender;
        m_server->on("/log", [&](const auto &, const support::Responder &r) {
            sender = r;
            r.reply(200, body);
        });
        Client client(configOf());
        Request request;
        request.path = u"/log"_s;
        const auto stream = client.transport().open(request);
        QByteArray got;
        std::optional<std::optional<Error>> end;
        connect(stream.get(), &Stream::data, this, [&](const QByteArray &bytes) {
            got += bytes;
            stream->setPaused(true);
        });
        connect(stream.get(), &Stream::closed, this, [&](const std::optional<Error> &error) { end = error; });
        QTRY_VERIFY(!got.isEmpty());
        // Until the buffers on the way are full: then the server stands still.
        qint64 before = -1;
        QTRY_VERIFY_WITH_TIMEOUT(std::exchange(before, sender.unsent()) == sender.unsent(), 20000);
        QVERIFY2(sender.unsent() > size / 2, qPrintable(QString::number(sender.unsent())));
        disconnect(stream.get(), &Stream::data, this, nullptr);
        connect(stream.get(), &Stream::data, this, [&](const QByteArray &bytes) { got += bytes; });
        stream->setPaused(false);
        QTRY_VERIFY_WITH_TIMEOUT(end, 60000);
        QVERIFY(!*end);
        QVERIFY(got == body);
    }

    void strangersAreTurnedAway_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("no word") << QByteArray("CONNECT cluster.invalid:1 HTTP/1.1\r\n\r\n");
        QTest::newRow("wrong word") << QByteArray("CONNECT cluster.invalid:1 HTTP/1.1\r\nProxy-Authorization: Gleaner ")
                + QByteArray(64, '0') + "\r\n\r\n";
        QTest::newRow("get") << QByteArray("GET http://cluster.invalid/ HTTP/1.1\r\n\r\n");
        QTest::newRow("endless") << QByteArray(64 * 1024, 'x');
    }
    void strangersAreTurnedAway()
    {
        QFETCH(QByteArray, head);
        const auto relay = TlsProxyRelay::make(
            QNetworkProxy(QNetworkProxy::HttpProxy, u"localhost"_s, m_proxy->serverPort()), {}, {});
        QVERIFY(relay);
        QTcpSocket stranger;
        stranger.connectToHost(QHostAddress::LocalHost, (*relay)->entrance().port());
        stranger.write(head);
        QTRY_COMPARE(stranger.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(stranger.readAll(), QByteArray());
        QCOMPARE(m_proxy->connections, 0);
        QTRY_COMPARE((*relay)->connections(), 0);
    }

    void clientGoesProxySideGoes()
    {
        m_proxy->mood = Mood::Hangs;
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setCaCertificates(QSslCertificate::fromData(m_authority.pem()));
        const auto relay = TlsProxyRelay::make(
            QNetworkProxy(QNetworkProxy::HttpProxy, u"localhost"_s, m_proxy->serverPort()), tls, {});
        QVERIFY(relay);
        const QNetworkProxy entrance = (*relay)->entrance();
        QVERIFY(entrance.rawHeader("Proxy-Authorization").size() > 64);
        QTcpSocket client;
        client.connectToHost(QHostAddress::LocalHost, entrance.port());
        client.write("CONNECT cluster.invalid:1 HTTP/1.1\r\nProxy-Authorization: "
            + entrance.rawHeader("Proxy-Authorization") + "\r\n\r\n");
        QTRY_VERIFY(!m_proxy->findChildren<QTcpSocket *>().isEmpty());
        QCOMPARE((*relay)->connections(), 1);
        client.abort();
        QTRY_COMPARE((*relay)->connections(), 0);
        QTRY_VERIFY(m_proxy->findChildren<QTcpSocket *>().isEmpty());
    }

private:
    [[nodiscard]] ClusterConfig configOf() const
    {
        ClusterConfig config;
        // A name only the proxy can find.
        config.server = QUrl(u"https://cluster.invalid:%1"_s.arg(m_server->serverPort()));
        config.caData = m_authority.pem();
        config.proxyUrl = QUrl(u"https://localhost:%1"_s.arg(m_proxy->serverPort()));
        return config;
    }
    static Result<ServerVersion> versionOf(Client &client)
    {
        return support::await<ServerVersion>([&](auto *context, auto done) { client.version(context, done); });
    }

    const support::Authority m_authority;
    std::unique_ptr<support::Server> m_server;
    std::unique_ptr<support::Proxy> m_proxy;
};

QTEST_GUILESS_MAIN(TestTlsProxy)
#include "tst_tlsproxy.moc"
