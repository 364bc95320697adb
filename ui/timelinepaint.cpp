// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/timeline.h"

#include "ui/glyph.h"
#include "ui/style.h"
#include "ui/tick.h"
#include "ui/wording.h"

#include <QPainter>
#include <QScrollBar>

#include <array>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

/// Seconds between two marks of the axis: the first step that leaves at least 90 px between them.
qint64 axisStep(qint64 span, int width)
{
    static constexpr std::array<qint64, 18> steps{
        10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 1209600, 2592000};
    for (const qint64 step : steps) {
        if (double(step) * 1000 / double(span) * width >= 90)
            return step;
    }
    return steps.back();
}

} // namespace

QDateTime Timeline::endOf(const upgrade::TimelineBar &bar) const
{
    if (bar.to.isValid())
        return bar.to;
    // What was never seen to end, ended with the upgrade.
    return m_finished.isValid() ? std::max(m_finished, bar.from) : m_tick.now();
}

QRectF Timeline::barRect(int lane, const upgrade::TimelineBar &bar) const
{
    const double left = xOf(bar.from.isValid() ? bar.from : m_started);
    const double right = xOf(endOf(bar));
    const bool phase = m_lanes.at(lane).id.startsWith("phase:"_L1);
    const double height = phase ? 10 : 14;
    const double top = laneTop(lane) + (laneHeight - height) / 2;
    if (bar.shape == upgrade::TimelineBar::Shape::FailureMark)
        return {left - 7, laneTop(lane) + (laneHeight - 14) / 2.0, 14, 14};
    return {left, top, std::max(3.0, right - left), height};
}

void Timeline::paintAxis(QPainter &painter) const
{
    const int left = labelWidth();
    const int width = viewport()->width() - left;
    const qint64 step = axisStep(m_to - m_from, width) * 1000;
    const qint64 offset = QDateTime::fromMSecsSinceEpoch(m_from).offsetFromUtc() * 1000LL;
    const QDateTime start = QDateTime::fromMSecsSinceEpoch(m_from);
    const bool manyDays = start.date() != QDateTime::fromMSecsSinceEpoch(m_to).date();
    painter.fillRect(QRect(0, 0, viewport()->width(), axisHeight), palette().color(QPalette::Base));
    QFont caption = font();
    caption.setPointSizeF(std::max(7.0, font().pointSizeF() - 1));
    caption.setFeature("tnum", 1);
    painter.setFont(caption);
    for (qint64 mark = ((m_from + offset) / step + 1) * step - offset; mark < m_to; mark += step) {
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(mark);
        const double x = xOf(time);
        if (x < left)
            continue;
        painter.setPen(blend(hairline(palette()), palette().color(QPalette::Base), 0.55));
        painter.drawLine(QPointF(x, axisHeight), QPointF(x, viewport()->height()));
        painter.setPen(quietText(palette()));
        const bool midnight = time.time() == QTime(0, 0);
        const QString text = step >= 86400000 || (manyDays && midnight) ? time.toString(u"MM-dd"_s)
            : step < 60000                                              ? time.toString(u"HH:mm:ss"_s)
                                                                        : time.toString(u"HH:mm"_s);
        // A time cut in the middle reads as another time.
        const double room = viewport()->width() - x - 4;
        if (painter.fontMetrics().horizontalAdvance(text) <= room)
            painter.drawText(QRectF(x + 4, 0, room, axisHeight), Qt::AlignVCenter | Qt::AlignLeft, text);
    }
    painter.fillRect(QRect(0, axisHeight - 1, viewport()->width(), 1), hairline(palette()));
}

void Timeline::paintBlind(QPainter &painter, const QRectF &box) const
{
    QBrush hatch(blend(toneColour(Tone::Muted, palette()), palette().color(QPalette::Base), 0.7), Qt::BDiagPattern);
    painter.setPen(Qt::NoPen);
    painter.setBrush(hatch);
    painter.drawRect(box);
}

