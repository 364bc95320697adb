// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/watcher.h"

#include "kube/clientrequests.h"
#include "kube/lineframer.h"
#include "kube/objectstore.h"
#include "kube/status.h"
#include "kube/watchevent.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTimer>

#include <deque>

using namespace Qt::StringLiterals;

namespace kube {

namespace {

ListQuery queryOf(const WatchSpec &spec)
{
    ListQuery query;
    query.resource = spec.resource;
    query.ns = spec.ns;
    query.labelSelector = spec.labelSelector;
    query.fieldSelector = spec.fieldSelector;
    query.metadataOnly = spec.metadataOnly;
    return query;
}

Request listRequestOf(const WatchSpec &spec, const reflector::SendList &list)
{
    ListQuery query = queryOf(spec);
    query.continueToken = list.continueToken;
    query.limit = list.limit;
    if (list.from == reflector::From::Any)
        query.resourceVersion = u"0"_s;
    else if (list.from == reflector::From::NotOlder)
        query.resourceVersion = list.rv;
    Request request = listRequest(query, list.silence);
    request.repeatSilent = false;
    // Without it a limit would ask for exactly that old version (API concepts, "resourceVersion semantics for get and
    // list").
    if (list.from == reflector::From::NotOlder && list.continueToken.isEmpty())
        request.query.addQueryItem(u"resourceVersionMatch"_s, u"NotOlderThan"_s);
    request.priority = Request::Priority::Background;
    return request;
}

Request watchRequestOf(const WatchSpec &spec, const reflector::OpenWatch &watch)
{
    ListQuery query = queryOf(spec);
    query.limit = 0;
    query.resourceVersion = watch.rv;
    Request request = listRequest(query, std::chrono::milliseconds(30000));
    request.verb = u"watch"_s;
    if (spec.metadataOnly)
        request.accept = metadataAccept(false);
    request.query.addQueryItem(u"watch"_s, u"1"_s);
    request.query.addQueryItem(u"allowWatchBookmarks"_s, u"true"_s);
    request.query.addQueryItem(u"timeoutSeconds"_s, QString::number(watch.timeoutSeconds));
    request.priority = Request::Priority::Background;
    return request;
}

} // namespace

/// Performs the actions of reflector::step() and feeds it. Signals go out only after a step is complete and from a
/// queue, so a slot may stop or delete the Watcher.
struct Watcher::Private {
    Private(Watcher *watcher, Client &owner, WatchSpec watchSpec)
        : q(watcher)
        , client(owner)
        , spec(std::move(watchSpec))
        , host(hostAndPort(owner.config().server))
        , framer(watchLineLimit)
    {
        clock.start();
        waitTimer.setSingleShot(true);
        idleTimer.setSingleShot(true);
        waitTimer.setTimerType(Qt::CoarseTimer);
        idleTimer.setTimerType(Qt::CoarseTimer);
        QObject::connect(&waitTimer, &QTimer::timeout, q, [this] { timed(waitGeneration, reflector::WaitOver{}); });
        QObject::connect(&idleTimer, &QTimer::timeout, q, [this] { idleTimerFired(); });
        QObject::connect(&client, &Client::credentialsChanged, q, [this] { command(reflector::CredentialsChanged{}); });
    }
    ~Private() { closeRequest(); }

    void command(reflector::What what) { timed(0, std::move(what)); }
    void timed(quint64 generation, reflector::What what)
    {
        take(generation, std::move(what));
        flush();
    }
    void take(quint64 generation, reflector::What what);
    void perform(const reflector::SendList &list);
    void perform(const reflector::OpenWatch &watch);
    void perform(const reflector::CloseRequest &) { closeRequest(); }
    void perform(const reflector::Apply &apply) { store.apply(apply.object); }
    void perform(const reflector::Remove &remove)
    {
        remove.last ? store.remove(remove.last) : store.remove(remove.key);
    }
    void perform(const reflector::CommitSnapshot &snapshot) { store.replace(snapshot.items); }
    void perform(const reflector::ArmIdle &idle);
    void perform(const reflector::ArmWait &wait);
    void perform(const reflector::Report &report) { outgoing.emplace_back(report.error); }
    void perform(const reflector::SetFreshness &set);
    void closeRequest();
    void read(quint64 generation, const QByteArray &bytes);
    void idleTimerFired();
    void takeChanges();
    void flush();
    [[nodiscard]] QDateTime wallTime(qint64 steady) const;

