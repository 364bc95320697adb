// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/objectpieces.h"

#include <QRegularExpression>

namespace evidence {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype headKept = 64 * 1024;

/// What a list says of its elements: "PodList" is of Pods, "List" of anything.
void readHead(const QByteArray &head, ObjectPiece &piece)
{
    static const QRegularExpression kind(u"(?:^|[{,\\s])\"?kind\"?\\s*:\\s*\"?([A-Za-z]+)List\\b"_s);
    static const QRegularExpression version(u"(?:^|[{,\\s])\"?apiVersion\"?\\s*:\\s*\"?([A-Za-z0-9./-]+)"_s);
    const QString text = QString::fromUtf8(head);
    piece.listKind = kind.match(text).captured(1);
    if (!piece.listKind.isEmpty())
        piece.listApiVersion = version.match(text).captured(1);
}

class YamlCutter {
public:
    YamlCutter(const BundleLimits &limits, const PieceTaker &taker)
        : m_limits(limits)
        , m_taker(taker)
    {
    }
    /// False: no more is wanted.
    bool line(QByteArrayView line, int number, bool cut)
    {
        if (isMark(line, "---") || isMark(line, "..."))
            return flush(Where::Document) && startDocument(line.sliced(3), number + 1);
        const qsizetype indent = indentOf(line);
        const bool blank = indent == line.size() || line.at(indent) == '#';
        if (m_where == Where::Items && !blank)
            return itemsLine(line, number, cut, indent);
        if (m_where == Where::Document && line.startsWith("items:")) {
            const QByteArrayView rest = line.sliced(6).trimmed();
            if (rest.isEmpty() || rest.startsWith('#')) {
                m_head = m_text.left(headKept);
                m_text.clear();
                m_tooLarge = false;
                m_where = Where::Items;
                m_dash = -1;
                return true;
            }
        }
        if (m_where != Where::Skip && (m_where == Where::Document || !m_text.isEmpty()))
            keep(line, number, cut);
        return true;
    }
    bool finish() { return flush(Where::Document); }

private:
    enum class Where {
        Document,
        Items,
        Skip ///< behind the items of a list: its own metadata
    };

    static bool isMark(QByteArrayView line, QByteArrayView mark)
    {
        return line.startsWith(mark) && (line.size() == 3 || line.at(3) == ' ' || line.at(3) == '\t');
    }
    static qsizetype indentOf(QByteArrayView line)
    {
        qsizetype count = 0;
        while (count < line.size() && line.at(count) == ' ')
            ++count;
        return count;
    }
    bool startDocument(QByteArrayView rest, int number)
    {
        m_where = Where::Document;
        m_head.clear();
        if (const QByteArrayView text = rest.trimmed(); !text.isEmpty() && !text.startsWith('#'))
            keep(text, number - 1, false);
        return true;
    }
    bool itemsLine(QByteArrayView line, int number, bool cut, qsizetype indent)
    {
        const bool dash = line.at(indent) == '-' && (indent + 1 == line.size() || line.at(indent + 1) == ' ');
        if (m_dash < 0 && dash)
            m_dash = indent;
        if (dash && indent == m_dash) {
            if (!flush(Where::Items))
                return false;
            keep(line, number, cut);
            return true;
        }
        if (indent > m_dash && m_dash >= 0) {
            keep(line, number, cut);
            return true;
        }
        // Something of the list itself again.
        return flush(Where::Skip);
    }
    void keep(QByteArrayView line, int number, bool cut)
    {
        if (m_text.isEmpty() && !m_tooLarge)
            m_line = number;
        if (cut || m_text.size() + line.size() >= m_limits.object) {
            m_tooLarge = true;
            m_text.clear();
        }
        if (m_tooLarge)
            return;
        m_text += line;
        m_text += '\n';
    }
    bool flush(Where next)
    {
        const bool element = m_where == Where::Items;
        bool more = true;
        if (m_tooLarge) {
            m_taker.tooLarge(m_line);
        } else if (m_where != Where::Skip && !m_text.trimmed().isEmpty()) {
            ObjectPiece piece;
            piece.text = m_text;
            piece.line = m_line;
            piece.element = element;
            if (element)
                readHead(m_head, piece);
            more = m_taker.take(piece);
        }
        m_text.clear();
        m_tooLarge = false;
        m_where = next;
        return more;
    }

