// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Handshakes with good and bad certificates, and whose certificate goes with which request.

#include "kube/client.h"
#include "kube/tls.h"
#include "kube/transport.h"
#include "support/kube_await.h"
#include "support/kube_server.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace kube;
using support::Authority;
using support::CertificateSpec;
using support::HttpRequest;
using support::Responder;

namespace {

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

Result<ServerVersion> ask(Client &client)
{
    return support::await<ServerVersion>([&](auto *context, auto done) { client.version(context, done); });
}

} // namespace

class TestTls : public QObject {
    Q_OBJECT

    Authority m_authority{u"cluster authority"_s};
    std::unique_ptr<support::Server> m_server;
    ClusterConfig m_config;

    void serve(const support::Identity &identity, const QByteArray &clients = {}, bool required = false)
    {
        m_server = std::make_unique<support::Server>();
        m_server->useTls(identity, clients, required);
        QVERIFY(m_server->start());
        m_server->on("/version", [](const HttpRequest &request, const Responder &r) {
            r.json(200, "{\"gitVersion\":\"v1\",\"platform\":\"" + request.clientName.toUtf8() + "\"}");
        });
        m_config = {};
        m_config.server = m_server->url();
        m_config.caData = m_authority.pem();
        m_config.clusterName = u"prod"_s;
    }

    void actAs(ClusterConfig &config, const QString &name) const
    {
        CertificateSpec spec;
        spec.commonName = name;
        spec.dnsNames.clear();
        spec.addresses.clear();
        const support::Identity identity = m_authority.issue(spec);
        config.clientCertData = identity.certificate;
        config.clientKeyData = Secret(identity.key);
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"})
            qunsetenv(name);
    }

    void handshakes_data()
    {
        QTest::addColumn<CertificateSpec>("spec");
        QTest::addColumn<bool>("knownAuthority");
        QTest::addColumn<std::optional<ErrorKind>>("kind");
        QTest::addColumn<QString>("said");
        QTest::newRow("good") << CertificateSpec{} << true << std::optional<ErrorKind>() << QString();
        CertificateSpec expired;
        expired.beginsIn = -7200;
        expired.endsIn = -3600;
        QTest::newRow("expired") << expired << true << std::optional(ErrorKind::TlsExpired)
                                << u"the certificate has expired (certificate of "_s;
        CertificateSpec early;
        early.beginsIn = 3600;
        QTest::newRow("not yet valid") << early << true << std::optional(ErrorKind::TlsExpired)
                                      << u"the certificate is not yet valid (certificate of "_s;
        CertificateSpec other;
        other.dnsNames = QStringList{u"api.example.com"_s};
        other.addresses = QStringList{u"10.0.0.1"_s};
        QTest::newRow("for other names") << other << true << std::optional(ErrorKind::TlsWrongName)
                                         << u"api.example.com"_s;
        QTest::newRow("unknown authority")
            << CertificateSpec{} << false << std::optional(ErrorKind::TlsUntrusted) << u"cluster authority"_s;
        QTest::newRow("unknown authority and other names")
            << other << false << std::optional(ErrorKind::TlsUntrusted) << QString();
    }
    void handshakes()
    {
        QFETCH(CertificateSpec, spec);
        QFETCH(bool, knownAuthority);
        QFETCH(std::optional<ErrorKind>, kind);
        QFETCH(QString, said);
        serve(m_authority.issue(spec));
        if (!knownAuthority)
            m_config.caData = Authority(u"another"_s).pem();
        m_config.token = Secret("hunter2");
        Client client(m_config);
        const auto version = ask(client);
        QCOMPARE(version.has_value(), !kind);
        if (!kind)
            return;
        QCOMPARE(version.error().kind, *kind);
        QVERIFY2(version.error().message.contains(said), qPrintable(version.error().message));
        QVERIFY(m_server->requests.isEmpty()); // not a byte of the request, so no token, went out
        QVERIFY(!version.error().isTransient());
    }

    void systemStoreDoesNotKnowIt()
    {
        serve(m_authority.issue());
        m_config.caData.clear();
        Client client(m_config);
        const auto version = ask(client);
        QVERIFY(!version);
        QCOMPARE(version.error().kind, ErrorKind::TlsUntrusted);
    }

