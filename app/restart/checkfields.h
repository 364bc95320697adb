// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Reading fields of foreign objects in checks: a wrong type is the same as absent.
#pragma once

#include "restart/prechecks.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QVersionNumber>

#include <optional>

namespace restart {

using Objects = QMap<QString, QList<QJsonObject>>;

/// "spec.replicas": dots part; no key of these objects that is asked for has one.
[[nodiscard]] QJsonValue at(const QJsonObject &object, const QString &path);
[[nodiscard]] inline QString textAt(const QJsonObject &object, const QString &path)
{
    return at(object, path).toString();
}
[[nodiscard]] inline QJsonArray arrayAt(const QJsonObject &object, const QString &path)
{
    return at(object, path).toArray();
}
[[nodiscard]] QString nameOf(const QJsonObject &object);
[[nodiscard]] QString nsOf(const QJsonObject &object);
[[nodiscard]] QString labelOf(const QJsonObject &object, const QString &key);
[[nodiscard]] QString annotationOf(const QJsonObject &object, const QString &key);
[[nodiscard]] QString conditionStatus(const QJsonObject &object, const QString &type);
[[nodiscard]] std::optional<QJsonObject> named(const QList<QJsonObject> &objects, const QString &name);
/// value, else default, of a setting.
[[nodiscard]] QString settingValue(const QList<QJsonObject> &settings, const QString &name);
[[nodiscard]] QVersionNumber versionOf(const QString &text); ///< "v1.8.2-rc1" → 1.8.2; null when it is none
[[nodiscard]] bool isWitness(const QJsonObject &node);
[[nodiscard]] bool restoresVms(const QList<QJsonObject> &settings);

} // namespace restart
