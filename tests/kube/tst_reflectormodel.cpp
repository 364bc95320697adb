// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The reflector and its store against a reference server: random histories and faults, and random inputs with
// invariants.

#include "support/kube_history.h"
#include "support/kube_reflector.h"

#include "kube/lineframer.h"
#include "kube/objectstore.h"
#include "kube/watchevent.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace kube;
using namespace kube::reflector;
using support::History;
using support::makeError;

namespace {

struct Faults {
    bool expire = true;    ///< compaction, as HTTP status and as event
    bool cut = true;       ///< ends of streams at any byte
    bool refuse = true;    ///< requests that fail
    bool garbage = true;   ///< lines that cannot be read
    bool elsewhere = true; ///< versions move on without an event
};

/// Performs the actions of the reflector against a History, in random order and with random faults.
class Cluster {
public:
    Cluster(quint32 seed, Faults possible)
        : history(seed)
        , faults(possible)
        , framer(1 << 20)
    {
        run.policy.pageSize = 3;
        run.jitter = 0.3;
    }

    void command(What what) { take(run.feed(std::move(what), 0)); }

    /// Something happens: the cluster changes, bytes move, time passes.
    void turn(bool mischief)
    {
        auto &random = history.random;
        run.now += random.bounded(200);
        switch (random.bounded(mischief ? 12 : 4)) {
        case 0:
        case 1:
        case 2:
            serve(mischief);
            break;
        case 3:
            timers();
            break;
        case 4:
        case 5:
            history.change();
            break;
        case 6:
            if (faults.elsewhere)
                history.elsewhere();
            break;
        case 7:
            if (faults.expire && random.bounded(6) == 0)
                history.compact();
            break;
        case 8:
            if (faults.cut && watch && random.bounded(3) == 0)
                cutWatch(random.bounded(2) == 0);
            break;
        case 9:
            if (watch && random.bounded(3) == 0)
                sendBookmark();
            break;
        case 10:
            run.now += random.bounded(4000);
            break;
        case 11:
            if (random.bounded(20) == 0)
                command(random.bounded(2) == 0 ? What(Resume{}) : What(CredentialsChanged{}));
            break;
        }
    }
    [[nodiscard]] bool settled() const
    {
        return run.state.phase == Phase::Watching && watch && watch->out.isEmpty() && !history.after(watch->version);
    }

    History history;
    Faults faults;
    support::Run run;
    ObjectStore store;
    QMap<QString, History::Row> shown; ///< what an owner makes of the change sets
    int lists = 0, commits = 0, opens = 0, expiries = 0, garbage = 0;
    QString failure;

private:
    struct Watch {
        quint64 generation = 0;
        qint64 version = 0;
        bool opened = false;
        QByteArray out; ///< on its way
    };

    void fail(const QString &what)
    {
        if (failure.isEmpty())
            failure = what;
    }

    void take(const QList<Action> &actions)
    {
        for (const Action &action : actions)
            std::visit([this](const auto &one) { perform(one); }, action);
        const ChangeSet changes = store.takeChanges();
        for (const ObjectPtr &object : changes.removed) {
            if (shown.value(object->key.name).uid != object->uid)
                fail(u"removed %1, which was not shown"_s.arg(object->key.name));
            shown.remove(object->key.name);
        }
        for (const ObjectPtr &object : changes.added) {
            if (shown.contains(object->key.name))
                fail(u"added %1 twice"_s.arg(object->key.name));
            show(object);
        }
        for (const ObjectPtr &object : changes.updated) {
            const auto before = shown.constFind(object->key.name);
            if (before == shown.cend() || before->uid != object->uid)
                fail(u"updated %1, which was not shown"_s.arg(object->key.name));
            else if (before->rv == object->resourceVersion.toLongLong())
                fail(u"updated %1 with the same state"_s.arg(object->key.name));
            show(object);
        }
    }
    void show(const ObjectPtr &object)
    {
        shown.insert(object->key.name,
            {object->uid, object->resourceVersion.toLongLong(), object->json.value("value"_L1).toInt()});
    }

