// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The log of one container on disk: lines as `kubectl logs --timestamps` writes them, "STAMP TEXT\n", raw bytes, in a
/// file that only grows; dividers in FILE.marks (marks.h). One write for each batch. After a kill, a power cut or a
/// full disk everything before is readable, and reading goes on at resume() without a gap or a double line.
///
/// Full or broken disk: the spool is Blocked, says in the system's words why, keeps what it was given in memory
/// (bounded) and tries again by itself; meanwhile the log must not be read on. Limit reached: it says so by a mark, is
/// Full, and takes nothing more: what is kept is the log's beginning, whole, and the mark says where it stops.
///
/// A line without a stamp (a note of the kubelet) stands there without one. Thread: the owner's.
#pragma once

#include "evidence/appendfile.h"
#include "evidence/filetail.h"
#include "evidence/marks.h"

#include <QObject>
#include <QTimer>

#include <limits>

namespace evidence {

/// How many bytes may still be written, and which limit it is; shared by all who write under it. Thread: one.
struct Room {
    qint64 left = std::numeric_limits<qint64>::max();
    QString limit; ///< "upgrade-limit 2147483648", as a mark has it
};

struct SpoolOptions {
    qint64 limit = qint64(512) * 1024 * 1024; ///< bytes of one log
    std::shared_ptr<Room> room;               ///< of all together; may be null
    Disk *disk = &Disk::system();
    Syncer *syncer = nullptr;
    std::chrono::milliseconds firstRetry{1000}; ///< doubled up to longestRetry
    std::chrono::milliseconds longestRetry{30000};
    qint64 mostWaiting = qint64(16) * 1024 * 1024; ///< bytes kept in memory while the disk takes nothing
};

class LogSpool : public QObject {
    Q_OBJECT
public:
    enum class State {
        Writing,
        Blocked, ///< the disk takes nothing at present
        Full,    ///< a limit is reached
    };
    enum class Taken {
        Yes,
        Pause, ///< taken, but read no more until stateChanged(Writing)
        No,    ///< not (or not all) taken: end reading; when it is Writing again, go on at resume()
    };

    /// Opens or makes the file, in folders that are there. A last line without an end is cut, as are marks behind the
    /// end.
    [[nodiscard]] static DiskResult<std::unique_ptr<LogSpool>> open(
        const QString &path, const SpoolOptions &options = {});
    ~LogSpool() override;

    Taken append(const QList<kube::LogLine> &lines);
    /// Behind everything taken so far.
    [[nodiscard]] DiskResult<ResumePoint> resume() const;
    /// The container ended and nothing came after: there is no need to read it again.
    [[nodiscard]] bool isEnded() const { return m_ended; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const std::optional<DiskError> &error() const { return m_error; } ///< of Blocked
    [[nodiscard]] const QString &path() const { return m_file->path(); }
    [[nodiscard]] qint64 bytes() const { return m_file->end(); }
    /// Tries again now.
    void retry();

Q_SIGNALS:
    void stateChanged(evidence::LogSpool::State state);

private:
    struct Batch;
    LogSpool(std::unique_ptr<AppendFile> file, const SpoolOptions &options);
    [[nodiscard]] std::optional<DiskError> recover();
    [[nodiscard]] std::optional<DiskError> recoverMarks();
    void add(const kube::LogLine &line, Batch &batch);
    void addMark(const Mark &mark, Batch &batch);
    [[nodiscard]] std::optional<DiskError> flush();
    [[nodiscard]] std::optional<DiskError> flushMarks();
    void settle(const std::optional<DiskError> &error);
    void setState(State state);
    [[nodiscard]] ReadPart reader() const;

    SpoolOptions m_options;
    std::unique_ptr<AppendFile> m_file;
    QByteArray m_waitingMarks;
    qint64 m_marksSize = 0;
    QList<MarkKind> m_found; ///< marks at the very end when it was opened: said again, they are the same ones
    QByteArray m_note;       ///< the last line when it was opened, had it no stamp
    QByteArray m_lastStamp;
    QString m_limit; ///< which limit made it Full
    bool m_ended = false;
    State m_state = State::Writing;
    std::optional<DiskError> m_error;
    QTimer m_retry;
    std::chrono::milliseconds m_pause{0};
};

} // namespace evidence
