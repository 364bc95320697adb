// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The three patch formats the API server takes, on JSON values. Pure.
#pragma once

#include "demo/apierror.h"

#include <QJsonArray>
#include <QJsonObject>

#include <expected>

namespace demo::patch {

/// RFC 7396.
[[nodiscard]] QJsonObject merge(QJsonObject target, const QJsonObject &change);

/// RFC 6902. A failed test or a bad path is 422, as apiserver answers it.
[[nodiscard]] std::expected<QJsonObject, ApiError> json(
    const QJsonObject &target, const QJsonArray &operations, const ResourceType &type, const QString &name);

/// What kubectl sends for built-in kinds: maps merge, the lists with a known merge key merge by it, others are
/// replaced.
[[nodiscard]] QJsonObject strategic(QJsonObject target, const QJsonObject &change);

} // namespace demo::patch
