// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// index.jsonl of one upgrade's folder: which logs are kept and whose they are by the true names, and the Jobs of the
/// upgrade as they were last seen, those whose objects are long gone included. Small beside the logs: a line for each
/// log and for each change of a Job's row or of one of its pods.
#pragma once

#include "evidence/appendfile.h"
#include "upgrade/board.h"

#include <QDateTime>
#include <QHash>
#include <QSet>

namespace evidence {

/// Which container. The pod's UID may be empty when it is not known.
struct LogKey {
    QString ns, pod, podUid, container;
    friend bool operator==(const LogKey &, const LogKey &) = default;
};
inline size_t qHash(const LogKey &key, size_t seed = 0)
{
    return qHashMulti(seed, key.ns, key.pod, key.podUid, key.container);
}

/// What else is known of it.
struct LogOrigin {
    bool init = false;
    QString job, jobUid; ///< empty: a pod of no Job (controllers, importers)
    QString node;
    QString group; ///< a word of the caller, such as "controller"; empty mostly
    friend bool operator==(const LogOrigin &, const LogOrigin &) = default;
};

struct LogRecord {
    QString path; ///< in the upgrade's folder
    LogKey key;
    LogOrigin origin;
    QDateTime seen; ///< when reading began
    friend bool operator==(const LogRecord &, const LogRecord &) = default;
};

struct Index {
    QList<LogRecord> logs; ///< in the order reading began
    QList<upgrade::JobRow>
        jobs;          ///< as last seen, in the order they were first seen; pods: all that ever were, oldest first
    qsizetype bad = 0; ///< lines that could not be understood

    void apply(const QJsonObject &record);
    [[nodiscard]] const LogRecord *log(const LogKey &key) const;
    /// By its UID; a row whose Job is gone has none: then the newest of that name. Null: not known.
    [[nodiscard]] const upgrade::JobRow *job(const upgrade::ObjectRef &ref) const;
    [[nodiscard]] bool hasPath(const QString &path) const { return m_paths.contains(path); }

private:
    [[nodiscard]] qsizetype jobAt(const upgrade::ObjectRef &ref) const; ///< -1: not known
    void applyLog(const QJsonObject &record);
    void applyJob(const QJsonObject &record);
    void applyPod(const QJsonObject &record);

    QHash<LogKey, qsizetype> m_logs;
    QSet<QString> m_paths;
    QHash<QString, qsizetype> m_jobsByUid;
    QHash<kube::ObjectKey, qsizetype> m_jobsByName; ///< the newest of that name
};

/// Reads an index, and later what came to it since. A torn last line waits until it is whole.
class IndexReader {
public:
    explicit IndexReader(QString path = {})
        : m_path(std::move(path))
    {
    }
    /// True when something is new.
    bool refresh();
    [[nodiscard]] const Index &index() const { return m_index; }

private:
    QString m_path;
    qint64 m_read = 0;
    Index m_index;
};

class IndexWriter {
public:
    [[nodiscard]] static DiskResult<std::unique_ptr<IndexWriter>> open(const QString &path, Disk &disk, Syncer *syncer);

    /// The log's place, made known on disk before anything is written there. Names that fall together are told apart.
    [[nodiscard]] DiskResult<QString> place(const LogKey &key, const LogOrigin &origin, const QDateTime &now);
    /// Keeps what changed of these Jobs.
    void note(const QList<upgrade::JobRow> &jobs, const QDateTime &now);
    [[nodiscard]] const Index &index() const { return m_index; }
    [[nodiscard]] std::optional<DiskError> flush() { return m_file->flush(); }
    [[nodiscard]] qint64 bytes() const { return m_file->end(); }

private:
    explicit IndexWriter(std::unique_ptr<AppendFile> file)
        : m_file(std::move(file))
    {
    }
    void add(const QJsonObject &record);

    std::unique_ptr<AppendFile> m_file;
    Index m_index;
};

} // namespace evidence
