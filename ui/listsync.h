// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Brings a model's rows to a wanted order with remove, move and insert only, so that views keep selection, focus and
/// scroll position. Keys must be unique on both sides.
#pragma once

#include <QAbstractItemModel>
#include <QSet>

#include <functional>

namespace ui {

/// Protected begin/end functions of QAbstractItemModel, handed over by the model that owns the rows.
template<class Row>
struct RowEdits {
    std::function<void(int)> beginRemove;
    std::function<void()> endRemove;
    std::function<void(int)> beginInsert;
    std::function<void()> endInsert;
    std::function<void(int from, int to)> beginMove; ///< to: index before which it goes, `from` still counted
    std::function<void()> endMove;
    std::function<void(int)> changed;
};

template<class Row, class Key>
void syncRows(QList<Row> &rows, const QList<Row> &wanted, Key key, const RowEdits<Row> &edits)
{
    using K = std::decay_t<decltype(key(wanted.front()))>;
    QSet<K> keep;
    keep.reserve(wanted.size());
    for (const Row &row : wanted)
        keep.insert(key(row));
    for (qsizetype i = rows.size() - 1; i >= 0; --i) {
        if (keep.contains(key(rows.at(i))))
            continue;
        edits.beginRemove(int(i));
        rows.removeAt(i);
        edits.endRemove();
    }
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        const Row &row = wanted.at(i);
        qsizetype at = -1;
        for (qsizetype j = i; j < rows.size(); ++j) {
            if (key(rows.at(j)) == key(row)) {
                at = j;
                break;
            }
        }
        if (at < 0) {
            edits.beginInsert(int(i));
            rows.insert(i, row);
            edits.endInsert();
            continue;
        }
        if (at != i) {
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