    void perform(const SendList &list)
    {
        if (request || watch)
            fail(u"two requests are open"_s);
        request = list;
        requestGeneration = run.state.generation;
        waitDue.reset();
        if (list.continueToken.isEmpty())
            ++lists;
    }
    void perform(const OpenWatch &open)
    {
        if (request || watch)
            fail(u"two requests are open"_s);
        watch = Watch{run.state.generation, open.rv.toLongLong(), false, {}};
        framer.clear();
        waitDue.reset();
        ++opens;
        if (open.rv.toLongLong() != expected)
            fail(u"a watch begins at %1, we have all up to %2"_s.arg(open.rv).arg(expected));
    }
    void perform(const CloseRequest &)
    {
        request.reset();
        watch.reset();
        idleDue.reset();
    }
    /// Every event of the history comes, once, in order.
    void event(const ObjectKey &key, qint64 rv, bool deleted)
    {
        const History::Change *change = history.after(expected);
        if (!change || change->rv != rv || change->name != key.name || (change->type == "DELETED") != deleted)
            fail(u"event %1 @%2 came, %3 was due"_s.arg(key.name).arg(rv).arg(change ? change->rv : -1));
        expected = rv;
    }
    void perform(const Apply &apply)
    {
        event(apply.object->key, apply.object->resourceVersion.toLongLong(), false);
        store.apply(apply.object);
    }
    void perform(const Remove &remove)
    {
        event(remove.key, remove.last->resourceVersion.toLongLong(), true);
        store.remove(remove.last);
    }
    void perform(const CommitSnapshot &commit)
    {
        ++commits;
        expected = commit.rv.toLongLong();
        store.replace(commit.items);
        if (store.size() != commit.items.size())
            fail(u"after the commit the store is not the list"_s);
        for (const ObjectPtr &object : commit.items) {
            if (store.find(object->key)->resourceVersion != object->resourceVersion)
                fail(u"after the commit %1 is not as listed"_s.arg(object->key.name));
        }
    }
    void perform(const ArmIdle &idle) { idleDue = run.now + idle.after.count(); }
    void perform(const ArmWait &wait)
    {
        if (request || watch)
            fail(u"waiting with an open request"_s);
        waitDue = run.now + wait.after.count();
        waitGeneration = run.state.generation;
    }
    void perform(const Report &) { }
    void perform(const SetFreshness &set)
    {
        if (set.trust.state == Freshness::State::Live && commits == 0)
            fail(u"live without a copy"_s);
    }

    void serve(bool mischief)
    {
        auto &random = history.random;
        if (request)
            return answerList(mischief);
        if (!watch)
            return;
        if (!watch->opened)
            return answerWatch(mischief);
        // The server writes what is due, the network brings a part of it.
        if (faults.expire && history.tooOld(watch->version)) {
            watch->out
                += R"({"type":"ERROR","object":{"kind":"Status","status":"Failure","reason":"Expired","code":410}})"
                   "\n";
            watch->version = history.rv;
            ++expiries;
        }
        for (int i = random.bounded(4); i > 0; --i) {
            const auto line = history.next(watch->version);
            if (!line)
                break;
            if (mischief && faults.garbage && random.bounded(60) == 0) {
                watch->out += line->left(line->size() / 2) + '\n';
                ++garbage;
            } else {
                watch->out += *line;
            }
        }
        receive(mischief ? random.bounded(1, 400) : int(watch->out.size()));
    }
    void receive(qsizetype count)
    {
        const QByteArray bytes = watch->out.left(count);
        watch->out.remove(0, bytes.size());
        const quint64 generation = watch->generation;
        for (const LineFramer::Line &line : framer.feed(bytes)) {
            if (generation != run.state.generation)
                break;
            const WatchEvent event = decodeWatchEvent(line.text, u"Thing"_s, {}, {});
            switch (event.type) {
            case WatchEvent::Type::Added:
            case WatchEvent::Type::Modified:
                input(generation, Event{event.object, false});
                break;
            case WatchEvent::Type::Deleted:
                input(generation, Event{event.object, true});
                break;
            case WatchEvent::Type::Bookmark:
                expected = std::max(expected, event.resourceVersion.toLongLong());
                input(generation, Bookmark{event.resourceVersion});
                break;
            case WatchEvent::Type::Error:
                input(generation, ErrorEvent{event.error});
                break;
            case WatchEvent::Type::Undecodable:
                input(generation, Undecodable{event.error, event.key, event.resourceVersion, event.deleted});
                break;
            }
        }
    }
    void input(quint64 generation, What what) { take(run.feed(std::move(what), 0, generation)); }

