// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads at once whatever a verdict is judged by, from the server itself: a watched copy may be behind, and before a
/// deletion that is too old. A kind that cannot be read is a gap in the snapshot, which is never safe; a connection
/// that is lost is an error. Thread: the wire's.
#pragma once

#include "session/actionwire.h"
#include "upgrade/snapshot.h"

namespace session {

class ClusterLook : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(kube::Result<upgrade::Snapshot>)>;
    /// Asks and answers once, then deletes itself. Deleting it ends it.
    ClusterLook(ActionWire &wire, Done done, QObject *parent);

private:
    void answered(qsizetype at, const kube::Result<QList<kube::ObjectPtr>> &found);

    Done m_done;
    QList<upgrade::WatchTarget> m_targets;
    upgrade::Snapshot m_snapshot;
    std::optional<kube::Error> m_error;
    qsizetype m_open = 0;
};

} // namespace session
