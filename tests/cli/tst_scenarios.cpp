// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Every scenario of the simulated cluster, long after it went wrong or right, as `gleaner status -o json` tells it to
// somebody who looks once: the state, the phase, what is waited for or what failed, and the object or line that says
// so.

#include "cli/status.h"
#include "demo/server.h"
#include "support/session_await.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Expected {
    const char *scenario;
    double at; ///< simulated seconds after its begin
    const char *state;
    const char *phase;     ///< the failed one where it failed
    const char *what = ""; ///< code of what it waits for, or of the failure; "": neither
    const char *kind = ""; ///< of the object that says so
    const char *text = ""; ///< part of what it says
    const char *note = ""; ///< code of a note
};

// What hangs has hung for longer than it may.
constexpr Expected table[] = {
    {"healthy", 20'000, "succeeded", ""},
    {"single-node", 20'000, "succeeded", ""},
    {"finished", 0, "succeeded", ""},
    {"repo-vm", 20'000, "succeeded", ""},
    {"preload-parallel", 20'000, "succeeded", ""},
    {"preload-skip", 20'000, "succeeded", ""},
    {"v2-plan", 20'000, "succeeded", ""},
    {"no-upgrade", 0, "", ""},
    {"paused", 20'000, "paused", "nodes", "paused", "Upgrade", "\"node2\":\"pause\""},
    {"log-infra-timeout", 12'000, "failed", "log-infra", "failed-condition", "Upgrade",
        "Timed out creating upgrade logging infrastructure"},
    {"log-infra-stall", 12'000, "stuck", "log-infra", "pod-event", "Event", "AttachVolume.Attach failed"},
    {"image-failed", 12'000, "failed", "repository", "failed-condition", "Upgrade", "exceeding the retry limit"},
    {"image-stall", 12'000, "stuck", "repository", "image", "VirtualMachineImage", "Importing"},
    {"repo-failed", 12'000, "failed", "repository", "eligibility", "Upgrade", "unexpected status: 404 Not Found"},
    {"repo-stall", 12'000, "stuck", "repository", "pod-event", "Event", "Unable to attach or mount volumes"},
    {"eligibility-failed", 12'000, "failed", "repository", "eligibility", "Upgrade",
        "current version does not meet minimum upgrade requirement"},
    {"prepare-failed", 20'000, "failed", "preload", "failed-node", "Upgrade", "DeadlineExceeded"},
    {"prepare-stall", 12'000, "stuck", "preload", "log-line", "Pod", "Failed to download the requested file"},
    {"prepare-lost", 12'000, "stuck", "preload", "preload-lost", "Plan", "node2"},
    {"manifests-failed", 20'000, "failed", "system-services", "failed-job", "Pod", "UPGRADE FAILED"},
    {"manifests-stall", 12'000, "stuck", "system-services", "bundle", "Bundle", "another operation"},
    {"charts-paused", 20'000, "failed", "system-services", "failed-job", "Pod", "UPGRADE FAILED"},
    {"pre-drain-stall", 20'000, "stuck", "nodes", "volume", "Volume", "degraded"},
    {"drain-blocked", 20'000, "stuck", "nodes", "drain-error", "Secret", "disruption budget"},
    {"post-drain-stall", 20'000, "stuck", "nodes", "runtime", "Pod", "Waiting for RKE2 to be upgraded"},
    {"reboot-stall", 20'000, "stuck", "nodes", "reboot-down", "Node", "False"},
    {"node-failed", 20'000, "failed", "nodes", "failed-job", "Pod", "no space left on device"},
    {"single-failed", 20'000, "failed", "nodes", "failed-job", "Pod", "no space left on device"},
    {"single-stall", 20'000, "stuck", "nodes", "log-line", "Pod", "Waiting for RKE2 to be upgraded"},
    {"cleanup-stall", 20'000, "succeeded", "cleanup", "cleanup-images", "Plan", "node2"},
    {"cleanup-failed", 20'000, "succeeded", "", "", "", "", "image-cleanup-incomplete"},
};

} // namespace

class TestScenarios : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void status_data();
    void status();
    void allAreHere();
};

void TestScenarios::status_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const Expected &row : table)
        QTest::newRow(row.scenario) << index++;
}

void TestScenarios::status()
{
    QFETCH(const int, index);
    const Expected &expected = table[index];
    demo::ServerOptions options;
    options.scenario = QString::fromLatin1(expected.scenario);
    options.speed = 0;
    options.startAt = expected.at;
    demo::DemoThread demo(options);
    QVERIFY(demo.start());
    session::Session session(support::configOf(demo.kubeconfig()));
    session.start();
    QVERIFY(support::reaches(
        session, [](const session::ClusterState &state) { return state.settled && state.logsSettled; }));
    const QJsonObject status = cli::statusJson(session.state());
    const QByteArray all = QJsonDocument(status).toJson();
    if (qstrlen(expected.state) == 0) {
        QCOMPARE(status.value("presence"_L1).toString(), u"no-upgrade"_s);
        return;
    }
    QVERIFY2(status.value("state"_L1).toString() == QLatin1StringView(expected.state), all.constData());
    const bool failed = qstrcmp(expected.state, "failed") == 0;
    const QJsonValue phase = status.value(failed ? "failedPhase"_L1 : "currentPhase"_L1);
    QVERIFY2(phase.toString() == QLatin1StringView(expected.phase), all.constData());

    const QJsonObject said = status.value(failed ? "failure"_L1 : "waiting"_L1).toObject();
    QVERIFY2(said.value("what"_L1)["code"_L1].toString() == QLatin1StringView(expected.what), all.constData());
    const QJsonValue evidence = said.value("evidence"_L1);
    QVERIFY2(evidence["object"_L1]["kind"_L1].toString() == QLatin1StringView(expected.kind), all.constData());
    QVERIFY2(evidence["text"_L1].toString().contains(QLatin1StringView(expected.text)), all.constData());
    // A pod's word is a line of its log, with its number.
    if (qstrcmp(expected.kind, "Pod") == 0)
        QVERIFY2(evidence["line"_L1].toInt() > 0, all.constData());
    // How long still is said of nothing that stands, waits for a person, or is over.
    QVERIFY2(status.value("estimate"_L1).isNull(), all.constData());
    const QJsonArray notes = status.value("notes"_L1).toArray();
    const bool noted = std::ranges::any_of(
        notes, [&](const QJsonValue note) { return note["code"_L1].toString() == QLatin1StringView(expected.note); });
    QVERIFY2(noted == (qstrlen(expected.note) > 0), all.constData());
}

void TestScenarios::allAreHere()
{
    QSet<QString> here, there;
    for (const Expected &row : table)
        here.insert(QString::fromLatin1(row.scenario));
    const QList<demo::ScenarioInfo> scenarios = demo::Server::scenarios();
    for (const demo::ScenarioInfo &info : scenarios)
        there.insert(info.name);
    QCOMPARE(here, there);
}

QTEST_GUILESS_MAIN(TestScenarios)
#include "tst_scenarios.moc"
