// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logmarks.h"

#include "ui/statecolours.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace ui {

namespace {
constexpr int step = 2; ///< pixels a mark is high
}

LogMarks::LogMarks(QWidget *parent)
    : QWidget(parent)
{
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void LogMarks::setRows(qint64 rows)
{
    if (rows == m_rows)
        return;
    m_rows = rows;
    update();
}

void LogMarks::setMatches(const logs::RowSet &rows)
{
    m_matches = rows;
    update();
}

void LogMarks::setProblems(const logs::RowSet &errors, const logs::RowSet &warnings)
{
    m_errors = errors;
    m_warnings = warnings;
    update();
}

qint64 LogMarks::rowOf(int y) const
{
    const int room = std::max(1, height());
    return qint64(double(m_rows) * y / room);
}

qint64 LogMarks::rowAt(int y) const
{
    if (m_rows == 0)
        return -1;
    const qint64 first = rowOf(std::max(0, y - 3));
    const qint64 end = std::max(first + 1, rowOf(y + 4));
    for (const logs::RowSet *set : {&m_matches, &m_errors, &m_warnings}) {
        if (const qint64 row = set->next(first); row >= 0 && row < end)
            return row;
    }
    return std::clamp<qint64>(rowOf(y), 0, m_rows - 1);
}

void LogMarks::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    if (m_rows == 0)
        return;
    const QColor match = toneColour(Tone::Running, palette());
    const QColor error = toneColour(Tone::Failed, palette());
    const QColor warning = toneColour(Tone::Warning, palette());
    const int half = width() / 2 - 1;
    for (int y = 0; y < height(); y += step) {
        const qint64 first = rowOf(y);
        const qint64 count = std::max<qint64>(1, rowOf(y + step) - first);
        if (m_matches.countIn(first, count) > 0)
            painter.fillRect(0, y, half, step, match);
        if (m_errors.countIn(first, count) > 0)
            painter.fillRect(half + 1, y, half, step, error);
        else if (m_warnings.countIn(first, count) > 0)
            painter.fillRect(half + 1, y, half, step, warning);
    }
}

void LogMarks::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (const qint64 row = rowAt(event->position().toPoint().y()); row >= 0)
        emit wanted(row);
}

} // namespace ui
