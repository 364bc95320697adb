// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a pod says about a container, and what following its log does because of it: one row each.

#include "kube/logplan.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace kube;
using Kind = LogMove::Kind;
using State = ContainerView::State;

class TestLogPlan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void views_data();
    void views();
    void moves_data();
    void moves();
};

namespace {

constexpr auto running = R"("state":{"running":{"startedAt":"1970-01-01T00:01:40Z"}})";
constexpr auto failed
    = R"("state":{"terminated":{"exitCode":1,"reason":"Error","startedAt":"1970-01-01T00:01:40Z","finishedAt":"1970-01-01T00:01:50Z"}})";
constexpr auto done
    = R"("state":{"terminated":{"exitCode":0,"reason":"Completed","startedAt":"1970-01-01T00:01:40Z"}})";
constexpr auto waiting = R"("state":{"waiting":{"reason":"ContainerCreating"}})";
constexpr auto crashLoop
    = R"("state":{"waiting":{"reason":"CrashLoopBackOff"}},"restartCount":3,"lastState":{"terminated":{"exitCode":2,"reason":"Error","startedAt":"1970-01-01T00:01:40Z"}})";

QByteArray pod(const QByteArray &policy, const QByteArray &status, const QByteArray &where = "container",
    const QByteArray &extra = {}, const QByteArray &phase = "Running", const QByteArray &meta = {})
{
    return R"({"metadata":{)" + meta + R"(},"spec":{"restartPolicy":")" + policy + R"(",")" + where
        + R"(s":[{"name":"c")" + extra + R"(}]},"status":{"phase":")" + phase + R"(",")" + where
        + R"(Statuses":[{"name":"c",)" + status + "}]}}";
}

} // namespace

void TestLogPlan::views_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("restarts");
    QTest::addColumn<bool>("willRestart");
    const auto row = [](const char *name, const QByteArray &json, State state, int restarts, bool willRestart) {
        QTest::newRow(name) << json << int(state) << restarts << willRestart;
    };
    row("running", pod("Always", QByteArray(running) + R"(,"restartCount":2)"), State::Running, 2, false);
    row("waiting for its first start", pod("Always", waiting), State::Waiting, 0, false);
    row("no status yet", R"({"spec":{"containers":[{"name":"c"}]},"status":{}})", State::Waiting, 0, false);
    row("no such container", R"({"spec":{"containers":[{"name":"x"}]},"status":{}})", State::Unknown, 0, false);
    row("nonsense", R"({"spec":5,"status":[]})", State::Unknown, 0, false);
    row("done, never restarts", pod("Never", done), State::Ended, 0, false);
    row("failed, never restarts", pod("Never", failed), State::Ended, 0, false);
    row("done, restarts on failure", pod("OnFailure", done), State::Ended, 0, false);
    row("failed, restarts on failure", pod("OnFailure", failed), State::Ended, 0, true);
    row("done, always restarts", pod("Always", done), State::Ended, 0, true);
    row("crash loop", pod("Always", crashLoop), State::Ended, 3, true);
    row("init container done", pod("Always", done, "initContainer"), State::Ended, 0, false);
    row("init container failed", pod("Always", failed, "initContainer"), State::Ended, 0, true);
    row("init container failed, never restarts", pod("Never", failed, "initContainer"), State::Ended, 0, false);
    row("sidecar done", pod("Never", done, "initContainer", R"(,"restartPolicy":"Always")"), State::Ended, 0, true);
    row("ephemeral container failed", pod("Always", failed, "ephemeralContainer"), State::Ended, 0, false);
    row("pod failed", pod("Always", failed, "container", {}, "Failed"), State::Ended, 0, false);
    row("pod is being deleted",
        pod("Always", failed, "container", {}, "Running", R"("deletionTimestamp":"2026-01-01T00:00:00Z")"),
        State::Ended, 0, false);
}

void TestLogPlan::views()
{
    QFETCH(QByteArray, json);
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    QVERIFY(!object.isEmpty());
    const ContainerView view = viewOf(object, u"c"_s);
    QTEST(int(view.state), "state");
    QTEST(view.restarts, "restarts");
    QTEST(view.willRestart, "willRestart");
}

