// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Reading single fields of foreign JSON: a wrong type is the same as absent.
#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QMap>
#include <QStringList>

namespace upgrade {

inline QString text(const QJsonObject &from, QLatin1StringView key)
{
    return from.value(key).toString();
}
inline QJsonObject object(const QJsonObject &from, QLatin1StringView key)
{
    return from.value(key).toObject();
}
inline int number(const QJsonObject &from, QLatin1StringView key)
{
    return from.value(key).toInt();
}
inline QDateTime time(const QJsonObject &from, QLatin1StringView key)
{
    const QString value = from.value(key).toString();
    return value.isEmpty() ? QDateTime() : QDateTime::fromString(value, Qt::ISODateWithMs).toUTC();
}
inline QStringList list(const QJsonObject &from, QLatin1StringView key)
{
    QStringList out;
    const QJsonArray array = from.value(key).toArray();
    for (const QJsonValue &value : array) {
        if (value.isString())
            out.append(value.toString());
    }
    return out;
}
/// String members only.
inline QMap<QString, QString> texts(const QJsonObject &from)
{
    QMap<QString, QString> out;
    for (auto it = from.begin(); it != from.end(); ++it) {
        if (it.value().isString())
            out.insert(it.key(), it.value().toString());
    }
    return out;
}

} // namespace upgrade
