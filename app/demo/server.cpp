// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/server.h"

#include "demo/api.h"
#include "demo/director.h"
#include "demo/jsonedit.h"
#include "demo/listener.h"
#include "demo/logcontrol.h"

#include <QElapsedTimer>
#include <QTimeZone>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

constexpr qint64 baselineAge = 40LL * 24 * 3600; ///< seconds: how old the cluster was when the scenario began
constexpr double longEnough = 4 * 3600;          ///< simulated seconds in which any healthy upgrade of few nodes ends
constexpr qint64 historyAge = 5 * 60 * 1000;     ///< milliseconds of history kept, as etcd's usual compaction

} // namespace

struct Server::Private {
    explicit Private(ServerOptions given, Server *owner)
        : q(owner)
        , options(std::move(given))
    {
    }

    /// Nanoseconds since 1970 that objects written now carry. The past that startAt skips lies in the past at its full
    /// length; from then on it is the real clock, so ages stay sensible at any speed.
    qint64 clock() const
    {
        const qint64 now = QDateTime::currentMSecsSinceEpoch() * 1'000'000;
        if (building)
            return began - static_cast<qint64>(options.startAt * 1e9) - baselineAge * 1'000'000'000;
        if (live)
            return now;
        return std::min(now, began - static_cast<qint64>((options.startAt - timeline->now()) * 1e9));
    }

    double simulated() const { return base + static_cast<double>(sinceBase.nsecsElapsed()) / 1e9 * speed; }

    void rebase(double time)
    {
        base = time;
        sinceBase.restart();
    }

    void play()
    {
        timeline->playUntil(simulated());
        schedule();
    }

    void schedule()
    {
        const std::optional<double> next = timeline->next();
        if (!next || speed <= 0) {
            playTimer.stop();
            return;
        }
        const double wait = std::clamp((*next - simulated()) / speed * 1000, 0.0, 60'000.0);
        playTimer.start(static_cast<int>(wait) + (wait > 0 ? 1 : 0));
    }

    /// Dismissing a finished upgrade purges its log (upgrade-model 1.2). Queued: we are in the middle of a change.
    void dismissed(const QJsonObject &upgrade)
    {
        const QString completed = json::condition(upgrade, u"Completed"_s),
                      log = json::text(upgrade, u"status.upgradeLog");
        if (json::label(upgrade, u"harvesterhci.io/read-message"_s) != "true"_L1 || log.isEmpty()
            || (completed != "True"_L1 && completed != "False"_L1))
            return;
        QMetaObject::invokeMethod(
            q,
            [this, log] {
                if (world)
                    world->drop(kinds::upgradeLogs, u"harvester-system"_s, log);
            },
            Qt::QueuedConnection);
    }

    void heartbeat()
    {
        for (const QString &name : world->nodes()) {
            world->edit(kinds::nodes, {}, name, [this](QJsonObject &node) {
                QJsonArray conditions = json::get(node, u"status.conditions").toArray();
                if (json::condition(node, u"Ready"_s) != "True"_L1)
                    return;
                for (qsizetype i = 0; i < conditions.size(); ++i) {
                    QJsonObject condition = conditions.at(i).toObject();
                    condition.insert("lastHeartbeatTime"_L1, world->now());
                    conditions.replace(i, condition);
                }
                json::set(node, u"status.conditions", conditions);
            });
        }
    }

    void load()
    {
        loadDebt += options.eventsPerSecond / 20;
        for (; loadDebt >= 1; loadDebt -= 1) {
            const quint64 beat = ++loadCount;
            const auto touch = [beat](QJsonObject &object) {
                json::setAnnotation(object, u"gleaner.demo/beat"_s, QString::number(beat));
            };
            if (options.extraJobs > 0) {
                const int i = static_cast<int>(beat % static_cast<quint64>(options.extraJobs));
                world->edit(kinds::jobs, i % 2 ? u"harvester-system"_s : u"cattle-system"_s,
                    u"load-%1"_s.arg(i, 5, 10, QLatin1Char('0')), touch);
            } else {
                world->edit(
                    kinds::nodes, {}, world->nodes().at(static_cast<qsizetype>(beat) % world->nodes().size()), touch);
            }
        }
    }

    Server *q;
    ServerOptions options;
    QString error;
    Listener listener;
    std::unique_ptr<Catalog> catalog;
    std::unique_ptr<Store> store;
    std::unique_ptr<LogBook> logs;
    std::unique_ptr<World> world;
    std::unique_ptr<Timeline> timeline;
    std::unique_ptr<Director> director;
    std::unique_ptr<Api> api;
    std::unique_ptr<LogControl> control;
    std::mt19937_64 nameRandom;
    QTimer playTimer, heartbeatTimer, loadTimer, compactTimer;
    QElapsedTimer sinceBase;
    double base = 0, speed = 1, loadDebt = 0;
    quint64 loadCount = 0;
    qint64 began = 0;
    bool building = false, live = false;
};

Server::Server(ServerOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(options), this))
{
    d->speed = d->options.speed;
    d->listener.setParent(this);
    for (QTimer *timer : {&d->playTimer, &d->heartbeatTimer, &d->loadTimer, &d->compactTimer})
        timer->setParent(this); // so that they move to a thread with us
    d->playTimer.setSingleShot(true);
    d->playTimer.setTimerType(Qt::PreciseTimer);
    connect(&d->playTimer, &QTimer::timeout, this, [this] { d->play(); });
    connect(&d->heartbeatTimer, &QTimer::timeout, this, [this] { d->heartbeat(); });
    connect(&d->loadTimer, &QTimer::timeout, this, [this] { d->load(); });
    connect(&d->compactTimer, &QTimer::timeout, this, [this] { d->store->compactOlderThan(historyAge); });
}

