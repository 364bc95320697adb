// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What is drawn of a line: colours are obeyed, nothing else is, and positions in bytes and in text agree.

#include "logs/ansi.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace logs;

class TestAnsi : public QObject {
    Q_OBJECT

private slots:
    void texts_data();
    void texts();
    void styles();
    void symbols();
    void positions();
    void positionsOfRandomBytes();
    void withoutEscapes_data();
    void withoutEscapes();
};

void TestAnsi::texts_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << "abc"_ba << u"abc"_s;
    QTest::newRow("empty") << ""_ba << u""_s;
    QTest::newRow("tab") << "a\tb"_ba << u"a\tb"_s;
    QTest::newRow("Chinese") << "升级"_ba << u"升级"_s;
    QTest::newRow("beyond the first plane") << "a😀b"_ba << u"a😀b"_s;
    QTest::newRow("colour") << "\x1b[31mred\x1b[0m!"_ba << u"red!"_s;
    QTest::newRow("reset without a number") << "\x1b[mx"_ba << u"x"_s;
    QTest::newRow("cursor") << "\x1b[2Jx\x1b[1;1H"_ba << u"␛[2Jx␛[1;1H"_s;
    QTest::newRow("title") << "\x1b]0;evil\x07"_ba << u"␛]0;evil␇"_s;
    QTest::newRow("cut escape") << "x\x1b[3"_ba << u"x␛[3"_s;
    QTest::newRow("escape at the end") << "x\x1b"_ba << u"x␛"_s;
    QTest::newRow("carriage return") << "10%\r20%"_ba << u"10%␍20%"_s;
    QTest::newRow("NUL and DEL") << QByteArray("\0\x7f", 2) << u"␀␡"_s;
    QTest::newRow("backspace") << "ab\bc"_ba << u"ab␈c"_s;
    QTest::newRow("turned around") << "a\u202e"
                                      "b"_ba
                                   << u"a‹U+202E›b"_s;
    QTest::newRow("zero width") << "a\u200b"
                                   "b"_ba
                                << u"a‹U+200B›b"_s;
    QTest::newRow("C1") << "a\u009b"
                           "31mb"_ba
                        << u"a‹U+009B›31mb"_s;
    QTest::newRow("invalid") << "a\xff"
                                "b"_ba
                             << u"a‹FF›b"_s;
    QTest::newRow("cut character") << "a\xe5\x8d"_ba << u"a‹E5›‹8D›"_s;
    QTest::newRow("overlong") << "\xc0\xaf"_ba << u"‹C0›‹AF›"_s;
    QTest::newRow("surrogate") << "\xed\xa0\x80"_ba << u"‹ED›‹A0›‹80›"_s;
}

void TestAnsi::texts()
{
    QFETCH(const QByteArray, line);
    QTEST(displayText(line).text, "text");
}

void TestAnsi::styles()
{
    const DisplayText text = displayText(
        "a\x1b[1;31mb\x1b[38;5;200mc\x1b[48;2;1;2;3md\x1b[0me\x1b[97;104mf\x1b[39;49mg\x1b[38:5:7mh\x1b[4;7mi");
    QCOMPARE(text.text, u"abcdefghi"_s);
    Style red{.foreground = {Colour::Kind::Indexed, 1}, .bold = true};
    Style pink = red;
    pink.foreground = {Colour::Kind::Indexed, 200};
    Style onDark = pink;
    onDark.background = {Colour::Kind::Rgb, 0x010203};
    const Style bright{.foreground = {Colour::Kind::Indexed, 15}, .background = {Colour::Kind::Indexed, 12}};
    const Style white{.foreground = {Colour::Kind::Indexed, 7}};
    Style marked = white;
    marked.underline = marked.inverse = true;
    const QList<DisplayText::Run> expected{
        {1, 1, red}, {2, 1, pink}, {3, 1, onDark}, {5, 1, bright}, {7, 1, white}, {8, 1, marked}};
    QCOMPARE(text.runs, expected);
    QVERIFY(displayText("\x1b[38;5;999mx\x1b[38;2;1mx\x1b[48mx").runs.isEmpty());
    QVERIFY(displayText("\x1b[31m\x1b[0mx").runs.isEmpty());
}

void TestAnsi::symbols()
{
    using Symbol = DisplayText::Symbol;
    const DisplayText text = displayText("a\rb\xff");
    QCOMPARE(text.text, u"a␍b‹FF›"_s);
    QCOMPARE(text.symbols, (QList{Symbol{1, 1, Symbol::Kind::Control}, Symbol{3, 4, Symbol::Kind::Invalid}}));
}

void TestAnsi::positions()
{
    const DisplayText text = displayText("a\x1b[31m升b\x1b[0m\xff"
                                         "c");
    QCOMPARE(text.text, u"a升b‹FF›c"_s);
    QCOMPARE(text.column(0), 0);
    QCOMPARE(text.column(6), 1);  // 升
    QCOMPARE(text.column(9), 2);  // b
    QCOMPARE(text.column(14), 3); // the broken byte
    QCOMPARE(text.column(15), 7); // c
    QCOMPARE(text.column(16), 8); // the end
    QCOMPARE(text.offset(1), 6);
    QCOMPARE(text.offset(2), 9);
    QCOMPARE(text.offset(7), 15);
    QCOMPARE(text.offset(8), 16);
}

void TestAnsi::positionsOfRandomBytes()
{
    QRandomGenerator random(3);
    static const QList<QByteArray> pieces{
        "a"_ba, "\x1b[31m"_ba, "\x1b[0m"_ba, "升"_ba, "😀"_ba, "\xff"_ba, "\r"_ba, "\u202e"_ba, "\t"_ba, "\xe5"_ba};
    for (int round = 0; round < 2000; ++round) {
        QByteArray line;
        for (int i = random.bounded(12); i > 0; --i)
            line += pieces.at(random.bounded(pieces.size()));
        const DisplayText text = displayText(line);
        QCOMPARE(text.column(line.size()), text.text.size());
        qsizetype last = 0;
        for (qsizetype offset = 0; offset <= line.size(); ++offset) {
            const qsizetype column = text.column(offset);
            QVERIFY(column >= last && column <= text.text.size());
            last = column;
        }
        last = 0;
        for (qsizetype column = 0; column <= text.text.size(); ++column) {
            const qsizetype offset = text.offset(column);
            QVERIFY(offset >= last && offset <= line.size());
            last = offset;
        }
        for (const auto &run : text.runs)
            QVERIFY(run.start >= 0 && run.length > 0 && run.start + run.length <= text.text.size());
    }
}

void TestAnsi::withoutEscapes_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("plain") << "a\tb"_ba << "a\tb"_ba;
    QTest::newRow("plain with broken bytes") << "a\xff"_ba << "a\xff"_ba;
    QTest::newRow("colour") << "\x1b[31mred\x1b[0m"_ba << "red"_ba;
    QTest::newRow("control") << "a\rb"_ba << "a␍b"_ba;
}

void TestAnsi::withoutEscapes()
{
    QFETCH(const QByteArray, line);
    QTEST(logs::withoutEscapes(line), "text");
}

QTEST_GUILESS_MAIN(TestAnsi)
#include "tst_ansi.moc"
