// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Own SVG icons (resources/icons), drawn in the text colour of the application's palette: one set for light and dark.
#pragma once

#include <QIcon>
#include <QString>

namespace ui {

/// "refresh", "log" …: a file of resources/icons without its ending.
[[nodiscard]] QIcon icon(const QString &name);
/// The icon at `side` logical pixels in a given colour, cached.
[[nodiscard]] QPixmap iconPixmap(const QString &name, int side, const QColor &colour, double ratio);

} // namespace ui
