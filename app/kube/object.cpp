// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/object.h"
#include "kube/objectdecode.h"

using namespace Qt::StringLiterals;

namespace kube {

namespace {

Error undecodable(const QString &message, const ObjectKey &key)
{
    Error error;
    error.kind = ErrorKind::Undecodable;
    error.message = message;
    error.ns = key.ns;
    error.name = key.name;
    return error;
}

/// Reads a string field: absent is "" and fine, another type is not.
bool readString(const QJsonObject &object, QLatin1StringView field, QString &out)
{
    const QJsonValue value = object.value(field);
    if (value.isUndefined() || value.isNull())
        return true;
    out = value.toString();
    return value.isString();
}

/// Takes away what no view reads and what is often most of an object's size. The last-applied annotation repeats the
/// whole object, for Secrets and ConfigMaps with their data.
void dropBulk(QJsonObject &json, QJsonObject metadata)
{
    const bool hadManagedFields = metadata.contains("managedFields"_L1);
    metadata.remove("managedFields"_L1);
    constexpr auto lastApplied = "kubectl.kubernetes.io/last-applied-configuration"_L1;
    QJsonObject annotations = metadata.value("annotations"_L1).toObject();
    const bool hadLastApplied = annotations.contains(lastApplied);
    if (hadLastApplied) {
        annotations.remove(lastApplied);
        if (annotations.isEmpty())
            metadata.remove("annotations"_L1);
        else
            metadata.insert("annotations"_L1, annotations);
    }
    if (hadManagedFields || hadLastApplied)
        json.insert("metadata"_L1, metadata);
}

} // namespace

Result<ObjectPtr> decodeObject(QJsonObject json, const Slimmer &slim, VersionRule rule)
{
    const QJsonValue metadataValue = json.value("metadata"_L1);
    if (!metadataValue.isObject())
        return std::unexpected(undecodable(u"the object has no metadata"_s, {}));
    const QJsonObject metadata = metadataValue.toObject();

    auto object = std::make_shared<Object>();
    if (!readString(metadata, "name"_L1, object->key.name) || !readString(metadata, "namespace"_L1, object->key.ns))
        return std::unexpected(undecodable(u"metadata.name or metadata.namespace is not a string"_s, object->key));
    if (object->key.name.isEmpty())
        return std::unexpected(undecodable(u"the object has no metadata.name"_s, object->key));
    if (!readString(metadata, "uid"_L1, object->uid))
        return std::unexpected(undecodable(u"metadata.uid is not a string"_s, object->key));
    if (!readString(metadata, "resourceVersion"_L1, object->resourceVersion))
        return std::unexpected(undecodable(u"metadata.resourceVersion is not a string"_s, object->key));
    if (object->resourceVersion.isEmpty() && rule == VersionRule::Required)
        return std::unexpected(undecodable(u"the object has no metadata.resourceVersion"_s, object->key));
    for (const auto field : {"labels"_L1, "annotations"_L1}) {
        const QJsonValue value = metadata.value(field);
        if (!value.isUndefined() && !value.isNull() && !value.isObject())
            return std::unexpected(undecodable(u"metadata.%1 is not an object"_s.arg(field), object->key));
    }

    // The slimmer still sees managedFields: the only place that says when a field last changed.
    if (slim)
        json = slim(std::move(json));
    dropBulk(json, json.value("metadata"_L1).toObject());
    object->json = std::move(json);
    return object;
}

Result<ObjectPtr> makeObject(QJsonObject json, const Slimmer &slim)
{
    return decodeObject(std::move(json), slim, VersionRule::Required);
}

} // namespace kube
