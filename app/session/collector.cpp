// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/collectorreading.h"

#include <QCryptographicHash>
#include <QScopeGuard>

#include <algorithm>

namespace session {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using kube::LogFollower;
using Progress = LogProgress::State;

namespace {

constexpr auto planEvery = 500ms;
constexpr auto turnEvery = 1000ms;
constexpr auto relistEvery = 120s;
constexpr auto sayEvery = 250ms;
constexpr auto identifyAgain = 30s;
constexpr auto quietFor = 300ms; ///< no line for so long: everything written so far has been read

const kube::ResourceRef &namespaces()
{
    static const kube::ResourceRef ref{{}, u"v1"_s, u"namespaces"_s, u"Namespace"_s, false};
    return ref;
}

const kube::ResourceRef &pods()
{
    static const kube::ResourceRef ref{{}, u"v1"_s, u"pods"_s, u"Pod"_s, true};
    return ref;
}

bool isOver(const upgrade::Board &board)
{
    return (board.state == upgrade::State::Succeeded || board.state == upgrade::State::Failed) && !board.cleaningUp
        && !board.stopping;
}

} // namespace

Collector::Collector(const QString &root, QObject *parent)
    : QObject(parent)
    , m_root(root)
    , m_plan(this)
    , m_turns(this)
    , m_relist(this)
    , m_say(this)
{
    m_clock.start();
    for (QTimer *timer : {&m_plan, &m_turns, &m_relist, &m_say}) {
        timer->setSingleShot(true);
        timer->setTimerType(Qt::CoarseTimer);
    }
    connect(&m_plan, &QTimer::timeout, this, &Collector::plan);
    connect(&m_turns, &QTimer::timeout, this, &Collector::schedule);
    connect(&m_relist, &QTimer::timeout, this, &Collector::listAround);
    connect(&m_say, &QTimer::timeout, this, &Collector::tell);
}

Collector::~Collector()
{
    close();
}

void Collector::setClient(kube::Client *client)
{
    for (const auto &[key, reading] : m_readings)
        stop(*reading);
    m_relist.stop();
    m_identifying = false;
    m_client = client;
    if (!client)
        return;
    connect(client, &kube::Client::credentialsChanged, this, &Collector::retry);
    retry();
}

void Collector::forget()
{
    close();
    m_clusterUid.clear();
    m_board = {};
    m_snapshot = {};
    m_opened.clear();
}

void Collector::close()
{
    for (QTimer *timer : {&m_plan, &m_turns, &m_relist, &m_say})
        timer->stop();
    m_readings.clear();
    m_around.clear();
    m_aroundPhase.reset();
    m_store.reset();
    m_id = {};
    m_state = {};
}

void Collector::follow(const upgrade::Snapshot &snapshot, const upgrade::Board &board, const QDateTime &now)
{
    const bool sameJobs = m_board.jobs == board.jobs;
    m_snapshot = snapshot;
    m_board = board;
    if (board.presence != upgrade::Board::Presence::Upgrade || board.upgrade.uid.isEmpty()) {
        // What was kept of an upgrade that is gone is whole; the next one opens its own.
        if (m_store && board.presence == upgrade::Board::Presence::NoUpgrade) {
            close();
            Q_EMIT changed();
        }
        return;
    }
    if (!m_store || m_id.upgradeUid != board.upgrade.uid) {
        if (m_clusterUid.isEmpty()) {
            identify();
            return;
        }
        openStore(board);
    }
    if (m_store->role() == evidence::Store::Role::Writer) {
        if (!sameJobs)
            m_store->noteJobs(board.jobs, now);
        m_store->noteProgress(upgrade::stateWord(board.state), isOver(board), board.fromVersion, board.toVersion);
        if (evidence::Journal *journal = m_store->journal())
            journal->record(snapshot, now);
    }
    if (!m_plan.isActive())
        m_plan.start(m_readings.empty() ? 0ms : planEvery);
    if (!sameJobs)
        say();
}

void Collector::seen(upgrade::Kind kind, const kube::ObjectPtr &object, const QDateTime &now)
{
    if (evidence::Journal *journal = m_store ? m_store->journal() : nullptr)
        journal->seen(kind, object, now);
}

void Collector::gone(upgrade::Kind kind, const kube::ObjectKey &key, const QDateTime &now)
{
    if (evidence::Journal *journal = m_store ? m_store->journal() : nullptr)
        journal->gone(kind, key, now);
}

void Collector::open(const QList<LogTarget> &targets)
{
    m_opened = targets;
    if (m_store)
        plan();
}

void Collector::retry()
{
    for (const auto &[key, reading] : m_readings) {
        reading->notBefore = 0;
        if (reading->state == Progress::Failed)
            reading->state = Progress::Waiting;
        if (reading->spool)
            reading->spool->retry();
    }
    if (m_store)
        m_store->tryAgain();
    if (m_client && m_clusterUid.isEmpty() && m_board.presence == upgrade::Board::Presence::Upgrade)
        identify();
    m_aroundPhase.reset();
    if (m_store && m_client && !m_plan.isActive())
        m_plan.start(0ms);
}

/// The UID of kube-system stands for the cluster, whatever the context is called and whichever way leads there.
void Collector::identify()
{
    if (m_identifying || !m_client)
        return;
    m_identifying = true;
    m_client->get(namespaces(), {}, u"kube-system"_s, m_client, [this](const kube::Result<kube::ObjectPtr> &found) {
        m_identifying = false;
        if (found && !(*found)->uid.isEmpty()) {
            m_clusterUid = (*found)->uid;
        } else if (!found && found.error().kind == kube::ErrorKind::Forbidden && m_client) {
            // Without the right to read it, the server's address has to do.
            const QByteArray server = m_client->config().server.toEncoded(QUrl::RemoveUserInfo);
            m_clusterUid = u"server-"_s
                + QString::fromLatin1(QCryptographicHash::hash(server, QCryptographicHash::Sha256).first(10).toHex());
        } else {
            QTimer::singleShot(identifyAgain, this, &Collector::identify);
            return;
        }
        if (m_board.presence == upgrade::Board::Presence::Upgrade && !m_board.upgrade.uid.isEmpty()) {
            openStore(m_board);
            plan();
        }
    });
}

void Collector::openStore(const upgrade::Board &board)
{
    const QString cluster = m_clusterUid;
    close();
    m_id.clusterUid = cluster;
    m_id.upgradeUid = board.upgrade.uid;
    m_id.upgradeName = board.upgrade.name;
    m_id.fromVersion = board.fromVersion;
    m_id.toVersion = board.toVersion;
    if (m_client) {
        m_id.clusterName = m_client->config().contextName;
        m_id.server = m_client->config().server.toString(QUrl::RemoveUserInfo);
    }
    evidence::StoreOptions options;
    options.root = m_root;
    m_store = std::make_unique<evidence::Store>(m_id, options);
    connect(m_store.get(), &evidence::Store::roleChanged, this, &Collector::roleChanged);
    m_store->open();
}

void Collector::roleChanged()
{
    // The spools of before are gone.
    for (const auto &[key, reading] : m_readings) {
        reading->follower.reset();
        reading->done = false;
        reading->since = m_clock.elapsed();
    }
    if (m_store->role() == evidence::Store::Role::Writer) {
        Q_EMIT recovered(m_store->journal()->recovered().seen);
        m_store->noteJobs(m_board.jobs, QDateTime::currentDateTimeUtc());
        // What stands on screen now is the first that is kept; it may be long until something changes.
        if (m_snapshot.seen.last.isValid())
            m_store->journal()->record(m_snapshot, m_snapshot.seen.last);
        m_plan.start(0ms);
    } else {
        m_readings.clear();
    }
    say();
}

/// From the objects to what is to be read.
void Collector::plan()
{
    if (!m_store || m_store->role() != evidence::Store::Role::Writer || !m_client)
        return;
    m_plan.stop();
    if (m_board.currentPhase != m_aroundPhase)
        listAround();
    const QList<CollectTarget> targets = collectTargets(m_snapshot, m_board, m_around, m_opened);
    QSet<ContainerKey> wanted;
    for (const CollectTarget &target : targets) {
        wanted.insert(target.key);
        std::unique_ptr<Reading> &reading = m_readings[target.key];
        if (!reading) {
            reading = std::make_unique<Reading>();
            reading->since = m_clock.elapsed();
        }
        // A container that was read to its end may have been started again since.
        if (reading->done && reading->state == Progress::Ended && reading->target.over && !target.over)
            reading->done = false;
        reading->target = target;
    }
    for (auto it = m_readings.begin(); it != m_readings.end();) {
        Reading &reading = *it->second;
        if (wanted.contains(it->first)) {
            ++it;
        } else if (reading.target.rank == CollectTarget::Rank::Surrounding) {
            stop(reading); // no longer needed; what was read stays
            it = m_readings.erase(it);
        } else {
            // Its pod is gone from our copy: the follower finds out how it ended.
            reading.target.over = true;
            reading.target.rank = CollectTarget::Rank::Vanishing;
            ++it;
        }
    }
    schedule();
}

void Collector::schedule()
{
    if (!m_store || m_store->role() != evidence::Store::Role::Writer || !m_client)
        return;
    const qint64 now = m_clock.elapsed();
    QList<ReadingView> views;
    bool later = false;
    for (const auto &[key, reading] : m_readings) {
        if (reading->done || (!reading->reading() && !reading->target.started))
            continue;
        if (!reading->reading() && reading->notBefore > now) {
            later = true;
            continue;
        }
        ReadingView view;
        view.key = key;
        view.rank = reading->target.rank;
        view.reading = reading->reading();
        const auto following = view.reading ? reading->follower->state() : LogFollower::State::Idle;
        view.caughtUp = following == LogFollower::State::WaitingForContainer
            || (following == LogFollower::State::Following
                && now - reading->lastLine >= std::chrono::milliseconds(quietFor).count());
        if (view.caughtUp && reading->state == Progress::Reading) {
            reading->state = Progress::Following;
            say();
        }
        later |= view.reading && !view.caughtUp;
        (view.reading ? view.held : view.waited) = std::chrono::milliseconds(now - reading->since);
        views.append(view);
    }
    const StreamPlan next = planStreams(views);
    for (const ContainerKey &key : next.stop)
        stop(*m_readings.at(key));
    for (const ContainerKey &key : next.start)
        start(*m_readings.at(key));
    // Turns change only while somebody waits for one.
    if (later || views.size() > maxStreams)
        m_turns.start(turnEvery);
    else
        m_turns.stop();
}

/// Pods of controllers in namespaces that no watch covers.
void Collector::listAround()
{
    m_aroundPhase = m_board.currentPhase;
    m_relist.stop();
    m_around.clear();
    if (!m_client || !m_board.currentPhase || isOver(m_board))
        return;
    const QList<ControllerPods> places = controllersToList(*m_board.currentPhase);
    for (const ControllerPods &place : places) {
        kube::ListQuery query;
        query.resource = pods();
        query.ns = place.ns;
        query.labelSelector = place.labelSelector;
        query.resourceVersion = u"0"_s;
        const auto phase = m_aroundPhase;
        m_client->list(
            query, m_client,
            [this, phase](const kube::Result<kube::ListPage> &page) {
                // A namespace that is not there, or not for us to see, is no loss of what an upgrade needs.
                if (!page || phase != m_aroundPhase)
                    return;
                for (const kube::ObjectPtr &object : page->items)
                    m_around.append(
                        std::make_shared<const upgrade::PodObject>(upgrade::read<upgrade::PodObject>(*object)));
                if (!page->items.isEmpty() && !m_plan.isActive())
                    m_plan.start(0ms);
            },
            upgrade::slimmerFor(upgrade::Kind::Pod));
    }
    if (!places.isEmpty())
        m_relist.start(relistEvery);
}

void Collector::say()
{
    if (!m_say.isActive())
        m_say.start(sayEvery);
}

void Collector::tell()
{
    if (!m_store)
        return;
    m_state.role = m_store->role();
    m_state.folder = m_store->folder();
    m_state.writer = m_store->writer();
    if (m_store->role() == evidence::Store::Role::Failed)
        m_state.error = m_store->error();
    m_state.logs = std::make_shared<const evidence::KeptLogs>(
        evidence::keptLogs(m_store->index(), m_store->folder(), m_board.jobs));
    m_state.progress.clear();
    bool blocked = false;
    for (const auto &[key, reading] : m_readings) {
        m_state.progress.insert(keyOf(reading->target), {reading->state, reading->error});
        blocked |= reading->state == Progress::Blocked;
    }
    const evidence::Journal *journal = m_store->journal();
    m_state.objectsFull = journal && journal->isFull();
    if (journal && journal->error())
        m_state.error = journal->error();
    else if (!blocked && m_store->role() == evidence::Store::Role::Writer)
        m_state.error.reset();
    Q_EMIT changed();
}

} // namespace session
