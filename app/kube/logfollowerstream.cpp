// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/logfollowerprivate.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace kube {

namespace {

/// A log is believed to be read to its end when reading on gives nothing new; a container that wrote while we did so
/// may give something each time, for so long.
constexpr int mostPasses = 20;
constexpr int mostPassesOfRunning = 3;

} // namespace

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
            request.query.addQueryItem(
                u"sinceTime"_s, QString::fromLatin1(sinceTimeText(spec.sinceTime.toSecsSinceEpoch())));
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
        answered = true;
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
    armBackoff();
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

void LogFollower::Private::sign()
{
    quietSince = clock.elapsed();
    // The timer looks at the time when it fires, so lines cost no wake-up.
    if (!quietTimer.isActive())
        quietTimer.start(policy.quiet);
}

void LogFollower::Private::quietTimerFired()
{
    if (!stream)
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

} // namespace kube
