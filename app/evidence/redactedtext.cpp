// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/redactedtext.h"

#include "evidence/redactedwords.h"
#include "evidence/secretshapes.h"

#include "logs/pcre.h"
#include "logs/stamp.h"

#include <algorithm>

namespace evidence {

namespace {

constexpr qsizetype block = qsizetype(64) * 1024;
constexpr qsizetype longestLine = qsizetype(16) * 1024 * 1024;

/// What PEM blocks of secrets begin with; certificates and public keys are none.
bool beginsKey(QByteArrayView line)
{
    const qsizetype at = line.indexOf("-----BEGIN ");
    return at >= 0 && line.indexOf("PRIVATE KEY", at) >= 0;
}

/// A line by which a log goes on, so that what was printed before it has ended.
bool beginsLogLine(QByteArrayView line)
{
    const auto digits = [&](qsizetype from, qsizetype count) {
        return line.size() >= from + count
            && std::ranges::all_of(line.sliced(from, count), [](char c) { return c >= '0' && c <= '9'; });
    };
    return (digits(0, 4) && line.size() > 4 && (line.at(4) == '-' || line.at(4) == '/')) || line.startsWith("time=")
        || line.startsWith("level=") || line.startsWith('[') || line.startsWith('{')
        || (line.size() > 5 && QByteArrayView("IWEF").contains(line.at(0)) && digits(1, 4) && line.at(5) == ' ');
}

/// "name: …" of YAML, or "name": of JSON.
bool isMapping(QByteArrayView text)
{
    static const logs::Pcre expression = *logs::Pcre::compile(R"(\A"?[\w.\-/]+"?:(?:\s|\z))", {});
    return expression.find(text, 0).kind == logs::Pcre::Hit::Kind::Found;
}

} // namespace

QByteArray maskOf(SecretKind kind)
{
    return "[redacted:" + secretWord(kind).toLatin1() + ']';
}

QByteArray TextRedactor::feed(QByteArrayView text)
{
    m_waiting.append(text);
    return m_waiting.size() >= block ? take(false) : QByteArray();
}

QByteArray TextRedactor::finish()
{
    QByteArray result = take(true);
    m_state = {};
    return result;
}

QByteArray TextRedactor::redact(QByteArrayView text, SecretCounts &counts, const KnownSecrets *known)
{
    TextRedactor redactor(known);
    QByteArray result = redactor.feed(text);
    result += redactor.finish();
    for (size_t i = 0; i < counts.size(); ++i)
        counts[i] += redactor.m_counts[i];
    return result;
}

QByteArray TextRedactor::take(bool all)
{
    const QByteArrayView text = m_waiting;
    QList<Span> known;
    if (m_known)
        known = m_known->find(text, m_stamped);
    // Only whole lines, and far enough before the end that a known value which begins there is there whole.
    qsizetype cut = text.size();
    if (!all) {
        const qsizetype ahead = m_known ? m_known->longest() * 2 : 0;
        cut = std::max<qsizetype>(0, text.size() - ahead);
        bool moved = true;
        while (moved && cut > 0) {
            cut = text.first(cut).lastIndexOf('\n') + 1;
            moved = false;
            for (const Span &span : std::as_const(known)) {
                if (span.start < cut && span.end > cut) {
                    cut = span.start;
                    moved = true;
                }
            }
        }
        if (cut == 0) {
            if (text.size() < longestLine)
                return {};
            cut = text.size(); // what a line without an end holds is judged by what is there
        }
    }
    QList<Masked> found;
    for (const Span &span : std::as_const(known)) {
        if (span.start < cut)
            found.append({span, SecretKind::Known});
    }
    for (qsizetype from = 0; from < cut;) {
        qsizetype end = text.indexOf('\n', from);
        if (end < 0 || end > cut)
            end = cut;
        qsizetype last = end;
        if (last > from && text.at(last - 1) == '\r')
            --last;
        if (m_stamped)
            from = std::min(last, from + logs::stampLength(text.sliced(from, last - from)));
        line(text, from, last, found);
        from = end + 1;
    }
    std::ranges::sort(found, [](const Masked &a, const Masked &b) { return a.at.start < b.at.start; });

    QByteArray result;
    result.reserve(cut);
    qsizetype at = 0;
    for (const Masked &mask : std::as_const(found)) {
        const qsizetype end = std::min(mask.at.end, cut);
        if (end <= at)
            continue;
        if (mask.at.start >= at) {
            result += text.sliced(at, mask.at.start - at);
            result += maskOf(mask.kind);
            ++m_counts[size_t(mask.kind)];
        }
        at = end;
    }
    result += text.sliced(at, cut - at);
    m_waiting.remove(0, cut);
    return result;
}

/// What lines before say of this one. True: all of it is done.
bool TextRedactor::goesOn(QByteArrayView text, qsizetype from, qsizetype end, QList<Masked> &found)
{
    const QByteArrayView line = text.sliced(from, end - from);
    const QByteArrayView trimmed = line.trimmed();
    const qsizetype indent = indentOf(line);
    const auto whole = [&](SecretKind kind) {
        if (!trimmed.isEmpty())
            found.append({{from + indent, end}, kind});
        return true;
    };
    if (m_state.key) {
        m_state.key = !line.contains("-----END ");
        return whole(SecretKind::PrivateKey);
    }
    if (beginsKey(line)) {
        const qsizetype begin = line.indexOf("-----BEGIN ");
        // On one line when its ends of lines are escaped.
        const qsizetype finish = line.indexOf("-----END ", begin);
        m_state.key = finish < 0;
        qsizetype stop = end;
        if (finish >= 0) {
            const qsizetype dashes = line.indexOf("-----", finish + 9);
            stop = dashes < 0 ? end : from + dashes + 5;
        }
        found.append({{from + begin, stop}, SecretKind::PrivateKey});
        return m_state.key;
    }
    if (!m_state.quote.isEmpty()) {
        const qsizetype close = closingQuote(text, from, end, m_state.quote);
        found.append({{from, close < 0 ? end : close}, m_state.quoted});
        if (close < 0)
            return true;
        m_state.quote.clear();
        return false;
    }
    if (m_state.block) {
        if (trimmed.isEmpty() || indent > m_state.indent)
            return whole(*m_state.block);
        m_state.block.reset();
    }
    if (m_state.cloudConfig) {
        if (!beginsLogLine(line))
            return whole(SecretKind::CloudInit);
        m_state.cloudConfig = false;
    }
    if (trimmed.startsWith("#cloud-config") || trimmed.startsWith("## template: jinja\n#cloud-config")) {
        m_state.cloudConfig = true;
        return whole(SecretKind::CloudInit);
    }
    if (m_state.pending && !trimmed.isEmpty()) {
        const SecretKind kind = *m_state.pending;
        const bool item = line.sliced(line.size() - trimmed.size()).startsWith("- ") || trimmed.startsWith("- ");
        if (!item)
            m_state.pending.reset();
        qsizetype at = from + indent;
        const QByteArrayView rest = text.sliced(at, end - at);
        // "value: …" below "name: PASSWORD"
        if (rest.startsWith("value:"))
            at += 6;
        else if (rest.startsWith("\"value\":"))
            at += 8;
        else if (!item && isMapping(rest))
            return false; // what is there has names of its own
        value(text, at, end, indent, kind, true, found);
        return true;
    }
    return false;
}

void TextRedactor::line(QByteArrayView text, qsizetype from, qsizetype end, QList<Masked> &found)
{
    if (goesOn(text, from, end, found)) {
        m_state.encoded = false;
        return;
    }
    const QByteArrayView line = text.sliced(from, end - from);
    const QByteArrayView trimmed = line.trimmed();
    const qsizetype indent = indentOf(line);

    // The end of base64 that was broken into lines of one length.
    const bool plain = isBase64Text(trimmed);
    if (m_state.encoded && plain)
        found.append({{from + indent, end}, SecretKind::Encoded});
    m_state.encoded = plain && (m_state.encoded ? trimmed.size() >= 40 : looksEncoded(trimmed));

    // kubectl prints data before the kind that says whose it is.
    if (m_state.data) {
        const qsizetype colon = line.indexOf(": ");
        if (!trimmed.isEmpty() && indent <= m_state.dataIndent) {
            m_state.data = false;
        } else if (colon > 0) {
            QByteArrayView word = line.sliced(colon + 2).trimmed();
            if (isBase64Text(word) && word.size() % 4 == 0 && !isNoSecret(word))
                found.append({{from + colon + 2, end}, SecretKind::SecretData});
        }
    }
    if (trimmed == "data:" || trimmed == "stringData:") {
        m_state.data = true;
        m_state.dataIndent = indent;
    }
    // A Secret on one line.
    if (line.contains("Secret")) {
        static const logs::Pcre inData = *logs::Pcre::compile(R"((?:data|stringData)\\*"\s*:\s*\{\K[^}]+)", {});
        for (qsizetype at = 0; line.contains("kind");) {
            const logs::Pcre::Hit hit = inData.find(line, at);
            if (hit.kind != logs::Pcre::Hit::Kind::Found)
                break;
            found.append({{from + hit.start, from + hit.end}, SecretKind::SecretData});
            at = hit.end;
        }
    }
    names(text, from, end, found);
    findShapes(text, from, end, found);
}

} // namespace evidence
