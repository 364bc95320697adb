// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Secrets that are known by the name before them: NAME=value, "name": "value", --name value, name: | and the lines
// below.

#include "evidence/redactedtext.h"
#include "evidence/redactedwords.h"

#include "logs/pcre.h"

namespace evidence {

namespace {

bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
        || c == '.';
}

/// Words every name of a secret contains; secretNamed() decides.
const logs::Pcre &candidate()
{
    static const logs::Pcre expression = *logs::Pcre::compile(
        R"((?i)passw|passphrase|pwd|token|secret|api[-_. ]?key|access[-_.]?key|(?:private|client|tls|ca|server|ssh|signing|encryption)[-_.]?key|crypto_key|\bauth\b|credential|authorization|docker(?:config|cfg)|kubeconfig|user[-_.]?data|network[-_.]?data|cloud[-_.]?(?:init|config)|cookie|bearer|session[-_.]?id)",
        {});
    return expression;
}

} // namespace

/// Names of secrets, and what stands behind them.
void TextRedactor::names(QByteArrayView text, qsizetype from, qsizetype end, QList<Masked> &found)
{
    const QByteArrayView line = text.sliced(from, end - from);
    const qsizetype indent = indentOf(line);
    for (qsizetype at = 0; at < line.size();) {
        const logs::Pcre::Hit hit = candidate().find(line, at);
        if (hit.kind != logs::Pcre::Hit::Kind::Found)
            break;
        qsizetype first = hit.start, last = hit.end;
        while (first > 0 && isNameByte(line.at(first - 1)))
            --first;
        while (last < line.size() && isNameByte(line.at(last)))
            ++last;
        at = last;
        QByteArrayView name = line.sliced(first, last - first);
        // "%22password" of a percent-encoded document: the escape is no part of the name.
        if (first > 0 && line.at(first - 1) == '%' && name.size() > 2)
            name = name.sliced(2);
        const auto kind = secretNamed(name);
        if (!kind)
            continue;
        // {name: DB_PASSWORD, value: …}
        const QByteArrayView before = line.first(first).trimmed();
        if (before.endsWith("name:") || before.endsWith("\"name\":") || before.endsWith("key:")
            || before.endsWith("name:\"") || before.endsWith("\"name\":\"") || before.endsWith("name: \"")
            || before.endsWith("\"name\": \"") || before.endsWith("\\\"name\\\":\\\"")) {
            const qsizetype valueAt = line.indexOf("value", last);
            if (valueAt < 0) {
                m_state.pending = kind;
                return;
            }
            at = valueAt + 5;
        }
        qsizetype sign = at;
        while (sign < line.size() && (line.at(sign) == '\\' || line.at(sign) == '"' || line.at(sign) == '\''))
            ++sign;
        for (const QByteArrayView quote : {QByteArrayView("%22"), QByteArrayView("%5C%22"), QByteArrayView("&quot;"),
                 QByteArrayView("&#34;"), QByteArrayView("]")}) {
            if (line.sliced(sign).startsWith(quote))
                sign += quote.size();
        }
        const qsizetype quoted = sign;
        while (sign < line.size() && isBlank(line.at(sign)))
            ++sign;
        const QByteArrayView rest = line.sliced(sign);
        qsizetype behind = -1;
        bool spaced = false;
        if (rest.startsWith(":=") || rest.startsWith("=>")) {
            behind = sign + 2;
        } else if (rest.startsWith('=') || rest.startsWith(':')) {
            behind = sign + 1;
            // "password: a b c" alone on a line is YAML; in a sentence or logfmt a value ends at a blank.
            spaced = rest.startsWith(':') && first <= indent + 1;
        } else if (rest.startsWith("%3A") || rest.startsWith("%3a") || rest.startsWith("%3D")
            || rest.startsWith("%3d")) {
            behind = sign + 3;
        } else if (rest.startsWith("\\u003d") || rest.startsWith("\\u003a")) {
            behind = sign + 6;
        } else if (rest.startsWith("is ") || rest.startsWith("was ") || rest.startsWith("to ")
            || rest.startsWith("set to ")) {
            behind = sign + (rest.startsWith("set") ? 7 : rest.indexOf(' ') + 1);
        } else if (sign > quoted && name.startsWith("-")) {
            behind = sign; // --password VALUE
        } else if (rest.startsWith(',') && name.startsWith("-")) {
            behind = sign + 1; // ["--password", "VALUE"]
        }
        if (behind < 0)
            continue;
        // Header fields go on to the end of their line.
        const QByteArray lower = name.toByteArray().toLower();
        if (lower.endsWith("authorization") || lower.endsWith("cookie"))
            spaced = true;
        at = value(text, from + behind, end, indent, *kind, spaced, found) - from;
        if (m_state.block || m_state.pending || !m_state.quote.isEmpty())
            return;
    }
}

qsizetype TextRedactor::value(QByteArrayView text, qsizetype at, qsizetype end, qsizetype indent, SecretKind kind,
    bool spaced, QList<Masked> &found)
{
    const auto mask = [&](qsizetype from, qsizetype to) {
        if (to > from && !isNoSecret(text.sliced(from, to - from)))
            found.append({{from, to}, kind});
    };
    while (at < end && isBlank(text.at(at)))
        ++at;
    if (at >= end) {
        m_state.pending = kind; // on the next line
        return end;
    }
    // YAML: a block below, an anchor or a tag before the value
    if (text.at(at) == '|' || text.at(at) == '>') {
        m_state.block = kind;
        m_state.indent = indent;
        return end;
    }
    if (text.at(at) == '[') {
        // A list of values: "tokens": ["a", "b"]
        qsizetype close = at + 1;
        while (close < end && isBlank(text.at(close)))
            ++close;
        if (close < end && (text.at(close) == '"' || text.at(close) == '\'' || text.at(close) == '\\')) {
            const qsizetype last = text.first(end).indexOf(']', close);
            mask(close, last < 0 ? end : last);
            return last < 0 ? end : last;
        }
        return at + 1;
    }
    if (text.at(at) == '{')
        return at + 1; // what is inside has names of its own
    for (const QByteArrayView quote :
        {QByteArrayView("%22"), QByteArrayView("%5C%22"), QByteArrayView("&quot;"), QByteArrayView("&#34;")}) {
        if (!text.sliced(at).startsWith(quote))
            continue;
        const qsizetype begin = at + quote.size();
        const qsizetype close = text.first(end).indexOf(quote, begin);
        mask(begin, close < 0 ? end : close);
        return close < 0 ? end : close;
    }
    qsizetype slashes = at;
    while (slashes < end && text.at(slashes) == '\\')
        ++slashes;
    if (slashes < end && (text.at(slashes) == '"' || text.at(slashes) == '\'')) {
        const QByteArray closing = text.sliced(at, slashes + 1 - at).toByteArray();
        const qsizetype begin = slashes + 1;
        const qsizetype close = closingQuote(text, begin, end, closing);
        mask(begin, close < 0 ? end : close);
        if (close < 0) {
            m_state.quote = closing;
            m_state.quoted = kind;
            return end;
        }
        return close + closing.size();
    }
    if (spaced) {
        mask(at, end);
        return end;
    }
    qsizetype last = at;
    while (last < end && !isBlank(text.at(last)))
        ++last;
    // What follows in brackets or a list is left as it is, so that a line stays readable.
    qsizetype value = last;
    while (value > at && QByteArrayView(",;)}]\"'").contains(text.at(value - 1)))
        --value;
    mask(at, value > at ? value : last);
    return last;
}

} // namespace evidence
