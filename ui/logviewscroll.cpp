// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Where the view is. Rows are 64 bits wide and scroll bars 31: beyond a billion rows a step of the bar is several rows,
// while wheel and keys still move by one.

#include "ui/logmarks.h"
#include "ui/logview.h"

#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {
constexpr qint64 barLimit = qint64(1) << 30;
constexpr qint64 pageBytes = 512; ///< a long line is read from a multiple of this on

int scaleOf(qint64 range)
{
    int shift = 0;
    while ((range >> shift) > barLimit)
        ++shift;
    return shift;
}
} // namespace

int LogView::visibleLines() const
{
    return std::max(1, viewport()->height() / m_lineHeight);
}

qint64 LogView::columnsAcross() const
{
    return std::max<qint64>(8, qint64((viewport()->width() - m_gutter - 8) / m_column));
}

qint64 LogView::subCount(qint64 number) const
{
    if (!m_wrap)
        return 1;
    const logs::Row &one = row(number);
    if (one.isDivider())
        return 1;
    if (isLong(one))
        return (one.length + columnsAcross() - 1) / columnsAcross();
    return line({number, 0}).lines;
}

const LogLine &LogView::line(Place place) const
{
    const logs::Row &one = row(place.row);
    qint64 part = 0;
    qint64 from = 0;
    qsizetype length = one.text.size();
    if (isLong(one)) {
        if (m_wrap) {
            part = place.sub;
            from = place.sub * columnsAcross();
            length = qsizetype(columnsAcross());
        } else {
            part = std::max<qint64>(0, horizontalScrollBar()->value() - pageBytes) / pageBytes;
            from = part * pageBytes;
            length = qsizetype(columnsAcross() * 2 + pageBytes * 3);
        }
    }
    const std::pair key{place.row, part};
    const auto known = m_lines.find(key);
    if (known != m_lines.end())
        return *known->second;
    constexpr size_t kept = 600;
    if (m_lines.size() > kept)
        m_lines.clear();
    QByteArray text = one.text;
    if (isLong(one)) {
        // A character that is cut by the end belongs to the next piece; three bytes more show where it ends.
        text = m_content->part(place.row, from, length + 3);
        const bool last = from + text.size() >= one.length;
        const qsizetype lead = wholeCharacters(text, from == 0, true).first;
        qsizetype end = std::min(length, text.size());
        while (end < text.size() && (static_cast<unsigned char>(text.at(end)) & 0xc0) == 0x80)
            ++end;
        if (last && !m_wrap)
            end = text.size();
        text = text.mid(lead, std::max<qsizetype>(0, end - lead));
        from += lead;
    }
    LogLineOptions options{.font = m_font,
        .palette = palette(),
        .lineHeight = m_lineHeight,
        .columnWidth = m_column,
        .wrapWidth = m_wrap && !isLong(one) ? double(columnsAcross()) * m_column + 1 : -1,
        .currentMatch = place.row == m_match};
    return *m_lines.emplace(key, layOut(text, from, m_colours, options)).first->second;
}

double LogView::lineX(Place place) const
{
    if (m_wrap)
        return m_gutter;
    const logs::Row &one = row(place.row);
    const double left = m_gutter - double(horizontalScrollBar()->value()) * m_column;
    return isLong(one) ? left + double(line(place).start) * m_column : left;
}

LogView::Place LogView::moved(Place place, qint64 lines) const
{
    const qint64 rows = rowCount();
    if (!m_wrap)
        return {std::clamp<qint64>(place.row + lines, 0, std::max<qint64>(0, rows)), 0};
    while (lines > 0 && place.row < rows) {
        const qint64 rest = subCount(place.row) - 1 - place.sub;
        if (lines <= rest)
            return {place.row, place.sub + lines};
        lines -= rest + 1;
        place = {place.row + 1, 0};
    }
    while (lines < 0) {
        if (-lines <= place.sub)
            return {place.row, place.sub + lines};
        if (place.row == 0)
            return {0, 0};
        lines += place.sub + 1;
        --place.row;
        place.sub = subCount(place.row) - 1;
    }
    return place;
}

/// The furthest that can be scrolled: the last line stands at the bottom.
LogView::Place LogView::lastTop() const
{
    const qint64 rows = rowCount();
    if (rows == 0)
        return {};
    if (!m_wrap)
        return {std::max<qint64>(0, rows - visibleLines()), 0};
    return moved({rows - 1, subCount(rows - 1) - 1}, 1 - visibleLines());
}

LogView::Place LogView::placeAt(int y) const
{
    return moved(m_top, std::max(0, y) / m_lineHeight);
}

qint64 LogView::rowAt(int y) const
{
    const Place place = placeAt(y);
    return place.row < rowCount() ? place.row : -1;
}

