// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/clientrequests.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace kube {

namespace {

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Request about(const ResourceRef &resource, const QString &ns, const QString &name)
{
    Request request;
    request.resource = resource.qualified();
    request.ns = resource.namespaced ? ns : QString();
    request.name = name;
    request.path = resource.path(ns, name);
    return request;
}

/// A write: the person waits for it, so it goes first.
Request write(const QByteArray &method, const QString &verb, Request request, const QJsonObject &body,
    const QByteArray &contentType)
{
    request.method = method;
    request.verb = verb;
    request.body = json(body);
    request.contentType = contentType;
    request.priority = Request::Priority::User;
    return request;
}

void addOptions(Request &request, const WriteOptions &options)
{
    if (options.dryRun)
        request.query.addQueryItem(u"dryRun"_s, u"All"_s);
    if (!options.fieldManager.isEmpty())
        request.query.addQueryItem(u"fieldManager"_s, options.fieldManager);
    request.query.addQueryItem(u"fieldValidation"_s, u"Warn"_s);
}

void addNotEmpty(QUrlQuery &query, const QString &key, const QString &value)
{
    if (value.isEmpty())
        return;
    // QUrlQuery takes "%41" in a value for an encoded 'A'.
    QString encoded = value;
    encoded.replace(u'%', "%25"_L1);
    query.addQueryItem(key, encoded);
}

} // namespace

QByteArray metadataAccept(bool list)
{
    return list ? "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
                : "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
}

Request listRequest(const ListQuery &query, std::chrono::milliseconds timeout)
{
    Request request = about(query.resource, query.ns, {});
    request.verb = u"list"_s;
    request.timeout = timeout;
    if (query.metadataOnly)
        request.accept = metadataAccept(true);
    addNotEmpty(request.query, u"labelSelector"_s, query.labelSelector);
    addNotEmpty(request.query, u"fieldSelector"_s, query.fieldSelector);
    if (query.limit > 0)
        request.query.addQueryItem(u"limit"_s, QString::number(query.limit));
    if (!query.continueToken.isEmpty())
        addNotEmpty(request.query, u"continue"_s, query.continueToken);
    else
        addNotEmpty(request.query, u"resourceVersion"_s, query.resourceVersion);
    return request;
}

Request getRequest(const ResourceRef &resource, const QString &ns, const QString &name)
{
    Request request = about(resource, ns, name);
    request.verb = u"get"_s;
    return request;
}

Request createRequest(
    const ResourceRef &resource, const QString &ns, const QJsonObject &body, const WriteOptions &options)
{
    QJsonObject complete = body;
    if (!complete.contains("apiVersion"_L1))
        complete.insert("apiVersion"_L1, resource.apiVersion());
    if (!complete.contains("kind"_L1))
        complete.insert("kind"_L1, resource.kind);
    Request request = about(resource, ns, {});
    request.name = complete.value("metadata"_L1).toObject().value("name"_L1).toString();
    addOptions(request, options);
    return write("POST", u"create"_s, std::move(request), complete, "application/json");
}

Request patchRequest(const ResourceRef &resource, const QString &ns, const QString &name, const QJsonObject &patch,
    const WriteOptions &options)
{
    Request request = about(resource, ns, name);
    addOptions(request, options);
    return write("PATCH", u"patch"_s, std::move(request), patch, "application/merge-patch+json");
}

Request deleteRequest(const DeleteSpec &spec)
{
    QJsonObject preconditions;
    if (!spec.uid.isEmpty())
        preconditions.insert("uid"_L1, spec.uid);
    if (!spec.resourceVersion.isEmpty())
        preconditions.insert("resourceVersion"_L1, spec.resourceVersion);
    QJsonObject body{{u"kind"_s, u"DeleteOptions"_s}, {u"apiVersion"_s, u"v1"_s}};
    if (!spec.propagationPolicy.isEmpty())
        body.insert("propagationPolicy"_L1, spec.propagationPolicy);
    if (!preconditions.isEmpty())
        body.insert("preconditions"_L1, preconditions);
    Request request = about(spec.resource, spec.ns, spec.name);
    if (spec.dryRun) {
        body.insert("dryRun"_L1, QJsonArray{u"All"_s});
        // Also where gateways and audit logs see it; the server takes either.
        request.query.addQueryItem(u"dryRun"_s, u"All"_s);
    }
    return write("DELETE", u"delete"_s, std::move(request), body, "application/json");
}

Request accessRequest(const AccessQuestion &question)
{
    QJsonObject attributes{{u"verb"_s, question.verb}, {u"resource"_s, question.resource}};
    const auto add = [&](const QString &key, const QString &value) {
        if (!value.isEmpty())
            attributes.insert(key, value);
    };
    add(u"group"_s, question.group);
    add(u"subresource"_s, question.subresource);
    add(u"namespace"_s, question.ns);
    add(u"name"_s, question.name);
    const QJsonObject body{{u"kind"_s, u"SelfSubjectAccessReview"_s}, {u"apiVersion"_s, u"authorization.k8s.io/v1"_s},
        {u"spec"_s, QJsonObject{{u"resourceAttributes"_s, attributes}}}};
    const ResourceRef reviews{
        u"authorization.k8s.io"_s, u"v1"_s, u"selfsubjectaccessreviews"_s, u"SelfSubjectAccessReview"_s, false};
    Request request = write("POST", u"create"_s, about(reviews, {}, {}), body, "application/json");
    request.priority = Request::Priority::View;
    request.repeatable = true;
    return request;
}

Request selfRequest()
{
    const ResourceRef reviews{
        u"authentication.k8s.io"_s, u"v1"_s, u"selfsubjectreviews"_s, u"SelfSubjectReview"_s, false};
    const QJsonObject body{{u"kind"_s, reviews.kind}, {u"apiVersion"_s, reviews.apiVersion()}};
    Request request = write("POST", u"create"_s, about(reviews, {}, {}), body, "application/json");
    request.priority = Request::Priority::View;
    request.repeatable = true;
    return request;
}

Request plainGetRequest(const QString &path)
{
    Request request;
    request.verb = u"get"_s;
    request.path = path;
    return request;
}

} // namespace kube
