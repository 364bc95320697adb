// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where everything seen of one upgrade is kept: ROOT/CLUSTERUID/UPGRADEUID/ with manifest.json, index.jsonl (index.h),
/// logs/ (logspool.h), objects/ (journal.h) and the lock. Folders are 0700 and files 0600 whatever the umask.
///
/// One process writes. A second window on the same cluster reads the same files; when the writer is gone (closed,
/// killed, crashed) it takes over by itself. Thread: the owner's; slow work is done in a thread of the store.
#pragma once

#include "evidence/folderlock.h"
#include "evidence/index.h"
#include "evidence/journal.h"
#include "evidence/logspool.h"
#include "evidence/manifest.h"
#include "evidence/retention.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <unordered_map>

namespace evidence {

/// GenericStateLocation/gleaner/evidence
[[nodiscard]] QString defaultRoot();

struct StoreOptions {
    QString root; ///< empty: defaultRoot()
    Limits limits;
    Disk *disk = &Disk::system();
    std::chrono::milliseconds takeOver{2000};     ///< how often a reader looks whether the writer is gone
    std::chrono::milliseconds retention{3600000}; ///< how often limits are looked at, beside when much was written
    std::chrono::milliseconds firstRetry{1000};   ///< after the disk refused
};

class Store : public QObject {
    Q_OBJECT
public:
    enum class Role {
        Closed,
        Writer,
        Reader, ///< another process writes; see writer()
        Failed, ///< the folder cannot be used; error() says why; tried again by itself
    };
    Store(UpgradeIdentity id, StoreOptions options = {}, QObject *parent = nullptr);
    ~Store() override; ///< closes

    void open();
    /// Everything is written and synced, the lock is given back.
    void close();

    [[nodiscard]] Role role() const { return m_role; }
    [[nodiscard]] const std::optional<DiskError> &error() const { return m_error; }
    [[nodiscard]] QString writer() const { return m_writer; } ///< "HOST, PID" of the other process; for Reader
    [[nodiscard]] const QString &root() const { return m_root; }
    [[nodiscard]] const QString &folder() const { return m_folder; }

    /// Opens a container's log to write, or gives the open one; until closeLog() or the role changes. Writer only.
    [[nodiscard]] DiskResult<LogSpool *> openLog(const LogKey &key, const LogOrigin &origin = {});
    void closeLog(const LogKey &key);
    /// Where the log stands on disk; empty: nothing of it was ever kept. In every role.
    [[nodiscard]] QString logPath(const LogKey &key);
    /// The logs and Jobs known, including those that are gone from the cluster. In every role; reads what is new.
    [[nodiscard]] const Index &index();

    /// After each new board. Writer only.
    void noteJobs(const QList<upgrade::JobRow> &jobs, const QDateTime &now);
    /// The upgrade's state as upgrade::stateWord has it, for the list of past upgrades; versions may be known only now.
    void noteProgress(
        const QString &state, bool finished, const QString &fromVersion = {}, const QString &toVersion = {});
    /// The history of objects; null unless Writer.
    [[nodiscard]] Journal *journal() { return m_journal.get(); }

    /// Looks at the limits now.
    void applyLimits();
    /// A reader or a failed one tries now.
    void tryAgain();

Q_SIGNALS:
    /// Spools and the journal of before are gone when it is told.
    void roleChanged();
    /// Kept for a limit's sake no longer.
    void upgradesDropped(const QList<evidence::DroppedUpgrade> &dropped);

private:
    struct KeyHash {
        size_t operator()(const LogKey &key) const { return qHash(key); }
    };
    [[nodiscard]] DiskResult<bool> become(); ///< false: another process writes
    void attempt();
    void leave();
    void setRole(Role role);
    void saveManifest();
    void limited(const LimitsApplied &applied);

    const StoreOptions m_options;
    const QString m_root, m_folder;
    Manifest m_manifest, m_saved;
    Role m_role = Role::Closed;
    std::optional<DiskError> m_error;
    QString m_writer;
    std::optional<FolderLock> m_lock;
    std::unique_ptr<Syncer> m_syncer;
    std::unique_ptr<IndexWriter> m_index;
    IndexReader m_reader;
    std::unique_ptr<Journal> m_journal;
    std::unordered_map<LogKey, std::unique_ptr<LogSpool>, KeyHash> m_logs;
    std::shared_ptr<Room> m_room;
    qint64 m_roomThen = 0; ///< left when the limits were looked at
    bool m_limiting = false;
    QTimer m_tick; ///< take over, keep the manifest and the limits
    QDateTime m_limitsAt;
};

} // namespace evidence
