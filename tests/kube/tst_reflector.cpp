// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Every transition of the reflector, one row each.

#include "support/kube_reflector.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace kube;
using namespace kube::reflector;
using support::makeError;
using support::makePlain;

namespace {

struct Timed {
    What what;
    qint64 after = 10;
};
using Inputs = QList<Timed>;

Page page(const QStringList &names, const QString &rv = u"100"_s, const QString &token = {})
{
    Page page;
    for (const QString &name : names)
        page.items.append(makePlain(name, u"90"_s));
    page.rv = rv;
    page.continueToken = token;
    return page;
}

ListFailed listFailed(ErrorKind kind, int status = 0, std::chrono::milliseconds retryAfter = {})
{
    return {makeError(kind, status, retryAfter)};
}
StreamEnded ended(std::optional<ErrorKind> kind = {}, int status = 0)
{
    return {kind ? std::optional(makeError(*kind, status)) : std::nullopt};
}
ErrorEvent errorEvent(ErrorKind kind, int status)
{
    return {makeError(kind, status)};
}
Event seen(const QString &name, const QString &rv, bool deleted = false)
{
    return {makePlain(name, rv), deleted};
}
Undecodable undecodable(const QString &name, const QString &rv, bool deleted = false)
{
    return {makeError(ErrorKind::Undecodable), {u"ns"_s, name}, rv, deleted};
}

const Inputs listing{{Start{}}};
const Inputs opening{{Start{}}, {page({u"a"_s})}};
const Inputs watching{{Start{}}, {page({u"a"_s})}, {Opened{}}};

} // namespace

class TestReflector : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void steps_data();
    void steps();
    void oldGenerationsChangeNothing();
    void versionComesFromTheListNotItsObjects();
    void anEventCountsOnce();
    void backoffGrowsAndIsForgotten();
    void staleSinceTheLastSignOfLife();
    void staleSinceTheLastSignWhenTheReplacementFails();
    void sinceStaysWhileTheCauseChanges();
    void undecodableIsReportedOnce();
    void watchTimeoutIsSpread();
};

