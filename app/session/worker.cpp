// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/worker.h"

#include "kube/reflector.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QThread>

#include <algorithm>

namespace session {

using namespace std::chrono_literals;

namespace {

constexpr auto firstRetry = 800ms;
constexpr auto longestRetry = 30000ms;
constexpr auto lookForKinds = 10min; ///< kinds that are missing may come with an upgrade
constexpr auto lookAgainSoonest = 30s;
constexpr qsizetype maxWarnings = 50;

/// 0.8 s, doubled to 30 s, the upper half by chance: many sessions do not come back at once.
std::chrono::milliseconds backOff(int failures, const kube::Error &error)
{
    const auto full = std::min<std::chrono::milliseconds>(longestRetry, firstRetry * (1 << std::min(failures, 6)));
    const auto jittered = full / 2 + full * QRandomGenerator::global()->bounded(1000) / 2000;
    return std::max<std::chrono::milliseconds>(
        jittered, std::min<std::chrono::milliseconds>(error.retryAfter, longestRetry));
}

} // namespace

Worker::Worker(kube::ClusterConfig config, SessionOptions options, std::shared_ptr<Mailbox> mailbox)
    : m_config(std::move(config))
    , m_options(options)
    , m_mailbox(std::move(mailbox))
    , m_sources(this)
    , m_logs(this)
    , m_retry(this)
    , m_look(this)
    , m_publish(this)
    , m_tick(this)
{
    m_steady.start();
    for (QTimer *timer : {&m_retry, &m_look, &m_publish, &m_tick})
        timer->setSingleShot(true);
    m_publish.setTimerType(Qt::PreciseTimer);
    m_look.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_retry, &QTimer::timeout, this, &Worker::connectToCluster);
    connect(&m_look, &QTimer::timeout, this, &Worker::lookAgain);
    connect(&m_publish, &QTimer::timeout, this, &Worker::publish);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_ticked = true;
        touch(false);
    });
    connect(&m_sources, &Sources::objectsChanged, this, [this] {
        m_newObjects = true;
        touch(true);
    });
    connect(&m_sources, &Sources::freshnessChanged, this, [this] { touch(true); });
    connect(&m_sources, &Sources::kindLost, this, &Worker::scheduleLook);
    connect(&m_logs, &LogWatch::digestsChanged, this, [this] { touch(true); });
    connect(&m_logs, &LogWatch::settledChanged, this, [this] { touch(false); });
    connect(&m_logs, &LogWatch::stamped, this,
        [this](const QDateTime &stamp) { m_sources.clock().seeStamp(stamp, QDateTime::currentDateTimeUtc()); });
    m_state.context = m_config.contextName;
}

Worker::~Worker()
{
    // Everything that uses the client ends before it.
    m_checks.reset();
    m_collector.reset();
    m_pumps.clear();
    m_logs.setClient(nullptr);
    m_sources.end(std::nullopt);
}

void Worker::start()
{
    if (m_stage != Stage::Idle)
        return;
    if (m_options.keepEvidence)
        makeCollector();
    makeClient();
    connectToCluster();
}

void Worker::makeClient()
{
    if (m_checks) {
        // The new client is another identity: what it may see is another question.
        m_checks->cancel();
        if (m_checksOut)
            m_checksOut(m_checks->state());
        m_checks.reset();
    }
    for (const auto &[id, pump] : m_pumps)
        pump->setClient(nullptr);
    m_logs.setClient(nullptr);
    if (m_collector)
        m_collector->setClient(nullptr);
    m_sources.end(std::nullopt);
    m_activity.clear();
    kube::ClientOptions options;
    options.execConsent = m_options.execConsent;
    options.execTimeout = m_options.execTimeout;
    m_client = std::make_unique<kube::Client>(m_config, options);
    connect(m_client.get(), &kube::Client::credentialsChanged, this, [this] {
        if (m_stage == Stage::Parked)
            connectToCluster();
    });
    connect(m_client.get(), &kube::Client::warning, this, [this](const QString &text) {
        m_warnings.append(text);
        if (m_warnings.size() > maxWarnings)
            m_warnings.removeFirst();
        touch(false);
    });
    connect(m_client.get(), &kube::Client::execRunning, this, [this](const QString &command, bool running) {
        m_activity = running
            ? QCoreApplication::translate("session::Session", "Waiting for the login plugin %1").arg(command)
            : QString();
        touch(false);
    });
    for (const auto &[id, pump] : m_pumps)
        pump->setClient(m_client.get());
}

