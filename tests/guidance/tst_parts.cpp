// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What pages are made of: version patterns, conditions, Markdown, front matter, names in commands.

#include "guidance/page.h"
#include "guidance/placeholders.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace guidance;

class Parts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void patterns_data();
    void patterns();
    void conditions_data();
    void conditions();
    void blocks();
    void chineseLinesJoin();
    void codeUnderItems();
    void badMarkdown_data();
    void badMarkdown();
    void frontMatter();
    void badFrontMatter_data();
    void badFrontMatter();
    void namesAreFilledIn();
    void namesOfAHostileCluster();
    void namesOfABoard();
};

void Parts::patterns_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("version");
    QTest::addColumn<int>("applies");
    const auto row = [](const char *pattern, const char *version, Applies applies) {
        QTest::addRow("%s %s", pattern, version)
            << QString::fromLatin1(pattern) << QString::fromLatin1(version) << int(applies);
    };
    row("any", "v1.8.2", Applies::Yes);
    row("any", "", Applies::Yes);
    row("1.8.x", "v1.8.2", Applies::Yes);
    row("1.8.x", "v1.9.0", Applies::No);
    row("1.8.2", "v1.8.2", Applies::Yes);
    row("1.8.2", "1.8.2", Applies::Yes);
    row("1.8.2", "v1.8.1", Applies::No);
    row("1.9.0", "v1.9.0-rc6", Applies::Yes);
    row("1.9.0-dev", "v1.9.0-rc6", Applies::Yes);
    row("1.9.0-dev", "v1.9.0", Applies::No);
    row("1.8.0-rc1", "v1.8.0-rc1", Applies::Yes);
    row("1.8.0-rc1", "v1.8.0-rc2", Applies::No);
    row("1.7.0-rc", "v1.7.0-rc4", Applies::Yes);
    row(">=1.7.0", "v1.10.0", Applies::Yes);
    row(">=1.7.0", "v1.6.1", Applies::No);
    row("<1.5.1", "v1.5.0", Applies::Yes);
    row("<1.5.1", "v1.5.1", Applies::No);
    row("<=1.7.0", "v1.7.0", Applies::Yes);
    row("1.8.x", "", Applies::Maybe);
    row("1.8.x", "master-3f2a1b", Applies::Maybe);
}

void Parts::patterns()
{
    QFETCH(QString, pattern);
    QFETCH(QString, version);
    QFETCH(int, applies);
    QVERIFY(isPattern(pattern));
    QCOMPARE(int(matches(pattern, version)), applies);
}

void Parts::conditions_data()
{
    QTest::addColumn<QString>("condition");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<int>("applies");
    const auto row = [](const char *condition, const char *from, const char *to, Applies applies) {
        QTest::addRow("%s: %s to %s", condition, from, to)
            << QString::fromLatin1(condition) << QString::fromLatin1(from) << QString::fromLatin1(to) << int(applies);
    };
    row("to >= 1.7", "v1.6.1", "v1.7.0", Applies::Yes);
    row("to >= 1.7", "v1.5.0", "v1.6.1", Applies::No);
    row("from < 1.7 and to >= 1.7", "v1.6.1", "v1.7.0", Applies::Yes);
    row("from < 1.7 and to >= 1.7", "v1.7.0", "v1.8.0", Applies::No);
    row("to = 1.7", "", "v1.7.2", Applies::Yes);
    row("to = 1.7.2", "", "v1.7.3", Applies::No);
    row("to > 1.7", "", "v1.7.3", Applies::No); // the whole 1.7 line
    row("to <= 1.7", "", "v1.7.3", Applies::Yes);
    row("from >= 1.7", "", "v1.8.0", Applies::Maybe);
    row("from >= 1.7 and to < 1.6", "", "v1.8.0", Applies::No); // one that surely does not hold decides
}

