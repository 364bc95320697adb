// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Decides how a copy of one kind of object is kept true: list, watch, resume, back off, relist. One pure step: state
/// and input in, next state and actions out. No clock, no timer, no network, no randomness inside; Watcher performs the
/// actions. After client-go tools/cache/reflector.go and kube-rs kube-runtime/src/watcher.rs.
///
/// Each request and timer carries a generation number that its inputs bring back; inputs of an older one change
/// nothing. At most one request is open; the one timer that may run is the wait, or the idle watchdog of the open
/// watch.
///
/// Where this goes beyond the published machines:
/// - A connection that was refused or a host that cannot be reached says nothing about our version, so it does not
/// count
///   towards the failures that lead to a list: after any outage one resume is tried first.
/// - A line without readable version may hide an event: resume from the last version; if it comes again, list.
/// - Expired again before the watch gave anything: wait, and read the newest.
/// - A list that gives no byte for `firstAnswer` is asked again at once over other connections, and then is given
///   `lateAnswer`: a connection that died unnoticed costs seconds, and a slow server its answer all the same. The
///   freshness says so.
/// - A start after a stop resumes from the copy that is still there.
/// - A watch that had a bookmark and then misses the next is replaced without a word; only if that fails the copy is
///   stale, and then since the last sign. (The identity's Pulse notices when all of them fall silent:
///   transportpulse.h.)
/// - A stream that ends because the server is known not to answer makes the copy stale at once, since the last sign.
#pragma once

#include "kube/backoff.h"
#include "kube/freshness.h"
#include "kube/watchevent.h"

#include <QSet>

#include <chrono>
#include <optional>
#include <variant>

namespace kube::reflector {

struct Policy {
    Backoff backoff;
    std::chrono::milliseconds health{120000};        ///< a watch that lived so long forgets earlier failures
    std::chrono::milliseconds slowRetry{300000};     ///< after 403, 404 and unusable credentials
    std::chrono::milliseconds loginRetry{30000};     ///< after 401
    std::chrono::milliseconds retryAfterCap{300000}; ///< longest Retry-After that is believed
    std::chrono::milliseconds shortWatch{1000};      ///< a watch that ends sooner without an event is suspicious
    std::chrono::milliseconds idleMargin{10000};     ///< silence allowed beyond the watch's own timeout
    /// Bookmarks come each minute. A watch that had one and is silent for longer is replaced, and so is any at Resume.
    std::chrono::milliseconds suspect{90000};
    std::chrono::milliseconds patience{5000};                        ///< Resume asks anew what was asked longer ago
    std::chrono::milliseconds firstAnswer{15000}, lateAnswer{60000}; ///< silence allowed of a list
    int shortestTimeout = 240, longestTimeout = 290; ///< seconds; load balancers often end connections after 300
    int openFailures = 5;                            ///< in a row, then list
    int shortWatches = 3;                            ///< in a row, then list
    int pageSize = 500;
};

/// Which state of the cluster a list may answer with.
enum class From : quint8 {
    Any,      ///< resourceVersion=0: what the server's cache has
    NotOlder, ///< not older than what we have seen
    Latest,   ///< resourceVersion="": a consistent read
};

enum class Phase : quint8 { Stopped, Listing, Opening, Watching, Waiting, Parked };
/// What a Waiting or Parked state goes on with.
enum class Goal : quint8 { List, Watch };

/// How far the copy can be trusted, in the time of the inputs.
struct Trust {
    Freshness::State state = Freshness::State::Loading;
    std::optional<qint64> since;
    std::optional<Error> cause;
    std::optional<qint64> retryAt;
};

struct State {
    Phase phase = Phase::Stopped;
    quint64 generation = 0;
    QString rv; ///< version of the copy; empty: there is no copy
    Trust trust;

    From from = From::Any;   ///< Listing; and what a list after Waiting or Parked will be
    QString continueToken;   ///< Listing
    QString listVersion;     ///< Listing: of its first page
    QList<ObjectPtr> buffer; ///< Listing
    Goal then = Goal::List;  ///< Waiting, Parked
    qint64 askedAt = 0;      ///< Listing (of this page), Opening
    qint64 openedAt = 0;     ///< Watching
    qint64 lastSign = 0;     ///< Watching: when something last arrived
    int timeoutSeconds = 0;  ///< Opening, Watching
    bool sawEvent = false;   ///< Watching
    bool bookmarked = false; ///< Watching: this one had a bookmark
    /// The copy was last known to be true then: a watch that fell silent is being replaced.
    std::optional<qint64> doubtSince;
    qint64 stoppedAt = 0;

    int failures = 0;       ///< in a row: the exponent of the back-off
    int openFailures = 0;   ///< in a row, answered by a server
    int shortWatches = 0;   ///< in a row
    int expiries = 0;       ///< 410 in a row without an event between
    bool slowLists = false; ///< one gave no byte for Policy::firstAnswer, and none was quicker since
    int brokenPagings = 0;  ///< continue tokens that expired under us
    bool quorumTried = false;
    bool unpaged = false;   ///< paging never got to its end: ask for all at once
    QString garbageAt;      ///< version at which a line without version came
    QSet<QString> reported; ///< keys of objects that cannot be read and were reported
};

// Inputs. Those of requests and timers belong to a generation.
struct Start { };
struct Stop { };
struct Page {
    QList<ObjectPtr> items;
    QString rv;
    QString continueToken;
    QList<Error> undecodable;
};
struct ListFailed {
    Error error;
};
struct Opened { };
struct Event {
    ObjectPtr object;
    bool deleted = false;
};
struct Bookmark {
    QString rv;
};
struct ErrorEvent {
    Error error;
};
struct StreamEnded {
    std::optional<Error> error;
};
struct IdleTimeout { };
struct WaitOver { };
struct CredentialsChanged { };
struct Resume { };
struct Undecodable {
    Error error;
    ObjectKey key;
    QString rv;
    bool deleted = false;
};
using What = std::variant<Start, Stop, Page, ListFailed, Opened, Event, Bookmark, ErrorEvent, StreamEnded, IdleTimeout,
    WaitOver, CredentialsChanged, Resume, Undecodable>;

struct Input {
    What what;
    quint64 generation = 0; ///< 0: a command, always current
    qint64 now = 0;         ///< milliseconds of a steady clock
    double jitter = 0;      ///< in [0,1)
};

// Actions, to be performed in order.
struct SendList {
    From from = From::Any;
    QString rv;            ///< of NotOlder
    QString continueToken; ///< then no version is sent
    int limit = 0;
    std::chrono::milliseconds silence{}; ///< without a byte for so long it has failed
};
struct OpenWatch {
    QString rv;
    int timeoutSeconds = 0;
};
struct CloseRequest { };
struct Apply {
    ObjectPtr object;
};
struct Remove {
    ObjectPtr last; ///< null when it could not be read
    ObjectKey key;
};
/// The store becomes exactly this, in one step.
struct CommitSnapshot {
    QList<ObjectPtr> items;
    QString rv;
};
struct ArmIdle {
    std::chrono::milliseconds after;
};
struct ArmWait {
    std::chrono::milliseconds after;
};
struct Report {
    Error error;
};
struct SetFreshness {
    Trust trust;
};
using Action = std::variant<SendList, OpenWatch, CloseRequest, Apply, Remove, CommitSnapshot, ArmIdle, ArmWait, Report,
    SetFreshness>;

struct Step {
    State next;
    QList<Action> actions; ///< requests and timers among them belong to next.generation
};

[[nodiscard]] Step step(State state, const Input &input, const Policy &policy);

} // namespace kube::reflector
