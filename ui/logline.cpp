// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logline.h"

#include "ui/statecolours.h"

#include <array>

namespace ui {

namespace {

QColor indexedColour(quint32 index, bool dark)
{
    // The sixteen of a terminal, chosen so that each can be read on its surface.
    static constexpr std::array<QRgb, 16> light{0x24292f, 0xcf222e, 0x1a7f37, 0x9a6700, 0x0969da, 0x8250df, 0x1b7c83,
        0x57606a, 0x57606a, 0xa40e26, 0x116329, 0x7d4e00, 0x218bff, 0xa475f9, 0x136061, 0x24292f};
    static constexpr std::array<QRgb, 16> night{0x8b949e, 0xff7b72, 0x3fb950, 0xd29922, 0x58a6ff, 0xbc8cff, 0x39c5cf,
        0xb1bac4, 0x8b949e, 0xffa198, 0x56d364, 0xe3b341, 0x79c0ff, 0xd2a8ff, 0x56d4dd, 0xf0f6fc};
    if (index < 16)
        return QColor((dark ? night : light)[index]);
    if (index >= 232) {
        const int grey = int(index - 232) * 10 + 8;
        return QColor(grey, grey, grey);
    }
    const auto level = [](quint32 step) { return step == 0 ? 0 : int(step) * 40 + 55; };
    index -= 16;
    return QColor(level(index / 36), level(index / 6 % 6), level(index % 6));
}

QTextCharFormat formatOf(const logs::Style &style, const QPalette &palette)
{
    QTextCharFormat format;
    QColor text = colourOf(style.foreground, palette, false);
    QColor surface = colourOf(style.background, palette, true);
    if (style.inverse)
        std::swap(text, surface);
    if (style.faint)
        text = blend(text, surface, 0.65);
    const bool hasSurface = style.inverse || style.background.kind != logs::Colour::Kind::Default;
    for (double share = 0.75; contrast(text, surface) < 3 && share >= 0; share -= 0.25)
        text = blend(text, contrast(Qt::white, surface) > contrast(Qt::black, surface) ? Qt::white : Qt::black, share);
    format.setForeground(text);
    if (hasSurface)
        format.setBackground(surface);
    if (style.bold)
        format.setFontWeight(QFont::Bold);
    if (style.italic)
        format.setFontItalic(true);
    if (style.underline)
        format.setFontUnderline(true);
    if (style.strike)
        format.setFontStrikeOut(true);
    return format;
}

void addSpans(QList<QTextLayout::FormatRange> &formats, const logs::Pattern &pattern, const QByteArray &text,
    const logs::DisplayText &display, const QTextCharFormat &format)
{
    if (pattern.isEmpty())
        return;
    for (const logs::Span &span : pattern.spans(text, 500)) {
        const qsizetype from = display.column(span.start);
        const qsizetype to = display.column(span.start + span.length);
        if (to > from)
            formats.append({int(from), int(to - from), format});
    }
}

} // namespace

QColor colourOf(const logs::Colour &colour, const QPalette &palette, bool background)
{
    switch (colour.kind) {
    case logs::Colour::Kind::Default:
        break;
    case logs::Colour::Kind::Indexed:
        return indexedColour(colour.value, isDark(palette));
    case logs::Colour::Kind::Rgb:
        return QColor(QRgb(colour.value));
    }
    return palette.color(background ? QPalette::Base : QPalette::Text);
}

std::pair<qsizetype, qsizetype> wholeCharacters(QByteArrayView piece, bool first, bool last)
{
    const auto continues = [&](qsizetype at) { return (static_cast<unsigned char>(piece[at]) & 0xc0) == 0x80; };
    qsizetype begin = 0;
    while (!first && begin < std::min<qsizetype>(3, piece.size()) && continues(begin))
        ++begin;
    qsizetype end = piece.size();
    if (!last) {
        qsizetype lead = end - 1;
        while (lead > begin && end - lead < 4 && continues(lead))
            --lead;
        if (lead >= begin) {
            const auto byte = static_cast<unsigned char>(piece[lead]);
            const qsizetype length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
            if (lead + length > end)
                end = lead;
        }
    }
    return {begin, std::max<qsizetype>(0, end - begin)};
}

std::shared_ptr<LogLine> layOut(
    const QByteArray &text, qint64 start, const LogColours &colours, const LogLineOptions &options)
{
    auto line = std::make_shared<LogLine>();
    line->start = start;
    line->bytes = text.size();
    line->display = logs::displayText(text);
    const QPalette &palette = options.palette;

    QList<QTextLayout::FormatRange> formats;
    for (const QTextLayout::FormatRange &range : colours.highlight.ranges(line->display.text)) {
        // Where the line brings its own colours, ours would only be in the way.
        if (line->display.runs.isEmpty())
            formats.append(range);
    }
    for (const logs::DisplayText::Run &run : line->display.runs)
        formats.append({int(run.start), int(run.length), formatOf(run.style, palette)});
    for (const logs::DisplayText::Symbol &symbol : line->display.symbols) {
        QTextCharFormat format;
        const bool invalid = symbol.kind == logs::DisplayText::Symbol::Kind::Invalid;
        format.setForeground(
            invalid ? toneText(Tone::Failed, palette, palette.color(QPalette::Base)) : quietText(palette));
        if (invalid)
            format.setBackground(toneSurface(Tone::Failed, palette));
        formats.append({int(symbol.start), int(symbol.length), format});
    }
    for (const auto &[pattern, colour] : colours.rules) {
        QTextCharFormat format;
        format.setBackground(ruleSurface(colour, palette));
        format.setForeground(palette.color(QPalette::Text));
        addSpans(formats, pattern, text, line->display, format);
    }
    if (!colours.search.isEmpty()) {
        QTextCharFormat format;
        const QColor tone = toneColour(Tone::Warning, palette);
        if (options.currentMatch) {
            format.setBackground(tone);
            format.setForeground(contrast(Qt::white, tone) > contrast(Qt::black, tone) ? Qt::white : Qt::black);
        } else {
            format.setBackground(blend(tone, palette.color(QPalette::Base), 0.3));
            format.setForeground(palette.color(QPalette::Text));
        }
        addSpans(formats, colours.search, text, line->display, format);
    }

    line->layout = std::make_unique<QTextLayout>(line->display.text, options.font);
    QTextOption option;
    option.setWrapMode(options.wrapWidth < 0 ? QTextOption::NoWrap : QTextOption::WrapAnywhere);
    option.setTabStopDistance(options.columnWidth * 8);
    option.setTextDirection(Qt::LeftToRight); // a log's columns stay where they are
    option.setUseDesignMetrics(false);
    line->layout->setTextOption(option);
    line->layout->setCacheEnabled(true);
    line->layout->setFormats(formats);
    line->layout->beginLayout();
    int number = 0;
    while (true) {
        QTextLine part = line->layout->createLine();
        if (!part.isValid())
            break;
        part.setLineWidth(options.wrapWidth < 0 ? 1e7 : options.wrapWidth);
        part.setPosition({0, double(number) * options.lineHeight});
        ++number;
    }
    line->layout->endLayout();
    line->lines = std::max(1, number);
    return line;
}

} // namespace ui