void TestLogPlan::moves_data()
{
    QTest::addColumn<ContainerView>("view");
    QTest::addColumn<LogProgress>("progress");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("instance");
    QTest::addColumn<bool>("gap");
    const auto row
        = [](const char *name, const ContainerView &view, const LogProgress &progress, Kind kind, int instance,
              bool gap = false) { QTest::newRow(name) << view << progress << int(kind) << instance << gap; };
    const auto runs
        = [](int restarts, std::optional<qint64> startedAt = 100, std::optional<qint64> previousEndedAt = 90) {
              ContainerView view;
              view.state = State::Running;
              view.restarts = restarts;
              view.startedAt = startedAt;
              view.previousEndedAt = previousEndedAt;
              return view;
          };
    const auto ended = [](int restarts, bool willRestart) {
        ContainerView view;
        view.state = State::Ended;
        view.restarts = restarts;
        view.willRestart = willRestart;
        view.startedAt = 100;
        return view;
    };
    ContainerView waits;
    waits.state = State::Waiting;
    ContainerView never = waits;
    never.podOver = true;
    const auto at = [](int instance, bool drained = false, std::optional<qint64> last = 80) {
        LogProgress progress;
        progress.instance = instance;
        progress.drained = drained;
        if (last)
            progress.last = LogStamp{*last, 0};
        return progress;
    };
    LogProgress resumedBefore;
    resumedBefore.resumed = true;
    resumedBefore.last = LogStamp{80, 0};
    LogProgress resumedWithin = resumedBefore;
    resumedWithin.last = LogStamp{100, 5};

    row("no container", {}, {}, Kind::NoContainer, 0);
    row("waiting", waits, {}, Kind::Wait, 0);
    row("waiting, pod over", never, {}, Kind::End, 0);
    row("waiting though it ran", waits, at(0), Kind::Wait, 0);
    row("first look, running", runs(2), {}, Kind::Follow, 2);
    row("first look, ended", ended(2, false), {}, Kind::Follow, 2);
    row("resumed run, same instance", runs(2), resumedWithin, Kind::Follow, 2);
    row("resumed run, restarted since", runs(2), resumedBefore, Kind::DrainPrevious, 1);
    row("resumed run, first instance", runs(0), resumedBefore, Kind::Follow, 0);
    row("still running", runs(2), at(2), Kind::Follow, 2);
    row("ended, not read to its end", ended(2, false), at(2), Kind::Drain, 2);
    row("ended, read", ended(2, false), at(2, true), Kind::End, 2);
    row("ended, read, will restart", ended(2, true), at(2, true), Kind::Wait, 2);
    row("restarted", runs(3), at(2), Kind::DrainPrevious, 2);
    row("restarted, ours was read", runs(3), at(2, true), Kind::Next, 3);
    row("restarted and ended again", ended(3, true), at(2), Kind::DrainPrevious, 2);
    row("restarted, but we read the new one already", runs(3), at(2, false, 95), Kind::Follow, 3);
    row("restarted, nothing seen of ours", runs(3), at(2, false, std::nullopt), Kind::DrainPrevious, 2);
    row("restarted twice", runs(4), at(2), Kind::SkipTo, 3, true);
    row("restarted twice, ours was read", runs(4), at(2, true), Kind::SkipTo, 3, false);
    row("restarted five times, ours was read", runs(7), at(2, true), Kind::SkipTo, 6, true);
    row("count went back", runs(0), at(2), Kind::Next, 0);
}

void TestLogPlan::moves()
{
    QFETCH(const ContainerView, view);
    QFETCH(const LogProgress, progress);
    const LogMove move = nextMove(view, progress);
    QTEST(int(move.kind), "kind");
    QTEST(move.instance, "instance");
    QTEST(move.gap, "gap");
}

QTEST_GUILESS_MAIN(TestLogPlan)
#include "tst_logplan.moc"
