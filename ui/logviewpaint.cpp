// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logview.h"

#include "ui/statecolours.h"
#include "ui/style.h"

#include <QGuiApplication>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <array>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int stripe = 3;
constexpr int stripeLeft = 6;
constexpr int margin = 16; ///< where the gutter begins
constexpr int gap = 10;
constexpr int tagColumns = 8;

std::optional<Tone> toneOf(logs::Level level)
{
    switch (level) {
    case logs::Level::Fatal:
    case logs::Level::Error:
        return Tone::Failed;
    case logs::Level::Warning:
        return Tone::Warning;
    case logs::Level::Info:
    case logs::Level::Debug:
    case logs::Level::Trace:
    case logs::Level::None:
        break;
    }
    return std::nullopt;
}
} // namespace

/// The end of a pod's name tells it from its siblings; of a container the name itself.
QString LogView::sourceTag(int source) const
{
    const QString name = m_sources.value(source);
    const QString container = name.section(u'/', 1);
    return container.isEmpty() ? name.section(u'-', -1).right(tagColumns)
                               : name.section(u'/', 0, 0).section(u'-', -1).right(5) + u'/' + container.left(12);
}

void LogView::settleGutter()
{
    const QFontMetricsF metrics(m_font);
    m_timeWidth = m_times == LogTimes::Off ? 0 : int(metrics.horizontalAdvance(timeSample(m_times))) + gap;
    double tags = 0;
    if (m_sources.size() > 1) {
        for (int source = 0; source < std::min<int>(200, int(m_sources.size())); ++source)
            tags = std::max(tags, metrics.horizontalAdvance(sourceTag(source)));
        tags += gap;
    }
    m_gutter = margin + m_timeWidth + int(tags);
}

void LogView::paintGutter(QPainter &painter, const logs::Row &row, int y) const
{
    if (const std::optional<Tone> tone = toneOf(row.level))
        painter.fillRect(stripeLeft, y, stripe, m_lineHeight, toneColour(*tone, palette()));
    const int base = y + QFontMetrics(m_font).ascent() + 1;
    painter.setPen(quietText(palette()));
    if (m_times != LogTimes::Off) {
        const QString time = timeText(row.stamp, m_times, m_zero);
        painter.drawText(margin, base, time);
    }
    if (m_sources.size() > 1) {
        // A colour for each, so that the eye can follow one through the others.
        static constexpr std::array tones{Tone::Running, Tone::Paused, Tone::Succeeded, Tone::Muted};
        painter.setPen(toneText(tones[size_t(row.source) % tones.size()], palette(), palette().color(QPalette::Base)));
        painter.drawText(margin + m_timeWidth, base, sourceTag(row.source));
    }
}

void LogView::paintDivider(QPainter &painter, const logs::Row &row, int y) const
{
    using Kind = logs::Divider::Kind;
    const bool loss = row.divider.kind == Kind::Gap || row.divider.kind == Kind::Cut
        || row.divider.kind == Kind::Dropped || row.divider.kind == Kind::Replaced;
    const QColor colour
        = loss ? toneText(Tone::Warning, palette(), palette().color(QPalette::Base)) : quietText(palette());
    QString text = dividerText(row, m_sources.value(row.source));
    const QByteArray stamp = row.divider.time;
    if (const QString time = timeText(stamp, m_times == LogTimes::Off ? LogTimes::Local : m_times, m_zero);
        !time.isEmpty())
        text += u" · "_s + time;
    const QFontMetrics metrics(m_font);
    const int left = margin + 24 + 8;
    const int room = viewport()->width() - left - margin;
    text = metrics.elidedText(text, Qt::ElideMiddle, std::max(40, room));
    const int middle = y + m_lineHeight / 2;
    const int width = metrics.horizontalAdvance(text);
    painter.setPen(QPen(loss ? colour : hairline(palette()), 1, loss ? Qt::DashLine : Qt::SolidLine));
    painter.drawLine(margin, middle, margin + 24, middle);
    if (left + width + 8 < viewport()->width() - margin)
        painter.drawLine(left + width + 8, middle, viewport()->width() - margin, middle);
    painter.setPen(colour);
    painter.drawText(left, y + metrics.ascent() + 1, text);
}

void LogView::paintRow(QPainter &painter, Place place, int y) const
{
    const logs::Row &one = row(place.row);
    if (one.isDivider()) {
        paintDivider(painter, one, y);
        return;
    }
    if (place.sub == 0)
        paintGutter(painter, one, y);
    else if (const std::optional<Tone> tone = toneOf(one.level))
        painter.fillRect(stripeLeft, y, stripe, m_lineHeight, toneColour(*tone, palette()));
    const LogLine &laid = line(place);
    const bool oneLayout = m_wrap && !isLong(one);
    painter.save();
    painter.setClipRect(QRect(m_gutter - 2, y, viewport()->width(), m_lineHeight), Qt::IntersectClip);
    painter.setPen(palette().color(QPalette::Text));
    QList<QTextLayout::FormatRange> selection;
    if (m_span && m_span->row == place.row && m_span->to > m_span->from) {
        const qsizetype from = laid.columnOf(m_span->from);
        const qsizetype to = laid.columnOf(m_span->to);
        if (to > from) {
            QTextCharFormat format;
            format.setBackground(palette().color(QPalette::Highlight));
            format.setForeground(palette().color(QPalette::HighlightedText));
            selection.append({int(from), int(to - from), format});
        }
    }
    const double top = oneLayout ? y + 1 - double(place.sub) * m_lineHeight : y + 1;
    laid.layout->draw(&painter, {lineX(place), top}, selection);
    painter.restore();
}

void LogView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), palette().color(QPalette::Base));
    if (rowCount() == 0) {
        painter.setFont(QGuiApplication::font());
        painter.setPen(quietText(palette()));
        painter.drawText(
            viewport()->rect().adjusted(margin, 0, -margin, 0), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
        return;
    }
    painter.setFont(m_font);
    const auto [from, to] = selectedRows();
    Place place = m_top;
    qint64 widest = 0;
    for (int y = 0; y < viewport()->height() && place.row < rowCount(); y += m_lineHeight) {
        widest = std::max(widest, row(place.row).length);
        if (y + m_lineHeight >= event->rect().top() && y <= event->rect().bottom()) {
            if (from >= 0 && place.row >= from && place.row <= to && !m_span)
                painter.fillRect(
                    QRect(0, y, viewport()->width(), m_lineHeight), selectionSurface(palette(), hasFocus()));
            paintRow(painter, place, y);
            if (place.row == m_match && place.sub == 0)
                painter.fillRect(0, y, stripe, m_lineHeight, palette().color(QPalette::Highlight));
        }
        place = moved(place, 1);
    }
    noteWidth(widest);
}

} // namespace ui
