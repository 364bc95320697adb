// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A cluster's object as YAML for reading. What a Secret holds is never in it, nor are managedFields. Pure.
#pragma once

#include <QByteArray>
#include <QJsonObject>

namespace ui {

[[nodiscard]] QByteArray toYaml(const QJsonObject &object);
/// The row (from 0) of what toYaml() made where a field like "status.robustness" stands, or the part of its path that is
/// there; -1: not even its first part.
[[nodiscard]] qint64 yamlRow(const QByteArray &yaml, const QString &field);

} // namespace ui
