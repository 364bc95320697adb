// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/reflector.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace kube::reflector {

namespace {

using std::chrono::milliseconds;

constexpr qsizetype mostReported = 1000;

Error madeUp(ErrorKind kind, const QString &message)
{
    Error error;
    error.kind = kind;
    error.message = message;
    return error;
}

/// No answer of a server stands behind it.
bool neverGotThere(const Error &error)
{
    return error.kind == ErrorKind::Refused || error.kind == ErrorKind::HostNotFound
        || error.kind == ErrorKind::Unreachable;
}

bool isExpiry(const Error &error)
{
    return error.kind == ErrorKind::Expired || error.kind == ErrorKind::VersionTooLarge;
}

bool sameError(const std::optional<Error> &a, const std::optional<Error> &b)
{
    if (!a || !b)
        return !a && !b;
    return a->kind == b->kind && a->httpStatus == b->httpStatus && a->message == b->message;
}

/// A version that a watch may start at: "0" would be answered with synthetic ADDED events of any age.
bool isUsable(const QString &rv)
{
    return !rv.isEmpty() && rv != "0"_L1;
}

class Machine {
public:
    Machine(State state, const Input &input, const Policy &policy)
        : s(std::move(state))
        , in(input)
        , p(policy)
    {
    }

    void on(const Start &);
    void on(const Stop &);
    void on(const Page &page);
    void on(const ListFailed &failed);
    void on(const Opened &);
    void on(const Event &event);
    void on(const Bookmark &bookmark);
    void on(const ErrorEvent &event);
    void on(const StreamEnded &end);
    void on(const IdleTimeout &);
    void on(const WaitOver &)
    {
        if (s.phase == Phase::Waiting || s.phase == Phase::Parked)
            goOn();
    }
    void on(const CredentialsChanged &)
    {
        if (s.phase == Phase::Parked)
            goOn();
    }
    void on(const Resume &);
    void on(const Undecodable &bad);

    Step take() && { return {std::move(s), std::move(actions)}; }

private:
    void startList(From from);
    void startWatch();
    void goOn();
    void wait(Goal then, From from, const Error &error);
    void park(Goal then, Freshness::State state, const Error &error, bool retry);
    /// Parks when waiting would not help; false when it may.
    bool parks(Goal then, const Error &error);
    void commit();
    void watchFailed(const Error &error);
    void expired(const Error &error);
    void alive();
    void progress();
    void close() { actions.append(CloseRequest{}); }
    void reportOnce(const Error &error, const QString &key);
    void setTrust(Freshness::State state, std::optional<Error> cause = {}, std::optional<qint64> retryAt = {},
        std::optional<qint64> since = {});
    /// Not live for this reason; what was read stays.
    void lost(const Error &error, std::optional<qint64> retryAt = {}, std::optional<qint64> since = {});

    State s;
    const Input &in;
    const Policy &p;
    QList<Action> actions;
};

void Machine::setTrust(
    Freshness::State state, std::optional<Error> cause, std::optional<qint64> retryAt, std::optional<qint64> since)
{
    const bool same = s.trust.state == state && s.trust.since;
    if (same && sameError(s.trust.cause, cause) && s.trust.retryAt == retryAt)
        return;
    if (!same)
        s.trust.since = since.value_or(in.now);
    s.trust.state = state;
    s.trust.cause = std::move(cause);
    s.trust.retryAt = retryAt;
    actions.append(SetFreshness{s.trust});
}

void Machine::lost(const Error &error, std::optional<qint64> retryAt, std::optional<qint64> since)
{
    setTrust(s.rv.isEmpty() ? Freshness::State::Loading : Freshness::State::Stale, error, retryAt, since);
}

void Machine::startList(From from)
{
    s.phase = Phase::Listing;
    s.from = from == From::NotOlder && s.rv.isEmpty() ? From::Any : from;
    s.continueToken.clear();
    s.listVersion.clear();
    s.buffer.clear();
    ++s.generation;
    actions.append(SendList{s.from, s.from == From::NotOlder ? s.rv : QString(), {}, s.unpaged ? 0 : p.pageSize});
}

void Machine::startWatch()
{
    s.phase = Phase::Opening;
    s.timeoutSeconds = p.shortestTimeout
        + std::min(int(in.jitter * (p.longestTimeout - p.shortestTimeout + 1)), p.longestTimeout - p.shortestTimeout);
    ++s.generation;
    actions.append(OpenWatch{s.rv, s.timeoutSeconds});
}

void Machine::goOn()
{
    // The next attempt is no longer ahead of us but under way.
    if (s.trust.retryAt)
        setTrust(s.trust.state, s.trust.cause);
    if (s.then == Goal::Watch && !s.rv.isEmpty())
        startWatch();
    else
        startList(s.from);
}

void Machine::wait(Goal then, From from, const Error &error)
{
    ++s.failures;
    const milliseconds delay
        = std::max(p.backoff.delay(s.failures, in.jitter), std::min(error.retryAfter, p.retryAfterCap));
    s.phase = Phase::Waiting;
    s.then = then;
    s.from = from;
    s.buffer.clear();
    ++s.generation;
    actions.append(ArmWait{delay});
    lost(error, in.now + delay.count());
}

void Machine::park(Goal then, Freshness::State state, const Error &error, bool retry)
{
    s.phase = Phase::Parked;
    s.then = then;
    s.buffer.clear();
    ++s.generation;
    if (retry)
        actions.append(ArmWait{p.slowRetry});
    setTrust(state, error, retry ? std::optional(in.now + p.slowRetry.count()) : std::nullopt);
}

bool Machine::parks(Goal then, const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Unauthorized:
    case ErrorKind::ConsentNeeded:
    case ErrorKind::Cancelled: // the person ended the login
        park(then, Freshness::State::Denied, error, false);
        return true;
    case ErrorKind::Credential: // a token file may be there again soon; a plugin must not be run each half minute
    case ErrorKind::Config:
    case ErrorKind::Forbidden:
        park(then, Freshness::State::Denied, error, true);
        return true;
    case ErrorKind::NotFound:
        // A kind that comes back may have other objects under other versions.
        s.from = From::Latest;
        park(Goal::List, Freshness::State::Missing, error, true);
        return true;
    default:
        return false;
    }
}