    void insecure()
    {
        CertificateSpec bad;
        bad.endsIn = -60;
        bad.dnsNames = QStringList{u"x"_s};
        bad.addresses.clear();
        serve(m_authority.issue(bad));
        m_config.caData.clear();
        m_config.insecureSkipTlsVerify = true;
        Client client(m_config);
        QVERIFY(ask(client));
    }

    void serverName()
    {
        CertificateSpec spec;
        spec.dnsNames = QStringList{u"kubernetes.default.svc"_s};
        spec.addresses.clear();
        serve(m_authority.issue(spec));
        {
            Client client(m_config);
            QVERIFY(!ask(client));
        }
        m_config.tlsServerName = u"kubernetes.default.svc"_s;
        Client client(m_config);
        QVERIFY(ask(client));
    }

    void authorityFromFile()
    {
        const QTemporaryDir dir;
        serve(m_authority.issue());
        m_config.caData.clear();
        m_config.caFile = dir.filePath(u"ca.crt"_s);
        {
            Client client(m_config);
            const auto version = ask(client);
            QVERIFY(!version);
            QCOMPARE(version.error().kind, ErrorKind::Config);
            QCOMPARE(version.error().name, m_config.caFile);
        }
        write(m_config.caFile, "not a certificate");
        {
            Client client(m_config);
            const auto version = ask(client);
            QVERIFY(!version);
            QCOMPARE(version.error().kind, ErrorKind::Config);
        }
        // Replaced while we run, as when a cluster's certificates are renewed.
        write(m_config.caFile, Authority(u"old"_s).pem());
        Client client(m_config);
        QCOMPARE(ask(client).error().kind, ErrorKind::TlsUntrusted);
        write(m_config.caFile, Authority(u"old"_s).pem() + m_authority.pem());
        QVERIFY(ask(client));
        QVERIFY(QFile::remove(m_config.caFile)); // half-way through a replacement: go on
        QVERIFY(ask(client));
    }

    void authorityData()
    {
        serve(m_authority.issue());
        m_config.caData = "nonsense";
        Client client(m_config);
        const auto version = ask(client);
        QVERIFY(!version);
        QCOMPARE(version.error().kind, ErrorKind::Config);
        QCOMPARE(version.error().name, u"prod"_s);
    }

    void plainServer()
    {
        serve(m_authority.issue());
        support::Server plain;
        QVERIFY(plain.start());
        m_config.server.setPort(plain.serverPort());
        ClientOptions options;
        options.callTimeout = std::chrono::seconds(2);
        Client client(m_config, options);
        const auto version = ask(client);
        QVERIFY(!version);
        QVERIFY2(version.error().kind == ErrorKind::Tls || version.error().kind == ErrorKind::Cut
                || version.error().kind == ErrorKind::Timeout,
            qPrintable(errorWord(version.error().kind)));
    }

    void clientCertificateDemanded()
    {
        serve(m_authority.issue(), m_authority.pem(), true);
        {
            Client client(m_config);
            const auto version = ask(client);
            QVERIFY(!version);
            // With TLS 1.3 the refusal comes after our side of the handshake is done.
            QVERIFY2(version.error().kind == ErrorKind::Tls || version.error().kind == ErrorKind::Cut,
                qPrintable(errorWord(version.error().kind)));
        }
        actAs(m_config, u"alice"_s);
        Client client(m_config);
        const auto version = ask(client);
        QVERIFY2(version, qPrintable(version ? QString() : version.error().message));
        QCOMPARE(version->platform, u"alice"_s);
    }

