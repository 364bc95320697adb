// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Recorded upgrades (tests/fixtures/upgrade) as snapshots: all objects of one moment, through the same slimmers as live
/// ones, with the logs as far as they had been written by then.
#pragma once

#include "upgrade/snapshot.h"

#include <QJsonArray>
#include <QJsonObject>

namespace support {

class Recording {
public:
    /// "three-node": the name of the fixture. Aborts the test when it cannot be read.
    explicit Recording(const QString &name);

    [[nodiscard]] qsizetype size() const { return m_moments.size(); }
    [[nodiscard]] QString name(qsizetype moment) const;
    [[nodiscard]] QDateTime at(qsizetype moment) const; ///< the server's clock
    [[nodiscard]] qsizetype indexOf(const QString &name) const; ///< by its number or whole name; -1
    /// Nothing carried over from earlier moments.
    [[nodiscard]] upgrade::Snapshot snapshot(qsizetype moment) const;
    /// The same, in step: only what changed is applied and removed, as a watch does, with observations kept.
    void advance(upgrade::Snapshot &snapshot, qsizetype moment) const;

private:
    void readLogs(upgrade::Snapshot &snapshot, const QDateTime &until) const;
    QJsonArray m_moments;
    QJsonArray m_objects;
    QJsonObject m_logs;
};

[[nodiscard]] upgrade::Kind kindOf(const QString &word); ///< "Upgrade", "CapiCluster" …
[[nodiscard]] kube::ObjectPtr objectOf(upgrade::Kind kind, const QJsonObject &json);

} // namespace support
