// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What `gleaner logs` is asked for: its options, and which logs they mean.

#include "cli/arguments.h"
#include "cli/logselect.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using cli::Arguments;
using cli::LogSource;
using upgrade::PhaseId;

class TestLogArgs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void values();
    void since_data();
    void since();
    void history();
    void wrongUse_data();
    void wrongUse();
    void helpNamesEveryOption();
    void selection_data();
    void selection();
    void whatIsNotThere_data();
    void whatIsNotThere();
};

namespace {

std::expected<Arguments, QString> parse(const QString &line)
{
    return cli::parseArguments(line.split(u' ', Qt::SkipEmptyParts));
}

evidence::PodLogs podOf(const QString &name, const QString &node, const QStringList &containers, bool kept = true)
{
    evidence::PodLogs pod;
    pod.pod.ns = u"harvester-system"_s;
    pod.pod.name = name;
    pod.pod.uid = u"uid-"_s + name;
    pod.node = node;
    for (const QString &container : containers)
        pod.containers.append({container, false, kept ? u"/kept/"_s + name + u'/' + container : QString()});
    return pod;
}

evidence::JobLogs jobOf(const QString &name, PhaseId phase, const QString &node, const QList<evidence::PodLogs> &pods)
{
    evidence::JobLogs job;
    job.job.job.ns = u"harvester-system"_s;
    job.job.job.name = name;
    job.job.phase = phase;
    job.job.node = node;
    job.pods = pods;
    return job;
}

QList<LogSource> world()
{
    evidence::KeptLogs kept;
    kept.jobs.append(jobOf(u"up-prepare"_s, PhaseId::Preload, u"node1"_s, {podOf(u"up-prepare-a"_s, {}, {u"main"_s})}));
    kept.jobs.append(jobOf(u"up-drain"_s, PhaseId::Nodes, u"node2"_s,
        {podOf(u"up-drain-a"_s, u"node2"_s, {u"init"_s, u"main"_s}), podOf(u"up-drain-b"_s, u"node3"_s, {u"main"_s})}));
    kept.jobs.append(jobOf(u"up-waits"_s, PhaseId::Cleanup, {}, {}));
    kept.pods.append(podOf(u"importer-prime-x"_s, u"node1"_s, {u"importer"_s}));
    kept.pods.append(podOf(u"rancher-x"_s, u"node1"_s, {u"rancher"_s}));
    kept.pods.last().group = u"controller"_s;
    return cli::keptSources(kept);
}

} // namespace

void TestLogArgs::values()
{
    const auto logs = parse(
        u"logs --kubeconfig f --context c --job j -c main -f --since 1m --timestamps -o json --timeout 3 --exec-timeout 4"_s);
    QVERIFY2(logs, logs ? "" : qPrintable(logs.error()));
    QCOMPARE(logs->verb, cli::Verb::Logs);
    QCOMPARE(logs->job, u"j"_s);
    QCOMPARE(logs->container, u"main"_s);
    QVERIFY(logs->follow && logs->timestamps && logs->json);
    QCOMPARE(logs->timeout, 3000ms);
    QCOMPARE(logs->execTimeout, 4000ms);
    QCOMPARE(parse(u"logs --phase system-services"_s)->phase, PhaseId::SystemServices);
    QCOMPARE(parse(u"logs --node n --follow"_s)->node, u"n"_s);
    QCOMPARE(parse(u"logs --pod=p"_s)->pod, u"p"_s);
}

void TestLogArgs::since_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("ago"); ///< -1: a time
    QTest::newRow("seconds") << u"90s"_s << qint64(90000);
    QTest::newRow("parts") << u"1h30m"_s << qint64(5400000);
    QTest::newRow("fraction") << u"1.5m"_s << qint64(90000);
    QTest::newRow("milliseconds") << u"250ms"_s << qint64(250);
    QTest::newRow("days") << u"2d"_s << qint64(172800000);
    QTest::newRow("time") << u"2026-01-31T12:00:00Z"_s << qint64(-1);
    QTest::newRow("time of a zone") << u"2026-01-31T13:00:00.000+01:00"_s << qint64(-1);
}

void TestLogArgs::since()
{
    QFETCH(const QString, text);
    QFETCH(const qint64, ago);
    const auto logs = parse(u"logs --since "_s + text);
    QVERIFY2(logs, logs ? "" : qPrintable(logs.error()));
    if (ago >= 0)
        QCOMPARE(logs->sinceAgo, std::chrono::milliseconds(ago));
    else
        QCOMPARE(logs->sinceTime, QDateTime::fromString(u"2026-01-31T12:00:00Z"_s, Qt::ISODate));
}

void TestLogArgs::history()
{
    QVERIFY(parse(u"logs --history"_s)->history);
    QVERIFY(parse(u"logs --history"_s)->pastUpgrade.isEmpty());
    QCOMPARE(parse(u"logs --history up --job j"_s)->pastUpgrade, u"up"_s);
    QCOMPARE(parse(u"logs --history=up"_s)->pastUpgrade, u"up"_s);
    const auto listed = parse(u"logs --history -o json"_s);
    QVERIFY(listed && listed->json && listed->pastUpgrade.isEmpty());
    QCOMPARE(parse(u"--history logs"_s)->verb, cli::Verb::Logs);
}

