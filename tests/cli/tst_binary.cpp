// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The real program as scripts use it: output, errors and exit codes of status, contexts and demo.

#include "demo/server.h"
#include "support/cli_run.h"
#include "support/session_replay.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

using support::run;
using support::Run;

class TestBinary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void versionAndHelp();
    void wrongUse_data();
    void wrongUse();
    void statusText();
    void statusJson();
    void statusInChinese();
    void statusOfAFailedUpgradeIsAnAnswer();
    void statusWithoutUpgrade();
    void statusOfARecording();
    void statusUnreachable();
    void statusWrongCa();
    void statusNotLoggedIn();
    void statusMayNothing();
    void statusUnknownContext();
    void statusTimesOut();
    void statusPluginTooSlow();
    void contextsText();
    void contextsJson();
    void contextsBroken();
    void contextsNone();
    void demoServes();
    void demoUnknownScenario();
    void nothingSecretIsPrinted();

private:
    QString write(const QString &name, const QByteArray &text) const;
    QString kubeconfig(demo::DemoThread &demo) const { return write(u"demo.yaml"_s, demo.kubeconfig()); }
    static demo::ServerOptions still(double at, const QString &scenario = u"healthy"_s);
    QTemporaryDir m_folder;
};

demo::ServerOptions TestBinary::still(double at, const QString &scenario)
{
    demo::ServerOptions options;
    options.scenario = scenario;
    options.speed = 0;
    options.startAt = at;
    return options;
}

QString TestBinary::write(const QString &name, const QByteArray &text) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(text);
    return file.fileName();
}

void TestBinary::initTestCase()
{
    QVERIFY(QFileInfo(support::gleaner()).isExecutable());
}

void TestBinary::versionAndHelp()
{
    const Run version = run({u"--version"_s});
    QCOMPARE(version.code, 0);
    QVERIFY(QRegularExpression(u"^gleaner \\d+\\.\\d+\\.\\d+\\n$"_s).match(version.out).hasMatch());
    const Run help = run({u"--help"_s});
    QCOMPARE(help.code, 0);
    QVERIFY(help.out.contains(u"gleaner status"_s));
    const Run demo = run({u"demo"_s, u"--help"_s});
    QVERIFY(demo.out.contains(u"healthy"_s));
}

void TestBinary::wrongUse_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("named");
    QTest::newRow("option") << QStringList{u"status"_s, u"--no-such"_s} << 64 << u"--no-such"_s;
    QTest::newRow("command") << QStringList{u"stauts"_s} << 64 << u"stauts"_s;
    QTest::newRow("option of the window") << QStringList{u"--no-such"_s} << 64 << u"--no-such"_s;
    QTest::newRow("command after an option") << QStringList{u"--language"_s, u"en"_s, u"stauts"_s} << 64 << u"stauts"_s;
    QTest::newRow("help of nothing") << QStringList{u"help"_s, u"stauts"_s} << 64 << u"stauts"_s;
    QTest::newRow("context") << QStringList{u"status"_s, u"--context"_s, u"elsewhere"_s, u"--kubeconfig"_s,
        write(u"one.yaml"_s,
            "apiVersion: v1\nkind: Config\nclusters: [{name: c, cluster: {server: \"https://127.0.0.1:1\"}}]\n"
            "users: [{name: u, user: {}}]\ncontexts: [{name: here, context: {cluster: c, user: u}}]\n")}
                             << 5 << u"elsewhere"_s;
}

void TestBinary::wrongUse()
{
    QFETCH(QStringList, words);
    const Run wrong = run(words);
    QTEST(wrong.code, "code");
    QVERIFY(wrong.out.isEmpty());
    QFETCH(QString, named);
    QVERIFY2(wrong.err.contains(named), qPrintable(wrong.err));
    QVERIFY2(wrong.err.count(u'\n') == 1, qPrintable(wrong.err));
}

void TestBinary::statusText()
{
    demo::DemoThread demo(still(7000));
    QVERIFY(demo.start());
    const Run status = run({u"status"_s, u"--kubeconfig"_s, kubeconfig(demo)});
    QVERIFY2(status.code == 0, qPrintable(status.err));
    QVERIFY2(status.out.contains(u"v1.8.2 → v1.9.0"_s), qPrintable(status.out));
    for (const QString &node : {u"node1"_s, u"node2"_s, u"node3"_s})
        QVERIFY(status.out.contains(node));
    QVERIFY(!status.out.contains(QChar(0x1b)));
    QCOMPARE(status.err, QString());
}

