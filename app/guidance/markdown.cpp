// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "guidance/markdown.h"

#include <QRegularExpression>

#include <algorithm>

namespace guidance {

using namespace Qt::StringLiterals;

namespace {

bool isCjk(QChar c)
{
    // Ideographs, and the punctuation that is set between them.
    return (c >= QChar(0x2e80) && c <= QChar(0x9fff)) || (c >= QChar(0xff00) && c <= QChar(0xff60));
}

void join(QString &text, const QString &line)
{
    if (!text.isEmpty() && !line.isEmpty() && !(isCjk(text.back()) && isCjk(line.front())))
        text.append(u' ');
    text.append(line);
}

const QRegularExpression &itemForm()
{
    static const QRegularExpression form(u"^( {0,4})(-|\\d+\\.) (.+)$"_s);
    return form;
}

/// Reads line by line; a paragraph, item or note grows until something else begins.
class Reader {
public:
    Reader(const QString &text, int firstLine)
        : m_lines(text.split(u'\n'))
        , m_first(firstLine)
    {
    }

    std::expected<QList<Block>, Problem> read()
    {
        for (m_at = 0; m_at < m_lines.size() && !m_problem; ++m_at)
            take(m_lines.at(m_at));
        close();
        if (!m_when.isEmpty())
            fail(u"::: is not closed"_s);
        if (m_problem)
            return std::unexpected(*m_problem);
        return m_blocks;
    }

private:
    void fail(const QString &text)
    {
        if (!m_problem)
            m_problem = Problem{.file = {}, .line = m_first + int(m_at), .text = text};
    }

    Block make(Block::Kind kind) const
    {
        Block block;
        block.kind = kind;
        block.when = m_when;
        block.line = m_first + int(m_at);
        return block;
    }

    void close()
    {
        if (!m_open)
            return;
        Block block = *std::exchange(m_open, std::nullopt);
        if (const auto spans = parseSpans(std::exchange(m_text, {})))
            block.spans = *spans;
        else
            fail(spans.error());
        m_blocks.append(block);
    }

    void take(const QString &line)
    {
        const QString bare = line.trimmed();
        if (bare.isEmpty())
            return close();
        if (bare.startsWith("```"_L1))
            return takeCode(line);
        if (bare.startsWith(":::"_L1))
            return takeCondition(bare);
        if (line.startsWith(u'#'))
            return takeHeading(line);
        if (line.startsWith(u'|'))
            return takeTable();
        if (line.startsWith(u'>'))
            return takeNote(line.mid(1).trimmed());
        if (const auto item = itemForm().match(line); item.hasMatch())
            return takeItem(item);
        if (m_open && m_open->kind != Block::Kind::Note)
            return join(m_text, bare);
        close();
        if (line.startsWith(u' '))
            return fail(u"indented text that belongs to nothing"_s);
        m_open = make(Block::Kind::Paragraph);
        m_text = bare;
    }

    void takeHeading(const QString &line)
    {
        close();
        static const QRegularExpression form(u"^(##|###) (.+) \\{#([a-z0-9-]+)\\}$"_s);
        const auto match = form.match(line);
        if (!match.hasMatch())
            return fail(u"a heading is \"## Words {#anchor}\" or \"### Words {#anchor}\""_s);
        Block block = make(Block::Kind::Heading);
        block.level = int(match.capturedLength(1));
        block.anchor = match.captured(3);
        m_open = block;
        m_text = match.captured(2);
        close();
    }

    void takeItem(const QRegularExpressionMatch &match)
    {
        close();
        Block block = make(Block::Kind::Item);
        block.level = match.capturedLength(1) >= 2 ? 2 : 1;
        block.number = match.capturedView(2) == "-"_L1 ? 0 : match.captured(2).chopped(1).toInt();
        m_open = block;
        m_text = match.captured(3).trimmed();
    }

    void takeNote(const QString &text)
    {
        static const QRegularExpression head(u"^\\[!(NOTE|TIP|CAUTION)\\]$"_s);
        if (const auto match = head.match(text); match.hasMatch()) {
            close();
            Block block = make(Block::Kind::Note);
            block.tone = match.capturedView(1) == "NOTE"_L1 ? Block::Tone::Note
                : match.capturedView(1) == "TIP"_L1         ? Block::Tone::Tip
                                                            : Block::Tone::Caution;
            m_open = block;
            return;
        }
        if (!m_open || m_open->kind != Block::Kind::Note)
            return fail(u"a quotation begins with > [!NOTE], > [!TIP] or > [!CAUTION]"_s);
        join(m_text, text);
    }

