// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/logwatch.h"

#include <algorithm>

namespace session {

using namespace Qt::StringLiterals;
using kube::LogFollower;

namespace {

constexpr int quietMs = 120; ///< a followed log that says nothing for this long has told what it had

/// 0 is read first. Only Jobs whose lines a board shows count.
int rank(const upgrade::JobRow &job)
{
    const bool manifests = job.phase == upgrade::PhaseId::SystemServices;
    switch (job.state) {
    case upgrade::State::Running:
    case upgrade::State::Stuck:
        return manifests ? 0 : job.phase == upgrade::PhaseId::Nodes ? 1 : 2;
    case upgrade::State::Failed:
        return 3;
    case upgrade::State::Succeeded:
        // Its milestones fill phase 3 of a board that was opened later.
        return manifests ? 4 : -1;
    default:
        return -1;
    }
}

QString mainContainer(const QStringList &containers)
{
    for (const QLatin1StringView name : {"apply"_L1, "upgrade"_L1}) {
        if (containers.contains(name))
            return name;
    }
    return containers.value(0);
}

} // namespace

QList<LogWish> logWishes(const upgrade::Board &board, int limit)
{
    std::vector<std::pair<int, LogWish>> found;
    for (const upgrade::JobRow &job : board.jobs) {
        const int order = rank(job);
        if (order < 0 || job.job.uid.isEmpty() || job.pods.isEmpty())
            continue;
        const upgrade::JobRow::PodRef &pod = job.pods.constLast();
        if (pod.phase == "Pending"_L1 || pod.phase.isEmpty() || pod.containers.isEmpty())
            continue; // has not written a line yet
        const bool over = pod.phase == "Succeeded"_L1 || pod.phase == "Failed"_L1;
        found.emplace_back(order, LogWish{job.job.uid, pod.ns, pod.name, pod.uid, mainContainer(pod.containers), over});
    }
    std::ranges::stable_sort(found, {}, [](const auto &entry) { return entry.first; });
    QList<LogWish> wishes;
    for (const auto &[order, wish] : found) {
        if (wishes.size() == limit)
            break;
        wishes.append(wish);
    }
    return wishes;
}

LogWatch::LogWatch(QObject *parent)
    : QObject(parent)
    , m_quiet(this)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quietMs);
    connect(&m_quiet, &QTimer::timeout, this, [this] {
        for (auto &[uid, reading] : m_readings) {
            if (reading->follower && reading->follower->state() == LogFollower::State::Following)
                reading->quiet = true;
        }
        checkSettled();
    });
}

LogWatch::~LogWatch() = default;

void LogWatch::setClient(kube::Client *client)
{
    m_client = client;
    m_denied.reset();
    m_asked = false;
    m_settled = false;
    for (auto &[uid, reading] : m_readings) {
        reading->follower.reset();
        if (client && !reading->over)
            start(*reading);
    }
}

void LogWatch::forget()
{
    m_readings.clear();
    m_places.clear();
    m_digests.clear();
    m_upgradeUid.clear();
    m_denied.reset();
    m_asked = false;
    m_settled = false;
}

void LogWatch::follow(const upgrade::Board &board)
{
    if (!m_client)
        return;
    if (m_upgradeUid != board.upgrade.uid) {
        m_upgradeUid = board.upgrade.uid;
        m_readings.clear();
        m_places.clear();
        if (!m_digests.isEmpty()) {
            m_digests.clear();
            Q_EMIT digestsChanged();
        }
    }
    const QList<LogWish> wishes = logWishes(board);
    for (const LogWish &wish : wishes) {
        std::unique_ptr<Reading> &reading = m_readings[wish.jobUid];
        // A pod that ends while it is followed is followed to its end; the digest goes on with the next attempt.
        if (reading && reading->wish.podUid == wish.podUid)
            continue;
        const bool known = m_digests.value(wish.jobUid).lines > 0;
        if (wish.once && known && reading)
            continue;
        reading = std::make_unique<Reading>();
        reading->wish = wish;
        start(*reading);
    }
    // Whoever is no longer wished for and has ended gives its place back; digests stay.
    std::erase_if(m_readings, [&](const auto &entry) {
        const Reading &reading = *entry.second;
        const bool wished = std::ranges::any_of(wishes, [&](const LogWish &w) { return w.jobUid == entry.first; });
        return !wished
            && (!reading.follower || reading.follower->state() == LogFollower::State::Ended
                || int(m_readings.size()) > maxLogFollowers);
    });
    m_asked = true;
    checkSettled();
}

