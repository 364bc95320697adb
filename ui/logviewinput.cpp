// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logmarks.h"
#include "ui/logview.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>

namespace ui {

void LogView::moveCaret(qint64 to, bool extend)
{
    if (rowCount() == 0)
        return;
    to = std::clamp<qint64>(to, 0, rowCount() - 1);
    selectRows(extend && m_anchor >= 0 ? m_anchor : to, to);
    showRow(to);
    settleFollowing();
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return;
    }
    const bool control = event->modifiers() & Qt::ControlModifier;
    const bool extend = event->modifiers() & Qt::ShiftModifier;
    const qint64 here = m_caret >= 0 ? m_caret : m_top.row;
    const qint64 page = std::max(1, visibleLines() - 1);
    switch (event->key()) {
    case Qt::Key_Up:
        if (control)
            scrollLines(-1);
        else
            moveCaret(here - 1, extend);
        return;
    case Qt::Key_Down:
        if (control)
            scrollLines(1);
        else
            moveCaret(m_caret < 0 ? here : here + 1, extend);
        return;
    case Qt::Key_PageUp:
        moveCaret(here - page, extend);
        return;
    case Qt::Key_PageDown:
        moveCaret(here + page, extend);
        return;
    case Qt::Key_Space:
        scrollLines(extend ? -page : page);
        return;
    case Qt::Key_Home:
        horizontalScrollBar()->setValue(0);
        moveCaret(0, extend);
        return;
    case Qt::Key_End:
        moveCaret(rowCount() - 1, extend);
        follow();
        return;
    case Qt::Key_Left:
        horizontalScrollBar()->triggerAction(
            control ? QAbstractSlider::SliderPageStepSub : QAbstractSlider::SliderSingleStepSub);
        return;
    case Qt::Key_Right:
        horizontalScrollBar()->triggerAction(
            control ? QAbstractSlider::SliderPageStepAdd : QAbstractSlider::SliderSingleStepAdd);
        return;
    case Qt::Key_C:
        if (control && extend) {
            copy(true);
            return;
        }
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        if (control) {
            setZoom(m_zoom + 1);
            return;
        }
        break;
    case Qt::Key_Minus:
        if (control) {
            setZoom(m_zoom - 1);
            return;
        }
        break;
    case Qt::Key_0:
        if (control) {
            setZoom(0);
            return;
        }
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_caret >= 0 && event->modifiers() == Qt::NoModifier) {
            emit activated(m_caret);
            return;
        }
        break;
    default:
        break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void LogView::wheelEvent(QWheelEvent *event)
{
    const QPoint angle = event->angleDelta();
    if (event->modifiers() & Qt::ControlModifier) {
        if (angle.y() != 0)
            setZoom(m_zoom + (angle.y() > 0 ? 1 : -1));
        event->accept();
        return;
    }
    if (event->modifiers() & Qt::ShiftModifier || std::abs(angle.x()) > std::abs(angle.y())) {
        QScrollBar *bar = horizontalScrollBar();
        const int delta = angle.x() != 0 ? angle.x() : angle.y();
        bar->setValue(bar->value() - delta * 12 / 120);
        event->accept();
        return;
    }
    const QPoint pixels = event->pixelDelta();
    m_wheel -= !pixels.isNull() ? double(pixels.y()) / m_lineHeight
                                : double(angle.y()) / 120 * QApplication::wheelScrollLines();
    const auto lines = qint64(m_wheel);
    m_wheel -= double(lines);
    if (lines != 0)
        scrollLines(lines);
    event->accept();
}

/// The byte of the row's text under a point.
qint64 LogView::offsetAt(QPoint at, Place place) const
{
    const logs::Row &one = row(place.row);
    if (one.isDivider())
        return 0;
    const LogLine &laid = line(place);
    const int number = m_wrap && !isLong(one) ? int(place.sub) : 0;
    const QTextLine part = laid.layout->lineAt(number);
    if (!part.isValid())
        return 0;
    return laid.offsetOf(part.xToCursor(at.x() - lineX(place)));
}

void LogView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || rowCount() == 0)
        return;
    const QPoint at = event->position().toPoint();
    const Place place = placeAt(at.y());
    const qint64 number = std::min(place.row, rowCount() - 1);
    m_pressed = place.row < rowCount() && at.x() >= m_gutter - 4 ? std::optional(offsetAt(at, place)) : std::nullopt;
    m_pressedAt = at;
    if (event->modifiers() & Qt::ShiftModifier && m_anchor >= 0) {
        m_pressed.reset();
        selectRows(m_anchor, number);
    } else {
        selectRows(number, number);
    }
}

