// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/clientrequests.h"
#include "kube/status.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace kube {

namespace {

Error unexpectedAnswer(const QString &message, const Reply &reply, const Request &request, const QString &host)
{
    Error error = requestError(ErrorKind::Undecodable, message, request, host);
    error.httpStatus = reply.status;
    return error;
}

/// Where an object was asked about by `request`, a decoding error speaks of that.
Error complete(Error error, const Reply &reply, const Request &request, const QString &host)
{
    Error full = unexpectedAnswer(error.message, reply, request, host);
    if (!error.name.isEmpty()) {
        full.name = error.name;
        full.ns = error.ns;
    }
    return full;
}

/// Whether the parser stopped for want of more.
bool stopsInTheMiddle(const QJsonParseError &error, qsizetype size)
{
    switch (error.error) {
    case QJsonParseError::UnterminatedObject:
    case QJsonParseError::UnterminatedArray:
    case QJsonParseError::UnterminatedString:
        return true;
    case QJsonParseError::GarbageAtEnd:
    case QJsonParseError::DeepNesting:
    case QJsonParseError::DocumentTooLarge:
        return false;
    case QJsonParseError::IllegalEscapeSequence:
    case QJsonParseError::IllegalUTF8String:
        return error.offset >= size - 6; // told where the sequence begins
    default:
        return error.offset >= size - 1; // in the middle of a number or a word
    }
}

} // namespace

Result<QJsonObject> readJson(const Reply &reply, const Request &request, const QString &host)
{
    if (reply.body.trimmed().isEmpty()) {
        Error error = requestError(ErrorKind::Cut, u"the answer is empty"_s, request, host);
        error.httpStatus = reply.status;
        return std::unexpected(std::move(error));
    }
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(reply.body, &parse);
    if (parse.error != QJsonParseError::NoError) {
        const QByteArray type = reply.contentType.split(';').first().trimmed();
        if (!type.isEmpty() && !type.contains("json")) {
            return std::unexpected(unexpectedAnswer(
                u"the answer is %1, not JSON"_s.arg(plainText(QString::fromLatin1(type), 100)), reply, request, host));
        }
        Error error
            = unexpectedAnswer(u"byte %1 of %2: %3"_s.arg(parse.offset).arg(reply.body.size()).arg(parse.errorString()),
                reply, request, host);
        if (stopsInTheMiddle(parse, reply.body.size()))
            error.kind = ErrorKind::Cut;
        return std::unexpected(std::move(error));
    }
    if (!document.isObject())
        return std::unexpected(unexpectedAnswer(u"the answer is not a JSON object"_s, reply, request, host));
    QJsonObject object = document.object();
    if (isFailureStatus(object))
        return std::unexpected(statusError(reply.status, reply.body, request, host));
    return object;
}

Result<ListPage> readList(
    const Reply &reply, const Request &request, const QString &host, bool metadataOnly, const Slimmer &slim)
{
    const Result<QJsonObject> list = readJson(reply, request, host);
    if (!list)
        return std::unexpected(list.error());
    const QString kind = list->value("kind"_L1).toString();
    const QJsonValue items = list->value("items"_L1);
    // A Go server writes an empty list as null; no items at all is not a list.
    const bool isList = kind.endsWith("List"_L1) && (items.isArray() || items.isNull());
    if (!isList)
        return std::unexpected(
            unexpectedAnswer(u"a list was asked for, \"%1\" came"_s.arg(plainText(kind, 100)), reply, request, host));
    if (metadataOnly && kind != "PartialObjectMetadataList"_L1)
        return std::unexpected(
            unexpectedAnswer(u"metadata was asked for, \"%1\" came"_s.arg(plainText(kind, 100)), reply, request, host));

    const QJsonObject metadata = list->value("metadata"_L1).toObject();
    ListPage page;
    page.resourceVersion = metadata.value("resourceVersion"_L1).toString();
    page.continueToken = metadata.value("continue"_L1).toString();
    const QString apiVersion = list->value("apiVersion"_L1).toString();
    const QString itemKind = kind.chopped(4);
    const QJsonArray array = items.toArray();
    page.items.reserve(array.size());
    for (const QJsonValue &value : array) {
        QJsonObject item = value.toObject();
        // Lists of built-in kinds leave it out of each item; a watch has it.
        if (!item.contains("kind"_L1))
            item.insert("kind"_L1, itemKind);
        if (!item.contains("apiVersion"_L1))
            item.insert("apiVersion"_L1, apiVersion);
        if (Result<ObjectPtr> object = decodeObject(std::move(item), slim, VersionRule::Required))
            page.items.append(*std::move(object));
        else
            page.undecodable.append(complete(std::move(object).error(), reply, request, host));
    }
    return page;
}

Result<ObjectPtr> readObject(const Reply &reply, const Request &request, const QString &host, VersionRule rule)
{
    Result<QJsonObject> json = readJson(reply, request, host);
    if (!json)
        return std::unexpected(std::move(json).error());
    Result<ObjectPtr> object = decodeObject(*std::move(json), {}, rule);
    if (!object)
        return std::unexpected(complete(std::move(object).error(), reply, request, host));
    return object;
}

Result<AccessAnswer> readAccess(const Reply &reply, const Request &request, const QString &host)
{
    const Result<QJsonObject> json = readJson(reply, request, host);
    if (!json)
        return std::unexpected(json.error());
    const QJsonObject status = json->value("status"_L1).toObject();
    if (!status.value("allowed"_L1).isBool())
        return std::unexpected(unexpectedAnswer(u"the access review has no answer"_s, reply, request, host));
    QString reason = status.value("reason"_L1).toString();
    if (reason.isEmpty())
        reason = status.value("evaluationError"_L1).toString();
    return AccessAnswer{
        status.value("allowed"_L1).toBool() && !status.value("denied"_L1).toBool(), plainText(reason, 2000)};
}

Result<UserInfo> readSelf(const Reply &reply, const Request &request, const QString &host)
{
    const Result<QJsonObject> json = readJson(reply, request, host);
    if (!json)
        return std::unexpected(json.error());
    const QJsonObject info = json->value("status"_L1).toObject().value("userInfo"_L1).toObject();
    UserInfo user{plainText(info.value("username"_L1).toString(), 500), {}};
    if (user.name.isEmpty())
        return std::unexpected(unexpectedAnswer(u"the review names no user"_s, reply, request, host));
    for (const QJsonValue &group : info.value("groups"_L1).toArray())
        user.groups.append(plainText(group.toString(), 500));
    return user;
}

Result<ServerVersion> readVersion(const Reply &reply, const Request &request, const QString &host)
{
    const Result<QJsonObject> json = readJson(reply, request, host);
    if (!json)
        return std::unexpected(json.error());
    const QString version = json->value("gitVersion"_L1).toString();
    if (version.isEmpty())
        return std::unexpected(unexpectedAnswer(u"the answer names no version"_s, reply, request, host));
    return ServerVersion{plainText(version, 100), plainText(json->value("platform"_L1).toString(), 100)};
}

} // namespace kube