void Parts::conditions()
{
    QFETCH(QString, condition);
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(int, applies);
    const auto parsed = parseCondition(condition);
    QVERIFY(parsed);
    QCOMPARE(int(holds(*parsed, {from, to})), applies);
    QVERIFY(!parseCondition(u"to is new"_s));
    QVERIFY(!parseCondition(u"to >= 1.7 or from < 1"_s));
}

void Parts::blocks()
{
    const auto parsed = parseMarkdown(uR"(## First *heading* {#first}

A paragraph with **strong** words,
`code {{upgrade}}`, [a page](guide:overview#x) and [a site](https://example.org/a).

- one
- two
  - deeper
1. first

> [!CAUTION]
> Never do
> this.

::: if to >= 1.7
New.
:::

| a | b |
|---|---|
| 1 | `2` |
)"_s,
        10);
    QVERIFY2(parsed, parsed ? "" : qPrintable(describe(parsed.error())));
    using Kind = Block::Kind;
    QList<Kind> kinds;
    for (const Block &block : *parsed)
        kinds.append(block.kind);
    QCOMPARE(kinds,
        (QList{Kind::Heading, Kind::Paragraph, Kind::Item, Kind::Item, Kind::Item, Kind::Item, Kind::Note,
            Kind::Paragraph, Kind::Table}));
    QCOMPARE(parsed->at(0).anchor, u"first"_s);
    QCOMPARE(parsed->at(0).line, 10);
    QCOMPARE(plain(parsed->at(1).spans), u"A paragraph with strong words, code {{upgrade}}, a page and a site."_s);
    QCOMPARE(parsed->at(1).spans.at(1).style, Span::Style::Strong);
    QCOMPARE(parsed->at(1).spans.at(3).style, Span::Style::Code);
    QCOMPARE(parsed->at(1).spans.at(5).target, u"guide:overview#x"_s);
    QCOMPARE(parsed->at(4).level, 2);
    QCOMPARE(parsed->at(5).number, 1);
    QCOMPARE(parsed->at(6).tone, Block::Tone::Caution);
    QCOMPARE(plain(parsed->at(6).spans), u"Never do this."_s);
    QCOMPARE(parsed->at(7).when.size(), 1);
    QCOMPARE(parsed->at(8).rows.size(), 2);
}

void Parts::chineseLinesJoin()
{
    const auto parsed = parseMarkdown(u"升级会重启\n每个节点。\nHarvester\n升级"_s);
    QVERIFY(parsed);
    QCOMPARE(plain(parsed->first().spans), u"升级会重启每个节点。 Harvester 升级"_s);
}

void Parts::codeUnderItems()
{
    const auto parsed
        = parseMarkdown(u"1. Look:\n   ```sh\n   kubectl get a \\\n     -o yaml\n   ```\n2. Then\n\n```text\nx\n```"_s);
    QVERIFY2(parsed, parsed ? "" : qPrintable(describe(parsed.error())));
    QCOMPARE(parsed->at(1).kind, Block::Kind::Code);
    QCOMPARE(parsed->at(1).level, 1);
    QCOMPARE(parsed->at(1).code, u"kubectl get a \\\n  -o yaml"_s);
    QCOMPARE(parsed->at(3).level, 0);
}

void Parts::badMarkdown_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("line");
    QTest::newRow("no anchor") << u"## Words"_s << 1;
    QTest::newRow("first level") << u"# Words {#a}"_s << 1;
    QTest::newRow("open code") << u"a\n\n```sh\nls"_s << 4;
    QTest::newRow("other code") << u"```python\n```"_s << 1;
    QTest::newRow("open condition") << u"::: if to >= 1.7\na"_s << 2;
    QTest::newRow("nested") << u"::: if to >= 1.7\n::: if to >= 1.8\n:::\n:::"_s << 2;
    QTest::newRow("no condition") << u"::: maybe\n:::"_s << 1;
    QTest::newRow("ragged table") << u"| a | b |\n|---|---|\n| 1 |"_s << 3;
    QTest::newRow("plain quotation") << u"> words"_s << 1;
    QTest::newRow("open strong") << u"a **b"_s << 1;
    QTest::newRow("open code span") << u"a `b"_s << 1;
    QTest::newRow("indented") << u"a\n\n    b"_s << 3;
}

