// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// JSON merge patches (RFC 7386). Pure.
#pragma once

#include <QJsonObject>

#include <optional>

namespace evidence {

/// What makes `after` of `before`; nullopt when no merge patch can (a member that is null in an object).
[[nodiscard]] std::optional<QJsonObject> mergePatch(const QJsonObject &before, const QJsonObject &after);
[[nodiscard]] QJsonObject patched(QJsonObject before, const QJsonObject &patch);

} // namespace evidence
