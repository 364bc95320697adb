// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The manual as it is shipped: complete and alike in both languages, with a page for every phase, family and known
// issue; and which page is chosen for a situation.

#include "diagnosis/finding.h"
#include "guidance/placeholders.h"
#include "guidance/validate.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace guidance;
using upgrade::PhaseId;

class Manual : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void isValid();
    void differencesAreFound();
    void everyPhase();
    void everyFamily();
    void everyKnownIssue();
    void everyPlaceholderIsUsed();
    void chineseIsChinese();
    void commandsAreHarmless();
    void placeOfASelection();
    void issuesOfAPhase();
    void pageOfAFinding();
    void links();

private:
    Library m_manual;
};

void Manual::initTestCase()
{
    m_manual = Library::load();
}

void Manual::isValid()
{
    const QList<Problem> problems = validate(m_manual);
    QStringList told;
    for (const Problem &problem : problems)
        told.append(describe(problem));
    QVERIFY2(problems.isEmpty(), qPrintable(told.join(u'\n')));
    QVERIFY(m_manual.pages(u"en"_s).size() > 150);
    QCOMPARE(m_manual.pages(u"zh_CN"_s).size(), m_manual.pages(u"en"_s).size());
}

void Manual::differencesAreFound()
{
    const auto page = [](const QString &language, const QString &body) {
        return *parsePage(u"---\nid: a\ntitle: A\nkind: operation\n---\n"_s + body, language, u"a.md"_s);
    };
    const QString body
        = u"## X {#x}\n\nWords {{upgrade}} [more](guide:a#x).\n\n```sh\nkubectl get {{upgrade}}\n```\n"_s;
    QVERIFY(validate(Library::of({page(u"en"_s, body), page(u"zh_CN"_s, body)})).isEmpty());
    const auto problems = [&](QString changed) {
        return validate(Library::of({page(u"en"_s, body), page(u"zh_CN"_s, changed)})).size();
    };
    QVERIFY(problems(QString(body).replace(u"kubectl"_s, u"helm"_s)) > 0);
    QVERIFY(problems(QString(body).replace(u"{{upgrade}} ["_s, u"["_s).replace(u"get {{upgrade}}"_s, u"get x"_s)) > 0);
    QVERIFY(problems(QString(body).replace(u"{#x}"_s, u"{#y}"_s)) > 0);
    QVERIFY(problems(QString(body).replace(u"guide:a#x"_s, u"guide:b"_s)) > 0);
    QVERIFY(problems(QString(body).replace(u"guide:a#x"_s, u"http://example.org"_s)) > 0);
    QVERIFY(problems(QString(body).replace(u"{{upgrade}} ["_s, u"{{upgrad}} ["_s)) > 0);
    QVERIFY(problems(body + u"\nMore.\n"_s) > 0);
    QVERIFY(!validate(Library::of({page(u"en"_s, body)})).isEmpty()); // one language only
}

void Manual::everyPhase()
{
    for (int i = 0; i < upgrade::phaseCount; ++i) {
        const Page *page = m_manual.page(phasePage(PhaseId(i)), u"en"_s);
        QVERIFY2(page, qPrintable(phasePage(PhaseId(i))));
        QCOMPARE(page->kind, PageKind::Phase);
        QCOMPARE(page->phases, QList{PhaseId(i)});
        QVERIFY(!codeOf(*page).isEmpty());
    }
}

void Manual::everyFamily()
{
    const QStringList &known = diagnosis::families();
    QCOMPARE(QSet<QString>(known.cbegin(), known.cend()), QSet<QString>(families().cbegin(), families().cend()));
    for (const QString &family : families()) {
        if (family == "unknown"_L1)
            continue;
        QVERIFY2(m_manual.forFinding({}, family, {}, u"en"_s), qPrintable(family));
    }
    QVERIFY(!m_manual.forFinding({}, u"unknown"_s, {}, u"en"_s));
}

