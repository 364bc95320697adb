// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/confine.h"

#include <algorithm>
#include <array>

namespace logs {

namespace {

bool isAlnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

class Rewriter {
public:
    explicit Rewriter(QByteArrayView regex)
        : m_regex(regex)
    {
    }

    std::optional<Confined> run()
    {
        while (m_at < m_regex.size()) {
            const char c = m_regex[m_at];
            bool known = true;
            if (c == '\\') {
                known = escaped();
            } else if (c == '[') {
                known = charClass();
            } else if (c == '(') {
                known = group();
            } else if (static_cast<unsigned char>(c) < 0x20) {
                known = c == '\t' && copy(1);
            } else {
                m_out.looksBehind |= c == '^';
                copy(1);
            }
            if (!known)
                return std::nullopt;
        }
        return std::move(m_out);
    }

private:
    char peek(qsizetype ahead) const { return m_at + ahead < m_regex.size() ? m_regex[m_at + ahead] : '\0'; }

    bool copy(qsizetype length)
    {
        m_out.regex.append(m_regex.sliced(m_at, length));
        m_at += length;
        return true;
    }

    bool replace(qsizetype length, const char *by)
    {
        m_out.regex.append(by);
        m_at += length;
        return true;
    }

    bool escaped()
    {
        const char c = peek(1);
        switch (c) {
        case 's':
            return replace(2, R"([ \t\x0b\f\r])");
        case 'D':
            return replace(2, R"([^\d\n])");
        case 'W':
            return replace(2, R"([^\w\n])");
        case 'H':
            return replace(2, R"([^\h\n])");
        case 'd':
        case 'w':
        case 'S':
        case 'h':
        case 'N':
        case 'b':
        case 'B':
        case 't':
        case 'f':
        case 'r':
        case 'e':
        case 'a':
            return copy(2);
        case 'x':
            return hex();
        default:
            break;
        }
        if (c >= '1' && c <= '9') // a back reference; \10 might be octal
            return (peek(2) < '0' || peek(2) > '9') && copy(2);
        return !isAlnum(c) && static_cast<unsigned char>(c) >= 0x20 && copy(2);
    }

    /// \xHH of a printable character or an escape.
    bool hex()
    {
        bool ok = false;
        const int value = m_at + 4 <= m_regex.size() ? m_regex.sliced(m_at + 2, 2).toByteArray().toInt(&ok, 16) : 0;
        return ok && isAlnum(peek(2)) && value > '\r' && value < 0x80 && copy(4);
    }

    bool charClass()
    {
        const bool negated = peek(1) == '^';
        copy(negated ? 2 : 1);
        if (negated)
            m_out.regex.append("\\n");
        if (peek(0) == ']') // literal in first place; behind our \n it would not be
            replace(1, "\\]");
        else if (negated && peek(0) == '-') // nor that: it would make a range
            replace(1, "\\-");
        while (m_at < m_regex.size() && peek(0) != ']') {
            if (!(peek(0) == '\\' ? classEscape(negated) : peek(0) == '[' ? posix(negated) : classChar(negated)))
                return false;
        }
        return m_at < m_regex.size() && copy(1);
    }

    bool classChar(bool negated)
    {
        const auto c = static_cast<unsigned char>(peek(0));
        return (negated || c >= 0x20) && copy(1);
    }

    /// What is taken out of a negated class never matters: the line end is out already.
    bool classEscape(bool negated)
    {
        const char c = peek(1);
        if (c == 'Q' || c == 'E' || c == '\0')
            return false;
        if (negated)
            return copy(2);
        switch (c) {
        case 's':
            return !beginsRange() && replace(2, R"( \t\x0b\f\r)");
        case 'd':
        case 'w':
        case 'h':
            return copy(2);
        case 't':
        case 'f':
        case 'r':
        case 'e':
        case 'a':
        case 'b':
            return !beginsRange() && copy(2);
        default:
            return !isAlnum(c) && static_cast<unsigned char>(c) >= 0x20 && copy(2);
        }
    }

    bool beginsRange() const { return peek(2) == '-' && peek(3) != ']'; }

    bool posix(bool negated)
    {
        if (!QByteArrayView(":.=").contains(peek(1)))
            return copy(1);
        const qsizetype length = posixClassLength(m_regex.sliced(m_at));
        if (length == 0)
            return false; // where it ends is PCRE2's to know
        const QByteArrayView name = m_regex.sliced(m_at + 2, length - 4);
        static constexpr std::array inside{QByteArrayView("alpha"), QByteArrayView("digit"), QByteArrayView("alnum"),
            QByteArrayView("upper"), QByteArrayView("lower"), QByteArrayView("punct"), QByteArrayView("xdigit"),
            QByteArrayView("word"), QByteArrayView("graph"), QByteArrayView("print"), QByteArrayView("blank")};
        const bool known = negated || std::ranges::find(inside, name) != inside.end();
        return known && copy(length);
    }

    bool group()
    {
        if (peek(1) == '*')
            return false;
        if (peek(1) != '?')
            return copy(1);
        const QByteArrayView rest = m_regex.sliced(m_at + 2);
        for (const char *plain : {":", "=", "!", ">", "|", "i)", "i:", "-i)", "-i:"}) {
            if (rest.startsWith(plain))
                return copy(2 + qsizetype(qstrlen(plain)));
        }
        if (rest.startsWith("<=") || rest.startsWith("<!")) {
            m_out.looksBehind = true;
            return copy(4);
        }
        const qsizetype name = rest.startsWith("P<") ? 2 : rest.startsWith("<") ? 1 : 0;
        const qsizetype close = rest.indexOf('>');
        return name > 0 && close > name && copy(2 + close + 1);
    }

    QByteArrayView m_regex;
    qsizetype m_at = 0;
    Confined m_out;
};

} // namespace

qsizetype posixClassLength(QByteArrayView regex)
{
    if (!regex.startsWith("[:"))
        return 0;
    qsizetype at = regex.size() > 2 && regex[2] == '^' ? 3 : 2;
    while (at < regex.size() && regex[at] >= 'a' && regex[at] <= 'z')
        ++at;
    return regex.sliced(at).startsWith(":]") ? at + 2 : 0;
}

std::optional<Confined> confined(QByteArrayView regex)
{
    return Rewriter(regex).run();
}

} // namespace logs
