// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "guidance/page.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <functional>

namespace guidance {

using namespace Qt::StringLiterals;

namespace {

QStringList listOf(const QString &value)
{
    QString inside = value;
    if (inside.startsWith(u'[') && inside.endsWith(u']'))
        inside = inside.sliced(1, inside.size() - 2);
    QStringList list;
    for (const QString &part : inside.split(u',', Qt::SkipEmptyParts)) {
        if (const QString bare = part.trimmed(); !bare.isEmpty())
            list.append(bare);
    }
    return list;
}

std::optional<PageKind> kindOf(const QString &word)
{
    static const QHash<QString, PageKind> kinds{{u"overview"_s, PageKind::Overview}, {u"phase"_s, PageKind::Phase},
        {u"operation"_s, PageKind::Operation}, {u"known-issue"_s, PageKind::KnownIssue}};
    const auto found = kinds.constFind(word);
    return found == kinds.cend() ? std::nullopt : std::optional(*found);
}

std::optional<Restart> restartOf(const QString &word)
{
    static const QHash<QString, Restart> words{{u"yes"_s, Restart::Yes}, {u"after-bundle"_s, Restart::AfterBundle},
        {u"no"_s, Restart::No}, {u"not-needed"_s, Restart::NotNeeded}};
    const auto found = words.constFind(word);
    return found == words.cend() ? std::nullopt : std::optional(*found);
}

/// What is wrong with the value; empty: nothing.
QString takePhases(Page &page, const QString &value)
{
    for (const QString &word : listOf(value)) {
        bool number = false;
        const int phase = word.toInt(&number);
        if (word == "before"_L1)
            page.before = true;
        else if (word == "after"_L1)
            page.after = true;
        else if (word == "any"_L1)
            page.anyPhase = true;
        else if (number && phase >= 0 && phase < upgrade::phaseCount)
            page.phases.append(upgrade::PhaseId(phase));
        else
            return u"no phase: "_s + word;
    }
    return {};
}

QString takeVersions(QStringList &into, const QString &value)
{
    into = listOf(value);
    for (const QString &pattern : std::as_const(into)) {
        if (!isPattern(pattern))
            return u"no version pattern: "_s + pattern;
    }
    return {};
}

QString take(Page &page, const QString &key, const QString &value)
{
    if (key == "id"_L1)
        page.id = value;
    else if (key == "title"_L1)
        page.title = value;
    else if (key == "phases"_L1)
        return takePhases(page, value);
    else if (key == "from"_L1)
        return takeVersions(page.from, value);
    else if (key == "to"_L1)
        return takeVersions(page.to, value);
    else if (key == "keywords"_L1)
        page.keywords = listOf(value);
    else if (key == "links"_L1)
        page.links = listOf(value);
    else if (key == "families"_L1) {
        page.families = listOf(value);
        for (const QString &family : std::as_const(page.families)) {
            if (!families().contains(family))
                return u"no family: "_s + family;
        }
    } else if (key == "kind"_L1) {
        const auto kind = kindOf(value);
        if (!kind)
            return u"no kind of page: "_s + value;
        page.kind = *kind;
    } else if (key == "restart"_L1) {
        const auto restart = restartOf(value);
        if (!restart)
            return u"restart is yes, after-bundle, no or not-needed"_s;
        page.restart = *restart;
    } else {
        return u"unknown key: "_s + key;
    }
    return {};
}

void eachText(const Page &page, const std::function<void(const QString &)> &visit)
{
    visit(page.title);
    const auto spans = [&](const Spans &all) {
        for (const Span &span : all)
            visit(span.text);
    };
    for (const Block &block : page.blocks) {
        spans(block.spans);
        visit(block.code);
        for (const auto &row : block.rows) {
            for (const Spans &cell : row)
                spans(cell);
        }
    }
}

} // namespace

const Block *Page::heading(const QString &anchor) const
{
    const auto found = std::ranges::find_if(
        blocks, [&](const Block &block) { return block.kind == Block::Kind::Heading && block.anchor == anchor; });
    return found == blocks.end() ? nullptr : &*found;
}

const QStringList &families()
{
    static const QStringList all{u"expired-certificates"_s, u"fleet-agent-tls"_s, u"fleet-or-helm-release-stuck"_s,
        u"image-preload-job"_s, u"iso-image-download"_s, u"kubevirt-operator"_s, u"longhorn-drain-blocked"_s,
        u"managedchart-or-bundle-not-ready"_s, u"node-network-after-reboot"_s, u"node-os-image-or-disk"_s,
        u"rancher-or-capi-planner"_s, u"rke2-etcd-or-node-down"_s, u"unknown"_s, u"unsafe-restart"_s,
        u"upgrade-controller-or-script"_s, u"upgrade-log-stack"_s, u"upgrade-repo-unavailable"_s,
        u"vm-does-not-leave-node"_s, u"volume-not-healthy"_s, u"webhook-unavailable"_s};
    return all;
}

std::expected<Page, Problem> parsePage(const QString &text, const QString &language, const QString &file)
{
    const QStringList lines = text.split(u'\n');
    const auto fail = [&](int line, const QString &what) {
        return std::unexpected(Problem{.file = file, .line = line, .text = what});
    };
    if (lines.value(0) != "---"_L1)
        return fail(1, u"a page begins with ---"_s);
    const qsizetype end = lines.indexOf(u"---"_s, 1);
    if (end < 0)
        return fail(1, u"the front matter is not closed"_s);
    Page page;
    page.language = language;
    bool kindSaid = false;
    for (qsizetype i = 1; i < end; ++i) {
        const qsizetype colon = lines.at(i).indexOf(": "_L1);
        if (colon < 1)
            return fail(int(i) + 1, u"the front matter has lines \"key: value\""_s);
        const QString key = lines.at(i).first(colon);
        if (const QString wrong = take(page, key, lines.at(i).sliced(colon + 2).trimmed()); !wrong.isEmpty())
            return fail(int(i) + 1, wrong);
        kindSaid = kindSaid || key == "kind"_L1;
    }
    if (page.id.isEmpty() || page.title.isEmpty() || !kindSaid)
        return fail(1, u"id, title and kind are needed"_s);
    auto blocks = parseMarkdown(lines.mid(end + 1).join(u'\n'), int(end) + 2);
    if (!blocks) {
        blocks.error().file = file;
        return std::unexpected(blocks.error());
    }
    page.blocks = *blocks;
    return page;
}

Applies appliesTo(const Page &page, const Versions &versions)
{
    return std::min(matchesAny(page.from, versions.from), matchesAny(page.to, versions.to));
}

QStringList placeholdersOf(const Page &page)
{
    static const QRegularExpression form(u"\\{\\{([^{}]*)\\}\\}"_s);
    QStringList names;
    eachText(page, [&](const QString &text) {
        for (auto found = form.globalMatch(text); found.hasNext();)
            names.append(found.next().captured(1));
    });
    names.removeDuplicates();
    return names;
}

QStringList codeOf(const Page &page)
{
    QStringList code;
    for (const Block &block : page.blocks) {
        if (block.kind == Block::Kind::Code)
            code.append(block.code);
    }
    return code;
}

QStringList linksOf(const Page &page)
{
    QStringList targets = page.links;
    const auto take = [&](const Spans &spans) {
        for (const Span &span : spans) {
            if (!span.target.isEmpty())
                targets.append(span.target);
        }
    };
    for (const Block &block : page.blocks) {
        take(block.spans);
        for (const auto &row : block.rows) {
            for (const Spans &cell : row)
                take(cell);
        }
    }
    return targets;
}

} // namespace guidance
