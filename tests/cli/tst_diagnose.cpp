// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// `gleaner diagnose` as people and scripts use it: files of every shape, standard input, a live cluster.

#include "cli/arguments.h"
#include "cli/diagnosisprint.h"
#include "demo/server.h"
#include "support/cli_run.h"
#include "support/evidence_archives.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using support::run;
using support::Run;

namespace {

QJsonObject json(const Run &result)
{
    return QJsonDocument::fromJson(result.out.toUtf8()).object();
}

const QStringList fields{u"asOf"_s, u"board"_s, u"cluster"_s, u"denied"_s, u"findings"_s, u"language"_s, u"logs"_s,
    u"objects"_s, u"problems"_s, u"schema"_s, u"source"_s};

diagnosis::Finding finding()
{
    diagnosis::Finding one;
    one.id = u"fleet-pending"_s;
    one.family = u"fleet"_s;
    one.phase = upgrade::PhaseId::SystemServices;
    one.confidence = 0.9;
    one.title = {u"Helm history is stuck"_s, u"Helm 历史卡住"_s};
    one.cause = {u"A release was left pending."_s, u"release 停留在 pending。"_s};
    one.evidence
        = {{{}, {}, u"logs/a/b/apply.log"_s, u"a"_s, u"b"_s, u"apply"_s, 7, {}, u"wait \x1b[31mhelm"_s, 40, {}},
            {{u"fleet.cattle.io"_s, u"Bundle"_s, u"fleet-local"_s, u"mcc-x"_s}, u"status.conditions[Ready]"_s, {}, {},
                {}, {}, 0, {}, u"ErrApplied"_s, 1, {}}};
    one.remedy = {{{u"Look at it"_s, u"查看"_s}, u"helm history -n x fleet"_s}};
    one.restart = diagnosis::RestartAdvice::No;
    one.versions = u"v1.7.0 to v1.8.0"_s;
    one.links = {u"https://example.com/1"_s};
    return one;
}

} // namespace

class TestDiagnose : public QObject {
    Q_OBJECT

private slots:
    void arguments()
    {
        const auto path = cli::parseArguments({u"diagnose"_s, u"b.zip"_s, u"-ojson"_s});
        QVERIFY(path);
        QCOMPARE(path->verb, cli::Verb::Diagnose);
        QCOMPARE(path->path, u"b.zip"_s);
        QVERIFY(path->json);
        QCOMPARE(cli::parseArguments({u"--language"_s, u"en"_s, u"diagnose"_s, u"-"_s})->path, u"-"_s);
        QVERIFY(cli::parseArguments({u"diagnose"_s})->path.isEmpty());
        for (const QStringList &wrong :
            {QStringList{u"diagnose"_s, u"a"_s, u"b"_s}, QStringList{u"diagnose"_s, QString()},
                QStringList{u"diagnose"_s, u"a"_s, u"--context"_s, u"c"_s}, QStringList{u"diagnose"_s, u"--watch"_s}})
            QVERIFY2(!cli::parseArguments(wrong), qPrintable(wrong.join(u' ')));
        const QString help = cli::helpText(u"diagnose"_s);
        for (const auto option :
            {"--kubeconfig"_L1, "--context"_L1, "--output"_L1, "--timeout"_L1, "--exec-timeout"_L1, "--language"_L1})
            QVERIFY(help.contains(option));
    }

    void findingAsText()
    {
        cli::Diagnosis diagnosis;
        diagnosis.hasBoard = false;
        diagnosis.findings = {finding()};
        const QString text = cli::printDiagnosis(diagnosis, u"en"_s, 0).join(u'\n');
        for (const auto part : {"1. Helm history is stuck [sure"_L1, "A release was left pending."_L1,
                 "logs/a/b/apply.log:7: wait "_L1, "[31mhelm"_L1, "40)"_L1,
                 "fleet.cattle.io/Bundle fleet-local/mcc-x status.conditions[Ready]: ErrApplied"_L1,
                 "     $ helm history -n x fleet"_L1, "Affects v1.7.0 to v1.8.0"_L1, "fleet-pending (fleet)"_L1,
                 "https://example.com/1"_L1})
            QVERIFY2(text.contains(part), qPrintable(QString(part) + u"\n"_s + text));
        QVERIFY(!text.contains(QChar(0x1b)));
        for (const QString &line : cli::printDiagnosis(diagnosis, u"en"_s, 80))
            QVERIFY2(line.size() <= 80 || line.contains("https"_L1), qPrintable(line));
        QVERIFY(cli::printDiagnosis(diagnosis, u"zh_CN"_s, 80).join(u'\n').contains(u"Helm 历史卡住"_s));
    }

