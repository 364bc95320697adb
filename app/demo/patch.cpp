// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/patch.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace demo::patch {
namespace {

using Outcome = std::expected<QJsonValue, QString>;

QStringList pointer(const QString &path)
{
    QStringList parts = path.split(u'/').mid(1);
    for (QString &part : parts)
        part.replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1);
    return parts;
}

enum class Action { Add, Remove, Replace };

Outcome change(QJsonValue target, const QStringList &path, qsizetype at, Action action, const QJsonValue &value)
{
    if (at == path.size())
        return value;
    const bool last = at == path.size() - 1;
    const QString &key = path[at];
    if (target.isObject()) {
        QJsonObject object = target.toObject();
        if (last && action == Action::Remove) {
            if (!object.contains(key))
                return std::unexpected(
                    u"remove operation does not apply: doc is missing key: /%1"_s.arg(path.join(u'/')));
            object.remove(key);
            return object;
        }
        if ((!last || action == Action::Replace) && !object.contains(key))
            return std::unexpected(u"replace operation does not apply: doc is missing key: /%1"_s.arg(path.join(u'/')));
        const Outcome inner = last ? Outcome(value) : change(object.value(key), path, at + 1, action, value);
        if (!inner)
            return inner;
        object.insert(key, *inner);
        return object;
    }
    if (target.isArray()) {
        QJsonArray array = target.toArray();
        bool ok = false;
        const bool append = key == "-"_L1 && last && action == Action::Add;
        const qsizetype index = append ? array.size() : key.toLongLong(&ok);
        const qsizetype limit = last && action == Action::Add ? array.size() : array.size() - 1;
        if ((!ok && !append) || index < 0 || index > limit)
            return std::unexpected(u"array index /%1 is out of bounds"_s.arg(path.join(u'/')));
        if (last && action == Action::Remove) {
            array.removeAt(index);
        } else if (last && action == Action::Add) {
            array.insert(index, value);
        } else {
            const Outcome inner = last ? Outcome(value) : change(array.at(index), path, at + 1, action, value);
            if (!inner)
                return inner;
            array.replace(index, *inner);
        }
        return array;
    }
    return std::unexpected(u"doc is missing path: /%1"_s.arg(path.join(u'/')));
}

QJsonValue at(QJsonValue value, const QStringList &path)
{
    for (const QString &key : path) {
        bool ok = false;
        if (value.isArray()) {
            const int index = key.toInt(&ok);
            value = ok ? value[index] : QJsonValue(QJsonValue::Undefined);
        } else {
            value = value.toObject().value(key);
        }
    }
    return value;
}

/// The merge keys of the lists that appear in the kinds we serve (k8s.io/api struct tags).
QString mergeKey(const QString &field)
{
    static const QHash<QString, QString> keys{
        {u"containers"_s, u"name"_s},
        {u"initContainers"_s, u"name"_s},
        {u"volumes"_s, u"name"_s},
        {u"env"_s, u"name"_s},
        {u"volumeMounts"_s, u"mountPath"_s},
        {u"conditions"_s, u"type"_s},
        {u"taints"_s, u"key"_s},
        {u"ownerReferences"_s, u"uid"_s},
        {u"addresses"_s, u"type"_s},
        {u"imagePullSecrets"_s, u"name"_s},
        {u"ports"_s, u"containerPort"_s},
    };
    return keys.value(field);
}

QJsonArray mergeList(QJsonArray target, const QJsonArray &change, const QString &key)
{
    for (const QJsonValue value : change) {
        const QJsonObject entry = value.toObject();
        qsizetype found = -1;
        for (qsizetype i = 0; i < target.size(); ++i) {
            if (target.at(i).toObject().value(key) == entry.value(key))
                found = i;
        }
        const QString directive = entry.value("$patch"_L1).toString();
        if (directive == "replace"_L1)
            return {};
        if (directive == "delete"_L1) {
            if (found >= 0)
                target.removeAt(found);
        } else if (found >= 0) {
            target.replace(found, strategic(target.at(found).toObject(), entry));
        } else {
            target.append(entry);
        }
    }
    return target;
}

