// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/clusterclock.h"

#include <QJsonArray>

#include <algorithm>
#include <optional>

namespace session {

using namespace Qt::StringLiterals;

namespace {

/// Milliseconds by which the stamp is ahead of `local`; nothing when it is none.
std::optional<qint64> aheadOf(const QJsonValue &value, const QDateTime &local)
{
    const QString text = value.toString();
    // "2026-09-03T09:00:00Z": anything shorter is no stamp.
    const QDateTime stamp = text.size() < 20 ? QDateTime() : QDateTime::fromString(text, Qt::ISODateWithMs);
    return stamp.isValid() ? std::optional(local.msecsTo(stamp)) : std::nullopt;
}

bool credible(qint64 ahead)
{
    return ahead <= ClockEvidence::farthest;
}

} // namespace

void ClockEvidence::noteListed(qint64 ahead)
{
    if (credible(ahead))
        listed = std::max(listed, ahead);
}

void ClockEvidence::noteFresh(qint64 ahead)
{
    // An old object that begins to match a selector comes as new too: the newest of several tells the time, and one of
    // before yesterday tells nothing.
    if (credible(ahead) && ahead >= -farthest)
        fresh[std::size_t(freshCount++ % samples)] = ahead;
}

void ClockEvidence::noteOther(qint64 ahead)
{
    if (credible(ahead))
        other = std::max(other, ahead);
}

std::chrono::milliseconds clusterAhead(const ClockEvidence &evidence)
{
    using Evidence = ClockEvidence;
    qint64 ahead = evidence.listed;
    if (evidence.freshCount > 0) {
        const int count = std::min(evidence.freshCount, Evidence::samples);
        const qint64 newest = *std::max_element(evidence.fresh.begin(), evidence.fresh.begin() + count);
        ahead = count < Evidence::enough ? std::max(newest, ahead) : newest;
    } else if (ahead > Evidence::tolerance) {
        ahead = std::max(ahead, std::min(evidence.other, ahead + Evidence::narrowest));
    }
    return std::chrono::milliseconds(ahead > Evidence::tolerance ? std::min(ahead, Evidence::farthest) : 0);
}

void ClusterClock::see(const QJsonObject &object, const QDateTime &local, Arrival arrival)
{
    const QJsonObject meta = object.value("metadata"_L1).toObject();
    if (const auto created = aheadOf(meta.value("creationTimestamp"_L1), local)) {
        if (arrival == Arrival::Fresh)
            m_evidence.noteFresh(*created);
        else if (arrival == Arrival::Listed)
            m_evidence.noteListed(*created);
    }
    if (m_evidence.freshCount > 0 || m_evidence.listed <= ClockEvidence::tolerance)
        return; // the usual case: nothing more to look at
    const auto note = [&](const QJsonValue &value) {
        if (const auto ahead = aheadOf(value, local))
            m_evidence.noteOther(*ahead);
    };
    const QJsonObject status = object.value("status"_L1).toObject();
    note(object.value("lastTimestamp"_L1));
    for (const QLatin1StringView key : {"startTime"_L1, "completionTime"_L1})
        note(status.value(key));
    const QJsonArray conditions = status.value("conditions"_L1).toArray();
    for (const QJsonValue &condition : conditions) {
        for (const QLatin1StringView key : {"lastUpdateTime"_L1, "lastTransitionTime"_L1, "lastHeartbeatTime"_L1})
            note(condition.toObject().value(key));
    }
}

void ClusterClock::seeStamp(const QDateTime &stamp, const QDateTime &local)
{
    if (stamp.isValid())
        m_evidence.noteOther(local.msecsTo(stamp));
}

} // namespace session
