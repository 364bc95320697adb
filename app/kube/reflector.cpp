// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/reflectormachine.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace kube::reflector {

using std::chrono::milliseconds;

namespace {

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

} // namespace

Error madeUp(ErrorKind kind, const QString &message)
{
    Error error;
    error.kind = kind;
    error.message = message;
    return error;
}

bool isUsable(const QString &rv)
{
    return !rv.isEmpty() && rv != "0"_L1;
}

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

void Machine::lost(const Error &error, std::optional<qint64> retryAt)
{
    setTrust(s.rv.isEmpty() ? Freshness::State::Loading : Freshness::State::Stale, error, retryAt, s.doubtSince);
}

void Machine::startList(From from)
{
    s.phase = Phase::Listing;
    s.from = from == From::NotOlder && s.rv.isEmpty() ? From::Any : from;
    s.continueToken.clear();
    s.listVersion.clear();
    s.buffer.clear();
    sendPage();
}

/// The first page, or the one that continues the last.
void Machine::sendPage()
{
    s.askedAt = in.now;
    ++s.generation;
    const milliseconds silence = s.slowLists ? p.lateAnswer : p.firstAnswer;
    if (s.continueToken.isEmpty())
        actions.append(
            SendList{s.from, s.from == From::NotOlder ? s.rv : QString(), {}, s.unpaged ? 0 : p.pageSize, silence});
    else
        actions.append(SendList{s.from, {}, s.continueToken, p.pageSize, silence});
}

void Machine::startWatch()
{
    s.phase = Phase::Opening;
    s.timeoutSeconds = p.shortestTimeout
        + std::min(int(in.jitter * (p.longestTimeout - p.shortestTimeout + 1)), p.longestTimeout - p.shortestTimeout);
    s.askedAt = in.now;
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

void Machine::park(Goal then, Freshness::State state, const Error &error, std::chrono::milliseconds retry)
{
    s.phase = Phase::Parked;
    s.then = then;
    s.buffer.clear();
    ++s.generation;
    if (retry.count() > 0)
        actions.append(ArmWait{retry});
    setTrust(state, error, retry.count() > 0 ? std::optional(in.now + retry.count()) : std::nullopt);
}

bool Machine::parks(Goal then, const Error &error)
{
    switch (error.kind) {
    case ErrorKind::ConsentNeeded:
    case ErrorKind::Cancelled: // the person ended the login
        park(then, Freshness::State::Denied, error, {});
        return true;
    case ErrorKind::Unauthorized:
        // Rancher refuses everybody for a while when it restarts, as it does in every upgrade. A plugin is not run that
        // often: the provider knows when it may be asked again.
        park(then, Freshness::State::Denied, error, p.loginRetry);
        return true;
    case ErrorKind::Credential: // a token file may be there again soon; a plugin must not be run each half minute
    case ErrorKind::Config:
    case ErrorKind::Forbidden:
        park(then, Freshness::State::Denied, error, p.slowRetry);
        return true;
    case ErrorKind::NotFound:
        // A kind that comes back may have other objects under other versions.
        s.from = From::Latest;
        park(Goal::List, Freshness::State::Missing, error, p.slowRetry);
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
    if (milliseconds(in.now - s.askedAt) < p.firstAnswer)
        s.slowLists = false;
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
    sendPage();
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
    s.doubtSince.reset();
    setTrust(Freshness::State::Live);
    startWatch();
}

void Machine::on(const ListFailed &failed)
{
    if (s.phase != Phase::Listing)
        return;
    const Error &error = failed.error;
    const bool later = !s.continueToken.isEmpty();
    const bool silent = error.kind == ErrorKind::Timeout && error.httpStatus < 300;
    if (silent && !std::exchange(s.slowLists, true)) {
        lost(error);
        return sendPage();
    }
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

Step step(State state, const Input &input, const Policy &policy)
{
    if (input.generation != 0 && input.generation != state.generation)
        return {std::move(state), {}};
    Machine machine(std::move(state), input, policy);
    std::visit([&](const auto &what) { machine.on(what); }, input.what);
    return std::move(machine).take();
}

} // namespace kube::reflector