void Worker::connectToCluster()
{
    m_retry.stop();
    m_stage = Stage::Asking;
    m_grantedMeanwhile = false;
    m_retryAt = {};
    touch(false);
    m_client->discover(this, [this](const kube::Result<kube::Discovery> &found) { discovered(found); });
    askVersion();
}

void Worker::askVersion()
{
    m_client->version(m_client.get(), [this](const kube::Result<kube::ServerVersion> &version) {
        if (!version || version->gitVersion == m_serverVersion)
            return; // a failure shows in what matters
        m_serverVersion = version->gitVersion;
        touch(false);
    });
}

void Worker::discovered(const kube::Result<kube::Discovery> &found)
{
    if (m_stage != Stage::Asking)
        return;
    // The yes came while the question was on its way.
    if (!found && found.error().kind == kube::ErrorKind::ConsentNeeded && m_grantedMeanwhile) {
        connectToCluster();
        return;
    }
    // Whoever may not discover may still be allowed to read the kinds: they say it themselves, each with its name.
    if (!found && found.error().kind != kube::ErrorKind::Forbidden) {
        m_stageError = found.error();
        if (stateForError(found.error()) == Connection::State::Offline) {
            m_stage = Stage::Waiting;
            const auto pause = backOff(m_failures++, found.error());
            m_retryAt = QDateTime::currentDateTimeUtc().addMSecs(pause.count());
            m_retry.start(pause);
        } else {
            m_stage = Stage::Parked;
            // Rancher refuses everybody while it restarts, which it does in every upgrade.
            if (found.error().kind == kube::ErrorKind::Unauthorized) {
                const std::chrono::milliseconds pause = kube::reflector::Policy().loginRetry;
                m_retryAt = QDateTime::currentDateTimeUtc().addMSecs(pause.count());
                m_retry.start(pause);
            }
        }
        touch(false);
        return;
    }
    m_stage = Stage::Running;
    m_stageError.reset();
    m_failures = 0;
    m_lastLook.start();
    m_sources.begin(*m_client, found ? std::optional(*found) : std::nullopt);
    if (m_options.followLogs)
        m_logs.setClient(m_client.get());
    if (m_collector)
        m_collector->setClient(m_client.get());
    if (m_sources.anyMissing())
        m_look.start(lookForKinds);
    touch(true);
}

void Worker::scheduleLook()
{
    const auto since = std::chrono::milliseconds(m_lastLook.isValid() ? m_lastLook.elapsed() : 0);
    const auto pause = std::max<std::chrono::milliseconds>(1s, lookAgainSoonest - since);
    if (!m_look.isActive() || m_look.remainingTimeAsDuration() > pause)
        m_look.start(pause);
}

void Worker::lookAgain()
{
    if (m_stage != Stage::Running)
        return;
    m_lastLook.start();
    askVersion();
    m_client->discover(m_client.get(), [this](const kube::Result<kube::Discovery> &found) {
        if (m_stage != Stage::Running)
            return;
        if (found)
            m_sources.rediscovered(*m_client, *found);
        if (!found || m_sources.anyMissing())
            m_look.start(lookForKinds);
    });
}

void Worker::reconfigure(const kube::ClusterConfig &config)
{
    if (config == m_config)
        return;
    // The person's yes was for that plugin of that file.
    if (config.exec != m_config.exec)
        m_options.execConsent = false;
    const bool elsewhere = config.server != m_config.server || config.tlsServerName != m_config.tlsServerName;
    m_config = config;
    m_state.context = config.contextName;
    if (m_stage == Stage::Idle)
        return;
    m_stageError.reset();
    m_failures = 0;
    m_look.stop();
    m_warnings.clear();
    m_stage = Stage::Idle;
    if (elsewhere) {
        // The last board of another server must not stand under this name.
        m_logs.setClient(nullptr);
        m_logs.forget();
        if (m_collector)
            m_collector->forget();
        m_sources.forget();
        m_state.board = {};
        m_state.snapshot.reset();
        m_state.verdict = {};
        m_serverVersion.clear();
        m_everOnline = false;
        m_boardDirty = m_newObjects = true;
    }
    makeClient();
    connectToCluster();
}

