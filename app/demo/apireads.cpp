// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The verbs that read: get, list, watch, logs, and the kubelet's numbers.

#include "demo/api.h"
#include "demo/jsonedit.h"
#include "demo/kubelet.h"
#include "demo/logstream.h"
#include "demo/supportbundles.h"
#include "demo/table.h"
#include "demo/watchstream.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

ApiError badVersion(const QString &text)
{
    return {500, {},
        u"resourceVersion: Invalid value: \"%1\": strconv.ParseUint: parsing \"%1\": invalid syntax"_s.arg(text), {}};
}

ApiError tooLarge(const QString &text, quint64 current)
{
    ApiError error{
        504, u"Timeout"_s, u"Timeout: Too large resource version: %1, current: %2"_s.arg(text).arg(current), {}};
    error.details.insert("causes"_L1,
        QJsonArray{
            QJsonObject{{u"reason"_s, u"ResourceVersionTooLarge"_s}, {u"message"_s, u"Too large resource version"_s}}});
    error.retryAfter = 1;
    return error;
}

} // namespace

std::expected<Filter, ApiError> Api::filter(const HttpRequest &request, const Route &to) const
{
    const QUrlQuery query = request.query();
    const auto labels = LabelSelector::parse(query.queryItemValue(u"labelSelector"_s, QUrl::FullyDecoded));
    if (!labels)
        return std::unexpected(labels.error());
    const auto fields = FieldSelector::parse(query.queryItemValue(u"fieldSelector"_s, QUrl::FullyDecoded), *to.type);
    if (!fields)
        return std::unexpected(fields.error());
    return Filter{to.type->namespaced ? to.attributes.ns : QString(), {}, *labels, *fields};
}

void Api::serveObject(HttpExchange *exchange, const Caller &caller, const Route &to)
{
    const QString &verb = to.attributes.verb, &sub = to.attributes.subresource;
    const bool isPod = to.type->group.isEmpty() && to.type->resource == "pods"_L1;
    const bool isNode = to.type->group.isEmpty() && to.type->resource == "nodes"_L1;
    if (isPod && sub == "log"_L1)
        return verb == "get"_L1 ? readLog(exchange, to) : answer(exchange, ApiError::methodNotAllowed());
    if (isNode && sub == "proxy"_L1)
        return nodeProxy(exchange, to);
    if (!sub.isEmpty() && !(sub == "status"_L1 && to.type->status))
        return answer(exchange, ApiError::pageNotFound());
    if (to.type->createOnly && verb != "create"_L1)
        return answer(exchange, ApiError::methodNotAllowed());
    if (verb == "list"_L1)
        return list(exchange, to);
    if (verb == "watch"_L1)
        return watch(exchange, to);
    if (verb == "create"_L1 && to.attributes.name.isEmpty())
        return create(exchange, caller, to);
    if (verb == "update"_L1 && !to.attributes.name.isEmpty())
        return update(exchange, to);
    if (verb == "patch"_L1 && !to.attributes.name.isEmpty())
        return applyPatch(exchange, to);
    if (verb == "delete"_L1)
        return remove(exchange, to);
    if (verb == "deletecollection"_L1)
        return removeCollection(exchange, to);
    if (verb != "get"_L1)
        return answer(exchange, ApiError::methodNotAllowed());
    const StoredPtr object = m_store.find(*to.type, to.attributes.ns, to.attributes.name);
    if (!object)
        return answer(exchange, ApiError::notFound(*to.type, to.attributes.name));
    answerObject(exchange, 200, to, object);
}

void Api::answerObject(HttpExchange *exchange, int status, const Route &to, const StoredPtr &object)
{
    switch (formOf(exchange->request().header("accept"))) {
    case Form::Object:
        return answer(exchange, status, object->text() + '\n');
    case Form::Metadata:
        return answer(exchange, status, json::compact(metadataOnly(object->json())) + '\n');
    case Form::Table:
        return answer(exchange, status,
            json::compact(table(*to.type, {object}, {{u"resourceVersion"_s, QString::number(object->version())}},
                QDateTime::currentDateTimeUtc(),
                includeOf(exchange->request().query().queryItemValue(u"includeObject"_s))))
                + '\n');
    }
}

void Api::list(HttpExchange *exchange, const Route &to)
{
    const QUrlQuery query = exchange->request().query();
    const auto wanted = filter(exchange->request(), to);
    if (!wanted)
        return answer(exchange, wanted.error());
    const QString since = query.queryItemValue(u"resourceVersion"_s);
    if (!since.isEmpty()) {
        bool ok = false;
        const quint64 version = since.toULongLong(&ok);
        if (!ok)
            return answer(exchange, badVersion(since));
        if (version > m_store.version())
            return answer(exchange, tooLarge(since, m_store.version()));
    }
    // A list at version 0 comes from the cache, which does not page.
    const qint64 limit = since == "0"_L1 ? 0 : query.queryItemValue(u"limit"_s).toLongLong();
    const auto page = m_store.page(*to.type, *wanted, limit, query.queryItemValue(u"continue"_s, QUrl::FullyDecoded));
    if (!page)
        return answer(exchange, page.error());
    QJsonObject metadata{{u"resourceVersion"_s, QString::number(page->version)}};
    if (!page->continueToken.isEmpty()) {
        metadata.insert("continue"_L1, page->continueToken);
        if (wanted->labels.isEmpty() && wanted->fields.isEmpty())
            metadata.insert("remainingItemCount"_L1, page->remaining);
    }
    const Form form = formOf(exchange->request().header("accept"));
    if (form == Form::Table)
        return answer(exchange, 200,
            json::compact(table(*to.type, page->items, metadata, QDateTime::currentDateTimeUtc(),
                includeOf(query.queryItemValue(u"includeObject"_s))))
                + '\n');
    const bool bare = form == Form::Metadata;
    QByteArray body = "{\"kind\":\"" + (bare ? QByteArray("PartialObjectMetadataList") : to.type->listKind().toUtf8())
        + "\",\"apiVersion\":\"" + (bare ? QByteArray("meta.k8s.io/v1") : to.type->apiVersion().toUtf8())
        + "\",\"metadata\":" + json::compact(metadata) + ",\"items\":[";
    bool first = true;
    for (const StoredPtr &object : page->items) {
        if (!std::exchange(first, false))
            body += ',';
        body += bare ? json::compact(metadataOnly(object->json())) : object->itemText(to.type->custom);
    }
    answer(exchange, 200, body + "]}\n");
}