void TestReflector::steps_data()
{
    QTest::addColumn<Inputs>("before");
    QTest::addColumn<Timed>("input");
    QTest::addColumn<QString>("phase");
    QTest::addColumn<QString>("actions");
    const auto row = [](const char *name, Inputs before, Timed input, const char *phase, const char *actions) {
        QTest::newRow(name) << before << input << QString::fromLatin1(phase) << QString::fromLatin1(actions);
    };
    const auto plus = [](Inputs before, const Inputs &more) { return before + more; };
    using K = ErrorKind;

    // Stopped
    row("stopped, start", {}, {Start{}}, "Listing", "loading; list any limit 500");
    row("stopped, start again resumes", plus(watching, {{Stop{}}}), {Start{}}, "Opening", "stale; watch 100 for 265");
    row("stopped, stop", {}, {Stop{}}, "Stopped", "");
    row("stopped, resume", {}, {Resume{}}, "Stopped", "");

    // Listing
    row("listing, start", listing, {Start{}}, "Listing", "");
    row("listing, page, more", listing, {page({u"a"_s}, u"100"_s, u"t1"_s)}, "Listing", "list continue t1 limit 500");
    row("listing, page, last", plus(listing, {{page({u"a"_s}, u"100"_s, u"t1"_s)}}), {page({u"b"_s}, u"100"_s)},
        "Opening", "commit 2 @100; live; watch 100 for 265");
    row("listing, empty list", listing, {page({}, u"100"_s)}, "Opening", "commit 0 @100; live; watch 100 for 265");
    row("listing, list without version", listing, {page({u"a"_s}, {})}, "Waiting",
        "wait 400; loading undecodable retry");
    row("listing, version 0 is none", listing, {page({u"a"_s}, u"0"_s)}, "Waiting",
        "wait 400; loading undecodable retry");
    row("waiting after a list without version", plus(listing, {{page({u"a"_s}, {})}}), {WaitOver{}}, "Listing",
        "loading undecodable; list latest limit 500");
    row("listing, same token again", plus(listing, {{page({u"a"_s}, u"100"_s, u"t1"_s)}}),
        {page({u"b"_s}, u"100"_s, u"t1"_s)}, "Waiting", "wait 400; loading undecodable retry");
    row("listing, expired", listing, {listFailed(K::Expired, 410)}, "Listing", "list latest limit 500");
    row("listing, version too large", listing, {listFailed(K::VersionTooLarge, 504)}, "Listing",
        "list latest limit 500");
    row("listing, expired twice", plus(listing, {{listFailed(K::Expired, 410)}}), {listFailed(K::Expired, 410)},
        "Waiting", "wait 400; loading expired retry");
    row("listing, 410 on continue", plus(listing, {{page({u"a"_s}, u"100"_s, u"t1"_s)}}), {listFailed(K::Expired, 410)},
        "Listing", "list latest limit 500");
    row("listing, bad continue key", plus(listing, {{page({u"a"_s}, u"100"_s, u"t1"_s)}}),
        {listFailed(K::Invalid, 400)}, "Listing", "list latest limit 500");
    row("listing, 410 on continue twice",
        plus(listing,
            {{page({u"a"_s}, u"100"_s, u"t1"_s)}, {listFailed(K::Expired, 410)}, {page({u"a"_s}, u"101"_s, u"t2"_s)}}),
        {listFailed(K::Expired, 410)}, "Waiting", "wait 400; loading expired retry");
    row("... then all at once",
        plus(listing,
            {{page({u"a"_s}, u"100"_s, u"t1"_s)}, {listFailed(K::Expired, 410)}, {page({u"a"_s}, u"101"_s, u"t2"_s)},
                {listFailed(K::Expired, 410)}}),
        {WaitOver{}}, "Listing", "loading expired; list latest limit 0");
    row("listing, 401", listing, {listFailed(K::Unauthorized, 401)}, "Parked", "wait 30000; denied unauthorized retry");
    row("listing, 401, later", plus(listing, {{listFailed(K::Unauthorized, 401)}}), {WaitOver{}}, "Listing",
        "denied unauthorized; list any limit 500");
    row("listing, 403", listing, {listFailed(K::Forbidden, 403)}, "Parked", "wait 300000; denied forbidden retry");
    row("listing, 404", listing, {listFailed(K::NotFound, 404)}, "Parked", "wait 300000; missing not-found retry");
    row("listing, consent", listing, {listFailed(K::ConsentNeeded)}, "Parked", "denied consent-needed");
    row("listing, credential", listing, {listFailed(K::Credential)}, "Parked", "wait 300000; denied credential retry");
    row("listing, 500", listing, {listFailed(K::Server, 500)}, "Waiting", "wait 400; loading server retry");
    row("listing, cut", listing, {listFailed(K::Cut)}, "Waiting", "wait 400; loading cut retry");
    row("listing, no answer: at once over other connections", listing, {listFailed(K::Timeout), 15000}, "Listing",
        "loading timeout; list any limit 500 within 60000");
    row("listing, no answer to a later page", plus(listing, {{page({u"a"_s}, u"100"_s, u"t1"_s)}}),
        {listFailed(K::Timeout), 15000}, "Listing", "loading timeout; list continue t1 limit 500 within 60000");
    row("listing, silent in the middle of the answer", listing, {listFailed(K::Timeout, 200), 15000}, "Listing",
        "loading timeout; list any limit 500 within 60000");
    row("listing, no answer, then one", plus(listing, {{listFailed(K::Timeout), 15000}}), {page({u"a"_s})}, "Opening",
        "commit 1 @100; live; watch 100 for 265");
    row("listing, no answer twice", plus(listing, {{listFailed(K::Timeout), 15000}}), {listFailed(K::Timeout), 60000},
        "Waiting", "wait 400; loading timeout retry");
    row("waiting after no answer twice",
        plus(listing, {{listFailed(K::Timeout), 15000}, {listFailed(K::Timeout), 60000}}), {WaitOver{}}, "Listing",
        "loading timeout; list any limit 500 within 60000");
    row("listing, a slow server has its time for the next page too", plus(listing, {{listFailed(K::Timeout), 15000}}),
        {page({u"a"_s}, u"100"_s, u"t1"_s), 20000}, "Listing", "list continue t1 limit 500 within 60000");
    row("listing, quick again", plus(listing, {{listFailed(K::Timeout), 15000}}),
        {page({u"a"_s}, u"100"_s, u"t1"_s), 14999}, "Listing", "list continue t1 limit 500");
    row("listing anew, no answer: what was read stays", plus(opening, {{ended(K::Expired, 410)}}),
        {listFailed(K::Timeout), 15000}, "Listing", "stale timeout; list not-older 100 limit 500 within 60000");
    row("listing, the server says 504", listing, {listFailed(K::Timeout, 504)}, "Waiting",
        "wait 400; loading timeout retry");
    row("listing, untrusted", listing, {listFailed(K::TlsUntrusted)}, "Waiting",
        "wait 400; loading tls-untrusted retry");
    row("listing, 429 with Retry-After", listing, {listFailed(K::TooManyRequests, 429, std::chrono::seconds(7))},
        "Waiting", "wait 7000; loading too-many-requests retry");
    row("listing, 429 with a short Retry-After", listing,
        {listFailed(K::TooManyRequests, 429, std::chrono::milliseconds(100))}, "Waiting",
        "wait 400; loading too-many-requests retry");
    row("listing, stop", listing, {Stop{}}, "Stopped", "close");

    // Opening
    row("opening, opened", opening, {Opened{}}, "Watching", "idle 275000");
    row("opening, refused", opening, {ended(K::Refused)}, "Waiting", "wait 400; stale refused retry");
    row("opening, timeout", opening, {ended(K::Timeout)}, "Waiting", "wait 400; stale timeout retry");
    row("opening, 429", opening, {ended(K::TooManyRequests, 429)}, "Waiting",
        "wait 400; stale too-many-requests retry");
    row("opening, 503", opening, {ended(K::Server, 503)}, "Waiting", "wait 400; stale server retry");
    row("opening, ended before it began", opening, {ended()}, "Waiting", "wait 400; stale cut retry");
    row("opening, too large version", opening, {ended(K::VersionTooLarge, 504)}, "Waiting",
        "wait 400; stale version-too-large retry");
    row("waiting for a failed opening keeps the version", plus(opening, {{ended(K::Refused)}}), {WaitOver{}}, "Opening",
        "stale refused; watch 100 for 265");
    Inputs four = opening;
    Inputs fourRefused = opening;
    for (int i = 0; i < 4; ++i) {
        four += Inputs{{ended(K::Server, 503)}, {WaitOver{}}};
        fourRefused += Inputs{{ended(K::Refused)}, {WaitOver{}}};
    }
    row("opening, 503 for the fifth time", four, {ended(K::Server, 503)}, "Waiting", "wait 6400; stale server retry");
    row("... then list", plus(four, {{ended(K::Server, 503)}}), {WaitOver{}}, "Listing",
        "stale server; list not-older 100 limit 500");
    row("opening, refused for the fifth time: resume all the same", plus(fourRefused, {{ended(K::Refused)}}),
        {WaitOver{}}, "Opening", "stale refused; watch 100 for 265");
    row("opening, 410", opening, {ended(K::Expired, 410)}, "Listing", "stale expired; list not-older 100 limit 500");
    row("opening, 410, then the list too", plus(opening, {{ended(K::Expired, 410)}}), {listFailed(K::Expired, 410)},
        "Listing", "list latest limit 500");
    row("opening, 410 again after a list", plus(opening, {{ended(K::Expired, 410)}, {page({}, u"101"_s)}}),
        {ended(K::Expired, 410)}, "Waiting", "stale expired; wait 400; stale expired retry");
    row("opening, 401", opening, {ended(K::Unauthorized, 401)}, "Parked",
        "wait 30000; denied unauthorized retry");
    row("opening, 401, new credentials", plus(opening, {{ended(K::Unauthorized, 401)}}), {CredentialsChanged{}},
        "Opening", "denied unauthorized; watch 100 for 265");
    row("opening, 403", opening, {ended(K::Forbidden, 403)}, "Parked", "wait 300000; denied forbidden retry");
    row("opening, 404", opening, {ended(K::NotFound, 404)}, "Parked", "wait 300000; missing not-found retry");
    row("opening, 404, later", plus(opening, {{ended(K::NotFound, 404)}}), {WaitOver{}}, "Listing",
        "missing not-found; list latest limit 500");
    row("opening, 400: perhaps it is the version", opening, {ended(K::Invalid, 400)}, "Waiting",
        "wait 400; stale invalid retry");
    row("opening, stop", opening, {Stop{}}, "Stopped", "close");

    // Watching
    row("watching, added", watching, {seen(u"b"_s, u"101"_s)}, "Watching", "idle 275000; apply b");
    row("watching, deleted", watching, {seen(u"a"_s, u"101"_s, true)}, "Watching", "idle 275000; remove a");
    row("watching, bookmark", watching, {Bookmark{u"120"_s}}, "Watching", "idle 90000");
    row("watching, event after bookmark", plus(watching, {{Bookmark{u"120"_s}}}), {seen(u"b"_s, u"121"_s)}, "Watching",
        "idle 90000; apply b");
    row("watching, no further bookmark", plus(watching, {{Bookmark{u"120"_s}}}), {IdleTimeout{}, 90000}, "Opening",
        "close; watch 120 for 265");
    row("watching, no further bookmark, opened again", plus(watching, {{Bookmark{u"120"_s}}, {IdleTimeout{}, 90000}}),
        {Opened{}}, "Watching", "idle 275000");
    row("watching, server known to be gone", watching, {ended(K::Timeout), 85000}, "Opening",
        "stale timeout; watch 100 for 265");
    row("watching, server known to refuse", watching, {ended(K::Refused), 85000}, "Opening",
        "stale refused; watch 100 for 265");
    row("watching, resume after bookmark", plus(watching, {{Bookmark{u"120"_s}}}), {ended(), 2000}, "Opening",
        "watch 120 for 265");
    row("watching, undecodable with version", watching, {undecodable(u"a"_s, u"101"_s)}, "Watching",
        "idle 275000; report undecodable");
    row("... whose version counts", plus(watching, {{undecodable(u"a"_s, u"101"_s)}}), {ended()}, "Opening",
        "watch 101 for 265");
    row("watching, undecodable and deleted", watching, {undecodable(u"a"_s, u"101"_s, true)}, "Watching",
        "idle 275000; report undecodable; remove a");
    row("watching, garbage", watching, {undecodable({}, {})}, "Waiting",
        "idle 275000; report undecodable; close; wait 400; stale undecodable retry");
    row("watching, garbage, resumes", plus(watching, {{undecodable({}, {})}}), {WaitOver{}}, "Opening",
        "stale undecodable; watch 100 for 265");
    row("watching, garbage again at the same version",
        plus(watching, {{undecodable({}, {})}, {WaitOver{}}, {Opened{}}, {undecodable({}, {})}}), {WaitOver{}},
        "Listing", "stale undecodable; list not-older 100 limit 500");
    row("watching, error event 410", watching, {errorEvent(K::Expired, 410)}, "Listing",
        "close; stale expired; list not-older 100 limit 500");
    row("watching, error event 410, then live with the commit", plus(watching, {{errorEvent(K::Expired, 410)}}),
        {page({u"b"_s}, u"150"_s)}, "Opening", "commit 1 @150; live; watch 150 for 265");
    row("watching, error event 429", watching, {errorEvent(K::TooManyRequests, 429)}, "Waiting",
        "close; wait 400; stale too-many-requests retry");
    row("watching, error event 500", watching, {errorEvent(K::Server, 500)}, "Waiting",
        "close; wait 400; stale server retry");
    row("watching, error event 403", watching, {errorEvent(K::Forbidden, 403)}, "Parked",
        "close; wait 300000; denied forbidden retry");
    row("watching, end after a second", watching, {ended(), 1000}, "Opening", "watch 100 for 265");
    row("watching, end after an event", plus(watching, {{seen(u"b"_s, u"101"_s)}}), {ended()}, "Opening",
        "watch 101 for 265");
    row("watching, cut after an event", plus(watching, {{seen(u"b"_s, u"101"_s)}}), {ended(K::Cut)}, "Opening",
        "watch 101 for 265");
    row("watching, end at once", watching, {ended(), 999}, "Waiting", "wait 400; stale cut retry");
    row("watching, end at once, resumes", plus(watching, {{ended()}}), {WaitOver{}}, "Opening",
        "stale cut; watch 100 for 265");
    row("watching, end at once, third time",
        plus(watching, {{ended()}, {WaitOver{}}, {Opened{}}, {ended()}, {WaitOver{}}, {Opened{}}, {ended()}}),
        {WaitOver{}}, "Listing", "stale cut; list not-older 100 limit 500");
    row("watching, idle", watching, {IdleTimeout{}, 275000}, "Opening", "close; stale timeout; watch 100 for 265");
    row("watching, idle, opened again", plus(watching, {{IdleTimeout{}, 275000}}), {Opened{}}, "Watching",
        "idle 275000; live");
    row("watching, stop", watching, {Stop{}}, "Stopped", "close");
    row("watching, resume soon after a sign", watching, {Resume{}, 90000}, "Watching", "");
    row("watching, resume after long silence", watching, {Resume{}, 90001}, "Opening", "close; watch 100 for 265");
    row("watching, credentials changed", watching, {CredentialsChanged{}}, "Watching", "");

    // Waiting, Parked
    row("opening, resume at once", opening, {Resume{}, 5000}, "Opening", "");
    row("opening, resume after a while", opening, {Resume{}, 5001}, "Opening", "close; watch 100 for 265");
    row("listing, resume at once", listing, {Resume{}, 5000}, "Listing", "");
    row("listing, resume after a while", listing, {Resume{}, 5001}, "Listing", "close; list any limit 500");
    row("listing, resume keeps the pages", plus(listing, {{page({u"a"_s}, u"100"_s, u"t1"_s)}}), {Resume{}, 5001},
        "Listing", "close; list continue t1 limit 500");
    row("listing, resume, then the rest", plus(listing, {{page({u"a"_s}, u"100"_s, u"t1"_s)}, {Resume{}, 5001}}),
        {page({u"b"_s}, u"100"_s)}, "Opening", "commit 2 @100; live; watch 100 for 265");
    row("waiting, resume", plus(opening, {{ended(K::Refused)}}), {Resume{}}, "Opening",
        "stale refused; watch 100 for 265");
    row("waiting, resume a list", plus(listing, {{listFailed(K::Server, 500)}}), {Resume{}}, "Listing",
        "loading server; list any limit 500");
    row("waiting, credentials changed", plus(listing, {{listFailed(K::Server, 500)}}), {CredentialsChanged{}},
        "Waiting", "");
    row("waiting, stop", plus(listing, {{listFailed(K::Server, 500)}}), {Stop{}}, "Stopped", "close");
    row("parked 401, credentials changed", plus(listing, {{listFailed(K::Unauthorized, 401)}}), {CredentialsChanged{}},
        "Listing", "denied unauthorized; list any limit 500");
    row("parked 401, resume", plus(listing, {{listFailed(K::Unauthorized, 401)}}), {Resume{}}, "Listing",
        "denied unauthorized; list any limit 500");
    row("parked 403, five minutes", plus(listing, {{listFailed(K::Forbidden, 403)}}), {WaitOver{}, 300000}, "Listing",
        "denied forbidden; list any limit 500");
    row("parked 403, resume", plus(listing, {{listFailed(K::Forbidden, 403)}}), {Resume{}}, "Listing",
        "denied forbidden; list any limit 500");
    row("parked 403, allowed now", plus(listing, {{listFailed(K::Forbidden, 403)}, {Resume{}}}), {page({u"a"_s})},
        "Opening", "commit 1 @100; live; watch 100 for 265");
    row("parked, stop", plus(listing, {{listFailed(K::Forbidden, 403)}}), {Stop{}}, "Stopped", "close");
}

