// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Words for a restart in the language of the application.
#pragma once

#include "restart/procedure.h"

namespace restart {

[[nodiscard]] QString stepTitle(Step step);                         ///< "Wait until the Upgrade is gone"
[[nodiscard]] QString problemText(const upgrade::Message &problem); ///< codes: procedure.cpp

} // namespace restart
