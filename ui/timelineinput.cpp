// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a mouse, a wheel and a keyboard do to the timeline, and what it tells under the pointer.

#include "ui/timeline.h"

#include "ui/wording.h"

#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>

#include <cmath>

namespace ui {

using namespace Qt::StringLiterals;

void Timeline::wheelEvent(QWheelEvent *event)
{
    const QPoint at = event->position().toPoint();
    if (at.x() < labelWidth() || event->modifiers() & Qt::ShiftModifier || event->angleDelta().y() == 0) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    zoom(std::pow(1.2, event->angleDelta().y() / 120.0), at.x());
    event->accept();
}

void Timeline::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->position().toPoint();
    m_pressedFrom = m_from;
    m_pressedScroll = verticalScrollBar()->value();
    m_dragging = false;
}

void Timeline::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    const QPoint moved = event->position().toPoint() - m_pressed;
    if (!m_dragging && moved.manhattanLength() < QApplication::startDragDistance())
        return;
    m_dragging = true;
    viewport()->setCursor(Qt::ClosedHandCursor);
    const double room = std::max(1, viewport()->width() - labelWidth());
    const qint64 wanted = m_pressedFrom - qint64(moved.x() / room * double(m_to - m_from));
    pan(wanted - m_from);
    verticalScrollBar()->setValue(m_pressedScroll - moved.y());
}

void Timeline::mouseReleaseEvent(QMouseEvent *event)
{
    viewport()->unsetCursor();
    if (event->button() != Qt::LeftButton || std::exchange(m_dragging, false))
        return;
    if (const int lane = laneAt(event->position().toPoint().y()); lane >= 0)
        itemActivate(lane);
}

void Timeline::mouseDoubleClickEvent(QMouseEvent *)
{
    fit();
}

void Timeline::keyPressEvent(QKeyEvent *event)
{
    const int middle = labelWidth() + (viewport()->width() - labelWidth()) / 2;
    int wanted = m_current;
    switch (event->key()) {
    case Qt::Key_Up:
        wanted = m_current - 1;
        break;
    case Qt::Key_Down:
        wanted = m_current + 1;
        break;
    case Qt::Key_Left:
        pan(-(m_to - m_from) / 8);
        return;
    case Qt::Key_Right:
        pan((m_to - m_from) / 8);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(1.25, middle);
        return;
    case Qt::Key_Minus:
        zoom(0.8, middle);
        return;
    case Qt::Key_0:
    case Qt::Key_Home:
        fit();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        itemActivate(m_current);
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    wanted = std::clamp(wanted, 0, std::max(0, itemCount() - 1));
    if (wanted != m_current) {
        m_current = wanted;
        const int top = m_current * laneHeight;
        if (top < verticalScrollBar()->value())
            verticalScrollBar()->setValue(top);
        else if (top + laneHeight > verticalScrollBar()->value() + verticalScrollBar()->pageStep())
            verticalScrollBar()->setValue(top + laneHeight - verticalScrollBar()->pageStep());
        announceFocus(this, m_current);
        viewport()->update();
    }
}

void Timeline::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    announceFocus(this, m_current);
    viewport()->update();
}

void Timeline::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

bool Timeline::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int lane = laneAt(help->pos().y());
        QStringList lines;
        if (lane >= 0) {
            lines.append(laneTitle(m_lanes.at(lane)));
            for (const upgrade::TimelineBar &bar : m_lanes.at(lane).bars + m_everywhere) {
                if (!barRect(lane, bar).adjusted(-2, -4, 2, 4).contains(help->pos()))
                    continue;
                lines.append(barWords(bar));
                lines.append(bar.to.isValid() ? u"%1 – %2"_s.arg(absoluteTime(bar.from), absoluteTime(bar.to))
                                              : tr("since %1").arg(absoluteTime(bar.from)));
            }
        }
        lines.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), tip(lines), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace ui
