// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What to say when no rule names a cause: where the upgrade stands, what is seen, and that we do not know.
#pragma once

#include "diagnosis/logscanner.h"

#include "diagnosis/finding.h"

namespace diagnosis {

/// Nothing when there is no sign of trouble: an upgrade that neither failed nor is past the time its step should take,
/// and no text a person asks about.
[[nodiscard]] std::optional<Finding> unknownCause(const Facts &facts, const LogHits &hits);

} // namespace diagnosis