void LogView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton) || m_anchor < 0)
        return;
    m_dragPoint = event->position().toPoint();
    const bool outside = m_dragPoint.y() < 0 || m_dragPoint.y() >= viewport()->height();
    if (outside && !m_dragTimer) {
        m_dragTimer = startTimer(50);
    } else if (!outside && m_dragTimer) {
        killTimer(m_dragTimer);
        m_dragTimer = 0;
    }
    dragTo(m_dragPoint);
}

/// Within the line where it began a drag takes characters, over others whole lines.
void LogView::dragTo(QPoint at)
{
    const Place place = placeAt(std::clamp(at.y(), 0, viewport()->height() - 1));
    const qint64 number = std::min(place.row, rowCount() - 1);
    if (number != m_anchor) {
        if (number != m_caret || m_span)
            selectRows(m_anchor, number);
        return;
    }
    if (!m_pressed || (!m_span && (at - m_pressedAt).manhattanLength() < QApplication::startDragDistance())) {
        if (m_caret != number)
            selectRows(number, number);
        return;
    }
    const qint64 offset = offsetAt(at, place);
    m_caret = number;
    m_span = Span{number, std::min(*m_pressed, offset), std::max(*m_pressed, offset)};
    selectionMoved();
}

void LogView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_dragTimer) {
        QAbstractScrollArea::timerEvent(event);
        return;
    }
    const int beyond = m_dragPoint.y() < 0 ? m_dragPoint.y() : m_dragPoint.y() - viewport()->height();
    scrollLines(beyond / m_lineHeight + (beyond < 0 ? -1 : 1));
    dragTo(m_dragPoint);
}

void LogView::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_dragTimer)
        killTimer(m_dragTimer);
    m_dragTimer = 0;
    m_pressed.reset();
    QAbstractScrollArea::mouseReleaseEvent(event);
}

void LogView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || rowCount() == 0)
        return;
    const QPoint at = event->position().toPoint();
    const Place place = placeAt(at.y());
    if (place.row >= rowCount() || row(place.row).isDivider() || at.x() < m_gutter - 4) {
        if (place.row < rowCount())
            emit activated(place.row);
        return;
    }
    const LogLine &laid = line(place);
    const QString &text = laid.display.text;
    const auto isWord = [&](qsizetype i) {
        const QChar c = text.at(i);
        return c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.';
    };
    qsizetype from = laid.columnOf(offsetAt(at, place));
    from = std::min(from, text.size());
    qsizetype to = from;
    while (from > 0 && isWord(from - 1))
        --from;
    while (to < text.size() && isWord(to))
        ++to;
    selectRows(place.row, place.row);
    if (to > from) {
        m_span = Span{place.row, laid.offsetOf(from), laid.offsetOf(to)};
        selectionMoved();
    }
    emit activated(place.row);
}

void LogView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *plain = menu->addAction(m_span ? tr("Copy selected text") : tr("Copy lines"), this, [this] { copy(); });
    QAction *stamped = menu->addAction(tr("Copy lines with times"), this, [this] { copy(true); });
    plain->setShortcut(QKeySequence::Copy);
    stamped->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    plain->setEnabled(m_anchor >= 0);
    stamped->setEnabled(m_anchor >= 0 && !m_span);
    menu->addAction(tr("Select all"), this, &LogView::selectAll);
    menu->addSeparator();
    menu->addAction(tr("Go to the end"), this, &LogView::follow);
    menu->popup(event->globalPos());
}

void LogView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void LogView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void LogView::changeEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::LanguageChange:
        setAccessibleName(tr("Log"));
        viewport()->update();
        break;
    case QEvent::FontChange:
    case QEvent::ApplicationFontChange:
        settleFont();
        break;
    case QEvent::PaletteChange:
        m_colours.highlight.setPalette(palette());
        forgetLines();
        m_marks->update();
        break;
    default:
        break;
    }
    QAbstractScrollArea::changeEvent(event);
}

} // namespace ui
