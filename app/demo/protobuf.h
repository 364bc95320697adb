// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// kubectl sends what it builds itself (access reviews, the objects of `kubectl create KIND`) in Kubernetes' protobuf
/// form. This reads those kinds into the JSON they stand for; nothing else is understood. Pure. Source: generated.proto
/// of k8s.io/api (core/v1, apps/v1, batch/v1, authorization/v1) and apimachinery (runtime.Unknown, meta/v1).
#pragma once

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace demo {

/// nullopt: not the Kubernetes envelope, cut, a kind that is not known here, or a known one with a field that is not:
/// an object is taken whole or not at all. A status is left out, it is not the client's to say.
[[nodiscard]] std::optional<QJsonObject> objectFromProtobuf(const QByteArray &body);

} // namespace demo