void TestBinary::statusJson()
{
    demo::DemoThread demo(still(7000));
    QVERIFY(demo.start());
    const Run status = run({u"status"_s, u"--kubeconfig"_s, kubeconfig(demo), u"-o"_s, u"json"_s});
    QVERIFY2(status.code == 0, qPrintable(status.err));
    const QJsonObject json = QJsonDocument::fromJson(status.out.toUtf8()).object();
    QCOMPARE(json.value("schema"_L1).toString(), u"gleaner.status/v1"_s);
    QCOMPARE(json.value("context"_L1).toString(), u"demo"_s);
    QCOMPARE(json.value("connection"_L1).toObject().value("state"_L1).toString(), u"online"_s);
    QCOMPARE(json.value("phases"_L1).toArray().size(), 6);
    QCOMPARE(json.value("nodes"_L1).toArray().size(), 3);
}

void TestBinary::statusInChinese()
{
    demo::DemoThread demo(still(7000));
    QVERIFY(demo.start());
    const Run status = run({u"status"_s, u"--kubeconfig"_s, kubeconfig(demo), u"--language"_s, u"zh_CN"_s});
    QVERIFY2(status.code == 0, qPrintable(status.err));
    QVERIFY2(QRegularExpression(u"[\\x{4e00}-\\x{9fff}]"_s).match(status.out).hasMatch(), qPrintable(status.out));
}

void TestBinary::statusOfAFailedUpgradeIsAnAnswer()
{
    demo::DemoThread demo(still(100000, u"manifests-failed"_s));
    QVERIFY(demo.start());
    const Run status = run({u"status"_s, u"--kubeconfig"_s, kubeconfig(demo), u"-o"_s, u"json"_s});
    QVERIFY2(status.code == 0, qPrintable(status.err));
    QCOMPARE(QJsonDocument::fromJson(status.out.toUtf8()).object().value("state"_L1).toString(), u"failed"_s);
}

void TestBinary::statusWithoutUpgrade()
{
    demo::DemoThread demo(still(0, u"no-upgrade"_s));
    QVERIFY(demo.start());
    const Run status = run({u"status"_s, u"--kubeconfig"_s, kubeconfig(demo)});
    QVERIFY2(status.code == 0, qPrintable(status.err));
    QVERIFY2(status.out.contains(u"v1.8.2"_s), qPrintable(status.out));
}

void TestBinary::statusOfARecording()
{
    support::Replay server;
    QVERIFY(server.play(u"three-node-15"_s));
    const Run status = run({u"status"_s, u"--kubeconfig"_s, write(u"recorded.yaml"_s, server.kubeconfig())});
    QVERIFY2(status.code == 0, qPrintable(status.err));
    QVERIFY(status.out.contains(u"hvst-upgrade-s4f94"_s));
    QVERIFY(status.out.contains(u"v1.7.1 → v1.8.0"_s));
}

void TestBinary::statusUnreachable()
{
    QTcpServer port;
    QVERIFY(port.listen(QHostAddress::LocalHost));
    const QByteArray address = "127.0.0.1:" + QByteArray::number(port.serverPort());
    port.close();
    const Run status = run({u"status"_s, u"--kubeconfig"_s,
        write(u"nobody.yaml"_s,
            "apiVersion: v1\nkind: Config\ncurrent-context: gone\n"
            "clusters: [{name: c, cluster: {server: \"https://"
                + address
                + "\"}}]\nusers: [{name: u, user: {}}]\n"
                  "contexts: [{name: gone, context: {cluster: c, user: u}}]\n")});
    QCOMPARE(status.code, 2);
    QVERIFY(status.out.isEmpty());
    QVERIFY2(status.err.contains(QString::fromLatin1(address)), qPrintable(status.err));
}

void TestBinary::statusWrongCa()
{
    demo::DemoThread demo(still(0)), other(still(0));
    QVERIFY(demo.start() && other.start());
    // The other server's authority with this one's address.
    QByteArray text = other.kubeconfig();
    quint16 right = 0, wrong = 0;
    demo.run([&](demo::Server &server) { right = server.port(); });
    other.run([&](demo::Server &server) { wrong = server.port(); });
    text.replace(":" + QByteArray::number(wrong), ":" + QByteArray::number(right));
    const Run status = run({u"status"_s, u"--kubeconfig"_s, write(u"wrongca.yaml"_s, text)});
    QCOMPARE(status.code, 2);
    QVERIFY2(!status.err.isEmpty(), "says why");
}

