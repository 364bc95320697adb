// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/scenario.h"
#include "demo/server.h"

#include <QThread>

using namespace Qt::StringLiterals;

namespace demo {

struct DemoThread::Private {
    ServerOptions options;
    QThread thread;
    Server *server = nullptr; ///< lives and dies in the thread
};

DemoThread::DemoThread(ServerOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->options = std::move(options);
    d->thread.setObjectName(u"demo server"_s);
}

DemoThread::~DemoThread()
{
    if (d->server) {
        d->thread.quit();
        d->thread.wait();
    }
}

bool DemoThread::start()
{
    if (d->server)
        return true;
    d->server = new Server(d->options);
    d->server->moveToThread(&d->thread);
    connect(&d->thread, &QThread::finished, d->server, &QObject::deleteLater);
    d->thread.start();
    bool ok = false;
    run([&ok](Server &server) { ok = server.start(); });
    return ok;
}

QByteArray DemoThread::kubeconfig() const
{
    QByteArray text;
    if (d->server)
        QMetaObject::invokeMethod(
            d->server, [this, &text] { text = d->server->kubeconfig(); }, Qt::BlockingQueuedConnection);
    return text;
}

void DemoThread::run(const std::function<void(Server &)> &work)
{
    if (d->server)
        QMetaObject::invokeMethod(d->server, [this, &work] { work(*d->server); }, Qt::BlockingQueuedConnection);
}

QList<ServerOptions> demoClusters()
{
    ServerOptions now;
    now.clusterName = u"demo-upgrading"_s;
    now.scenario = u"healthy"_s;
    now.speed = 10;
    now.startAt = 4500;
    ServerOptions stuck;
    stuck.clusterName = u"demo-stuck"_s;
    stuck.scenario = u"pre-drain-stall"_s;
    stuck.speed = 1;
    stuck.startAt = 12'000;
    stuck.seed = 2;
    ServerOptions idle;
    idle.clusterName = u"demo-idle"_s;
    idle.scenario = u"no-upgrade"_s;
    idle.speed = 1;
    idle.seed = 3;
    return {now, stuck, idle};
}

} // namespace demo
