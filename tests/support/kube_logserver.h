// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A pod with one container whose log can be written, rotated, restarted and finished by a test, served as API server
/// and kubelet do it, with faults on demand: streams cut at any byte (reset, silently or with a clean end), errors, a
/// pod status that lags behind. Time is the test's own and only in the stamps.
#pragma once

#include "support/kube_server.h"

#include <QDeadlineTimer>
#include <QRandomGenerator>

namespace support {

class LogServer : public QObject {
    Q_OBJECT
public:
    struct Line {
        qint64 seconds = 0;
        int nanos = 0;
        QByteArray text;
    };
    struct Instance {
        QList<Line> lines;
        qsizetype start = 0; ///< lines before were rotated away
        QByteArray tail;     ///< unterminated rest behind the lines
        qint64 startedAt = 0;
        qint64 finishedAt = -1; ///< still runs
        int exitCode = 0;
    };

    LogServer(Server &server, quint32 seed);

    void write(const QByteArray &text);
    /// Text without a line end, as a process writes it that is about to be killed.
    void writeTail(const QByteArray &text) { instances.last().tail = text; }
    /// The newest `keep` lines stay in the file.
    void rotate(qsizetype keep);
    void finish(int exitCode);
    /// After finish(): the next instance.
    void restart();
    void removePod();
    /// Ends the streams open now, each in a way of its own; `kind` forces one: 0 reset, 1 silent, 2 clean.
    void cutStreams(int kind = -1);
    [[nodiscard]] int streamsOpen() const { return int(m_followers.size()); }

    QByteArray path = "/api/v1/namespaces/ns/pods/p";
    QList<Instance> instances;
    bool waiting = false; ///< the first instance does not exist yet
    bool exists = true;
    bool initContainer = false;
    QByteArray uid = "uid-1";
    QByteArray restartPolicy = "Always";
    QByteArray phase = "Running";
    bool previousKept = true; ///< the kubelet still has the instance before
    int cutEach = 0;          ///< each stream ends by itself after up to so many bytes; 0: never
    int failOneIn = 0;        ///< so many log requests get 500
    int statusLag = 0;        ///< milliseconds for which the pod still shows the state before finish()
    qint64 longest = 0;       ///< longest queue of a stream that is not taken, in bytes
    int podLooks = 0, opens = 0;

private:
    struct Follower {
        Responder responder;
        int instance = 0;
        qsizetype next = 0;
        qint64 since = -1;
        qsizetype budget = -1;
        bool follow = false;
    };
    void servePod(const HttpRequest &request, const Responder &responder);
    void serveLog(const HttpRequest &request, const Responder &responder);
    /// Sends what is due; true when the stream has ended.
    bool feed(Follower &follower);
    void feedAll();
    bool send(Follower &follower, QByteArray bytes);
    void endIn(const Responder &responder, int kind) const;
    [[nodiscard]] QByteArray podJson() const;

    mutable QRandomGenerator m_random;
    QList<Follower> m_followers;
    QByteArray m_shownPod;
    QDeadlineTimer m_shownUntil;
    qint64 m_seconds = 1795411700;
    int m_nanos = 0;
};

} // namespace support
