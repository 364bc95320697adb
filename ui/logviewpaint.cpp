// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logview.h"

#include "ui/statecolours.h"
#include "ui/style.h"
#include "ui/wording.h"

#include <QGuiApplication>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int margin = 16;
/// A line is painted up to this many characters: longer ones are for the full viewer.
constexpr qsizetype paintLimit = 20'000;

QString localTime(const QByteArray &stamp)
{
    // RFC 3339 with nanoseconds; Qt reads milliseconds.
    const QDateTime time = QDateTime::fromString(QString::fromLatin1(stamp.left(19)) + u'Z', Qt::ISODate);
    const QString part = stamp.size() > 23 && stamp.at(19) == '.' ? QString::fromLatin1(stamp.mid(20, 3)) : u"000"_s;
    return time.isValid() ? time.toLocalTime().toString(u"HH:mm:ss."_s) + part : QString::fromLatin1(stamp.left(23));
}

QString tail(const QString &source)
{
    const QString pod = source.section(u'/', 0, 0);
    return pod.section(u'-', -1);
}
} // namespace

QString LogView::dividerText(const LogStore::Entry &entry)
{
    using Kind = kube::LogLine::Kind;
    if (entry.newPod)
        return tr("Pod %1").arg(entry.source);
    switch (entry.kind) {
    case Kind::Restart:
        return tr("Container restarted: %1").arg(entry.source);
    case Kind::Reconnected:
        return tr("Reconnected; no line is missing");
    case Kind::Gap:
        return tr("Lines may be missing here: the log was rotated or the earlier container is gone");
    case Kind::Ended: {
        const QString reason = shown(QString::fromUtf8(entry.text));
        return reason.isEmpty() ? tr("Container ended: %1").arg(entry.source)
                                : tr("Container ended: %1, %2").arg(entry.source, reason);
    }
    case Kind::Text:
        break;
    }
    return {};
}

QString LogView::prefix(const LogStore::Entry &entry) const
{
    QString text;
    if (m_timestamps)
        text = localTime(entry.stamp).leftJustified(13);
    if (m_store.sources() > 1)
        text += tail(entry.source).leftJustified(6, u' ', true) + u"│ "_s;
    return text;
}

void LogView::paintText(QPainter &painter, const LogStore::Entry &entry, int y) const
{
    const QFontMetrics metrics = fontMetrics();
    const int base = y + metrics.ascent() + 1;
    int x = margin - horizontalScrollBar()->value();
    if (const QString head = prefix(entry); !head.isEmpty()) {
        painter.setPen(quietText(palette()));
        painter.drawText(x, base, head);
        x += metrics.horizontalAdvance(head);
    }
    QString text = shown(QString::fromUtf8(entry.text.left(paintLimit)));
    text.replace(u'\t', u"    "_s);
    if (entry.cut || entry.text.size() > paintLimit)
        text += u" … "_s + tr("(line cut)");
    if (!m_needle.isEmpty()) {
        const QString needle = QString::fromUtf8(m_needle);
        for (qsizetype at = text.indexOf(needle, 0, Qt::CaseInsensitive); at >= 0;
            at = text.indexOf(needle, at + needle.size(), Qt::CaseInsensitive)) {
            const int from = x + metrics.horizontalAdvance(text.left(at));
            const int width = metrics.horizontalAdvance(text.mid(at, needle.size()));
            painter.fillRect(QRect(from, y, width, lineHeight()),
                blend(toneColour(Tone::Warning, palette()), palette().color(QPalette::Base), 0.35));
        }
    }
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(x, base, text);
}

void LogView::paintDivider(QPainter &painter, const LogStore::Entry &entry, int y) const
{
    const bool gap = entry.kind == kube::LogLine::Kind::Gap;
    const QColor colour = gap ? toneColour(Tone::Warning, palette()) : quietText(palette());
    const QString text = dividerText(entry);
    const int middle = y + lineHeight() / 2;
    const int width = fontMetrics().horizontalAdvance(text);
    painter.setPen(QPen(gap ? colour : hairline(palette()), 1, gap ? Qt::DashLine : Qt::SolidLine));
    painter.drawLine(margin, middle, margin + 24, middle);
    painter.drawLine(margin + 24 + 8 + width + 8, middle, viewport()->width() - margin, middle);
    painter.setPen(colour);
    painter.drawText(margin + 24 + 8, y + fontMetrics().ascent() + 1, text);
}

void LogView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), palette().color(QPalette::Base));
    if (m_store.count() == 0) {
        painter.setFont(QGuiApplication::font());
        painter.setPen(quietText(palette()));
        painter.drawText(
            viewport()->rect().adjusted(margin, 0, -margin, 0), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
        return;
    }
    const auto [from, to] = selectedLines();
    qint64 number = m_store.first() + verticalScrollBar()->value();
    for (int y = 0; y < viewport()->height() && m_store.contains(number); y += lineHeight(), ++number) {
        if (y + lineHeight() < event->rect().top() || y > event->rect().bottom())
            continue;
        if (from > 0 && number >= from && number <= to)
            painter.fillRect(QRect(0, y, viewport()->width(), lineHeight()), selectionSurface(palette(), hasFocus()));
        const LogStore::Entry &entry = m_store.at(number);
        if (entry.newPod || entry.kind != kube::LogLine::Kind::Text)
            paintDivider(painter, entry, y);
        else
            paintText(painter, entry, y);
    }
}

} // namespace ui
