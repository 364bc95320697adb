// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The upgrade that pre-checks are made for, out of what the cluster holds. Pure.
#pragma once

#include "restart/prechecks.h"

namespace restart {

/// What intentFor() reads, by Need::key.
[[nodiscard]] const QStringList &intentNeeds();

/// The body of the next Upgrade: for `target` when it is given; else the same again of an upgrade that is not over well
/// (version, image and the options a person may choose, as a restart does); else the newest Version above the running
/// one. An empty spec: nothing to upgrade to is known.
[[nodiscard]] Intent intentFor(const Materials &materials, const QString &target, const QDateTime &now);

/// Annotations of an Upgrade that a person chooses; all others are the controller's.
[[nodiscard]] bool isChosenAnnotation(const QString &key);

} // namespace restart
