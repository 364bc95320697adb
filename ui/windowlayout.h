// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sizes of the window and its panels as long as nobody chose others. Pure; pixels.
#pragma once

#include <QMargins>
#include <QRect>

namespace ui::windowlayout {

inline constexpr QSize wanted{1600, 960};
inline constexpr QSize least{1024, 700}; ///< everything is readable from here on

/// The frame goes round the window's own size; a screen smaller than `least` gets a window that it can show.
[[nodiscard]] QSize minimumFor(const QRect &available, const QMargins &frame);
/// `size` as it fits into what the screen leaves beside panels.
[[nodiscard]] QSize fitted(const QSize &size, const QRect &available, const QMargins &frame);
/// Of the clusters list in a window so wide.
[[nodiscard]] int clustersWidth(int window);
/// Of the guidance panel in a window so wide, when it is there.
[[nodiscard]] int guidanceWidth(int window);
/// Is there room for it beside the board, and beside the clusters when those are shown?
[[nodiscard]] bool guidanceFits(int window, bool clusters);
/// Of the logs under a board, both together so high.
[[nodiscard]] int logsHeight(int both);

} // namespace ui::windowlayout
