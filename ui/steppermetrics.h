// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sizes and fonts of the stepper, shared by its layout and its painting.
#pragma once

#include <QFont>

#include <algorithm>

namespace ui::steppermetrics {

inline constexpr int disc = 28;
inline constexpr int dotDisc = 14;
inline constexpr int pad = 12;
inline constexpr int tightPad = 8; ///< where the rail has less than its usual width
inline constexpr int dotWidth = 92;
inline constexpr int tightDotWidth = 64;
inline constexpr int row = 31;
inline constexpr int dotRow = 24;

inline QFont titleFont(const QFont &base)
{
    QFont font = base;
    font.setWeight(QFont::DemiBold);
    return font;
}

inline QFont captionFont(const QFont &base)
{
    QFont font = base;
    font.setPointSizeF(std::max(7.0, base.pointSizeF() - 1));
    return font;
}

} // namespace ui::steppermetrics
