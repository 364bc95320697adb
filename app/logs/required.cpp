// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/required.h"

#include "logs/confine.h"
#include "logs/finder.h"

#include <algorithm>
#include <optional>

namespace logs {

namespace {

using Literals = QList<QByteArray>;
constexpr qsizetype mostLiterals = 6;
constexpr qsizetype longEnough = 2;

bool isAlnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The better, the fewer lines may have one of them, and the fewer they are.
int worth(const Literals &literals)
{
    if (literals.isEmpty() || literals.size() > mostLiterals)
        return 0;
    int least = 1'000'000;
    for (const QByteArray &literal : literals) {
        if (literal.size() < longEnough)
            return 0;
        int sum = 0;
        for (const char c : literal.first(std::min<qsizetype>(literal.size(), 16)))
            sum += 8 + Finder::rarity(c);
        least = std::min(least, sum);
    }
    return std::max<int>(1, least / int(literals.size()));
}

class Reader {
public:
    Reader(QByteArrayView regex, bool anyCase)
        : m_regex(regex)
        , m_anyCase(anyCase)
    {
    }

    Literals read(bool &anyCase)
    {
        Literals literals = alternatives();
        if (!m_known || m_at != m_regex.size() || worth(literals) == 0)
            return {};
        anyCase = anyCase || m_flags;
        return literals;
    }

private:
    char peek(qsizetype ahead = 0) const { return m_at + ahead < m_regex.size() ? m_regex[m_at + ahead] : '\0'; }
    bool atEnd() const { return m_at >= m_regex.size() || !m_known; }

    Literals alternatives()
    {
        if (++m_depth > 50)
            m_known = false;
        Literals all = sequence();
        bool complete = worth(all) > 0;
        while (!atEnd() && peek() == '|') {
            ++m_at;
            const Literals other = sequence();
            complete = complete && worth(other) > 0;
            all += other;
        }
        --m_depth;
        return complete && all.size() <= mostLiterals ? all : Literals();
    }

    Literals sequence()
    {
        Literals best;
        QByteArray run;
        const auto offer = [&best](const Literals &literals) {
            if (worth(literals) > worth(best))
                best = literals;
        };
        const auto endRun = [&] {
            if (!run.isEmpty())
                offer({run});
            run.clear();
        };
        while (!atEnd() && peek() != '|' && peek() != ')') {
            Literals group;
            const std::optional<QByteArray> character = atom(group);
            const bool repeats = QByteArrayView("*+?{").contains(peek());
            const bool optional = repeats && skipQuantifier();
            if (character && !optional)
                run += *character;
            if (!character || repeats)
                endRun();
            if (!optional)
                offer(group);
        }
        endRun();
        return best;
    }

    /// A character by itself, or nullopt for all else; of a group what it requires.
    std::optional<QByteArray> atom(Literals &group)
    {
        const char c = peek();
        switch (c) {
        case '(':
            readGroup(group);
            return std::nullopt;
        case '[':
            skipClass();
            return std::nullopt;
        case '\\':
            return escaped();
        case '.':
        case '^':
        case '$':
            ++m_at;
            return std::nullopt;
        default:
            break;
        }
        if (static_cast<unsigned char>(c) < 0x80) {
            ++m_at;
            return QByteArray(1, c);
        }
        // A quantifier is for the whole character.
        qsizetype length = 1;
        while ((static_cast<unsigned char>(peek(length)) & 0xc0) == 0x80)
            ++length;
        const QByteArray character = m_regex.sliced(m_at, length).toByteArray();
        m_at += length;
        return m_anyCase ? std::nullopt : std::optional(character); // other letters fold in ways of their own
    }

    std::optional<QByteArray> escaped()
    {
        const char c = peek(1);
        m_at += 2;
        if (c == 't')
            return QByteArray(1, '\t');
        if (!isAlnum(c) && static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x80)
            return QByteArray(1, c);
        if (!QByteArrayView("dDwWsShHbBAzZ").contains(c) || c == '\0')
            m_known = false;
        if (c == 'N')
            m_known = false;
        return std::nullopt;
    }

    void skipClass()
    {
        m_at += peek(1) == '^' ? 2 : 1;
        if (peek() == ']')
            ++m_at;
        while (!atEnd() && peek() != ']') {
            if (peek() == '\\' && QByteArrayView("QEc").contains(peek(1)))
                m_known = false;
            if (peek() == '[' && QByteArrayView(":.=").contains(peek(1))) {
                const qsizetype length = posixClassLength(m_regex.sliced(m_at));
                m_known = m_known && length > 0;
                m_at += std::max<qsizetype>(length, 1);
                continue;
            }
            m_at += peek() == '\\' ? 2 : 1;
        }
        ++m_at;
    }

    void readGroup(Literals &group)
    {
        ++m_at;
        bool looks = false;
        if (peek() == '*') {
            m_known = false;
        } else if (peek() == '?') {
            const QByteArrayView rest = m_regex.sliced(m_at + 1);
            const auto begins = [&](std::initializer_list<const char *> heads) {
                for (const char *head : heads) {
                    if (rest.startsWith(head)) {
                        m_at += 1 + qsizetype(qstrlen(head));
                        return true;
                    }
                }
                return false;
            };
            if (begins({"i)", "-i)"})) {
                m_flags = m_anyCase = true;
                return;
            }
            if (begins({"i:", "-i:"})) {
                m_flags = m_anyCase = true;
            } else if (begins({"<=", "<!", "=", "!"})) {
                looks = true;
            } else if (begins({":", ">", "|"})) {
                // as any group
            } else if (begins({"P<", "<"})) {
                const qsizetype close = m_regex.indexOf('>', m_at);
                m_known = m_known && close >= 0;
                m_at = close + 1;
            } else {
                m_known = false;
            }
        }
        if (!m_known)
            return;
        const Literals inside = alternatives();
        if (peek() != ')')
            m_known = false;
        ++m_at;
        if (!looks)
            group = inside;
    }

    /// Behind a quantifier; whether it allows none.
    bool skipQuantifier()
    {
        bool optional = false;
        while (!atEnd() && QByteArrayView("*+?{").contains(peek())) {
            if (peek() != '{') {
                // '+' and '?' behind another quantifier only change how it tries.
                optional = optional || peek() != '+';
                ++m_at;
                continue;
            }
            const qsizetype close = m_regex.indexOf('}', m_at);
            const QByteArrayView inside = close < 0 ? QByteArrayView() : m_regex.sliced(m_at + 1, close - m_at - 1);
            const bool counts = !inside.isEmpty()
                && std::ranges::all_of(inside, [](char c) { return (c >= '0' && c <= '9') || c == ','; });
            if (!counts) { // a brace that is only a brace, or spaces in it: rare
                m_known = false;
                return true;
            }
            optional = optional || inside[0] == ',' || inside[0] == '0';
            m_at = close + 1;
        }
        return optional;
    }

    QByteArrayView m_regex;
    qsizetype m_at = 0;
    int m_depth = 0;
    bool m_anyCase;
    bool m_flags = false; ///< case is switched inside
    bool m_known = true;
};

} // namespace

QList<QByteArray> requiredLiterals(QByteArrayView regex, bool &anyCase)
{
    // Case may be switched behind what was read: then all of it is read anew.
    Literals literals = Reader(regex, anyCase).read(anyCase);
    if (!literals.isEmpty() && anyCase)
        literals = Reader(regex, true).read(anyCase);
    return literals;
}

} // namespace logs
