// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/stepper.h"

#include "ui/glyph.h"
#include "ui/steppermetrics.h"
#include "ui/style.h"
#include "ui/tick.h"
#include "ui/wording.h"
#include "upgrade/boardtext.h"

#include <QPainter>

#include <cmath>

namespace ui {

using namespace Qt::StringLiterals;
using namespace steppermetrics;

QColor Stepper::surface(int index) const
{
    return itemSelected(index) ? selectionSurface(palette(), true) : palette().color(QPalette::Base);
}

QRectF Stepper::discRect(int index) const
{
    const QRect cell = m_cells.value(index);
    const int side = index == 0 ? dotDisc : disc;
    if (m_vertical)
        return QRectF(cell.left() + pad + (disc - side) / 2.0, cell.center().y() + 0.5 - side / 2.0, side, side);
    return QRectF(cell.left() + margin(), margin() + (disc - side) / 2.0, side, side);
}

void Stepper::paintCard(QPainter &painter, int index) const
{
    const bool selected = itemSelected(index);
    if (!selected && index != m_hovered)
        return;
    painter.setPen(selected ? QPen(hairline(palette()), 1) : QPen(Qt::NoPen));
    painter.setBrush(selected ? selectionSurface(palette(), true) : hoverSurface(palette()));
    painter.drawRoundedRect(QRectF(m_cells.at(index)).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

void Stepper::paintDisc(QPainter &painter, const QRectF &box, int index) const
{
    const upgrade::Phase &phase = m_phases.at(index);
    Glyph sign = glyph(phase);
    sign.filled = phase.state != upgrade::State::Pending && phase.state != upgrade::State::Running;
    sign.turn = m_turn;
    if (index == 0 && phase.skipped)
        sign = {.shape = Shape::Off, .tone = Tone::Muted, .filled = true};
    paintGlyph(painter, box, sign, palette());
    if (phase.state == upgrade::State::Running && phase.fraction >= 0 && index > 0) {
        painter.setFont(captionFont(font()));
        QFont small = painter.font();
        small.setPixelSize(9);
        small.setWeight(QFont::DemiBold);
        painter.setFont(small);
        painter.setPen(toneColour(tone(phase), palette()));
        painter.drawText(box, Qt::AlignCenter, QString::number(int(std::floor(std::min(phase.fraction, 0.999) * 100))));
    }
}

void Stepper::paintHorizontal(QPainter &painter) const
{
    const QFont titles = titleFont(font());
    const QFont captions = captionFont(font());
    const QFontMetrics titleMetrics(titles);
    const QFontMetrics captionMetrics(captions);
    for (int i = 0; i < itemCount(); ++i)
        paintCard(painter, i);
    for (int i = 0; i + 1 < itemCount(); ++i) {
        const QRectF from = discRect(i);
        const QRectF to = discRect(i + 1);
        const double y = from.center().y();
        const double x1 = from.right() + 6;
        const double x2 = to.left() - 6;
        const upgrade::Phase &phase = m_phases.at(i);
        double done = phase.state == upgrade::State::Succeeded || phase.skipped ? 1 : std::max(0.0, phase.fraction);
        if (phase.state == upgrade::State::Pending)
            done = 0;
        painter.setPen(QPen(hairline(palette()), 2, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(x1, y), QPointF(x2, y));
        if (done > 0) {
            painter.setPen(QPen(toneColour(tone(phase), palette()), 2, Qt::SolidLine, Qt::RoundCap));
            painter.drawLine(QPointF(x1, y), QPointF(x1 + (x2 - x1) * std::min(done, 1.0), y));
        }
    }
    for (int i = 0; i < itemCount(); ++i) {
        const upgrade::Phase &phase = m_phases.at(i);
        const QRect cell = m_cells.at(i);
        paintDisc(painter, discRect(i), i);
        const QRect text(cell.left() + margin(), margin() + disc + 8, cell.width() - 2 * margin() + 4, cell.height());
        painter.setFont(titles);
        painter.setPen(palette().color(
            phase.state == upgrade::State::Pending ? QPalette::Disabled : QPalette::Active, QPalette::WindowText));
        if (phase.state == upgrade::State::Pending)
            painter.setPen(quietText(palette()));
        const QRect titleBox(text.left(), text.top(), text.width(), titleMetrics.lineSpacing() * m_titleLines);
        painter.drawText(titleBox, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, title(i));
        painter.setFont(captions);
        int y = titleBox.bottom() + 3;
        painter.setPen(phase.state == upgrade::State::Pending ? quietText(palette())
                                                              : toneText(tone(phase), palette(), surface(i)));
        QString line = stateLine(phase, m_tick.now());
        if (captionMetrics.horizontalAdvance(line) > text.width() && line.contains(u" · "_s))
            line = line.section(u" · "_s, 1); // the disc tells the state
        painter.drawText(QRect(text.left(), y, text.width(), captionMetrics.lineSpacing()), Qt::AlignLeft,
            captionMetrics.elidedText(line, Qt::ElideRight, text.width()));
        y += captionMetrics.lineSpacing();
        painter.setPen(quietText(palette()));
        painter.drawText(
            QRect(text.left(), y, text.width(), captionMetrics.lineSpacing()), Qt::AlignLeft, paintedActivity(i));
    }
}

QString Stepper::paintedActivity(int index) const
{
    const QFontMetrics metrics(captionFont(font()));
    const QRect cell = m_cells.value(index);
    const int room
        = m_vertical ? cell.width() - std::max(420, int(cell.width() * 0.56)) - pad : cell.width() - 2 * margin() + 4;
    // "node2: Pre-draining · 1 of 3 nodes done": what happens now says more than how many are done.
    QString text = activity(index);
    if (metrics.horizontalAdvance(text) > room)
        text = text.section(u" · "_s, 0, 0);
    return metrics.elidedText(text, Qt::ElideMiddle, room);
}

void Stepper::paintVertical(QPainter &painter) const
{
    const QFont titles = titleFont(font());
    const QFont captions = captionFont(font());
    const QFontMetrics titleMetrics(titles);
    const QFontMetrics captionMetrics(captions);
    for (int i = 0; i < itemCount(); ++i)
        paintCard(painter, i);
    for (int i = 0; i + 1 < itemCount(); ++i) {
        const QRectF from = discRect(i);
        const QRectF to = discRect(i + 1);
        const bool done = m_phases.at(i).state == upgrade::State::Succeeded || m_phases.at(i).skipped;
        painter.setPen(QPen(done ? toneColour(Tone::Succeeded, palette()) : hairline(palette()), 2));
        painter.drawLine(QPointF(from.center().x(), from.bottom() + 1), QPointF(from.center().x(), to.top() - 1));
    }
    for (int i = 0; i < itemCount(); ++i) {
        const upgrade::Phase &phase = m_phases.at(i);
        const QRect cell = m_cells.at(i);
        paintDisc(painter, discRect(i), i);
        const int left = pad + disc + pad;
        const int stateAt = std::max(248, int(cell.width() * 0.32));
        const int activityAt = std::max(420, int(cell.width() * 0.56));
        painter.setFont(titles);
        painter.setPen(
            phase.state == upgrade::State::Pending ? quietText(palette()) : palette().color(QPalette::WindowText));
        painter.drawText(QRect(left, cell.top(), stateAt - left - 8, cell.height()), Qt::AlignVCenter | Qt::AlignLeft,
            titleMetrics.elidedText(
                i == 0 ? upgrade::phaseTitle(phase.id) : title(i), Qt::ElideRight, stateAt - left - 8));
        painter.setFont(captions);
        painter.setPen(phase.state == upgrade::State::Pending ? quietText(palette())
                                                              : toneText(tone(phase), palette(), surface(i)));
        painter.drawText(QRect(stateAt, cell.top(), activityAt - stateAt - 8, cell.height()),
            Qt::AlignVCenter | Qt::AlignLeft,
            captionMetrics.elidedText(stateLine(phase, m_tick.now()), Qt::ElideRight, activityAt - stateAt - 8));
        painter.setPen(quietText(palette()));
        painter.drawText(QRect(activityAt, cell.top(), cell.width() - activityAt - pad, cell.height()),
            Qt::AlignVCenter | Qt::AlignLeft, paintedActivity(i));
    }
}

} // namespace ui
