// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/client.h"

#include "kube/clientrequests.h"
#include "kube/credentials.h"
#include "kube/discovery.h"
#include "kube/status.h"
#include "kube/transport.h"

namespace kube {

struct Client::Private {
    Private(ClusterConfig clusterConfig, ClientOptions clientOptions)
        : config(std::move(clusterConfig))
        , options(std::move(clientOptions))
        , host(hostAndPort(config.server))
        , transport(config, options)
    {
    }

    /// Sends, and hands on what `read` makes of the answer.
    template<class T, class Read>
    Call ask(Request request, QObject *context, Done<T> done, Read read)
    {
        if (request.verb != QLatin1StringView("list"))
            request.timeout = options.callTimeout;
        Request sent = request;
        return transport.send(std::move(sent), context,
            [request = std::move(request), done = std::move(done), read = std::move(read), host = host](
                Result<Reply> reply) {
                if (reply)
                    done(read(*reply, request, host));
                else
                    done(std::unexpected(std::move(reply).error()));
            });
    }

    const ClusterConfig config;
    const ClientOptions options;
    const QString host;
    Transport transport;
};

Client::Client(ClusterConfig config, ClientOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(config), std::move(options)))
{
    connect(&d->transport, &Transport::warning, this, &Client::warning);
    CredentialProvider &credentials = d->transport.credentials();
    connect(&credentials, &CredentialProvider::changed, this, &Client::credentialsChanged);
    connect(&credentials, &CredentialProvider::execRunning, this, &Client::execRunning);
}

Client::~Client() = default;

const ClusterConfig &Client::config() const
{
    return d->config;
}

Call Client::version(QObject *context, Done<ServerVersion> done)
{
    return d->ask<ServerVersion>(plainGetRequest(QStringLiteral("/version")), context, std::move(done), readVersion);
}

Call Client::discover(QObject *context, Done<Discovery> done)
{
    auto *run = new DiscoveryRun(d->transport, d->host, context ? context : this, std::move(done));
    return Call([run = QPointer<DiscoveryRun>(run)] { delete run.data(); });
}

Call Client::list(const ListQuery &query, QObject *context, Done<ListPage> done, Slimmer slim)
{
    return d->ask<ListPage>(listRequest(query, d->options.listTimeout), context, std::move(done),
        [metadataOnly = query.metadataOnly, slim = std::move(slim)](const Reply &reply, const Request &request,
            const QString &host) { return readList(reply, request, host, metadataOnly, slim); });
}

Call Client::get(
    const ResourceRef &resource, const QString &ns, const QString &name, QObject *context, Done<ObjectPtr> done)
{
    return d->ask<ObjectPtr>(getRequest(resource, ns, name), context, std::move(done),
        [](const Reply &reply, const Request &request, const QString &host) {
            return readObject(reply, request, host, VersionRule::Required);
        });
}

Call Client::create(const ResourceRef &resource, const QString &ns, const QJsonObject &body,
    const WriteOptions &options, QObject *context, Done<ObjectPtr> done)
{
    return d->ask<ObjectPtr>(createRequest(resource, ns, body, options), context, std::move(done),
        [rule = options.dryRun ? VersionRule::Optional : VersionRule::Required](const Reply &reply,
            const Request &request, const QString &host) { return readObject(reply, request, host, rule); });
}

Call Client::mergePatch(const ResourceRef &resource, const QString &ns, const QString &name, const QJsonObject &patch,
    const WriteOptions &options, QObject *context, Done<ObjectPtr> done)
{
    return d->ask<ObjectPtr>(patchRequest(resource, ns, name, patch, options), context, std::move(done),
        [](const Reply &reply, const Request &request, const QString &host) {
            return readObject(reply, request, host, VersionRule::Optional);
        });
}

Call Client::remove(const DeleteSpec &spec, QObject *context, Done<QJsonObject> done)
{
    return d->ask<QJsonObject>(deleteRequest(spec), context, std::move(done), readJson);
}

Call Client::mayI(const AccessQuestion &question, QObject *context, Done<AccessAnswer> done)
{
    return d->ask<AccessAnswer>(accessRequest(question), context, std::move(done), readAccess);
}

Call Client::whoAmI(QObject *context, Done<UserInfo> done)
{
    return d->ask<UserInfo>(selfRequest(), context, std::move(done), readSelf);
}

void Client::grantExecConsent()
{
    d->transport.credentials().grantConsent();
    // What waited for the yes may go on; said later, as all signals of requests are.
    QMetaObject::invokeMethod(this, &Client::credentialsChanged, Qt::QueuedConnection);
}

void Client::refreshCredentials()
{
    d->transport.credentials().reset();
    QMetaObject::invokeMethod(this, &Client::credentialsChanged, Qt::QueuedConnection);
}

void Client::cancelExec()
{
    d->transport.credentials().cancel();
}

Transport &Client::transport()
{
    return d->transport;
}

} // namespace kube