    void takeCode(const QString &line)
    {
        const qsizetype indent = line.indexOf(u'`');
        int level = 0;
        // Under an item, as deep as it is.
        if (m_open && m_open->kind == Block::Kind::Item && indent > 0)
            level = m_open->level;
        else if (!m_open && indent > 0 && !m_blocks.isEmpty() && m_blocks.last().level > 0
            && (m_blocks.last().kind == Block::Kind::Item || m_blocks.last().kind == Block::Kind::Code))
            level = m_blocks.last().level;
        close();
        if (indent > 0 && level == 0)
            return fail(u"indented code that belongs to no item"_s);
        Block block = make(Block::Kind::Code);
        block.level = level;
        block.language = line.trimmed().mid(3);
        if (!QStringList{u"sh"_s, u"text"_s, u"yaml"_s, u"json"_s}.contains(block.language))
            fail(u"code is sh, text, yaml or json"_s);
        QStringList code;
        for (++m_at; m_at < m_lines.size(); ++m_at) {
            const QString &next = m_lines.at(m_at);
            if (next.trimmed() == "```"_L1) {
                block.code = code.join(u'\n');
                m_blocks.append(block);
                return;
            }
            code.append(next.first(std::min(indent, next.size())).trimmed().isEmpty() ? next.mid(indent) : next);
        }
        fail(u"code is not closed"_s);
    }

    void takeCondition(const QString &bare)
    {
        close();
        if (bare == ":::"_L1) {
            if (m_when.isEmpty())
                fail(u"::: closes nothing"_s);
            m_when.clear();
            return;
        }
        if (!m_when.isEmpty())
            return fail(u"conditions are not nested"_s);
        if (!bare.startsWith("::: if "_L1))
            return fail(u"a condition is \"::: if to >= 1.7\""_s);
        if (const auto condition = parseCondition(bare.mid(7)))
            m_when = *condition;
        else
            fail(condition.error());
    }

    void takeTable()
    {
        close();
        Block block = make(Block::Kind::Table);
        for (; m_at < m_lines.size() && m_lines.at(m_at).startsWith(u'|'); ++m_at) {
            const QString line = m_lines.at(m_at).trimmed();
            if (!line.endsWith(u'|'))
                return fail(u"a row of a table ends with |"_s);
            static const QRegularExpression rule(u"^\\|(\\s*-+\\s*\\|)+$"_s);
            if (rule.match(line).hasMatch())
                continue;
            QList<Spans> row;
            for (const QString &cell : line.sliced(1, line.size() - 2).split(u'|')) {
                if (const auto spans = parseSpans(cell.trimmed()))
                    row.append(*spans);
                else
                    fail(spans.error());
            }
            if (!block.rows.isEmpty() && row.size() != block.rows.first().size())
                fail(u"a row with %1 cells in a table of %2"_s.arg(row.size()).arg(block.rows.first().size()));
            block.rows.append(row);
        }
        --m_at;
        m_blocks.append(block);
    }

    QStringList m_lines;
    int m_first;
    qsizetype m_at = 0;
    QList<Block> m_blocks;
    std::optional<Block> m_open;
    QString m_text; ///< of m_open
    Condition m_when;
    std::optional<Problem> m_problem;
};

} // namespace

QString describe(const Problem &problem)
{
    return problem.line > 0 ? u"%1:%2: %3"_s.arg(problem.file).arg(problem.line).arg(problem.text)
                            : u"%1: %2"_s.arg(problem.file, problem.text);
}

std::expected<QList<Block>, Problem> parseMarkdown(const QString &text, int firstLine)
{
    return Reader(text, firstLine).read();
}

std::expected<Spans, QString> parseSpans(const QString &text)
{
    Spans spans;
    QString pending;
    const auto add = [&](Span span) {
        if (!pending.isEmpty())
            spans.append({.style = Span::Style::Plain, .text = std::exchange(pending, {}), .target = {}});
        if (!span.text.isEmpty())
            spans.append(std::move(span));
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QStringView rest = QStringView(text).sliced(i);
        if (rest.startsWith(u'`')) {
            const qsizetype end = rest.indexOf(u'`', 1);
            if (end < 2)
                return std::unexpected(u"` is not closed"_s);
            add({.style = Span::Style::Code, .text = rest.sliced(1, end - 1).toString(), .target = {}});
            i += end;
        } else if (rest.startsWith("**"_L1)) {
            const qsizetype end = rest.indexOf("**"_L1, 2);
            if (end < 3)
                return std::unexpected(u"** is not closed"_s);
            add({.style = Span::Style::Strong, .text = rest.sliced(2, end - 2).toString(), .target = {}});
            i += end + 1;
        } else if (rest.startsWith(u'[')) {
            const qsizetype middle = rest.indexOf("]("_L1);
            const qsizetype end = middle < 0 ? -1 : rest.indexOf(u')', middle);
            if (end < 0) { // a bracket in words
                pending.append(u'[');
                continue;
            }
            add({.style = Span::Style::Plain,
                .text = rest.sliced(1, middle - 1).toString(),
                .target = rest.sliced(middle + 2, end - middle - 2).toString()});
            i += end;
        } else {
            pending.append(rest.front());
        }
    }
    add({});
    return spans;
}

QString plain(const Spans &spans)
{
    QString text;
    for (const Span &span : spans)
        text.append(span.text);
    return text;
}

} // namespace guidance
