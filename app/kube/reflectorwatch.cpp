// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/reflectormachine.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace kube::reflector {

using std::chrono::milliseconds;

namespace {

constexpr qsizetype mostReported = 1000;

/// No answer of a server stands behind it.
bool neverGotThere(const Error &error)
{
    return error.kind == ErrorKind::Refused || error.kind == ErrorKind::HostNotFound
        || error.kind == ErrorKind::Unreachable || error.kind == ErrorKind::Proxy;
}

} // namespace

void Machine::on(const Opened &)
{
    if (s.phase != Phase::Opening)
        return;
    s.phase = Phase::Watching;
    s.openedAt = in.now;
    s.sawEvent = false;
    s.bookmarked = false;
    s.doubtSince.reset();
    alive();
    setTrust(Freshness::State::Live);
}

/// Something arrived on the watch.
void Machine::alive()
{
    s.lastSign = in.now;
    actions.append(ArmIdle{s.bookmarked ? p.suspect : std::chrono::seconds(s.timeoutSeconds) + p.idleMargin});
}

/// The watch does its work.
void Machine::progress()
{
    s.openFailures = 0;
    s.shortWatches = 0;
    s.expiries = 0;
}

void Machine::on(const Event &event)
{
    if (s.phase != Phase::Watching)
        return;
    alive();
    s.sawEvent = true;
    s.failures = 0;
    progress();
    s.rv = event.object->resourceVersion;
    if (event.deleted)
        actions.append(Remove{event.object, event.object->key});
    else
        actions.append(Apply{event.object});
}

void Machine::on(const Bookmark &bookmark)
{
    if (s.phase != Phase::Watching)
        return;
    s.bookmarked = true;
    alive();
    if (!isUsable(bookmark.rv) || bookmark.rv == s.rv)
        return;
    s.rv = bookmark.rv;
    s.sawEvent = true;
    progress();
}

void Machine::on(const Undecodable &bad)
{
    if (s.phase != Phase::Watching)
        return;
    alive();
    if (isUsable(bad.rv)) {
        reportOnce(bad.error, bad.key.text());
        s.rv = bad.rv;
        s.sawEvent = true;
        progress();
        if (bad.deleted && !bad.key.name.isEmpty())
            actions.append(Remove{nullptr, bad.key});
        return;
    }
    actions.append(Report{bad.error});
    close();
    if (std::exchange(s.garbageAt, s.rv) != s.rv)
        wait(Goal::Watch, s.from, bad.error);
    else
        wait(Goal::List, From::NotOlder, bad.error);
}

void Machine::reportOnce(const Error &error, const QString &key)
{
    if (s.reported.contains(key))
        return;
    if (s.reported.size() < mostReported)
        s.reported.insert(key);
    actions.append(Report{error});
}

void Machine::expired(const Error &error)
{
    lost(error);
    s.openFailures = 0;
    if (++s.expiries == 1)
        startList(From::NotOlder);
    else
        wait(Goal::List, From::Latest, error);
}

void Machine::watchFailed(const Error &error)
{
    if (error.kind == ErrorKind::Expired)
        return expired(error);
    if (parks(Goal::Watch, error))
        return;
    if (error.kind == ErrorKind::Invalid || error.kind == ErrorKind::Undecodable)
        return wait(Goal::List, From::NotOlder, error); // our version may be what it does not take
    if (!neverGotThere(error) && ++s.openFailures >= p.openFailures) {
        s.openFailures = 0;
        return wait(Goal::List, From::NotOlder, error);
    }
    wait(Goal::Watch, s.from, error);
}

void Machine::on(const ErrorEvent &event)
{
    if (s.phase != Phase::Watching)
        return;
    close();
    watchFailed(event.error);
}

void Machine::on(const StreamEnded &end)
{
    if (s.phase == Phase::Opening)
        return watchFailed(end.error.value_or(madeUp(ErrorKind::Cut, u"the answer ended before it began"_s)));
    if (s.phase != Phase::Watching)
        return;
    if (end.error && (neverGotThere(*end.error) || end.error->kind == ErrorKind::Timeout)) {
        s.doubtSince = s.lastSign;
        lost(*end.error);
        return startWatch();
    }
    const milliseconds lived(in.now - s.openedAt);
    if (lived >= p.health)
        s.failures = 0;
    if (s.sawEvent || lived >= p.shortWatch) {
        progress();
        if (end.error)
            s.doubtSince = s.lastSign;
        return startWatch();
    }
    const Error error = end.error.value_or(madeUp(ErrorKind::Cut, u"the watch ended at once without an event"_s));
    if (++s.shortWatches >= p.shortWatches) {
        s.shortWatches = 0;
        return wait(Goal::List, From::NotOlder, error);
    }
    wait(Goal::Watch, s.from, error);
}

void Machine::on(const IdleTimeout &)
{
    if (s.phase != Phase::Watching)
        return;
    s.doubtSince = s.lastSign;
    close();
    if (!s.bookmarked) {
        const double silent = double(in.now - s.lastSign) / 1000;
        lost(madeUp(
            ErrorKind::Timeout, u"nothing came for %1 s, not even the end of the watch"_s.arg(silent, 0, 'f', 0)));
    }
    startWatch();
}

void Machine::on(const Resume &)
{
    const milliseconds asked(in.now - s.askedAt);
    switch (s.phase) {
    case Phase::Stopped:
        break;
    case Phase::Waiting:
    case Phase::Parked:
        goOn();
        break;
    case Phase::Listing: // what is under way may hang on the connection of before
        if (asked > p.patience) {
            close();
            sendPage();
        }
        break;
    case Phase::Opening:
        if (asked > p.patience) {
            close();
            startWatch();
        }
        break;
    case Phase::Watching: // the machine may have slept: a connection that looks open can be long gone
        if (milliseconds(in.now - s.lastSign) > p.suspect) {
            s.doubtSince = s.lastSign;
            close();
            startWatch();
        }
        break;
    }
}

} // namespace kube::reflector
