// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What time it is in the cluster. Without a skew it is our clock; when the API server's own stamps (creationTimestamp)
/// are ahead of it, the newest stamp of anything read is taken as "now", so that no duration is negative. A single node
/// whose clock is ahead moves nothing. The demo's simulated time is followed the same way.
#pragma once

#include <QDateTime>
#include <QJsonObject>

#include <chrono>

namespace session {

class ClusterClock {
public:
    /// An object as it arrived; `local` is our clock.
    void see(const QJsonObject &object, const QDateTime &local);
    /// A stamp of a log line.
    void seeStamp(const QDateTime &stamp, const QDateTime &local);
    [[nodiscard]] QDateTime now(const QDateTime &local) const { return local.addMSecs(ahead().count()); }
    [[nodiscard]] std::chrono::milliseconds ahead() const;
    void reset() { *this = {}; }

private:
    qint64 m_server = 0; ///< ms by which a creationTimestamp was ahead, at most
    qint64 m_any = 0;    ///< the same of any stamp
};

} // namespace session
