// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Decoding of one object, for those who need more than makeObject() of object.h.
#pragma once

#include "kube/object.h"

namespace kube {

/// A dry run answers an object that was never stored and so has no resourceVersion.
enum class VersionRule { Required, Optional };

[[nodiscard]] Result<ObjectPtr> decodeObject(QJsonObject json, const Slimmer &slim, VersionRule rule);

} // namespace kube
