// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/lineframer.h"

#include <algorithm>
#include <utility>

namespace kube {

void LineFramer::keep(QByteArrayView part)
{
    if (part.isEmpty())
        return;
    m_begun = true;
    const qsizetype room = std::max<qsizetype>(0, m_limit - m_rest.size());
    if (part.size() > room)
        m_cut = true;
    m_rest.append(part.first(std::min(part.size(), room)));
}

QList<LineFramer::Line> LineFramer::feed(QByteArrayView bytes)
{
    QList<Line> lines;
    while (!bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        if (end < 0) {
            keep(bytes);
            break;
        }
        keep(bytes.first(end));
        lines.append(takeRest());
        bytes = bytes.sliced(end + 1);
    }
    return lines;
}

LineFramer::Line LineFramer::takeRest()
{
    Line line{std::exchange(m_rest, {}), std::exchange(m_cut, false)};
    m_begun = false;
    return line;
}

void LineFramer::clear()
{
    m_rest.clear();
    m_cut = false;
    m_begun = false;
}

} // namespace kube
