// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Follows the log of one container of one pod without losing or doubling a line: across disconnects (sinceTime of the
/// last second, lines already seen of it skipped), container restarts (previous instance read to its end first, a
/// divider) and rotation (a possible gap is marked, never hidden). The resume arithmetic is the pure LogCursor of
/// logcursor.h. Thread: the Client's. Memory: bounded; the socket is not read faster than lines are taken.
#pragma once

#include "kube/backoff.h"
#include "kube/client.h"
#include "kube/logline.h"

#include <QDateTime>

namespace kube {

struct LogSpec {
    QString ns;
    QString pod;
    QString podUid; ///< another UID under this name is another pod: the follower ends
    QString container;
    int tailLines = 0;   ///< first request only; 0: from the beginning
    QDateTime sinceTime; ///< first request only; invalid: from the beginning
    bool follow = true;
    bool started = false; ///< somebody saw it running: if it is gone before it was read, lines are missing
    qsizetype lineLimit = qsizetype(1024) * 1024; ///< bytes
    /// Go on behind what another run already has: last stamp and how many lines of that stamp were seen.
    QByteArray resumeStamp;
    int resumeSeen = 0;
};

struct LogPolicy {
    Backoff backoff;
    std::chrono::milliseconds firstPoll{1000}; ///< of a pod whose container does not run yet or again
    std::chrono::milliseconds longestPoll{5000};
    std::chrono::milliseconds shortStream{1000}; ///< a follow that ends sooner without a new line counts as a failure
    /// So long nothing may come before the stream is opened anew: a connection whose other end is gone says nothing
    /// either.
    std::chrono::milliseconds quiet{300000};
    std::chrono::milliseconds loginRetry{30000}; ///< after 401: who restarts refuses everybody for a while
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
    /// Other numbers than the usual ones; before start().
    void setPolicy(const LogPolicy &policy);
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
