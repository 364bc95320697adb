// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/knownsecrets.h"

#include "evidence/secretnames.h"

#include "logs/stamp.h"

#include <QtEndian>

#include <algorithm>

namespace evidence {

namespace {

constexpr qsizetype shortest = 6;
constexpr qsizetype longestKept = 4096; ///< of longer ones their beginning is sought

quint32 head(const char *bytes)
{
    return qFromUnaligned<quint32>(bytes);
}

quint16 firstTwo(const char *bytes)
{
    return qFromUnaligned<quint16>(bytes);
}

/// The text without ends of lines and the blanks after them, and where each byte was.
struct Joined {
    QByteArray text;
    QList<qsizetype> lines; ///< positions in `text` where a line begins …
    QList<qsizetype> at;    ///< … and in the original
    [[nodiscard]] qsizetype original(qsizetype position) const
    {
        const auto line = std::ranges::upper_bound(lines, position) - 1;
        return at.at(line - lines.begin()) + position - *line;
    }
};

Joined joined(QByteArrayView text, bool stamped)
{
    Joined result;
    result.text.reserve(text.size());
    qsizetype position = 0;
    while (position < text.size()) {
        qsizetype end = text.indexOf('\n', position);
        if (end < 0)
            end = text.size();
        qsizetype last = end;
        if (last > position && text.at(last - 1) == '\r')
            --last;
        result.lines.append(result.text.size());
        result.at.append(position);
        result.text.append(text.sliced(position, last - position));
        position = end + 1;
        if (stamped && position < text.size())
            position += logs::stampLength(text.sliced(position));
        while (position < text.size() && (text.at(position) == ' ' || text.at(position) == '\t'))
            ++position;
    }
    return result;
}

QByteArray jsonEscaped(QByteArrayView text, bool slashes)
{
    QByteArray result;
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result.append('\\').append(c);
        else if (c == '\n')
            result.append("\\n");
        else if (c == '\t')
            result.append("\\t");
        else if (c == '/' && slashes) // as some encoders write it
            result.append("\\/");
        else
            result.append(c);
    }
    return result;
}

} // namespace

void KnownSecrets::add(QByteArrayView secret)
{
    const QByteArray value = secret.trimmed().first(std::min(secret.trimmed().size(), longestKept)).toByteArray();
    if (value.size() < shortest || isNoSecret(value) || m_values.contains(value))
        return;
    // A lower-case word alone ("default", "harvester") is in every second line of a log.
    const bool word = std::ranges::all_of(value, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
    if (word && value.size() < 12)
        return;
    m_values.insert(value);
    addForm(value);
    addForm(value.toPercentEncoding());
    addForm(value.toHex());
    addForm(value.toHex().toUpper());
    addForm(jsonEscaped(value, false));
    addForm(jsonEscaped(value, true));
    QByteArray oneLine = value;
    addForm(oneLine.replace('\n', QByteArray()).replace('\r', QByteArray()));
    // In base64 the same bytes look different after 0, 1 or 2 others; the characters which those share are left out.
    for (int before = 0; before < 3; ++before) {
        const QByteArray padded = QByteArray(before, '\0') + value;
        const qsizetype whole = padded.size() * 8 / 6; // without the last, which it shares with what follows
        const qsizetype from = (before * 8 + 5) / 6;
        if (whole - from < shortest)
            continue;
        addForm(padded.toBase64().sliced(from, whole - from));
        addForm(padded.toBase64(QByteArray::Base64UrlEncoding).sliced(from, whole - from));
    }
}

void KnownSecrets::addForm(const QByteArray &form)
{
    if (form.size() < 4)
        return;
    QList<QByteArray> &forms = m_needles[head(form.constData())];
    if (forms.contains(form))
        return;
    forms.append(form);
    m_begins.set(firstTwo(form.constData()));
    m_longest = std::max(m_longest, form.size());
}

QList<Span> KnownSecrets::find(QByteArrayView text, bool stamped) const
{
    QList<Span> result;
    if (m_needles.isEmpty())
        return result;
    const Joined all = joined(text, stamped);
    const QByteArrayView sought = all.text;
    qsizetype masked = 0;
    for (qsizetype at = 0; at + 4 <= sought.size(); ++at) {
        if (!m_begins.test(firstTwo(sought.data() + at)))
            continue;
        const auto forms = m_needles.constFind(head(sought.data() + at));
        if (forms == m_needles.cend())
            continue;
        for (const QByteArray &form : *forms) {
            if (at + form.size() <= masked || !sought.sliced(at).startsWith(form))
                continue;
            masked = at + form.size();
            result.append({all.original(at), all.original(masked - 1) + 1});
        }
    }
    return result;
}

} // namespace evidence