void TestReflector::steps()
{
    QFETCH(const Inputs, before);
    QFETCH(const Timed, input);
    support::Run run;
    for (const Timed &one : before)
        run.feed(one.what, one.after);
    const quint64 generation = run.state.generation;
    const auto actions = run.feed(input.what, input.after);
    QTEST(QString::fromLatin1(support::phaseName(run.state.phase)), "phase");
    QTEST(support::textOf(actions), "actions");
    for (const Action &action : actions) {
        if (std::holds_alternative<SendList>(action) || std::holds_alternative<OpenWatch>(action)
            || std::holds_alternative<ArmWait>(action))
            QVERIFY(run.state.generation > generation);
    }
}

void TestReflector::oldGenerationsChangeNothing()
{
    support::Run run;
    for (const Timed &one : watching)
        run.feed(one.what, one.after);
    const State before = run.state;
    for (const What &what :
        {What(page({u"x"_s}, u"999"_s)), What(listFailed(ErrorKind::Forbidden)), What(seen(u"x"_s, u"999"_s)),
            What(Bookmark{u"999"_s}), What(errorEvent(ErrorKind::Expired, 410)), What(ended()), What(IdleTimeout{}),
            What(WaitOver{}), What(Opened{}), What(undecodable(u"x"_s, u"999"_s))}) {
        QVERIFY(run.feed(what, 10, before.generation - 1).isEmpty());
        QCOMPARE(run.state.rv, before.rv);
        QCOMPARE(run.state.phase, before.phase);
        QCOMPARE(run.state.generation, before.generation);
        QCOMPARE(run.state.lastSign, before.lastSign);
    }
}

