// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The log follower against a server that cuts, restarts, rotates and lies: line for line what was written.

#include "support/kube_logserver.h"

#include "kube/logfollower.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace kube;
using namespace std::chrono_literals;
using State = LogFollower::State;
using Kind = LogLine::Kind;

namespace {

LogPolicy quick()
{
    LogPolicy policy;
    policy.backoff = {1ms, 10ms, 1ms, 2};
    policy.firstPoll = 2ms;
    policy.longestPoll = 5ms;
    policy.shortStream = 0ms;
    return policy;
}

LogSpec spec()
{
    LogSpec spec;
    spec.ns = u"ns"_s;
    spec.pod = u"p"_s;
    spec.podUid = u"uid-1"_s;
    spec.container = u"c"_s;
    return spec;
}

/// A follower and all it said, as one text.
struct Followed {
    Followed(Client &client, LogSpec logSpec, LogPolicy policy = quick())
        : follower(client, std::move(logSpec))
    {
        follower.setPolicy(policy);
        QObject::connect(&follower, &LogFollower::lines, &follower, [this](const QList<LogLine> &lines) {
            for (const LogLine &line : lines) {
                all.append(line);
                const char *names[] = {"", "<restart>", "<reconnected>", "<gap>", "<ended>"};
                text += (line.kind == Kind::Text ? line.text : QByteArray(names[int(line.kind)])) + '|';
                if (line.kind == Kind::Text) {
                    ++count;
                    last = line.text.split(':').last().toLongLong();
                }
            }
        });
        QObject::connect(
            &follower, &LogFollower::stateChanged, &follower, [this](State state) { states.append(state); });
        follower.start();
    }
    LogFollower follower;
    QList<LogLine> all;
    QByteArray text;
    int count = 0;
    qsizetype last = 0; ///< number in the last text
    QList<State> states;
};

} // namespace

class TestLogFollower : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void followsToTheEnd();
    void asksAsDocumented();
    void lastLineWithoutEnd();
    void tailAndSince();
    void cleanEndWhileRunningIsSilent();
    void resetIsAnnounced();
    void serverErrorThenGoesOn();
    void waitsForTheContainer();
    void initContainerEndsOnce();
    void restartFinishesThePreviousFirst();
    void restartWithThePreviousGone();
    void restartsMissed();
    void crashLoop();
    void restartTheStatusDoesNotTellYet();
    void rotationShowsAGap();
    void podGone();
    void podGoneAfterACut();
    void podGoneBeforeItWasRead();
    void podGoneBeforeItStarted();
    void podGoneSinceAnotherRun_data();
    void podGoneSinceAnotherRun();
    void otherUid();
    void noSuchContainer();
    void forbidden();
    void unauthorizedWakes();
    void unauthorizedIsTriedAgain();
    void goneBeforeItWasRead();
    void resumesAnotherRun();
    void resumesAnotherRunAcrossARestart();
    void notFollowing();
    void longLines();
    void pausedReadsNothing();
    void quietStreamIsOpenedAnew();
    void stopsInsideASlot();
    void deletedInsideASlot();
    void torture_data();
    void torture();

private:
    std::unique_ptr<support::Server> m_server;
    std::unique_ptr<support::LogServer> m_log;
    std::unique_ptr<Client> m_client;
};

void TestLogFollower::init()
{
    m_server = std::make_unique<support::Server>();
    QVERIFY(m_server->start());
    m_log = std::make_unique<support::LogServer>(*m_server, 1);
    ClusterConfig config;
    config.server = m_server->url();
    m_client = std::make_unique<Client>(config);
}

void TestLogFollower::cleanup()
{
    m_client.reset();
    m_log.reset();
    m_server.reset();
}

void TestLogFollower::followsToTheEnd()
{
    m_log->restartPolicy = "Never";
    m_log->write("a");
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.text, "a|");
    QCOMPARE(log.follower.state(), State::Following);
    m_log->write("b");
    QTRY_COMPARE(log.text, "a|b|");
    m_log->write("");
    m_log->write("  c");
    m_log->finish(0);
    QTRY_COMPARE(log.follower.state(), State::Ended);
    QCOMPARE(log.text, "a|b||  c|<ended>|");
    QCOMPARE(log.all.last().text, "Completed, exit code 0");
    QVERIFY(log.all.first().stamp.startsWith("2026-11-23T"));
    QCOMPARE(log.states, (QList<State>{State::Opening, State::Following, State::Ended}));
}