    void everyoneIsThemselves() // Q5: Qt reuses a connection that was opened with another certificate
    {
        serve(m_authority.issue(), m_authority.pem());
        ClusterConfig alices = m_config;
        ClusterConfig bobs = m_config;
        actAs(alices, u"alice"_s);
        actAs(bobs, u"bob"_s);
        Client alice(alices);
        Client bob(bobs);
        Client nobody(m_config);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(ask(alice)->platform, u"alice"_s);
            QCOMPARE(ask(bob)->platform, u"bob"_s);
            QCOMPARE(ask(nobody)->platform, QString());
        }
    }

    void rotation()
    {
        const QTemporaryDir dir;
        serve(m_authority.issue(), m_authority.pem());
        const auto store = [&](const QString &name) {
            ClusterConfig config;
            actAs(config, name);
            write(dir.filePath(u"c.crt"_s), config.clientCertData);
            write(dir.filePath(u"c.key"_s), config.clientKeyData.reveal());
        };
        store(u"before"_s);
        m_config.clientCertFile = dir.filePath(u"c.crt"_s);
        m_config.clientKeyFile = dir.filePath(u"c.key"_s);
        m_server->on("/watch", [](const HttpRequest &request, const Responder &r) {
            r.begin();
            r.chunk(request.clientName.toUtf8());
        });
        Client client(m_config);
        QCOMPARE(ask(client)->platform, u"before"_s);
        Request watch;
        watch.path = u"/watch"_s;
        watch.verb = u"watch"_s;
        const auto stream = client.transport().open(watch);
        QByteArray who;
        std::optional<std::optional<Error>> closed;
        connect(stream.get(), &Stream::data, this, [&](const QByteArray &bytes) { who = bytes; });
        connect(stream.get(), &Stream::closed, this, [&](const std::optional<Error> &error) { closed = error; });
        QTRY_COMPARE(who, "before");

        store(u"after"_s);
        client.refreshCredentials();
        QCOMPARE(ask(client)->platform, u"after"_s);
        // The stream of the old identity ends so that its owner resumes, and resumes as the new one.
        QTRY_VERIFY(closed);
        QVERIFY(closed->has_value());
        QVERIFY((*closed)->isTransient());
        const auto next = client.transport().open(watch);
        connect(next.get(), &Stream::data, this, [&](const QByteArray &bytes) { who = bytes; });
        QTRY_COMPARE(who, "after");
    }

    void tokenOverTls()
    {
        serve(m_authority.issue());
        m_config.token = Secret("hunter2");
        Client client(m_config);
        QVERIFY(ask(client));
        QCOMPARE(m_server->requests.first().header("Authorization"), "Bearer hunter2");
    }

    void rejectedTokenIsReadAgain()
    {
        const QTemporaryDir dir;
        serve(m_authority.issue());
        m_config.tokenFile = dir.filePath(u"token"_s);
        write(m_config.tokenFile, "old\n");
        m_server->on("/version", [&](const HttpRequest &request, const Responder &r) {
            if (request.header("Authorization") == "Bearer new")
                r.json(200, "{\"gitVersion\":\"v1\"}");
            else
                r.json(401, support::statusJson(401, "Unauthorized", "Unauthorized"));
        });
        Client client(m_config);
        QCOMPARE(ask(client).error().kind, ErrorKind::Unauthorized);
        write(m_config.tokenFile, "new\n");
        const auto version = ask(client);
        QVERIFY2(version, qPrintable(version ? QString() : version.error().message));
        QVERIFY(m_server->requests.size() <= 5);
    }

    void words_data()
    {
        QTest::addColumn<QList<QSslError>>("errors");
        QTest::addColumn<ErrorKind>("kind");
        using Errors = QList<QSslError>;
        QTest::newRow("none") << Errors{} << ErrorKind::Tls;
        QTest::newRow("name") << Errors{QSslError(QSslError::HostNameMismatch)} << ErrorKind::TlsWrongName;
        QTest::newRow("issuer before name")
            << Errors{QSslError(QSslError::HostNameMismatch), QSslError(QSslError::SelfSignedCertificateInChain)}
            << ErrorKind::TlsUntrusted;
        QTest::newRow("expiry before name")
            << Errors{QSslError(QSslError::HostNameMismatch), QSslError(QSslError::CertificateExpired)}
            << ErrorKind::TlsExpired;
        QTest::newRow("other") << Errors{QSslError(QSslError::NoPeerCertificate)} << ErrorKind::Tls;
    }
    void words()
    {
        QFETCH(QList<QSslError>, errors);
        const Error error = handshakeError(errors, u"library words"_s);
        QTEST(error.kind, "kind");
        QVERIFY(!error.message.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
