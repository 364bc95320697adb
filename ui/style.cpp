// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/style.h"

#include "ui/statecolours.h"

#include <QPainter>
#include <QStyleOption>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr double corner = 6;

void roundedBox(QPainter &painter, const QRect &rect, const QColor &fill, const QColor &line, double width = 1)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(line.isValid() ? QPen(line, width) : QPen(Qt::NoPen));
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(QRectF(rect).adjusted(width / 2, width / 2, -width / 2, -width / 2), corner, corner);
    painter.restore();
}

QColor buttonFill(const QStyleOption &option, bool filled)
{
    const QPalette &palette = option.palette;
    const QColor rest = filled ? palette.color(QPalette::Highlight) : palette.color(QPalette::Button);
    const QColor ink = palette.color(QPalette::WindowText);
    if (!(option.state & QStyle::State_Enabled))
        return blend(palette.color(QPalette::Button), palette.color(QPalette::Window), 0.5);
    if (option.state & (QStyle::State_Sunken | QStyle::State_On))
        return blend(ink, rest, 0.14);
    if (option.state & QStyle::State_MouseOver)
        return blend(ink, rest, 0.06);
    return rest;
}

bool isFilled(const QStyleOption *option)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    return button && (button->features & QStyleOptionButton::DefaultButton) && (option->state & QStyle::State_Enabled);
}

void drawTab(const QStyleOptionTab &tab, QPainter &painter)
{
    const bool selected = tab.state & QStyle::State_Selected;
    const bool hovered = tab.state & QStyle::State_MouseOver;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (hovered && !selected)
        roundedBox(painter, tab.rect.adjusted(2, 3, -2, -5), hoverSurface(tab.palette), {});
    if (selected) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tab.palette.color(QPalette::Highlight));
        painter.drawRoundedRect(QRectF(tab.rect.left() + 8, tab.rect.bottom() - 1.5, tab.rect.width() - 16, 2.5), 1, 1);
    }
    painter.restore();
}

} // namespace

Style::Style()
    : QProxyStyle(u"fusion"_s)
{
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SplitterWidth:
        return 7;
    case PM_ScrollBarExtent:
        return 12;
    case PM_ToolBarItemSpacing:
        return 4;
    case PM_ToolBarItemMargin:
        return 4;
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_MenuBarPanelWidth:
        return 0;
    case PM_ButtonMargin:
        return 8;
    case PM_HeaderMargin:
        return 8;
    case PM_TabBarTabHSpace:
        return 28;
    case PM_TabBarTabVSpace:
        return 14;
    case PM_TabBarTabShiftVertical:
        return 0;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_HeaderArrow)
        return {option->rect.right() - 16, option->rect.center().y() - 1, 10, 10};
    return element == SE_LineEditContents ? rect.adjusted(5, 0, -3, 0) : rect;
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const
{
    if (hint == SH_ScrollBar_Transient || hint == SH_EtchDisabledText)
        return 0;
    if (hint == SH_ItemView_ShowDecorationSelected)
        return 1;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

QSize Style::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_PushButton || type == CT_LineEdit || type == CT_ComboBox)
        result.setHeight(std::max(result.height(), 28));
    if (type == CT_PushButton)
        result.setWidth(result.width() + 6);
    if (type == CT_HeaderSection)
        result.setHeight(std::max(result.height(), 28));
    return result;
}

