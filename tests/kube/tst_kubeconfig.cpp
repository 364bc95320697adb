// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// One entry at a time: every rule of clientcmd's validation and what it does to the context.

#include "kube/kubeconfig.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace kube;

namespace {

const QByteArray marker = "MARKER-SECRET-7731";

QByteArray pem(const char *kind)
{
    return "-----BEGIN "_ba + kind + "-----\nAAAA\n-----END " + kind + "-----\n";
}

QByteArray b64(const QByteArray &bytes)
{
    return bytes.toBase64();
}

/// A whole kubeconfig of one context "c" from the two bodies, in flow style.
QByteArray wrap(const QByteArray &cluster, const QByteArray &user, const QByteArray &context = "{cluster: k, user: u}")
{
    return "apiVersion: v1\nkind: Config\ncurrent-context: c\nclusters:\n- {name: k, cluster: " + cluster
        + "}\nusers:\n- {name: u, user: " + user + "}\ncontexts:\n- {name: c, context: " + context + "}\n";
}

const QByteArray goodCluster = "{server: 'https://192.0.2.1:6443'}";
const QByteArray goodUser = "{token: abc}";

QByteArray execUser(const QByteArray &fields)
{
    return "{exec: {" + fields + "}}";
}

} // namespace

class KubeconfigTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_dir.isValid()); }

    void fields()
    {
        const QByteArray yaml = R"(
apiVersion: v1
kind: Config
preferences: {colors: true}
current-context: prod
clusters:
- name: k
  cluster:
    server: https://host.example:8443/k8s/clusters/local
    tls-server-name: other
    insecure-skip-tls-verify: true
    proxy-url: socks5://proxy:1080
    disable-compression: true
    unknown-field: {a: b}
    extensions:
    - name: client.authentication.k8s.io/exec
      extension: {audience: me, n: 3, on: true, list: [a, "1"]}
    - name: other
      extension: x
users:
- name: u
  user:
    as: jane
    as-uid: "17"
    as-groups: [g1, g2]
    as-user-extra: {scopes: [view, dev]}
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: plugin
      args: [--a, "1"]
      env: [{name: A, value: x}, {name: B, value: ""}]
      installHint: install me
      provideClusterInfo: true
      interactiveMode: Never
contexts:
- name: prod
  context: {cluster: k, user: u, namespace: team-1}
)";
        const Kubeconfig config = parseKubeconfig(yaml, u"/cfg/config"_s);
        QCOMPARE(config.problems, {});
        QCOMPARE(config.currentContext, u"prod"_s);
        QCOMPARE(config.contexts.size(), 1);
        const Context &context = *config.find(u"prod"_s);
        QVERIFY(context.config);
        const ClusterConfig &c = *context.config;
        QCOMPARE(c.server, QUrl(u"https://host.example:8443/k8s/clusters/local"_s));
        QCOMPARE(c.tlsServerName, u"other"_s);
        QVERIFY(c.insecureSkipTlsVerify);
        QVERIFY(c.disableCompression);
        QCOMPARE(c.proxyUrl, QUrl(u"socks5://proxy:1080"_s));
        QCOMPARE(c.impersonate.user, u"jane"_s);
        QCOMPARE(c.impersonate.uid, u"17"_s);
        QCOMPARE(c.impersonate.groups, QStringList({u"g1"_s, u"g2"_s}));
        QCOMPARE(c.impersonate.extra.value(u"scopes"_s), QStringList({u"view"_s, u"dev"_s}));
        QCOMPARE(c.defaultNamespace, u"team-1"_s);
        QVERIFY(c.exec);
        QCOMPARE(c.exec->command, u"plugin"_s);
        QCOMPARE(c.exec->args, QStringList({u"--a"_s, u"1"_s}));
        QCOMPARE(c.exec->env.size(), 2);
        QCOMPARE(c.exec->installHint, u"install me"_s);
        QVERIFY(c.exec->provideClusterInfo);
        QCOMPARE(c.exec->interactive, ExecConfig::Interactive::Never);
        QCOMPARE(c.exec->file, u"/cfg/config"_s);
        QCOMPARE(c.exec->clusterExtension["audience"_L1].toString(), u"me"_s);
        QCOMPARE(c.exec->clusterExtension["n"_L1].toInt(), 3);
        QCOMPARE(c.exec->clusterExtension["list"_L1][1].toString(), u"1"_s);
        QCOMPARE(authMethod(c), AuthMethod::Exec);
    }

    void rules_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("entry"); // of the first problem; "-": none
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("words"); // in its message or hint
        QTest::addColumn<bool>("usable");

        const auto cluster
            = [&](const char *row, const QByteArray &body, const char *field, const char *words, bool usable = false) {
                  QTest::newRow(row) << wrap(body, goodUser) << u"cluster \"k\""_s << QString::fromLatin1(field)
                                     << QString::fromLatin1(words) << usable;
              };
        const auto user
            = [&](const char *row, const QByteArray &body, const char *field, const char *words, bool usable = false) {
                  QTest::newRow(row) << wrap(goodCluster, body) << u"user \"u\""_s << QString::fromLatin1(field)
                                     << QString::fromLatin1(words) << usable;
              };
        const auto context
            = [&](const char *row, const QByteArray &body, const char *field, const char *words, bool usable = false) {
                  QTest::newRow(row) << wrap(goodCluster, goodUser, body) << u"context \"c\""_s
                                     << QString::fromLatin1(field) << QString::fromLatin1(words) << usable;
              };
        const auto fine = [&](const char *row, const QByteArray &yaml) {
            QTest::newRow(row) << yaml << u"-"_s << QString() << QString() << true;
        };

        fine("good", wrap(goodCluster, goodUser));
        fine("json",
            QByteArray("{'clusters':[{'name':'k','cluster':{'server':'https://"
                       "x'}}],'users':[{'name':'u','user':{}}],'contexts':[{'name':'c','context':{'cluster':'k','user':"
                       "'u'}}]}")
                .replace("'", "\""));
        fine("nobody: empty user", wrap(goodCluster, "{}"));
        fine("user null", wrap(goodCluster, "~"));
        fine("yes is true", wrap("{server: 'https://x', insecure-skip-tls-verify: yes}", goodUser));
        fine("merge key", "base: &b {server: 'https://x'}\n" + wrap("{<<: *b, tls-server-name: q}", goodUser));
        fine("repeated key, last counts", wrap("{server: 'ftp://x', server: 'https://x'}", goodUser));
        fine("basic", wrap(goodCluster, "{username: a, password: b}"));
        fine("key pair",
            wrap(goodCluster,
                "{client-certificate-data: " + b64(pem("CERTIFICATE"))
                    + ", client-key-data: " + b64(pem("EC PRIVATE KEY")) + "}"));
        fine("base64 with line breaks",
            wrap("{server: 'https://x', certificate-authority-data: \"" + b64(pem("CERTIFICATE")).insert(8, "\\n")
                    + "\"}",
                goodUser));
        fine("proxy http", wrap("{server: 'https://x', proxy-url: 'http://user:pw@p:3128'}", goodUser));
        fine("v1beta1 needs no mode",
            wrap(goodCluster, execUser("command: x, apiVersion: client.authentication.k8s.io/v1beta1")));

        cluster("empty cluster", "{}", "server", "no server address");
        cluster("null cluster", "~", "server", "no server address");
        cluster("wrong case", "{Server: 'https://x'}", "server", "no server address");
        cluster("ftp", "{server: 'ftp://x'}", "server", "not a valid");
        cluster("no host", "{server: 'https://'}", "server", "not a valid");
        cluster("bad port", "{server: 'https://x:99999999'}", "server", "not a valid");
        cluster("number", "{server: 17}", "server", "not text");
        cluster(
            "no scheme", "{server: '192.0.2.1:6443', insecure-skip-tls-verify: true}", "server", "it is assumed", true);
        cluster("password in address", "{server: 'https://a:" + marker + "@x'}", "server", "not used", true);
        cluster("bad proxy scheme", "{server: 'https://x', proxy-url: 'socks4://p'}", "proxy-url", "socks5://");
        cluster("proxy without scheme", "{server: 'https://x', proxy-url: 'p:3128'}", "proxy-url", "not valid");
        cluster("ca twice",
            "{server: 'https://x', certificate-authority: /nowhere, certificate-authority-data: "
                + b64(pem("CERTIFICATE")) + "}",
            "certificate-authority", "wins", true);
        cluster("ca missing file", "{server: 'https://x', certificate-authority: /nowhere/ca}", "certificate-authority",
            "/nowhere/ca");
        cluster("ca no base64", "{server: 'https://x', certificate-authority-data: '!!!'}",
            "certificate-authority-data", "base64");
        cluster("ca cut base64", "{server: 'https://x', certificate-authority-data: QUJDR}",
            "certificate-authority-data", "base64");
        cluster("ca no pem", "{server: 'https://x', certificate-authority-data: QUJD}", "certificate-authority-data",
            "no PEM certificate");
        cluster("insecure and ca",
            "{server: 'https://x', insecure-skip-tls-verify: true, certificate-authority-data: "
                + b64(pem("CERTIFICATE")) + "}",
            "insecure-skip-tls-verify", "certificate authority");
        cluster("quoted bool", "{server: 'https://x', insecure-skip-tls-verify: 'true'}", "insecure-skip-tls-verify",
            "without quotes");
        cluster("extensions no list", "{server: 'https://x', extensions: 5}", "extensions", "list");

        user("token is a number", "{token: 12345}", "token", "not text");
        user("token with line break", "{token: \"a\\nb\"}", "token", "line break");
        user("token file missing", "{tokenFile: /nowhere/t}", "tokenFile", "/nowhere/t");
        user("token file missing but token", "{token: a, tokenFile: /nowhere/t}", "tokenFile", "/nowhere/t", true);
        user("token file is a folder", "{tokenFile: /}", "tokenFile", "folder");
        user("token and basic", "{token: a, username: b, password: c}", "", "only one of the two");
        user("password alone", "{password: c}", "password", "without a username", true);
        user("certificate without key", "{client-certificate-data: " + b64(pem("CERTIFICATE")) + "}", "client-key-data",
            "without its key");
        user("key without certificate", "{token: a, client-key-data: " + b64(pem("PRIVATE KEY")) + "}",
            "client-key-data", "not used", true);
        user("certificate file missing",
            "{client-certificate: /nowhere/c, client-key-data: " + b64(pem("PRIVATE KEY")) + "}", "client-certificate",
            "/nowhere/c");
        user("both certificates",
            "{client-certificate: /nowhere/c, client-certificate-data: " + b64(pem("CERTIFICATE"))
                + ", client-key-data: " + b64(pem("PRIVATE KEY")) + "}",
            "client-certificate", "wins", true);
        user("key is no pem", "{client-certificate-data: " + b64(pem("CERTIFICATE")) + ", client-key-data: QUJD}",
            "client-key-data", "no PEM key");
        user("exec without command", execUser("apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never"),
            "exec.command", "no command");
        user("exec without version", execUser("command: x"), "exec.apiVersion", "no apiVersion");
        user("exec v1alpha1", execUser("command: x, apiVersion: client.authentication.k8s.io/v1alpha1"),
            "exec.apiVersion", "v1alpha1");
        user("exec v7", execUser("command: x, apiVersion: client.authentication.k8s.io/v7"), "exec.apiVersion",
            "not known");
        user("exec v1 without mode", execUser("command: x, apiVersion: client.authentication.k8s.io/v1"),
            "exec.interactiveMode", "v1 demands");
        user("exec bad mode",
            execUser("command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Maybe"),
            "exec.interactiveMode", "IfAvailable");
        user("exec env without name",
            execUser("command: x, apiVersion: client.authentication.k8s.io/v1beta1, env: [{value: a}]"),
            "exec.env[0].name", "no usable name");
        user("exec env number",
            execUser("command: x, apiVersion: client.authentication.k8s.io/v1beta1, env: [{name: a, value: 1}]"),
            "exec.env[0].value", "not text");
        user("exec and auth-provider",
            "{exec: {command: x, apiVersion: client.authentication.k8s.io/v1beta1}, auth-provider: {name: gcp}}",
            "exec", "only one of the two");
        user("exec not used", "{token: a, exec: {command: x, apiVersion: client.authentication.k8s.io/v1beta1}}",
            "exec", "not used", true);
        user("exec no map", "{exec: x}", "exec", "map");
        user("gcp", "{auth-provider: {name: gcp, config: {access-token: " + marker + "}}}", "auth-provider",
            "gke-gcloud-auth-plugin");
        user("azure", "{auth-provider: {name: azure}}", "auth-provider", "kubelogin");
        user("oidc", "{auth-provider: {name: oidc}}", "auth-provider", "oidc-login");
        user("provider without name", "{auth-provider: {}}", "auth-provider", "exec");
        user("as-uid without as", "{token: a, as-uid: '1'}", "as", "user name in as");
        user("as-groups without as", "{token: a, as-groups: [b]}", "as", "user name in as");
        user("as-user-extra no list", "{token: a, as: b, as-user-extra: {c: d}}", "as-user-extra", "list");

        context("no cluster named", "{user: u}", "cluster", "names no cluster");
        context("no user named", "{cluster: k}", "user", "names no user");
        context("no such cluster", "{cluster: zz, user: u}", "cluster", "\"zz\" does not exist");
        context("no such user", "{cluster: k, user: zz}", "user", "\"zz\" does not exist");
        context("bad namespace", "{cluster: k, user: u, namespace: Team_1}", "namespace", "Team_1");
        context(
            "namespace too long", "{cluster: k, user: u, namespace: " + QByteArray(64, 'a') + "}", "namespace", "63");
        context("namespace with newline", "{cluster: k, user: u, namespace: \"a\\n\"}", "namespace", "possible name");
        context("empty context", "{}", "cluster", "names no cluster");
        QTest::newRow("http with token") << wrap("{server: 'http://x'}", goodUser) << u"context \"c\""_s << u"user"_s
                                         << u"not sent"_s << true;
        QTest::newRow("name is a boolean")
            << QByteArray("users:\n- {name: yes, user: {}}\n"
                          "clusters: [{name: k, cluster: {server: 'https://x'}}]\ncontexts: [{name: c, context: "
                          "{cluster: k, user: 'yes'}}]")
            << u"user \"yes\""_s << u"name"_s << u"quotes"_s << false;
        QTest::newRow("same name twice") << QByteArray(
            wrap(goodCluster, goodUser) + "---\nusers: [{name: u, user: {token: b}}]")
                                         << u"user \"u\""_s << QString() << u"twice"_s << false;
    }

    void rules()
    {
        QFETCH(const QByteArray, yaml);
        QFETCH(const QString, entry);
        QFETCH(const QString, field);
        QFETCH(const QString, words);
        QFETCH(const bool, usable);
        const Kubeconfig config = parseKubeconfig(yaml, m_dir.filePath(u"config"_s));
        const Context *context = config.find(u"c"_s);
        QVERIFY(context);
        QStringList texts;
        for (const ConfigProblem &problem : config.problems)
            texts += problem.text() + u" | "_s + problem.hint;
        const QString all = texts.join(u'\n');
        QVERIFY2(!all.contains(QString::fromLatin1(marker)), qPrintable(all));
        QVERIFY(!context->server.contains(QString::fromLatin1(marker)));
        QVERIFY2(context->config.has_value() == usable, qPrintable(all));
        if (entry == u'-') {
            QVERIFY2(config.problems.isEmpty(), qPrintable(all));
            return;
        }
        QVERIFY(!config.problems.isEmpty());
        const auto found = std::ranges::find_if(config.problems, [&](const ConfigProblem &p) {
            return p.entry == entry && p.field == field && (p.message + p.hint).contains(words);
        });
        QVERIFY2(found != config.problems.cend(), qPrintable(all));
        QCOMPARE(found->file, m_dir.filePath(u"config"_s));
        QVERIFY(found->line > 0);
        QCOMPARE(found->severity == ConfigProblem::Severity::Error, !usable);
        QVERIFY2(context->problems.contains(*found), "the context does not tell about it");
        QVERIFY(found->text().startsWith(
            m_dir.filePath(u"config"_s) + u':' + QString::number(found->line) + u": "_s + entry));
    }

    void droppedOverHttp()
    {
        const Kubeconfig config = parseKubeconfig(wrap("{server: 'http://x'}", "{token: abc, as: jane}"), u"/c"_s);
        const ClusterConfig c = config.contexts.first().config.value();
        QCOMPARE(authMethod(c), AuthMethod::None);
        QCOMPARE(c.impersonate.user, u"jane"_s);
        QVERIFY(c.token.isEmpty());
    }

    void dataBeatsFile()
    {
        const QByteArray yaml
            = wrap("{server: 'https://x', certificate-authority: /nowhere, certificate-authority-data: "
                    + b64(pem("CERTIFICATE")) + "}",
                goodUser);
        const ClusterConfig c = parseKubeconfig(yaml, u"/c"_s).contexts.first().config.value();
        QCOMPARE(c.caData, pem("CERTIFICATE"));
        QVERIFY(c.caFile.isEmpty());
    }

    void lines()
    {
        const QByteArray yaml = "clusters:\n- name: k\n  cluster:\n    server: https://x\n    proxy-url: gopher://p\n";
        const Kubeconfig config = parseKubeconfig(yaml, u"/c"_s);
        QCOMPARE(config.problems.size(), 1);
        QCOMPARE(config.problems.first().line, 5);
        QCOMPARE(config.problems.first().text().section(u": "_s, 0, 2), u"/c:5: cluster \"k\": proxy-url"_s);
    }

    void brokenEntryDisablesOnlyItsContexts()
    {
        const Kubeconfig config = parseKubeconfig(R"(
clusters: [{name: good, cluster: {server: https://g}}, {name: bad, cluster: {server: nope://b}}, 5, {cluster: {}}]
users: [{name: good, user: {token: t}}, {name: bad, user: {exec: {}}}]
contexts:
- {name: a, context: {cluster: good, user: good}}
- {name: b, context: {cluster: bad, user: good}}
- {name: c, context: {cluster: good, user: bad}}
- {name: d, context: {cluster: bad, user: bad}}
)",
            u"/c"_s);
        QStringList usable;
        for (const Context &context : config.contexts) {
            if (context.config)
                usable += context.name;
        }
        QCOMPARE(usable, QStringList{u"a"_s});
        QCOMPARE(config.find(u"b"_s)->server, u"nope://b"_s);
        // About the file first: the list items that are no entries.
        QVERIFY(config.problems.at(0).entry.isEmpty());
        QVERIFY(config.problems.at(1).entry.isEmpty());
        QVERIFY(!config.problems.at(2).entry.isEmpty());
    }

    void currentContextUnknown()
    {
        const Kubeconfig config = parseKubeconfig("current-context: gone\n", u"/c"_s);
        QCOMPARE(config.problems.size(), 1);
        QCOMPARE(config.problems.first().severity, ConfigProblem::Severity::Warning);
        QCOMPARE(config.problems.first().line, 1);
    }

    void secretsStayOutOfDebug()
    {
        const QByteArray yaml = wrap(goodCluster, "{token: " + marker + "}");
        const ClusterConfig c = parseKubeconfig(yaml, u"/c"_s).contexts.first().config.value();
        QCOMPARE(c.token.reveal(), marker);
        QString text;
        QDebug(&text) << c.token;
        QVERIFY(!text.contains(QString::fromLatin1(marker)));
    }

private:
    QTemporaryDir m_dir;
};

QTEST_GUILESS_MAIN(KubeconfigTest)
#include "tst_kubeconfig.moc"
