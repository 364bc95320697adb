// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Finding bytes against a naive search, and what a regular expression is known to require.

#include "logs/finder.h"
#include "logs/required.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace logs;

class TestFinder : public QObject {
    Q_OBJECT

private slots:
    void asNaive();
    void required_data();
    void required();
};

void TestFinder::asNaive()
{
    QRandomGenerator random(1);
    for (int round = 0; round < 20'000; ++round) {
        const bool anyCase = random.bounded(2) == 0;
        const int letters = random.bounded(1, 4);
        const auto text = [&](int length) {
            QByteArray bytes(length, Qt::Uninitialized);
            for (char &c : bytes) {
                c = "abKZ@`[{\x00\xff"[random.bounded(letters == 3 ? 10 : letters + 1)];
                if (random.bounded(3) == 0 && c >= 'a' && c <= 'z')
                    c = char(c - 32);
            }
            return bytes;
        };
        const QByteArray needle = text(random.bounded(1, 1 + (round % 3 == 0 ? 40 : 4)));
        const QByteArray hay = text(random.bounded(200));
        const qsizetype from = random.bounded(hay.size() + 1);
        qsizetype expected = -1;
        for (qsizetype at = from; at + needle.size() <= hay.size() && expected < 0; ++at) {
            const QByteArray there = hay.sliced(at, needle.size());
            if (there == needle || (anyCase && there.toLower() == needle.toLower()))
                expected = at;
        }
        QCOMPARE(Finder(needle, anyCase).find(hay, from), expected);
    }
}

void TestFinder::required_data()
{
    QTest::addColumn<QByteArray>("regex");
    QTest::addColumn<QList<QByteArray>>("literals");
    const auto row = [](const char *regex, const QList<QByteArray> &literals) {
        QTest::newRow(regex) << QByteArray(regex) << literals;
    };
    row("abc", {"abc"});
    row("abcd?", {"abc"});
    row("abcd*", {"abc"});
    row("abcd+e", {"abcd"});
    row("abcd{0,3}", {"abc"});
    row("abcd{2}", {"abcd"});
    row("abcd{,2}", {"abc"});
    row("ab.*xyzq", {"xyzq"});
    row("\\d{4,}ms\"$", {"ms\""});
    row("a\\.b\\tc", {"a.b\tc"});
    row("error|failed", {"error", "failed"});
    row("(error|failed).*x", {"error", "failed"});
    row("(?:error|failed)?xy", {"xy"});
    row("(error|.)ab", {"ab"});
    row("error|.", {});
    row("error|", {});
    row("(?=abc)de", {"de"});
    row("(?!abc)de", {"de"});
    row("(?<!abc)de", {"de"});
    row("(?<name>abc)", {"abc"});
    row("(?>abc)", {"abc"});
    row("[abc]de", {"de"});
    row("[]abc]de", {"de"});
    row("[^]abc]de", {"de"});
    row("[[:alpha:]abc]de", {"de"});
    row("[\\]abc]de", {"de"});
    row("升级", {"升级"});
    row("升级?ab", {"升"}); // the quantifier takes the whole character
    row("a+b+", {});
    row("a", {});
    row("", {});
    row("abc++", {"abc"});
    row("abc+?d", {"ab"}); // read as if it might be none
    row("\\bword\\b", {"word"});
    for (const char *unknown : {"\\Qabc\\E", "(?x)a b c", "(?R)abc", "(?1)abc", "(?(1)abc)", "(*ACCEPT)abc",
             "\\p{Lu}abc", "\\x{41}abc", "\\x41abc", "\\Nabc", "\\kabc", "\\1abc", "(?#abc)", "[\\Qabc\\E]", "abc{x",
             "abc)", "(abc", "(?s)abc", "[[:]de:]fg", "[[:x]de", "\\Kabc", "\\cabc"})
        row(unknown, {});
}

void TestFinder::required()
{
    QFETCH(const QByteArray, regex);
    bool anyCase = false;
    QTEST(requiredLiterals(regex, anyCase), "literals");
    QVERIFY(!anyCase);
    anyCase = true;
    for (const QByteArray &literal : requiredLiterals(regex, anyCase))
        QVERIFY(std::all_of(literal.begin(), literal.end(), [](char c) { return c > 0; }));
    anyCase = false;
    if (!requiredLiterals(QByteArray("abc(?i)" + regex), anyCase).isEmpty())
        QVERIFY(anyCase);
}

QTEST_GUILESS_MAIN(TestFinder)
#include "tst_finder.moc"
