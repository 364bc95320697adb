// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/worker.h"

#include <algorithm>

namespace session {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// Thresholds are minutes: this is soon enough to see one pass.
constexpr auto tickInterval = 15s;
constexpr qsizetype maxBlindSpans = 200;

bool sameError(const std::optional<kube::Error> &a, const std::optional<kube::Error> &b)
{
    return a.has_value() == b.has_value()
        && (!a || (a->kind == b->kind && a->message == b->message && a->resource == b->resource && a->name == b->name));
}

bool sameConnection(const Connection &a, const Connection &b)
{
    return a.state == b.state && a.since == b.since && a.retryAt == b.retryAt && sameError(a.error, b.error)
        && a.serverVersion == b.serverVersion && a.activity == b.activity && a.warnings == b.warnings
        && a.insecure == b.insecure && a.actingAs == b.actingAs;
}

bool reachable(Connection::State state)
{
    return state == Connection::State::Online || state == Connection::State::Degraded;
}

bool mayStillMove(const upgrade::Board &board)
{
    if (board.presence != upgrade::Board::Presence::Upgrade)
        return false;
    return board.cleaningUp || board.stopping
        || (board.state != upgrade::State::Succeeded && board.state != upgrade::State::Failed);
}

} // namespace

/// Something changed; `board`: what a board is made of.
void Worker::touch(bool board)
{
    m_boardDirty |= board;
    // The moment the last kind has answered is what a person waits for.
    const bool whole = m_sources.settled() && !m_state.settled;
    const qint64 wait = whole ? 0 : m_pace.wait(m_steady.elapsed());
    if (!m_publish.isActive() || m_publish.remainingTime() > wait)
        m_publish.start(std::chrono::milliseconds(wait));
}

Connection Worker::connectionNow()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Connection next;
    next.serverVersion = m_serverVersion;
    next.activity = m_activity;
    next.warnings = m_warnings;
    next.insecure = m_config.insecureSkipTlsVerify;
    next.actingAs = m_config.impersonate.user;
    QDateTime since;
    switch (m_stage) {
    case Stage::Idle:
        next.state = Connection::State::Idle;
        break;
    case Stage::Asking:
        // A retry that has not answered yet changes nothing for a person.
        if (m_stageError
            && (stateForError(*m_stageError) == Connection::State::Offline
                || m_stageError->kind == kube::ErrorKind::Unauthorized)) {
            next.state = stateForError(*m_stageError);
            next.error = m_stageError;
        } else {
            next.state = Connection::State::Connecting;
        }
        break;
    case Stage::Waiting:
    case Stage::Parked:
        next.state = stateForError(*m_stageError);
        next.error = m_stageError;
        next.retryAt = m_retryAt;
        break;
    case Stage::Running: {
        const Judgement judgement = judge(m_sources.views());
        next.state = judgement.state;
        next.error = judgement.error;
        next.retryAt = judgement.retryAt;
        since = judgement.since;
        break;
    }
    }
    if (next.state == m_connection.state)
        next.since = m_connection.since;
    else
        next.since = since.isValid() ? since : now;
    return next;
}

/// Keeps account of the times we could not see the cluster: the timeline hatches them.
void Worker::followBlindness(Connection::State before, Connection::State now)
{
    if (before == now)
        return;
    upgrade::Observations &seen = m_sources.snapshot().seen;
    const QDateTime local = QDateTime::currentDateTimeUtc();
    if (reachable(now)) {
        if (!seen.blind.isEmpty() && !seen.blind.constLast().to.isValid()) {
            seen.blind.last().to = m_sources.clock().now(local);
            m_boardDirty = true;
        }
        if (m_everOnline && !reachable(before)) {
            // The first kind is back: the others need not wait for the end of their pauses.
            m_sources.resume();
            askVersion();
        }
        m_everOnline = true;
    } else if (m_everOnline && reachable(before)) {
        const QDateTime from = m_connection.since.isValid() ? std::min(m_connection.since, local) : local;
        seen.blind.append({m_sources.clock().now(from), {}});
        if (seen.blind.size() > maxBlindSpans)
            seen.blind.removeFirst();
        m_boardDirty = true;
    }
}

