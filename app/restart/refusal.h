// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the create webhook's refusal of a dry run means while the old Upgrade still stands: some refusals are about
/// that Upgrade itself, or about charts which the restart resumes; they say nothing against it. The webhook stops at
/// its first refusal: after an expected one the rest is not known, and is asked again after the deletion. Pure.
#pragma once

#include "restart/procedure.h"

namespace restart {

enum class Refusal {
    Upgrade, ///< "cannot proceed until previous upgrade … completes": goes with the deletion
    Chart,   ///< one of the charts an upgrade pauses is not ready: after the deletion they are resumed and waited for
    Other,   ///< stands against a new upgrade
};
/// Words as the server sent them.
[[nodiscard]] Refusal readRefusal(const QString &words, const QString &upgrade);
/// The four charts that an upgrade pauses.
[[nodiscard]] const QStringList &upgradeCharts();

} // namespace restart
