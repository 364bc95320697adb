// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What time it is in the cluster, so that no duration is negative when its clock is ahead of ours. Without a skew it is
/// our clock.
///
/// The API server itself stamps only one thing: creationTimestamp. It is never later than the server's clock was when
/// the object arrived, unless that clock was set back since. So:
/// - An object that comes as new on a running watch was made just now: the newest few of these decide. A clock that is
///   set back is believed after that many new objects.
/// - Until there are some, the newest creationTimestamp of the lists is the best that is known. When it is ahead, what
///   nodes and controllers stamp (conditions, start times, log lines) may narrow it, but not by much.
/// - No more than a day is believed of anything: a stamp further ahead is wrong, not early.
/// A single node whose clock is ahead moves nothing.
#pragma once

#include <QDateTime>
#include <QJsonObject>

#include <array>
#include <chrono>

namespace session {

/// All in milliseconds by which a stamp was ahead of our clock when it arrived; negative: behind.
struct ClockEvidence {
    static constexpr qint64 tolerance = 2000;           ///< stamps are whole seconds: less is no skew
    static constexpr qint64 farthest = 24 * 3600 * 1000; ///< more is a wrong stamp
    static constexpr qint64 narrowest = 3600 * 1000;    ///< stamps of others count up to so much beyond the server's
    static constexpr int samples = 16;
    static constexpr int enough = 4; ///< new objects that outweigh the lists

    qint64 listed = 0; ///< the most of a creationTimestamp in a list
    qint64 other = 0;  ///< the most of any other stamp
    std::array<qint64, samples> fresh{}; ///< of objects that were new on a watch; the newest ones, a ring
    int freshCount = 0;                  ///< ever noted

    void noteListed(qint64 ahead);
    void noteFresh(qint64 ahead);
    void noteOther(qint64 ahead);
};

/// By how much the cluster's clock is ahead of ours; never negative. Pure.
[[nodiscard]] std::chrono::milliseconds clusterAhead(const ClockEvidence &evidence);

class ClusterClock {
public:
    enum class Arrival {
        Listed, ///< may be of any age
        Fresh,  ///< new on a running watch
        Changed ///< known before
    };
    /// An object as it arrived; `local` is our clock.
    void see(const QJsonObject &object, const QDateTime &local, Arrival arrival);
    /// A stamp of a log line.
    void seeStamp(const QDateTime &stamp, const QDateTime &local);
    [[nodiscard]] QDateTime now(const QDateTime &local) const { return local.addMSecs(ahead().count()); }
    [[nodiscard]] std::chrono::milliseconds ahead() const { return clusterAhead(m_evidence); }
    void reset() { *this = {}; }

private:
    ClockEvidence m_evidence;
};

} // namespace session