void LogWatch::retry()
{
    m_denied.reset();
    for (auto &[uid, reading] : m_readings) {
        if (m_client && reading->follower && reading->follower->state() == LogFollower::State::Failed)
            start(*reading);
    }
}

void LogWatch::start(Reading &reading)
{
    kube::LogSpec spec;
    spec.ns = reading.wish.ns;
    spec.pod = reading.wish.pod;
    spec.podUid = reading.wish.podUid;
    spec.container = reading.wish.container;
    spec.follow = !reading.wish.once;
    Place &place = m_places[reading.wish.jobUid];
    if (place.podUid != reading.wish.podUid || place.container != reading.wish.container)
        place = {reading.wish.podUid, reading.wish.container, {}, 0, 0};
    spec.resumeStamp = place.lastStamp;
    spec.resumeSeen = place.lastSeen;
    reading.follower = std::make_unique<kube::LogFollower>(*m_client, spec);
    Reading *raw = &reading;
    connect(reading.follower.get(), &LogFollower::lines, this,
        [this, raw](const QList<kube::LogLine> &lines) { take(*raw, lines); });
    connect(reading.follower.get(), &LogFollower::stateChanged, this, [this, raw](LogFollower::State state) {
        raw->over = state == LogFollower::State::Ended;
        if (state == LogFollower::State::Failed) {
            const std::optional<kube::Error> error = raw->follower->error();
            if (error && error->kind == kube::ErrorKind::Forbidden && !m_denied) {
                m_denied = error;
                Q_EMIT digestsChanged();
            }
        }
        m_quiet.start();
        checkSettled();
    });
    reading.follower->start();
}

void LogWatch::take(Reading &reading, const QList<kube::LogLine> &lines)
{
    Place &place = m_places[reading.wish.jobUid];
    upgrade::LogDigest &digest = m_digests[reading.wish.jobUid];
    QDateTime stamp;
    bool any = false;
    for (const kube::LogLine &line : lines) {
        if (line.kind == kube::LogLine::Kind::Restart)
            place.number = 0;
        if (line.kind != kube::LogLine::Kind::Text)
            continue;
        any = true;
        ++place.number;
        if (line.stamp == place.lastStamp) {
            ++place.lastSeen;
        } else {
            place.lastStamp = line.stamp;
            place.lastSeen = 1;
            stamp = {};
        }
        if (!stamp.isValid())
            stamp = QDateTime::fromString(QString::fromLatin1(line.stamp), Qt::ISODateWithMs);
        digest = upgrade::digest(std::move(digest), reading.wish.pod, stamp, line.text, place.number);
    }
    if (!any)
        return;
    m_quiet.start();
    if (stamp.isValid())
        Q_EMIT stamped(stamp);
    Q_EMIT digestsChanged();
}

void LogWatch::checkSettled()
{
    if (m_settled || !m_asked)
        return;
    const bool settled = std::ranges::all_of(m_readings, [](const auto &entry) {
        const Reading &reading = *entry.second;
        if (reading.quiet || !reading.follower)
            return true;
        switch (reading.follower->state()) {
        case LogFollower::State::Ended:
        case LogFollower::State::Failed:
        case LogFollower::State::WaitingForContainer:
            return true;
        default:
            return false;
        }
    });
    if (settled) {
        m_settled = true;
        Q_EMIT settledChanged();
    } else if (!m_quiet.isActive()) {
        m_quiet.start();
    }
}

} // namespace session