    void answerList(bool mischief)
    {
        auto &random = history.random;
        const SendList list = *std::exchange(request, std::nullopt);
        const quint64 generation = requestGeneration;
        if (mischief && faults.refuse && random.bounded(4) == 0) {
            const ErrorKind kinds[] = {ErrorKind::Refused, ErrorKind::Server, ErrorKind::Cut, ErrorKind::Unauthorized,
                ErrorKind::Forbidden, ErrorKind::VersionTooLarge, ErrorKind::TooManyRequests, ErrorKind::NotFound};
            return input(generation, ListFailed{makeError(kinds[random.bounded(8)])});
        }
        if (list.from == From::NotOlder && list.continueToken.isEmpty() && mischief && faults.expire
            && random.bounded(8) == 0)
            return input(generation, ListFailed{makeError(ErrorKind::Expired, 410)});
        const History::Listed answer = history.list(list.continueToken, list.limit);
        if (answer.status == 410)
            return input(generation, ListFailed{makeError(ErrorKind::Expired, 410)});
        input(generation, Page{answer.items, answer.rv, answer.token, {}});
    }
    void answerWatch(bool mischief)
    {
        auto &random = history.random;
        const quint64 generation = watch->generation;
        if (faults.expire && history.tooOld(watch->version)) {
            ++expiries;
            if (random.bounded(2) == 0) {
                watch.reset();
                return input(generation, StreamEnded{makeError(ErrorKind::Expired, 410)});
            }
        }
        if (mischief && faults.refuse && random.bounded(4) == 0) {
            watch.reset();
            const ErrorKind kinds[]
                = {ErrorKind::Refused, ErrorKind::Server, ErrorKind::Timeout, ErrorKind::Unauthorized};
            return input(generation, StreamEnded{makeError(kinds[random.bounded(4)])});
        }
        watch->opened = true;
        input(generation, Opened{});
    }
    void cutWatch(bool clean)
    {
        if (!watch->opened)
            return;
        if (!watch->out.isEmpty())
            receive(history.random.bounded(int(watch->out.size())) + 1);
        if (!watch)
            return;
        const quint64 generation = watch->generation;
        watch.reset();
        input(generation, StreamEnded{clean ? std::nullopt : std::optional(makeError(ErrorKind::Cut))});
    }
    void sendBookmark()
    {
        // As the server does: only when everything up to there has been sent.
        if (!watch->opened || history.after(watch->version) || history.tooOld(watch->version))
            return;
        watch->version = history.rv;
        watch->out += History::bookmark(watch->version);
    }
    void timers()
    {
        if (waitDue && run.now >= *waitDue) {
            waitDue.reset();
            input(waitGeneration, WaitOver{});
        } else if (waitDue && !request && !watch) {
            run.now = *waitDue;
        } else if (idleDue && watch && run.now >= *idleDue) {
            const quint64 generation = watch->generation;
            input(generation, IdleTimeout{});
        } else if (run.state.phase == Phase::Parked && !waitDue) {
            command(CredentialsChanged{});
        }
    }

