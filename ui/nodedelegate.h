// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Paints the columns of the node table that are more than text: state glyph, role icons, five pips, link, health
/// icons.
#pragma once

#include <QStyledItemDelegate>

namespace ui {

class NodeDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// The text of a cell as painted in `width`: times, arrows and new values are what stays.
    [[nodiscard]] static QString fitted(const QFontMetrics &metrics, const QString &text, int column, int width);
    static constexpr int rowHeight = 32;
};

} // namespace ui
