// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The context a verb talks to: --context, else the current one, else the only one there is.
#pragma once

#include "cli/arguments.h"
#include "cli/exitcodes.h"
#include "kube/clusterconfig.h"

#include <expected>

namespace cli {

/// What is wrong has been said on stderr when there is none.
[[nodiscard]] std::expected<kube::ClusterConfig, Exit> chooseContext(const Arguments &arguments);

} // namespace cli
