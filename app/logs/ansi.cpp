// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/ansi.h"

#include "logs/utf8.h"

#include <algorithm>
#include <array>
#include <optional>

namespace logs {

namespace {

constexpr char escape = '\x1b';
/// More parameters than any terminal takes are no colour but an attack on time.
constexpr qsizetype longestEscape = 128;

/// The SGR escape at `at`: its length; 0: there is none.
qsizetype sgrLength(QByteArrayView line, qsizetype at)
{
    if (at + 2 >= line.size() || line[at] != escape || line[at + 1] != '[')
        return 0;
    const qsizetype limit = std::min(line.size(), at + longestEscape);
    for (qsizetype i = at + 2; i < limit; ++i) {
        const char c = line[i];
        if (c == 'm')
            return i + 1 - at;
        if ((c < '0' || c > '9') && c != ';' && c != ':')
            return 0;
    }
    return 0;
}

struct Parameters {
    std::array<int, 32> values{};
    qsizetype count = 0;
};

Parameters parametersOf(QByteArrayView text)
{
    Parameters parameters;
    int value = 0;
    for (qsizetype i = 0; i <= text.size() && parameters.count < qsizetype(parameters.values.size()); ++i) {
        if (i == text.size() || text[i] == ';' || text[i] == ':') {
            parameters.values[size_t(parameters.count++)] = value;
            value = 0;
        } else {
            value = std::min(value * 10 + (text[i] - '0'), 9999);
        }
    }
    return parameters;
}

/// The colour behind 38 or 48 at `i`, which moves behind it.
std::optional<Colour> extendedColour(const Parameters &p, qsizetype &i)
{
    const auto at = [&p](qsizetype n) { return n < p.count ? p.values[size_t(n)] : -1; };
    if (at(i + 1) == 5) {
        const int index = at(i + 2);
        i += 2;
        if (index < 0 || index > 255)
            return std::nullopt;
        return Colour{Colour::Kind::Indexed, quint32(index)};
    }
    if (at(i + 1) == 2) {
        const int red = at(i + 2);
        const int green = at(i + 3);
        const int blue = at(i + 4);
        i += 4;
        if (red < 0 || green < 0 || blue < 0 || red > 255 || green > 255 || blue > 255)
            return std::nullopt;
        return Colour{Colour::Kind::Rgb, quint32(red << 16 | green << 8 | blue)};
    }
    return std::nullopt;
}

void apply(Style &style, const Parameters &p)
{
    const auto indexed = [](int value) { return Colour{Colour::Kind::Indexed, quint32(value)}; };
    for (qsizetype i = 0; i < p.count; ++i) {
        const int code = p.values[size_t(i)];
        switch (code) {
        case 0:
            style = {};
            break;
        case 1:
            style.bold = true;
            break;
        case 2:
            style.faint = true;
            break;
        case 3:
            style.italic = true;
            break;
        case 4:
        case 21:
            style.underline = true;
            break;
        case 7:
            style.inverse = true;
            break;
        case 8:
            style.hidden = true;
            break;
        case 9:
            style.strike = true;
            break;
        case 22:
            style.bold = style.faint = false;
            break;
        case 23:
            style.italic = false;
            break;
        case 24:
            style.underline = false;
            break;
        case 27:
            style.inverse = false;
            break;
        case 28:
            style.hidden = false;
            break;
        case 29:
            style.strike = false;
            break;
        case 38:
            if (const auto colour = extendedColour(p, i))
                style.foreground = *colour;
            break;
        case 48:
            if (const auto colour = extendedColour(p, i))
                style.background = *colour;
            break;
        case 39:
            style.foreground = {};
            break;
        case 49:
            style.background = {};
            break;
        default:
            if (code >= 30 && code <= 37)
                style.foreground = indexed(code - 30);
            else if (code >= 40 && code <= 47)
                style.background = indexed(code - 40);
            else if (code >= 90 && code <= 97)
                style.foreground = indexed(code - 90 + 8);
            else if (code >= 100 && code <= 107)
                style.background = indexed(code - 100 + 8);
        }
    }
}

/// Characters that would move, hide or turn around what is drawn.
bool isTreacherous(char32_t c)
{
    return (c >= 0x80 && c < 0xa0)      // C1 controls
        || c == 0xad || c == 0x61c      // soft hyphen, Arabic letter mark
        || (c >= 0x200b && c <= 0x200f) // zero width, directions
        || (c >= 0x2028 && c <= 0x202e) // line and paragraph ends, embeddings
        || (c >= 0x2060 && c <= 0x206f) // joiners, isolates
        || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

QString named(char32_t value, bool valid)
{
    const QString digits = QString::number(uint(value), 16).toUpper();
    return valid ? QStringLiteral(u"\u2039U+%1\u203a").arg(digits.rightJustified(4, u'0'))
                 : QStringLiteral(u"\u2039%1\u203a").arg(digits);
}

class Builder {
public:
    explicit Builder(QByteArrayView line)
        : m_line(line)
    {
        m_result.text.reserve(line.size());
    }

    DisplayText build()
    {
        qsizetype at = 0;
        while (at < m_line.size()) {
            if (const qsizetype length = sgrLength(m_line, at)) {
                restyle(m_line.sliced(at + 2, length - 3));
                at += length;
                step(at);
                continue;
            }
            const Utf8Char c = utf8At(m_line, at);
            at += c.length;
            put(c);
            if (m_result.text.size() - m_column != at - m_offset)
                step(at);
        }
        closeRun();
        return std::move(m_result);
    }

private:
    void put(const Utf8Char &c)
    {
        if (!c.valid) {
            symbol(named(c.value, false), DisplayText::Symbol::Kind::Invalid);
        } else if (c.value < 0x20 && c.value != '\t') {
            symbol(QString(QChar(0x2400 + ushort(c.value))), DisplayText::Symbol::Kind::Control);
        } else if (c.value == 0x7f) {
            symbol(QString(QChar(0x2421)), DisplayText::Symbol::Kind::Control);
        } else if (c.value < 0x80) {
            m_result.text.append(QChar(ushort(c.value)));
        } else if (isTreacherous(c.value)) {
            symbol(named(c.value, true), DisplayText::Symbol::Kind::Control);
        } else {
            m_result.text.append(QChar::fromUcs4(c.value));
        }
    }

    void symbol(const QString &text, DisplayText::Symbol::Kind kind)
    {
        m_result.symbols.append({m_result.text.size(), text.size(), kind});
        m_result.text.append(text);
    }

    void step(qsizetype offset)
    {
        m_column = m_result.text.size();
        m_offset = offset;
        if (!m_result.steps.isEmpty() && m_result.steps.constLast().column == m_column) {
            m_result.steps.last().offset = offset; // escapes side by side
            return;
        }
        m_result.steps.append({m_column, offset});
    }

    void restyle(QByteArrayView parameters)
    {
        Style style = m_style;
        apply(style, parametersOf(parameters));
        if (style == m_style)
            return;
        closeRun();
        m_style = style;
    }

    void closeRun()
    {
        const qsizetype end = m_result.text.size();
        if (end > m_runStart && m_style != Style{})
            m_result.runs.append({m_runStart, end - m_runStart, m_style});
        m_runStart = end;
    }

    QByteArrayView m_line;
    DisplayText m_result;
    Style m_style;
    qsizetype m_runStart = 0;
    qsizetype m_column = 0; ///< of the last step
    qsizetype m_offset = 0;
};

} // namespace

qsizetype DisplayText::column(qsizetype offset) const
{
    const auto behind = std::ranges::upper_bound(steps, offset, {}, &Step::offset);
    const Step before = behind == steps.begin() ? Step{} : *(behind - 1);
    const qsizetype limit = behind == steps.end() ? text.size() : behind->column;
    return std::min(before.column + (offset - before.offset), limit);
}

qsizetype DisplayText::offset(qsizetype column) const
{
    const auto behind = std::ranges::upper_bound(steps, column, {}, &Step::column);
    const Step before = behind == steps.begin() ? Step{} : *(behind - 1);
    const qsizetype there = before.offset + (column - before.column);
    return behind == steps.end() ? there : std::min(there, behind->offset);
}

DisplayText displayText(QByteArrayView line)
{
    return Builder(line).build();
}

QByteArray withoutEscapes(QByteArrayView line)
{
    const bool plain = std::ranges::none_of(line, [](char c) { return c >= 0 && c < 0x20 && c != '\t'; });
    return plain ? line.toByteArray() : displayText(line).text.toUtf8();
}

} // namespace logs