void TestLogFollower::asksAsDocumented()
{
    m_log->write("a");
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.count, 1);
    QCOMPARE(m_server->requests.last().target, m_log->path + "/log?container=c&timestamps=true&follow=true");
    m_log->cutStreams(0);
    QTRY_COMPARE(m_log->opens, 2);
    const QByteArray target = m_server->requests.last().target;
    QVERIFY2(target.contains("&sinceTime=2026-11-23T"), target.constData());
    QVERIFY(!target.contains("tailLines"));
}

void TestLogFollower::lastLineWithoutEnd()
{
    m_log->restartPolicy = "Never";
    m_log->write("a");
    m_log->writeTail("killed in the mid");
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.text, "a|");
    m_log->finish(137);
    QTRY_COMPARE(log.follower.state(), State::Ended);
    QCOMPARE(log.text, "a|killed in the mid|<ended>|");
    QCOMPARE(log.all.last().text, "Error, exit code 137");
}

void TestLogFollower::tailAndSince()
{
    for (int i = 0; i < 50; ++i)
        m_log->write(QByteArray::number(i));
    LogSpec tail = spec();
    tail.tailLines = 3;
    Followed log(*m_client, tail);
    QTRY_COMPARE(log.text, "47|48|49|");
    m_log->cutStreams(2);
    QTRY_COMPARE(m_log->opens, 2);
    m_log->write("50");
    QTRY_COMPARE(log.text, "47|48|49|50|");

    const auto &line = m_log->instances.first().lines.at(30);
    LogSpec since = spec();
    since.sinceTime = QDateTime::fromSecsSinceEpoch(line.seconds);
    Followed later(*m_client, since);
    QTRY_VERIFY(later.text.endsWith("|50|"));
    const int begin = int(
        std::ranges::count_if(m_log->instances.first().lines, [&](const auto &l) { return l.seconds < line.seconds; }));
    QCOMPARE(later.count, 51 - begin);
}

void TestLogFollower::cleanEndWhileRunningIsSilent()
{
    m_log->write("a");
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.text, "a|");
    for (int i = 0; i < 3; ++i) {
        m_log->cutStreams(2);
        m_log->write("missed");
        QTRY_COMPARE(log.count, i + 2);
        QTRY_COMPARE(m_log->streamsOpen(), 1);
    }
    QCOMPARE(log.text, "a|missed|missed|missed|");
    QVERIFY(!log.states.contains(State::Reconnecting));
}

void TestLogFollower::resetIsAnnounced()
{
    m_log->write("a");
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.text, "a|");
    m_log->cutStreams(0);
    m_log->write("b");
    QTRY_COMPARE(log.text, "a|<reconnected>|b|");
    QVERIFY(log.states.contains(State::Reconnecting));
    QTRY_COMPARE(log.follower.state(), State::Following);
    QVERIFY(!log.follower.error());
}

void TestLogFollower::serverErrorThenGoesOn()
{
    m_log->write("a");
    m_server->once(m_log->path + "/log", [](const support::HttpRequest &, const support::Responder &responder) {
        responder.json(500, support::statusJson(500, "InternalError", "no route to host"));
    });
    Followed log(*m_client, spec());
    std::optional<Error> error;
    QObject::connect(&log.follower, &LogFollower::stateChanged, &log.follower, [&](State state) {
        if (state == State::Reconnecting)
            error = log.follower.error();
    });
    QTRY_COMPARE(log.text, "a|");
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::Server);
    QVERIFY(!log.follower.error());
    QCOMPARE(log.states, (QList<State>{State::Opening, State::Reconnecting, State::Following}));
}

void TestLogFollower::waitsForTheContainer()
{
    m_log->waiting = true;
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.follower.state(), State::WaitingForContainer);
    QTRY_VERIFY(m_log->podLooks >= 3);
    QCOMPARE(m_log->opens, 0);
    m_log->waiting = false;
    m_log->write("a");
    QTRY_COMPARE(log.text, "a|");
    QCOMPARE(log.follower.state(), State::Following);
}