void Parts::badMarkdown()
{
    QFETCH(QString, text);
    QFETCH(int, line);
    const auto parsed = parseMarkdown(text);
    QVERIFY(!parsed);
    QVERIFY(!parsed.error().text.isEmpty());
    QVERIFY2(qAbs(parsed.error().line - line) <= 1, qPrintable(describe(parsed.error())));
}

void Parts::frontMatter()
{
    const auto page
        = parsePage(u"---\nid: KI-1.9-01\ntitle: It stops: here\nkind: known-issue\nphases: [1, before]\n"
                    "from: [1.7.x, 1.8.0]\nto: [any]\nrestart: after-bundle\nfamilies: [iso-image-download]\n"
                    "keywords: [OOM, importer]\nlinks: [https://example.org]\n---\n## Cause {#cause}\nx\n"_s,
            u"en"_s, u"en/KI-1.9-01.md"_s);
    QVERIFY2(page, page ? "" : qPrintable(describe(page.error())));
    QCOMPARE(page->title, u"It stops: here"_s);
    QCOMPARE(page->phases, QList{upgrade::PhaseId::Repository});
    QVERIFY(page->before && !page->after);
    QCOMPARE(page->restart, Restart::AfterBundle);
    QVERIFY(page->heading(u"cause"_s));
    QVERIFY(!page->heading(u"remedy"_s));
    QCOMPARE(appliesTo(*page, {u"v1.7.1"_s, u"v1.8.0"_s}), Applies::Yes);
    QCOMPARE(appliesTo(*page, {u"v1.6.1"_s, u"v1.8.0"_s}), Applies::No);
    QCOMPARE(appliesTo(*page, {}), Applies::Maybe);
}

void Parts::badFrontMatter_data()
{
    QTest::addColumn<QString>("lines");
    QTest::newRow("phase") << u"id: a\ntitle: b\nkind: phase\nphases: [7]"_s;
    QTest::newRow("kind") << u"id: a\ntitle: b\nkind: poem"_s;
    QTest::newRow("key") << u"id: a\ntitle: b\nkind: phase\ncolour: red"_s;
    QTest::newRow("family") << u"id: a\ntitle: b\nkind: phase\nfamilies: [gremlins]"_s;
    QTest::newRow("version") << u"id: a\ntitle: b\nkind: phase\nfrom: [new]"_s;
    QTest::newRow("restart") << u"id: a\ntitle: b\nkind: phase\nrestart: perhaps"_s;
    QTest::newRow("no title") << u"id: a\nkind: phase"_s;
    QTest::newRow("no value") << u"id: a\ntitle"_s;
}

void Parts::badFrontMatter()
{
    QFETCH(QString, lines);
    const auto page = parsePage(u"---\n"_s + lines + u"\n---\nx"_s, u"en"_s, u"en/a.md"_s);
    QVERIFY(!page);
    QCOMPARE(page.error().file, u"en/a.md"_s);
    QVERIFY(!parsePage(u"x"_s, u"en"_s, u"a"_s));
    QVERIFY(!parsePage(u"---\nid: a"_s, u"en"_s, u"a"_s));
}

void Parts::namesAreFilledIn()
{
    const Names names{{u"upgrade"_s, u"hvst-upgrade-9gmg2"_s}};
    const QList<Piece> pieces = fillCommand(u"kubectl get upgrade {{upgrade}} {{node}}"_s, names);
    QCOMPARE(joined(pieces), u"kubectl get upgrade hvst-upgrade-9gmg2 <node>"_s);
    QCOMPARE(pieces.at(1).kind, Piece::Kind::Filled);
    QCOMPARE(pieces.last(), (Piece{Piece::Kind::Unknown, u"<node>"_s}));
    QCOMPARE(joined(fill(u"nothing to fill"_s, names)), u"nothing to fill"_s);
}

