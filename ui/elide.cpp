// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/elide.h"

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
const QString arrow = QStringLiteral(" → ");
const QString dot = QStringLiteral(" · ");
} // namespace

QString elideBeforeTail(const QFontMetrics &metrics, const QString &text, int width)
{
    // elidedText() rounds another way and would cut what just fits.
    if (metrics.horizontalAdvance(text) <= width)
        return text;
    const qsizetype at = text.lastIndexOf(dot);
    if (at < 0)
        return metrics.elidedText(text, Qt::ElideRight, width);
    const QString tail = text.mid(at);
    const int room = width - metrics.horizontalAdvance(tail);
    // Less than a letter or two of the word says nothing.
    if (room < 3 * metrics.averageCharWidth())
        return elideBeforeTail(metrics, text.mid(at + dot.size()), width);
    return metrics.elidedText(text.left(at), Qt::ElideRight, room) + tail;
}

QString shortChange(const QString &text)
{
    const qsizetype at = text.indexOf(arrow);
    if (at < 0)
        return text;
    QString from = text.left(at);
    QString to = text.mid(at + arrow.size());
    // "Harvester v1.8.2 → v1.9.0": what comes before the version is said in the tooltip and on every other row.
    if (const qsizetype space = from.lastIndexOf(u' '); space > 0 && !to.contains(u' '))
        from = from.mid(space + 1);
    const qsizetype plus = from.lastIndexOf(u'+');
    if (plus > 0 && to.lastIndexOf(u'+') > 0 && from.mid(plus) == to.mid(to.lastIndexOf(u'+'))) {
        to.truncate(to.lastIndexOf(u'+'));
        from.truncate(plus);
    }
    return from + arrow + to;
}

QString elideChange(const QFontMetrics &metrics, const QString &text, int width)
{
    if (metrics.horizontalAdvance(text) <= width)
        return text;
    const QString brief = shortChange(text);
    const qsizetype at = brief.indexOf(arrow);
    if (metrics.horizontalAdvance(brief) <= width)
        return brief;
    if (at < 0)
        return metrics.elidedText(brief, Qt::ElideRight, width);
    const int each = std::max(0, width - metrics.horizontalAdvance(arrow)) / 2;
    return metrics.elidedText(brief.left(at), Qt::ElideRight, each) + arrow
        + metrics.elidedText(brief.mid(at + arrow.size()), Qt::ElideRight, each);
}

} // namespace ui