void TestLogFollower::initContainerEndsOnce()
{
    m_log->initContainer = true;
    m_log->write("a");
    m_log->finish(0);
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.follower.state(), State::Ended);
    QCOMPARE(log.text, "a|<ended>|");
}

void TestLogFollower::restartFinishesThePreviousFirst()
{
    m_log->write("a");
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.text, "a|");
    // The stream breaks; what follows happens unseen.
    m_log->cutStreams(0);
    m_log->write("b");
    m_log->finish(1);
    m_log->restart();
    m_log->write("c");
    QTRY_COMPARE(log.text, "a|<reconnected>|b|<restart>|c|");
    m_log->write("d");
    QTRY_COMPARE(log.text, "a|<reconnected>|b|<restart>|c|d|");
    QCOMPARE(log.follower.state(), State::Following);
}

void TestLogFollower::restartWithThePreviousGone()
{
    m_log->write("a");
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.text, "a|");
    m_log->previousKept = false;
    m_log->cutStreams(2);
    m_log->write("b");
    m_log->finish(1);
    m_log->restart();
    m_log->write("c");
    QTRY_COMPARE(log.text, "a|<gap>|<restart>|c|");
}

void TestLogFollower::restartsMissed()
{
    m_log->write("a");
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.text, "a|");
    m_log->cutStreams(2);
    for (const char *text : {"b", "c", "d"}) {
        m_log->finish(1);
        m_log->restart();
        m_log->write(text);
    }
    QTRY_COMPARE(log.text, "a|<gap>|<restart>|c|<restart>|d|");
}

void TestLogFollower::crashLoop()
{
    m_log->write("a0");
    Followed log(*m_client, spec());
    QByteArray expected = "a0|";
    for (int i = 1; i < 6; ++i) {
        QTRY_COMPARE(log.text, expected);
        m_log->finish(1);
        QTRY_COMPARE(log.follower.state(), State::WaitingForContainer);
        m_log->restart();
        m_log->write("a" + QByteArray::number(i));
        expected += "<restart>|a" + QByteArray::number(i) + "|";
    }
    QTRY_COMPARE(log.text, expected);
    // The end of the pod is an end.
    m_log->phase = "Failed";
    m_log->finish(1);
    QTRY_COMPARE(log.text, expected + "<ended>|");
}

/// The kubelet serves the new instance while the API server still tells of the old one.
void TestLogFollower::restartTheStatusDoesNotTellYet()
{
    m_log->write("a");
    LogPolicy policy = quick();
    policy.firstPoll = 100ms;
    Followed log(*m_client, spec(), policy);
    QTRY_COMPARE(log.text, "a|");
    m_log->cutStreams(2);
    m_log->write("b");
    m_log->statusLag = 50;
    m_log->finish(1);
    m_log->restart();
    m_log->write("c");
    QTRY_COMPARE(log.text, "a|b|<restart>|c|");
}

void TestLogFollower::rotationShowsAGap()
{
    m_log->write("a");
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.text, "a|");
    m_log->cutStreams(0);
    m_log->write("b");
    m_log->write("c");
    m_log->rotate(1);
    QTRY_COMPARE(log.text, "a|<gap>|c|");
    m_log->write("d");
    QTRY_COMPARE(log.text, "a|<gap>|c|d|");
}

void TestLogFollower::podGone()
{
    m_log->write("a");
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.text, "a|");
    m_log->removePod();
    QTRY_COMPARE(log.follower.state(), State::Ended);
    QCOMPARE(log.text, "a|<ended>|");
    QCOMPARE(log.all.last().text, "The pod is gone");
}

void TestLogFollower::podGoneAfterACut()
{
    m_log->write("a");
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.text, "a|");
    m_log->cutStreams(0);
    m_log->exists = false;
    QTRY_COMPARE(log.text, "a|<gap>|<ended>|");
}

/// The container runs, but its node does not give the log.
void TestLogFollower::podGoneBeforeItWasRead()
{
    m_log->write("a");
    int asked = 0;
    m_server->on(m_log->path + "/log", [&](const support::HttpRequest &, const support::Responder &responder) {
        ++asked;
        responder.json(404, support::statusJson(404, "NotFound", "no such container yet"));
    });
    Followed log(*m_client, spec());
    QTRY_VERIFY(asked > 1);
    m_log->exists = false;
    QTRY_COMPARE(log.text, "<gap>|<ended>|");
    QCOMPARE(log.all.last().text, "The pod is gone");
}

