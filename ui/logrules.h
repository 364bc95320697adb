// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Highlight rules of a person: text that is always coloured in every log. Kept in the settings.
#pragma once

#include "logs/query.h"

#include <QColor>
#include <QList>

class QPalette;

namespace ui {

class Settings;

struct LogRule {
    logs::Query query;
    int colour = 0; ///< 0 .. ruleColours - 1
    bool enabled = true;
    friend bool operator==(const LogRule &, const LogRule &) = default;
};

inline constexpr int ruleColours = 6;
/// The surface behind what a rule matches; text on it keeps 4.5:1.
[[nodiscard]] QColor ruleSurface(int colour, const QPalette &palette);
[[nodiscard]] QString ruleColourName(int colour);

[[nodiscard]] QList<LogRule> loadRules(const Settings &settings);
void saveRules(Settings &settings, const QList<LogRule> &rules);

} // namespace ui
