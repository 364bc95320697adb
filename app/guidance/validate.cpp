// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "guidance/validate.h"

#include "guidance/placeholders.h"

#include <algorithm>

namespace guidance {

using namespace Qt::StringLiterals;

namespace {

QString fileOf(const Page &page)
{
    return page.language + u'/' + page.id + u".md"_s;
}

/// "## anchor", "item 2", "code" …: what must be alike in every language, block by block.
QStringList outline(const Page &page)
{
    QStringList lines;
    for (const Block &block : page.blocks) {
        QString line;
        switch (block.kind) {
        case Block::Kind::Heading:
            line = u"heading %1 %2"_s.arg(block.level).arg(block.anchor);
            break;
        case Block::Kind::Paragraph:
            line = u"paragraph"_s;
            break;
        case Block::Kind::Item:
            line = u"item %1 %2"_s.arg(block.level).arg(block.number);
            break;
        case Block::Kind::Code:
            line = u"code %1 %2"_s.arg(block.level).arg(block.language);
            break;
        case Block::Kind::Table:
            line = u"table %1 × %2"_s.arg(block.rows.size()).arg(block.rows.value(0).size());
            break;
        case Block::Kind::Note:
            line = u"note %1"_s.arg(int(block.tone));
            break;
        }
        for (const Comparison &one : block.when)
            line += u" if %1 %2 %3"_s.arg(int(one.subject)).arg(int(one.relation)).arg(one.version);
        lines.append(line);
    }
    return lines;
}

void differ(
    QList<Problem> &problems, const Page &page, const char *what, const QStringList &here, const QStringList &there)
{
    if (here == there)
        return;
    const auto [mine, theirs] = std::ranges::mismatch(here, there);
    const QString text = u"%1 not as in the other language: \"%2\" against \"%3\" (number %4)"_s.arg(
        QLatin1StringView(what), mine == here.end() ? u"nothing"_s : *mine,
        theirs == there.end() ? u"nothing"_s : *theirs, QString::number(mine - here.begin() + 1));
    problems.append({.file = fileOf(page), .line = 0, .text = text});
}

QStringList sorted(QStringList list)
{
    list.sort();
    return list;
}

void checkLinks(QList<Problem> &problems, const Library &library, const Page &page)
{
    for (const QString &target : linksOf(page)) {
        const auto bad = [&](const QString &text) {
            problems.append({.file = fileOf(page), .line = 0, .text = text + u": "_s + target});
        };
        if (isExternal(target))
            continue;
        const std::optional<Place> place = placeOf(target);
        const Page *to = place ? library.page(place->id, page.language) : nullptr;
        if (!place)
            bad(u"neither https nor a page"_s);
        else if (!to)
            bad(u"no such page"_s);
        else if (!place->anchor.isEmpty() && !to->heading(place->anchor))
            bad(u"no such heading"_s);
    }
}

void checkNames(QList<Problem> &problems, const Page &page)
{
    for (const QString &name : placeholdersOf(page)) {
        if (!isPlaceholder(name))
            problems.append({.file = fileOf(page), .line = 0, .text = u"no such placeholder: "_s + name});
    }
    QStringList anchors;
    for (const Block &block : page.blocks) {
        if (block.kind == Block::Kind::Heading) {
            if (anchors.contains(block.anchor))
                problems.append(
                    {.file = fileOf(page), .line = block.line, .text = u"an anchor twice: "_s + block.anchor});
            anchors.append(block.anchor);
        }
    }
    if (page.kind == PageKind::KnownIssue) {
        for (const QString &needed : {u"symptom"_s, u"cause"_s, u"remedy"_s}) {
            if (!anchors.contains(needed))
                problems.append({.file = fileOf(page), .line = 0, .text = u"no heading "_s + needed});
        }
        if (page.restart == Restart::Unsaid)
            problems.append({.file = fileOf(page), .line = 0, .text = u"restart is not said"_s});
    }
    if (page.kind == PageKind::Phase) {
        for (const QString &needed : {u"what"_s, u"who"_s, u"normal"_s, u"look"_s, u"wrong"_s, u"restart"_s}) {
            if (!anchors.contains(needed))
                problems.append({.file = fileOf(page), .line = 0, .text = u"no heading "_s + needed});
        }
    }
}

} // namespace

QList<Problem> compare(const Page &page, const Page &with)
{
    QList<Problem> problems;
    const auto front = [](const Page &of) {
        QStringList lines{QString::number(int(of.kind)), QString::number(int(of.restart)),
            u"from "_s + of.from.join(u','), u"to "_s + of.to.join(u','), u"families "_s + of.families.join(u','),
            u"when %1%2%3"_s.arg(of.before).arg(of.after).arg(of.anyPhase)};
        for (const upgrade::PhaseId phase : of.phases)
            lines.append(QString::number(int(phase)));
        return lines;
    };
    differ(problems, page, "front matter", front(page), front(with));
    differ(problems, page, "blocks", outline(page), outline(with));
    differ(problems, page, "commands", codeOf(page), codeOf(with));
    differ(problems, page, "placeholders", sorted(placeholdersOf(page)), sorted(placeholdersOf(with)));
    differ(problems, page, "links", sorted(linksOf(page)), sorted(linksOf(with)));
    return problems;
}

QList<Problem> validate(const Library &library)
{
    QList<Problem> problems = library.problems();
    const QStringList &languages = Library::languages();
    for (const QString &language : languages) {
        for (const Page &page : library.pages(language)) {
            checkLinks(problems, library, page);
            checkNames(problems, page);
            for (const QString &other : languages) {
                if (other == language)
                    continue;
                if (const Page *same = library.page(page.id, other)) {
                    if (language < other)
                        problems += compare(*same, page);
                } else {
                    problems.append({.file = fileOf(page), .line = 0, .text = u"not there in "_s + other});
                }
            }
        }
    }
    return problems;
}

} // namespace guidance
