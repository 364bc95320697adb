// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The documents by which clients learn what the server serves. Pure.
#pragma once

#include "demo/catalog.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace demo::discovery {

[[nodiscard]] QJsonObject version(const QString &kubernetes); ///< "v1.35.4+rke2r1"
[[nodiscard]] QJsonObject coreVersions(const QString &address);
[[nodiscard]] QJsonObject groupList(const Catalog &catalog);
[[nodiscard]] std::optional<QJsonObject> group(const Catalog &catalog, const QString &name);
[[nodiscard]] std::optional<QJsonObject> resources(
    const Catalog &catalog, const QString &group, const QString &version);
/// APIGroupDiscoveryList; `core`: of /api, else of /apis.
[[nodiscard]] QJsonObject aggregated(const Catalog &catalog, bool core);

/// OpenAPI v3 as far as kubectl asks it: which group versions there are, and that they know fieldValidation and dryRun.
[[nodiscard]] QJsonObject openApiIndex(const Catalog &catalog);
[[nodiscard]] std::optional<QJsonObject> openApi(const Catalog &catalog, const QString &group, const QString &version);

} // namespace demo::discovery