QRect LogView::rowRect(qint64 number) const
{
    Place place = m_top;
    int top = -1;
    int y = 0;
    for (; y < viewport()->height() && place.row <= number && place.row < rowCount(); y += m_lineHeight) {
        if (place.row == number && top < 0)
            top = y;
        place = moved(place, 1);
    }
    return top < 0 ? QRect() : QRect(0, top, viewport()->width(), y - top);
}

void LogView::setTop(Place top)
{
    const Place end = lastTop();
    m_top = std::clamp(top, Place{}, end);
    syncBar();
    viewport()->update();
}

void LogView::syncBar()
{
    QScrollBar *bar = verticalScrollBar();
    const qint64 range
        = m_wrap ? std::max<qint64>(0, rowCount() - 1) : std::max<qint64>(0, rowCount() - visibleLines());
    const int shift = scaleOf(range);
    m_settling = true;
    bar->setRange(0, int(range >> shift));
    // The end is the end, also where a step of the bar is several rows.
    bar->setValue(m_top >= lastTop() ? bar->maximum() : int(m_top.row >> shift));
    m_settling = false;
}

void LogView::settleBars()
{
    m_settling = true;
    QScrollBar *down = verticalScrollBar();
    down->setPageStep(visibleLines());
    down->setSingleStep(1);
    QScrollBar *across = horizontalScrollBar();
    across->setPageStep(int(columnsAcross()));
    across->setSingleStep(4);
    across->setRange(0, m_wrap ? 0 : int(std::clamp<qint64>(m_widest + 4 - columnsAcross(), 0, barLimit)));
    m_settling = false;
    syncBar();
    m_marks->setRows(rowCount());
}

void LogView::noteWidth(qint64 bytes)
{
    if (bytes <= m_widest || m_wrap)
        return;
    m_widest = bytes;
    // Not while it is painted: a bar that appears takes room.
    QMetaObject::invokeMethod(this, &LogView::settleBars, Qt::QueuedConnection);
}

void LogView::scrollContentsBy(int dx, int dy)
{
    if (!m_settling && dy != 0) {
        const QScrollBar *bar = verticalScrollBar();
        const qint64 range = m_wrap ? rowCount() - 1 : rowCount() - visibleLines();
        const qint64 row = qint64(bar->value()) << scaleOf(std::max<qint64>(0, range));
        const Place end = lastTop();
        m_top = bar->value() == bar->maximum() ? end : std::min(Place{row, 0}, end);
        settleFollowing();
    }
    if (dx != 0 || dy != 0)
        viewport()->update();
}

/// Steps and pages move by lines of the screen, whatever a step of the bar is worth.
void LogView::barAction(int action)
{
    qint64 lines = 0;
    switch (action) {
    case QAbstractSlider::SliderSingleStepAdd:
        lines = 1;
        break;
    case QAbstractSlider::SliderSingleStepSub:
        lines = -1;
        break;
    case QAbstractSlider::SliderPageStepAdd:
        lines = visibleLines() - 1;
        break;
    case QAbstractSlider::SliderPageStepSub:
        lines = 1 - visibleLines();
        break;
    default:
        return;
    }
    scrollLines(lines);
    verticalScrollBar()->setSliderPosition(verticalScrollBar()->value());
}

void LogView::scrollLines(qint64 lines)
{
    setTop(moved(m_top, lines));
    settleFollowing();
}

void LogView::setFollowing(bool following)
{
    if (following == m_following)
        return;
    m_following = following;
    emit followingChanged(following);
}

void LogView::settleFollowing()
{
    setFollowing(m_top >= lastTop());
}

void LogView::follow()
{
    setTop(lastTop());
    setFollowing(true);
}

void LogView::showRow(qint64 number)
{
    if (number < 0 || number >= rowCount())
        return;
    const Place bottom = moved(m_top, visibleLines() - 1);
    const bool above = Place{number, 0} < m_top;
    const bool below = Place{number, subCount(number) - 1} > bottom;
    if (!above && !below)
        return;
    setTop(moved({number, 0}, -(visibleLines() / 3)));
    settleFollowing();
}

void LogView::goTo(qint64 number)
{
    if (number < 0 || number >= rowCount())
        return;
    showRow(number);
    setFollowing(false);
    selectRows(number, number);
}

void LogView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    const QRect place = viewport()->geometry();
    m_marks->setGeometry(place.right() + 1, place.top(), LogMarks::stripWidth, place.height());
    if (m_wrap)
        forgetLines();
    settleBars();
    if (m_wrap)
        m_top.sub = std::min(m_top.sub, std::max<qint64>(0, subCount(m_top.row) - 1));
    setTop(m_following ? lastTop() : m_top);
}

} // namespace ui
