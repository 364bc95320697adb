// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The verbs that write: create, update, patch, delete.

#include "demo/api.h"
#include "demo/jsonedit.h"
#include "demo/patch.h"
#include "demo/protobuf.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

bool isDryRun(const HttpRequest &request, const QJsonObject &body = {})
{
    return request.query().queryItemValue(u"dryRun"_s) == "All"_L1
        || body.value("dryRun"_L1).toArray().contains("All"_L1);
}

std::expected<QJsonObject, ApiError> bodyObject(const HttpRequest &request)
{
    const QByteArray contentType = request.header("content-type").split(';').first().trimmed();
    if (contentType == "application/vnd.kubernetes.protobuf") {
        if (const auto object = objectFromProtobuf(request.body))
            return *object;
    }
    if (!contentType.isEmpty() && contentType != "application/json") {
        return std::unexpected(ApiError{415, u"UnsupportedMediaType"_s,
            u"the body of the request was in an unknown format - accepted media types include: application/json"_s,
            {}});
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(request.body, &error);
    if (!document.isObject())
        return std::unexpected(
            ApiError::badRequest(u"couldn't get version/kind; json parse error: %1"_s.arg(error.errorString())));
    return document.object();
}

bool isUpgrade(const ResourceType &type)
{
    return type.group == "harvesterhci.io"_L1 && type.resource == "upgrades"_L1;
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

/// What a real server fills in where the client said nothing.
void fillIn(const ResourceType &type, QJsonObject &object)
{
    if (!type.group.isEmpty())
        return;
    if (type.resource == "namespaces"_L1) {
        json::set(object, u"spec.finalizers", QJsonArray{u"kubernetes"_s});
        json::set(object, u"status.phase", u"Active"_s);
    } else if (type.resource == "secrets"_L1 && !object.contains("type"_L1)) {
        object.insert("type"_L1, u"Opaque"_s);
    }
}

} // namespace

void Api::create(HttpExchange *exchange, const Caller &caller, const Route &to)
{
    const auto body = bodyObject(exchange->request());
    if (!body)
        return answer(exchange, body.error());
    QJsonObject object = *body;
    const ResourceType &type = *to.type;
    if (type.createOnly) {
        const QString now = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
        const QJsonObject review = type.kind == "SelfSubjectAccessReview"_L1 ? accessReview(caller, object)
            : type.kind == "SelfSubjectRulesReview"_L1                       ? rulesReview(caller, object)
                                                                             : selfReview(caller, now);
        return answer(exchange, 201, json::compact(review) + '\n');
    }
    const QString kind = object.value("kind"_L1).toString(type.kind),
                  version = object.value("apiVersion"_L1).toString(type.apiVersion());
    if (kind != type.kind || version != type.apiVersion()) {
        return answer(exchange,
            ApiError::badRequest(u"the API version in the data (%1) does not match the expected API version (%2)"_s.arg(
                version + u'/' + kind, type.apiVersion() + u'/' + type.kind)));
    }
    stripServerFields(type, object);
    if (type.namespaced) {
        const QString given = json::ns(object);
        if (to.attributes.ns.isEmpty())
            return answer(exchange, ApiError::methodNotAllowed());
        if (!given.isEmpty() && given != to.attributes.ns) {
            return answer(exchange,
                ApiError::badRequest(
                    u"the namespace of the provided object does not match the namespace sent on the request"_s));
        }
        json::set(object, u"metadata.namespace", to.attributes.ns);
        const ResourceType *namespaces = m_store.catalog().find(u"", u"namespaces");
        if (!m_store.find(*namespaces, {}, to.attributes.ns))
            return answer(exchange, ApiError::notFound(*namespaces, to.attributes.ns));
    }
    fillIn(type, object);
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
    const auto stored
        = m_store.update(*to.type, to.attributes.ns, to.attributes.name, object, isDryRun(exchange->request()));
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
        after = strategic ? patch::strategic(before->json(), document.object())
                          : patch::merge(before->json(), document.object());
    if (!after)
        return answer(exchange, after.error());
    // Only a version that the patch itself names is a lock.
    const QString version = json::text(*after, u"metadata.resourceVersion");
    if (version != QString::number(before->version()))
        return answer(exchange, ApiError::modified(*to.type, to.attributes.name));
    if (const auto refused = m_admission.update(*to.type, before->json(), *after))
        return answer(exchange, *refused);
    const auto stored
        = m_store.update(*to.type, to.attributes.ns, to.attributes.name, *after, isDryRun(exchange->request()));
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
    request.propagation = options.value("propagationPolicy"_L1)
                              .toString(exchange->request().query().queryItemValue(u"propagationPolicy"_s));
    request.uid = json::text(options, u"preconditions.uid");
    request.resourceVersion = json::text(options, u"preconditions.resourceVersion");
    request.dryRun = isDryRun(exchange->request(), options);
    static const QStringList policies{{}, u"Background"_s, u"Foreground"_s, u"Orphan"_s};
    if (!policies.contains(request.propagation)) {
        return answer(exchange,
            ApiError{422, u"Invalid"_s,
                u"DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value: \"%1\": supported "
                u"values: "
                "\"Background\", \"Foreground\", \"Orphan\""_s.arg(request.propagation),
                {}});
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
    answer(exchange, 200,
        json::compact({{u"kind"_s, u"Status"_s}, {u"apiVersion"_s, u"v1"_s}, {u"metadata"_s, QJsonObject()},
            {u"status"_s, u"Success"_s}, {u"details"_s, details}})
            + '\n');
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
    answer(exchange, 200,
        json::compact({{u"kind"_s, to.type->listKind()}, {u"apiVersion"_s, to.type->apiVersion()},
            {u"metadata"_s, QJsonObject{{u"resourceVersion"_s, QString::number(m_store.version())}}},
            {u"items"_s, items}})
            + '\n');
}

} // namespace demo
