// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/historysession.h"

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
    PastUpgrade past;
    ClusterState state;
    std::shared_ptr<Gate> self;
    std::shared_ptr<Wish> wish = std::make_shared<Wish>();
    std::unique_ptr<QThread> thread;
    QObject *desk = nullptr; ///< lives in the thread, dies with it
    std::shared_ptr<Gate> deskGate;
    /// Touched only in the thread.
    std::shared_ptr<std::optional<evidence::History>> history = std::make_shared<std::optional<evidence::History>>();

    void show(HistorySession *owner);
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

HistorySession::HistorySession(const QString &folder, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->folder = folder;
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
    d->self->close();
    d->deskGate->post([history = std::move(d->history), state = std::exchange(d->state, {})] { history->reset(); });
    d->deskGate->close();
    d->thread->quit();
    reap(std::move(d->thread));
}

void HistorySession::start()
{
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

void HistorySession::showMoment(const QDateTime &at)
{
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
