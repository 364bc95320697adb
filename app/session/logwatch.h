// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Follows the logs a board is made of: the pods of the Jobs that are at work, and once those of the failed ones and of
/// apply-manifests when it is done. Keeps no line, only the digest of each Job. Bounded in followers.
/// Thread: the worker's.
#pragma once

#include "kube/logfollower.h"
#include "upgrade/board.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <map>
#include <memory>

namespace session {

/// One pod worth reading, and how.
struct LogWish {
    QString jobUid;
    QString ns, pod, podUid, container;
    bool once = false; ///< finished: read to its end, do not follow
    friend bool operator==(const LogWish &, const LogWish &) = default;
};

inline constexpr int maxLogFollowers = 8;

/// What of a board's Jobs to read, most telling first, at most `limit`. Pure.
[[nodiscard]] QList<LogWish> logWishes(const upgrade::Board &board, int limit = maxLogFollowers);

class LogWatch : public QObject {
    Q_OBJECT
public:
    explicit LogWatch(QObject *parent = nullptr);
    ~LogWatch() override;

    /// The client to read with from now on; nullptr: read nothing. Digests stay.
    void setClient(kube::Client *client);
    /// Another cluster from now on: the digests go too.
    void forget();
    /// After each new board.
    void follow(const upgrade::Board &board);
    /// Logs that could not be read are tried again.
    void retry();

    [[nodiscard]] const QMap<QString, upgrade::LogDigest> &digests() const { return m_digests; }
    /// What was asked for has been read up to now, or cannot be.
    [[nodiscard]] bool settled() const { return m_settled; }
    /// Set when the server refuses us the logs.
    [[nodiscard]] const std::optional<kube::Error> &denied() const { return m_denied; }

Q_SIGNALS:
    void digestsChanged();
    void settledChanged();
    /// The time of a line, by the server's clock.
    void stamped(const QDateTime &stamp);

private:
    /// How far the log of a Job's pod was read. Outlives its reading: a line goes into the digest once, and has its number
    /// in the log of its container's run, whoever reads it with which client.
    struct Place {
        QString podUid, container;
        QByteArray lastStamp;
        int lastSeen = 0;  ///< lines of that stamp
        qint64 number = 0; ///< of the last line in the container's run
    };
    struct Reading {
        LogWish wish;
        std::unique_ptr<kube::LogFollower> follower;
        bool quiet = false; ///< caught up at least once
        bool over = false;  ///< read to its end
    };
    void start(Reading &reading);
    void take(Reading &reading, const QList<kube::LogLine> &lines);
    void checkSettled();

    kube::Client *m_client = nullptr;
    std::map<QString, std::unique_ptr<Reading>> m_readings; ///< by Job UID
    QHash<QString, Place> m_places;                         ///< by Job UID: of its newest pod
    QMap<QString, upgrade::LogDigest> m_digests;
    QString m_upgradeUid;
    std::optional<kube::Error> m_denied;
    QTimer m_quiet; ///< no line for a moment: caught up
    bool m_asked = false;
    bool m_settled = false;
};

} // namespace session
