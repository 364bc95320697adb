// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The verbs on resources.

#include "demo/api.h"
#include "demo/jsonedit.h"
#include "demo/logstream.h"
#include "demo/patch.h"
#include "demo/protobuf.h"
#include "demo/table.h"
#include "demo/watchstream.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

bool isDryRun(const HttpRequest &request, const QJsonObject &body = {})
{
    return request.query().queryItemValue(u"dryRun"_s) == "All"_L1 || body.value("dryRun"_L1).toArray().contains("All"_L1);
}

std::expected<QJsonObject, ApiError> bodyObject(const HttpRequest &request)
{
    const QByteArray contentType = request.header("content-type").split(';').first().trimmed();
    if (contentType == "application/vnd.kubernetes.protobuf") {
        if (const auto review = reviewFromProtobuf(request.body))
            return *review;
    }
    if (!contentType.isEmpty() && contentType != "application/json") {
        return std::unexpected(ApiError{415, u"UnsupportedMediaType"_s,
                                        u"the body of the request was in an unknown format - accepted media types include: application/json"_s, {}});
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(request.body, &error);
    if (!document.isObject())
        return std::unexpected(ApiError::badRequest(u"couldn't get version/kind; json parse error: %1"_s.arg(error.errorString())));
    return document.object();
}

bool isUpgrade(const ResourceType &type) { return type.group == "harvesterhci.io"_L1 && type.resource == "upgrades"_L1; }

ApiError badVersion(const QString &text)
{
    return {500, {}, u"resourceVersion: Invalid value: \"%1\": strconv.ParseUint: parsing \"%1\": invalid syntax"_s.arg(text), {}};
}

ApiError tooLarge(const QString &text, quint64 current)
{
    ApiError error{504, u"Timeout"_s, u"Timeout: Too large resource version: %1, current: %2"_s.arg(text).arg(current), {}};
    error.details.insert("causes"_L1, QJsonArray{QJsonObject{{u"reason"_s, u"ResourceVersionTooLarge"_s}, {u"message"_s, u"Too large resource version"_s}}});
    error.retryAfter = 1;
    return error;
}

/// What clients may not choose when they create.
void stripServerFields(const ResourceType &type, QJsonObject &object)
{
    QJsonObject metadata = object.value("metadata"_L1).toObject();
    for (const auto &key : {"uid"_L1, "creationTimestamp"_L1, "generation"_L1, "selfLink"_L1})
        metadata.remove(key);
    object.insert("metadata"_L1, metadata);
    if (type.status)
        object.remove("status"_L1);
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
                                          includeOf(exchange->request().query().queryItemValue(u"includeObject"_s)))) + '\n');
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
        return answer(exchange, 200, json::compact(table(*to.type, page->items, metadata, QDateTime::currentDateTimeUtc(),
                                                         includeOf(query.queryItemValue(u"includeObject"_s)))) + '\n');
    const bool bare = form == Form::Metadata;
    QByteArray body = "{\"kind\":\"" + (bare ? QByteArray("PartialObjectMetadataList") : to.type->listKind().toUtf8()) + "\",\"apiVersion\":\""
                      + (bare ? QByteArray("meta.k8s.io/v1") : to.type->apiVersion().toUtf8()) + "\",\"metadata\":" + json::compact(metadata)
                      + ",\"items\":[";
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
    m_streams.append(exchange);
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
    m_streams.append(exchange);
    new LogStream(exchange, m_logs, *request);
}