Server::~Server()
{
    stop();
}

bool Server::start()
{
    const Scenario *scenario = Scenario::find(d->options.scenario);
    if (!scenario) {
        d->error = u"unknown scenario '%1'"_s.arg(d->options.scenario);
        return false;
    }
    stop();
    const int nodes = scenario->single ? 1 : std::max(1, d->options.nodes);
    if (scenario->finished)
        d->options.startAt = std::max(d->options.startAt, longEnough);
    d->began = QDateTime::currentMSecsSinceEpoch() * 1'000'000;
    d->live = false;
    d->catalog = std::make_unique<Catalog>(scenario->plan);
    d->timeline = std::make_unique<Timeline>();
    d->nameRandom.seed(d->options.seed * 2654435761U + 1);
    const auto word = [this](int length) {
        static constexpr QLatin1StringView letters = "bcdfghjklmnpqrstvwxz2456789"_L1;
        QString text;
        for (int i = 0; i < length; ++i)
            text += letters[static_cast<qsizetype>(d->nameRandom() % static_cast<quint64>(letters.size()))];
        return text;
    };
    const auto now = [this] {
        return QDateTime::fromSecsSinceEpoch(d->clock() / 1'000'000'000, QTimeZone::UTC).toString(Qt::ISODate);
    };
    d->store = std::make_unique<Store>(*d->catalog, now, word);
    d->logs = std::make_unique<LogBook>();
    d->world = std::make_unique<World>(*d->store, *d->logs, d->options.seed, [this] { return d->clock(); });
    connect(d->store.get(), &Store::changed, this, [this](const ResourceType &type, const Change &change) {
        if (change.type == Change::Type::Deleted && type.group.isEmpty() && type.resource == "pods"_L1)
            d->logs->forgetPod(
                json::ns(change.object->json()), json::name(change.object->json())); // the kubelet removes both
        if (change.type == Change::Type::Added && type.group.isEmpty() && type.resource == "pods"_L1)
            d->logs->beginPod(
                json::ns(change.object->json()), json::name(change.object->json()), json::uid(change.object->json()));
        if (type.kind == "Upgrade"_L1 && change.type == Change::Type::Modified)
            d->dismissed(change.object->json());
    });
    d->building = true;
    makeBaseline(*d->world, *scenario, nodes, d->options.extraJobs);
    d->building = false;
    d->director = std::make_unique<Director>(*d->world, *d->timeline, *scenario);
    connect(d->director.get(), &Director::played, this, &Server::played);
    d->director->begin();
    d->timeline->playUntil(d->options.startAt);
    for (int i = 0; scenario->finished && !d->director->finished() && i < 1000; ++i)
        d->timeline->playUntil(d->timeline->now() + 3600);
    d->live = true;
    d->heartbeat();
    d->store->compact(); // history begins with the server, like its clients

    if (!d->listener.listen(d->options.port, [this](HttpExchange *exchange) { d->api->handle(exchange); })) {
        d->error = d->listener.errorString();
        return false;
    }
    d->api = std::make_unique<Api>(*d->store, *d->logs,
        Api::Settings{[this](const HttpExchange &exchange) { return d->listener.identify(exchange); },
            [this] { return d->clock(); }, scenario->from.kubernetes, u"127.0.0.1:%1"_s.arg(port()), d->options.seed});
    d->control = std::make_unique<LogControl>(*d->world, *d->logs, *d->api);
    connect(d->api.get(), &Api::upgradeCreated, this, [this](const QString &name) {
        d->play();
        d->director->upgradeCreated(name);
        d->schedule();
    });
    connect(d->api.get(), &Api::upgradeDeleting, this, [this](const QString &name) {
        d->play();
        d->director->upgradeDeleting(name);
        d->schedule();
    });
    connect(d->director.get(), &Director::away, this, &Server::setOutage);
    setOutage(d->director->isAway());
    d->rebase(d->timeline->now());
    d->schedule();
    d->heartbeatTimer.start(5 * 60 * 1000);
    d->compactTimer.start(30 * 1000);
    if (d->options.eventsPerSecond > 0)
        d->loadTimer.start(50);
    return true;
}

void Server::stop()
{
    for (QTimer *timer : {&d->playTimer, &d->heartbeatTimer, &d->loadTimer, &d->compactTimer})
        timer->stop();
    d->listener.close(); // streams listen to store and logs: they go first
    d->control.reset();
    d->api.reset();
    d->director.reset();
    d->timeline.reset();
    d->world.reset();
    d->logs.reset();
    d->store.reset();
}

QString Server::errorString() const
{
    return d->error;
}
quint16 Server::port() const
{
    return d->listener.port();
}
QByteArray Server::caPem() const
{
    return d->listener.caPem();
}
QByteArray Server::token(const QString &user) const
{
    return d->listener.token(user);
}

QByteArray Server::kubeconfig() const
{
    return d->listener.kubeconfig(d->options.clusterName);
}

void Server::setFaults(const Faults &faults)
{
    if (d->api)
        d->api->setFaults(faults);
}

void Server::changeCertificate(bool otherCa)
{
    d->listener.changeCertificate(otherCa);
    d->listener.dropConnections();
}

void Server::dropConnections()
{
    d->listener.dropConnections();
}

void Server::setOutage(bool away)
{
    d->listener.setAway(away);
}

LogControl &Server::logs()
{
    Q_ASSERT(d->control);
    return *d->control;
}

void Server::compact()
{
    if (d->store)
        d->store->compact();
}

QDateTime Server::simulatedNow() const
{
    return QDateTime::fromMSecsSinceEpoch(
        d->timeline ? d->clock() / 1'000'000 : QDateTime::currentMSecsSinceEpoch(), QTimeZone::UTC);
}

void Server::setSpeed(double speed)
{
    if (!d->timeline)
        return;
    d->play();
    d->rebase(d->timeline->now());
    d->speed = std::max(0.0, speed);
    d->schedule();
}

void Server::advance(double seconds)
{
    if (!d->timeline)
        return;
    d->play();
    d->timeline->playUntil(d->timeline->now() + seconds);
    d->rebase(d->timeline->now());
    d->schedule();
}

bool Server::finished() const
{
    return !d->director || d->director->finished();
}

QList<QJsonObject> Server::objects(const QString &group, const QString &resource) const
{
    QList<QJsonObject> all;
    const ResourceType *type = d->catalog ? d->catalog->find(group, resource) : nullptr;
    if (!type || !d->store)
        return all;
    for (const StoredPtr &object : d->store->all(*type))
        all.append(object->json());
    return all;
}

QList<QByteArray> Server::log(const QString &ns, const QString &pod, const QString &container) const
{
    QList<QByteArray> lines;
    const QList<ContainerRun> *runs = d->logs ? d->logs->runs({ns, pod, container}) : nullptr;
    if (!runs)
        return lines;
    for (const ContainerRun &run : *runs) {
        for (qint64 i = run.first; i < run.endNumber(); ++i)
            lines.append(run.line(i).text);
    }
    return lines;
}

QList<RequestRecord> Server::requests() const
{
    return d->api ? d->api->requests() : QList<RequestRecord>();
}

void Server::restartContainer(const QString &ns, const QString &pod, const QString &container)
{
    if (d->world)
        d->world->restartContainer(ns, pod, container);
}

void Server::rotateLog(const QString &ns, const QString &pod, const QString &container, int keepLines)
{
    if (d->logs)
        d->logs->rotate({ns, pod, container}, keepLines);
}

World &Server::world()
{
    return *d->world;
}

void Server::setArrival(std::function<void(const RequestRecord &)> arrived)
{
    d->api->setArrival(std::move(arrived));
}

} // namespace demo
