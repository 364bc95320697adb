// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Brings a model's rows to a wanted order with remove, move and insert only, so that views keep selection, focus and
/// scroll position. Keys must be unique on both sides. Neighbouring rows are removed and inserted together.
#pragma once

#include <QAbstractItemModel>
#include <QSet>

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
    QSet<K> keep;
    keep.reserve(wanted.size());
    for (const Row &row : wanted)
        keep.insert(key(row));
    for (qsizetype last = rows.size() - 1; last >= 0; --last) {
        if (keep.contains(key(rows.at(last))))
            continue;
        qsizetype first = last;
        while (first > 0 && !keep.contains(key(rows.at(first - 1))))
            --first;
        edits.beginRemove(int(first), int(last));
        rows.remove(first, last - first + 1);
        edits.endRemove();
        last = first;
    }
    QSet<K> known;
    known.reserve(rows.size());
    for (const Row &row : std::as_const(rows))
        known.insert(key(row));
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        const Row &row = wanted.at(i);
        if (!known.contains(key(row))) {
            qsizetype end = i + 1;
            while (end < wanted.size() && !known.contains(key(wanted.at(end))))
                ++end;
            edits.beginInsert(int(i), int(end - 1));
            rows.insert(i, end - i, Row());
            std::copy(wanted.cbegin() + i, wanted.cbegin() + end, rows.begin() + i);
            edits.endInsert();
            i = end - 1;
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
        if (!(rows.at(i) == row)) {
            rows[i] = row;
            edits.changed(int(i));
        }
    }
}

} // namespace ui