void Api::create(HttpExchange *exchange, const Caller &caller, const Route &to)
{
    const auto body = bodyObject(exchange->request());
    if (!body)
        return answer(exchange, body.error());
    QJsonObject object = *body;
    const ResourceType &type = *to.type;
    if (type.createOnly) {
        const QString now = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
        const QJsonObject review = type.kind == "SelfSubjectAccessReview"_L1  ? accessReview(caller, object)
                                   : type.kind == "SelfSubjectRulesReview"_L1 ? rulesReview(caller, object)
                                                                              : selfReview(caller, now);
        return answer(exchange, 201, json::compact(review) + '\n');
    }
    const QString kind = object.value("kind"_L1).toString(type.kind), version = object.value("apiVersion"_L1).toString(type.apiVersion());
    if (kind != type.kind || version != type.apiVersion()) {
        return answer(exchange, ApiError::badRequest(u"the API version in the data (%1) does not match the expected API version (%2)"_s.arg(
                                    version + u'/' + kind, type.apiVersion() + u'/' + type.kind)));
    }
    stripServerFields(type, object);
    if (type.namespaced) {
        const QString given = json::ns(object);
        if (to.attributes.ns.isEmpty())
            return answer(exchange, ApiError::methodNotAllowed());
        if (!given.isEmpty() && given != to.attributes.ns) {
            return answer(exchange, ApiError::badRequest(u"the namespace of the provided object does not match the namespace sent on the request"_s));
        }
        json::set(object, u"metadata.namespace", to.attributes.ns);
        const ResourceType *namespaces = m_store.catalog().find(u"", u"namespaces");
        if (!m_store.find(*namespaces, {}, to.attributes.ns))
            return answer(exchange, ApiError::notFound(*namespaces, to.attributes.ns));
    }
    m_admission.mutate(type, object);
    if (const auto refused = m_admission.create(type, object))
        return answer(exchange, *refused);
    const bool dryRun = isDryRun(exchange->request());
    const auto made = m_store.create(type, object, dryRun);
    if (!made)
        return answer(exchange, made.error());
    if (isUpgrade(type) && !dryRun)
        Q_EMIT upgradeCreated(json::name((*made)->json()));
    const StoredPtr now = dryRun ? *made : m_store.find(type, to.attributes.ns, json::name((*made)->json()));
    answerObject(exchange, 201, to, now ? now : *made);
}

void Api::update(HttpExchange *exchange, const Route &to)
{
    const auto body = bodyObject(exchange->request());
    if (!body)
        return answer(exchange, body.error());
    const StoredPtr before = m_store.find(*to.type, to.attributes.ns, to.attributes.name);
    if (!before)
        return answer(exchange, ApiError::notFound(*to.type, to.attributes.name));
    QJsonObject object = *body;
    if (to.type->status) { // the status has its own door
        QJsonObject kept = to.attributes.subresource.isEmpty() ? object : before->json();
        const QJsonObject &statusOf = to.attributes.subresource.isEmpty() ? before->json() : object;
        if (statusOf.contains("status"_L1))
            kept.insert("status"_L1, statusOf.value("status"_L1));
        object = kept;
    }
    if (const auto refused = m_admission.update(*to.type, before->json(), object))
        return answer(exchange, *refused);
    const auto stored = m_store.update(*to.type, to.attributes.ns, to.attributes.name, object, isDryRun(exchange->request()));
    if (!stored)
        return answer(exchange, stored.error());
    answerObject(exchange, 200, to, *stored);
}

void Api::applyPatch(HttpExchange *exchange, const Route &to)
{
    const StoredPtr before = m_store.find(*to.type, to.attributes.ns, to.attributes.name);
    const QByteArray kind = exchange->request().header("content-type").split(';').first().trimmed();
    const bool strategic = kind == "application/strategic-merge-patch+json" && !to.type->custom;
    if (kind != "application/merge-patch+json" && kind != "application/json-patch+json" && !strategic)
        return answer(exchange, ApiError::unsupportedMedia(*to.type));
    if (!before)
        return answer(exchange, ApiError::notFound(*to.type, to.attributes.name));
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(exchange->request().body, &parse);
    const bool isList = kind == "application/json-patch+json";
    if (isList ? !document.isArray() : !document.isObject())
        return answer(exchange, ApiError::badRequest(u"error decoding patch: %1"_s.arg(parse.errorString())));
    std::expected<QJsonObject, ApiError> after = before->json();
    if (isList)
        after = patch::json(before->json(), document.array(), *to.type, to.attributes.name);
    else
        after = strategic ? patch::strategic(before->json(), document.object()) : patch::merge(before->json(), document.object());
    if (!after)
        return answer(exchange, after.error());
    // Only a version that the patch itself names is a lock.
    const QString version = json::text(*after, u"metadata.resourceVersion");
    if (version != QString::number(before->version()))
        return answer(exchange, ApiError::modified(*to.type, to.attributes.name));
    if (const auto refused = m_admission.update(*to.type, before->json(), *after))
        return answer(exchange, *refused);
    const auto stored = m_store.update(*to.type, to.attributes.ns, to.attributes.name, *after, isDryRun(exchange->request()));
    if (!stored)
        return answer(exchange, stored.error());
    answerObject(exchange, 200, to, *stored);
}