void TestLogFollower::podGoneBeforeItStarted()
{
    m_log->waiting = true;
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.follower.state(), State::WaitingForContainer);
    m_log->exists = false;
    QTRY_COMPARE(log.text, "<ended>|");
}

void TestLogFollower::podGoneSinceAnotherRun_data()
{
    QTest::addColumn<bool>("replaced");
    QTest::newRow("gone") << false;
    QTest::newRow("replaced") << true;
}

void TestLogFollower::podGoneSinceAnotherRun()
{
    QFETCH(bool, replaced);
    m_log->write("a");
    m_log->write("b");
    QByteArray stamp;
    {
        Followed first(*m_client, spec());
        QTRY_COMPARE(first.text, "a|b|");
        stamp = first.all.last().stamp;
    }
    m_log->write("c");
    if (replaced)
        m_log->uid = "uid-2";
    else
        m_log->exists = false;
    LogSpec resumed = spec();
    resumed.resumeStamp = stamp;
    resumed.resumeSeen = 1;
    Followed log(*m_client, resumed);
    QTRY_COMPARE(log.follower.state(), State::Ended);
    QCOMPARE(log.text, "<gap>|<ended>|");
}

void TestLogFollower::otherUid()
{
    m_log->write("a");
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.text, "a|");
    m_log->uid = "uid-2";
    m_log->cutStreams(2);
    QTRY_COMPARE(log.follower.state(), State::Ended);
    QCOMPARE(log.text, "a|<ended>|");
}

void TestLogFollower::noSuchContainer()
{
    LogSpec other = spec();
    other.container = u"nosuch"_s;
    Followed log(*m_client, other);
    QTRY_COMPARE(log.follower.state(), State::Failed);
    QCOMPARE(log.follower.error()->kind, ErrorKind::NotFound);
    QVERIFY(log.follower.error()->message.contains(u"nosuch"_s));
}

void TestLogFollower::forbidden()
{
    m_server->on(m_log->path + "/log", [](const support::HttpRequest &, const support::Responder &responder) {
        responder.json(403,
            support::statusJson(403, "Forbidden",
                R"(pods "p" is forbidden: User "viewer" cannot get resource "pods/log" in API group "" in the namespace "ns")"));
    });
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.follower.state(), State::Failed);
    QCOMPARE(log.follower.error()->kind, ErrorKind::Forbidden);
    QCOMPARE(log.follower.error()->resource, u"pods/log"_s);
}

void TestLogFollower::unauthorizedWakes()
{
    m_log->write("a");
    m_server->once(m_log->path, [](const support::HttpRequest &, const support::Responder &responder) {
        responder.json(401, support::statusJson(401, "Unauthorized", "Unauthorized"));
    });
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.follower.state(), State::Failed);
    m_client->refreshCredentials();
    QTRY_COMPARE(log.text, "a|");
}

void TestLogFollower::unauthorizedIsTriedAgain()
{
    // Rancher restarts and refuses everybody; nobody has other credentials to give.
    m_log->write("a");
    m_server->once(m_log->path, [](const support::HttpRequest &, const support::Responder &responder) {
        responder.json(401, support::statusJson(401, "Unauthorized", "Unauthorized"));
    });
    LogFollower follower(*m_client, spec());
    LogPolicy policy;
    policy.loginRetry = 20ms;
    follower.setPolicy(policy);
    QByteArray text;
    bool failed = false;
    connect(&follower, &LogFollower::stateChanged, this, [&](State state) { failed = failed || state == State::Failed; });
    connect(&follower, &LogFollower::lines, this, [&](const QList<LogLine> &lines) {
        for (const LogLine &line : lines)
            text += line.text + '|';
    });
    follower.start();
    QTRY_COMPARE(text, "a|");
    QVERIFY(failed);
    QVERIFY(!follower.error());
}

