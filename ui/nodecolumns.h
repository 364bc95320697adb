// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// How wide the columns of the node table are when nobody chose: by content, and where that does not fit, what can be
/// said shorter is said shorter. Pure.
#pragma once

#include <QList>

namespace ui {

struct ColumnWish {
    int full = 0;  ///< shows everything
    int brief = 0; ///< shows the shortest faithful form; at most `full`
    int rank = 0;  ///< higher gives way first
    int drop = 0;  ///< 0: never left out; else higher is left out first, when all are brief and it still is too much
};

/// Widths in pixels in the order of `wishes`; 0: left out. Only as many columns are left out or become brief as `room` asks
/// for; when nothing more may give way and it still is too much, the table scrolls.
[[nodiscard]] QList<int> columnWidths(const QList<ColumnWish> &wishes, int room);

} // namespace ui
