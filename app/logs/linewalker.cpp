// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/linewalker.h"

#include "logs/bytes.h"

namespace logs {

namespace {
constexpr qint64 readAtOnce = qint64(64) * 1024;
}

LineWalker::LineWalker(std::shared_ptr<const LogFile> file, LogFile::Extent extent, qint64 first, qint64 most)
    : m_file(std::move(file))
    , m_extent(extent)
    , m_line(first)
    , m_most(std::max<qint64>(most, 0))
    , m_offset(first < extent.lines() ? m_file->lineStart(first) : -1)
{
}

/// Reads from the next line on.
bool LineWalker::fill()
{
    const qint64 wanted = std::min(std::max(readAtOnce, m_most + 2), m_extent.bytes - m_offset);
    m_buffer = m_file->bytes(m_offset, wanted);
    m_bufferAt = m_offset;
    return m_buffer.size() == wanted;
}

bool LineWalker::next(Line &line)
{
    if (m_line >= m_extent.lines() || m_offset < 0)
        return false;
    qsizetype from = m_offset - m_bufferAt;
    qsizetype end = from <= m_buffer.size() ? nextNewline(m_buffer, from) : -1;
    if (end < 0) {
        if (!fill()) {
            m_offset = -1;
            return false;
        }
        from = 0;
        end = nextNewline(m_buffer, 0);
    }
    line.number = m_line;
    line.offset = m_offset;
    qint64 behind = 0;
    if (end >= 0) {
        behind = m_bufferAt + end;
    } else if (m_line < m_extent.newlines) {
        behind = m_file->lineEnd(m_line);
        if (behind < 0) {
            m_offset = -1;
            return false;
        }
    } else {
        behind = m_extent.bytes;
    }
    line.length = behind - m_offset;
    if (line.length > 0) {
        const qsizetype last = from + line.length - 1;
        const char c = last < m_buffer.size() ? m_buffer.at(last) : m_file->bytes(behind - 1, 1).append('\0').at(0);
        if (c == '\r')
            --line.length;
    }
    const qint64 shown = std::min({line.length, m_most, qint64(m_buffer.size() - from)});
    line.begin = QByteArrayView(m_buffer).sliced(from, shown);
    m_offset = behind + 1;
    ++m_line;
    return true;
}

QByteArrayView wholeCharacters(QByteArrayView cut)
{
    for (qsizetype back = 1; back <= 3 && back <= cut.size(); ++back) {
        const auto byte = static_cast<unsigned char>(cut[cut.size() - back]);
        if (byte < 0x80)
            break;
        if (byte >= 0xc0) { // begins a character of 2, 3 or 4 bytes
            const int length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
            return length > back ? cut.chopped(back) : cut;
        }
    }
    return cut;
}

} // namespace logs