void TestLogArgs::wrongUse_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("named");
    QTest::newRow("phase") << u"logs --phase seven"_s << u"seven"_s;
    QTest::newRow("since") << u"logs --since yesterday"_s << u"yesterday"_s;
    QTest::newRow("since without a unit") << u"logs --since 90"_s << u"90"_s;
    QTest::newRow("since without a zone") << u"logs --since 2026-01-31T12:00:00"_s << u"2026-01-31T12:00:00"_s;
    QTest::newRow("two of them") << u"logs --job j --node n"_s << u"--job, --node"_s;
    QTest::newRow("follow the past") << u"logs --history up -f"_s << u"--history"_s;
    QTest::newRow("of which upgrade") << u"logs --history --job j"_s << u"--history NAME"_s;
    QTest::newRow("a word too many") << u"logs up"_s << u"up"_s;
    QTest::newRow("follow what cannot be") << u"status -f"_s << u"-f"_s;
}

void TestLogArgs::wrongUse()
{
    QFETCH(const QString, line);
    QFETCH(const QString, named);
    const auto arguments = parse(line);
    QVERIFY(!arguments);
    QVERIFY2(arguments.error().contains(named), qPrintable(arguments.error()));
}

void TestLogArgs::helpNamesEveryOption()
{
    const QString help = cli::helpText(u"logs"_s);
    for (const QString &option : {u"--kubeconfig"_s, u"--context"_s, u"--job"_s, u"--pod"_s, u"--phase"_s, u"--node"_s,
             u"--container"_s, u"--follow"_s, u"--since"_s, u"--timestamps"_s, u"--history"_s, u"--output"_s,
             u"--timeout"_s, u"--exec-timeout"_s, u"--language"_s, u"Exit codes:"_s})
        QVERIFY2(help.contains(option), qPrintable(option));
    for (int i = 0; i < upgrade::phaseCount; ++i)
        QVERIFY(help.contains(upgrade::phaseWord(PhaseId(i))));
    QVERIFY(cli::helpText({}).contains(u"gleaner logs"_s));
}

void TestLogArgs::selection_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QStringList>("logs");
    const QString prepare = u"up-prepare-a/main"_s, init = u"up-drain-a/init"_s, drain = u"up-drain-a/main"_s,
                  again = u"up-drain-b/main"_s, importer = u"importer-prime-x/importer"_s;
    QTest::newRow("all but controllers") << u""_s << QStringList{prepare, init, drain, again, importer};
    QTest::newRow("job") << u"--job up-drain"_s << QStringList{init, drain, again};
    QTest::newRow("job in its namespace") << u"--job harvester-system/up-prepare"_s << QStringList{prepare};
    QTest::newRow("part of a job's name") << u"--job up"_s << QStringList{};
    QTest::newRow("pod") << u"--pod up-drain-a"_s << QStringList{init, drain};
    QTest::newRow("controller") << u"--pod rancher-x"_s << QStringList{u"rancher-x/rancher"_s};
    QTest::newRow("phase") << u"--phase nodes"_s << QStringList{init, drain, again};
    QTest::newRow("phase of pods of no Job") << u"--phase repository"_s << QStringList{importer};
    QTest::newRow("node of a pod or its Job") << u"--node node1"_s << QStringList{prepare, importer};
    QTest::newRow("node of a pod before that of its Job") << u"--node node3"_s << QStringList{again};
    QTest::newRow("container") << u"-c main"_s << QStringList{prepare, drain, again};
    QTest::newRow("container of a job") << u"--job up-drain -c init"_s << QStringList{init};
}

void TestLogArgs::selection()
{
    QFETCH(const QString, options);
    const auto arguments = parse(u"logs "_s + options);
    QVERIFY(arguments);
    QStringList found;
    for (const LogSource &source : cli::chosen(world(), *arguments))
        found.append(source.key.pod + u'/' + source.key.container);
    QTEST(found, "logs");
}

void TestLogArgs::whatIsNotThere_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QStringList>("named"); ///< empty: nothing is said
    QTest::newRow("job") << u"--job nope"_s << QStringList{u"nope"_s, u"up-prepare"_s, u"up-waits"_s};
    QTest::newRow("job without a log") << u"--job up-waits"_s << QStringList{};
    QTest::newRow("pod") << u"--pod nope"_s << QStringList{u"nope"_s, u"rancher-x"_s};
    QTest::newRow("node") << u"--node nope"_s << QStringList{u"nope"_s, u"node2"_s};
    QTest::newRow("node without a log") << u"--node node4"_s << QStringList{};
    QTest::newRow("container") << u"--job up-drain -c nope"_s << QStringList{u"nope"_s, u"init, main"_s};
    QTest::newRow("phase without a log") << u"--phase cleanup"_s << QStringList{};
}

void TestLogArgs::whatIsNotThere()
{
    QFETCH(const QString, options);
    QFETCH(const QStringList, named);
    const auto arguments = parse(u"logs "_s + options);
    QVERIFY(arguments);
    const QString said = cli::notThere(world(), {u"node1"_s, u"node2"_s, u"node3"_s, u"node4"_s},
        {u"harvester-system/up-prepare"_s, u"harvester-system/up-drain"_s, u"harvester-system/up-waits"_s}, *arguments);
    QCOMPARE(said.isEmpty(), named.isEmpty());
    for (const QString &name : named)
        QVERIFY2(said.contains(name), qPrintable(said));
}

QTEST_GUILESS_MAIN(TestLogArgs)
#include "tst_logargs.moc"
