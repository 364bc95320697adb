// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/connection.h"

namespace session {

using State = kube::Freshness::State;

Connection::State stateForError(const kube::Error &error)
{
    switch (error.kind) {
    case kube::ErrorKind::ConsentNeeded:
        return Connection::State::NeedsConsent;
    case kube::ErrorKind::Unauthorized:
        return Connection::State::NeedsLogin;
    // What only a person can change: asking again would run a plugin or read a file for nothing.
    case kube::ErrorKind::Config:
    case kube::ErrorKind::Credential:
    case kube::ErrorKind::Cancelled:
        return Connection::State::Failed;
    default:
        // Also certificates and names: while Harvester's address moves between nodes another certificate answers for a
        // time.
        return Connection::State::Offline;
    }
}

namespace {

/// Higher is worse, or rather: more worth telling.
int weight(const SourceView &source)
{
    int weight = source.essential ? 1 : 0;
    if (source.freshness.cause) {
        switch (source.freshness.cause->kind) {
        case kube::ErrorKind::ConsentNeeded:
            return weight + 40;
        case kube::ErrorKind::Unauthorized:
            return weight + 30;
        case kube::ErrorKind::Config:
        case kube::ErrorKind::Credential:
            return weight + 20;
        default:
            break;
        }
    }
    if (source.freshness.state == State::Stale || source.freshness.state == State::Loading)
        weight += 10;
    return weight;
}

/// Read again only because history was compacted: nothing to tell a person.
bool onlyRereads(const kube::Freshness &freshness)
{
    return freshness.state == State::Stale && (!freshness.cause || freshness.cause->kind == kube::ErrorKind::Expired);
}

} // namespace

Judgement judge(const QList<SourceView> &sources)
{
    Judgement result;
    int live = 0, loading = 0, trouble = 0;
    bool essentialLive = false, essentialLoading = false, essentialSeen = false;
    const SourceView *worst = nullptr;
    for (const SourceView &source : sources) {
        const kube::Freshness &fresh = source.freshness;
        essentialSeen |= source.essential && fresh.state != State::Missing;
        if (fresh.state == State::Missing)
            continue;
        if (fresh.state == State::Live || onlyRereads(fresh)) {
            ++live;
            essentialLive |= source.essential;
            continue;
        }
        if (fresh.state == State::Loading && !fresh.cause) {
            ++loading;
            essentialLoading |= source.essential;
            continue;
        }
        ++trouble;
        if (!worst || weight(source) > weight(*worst))
            worst = &source;
        if (fresh.retryAt.isValid() && (!result.retryAt.isValid() || fresh.retryAt < result.retryAt))
            result.retryAt = fresh.retryAt;
    }
    if (worst) {
        result.error = worst->freshness.cause;
        result.since = worst->freshness.since;
        if (result.error) {
            const Connection::State person = stateForError(*result.error);
            if (person != Connection::State::Offline) {
                result.state = person;
                return result;
            }
        }
    }
    const bool noneEssential = essentialSeen && !essentialLive;
    if (trouble == 0) {
        // Lesser kinds may still be read: the board can be told already, Online is when it is whole.
        result.state = loading > 0 || (live == 0 && !sources.isEmpty() && essentialSeen) ? Connection::State::Connecting
                                                                                         : Connection::State::Online;
        return result;
    }
    const bool denied = worst->freshness.state == State::Denied;
    if (live == 0 && loading == 0)
        result.state = denied ? Connection::State::Degraded : Connection::State::Offline;
    else if (noneEssential && essentialLoading)
        result.state = Connection::State::Connecting;
    else if (noneEssential && !denied)
        result.state = Connection::State::Offline;
    else
        result.state = Connection::State::Degraded;
    return result;
}

} // namespace session