// A name comes from a cluster or a file; what is copied goes into a shell.
void Parts::namesOfAHostileCluster()
{
    const auto command
        = [](const QString &node) { return joined(fillCommand(u"kubectl get node {{node}}"_s, {{u"node"_s, node}})); };
    QCOMPARE(command(u"node1.lan"_s), u"kubectl get node node1.lan"_s);
    QCOMPARE(command(u"a; rm -rf ~"_s), u"kubectl get node 'a; rm -rf ~'"_s);
    QCOMPARE(command(u"a'$(reboot)'"_s), u"kubectl get node 'a'\\''$(reboot)'\\'''"_s);
    QCOMPARE(command(u"a\nreboot"_s), u"kubectl get node <node>"_s);
    QCOMPARE(command(u"{{upgrade}}"_s), u"kubectl get node '{{upgrade}}'"_s); // filled in once
}

void Parts::namesOfABoard()
{
    upgrade::Board board;
    board.presence = upgrade::Board::Presence::Upgrade;
    board.upgrade = {.kind = upgrade::Kind::Upgrade, .ns = u"harvester-system"_s, .name = u"up-1"_s, .uid = {}};
    board.fromVersion = u"v1.8.2"_s;
    board.toVersion = u"v1.9.0"_s;
    board.currentPhase = upgrade::PhaseId::Nodes;
    for (int i = 0; i < upgrade::phaseCount; ++i) {
        board.phases.append(upgrade::Phase{});
        board.phases.last().id = upgrade::PhaseId(i);
    }
    board.phases[1].objects = {{upgrade::Kind::Image, u"harvester-system"_s, u"my-iso"_s, {}}};
    upgrade::NodeRow node;
    node.name = u"n1"_s;
    board.nodes.append(node);
    node.name = u"n2"_s;
    node.state = upgrade::State::Running;
    node.waiting = {u"vms"_s, {u"1"_s, u"n2"_s, u"shop/db"_s}};
    board.nodes.append(node);
    upgrade::JobRow job;
    job.phase = upgrade::PhaseId::Nodes;
    job.node = u"n2"_s;
    job.state = upgrade::State::Running;
    job.job = {upgrade::Kind::Job, u"harvester-system"_s, u"up-1-pre-drain-n2"_s, {}};
    job.pods.append({.ns = {}, .name = u"pod-a"_s, .uid = {}, .containers = {}, .phase = {}, .created = {}});
    board.jobs.append(job);
    upgrade::JobRow other = job;
    other.node = u"n1"_s;
    other.job.name = u"up-1-post-drain-n1"_s;
    other.state = upgrade::State::Succeeded;
    board.jobs.append(other);

    const Names now = namesFrom(board);
    QCOMPARE(now.value(u"upgrade"_s), u"up-1"_s);
    QCOMPARE(now.value(u"to"_s), u"v1.9.0"_s);
    QCOMPARE(now.value(u"node"_s), u"n2"_s); // something is going on there
    QCOMPARE(now.value(u"job"_s), u"up-1-pre-drain-n2"_s);
    QCOMPARE(now.value(u"pod"_s), u"pod-a"_s);
    QCOMPARE(now.value(u"image"_s), u"my-iso"_s);
    QCOMPARE(now.value(u"upgradeLog"_s), u"up-1-upgradelog"_s);
    QCOMPARE(now.value(u"vm"_s), u"db"_s);
    QCOMPARE(now.value(u"vmNamespace"_s), u"shop"_s);
    QCOMPARE(namesFrom(board, u"n1"_s).value(u"job"_s), u"up-1-post-drain-n1"_s);
    QVERIFY(!namesFrom(board, u"n1"_s).contains(u"vm"_s));
    QVERIFY(namesFrom({}).isEmpty());
    for (const QString &name : now.keys())
        QVERIFY2(isPlaceholder(name), qPrintable(name));
}

QTEST_GUILESS_MAIN(Parts)
#include "tst_parts.moc"
