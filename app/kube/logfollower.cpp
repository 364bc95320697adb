// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/logfollower.h"

#include "kube/lineframer.h"
#include "kube/logcursor.h"
#include "kube/logplan.h"
#include "kube/transport.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTimer>

#include <deque>
#include <variant>

using namespace Qt::StringLiterals;

namespace kube {

namespace {

/// RFC 3339 stamp and a blank before the text.
constexpr qsizetype stampRoom = 40;
/// A log is believed to be read to its end when reading on gives nothing new; a container that wrote while we did so may
/// give something each time, for so long.
constexpr int mostPasses = 20;
constexpr int mostPassesOfRunning = 3;
constexpr int mostRefusals = 3;

const ResourceRef &pods()
{
    static const ResourceRef ref{{}, u"v1"_s, u"pods"_s, u"Pod"_s, true};
    return ref;
}

/// "container "x" in pod "y" is waiting to start: ContainerCreating" (kubelet_pods.go).
bool saysWaiting(const Error &error)
{
    return error.message.contains("waiting to start"_L1) || error.message.contains("ContainerCreating"_L1)
        || error.message.contains("PodInitializing"_L1);
}

LogLine divider(LogLine::Kind kind, const QString &text = {})
{
    return {kind, {}, text.toUtf8(), false};
}

} // namespace

/// Looks at the pod, does what nextMove() says, reads a stream to its end, looks again. Lines and states leave through a
/// queue, so a slot may stop or delete the follower.
struct LogFollower::Private {
    enum class Mode { Follow, Drain, DrainPrevious };

    Private(LogFollower *follower, Client &owner, LogSpec logSpec)
        : q(follower)
        , client(owner)
        , spec(std::move(logSpec))
        , uid(spec.podUid)
        , framer(spec.lineLimit + stampRoom)
    {
        clock.start();
        for (QTimer *timer : {&waitTimer, &quietTimer}) {
            timer->setSingleShot(true);
            timer->setTimerType(Qt::CoarseTimer);
        }
        QObject::connect(&waitTimer, &QTimer::timeout, q, [this] { probe(); });
        QObject::connect(&quietTimer, &QTimer::timeout, q, [this] { quietTimerFired(); });
        QObject::connect(&client, &Client::credentialsChanged, q, [this] {
            if (state == State::Failed && wakesOnLogin) {
                begin();
                flush();
            }
        });
    }
    ~Private() { closeAll(); }

    void begin();
    void probe();
    void seen(Result<ObjectPtr> pod);
    void act(const ContainerView &view);
    void openStream(Mode mode);
    void read(const QByteArray &bytes);
    void streamClosed(const std::optional<Error> &error);
    void drainEnded();
    void refused(const Error &error);
    void retryLater(const Error &error);
    void armWait(std::chrono::milliseconds delay) { waitTimer.start(delay); }
    void poll();
    void newInstance(int instance);
    void gone(const QString &text);
    void end(const QString &text);
    void fail(const Error &error, bool onLogin);
    void quietTimerFired();
    void sign();
    void closeStream();
    void closeAll();
    void say(QList<LogLine> lines);
    void setState(State to);
    void flush();

    LogFollower *const q;
    Client &client;
    const LogSpec spec;
    LogPolicy policy;
    QString uid;
    State state = State::Idle;
    std::optional<Error> error;
    bool wakesOnLogin = false;
    bool paused = false;

    LogCursor cursor;
    LogProgress progress;
    bool firstInstance = true; ///< tailLines and sinceTime are about this one
    bool broken = false;       ///< something failed since the last line: say so when it goes on
    int failures = 0;
    int polls = 0;
    int refusals = 0;

    Mode mode = Mode::Follow;
    std::unique_ptr<Stream> stream;
    LineFramer framer;
    qint64 openedAt = 0;
    qsizetype fresh = 0;       ///< new lines of this stream
    int passes = 0;
    bool unresolvedOnce = false;
    bool lossSure = false;     ///< we have looked at the pod again since the last line did not come again
    LineFramer::Line rest;     ///< what stood behind the last line end when the last stream ended