void TestBinary::statusNotLoggedIn()
{
    demo::DemoThread demo(still(0));
    QVERIFY(demo.start());
    demo::Faults faults;
    faults.tokenExpired = true;
    demo.run([&](demo::Server &server) { server.setFaults(faults); });
    const Run status = run({u"status"_s, u"--kubeconfig"_s, kubeconfig(demo)});
    QCOMPARE(status.code, 3);
    QVERIFY(status.out.isEmpty());
    QVERIFY(!status.err.isEmpty());
}

void TestBinary::statusMayNothing()
{
    demo::DemoThread demo(still(0));
    QVERIFY(demo.start());
    QByteArray text = demo.kubeconfig(), admin, nobody;
    demo.run([&](demo::Server &server) {
        admin = server.token();
        nobody = server.token(u"nobody"_s);
    });
    text.replace(admin, nobody);
    const Run status = run({u"status"_s, u"--kubeconfig"_s, write(u"nobody.yaml"_s, text)});
    QCOMPARE(status.code, 3);
    QVERIFY2(status.err.contains(u"upgrades.harvesterhci.io"_s), qPrintable(status.err));
}

void TestBinary::statusUnknownContext()
{
    demo::DemoThread demo(still(0));
    QVERIFY(demo.start());
    const Run status = run({u"status"_s, u"--kubeconfig"_s, kubeconfig(demo), u"--context"_s, u"elsewhere"_s});
    QCOMPARE(status.code, 5);
    QVERIFY(status.err.contains(u"elsewhere"_s));
    const Run missing = run({u"status"_s, u"--kubeconfig"_s, u"/no/such/file"_s});
    QCOMPARE(missing.code, 5);
    QVERIFY(missing.err.contains(u"/no/such/file"_s));
}

void TestBinary::statusTimesOut()
{
    demo::DemoThread demo(still(0));
    QVERIFY(demo.start());
    demo::Faults faults;
    faults.silent = true;
    demo.run([&](demo::Server &server) { server.setFaults(faults); });
    QElapsedTimer timer;
    timer.start();
    const Run status = run({u"status"_s, u"--kubeconfig"_s, kubeconfig(demo), u"--timeout"_s, u"1"_s});
    QCOMPARE(status.code, 2);
    QVERIFY(!status.err.isEmpty());
    QVERIFY2(timer.elapsed() < 10000, "its own limit, not the transport's");
}

void TestBinary::statusPluginTooSlow()
{
    const QString plugin = write(u"slow-login"_s, "#!/bin/sh\nexec sleep 60\n");
    QFile(plugin).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const QString config = write(u"exec.yaml"_s,
        "apiVersion: v1\nkind: Config\ncurrent-context: slow\nclusters: [{name: c, cluster: {server: "
        "\"https://127.0.0.1:1\"}}]\n"
        "users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: \""
            + plugin.toUtf8()
            + "\", interactiveMode: Never}}}]\n"
              "contexts: [{name: slow, context: {cluster: c, user: u}}]\n");
    const Run status = run({u"status"_s, u"--kubeconfig"_s, config, u"--exec-timeout"_s, u"1"_s});
    QCOMPARE(status.code, 3);
    QVERIFY2(status.err.contains(u"slow-login"_s), qPrintable(status.err));
}

void TestBinary::contextsText()
{
    demo::DemoThread demo(still(0));
    QVERIFY(demo.start());
    const Run contexts = run({u"contexts"_s}, {{u"KUBECONFIG"_s, kubeconfig(demo)}});
    QVERIFY2(contexts.code == 0, qPrintable(contexts.err));
    QVERIFY(QRegularExpression(u"^\\*\\s+demo\\s+https://127"_s, QRegularExpression::MultilineOption)
            .match(contexts.out)
            .hasMatch());
    QVERIFY(contexts.out.contains(u"demo-viewer"_s));
    QVERIFY2(contexts.out.contains(m_folder.filePath(u"demo.yaml"_s)), qPrintable(contexts.out));
    QVERIFY(contexts.out.contains(u"token"_s));
}

