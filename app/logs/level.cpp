// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/level.h"

#include "logs/bytes.h"

#include <array>
#include <cstring>

namespace logs {

namespace {

constexpr qsizetype lookAt = 1024;
constexpr bool isSpace(char c)
{
    return c == ' ' || c == '\t';
}
constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
constexpr bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c + 32) : c;
}

struct Name {
    const char *text;
    Level level;
};
// Longest first where one begins another.
constexpr std::array names{
    Name{"information", Level::Info},
    Name{"emergency", Level::Fatal},
    Name{"critical", Level::Fatal},
    Name{"warning", Level::Warning},
    Name{"verbose", Level::Debug},
    Name{"notice", Level::Info},
    Name{"severe", Level::Error},
    Name{"dpanic", Level::Fatal},
    Name{"error", Level::Error},
    Name{"debug", Level::Debug},
    Name{"fatal", Level::Fatal},
    Name{"panic", Level::Fatal},
    Name{"trace", Level::Trace},
    Name{"alert", Level::Fatal},
    Name{"emerg", Level::Fatal},
    Name{"finest", Level::Trace},
    Name{"finer", Level::Trace},
    Name{"fine", Level::Debug},
    Name{"warn", Level::Warning},
    Name{"info", Level::Info},
    Name{"crit", Level::Fatal},
    Name{"dbug", Level::Debug},
    Name{"eror", Level::Error},
    Name{"erro", Level::Error},
    Name{"fata", Level::Fatal},
    Name{"pani", Level::Fatal},
    Name{"trac", Level::Trace},
    Name{"debu", Level::Debug},
    Name{"err", Level::Error},
    Name{"wrn", Level::Warning},
    Name{"inf", Level::Info},
    Name{"dbg", Level::Debug},
    Name{"trc", Level::Trace},
    Name{"ftl", Level::Fatal},
};

bool equalsName(QByteArrayView word, const char *name)
{
    qsizetype i = 0;
    for (; i < word.size() && name[i] != 0; ++i) {
        if (lower(word[i]) != name[i])
            return false;
    }
    return i == word.size() && name[i] == 0;
}

QByteArrayView wordAt(QByteArrayView text, qsizetype at)
{
    qsizetype end = at;
    while (end < text.size() && isLetter(text[end]))
        ++end;
    return text.sliced(at, end - at);
}

/// Behind spaces and colours.
qsizetype skipQuiet(QByteArrayView text, qsizetype at)
{
    while (at < text.size()) {
        if (isSpace(text[at])) {
            ++at;
        } else if (text[at] == '\x1b' && at + 1 < text.size() && text[at + 1] == '[') {
            at += 2;
            while (at < text.size() && (isDigit(text[at]) || text[at] == ';' || text[at] == ':'))
                ++at;
            if (at < text.size())
                ++at;
        } else {
            break;
        }
    }
    return at;
}

/// klog: "E0826 12:00:00.000000    1 file.go:12] text".
Level klogLevel(QByteArrayView text)
{
    if (text.size() < 15)
        return Level::None;
    for (const int digit : {1, 2, 3, 4, 6, 7, 9, 10, 12, 13}) {
        if (!isDigit(text[digit]))
            return Level::None;
    }
    if (text[5] != ' ' || text[8] != ':' || text[11] != ':')
        return Level::None;
    switch (text[0]) {
    case 'I':
        return Level::Info;
    case 'W':
        return Level::Warning;
    case 'E':
        return Level::Error;
    case 'F':
        return Level::Fatal;
    default:
        return Level::None;
    }
}

/// The value behind `level`, `lvl` or `severity` and '=' or ':'.
Level valueLevel(QByteArrayView text, qsizetype at)
{
    while (at < text.size() && (text[at] == '"' || isSpace(text[at])))
        ++at;
    at = skipQuiet(text, at);
    return levelFromName(wordAt(text, at)).value_or(Level::None);
}

