// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/historysession.h"

#include "session/bundlelogs.h"
#include "session/gate.h"
#include "session/reaper.h"

#include <QMutex>
#include <QThread>
#include <QThreadPool>

namespace session {

namespace {

/// What the reading thread and the caller share: the newest wish.
struct Wish {
    QMutex mutex;
    QDateTime moment;
    bool wanted = false;
};

} // namespace

struct HistorySession::Private {
    QString folder;
    Of of = Of::Store;
    PastUpgrade past;
    ClusterState state;
    std::shared_ptr<Gate> self;
    std::shared_ptr<Wish> wish = std::make_shared<Wish>();
    std::unique_ptr<QThread> thread;
    QObject *desk = nullptr; ///< lives in the thread, dies with it
    std::shared_ptr<Gate> deskGate;
    /// Touched only in the thread.
    std::shared_ptr<std::optional<evidence::History>> history = std::make_shared<std::optional<evidence::History>>();
    /// Set when nobody waits any more: a large bundle is read no further.
    std::shared_ptr<std::atomic<bool>> stop = std::make_shared<std::atomic<bool>>(false);

    void show(HistorySession *owner);
    void openBundle(HistorySession *owner);
    void take(HistorySession *owner, ClusterState state);
};

namespace {

ClusterState stateAt(const evidence::History &history, const QDateTime &at)
{
    ClusterState state;
    auto snapshot = std::make_shared<upgrade::Snapshot>(history.snapshotAt(at));
    state.context = history.manifest().id.clusterName;
    state.board = upgrade::deriveBoard(*snapshot, at);
    state.snapshot = std::move(snapshot);
    state.settled = state.logsSettled = true;
    state.pastMoment = at;
    state.evidence.role = evidence::Store::Role::Reader;
    state.evidence.folder = history.folder();
    state.evidence.logs
        = std::make_shared<const evidence::KeptLogs>(evidence::keptLogs(history.index(), history.folder()));
    return state;
}

} // namespace

HistorySession::HistorySession(const QString &path, Of of, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->folder = path;
    d->of = of;
    d->self = std::make_shared<Gate>(this);
    d->thread = std::make_unique<QThread>();
    d->thread->setObjectName(QStringLiteral("history"));
    d->desk = new QObject;
    d->deskGate = std::make_shared<Gate>(d->desk);
    d->desk->moveToThread(d->thread.get());
    connect(d->thread.get(), &QThread::finished, d->desk, &QObject::deleteLater);
    d->thread->start();
}

HistorySession::~HistorySession()
{
    *d->stop = true;
    d->self->close();
    d->deskGate->post([history = std::move(d->history), state = std::exchange(d->state, {})] { history->reset(); });
    d->deskGate->close();
    d->thread->quit();
    reap(std::move(d->thread));
}

void HistorySession::start()
{
    if (d->of == Of::Bundle) {
        d->openBundle(this);
        return;
    }
    d->deskGate->post([this, gate = d->self, history = d->history, folder = d->folder] {
        PastUpgrade past;
        auto found = evidence::History::open(folder);
        if (found) {
            past.manifest = found->manifest();
            past.moments = found->moments();
            past.first = found->first();
            past.last = found->last();
            *history = std::move(*found);
        } else {
            past.error = found.error();
        }
        gate->post([this, past = std::move(past)] {
            d->past = past;
            Q_EMIT opened();
            if (d->past.last.isValid() && !d->state.pastMoment.isValid())
                showMoment(d->past.last);
        });
    });
}

void HistorySession::Private::openBundle(HistorySession *owner)
{
    deskGate->post([owner, gate = self, path = folder, stop = stop] {
        evidence::BundleOptions options;
        options.stop = stop.get();
        const auto bundle = evidence::Bundle::open(path, options);
        PastUpgrade found;
        if (!bundle) {
            found.bundleError = bundle.error();
        } else {
            found.bundle = ShownBundle{bundle->name(), bundle->shape(), bundle->hasBoard(), bundle->objectCount(),
                bundle->logs().size(), bundle->problems()};
            found.manifest.id.clusterName = bundle->cluster().name;
            found.moments = {{bundle->asOf(), 1}};
            found.first = found.last = bundle->asOf();
        }
        gate->post([owner, found = std::move(found)] {
            owner->d->past = found;
            Q_EMIT owner->opened();
        });
        if (!bundle)
            return;
        // The board at once; then the logs of the Jobs, then all the others, as they are unpacked.
        for (const LogShare share : {LogShare::None, LogShare::Jobs, LogShare::All}) {
            auto next = std::make_shared<ClusterState>(shownState(*bundle, path, share, *stop));
            if (*stop)
                return;
            gate->post([owner, next] { owner->d->take(owner, std::move(*next)); });
        }
    });
}

void HistorySession::Private::take(HistorySession *owner, ClusterState next)
{
    next.revision = state.revision + 1;
    std::swap(state, next);
    Q_EMIT owner->changed(state);
    // The big maps of the state that was shown are freed where they were made.
    deskGate->post([old = std::move(next)] { Q_UNUSED(old) });
}

void HistorySession::showMoment(const QDateTime &at)
{
    if (d->of == Of::Bundle)
        return; // it has but one
    {
        const QMutexLocker locker(&d->wish->mutex);
        d->wish->moment = at;
        if (std::exchange(d->wish->wanted, true))
            return; // the thread will find this one instead of the last
    }
    d->show(this);
}

void HistorySession::Private::show(HistorySession *owner)
{
    deskGate->post([owner, gate = self, history = history, wish = wish] {
        QDateTime at;
        {
            const QMutexLocker locker(&wish->mutex);
            at = wish->moment;
            wish->wanted = false;
        }
        if (!history->has_value())
            return;
        gate->post([owner, state = stateAt(**history, at)]() mutable {
            std::swap(owner->d->state, state);
            Q_EMIT owner->changed(owner->d->state);
            // The big maps of the state that was shown are freed where they were made.
            owner->d->deskGate->post([old = std::move(state)] { Q_UNUSED(old) });
        });
    });
}

const PastUpgrade &HistorySession::past() const
{
    return d->past;
}

const ClusterState &HistorySession::state() const
{
    return d->state;
}

void listPastUpgrades(
    const QString &root, QObject *context, const std::function<void(const QList<evidence::KeptUpgrade> &)> &done)
{
    const auto gate = std::make_shared<Gate>(context);
    // The context's end closes the gate in its own thread, before it is gone.
    QObject::connect(context, &QObject::destroyed, context, [gate] { gate->close(); }, Qt::DirectConnection);
    QThreadPool::globalInstance()->start([gate, root, done] {
        const QList<evidence::KeptUpgrade> kept
            = evidence::keptUpgrades(root.isEmpty() ? evidence::defaultRoot() : root);
        gate->post([kept, done] { done(kept); });
    });
}

} // namespace session
