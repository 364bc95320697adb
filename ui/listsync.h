// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Brings a model's rows to a wanted order with remove, move and insert only, so that views keep selection, focus and
/// scroll position. Keys must be unique on both sides. Neighbouring rows are removed and inserted together.
#pragma once

#include <QAbstractItemModel>
#include <QSet>

#include <algorithm>
#include <functional>

namespace ui {

/// Protected begin/end functions of QAbstractItemModel, handed over by the model that owns the rows.
struct RowEdits {
    std::function<void(int first, int last)> beginRemove;
    std::function<void()> endRemove;
    std::function<void(int first, int last)> beginInsert;
    std::function<void()> endInsert;
    std::function<void(int from, int to)> beginMove; ///< to: index before which it goes, `from` still counted
    std::function<void()> endMove;
    std::function<void(int)> changed;
};

template<class Row, class Key>
void syncRows(QList<Row> &rows, const QList<Row> &wanted, Key key, const RowEdits &edits)
{
    using K = std::decay_t<decltype(key(std::declval<const Row &>()))>;
    // Mostly nothing moved: what both sides begin and end with needs no sets and no search.
    const auto take = [&](qsizetype at, const Row &row) {
        if (!(rows.at(at) == row)) {
            rows[at] = row;
            edits.changed(int(at));
        }
    };
    qsizetype head = 0;
    const qsizetype shorter = std::min(rows.size(), wanted.size());
    for (; head < shorter && key(rows.at(head)) == key(wanted.at(head)); ++head)
        take(head, wanted.at(head));
    qsizetype tail = 0;
    for (; tail < shorter - head; ++tail) {
        const qsizetype at = rows.size() - 1 - tail;
        const Row &row = wanted.at(wanted.size() - 1 - tail);
        if (key(rows.at(at)) != key(row))
            break;
        take(at, row);
    }
    const qsizetype end = wanted.size() - tail;
    QSet<K> keep;
    keep.reserve(end - head);
    for (qsizetype i = head; i < end; ++i)
        keep.insert(key(wanted.at(i)));
    for (qsizetype last = rows.size() - 1 - tail; last >= head; --last) {
        if (keep.contains(key(rows.at(last))))
            continue;
        qsizetype first = last;
        while (first > head && !keep.contains(key(rows.at(first - 1))))
            --first;
        edits.beginRemove(int(first), int(last));
        rows.remove(first, last - first + 1);
        edits.endRemove();
        last = first;
    }
    QSet<K> known;
    known.reserve(rows.size() - tail - head);
    for (qsizetype i = head; i < rows.size() - tail; ++i)
        known.insert(key(rows.at(i)));
    for (qsizetype i = head; i < end; ++i) {
        const Row &row = wanted.at(i);
        if (!known.contains(key(row))) {
            qsizetype behind = i + 1;
            while (behind < end && !known.contains(key(wanted.at(behind))))
                ++behind;
            edits.beginInsert(int(i), int(behind - 1));
            rows.insert(i, behind - i, Row());
            std::copy(wanted.cbegin() + i, wanted.cbegin() + behind, rows.begin() + i);
            edits.endInsert();
            i = behind - 1;
            continue;
        }
        if (key(rows.at(i)) != key(row)) {
            qsizetype at = i + 1;
            while (key(rows.at(at)) != key(row))
                ++at;
            edits.beginMove(int(at), int(i));
            rows.move(at, i);
            edits.endMove();
        }
        take(i, row);
    }
}

} // namespace ui
