// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Names from a cluster as names of files. They are untrusted: whatever they are, the result is one component of a
/// path, never hidden, never "." or "..", at most 120 bytes, and different names stay different. Pure.
#pragma once

#include <QString>

namespace evidence {

/// Letters, digits, '.', '_' and '-' stay; other bytes of the UTF-8 form become %XX, so does a '.' at the begin. What
/// is too long is cut and ends in '~' and a digest of the whole. The empty name is "%".
[[nodiscard]] QString safeName(const QString &name);

/// "logs/NAMESPACE/POD_UID8/CONTAINER.log", from names of a cluster.
[[nodiscard]] QString logFileName(
    const QString &ns, const QString &pod, const QString &podUid, const QString &container);

} // namespace evidence
