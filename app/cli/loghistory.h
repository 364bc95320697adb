// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// `gleaner logs --history`: the upgrades whose logs are kept on this machine, and the logs of one of them. No cluster
/// is asked.
#pragma once

#include "cli/exitcodes.h"
#include "cli/logselect.h"
#include "evidence/retention.h"

#include <QJsonObject>

namespace cli {

/// Prints the list, or runs the event loop until the logs are printed.
[[nodiscard]] Exit runLogHistory(const Arguments &arguments);

/// Schema gleaner.history/v1, described in docs/cli.md.
[[nodiscard]] QJsonObject historyJson(
    const QList<evidence::KeptUpgrade> &kept, const QList<evidence::DroppedUpgrade> &dropped);

} // namespace cli
