// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Levels as the programs around an upgrade write them.

#include "logs/level.h"

#include <QTest>

using namespace Qt::StringLiterals;
using logs::Level;
using logs::levelOf;

Q_DECLARE_METATYPE(logs::Level)

class TestLevel : public QObject {
    Q_OBJECT

private slots:
    void levels_data();
    void levels();
    void beyondTheFirstKilobyte();
};

void TestLevel::levels_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<Level>("level");
    const auto row = [](const char *line, Level level) { QTest::newRow(line) << QByteArray(line) << level; };

    // logrus, as text
    row(R"(time="2026-08-26T12:00:00Z" level=error msg="failed to sync" error="x")", Level::Error);
    row(R"(time="2026-08-26T12:00:00Z" level=warning msg=x)", Level::Warning);
    row(R"(time="2026-08-26T12:00:00Z" level=info msg="level=error is only said")", Level::Info);
    row(R"(time="2026-08-26T12:00:00Z" level=fatal msg=x)", Level::Fatal);
    row(R"(time="2026-08-26T12:00:00Z" level=panic msg=x)", Level::Fatal);
    row(R"(level=debug msg=x)", Level::Debug);
    row(R"(level=trace msg=x)", Level::Trace);
    row(R"(ts=2026-08-26T12:00:00Z caller=main.go:12 level=warn msg=x)", Level::Warning);
    row(R"(lvl=eror msg=x)", Level::Error);
    row(R"(level="error" msg=x)", Level::Error);
    // slog's text
    row(R"(time=2026-08-26T12:00:00.000Z level=ERROR msg=x)", Level::Error);
    // logrus on a terminal
    row("\x1b[36mINFO\x1b[0m[0000] starting", Level::Info);
    row("\x1b[31mERRO\x1b[0m[0012] broken", Level::Error);
    row("INFO[0000] starting", Level::Info);
    row("WARN[0003] hm", Level::Warning);
    row("FATA[0003] no", Level::Fatal);
    // klog
    row("E0826 12:00:00.000000       1 reflector.go:138] failed", Level::Error);
    row("W0826 12:00:00.000000       1 x.go:1] hm", Level::Warning);
    row("I0826 12:00:00.000000       1 x.go:1] error is only said", Level::Info);
    row("F0826 12:00:00.000000       1 x.go:1] no", Level::Fatal);
    row("E0826", Level::None);
    row("I have 0826 12:00", Level::None);
    // JSON
    row(R"({"level":"error","ts":1.7e9,"msg":"x"})", Level::Error);
    row(R"({"ts":"2026-08-26T12:00:00Z","level":"info","msg":"an error: x"})", Level::Info);
    row(R"({"severity":"WARNING","message":"x"})", Level::Warning);
    row(R"({"msg":"x", "level" : "debug"})", Level::Debug);
    row(R"({"msg":"{\"level\":\"error\"}"})", Level::None);
    row(R"({"component":"virt-handler","level":"warning","msg":"x","pos":"vm.go:1"})", Level::Warning);
    // zap's console
    row("2026-08-26T12:00:00.000Z\tERROR\tcontroller\tmsg", Level::Error);
    row("2026-08-26T12:00:00.000Z\tinfo\tcontroller\tmsg", Level::Info);
    row("1.7e9\tdebug\tx", Level::Debug);
    // helm and kubectl
    row("Error: UPGRADE FAILED: timed out waiting for the condition", Level::Error);
    row("error: the server doesn't have a resource type \"x\"", Level::Error);
    row("Error from server (NotFound): upgrades.harvesterhci.io \"x\" not found", Level::Error);
    row("client.go:486: [debug] checking resources for changes", Level::Debug);
    row("history.go:56: 2026-08-26 12:00:00 [debug] getting history", Level::Debug);
    row("WARNING: Kubernetes configuration file is group-readable", Level::Warning);
    row("Warning: v1 ComponentStatus is deprecated", Level::Warning);
    // shell traces
    row("+ kubectl get pods", Level::Trace);
    row("++ jq -r .status", Level::Trace);
    row("+1", Level::None);
    row("+++", Level::None);
    // words at the begin, Java, Python, others
    row("[ERROR] x", Level::Error);
    row("[ ERROR ] x", Level::Error);
    row("[2026-08-26 12:00:00] [WARN] x", Level::Warning);
    row("2026-08-26 12:00:00.123  INFO 1 --- [main] o.s.Boot : x", Level::Info);
    row("2026-08-26 12:00:00,123 - root - ERROR - x", Level::Error);
    row("ERROR:root:x", Level::Error);
    row("2026/08/26 12:00:00 [error] 29#29: *1 open() failed", Level::Error);
    row("2026/08/26 12:00:00 [notice] 1#1: start", Level::Info);
    row("CRITICAL x", Level::Fatal);
    row("DEBUG x", Level::Debug);
    row("panic: runtime error: index out of range", Level::Fatal);
    row("[longhorn-manager] time=\"x\" level=warning msg=y", Level::Warning);
    row("   INFO: indented", Level::Info);
    // no levels
    row("", Level::None);
    row(" ", Level::None);
    row("\x1b[0m", Level::None);
    row("Errors were found", Level::None);
    row("Error handling is described below", Level::None);
    row("information about it", Level::None);
    row("Waiting for ManagedChart fleet-local/harvester from generation 3", Level::None);
    row("there is no error", Level::None);
    row("sublevel=error", Level::None);
    row("level=5", Level::None);
    row("12:00:00 all went well", Level::None);
    row("[", Level::None);
    row("deployment.apps/rancher restarted", Level::None);
}

void TestLevel::levels()
{
    QFETCH(const QByteArray, line);
    QTEST(levelOf(line), "level");
}

void TestLevel::beyondTheFirstKilobyte()
{
    QCOMPARE(levelOf(QByteArray(2000, 'x') + " level=error"), Level::None);
    QCOMPARE(levelOf("level=error " + QByteArray(1 << 20, 'x')), Level::Error);
}

QTEST_GUILESS_MAIN(TestLevel)
#include "tst_level.moc"
