// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/transportgeneration.h"

#include "kube/proxy.h"
#include "kube/tls.h"

#include <QNetworkReply>

#include <algorithm>
#include <utility>

namespace kube {

namespace {

QList<QNetworkReply *> repliesOf(const QNetworkAccessManager &manager)
{
    return manager.findChildren<QNetworkReply *>(Qt::FindDirectChildrenOnly);
}

} // namespace

Result<std::shared_ptr<Generation>> Generation::make(const ClusterConfig &config, const Credential &credential)
{
    const Result<ProxyRoute> route = proxyFor(config);
    if (!route)
        return std::unexpected(route.error());
    const Result<QSslConfiguration> tls = tlsConfiguration(config, credential);
    if (!tls)
        return std::unexpected(tls.error());
    std::shared_ptr<Generation> generation(new Generation);
    generation->m_proxy = route->proxy;
    if (route->proxy.type() != QNetworkProxy::NoProxy)
        generation->m_proxyName = route->proxy.hostName() + u':' + QString::number(route->proxy.port());
    if (route->tls) {
        Result<std::unique_ptr<TlsProxyRelay>> relay = TlsProxyRelay::make(route->proxy, *tls, config.tlsServerName);
        if (!relay)
            return std::unexpected(std::move(relay).error());
        generation->m_relay = *std::move(relay);
        generation->m_proxy = generation->m_relay->entrance();
    }
    generation->m_tls = *tls;
    generation->m_tlsId = credential.tlsId;
    generation->m_control = generation->makeManager();
    return generation;
}

std::unique_ptr<QNetworkAccessManager> Generation::makeManager() const
{
    auto manager = std::make_unique<QNetworkAccessManager>();
    manager->setProxy(m_proxy);
    manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    return manager;
}

QNetworkAccessManager &Generation::writer()
{
    leaveBehind(std::exchange(m_writer, makeManager()));
    return *m_writer;
}

void Generation::replaceControl(const QNetworkAccessManager *used)
{
    if (!used || used == m_control.get())
        leaveBehind(std::exchange(m_control, makeManager()));
}

void Generation::leaveBehind(std::unique_ptr<QNetworkAccessManager> manager)
{
    if (!manager)
        return;
    const QList<QNetworkReply *> replies = repliesOf(*manager);
    if (replies.isEmpty())
        return; // nobody is inside one of its signals
    m_left.push_back(std::move(manager));
    for (QNetworkReply *reply : replies) {
        QObject::connect(
            reply, &QObject::destroyed, &m_context,
            [this] { std::erase_if(m_left, [](const auto &left) { return repliesOf(*left).isEmpty(); }); },
            Qt::QueuedConnection);
    }
}

QNetworkAccessManager &Generation::takeStream()
{
    auto free = std::ranges::find_if(
        m_streams, [](const StreamManager &s) { return !s.closed && s.streams < streamsPerManager; });
    if (free == m_streams.end())
        free = m_streams.insert(m_streams.end(), {makeManager(), 0});
    ++free->streams;
    return *free->manager;
}

void Generation::releaseStream(const QNetworkAccessManager &manager)
{
    const auto used
        = std::ranges::find_if(m_streams, [&](const StreamManager &s) { return s.manager.get() == &manager; });
    if (used == m_streams.end())
        return;
    if (--used->streams > 0 || (m_streams.size() == 1 && !used->closed))
        return;
    // A burst is over. Its last reply may still be in a signal, so the manager goes when the event loop comes round.
    used->manager.release()->deleteLater();
    m_streams.erase(used);
}

void Generation::closeToStreams(const QNetworkAccessManager &manager)
{
    for (StreamManager &one : m_streams)
        one.closed = one.closed || one.manager.get() == &manager;
}

std::optional<Error> Generation::proxyFailure() const
{
    return m_relay ? m_relay->failure() : std::nullopt;
}

} // namespace kube
