// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// kubectl sends access reviews in Kubernetes' protobuf form. This reads those few messages into the JSON they stand
/// for; nothing else is understood. Pure. Source: generated.proto of k8s.io/api/authorization/v1 and apimachinery's
/// runtime.Unknown.
#pragma once

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace demo {

/// nullopt: not the Kubernetes envelope, cut, or a kind other than the self reviews.
[[nodiscard]] std::optional<QJsonObject> reviewFromProtobuf(const QByteArray &body);

} // namespace demo
