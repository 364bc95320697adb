// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a Bundle shares between its copies, and how it comes to be.
#pragma once

#include "evidence/bundle.h"
#include "evidence/bundlelisting.h"
#include "evidence/bundlenames.h"

#include <QHash>
#include <QMutex>
#include <QTemporaryDir>

namespace evidence {

/// The private folder, made when it is needed first. Names in it are ours. Thread-safe.
class PrivateFolder {
public:
    PrivateFolder(const QString &root, qint64 most);
    /// Copies a stream into a new file; its path. The problem is about `part`; TooLarge has the path of what came until
    /// then as its detail. What came before a device's trouble is kept, and the trouble told by the device.
    [[nodiscard]] std::expected<QString, BundleProblem> keep(PartDevice &from, const QString &part);
    [[nodiscard]] std::expected<QString, BundleProblem> keepBytes(QIODevice &from, const QString &part, qint64 most);

private:
    [[nodiscard]] std::expected<QString, BundleProblem> newFile(const QString &part);

    QString m_root;
    QMutex m_mutex;
    std::unique_ptr<QTemporaryDir> m_folder;
    qint64 m_left;
    int m_count = 0;
};

struct Bundle::Contents {
    BundleShape shape = BundleShape::Folder;
    QString name, path;
    QDateTime asOf;
    AsOfSource asOfSource = AsOfSource::File;
    BundleCluster cluster;
    upgrade::Snapshot snapshot;
    bool hasBoard = false;
    Objects objects;
    qsizetype objectCount = 0;
    QList<BundleLog> logs;
    QHash<QString, Part> parts; ///< of the logs, by their names
    QList<BundleProblem> problems;
    BundleLimits limits;
    std::shared_ptr<PrivateFolder> folder;

    mutable QMutex mutex;
    mutable QHash<QString, QString> files; ///< of logFile(), by the log's name
};

/// One opening.
class BundleReader {
public:
    BundleReader(const QString &name, const QString &path, const BundleOptions &options);
    void tell(BundleProblem problem) { m_problems.add(std::move(problem)); }
    /// Reads the file or folder at `source`, which may be a copy of what `path` was.
    [[nodiscard]] std::expected<std::shared_ptr<const Bundle::Contents>, BundleProblem> read(
        const QString &source, bool pasted);

private:
    struct Entry {
        Part part;
        QString inner; ///< its name without the common folder and its packing
        PartRole role;
    };
    [[nodiscard]] bool stopped() const { return m_options.stop && m_options.stop->load(); }
    [[nodiscard]] QByteArray begin(const Part &part);
    void list(const QString &source);
    void look(QList<Part> found, int depth);
    void nest(const Part &part, ArchiveKind kind, int depth);
    void sortOut();
    void readManifest(const Entry &entry);
    void readMetadata(const Entry &entry);
    void readErrors(const Entry &entry);
    void readObjects(const Entry &entry);
    void readText(const Entry &entry);
    void take(QJsonObject json, bool quirk);
    void addLog(const Entry &entry, BundleLog::Origin origin);
    void settleTime();
    void makeSnapshot();
    void digestLogs();
    void labelLogs();

    BundleOptions m_options;
    BundleProblems m_problems;
    std::shared_ptr<Bundle::Contents> m_contents;
    QList<Entry> m_entries;
    QList<Part> m_parts;
    QJsonObject m_manifest, m_state;
    QSet<QString> m_namespaces; ///< a support bundle has objects of
    bool m_pasted = false;
    bool m_clusterScope = false;
    bool m_full = false;
    qint64 m_text = 0;   ///< bytes behind the objects kept
    qint64 m_binary = 0; ///< parts that are no text
    QDateTime m_newestObject, m_newestLog, m_stated;
};

/// The snapshot of a bundle's objects; see Bundle::snapshot().
struct Coverage {
    QSet<QString> namespaces;  ///< everything in them is among the objects
    bool clusterScope = false; ///< everything that is in no namespace is
};
[[nodiscard]] upgrade::Snapshot snapshotOf(
    const Bundle::Objects &objects, const Coverage &coverage, const QDateTime &asOf);

} // namespace evidence
