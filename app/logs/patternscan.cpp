// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Which of many lines match. The same answers as matching each line by itself, mostly without doing that.

#include "logs/bytes.h"
#include "logs/compiledpattern.h"
#include "logs/stamp.h"

#include <cstring>

namespace logs {

namespace {

using Kind = Pcre::Hit::Kind;
using Outcome = Pattern::Outcome;

class Scanner {
public:
    Scanner(const CompiledPattern &pattern, QByteArrayView chunk, bool stamped, std::vector<quint32> &lines,
        const std::atomic<bool> &stop)
        : m_pattern(pattern)
        , m_chunk(chunk)
        , m_stamped(stamped)
        , m_lines(lines)
        , m_stop(stop)
    {
    }

    Pattern::Scan run()
    {
        if (m_pattern.method == CompiledPattern::Method::Level || m_pattern.byLine)
            return byLine();
        if (m_pattern.method == CompiledPattern::Method::Bytes)
            return atOnce([this](QByteArrayView body, qsizetype from) { return m_pattern.findBytes(body, from); });
        if (!m_pattern.required.empty())
            return candidates();
        const bool literal = m_pattern.query.kind == Query::Kind::Literal;
        // '$' stands before the '\r' of a line end, and '.' does not match that.
        const bool alone = !literal && ((m_stamped && m_pattern.looksBehind) || m_chunk.contains('\r'));
        // Around broken bytes PCRE2 takes the end of a line and the end of all for different things.
        const bool ascii = m_pattern.chunkAscii && isAscii(m_chunk);
        const Pcre regex = ascii ? m_pattern.chunkAscii : m_chunk.isValidUtf8() ? m_pattern.chunkAny : Pcre();
        if (alone || !regex)
            return byLine();
        return atOnce([&regex](QByteArrayView body, qsizetype from) { return regex.find(body, from); });
    }

private:
    QByteArrayView textOf(qsizetype begin, qsizetype end) const
    {
        if (end > begin && m_chunk[end - 1] == '\r')
            --end;
        const QByteArrayView line = m_chunk.sliced(begin, end - begin);
        return m_stamped ? line.sliced(stampLength(line)) : line;
    }

    Pattern::Scan byLine()
    {
        while (m_at < m_chunk.size()) {
            if ((m_line & 63) == 0 && m_stop.load(std::memory_order_relaxed))
                return {Outcome::Stopped};
            qsizetype end = nextNewline(m_chunk, m_at);
            if (end < 0)
                end = m_chunk.size();
            const Kind kind = m_pattern.test(textOf(m_at, end));
            if (kind == Kind::GaveUp)
                return {Outcome::GaveUp, m_line};
            if (kind == Kind::Found)
                m_lines.push_back(m_line);
            m_at = end + 1;
            ++m_line;
        }
        return {};
    }

    /// Only the lines that contain what is required.
    Pattern::Scan candidates()
    {
        std::vector<qsizetype> next(m_pattern.required.size(), -1);
        while (m_at < m_chunk.size()) {
            if (m_stop.load(std::memory_order_relaxed))
                return {Outcome::Stopped};
            qsizetype found = m_chunk.size();
            for (size_t i = 0; i < next.size(); ++i) {
                if (next[i] < m_at) {
                    next[i] = m_pattern.required[i].find(m_chunk, m_at);
                    if (next[i] < 0)
                        next[i] = m_chunk.size();
                }
                found = std::min(found, next[i]);
            }
            if (found == m_chunk.size())
                break;
            m_line += quint32(countNewlines(m_chunk.sliced(m_at, found - m_at)));
            const qsizetype newline = nextNewline(m_chunk, found);
            const qsizetype end = newline < 0 ? m_chunk.size() : newline;
            const Kind kind = m_pattern.test(textOf(lineBegin(found), end));
            if (kind == Kind::GaveUp)
                return {Outcome::GaveUp, m_line};
            if (kind == Kind::Found)
                m_lines.push_back(m_line);
            m_at = end + 1;
            ++m_line;
        }
        return {};
    }

    /// Begin of the line that goes through `place`, not before m_at.
    qsizetype lineBegin(qsizetype place) const
    {
        const void *before = place > m_at ? memrchr(m_chunk.data() + m_at, '\n', size_t(place - m_at)) : nullptr;
        return before ? static_cast<const char *>(before) - m_chunk.data() + 1 : m_at;
    }

    template<typename Find>
    Pattern::Scan atOnce(Find find)
    {
        // Without the last line end, behind which there is no line.
        const QByteArrayView body = m_chunk.endsWith('\n') ? m_chunk.chopped(1) : m_chunk;
        while (m_at <= body.size() && !m_chunk.isEmpty()) {
            if (m_stop.load(std::memory_order_relaxed))
                return {Outcome::Stopped};
            const Pcre::Hit hit = find(body, m_at);
            if (hit.kind == Kind::None)
                break;
            if (hit.kind == Kind::GaveUp) // over many lines; a line alone may do
                return byLine();
            m_line += quint32(countNewlines(m_chunk.sliced(m_at, hit.start - m_at)));
            const qsizetype newline = nextNewline(m_chunk, hit.start);
            const qsizetype end = newline < 0 ? m_chunk.size() : newline;
            const Kind kind = m_stamped ? behindStamp(hit, end) : Kind::Found;
            if (kind == Kind::GaveUp)
                return {Outcome::GaveUp, m_line};
            if (kind == Kind::Found)
                m_lines.push_back(m_line);
            m_at = end + 1;
            ++m_line;
        }
        return {};
    }

    /// A match that begins in the stamp says nothing about the text.
    Kind behindStamp(const Pcre::Hit &hit, qsizetype end) const
    {
        const qsizetype begin = lineBegin(hit.start);
        const QByteArrayView text = textOf(begin, end);
        return hit.start >= text.data() - m_chunk.data() ? Kind::Found : m_pattern.test(text);
    }

    const CompiledPattern &m_pattern;
    QByteArrayView m_chunk;
    bool m_stamped;
    std::vector<quint32> &m_lines;
    const std::atomic<bool> &m_stop;
    qsizetype m_at = 0; ///< always the begin of a line, line number m_line
    quint32 m_line = 0;
};

} // namespace

Pattern::Scan Pattern::scan(
    QByteArrayView chunk, bool stamped, std::vector<quint32> &lines, const std::atomic<bool> &stop) const
{
    return d ? Scanner(*d, chunk, stamped, lines, stop).run() : Scan();
}

} // namespace logs