void TestReflector::versionComesFromTheListNotItsObjects()
{
    support::Run run;
    run.feed(Start{});
    Page list = page({u"a"_s}, u"100"_s);
    list.items.append(makePlain(u"newer"_s, u"170"_s));
    QCOMPARE(support::textOf(run.feed(list)), u"commit 2 @100; live; watch 100 for 265"_s);
}

void TestReflector::anEventCountsOnce()
{
    support::Run run;
    for (const Timed &one : watching)
        run.feed(one.what, one.after);
    run.feed(seen(u"b"_s, u"101"_s));
    run.feed(seen(u"c"_s, u"9"_s)); // opaque: no order is assumed
    QCOMPARE(run.state.rv, u"9"_s);
}

void TestReflector::backoffGrowsAndIsForgotten()
{
    support::Run run;
    run.jitter = 1.0;
    run.feed(Start{});
    QStringList waits;
    for (int i = 0; i < 8; ++i) {
        waits.append(support::textOf(run.feed(listFailed(ErrorKind::Refused))).section(u';', 0, 0));
        run.feed(WaitOver{});
    }
    QCOMPARE(waits.join(u','), u"wait 800,wait 1600,wait 3200,wait 6400,wait 12800,wait 25600,wait 30000,wait 30000"_s);
    run.feed(page({}));
    // A watch of two minutes: healthy.
    run.feed(Opened{});
    run.feed(ended(), 120000);
    QCOMPARE(support::textOf(run.feed(ended(ErrorKind::Refused))), u"wait 800; stale refused retry"_s);
    run.feed(WaitOver{});
    QCOMPARE(support::textOf(run.feed(ended(ErrorKind::Refused))).section(u';', 0, 0), u"wait 1600"_s);
    run.feed(WaitOver{});
    // A short one that gave an event as well.
    run.feed(Opened{});
    run.feed(seen(u"b"_s, u"101"_s));
    run.feed(ended());
    QCOMPARE(support::textOf(run.feed(ended(ErrorKind::Refused))).section(u';', 0, 0), u"wait 800"_s);

    // Full jitter, but never a tight loop.
    run.feed(WaitOver{});
    run.jitter = 0;
    QCOMPARE(support::textOf(run.feed(ended(ErrorKind::Refused))).section(u';', 0, 0), u"wait 200"_s);
}