void TestBinary::contextsJson()
{
    demo::DemoThread demo(still(0));
    QVERIFY(demo.start());
    const Run contexts = run({u"contexts"_s, u"-ojson"_s, u"--kubeconfig"_s, kubeconfig(demo)});
    QCOMPARE(contexts.code, 0);
    const QJsonObject json = QJsonDocument::fromJson(contexts.out.toUtf8()).object();
    QCOMPARE(json.value("schema"_L1).toString(), u"gleaner.contexts/v1"_s);
    QCOMPARE(json.value("contexts"_L1).toArray().at(0).toObject().value("auth"_L1).toString(), u"token"_s);
    QCOMPARE(json.value("contexts"_L1).toArray().at(0).toObject().value("current"_L1).toBool(), true);
    QCOMPARE(json.value("contexts"_L1).toArray().at(0).toObject().value("file"_L1).toString(),
        m_folder.filePath(u"demo.yaml"_s));
}

void TestBinary::contextsBroken()
{
    demo::DemoThread demo(still(0));
    QVERIFY(demo.start());
    const QString broken = write(u"broken.yaml"_s, "clusters: [\n  {name: x");
    const QString dangling = write(u"dangling.yaml"_s,
        "apiVersion: v1\nkind: Config\ncontexts: [{name: lost, context: {cluster: nowhere, user: noone}}]\n");
    const Run contexts = run({u"contexts"_s}, {{u"KUBECONFIG"_s, broken + u':' + dangling + u':' + kubeconfig(demo)}});
    QCOMPARE(contexts.code, 5);
    QVERIFY(contexts.out.contains(u"demo"_s)); // the good ones are there
    QVERIFY(contexts.out.contains(u"lost"_s));
    QVERIFY2(contexts.err.contains(u"broken.yaml"_s), qPrintable(contexts.err));
    QVERIFY2(contexts.err.contains(u"nowhere"_s), qPrintable(contexts.err));
    const Run status = run({u"status"_s, u"--context"_s, u"lost"_s}, {{u"KUBECONFIG"_s, dangling}});
    QCOMPARE(status.code, 5);
    QVERIFY2(status.err.contains(u"nowhere"_s), qPrintable(status.err));
}

void TestBinary::contextsNone()
{
    const Run contexts = run({u"contexts"_s});
    QCOMPARE(contexts.code, 5);
    QVERIFY(contexts.out.isEmpty());
    QVERIFY(contexts.err.contains(u".kube/config"_s));
}

void TestBinary::demoServes()
{
    const QString path = m_folder.filePath(u"served.yaml"_s);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"XDG_RUNTIME_DIR"_s);
    process.setProcessEnvironment(environment);
    process.start(support::gleaner(), {u"demo"_s, u"single-node"_s, u"--kubeconfig-out"_s, path, u"--speed"_s, u"1"_s});
    QByteArray text;
    const auto served = [&] {
        text += process.readAllStandardOutput();
        return text.contains("export KUBECONFIG=");
    };
    QTRY_VERIFY_WITH_TIMEOUT(served(), 30000);
    QCOMPARE(
        QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
        QFile::Permissions());
    const Run status = run({u"status"_s, u"--kubeconfig"_s, path});
    QVERIFY2(status.code == 0, qPrintable(status.err));
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
    const QByteArray said = process.readAllStandardError();
    QVERIFY2(said.count('\n') == 1 && !said.contains("XDG"), said.constData());
}

void TestBinary::demoUnknownScenario()
{
    const Run demo = run({u"demo"_s, u"armageddon"_s});
    QCOMPARE(demo.code, 64);
    QVERIFY(demo.err.contains(u"healthy"_s));
}

void TestBinary::nothingSecretIsPrinted()
{
    demo::DemoThread demo(still(4000));
    QVERIFY(demo.start());
    QByteArray token;
    demo.run([&](demo::Server &server) { token = server.token(); });
    for (const QStringList &words : {QStringList{u"contexts"_s, u"-ojson"_s}, QStringList{u"status"_s, u"-ojson"_s}}) {
        const Run all = run(words, {{u"KUBECONFIG"_s, kubeconfig(demo)}});
        QVERIFY(!all.out.contains(QString::fromLatin1(token)));
        QVERIFY(!all.err.contains(QString::fromLatin1(token)));
    }
}

QTEST_GUILESS_MAIN(TestBinary)
#include "tst_binary.moc"
