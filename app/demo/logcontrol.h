// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Hands on the logs of a running simulated cluster, for tests that torture a log client: write fast, rotate, restart
/// containers, delete pods, break streams; and the oracle that knows every line ever written. From Server::logs(), good
/// from start() until stop(). Thread: the server's; everything happens before a call returns, but writers, which run on a
/// timer.
///
///     thread.run([&](demo::Server &server) {
///         demo::LogControl &logs = server.logs();
///         logs.keepLedger();                          // from here on nothing is forgotten
///         const demo::ContainerId id = logs.makePod("default", "talker", "main");
///         logs.startWriter({.to = id, .linesPerSecond = 2000, .lines = 50'000});
///         logs.setMaxSize(1024 * 1024);               // rotates by itself
///     });
///     … logs.restart(id) … logs.cut(demo::StreamCut::Abort) … logs.deletePod("default", id.pod) …
///     logs.written(id): one entry for each instance, oldest first, with every line and its time
///
/// What a client can have of that is decided by the kubelet's rules, which the streams keep: a new reader gets the
/// newest file of the current instance (`previous=true`: of the one before); who follows reads the file it has open to
/// its end and goes on with the newest, so it misses lines only when a file was rotated twice while it was behind or
/// away; a follow ends with its instance; a restart before the last is out of reach.
#pragma once

#include "demo/logbook.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <list>

namespace demo {

class Api;
class World;

/// How a followed log breaks.
enum class StreamCut {
    End,      ///< in order, as when a kubelet or API server stops gracefully, though the container runs on
    Abort,    ///< the connection is gone, between two lines
    MidLine,  ///< the connection breaks in the middle of the next line that is written
    Freeze,   ///< nothing more comes; the connection stays
    HalfClose,///< the server closes its side without a last chunk, and goes on reading
    Garbage,  ///< bytes that are no chunk, then the end of the connection
};

/// Writes numbered lines ("00000042 …", counted from 1 over all instances of the container) until `lines` are written,
/// the pod is gone or stopWriters() is called.
struct LogWriter {
    ContainerId to;
    double linesPerSecond = 100; ///< of real time; some hundred thousand are possible
    qint64 lines = -1;           ///< -1: without end
    int bytes = 80;              ///< of a line at least, without its end
    int sameTime = 1;            ///< that many lines in a row carry the same time stamp
};

class LogControl : public QObject {
    Q_OBJECT
public:
    LogControl(World &world, LogBook &logs, Api &api, QObject *parent = nullptr);

    // Pods. Each has one container.
    /// A running pod of its own, named `<prefix>-<5 letters>`; gives where its log goes.
    ContainerId makePod(const QString &ns, const QString &prefix, const QString &container);
    /// The pod object and its logs go at once; who follows gets what was written until then.
    void deletePod(const QString &ns, const QString &pod);
    /// Deletes the pod and makes one of the same name: another UID, an empty log.
    void replacePod(const QString &ns, const QString &pod);
    /// Containers of pods that run now; all namespaces when empty.
    [[nodiscard]] QList<ContainerId> containers(const QString &ns = {}) const;

    // Lines.
    void write(const ContainerId &to, const QByteArray &line, bool sameTime = false);
    void startWriter(const LogWriter &writer);
    void stopWriters() { m_writers.clear(); }
    [[nodiscard]] bool isWriting() const { return !m_writers.empty(); }

    // What happens to them.
    /// The process ends with `exitCode` and a new instance begins: restartCount + 1.
    void restart(const ContainerId &id, int exitCode = 1);
    /// The process ends for good, and with it the pod (Succeeded or Failed).
    void finish(const ContainerId &id, int exitCode = 0);
    /// A new, empty file.
    void rotate(const ContainerId &id) { m_logs.rotate(id, 0); }
    /// Every container's file is rotated when larger than this (--container-log-max-size); 0: never, as it begins.
    void setMaxSize(qint64 bytes) { m_logs.setMaxSize(bytes); }
    /// Breaks the followed logs of a container, or all of them. Gives how many.
    int cut(StreamCut how, const ContainerId &only = {});
    /// How many streams follow now.
    [[nodiscard]] int followers(const ContainerId &only = {}) const;

    // The oracle.
    /// From now on every line is kept for written(). Memory grows with what is written.
    void keepLedger() { m_logs.keepLedger(true); }
    /// All instances that ever were, oldest first; also of pods long deleted, told apart by `podUid`.
    [[nodiscard]] QList<WrittenInstance> written(const ContainerId &id) const { return m_logs.ledger().value(id); }
    [[nodiscard]] QList<ContainerId> everWritten() const { return m_logs.ledger().keys(); }

Q_SIGNALS:
    void writersDone(); ///< the last one wrote its last line

private:
    struct Running {
        LogWriter writer;
        qint64 written = 0;
        double debt = 0;
    };
    void tick();

    World &m_world;
    LogBook &m_logs;
    Api &m_api;
    QTimer m_timer;
    std::list<Running> m_writers;
    QHash<ContainerId, qint64> m_numbers;
};

} // namespace demo