void TestReflector::staleSinceTheLastSignOfLife()
{
    support::Run run;
    for (const Timed &one : watching)
        run.feed(one.what, one.after);
    run.feed(seen(u"b"_s, u"101"_s));
    const qint64 sign = run.now;
    run.feed(IdleTimeout{}, 275000);
    QCOMPARE(run.state.trust.state, Freshness::State::Stale);
    QCOMPARE(run.state.trust.since, sign);
}

void TestReflector::staleSinceTheLastSignWhenTheReplacementFails()
{
    support::Run run;
    for (const Timed &one : watching)
        run.feed(one.what, one.after);
    run.feed(Bookmark{u"120"_s});
    const qint64 lastSign = run.now;
    run.feed(IdleTimeout{}, 90000);
    QCOMPARE(run.state.trust.state, Freshness::State::Live);
    run.feed(ended(ErrorKind::Timeout), 30000);
    QCOMPARE(run.state.trust.state, Freshness::State::Stale);
    QCOMPARE(run.state.trust.since, lastSign);
}

void TestReflector::sinceStaysWhileTheCauseChanges()
{
    support::Run run;
    for (const Timed &one : opening)
        run.feed(one.what, one.after);
    run.feed(ended(ErrorKind::Refused));
    const auto since = run.state.trust.since;
    run.feed(WaitOver{}, 800);
    run.feed(ended(ErrorKind::Server, 503));
    QCOMPARE(run.state.trust.since, since);
    QCOMPARE(run.state.trust.cause->kind, ErrorKind::Server);
    QCOMPARE(run.state.trust.retryAt, run.now + 800);
}

void TestReflector::undecodableIsReportedOnce()
{
    support::Run run;
    for (const Timed &one : watching)
        run.feed(one.what, one.after);
    QCOMPARE(support::textOf(run.feed(undecodable(u"a"_s, u"101"_s))), u"idle 275000; report undecodable"_s);
    QCOMPARE(support::textOf(run.feed(undecodable(u"a"_s, u"102"_s))), u"idle 275000"_s);
    QCOMPARE(support::textOf(run.feed(undecodable(u"b"_s, u"103"_s))), u"idle 275000; report undecodable"_s);
    QCOMPARE(run.state.rv, u"103"_s);
}

void TestReflector::watchTimeoutIsSpread()
{
    for (const auto &[jitter, seconds] : {std::pair(0.0, 240), {0.5, 265}, {0.999999, 290}, {1.0, 290}}) {
        support::Run run;
        run.jitter = jitter;
        run.feed(Start{});
        run.feed(page({}));
        QCOMPARE(run.state.timeoutSeconds, seconds);
        QCOMPARE(support::textOf(run.feed(Opened{})), u"idle %1"_s.arg((seconds + 10) * 1000));
    }
}

QTEST_GUILESS_MAIN(TestReflector)
#include "tst_reflector.moc"