void Manual::everyKnownIssue()
{
    QFile file(u"" GLEANER_FIXTURES "/guidance/known-issues.txt"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    static const QHash<Restart, QString> words{{Restart::Yes, u"yes"_s}, {Restart::AfterBundle, u"after-bundle"_s},
        {Restart::No, u"no"_s}, {Restart::NotNeeded, u"not-needed"_s}};
    int count = 0;
    while (!file.atEnd()) {
        const QStringList fields = QString::fromUtf8(file.readLine()).trimmed().split(u'\t');
        if (fields.size() < 5)
            continue;
        ++count;
        for (const QString &language : Library::languages()) {
            const Page *page = m_manual.page(fields.at(0), language);
            QVERIFY2(page, qPrintable(fields.at(0) + u' ' + language));
            QCOMPARE(page->kind, PageKind::KnownIssue);
            QCOMPARE(page->from.join(u", "_s), fields.at(2));
            QCOMPARE(page->to.join(u", "_s), fields.at(3));
            QCOMPARE(words.value(page->restart), fields.at(4));
            const QString phase = page->before ? u"before"_s
                : page->after                  ? u"after"_s
                : page->anyPhase               ? u"any"_s
                                               : QString::number(int(page->phases.value(0)));
            QCOMPARE(phase, fields.at(1));
        }
    }
    QCOMPARE(count, 134);
}

void Manual::everyPlaceholderIsUsed()
{
    QStringList used;
    for (const Page &page : m_manual.pages(u"en"_s))
        used += placeholdersOf(page);
    QFile documentation(u"" GLEANER_SOURCE "/docs/guidance.md"_s);
    QVERIFY(documentation.open(QIODevice::ReadOnly));
    const QString explained = QString::fromUtf8(documentation.readAll());
    for (const Placeholder &one : placeholders()) {
        QVERIFY2(used.contains(one.name), one.name.data());
        QVERIFY2(explained.contains(u"{{"_s + one.name + u"}}"_s), one.name.data());
    }
}

void Manual::chineseIsChinese()
{
    static const QRegularExpression han(u"[\u4e00-\u9fff]"_s);
    // A space stands between Chinese and Latin, none before Chinese punctuation.
    static const QRegularExpression tight(u"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]| [，。；：）]"_s);
    for (const Page &page : m_manual.pages(u"zh_CN"_s)) {
        QVERIFY2(han.match(page.title).hasMatch(), qPrintable(page.id));
        const auto check = [&](const Spans &spans) {
            const QString text = plain(spans);
            const auto match = tight.match(text);
            QVERIFY2(!match.hasMatch(),
                qPrintable(page.id + u": "_s + text.mid(std::max<qsizetype>(0, match.capturedStart() - 10), 30)));
            QVERIFY2(!text.contains(u"您"_s), qPrintable(page.id));
        };
        for (const Block &block : page.blocks) {
            if (block.kind == Block::Kind::Heading || block.kind == Block::Kind::Paragraph
                || block.kind == Block::Kind::Note)
                QVERIFY2(han.match(plain(block.spans)).hasMatch(), qPrintable(page.id + u": "_s + plain(block.spans)));
            check(block.spans);
            for (const auto &row : block.rows) {
                for (const Spans &cell : row)
                    check(cell);
            }
        }
    }
    for (const Page &page : m_manual.pages(u"en"_s)) {
        for (const Block &block : page.blocks)
            QVERIFY2(!han.match(plain(block.spans)).hasMatch(), qPrintable(page.id));
    }
}

// What the manual offers to copy never bypasses the cluster's own guards and never replaces the Upgrade object.
void Manual::commandsAreHarmless()
{
    static const QRegularExpression never(
        u"skipWebhook=|skipWebhook\"|kubectl (replace|apply|edit) .*upgrades?\\b|remove.*finalizer|delete node |delete secret |skip-retry-with-succeed"_s,
        QRegularExpression::CaseInsensitiveOption);
    for (const Page &page : m_manual.pages(u"en"_s)) {
        for (const QString &code : codeOf(page))
            QVERIFY2(!never.match(code).hasMatch(), qPrintable(page.id + u": "_s + code));
        // Custom resources have no fields to select by, on most releases.
        static const QRegularExpression byField(u"--field-selector"_s), core(u"get (pods|events)\\b"_s);
        for (const QString &code : codeOf(page)) {
            for (const QString &line : code.split(u'\n'))
                QVERIFY2(!byField.match(line).hasMatch() || core.match(line).hasMatch(), qPrintable(page.id + line));
        }
        // The one command that stops an upgrade stands on the page that says when that may be done.
        for (const QString &code : codeOf(page)) {
            if (code.contains("delete upgrade"_L1))
                QCOMPARE(page.id, u"stop-upgrade"_s);
        }
    }
}

void Manual::placeOfASelection()
{
    upgrade::Board board;
    QCOMPARE(placeFor(board, {}, {}), (Place{u"overview"_s, {}}));
    board.presence = upgrade::Board::Presence::Upgrade;
    board.state = upgrade::State::Running;
    board.currentPhase = PhaseId::Nodes;
    upgrade::NodeRow node;
    node.name = u"n1"_s;
    board.nodes = {node};
    const auto at = [&](const char *state) {
        board.nodes[0].stateText = QString::fromLatin1(state);
        const Place place = placeFor(board, {}, u"n1"_s);
        const Page *page = m_manual.page(place.id, u"en"_s);
        const bool there = page && (place.anchor.isEmpty() || page->heading(place.anchor));
        return there ? place.id + u'#' + place.anchor : u"dangling "_s + place.anchor;
    };
    QCOMPARE(placeFor(board, PhaseId::Preload, {}), (Place{u"phase-preload"_s, {}}));
    QCOMPARE(placeFor(board, {}, {}), (Place{u"phase-nodes"_s, {}}));
    QCOMPARE(at("Images preloaded"), u"phase-nodes#images-preloaded"_s);
    QCOMPARE(at("Node-upgrade paused"), u"phase-nodes#paused"_s);
    QCOMPARE(at("Pre-draining"), u"phase-nodes#pre-draining"_s);
    QCOMPARE(at("Pre-drained"), u"phase-nodes#pre-drained"_s);
    QCOMPARE(at("Post-draining"), u"phase-nodes#post-draining"_s);
    QCOMPARE(at("Waiting Reboot"), u"phase-nodes#waiting-reboot"_s);
    QCOMPARE(at("PreDraining"), u"phase-nodes#pre-draining"_s);
    QCOMPARE(at("something new"), u"phase-nodes#"_s);
    board.waiting = upgrade::Waiting{.what = {u"reboot"_s, {u"n1"_s}},
        .since = {},
        .node = u"n1"_s,
        .phase = PhaseId::Nodes,
        .stuck = true,
        .evidence = {}};
    board.nodes[0].stateText = u"Waiting Reboot"_s;
    QCOMPARE(placeFor(board, {}, {}), (Place{u"phase-nodes"_s, u"waiting-reboot"_s}));
    board.waiting.reset();
    board.singleNode = true;
    QCOMPARE(at("Images preloaded"), u"phase-nodes#single-node"_s);
    board.currentPhase = PhaseId::Preload;
    QCOMPARE(at("Images preloading"), u"phase-preload#"_s);
    board.state = upgrade::State::Failed;
    board.failedPhase = PhaseId::SystemServices;
    QCOMPARE(placeFor(board, {}, {}), (Place{u"phase-system-services"_s, u"wrong"_s}));
    QCOMPARE(placeFor(board, PhaseId::SystemServices, {}).anchor, u"wrong"_s);
    QVERIFY(placeFor(board, PhaseId::Preload, {}).anchor.isEmpty());
    board.state = upgrade::State::Succeeded;
    QVERIFY(m_manual.page(placeFor(board, {}, {}).id, u"en"_s));
}

void Manual::issuesOfAPhase()
{
    const auto ids = [&](const Versions &versions) {
        QStringList all;
        for (const Page *page : m_manual.issuesOf(PhaseId::Nodes, versions, u"zh_CN"_s))
            all.append(page->id);
        return all;
    };
    const QStringList now = ids({u"v1.8.2"_s, u"v1.9.0"_s});
    QVERIFY(now.contains(u"KI-1.9-02"_s));
    QVERIFY(now.contains(u"KI-GEN-01"_s));
    QVERIFY(!now.contains(u"KI-1.1-01"_s));
    QVERIFY(!now.contains(u"KI-1.9-01"_s)); // of another phase
    QVERIFY(now.indexOf(u"KI-1.9-02"_s) < now.indexOf(u"KI-GEN-01"_s));
    QVERIFY(ids({}).contains(u"KI-1.1-01"_s)); // nobody knows the releases
}

void Manual::pageOfAFinding()
{
    const Versions versions{u"v1.8.2"_s, u"v1.9.0"_s};
    const auto id = [&](const QString &issue, const char *family, const Versions &of) {
        const QStringList links{u"https://docs.harvesterhci.io/v1.9/upgrade/troubleshooting"_s,
            u"https://github.com/harvester/harvester/issues/"_s + issue};
        const Page *page
            = m_manual.forFinding(issue.isEmpty() ? QStringList() : links, QString::fromLatin1(family), of, u"en"_s);
        return page ? page->id : QString();
    };
    QCOMPARE(id(u"9738"_s, "fleet-or-helm-release-stuck", versions), u"KI-1.7-02"_s); // though of older releases
    QCOMPARE(id(u"3863"_s, "expired-certificates", versions), u"KI-1.2-09"_s);
    QCOMPARE(id(u"1"_s, "iso-image-download", {u"v1.8.0"_s, u"v1.9.0"_s}), u"KI-1.9-01"_s);
    QCOMPARE(id({}, "kubevirt-operator", {u"v1.7.1"_s, u"v1.8.0"_s}), u"KI-1.8-01"_s);
    QCOMPARE(id({}, "kubevirt-operator", {u"v1.3.0"_s, u"v1.4.0"_s}), QString());
    QCOMPARE(id({}, "unknown", versions), QString());
    QCOMPARE(id({}, "", versions), QString());
}

void Manual::links()
{
    QCOMPARE(*placeOf(u"guide:phase-nodes#pre-drained"_s), (Place{u"phase-nodes"_s, u"pre-drained"_s}));
    QVERIFY(!placeOf(u"https://example.org"_s));
    QVERIFY(isExternal(u"https://docs.harvesterhci.io/v1.9/upgrade/"_s));
    for (const char *target : {"http://example.org", "file:///etc/passwd", "javascript:alert(1)", "https://", "guide:x",
             "https://a:b@example.org/"})
        QVERIFY2(!isExternal(QString::fromLatin1(target)), target);
}

QTEST_GUILESS_MAIN(Manual)
#include "tst_manual.moc"
