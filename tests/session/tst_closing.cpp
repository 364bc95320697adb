// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Closing in every state: at once for the caller, the thread ends by itself, nothing is touched afterwards
// (sanitizers).

#include "demo/server.h"
#include "session/reaper.h"
#include "support/session_await.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using session::ClusterState;
using session::Connection;
using session::LogChannel;
using session::Session;
using support::is;
using support::reaches;

namespace {

/// It needs well under a millisecond; a machine that is busy with other things may take the processor away for long.
/// Every wait this could hide is of 5 s and more: silent servers, plugins, the joining of threads. Nothing else of the
/// tests runs beside this one; whileTheThreadIsHeld() asks the same without a clock.
constexpr qint64 atOnce = 4500;

/// A pipe that stands for a file of a file system that has stopped answering.
class HeldFile {
public:
    explicit HeldFile(const QString &name)
    {
        if (::mkfifo(qPrintable(name), 0600) == 0)
            m_end = ::open(qPrintable(name), O_RDWR | O_NONBLOCK | O_CLOEXEC);
        if (m_end < 0 || ::write(m_end, "x", 1) != 1)
            qFatal("cannot make a pipe");
    }
    ~HeldFile() { release(); }
    HeldFile(const HeldFile &) = delete;
    HeldFile &operator=(const HeldFile &) = delete;
    /// Somebody has read what there was and waits for more.
    [[nodiscard]] bool holds() const
    {
        int left = -1;
        return ::ioctl(m_end, FIONREAD, &left) == 0 && left == 0;
    }
    void release()
    {
        if (m_end >= 0)
            ::close(std::exchange(m_end, -1));
    }

private:
    int m_end = -1;
};

} // namespace

class TestClosing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void close_data();
    void close();
    void closedInItsOwnSlot();
    void channelOutlivesSession();
    void manyAtOnce();
    void whileTheThreadIsHeld();
    void cleanup();

private:
    void closeNow(std::unique_ptr<Session> session);
    std::unique_ptr<Session> open(const kube::ClusterConfig &config);
    std::unique_ptr<demo::DemoThread> m_demo;
    [[nodiscard]] kube::ClusterConfig withPlugin(kube::ClusterConfig config, int seconds) const;
    QTemporaryDir m_folder;
    bool m_reached = true;
};

kube::ClusterConfig TestClosing::withPlugin(kube::ClusterConfig config, int seconds) const
{
    QFile plugin(m_folder.filePath(u"login-%1"_s.arg(seconds)));
    if (!plugin.open(QIODevice::WriteOnly))
        return config;
    plugin.write("#!/bin/sh\nexec sleep " + QByteArray::number(seconds) + "\n");
    plugin.close();
    plugin.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    config.token = {};
    config.exec.emplace();
    config.exec->command = plugin.fileName();
    config.exec->apiVersion = u"client.authentication.k8s.io/v1"_s;
    config.exec->interactive = kube::ExecConfig::Interactive::Never;
    return config;
}

void TestClosing::initTestCase()
{
    demo::ServerOptions options;
    options.startAt = 4000;
    options.speed = 10;
    options.eventsPerSecond = 50;
    m_demo = std::make_unique<demo::DemoThread>(options);
    QVERIFY(m_demo->start());
}

void TestClosing::cleanup()
{
    m_demo->run([](demo::Server &server) { server.setFaults({}); });
}

std::unique_ptr<Session> TestClosing::open(const kube::ClusterConfig &config)
{
    auto session = std::make_unique<Session>(config);
    session->start();
    return session;
}

void TestClosing::closeNow(std::unique_ptr<Session> session)
{
    QElapsedTimer timer;
    timer.start();
    session.reset();
    const qint64 took = timer.elapsed();
    QVERIFY2(took < atOnce, qPrintable(u"closing took %1 ms"_s.arg(took)));
    QVERIFY(session::joinReaped(20s));
}

