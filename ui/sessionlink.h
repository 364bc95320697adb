// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A ClusterLink over a live session::Session.
#pragma once

#include "ui/clusterlink.h"

namespace ui {

[[nodiscard]] std::unique_ptr<ClusterLink> makeSessionLink(
    const kube::ClusterConfig &config, const session::SessionOptions &options);

} // namespace ui