    Call call;
    QTimer waitTimer, quietTimer;
    QElapsedTimer clock;
    qint64 quietSince = 0;

    using Outgoing = std::variant<QList<LogLine>, State>;
    std::deque<Outgoing> outgoing;
    bool flushing = false;
};

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
            return gone(QCoreApplication::translate("kube::LogFollower", "The pod is gone"));
        return pod.error().kind == ErrorKind::Invalid ? retryLater(pod.error()) : refused(pod.error());
    }
    if (uid.isEmpty())
        uid = (*pod)->uid;
    if ((*pod)->uid != uid)
        return gone(QCoreApplication::translate("kube::LogFollower", "The pod was replaced by another of the same name"));
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
            say({divider(LogLine::Kind::Gap), divider(LogLine::Kind::Restart)});
            newInstance(move.instance);
            break;
        case LogMove::Kind::Next:
            say({divider(LogLine::Kind::Restart)});
            newInstance(move.instance);
            break;
        case LogMove::Kind::End:
            //: %1 the runtime's own word for how a container ended, such as Completed, Error or OOMKilled
            return end(progress.instance ? QCoreApplication::translate("kube::LogFollower", "%1, exit code %2")
                                               .arg(view.reason.isEmpty() ? u"Ended"_s : view.reason)
                                               .arg(view.exitCode)
                                         : QCoreApplication::translate("kube::LogFollower", "The container never ran"));
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
    rest = {};
    passes = 0;
    unresolvedOnce = false;
    lossSure = false;
}

void LogFollower::Private::openStream(Mode as)
{
    mode = as;
    polls = 0;
    Request request;
    request.verb = u"get"_s;
    request.resource = u"pods/log"_s;
    request.ns = spec.ns;
    request.name = spec.pod;
    request.path = pods().path(spec.ns, spec.pod, u"log"_s);
    request.query.addQueryItem(u"container"_s, spec.container);
    request.query.addQueryItem(u"timestamps"_s, u"true"_s);
    if (mode == Mode::Follow)
        request.query.addQueryItem(u"follow"_s, u"true"_s);
    if (mode == Mode::DrainPrevious)
        request.query.addQueryItem(u"previous"_s, u"true"_s);
    if (const auto since = cursor.sinceTime()) {
        request.query.addQueryItem(u"sinceTime"_s, QString::fromLatin1(sinceTimeText(*since)));
    } else if (firstInstance) {
        if (spec.sinceTime.isValid())
            request.query.addQueryItem(u"sinceTime"_s, QString::fromLatin1(sinceTimeText(spec.sinceTime.toSecsSinceEpoch())));
        if (spec.tailLines > 0)
            request.query.addQueryItem(u"tailLines"_s, QString::number(spec.tailLines));
    }
    // The kubelet begins to answer with the first line, which for a quiet container may be never.
    if (mode == Mode::Follow)
        request.timeout = std::chrono::milliseconds(0);

    cursor.resume(broken, mode != Mode::DrainPrevious && !lossSure);
    framer.clear();
    fresh = 0;
    openedAt = clock.elapsed();
    stream = client.transport().open(std::move(request));
    stream->setPaused(paused);
    QObject::connect(stream.get(), &Stream::opened, q, [this] {
        refusals = 0;
        error.reset();
        sign();
        setState(State::Following);
        flush();
    });
    QObject::connect(stream.get(), &Stream::data, q, [this](const QByteArray &bytes) {
        read(bytes);
        flush();
    });
    QObject::connect(stream.get(), &Stream::closed, q, [this](const std::optional<Error> &why) {
        streamClosed(why);
        flush();
    });
    sign();
}

void LogFollower::Private::read(const QByteArray &bytes)
{
    sign();
    QList<LogLine> out;
    for (const LineFramer::Line &line : framer.feed(bytes))
        cursor.take(line, out);
    if (cursor.isLost() && !lossSure) {
        // Rotation; or a restart that the pod's status does not tell yet, and then the rest of ours can still be had.
        lossSure = true;
        cursor.streamEnded(false, out);
        closeStream();
        return armWait(policy.firstPoll);
    }
    if (cursor.isCaughtUp()) {
        broken = false;
        lossSure = false;
    }
    for (const LogLine &line : std::as_const(out))
        fresh += line.kind == LogLine::Kind::Text ? 1 : 0;
    if (fresh > 0)
        failures = 0;
    say(std::move(out));
}

