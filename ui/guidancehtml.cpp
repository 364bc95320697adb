// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/guidancehtml.h"

#include "ui/guidancewords.h"
#include "ui/statecolours.h"
#include "ui/style.h"

#include <QFontDatabase>
#include <QFontInfo>

namespace ui {

using namespace Qt::StringLiterals;
using guidance::Applies;
using guidance::Block;
using guidance::Page;
using guidance::PageKind;
using guidance::Piece;
using guidance::Span;

namespace {

struct Colours {
    explicit Colours(const QPalette &palette)
        : text(palette.color(QPalette::Text))
        , quiet(quietText(palette))
        , link(toneText(Tone::Running, palette, palette.color(QPalette::Base)))
        , code(blend(text, palette.color(QPalette::Base), isDark(palette) ? 0.08 : 0.045))
        , line(hairline(palette))
        , unknown(toneText(Tone::Warning, palette, code))
        , mark(blend(toneColour(Tone::Warning, palette), palette.color(QPalette::Base), isDark(palette) ? 0.34 : 0.26))
    {
    }
    QColor text, quiet, link, code, line, unknown, mark;
};

class Writer {
public:
    Writer(const GuidanceSituation &situation, const GuidanceLook &look)
        : m_situation(situation)
        , m_look(look)
        , m_colours(look.palette)
        , m_mono(QFontDatabase::systemFont(QFontDatabase::FixedFont).family())
    {
        m_points = look.font.pointSizeF() > 0 ? look.font.pointSizeF() : QFontInfo(look.font).pointSizeF();
    }

    void page(const guidance::Library &library, const Page &page);
    void contents(const guidance::Library &library, const QString &language);
    void hits(const QString &query, const QList<guidance::Hit> &hits);
    [[nodiscard]] QString result() const
    {
        return u"<html><body style='color:%1'>%2</body></html>"_s.arg(m_colours.text.name(), m_html);
    }

private:
    void title(const QString &text, const QString &above)
    {
        if (!above.isEmpty())
            m_html += u"<p style='margin:0 0 2px 0;color:%1;font-size:%2pt'>%3</p>"_s.arg(
                m_colours.quiet.name(), size(-1), above.toHtmlEscaped());
        m_html += u"<p style='margin:0 0 8px 0;font-size:%1pt;font-weight:600'>%2</p>"_s.arg(
            size(3), text.toHtmlEscaped());
    }
    void heading(const QString &html, int level, const QString &anchor)
    {
        m_html += u"<p style='margin:%1px 0 4px 0;font-size:%2pt;font-weight:600'><a name='%3'></a>%4</p>"_s.arg(
            QString::number(level == 2 ? 18 : 12), size(level == 2 ? 1 : 0), anchor, html);
    }
    void quiet(const QString &html)
    {
        m_html += u"<p style='margin:0 0 8px 0;color:%1;font-size:%2pt'>%3</p>"_s.arg(
            m_colours.quiet.name(), size(-1), html);
    }
    [[nodiscard]] QString size(int more) const { return QString::number(m_points + more); }
    [[nodiscard]] QString link(const QString &target, const QString &html) const
    {
        return u"<a href='%1' style='color:%2;text-decoration:none'>%3</a>"_s.arg(
            target.toHtmlEscaped(), m_colours.link.name(), html);
    }
    void entry(const Page &page, bool quietly)
    {
        const QString id = page.kind == PageKind::KnownIssue
            ? u" <span style='color:%1;font-size:%2pt'>%3</span>"_s.arg(m_colours.quiet.name(), size(-1), page.id)
            : QString();
        const QString words = page.title.toHtmlEscaped();
        m_html += u"<p style='margin:0 0 6px 0'>%1%2</p>"_s.arg(
            link(u"guide:"_s + page.id,
                quietly ? u"<span style='color:%1'>%2</span>"_s.arg(m_colours.quiet.name(), words) : words),
            id);
    }

    [[nodiscard]] QString pieces(const QList<Piece> &all) const;
    [[nodiscard]] QString spans(const guidance::Spans &all) const;
    void block(const Block &block);
    void code(const Block &block);
    void table(const Block &block);
    void note(const Block &block);
    void condition(const Block &block);
    void issuesOfPhase(const guidance::Library &library, const Page &page);
    void links(const Page &page);