void Api::remove(HttpExchange *exchange, const Route &to)
{
    QJsonObject options;
    if (!exchange->request().body.isEmpty()) {
        const auto body = bodyObject(exchange->request());
        if (!body)
            return answer(exchange, body.error());
        options = *body;
    }
    const ResourceType &type = *to.type;
    const QString ns = to.attributes.ns, name = to.attributes.name;
    DeleteRequest request;
    request.propagation = options.value("propagationPolicy"_L1).toString(exchange->request().query().queryItemValue(u"propagationPolicy"_s));
    request.uid = json::text(options, u"preconditions.uid");
    request.resourceVersion = json::text(options, u"preconditions.resourceVersion");
    request.dryRun = isDryRun(exchange->request(), options);
    static const QStringList policies{{}, u"Background"_s, u"Foreground"_s, u"Orphan"_s};
    if (!policies.contains(request.propagation)) {
        return answer(exchange, ApiError{422, u"Invalid"_s,
                                         u"DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value: \"%1\": supported values: "
                                         "\"Background\", \"Foreground\", \"Orphan\""_s.arg(request.propagation), {}});
    }
    // Preconditions come before the webhook: recorded from a real server.
    if (const auto error = m_store.checkPreconditions(type, ns, name, request))
        return answer(exchange, *error);
    const StoredPtr before = m_store.find(type, ns, name);
    if (const auto refused = m_admission.remove(type, before->json()))
        return answer(exchange, *refused);
    const auto gone = m_store.erase(type, ns, name, request);
    if (!gone)
        return answer(exchange, gone.error());
    if (isUpgrade(type) && !request.dryRun)
        Q_EMIT upgradeDeleting(name);
    if (!json::finalizers(before->json()).isEmpty() || request.dryRun)
        return answerObject(exchange, 200, to, *gone);
    QJsonObject details{{u"name"_s, name}, {u"kind"_s, type.resource}, {u"uid"_s, json::uid(before->json())}};
    if (!type.group.isEmpty())
        details.insert("group"_L1, type.group);
    answer(exchange, 200, json::compact({{u"kind"_s, u"Status"_s}, {u"apiVersion"_s, u"v1"_s}, {u"metadata"_s, QJsonObject()},
                                         {u"status"_s, u"Success"_s}, {u"details"_s, details}}) + '\n');
}

void Api::removeCollection(HttpExchange *exchange, const Route &to)
{
    const auto wanted = filter(exchange->request(), to);
    if (!wanted)
        return answer(exchange, wanted.error());
    const bool dryRun = isDryRun(exchange->request());
    const auto objects = m_store.all(*to.type, *wanted);
    for (const StoredPtr &object : objects) {
        if (const auto refused = m_admission.remove(*to.type, object->json()))
            return answer(exchange, *refused);
    }
    QJsonArray items;
    for (const StoredPtr &object : objects) {
        DeleteRequest request;
        request.dryRun = dryRun;
        items.append(object->json());
        (void)m_store.erase(*to.type, json::ns(object->json()), json::name(object->json()), request);
        if (isUpgrade(*to.type) && !dryRun)
            Q_EMIT upgradeDeleting(json::name(object->json()));
    }
    answer(exchange, 200, json::compact({{u"kind"_s, to.type->listKind()}, {u"apiVersion"_s, to.type->apiVersion()},
                                         {u"metadata"_s, QJsonObject{{u"resourceVersion"_s, QString::number(m_store.version())}}},
                                         {u"items"_s, items}}) + '\n');
}

/// What pre-checks read from kubelets: disk usage and the image garbage collection threshold.
void Api::nodeProxy(HttpExchange *exchange, const Route &to)
{
    if (!m_store.find(*to.type, {}, to.attributes.name))
        return answer(exchange, ApiError::notFound(*to.type, to.attributes.name));
    const QString path = exchange->request().path();
    if (path.endsWith("/proxy/stats/summary"_L1)) {
        const qint64 capacity = 214'748'364'800, used = 75'161'927'680;
        return answer(exchange, 200,
                      json::compact({{u"node"_s, QJsonObject{{u"nodeName"_s, to.attributes.name},
                                                             {u"fs"_s, QJsonObject{{u"capacityBytes"_s, capacity}, {u"usedBytes"_s, used},
                                                                                   {u"availableBytes"_s, capacity - used}}}}}}));
    }
    if (path.endsWith("/proxy/configz"_L1))
        return answer(exchange, 200, json::compact({{u"kubeletconfig"_s, QJsonObject{{u"imageGCHighThresholdPercent"_s, 85}}}}));
    answer(exchange, ApiError::pageNotFound());
}

} // namespace demo
