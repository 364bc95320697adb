// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/pattern.h"

#include "logs/bytes.h"
#include "logs/compiledpattern.h"
#include "logs/confine.h"
#include "logs/required.h"
#include "logs/utf8.h"

#include <QCoreApplication>

namespace logs {

namespace {

PatternError errorOf(const Pcre::Error &error, const QByteArray &regex)
{
    const qsizetype position
        = QString::fromUtf8(QByteArrayView(regex).first(std::min(error.offset, regex.size()))).size();
    return {QCoreApplication::translate("logs::Pattern", "%1, at character %2").arg(error.text).arg(position + 1),
        position};
}

/// Letters that look different in the other case.
bool hasCase(const QString &text)
{
    return text.toUpper() != text || text.toLower() != text;
}

QByteArray escapedLiteral(const QByteArray &needle)
{
    QByteArray escaped;
    for (const char c : needle) {
        if (static_cast<unsigned char>(c) < 0x80 && !isWordByte(c)) {
            if (c < 0x20 && c >= 0) {
                escaped += "\\x" + QByteArray::number(int(c), 16).rightJustified(2, '0');
                continue;
            }
            escaped += '\\';
        }
        escaped += c;
    }
    return escaped;
}

/// The four expressions. `bounded` is what is compiled: `regex`, perhaps with the conditions of a whole word around it.
std::expected<void, Pcre::Error> compileRegex(CompiledPattern &pattern, const QByteArray &regex, bool caseless)
{
    const auto bounded = [&](const QByteArray &inner) {
        if (!pattern.wordBegins && !pattern.wordEnds)
            return inner;
        const QByteArray quoteEnd = inner.contains("\\Q") ? "\\E" : "";
        return QByteArray(
            (pattern.wordBegins ? "(?<!\\w)(?:" : "(?:") + inner + quoteEnd + (pattern.wordEnds ? ")(?!\\w)" : ")"));
    };
    const bool ascii = isAscii(regex);
    const auto compile = [&](const QByteArray &text, bool utf8, bool multiline) {
        return Pcre::compile(bounded(text), {.caseless = caseless, .utf8 = utf8, .multiline = multiline});
    };
    // As it was typed first: the position of an error is that in the person's text.
    if (auto typed = Pcre::compile(regex, {.caseless = caseless, .utf8 = true}); !typed)
        return std::unexpected(typed.error());
    auto lineAny = compile(regex, true, false);
    if (!lineAny)
        return std::unexpected(lineAny.error());
    pattern.lineAny = *lineAny;
    if (ascii)
        pattern.lineAscii = compile(regex, false, false).value_or(Pcre());
    bool anyCase = caseless;
    for (const QByteArray &literal : requiredLiterals(regex, anyCase))
        pattern.required.emplace_back(literal, anyCase);
    if (anyCase != caseless) { // found before the switch was
        pattern.required.clear();
        for (const QByteArray &literal : requiredLiterals(regex, anyCase))
            pattern.required.emplace_back(literal, true);
    }
    const auto inLine = confined(regex);
    if (!inLine)
        return {};
    pattern.looksBehind = inLine->looksBehind;
    pattern.chunkAny = compile(inLine->regex, true, true).value_or(Pcre());
    if (ascii)
        pattern.chunkAscii = compile(inLine->regex, false, true).value_or(Pcre());
    for (Pcre *chunk : {&pattern.chunkAny, &pattern.chunkAscii}) {
        if (!chunk->isFast())
            *chunk = Pcre();
    }
    return {};
}

} // namespace

const Pcre &CompiledPattern::forLine(QByteArrayView text) const
{
    return lineAscii && isAscii(text) ? lineAscii : lineAny;
}

Pcre::Hit CompiledPattern::findBytes(QByteArrayView bytes, qsizetype from) const
{
    while (true) {
        const qsizetype start = needle.find(bytes, from);
        if (start < 0)
            return {};
        const qsizetype end = start + needle.size();
        if ((!wordBegins || start == 0 || !isWordByte(bytes[start - 1]))
            && (!wordEnds || end == bytes.size() || !isWordByte(bytes[end])))
            return {Pcre::Hit::Kind::Found, start, end};
        from = start + 1;
    }
}

Pcre::Hit CompiledPattern::find(QByteArrayView text, qsizetype from) const
{
    switch (method) {
    case Method::Bytes:
        return findBytes(text, from);
    case Method::Regex:
        return forLine(text).find(text, from);
    case Method::Level:
        break;
    }
    return {};
}

Pcre::Hit::Kind CompiledPattern::test(QByteArrayView text) const
{
    if (method == Method::Level)
        return levelOf(text) >= query.level ? Pcre::Hit::Kind::Found : Pcre::Hit::Kind::None;
    return find(text, 0).kind;
}

std::expected<Pattern, PatternError> Pattern::compile(const Query &query)
{
    Pattern result;
    if (query.isEmpty())
        return result;
    const auto pattern = std::make_shared<CompiledPattern>();
    pattern->query = query;
    if (query.kind == Query::Kind::Level) {
        pattern->method = CompiledPattern::Method::Level;
        result.d = pattern;
        return result;
    }
    const QByteArray text = query.text.toUtf8();
    if (query.kind == Query::Kind::Regex) {
        pattern->method = CompiledPattern::Method::Regex;
        pattern->wordBegins = pattern->wordEnds = query.wholeWord;
        if (const auto done = compileRegex(*pattern, text, !query.caseSensitive); !done)
            return std::unexpected(errorOf(done.error(), text));
        result.d = pattern;
        return result;
    }
    // ASCII letters fold among themselves.
    pattern->needle = Finder(text, !query.caseSensitive);
    // Where the text sought begins or ends with another character than a letter or digit, there is no word to be whole.
    pattern->wordBegins = query.wholeWord && isWordByte(text.front());
    pattern->wordEnds = query.wholeWord && isWordByte(text.back());
    pattern->byLine = text.contains('\r') || text.contains('\n');
    if (!query.caseSensitive && !isAscii(text) && hasCase(query.text)) {
        pattern->method = CompiledPattern::Method::Regex;
        if (const auto done = compileRegex(*pattern, escapedLiteral(text), true); !done)
            return std::unexpected(errorOf(done.error(), text));
    }
    result.d = pattern;
    return result;
}

Query Pattern::query() const
{
    return d ? d->query : Query();
}

bool Pattern::matches(QByteArrayView text) const
{
    return d && d->test(text) == Pcre::Hit::Kind::Found;
}

bool Pattern::matchesPiece(QByteArrayView piece, bool begin, bool end) const
{
    if (!d)
        return false;
    if (d->method == CompiledPattern::Method::Regex)
        return d->forLine(piece).find(piece, 0, begin, end).kind == Pcre::Hit::Kind::Found;
    return d->test(piece) == Pcre::Hit::Kind::Found;
}

QList<Span> Pattern::spans(QByteArrayView text, qsizetype limit) const
{
    QList<Span> found;
    if (!d)
        return found;
    qsizetype from = 0;
    while (from <= text.size() && found.size() < limit) {
        const Pcre::Hit hit = d->find(text, from);
        if (hit.kind != Pcre::Hit::Kind::Found)
            break;
        if (hit.end > hit.start)
            found.append({hit.start, hit.end - hit.start});
        if (hit.end > from) {
            from = hit.end;
            continue;
        }
        if (from >= text.size())
            break;
        from += utf8At(text, from).length;
    }
    return found;
}

} // namespace logs
