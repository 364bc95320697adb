// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/collectorreading.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace session {

using kube::LogFollower;
using Progress = LogProgress::State;

namespace {

constexpr auto turnEvery = 1000ms;
constexpr auto refusedAgain = 5000ms;     ///< the disk did not take it
constexpr auto failedAgain = 60000ms;     ///< a refusal of the server may have been of the moment
constexpr qint64 controllersBefore = 600; ///< seconds of a controller's log before the upgrade that are kept

} // namespace

void Collector::start(Reading &reading)
{
    const CollectTarget &target = reading.target;
    evidence::LogOrigin origin;
    origin.job = target.job;
    origin.jobUid = target.jobUid;
    origin.node = target.node;
    if (target.rank == CollectTarget::Rank::Surrounding)
        origin.group = u"controller"_s;
    reading.since = m_clock.elapsed();
    const auto opened = m_store->openLog(keyOf(target), origin);
    const auto refuse = [&](const evidence::DiskError &error) {
        m_state.error = error;
        reading.state = Progress::Blocked;
        reading.notBefore = m_clock.elapsed() + refusedAgain.count();
        say();
    };
    if (!opened)
        return refuse(opened.error());
    reading.spool = *opened;
    Reading *raw = &reading;
    disconnect(reading.spoolChanged);
    reading.spoolChanged
        = connect(reading.spool, &evidence::LogSpool::stateChanged, this, [this, raw](evidence::LogSpool::State state) {
              if (state == evidence::LogSpool::State::Writing && raw->follower)
                  raw->follower->setPaused(false);
              if (state == evidence::LogSpool::State::Writing && raw->state == Progress::Blocked)
                  raw->state = Progress::Reading;
              if (state == evidence::LogSpool::State::Blocked)
                  m_state.error = raw->spool->error();
              say();
              m_plan.start(0ms);
          });
    if (reading.spool->state() == evidence::LogSpool::State::Full || (reading.spool->isEnded() && target.over)) {
        reading.done = true;
        reading.state = reading.spool->isEnded() ? Progress::Ended : Progress::Full;
        m_store->closeLog(keyOf(target));
        say();
        return;
    }
    const auto resume = reading.spool->resume();
    if (!resume)
        return refuse(resume.error());
    kube::LogSpec spec;
    spec.ns = target.ns;
    spec.pod = target.pod;
    spec.podUid = target.key.podUid;
    spec.container = target.key.container;
    spec.resumeStamp = resume->stamp;
    spec.resumeSeen = resume->seen;
    spec.started = target.started && target.rank != CollectTarget::Rank::Surrounding;
    const UpgradeNames names = namesOf(m_snapshot, m_board);
    if (target.rank == CollectTarget::Rank::Surrounding && resume->stamp.isEmpty() && names.since.isValid())
        spec.sinceTime = names.since.addSecs(-controllersBefore);
    reading.follower = std::make_unique<LogFollower>(*m_client, spec);
    reading.state = Progress::Reading;
    reading.error.reset();
    reading.lastLine = m_clock.elapsed();
    connect(reading.follower.get(), &LogFollower::lines, this,
        [this, raw](const QList<kube::LogLine> &lines) { take(*raw, lines); });
    connect(reading.follower.get(), &LogFollower::stateChanged, this,
        [this, raw](LogFollower::State state) { followed(*raw, state); });
    reading.follower->start();
    say();
}

void Collector::stop(Reading &reading)
{
    if (!reading.follower)
        return;
    reading.follower.reset();
    reading.since = m_clock.elapsed();
    if (!reading.done && (reading.state == Progress::Reading || reading.state == Progress::Following))
        reading.state = Progress::Waiting;
    if (m_store)
        m_store->closeLog(keyOf(reading.target));
}

void Collector::take(Reading &reading, const QList<kube::LogLine> &lines)
{
    reading.lastLine = m_clock.elapsed();
    for (const kube::LogLine &line : lines) {
        reading.gapAtEnd
            = line.kind == kube::LogLine::Kind::Gap || (reading.gapAtEnd && line.kind == kube::LogLine::Kind::Ended);
        reading.podGone = line.kind == kube::LogLine::Kind::Ended
            && (line.text == kube::logEndPodGone || line.text == kube::logEndPodReplaced);
    }
    if (!reading.spool)
        return;
    switch (reading.spool->append(lines)) {
    case evidence::LogSpool::Taken::Yes:
        break;
    case evidence::LogSpool::Taken::Pause:
        reading.follower->setPaused(true);
        reading.state = Progress::Blocked;
        say();
        break;
    case evidence::LogSpool::Taken::No:
        // Not taken lines come again from resume(); a full one takes none for ever.
        reading.follower.reset();
        reading.since = m_clock.elapsed();
        reading.done = reading.spool->state() == evidence::LogSpool::State::Full;
        reading.state = reading.done ? Progress::Full : Progress::Blocked;
        reading.notBefore = m_clock.elapsed() + refusedAgain.count();
        if (reading.done)
            m_store->closeLog(keyOf(reading.target));
        say();
        m_plan.start(0ms);
        break;
    }
    // Somebody may learn that this one has caught up.
    if (reading.state == Progress::Reading && !m_turns.isActive())
        m_turns.start(turnEvery);
}

void Collector::followed(Reading &reading, LogFollower::State state)
{
    switch (state) {
    case LogFollower::State::Ended:
        reading.done = true;
        reading.state = reading.podGone && reading.gapAtEnd ? Progress::Gone : Progress::Ended;
        break;
    case LogFollower::State::Failed:
        reading.error = reading.follower ? reading.follower->error() : std::nullopt;
        reading.state = Progress::Failed;
        reading.notBefore = m_clock.elapsed() + failedAgain.count();
        break;
    default:
        return;
    }
    // The follower told it from its queue and may be deleted.
    reading.follower.reset();
    reading.since = m_clock.elapsed();
    m_store->closeLog(keyOf(reading.target));
    say();
    m_plan.start(0ms);
}

} // namespace session
