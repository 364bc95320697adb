// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/clusterdelegate.h"

#include "ui/clustermodel.h"
#include "ui/icons.h"
#include "ui/style.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QTreeView>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
const ClusterRow *clusterOf(const QModelIndex &index)
{
    const auto *proxy = qobject_cast<const QSortFilterProxyModel *>(index.model());
    const auto *model = qobject_cast<const ClusterModel *>(proxy ? proxy->sourceModel() : index.model());
    return model ? model->row(proxy ? proxy->mapToSource(index) : index) : nullptr;
}
} // namespace

QSize ClusterDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int line = option.fontMetrics.height();
    return {160, index.data(ClusterModel::GroupRole).toBool() ? std::max(28, line + 10) : std::max(48, 2 * line + 12)};
}

QRect ClusterDelegate::starRect(const QRect &row)
{
    return {row.right() - 30, row.top() + (row.height() - 24) / 2, 24, 24};
}

void ClusterDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const ClusterRow *row = clusterOf(index);
    if (!row) {
        const auto *tree = qobject_cast<const QTreeView *>(option.widget);
        const bool open = !tree || tree->isExpanded(index);
        const QColor quiet = quietText(option.palette);
        painter->drawPixmap(QPoint(option.rect.left() + 8, option.rect.center().y() - 5),
            iconPixmap(open ? u"down"_s : u"right"_s, 12, quiet, painter->device()->devicePixelRatioF()));
        QFont caption = option.font;
        caption.setPointSizeF(std::max(7.0, caption.pointSizeF() - 1));
        caption.setWeight(QFont::DemiBold);
        painter->setFont(caption);
        painter->setPen(quiet);
        const QRect text = option.rect.adjusted(26, 0, -8, 0);
        painter->drawText(
            text, Qt::AlignVCenter, QFontMetrics(caption).elidedText(option.text, Qt::ElideMiddle, text.width()));
        painter->restore();
        return;
    }
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
    const bool soft = QApplication::style()->inherits("ui::Style");
    const bool selected = option.state & QStyle::State_Selected;
    if (selected && soft)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
            option.palette.color(QPalette::Highlight));
    const QColor ink = option.palette.color(selected && !soft ? QPalette::HighlightedText : QPalette::Text);
    const QColor quiet = selected && !soft ? ink : quietText(option.palette);
    const bool hovered = option.state & QStyle::State_MouseOver;
    const int line = option.fontMetrics.height();
    const int top = option.rect.top() + (option.rect.height() - 2 * line - 2) / 2;
    paintGlyph(*painter, QRectF(option.rect.left() + 12, top + (line - 16) / 2.0, 16, 16), row->glyph, option.palette);
    const int left = option.rect.left() + 36;
    const int right = option.rect.right() - (row->starred || hovered ? 34 : 12);
    QFont name = option.font;
    name.setWeight(selected ? QFont::DemiBold : QFont::Normal);
    painter->setFont(name);
    painter->setPen(row->usable ? ink : quiet);
    painter->drawText(QRect(left, top, right - left, line), Qt::AlignVCenter,
        QFontMetrics(name).elidedText(row->name, Qt::ElideMiddle, right - left));
    QFont caption = option.font;
    caption.setPointSizeF(std::max(7.0, caption.pointSizeF() - 1));
    painter->setFont(caption);
    const QFontMetrics metrics(caption);
    const QString state = metrics.elidedText(row->state, Qt::ElideRight, right - left);
    const int stateWidth = metrics.horizontalAdvance(state);
    painter->setPen(row->tone == Tone::Muted || (selected && !soft)
            ? quiet
            : toneText(row->tone, option.palette,
                  selected ? selectionSurface(option.palette, true) : option.palette.color(QPalette::Window)));
    painter->drawText(QRect(left, top + line + 2, right - left, line), Qt::AlignVCenter, state);
    const int room = right - left - stateWidth - 14;
    if (room > 40 && !row->server.isEmpty()) {
        painter->setPen(quiet);
        painter->drawText(QRect(left + stateWidth, top + line + 2, room + 14, line), Qt::AlignVCenter,
            u" · "_s + metrics.elidedText(row->server, Qt::ElideMiddle, room));
    }
    if (row->starred || hovered) {
        const QRect star = starRect(option.rect);
        painter->drawPixmap(star.topLeft() + QPoint(4, 4),
            iconPixmap(row->starred ? u"star-filled"_s : u"star"_s, 16,
                row->starred ? toneColour(Tone::Warning, option.palette) : quiet,
                painter->device()->devicePixelRatioF()));
    }
    painter->restore();
}

bool ClusterDelegate::editorEvent(
    QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const ClusterRow *row = clusterOf(index);
        if (row && mouse->button() == Qt::LeftButton && starRect(option.rect).contains(mouse->position().toPoint())) {
            Q_EMIT starClicked(row->name, !row->starred);
            return true;
        }
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

} // namespace ui