void TestLogFollower::goneBeforeItWasRead()
{
    // It was seen running, and was gone before anybody read a line: that is a gap.
    m_log->exists = false;
    LogSpec seen = spec();
    seen.started = true;
    Followed log(*m_client, seen);
    QTRY_COMPARE(log.follower.state(), State::Ended);
    QCOMPARE(log.text, "<gap>|<ended>|");
    Followed unknown(*m_client, spec());
    QTRY_COMPARE(unknown.follower.state(), State::Ended);
    QCOMPARE(unknown.text, "<ended>|");
}

void TestLogFollower::resumesAnotherRun()
{
    for (const char *text : {"a", "b", "c", "d"})
        m_log->write(text);
    QByteArray stamp;
    {
        Followed log(*m_client, spec());
        QTRY_COMPARE(log.count, 4);
        stamp = log.all.at(1).stamp;
    }
    LogSpec resumed = spec();
    resumed.resumeStamp = stamp;
    resumed.resumeSeen = 1;
    Followed log(*m_client, resumed);
    QTRY_COMPARE(log.text, "c|d|");
}

void TestLogFollower::resumesAnotherRunAcrossARestart()
{
    m_log->write("a");
    m_log->write("b");
    QByteArray stamp;
    {
        Followed log(*m_client, spec());
        QTRY_COMPARE(log.count, 2);
        stamp = log.all.at(0).stamp;
    }
    m_log->finish(1);
    m_log->restart();
    m_log->write("c");
    LogSpec resumed = spec();
    resumed.resumeStamp = stamp;
    resumed.resumeSeen = 1;
    Followed log(*m_client, resumed);
    QTRY_COMPARE(log.text, "b|<restart>|c|");
}

void TestLogFollower::notFollowing()
{
    m_log->cutEach = 60;
    for (int i = 0; i < 20; ++i)
        m_log->write(QByteArray::number(i));
    LogSpec once = spec();
    once.follow = false;
    Followed log(*m_client, once);
    // Cuts that look like an end do not matter, as reading on shows.
    m_log->cutEach = 0;
    QTRY_COMPARE(log.follower.state(), State::Ended);
    QCOMPARE(log.count, 20);
    QVERIFY(!log.text.contains("<ended>"));
}

void TestLogFollower::longLines()
{
    LogSpec limited = spec();
    limited.lineLimit = 100;
    m_log->write(QByteArray(100, 'x'));
    m_log->write(QByteArray(5000, 'y'));
    m_log->write("z");
    Followed log(*m_client, limited);
    QTRY_COMPARE(log.count, 3);
    QVERIFY(!log.all.at(0).cut);
    QVERIFY(log.all.at(1).cut);
    QCOMPARE(log.all.at(0).text, QByteArray(100, 'x'));
    QVERIFY(log.all.at(1).text.size() >= 100 && log.all.at(1).text.size() <= 140);
    m_log->cutStreams(0);
    m_log->write("after");
    QTRY_VERIFY(log.text.endsWith("|z|<reconnected>|after|"));
}