/// Another run of ours, or another window, watched this upgrade before: what it saw is the begin of what we see, and
/// nobody saw what was between.
void Worker::goOnFrom(const upgrade::Observations &before)
{
    upgrade::Observations &seen = m_sources.snapshot().seen;
    if (before.upgradeUid.isEmpty() || before.upgradeUid != seen.upgradeUid)
        return;
    const QDateTime now = seen.last;
    const QList<upgrade::Observations::Span> blind = seen.blind;
    seen = before;
    if (before.last.isValid() && now.isValid() && before.last < now)
        seen.blind.append({before.last, now});
    seen.blind += blind;
    touch(true);
}

void Worker::derive()
{
    upgrade::Snapshot &snapshot = m_sources.snapshot();
    const QDateTime now = m_sources.clock().now(QDateTime::currentDateTimeUtc());
    snapshot.logs = m_logs.digests();
    if (m_logs.denied()) {
        upgrade::SourceState state;
        state.state = upgrade::SourceState::State::Denied;
        state.message = m_logs.denied()->message;
        snapshot.sources.insert(u"pods/log"_s, state);
    } else {
        snapshot.sources.remove(u"pods/log"_s);
    }
    snapshot.seen = upgrade::observe(snapshot, now);
    m_state.board = upgrade::deriveBoard(snapshot, now);
    m_state.snapshot = std::make_shared<const upgrade::Snapshot>(snapshot);
    m_state.verdict = restart::judge(snapshot, now);
}

/// Where no board can be made (the Upgrades may not be read, nobody answers) there is still a verdict: not known. One
/// that was made while the cluster could be seen must not outlive that.
bool Worker::judgeBlind()
{
    restart::Verdict verdict
        = restart::judge(m_sources.snapshot(), m_sources.clock().now(QDateTime::currentDateTimeUtc()));
    if (verdict == m_state.verdict)
        return false;
    m_state.verdict = std::move(verdict);
    return true;
}

void Worker::publish()
{
    const qint64 start = m_steady.elapsed();
    tell();
    m_pace.derived(start, m_steady.elapsed());
}

void Worker::tell()
{
    m_mailbox->sweep();
    const Connection before = m_connection;
    m_connection = connectionNow();
    followBlindness(before.state, m_connection.state);

    bool changed = !sameConnection(before, m_connection);
    // Without every essential kind there is no board; while nothing can be seen the last one stays as it is.
    const bool lostNow = reachable(before.state) && !reachable(m_connection.state);
    const bool mayDerive = m_sources.readable()
        && (reachable(m_connection.state) || lostNow || m_connection.state == Connection::State::Connecting);
    if ((m_boardDirty || m_ticked) && mayDerive) {
        // A tick, a log line or a kind read again tells only what it changed on the board.
        const std::optional<upgrade::Board> old = m_newObjects ? std::nullopt : std::optional(m_state.board);
        const restart::Verdict judged = m_state.verdict;
        m_boardDirty = m_newObjects = false;
        derive();
        if (m_options.followLogs)
            m_logs.follow(m_state.board);
        if (m_collector)
            m_collector->follow(m_sources.snapshot(), m_state.board, m_sources.snapshot().seen.last);
        changed |= !old || *old != m_state.board || judged != m_state.verdict;
    } else if (!mayDerive && m_stage != Stage::Idle) {
        changed |= judgeBlind();
    }
    m_ticked = false;
    const bool settled = m_sources.settled();
    const bool logsSettled = settled && (!m_options.followLogs || m_logs.settled());
    QStringList denied = m_sources.denied();
    if (m_logs.denied() && !denied.contains("pods/log"_L1))
        denied.append(u"pods/log"_s);
    changed |= std::exchange(m_evidenceChanged, false);
    changed |= settled != m_state.settled || logsSettled != m_state.logsSettled || denied != m_state.denied;
    armTick();
    if (!changed)
        return;
    m_state.connection = m_connection;
    m_state.settled = settled;
    m_state.logsSettled = logsSettled;
    m_state.denied = denied;
    if (m_collector)
        m_state.evidence = m_collector->state();
    m_state.clockAhead = m_sources.clock().ahead();
    ++m_state.revision;
    m_mailbox->put(m_state);
}

void Worker::armTick()
{
    // A verdict may be one of time too: a finalizer that takes long, a clean-up that hangs.
    const bool needed = reachable(m_connection.state)
        && (mayStillMove(m_state.board) || m_state.verdict.code != restart::Code::Nothing);
    if (!needed)
        m_tick.stop();
    else if (!m_tick.isActive())
        m_tick.start(tickInterval);
}

} // namespace session
