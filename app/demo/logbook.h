// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the containers of the simulated cluster wrote: per container one log for each instance (restart), as a kubelet
/// keeps them. Thread: its owner's.
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

namespace demo {

struct LoggedLine {
    qint64 at = 0; ///< nanoseconds since 1970, growing from line to line of one container
    QByteArray text;
    [[nodiscard]] QByteArray stamp() const; ///< RFC 3339 with nanoseconds
};

/// The log of one instance. A kubelet gives new readers the newest file only; who follows still reads the file before it
/// to its end. So two numbers: where the lines held here begin, and where the newest file does.
struct ContainerRun {
    QList<LoggedLine> lines;
    qint64 kept = 0;  ///< number of the first line held
    qint64 first = 0; ///< number of the first line of the newest file; grows by rotation
    qint64 bytes = 0; ///< of the newest file
    bool ended = false;
    qint64 serial = 0; ///< tells this instance from all others
    int restart = 0;   ///< of the container in its pod
    [[nodiscard]] qint64 endNumber() const { return kept + lines.size(); }
    [[nodiscard]] const LoggedLine &line(qint64 number) const { return lines.at(number - kept); }
};

struct ContainerId {
    QString ns, pod, container;
    friend bool operator==(const ContainerId &, const ContainerId &) = default;
};
inline size_t qHash(const ContainerId &id, size_t seed = 0)
{
    return qHashMulti(seed, id.ns, id.pod, id.container);
}

/// Everything one instance of a container ever wrote, whatever was rotated, replaced or deleted since.
struct WrittenInstance {
    QString podUid;
    int restart = 0;
    bool ended = false; ///< the process is gone: by its end, a restart, or with the pod
    QList<LoggedLine> lines;
    qint64 serial = 0; ///< of the run
};

class LogBook : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// A line without its end. `at` is nanoseconds since 1970; a line never carries an earlier time than the one before
    /// it. `sameTime`: exactly the time of the one before.
    void append(const ContainerId &id, qint64 at, const QByteArray &text, bool sameTime = false);
    void endRun(const ContainerId &id);   ///< the container's process ended
    void beginRun(const ContainerId &id); ///< a new instance: what was current becomes previous
    /// A new file, which begins with the last `keepLines` lines of the old one; what was in the file before the old one
    /// is gone.
    void rotate(const ContainerId &id, qsizetype keepLines);
    /// Rotates by itself when a file is larger than this, as --container-log-max-size; 0: never.
    void setMaxSize(qint64 bytes) { m_maxSize = bytes; }
    void beginPod(const QString &ns, const QString &pod, const QString &uid) { m_uids.insert({ns, pod}, uid); }
    void forgetPod(const QString &ns, const QString &pod);

    /// Newest last; the pointer is good until the next call that changes this container. Null: wrote nothing yet.
    [[nodiscard]] const QList<ContainerRun> *runs(const ContainerId &id) const;

    /// From now on nothing that is written is forgotten: for tests, which compare what a client has.
    void keepLedger(bool on) { m_ledgerKept = on; }
    [[nodiscard]] const QHash<ContainerId, QList<WrittenInstance>> &ledger() const { return m_ledger; }

Q_SIGNALS:
    /// Lines came, the run ended, or the container is gone.
    void changed(const demo::ContainerId &id);
    /// The pod is being deleted: last chance to read.
    void ending(const demo::ContainerId &id);

private:
    QList<ContainerRun> &runsOf(const ContainerId &id);
    WrittenInstance &instanceOf(const ContainerId &id, const ContainerRun &run);
    void markEnded(const ContainerId &id, const ContainerRun &run);

    QHash<ContainerId, QList<ContainerRun>> m_runs;
    QHash<ContainerId, QList<WrittenInstance>> m_ledger;
    QHash<std::pair<QString, QString>, QString> m_uids; ///< of pods, by namespace and name
    qint64 m_maxSize = 0;
    bool m_ledgerKept = false;
    qint64 m_serial = 0;
};

} // namespace demo