void Worker::retryNow()
{
    switch (m_stage) {
    case Stage::Idle:
    case Stage::Asking:
        return;
    case Stage::Waiting:
        connectToCluster();
        return;
    case Stage::Parked:
        m_client->refreshCredentials();
        connectToCluster();
        return;
    case Stage::Running:
        if (m_connection.state == Connection::State::NeedsLogin || m_connection.state == Connection::State::Failed)
            m_client->refreshCredentials();
        m_sources.resume();
        m_logs.retry();
        if (m_collector)
            m_collector->retry();
        for (const auto &[id, pump] : m_pumps)
            pump->retry();
        return;
    }
}

void Worker::grantExecConsent()
{
    m_options.execConsent = true;
    if (!m_client)
        return;
    m_client->grantExecConsent();
    m_grantedMeanwhile = true;
    if (m_stage == Stage::Parked)
        connectToCluster();
    else if (m_stage == Stage::Running)
        m_sources.resume();
}

void Worker::shutDown()
{
    m_stage = Stage::Idle;
    for (QTimer *timer : {&m_retry, &m_look, &m_publish, &m_tick})
        timer->stop();
    m_pumps.clear();
    m_checks.reset();
    m_collector.reset();
    m_logs.setClient(nullptr);
    m_sources.end(std::nullopt);
    m_client.reset();
    deleteLater(); // runs as the thread ends
    thread()->quit();
}

void Worker::makeCollector()
{
    m_collector = std::make_unique<Collector>(m_options.evidenceRoot);
    connect(m_collector.get(), &Collector::changed, this, [this] {
        m_evidenceChanged = true;
        touch(false);
    });
    connect(m_collector.get(), &Collector::recovered, this, &Worker::goOnFrom);
    connect(&m_sources, &Sources::objectSeen, m_collector.get(), &Collector::seen);
    connect(&m_sources, &Sources::objectGone, m_collector.get(), &Collector::gone);
}

void Worker::keepFirst(const QList<LogTarget> &targets)
{
    if (m_collector)
        m_collector->open(targets);
}

void Worker::runChecks(const CheckWish &wish, const CheckOutlet &outlet)
{
    m_checksOut = outlet;
    if (!m_client)
        return;
    if (!m_checks) {
        m_checks = std::make_unique<CheckRunner>(
            *m_client, [this] { return m_sources.clock().now(QDateTime::currentDateTimeUtc()); });
        const auto tell = [this] { m_checksOut(m_checks->state()); };
        connect(m_checks.get(), &CheckRunner::changed, this, tell);
    }
    m_checks->start(wish);
}

void Worker::cancelChecks()
{
    if (m_checks)
        m_checks->cancel();
}

void Worker::openLog(quint64 id, const LogOutlet &outlet, const QList<LogTarget> &targets)
{
    auto containers = [this](const LogTarget &target) {
        QStringList names;
        const auto pod = m_sources.snapshot().pods.value({target.ns, target.pod});
        if (pod && (target.podUid.isEmpty() || pod->meta.uid == target.podUid)) {
            for (const upgrade::ContainerStatus &status : pod->containers)
                names.append(status.name);
        }
        return names;
    };
    auto pump = std::make_unique<LogPump>(outlet, containers);
    pump->setClient(m_client.get());
    pump->setTargets(targets);
    m_pumps[id] = std::move(pump);
}

void Worker::closeLog(quint64 id)
{
    m_pumps.erase(id);
}

void Worker::acknowledgeLog(quint64 id, qsizetype count)
{
    if (const auto it = m_pumps.find(id); it != m_pumps.end())
        it->second->acknowledge(count);
}

void Worker::setLogTargets(quint64 id, const QList<LogTarget> &targets)
{
    if (const auto it = m_pumps.find(id); it != m_pumps.end())
        it->second->setTargets(targets);
}

} // namespace session