    const BundleLimits &m_limits;
    const PieceTaker &m_taker;
    Where m_where = Where::Document;
    QByteArray m_text, m_head;
    int m_line = 1;
    qsizetype m_dash = -1; ///< where the dashes of items stand
    bool m_tooLarge = false;
};

class JsonCutter {
public:
    JsonCutter(const BundleLimits &limits, const PieceTaker &taker)
        : m_limits(limits)
        , m_taker(taker)
    {
    }
    bool bytes(QByteArrayView chunk)
    {
        for (const char c : chunk) {
            if (c == '\n')
                ++m_number;
            if (!byte(c))
                return false;
        }
        return true;
    }
    /// What is left open at the end is given too: decoding it says what is wrong.
    bool finish()
    {
        if (m_depth == 0 && !m_open)
            return true;
        return m_open ? give() : true;
    }

private:
    /// Depth in which values are objects of their own: 0, or inside of items.
    [[nodiscard]] int base() const { return m_itemsDepth; }

    bool byte(char c)
    {
        if (m_inString) {
            put(c);
            if (m_escaped) {
                m_escaped = false;
            } else if (c == '\\') {
                m_escaped = true;
            } else if (c == '"') {
                m_inString = false;
            } else if (m_depth == 1 && m_word.size() < 64) {
                m_word += c;
            }
            return true;
        }
        switch (c) {
        case '"':
            open();
            put(c);
            m_inString = true;
            if (m_depth == 1)
                m_word.clear();
            return true;
        case ':':
            if (m_depth == 1)
                m_key = m_word;
            put(c);
            return true;
        case ',':
            if (m_depth == base() && m_itemsDepth > 0)
                return m_open ? give() : true;
            if (m_depth == 1)
                m_key.clear();
            put(c);
            return true;
        case '{':
        case '[':
            // The elements of "items", and of an array that is all there is, are objects of their own.
            if (m_itemsDepth == 0 && c == '[' && (m_depth == 0 || (m_depth == 1 && m_key == "items" && m_object))) {
                m_head = m_depth == 0 ? QByteArray() : m_text.left(headKept);
                m_inList = m_depth == 1;
                m_text.clear();
                m_open = m_tooLarge = false;
                ++m_depth;
                m_itemsDepth = m_depth;
                return true;
            }
            open();
            if (m_depth == 0)
                m_object = c == '{';
            put(c);
            ++m_depth;
            return true;
        case '}':
        case ']':
            if (m_itemsDepth > 0 && m_depth == m_itemsDepth) {
                const bool more = m_open ? give() : true;
                m_itemsDepth = 0;
                --m_depth;
                m_skip = m_depth > 0; // what is left of the list is none of ours
                return more;
            }
            put(c);
            if (m_depth > 0)
                --m_depth;
            if (m_depth == base() && m_itemsDepth == 0) {
                if (std::exchange(m_skip, false)) {
                    m_text.clear();
                    m_open = m_tooLarge = false;
                    return true;
                }
                return give();
            }
            return true;
        default:
            if (uchar(c) > ' ')
                open();
            put(c);
            return true;
        }
    }
    void open()
    {
        if (!std::exchange(m_open, true))
            m_line = m_number;
    }
    void put(char c)
    {
        if (!m_open || m_tooLarge || m_skip)
            return;
        if (m_text.size() >= m_limits.object) {
            m_tooLarge = true;
            m_text.clear();
            return;
        }
        m_text += c;
    }
    bool give()
    {
        bool more = true;
        if (m_tooLarge) {
            m_taker.tooLarge(m_line);
        } else {
            ObjectPiece piece;
            piece.text = m_text;
            piece.line = m_line;
            piece.json = true;
            piece.element = m_itemsDepth > 0 && m_inList;
            if (piece.element)
                readHead(m_head, piece);
            more = m_taker.take(piece);
        }
        m_text.clear();
        m_open = m_tooLarge = false;
        return more;
    }

    const BundleLimits &m_limits;
    const PieceTaker &m_taker;
    QByteArray m_text, m_head, m_word, m_key;
    int m_depth = 0;
    int m_itemsDepth = 0; ///< depth of the elements; 0: not inside of items
    int m_number = 1, m_line = 1;
    bool m_open = false, m_inString = false, m_escaped = false, m_tooLarge = false, m_skip = false;
    bool m_inList = false, m_object = false;
};

} // namespace

void cutObjects(QIODevice &in, const BundleLimits &limits, const PieceTaker &taker)
{
    constexpr qsizetype chunk = 256 * 1024;
    QByteArray begin = in.read(chunk);
    const QByteArrayView first = QByteArrayView(begin).trimmed();
    if (first.startsWith('{') || first.startsWith('[')) {
        JsonCutter cutter(limits, taker);
        while (!begin.isEmpty()) {
            if (!cutter.bytes(begin))
                return;
            begin = in.read(chunk);
        }
        cutter.finish();
        return;
    }
    YamlCutter cutter(limits, taker);
    LineReader lines(in, limits.object, begin);
    while (lines.next()) {
        if (!cutter.line(lines.line(), int(lines.number()), lines.isCut()))
            return;
    }
    cutter.finish();
}

} // namespace evidence
