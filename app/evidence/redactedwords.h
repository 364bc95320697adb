// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Small pieces of lines, for the files that mask text.
#pragma once

#include <QByteArrayView>

namespace evidence {

[[nodiscard]] inline bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

/// Blanks at the beginning, and the dash of a YAML list's item.
[[nodiscard]] inline qsizetype indentOf(QByteArrayView line)
{
    qsizetype indent = 0;
    while (indent < line.size()
        && (isBlank(line.at(indent))
            || (line.at(indent) == '-' && indent + 1 < line.size() && line.at(indent + 1) == ' ')))
        ++indent;
    return indent;
}

/// The end of a text in quotes which `closing` ends: a quote with as many backslashes before it as the opening one.
[[nodiscard]] inline qsizetype closingQuote(QByteArrayView text, qsizetype at, qsizetype end, QByteArrayView closing)
{
    for (qsizetype i = at; i + closing.size() <= end; ++i) {
        if (!text.sliced(i).startsWith(closing))
            continue;
        qsizetype slashes = 0;
        for (qsizetype k = i; k > at && text.at(k - 1) == '\\'; --k)
            ++slashes;
        // With as many before it, it is one inside of the text that is quoted: escaped once more.
        const qsizetype own = closing.size() - 1;
        if (slashes <= own && (slashes % 2 == 0 || own > 0))
            return i;
    }
    return -1;
}

} // namespace evidence