void LogFollower::Private::streamClosed(const std::optional<Error> &why)
{
    const LineFramer::Line before = std::exchange(rest, framer.takeRest());
    const bool lived = clock.elapsed() - openedAt >= policy.shortStream.count();
    closeStream();
    if (why) {
        QList<LogLine> out;
        cursor.streamEnded(false, out);
        passes = 0;
        if (lived)
            failures = 0;
        return refused(*why);
    }
    if (mode != Mode::Follow) {
        const bool same = before.text == rest.text && before.cut == rest.cut;
        if (fresh > 0 || !same || (!cursor.isCaughtUp() && !std::exchange(unresolvedOnce, true))) {
            QList<LogLine> out;
            if (++passes < (spec.follow ? mostPasses : mostPassesOfRunning)) {
                cursor.streamEnded(false, out);
                return openStream(mode);
            }
        }
        return drainEnded();
    }
    QList<LogLine> out;
    cursor.streamEnded(false, out);
    // A clean end is normal: the container ended, or a kubelet, API server or load balancer between was restarted.
    if (lived || fresh > 0) {
        failures = 0;
        return probe();
    }
    ++failures;
    armWait(policy.backoff.delay(failures, QRandomGenerator::global()->generateDouble()));
}

/// Reading on gave nothing new: that was the last of it.
void LogFollower::Private::drainEnded()
{
    QList<LogLine> out;
    cursor.streamEnded(true, out);
    if (!rest.text.isEmpty() && cursor.isCaughtUp())
        cursor.take(rest, out);
    rest = {};
    passes = 0;
    unresolvedOnce = false;
    progress.drained = true;
    say(std::move(out));
    if (!spec.follow)
        return end({});
    probe();
}

void LogFollower::Private::refused(const Error &why)
{
    switch (why.kind) {
    case ErrorKind::Unauthorized:
    case ErrorKind::Credential:
    case ErrorKind::ConsentNeeded:
    case ErrorKind::Cancelled:
    case ErrorKind::Config:
        return fail(why, true);
    case ErrorKind::Forbidden:
        return fail(why, false);
    case ErrorKind::NotFound:
        ++failures;
        return armWait(policy.backoff.delay(failures, QRandomGenerator::global()->generateDouble()));
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
        ++failures;
        return armWait(policy.backoff.delay(failures, QRandomGenerator::global()->generateDouble()));
    default:
        return retryLater(why);
    }
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

void LogFollower::Private::gone(const QString &text)
{
    // Its log went with it. If our last stream was cut, nobody knows what stood behind that.
    if (broken && !progress.drained)
        say({divider(LogLine::Kind::Gap)});
    end(text);
}

void LogFollower::Private::end(const QString &text)
{
    closeAll();
    error.reset();
    if (spec.follow)
        say({divider(LogLine::Kind::Ended, text)});
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

void LogFollower::Private::sign()
{
    quietSince = clock.elapsed();
    // The timer looks at the time when it fires, so lines cost no wake-up.
    if (mode == Mode::Follow && !quietTimer.isActive())
        quietTimer.start(policy.quiet);
}

void LogFollower::Private::quietTimerFired()
{
    if (!stream || mode != Mode::Follow)
        return;
    const qint64 left = quietSince + policy.quiet.count() - clock.elapsed();
    if (left > 0 || paused) {
        quietTimer.start(std::max(std::chrono::milliseconds(left), std::chrono::milliseconds(1000)));
        return;
    }
    QList<LogLine> out;
    cursor.streamEnded(false, out);
    rest = framer.takeRest();
    probe();
}

void LogFollower::Private::closeStream()
{
    quietTimer.stop();
    if (!stream)
        return;
    // It may be the one whose signal we are in.
    stream->disconnect(q);
    stream->abort();
    stream.release()->deleteLater();
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
