// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What of a log line is drawn, and how. Colours (SGR escapes) are obeyed; every other control character, broken UTF-8
/// and the invisible characters that turn text around are shown as visible symbols and never obeyed. Pure.
#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

namespace logs {

struct Colour {
    enum class Kind : quint8 { Default, Indexed, Rgb };
    Kind kind = Kind::Default;
    quint32 value = 0; ///< Indexed: 0..255 (0..7 normal, 8..15 bright); Rgb: 0xRRGGBB
    friend bool operator==(const Colour &, const Colour &) = default;
};

struct Style {
    Colour foreground;
    Colour background;
    bool bold = false;
    bool faint = false;
    bool italic = false;
    bool underline = false;
    bool inverse = false;
    bool strike = false;
    bool hidden = false; ///< SGR 8; a viewer should show it all the same
    friend bool operator==(const Style &, const Style &) = default;
};

/// A line made ready for drawing. Positions are UTF-16 units of `text`.
struct DisplayText {
    struct Run {
        qsizetype start = 0;
        qsizetype length = 0;
        Style style;
        friend bool operator==(const Run &, const Run &) = default;
    };
    struct Symbol {
        enum class Kind : quint8 {
            Control, ///< stands for a control character: "␀", "␛", "␍", or "‹U+202E›"
            Invalid, ///< a byte that is not UTF-8: "‹FF›"
        };
        qsizetype start = 0;
        qsizetype length = 0;
        Kind kind = Kind::Control;
        friend bool operator==(const Symbol &, const Symbol &) = default;
    };
    QString text;
    QList<Run> runs;       ///< only where the style is not the default; ascending
    QList<Symbol> symbols; ///< ascending

    /// Position in `text` of the byte at `offset` of the line, and back. For spans found in the bytes.
    [[nodiscard]] qsizetype column(qsizetype offset) const;
    [[nodiscard]] qsizetype offset(qsizetype column) const;

    /// Where text and bytes stop running in step: from this column on, column = offset + difference.
    struct Step {
        qsizetype column = 0;
        qsizetype offset = 0;
        friend bool operator==(const Step &, const Step &) = default;
    };
    QList<Step> steps; ///< ascending; between two steps one byte is one unit, after each both begin anew
};

/// Tabs stay tabs. Styles do not carry over from one line to the next.
[[nodiscard]] DisplayText displayText(QByteArrayView line);
/// The same text without styles: for copying and saving as it is shown.
[[nodiscard]] QByteArray withoutEscapes(QByteArrayView line);

} // namespace logs
