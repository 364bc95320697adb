// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chip.h"

#include "ui/icons.h"

#include <QPainter>

namespace ui {

namespace {
constexpr int least = 24;
constexpr int sign = 14;
constexpr int pad = 8;
constexpr int gap = 6;
} // namespace

Chip::Chip(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAttribute(Qt::WA_TransparentForMouseEvents, false);
}

void Chip::present(const Glyph &glyph, const QString &text, const QString &toolTip)
{
    m_glyph = glyph;
    m_icon.clear();
    set(text, toolTip);
}

void Chip::presentIcon(const QString &iconName, Tone tone, const QString &text, const QString &toolTip)
{
    m_glyph = {.tone = tone};
    m_icon = iconName;
    set(text, toolTip);
}

void Chip::set(const QString &text, const QString &toolTip)
{
    if (text != m_text) {
        m_text = text;
        updateGeometry();
    }
    setToolTip(toolTip);
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    update();
}

QSize Chip::sizeHint() const
{
    return {pad + sign + gap + fontMetrics().horizontalAdvance(m_text) + pad + 2,
        std::max(int(least), fontMetrics().height() + 6)};
}

QSize Chip::minimumSizeHint() const
{
    return {pad + sign + gap + 24, sizeHint().height()};
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = toneColour(m_glyph.tone, palette());
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(blend(colour, palette().color(QPalette::Base), 0.35), 1));
    painter.setBrush(toneSurface(m_glyph.tone, palette()));
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    const QRectF signBox(pad, (height() - sign) / 2.0, sign, sign);
    if (m_icon.isEmpty())
        paintGlyph(painter, signBox, m_glyph, palette());
    else
        painter.drawPixmap(signBox.topLeft(), iconPixmap(m_icon, sign, colour, devicePixelRatioF()));
    painter.setPen(toneText(m_glyph.tone, palette(), toneSurface(m_glyph.tone, palette())));
    const QRect text = rect().adjusted(pad + sign + gap, 0, -pad, 0);
    painter.drawText(
        text, Qt::AlignVCenter | Qt::AlignLeft, fontMetrics().elidedText(m_text, Qt::ElideMiddle, text.width() + 1));
}

} // namespace ui
