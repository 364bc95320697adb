// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// `gleaner verdict` and `gleaner check` against simulated clusters: every verdict, every way in which something cannot
// be known, and what a script gets.

#include "support/cli_run.h"
#include "support/demo_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using support::run;
using support::Run;

class TestVerdict : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void verdicts_data();
    void verdicts();
    void fixFirstAndExitCode();
    void unknownIsNeverSafe_data();
    void unknownIsNeverSafe();
    void textSaysWhy();
    void checksOfAClusterAtRest();
    void checksOfARunningUpgrade();
    void checksWithoutPermission();
    void checksUnreachable();

private:
    QString begin(const QString &scenario, double at, const QString &context = {});
    [[nodiscard]] static QJsonObject json(const Run &run) { return QJsonDocument::fromJson(run.out.toUtf8()).object(); }
    [[nodiscard]] static QJsonObject check(const QJsonObject &json, const QString &id)
    {
        for (const QJsonValue &value : json.value("checks"_L1).toArray()) {
            if (value["id"_L1].toString() == id)
                return value.toObject();
        }
        return {};
    }
    support::DemoFixture m_demo;
    QTemporaryDir m_folder;
    QStringList m_where; ///< options that lead to the cluster
};

QString TestVerdict::begin(const QString &scenario, double at, const QString &context)
{
    demo::ServerOptions options;
    options.scenario = scenario;
    options.speed = 0;
    options.startAt = at;
    if (!m_demo.begin(options))
        return u"no server"_s;
    QByteArray text;
    m_demo.run([&](demo::Server &server) { text = server.kubeconfig(); });
    QFile file(m_folder.filePath(u"kubeconfig"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        return file.errorString();
    m_where = {u"--kubeconfig"_s, file.fileName(), u"--language"_s, u"en"_s};
    if (!context.isEmpty())
        m_where += {u"--context"_s, context};
    return {};
}

void TestVerdict::verdicts_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::addColumn<double>("at");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("rule"); ///< of one of the reasons
    QTest::newRow("none") << u"no-upgrade"_s << 0.0 << u"nothing"_s << u"R1"_s;
    QTest::newRow("finished") << u"finished"_s << 0.0 << u"nothing"_s << u"R1"_s;
    QTest::newRow("repository") << u"healthy"_s << 600.0 << u"safe"_s << u"R4"_s;
    QTest::newRow("image failed") << u"image-failed"_s << 20000.0 << u"safe"_s << u"R4"_s;
    QTest::newRow("preload") << u"healthy"_s << 1200.0 << u"safe"_s << u"R6"_s;
    QTest::newRow("services running") << u"healthy"_s << 2000.0 << u"prefer-to-fix"_s << u"R8"_s;
    QTest::newRow("services failed") << u"manifests-failed"_s << 20000.0 << u"safe-after-bundle"_s << u"R7"_s;
    QTest::newRow("nodes") << u"healthy"_s << 3300.0 << u"forbidden"_s << u"R10"_s;
    QTest::newRow("paused") << u"paused"_s << 14400.0 << u"forbidden"_s << u"R12"_s;
    QTest::newRow("drain stuck") << u"pre-drain-stall"_s << 14400.0 << u"forbidden"_s << u"R10"_s;
    QTest::newRow("node failed") << u"node-failed"_s << 20000.0 << u"forbidden"_s << u"R11"_s;
}

void TestVerdict::verdicts()
{
    QFETCH(QString, scenario);
    QFETCH(double, at);
    QFETCH(QString, rule);
    QCOMPARE(begin(scenario, at), QString());
    const Run out = run(QStringList{u"verdict"_s, u"-o"_s, u"json"_s} + m_where);
    QCOMPARE(out.code, 0);
    QCOMPARE(out.err, QString());
    const QJsonObject verdict = json(out);
    QCOMPARE(verdict.value("schema"_L1).toString(), u"gleaner.verdict/v1"_s);
    QTEST(verdict.value("verdict"_L1).toString(), "verdict");
    QCOMPARE(verdict.value("missing"_L1).toArray().size(), 0);
    QStringList rules;
    for (const QJsonValue &reason : verdict.value("reasons"_L1).toArray())
        rules.append(reason["rule"_L1].toString());
    QVERIFY2(rules.contains(rule), qPrintable(rules.join(u' ')));
    QCOMPARE(verdict.value("context"_L1).toString(), u"demo"_s);
    // Nothing was written.
    m_demo.run([](demo::Server &server) {
        for (const demo::RequestRecord &request : server.requests())
            QVERIFY2(request.method == "GET", qPrintable(QString::fromLatin1(request.method + ' ' + request.target)));
    });
}

void TestVerdict::fixFirstAndExitCode()
{
    QCOMPARE(begin(u"healthy"_s, 1200), QString());
    QCOMPARE(run(QStringList{u"verdict"_s, u"--exit-code"_s} + m_where).code, 0);
    support::DemoClient client = m_demo.client();
    QCOMPARE(
        client
            .send("PATCH", "/api/v1/nodes/node2", R"({"spec":{"unschedulable":true}})", "application/merge-patch+json")
            .status,
        200);
    const Run out = run(QStringList{u"verdict"_s, u"-ojson"_s, u"--exit-code"_s} + m_where);
    QCOMPARE(out.code, 7);
    QCOMPARE(json(out).value("verdict"_L1).toString(), u"fix-first"_s);
    QCOMPARE(json(out)["reasons"_L1][0]["object"_L1]["name"_L1].toString(), u"node2"_s);
}

void TestVerdict::unknownIsNeverSafe_data()
{
    QTest::addColumn<QString>("context");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("missing");
    // At a moment when the verdict of somebody who may read everything is "safe".
    QTest::newRow("no machine plans") << u"demo-viewer"_s << 0 << u"secrets/fleet-local"_s;
    QTest::newRow("no upgrades") << u"demo-nobody"_s << 3 << u"upgrades.harvesterhci.io/harvester-system"_s;
}

void TestVerdict::unknownIsNeverSafe()
{
    QFETCH(QString, context);
    QFETCH(QString, missing);
    QCOMPARE(begin(u"healthy"_s, 1200, context), QString());
    const Run out = run(QStringList{u"verdict"_s, u"-o"_s, u"json"_s} + m_where);
    QTEST(out.code, "code");
    const QJsonObject verdict = json(out);
    QCOMPARE(verdict.value("verdict"_L1).toString(), u"wait"_s);
    bool named = false;
    for (const QJsonValue &one : verdict.value("missing"_L1).toArray())
        named |= one["what"_L1]["code"_L1].toString() == "source-denied"_L1
            && one["what"_L1]["args"_L1][0].toString() == missing;
    QVERIFY2(named, qPrintable(out.out));
}

void TestVerdict::textSaysWhy()
{
    QCOMPARE(begin(u"paused"_s, 14400), QString());
    const Run out = run(QStringList{u"verdict"_s} + m_where);
    QCOMPARE(out.code, 0);
    QVERIFY2(out.out.contains("Do not restart (forbidden)"_L1), qPrintable(out.out));
    QVERIFY2(out.out.contains("R12"_L1) && out.out.contains("Resume the paused node"_L1), qPrintable(out.out));
}

void TestVerdict::checksOfAClusterAtRest()
{
    QCOMPARE(begin(u"no-upgrade"_s, 0), QString());
    const Run out = run(QStringList{u"check"_s, u"-o"_s, u"json"_s} + m_where);
    QCOMPARE(out.code, 0);
    const QJsonObject checks = json(out);
    QCOMPARE(checks.value("schema"_L1).toString(), u"gleaner.check/v1"_s);
    QVERIFY(!checks.value("target"_L1).toString().isEmpty());
    QCOMPARE(checks["server"_L1]["answer"_L1].toString(), u"accepted"_s);
    for (const QJsonValue &one : checks.value("checks"_L1).toArray()) {
        // The server's own checks agree with the server.
        if (one["id"_L1].toString().startsWith(u'A'))
            QVERIFY2(one["result"_L1].toString() == "pass"_L1, QJsonDocument(one.toObject()).toJson().constData());
    }
    QVERIFY(!checks.value("onNodes"_L1).toArray().isEmpty());
    // The only thing that is no reading is the question, and it says that it is one.
    m_demo.run([](demo::Server &server) {
        int asked = 0;
        for (const demo::RequestRecord &request : server.requests()) {
            if (request.method == "GET" || request.target.contains("selfsubjectaccessreviews"))
                continue;
            ++asked;
            QVERIFY2(request.method == "POST" && request.target.contains("dryRun=All"), request.target.constData());
        }
        QCOMPARE(asked, 1);
        QCOMPARE(server.objects(u"harvesterhci.io"_s, u"upgrades"_s).size(), 0);
    });
    const Run text = run(QStringList{u"check"_s} + m_where);
    QCOMPARE(text.code, 0);
    QVERIFY2(text.out.contains("The server would accept this upgrade"_L1), qPrintable(text.out));
    QVERIFY2(text.out.contains("df -B1 /run/initramfs/cos-state"_L1), qPrintable(text.out));
    QVERIFY2(!text.err.contains(u'\r'), qPrintable(text.err)); // progress is for terminals
}

void TestVerdict::checksOfARunningUpgrade()
{
    QCOMPARE(begin(u"healthy"_s, 1200), QString());
    const Run out = run(QStringList{u"check"_s, u"-ojson"_s, u"--exit-code"_s} + m_where);
    QCOMPARE(out.code, 7);
    const QJsonObject checks = json(out);
    QCOMPARE(checks["server"_L1]["answer"_L1].toString(), u"refused"_s);
    QVERIFY(checks["server"_L1]["text"_L1].toString().contains("cannot proceed until previous upgrade"_L1));
    QCOMPARE(check(checks, u"A03"_s).value("result"_L1).toString(), u"fail"_s);
    QCOMPARE(check(checks, u"A03"_s)["objects"_L1].toArray().size(), 1);
    QVERIFY(!checks.value("nothingBlocks"_L1).toBool());
}

void TestVerdict::checksWithoutPermission()
{
    QCOMPARE(begin(u"no-upgrade"_s, 0, u"demo-viewer"_s), QString());
    QJsonObject checks = json(run(QStringList{u"check"_s, u"-ojson"_s} + m_where));
    QCOMPARE(checks["server"_L1]["answer"_L1].toString(), u"not-allowed"_s);
    QCOMPARE(check(checks, u"B17"_s).value("result"_L1).toString(), u"could-not-check"_s);
    QVERIFY(check(checks, u"B17"_s).value("why"_L1).toString().contains("forbidden"_L1));
    // Whoever may read nothing gets no "pass" for anything that is read.
    QCOMPARE(begin(u"no-upgrade"_s, 0, u"demo-nobody"_s), QString());
    const Run out = run(QStringList{u"check"_s, u"-ojson"_s, u"--exit-code"_s} + m_where);
    QCOMPARE(out.code, 7);
    checks = json(out);
    QVERIFY(!checks.value("checks"_L1).toArray().isEmpty());
    for (const QJsonValue &one : checks.value("checks"_L1).toArray()) {
        const QString id = one["id"_L1].toString();
        if (id != "A01"_L1 && id != "A20"_L1) // the body, and the certificate that anybody is shown
            QVERIFY2(one["result"_L1].toString() == "could-not-check"_L1, qPrintable(id));
    }
}

void TestVerdict::checksUnreachable()
{
    QCOMPARE(begin(u"no-upgrade"_s, 0), QString());
    m_demo.end();
    const Run out = run(QStringList{u"check"_s, u"-ojson"_s} + m_where);
    QCOMPARE(out.code, 2);
    QCOMPARE(out.out, QString());
    QVERIFY(!out.err.isEmpty());
}

QTEST_GUILESS_MAIN(TestVerdict)
#include "tst_verdict.moc"
