// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/apierror.h"

#include "demo/jsonedit.h"

using namespace Qt::StringLiterals;

namespace demo {
namespace {

/// Details of an error about an object; `kind` is the plural resource, except where apiserver itself uses the kind.
QJsonObject detailsOf(const QString &group, const QString &kind, const QString &name)
{
    QJsonObject details;
    if (!name.isEmpty())
        details.insert("name"_L1, name);
    if (!group.isEmpty())
        details.insert("group"_L1, group);
    details.insert("kind"_L1, kind);
    return details;
}

ApiError about(int code, const QString &reason, const QString &message, const ResourceType &type, const QString &name)
{
    ApiError error{code, reason, message, detailsOf(type.group, type.resource, name)};
    error.hasDetails = true;
    return error;
}

} // namespace

QJsonObject ApiError::status() const
{
    QJsonObject metadata;
    if (!continueToken.isEmpty())
        metadata.insert("continue"_L1, continueToken);
    QJsonObject status{{u"kind"_s, u"Status"_s}, {u"apiVersion"_s, u"v1"_s}, {u"metadata"_s, metadata},
        {u"status"_s, u"Failure"_s}, {u"message"_s, message}, {u"code"_s, code}};
    if (!reason.isEmpty())
        status.insert("reason"_L1, reason);
    QJsonObject more = details;
    if (retryAfter > 0)
        more.insert("retryAfterSeconds"_L1, retryAfter);
    if (hasDetails || !more.isEmpty())
        status.insert("details"_L1, more);
    return status;
}

QByteArray ApiError::body() const
{
    return plain ? message.toUtf8() : json::compact(status()) + '\n';
}

ApiError ApiError::badRequest(const QString &message)
{
    return {400, u"BadRequest"_s, message, {}};
}

ApiError ApiError::notFound(const ResourceType &type, const QString &name)
{
    return about(404, u"NotFound"_s, u"%1 \"%2\" not found"_s.arg(type.qualified(), name), type, name);
}

ApiError ApiError::alreadyExists(const ResourceType &type, const QString &name)
{
    return about(409, u"AlreadyExists"_s, u"%1 \"%2\" already exists"_s.arg(type.qualified(), name), type, name);
}

ApiError ApiError::modified(const ResourceType &type, const QString &name)
{
    return about(409, u"Conflict"_s,
        u"Operation cannot be fulfilled on %1 \"%2\": the object has been modified; please apply your changes to the "
        "latest version and try again"_s.arg(type.qualified(), name),
        type, name);
}

ApiError ApiError::precondition(const ResourceType &type, const QString &name, const QString &what)
{
    // The storage layer knows the kind, not the resource: recorded from v1.36.2.
    const QString qualified = type.group.isEmpty() ? type.kind : type.kind + u'.' + type.group;
    ApiError error{409, u"Conflict"_s, u"Operation cannot be fulfilled on %1 \"%2\": %3"_s.arg(qualified, name, what),
        detailsOf(type.group, type.kind, name)};
    error.hasDetails = true;
    return error;
}

ApiError ApiError::expired(const QString &message)
{
    return {410, u"Expired"_s, message, {}};
}

ApiError ApiError::invalid(const ResourceType &type, const QString &name, const QString &message)
{
    const QString qualified = type.group.isEmpty() ? type.kind : type.kind + u'.' + type.group;
    ApiError error{422, u"Invalid"_s, u"%1 \"%2\" is invalid: %3"_s.arg(qualified, name, message),
        detailsOf(type.group, type.kind, name)};
    error.hasDetails = true;
    return error;
}

ApiError ApiError::unsupportedMedia(const ResourceType &type)
{
    QString accepted = u"application/json-patch+json, application/merge-patch+json"_s;
    accepted += type.custom ? u", application/apply-patch+yaml"_s
                            : u", application/strategic-merge-patch+json, application/apply-patch+yaml"_s;
    return {415, u"UnsupportedMediaType"_s,
        u"the body of the request was in an unknown format - accepted media types include: %1"_s.arg(accepted), {}};
}

ApiError ApiError::methodNotAllowed()
{
    ApiError error{
        405, u"MethodNotAllowed"_s, u"the server does not allow this method on the requested resource"_s, {}};
    error.hasDetails = true;
    return error;
}

ApiError ApiError::pageNotFound()
{
    ApiError error{404, {}, u"404 page not found\n"_s, {}};
    error.plain = true;
    return error;
}

ApiError ApiError::unauthorized()
{
    return {401, u"Unauthorized"_s, u"Unauthorized"_s, {}};
}

ApiError ApiError::webhook(int code, const QString &message)
{
    const QString reason = code == 409 ? u"Conflict"_s
        : code == 422                  ? u"Invalid"_s
        : code == 500                  ? u"InternalError"_s
                                       : u"BadRequest"_s;
    return {code, reason, u"admission webhook \"validator.harvesterhci.io\" denied the request: %1"_s.arg(message), {}};
}

QByteArray httpReason(int code)
{
    switch (code) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 406:
        return "Not Acceptable";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 413:
        return "Request Entity Too Large";
    case 415:
        return "Unsupported Media Type";
    case 422:
        return "Unprocessable Entity";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Status";
    }
}

} // namespace demo
