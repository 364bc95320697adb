// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/session.h"

#include "session/gate.h"
#include "session/logchannel.h"
#include "session/mailbox.h"
#include "session/reaper.h"
#include "session/worker.h"

#include <QThread>

namespace session {

struct Session::Private {
    kube::ClusterConfig config;
    ClusterState state;
    CheckState checks;
    std::shared_ptr<Gate> self;
    std::shared_ptr<Mailbox> mailbox;
    std::unique_ptr<QThread> thread;
    Worker *worker = nullptr; ///< touched only by work posted through workerGate
    std::shared_ptr<Gate> workerGate;

    template<class Work>
    void tell(Work &&work)
    {
        workerGate->post(std::forward<Work>(work));
    }
};

Session::Session(kube::ClusterConfig config, SessionOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->config = std::move(config);
    d->state.context = d->config.contextName;
    d->state.connection.insecure = d->config.insecureSkipTlsVerify;
    d->state.connection.actingAs = d->config.impersonate.user;
    d->self = std::make_shared<Gate>(this);
    d->mailbox = std::make_shared<Mailbox>([this, gate = d->self] {
        // Runs in our thread, and not at all when we are gone.
        return gate->post([this] {
            std::optional<ClusterState> next = d->mailbox->take();
            if (!next)
                return;
            d->mailbox->giveBack(std::exchange(d->state, *std::move(next)));
            Q_EMIT changed(d->state);
        });
    });
    d->worker = new Worker(d->config, options, d->mailbox);
    d->workerGate = std::make_shared<Gate>(d->worker);
    d->thread = std::make_unique<QThread>();
    d->thread->setObjectName(QStringLiteral("session"));
    d->worker->moveToThread(d->thread.get());
    d->thread->start();
}

Session::~Session()
{
    d->self->close();
    // What was shown goes along and is freed there: a big cluster's maps would take the caller's time.
    d->tell([worker = d->worker, mailbox = d->mailbox, state = std::exchange(d->state, {})] { worker->shutDown(); });
    d->mailbox.reset();
    d->workerGate->close();
    reap(std::move(d->thread));
}

void Session::start()
{
    d->tell([worker = d->worker] { worker->start(); });
}

void Session::reconfigure(const kube::ClusterConfig &config)
{
    if (config == d->config)
        return;
    d->config = config;
    d->tell([worker = d->worker, config] { worker->reconfigure(config); });
}

void Session::retryNow()
{
    d->tell([worker = d->worker] { worker->retryNow(); });
}

void Session::grantExecConsent()
{
    d->tell([worker = d->worker] { worker->grantExecConsent(); });
}

const ClusterState &Session::state() const
{
    return d->state;
}

std::unique_ptr<LogChannel> Session::openLog(const QList<LogTarget> &targets)
{
    return std::make_unique<Channel>(d->workerGate, d->worker, targets);
}

void Session::keepFirst(const QList<LogTarget> &targets)
{
    d->tell([worker = d->worker, targets] { worker->keepFirst(targets); });
}

void Session::runChecks(const CheckWish &wish)
{
    const CheckOutlet outlet = [this, self = d->self](const CheckState &checks) {
        self->post([this, checks] {
            d->checks = checks;
            Q_EMIT checksChanged(d->checks);
        });
    };
    d->tell([worker = d->worker, wish, outlet] { worker->runChecks(wish, outlet); });
}

void Session::cancelChecks()
{
    d->tell([worker = d->worker] { worker->cancelChecks(); });
}

const CheckState &Session::checks() const
{
    return d->checks;
}

QDateTime clusterNow(const ClusterState &state)
{
    if (state.pastMoment.isValid())
        return state.pastMoment;
    return QDateTime::currentDateTimeUtc().addMSecs(state.clockAhead.count());
}

} // namespace session
