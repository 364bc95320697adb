// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/glyph.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>

#include <algorithm>

namespace ui {
namespace {

QPainterPath hourglass(const QPointF &c, double r)
{
    QPainterPath path;
    path.moveTo(c + QPointF(-r * 0.62, -r * 0.78));
    path.lineTo(c + QPointF(r * 0.62, -r * 0.78));
    path.lineTo(c + QPointF(-r * 0.62, r * 0.78));
    path.lineTo(c + QPointF(r * 0.62, r * 0.78));
    path.closeSubpath();
    return path;
}

void paintSign(QPainter &painter, const QPointF &c, double r, Shape shape, const QPen &pen)
{
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    switch (shape) {
    case Shape::Tick: {
        QPainterPath path;
        path.moveTo(c + QPointF(-r * 0.85, r * 0.05));
        path.lineTo(c + QPointF(-r * 0.2, r * 0.68));
        path.lineTo(c + QPointF(r * 0.88, -r * 0.62));
        painter.drawPath(path);
        break;
    }
    case Shape::Cross:
        painter.drawLine(c + QPointF(-r * 0.68, -r * 0.68), c + QPointF(r * 0.68, r * 0.68));
        painter.drawLine(c + QPointF(-r * 0.68, r * 0.68), c + QPointF(r * 0.68, -r * 0.68));
        break;
    case Shape::Bars:
        painter.drawLine(c + QPointF(-r * 0.42, -r * 0.7), c + QPointF(-r * 0.42, r * 0.7));
        painter.drawLine(c + QPointF(r * 0.42, -r * 0.7), c + QPointF(r * 0.42, r * 0.7));
        break;
    case Shape::Hourglass:
        painter.setBrush(pen.color());
        painter.setPen(QPen(pen.color(), pen.widthF() * 0.55, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(hourglass(c, r));
        break;
    case Shape::Alert:
        painter.drawLine(c + QPointF(0, -r * 0.78), c + QPointF(0, r * 0.12));
        painter.drawPoint(c + QPointF(0, r * 0.74));
        break;
    case Shape::Question: {
        QPainterPath path;
        path.moveTo(c + QPointF(-r * 0.46, -r * 0.36));
        path.cubicTo(
            c + QPointF(-r * 0.42, -r * 1.0), c + QPointF(r * 0.52, -r * 0.98), c + QPointF(r * 0.46, -r * 0.34));
        path.cubicTo(c + QPointF(r * 0.42, r * 0.0), c + QPointF(0, -r * 0.02), c + QPointF(0, r * 0.3));
        painter.drawPath(path);
        painter.drawPoint(c + QPointF(0, r * 0.8));
        break;
    }
    case Shape::Off:
        painter.drawLine(c + QPointF(-r * 0.7, 0), c + QPointF(r * 0.7, 0));
        break;
    case Shape::Back: {
        QPainterPath path;
        path.moveTo(c + QPointF(-r * 0.3, r * 0.72));
        path.lineTo(c + QPointF(r * 0.3, r * 0.72));
        path.arcTo(QRectF(c.x() - r * 0.25, c.y() - r * 0.38, r * 1.1, r * 1.1), 270, 180);
        path.lineTo(c + QPointF(-r * 0.75, -r * 0.38));
        path.moveTo(c + QPointF(-r * 0.32, -r * 0.82));
        path.lineTo(c + QPointF(-r * 0.78, -r * 0.38));
        path.lineTo(c + QPointF(-r * 0.32, r * 0.06));
        painter.drawPath(path);
        break;
    }
    case Shape::Ring:
    case Shape::Arc:
    case Shape::Dot:
        break;
    }
}

class GlyphEngine final : public QIconEngine {
public:
    explicit GlyphEngine(const Glyph &glyph)
        : m_glyph(glyph)
    {
    }
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode, QIcon::State) override
    {
        paintGlyph(*painter, QRectF(rect), m_glyph, QGuiApplication::palette());
    }
    QIconEngine *clone() const override { return new GlyphEngine(m_glyph); }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

private:
    Glyph m_glyph;
};

} // namespace

Shape shape(upgrade::State state)
{
    switch (state) {
    case upgrade::State::Pending:
        return Shape::Ring;
    case upgrade::State::Running:
        return Shape::Arc;
    case upgrade::State::Succeeded:
        return Shape::Tick;
    case upgrade::State::Failed:
        return Shape::Cross;
    case upgrade::State::Paused:
        return Shape::Bars;
    case upgrade::State::Stuck:
        return Shape::Hourglass;
    case upgrade::State::Unknown:
        break;
    }
    return Shape::Question;
}

Glyph glyph(upgrade::State state, double fraction)
{
    return {.shape = shape(state), .tone = tone(state), .fraction = fraction};
}

Glyph glyph(const upgrade::Phase &phase)
{
    Glyph sign = glyph(phase.state, phase.fraction);
    sign.tone = tone(phase);
    if (phase.afterFailure && phase.state == upgrade::State::Succeeded)
        sign.shape = Shape::Back;
    return sign;
}

void paintGlyph(QPainter &painter, const QRectF &rect, const Glyph &glyph, const QPalette &palette)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double side = std::min(rect.width(), rect.height());
    const double stroke = std::max(1.5, side / 13.0);
    const QPointF c = rect.center();
    const double r = side / 2 - stroke / 2 - side * 0.03;
    const QColor colour = toneColour(glyph.tone, palette);
    const QColor track = blend(colour, palette.color(QPalette::Base), 0.28);

    if (glyph.shape == Shape::Dot) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawEllipse(c, r * 0.55, r * 0.55);
    } else if (glyph.shape == Shape::Ring) {
        painter.setBrush(palette.color(QPalette::Base));
        painter.setPen(QPen(colour, stroke));
        painter.drawEllipse(c, r, r);
    } else if (glyph.shape == Shape::Arc) {
        const QRectF box(c.x() - r, c.y() - r, 2 * r, 2 * r);
        painter.setBrush(palette.color(QPalette::Base));
        painter.setPen(QPen(track, stroke * 1.25));
        painter.drawEllipse(box);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, stroke * 1.25, Qt::SolidLine, Qt::RoundCap));
        const double part = glyph.fraction < 0 ? 0.25 : std::clamp(glyph.fraction, 0.02, 1.0);
        const double from = glyph.fraction < 0 ? 90.0 - 360.0 * glyph.turn : 90.0;
        painter.drawArc(box, int(from * 16), int(-part * 360 * 16));
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        if (glyph.fraction < 0 || side < 20)
            painter.drawEllipse(c, r * 0.3, r * 0.3);
    } else if (glyph.filled) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawEllipse(c, r + stroke / 2, r + stroke / 2);
        paintSign(painter, c, side * 0.27, glyph.shape,
            QPen(palette.color(QPalette::Base), stroke * 1.15, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(blend(colour, palette.color(QPalette::Base), 0.16));
        painter.drawEllipse(c, r + stroke / 2, r + stroke / 2);
        paintSign(painter, c, side * 0.28, glyph.shape,
            QPen(colour, stroke * 1.1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    }
    painter.restore();
}

QIcon glyphIcon(const Glyph &glyph)
{
    return QIcon(new GlyphEngine(glyph));
}

} // namespace ui