    void findingAsJson()
    {
        cli::Diagnosis diagnosis;
        diagnosis.hasBoard = false;
        diagnosis.findings = {finding()};
        const QJsonObject one = cli::diagnosisJson(diagnosis, u"zh_CN"_s)["findings"_L1].toArray().at(0).toObject();
        QFile file(QStringLiteral(GLEANER_FIXTURES "/cli/finding.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject wanted = QJsonDocument::fromJson(file.readAll()).object();
        QCOMPARE(one, wanted);
    }

    void supportBundle()
    {
        const QTemporaryDir place;
        support::writeFiles(
            place.path(), {{u"sb.zip"_s, support::zipOf(support::supportBundle(), u"supportbundle_1"_s)}});
        const Run result
            = run({u"diagnose"_s, place.filePath(u"sb.zip"_s), u"-o"_s, u"json"_s, u"--language"_s, u"en"_s});
        QVERIFY2(result.code == 0, qPrintable(result.err));
        const QJsonObject answer = json(result);
        QCOMPARE(answer.keys(), fields);
        QCOMPARE(answer["schema"_L1].toString(), u"gleaner.diagnosis/v1"_s);
        QCOMPARE(answer["asOf"_L1].toString(), u"2026-09-03T12:00:00.000Z"_s);
        QCOMPARE(answer["source"_L1].toObject(),
            (QJsonObject{{u"type"_s, u"bundle"_s}, {u"shape"_s, u"support-bundle"_s}, {u"name"_s, u"sb.zip"_s},
                {u"asOfSource"_s, u"stated"_s}}));
        QCOMPARE(answer["board"_L1]["schema"_L1].toString(), u"gleaner.status/v1"_s);
        QCOMPARE(answer["board"_L1]["currentPhase"_L1].toString(), u"system-services"_s);
        QCOMPARE(answer["board"_L1]["from"_L1].toString(), u"v1.8.2"_s);
        QCOMPARE(answer["problems"_L1].toArray().size(), 1);
        QCOMPARE(answer["problems"_L1][0]["problem"_L1].toString(), u"not-collected"_s);
        QCOMPARE(answer["logs"_L1].toInt(), 5);
        QVERIFY(result.err.contains("node n3"_L1));
        QVERIFY(!result.out.contains("secret-word"_L1));

        const Run text = run({u"diagnose"_s, place.filePath(u"sb.zip"_s), u"--language"_s, u"en"_s});
        QCOMPARE(text.code, 0);
        QVERIFY2(text.out.startsWith("Support bundle sb.zip, as of 2026-09-03 12:00:00Z\n"_L1), qPrintable(text.out));
        QVERIFY(text.out.contains(u"v1.8.2 → v1.9.0"_s));
        const Run chinese = run({u"diagnose"_s, place.filePath(u"sb.zip"_s), u"--language"_s, u"zh_CN"_s});
        QVERIFY2(chinese.out.startsWith(u"支持包"_s), qPrintable(chinese.out));
    }

    void standardInput()
    {
        QProcess process;
        process.start(support::gleaner(), {u"diagnose"_s, u"-"_s, u"-ojson"_s});
        QVERIFY(process.waitForStarted());
        process.write("Waiting for CAPI cluster fleet-local/local to be provisioned (current phase: Provisioning, "
                      "current generation: 30259)...\n");
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
        const QJsonObject answer = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
        QCOMPARE(answer["source"_L1]["shape"_L1].toString(), u"text"_s);
        QCOMPARE(answer["source"_L1]["name"_L1].toString(), u"-"_s);
        QVERIFY(answer["board"_L1].isNull());
        QCOMPARE(answer["logs"_L1].toInt(), 1);
    }

    void whatCannotBeRead()
    {
        const Run missing = run({u"diagnose"_s, u"/no/such/bundle.zip"_s});
        QCOMPARE(missing.code, 1);
        QVERIFY(missing.out.isEmpty());
        QVERIFY2(missing.err.contains("bundle.zip"_L1) && missing.err.count(u'\n') == 1, qPrintable(missing.err));
        const QTemporaryDir empty;
        QCOMPARE(run({u"diagnose"_s, empty.path()}).code, 1);
        QCOMPARE(run({u"diagnose"_s, u"a"_s, u"b"_s}).code, 64);
    }

    /// Ctrl+C in the middle leaves nothing behind.
    void interrupted()
    {
        const QTemporaryDir place;
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"TMPDIR"_s, place.path());
        process.setProcessEnvironment(environment);
        process.start(support::gleaner(), {u"diagnose"_s, u"-"_s});
        QVERIFY(process.waitForStarted());
        QVERIFY(process.write(QByteArray(1024 * 1024, 'x')) > 0);
        QTRY_VERIFY(!QDir(place.path()).entryList({u"gleaner-bundle-*"_s}, QDir::Dirs).isEmpty());
        // Nobody closes the pipe: it waits for more.
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(QDir(place.path()).entryList({u"gleaner-bundle-*"_s}, QDir::Dirs).isEmpty());
    }

    void liveCluster()
    {
        demo::ServerOptions options;
        options.speed = 0;
        options.startAt = 7000;
        demo::DemoThread demo(options);
        QVERIFY(demo.start());
        const QTemporaryDir place;
        support::writeFiles(place.path(), {{u"k.yaml"_s, demo.kubeconfig()}});
        const Run result = run(
            {u"diagnose"_s, u"--kubeconfig"_s, place.filePath(u"k.yaml"_s), u"-ojson"_s, u"--timeout"_s, u"60"_s});
        QVERIFY2(result.code == 0, qPrintable(result.err));
        const QJsonObject answer = json(result);
        QCOMPARE(answer.keys(), fields);
        QCOMPARE(answer["source"_L1]["type"_L1].toString(), u"cluster"_s);
        QCOMPARE(answer["board"_L1]["presence"_L1].toString(), u"upgrade"_s);
        QVERIFY(answer["objects"_L1].toInt() > 20);
        QVERIFY2(answer["logs"_L1].toInt() > 0, qPrintable(result.out + result.err));
        // Jobs that have succeeded waited for many things; nothing of that is wrong now.
        QSet<QString> done;
        for (const QJsonValue &job : answer["board"_L1]["jobs"_L1].toArray()) {
            if (job["state"_L1].toString() == "succeeded"_L1)
                done.insert(job["job"_L1]["name"_L1].toString());
        }
        QVERIFY(!done.isEmpty());
        for (const QJsonValue &found : answer["findings"_L1].toArray()) {
            for (const QJsonValue &evidence : found["evidence"_L1].toArray()) {
                const QString pod = evidence["pod"_L1].toString();
                QVERIFY2(std::ranges::none_of(done, [&](const QString &job) { return pod.startsWith(job + u'-'); }),
                    qPrintable(pod));
            }
        }
    }

    void noCluster()
    {
        const QTemporaryDir place;
        support::writeFiles(place.path(),
            {{u"k.yaml"_s,
                "apiVersion: v1\nkind: Config\nclusters: [{name: c, cluster: {server: \"https://127.0.0.1:1\"}}]\n"
                "users: [{name: u, user: {}}]\ncontexts: [{name: here, context: {cluster: c, user: "
                "u}}]\ncurrent-context: here\n"}});
        const Run result = run({u"diagnose"_s, u"--kubeconfig"_s, place.filePath(u"k.yaml"_s)});
        QCOMPARE(result.code, 2);
        QVERIFY(result.out.isEmpty());
        QCOMPARE(run({u"diagnose"_s, u"--kubeconfig"_s, place.filePath(u"k.yaml"_s), u"--context"_s, u"x"_s}).code, 5);
    }
};

QTEST_GUILESS_MAIN(TestDiagnose)
#include "tst_diagnose.moc"