void Api::watch(HttpExchange *exchange, const Route &to)
{
    const QUrlQuery query = exchange->request().query();
    const auto wanted = filter(exchange->request(), to);
    if (!wanted)
        return answer(exchange, wanted.error());
    WatchRequest request;
    request.type = to.type;
    request.filter = *wanted;
    request.form = formOf(exchange->request().header("accept"));
    request.include = includeOf(query.queryItemValue(u"includeObject"_s));
    const QString bookmarks = query.queryItemValue(u"allowWatchBookmarks"_s);
    request.bookmarks = bookmarks == "true"_L1 || bookmarks == "1"_L1;
    const QString since = query.queryItemValue(u"resourceVersion"_s);
    if (!since.isEmpty() && since != "0"_L1 && query.queryItemValue(u"sendInitialEvents"_s) != "true"_L1) {
        bool ok = false;
        request.since = since.toULongLong(&ok);
        if (!ok)
            return answer(exchange, badVersion(since));
    }
    const int timeout = query.queryItemValue(u"timeoutSeconds"_s).toInt();
    request.timeoutSeconds = timeout > 0 ? std::min(timeout, 86'400) : 1800 + static_cast<int>(m_random() % 1800);
    exchange->beginStream(200, headers("application/json"));
    remember(exchange);
    new WatchStream(exchange, m_store, request);
}

void Api::readLog(HttpExchange *exchange, const Route &to)
{
    const StoredPtr pod = m_store.find(*to.type, to.attributes.ns, to.attributes.name);
    if (!pod)
        return answer(exchange, ApiError::notFound(*to.type, to.attributes.name));
    const auto request = readLogRequest(exchange->request().query(), pod->json(), m_logs, m_settings.clock());
    if (!request)
        return answer(exchange, request.error());
    exchange->beginStream(200, headers("text/plain"));
    remember(exchange);
    new LogStream(exchange, m_logs, *request);
}

/// Harvester's own address for the file of a ready SupportBundle; both go after it, unless they are to be retained.
void Api::downloadBundle(HttpExchange *exchange, const QString &name)
{
    const ResourceType *type = m_store.catalog().find(u"harvesterhci.io", u"supportbundles");
    const QString ns = u"harvester-system"_s;
    const StoredPtr bundle = type ? m_store.find(*type, ns, name) : nullptr;
    if (!bundle)
        return answer(exchange, type ? ApiError::notFound(*type, name) : ApiError::pageNotFound());
    if (json::text(bundle->json(), u"status.state") != "ready"_L1) {
        exchange->reply(422, headers("text/plain; charset=utf-8"), "support bundle is not ready");
        return;
    }
    HttpHeaders all = headers("application/zip");
    all.emplaceBack(
        "Content-Disposition", "attachment; filename=" + json::text(bundle->json(), u"status.filename").toLatin1());
    exchange->reply(200, all, supportBundleFile(m_store, bundle->json()));
    if (exchange->request().query().queryItemValue(u"retain"_s) != "true"_L1)
        (void)m_store.erase(*type, ns, name, {});
}

/// What pre-checks read from kubelets: disk usage and the image garbage collection threshold.
void Api::nodeProxy(HttpExchange *exchange, const Route &to)
{
    const StoredPtr node = m_store.find(*to.type, {}, to.attributes.name);
    if (!node)
        return answer(exchange, ApiError::notFound(*to.type, to.attributes.name));
    const NodeDisk disk = diskOf(node->json());
    const QString path = exchange->request().path();
    if (path.endsWith("/proxy/stats/summary"_L1)) {
        return answer(exchange, 200,
            json::compact({{u"node"_s,
                QJsonObject{{u"nodeName"_s, to.attributes.name},
                    {u"fs"_s,
                        QJsonObject{{u"capacityBytes"_s, disk.capacity}, {u"usedBytes"_s, disk.used},
                            {u"availableBytes"_s, disk.capacity - disk.used}}}}}}));
    }
    if (path.endsWith("/proxy/configz"_L1))
        return answer(exchange, 200,
            json::compact(
                {{u"kubeletconfig"_s, QJsonObject{{u"imageGCHighThresholdPercent"_s, disk.collectionThreshold}}}}));
    answer(exchange, ApiError::pageNotFound());
}

} // namespace demo
