// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any bytes as a log and as what is searched for: many lines at once must match as each does alone, and what is drawn
// must agree with the bytes.

#include "logs/ansi.h"
#include "logs/level.h"
#include "logs/marks.h"
#include "logs/pattern.h"
#include "logs/stamp.h"

#include <cstdlib>

using namespace logs;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void draw(QByteArrayView line)
{
    const DisplayText text = displayText(line);
    require(text.column(line.size()) == text.text.size());
    for (const DisplayText::Run &run : text.runs)
        require(run.start >= 0 && run.length > 0 && run.start + run.length <= text.text.size());
    for (const QChar c : text.text)
        require(c.unicode() >= 0x20 || c == u'\t');
    (void)levelOf(line);
    (void)stampTime(line);
    (void)parseMark(line);
    (void)withoutEscapes(line);
}

void match(const Pattern &pattern, QByteArrayView log, bool stamped)
{
    std::vector<quint32> lines;
    const std::atomic<bool> stop = false;
    const Pattern::Scan scan = pattern.scan(log, stamped, lines, stop);
    if (scan.outcome != Pattern::Outcome::Done)
        return;
    quint32 number = 0;
    size_t next = 0;
    for (qsizetype at = 0; at < log.size(); ++number) {
        qsizetype end = log.indexOf('\n', at);
        if (end < 0)
            end = log.size();
        QByteArrayView line = log.sliced(at, end - at);
        if (line.endsWith('\r'))
            line.chop(1);
        if (stamped)
            line = line.sliced(stampLength(line));
        const bool found = next < lines.size() && lines[next] == number;
        next += found ? 1 : 0;
        require(found == pattern.matches(line));
        for (const Span &span : pattern.spans(line, 50))
            require(span.start >= 0 && span.length > 0 && span.start + span.length <= line.size());
        at = end + 1;
    }
    require(next == lines.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (size < 2 || size > 4096)
        return 0;
    const QByteArrayView bytes(data + 2, qsizetype(size) - 2);
    const qsizetype length = std::min<qsizetype>(data[1] % 32, bytes.size());
    Query query{.text = QString::fromUtf8(bytes.first(length))};
    query.kind = (data[0] & 1) != 0 ? Query::Kind::Regex : Query::Kind::Literal;
    query.caseSensitive = (data[0] & 2) != 0;
    query.wholeWord = (data[0] & 4) != 0;
    if ((data[0] & 0x30) == 0x30) {
        query.kind = Query::Kind::Level;
        query.level = Level::Warning;
    }
    const QByteArrayView log = bytes.sliced(length);
    for (qsizetype at = 0; at < log.size();) {
        qsizetype end = log.indexOf('\n', at);
        if (end < 0)
            end = log.size();
        draw(log.sliced(at, end - at));
        at = end + 1;
    }
    if (const auto pattern = Pattern::compile(query))
        match(*pattern, log, (data[0] & 8) != 0);
    return 0;
}