    const GuidanceSituation &m_situation;
    const GuidanceLook &m_look;
    Colours m_colours;
    QString m_mono;
    double m_points;
    QString m_html;
    int m_command = 0;
    bool m_unknownTold = false;
    guidance::Condition m_when; ///< the one that was told last
};

QString Writer::pieces(const QList<Piece> &all) const
{
    QString html;
    for (const Piece &piece : all) {
        const QString text = piece.text.toHtmlEscaped();
        html += piece.kind == Piece::Kind::Unknown
            ? u"<span style='color:%1'>%2</span>"_s.arg(m_colours.unknown.name(), text)
            : text;
    }
    return html;
}

QString Writer::spans(const guidance::Spans &all) const
{
    QString html;
    for (const Span &span : all) {
        QString text = pieces(guidance::fill(span.text, m_situation.names));
        if (span.style == Span::Style::Code)
            text = u"<span style=\"font-family:'%1';background-color:%2\">%3</span>"_s.arg(
                m_mono, m_colours.code.name(), text);
        else if (span.style == Span::Style::Strong)
            text = u"<b>%1</b>"_s.arg(text);
        html += span.target.isEmpty() ? text : link(span.target, text);
    }
    return html;
}

void Writer::condition(const Block &block)
{
    if (block.when == m_when)
        return;
    m_when = block.when;
    // Told only where nobody knows whether it holds.
    if (!block.when.isEmpty() && guidance::holds(block.when, m_situation.versions) == Applies::Maybe)
        m_html += u"<p style='margin:6px 0 2px 0;color:%1;font-size:%2pt'>%3</p>"_s.arg(
            m_colours.quiet.name(), size(-1), conditionText(block.when).toHtmlEscaped());
}

void Writer::code(const Block &block)
{
    const QList<Piece> filled = guidance::fillCommand(block.code, m_situation.names);
    const bool command = block.language == "sh"_L1;
    QString copy;
    if (command && !m_look.forPaper) {
        copy = u"<p align='right' style='margin:0'>%1</p>"_s.arg(link(u"copy:%1"_s.arg(m_command),
            u"<img src='icon:copy' width='12' height='12'>&nbsp;%1"_s.arg(copyWord().toHtmlEscaped())));
    }
    if (command)
        ++m_command;
    QString text = pieces(filled);
    text.replace(u'\n', u"<br>"_s);
    m_html
        += u"<table width='100%' cellspacing='0' cellpadding='7' style='margin:2px 0 10px %1px'><tr><td bgcolor='%2'>"
           "%3<p style=\"margin:0;font-family:'%4';font-size:%5pt;white-space:pre-wrap\">%6</p></td></tr></table>"_s
               .arg(QString::number(block.level * 18), m_colours.code.name(), copy, m_mono, size(-1), text);
    const bool unknown = std::ranges::any_of(filled, [](const Piece &one) { return one.kind == Piece::Kind::Unknown; });
    if (unknown && !std::exchange(m_unknownTold, true))
        quiet(unknownNamesText().toHtmlEscaped());
}

void Writer::table(const Block &block)
{
    m_html += u"<table width='100%' cellspacing='0' cellpadding='5' style='margin:4px 0 10px 0'>"_s;
    for (qsizetype row = 0; row < block.rows.size(); ++row) {
        m_html += u"<tr>"_s;
        for (const guidance::Spans &cell : block.rows.at(row)) {
            const QString html = spans(cell);
            m_html += u"<td style='border-bottom:1px solid %1'>%2</td>"_s.arg(m_colours.line.name(),
                row > 0
                    ? html
                    : u"<span style='color:%1;font-size:%2pt'>%3</span>"_s.arg(m_colours.quiet.name(), size(-1), html));
        }
        m_html += u"</tr>"_s;
    }
    m_html += u"</table>"_s;
}

void Writer::note(const Block &block)
{
    const Tone tone = block.tone == Block::Tone::Caution ? Tone::Failed
        : block.tone == Block::Tone::Tip                 ? Tone::Succeeded
                                                         : Tone::Running;
    const QColor surface = toneSurface(tone, m_look.palette);
    m_html += u"<table width='100%' cellspacing='0' cellpadding='8' style='margin:4px 0 10px 0'><tr><td bgcolor='%1'>"
              "<p style='margin:0'><b style='color:%2'>%3</b> %4</p></td></tr></table>"_s.arg(surface.name(),
                  toneText(tone, m_look.palette, surface).name(), noteWord(block.tone).toHtmlEscaped(),
                  spans(block.spans));
}

void Writer::block(const Block &block)
{
    condition(block);
    switch (block.kind) {
    case Block::Kind::Heading:
        heading(spans(block.spans), block.level, block.anchor);
        break;
    case Block::Kind::Paragraph:
        m_html += u"<p style='margin:0 0 8px 0'>%1</p>"_s.arg(spans(block.spans));
        break;
    case Block::Kind::Item: {
        // A hanging bullet without Qt's deep list indents: panels are narrow.
        const QString sign = block.number > 0 ? u"%1."_s.arg(block.number) : u"•"_s;
        m_html += u"<table cellspacing='0' cellpadding='0' style='margin:0 0 4px %1px'><tr><td width='18'>"
                  "<p style='margin:0;color:%2'>%3</p></td><td><p style='margin:0'>%4</p></td></tr></table>"_s.arg(
                      QString::number((block.level - 1) * 18), m_colours.quiet.name(), sign, spans(block.spans));
        break;
    }
    case Block::Kind::Code:
        code(block);
        break;
    case Block::Kind::Table:
        table(block);
        break;
    case Block::Kind::Note:
        note(block);
        break;
    }
}

void Writer::issuesOfPhase(const guidance::Library &library, const Page &page)
{
    const auto issues = library.issuesOf(page.phases.value(0), m_situation.versions, page.language);
    if (issues.isEmpty())
        return;
    heading(knownIssuesTitle(m_situation.versions).toHtmlEscaped(), 2, u"known-issues"_s);
    for (const Page *issue : issues)
        entry(*issue, false);
}

void Writer::links(const Page &page)
{
    if (page.links.isEmpty())
        return;
    heading(seeAlsoTitle().toHtmlEscaped(), 2, u"links"_s);
    for (const QString &target : page.links) {
        // The address without what all have in common.
        QString words = target;
        words.remove(u"https://"_s).remove(u"github.com/"_s).replace(u"/blob/main/"_s, u": "_s);
        m_html += u"<p style='margin:0 0 4px 0'>%1</p>"_s.arg(
            link(target, (m_look.forPaper ? target : words).toHtmlEscaped()));
    }
}

void Writer::page(const guidance::Library &library, const Page &page)
{
    title(page.title, kindText(page));
    if (page.kind == PageKind::KnownIssue) {
        quiet(u"%1<br>%2"_s.arg(releasesText(page).toHtmlEscaped(), restartText(page.restart).toHtmlEscaped()));
        if (guidance::appliesTo(page, m_situation.versions) == Applies::No)
            quiet(u"<b>%1</b>"_s.arg(otherReleasesText(m_situation.versions).toHtmlEscaped()));
    }
    for (const Block &one : page.blocks) {
        if (guidance::holds(one.when, m_situation.versions) != Applies::No)
            block(one);
    }
    if (page.kind == PageKind::Phase)
        issuesOfPhase(library, page);
    links(page);
}

void Writer::contents(const guidance::Library &library, const QString &language)
{
    title(contentsTitle(), {});
    PageKind kind = PageKind::Overview;
    bool others = false;
    const auto &pages = library.pages(language);
    for (const Page &page : pages) {
        if (page.kind == PageKind::KnownIssue)
            break;
        if (page.kind != kind) {
            kind = page.kind;
            heading(kindTitle(kind).toHtmlEscaped(), 2, {});
        }
        entry(page, false);
    }
    heading(knownIssuesTitle(m_situation.versions).toHtmlEscaped(), 2, u"known-issues"_s);
    for (const bool fitting : {true, false}) {
        for (const Page &page : pages) {
            if (page.kind != PageKind::KnownIssue
                || (guidance::appliesTo(page, m_situation.versions) != Applies::No) != fitting)
                continue;
            if (!fitting && !std::exchange(others, true))
                heading(otherIssuesTitle().toHtmlEscaped(), 2, u"other-issues"_s);
            entry(page, !fitting);
        }
    }
}

void Writer::hits(const QString &query, const QList<guidance::Hit> &hits)
{
    title(hits.isEmpty() ? nothingFoundTitle(query) : foundTitle(int(hits.size())), {});
    if (hits.isEmpty())
        quiet(nothingFoundText().toHtmlEscaped());
    for (const guidance::Hit &hit : hits) {
        QString snippet;
        qsizetype done = 0;
        for (const auto &mark : hit.marks) {
            snippet += hit.snippet.sliced(done, mark.at - done).toHtmlEscaped();
            snippet += u"<span style='background-color:%1;color:%2'>%3</span>"_s.arg(
                m_colours.mark.name(), m_colours.text.name(), hit.snippet.sliced(mark.at, mark.size).toHtmlEscaped());
            done = mark.at + mark.size;
        }
        snippet += hit.snippet.sliced(done).toHtmlEscaped();
        const QString target = hit.anchor.isEmpty() ? u"guide:"_s + hit.id : u"guide:%1#%2"_s.arg(hit.id, hit.anchor);
        m_html += u"<p style='margin:0 0 1px 0'>%1</p>"_s.arg(link(target, hit.title.toHtmlEscaped()));
        m_html += u"<p style='margin:0 0 12px 0;color:%1;font-size:%2pt'>%3%4</p>"_s.arg(m_colours.quiet.name(),
            size(-1), hit.heading.isEmpty() ? QString() : hit.heading.toHtmlEscaped() + u" · "_s, snippet);
    }
}

} // namespace

QString guidanceHtml(
    const guidance::Library &library, const Page &page, const GuidanceSituation &situation, const GuidanceLook &look)
{
    Writer writer(situation, look);
    writer.page(library, page);
    return writer.result();
}

QString guidanceContents(const guidance::Library &library, const QString &language, const GuidanceSituation &situation,
    const GuidanceLook &look)
{
    Writer writer(situation, look);
    writer.contents(library, language);
    return writer.result();
}

QString guidanceHits(const QString &query, const QList<guidance::Hit> &hits, const GuidanceLook &look)
{
    const GuidanceSituation nothing;
    Writer writer(nothing, look);
    writer.hits(query, hits);
    return writer.result();
}

QStringList guidanceCommands(const Page &page, const GuidanceSituation &situation)
{
    QStringList commands;
    for (const Block &block : page.blocks) {
        if (block.kind == Block::Kind::Code && block.language == "sh"_L1
            && guidance::holds(block.when, situation.versions) != Applies::No)
            commands.append(guidance::joined(guidance::fillCommand(block.code, situation.names)));
    }
    return commands;
}

} // namespace ui