/// logrus' and slog's `level=error`, also behind `time="…"`; JSON's `"level":"error"`, whatever stands before it.
Level keyedLevel(QByteArrayView text, bool json)
{
    static constexpr std::array keys{QByteArrayView("level"), QByteArrayView("lvl"), QByteArrayView("severity")};
    for (qsizetype at = 0; at < text.size();) {
        const void *found = std::memchr(text.data() + at, json ? ':' : '=', size_t(text.size() - at));
        if (!found)
            break;
        const qsizetype sign = static_cast<const char *>(found) - text.data();
        at = sign + 1;
        qsizetype end = sign;
        if (json) {
            while (end > 0 && isSpace(text[end - 1]))
                --end;
            if (end == 0 || text[end - 1] != '"')
                continue;
            --end;
        }
        for (const QByteArrayView key : keys) {
            const qsizetype begin = end - key.size();
            if (begin < 0 || !equalsName(text.sliced(begin, key.size()), key.data()))
                continue;
            if (json ? begin > 0 && text[begin - 1] == '"' : begin == 0 || !isWordByte(text[begin - 1])) {
                const Level level = valueLevel(text, at);
                if (level != Level::None)
                    return level;
            }
        }
    }
    return Level::None;
}

/// What may follow a level word at the begin of a line so that it is one: "ERROR: x", "[ERROR] x", "ERROR x",
/// "INFO[0000]".
bool endsLevelWord(QByteArrayView text, qsizetype at)
{
    if (at >= text.size())
        return true;
    switch (text[at]) {
    case ':':
    case ']':
    case '[':
    case ' ':
    case '\t':
    case '|':
    case ')':
    case '>':
    case ',':
    case '\x1b':
        return true;
    default:
        return false;
    }
}

/// Written in capitals: a word that merely begins a sentence is not.
bool shouts(QByteArrayView word)
{
    for (const char c : word) {
        if (c < 'A' || c > 'Z')
            return false;
    }
    return true;
}

/// A level word at the begin, or behind what loggers write before it: times, names in brackets, a source position.
Level wordLevel(QByteArrayView text)
{
    bool timed = false;
    bool bracket = false;
    qsizetype at = 0;
    for (int word = 0; word < 8; ++word) {
        at = skipQuiet(text, at);
        if (at >= text.size())
            return Level::None;
        if (QByteArrayView("[(<|").contains(text[at])) {
            bracket = true;
            at = skipQuiet(text, at + 1);
            if (at >= text.size())
                return Level::None;
        }
        qsizetype end = at;
        while (end < text.size() && !isSpace(text[end]) && text[end] != '\x1b')
            ++end;
        const QByteArrayView token = text.sliced(at, end - at);
        const QByteArrayView name = wordAt(token, 0);
        if (name.size() >= 3 && endsLevelWord(token, name.size())) {
            const bool marked = bracket || name.size() < token.size() || shouts(name)
                || (timed && end < text.size() && text[end] == '\t');
            const auto level = marked ? levelFromName(name) : std::nullopt;
            if (level)
                return *level;
        }
        const bool position = token.endsWith(':') && token.contains('.');
        if (bracket) {
            const qsizetype close = text.indexOf(']', at);
            if (close >= 0 && close - at <= 80)
                end = close + 1;
            else if (!timed)
                return Level::None;
            bracket = false;
        } else if (!token.isEmpty() && isDigit(token[0])) {
            timed = true;
        } else if (!timed && !position) {
            return Level::None;
        }
        at = end;
    }
    return Level::None;
}

} // namespace

std::optional<Level> levelFromName(QByteArrayView name)
{
    if (name.size() == 1) {
        switch (lower(name[0])) {
        case 't':
            return Level::Trace;
        case 'd':
            return Level::Debug;
        case 'i':
            return Level::Info;
        case 'w':
            return Level::Warning;
        case 'e':
            return Level::Error;
        case 'f':
            return Level::Fatal;
        default:
            return std::nullopt;
        }
    }
    for (const Name &known : names) {
        if (lower(name.isEmpty() ? '\0' : name[0]) == known.text[0] && equalsName(name, known.text))
            return known.level;
    }
    return std::nullopt;
}

Level levelOf(QByteArrayView text)
{
    if (text.size() > lookAt)
        text = text.first(lookAt);
    const qsizetype begin = skipQuiet(text, 0);
    text = text.sliced(begin);
    if (text.isEmpty())
        return Level::None;
    if (const Level level = klogLevel(text); level != Level::None)
        return level;
    if (text[0] == '{') {
        if (const Level level = keyedLevel(text, true); level != Level::None)
            return level;
    }
    if (text[0] == '+') { // sh -x, one '+' a level of nesting
        qsizetype at = 0;
        while (at < text.size() && text[at] == '+')
            ++at;
        if (at < text.size() && text[at] == ' ')
            return Level::Trace;
    }
    if (const Level level = keyedLevel(text, false); level != Level::None)
        return level;
    if (text.startsWith("Error from server")) // kubectl
        return Level::Error;
    return wordLevel(text);
}

} // namespace logs