QJsonArray mergeSet(QJsonArray target, const QJsonArray &change)
{
    for (const QJsonValue value : change) {
        if (!target.contains(value))
            target.append(value);
    }
    return target;
}

} // namespace

QJsonObject merge(QJsonObject target, const QJsonObject &change)
{
    for (auto it = change.begin(); it != change.end(); ++it) {
        if (it.value().isNull())
            target.remove(it.key());
        else if (it.value().isObject())
            target.insert(it.key(), merge(target.value(it.key()).toObject(), it.value().toObject()));
        else
            target.insert(it.key(), it.value());
    }
    return target;
}

std::expected<QJsonObject, ApiError> json(
    const QJsonObject &target, const QJsonArray &operations, const ResourceType &type, const QString &name)
{
    const auto refuse = [&](const QString &why) {
        ApiError error = ApiError::invalid(type, name, why);
        error.message = u"the server rejected our request due to an error in our request"_s;
        error.details.insert("causes"_L1, QJsonArray{QJsonObject{{u"message"_s, why}}});
        return std::unexpected(error);
    };
    QJsonValue document = target;
    for (const QJsonValue operation : operations) {
        const QString op = operation["op"_L1].toString();
        const QStringList path = pointer(operation["path"_L1].toString());
        const QStringList from = pointer(operation["from"_L1].toString());
        Outcome outcome = document;
        if (op == "test"_L1) {
            if (at(document, path) != operation["value"_L1])
                return refuse(u"testing value /%1 failed: test failed"_s.arg(path.join(u'/')));
        } else if (op == "add"_L1) {
            outcome = change(document, path, 0, Action::Add, operation["value"_L1]);
        } else if (op == "replace"_L1) {
            outcome = change(document, path, 0, Action::Replace, operation["value"_L1]);
        } else if (op == "remove"_L1) {
            outcome = change(document, path, 0, Action::Remove, {});
        } else if (op == "copy"_L1 || op == "move"_L1) {
            const QJsonValue value = at(document, from);
            if (value.isUndefined())
                return refuse(u"%1 operation does not apply: doc is missing from path: /%2"_s.arg(op, from.join(u'/')));
            if (op == "move"_L1)
                outcome = change(document, from, 0, Action::Remove, {});
            if (outcome)
                outcome = change(*outcome, path, 0, Action::Add, value);
        } else {
            return refuse(u"Unexpected kind: %1"_s.arg(op));
        }
        if (!outcome)
            return refuse(outcome.error());
        document = *outcome;
    }
    if (!document.isObject())
        return refuse(u"the patched document is not an object"_s);
    return document.toObject();
}

QJsonObject strategic(QJsonObject target, const QJsonObject &change)
{
    if (change.value("$patch"_L1).toString() == "replace"_L1) {
        QJsonObject plain = change;
        plain.remove("$patch"_L1);
        return plain;
    }
    for (auto it = change.begin(); it != change.end(); ++it) {
        const QString &key = it.key();
        if (key.startsWith("$deleteFromPrimitiveList/"_L1)) {
            QJsonArray kept;
            for (const QJsonValue value : target.value(key.section(u'/', 1)).toArray()) {
                if (!it.value().toArray().contains(value))
                    kept.append(value);
            }
            target.insert(key.section(u'/', 1), kept);
        } else if (key.startsWith(u'$')) {
            continue; // order of elements and retained keys: not worth keeping here
        } else if (it.value().isNull()) {
            target.remove(key);
        } else if (it.value().isObject()) {
            target.insert(key, strategic(target.value(key).toObject(), it.value().toObject()));
        } else if (it.value().isArray() && key == "finalizers"_L1) {
            target.insert(key, mergeSet(target.value(key).toArray(), it.value().toArray()));
        } else if (it.value().isArray() && !mergeKey(key).isEmpty()) {
            target.insert(key, mergeList(target.value(key).toArray(), it.value().toArray(), mergeKey(key)));
        } else {
            target.insert(key, it.value());
        }
    }
    return target;
}

} // namespace demo::patch
