// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether a release is in a range as rules write it: ">=1.7.0 <1.8.1". Pre-releases of a version count as that
/// version; what is no release number (development builds) is in every range, since nothing is known of it.
#pragma once

#include <QString>

namespace diagnosis {

[[nodiscard]] bool isVersionRange(const QString &range);
[[nodiscard]] bool inVersionRange(const QString &version, const QString &range);

} // namespace diagnosis
