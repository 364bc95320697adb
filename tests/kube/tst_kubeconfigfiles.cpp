// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Which files are in force and how they merge; compared with the real kubectl, which the platform has.

#include "kube/kubeconfig.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace kube;

namespace {

const QByteArray fileA = R"(
apiVersion: v1
kind: Config
clusters:
- name: shared
  cluster: {server: "https://a:6443", tls-server-name: from-a}
- name: only-a
  cluster: {server: "https://only-a:6443"}
users:
- name: shared
  user: {token: token-a}
contexts:
- name: shared
  context: {cluster: shared, user: shared, namespace: ns-a}
- name: cross
  context: {cluster: only-b, user: only-c}
- name: dangling
  context: {cluster: nowhere, user: shared}
)";
const QByteArray fileB = R"(
current-context: cross
clusters:
- name: shared
  cluster: {server: "https://b:6443", insecure-skip-tls-verify: true}
- name: only-b
  cluster: {server: "https://only-b:6443"}
users:
- name: shared
  user: {username: b, password: b}
contexts:
- name: shared
  context: {cluster: only-b, user: shared}
)";
const QByteArray fileC = R"(
current-context: shared
users:
- name: only-c
  user: {token: token-c}
contexts:
- name: "c c"
  context: {cluster: only-a, user: only-c, namespace: ns-c}
)";
const QByteArray fileD
    = "{\"kind\":\"Config\",\"apiVersion\":\"v1\",\"current-context\":\"\",\"clusters\":[],\"contexts\":null}";

QString write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write a test file");
    return path;
}

/// What both programs must agree on: current context, and for each context cluster, user, namespace, server and token.
struct View {
    QString current;
    QMap<QString, QStringList> contexts;
    bool operator==(const View &) const = default;
};

QMap<QString, QJsonObject> byName(const QJsonValue &list, QLatin1StringView body)
{
    QMap<QString, QJsonObject> map;
    for (const QJsonValue &entry : list.toArray())
        map.insert(entry["name"_L1].toString(), entry[body].toObject());
    return map;
}

View ofKubectl(const QProcessEnvironment &environment, const QStringList &arguments)
{
    QProcess kubectl;
    kubectl.setProcessEnvironment(environment);
    kubectl.start(u"kubectl"_s, arguments + QStringList{u"config"_s, u"view"_s, u"--raw"_s, u"-o"_s, u"json"_s});
    if (!kubectl.waitForFinished() || kubectl.exitCode() != 0)
        return {u"kubectl failed: "_s + QString::fromUtf8(kubectl.readAllStandardError()), {}};
    const QJsonObject root = QJsonDocument::fromJson(kubectl.readAllStandardOutput()).object();
    const auto clusters = byName(root["clusters"_L1], "cluster"_L1);
    const auto users = byName(root["users"_L1], "user"_L1);
    View view{root["current-context"_L1].toString(), {}};
    const auto contexts = byName(root["contexts"_L1], "context"_L1);
    for (auto it = contexts.cbegin(); it != contexts.cend(); ++it) {
        const QString cluster = it.value()["cluster"_L1].toString();
        const QString user = it.value()["user"_L1].toString();
        view.contexts.insert(it.key(),
            {cluster, user, it.value()["namespace"_L1].toString(), clusters[cluster]["server"_L1].toString(),
                users[user]["token"_L1].toString(), users[user]["username"_L1].toString()});
    }
    return view;
}

View ofOurs(const Kubeconfig &config)
{
    View view{config.currentContext, {}};
    for (const Context &context : config.contexts) {
        const bool usable = context.config.has_value();
        view.contexts.insert(context.name,
            {context.clusterName, context.userName, context.ns, context.server,
                usable ? QString::fromUtf8(context.config->token.reveal()) : QString(),
                usable ? context.config->username : QString()});
    }
    return view;
}

} // namespace

class KubeconfigFilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        qunsetenv("KUBECONFIG");
    }

    void filesInForce()
    {
        QCOMPARE(kubeconfigFiles(), QStringList{QDir::homePath() + u"/.kube/config"_s});
        qputenv("KUBECONFIG", "");
        QCOMPARE(kubeconfigFiles(), QStringList{QDir::homePath() + u"/.kube/config"_s});
        qputenv("KUBECONFIG", "/b::/a:/b:/a:/./a");
        QCOMPARE(kubeconfigFiles(), QStringList({u"/b"_s, u"/a"_s}));
        qputenv("KUBECONFIG", "relative/x");
        QCOMPARE(kubeconfigFiles(), QStringList{QDir::current().absoluteFilePath(u"relative/x"_s)});
        QCOMPARE(kubeconfigFiles(u"/explicit"_s), QStringList{u"/explicit"_s});
        qputenv("KUBECONFIG", ":::");
        QCOMPARE(kubeconfigFiles(), QStringList());
        QCOMPARE(loadKubeconfig({}).contexts, {});
    }

    void explicitMissingIsAnError()
    {
        const Kubeconfig config = loadKubeconfig({path(u"gone"_s)}, true);
        QCOMPARE(config.problems.size(), 1);
        QCOMPARE(config.problems.first().severity, ConfigProblem::Severity::Error);
        QVERIFY(config.problems.first().text().contains(path(u"gone"_s)));
    }

    void listSkipsMissing()
    {
        const QString a = write(path(u"a"_s), fileA);
        const Kubeconfig config = loadKubeconfig({path(u"gone"_s), a});
        QVERIFY(config.find(u"shared"_s)->config);
        for (const ConfigProblem &problem : config.problems)
            QVERIFY(!problem.file.endsWith("gone"_L1));
        const Kubeconfig none = loadKubeconfig({path(u"gone"_s), path(u"gone2"_s)});
        QCOMPARE(none.problems.size(), 1);
        QCOMPARE(none.problems.first().severity, ConfigProblem::Severity::Warning);
    }

    void brokenFileHidesNoOther()
    {
        const QString broken = write(path(u"broken"_s), "a: [\n");
        const QString b = write(path(u"b"_s), fileB);
        const QString folder = path(u"folder"_s);
        QDir().mkpath(folder);
        const QString fifo = path(u"fifo"_s);
        QCOMPARE(::mkfifo(qPrintable(fifo), 0600), 0); // must not block us
        const Kubeconfig config = loadKubeconfig({broken, folder, fifo, b});
        QVERIFY(config.find(u"shared"_s)->config);
        QStringList named;
        for (const ConfigProblem &problem : config.problems) {
            if (problem.entry.isEmpty() && problem.severity == ConfigProblem::Severity::Error)
                named += QFileInfo(problem.file).fileName();
        }
        std::ranges::sort(named);
        QCOMPARE(named, QStringList({u"broken"_s, u"fifo"_s, u"folder"_s}));
        QCOMPARE(config.files.size(), 4);
    }

    void missingEntryMayBeInBrokenFile()
    {
        const QString broken = write(path(u"broken"_s), "a: [\n");
        const QString a = write(path(u"a"_s), fileA);
        const Context context = *loadKubeconfig({broken, a}).find(u"dangling"_s);
        QVERIFY(context.problems.first().hint.contains("could not be read"_L1));
    }

    void relativePaths()
    {
        const QString file = write(path(u"sub/config"_s), R"(
clusters: [{name: k, cluster: {server: "https://x", certificate-authority: ca.pem}}]
users:
- {name: u, user: {client-certificate: ../c.pem, client-key: keys/k.pem}}
- {name: t, user: {tokenFile: token}}
- {name: bare, user: {exec: {command: plugin, apiVersion: client.authentication.k8s.io/v1beta1}}}
- {name: rel, user: {exec: {command: ./bin/plugin, apiVersion: client.authentication.k8s.io/v1beta1}}}
- {name: abs, user: {exec: {command: /opt/plugin, apiVersion: client.authentication.k8s.io/v1beta1}}}
contexts:
- {name: u, context: {cluster: k, user: u}}
- {name: t, context: {cluster: k, user: t}}
- {name: bare, context: {cluster: k, user: bare}}
- {name: rel, context: {cluster: k, user: rel}}
- {name: abs, context: {cluster: k, user: abs}}
)");
        write(path(u"sub/ca.pem"_s), "x");
        write(path(u"c.pem"_s), "x");
        write(path(u"sub/keys/k.pem"_s), "x");
        write(path(u"sub/token"_s), "x");
        // Another file first: each entry's own file counts.
        const QString other = write(path(u"other"_s), "current-context: u\n");
        const Kubeconfig config = loadKubeconfig({other, file});
        QCOMPARE(config.problems, {});
        const auto of = [&](const QString &name) { return config.find(name)->config.value(); };
        QCOMPARE(of(u"u"_s).caFile, path(u"sub/ca.pem"_s));
        QCOMPARE(of(u"u"_s).clientCertFile, path(u"c.pem"_s));
        QCOMPARE(of(u"u"_s).clientKeyFile, path(u"sub/keys/k.pem"_s));
        QCOMPARE(of(u"t"_s).tokenFile, path(u"sub/token"_s));
        QCOMPARE(of(u"bare"_s).exec->command, u"plugin"_s);
        QCOMPARE(of(u"rel"_s).exec->command, path(u"sub/bin/plugin"_s));
        QCOMPARE(of(u"abs"_s).exec->command, u"/opt/plugin"_s);
        QCOMPARE(of(u"abs"_s).exec->file, file);
    }

    void relativeToTheNameNotTheLinkTarget()
    {
        write(path(u"real/config"_s),
            "clusters: [{name: k, cluster: {server: 'https://x', certificate-authority: ca.pem}}]\nusers: [{name: u}]\n"
            "contexts: [{name: c, context: {cluster: k, user: u}}]\n");
        write(path(u"link/ca.pem"_s), "x");
        QVERIFY(QFile::link(path(u"real/config"_s), path(u"link/config"_s)));
        const Kubeconfig config = loadKubeconfig({path(u"link/config"_s)});
        QCOMPARE(config.find(u"c"_s)->config.value().caFile, path(u"link/ca.pem"_s));
    }

    void unreadableFilesAreNamed()
    {
        const QString file = write(path(u"config"_s),
            "clusters: [{name: k, cluster: {server: 'https://x', certificate-authority: ca.pem}}]\n");
        QCOMPARE(loadKubeconfig({file}).unreadable, QStringList{path(u"ca.pem"_s)});
    }

    void firstWinsWhole()
    {
        const QString a = write(path(u"a"_s), fileA);
        const QString b = write(path(u"b"_s), fileB);
        const ClusterConfig c = loadKubeconfig({b, a}).find(u"shared"_s)->config.value();
        QCOMPARE(c.server.host(), u"only-b"_s);
        const ClusterConfig d = loadKubeconfig({a, b}).find(u"shared"_s)->config.value();
        QCOMPARE(d.server.host(), u"a"_s);
        QVERIFY2(!d.insecureSkipTlsVerify, "a field of the second file got into the first file's entry");
        QCOMPARE(d.tlsServerName, u"from-a"_s);
        QVERIFY(d.username.isEmpty());
    }

    void aBrokenFirstEntryStillWins()
    {
        const QString bad = write(path(u"bad"_s), "users: [{name: shared, user: {exec: {}}}]\n");
        const QString a = write(path(u"a"_s), fileA);
        QVERIFY(!loadKubeconfig({bad, a}).find(u"shared"_s)->config);
    }

    void likeKubectl_data()
    {
        QTest::addColumn<QStringList>("names");
        QStringList names{u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"gone"_s};
        std::ranges::sort(names);
        int row = 0;
        do { // a fifth of the permutations is plenty
            if (row++ % 5 == 0)
                QTest::newRow(qPrintable(names.join(u':'))) << names;
        } while (std::ranges::next_permutation(names).found);
        for (const QString &name : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
            QTest::newRow(qPrintable(name)) << QStringList{name};
        QTest::newRow("twice") << QStringList{u"b"_s, u"a"_s, u"b"_s};
    }
    void likeKubectl()
    {
        QFETCH(const QStringList, names);
        QVERIFY2(!QStandardPaths::findExecutable(u"kubectl"_s).isEmpty(),
            "kubectl is part of the platform and is not installed");
        const QMap<QString, QByteArray> contents{{u"a"_s, fileA}, {u"b"_s, fileB}, {u"c"_s, fileC}, {u"d"_s, fileD}};
        QStringList files;
        for (const QString &name : names) {
            if (contents.contains(name))
                write(path(name), contents.value(name));
            files += path(name);
        }
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"KUBECONFIG"_s, files.join(u':'));
        const View theirs = ofKubectl(environment, {});
        qputenv("KUBECONFIG", files.join(u':').toLocal8Bit());
        View ours = ofOurs(loadKubeconfig(kubeconfigFiles()));
        // A context that cannot be used has no token with us; kubectl shows the user's all the same.
        if (ours.contexts.contains(u"dangling"_s) && theirs.contexts.contains(u"dangling"_s))
            ours.contexts[u"dangling"_s] = theirs.contexts.value(u"dangling"_s);
        for (auto it = ours.contexts.begin(); it != ours.contexts.end(); ++it) {
            if (it.value().at(3).isEmpty()) // its cluster is in no file of this list
                it.value() = theirs.contexts.value(it.key());
        }
        QCOMPARE(ours.current, theirs.current);
        QCOMPARE(ours.contexts.keys(), theirs.contexts.keys());
        for (auto it = ours.contexts.cbegin(); it != ours.contexts.cend(); ++it) {
            QStringList expected = theirs.contexts.value(it.key());
            if (!loadKubeconfig(kubeconfigFiles()).find(it.key())->config) // unusable: only what is shown
                expected = QStringList(expected.first(4)) + it.value().sliced(4);
            QCOMPARE(it.value(), expected);
        }
    }

    void explicitLikeKubectl()
    {
        QVERIFY2(!QStandardPaths::findExecutable(u"kubectl"_s).isEmpty(),
            "kubectl is part of the platform and is not installed");
        const QString b = write(path(u"b"_s), fileB);
        write(path(u"a"_s), fileA);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"KUBECONFIG"_s, path(u"a"_s)); // must not count
        qputenv("KUBECONFIG", path(u"a"_s).toLocal8Bit());
        const View theirs = ofKubectl(environment, {u"--kubeconfig"_s, b});
        QCOMPARE(ofOurs(loadKubeconfig(kubeconfigFiles(b), true)).contexts.keys(), theirs.contexts.keys());
        QCOMPARE(ofOurs(loadKubeconfig(kubeconfigFiles(b), true)).current, theirs.current);
    }

    /// What kubectl refuses to decode we must not take for good either, and the other way round.
    void verdictsLikeKubectl_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<bool>("accepted");
        QTest::newRow("number token") << QByteArray("users: [{name: a, user: {token: 12345}}]") << false;
        QTest::newRow("exponent token") << QByteArray("users: [{name: a, user: {token: 1e5}}]") << false;
        QTest::newRow("y token") << QByteArray("users: [{name: a, user: {token: y}}]") << false;
        QTest::newRow("boolean name") << QByteArray("users: [{name: yes, user: {}}]") << false;
        QTest::newRow("quoted bool") << QByteArray(
            "clusters: [{name: a, cluster: {server: 'https://x', insecure-skip-tls-verify: 'true'}}]")
                                     << false;
        QTest::newRow("yes bool") << QByteArray(
            "clusters: [{name: a, cluster: {server: 'https://x', insecure-skip-tls-verify: yes}}]")
                                  << true;
        QTest::newRow("kind") << QByteArray("kind: Foo") << false;
        QTest::newRow("version") << QByteArray("apiVersion: v2\nkind: Config") << false;
        QTest::newRow("twice") << QByteArray("users: [{name: a, user: {token: x}},{name: a, user: {token: z}}]")
                               << false;
        QTest::newRow("repeated key") << QByteArray(
            "current-context: ''\nusers: [{name: a, user: {token: x, token: zz}}]")
                                      << true;
        QTest::newRow("merge key") << QByteArray(
            "x: &x {server: 'https://x'}\nclusters: [{name: a, cluster: {<<: *x}}]")
                                   << true;
        QTest::newRow("list") << QByteArray("- a") << false;
        QTest::newRow("scalar") << QByteArray("hello") << false;
        QTest::newRow("nulls") << QByteArray("clusters: null\ncontexts: ~") << true;
        QTest::newRow("bad base64") << QByteArray(
            "clusters: [{name: a, cluster: {server: 'https://x', certificate-authority-data: '!!!'}}]")
                                    << false;
        QTest::newRow("section map") << QByteArray("clusters: {a: b}") << false;
        QTest::newRow("env number") << QByteArray(
            "users: [{name: a, user: {exec: {command: x, apiVersion: client.authentication.k8s.io/v1beta1, env: "
            "[{name: A, value: 1}]}}}]")
                                    << false;
        QTest::newRow("date token") << QByteArray("users: [{name: a, user: {token: 2026-01-01}}]") << true;
        QTest::newRow("version-like token") << QByteArray("users: [{name: a, user: {token: 1.2.3}}]") << true;
        QTest::newRow("octal token") << QByteArray("users: [{name: a, user: {token: 0777}}]") << false;
        QTest::newRow("not octal token") << QByteArray("users: [{name: a, user: {token: 0987}}]") << false;
        QTest::newRow("hex token") << QByteArray("users: [{name: a, user: {token: 0xAB}}]") << false;
        QTest::newRow("underscore token") << QByteArray("users: [{name: a, user: {token: 1_000}}]") << false;
        QTest::newRow("infinity token") << QByteArray("users: [{name: a, user: {token: .inf}}]") << false;
        QTest::newRow("dot token") << QByteArray("users: [{name: a, user: {token: '.5'}}]") << true;
        QTest::newRow("tagged token") << QByteArray("users: [{name: a, user: {token: !!str 12}}]") << true;
        QTest::newRow("plus token") << QByteArray("users: [{name: a, user: {token: +12}}]") << false;
        QTest::newRow("trailing dot token") << QByteArray("users: [{name: a, user: {token: 12.}}]") << false;
        QTest::newRow("exponent without sign") << QByteArray("users: [{name: a, user: {token: 12e03}}]") << false;
    }
    void verdictsLikeKubectl()
    {
        QFETCH(const QByteArray, yaml);
        QFETCH(const bool, accepted);
        const QString file = write(path(u"config"_s), yaml);
        const View theirs = ofKubectl(QProcessEnvironment::systemEnvironment(), {u"--kubeconfig"_s, file});
        QVERIFY2(theirs.current.startsWith("kubectl failed"_L1) != accepted, qPrintable(theirs.current));
        const Kubeconfig ours = loadKubeconfig({file}, true);
        QVERIFY2(ours.problems.isEmpty() == accepted,
            ours.problems.isEmpty() ? "taken for good" : qPrintable(ours.problems.first().text()));
    }

private:
    [[nodiscard]] QString path(const QString &name) const { return m_dir->filePath(name); }
    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(KubeconfigFilesTest)
#include "tst_kubeconfigfiles.moc"
