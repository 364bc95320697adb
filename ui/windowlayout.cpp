// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/windowlayout.h"

#include <algorithm>

namespace ui::windowlayout {

QSize fitted(const QSize &size, const QRect &available, const QMargins &frame)
{
    return available.isEmpty() ? size : size.boundedTo(available.size().shrunkBy(frame)).expandedTo({320, 240});
}

QSize minimumFor(const QRect &available, const QMargins &frame)
{
    return fitted(least, available, frame);
}

int clustersWidth(int window)
{
    return std::clamp(window * 18 / 100, 196, 300);
}

int guidanceWidth(int window)
{
    return std::clamp(window * 24 / 100, 320, 500);
}

bool guidanceFits(int window, bool clusters)
{
    // Under 900 px the board's phases no longer stand side by side.
    constexpr int board = 900, handles = 14;
    return window - guidanceWidth(window) - (clusters ? clustersWidth(window) : 0) - handles >= board;
}

int logsHeight(int both)
{
    // On small screens the board needs its rows more than the log its lines.
    return std::clamp(both * 2 / 5 - 108, 152, 420);
}

} // namespace ui::windowlayout
