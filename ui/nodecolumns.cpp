// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/nodecolumns.h"

#include <algorithm>
#include <numeric>

namespace ui {

QList<int> columnWidths(const QList<ColumnWish> &wishes, int room)
{
    QList<int> widths;
    QList<qsizetype> order;
    for (qsizetype i = 0; i < wishes.size(); ++i) {
        widths.append(wishes.at(i).full);
        order.append(i);
    }
    std::stable_sort(
        order.begin(), order.end(), [&](qsizetype a, qsizetype b) { return wishes.at(a).rank > wishes.at(b).rank; });
    int least = std::accumulate(
        wishes.cbegin(), wishes.cend(), 0, [](int sum, const ColumnWish &wish) { return sum + wish.brief; });
    while (least > room) {
        const auto last = std::ranges::max_element(
            order, {}, [&](qsizetype i) { return widths.at(i) > 0 ? wishes.at(i).drop : 0; });
        if (last == order.end() || widths.at(*last) == 0 || wishes.at(*last).drop == 0)
            break;
        widths[*last] = 0;
        least -= wishes.at(*last).brief;
    }
    int over = std::accumulate(widths.cbegin(), widths.cend(), 0) - room;
    for (const qsizetype i : std::as_const(order)) {
        if (over <= 0)
            break;
        if (widths.at(i) == 0)
            continue;
        const int saved = std::min(over, std::max(0, wishes.at(i).full - wishes.at(i).brief));
        widths[i] -= saved;
        over -= saved;
    }
    return widths;
}

} // namespace ui
