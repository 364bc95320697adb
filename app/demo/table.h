// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Other forms of an object than itself: what `kubectl get` prints, and its metadata alone. Pure.
#pragma once

#include "demo/store.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>

namespace demo {

enum class Form { Object, Table, Metadata };

/// What the rows of a table carry besides their cells; the query parameter includeObject, Metadata by default.
enum class Include { Metadata, Object, None };
[[nodiscard]] Include includeOf(const QString &parameter);

/// What the Accept header asks for.
[[nodiscard]] Form formOf(const QByteArray &accept);

[[nodiscard]] QJsonObject metadataOnly(const QJsonObject &object);
[[nodiscard]] QJsonObject table(const ResourceType &type, const std::vector<StoredPtr> &objects,
    const QJsonObject &listMetadata, const QDateTime &now, Include include = Include::Metadata,
    bool withColumns = true);
/// kubectl's short form of an age: "5s", "3m12s", "2h", "40d".
[[nodiscard]] QString shortAge(const QDateTime &since, const QDateTime &now);

} // namespace demo
