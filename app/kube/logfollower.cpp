// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/logfollowerprivate.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace kube {

namespace {

constexpr int mostRefusals = 3;

/// "container "x" in pod "y" is waiting to start: ContainerCreating" (kubelet_pods.go).
bool saysWaiting(const Error &error)
{
    return error.message.contains("waiting to start"_L1) || error.message.contains("ContainerCreating"_L1)
        || error.message.contains("PodInitializing"_L1);
}

} // namespace

const ResourceRef &LogFollower::Private::pods()
{
    static const ResourceRef ref{{}, u"v1"_s, u"pods"_s, u"Pod"_s, true};
    return ref;
}

void LogFollower::Private::begin()
{
    setState(State::Opening);
    probe();
}

void LogFollower::Private::probe()
{
    closeStream();
    call.cancel();
    call = client.get(pods(), spec.ns, spec.pod, q, [this](Result<ObjectPtr> pod) {
        seen(std::move(pod));
        flush();
    });
}

void LogFollower::Private::seen(Result<ObjectPtr> pod)
{
    if (!pod) {
        if (pod.error().kind == ErrorKind::NotFound)
            return gone(logEndPodGone);
        return pod.error().kind == ErrorKind::Invalid ? retryLater(pod.error()) : refused(pod.error());
    }
    if (uid.isEmpty())
        uid = (*pod)->uid;
    if ((*pod)->uid != uid)
        return gone(logEndPodReplaced);
    act(viewOf((*pod)->json, spec.container));
}

void LogFollower::Private::act(const ContainerView &view)
{
    // SkipTo and Next only move on; what follows them opens or waits.
    for (int turn = 0; turn < 4; ++turn) {
        progress.last = cursor.last();
        const LogMove move = nextMove(view, progress);
        switch (move.kind) {
        case LogMove::Kind::Wait:
            if (!spec.follow)
                return end({});
            return poll();
        case LogMove::Kind::Follow:
            progress.instance = move.instance;
            return openStream(spec.follow ? Mode::Follow : Mode::Drain);
        case LogMove::Kind::Drain:
            progress.instance = move.instance;
            return openStream(Mode::Drain);
        case LogMove::Kind::DrainPrevious:
            progress.instance = move.instance;
            return openStream(Mode::DrainPrevious);
        case LogMove::Kind::SkipTo:
            if (move.gap)
                say({divider(LogLine::Kind::Gap)});
            say({divider(LogLine::Kind::Restart)});
            newInstance(move.instance);
            break;
        case LogMove::Kind::Next:
            say({divider(LogLine::Kind::Restart)});
            newInstance(move.instance);
            break;
        case LogMove::Kind::End:
            if (!progress.instance)
                return end(logEndNeverRan);
            return end((view.reason.isEmpty() ? "Ended" : view.reason.toUtf8()) + ", exit code "
                + QByteArray::number(view.exitCode));
        case LogMove::Kind::NoContainer: {
            Error none;
            none.kind = ErrorKind::NotFound;
            none.message = u"pod %1 has no container \"%2\""_s.arg(spec.pod, spec.container);
            none.verb = u"get"_s;
            none.resource = u"pods/log"_s;
            none.ns = spec.ns;
            none.name = spec.pod;
            return fail(none, false);
        }
        }
    }
}

void LogFollower::Private::newInstance(int instance)
{
    progress = {};
    progress.instance = instance;
    cursor = LogCursor();
    firstInstance = false;
    broken = false;
    answered = false;
    rest = {};
    passes = 0;
    unresolvedOnce = false;
    lossSure = false;
}

void LogFollower::Private::refused(const Error &why)
{
    switch (why.kind) {
    case ErrorKind::Unauthorized:
        fail(why, true);
        return armWait(policy.loginRetry);
    case ErrorKind::Credential:
    case ErrorKind::ConsentNeeded:
    case ErrorKind::Cancelled:
    case ErrorKind::Config:
        return fail(why, true);
    case ErrorKind::Forbidden:
        return fail(why, false);
    case ErrorKind::NotFound:
        return armBackoff();
    case ErrorKind::Invalid:
        if (mode == Mode::DrainPrevious) { // the kubelet has removed it
            say({divider(LogLine::Kind::Gap)});
            progress.drained = true;
            return probe();
        }
        if (saysWaiting(why) && spec.follow)
            return poll();
        if (++refusals >= mostRefusals)
            return fail(why, false);
        return armBackoff();
    default:
        return retryLater(why);
    }
}

