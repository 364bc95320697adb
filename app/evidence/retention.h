// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Limits of what is kept, and what is dropped for their sake: whole upgrades, those that ended first and the longest
/// ago, never one that some process writes. A single log and the upgrade being written are limited while they are
/// written (logspool.h): they keep their beginning and say where they stop. What was dropped is written down and can be
/// shown.
#pragma once

#include "evidence/manifest.h"

#include <QList>
#include <QMetaType>

#include <chrono>

namespace evidence {

struct Limits {
    qint64 all = qint64(5) * 1024 * 1024 * 1024;     ///< bytes of everything kept
    qint64 upgrade = qint64(2) * 1024 * 1024 * 1024; ///< of one upgrade
    qint64 log = qint64(512) * 1024 * 1024;          ///< of one container's log
    qint64 objects = qint64(512) * 1024 * 1024;      ///< of one upgrade's object history
    std::chrono::days age{180};                      ///< since an upgrade was last seen
};

/// One upgrade in the store, as found on disk.
struct KeptUpgrade {
    QString folder; ///< absolute
    Manifest manifest;
    qint64 bytes = 0;
    bool writing = false;             ///< some process has it open to write
    std::optional<DiskError> problem; ///< the manifest cannot be read
};
/// Newest first.
[[nodiscard]] QList<KeptUpgrade> keptUpgrades(const QString &root);
[[nodiscard]] qint64 bytesBelow(const QString &folder);

struct DroppedUpgrade {
    UpgradeIdentity id;
    QDateTime firstSeen, lastSeen, dropped;
    qint64 bytes = 0;
    bool forAge = false; ///< else for size
    friend bool operator==(const DroppedUpgrade &, const DroppedUpgrade &) = default;
};
/// Which to drop, in this order. Pure.
[[nodiscard]] QList<KeptUpgrade> toDrop(QList<KeptUpgrade> kept, const Limits &limits, const QDateTime &now);
/// What was dropped so far and is not there again.
[[nodiscard]] QList<DroppedUpgrade> droppedUpgrades(const QString &root);

struct LimitsApplied {
    QList<DroppedUpgrade> dropped;
    qint64 all = 0; ///< bytes that are left
};
/// Drops what must be. Never `mine`, nor what another process writes. Several processes may do it at once.
[[nodiscard]] LimitsApplied applyLimits(
    const QString &root, const Limits &limits, const QDateTime &now, const QString &mine = {});

} // namespace evidence

Q_DECLARE_METATYPE(evidence::DroppedUpgrade)
