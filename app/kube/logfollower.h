// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Follows the log of one container of one pod without losing or doubling a line: across disconnects (sinceTime of the last
/// second, lines already seen of it skipped), container restarts (previous instance read to its end first, a divider)
/// and rotation (a possible gap is marked, never hidden). The resume arithmetic is the pure LogCursor of logcursor.h.
/// Thread: the Client's. Memory: bounded; the socket is not read faster than lines are taken.
#pragma once

#include "kube/client.h"

#include <QDateTime>

namespace kube {

struct LogLine {
    enum class Kind : quint8 {
        Text,
        Restart,     ///< divider: the container was restarted; text is empty
        Reconnected, ///< divider: connection was lost and resumed without loss
        Gap,         ///< divider: lines may be missing here (rotation, previous instance gone)
        Ended,       ///< divider: container ended; text has the reason, e.g. "Completed, exit code 0"
    };
    Kind kind = Kind::Text;
    QByteArray stamp; ///< RFC 3339 with nanoseconds as the server wrote it; empty on dividers without a time
    QByteArray text;  ///< raw bytes without line end; may be invalid UTF-8
    bool cut = false; ///< longer than the line limit; the rest is dropped and said
};

struct LogSpec {
    QString ns;
    QString pod;
    QString podUid;    ///< another UID under this name is another pod: the follower ends
    QString container;
    int tailLines = 0; ///< first request only; 0: from the beginning
    QDateTime sinceTime; ///< first request only; invalid: from the beginning
    bool follow = true;
    qsizetype lineLimit = 1024 * 1024; ///< bytes
    /// Go on behind what another run already has: last stamp and how many lines of that stamp were seen.
    QByteArray resumeStamp;
    int resumeSeen = 0;
};

class LogFollower : public QObject {
    Q_OBJECT
public:
    enum class State { Idle, Opening, Following, WaitingForContainer, Reconnecting, Ended, Failed };
    LogFollower(Client &client, LogSpec spec, QObject *parent = nullptr);
    ~LogFollower() override;

    void start();
    void stop();
    /// Back-pressure: while paused nothing is read from the socket.
    void setPaused(bool paused);
    [[nodiscard]] State state() const;
    [[nodiscard]] std::optional<Error> error() const;
    [[nodiscard]] const LogSpec &spec() const;

Q_SIGNALS:
    void lines(const QList<kube::LogLine> &lines);
    void stateChanged(kube::LogFollower::State state);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kube

Q_DECLARE_METATYPE(kube::LogLine)
