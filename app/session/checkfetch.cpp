// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The requests of CheckRunner: lists page by page, the kubelets' statistics, the certificate the API server shows.

#include "kube/proxy.h"
#include "kube/transport.h"
#include "restart/checkfields.h"
#include "session/checkrunner.h"

#include <QJsonDocument>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

#include <algorithm>

namespace session {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using restart::Need;

namespace {

constexpr auto handshakeLimit = 15s;

/// Of pods there may be many, and a check reads little of them.
QJsonObject slimPod(QJsonObject json)
{
    const QJsonObject metadata = json.value("metadata"_L1).toObject();
    QJsonObject kept;
    for (const auto key : {"name"_L1, "namespace"_L1, "uid"_L1, "resourceVersion"_L1})
        kept.insert(key, metadata.value(key));
    return {{u"metadata"_s, kept},
        {u"status"_s, QJsonObject{{u"conditions"_s, json.value("status"_L1).toObject().value("conditions"_L1)}}}};
}

} // namespace

struct CheckRunner::Listing {
    Need need;
    kube::ListQuery query;
    Objects found;
};

void CheckRunner::list(const Need &need)
{
    auto listing = std::make_shared<Listing>();
    listing->need = need;
    listing->query.resource = need.resource;
    listing->query.ns = need.ns;
    listing->query.labelSelector = need.selector;
    listing->query.metadataOnly = need.metadataOnly;
    begin([this, listing] { listPage(listing); });
}

void CheckRunner::listPage(const std::shared_ptr<Listing> &listing)
{
    const kube::Slimmer slim = listing->need.resource.resource == "pods"_L1 ? kube::Slimmer(slimPod) : kube::Slimmer();
    m_client.list(
        listing->query, m_scope,
        [this, listing](const kube::Result<kube::ListPage> &page) {
            const QString key = listing->need.key;
            if (!page) {
                // An older release does not have the kind.
                const bool none = listing->need.optional && page.error().kind == kube::ErrorKind::NotFound;
                if (none)
                    have(key, Objects());
                else if (page.error().kind == kube::ErrorKind::NotFound)
                    have(key, std::unexpected(listing->need.resource.qualified() + u": the server does not have it"_s));
                else
                    have(key, std::unexpected(whyNot(page.error())));
                ended();
                return;
            }
            for (const kube::ObjectPtr &object : page->items)
                listing->found.append(object->json);
            if (!page->undecodable.isEmpty()) {
                // A check over some of the objects would say "pass" of all of them.
                have(key, std::unexpected(whyNot(page->undecodable.constFirst())));
                ended();
            } else if (!page->continueToken.isEmpty()) {
                listing->query.continueToken = page->continueToken;
                listPage(listing);
            } else {
                have(key, listing->found);
                ended();
            }
        },
        slim);
}

void CheckRunner::askNodes(const Need &need)
{
    const auto nodes = m_materials.constFind(u"nodes"_s);
    if (!*nodes || (*nodes)->isEmpty()) {
        const QString why = *nodes ? u"no node"_s : nodes->error();
        m_materials.insert(need.key, std::unexpected(why));
        return;
    }
    m_nodesLeft.insert(need.key, int((*nodes)->size()));
    for (const QJsonObject &node : **nodes) {
        const QString name = restart::nameOf(node);
        begin([this, need, name] { askNode(need, name); });
    }
    fetchNext();
}

void CheckRunner::askNode(const Need &need, const QString &node)
{
    kube::Request request;
    request.verb = u"get"_s;
    request.resource = u"nodes/proxy"_s;
    request.name = node;
    const kube::ResourceRef nodes{{}, u"v1"_s, u"nodes"_s, u"Node"_s, false};
    request.path
        = nodes.path({}, node, u"proxy"_s) + (need.how == Need::How::NodeStats ? u"/stats/summary"_s : u"/configz"_s);
    m_client.transport().send(request, m_scope, [this, key = need.key, node](const kube::Result<kube::Reply> &reply) {
        QJsonObject answer;
        if (reply && reply->status == 200)
            answer = QJsonDocument::fromJson(reply->body).object();
        const bool denied
            = (!reply && reply.error().kind == kube::ErrorKind::Forbidden) || (reply && reply->status == 403);
        answer.remove(u"pods"_s); // most of it, and no check reads it
        answer.insert(u"gleanerNode"_s, node);
        if (denied)
            answer.insert(u"gleanerDenied"_s, reply ? u"403"_s : whyNot(reply.error()));
        m_fromNodes[key].append(answer);
        if (--m_nodesLeft[key] == 0) {
            // Who may not ask one may ask none: that is a reason of its own. A node that is down is one of its values.
            const Objects all = m_fromNodes.take(key);
            const auto refused
                = std::ranges::find_if(all, [](const QJsonObject &one) { return one.contains("gleanerDenied"_L1); });
            if (refused != all.end())
                have(key, std::unexpected(refused->value("gleanerDenied"_L1).toString()));
            else
                have(key, all);
        }
        ended();
    });
}

/// Only a handshake: nothing is sent, no credential is offered, and whether we trust it is not the question here.
void CheckRunner::seeCertificate(const Need &need)
{
    begin([this, key = need.key] {
        const kube::ClusterConfig &config = m_client.config();
        const auto fail = [this, key](const QString &why) {
            have(key, std::unexpected(why));
            ended();
        };
        // Not from inside the request: answers always come from the event loop.
        const auto failSoon
            = [this, fail](const QString &why) { QTimer::singleShot(0, m_scope, [fail, why] { fail(why); }); };
        if (config.server.scheme() != "https"_L1) {
            failSoon(u"the connection has no certificate"_s);
            return;
        }
        const auto route = kube::proxyFor(config);
        if (!route || route->tls) {
            failSoon(route ? u"cannot be seen through an https proxy"_s : whyNot(route.error()));
            return;
        }
        auto *socket = new QSslSocket(m_scope);
        socket->setProxy(route->proxy);
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setPeerVerifyMode(QSslSocket::QueryPeer);
        socket->setSslConfiguration(tls);
        auto *limit = new QTimer(socket);
        limit->setSingleShot(true);
        const auto over = [socket, limit] {
            limit->stop();
            socket->disconnect();
            socket->abort();
            socket->deleteLater();
        };
        connect(socket, &QSslSocket::sslErrors, socket, [socket] { socket->ignoreSslErrors(); });
        connect(socket, &QSslSocket::encrypted, m_scope, [this, key, socket, over, fail] {
            const QList<QSslCertificate> chain = socket->peerCertificateChain();
            const QStringList names = socket->peerCertificate().subjectAlternativeNames().values(QSsl::DnsEntry);
            over();
            // A proxy or load balancer shows its own, and says nothing about the cluster's.
            if (!names.contains("kubernetes"_L1) && !names.contains("kubernetes.default.svc"_L1)) {
                fail(u"the certificate shown is not the API server's own"_s);
                return;
            }
            QDateTime earliest;
            for (const QSslCertificate &certificate : chain) {
                if (!earliest.isValid() || certificate.expiryDate() < earliest)
                    earliest = certificate.expiryDate();
            }
            have(key, Objects{QJsonObject{{u"notAfter"_s, earliest.toUTC().toString(Qt::ISODate)}}});
            ended();
        });
        connect(socket, &QSslSocket::errorOccurred, m_scope, [socket, over, fail] {
            const QString why = socket->errorString();
            over();
            fail(why);
        });
        connect(limit, &QTimer::timeout, m_scope, [over, fail] {
            over();
            fail(u"no answer in time"_s);
        });
        limit->start(handshakeLimit);
        const QString name = config.tlsServerName.isEmpty() ? config.server.host() : config.tlsServerName;
        socket->connectToHostEncrypted(config.server.host(), quint16(config.server.port(443)), name);
    });
}

} // namespace session
