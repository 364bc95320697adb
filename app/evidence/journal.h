// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The history of the objects a board is made of: each version once, with the time it was seen, so that the snapshot of
/// any moment can be made again (history.h). Secrets never: of machine plan Secrets only what the board reads of their
/// labels and annotations, under the name MachinePlan; everything else as slimmed as a board needs it.
///
/// objects/NNNNNN.jsonl: lines of JSON, appended. Each file begins with the whole state and goes on with what changed,
/// as JSON merge patches (RFC 7386), so the state of a moment is never further away than one file. After a crash a torn
/// last line is cut; the last file is read again and goes on. Memory: the last state, shared with the snapshots given.
///
/// A disk that takes nothing: a bounded amount waits, what comes after is not kept, and that is written down when there
/// is room again, with a new whole state. Thread: the owner's.
#pragma once

#include "evidence/appendfile.h"
#include "evidence/logspool.h"
#include "upgrade/snapshot.h"

#include <QElapsedTimer>

namespace evidence {

struct JournalOptions {
    Disk *disk = &Disk::system();
    Syncer *syncer = nullptr;
    std::shared_ptr<Room> room; ///< may be null
    qint64 limit = qint64(512) * 1024 * 1024;
    qint64 smallestFile = qint64(4) * 1024 * 1024; ///< a file is this long before the next begins, and
    int stateShare = 4;                            ///< so many times as long as the state it begins with
    qint64 mostWaiting = qint64(8) * 1024 * 1024;
    std::chrono::milliseconds digestEvery{1000}; ///< of one Job's log, when it only got longer
};

class Journal {
public:
    [[nodiscard]] static DiskResult<std::unique_ptr<Journal>> open(
        const QString &folder, const JournalOptions &options = {});
    ~Journal();

    /// The snapshot as it was when the last writer stopped, with what it had observed: a session that starts again can
    /// go on from these observations and digests. Empty for a new one.
    [[nodiscard]] const upgrade::Snapshot &recovered() const;

    /// One version of an object, at once: versions that come faster than boards are made are kept too. Optional.
    void seen(upgrade::Kind kind, const kube::ObjectPtr &object, const QDateTime &now);
    void gone(upgrade::Kind kind, const kube::ObjectKey &key, const QDateTime &now);
    /// After each observe(), with its `now`: keeps whatever differs from what was kept last: objects, states of
    /// sources, digests, blind spans, and the moment itself, so that replaying observes the same.
    void record(const upgrade::Snapshot &snapshot, const QDateTime &now);

    /// Tries to write what waits; also done with each record().
    [[nodiscard]] std::optional<DiskError> flush();
    [[nodiscard]] std::optional<DiskError> error() const;
    [[nodiscard]] bool isFull() const; ///< its limit is reached, which is written down
    [[nodiscard]] qint64 bytes() const;

private:
    struct Private;
    explicit Journal(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace evidence
