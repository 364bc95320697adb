// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A bundle as what a diagnosis reads and as what a board is shown from. Pure, but for reading the bundle's logs.
#pragma once

#include "diagnosis/facts.h"
#include "evidence/bundle.h"
#include "session/session.h"

namespace session {

/// Logs are read when the facts' sources are. `stop`: set from another thread, the sources end early.
[[nodiscard]] diagnosis::Facts factsOf(const evidence::Bundle &bundle, const std::atomic<bool> *stop = nullptr);

/// What a session would show of it: everything settled, nothing of now. The board is of presence NoUpgrade where the
/// bundle has nothing to tell it from (Bundle::hasBoard).
[[nodiscard]] ClusterState stateOf(const evidence::Bundle &bundle);

} // namespace session
