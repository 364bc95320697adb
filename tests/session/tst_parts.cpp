// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The parts of a session that are pure or nearly so: connection state, pace, clock, mailbox, which logs to read.

#include "session/clusterclock.h"
#include "session/connection.h"
#include "session/logwatch.h"
#include "session/mailbox.h"
#include "session/pace.h"

#include <QJsonArray>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using session::Connection;
using session::SourceView;
using Fresh = kube::Freshness::State;
using kube::ErrorKind;

namespace {

struct Spot {
    bool essential;
    Fresh state;
    std::optional<ErrorKind> cause;
};

SourceView view(const Spot &spot)
{
    SourceView view;
    view.essential = spot.essential;
    view.freshness.state = spot.state;
    if (spot.cause) {
        view.freshness.cause.emplace();
        view.freshness.cause->kind = *spot.cause;
    }
    return view;
}

upgrade::JobRow job(const QString &uid, upgrade::PhaseId phase, upgrade::State state, const QString &podPhase)
{
    upgrade::JobRow row;
    row.job = {upgrade::Kind::Job, u"harvester-system"_s, u"job-"_s + uid, uid};
    row.phase = phase;
    row.state = state;
    row.pods
        = {{u"harvester-system"_s, u"pod-"_s + uid, u"pod-uid-"_s + uid, {u"sidecar"_s, u"apply"_s}, podPhase, {}}};
    return row;
}

} // namespace

class TestParts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void connection_data();
    void connection();
    void nearestRetryIsTold();
    void errorsBeforeWatching_data();
    void errorsBeforeWatching();
    void paceLimitsRateAndShare();
    void clusterClock_data();
    void clusterClock();
    void clockReadsObjects();
    void mailboxKeepsTheNewest();
    void mailboxFreesInTheWorker();
    void logsWorthReading();
    void logsAreBounded();
};

void TestParts::connection_data()
{
    QTest::addColumn<QList<Spot>>("spots");
    QTest::addColumn<Connection::State>("state");
    QTest::addColumn<std::optional<ErrorKind>>("error");
    using S = Connection::State;
    using Spots = QList<Spot>;
    const std::optional<ErrorKind> none;
    const auto row = [](const char *name, const Spots &spots, S state, std::optional<ErrorKind> error) {
        QTest::newRow(name) << spots << state << error;
    };
    row("all live", {{true, Fresh::Live, none}, {false, Fresh::Live, none}}, S::Online, none);
    row("a kind is missing", {{true, Fresh::Live, none}, {false, Fresh::Missing, none}}, S::Online, none);
    row("not Harvester", {{true, Fresh::Missing, none}, {false, Fresh::Missing, none}}, S::Online, none);
    row("loading", {{true, Fresh::Loading, none}, {false, Fresh::Loading, none}}, S::Connecting, none);
    row("lesser kinds still load", {{true, Fresh::Live, none}, {false, Fresh::Loading, none}}, S::Connecting, none);
    row("compacted", {{true, Fresh::Stale, ErrorKind::Expired}, {false, Fresh::Live, none}}, S::Online, none);
    row("one lesser kind stale", {{true, Fresh::Live, none}, {false, Fresh::Stale, ErrorKind::Server}}, S::Degraded,
        ErrorKind::Server);
    row("one of two essential stale", {{true, Fresh::Live, none}, {true, Fresh::Stale, ErrorKind::Server}}, S::Degraded,
        ErrorKind::Server);
    row("essential lost", {{true, Fresh::Stale, ErrorKind::Refused}, {false, Fresh::Live, none}}, S::Offline,
        ErrorKind::Refused);
    row("all lost", {{true, Fresh::Stale, ErrorKind::Refused}, {false, Fresh::Stale, ErrorKind::Refused}}, S::Offline,
        ErrorKind::Refused);
    row("502 while Rancher restarts",
        {{true, Fresh::Stale, ErrorKind::Server}, {false, Fresh::Stale, ErrorKind::Server}}, S::Offline,
        ErrorKind::Server);
    row("first lists fail", {{true, Fresh::Loading, ErrorKind::Timeout}, {false, Fresh::Loading, ErrorKind::Timeout}},
        S::Offline, ErrorKind::Timeout);
    row("lesser denied", {{true, Fresh::Live, none}, {false, Fresh::Denied, ErrorKind::Forbidden}}, S::Degraded,
        ErrorKind::Forbidden);
    row("all denied", {{true, Fresh::Denied, ErrorKind::Forbidden}, {false, Fresh::Denied, ErrorKind::Forbidden}},
        S::Degraded, ErrorKind::Forbidden);
    row("401", {{true, Fresh::Denied, ErrorKind::Unauthorized}, {false, Fresh::Live, none}}, S::NeedsLogin,
        ErrorKind::Unauthorized);
    row("401 wins over lost",
        {{true, Fresh::Stale, ErrorKind::Refused}, {false, Fresh::Denied, ErrorKind::Unauthorized}}, S::NeedsLogin,
        ErrorKind::Unauthorized);
    row("consent wins over 401",
        {{true, Fresh::Denied, ErrorKind::Unauthorized}, {false, Fresh::Stale, ErrorKind::ConsentNeeded}},
        S::NeedsConsent, ErrorKind::ConsentNeeded);
    row("plugin gave nothing", {{true, Fresh::Stale, ErrorKind::Credential}}, S::Failed, ErrorKind::Credential);
}