void Style::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const QPalette &palette = option->palette;
    switch (element) {
    case PE_PanelButtonCommand: {
        const bool filled = isFilled(option);
        roundedBox(*painter, option->rect, buttonFill(*option, filled), filled ? QColor() : hairline(palette));
        return;
    }
    case PE_PanelButtonTool:
        if (option->state & (State_MouseOver | State_Sunken | State_On) && option->state & State_Enabled) {
            const bool strong = option->state & (State_Sunken | State_On);
            roundedBox(*painter, option->rect, strong ? selectionSurface(palette, true) : hoverSurface(palette), {});
        }
        return;
    case PE_FrameFocusRect: {
        roundedBox(*painter, option->rect, {}, palette.color(QPalette::Highlight), 1.5);
        return;
    }
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth <= 0) {
            painter->fillRect(option->rect, palette.color(QPalette::Base));
            return;
        }
        [[fallthrough]];
    case PE_FrameLineEdit: {
        const bool focus = option->state & State_HasFocus;
        roundedBox(*painter, option->rect, palette.color(QPalette::Base),
            focus ? palette.color(QPalette::Highlight) : hairline(palette), focus ? 1.5 : 1);
        return;
    }
    case PE_PanelItemViewRow:
        return;
    case PE_PanelItemViewItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
        if (item && item->backgroundBrush.style() != Qt::NoBrush)
            painter->fillRect(item->rect, item->backgroundBrush);
        if (option->state & State_Selected)
            painter->fillRect(option->rect, selectionSurface(palette, option->state & State_Active));
        else if (option->state & State_MouseOver)
            painter->fillRect(option->rect, hoverSurface(palette));
        return;
    }
    case PE_IndicatorHeaderArrow: {
        const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        if (!header || header->sortIndicator == QStyleOptionHeader::None)
            return;
        // Fusion's meaning: an arrow down is ascending order.
        const double turn = header->sortIndicator == QStyleOptionHeader::SortDown ? -1 : 1;
        const QPointF middle = QRectF(option->rect).center();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(quietText(palette), 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPolyline(QPolygonF{middle + QPointF(-3.5, 1.75 * turn), middle + QPointF(0, -1.75 * turn),
            middle + QPointF(3.5, 1.75 * turn)});
        painter->restore();
        return;
    }
    case PE_FrameStatusBarItem:
        return;
    case PE_PanelScrollAreaCorner:
        painter->fillRect(option->rect, palette.color(QPalette::Base));
        return;
    case PE_FrameTabBarBase: {
        painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), hairline(palette));
        return;
    }
    case PE_FrameGroupBox:
    case PE_Frame: {
        painter->save();
        painter->setPen(hairline(palette));
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    }
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(
    ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const QPalette &palette = option->palette;
    switch (element) {
    case CE_Splitter: {
        const QColor line = option->state & State_MouseOver ? palette.color(QPalette::Highlight) : hairline(palette);
        const QRect &r = option->rect;
        if (option->state & State_Horizontal)
            painter->fillRect(QRect(r.center().x(), r.top(), 1, r.height()), line);
        else
            painter->fillRect(QRect(r.left(), r.center().y(), r.width(), 1), line);
        return;
    }
    case CE_HeaderSection:
    case CE_HeaderEmptyArea: {
        const QRect &r = option->rect;
        painter->fillRect(r, palette.color(QPalette::Base));
        if (element == CE_HeaderSection && option->state & State_MouseOver)
            painter->fillRect(r, hoverSurface(palette));
        painter->fillRect(QRect(r.left(), r.bottom(), r.width(), 1), hairline(palette));
        return;
    }
    case CE_PushButtonLabel:
        if (isFilled(option)) {
            auto button = *qstyleoption_cast<const QStyleOptionButton *>(option);
            button.palette.setColor(QPalette::ButtonText, palette.color(QPalette::HighlightedText));
            QProxyStyle::drawControl(element, &button, painter, widget);
            return;
        }
        break;
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            drawTab(*tab, *painter);
            return;
        }
        break;
    case CE_ItemViewItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            QStyleOptionViewItem soft = *item;
            soft.palette.setColor(QPalette::HighlightedText, palette.color(QPalette::Text));
            soft.state &= ~State_HasFocus;
            QProxyStyle::drawControl(element, &soft, painter, widget);
            return;
        }
        break;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, palette.color(QPalette::Window));
        return;
    case CE_MenuBarItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            painter->fillRect(option->rect, palette.color(QPalette::Window));
            if (option->state & State_Selected)
                roundedBox(*painter, option->rect.adjusted(1, 1, -1, -1), hoverSurface(palette), {});
            proxy()->drawItemText(painter, option->rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextDontClip,
                palette, option->state & State_Enabled, item->text, QPalette::WindowText);
            return;
        }
        break;
    case CE_ToolBar:
        painter->fillRect(option->rect, palette.color(QPalette::Window));
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

QRect Style::subControlRect(
    ComplexControl control, const QStyleOptionComplex *option, SubControl sub, const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || !bar)
        return QProxyStyle::subControlRect(control, option, sub, widget);
    const bool across = bar->orientation == Qt::Horizontal;
    const int length = across ? bar->rect.width() : bar->rect.height();
    const int range = bar->maximum - bar->minimum;
    int handle = length;
    if (range > 0) {
        handle = int(qint64(bar->pageStep) * length / (qint64(range) + bar->pageStep));
        handle = std::clamp(handle, std::min(28, length), length);
    }
    const int at
        = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - handle, bar->upsideDown);
    const auto part = [&](int from, int size) {
        return across ? QRect(bar->rect.left() + from, bar->rect.top(), size, bar->rect.height())
                      : QRect(bar->rect.left(), bar->rect.top() + from, bar->rect.width(), size);
    };
    QRect result;
    switch (sub) {
    case SC_ScrollBarGroove:
        result = bar->rect;
        break;
    case SC_ScrollBarSlider:
        result = part(at, handle);
        break;
    case SC_ScrollBarSubPage:
        result = part(0, at);
        break;
    case SC_ScrollBarAddPage:
        result = part(at + handle, length - at - handle);
        break;
    default:
        break;
    }
    return visualRect(bar->direction, bar->rect, result);
}

void Style::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || !bar) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        return;
    }
    const QPalette &palette = option->palette;
    painter->fillRect(bar->rect, palette.color(QPalette::Base));
    if (bar->maximum <= bar->minimum)
        return;
    const bool busy = (bar->activeSubControls & SC_ScrollBarSlider) && bar->state & (State_Sunken | State_MouseOver);
    const QRectF handle = QRectF(subControlRect(CC_ScrollBar, bar, SC_ScrollBarSlider, widget)).adjusted(3, 3, -3, -3);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(blend(palette.color(QPalette::Text), palette.color(QPalette::Base), busy ? 0.5 : 0.28));
    const double radius = std::min(handle.width(), handle.height()) / 2;
    painter->drawRoundedRect(handle, radius, radius);
    painter->restore();
}

QColor selectionSurface(const QPalette &palette, bool active)
{
    // The same selection shows in several views at once; only one of them has the focus.
    const QColor accent = palette.color(QPalette::Active, QPalette::Highlight);
    const double share = isDark(palette) ? (active ? 0.26 : 0.17) : (active ? 0.14 : 0.09);
    return blend(accent, palette.color(QPalette::Base), share);
}

QColor hoverSurface(const QPalette &palette)
{
    return blend(palette.color(QPalette::WindowText), palette.color(QPalette::Base), isDark(palette) ? 0.07 : 0.045);
}

} // namespace ui