void Timeline::paintBar(QPainter &painter, int lane, const upgrade::TimelineBar &bar) const
{
    using BarShape = upgrade::TimelineBar::Shape;
    if (!bar.from.isValid() && !m_started.isValid())
        return;
    const QRectF box = barRect(lane, bar);
    const double left = labelWidth();
    if (box.right() < left || box.left() > viewport()->width())
        return;
    const QColor colour = toneColour(tone(bar.state), palette());
    switch (bar.shape) {
    case BarShape::Bar: {
        const bool open = !bar.to.isValid() && !m_finished.isValid();
        const bool quiet = bar.state == upgrade::State::Succeeded || bar.state == upgrade::State::Pending;
        painter.setPen(QPen(colour, 1));
        painter.setBrush(blend(colour, palette().color(QPalette::Base), quiet ? 0.28 : 0.62));
        if (box.width() < 8)
            painter.fillRect(box, colour);
        else
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        if (bar.state == upgrade::State::Stuck || bar.state == upgrade::State::Paused) {
            // Told apart without colour: stuck and paused bars carry their sign.
            if (box.width() > 16)
                paintGlyph(painter, QRectF(std::max(box.left(), left) + 3, box.center().y() - 6, 12, 12),
                    {.shape = ui::shape(bar.state), .tone = tone(bar.state)}, palette());
        } else if (open && box.width() > 6) {
            painter.setPen(QPen(colour, 2, Qt::SolidLine, Qt::RoundCap));
            painter.drawLine(QPointF(box.right(), box.top() + 2), QPointF(box.right(), box.bottom() - 2));
        }
        break;
    }
    case BarShape::Reboot: {
        QPen dashes(toneColour(Tone::Running, palette()), 1.4);
        dashes.setDashPattern({3, 3});
        painter.setPen(dashes);
        painter.setBrush(palette().color(QPalette::Base));
        painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), 3, 3);
        break;
    }
    case BarShape::Blind:
        paintBlind(painter, QRectF(box.left(), laneTop(lane) + 1, box.width(), laneHeight - 2));
        break;
    case BarShape::FailureMark: {
        Glyph mark{.shape = ui::Shape::Cross, .tone = Tone::Failed, .filled = true};
        paintGlyph(painter, box, mark, palette());
        break;
    }
    }
}

void Timeline::paintLane(QPainter &painter, int index) const
{
    const Lane &lane = m_lanes.at(index);
    const int top = laneTop(index);
    const int left = labelWidth();
    const QRect row(0, top, viewport()->width(), laneHeight);
    if (itemSelected(index)) {
        painter.fillRect(row, selectionSurface(palette(), true));
    } else if (lane.id.startsWith("node:"_L1) && (index == 0 || m_lanes.at(index - 1).id.startsWith("phase:"_L1))
        && index > 0) {
        painter.fillRect(QRect(0, top, viewport()->width(), 1), hairline(palette()));
    }
    painter.save();
    painter.setClipRect(QRect(left, axisHeight, viewport()->width() - left, viewport()->height() - axisHeight));
    for (const upgrade::TimelineBar &bar : lane.bars) {
        if (bar.shape != upgrade::TimelineBar::Shape::FailureMark)
            paintBar(painter, index, bar);
    }
    for (const upgrade::TimelineBar &bar : lane.bars) {
        if (bar.shape == upgrade::TimelineBar::Shape::FailureMark)
            paintBar(painter, index, bar);
    }
    painter.restore();
    painter.setPen(lane.id.startsWith("phase:"_L1) ? quietText(palette()) : palette().color(QPalette::Text));
    painter.setFont(font());
    painter.drawText(QRect(16, top, left - 24, laneHeight), Qt::AlignVCenter | Qt::AlignLeft,
        fontMetrics().elidedText(laneTitle(lane), Qt::ElideMiddle, left - 24));
    if (hasFocus() && index == m_current) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1.5));
        painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), 4, 4);
    }
}

void Timeline::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(viewport()->rect(), palette().color(QPalette::Base));
    if (m_lanes.isEmpty()) {
        painter.setPen(quietText(palette()));
        painter.drawText(viewport()->rect(), Qt::AlignCenter, tr("Nothing has happened yet."));
        return;
    }
    paintAxis(painter);
    const int left = labelWidth();
    painter.save();
    painter.setClipRect(QRect(0, axisHeight, viewport()->width(), viewport()->height() - axisHeight));
    for (int i = 0; i < itemCount(); ++i) {
        const int top = laneTop(i);
        if (top + laneHeight >= axisHeight && top <= viewport()->height())
            paintLane(painter, i);
    }
    painter.restore();
    painter.save();
    painter.setClipRect(QRect(left, axisHeight, viewport()->width() - left, viewport()->height()));
    for (const upgrade::TimelineBar &bar : m_everywhere) {
        const double from = xOf(bar.from);
        const double to = xOf(bar.to.isValid() ? bar.to : m_tick.now());
        paintBlind(painter, QRectF(from, axisHeight, std::max(2.0, to - from), viewport()->height()));
    }
    painter.restore();
    if (!m_finished.isValid()) {
        const double x = xOf(m_tick.now());
        if (x >= left && x <= viewport()->width()) {
            painter.setPen(QPen(palette().color(QPalette::Highlight), 1.5));
            painter.drawLine(QPointF(x, axisHeight - 6), QPointF(x, viewport()->height()));
        }
    }
}

} // namespace ui