void TestParts::connection()
{
    QFETCH(QList<Spot>, spots);
    QFETCH(Connection::State, state);
    QFETCH(std::optional<ErrorKind>, error);
    QList<SourceView> views;
    for (const Spot &spot : std::as_const(spots))
        views.append(view(spot));
    const session::Judgement judgement = session::judge(views);
    QCOMPARE(judgement.state, state);
    QCOMPARE(judgement.error.has_value(), error.has_value());
    if (error)
        QCOMPARE(judgement.error->kind, *error);
}

void TestParts::nearestRetryIsTold()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    SourceView late = view({true, Fresh::Stale, ErrorKind::Refused});
    late.freshness.retryAt = now.addSecs(20);
    SourceView soon = view({false, Fresh::Stale, ErrorKind::Refused});
    soon.freshness.retryAt = now.addSecs(5);
    QCOMPARE(session::judge({late, soon}).retryAt, now.addSecs(5));
}

void TestParts::errorsBeforeWatching_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<Connection::State>("state");
    QTest::newRow("refused") << ErrorKind::Refused << Connection::State::Offline;
    QTest::newRow("server") << ErrorKind::Server << Connection::State::Offline;
    QTest::newRow("other certificate while the VIP moves") << ErrorKind::TlsUntrusted << Connection::State::Offline;
    QTest::newRow("config") << ErrorKind::Config << Connection::State::Failed;
    QTest::newRow("plugin") << ErrorKind::Credential << Connection::State::Failed;
    QTest::newRow("401") << ErrorKind::Unauthorized << Connection::State::NeedsLogin;
    QTest::newRow("consent") << ErrorKind::ConsentNeeded << Connection::State::NeedsConsent;
}

void TestParts::errorsBeforeWatching()
{
    QFETCH(ErrorKind, kind);
    kube::Error error;
    error.kind = kind;
    QTEST(session::stateForError(error), "state");
}

void TestParts::paceLimitsRateAndShare()
{
    session::Pace pace;
    QCOMPARE(pace.wait(1000), 0); // after a quiet time at once
    pace.derived(1000, 1002);
    QCOMPARE(pace.wait(1002), 48); // 20 a second
    QCOMPARE(pace.wait(1050), 0);
    pace.derived(2000, 2300);
    QCOMPARE(pace.wait(2300), 300); // half of the time at most
    QCOMPARE(pace.wait(2600), 0);
}

