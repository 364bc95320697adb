// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/watchevent.h"

#include "kube/status.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace kube {

namespace {

/// What can be known of an object that cannot be read as a whole.
void salvage(const QJsonObject &object, WatchEvent &event)
{
    const QJsonObject metadata = object.value("metadata"_L1).toObject();
    event.key.name = metadata.value("name"_L1).toString();
    event.key.ns = metadata.value("namespace"_L1).toString();
    event.resourceVersion = metadata.value("resourceVersion"_L1).toString();
}

} // namespace

WatchEvent decodeWatchEvent(
    QByteArrayView line, const QString &kind, const Request &request, const QString &host, const Slimmer &slim)
{
    WatchEvent event;
    const auto undecodable = [&](const QString &message) {
        event.type = WatchEvent::Type::Undecodable;
        event.error = requestError(ErrorKind::Undecodable, message, request, host);
        if (!event.key.name.isEmpty()) {
            event.error.ns = event.key.ns;
            event.error.name = event.key.name;
        }
        return event;
    };

    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), line.size()), &parse);
    if (parse.error != QJsonParseError::NoError)
        return undecodable(
            u"watch event, byte %1 of %2: %3"_s.arg(parse.offset).arg(line.size()).arg(parse.errorString()));
    if (!document.isObject())
        return undecodable(u"a watch event is not a JSON object"_s);
    const QJsonObject outer = document.object();
    const QString type = outer.value("type"_L1).toString();
    const QJsonValue inner = outer.value("object"_L1);
    QJsonObject object = inner.toObject();

    if (type == "ERROR"_L1) {
        event.type = WatchEvent::Type::Error;
        event.error = statusError(500, QJsonDocument(object).toJson(QJsonDocument::Compact), request, host);
        return event;
    }
    salvage(object, event);
    event.deleted = type == "DELETED"_L1;
    if (!inner.isObject())
        return undecodable(u"a watch event has no object"_s);
    if (type == "BOOKMARK"_L1) {
        if (event.resourceVersion.isEmpty())
            return undecodable(u"a bookmark has no resourceVersion"_s);
        event.type = WatchEvent::Type::Bookmark;
        event.initialEnd = object.value("metadata"_L1)
                               .toObject()
                               .value("annotations"_L1)
                               .toObject()
                               .value("k8s.io/initial-events-end"_L1)
                               .toString()
            == "true"_L1;
        return event;
    }
    if (type == "ADDED"_L1)
        event.type = WatchEvent::Type::Added;
    else if (type == "MODIFIED"_L1)
        event.type = WatchEvent::Type::Modified;
    else if (event.deleted)
        event.type = WatchEvent::Type::Deleted;
    else
        return undecodable(u"unknown watch event \"%1\""_s.arg(type.left(40)));

    const QString objectKind = object.value("kind"_L1).toString();
    if (!kind.isEmpty() && !objectKind.isEmpty() && objectKind != kind && objectKind != "PartialObjectMetadata"_L1)
        return undecodable(u"%1 was asked for, \"%2\" came"_s.arg(kind, objectKind.left(100)));
    Result<ObjectPtr> decoded = makeObject(std::move(object), slim);
    if (!decoded)
        return undecodable(decoded.error().message);
    event.object = *std::move(decoded);
    return event;
}

} // namespace kube
