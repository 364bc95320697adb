// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/nodedelegate.h"

#include "ui/elide.h"
#include "ui/glyph.h"
#include "ui/icons.h"
#include "ui/nodemodel.h"
#include "ui/style.h"

#include <QApplication>
#include <QPainter>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int gap = 8;
constexpr int pipSide = 10;
constexpr int iconSide = 16;

void paintPip(QPainter &painter, const QRectF &box, upgrade::Tri value, const QPalette &palette)
{
    const QColor done = toneColour(Tone::Succeeded, palette);
    const QColor open = toneColour(Tone::Muted, palette);
    painter.setRenderHint(QPainter::Antialiasing);
    switch (value) {
    case upgrade::Tri::Yes:
        painter.setPen(Qt::NoPen);
        painter.setBrush(done);
        painter.drawEllipse(box);
        break;
    case upgrade::Tri::No:
        painter.setPen(QPen(open, 1.3));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(box.adjusted(0.8, 0.8, -0.8, -0.8));
        break;
    case upgrade::Tri::Unknown:
        painter.setPen(QPen(open, 1.6, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(box.left() + 3, box.center().y()), QPointF(box.right() - 3, box.center().y()));
        break;
    }
}

void paintIcon(QPainter &painter, const QPoint &at, const QString &name, const QColor &colour)
{
    const double ratio = painter.device()->devicePixelRatioF();
    painter.drawPixmap(at, iconPixmap(name, iconSide, colour, ratio));
}

} // namespace

QString NodeDelegate::fitted(const QFontMetrics &metrics, const QString &text, int column, int width)
{
    switch (column) {
    case NodeModel::StateColumn:
        return elideBeforeTail(metrics, text, width);
    case NodeModel::Kubernetes:
    case NodeModel::System:
        return elideChange(metrics, text, width);
    default:
        return metrics.elidedText(text, Qt::ElideRight, width);
    }
}

QSize NodeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    int width = option.fontMetrics.horizontalAdvance(index.data().toString()) + 2 * gap;
    switch (index.column()) {
    case NodeModel::Name:
        width += iconSide + gap;
        break;
    case NodeModel::Role:
        width = 2 * gap + 3 * (iconSide + 4);
        break;
    case NodeModel::Pips:
        width = 2 * gap + 5 * pipSide + 4 * 6;
        break;
    case NodeModel::Health:
        width = 2 * gap + 2 * (iconSide + 4);
        break;
    default:
        break;
    }
    return {width, std::max(int(rowHeight), option.fontMetrics.height() + 8)};
}

void NodeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const QWidget *widget = option.widget;
    const QStyle *style = widget ? widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, widget);

    const auto *node = reinterpret_cast<const upgrade::NodeRow *>(index.data(NodeModel::RowRole).value<quintptr>());
    if (!node)
        return;
    const QPalette &palette = option.palette;
    const bool soft = QApplication::style()->inherits("ui::Style");
    const bool selected = option.state & QStyle::State_Selected;
    const QColor ink = palette.color(selected && !soft ? QPalette::HighlightedText : QPalette::Text);
    const QColor quiet = selected && !soft ? ink : quietText(palette);
    QRect rect = option.rect.adjusted(gap, 0, -gap, 0);
    const int mid = rect.center().y();

    painter->save();
    painter->setFont(option.font);
    switch (index.column()) {
    case NodeModel::Name: {
        Glyph sign = glyph(node->state);
        if (node->state == upgrade::State::Unknown)
            sign = node->ready && node->present ? Glyph{.shape = Shape::Dot, .tone = Tone::Succeeded}
                                                : Glyph{.shape = Shape::Alert, .tone = Tone::Failed};
        paintGlyph(*painter, QRectF(rect.left(), mid - 7.5, iconSide, iconSide), sign, palette);
        rect.setLeft(rect.left() + iconSide + gap);
        painter->setPen(node->present ? ink : quiet);
        painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft,
            option.fontMetrics.elidedText(node->name, Qt::ElideMiddle, rect.width()));
        break;
    }
    case NodeModel::Role: {
        QStringList names;
        if (node->controlPlane)
            names.append(u"control-plane"_s);
        if (node->etcd)
            names.append(u"etcd"_s);
        if (node->witness)
            names.append(u"witness"_s);
        if (names.isEmpty())
            names.append(u"worker"_s);
        int x = rect.left();
        for (const QString &name : std::as_const(names)) {
            paintIcon(*painter, QPoint(x, mid - 7), name, quiet);
            x += iconSide + 4;
        }
        break;
    }
    case NodeModel::Pips: {
        double x = rect.left();
        for (const upgrade::Tri value :
            {node->preloaded, node->preDrained, node->runtimeUpgraded, node->systemUpgraded, node->back}) {
            paintPip(*painter, QRectF(x, mid - pipSide / 2.0 + 0.5, pipSide, pipSide), value, palette);
            x += pipSide + 6;
        }
        break;
    }
    case NodeModel::Health: {
        int x = rect.left();
        if (node->cordoned) {
            paintIcon(*painter, QPoint(x, mid - 7), u"cordon"_s, toneColour(Tone::Warning, palette));
            x += iconSide + 4;
        }
        if (!node->ready || !node->present)
            paintIcon(*painter, QPoint(x, mid - 7), u"not-ready"_s, toneColour(Tone::Failed, palette));
        break;
    }
    case NodeModel::Job:
        painter->setPen(selected && !soft ? ink : palette.color(QPalette::Link));
        painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft,
            option.fontMetrics.elidedText(option.text, Qt::ElideMiddle, rect.width()));
        break;
    default: {
        const bool number = index.column() == NodeModel::Vms;
        const bool state = index.column() == NodeModel::StateColumn;
        painter->setPen(state && (!selected || soft)
                ? toneText(tone(node->state), palette,
                      selected ? selectionSurface(palette, true) : palette.color(QPalette::Base))
                : index.column() == NodeModel::Text ? quiet
                                                    : ink);
        QFont font = option.font;
        font.setFeature("tnum", 1);
        painter->setFont(font);
        painter->drawText(rect, Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft),
            fitted(QFontMetrics(font), option.text, index.column(), rect.width()));
    }
    }
    painter->restore();
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange)) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(option);
        focus.rect = option.rect.adjusted(1, 1, -1, -1);
        style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, widget);
    }
}

} // namespace ui
