// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Objects with their secrets masked: data of Secrets, fields with names of secrets, environment variables and settings
/// with such names, cloud-init, and what texts inside of them hold, JSON in texts (`last-applied-configuration`) as
/// JSON. Pure.
#pragma once

#include "evidence/redactedtext.h"

#include <QJsonObject>

namespace evidence {

/// The object with masks in place of secrets; everything else is as it was.
[[nodiscard]] QJsonObject redactedObject(
    const QJsonObject &object, SecretCounts &counts, const KnownSecrets *known = nullptr);

/// Adds what the object holds under names of secrets to `known`, so that it is found wherever else it turns up.
void learnSecrets(const QJsonObject &object, KnownSecrets &known);

} // namespace evidence
