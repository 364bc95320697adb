// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// How fast logs are searched for all patterns of the rules, and what thousands of patterns more cost.

#include "diagnosis/engine.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace diagnosis;

namespace {

constexpr int lineCount = 400'000;

/// Lines as an upgrade's pods write them, one in a thousand of which is a rule's.
QByteArrayList linesOf()
{
    const QByteArrayList kinds{"time=\"2026-09-15T04:40:38Z\" level=info msg=\"node n1 is in upgrade pre-draining "
                               "state, try to detach unused volumes\"",
        "2026/05/06 18:49:49 [INFO] [planner] rkecluster fleet-local/local: configuring bootstrap node(s) "
        "custom-24cb32ce8387",
        "I0619 08:54:22.407283       1 reflector.go:140] k8s.io/client-go/tools/cache/reflector.go:169: watch of "
        "*v1.Node ended with: too old resource version",
        "Current version: 1.8.2, Current state: WaitApplied, Current generation: 23",
        "+ kubectl get volumes.longhorn.io/pvc-2d047b5c-cc51-4775-8a22-0eadc9d9656f -n longhorn-system -o yaml",
        "Importing images from repo... rancher/harvester-upgrade:v1.9.0 unpacking "
        "docker.io/rancher/hardened-kubernetes"};
    QByteArrayList out;
    for (int i = 0; i < lineCount; ++i)
        out.append(i % 1000 == 999 ? QByteArray("Waiting for volume pvc-2d047b5c to be healthy...")
                                   : kinds.at(i % kinds.size()) + ' ' + QByteArray::number(i));
    return out;
}

double mibPerSecond(const RuleBook &rules, const QByteArrayList &lines)
{
    LogScanner scanner(rules);
    LogSource source;
    source.name = u"log"_s;
    const int number = scanner.addSource(source);
    qint64 bytes = 0;
    QElapsedTimer timer;
    timer.start();
    for (qsizetype i = 0; i < lines.size(); ++i) {
        scanner.feed(number, {i + 1, {}, lines.at(i)});
        bytes += lines.at(i).size() + 1;
    }
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    if (scanner.hits().hits.isEmpty())
        qFatal("nothing found");
    return double(bytes) / (1024 * 1024) / seconds;
}

} // namespace

class BenchDiagnosis : public QObject {
    Q_OBJECT

private slots:
    void scansLogs_data();
    void scansLogs();
};

void BenchDiagnosis::scansLogs_data()
{
    QTest::addColumn<int>("more");
    for (const int more : {0, 1000, 5000})
        QTest::addRow("built-in rules and %d patterns", more) << more;
}

void BenchDiagnosis::scansLogs()
{
    QFETCH(int, more);
    QList<RuleBook::File> files = RuleBook::builtInFiles();
    QByteArray yaml;
    for (int i = 0; i < more; ++i) {
        const QByteArray n = QByteArray::number(i);
        yaml += "- id: more-" + n
            + "\n  family: unknown\n  restart: no\n  title: {en: a, zh_CN: a}\n"
              "  cause: {en: a, zh_CN: a}\n  remedy: [{en: a, zh_CN: a}]\n  signals: [{weight: 0.5, text: 'failure of "
              "kind "
            + n + " in (?<part>\\S+)'}]\n";
    }
    if (more > 0)
        files.append({u"more.yaml"_s, yaml});
    const auto rules = RuleBook::read(files);
    QVERIFY(rules);
    const QByteArrayList lines = linesOf();
    double best = 0;
    for (int i = 0; i < 3; ++i)
        best = std::max(best, mibPerSecond(*rules, lines));
    qInfo("%.0f MiB/s", best);
}

QTEST_GUILESS_MAIN(BenchDiagnosis)
#include "bench_diagnosis.moc"
