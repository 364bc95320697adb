// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/verdictchip.h"

#include "restart/verdicttext.h"
#include "ui/icons.h"
#include "ui/wording.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int least = 24;
constexpr int sign = 14;
constexpr int pad = 8;
constexpr int gap = 6;
constexpr int arrow = 12;
} // namespace

Glyph verdictGlyph(restart::Code code)
{
    switch (code) {
    case restart::Code::Nothing:
        return {.shape = Shape::Dot, .tone = Tone::Muted};
    case restart::Code::Wait:
        return {.shape = Shape::Hourglass, .tone = Tone::Muted};
    case restart::Code::Safe:
        return {.shape = Shape::Tick, .tone = Tone::Succeeded};
    case restart::Code::SafeAfterBundle:
        return {.shape = Shape::Tick, .tone = Tone::Warning};
    case restart::Code::PreferToFix:
    case restart::Code::FixFirst:
        return {.shape = Shape::Alert, .tone = Tone::Warning};
    case restart::Code::Forbidden:
        return {.shape = Shape::Off, .tone = Tone::Failed};
    }
    return {};
}

VerdictChip::VerdictChip(QWidget *parent)
    : QAbstractButton(parent)
{
    setObjectName(u"verdictChip"_s);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
}

void VerdictChip::present(const restart::Verdict &verdict)
{
    m_glyph = verdictGlyph(verdict.code);
    const QString text = restart::title(verdict.code);
    if (text != this->text()) {
        setText(text);
        updateGeometry();
    }
    setAccessibleName(tr("Restart: %1").arg(text));
    setAccessibleDescription(restart::sentence(verdict.code));
    setToolTip(tip({restart::sentence(verdict.code), tr("Press for the reasons")}));
    update();
}

void VerdictChip::setOpen(bool open)
{
    m_open = open;
    update();
}

QSize VerdictChip::sizeHint() const
{
    return {pad + sign + gap + fontMetrics().horizontalAdvance(text()) + gap + arrow + pad + 2,
        std::max(int(least), fontMetrics().height() + 6)};
}

QSize VerdictChip::minimumSizeHint() const
{
    return {pad + sign + gap + 40 + gap + arrow + pad, sizeHint().height()};
}

void VerdictChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = toneColour(m_glyph.tone, palette());
    QColor surface = toneSurface(m_glyph.tone, palette());
    if (isDown() || underMouse())
        surface = blend(colour, surface, isDown() ? 0.18 : 0.08);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(hasFocus() ? QPen(palette().color(QPalette::Highlight), 2)
                              : QPen(blend(colour, palette().color(QPalette::Base), 0.35), 1));
    painter.setBrush(surface);
    painter.drawRoundedRect(hasFocus() ? box.adjusted(0.5, 0.5, -0.5, -0.5) : box, box.height() / 2, box.height() / 2);
    paintGlyph(painter, QRectF(pad, (height() - sign) / 2.0, sign, sign), m_glyph, palette());
    const QColor ink = toneText(m_glyph.tone, palette(), surface);
    painter.setPen(ink);
    const QRect words = rect().adjusted(pad + sign + gap, 0, -(gap + arrow + pad), 0);
    painter.drawText(
        words, Qt::AlignVCenter | Qt::AlignLeft, fontMetrics().elidedText(text(), Qt::ElideRight, words.width() + 1));
    painter.drawPixmap(QPointF(width() - pad - arrow, (height() - arrow) / 2.0),
        iconPixmap(m_open ? u"up"_s : u"down"_s, arrow, ink, devicePixelRatioF()));
}

void VerdictChip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

bool VerdictChip::event(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    return QAbstractButton::event(event);
}

} // namespace ui
