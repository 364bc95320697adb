// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Pausing and resuming the upgrade of one node by the annotation harvesterhci.io/node-upgrade-pause-map (v1.7 and
/// newer). The map is a text that is replaced as a whole, so every patch carries all of it, and names the
/// resourceVersion it was read at: a map that somebody else changed meanwhile is not overwritten. Pure.
#pragma once

#include "upgrade/board.h"

#include <QJsonObject>

#include <expected>

namespace restart {

/// The merge patch for this Upgrade (as the API gave it), or why there is none. Codes and arguments:
///   pause-over         Upgrade        it has ended, or is being deleted
///   pause-not-paused   node, state    there is nothing to resume
///   pause-too-late     node, state    its upgrade has begun: it can be paused no more
///   pause-already      node
///   pause-unreadable   words          the map is not what it should be
[[nodiscard]] std::expected<QJsonObject, upgrade::Message> pausePatch(
    const QJsonObject &upgrade, const QString &node, bool pause);
/// The state of a node in the Upgrade, "" when it has none.
[[nodiscard]] QString nodeStateOf(const QJsonObject &upgrade, const QString &node);
[[nodiscard]] QString pauseProblemText(const upgrade::Message &problem);

} // namespace restart
