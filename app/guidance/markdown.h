// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The Markdown of the manual as a list of blocks: what its pages need and nothing more, so that whoever writes one is
/// told at build time what would not be shown. Pure.
///
///   ## Heading {#anchor}      levels 2 and 3; the anchor is the same in every language
///   paragraph                 lines are joined; between Chinese characters without a space
///   - item, 1. item           two levels, the second indented by two or three spaces
///   ```sh … ```               a command; indented as the item it belongs to. Other words: what is printed ("text",
///   "yaml", "json") | table | row |           a first row, a row of dashes, rows > [!NOTE] [!TIP] [!CAUTION]   and
///   lines that begin with "> "
///   ::: if to >= 1.7 … :::    blocks for some releases only (versions.h); not nested
///   **strong** `code` [words](guide:page#anchor) [words](https://…)
#pragma once

#include "guidance/versions.h"

#include <QList>
#include <QString>

#include <expected>

namespace guidance {

struct Span {
    enum class Style { Plain, Strong, Code } style = Style::Plain;
    QString text;
    QString target; ///< of a link; empty mostly
    friend bool operator==(const Span &, const Span &) = default;
};
using Spans = QList<Span>;

struct Block {
    enum class Kind { Heading, Paragraph, Item, Code, Table, Note };
    enum class Tone { Note, Tip, Caution };
    Kind kind = Kind::Paragraph;
    int level = 0;  ///< heading: 2, 3; item and code: how deep in lists, 0 none, 1, 2
    QString anchor; ///< of a heading
    int number = 0; ///< of an item, from 1; 0: a bullet
    Tone tone = Tone::Note;
    QString language; ///< of code: "sh" …
    QString code;     ///< placeholders not filled
    Spans spans;
    QList<QList<Spans>> rows; ///< of a table; the first is its head
    Condition when;
    int line = 0; ///< in the file, from 1
};

struct Problem {
    QString file;
    int line = 0; ///< 0: the whole file
    QString text; ///< for whoever writes the page; English
};
[[nodiscard]] QString describe(const Problem &problem); ///< "en/phase-nodes.md:12: no such page: x"

/// `firstLine`: of `text` in its file.
[[nodiscard]] std::expected<QList<Block>, Problem> parseMarkdown(const QString &text, int firstLine = 1);
[[nodiscard]] std::expected<Spans, QString> parseSpans(const QString &text);
/// The words alone.
[[nodiscard]] QString plain(const Spans &spans);

} // namespace guidance
