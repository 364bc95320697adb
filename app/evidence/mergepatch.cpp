// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/mergepatch.h"

#include <QJsonValue>

namespace evidence {

namespace {

/// A merge patch takes null for "remove"; inside arrays it is a value like any other.
bool hasNull(const QJsonObject &object)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.value().isNull() || (it.value().isObject() && hasNull(it.value().toObject())))
            return true;
    }
    return false;
}

} // namespace

std::optional<QJsonObject> mergePatch(const QJsonObject &before, const QJsonObject &after)
{
    QJsonObject patch;
    for (auto it = before.begin(); it != before.end(); ++it) {
        if (!after.contains(it.key()))
            patch.insert(it.key(), QJsonValue(QJsonValue::Null));
    }
    for (auto it = after.begin(); it != after.end(); ++it) {
        const QJsonValue value = it.value();
        const QJsonValue old = before.value(it.key());
        if (value == old)
            continue;
        if (value.isNull())
            return std::nullopt;
        if (!value.isObject()) {
            patch.insert(it.key(), value);
        } else if (old.isObject()) {
            const auto inner = mergePatch(old.toObject(), value.toObject());
            if (!inner)
                return std::nullopt;
            patch.insert(it.key(), *inner);
        } else if (hasNull(value.toObject())) {
            return std::nullopt;
        } else {
            patch.insert(it.key(), value);
        }
    }
    return patch;
}

QJsonObject patched(QJsonObject before, const QJsonObject &patch)
{
    for (auto it = patch.begin(); it != patch.end(); ++it) {
        const QJsonValue value = it.value();
        if (value.isNull())
            before.remove(it.key());
        else if (value.isObject())
            before.insert(it.key(), patched(before.value(it.key()).toObject(), value.toObject()));
        else
            before.insert(it.key(), value);
    }
    return before;
}

} // namespace evidence