void TestClosing::close_data()
{
    using Prepare = std::function<std::unique_ptr<Session>()>;
    QTest::addColumn<std::function<std::unique_ptr<Session>()>>("prepare");
    const auto row = [](const char *name, const Prepare &prepare) { QTest::newRow(name) << prepare; };
    const kube::ClusterConfig config = support::configOf(m_demo->kubeconfig());

    row("not started", [config] { return std::make_unique<Session>(config); });
    row("just started", [this, config] { return open(config); });
    row("server accepts and is silent", [this, config] {
        demo::Faults faults;
        faults.silent = true;
        m_demo->run([&](demo::Server &server) { server.setFaults(faults); });
        auto session = open(config);
        m_reached
            = reaches(*session, [](const ClusterState &state) { return is(state, Connection::State::Connecting); });
        return session;
    });
    row("refused, waiting to try again", [this, config] {
        kube::ClusterConfig other = config;
        other.server = QUrl(u"https://127.0.0.1:1"_s);
        auto session = open(other);
        m_reached = reaches(*session, [](const ClusterState &state) { return is(state, Connection::State::Offline); });
        return session;
    });
    row("consent needed", [this, config] {
        auto session = open(withPlugin(config, 0));
        m_reached
            = reaches(*session, [](const ClusterState &state) { return is(state, Connection::State::NeedsConsent); });
        return session;
    });
    row("plugin running", [this, config] {
        auto session = open(withPlugin(config, 60));
        session->grantExecConsent();
        m_reached = reaches(*session, [](const ClusterState &state) { return !state.connection.activity.isEmpty(); });
        return session;
    });
    row("online under load", [this, config] {
        auto session = open(config);
        m_reached = reaches(*session, [](const ClusterState &state) { return state.settled; });
        return session;
    });
    row("reading for the first time", [this, config] {
        auto session = open(config);
        m_reached
            = reaches(*session, [](const ClusterState &state) { return !state.connection.serverVersion.isEmpty(); });
        return session;
    });
    row("just reconfigured", [this, config] {
        auto session = open(config);
        m_reached = reaches(*session, [](const ClusterState &state) { return state.settled; });
        kube::ClusterConfig other = config;
        other.disableCompression = true;
        session->reconfigure(other);
        return session;
    });
    row("denied", [this, config] {
        kube::ClusterConfig other = config;
        other.token = kube::Secret("wrong");
        auto session = open(other);
        m_reached
            = reaches(*session, [](const ClusterState &state) { return is(state, Connection::State::NeedsLogin); });
        return session;
    });
    row("connection lost", [this, config] {
        auto session = open(config);
        m_reached = reaches(*session, [](const ClusterState &state) { return state.settled; });
        demo::Faults faults;
        faults.drop = 1;
        m_demo->run([&](demo::Server &server) {
            server.setFaults(faults);
            server.dropConnections();
        });
        m_reached = reaches(*session, [](const ClusterState &state) { return is(state, Connection::State::Offline); });
        return session;
    });
}

void TestClosing::close()
{
    QFETCH(std::function<std::unique_ptr<Session>()>, prepare);
    m_reached = true;
    std::unique_ptr<Session> session = prepare();
    QVERIFY2(m_reached, "the state to close in was not reached");
    closeNow(std::move(session));
}

void TestClosing::closedInItsOwnSlot()
{
    std::unique_ptr<Session> session = open(support::configOf(m_demo->kubeconfig()));
    connect(session.get(), &Session::changed, this, [&](const ClusterState &state) {
        if (state.settled)
            session.reset();
    });
    QTRY_VERIFY_WITH_TIMEOUT(!session, 20000);
    QVERIFY(session::joinReaped(20s));
}

void TestClosing::channelOutlivesSession()
{
    std::unique_ptr<Session> session = open(support::configOf(m_demo->kubeconfig()));
    QVERIFY(reaches(*session, [](const ClusterState &state) { return state.settled && !state.board.jobs.isEmpty(); }));
    QList<session::LogTarget> targets;
    for (const upgrade::JobRow &job : std::as_const(session->state().board.jobs)) {
        for (const auto &pod : job.pods)
            targets.append({pod.ns, pod.name, pod.uid, {}});
    }
    QVERIFY(!targets.isEmpty());
    std::unique_ptr<LogChannel> channel = session->openLog(targets);
    bool any = false;
    connect(channel.get(), &LogChannel::appended, this, [&] { any = true; });
    QTRY_VERIFY_WITH_TIMEOUT(any, 20000);
    std::unique_ptr<LogChannel> second = session->openLog(targets);
    second.reset(); // before anything of it could happen
    closeNow(std::move(session));
    channel->acknowledge(10);
    channel->setTargets(targets);
    channel.reset();
}

void TestClosing::manyAtOnce()
{
    std::vector<std::unique_ptr<Session>> sessions;
    for (int i = 0; i < 10; ++i)
        sessions.push_back(open(support::configOf(m_demo->kubeconfig())));
    QVERIFY(reaches(*sessions.back(), [](const ClusterState &state) { return state.settled; }));
    QElapsedTimer timer;
    timer.start();
    sessions.clear();
    QVERIFY2(timer.elapsed() < atOnce, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(session::joinReaped(30s));
}

/// Order instead of time: closing is over while the thread still cannot go on.
void TestClosing::whileTheThreadIsHeld()
{
    constexpr int many = 3;
    std::vector<std::unique_ptr<HeldFile>> files;
    std::vector<std::unique_ptr<Session>> sessions;
    for (int i = 0; i < many; ++i) {
        kube::ClusterConfig config = support::configOf(m_demo->kubeconfig());
        config.token = {};
        config.tokenFile = m_folder.filePath(u"held-%1"_s.arg(i));
        files.push_back(std::make_unique<HeldFile>(config.tokenFile));
        sessions.push_back(open(config));
    }
    for (const auto &file : files)
        QTRY_VERIFY_WITH_TIMEOUT(file->holds(), 20000);
    sessions.clear();
    QVERIFY(!session::joinReaped(0ms)); // none could end yet
    files.clear();
    QVERIFY(session::joinReaped(20s));
}

QTEST_GUILESS_MAIN(TestClosing)
#include "tst_closing.moc"
