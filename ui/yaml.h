// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A cluster's object as YAML for reading. What a Secret holds is never in it, nor are managedFields. Pure.
#pragma once

#include <QByteArray>
#include <QJsonObject>

namespace ui {

[[nodiscard]] QByteArray toYaml(const QJsonObject &object);

} // namespace ui
