// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Contexts on which nothing may be done: all of them by a setting, or those whose names match a pattern ("prod-*").
#pragma once

#include <QStringList>

namespace ui {

class Settings;

namespace readonly {

[[nodiscard]] bool isReadOnly(const Settings &settings, const QString &context);
[[nodiscard]] bool all(const Settings &settings);
[[nodiscard]] QStringList patterns(const Settings &settings);
void set(Settings &settings, bool all, const QStringList &patterns);

} // namespace readonly

} // namespace ui
