// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One row of a log laid out for the screen, with its colours; of a long line only the part that is seen. And the words
/// and times that stand beside lines. UI thread.
#pragma once

#include "logs/ansi.h"
#include "logs/content.h"
#include "ui/highlight.h"
#include "ui/logrules.h"

#include <QTextLayout>

namespace ui {

enum class LogTimes { Off, Relative, Local, Utc };

struct LogLine {
    logs::DisplayText display;
    qint64 start = 0; ///< byte of the row's text where `display` begins
    qint64 bytes = 0; ///< of it that are in `display`
    std::unique_ptr<QTextLayout> layout;
    int lines = 1; ///< visual lines, when wrapped

    [[nodiscard]] qint64 offsetOf(qsizetype column) const { return start + display.offset(column); }
    [[nodiscard]] qsizetype columnOf(qint64 offset) const
    {
        return offset <= start ? 0 : offset >= start + bytes ? display.text.size() : display.column(offset - start);
    }
};

/// What colours a line beside its own escapes.
struct LogColours {
    Highlight highlight;
    QList<std::pair<logs::Pattern, int>> rules; ///< with the number of the colour
    logs::Pattern search;
    bool ansi = true;
};

struct LogLineOptions {
    QFont font;
    QPalette palette;
    int lineHeight = 16;
    double columnWidth = 8;
    double wrapWidth = -1; ///< below 0: no wrap
    bool currentMatch = false;
};

/// `text` begins at byte `start` of the row's text.
[[nodiscard]] std::shared_ptr<LogLine> layOut(
    const QByteArray &text, qint64 start, const LogColours &colours, const LogLineOptions &options);

/// Begin and end moved so that no UTF-8 character is cut: bytes to drop at the begin, and to keep of the rest.
[[nodiscard]] std::pair<qsizetype, qsizetype> wholeCharacters(QByteArrayView piece, bool first, bool last);

[[nodiscard]] QColor colourOf(const logs::Colour &colour, const QPalette &palette, bool background);

/// In words: "Pod x", "Container restarted".
[[nodiscard]] QString dividerText(const logs::Row &row, const QString &source);
/// "" when there is none or times are off. `zero`: nanoseconds since 1970 that relative times count from.
[[nodiscard]] QString timeText(const QByteArray &stamp, LogTimes times, qint64 zero);
/// The widest timeText() of a kind, for its column.
[[nodiscard]] QString timeSample(LogTimes times);

} // namespace ui
