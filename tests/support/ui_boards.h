// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Boards and cluster states made by hand, for tests of what the window shows. All times hang on one fixed moment.
#pragma once

#include "session/session.h"

namespace uitest {

[[nodiscard]] QDateTime now(); ///< 2026-11-25 12:00:00 UTC

/// Three nodes in phase 4: node1 done, node2 pre-draining and waiting for a volume, node3 not begun.
[[nodiscard]] upgrade::Board upgrading();
[[nodiscard]] upgrade::Board noUpgrade();
[[nodiscard]] upgrade::Board failed();
[[nodiscard]] QList<upgrade::NodeRow> manyNodes(int count);
[[nodiscard]] session::ClusterState state(
    const QString &context, session::Connection::State connection, const upgrade::Board &board = {});
[[nodiscard]] kube::Error error(kube::ErrorKind kind);

} // namespace uitest
