// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/discovery.h"

#include "kube/clientrequests.h"
#include "kube/status.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kube {

std::optional<ResourceRef> Discovery::find(const QString &group, const QString &resource) const
{
    // In the server's order of preference.
    const auto it = std::ranges::find_if(
        resources, [&](const ResourceRef &r) { return r.group == group && r.resource == resource; });
    return it == resources.cend() ? std::nullopt : std::optional(*it);
}

QList<FoundVersion> readAggregated(const QJsonObject &json)
{
    QList<FoundVersion> found;
    for (const QJsonValue &item : json.value("items"_L1).toArray()) {
        const QString group = item.toObject().value("metadata"_L1).toObject().value("name"_L1).toString();
        for (const QJsonValue &value : item.toObject().value("versions"_L1).toArray()) {
            const QJsonObject version = value.toObject();
            FoundVersion one{group, version.value("version"_L1).toString(), {},
                version.value("freshness"_L1).toString() == "Stale"_L1};
            for (const QJsonValue &entry : version.value("resources"_L1).toArray()) {
                const QJsonObject resource = entry.toObject();
                const QString name = resource.value("resource"_L1).toString();
                if (name.isEmpty())
                    continue;
                one.resources.append(
                    {group, one.version, name, resource.value("responseKind"_L1).toObject().value("kind"_L1).toString(),
                        resource.value("scope"_L1).toString() == "Namespaced"_L1});
            }
            found.append(one);
        }
    }
    return found;
}

QList<FoundVersion> readGroups(const QJsonObject &json)
{
    QList<FoundVersion> found;
    if (json.value("kind"_L1).toString() == "APIVersions"_L1) {
        for (const QJsonValue &version : json.value("versions"_L1).toArray())
            found.append({{}, version.toString(), {}, false});
        return found;
    }
    for (const QJsonValue &value : json.value("groups"_L1).toArray()) {
        const QJsonObject group = value.toObject();
        const QString name = group.value("name"_L1).toString();
        const QString preferred = group.value("preferredVersion"_L1).toObject().value("version"_L1).toString();
        qsizetype first = found.size();
        for (const QJsonValue &entry : group.value("versions"_L1).toArray()) {
            const QString version = entry.toObject().value("version"_L1).toString();
            const FoundVersion one{name, version, {}, false};
            if (version == preferred)
                found.insert(first, one);
            else
                found.append(one);
        }
    }
    return found;
}

QList<ResourceRef> readResources(const QJsonObject &json, const QString &group, const QString &version)
{
    QList<ResourceRef> resources;
    for (const QJsonValue &value : json.value("resources"_L1).toArray()) {
        const QJsonObject resource = value.toObject();
        const QString name = resource.value("name"_L1).toString();
        if (name.isEmpty() || name.contains(u'/'))
            continue;
        resources.append(
            {group, version, name, resource.value("kind"_L1).toString(), resource.value("namespaced"_L1).toBool()});
    }
    return resources;
}

DiscoveryRun::DiscoveryRun(
    Transport &transport, QString host, QObject *context, std::function<void(Result<Discovery>)> done)
    : QObject(&transport)
    , m_transport(transport)
    , m_host(std::move(host))
    , m_context(context)
    , m_done(std::move(done))
    , m_roots{{u"/api"_s, {}}, {u"/apis"_s, {}}}
{
    connect(context, &QObject::destroyed, this, &QObject::deleteLater);
    m_open = int(m_roots.size());
    for (qsizetype root = 0; root < m_roots.size(); ++root)
        askRoot(root);
}

void DiscoveryRun::askRoot(qsizetype root)
{
    Request request = plainGetRequest(m_roots.at(root).path);
    request.accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
                     "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
                     "application/json";
    m_transport.send(
        request, this, [this, root, request](const Result<Reply> &reply) { readRoot(root, reply, request); });
}

void DiscoveryRun::readRoot(qsizetype root, const Result<Reply> &reply, const Request &request)
{
    if (!m_done)
        return;
    if (!reply)
        return finish(std::unexpected(reply.error()));
    const Result<QJsonObject> json = readJson(*reply, request, m_host);
    if (!json)
        return finish(std::unexpected(json.error()));
    const QString kind = json->value("kind"_L1).toString();
    if (kind == "APIGroupDiscoveryList"_L1) {
        m_roots[root].versions = readAggregated(*json);
    } else if (kind == "APIVersions"_L1 || kind == "APIGroupList"_L1) {
        m_roots[root].versions = readGroups(*json);
        m_open += int(m_roots.at(root).versions.size());
        for (qsizetype index = 0; index < m_roots.at(root).versions.size(); ++index)
            askVersion(root, index);
    } else {
        Error error = requestError(ErrorKind::Undecodable,
            u"discovery was asked for, \"%1\" came"_s.arg(plainText(kind, 100)), request, m_host);
        error.httpStatus = reply->status;
        return finish(std::unexpected(std::move(error)));
    }
    answered();
}

void DiscoveryRun::askVersion(qsizetype root, qsizetype index)
{
    const FoundVersion &asked = m_roots.at(root).versions.at(index);
    const QString path
        = asked.group.isEmpty() ? u"/api/"_s + asked.version : u"/apis/"_s + asked.group + u'/' + asked.version;
    const Request request = plainGetRequest(path);
    m_transport.send(request, this, [this, root, index, request](const Result<Reply> &reply) {
        if (!m_done)
            return;
        FoundVersion &found = m_roots[root].versions[index];
        const Result<QJsonObject> json = reply ? readJson(*reply, request, m_host) : std::unexpected(reply.error());
        if (json)
            found.resources = readResources(*json, found.group, found.version);
        else
            found.failed = true;
        answered();
    });
}

void DiscoveryRun::answered()
{
    if (--m_open > 0)
        return;
    Discovery discovery;
    for (const Root &root : std::as_const(m_roots)) {
        for (const FoundVersion &found : root.versions) {
            discovery.resources.append(found.resources);
            if (found.failed && !discovery.failedGroups.contains(found.group))
                discovery.failedGroups.append(found.group);
        }
    }
    finish(std::move(discovery));
}

void DiscoveryRun::finish(Result<Discovery> result)
{
    const auto done = std::exchange(m_done, nullptr);
    const bool wanted = done && m_context;
    deleteLater();
    if (wanted)
        done(std::move(result));
}

} // namespace kube
