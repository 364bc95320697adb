// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any bytes as a log: framing at any split, and the cursor. What was read once gives nothing new when it comes again,
// in whole or cut anywhere.

#include "kube/lineframer.h"
#include "kube/logcursor.h"

#include <cstdlib>

using namespace kube;

namespace {

QList<LineFramer::Line> framed(QByteArrayView bytes, qsizetype slice, qsizetype limit)
{
    LineFramer framer(limit);
    QList<LineFramer::Line> lines;
    for (qsizetype at = 0; at < bytes.size(); at += slice)
        lines += framer.feed(bytes.sliced(at, std::min(slice, bytes.size() - at)));
    lines.append(framer.takeRest());
    return lines;
}

std::optional<LogStamp> stampOf(const LineFramer::Line &line)
{
    const qsizetype space = line.text.indexOf(' ');
    const QByteArrayView head = QByteArrayView(line.text).first(space < 0 ? line.text.size() : space);
    return head.size() <= 40 ? parseLogStamp(head) : std::nullopt;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (size < 3)
        return 0;
    const QByteArrayView bytes(data + 3, qsizetype(size) - 3);
    const qsizetype limit = 20 + data[1];
    const QList<LineFramer::Line> lines = framed(bytes, data[0] + 1, limit);
    const QList<LineFramer::Line> whole = framed(bytes, std::max<qsizetype>(1, bytes.size()), limit);
    if (lines.size() != whole.size())
        std::abort();
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines.at(i).text != whole.at(i).text || lines.at(i).cut != whole.at(i).cut
            || lines.at(i).text.size() > limit)
            std::abort();
    }

    LogCursor cursor;
    QList<LogLine> out;
    cursor.resume(false);
    for (const LineFramer::Line &line : lines)
        cursor.take(line, out);
    const auto since = cursor.sinceTime();
    if (!since)
        return 0;
    QList<LineFramer::Line> again;
    for (const LineFramer::Line &line : lines) {
        if (const auto stamp = stampOf(line); stamp && stamp->seconds >= *since)
            again.append(line);
    }
    for (const qsizetype count : {again.size() * data[2] / 255, again.size()}) {
        out.clear();
        cursor.resume(false);
        for (const LineFramer::Line &line : again.first(count))
            cursor.take(line, out);
        cursor.streamEnded(false, out);
        if (!out.isEmpty())
            std::abort();
    }
    return 0;
}
