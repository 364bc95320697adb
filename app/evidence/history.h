// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What was kept of one upgrade, read again, whether its cluster is there or not, and also while it is being written.
/// Files only; nothing is changed. Not thread-safe: one for each thread. Memory: one file of the journal's state at a
/// time, whatever its whole length.
#pragma once

#include "evidence/index.h"
#include "evidence/manifest.h"
#include "evidence/retention.h"
#include "upgrade/snapshot.h"

#include <memory>

namespace evidence {

/// Something changed then.
struct Moment {
    QDateTime at;
    int records = 0; ///< how much
    friend bool operator==(const Moment &, const Moment &) = default;
};

class History {
public:
    /// `folder` as KeptUpgrade has it.
    [[nodiscard]] static DiskResult<History> open(const QString &folder);
    History(History &&) noexcept;
    History &operator=(History &&) noexcept;
    ~History();

    [[nodiscard]] const Manifest &manifest() const;
    [[nodiscard]] const QString &folder() const;
    /// Takes in what was written since. True when something is new.
    bool refresh();

    /// First and last moment the journal knows; invalid: it knows none.
    [[nodiscard]] QDateTime first() const;
    [[nodiscard]] QDateTime last() const;
    /// When something changed, in order; changes of one `step` count as one, so that a slider has few enough.
    [[nodiscard]] QList<Moment> moments(std::chrono::milliseconds step = std::chrono::seconds(1)) const;
    /// Everything known at that time, as the session had it then: the same observations, digests and states of sources.
    /// Before the first moment: empty. Going forward in small steps is cheap, a jump costs one file at most.
    [[nodiscard]] upgrade::Snapshot snapshotAt(const QDateTime &time) const;
    /// Records so far met that could not be understood or followed.
    [[nodiscard]] qsizetype badRecords() const;

    /// Logs and Jobs, those that are long gone included; see joblogs.h for who has what.
    [[nodiscard]] const Index &index() const;
    [[nodiscard]] QString path(const LogRecord &log) const; ///< absolute

private:
    struct Private;
    explicit History(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace evidence