    LineFramer framer;
    std::optional<SendList> request;
    quint64 requestGeneration = 0, waitGeneration = 0;
    std::optional<Watch> watch;
    std::optional<qint64> waitDue, idleDue;
    qint64 expected = 0; ///< version up to which the events have come
};

QMap<QString, History::Row> contentOf(const ObjectStore &store)
{
    QMap<QString, History::Row> content;
    for (const ObjectPtr &object : store.objects())
        content.insert(object->key.name,
            {object->uid, object->resourceVersion.toLongLong(), object->json.value("value"_L1).toInt()});
    return content;
}

} // namespace

class TestReflectorModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyHistory_data();
    void everyHistory();
    void resumesWithoutListing();
    void randomInputs();
};

void TestReflectorModel::everyHistory_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 120; ++seed)
        QTest::addRow("%u", seed) << seed;
}

void TestReflectorModel::everyHistory()
{
    QFETCH(const quint32, seed);
    Cluster cluster(seed, {});
    for (int i = 0; i < 5; ++i)
        cluster.history.change();
    cluster.command(Start{});
    for (int i = 0; i < 1500; ++i) {
        cluster.turn(true);
        if (i == 700 && seed % 5 == 0) {
            cluster.command(Stop{});
            for (int missed = 0; missed < 5; ++missed)
                cluster.history.change();
            cluster.command(Start{});
        }
        QVERIFY2(cluster.failure.isEmpty(), qPrintable(cluster.failure));
    }
    for (int i = 0; i < 20000 && !cluster.settled(); ++i)
        cluster.turn(false);
    QVERIFY2(cluster.failure.isEmpty(), qPrintable(cluster.failure));
    QVERIFY2(cluster.settled(), support::phaseName(cluster.run.state.phase));
    QCOMPARE(contentOf(cluster.store), cluster.history.rows);
    QCOMPARE(cluster.shown, cluster.history.rows);
    QCOMPARE(cluster.run.state.trust.state, Freshness::State::Live);
}

/// However the streams end: while the server still has our version, nothing is listed again.
void TestReflectorModel::resumesWithoutListing()
{
    for (quint32 seed = 1; seed <= 40; ++seed) {
        Cluster cluster(seed, {.expire = false, .cut = true, .refuse = false, .garbage = false, .elsewhere = true});
        // An end at once and without an event is held against the server the third time; these here had events or
        // lasted.
        cluster.run.policy.shortWatch = std::chrono::milliseconds(0);
        cluster.command(Start{});
        for (int i = 0; i < 1500; ++i)
            cluster.turn(true);
        for (int i = 0; i < 20000 && !cluster.settled(); ++i)
            cluster.turn(false);
        QVERIFY2(cluster.failure.isEmpty(), qPrintable(cluster.failure));
        QCOMPARE(contentOf(cluster.store), cluster.history.rows);
        QCOMPARE(cluster.lists, 1);
        QVERIFY(cluster.opens > 5);
    }
}