void Machine::on(const Start &)
{
    if (s.phase != Phase::Stopped)
        return;
    s.failures = 0;
    if (s.rv.isEmpty()) {
        setTrust(Freshness::State::Loading);
        startList(From::Any);
        return;
    }
    setTrust(Freshness::State::Stale, {}, {}, s.stoppedAt);
    startWatch();
}

void Machine::on(const Stop &)
{
    if (s.phase == Phase::Stopped)
        return;
    close();
    ++s.generation;
    s.phase = Phase::Stopped;
    s.stoppedAt = in.now;
    s.buffer.clear();
    s.trust.retryAt.reset();
}

void Machine::on(const Page &page)
{
    if (s.phase != Phase::Listing)
        return;
    for (const Error &error : page.undecodable)
        reportOnce(error, error.ns + u'/' + error.name);
    // All pages are of one version; if a server says otherwise, the first is the one from which nothing can be missed.
    if (!isUsable(s.listVersion))
        s.listVersion = page.rv;
    s.buffer.append(page.items);
    if (page.continueToken.isEmpty())
        return commit();
    if (page.continueToken == s.continueToken)
        return wait(
            Goal::List, From::Latest, madeUp(ErrorKind::Undecodable, u"the list gave the same continue token twice"_s));
    s.continueToken = page.continueToken;
    ++s.generation;
    actions.append(SendList{s.from, {}, s.continueToken, p.pageSize});
}

void Machine::commit()
{
    if (!isUsable(s.listVersion))
        return wait(Goal::List, From::Latest, madeUp(ErrorKind::Undecodable, u"the list has no resourceVersion"_s));
    s.rv = std::exchange(s.listVersion, {});
    actions.append(CommitSnapshot{std::exchange(s.buffer, {}), s.rv});
    s.continueToken.clear();
    s.brokenPagings = 0;
    s.quorumTried = false;
    s.unpaged = false;
    s.openFailures = 0;
    s.shortWatches = 0;
    s.garbageAt.clear();
    setTrust(Freshness::State::Live);
    startWatch();
}

void Machine::on(const ListFailed &failed)
{
    if (s.phase != Phase::Listing)
        return;
    const Error &error = failed.error;
    const bool later = !s.continueToken.isEmpty();
    // 400: "continue key is not valid", from a server that did not give it (load balancer, restart).
    if (later && (error.kind == ErrorKind::Expired || error.kind == ErrorKind::Invalid)) {
        if (++s.brokenPagings == 1)
            return startList(From::Latest);
        s.unpaged = true;
        return wait(Goal::List, From::Latest, error);
    }
    if (isExpiry(error)) {
        if (s.from != From::Latest && !std::exchange(s.quorumTried, true))
            return startList(From::Latest);
        return wait(Goal::List, From::Latest, error);
    }
    if (!parks(Goal::List, error))
        wait(Goal::List, s.from, error);
}

void Machine::on(const Opened &)
{
    if (s.phase != Phase::Opening)
        return;
    s.phase = Phase::Watching;
    s.openedAt = in.now;
    s.sawEvent = false;
    alive();
    setTrust(Freshness::State::Live);
}

/// Something arrived on the watch.
void Machine::alive()
{
    s.lastSign = in.now;
    actions.append(ArmIdle{std::chrono::seconds(s.timeoutSeconds) + p.idleMargin});
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
    const milliseconds lived(in.now - s.openedAt);
    if (lived >= p.health)
        s.failures = 0;
    if (s.sawEvent || lived >= p.shortWatch) {
        progress();
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
    close();
    const double silent = double(in.now - s.lastSign) / 1000;
    lost(madeUp(ErrorKind::Timeout, u"nothing came for %1 s, not even the end of the watch"_s.arg(silent, 0, 'f', 0)),
        {}, s.lastSign);
    startWatch();
}

void Machine::on(const Resume &)
{
    if (s.phase == Phase::Waiting || s.phase == Phase::Parked)
        return goOn();
    // The machine may have slept: a connection that looks open can be long gone.
    if (s.phase == Phase::Watching && milliseconds(in.now - s.lastSign) > p.suspect) {
        close();
        startWatch();
    }
}

} // namespace

Step step(State state, const Input &input, const Policy &policy)
{
    if (input.generation != 0 && input.generation != state.generation)
        return {std::move(state), {}};
    Machine machine(std::move(state), input, policy);
    std::visit([&](const auto &what) { machine.on(what); }, input.what);
    return std::move(machine).take();
}

} // namespace kube::reflector
