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

struct ContainerRun {
    QList<LoggedLine> lines;
    qint64 first = 0; ///< number of the first line kept; grows by rotation
    bool ended = false;
    qint64 serial = 0; ///< tells this instance from all others
    [[nodiscard]] qint64 endNumber() const { return first + lines.size(); }
};

struct ContainerId {
    QString ns, pod, container;
    friend bool operator==(const ContainerId &, const ContainerId &) = default;
};
inline size_t qHash(const ContainerId &id, size_t seed = 0)
{
    return qHashMulti(seed, id.ns, id.pod, id.container);
}

class LogBook : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void append(const ContainerId &id, qint64 at, const QByteArray &text);
    void endRun(const ContainerId &id);   ///< the container's process ended
    void beginRun(const ContainerId &id); ///< a new instance: what was current becomes previous
    void rotate(const ContainerId &id, qsizetype keepLines);
    void forgetPod(const QString &ns, const QString &pod);

    /// Newest last; the pointer is good until the next call that changes this container. Null: wrote nothing yet.
    [[nodiscard]] const QList<ContainerRun> *runs(const ContainerId &id) const;

Q_SIGNALS:
    /// Lines came, the run ended, or the container is gone.
    void changed(const demo::ContainerId &id);

private:
    QList<ContainerRun> &runsOf(const ContainerId &id);

    QHash<ContainerId, QList<ContainerRun>> m_runs;
    qint64 m_serial = 0;
};

} // namespace demo
