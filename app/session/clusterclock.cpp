// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/clusterclock.h"

#include <QJsonArray>

#include <algorithm>

namespace session {

using namespace Qt::StringLiterals;

namespace {

QDateTime time(const QJsonValue &value)
{
    const QString text = value.toString();
    // "2026-09-03T09:00:00Z": anything shorter is no stamp.
    return text.size() < 20 ? QDateTime() : QDateTime::fromString(text, Qt::ISODateWithMs);
}

/// Stamps are whole seconds: what is less ahead than this is no skew.
constexpr qint64 tolerance = 2000;

void note(qint64 &ahead, const QDateTime &stamp, const QDateTime &local)
{
    if (stamp.isValid())
        ahead = std::max(ahead, local.msecsTo(stamp));
}

} // namespace

void ClusterClock::see(const QJsonObject &object, const QDateTime &local)
{
    const QJsonObject meta = object.value("metadata"_L1).toObject();
    note(m_server, time(meta.value("creationTimestamp"_L1)), local);
    if (m_server <= tolerance)
        return; // the usual case: nothing more to look at
    const QJsonObject status = object.value("status"_L1).toObject();
    note(m_any, time(object.value("lastTimestamp"_L1)), local);
    for (const QLatin1StringView key : {"startTime"_L1, "completionTime"_L1})
        note(m_any, time(status.value(key)), local);
    const QJsonArray conditions = status.value("conditions"_L1).toArray();
    for (const QJsonValue &condition : conditions) {
        for (const QLatin1StringView key : {"lastUpdateTime"_L1, "lastTransitionTime"_L1, "lastHeartbeatTime"_L1})
            note(m_any, time(condition.toObject().value(key)), local);
    }
}

void ClusterClock::seeStamp(const QDateTime &stamp, const QDateTime &local)
{
    if (m_server > tolerance)
        note(m_any, stamp, local);
}

std::chrono::milliseconds ClusterClock::ahead() const
{
    if (m_server <= tolerance)
        return std::chrono::milliseconds(0);
    return std::chrono::milliseconds(std::max(m_server, m_any));
}

} // namespace session
