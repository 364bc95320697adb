// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/logpump.h"

#include "upgrade/objects.h"

#include <QRandomGenerator>

#include <algorithm>

namespace session {

using namespace Qt::StringLiterals;
using kube::LogFollower;

namespace {

constexpr int flushMs = 30;

bool samePod(const LogTarget &a, const LogTarget &b)
{
    return a.ns == b.ns && a.pod == b.pod && a.podUid == b.podUid;
}

qsizetype cost(const kube::LogLine &line)
{
    return line.text.size() + line.stamp.size() + 64;
}

/// The state to tell of many: what a person should know first.
int weight(LogFollower::State state)
{
    switch (state) {
    case LogFollower::State::Failed:
        return 6;
    case LogFollower::State::Reconnecting:
        return 5;
    case LogFollower::State::Opening:
    case LogFollower::State::Idle:
        return 4;
    case LogFollower::State::Following:
        return 3;
    case LogFollower::State::WaitingForContainer:
        return 2;
    case LogFollower::State::Ended:
        return 1;
    }
    return 0;
}

} // namespace

LogPump::LogPump(LogOutlet outlet, Containers containers, QObject *parent)
    : QObject(parent)
    , m_outlet(std::move(outlet))
    , m_containers(std::move(containers))
    , m_flush(this)
{
    m_flush.setSingleShot(true);
    m_flush.setInterval(flushMs);
    connect(&m_flush, &QTimer::timeout, this, &LogPump::flush);
}

LogPump::~LogPump() = default;

void LogPump::setClient(kube::Client *client)
{
    disconnect(m_credentials);
    m_client = client;
    for (const auto &reading : m_readings) {
        reading->follower.reset();
        if (m_client && !reading->ended)
            start(*reading);
    }
    for (const auto &unresolved : m_unresolved) {
        unresolved->call.cancel();
        unresolved->again.stop();
        unresolved->asking = false;
        unresolved->failures = 0;
        unresolved->error.reset(); // it was the other client's
    }
    if (m_client) {
        m_credentials = connect(client, &kube::Client::credentialsChanged, this, [this] { askAgain(true); });
        askAgain(false);
    }
    tellStatus();
}

void LogPump::setTargets(const QList<LogTarget> &targets)
{
    for (const LogTarget &target : targets) {
        const bool known = std::ranges::any_of(m_targets, [&](const LogTarget &other) {
            return samePod(target, other) && (other.container == target.container || other.container.isEmpty());
        });
        if (known)
            continue;
        m_targets.append(target);
        resolve(target);
    }
    tellStatus();
}

void LogPump::resolve(const LogTarget &target)
{
    QStringList names = target.container.isEmpty() ? m_containers(target) : QStringList{target.container};
    if (!names.isEmpty()) {
        for (const QString &name : std::as_const(names)) {
            LogTarget one = target;
            one.container = name;
            add(one);
        }
        return;
    }
    auto unresolved = std::make_unique<Unresolved>();
    unresolved->target = target;
    unresolved->again.setSingleShot(true);
    Unresolved *raw = unresolved.get();
    connect(&unresolved->again, &QTimer::timeout, this, [this, raw] { ask(*raw); });
    m_unresolved.push_back(std::move(unresolved));
    ask(*raw);
}

void LogPump::ask(Unresolved &unresolved)
{
    if (!m_client || unresolved.asking)
        return;
    unresolved.again.stop();
    unresolved.asking = true;
    const kube::ResourceRef pods{{}, QStringLiteral("v1"), QStringLiteral("pods"), QStringLiteral("Pod"), true};
    unresolved.call = m_client->get(pods, unresolved.target.ns, unresolved.target.pod, this,
        [this, raw = &unresolved](const kube::Result<kube::ObjectPtr> &pod) { answered(*raw, pod); });
}

void LogPump::answered(Unresolved &unresolved, const kube::Result<kube::ObjectPtr> &pod)
{
    unresolved.asking = false;
    const LogTarget target = unresolved.target;
    if (pod && (target.podUid.isEmpty() || (*pod)->uid == target.podUid)) {
        std::erase_if(m_unresolved, [&](const auto &other) { return other.get() == &unresolved; });
        for (const upgrade::ContainerStatus &status : upgrade::read<upgrade::PodObject>(**pod).containers) {
            LogTarget one = target;
            one.podUid = (*pod)->uid;
            one.container = status.name;
            add(one);
        }
    } else if (pod) {
        // Another pod of that name: the one that was asked for is gone.
        kube::Error gone;
        gone.kind = kube::ErrorKind::NotFound;
        gone.message = u"pod %1 was replaced by another of the same name"_s.arg(target.pod);
        gone.verb = u"get"_s;
        gone.resource = u"pods"_s;
        gone.ns = target.ns;
        gone.name = target.pod;
        unresolved.error = gone;
    } else {
        unresolved.error = pod.error();
        if (pod.error().isTransient()) {
            const kube::Backoff backoff;
            unresolved.again.start(std::max(
                backoff.delay(++unresolved.failures, QRandomGenerator::global()->generateDouble()),
                std::min<std::chrono::milliseconds>(pod.error().retryAfter, backoff.cap)));
        }
    }
    tellStatus();
}

/// Asks for those that wait for their pause or were refused. `refusedOnly`: there are new credentials.
void LogPump::askAgain(bool refusedOnly)
{
    // A pod that became known meanwhile needs no question.
    std::vector<std::unique_ptr<Unresolved>> all = std::exchange(m_unresolved, {});
    for (std::unique_ptr<Unresolved> &unresolved : all) {
        const QStringList names = m_containers(unresolved->target);
        if (names.isEmpty()) {
            m_unresolved.push_back(std::move(unresolved));
            continue;
        }
        unresolved->call.cancel();
        for (const QString &name : names) {
            LogTarget one = unresolved->target;
            one.container = name;
            add(one);
        }
    }
    for (const auto &unresolved : m_unresolved) {
        if (!refusedOnly || (unresolved->error && !unresolved->error->isTransient()))
            ask(*unresolved);
    }
}

void LogPump::add(const LogTarget &target)
{
    const bool known = std::ranges::any_of(m_readings, [&](const auto &reading) {
        return samePod(reading->target, target) && reading->target.container == target.container;
    });
    if (known)
        return;
    auto reading = std::make_unique<Reading>();
    reading->target = target;
    if (m_client)
        start(*reading);
    m_readings.push_back(std::move(reading));
}

void LogPump::retry()
{
    if (!m_client)
        return;
    for (const auto &reading : m_readings) {
        if (reading->follower && reading->follower->state() == LogFollower::State::Failed)
            start(*reading);
    }
    askAgain(false);
    tellStatus();
}

void LogPump::start(Reading &reading)
{
    kube::LogSpec spec;
    spec.ns = reading.target.ns;
    spec.pod = reading.target.pod;
    spec.podUid = reading.target.podUid;
    spec.container = reading.target.container;
    spec.resumeStamp = reading.lastStamp;
    spec.resumeSeen = reading.lastSeen;
    reading.follower = std::make_unique<LogFollower>(*m_client, spec);
    Reading *raw = &reading;
    connect(reading.follower.get(), &LogFollower::lines, this,
        [this, raw](const QList<kube::LogLine> &lines) { take(*raw, lines); });
    connect(reading.follower.get(), &LogFollower::stateChanged, this, [this, raw](LogFollower::State state) {
        raw->ended = state == LogFollower::State::Ended;
        tellStatus();
    });
    reading.follower->setPaused(m_paused);
    reading.follower->start();
}

void LogPump::take(Reading &reading, const QList<kube::LogLine> &lines)
{
    for (const kube::LogLine &line : lines) {
        reading.waiting.push_back(line);
        m_bytes += cost(line);
        if (line.kind != kube::LogLine::Kind::Text)
            continue;
        if (line.stamp == reading.lastStamp) {
            ++reading.lastSeen;
        } else {
            reading.lastStamp = line.stamp;
            reading.lastSeen = 1;
        }
    }
    m_waiting += lines.size();
    applyPressure();
    if (!m_flush.isActive())
        m_flush.start();
}

void LogPump::acknowledge(qsizetype count)
{
    while (count-- > 0 && !m_unacknowledged.empty()) {
        m_bytes -= m_unacknowledged.front();
        m_unacknowledged.pop_front();
    }
    if (m_waiting > 0 && !m_flush.isActive())
        m_flush.start();
    applyPressure();
}

/// Takes the oldest waiting line of all containers again and again; a divider stands where the line before it stood.
void LogPump::flush()
{
    const qsizetype room = std::min(batchLines, highLines - qsizetype(m_unacknowledged.size()));
    QList<LogBatchLine> batch;
    while (batch.size() < room) {
        Reading *next = nullptr;
        QByteArrayView nextStamp;
        for (const auto &reading : m_readings) {
            if (reading->waiting.empty())
                continue;
            const QByteArray &own = reading->waiting.front().stamp;
            const QByteArrayView stamp = own.isEmpty() ? reading->orderStamp : own;
            if (!next || stamp < nextStamp) {
                next = reading.get();
                nextStamp = stamp;
            }
        }
        if (!next)
            break;
        kube::LogLine line = std::move(next->waiting.front());
        next->waiting.pop_front();
        --m_waiting;
        if (!line.stamp.isEmpty())
            next->orderStamp = line.stamp;
        m_unacknowledged.push_back(cost(line));
        batch.append({next->target.pod, next->target.container, std::move(line)});
    }
    if (!batch.isEmpty())
        m_outlet.lines(std::move(batch));
    // Without room the next acknowledgement starts it again.
    if (m_waiting > 0 && qsizetype(m_unacknowledged.size()) < highLines)
        m_flush.start();
}

void LogPump::applyPressure()
{
    const qsizetype lines = m_waiting + qsizetype(m_unacknowledged.size());
    bool pause = m_paused;
    if (lines >= highLines || m_bytes >= highBytes)
        pause = true;
    else if (lines <= highLines / 2 && m_bytes <= highBytes / 2)
        pause = false;
    if (pause == m_paused)
        return;
    m_paused = pause;
    for (const auto &reading : m_readings) {
        if (reading->follower)
            reading->follower->setPaused(pause);
    }
}

void LogPump::tellStatus()
{
    LogFollower::State state = m_client ? LogFollower::State::Ended : LogFollower::State::Reconnecting;
    std::optional<kube::Error> error;
    const auto worse = [&](LogFollower::State one, const std::optional<kube::Error> &why) {
        if (weight(one) > weight(state)) {
            state = one;
            error = why;
        }
    };
    for (const auto &unresolved : m_unresolved) {
        if (!m_client)
            worse(LogFollower::State::Reconnecting, std::nullopt);
        else if (!unresolved->error)
            worse(LogFollower::State::Opening, std::nullopt);
        else
            worse(unresolved->error->isTransient() ? LogFollower::State::Reconnecting : LogFollower::State::Failed,
                unresolved->error);
    }
    for (const auto &reading : m_readings) {
        const LogFollower::State one = reading->ended ? LogFollower::State::Ended
            : reading->follower                       ? reading->follower->state()
                                                      : LogFollower::State::Reconnecting;
        worse(one, reading->follower ? reading->follower->error() : std::nullopt);
    }
    if (m_told == state && !error && !m_toldError)
        return;
    m_told = state;
    m_toldError = error.has_value();
    m_outlet.status(state, error);
}

} // namespace session