/// Inputs in any order, some of old generations.
void TestReflectorModel::randomInputs()
{
    using K = ErrorKind;
    const K kinds[] = {K::Refused, K::Timeout, K::Cut, K::Server, K::TooManyRequests, K::Expired, K::VersionTooLarge,
        K::Unauthorized, K::Forbidden, K::NotFound, K::Invalid, K::Undecodable, K::TlsExpired, K::Credential,
        K::ConsentNeeded, K::Cancelled};
    for (quint32 seed = 1; seed <= 60; ++seed) {
        QRandomGenerator random(seed);
        support::Run run;
        int open = 0;
        bool waitArmed = false;
        qint64 version = 100;
        for (int i = 0; i < 2000; ++i) {
            const auto error = [&] { return makeError(kinds[random.bounded(int(std::size(kinds)))]); };
            const auto name = [&] { return u"o%1"_s.arg(random.bounded(5)); };
            What what;
            switch (random.bounded(16)) {
            case 0:
                what = Start{};
                break;
            case 1:
                if (random.bounded(10) == 0)
                    what = Stop{};
                break;
            case 2:
                what = Page{{support::makePlain(name(), QString::number(++version))},
                    random.bounded(9) ? QString::number(++version) : QString(),
                    random.bounded(3) ? QString() : u"t%1"_s.arg(random.bounded(3)), {}};
                break;
            case 3:
                what = ListFailed{error()};
                break;
            case 4:
            case 5:
                what = Opened{};
                break;
            case 6:
            case 7:
                what = Event{support::makePlain(name(), QString::number(++version)), random.bounded(4) == 0};
                break;
            case 8:
                what = Bookmark{random.bounded(9) ? QString::number(++version) : QString()};
                break;
            case 9:
                what = ErrorEvent{error()};
                break;
            case 10:
                what = StreamEnded{random.bounded(2) ? std::optional(error()) : std::nullopt};
                break;
            case 11:
                what = IdleTimeout{};
                break;
            case 12:
            case 13:
                what = WaitOver{};
                break;
            case 14:
                what = random.bounded(2) ? What(CredentialsChanged{}) : What(Resume{});
                break;
            case 15:
                what = Undecodable{
                    error(), {u"ns"_s, name()}, random.bounded(2) ? QString::number(++version) : QString(), false};
                break;
            }
            const State before = run.state;
            const bool old = random.bounded(5) == 0;
            const bool command = std::holds_alternative<Start>(what) || std::holds_alternative<Stop>(what)
                || std::holds_alternative<Resume>(what) || std::holds_alternative<CredentialsChanged>(what);
            const bool answered = !command && !old
                && ((before.phase == Phase::Listing
                        && (std::holds_alternative<Page>(what) || std::holds_alternative<ListFailed>(what)))
                    || ((before.phase == Phase::Opening || before.phase == Phase::Watching)
                        && std::holds_alternative<StreamEnded>(what)));
            const bool failed = !command && !old
                && ((before.phase == Phase::Listing && std::holds_alternative<ListFailed>(what))
                    || (before.phase == Phase::Opening && std::holds_alternative<StreamEnded>(what))
                    || (before.phase == Phase::Watching && std::holds_alternative<ErrorEvent>(what)));
            run.jitter = random.generateDouble();
            const auto actions = run.feed(
                what, random.bounded(3000), old && !command ? std::optional(before.generation + 7) : std::nullopt);

            if (old && !command) {
                QVERIFY(actions.isEmpty());
                QCOMPARE(run.state.rv, before.rv);
                QCOMPARE(run.state.generation, before.generation);
                continue;
            }
            if (answered)
                --open;
            for (const Action &action : actions) {
                if (std::holds_alternative<CloseRequest>(action)) {
                    open = 0;
                } else if (std::holds_alternative<SendList>(action) || std::holds_alternative<OpenWatch>(action)) {
                    ++open;
                    waitArmed = false;
                } else if (std::holds_alternative<ArmWait>(action)) {
                    waitArmed = true;
                } else if (const auto *commit = std::get_if<CommitSnapshot>(&action)) {
                    QVERIFY(!commit->rv.isEmpty());
                    QCOMPARE(run.state.rv, commit->rv);
                }
                QVERIFY2(open >= 0 && open <= 1, qPrintable(support::textOf(actions)));
            }
            const Phase phase = run.state.phase;
            if (failed)
                QVERIFY2(phase == Phase::Waiting || phase == Phase::Parked || phase == Phase::Listing,
                    support::phaseName(phase));
            QCOMPARE(open, phase == Phase::Listing || phase == Phase::Opening || phase == Phase::Watching ? 1 : 0);
            if (phase == Phase::Waiting)
                QVERIFY(waitArmed);
            if (phase == Phase::Opening || phase == Phase::Watching)
                QVERIFY(!run.state.rv.isEmpty() && run.state.rv != "0"_L1);
            QVERIFY(phase == Phase::Listing || run.state.buffer.isEmpty());
            if (run.state.trust.state == Freshness::State::Live)
                QVERIFY(!run.state.rv.isEmpty());
        }
    }
}

QTEST_GUILESS_MAIN(TestReflectorModel)
#include "tst_reflectormodel.moc"