    Watcher *const q;
    Client &client;
    const WatchSpec spec;
    const QString host;
    reflector::Policy policy;
    reflector::State state;
    ObjectStore store;
    Freshness freshness;

    Call listCall;
    std::unique_ptr<Stream> stream;
    Request watchRequest;
    LineFramer framer;
    QTimer waitTimer, idleTimer;
    quint64 waitGeneration = 0, idleGeneration = 0;
    qint64 idleDeadline = 0;
    QElapsedTimer clock;

    using Outgoing = std::variant<ChangeSet, Freshness, Error>;
    std::deque<Outgoing> outgoing;
    bool flushing = false;
};

void Watcher::Private::take(quint64 generation, reflector::What what)
{
    const reflector::Input input{
        std::move(what), generation, clock.elapsed(), QRandomGenerator::global()->generateDouble()};
    reflector::Step step = reflector::step(std::move(state), input, policy);
    state = std::move(step.next);
    for (const reflector::Action &action : std::as_const(step.actions))
        std::visit([this](const auto &performed) { perform(performed); }, action);
}

void Watcher::Private::perform(const reflector::SendList &list)
{
    waitTimer.stop();
    const quint64 generation = state.generation;
    Request request = listRequestOf(spec, list);
    Request sent = request;
    listCall = client.transport().send(
        std::move(sent), q, [this, generation, request = std::move(request)](Result<Reply> reply) {
            Result<ListPage> page = reply ? readList(*reply, request, host, spec.metadataOnly, spec.slim)
                                          : Result<ListPage>(std::unexpected(std::move(reply).error()));
            if (page)
                timed(generation,
                    reflector::Page{
                        std::move(page->items), page->resourceVersion, page->continueToken, page->undecodable});
            else
                timed(generation, reflector::ListFailed{std::move(page).error()});
        });
}

void Watcher::Private::perform(const reflector::OpenWatch &watch)
{
    waitTimer.stop();
    closeRequest();
    const quint64 generation = state.generation;
    watchRequest = watchRequestOf(spec, watch);
    framer.clear();
    stream = client.transport().open(watchRequest);
    QObject::connect(stream.get(), &Stream::opened, q, [this, generation] { timed(generation, reflector::Opened{}); });
    QObject::connect(
        stream.get(), &Stream::data, q, [this, generation](const QByteArray &bytes) { read(generation, bytes); });
    QObject::connect(stream.get(), &Stream::closed, q, [this, generation](const std::optional<Error> &error) {
        // An unterminated rest is no event: the server sends it again after the resume.
        timed(generation, reflector::StreamEnded{error});
    });
}

void Watcher::Private::closeRequest()
{
    listCall.cancel();
    idleTimer.stop();
    if (!stream)
        return;
    // It may be the one whose signal we are in.
    stream->disconnect(q);
    stream->abort();
    stream.release()->deleteLater();
}

void Watcher::Private::read(quint64 generation, const QByteArray &bytes)
{
    for (const LineFramer::Line &line : framer.feed(bytes)) {
        if (generation != state.generation)
            break; // the watch ended with an event of this same batch
        if (line.cut) {
            const Error error = requestError(ErrorKind::TooLarge,
                u"a watch event is longer than %1 MiB"_s.arg(watchLineLimit >> 20), watchRequest, host);
            take(generation, reflector::Undecodable{error, {}, {}, false});
            continue;
        }
        if (line.text.trimmed().isEmpty())
            continue;
        WatchEvent event = decodeWatchEvent(line.text, spec.resource.kind, watchRequest, host, spec.slim);
        switch (event.type) {
        case WatchEvent::Type::Added:
        case WatchEvent::Type::Modified:
        case WatchEvent::Type::Deleted:
            take(generation, reflector::Event{std::move(event.object), event.type == WatchEvent::Type::Deleted});
            break;
        case WatchEvent::Type::Bookmark:
            take(generation, reflector::Bookmark{event.resourceVersion});
            break;
        case WatchEvent::Type::Error:
            take(generation, reflector::ErrorEvent{std::move(event.error)});
            break;
        case WatchEvent::Type::Undecodable:
            take(generation,
                reflector::Undecodable{std::move(event.error), event.key, event.resourceVersion, event.deleted});
            break;
        }
    }
    flush();
}

void Watcher::Private::perform(const reflector::ArmIdle &idle)
{
    idleGeneration = state.generation;
    idleDeadline = clock.elapsed() + idle.after.count();
    // The timer is moved well before it is due, so with bookmarks it never fires; not with each event of a flood,
    // though.
    if (!idleTimer.isActive() || idleTimer.remainingTimeAsDuration() < idle.after / 2
        || idleTimer.remainingTimeAsDuration() > idle.after)
        idleTimer.start(idle.after);
}

void Watcher::Private::idleTimerFired()
{
    const qint64 left = idleDeadline - clock.elapsed();
    if (left > 0)
        idleTimer.start(std::chrono::milliseconds(left));
    else
        timed(idleGeneration, reflector::IdleTimeout{});
}

void Watcher::Private::perform(const reflector::ArmWait &wait)
{
    closeRequest();
    waitGeneration = state.generation;
    waitTimer.start(wait.after);
}

QDateTime Watcher::Private::wallTime(qint64 steady) const
{
    return QDateTime::currentDateTimeUtc().addMSecs(steady - clock.elapsed());
}

void Watcher::Private::perform(const reflector::SetFreshness &set)
{
    takeChanges(); // what is said to be live has been shown before
    freshness.state = set.trust.state;
    freshness.since = set.trust.since ? wallTime(*set.trust.since) : QDateTime();
    freshness.cause = set.trust.cause;
    freshness.retryAt = set.trust.retryAt ? wallTime(*set.trust.retryAt) : QDateTime();
    outgoing.emplace_back(freshness);
}

void Watcher::Private::takeChanges()
{
    if (!store.hasChanges())
        return;
    if (ChangeSet changes = store.takeChanges(); !changes.isEmpty())
        outgoing.emplace_back(std::move(changes));
}

void Watcher::Private::flush()
{
    takeChanges();
    if (flushing)
        return; // a slot called us; the outer loop goes on
    flushing = true;
    const QPointer<Watcher> alive(q);
    // What a stop leaves behind is said after the next start: changes must not get lost between the two.
    while (!outgoing.empty() && state.phase != reflector::Phase::Stopped) {
        const Outgoing next = std::move(outgoing.front());
        outgoing.pop_front();
        if (const auto *changes = std::get_if<ChangeSet>(&next))
            Q_EMIT q->changed(*changes);
        else if (const auto *fresh = std::get_if<Freshness>(&next))
            Q_EMIT q->freshnessChanged(*fresh);
        else
            Q_EMIT q->reported(std::get<Error>(next));
        if (!alive)
            return;
    }
    flushing = false;
}

Watcher::Watcher(Client &client, WatchSpec spec, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, client, std::move(spec)))
{
}

Watcher::~Watcher() = default;

void Watcher::setPolicy(const reflector::Policy &policy)
{
    d->policy = policy;
}

void Watcher::start()
{
    d->take(0, reflector::Start{});
    // Nothing is said from inside the call.
    QMetaObject::invokeMethod(this, [this] { d->flush(); }, Qt::QueuedConnection);
}

void Watcher::stop()
{
    d->take(0, reflector::Stop{});
    d->waitTimer.stop();
}

void Watcher::resume()
{
    d->take(0, reflector::Resume{});
    QMetaObject::invokeMethod(this, [this] { d->flush(); }, Qt::QueuedConnection);
}

const WatchSpec &Watcher::spec() const
{
    return d->spec;
}

const Freshness &Watcher::freshness() const
{
    return d->freshness;
}

QList<ObjectPtr> Watcher::objects() const
{
    return d->store.objects();
}

} // namespace kube
