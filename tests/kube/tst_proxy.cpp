// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/client.h"
#include "kube/proxy.h"
#include "support/kube_await.h"
#include "support/kube_proxy.h"
#include "support/kube_server.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace kube;
using support::quoted;

namespace {

using Variables = QMap<QString, QString>;

Environment environmentOf(const Variables &variables)
{
    return [variables](const char *name) { return variables.value(QString::fromLatin1(name)); };
}

QString textOf(const Result<ProxyRoute> &route)
{
    if (!route)
        return u"error "_s + route.error().name;
    const QNetworkProxy *proxy = &route->proxy;
    switch (proxy->type()) {
    case QNetworkProxy::NoProxy:
        return u"direct"_s;
    case QNetworkProxy::HttpProxy:
        return u"%1 %2:%3"_s.arg(route->tls ? u"https"_s : u"http"_s, proxy->hostName()).arg(proxy->port());
    case QNetworkProxy::Socks5Proxy:
        return u"socks5 %1:%2"_s.arg(proxy->hostName()).arg(proxy->port());
    default:
        return u"?"_s;
    }
}

ClusterConfig configOf(const QString &server)
{
    ClusterConfig config;
    config.server = QUrl(server);
    return config;
}

} // namespace

class TestProxy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"})
            qunsetenv(name);
    }

    void environment_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<Variables>("variables");
        QTest::addColumn<QString>("expected");
        const QString far = u"https://api.example.com:6443"_s;
        QTest::newRow("none") << far << Variables{} << u"direct"_s;
        QTest::newRow("https") << far << Variables{{u"HTTPS_PROXY"_s, u"http://p:3128"_s}} << u"http p:3128"_s;
        QTest::newRow("lower case") << far << Variables{{u"https_proxy"_s, u"http://p:3128"_s}} << u"http p:3128"_s;
        QTest::newRow("upper wins") << far
                                    << Variables{{u"HTTPS_PROXY"_s, u"http://up:1"_s},
                                           {u"https_proxy"_s, u"http://low:1"_s}}
                                    << u"http up:1"_s;
        QTest::newRow("http only is not for https")
            << far << Variables{{u"HTTP_PROXY"_s, u"http://p:1"_s}} << u"direct"_s;
        QTest::newRow("http for http") << u"http://api.example.com"_s << Variables{{u"HTTP_PROXY"_s, u"http://p:1"_s}}
                                       << u"http p:1"_s;
        QTest::newRow("ALL_PROXY is not Go's") << far << Variables{{u"ALL_PROXY"_s, u"http://p:1"_s}} << u"direct"_s;
        QTest::newRow("no scheme") << far << Variables{{u"HTTPS_PROXY"_s, u"p.example:3128"_s}}
                                   << u"http p.example:3128"_s;
        QTest::newRow("address without scheme")
            << far << Variables{{u"HTTPS_PROXY"_s, u"10.0.0.9:3128"_s}} << u"http 10.0.0.9:3128"_s;
        QTest::newRow("default port") << far << Variables{{u"HTTPS_PROXY"_s, u"http://p"_s}} << u"http p:80"_s;
        QTest::newRow("socks5") << far << Variables{{u"HTTPS_PROXY"_s, u"socks5://p:1080"_s}} << u"socks5 p:1080"_s;
        QTest::newRow("socks5h") << far << Variables{{u"HTTPS_PROXY"_s, u"socks5h://p"_s}} << u"socks5 p:1080"_s;
        QTest::newRow("TLS to the proxy")
            << far << Variables{{u"https_proxy"_s, u"https://p:3129"_s}} << u"https p:3129"_s;
        QTest::newRow("TLS to the proxy, default port")
            << far << Variables{{u"HTTPS_PROXY"_s, u"https://p"_s}} << u"https p:443"_s;
        QTest::newRow("no kind of proxy")
            << far << Variables{{u"HTTPS_PROXY"_s, u"http:///x"_s}} << u"error HTTPS_PROXY"_s;
        QTest::newRow("exempt") << far
                                << Variables{{u"HTTPS_PROXY"_s, u"http://p:1"_s}, {u"NO_PROXY"_s, u"a, .example.com"_s}}
                                << u"direct"_s;
        QTest::newRow("exempt, lower case")
            << far << Variables{{u"HTTPS_PROXY"_s, u"http://p:1"_s}, {u"no_proxy"_s, u"example.com"_s}} << u"direct"_s;
        QTest::newRow("loopback") << u"https://127.0.0.1:6443"_s << Variables{{u"HTTPS_PROXY"_s, u"http://p:1"_s}}
                                  << u"direct"_s;
        QTest::newRow("localhost") << u"https://localhost:6443"_s << Variables{{u"HTTPS_PROXY"_s, u"http://p:1"_s}}
                                   << u"direct"_s;
        QTest::newRow("::1") << u"https://[::1]:6443"_s << Variables{{u"HTTPS_PROXY"_s, u"http://p:1"_s}}
                             << u"direct"_s;
    }
    void environment()
    {
        QFETCH(QString, server);
        QFETCH(Variables, variables);
        QTEST(textOf(proxyFor(configOf(server), environmentOf(variables))), "expected");
    }

    void exempt_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("noProxy");
        QTest::addColumn<bool>("exempt");
        QTest::newRow("nothing") << u"a.b"_s << QString() << false;
        QTest::newRow("star") << u"a.b"_s << u"*"_s << true;
        QTest::newRow("same") << u"a.b"_s << u"a.b"_s << true;
        QTest::newRow("case") << u"A.B"_s << u"a.B"_s << true;
        QTest::newRow("below a name") << u"x.a.b"_s << u"a.b"_s << true;
        QTest::newRow("suffix without dot") << u"xa.b"_s << u"a.b"_s << false;
        QTest::newRow("dot: only below") << u"a.b"_s << u".a.b"_s << false;
        QTest::newRow("dot: below") << u"x.a.b"_s << u".a.b"_s << true;
        QTest::newRow("star dot") << u"x.a.b"_s << u"*.a.b"_s << true;
        QTest::newRow("star dot: only below") << u"a.b"_s << u"*.a.b"_s << false;
        QTest::newRow("port") << u"a.b"_s << u"a.b:6443"_s << true;
        QTest::newRow("other port") << u"a.b"_s << u"a.b:443"_s << false;
        QTest::newRow("address") << u"10.1.2.3"_s << u"10.1.2.3"_s << true;
        QTest::newRow("address and port") << u"10.1.2.3"_s << u"10.1.2.3:6443"_s << true;
        QTest::newRow("other address") << u"10.1.2.3"_s << u"10.1.2.4"_s << false;
        QTest::newRow("subnet") << u"10.1.2.3"_s << u"192.168.0.0/16,10.0.0.0/8"_s << true;
        QTest::newRow("other subnet") << u"11.1.2.3"_s << u"10.0.0.0/8"_s << false;
        QTest::newRow("a name is in no subnet") << u"a.b"_s << u"0.0.0.0/0"_s << false;
        QTest::newRow("IPv6 subnet") << u"fd00::5"_s << u"fd00::/8"_s << true;
        QTest::newRow("IPv6 address") << u"fd00::5"_s << u"[fd00::5]"_s << true;
        QTest::newRow("blank entries") << u"a.b"_s << u" , ,a.b ,"_s << true;
    }
    void exempt()
    {
        QFETCH(QString, host);
        QFETCH(QString, noProxy);
        QTEST(isExemptFromProxy(host, 6443, noProxy), "exempt");
    }

    void proxyUrlWinsOverExemptions()
    {
        ClusterConfig config = configOf(u"https://127.0.0.1:6443"_s);
        config.proxyUrl = QUrl(u"http://user:pa%40ss@p:3128"_s);
        const auto proxy
            = proxyFor(config, environmentOf({{u"NO_PROXY"_s, u"*"_s}, {u"HTTPS_PROXY"_s, u"http://other:1"_s}}));
        QCOMPARE(textOf(proxy), u"http p:3128"_s);
        QCOMPARE(proxy->proxy.user(), u"user"_s);
        QCOMPARE(proxy->proxy.password(), u"pa@ss"_s);
        config.proxyUrl = QUrl(u"https://p:3128"_s);
        QCOMPARE(textOf(proxyFor(config, environmentOf({}))), u"https p:3128"_s);
        config.proxyUrl = QUrl(u"ftp://p"_s);
        QCOMPARE(textOf(proxyFor(config, environmentOf({}))), u"error proxy-url"_s);
    }

    void leadsToTheServer_data()
    {
        QTest::addColumn<bool>("socks");
        QTest::addColumn<bool>("tls");
        QTest::addColumn<bool>("login");
        QTest::newRow("http, tls") << false << true << false;
        QTest::newRow("http, plain") << false << false << false;
        QTest::newRow("http, tls, login") << false << true << true;
        QTest::newRow("socks5, tls") << true << true << false;
        QTest::newRow("socks5, plain") << true << false << false;
        QTest::newRow("socks5, tls, login") << true << true << true;
    }
    void leadsToTheServer()
    {
        QFETCH(bool, socks);
        QFETCH(bool, tls);
        QFETCH(bool, login);
        const support::Authority authority;
        support::Server server;
        if (tls) {
            support::CertificateSpec spec;
            spec.dnsNames << u"cluster.invalid"_s;
            server.useTls(authority.issue(spec));
        }
        QVERIFY(server.start());
        server.on(
            "/version", [](const auto &, const support::Responder &r) { r.json(200, quoted("{'gitVersion':'v1'}")); });
        support::Proxy proxy(socks ? support::Proxy::Kind::Socks5 : support::Proxy::Kind::Http);
        QVERIFY(proxy.start());
        ClusterConfig config = configOf(server.url().toString());
        // A name only the proxy can find.
        config.server.setHost(u"cluster.invalid"_s);
        config.caData = authority.pem();
        config.proxyUrl.setScheme(socks ? u"socks5"_s : u"http"_s);
        config.proxyUrl.setHost(u"127.0.0.1"_s);
        config.proxyUrl.setPort(proxy.serverPort());
        if (login) {
            proxy.user = "jane";
            proxy.password = "pw";
            config.proxyUrl.setUserName(u"jane"_s);
            config.proxyUrl.setPassword(u"pw"_s);
        }
        Client client(config);
        const auto version
            = support::await<ServerVersion>([&](auto *context, auto done) { client.version(context, done); });
        QVERIFY2(version, qPrintable(version ? QString() : version.error().message));
        QVERIFY(proxy.asked.contains("cluster.invalid:" + QByteArray::number(server.serverPort())));
    }

    void fails_data()
    {
        QTest::addColumn<bool>("socks");
        QTest::addColumn<support::Proxy::Mood>("mood");
        QTest::addColumn<bool>("login");
        QTest::addColumn<ErrorKind>("kind");
        using Mood = support::Proxy::Mood;
        QTest::newRow("http refuses") << false << Mood::Refuses << false << ErrorKind::Proxy;
        QTest::newRow("http closes") << false << Mood::Closes << false << ErrorKind::Timeout; // Qt does not notice
        QTest::newRow("http wants a login") << false << Mood::Works << true << ErrorKind::ProxyAuth;
        QTest::newRow("socks refuses") << true << Mood::Refuses << false << ErrorKind::Proxy;
        QTest::newRow("socks closes") << true << Mood::Closes << false << ErrorKind::Timeout; // Qt does not notice
        QTest::newRow("socks wants a login") << true << Mood::Works << true << ErrorKind::ProxyAuth;
        QTest::newRow("http hangs") << false << Mood::Hangs << false << ErrorKind::Timeout;
    }
    void fails()
    {
        QFETCH(bool, socks);
        QFETCH(support::Proxy::Mood, mood);
        QFETCH(bool, login);
        QFETCH(ErrorKind, kind);
        support::Proxy proxy(socks ? support::Proxy::Kind::Socks5 : support::Proxy::Kind::Http);
        QVERIFY(proxy.start());
        proxy.mood = mood;
        if (login)
            proxy.user = "jane";
        ClusterConfig config = configOf(u"https://cluster.invalid:6443"_s);
        config.proxyUrl = QUrl(u"%1://127.0.0.1:%2"_s.arg(socks ? u"socks5"_s : u"http"_s).arg(proxy.serverPort()));
        ClientOptions options;
        options.callTimeout = std::chrono::milliseconds(kind == ErrorKind::Timeout ? 500 : 10000);
        Client client(config, options);
        const auto version
            = support::await<ServerVersion>([&](auto *context, auto done) { client.version(context, done); });
        QVERIFY(!version);
        QCOMPARE(version.error().kind, kind);
        QCOMPARE(version.error().host, u"cluster.invalid:6443"_s);
        if (kind == ErrorKind::Timeout)
            QVERIFY(version.error().message.contains(u"proxy 127.0.0.1:%1"_s.arg(proxy.serverPort())));
        else
            QCOMPARE(version.error().name, u"127.0.0.1:%1"_s.arg(proxy.serverPort()));
    }

    void nobodyThere()
    {
        quint16 port = 0;
        {
            QTcpServer taken;
            QVERIFY(taken.listen(QHostAddress::LocalHost));
            port = taken.serverPort();
        }
        ClusterConfig config = configOf(u"https://cluster.invalid:6443"_s);
        config.proxyUrl = QUrl(u"http://127.0.0.1:%1"_s.arg(port));
        Client client(config);
        const auto version
            = support::await<ServerVersion>([&](auto *context, auto done) { client.version(context, done); });
        QVERIFY(!version);
        QCOMPARE(version.error().kind, ErrorKind::Proxy);
    }

    void unusableIsAConfigError()
    {
        ClusterConfig config = configOf(u"https://127.0.0.1:1"_s);
        config.proxyUrl = QUrl(u"ftp://p:3128"_s);
        Client client(config);
        const auto version
            = support::await<ServerVersion>([&](auto *context, auto done) { client.version(context, done); });
        QVERIFY(!version);
        QCOMPARE(version.error().kind, ErrorKind::Config);
        QCOMPARE(version.error().name, u"proxy-url"_s);
    }
};

QTEST_GUILESS_MAIN(TestProxy)
#include "tst_proxy.moc"
