// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/collector.h"

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
constexpr auto quietFor = 300ms;          ///< no line for so long: everything written so far has been read
constexpr auto failedAgain = 60s;         ///< a refusal may have been of the moment
constexpr qint64 controllersBefore = 600; ///< seconds of a controller's log before the upgrade that are kept

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

evidence::LogKey keyOf(const CollectTarget &target)
{
    return {target.ns, target.pod, target.key.podUid, target.key.container};
}

bool isOver(const upgrade::Board &board)
{
    return (board.state == upgrade::State::Succeeded || board.state == upgrade::State::Failed) && !board.cleaningUp
        && !board.stopping;
}

} // namespace

struct Collector::Reading {
    CollectTarget target;
    QPointer<evidence::LogSpool> spool;
    std::unique_ptr<LogFollower> follower;
    QMetaObject::Connection spoolChanged;
    Progress state = Progress::Waiting;
    std::optional<kube::Error> error;
    qint64 since = 0;     ///< m_clock, when it got or lost its stream
    qint64 lastLine = 0;  ///< m_clock
    qint64 notBefore = 0; ///< m_clock; a refusal is not repeated at once
    bool done = false;    ///< nothing more will come, or may be kept
    bool podGone = false; ///< said by the follower
    bool gapAtEnd = false;
    Reading() = default;
    Reading(const Reading &) = delete;
    Reading &operator=(const Reading &) = delete;
    ~Reading() { QObject::disconnect(spoolChanged); } // a spool may outlive it
    [[nodiscard]] bool reading() const { return follower != nullptr; }
};

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

void Collector::start(Reading &reading)
{
    const CollectTarget &target = reading.target;
    evidence::LogOrigin origin;
    origin.job = target.job;
    origin.jobUid = target.jobUid;
    origin.node = target.node;
    if (target.rank == CollectTarget::Rank::Surrounding)
        origin.group = u"controller"_s;
    reading.since = m_clock.elapsed();
    const auto opened = m_store->openLog(keyOf(target), origin);
    const auto refuse = [&](const evidence::DiskError &error) {
        m_state.error = error;
        reading.state = Progress::Blocked;
        reading.notBefore = m_clock.elapsed() + std::chrono::milliseconds(5s).count();
        say();
    };
    if (!opened)
        return refuse(opened.error());
    reading.spool = *opened;
    Reading *raw = &reading;
    disconnect(reading.spoolChanged);
    reading.spoolChanged
        = connect(reading.spool, &evidence::LogSpool::stateChanged, this, [this, raw](evidence::LogSpool::State state) {
              if (state == evidence::LogSpool::State::Writing && raw->follower)
                  raw->follower->setPaused(false);
              if (state == evidence::LogSpool::State::Writing && raw->state == Progress::Blocked)
                  raw->state = Progress::Reading;
              if (state == evidence::LogSpool::State::Blocked)
                  m_state.error = raw->spool->error();
              say();
              m_plan.start(0ms);
          });
    if (reading.spool->state() == evidence::LogSpool::State::Full || (reading.spool->isEnded() && target.over)) {
        reading.done = true;
        reading.state = reading.spool->isEnded() ? Progress::Ended : Progress::Full;
        m_store->closeLog(keyOf(target));
        say();
        return;
    }
    const auto resume = reading.spool->resume();
    if (!resume)
        return refuse(resume.error());
    kube::LogSpec spec;
    spec.ns = target.ns;
    spec.pod = target.pod;
    spec.podUid = target.key.podUid;
    spec.container = target.key.container;
    spec.resumeStamp = resume->stamp;
    spec.resumeSeen = resume->seen;
    const UpgradeNames names = namesOf(m_snapshot, m_board);
    if (target.rank == CollectTarget::Rank::Surrounding && resume->stamp.isEmpty() && names.since.isValid())
        spec.sinceTime = names.since.addSecs(-controllersBefore);
    reading.follower = std::make_unique<LogFollower>(*m_client, spec);
    reading.state = Progress::Reading;
    reading.error.reset();
    reading.lastLine = m_clock.elapsed();
    connect(reading.follower.get(), &LogFollower::lines, this,
        [this, raw](const QList<kube::LogLine> &lines) { take(*raw, lines); });
    connect(reading.follower.get(), &LogFollower::stateChanged, this,
        [this, raw](LogFollower::State state) { followed(*raw, state); });
    reading.follower->start();
    say();
}

void Collector::stop(Reading &reading)
{
    if (!reading.follower)
        return;
    reading.follower.reset();
    reading.since = m_clock.elapsed();
    if (!reading.done && (reading.state == Progress::Reading || reading.state == Progress::Following))
        reading.state = Progress::Waiting;
    if (m_store)
        m_store->closeLog(keyOf(reading.target));
}

void Collector::take(Reading &reading, const QList<kube::LogLine> &lines)
{
    reading.lastLine = m_clock.elapsed();
    for (const kube::LogLine &line : lines) {
        reading.gapAtEnd
            = line.kind == kube::LogLine::Kind::Gap || (reading.gapAtEnd && line.kind == kube::LogLine::Kind::Ended);
        reading.podGone = line.kind == kube::LogLine::Kind::Ended
            && (line.text == kube::logEndPodGone || line.text == kube::logEndPodReplaced);
    }
    if (!reading.spool)
        return;
    switch (reading.spool->append(lines)) {
    case evidence::LogSpool::Taken::Yes:
        break;
    case evidence::LogSpool::Taken::Pause:
        reading.follower->setPaused(true);
        reading.state = Progress::Blocked;
        say();
        break;
    case evidence::LogSpool::Taken::No:
        // Not taken lines come again from resume(); a full one takes none for ever.
        reading.follower.reset();
        reading.since = m_clock.elapsed();
        reading.done = reading.spool->state() == evidence::LogSpool::State::Full;
        reading.state = reading.done ? Progress::Full : Progress::Blocked;
        reading.notBefore = m_clock.elapsed() + std::chrono::milliseconds(5s).count();
        if (reading.done)
            m_store->closeLog(keyOf(reading.target));
        say();
        m_plan.start(0ms);
        break;
    }
    // Somebody may learn that this one has caught up.
    if (reading.state == Progress::Reading && !m_turns.isActive())
        m_turns.start(turnEvery);
}

void Collector::followed(Reading &reading, LogFollower::State state)
{
    switch (state) {
    case LogFollower::State::Ended:
        reading.done = true;
        reading.state = reading.podGone && reading.gapAtEnd ? Progress::Gone : Progress::Ended;
        break;
    case LogFollower::State::Failed:
        reading.error = reading.follower ? reading.follower->error() : std::nullopt;
        reading.state = Progress::Failed;
        reading.notBefore = m_clock.elapsed() + std::chrono::milliseconds(failedAgain).count();
        break;
    default:
        return;
    }
    // The follower told it from its queue and may be deleted.
    reading.follower.reset();
    reading.since = m_clock.elapsed();
    m_store->closeLog(keyOf(reading.target));
    say();
    m_plan.start(0ms);
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