void TestParts::clusterClock_data()
{
    constexpr qint64 minute = 60'000, hour = 60 * minute, day = 24 * hour;
    using Numbers = QList<qint64>;
    QTest::addColumn<Numbers>("listed"); // milliseconds ahead of us
    QTest::addColumn<Numbers>("other");
    QTest::addColumn<Numbers>("fresh");
    QTest::addColumn<qint64>("ahead");
    QTest::newRow("nothing seen") << Numbers{} << Numbers{} << Numbers{} << qint64(0);
    QTest::newRow("same clock") << Numbers{-40 * day, -minute} << Numbers{-minute} << Numbers{-300} << qint64(0);
    QTest::newRow("behind us") << Numbers{-10 * minute} << Numbers{} << Numbers{-10 * minute} << qint64(0);
    QTest::newRow("less than a stamp's second") << Numbers{1500} << Numbers{} << Numbers{1500} << qint64(0);
    QTest::newRow("one node's clock is wrong") << Numbers{-minute} << Numbers{2 * hour} << Numbers{} << qint64(0);
    QTest::newRow("ahead, by a list") << Numbers{10 * minute} << Numbers{9 * minute} << Numbers{} << 10 * minute;
    QTest::newRow("narrowed by others") << Numbers{10 * minute} << Numbers{20 * minute} << Numbers{} << 20 * minute;
    QTest::newRow("narrowed, not shifted") << Numbers{minute} << Numbers{9 * hour} << Numbers{} << minute + hour;
    QTest::newRow("absurd stamp in a list") << Numbers{3650 * day, 5 * minute} << Numbers{} << Numbers{} << 5 * minute;
    QTest::newRow("absurd stamp alone") << Numbers{3650 * day} << Numbers{3650 * day} << Numbers{} << qint64(0);
    QTest::newRow("one new object does not outweigh a list")
        << Numbers{10 * minute} << Numbers{} << Numbers{-hour} << 10 * minute;
    QTest::newRow("new objects correct a wrong list")
        << Numbers{20 * hour} << Numbers{} << Numbers{0, -500, -900, 0} << qint64(0);
    QTest::newRow("new objects decide") << Numbers{5 * minute} << Numbers{2 * hour}
                                        << Numbers{9 * minute, 10 * minute, 10 * minute, 9 * minute} << 10 * minute;
    QTest::newRow("old objects that begin to match")
        << Numbers{} << Numbers{} << Numbers{-day, 10 * minute, -2 * day, -hour, -hour} << 10 * minute;
    QTest::newRow("absurd new object") << Numbers{} << Numbers{} << Numbers{400 * day, 0, 0, 0, 0} << qint64(0);
    QTest::newRow("the server's clock was set back")
        << Numbers{hour} << Numbers{} << (Numbers{hour, hour} + Numbers(16, qint64(0))) << qint64(0);
}

void TestParts::clusterClock()
{
    QFETCH(QList<qint64>, listed);
    QFETCH(QList<qint64>, other);
    QFETCH(QList<qint64>, fresh);
    session::ClockEvidence evidence;
    for (const qint64 ahead : std::as_const(listed))
        evidence.noteListed(ahead);
    for (const qint64 ahead : std::as_const(other))
        evidence.noteOther(ahead);
    for (const qint64 ahead : std::as_const(fresh))
        evidence.noteFresh(ahead);
    QFETCH(qint64, ahead);
    QCOMPARE(session::clusterAhead(evidence).count(), ahead);
}

