// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/jsonedit.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace demo::json {
namespace {

void setIn(QJsonObject &object, const QStringList &keys, qsizetype at, const QJsonValue &value)
{
    if (at == keys.size() - 1) {
        if (value.isUndefined())
            object.remove(keys[at]);
        else
            object.insert(keys[at], value);
        return;
    }
    if (value.isUndefined() && !object.contains(keys[at]))
        return;
    QJsonObject inner = object.value(keys[at]).toObject();
    setIn(inner, keys, at + 1, value);
    object.insert(keys[at], inner);
}

void setMapEntry(QJsonObject &object, const QString &map, const QString &key, const QJsonValue &value)
{
    QJsonObject metadata = object.value("metadata"_L1).toObject();
    QJsonObject entries = metadata.value(map).toObject();
    if (value.isUndefined())
        entries.remove(key);
    else
        entries.insert(key, value);
    if (entries.isEmpty())
        metadata.remove(map);
    else
        metadata.insert(map, entries);
    object.insert("metadata"_L1, metadata);
}

} // namespace

QJsonValue get(const QJsonObject &object, QStringView path)
{
    QJsonValue value = object;
    for (const QStringView key : path.split(u'.')) {
        value = value.toObject().value(key);
        if (value.isUndefined())
            break;
    }
    return value;
}

QString text(const QJsonObject &object, QStringView path)
{
    return get(object, path).toString();
}

void set(QJsonObject &object, QStringView path, const QJsonValue &value)
{
    setIn(object, path.toString().split(u'.'), 0, value);
}

void unset(QJsonObject &object, QStringView path)
{
    set(object, path, QJsonValue(QJsonValue::Undefined));
}

QString name(const QJsonObject &object)
{
    return text(object, u"metadata.name");
}
QString ns(const QJsonObject &object)
{
    return text(object, u"metadata.namespace");
}
QString uid(const QJsonObject &object)
{
    return text(object, u"metadata.uid");
}

QString label(const QJsonObject &object, const QString &key)
{
    return get(object, u"metadata.labels").toObject().value(key).toString();
}

QString annotation(const QJsonObject &object, const QString &key)
{
    return get(object, u"metadata.annotations").toObject().value(key).toString();
}

void setLabel(QJsonObject &object, const QString &key, const QString &value)
{
    setMapEntry(object, u"labels"_s, key, value);
}

void setAnnotation(QJsonObject &object, const QString &key, const QString &value)
{
    setMapEntry(object, u"annotations"_s, key, value);
}

void removeLabel(QJsonObject &object, const QString &key)
{
    setMapEntry(object, u"labels"_s, key, QJsonValue(QJsonValue::Undefined));
}

void removeAnnotation(QJsonObject &object, const QString &key)
{
    setMapEntry(object, u"annotations"_s, key, QJsonValue(QJsonValue::Undefined));
}

QStringList finalizers(const QJsonObject &object)
{
    QStringList names;
    for (const QJsonValue value : get(object, u"metadata.finalizers").toArray())
        names.append(value.toString());
    return names;
}

QString condition(const QJsonObject &object, const QString &type)
{
    for (const QJsonValue value : get(object, u"status.conditions").toArray()) {
        if (value["type"_L1].toString() == type)
            return value["status"_L1].toString();
    }
    return {};
}

void setCondition(QJsonObject &object, const QString &type, const QString &status, const QString &now,
    const QString &reason, const QString &message)
{
    QJsonArray conditions = get(object, u"status.conditions").toArray();
    QJsonObject made{
        {u"type"_s, type}, {u"status"_s, status}, {u"lastUpdateTime"_s, now}, {u"lastTransitionTime"_s, now}};
    if (!reason.isEmpty())
        made.insert("reason"_L1, reason);
    if (!message.isEmpty())
        made.insert("message"_L1, message);
    bool found = false;
    for (qsizetype i = 0; i < conditions.size() && !found; ++i) {
        const QJsonObject old = conditions.at(i).toObject();
        if (old.value("type"_L1).toString() != type)
            continue;
        found = true;
        if (old.value("status"_L1).toString() == status && old.contains("lastTransitionTime"_L1))
            made.insert("lastTransitionTime"_L1, old.value("lastTransitionTime"_L1));
        conditions.replace(i, made);
    }
    if (!found)
        conditions.append(made);
    set(object, u"status.conditions", conditions);
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace demo::json
