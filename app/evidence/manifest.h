// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// manifest.json of one upgrade's folder: whose it is, by the true names, and from when to when something was seen.
#pragma once

#include "evidence/disk.h"

#include <QDateTime>

namespace evidence {

inline constexpr int formatVersion = 1;

struct UpgradeIdentity {
    QString clusterUid;  ///< of the namespace kube-system
    QString clusterName; ///< as the person knows it: the context
    QString server;      ///< URL, without a login
    QString upgradeUid;
    QString upgradeName;
    QString fromVersion, toVersion;
    friend bool operator==(const UpgradeIdentity &, const UpgradeIdentity &) = default;
};

struct Manifest {
    int format = formatVersion;
    UpgradeIdentity id;
    QDateTime firstSeen, lastSeen; ///< by our clock
    QString state;                 ///< upgrade::stateWord of the upgrade when last seen
    bool finished = false;         ///< it ended, nothing more is expected
    friend bool operator==(const Manifest &, const Manifest &) = default;
};

/// "CLUSTERUID/UPGRADEUID", as names of folders.
[[nodiscard]] QString folderOf(const UpgradeIdentity &id);
/// A format newer than ours is an error: nothing of it may be touched.
[[nodiscard]] DiskResult<Manifest> readManifest(const QString &folder);
/// As a whole or not at all.
[[nodiscard]] DiskResult<void> writeManifest(const QString &folder, const Manifest &manifest);

} // namespace evidence
