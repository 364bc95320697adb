// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Small edits of JSON objects the way controllers make them: by path, by label, by condition. Pure.
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace demo::json {

/// "status.phase": dots separate, so no key of the path may hold one (labels have their own functions).
[[nodiscard]] QJsonValue get(const QJsonObject &object, QStringView path);
[[nodiscard]] QString text(const QJsonObject &object, QStringView path);
void set(QJsonObject &object, QStringView path, const QJsonValue &value);
void unset(QJsonObject &object, QStringView path);

[[nodiscard]] QString name(const QJsonObject &object);
[[nodiscard]] QString ns(const QJsonObject &object);
[[nodiscard]] QString uid(const QJsonObject &object);
[[nodiscard]] QString label(const QJsonObject &object, const QString &key);
[[nodiscard]] QString annotation(const QJsonObject &object, const QString &key);
void setLabel(QJsonObject &object, const QString &key, const QString &value);
void setAnnotation(QJsonObject &object, const QString &key, const QString &value);
void removeLabel(QJsonObject &object, const QString &key);
void removeAnnotation(QJsonObject &object, const QString &key);
[[nodiscard]] QStringList finalizers(const QJsonObject &object);

/// Status of a condition, "" when absent.
[[nodiscard]] QString condition(const QJsonObject &object, const QString &type);
/// Adds or changes a condition; `lastTransitionTime` moves only when the status does.
void setCondition(QJsonObject &object, const QString &type, const QString &status, const QString &now,
    const QString &reason = {}, const QString &message = {});

[[nodiscard]] QByteArray compact(const QJsonObject &object);

} // namespace demo::json