void TestParts::clockReadsObjects()
{
    using Arrival = session::ClusterClock::Arrival;
    const QDateTime local = QDateTime::fromString(u"2026-03-01T12:00:00Z"_s, Qt::ISODate);
    const auto object = [](const QString &created, const QString &heartbeat) {
        return QJsonObject{{u"metadata"_s, QJsonObject{{u"creationTimestamp"_s, created}}},
            {u"status"_s,
                QJsonObject{{u"conditions"_s, QJsonArray{QJsonObject{{u"lastHeartbeatTime"_s, heartbeat}}}}}}};
    };
    session::ClusterClock clock;
    clock.see(object(u"2026-03-01T11:00:00Z"_s, u"2026-03-01T14:00:00Z"_s), local, Arrival::Listed);
    QCOMPARE(clock.now(local), local); // one node's clock is wrong: nothing of it is believed
    clock.see(object(u"2026-03-01T12:10:00Z"_s, u"2026-03-01T12:09:00Z"_s), local, Arrival::Listed);
    QCOMPARE(clock.now(local), local.addSecs(600));
    clock.see(object(u"2026-03-01T11:00:00Z"_s, u"2026-03-01T12:20:00Z"_s), local.addSecs(5), Arrival::Changed);
    QCOMPARE(clock.now(local), local.addSecs(1195));             // the server is ahead: newer stamps count
    QCOMPARE(clock.now(local.addSecs(60)), local.addSecs(1255)); // and it runs on
    clock.seeStamp(local.addSecs(2000), local);
    QCOMPARE(clock.now(local), local.addSecs(2000));
    for (int i = 0; i < session::ClockEvidence::enough; ++i)
        clock.see(object(u"2026-03-01T12:15:00Z"_s, {}), local, Arrival::Fresh);
    QCOMPARE(clock.now(local), local.addSecs(900)); // back, when the server itself says so
    clock.reset();
    QCOMPARE(clock.now(local), local);
}

void TestParts::mailboxKeepsTheNewest()
{
    int notices = 0;
    session::Mailbox box([&] {
        ++notices;
        return true;
    });
    for (quint64 i = 1; i <= 5; ++i) {
        session::ClusterState state;
        state.revision = i;
        box.put(std::move(state));
    }
    QCOMPARE(notices, 1);
    const auto taken = box.take();
    QVERIFY(taken);
    QCOMPARE(taken->revision, 5U);
    QVERIFY(!box.take());
    box.put({});
    QCOMPARE(notices, 2);
}

void TestParts::mailboxFreesInTheWorker()
{
    session::Mailbox box([] { return true; });
    auto snapshot = std::make_shared<const upgrade::Snapshot>();
    session::ClusterState state;
    state.snapshot = snapshot;
    box.put(std::move(state));
    box.giveBack(*box.take());
    QCOMPARE(snapshot.use_count(), 2); // the box still holds it: the caller paid nothing
    box.sweep();
    QCOMPARE(snapshot.use_count(), 1);
}

void TestParts::logsWorthReading()
{
    using upgrade::PhaseId;
    using upgrade::State;
    upgrade::Board board;
    board.jobs = {job(u"preload"_s, PhaseId::Preload, State::Succeeded, u"Succeeded"_s),
        job(u"waits"_s, PhaseId::Nodes, State::Running, u"Pending"_s),
        job(u"failed"_s, PhaseId::Preload, State::Failed, u"Failed"_s),
        job(u"drain"_s, PhaseId::Nodes, State::Running, u"Running"_s),
        job(u"done"_s, PhaseId::SystemServices, State::Succeeded, u"Succeeded"_s),
        job(u"manifests"_s, PhaseId::SystemServices, State::Running, u"Running"_s)};
    const QList<session::LogWish> wishes = session::logWishes(board);
    QStringList names;
    for (const session::LogWish &wish : wishes)
        names.append(wish.jobUid + (wish.once ? u" once"_s : QString()));
    QCOMPARE(names, QStringList({u"manifests"_s, u"drain"_s, u"failed once"_s, u"done once"_s}));
    QCOMPARE(wishes.constFirst().container, u"apply"_s);
    QCOMPARE(wishes.constFirst().podUid, u"pod-uid-manifests"_s);
}

void TestParts::logsAreBounded()
{
    upgrade::Board board;
    for (int i = 0; i < 1000; ++i)
        board.jobs.append(job(QString::number(i), upgrade::PhaseId::Preload, upgrade::State::Running, u"Running"_s));
    board.jobs.append(job(u"manifests"_s, upgrade::PhaseId::SystemServices, upgrade::State::Running, u"Running"_s));
    const QList<session::LogWish> wishes = session::logWishes(board);
    QCOMPARE(wishes.size(), session::maxLogFollowers);
    QCOMPARE(wishes.constFirst().jobUid, u"manifests"_s);
}

QTEST_GUILESS_MAIN(TestParts)
#include "tst_parts.moc"