void TestLogFollower::pausedReadsNothing()
{
    m_log->write("a");
    Followed log(*m_client, spec());
    QTRY_COMPARE(log.text, "a|");
    log.follower.setPaused(true);
    for (int i = 0; i < 200; ++i)
        m_log->write(QByteArray(100'000, 'x'));
    // 20 MB: most of it must stay with the server.
    QTRY_VERIFY(m_log->longest > 5'000'000);
    QCOMPARE(log.text, "a|");
    log.follower.setPaused(false);
    QTRY_COMPARE_WITH_TIMEOUT(log.count, 201, 30000);
    QVERIFY(!log.text.contains('<'));
}

void TestLogFollower::quietStreamIsOpenedAnew()
{
    m_log->write("a");
    LogPolicy policy = quick();
    policy.quiet = 30ms;
    Followed log(*m_client, spec(), policy);
    QTRY_COMPARE(log.text, "a|");
    QTRY_VERIFY(m_log->opens >= 3);
    m_log->write("b");
    QTRY_COMPARE(log.text, "a|b|");
}

void TestLogFollower::stopsInsideASlot()
{
    for (int i = 0; i < 100; ++i)
        m_log->write("a");
    Followed log(*m_client, spec());
    QObject::connect(&log.follower, &LogFollower::lines, &log.follower, [&] { log.follower.stop(); });
    QTRY_COMPARE(log.count, 100);
    QCOMPARE(log.follower.state(), State::Idle);
    m_log->write("b");
    const int looks = m_log->podLooks;
    QSignalSpy gone(m_server.get(), &support::Server::disconnected);
    QTRY_VERIFY(gone.count() > 0 || m_server->findChildren<QTcpSocket *>().size() <= 1);
    QCOMPARE(log.count, 100);
    QCOMPARE(m_log->podLooks, looks);
}

void TestLogFollower::deletedInsideASlot()
{
    m_log->write("a");
    auto *follower = new LogFollower(*m_client, spec());
    bool heard = false;
    connect(follower, &LogFollower::lines, this, [&] {
        heard = true;
        delete follower;
    });
    follower->start();
    QTRY_VERIFY(heard);
    m_log->write("b");
    QCoreApplication::processEvents();
}

void TestLogFollower::torture_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<bool>("rotate");
    for (quint32 seed = 1; seed <= 3; ++seed) {
        QTest::addRow("cuts and restarts %u", seed) << seed << false;
        QTest::addRow("and rotation %u", seed) << seed << true;
    }
}

/// Thousands of lines in several instances; streams end after a few hundred bytes in any of three ways, requests fail,
/// the status lags. Restarts wait until the last one has been noticed, so nothing but rotation can lose a line.
void TestLogFollower::torture()
{
    QFETCH(const quint32, seed);
    QFETCH(const bool, rotate);
    m_log = std::make_unique<support::LogServer>(*m_server, seed);
    m_log->cutEach = 6000;
    m_log->failOneIn = 10;
    QRandomGenerator random(seed);
    LogPolicy policy = quick();
    policy.firstPoll = 50ms; // longer than the status lags
    Followed log(*m_client, spec(), policy);

    qsizetype written = 0;
    int rotations = 0;
    for (int turn = 0; turn < 150; ++turn) {
        for (int i = random.bounded(30); i > 0; --i)
            m_log->write(QByteArray::number(m_log->instances.size() - 1) + ':' + QByteArray::number(written++));
        if (random.bounded(10) == 0)
            m_log->cutStreams();
        if (rotate && random.bounded(10) == 0) {
            m_log->rotate(1 + random.bounded(20));
            ++rotations;
        }
        QCoreApplication::processEvents();
        if (turn % 5 == 0) // the follower may lag, but goes on
            QTRY_VERIFY_WITH_TIMEOUT(written < 100 || (!log.all.isEmpty() && log.last > written - 100), 20000);
        if (turn % 50 == 49 && turn < 149) {
            m_log->statusLag = random.bounded(2) * 20;
            m_log->finish(1);
            m_log->restart();
            const QByteArray number = QByteArray::number(m_log->instances.size() - 1);
            m_log->write(number + ':' + QByteArray::number(written++));
            QTRY_VERIFY_WITH_TIMEOUT(!log.all.isEmpty() && log.all.last().text.startsWith(number + ':'), 20000);
        }
    }
    m_log->phase = "Failed";
    m_log->statusLag = 0;
    m_log->finish(3);
    QTRY_COMPARE_WITH_TIMEOUT(log.follower.state(), State::Ended, 20000);

    qsizetype expected = 0;
    int instance = 0;
    int gaps = 0;
    // What was rotated away before the first look at an instance cannot be known.
    bool gap = rotate;
    for (const LogLine &line : std::as_const(log.all)) {
        switch (line.kind) {
        case Kind::Gap:
            gap = true;
            ++gaps;
            break;
        case Kind::Restart:
            ++instance;
            gap = gap || rotate;
            break;
        case Kind::Reconnected:
        case Kind::Ended:
            break;
        case Kind::Text: {
            const qsizetype number = line.text.split(':').last().toLongLong();
            QCOMPARE(line.text.split(':').first().toInt(), instance);
            QVERIFY2(number >= expected, "a line came twice");
            QVERIFY2(number == expected || gap, "a line is missing without a gap");
            expected = number + 1;
            gap = false;
        }
        }
    }
    QVERIFY(written > 1500);
    QCOMPARE(expected, written);
    QCOMPARE(instance, 2);
    QVERIFY(gaps <= rotations);
    QVERIFY(m_log->opens > 20);
    QCOMPARE(log.all.last().kind, Kind::Ended);
}

QTEST_GUILESS_MAIN(TestLogFollower)
#include "tst_logfollower.moc"