void LogFollower::Private::armBackoff()
{
    ++failures;
    armWait(policy.backoff.delay(failures, QRandomGenerator::global()->generateDouble()));
}

void LogFollower::Private::retryLater(const Error &why)
{
    ++failures;
    broken = true;
    error = why;
    setState(State::Reconnecting);
    armWait(std::max(policy.backoff.delay(failures, QRandomGenerator::global()->generateDouble()),
        std::min<std::chrono::milliseconds>(why.retryAfter, policy.backoff.cap)));
}

void LogFollower::Private::poll()
{
    setState(State::WaitingForContainer);
    std::chrono::milliseconds delay = policy.firstPoll;
    for (int i = 0; i < polls && delay < policy.longestPoll; ++i)
        delay += delay / 2;
    ++polls;
    armWait(std::min(delay, policy.longestPoll));
}

void LogFollower::Private::gone(const QByteArray &why)
{
    // Its log went with it. If our last stream was cut, nobody knows what stood behind that; nor what a container
    // wrote that had started, or had been read by another run, and whose log we never got.
    const bool unread = !answered && (progress.resumed || progress.instance || spec.started);
    if ((broken || unread) && !progress.drained)
        say({divider(LogLine::Kind::Gap)});
    end(why);
}

void LogFollower::Private::end(const QByteArray &why)
{
    closeAll();
    error.reset();
    if (spec.follow)
        say({divider(LogLine::Kind::Ended, why)});
    setState(State::Ended);
}

void LogFollower::Private::fail(const Error &why, bool onLogin)
{
    closeAll();
    broken = true;
    error = why;
    wakesOnLogin = onLogin;
    setState(State::Failed);
}

void LogFollower::Private::closeAll()
{
    call.cancel();
    waitTimer.stop();
    closeStream();
}

void LogFollower::Private::say(QList<LogLine> lines)
{
    if (!lines.isEmpty())
        outgoing.emplace_back(std::move(lines));
}

void LogFollower::Private::setState(State to)
{
    if (state == to)
        return;
    state = to;
    outgoing.emplace_back(to);
}

void LogFollower::Private::flush()
{
    if (flushing)
        return;
    flushing = true;
    const QPointer<LogFollower> alive(q);
    while (!outgoing.empty()) {
        const Outgoing next = std::move(outgoing.front());
        outgoing.pop_front();
        if (const auto *lines = std::get_if<QList<LogLine>>(&next))
            Q_EMIT q->lines(*lines);
        else
            Q_EMIT q->stateChanged(std::get<State>(next));
        if (!alive)
            return;
    }
    flushing = false;
}

LogFollower::LogFollower(Client &client, LogSpec spec, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, client, std::move(spec)))
{
    if (!d->spec.resumeStamp.isEmpty()) {
        d->cursor = LogCursor(d->spec.resumeStamp, d->spec.resumeSeen);
        d->progress.resumed = d->cursor.sinceTime().has_value();
    } else {
        if (d->spec.sinceTime.isValid())
            d->cursor.startedAt(d->spec.sinceTime.toSecsSinceEpoch());
        if (d->spec.tailLines > 0)
            d->cursor.startedInTheMiddle();
    }
}

LogFollower::~LogFollower() = default;

void LogFollower::start()
{
    if (d->state != State::Idle)
        return;
    d->begin();
    // Nothing is said from inside the call.
    QMetaObject::invokeMethod(this, [this] { d->flush(); }, Qt::QueuedConnection);
}

void LogFollower::stop()
{
    d->closeAll();
    QList<LogLine> out;
    d->cursor.streamEnded(false, out);
    d->outgoing.clear();
    d->state = State::Idle;
}

void LogFollower::setPaused(bool paused)
{
    d->paused = paused;
    if (d->stream)
        d->stream->setPaused(paused);
}

void LogFollower::setPolicy(const LogPolicy &policy)
{
    d->policy = policy;
}

LogFollower::State LogFollower::state() const
{
    return d->state;
}

std::optional<Error> LogFollower::error() const
{
    return d->error;
}

const LogSpec &LogFollower::spec() const
{
    return d->spec;
}

} // namespace kube
