// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What matches, where, and that many lines at once give what each line alone gives.

#include "logs/confine.h"
#include "logs/pattern.h"
#include "logs/stamp.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace logs;

using Spans = QList<Span>;
Q_DECLARE_METATYPE(logs::Query)
Q_DECLARE_METATYPE(QList<logs::Span>)

namespace {

Query literal(const QString &text, bool caseSensitive = false, bool wholeWord = false)
{
    return {.text = text, .caseSensitive = caseSensitive, .wholeWord = wholeWord};
}

Query regex(const QString &text, bool caseSensitive = false, bool wholeWord = false)
{
    return {.kind = Query::Kind::Regex, .text = text, .caseSensitive = caseSensitive, .wholeWord = wholeWord};
}

std::vector<quint32> scanned(const Pattern &pattern, QByteArrayView chunk, bool stamped = false)
{
    std::vector<quint32> lines;
    const std::atomic<bool> stop = false;
    const Pattern::Scan scan = pattern.scan(chunk, stamped, lines, stop);
    return scan.outcome == Pattern::Outcome::Done ? lines : std::vector<quint32>{~0U};
}

/// Line by line, by matches().
std::vector<quint32> naive(const Pattern &pattern, const QByteArray &chunk, bool stamped)
{
    std::vector<quint32> lines;
    QList<QByteArray> split = chunk.split('\n');
    if (split.constLast().isEmpty())
        split.removeLast();
    for (qsizetype i = 0; i < split.size(); ++i) {
        QByteArrayView line = split.at(i);
        if (line.endsWith('\r'))
            line.chop(1);
        if (stamped)
            line = line.sliced(stampLength(line));
        if (pattern.matches(line))
            lines.push_back(quint32(i));
    }
    return lines;
}

} // namespace

class TestPattern : public QObject {
    Q_OBJECT

private slots:
    void spans_data();
    void spans();
    void errors_data();
    void errors();
    void emptyMatchesNothing();
    void lineEnds();
    void manyLinesAtOnce_data();
    void manyLinesAtOnce();
    void rewriting_data();
    void rewriting();
    void givesUp();
    void stops();
    void stamps_data();
    void stamps();
};

void TestPattern::spans_data()
{
    QTest::addColumn<Query>("query");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Spans>("spans");
    const auto row = [](const char *name, const Query &query, const QByteArray &text, const Spans &spans) {
        QTest::newRow(name) << query << text << spans;
    };
    row("literal", literal(u"ab"_s, true), "ab ab AB", {{0, 2}, {3, 2}});
    row("any case", literal(u"ab"_s), "ab AB aB", {{0, 2}, {3, 2}, {6, 2}});
    row("overlapping", literal(u"aa"_s), "aaaa", {{0, 2}, {2, 2}});
    row("no regex in a literal", literal(u"a.b*"_s), "aXb a.b* A.B*", {{4, 4}, {9, 4}});
    row("quotes in a literal", literal(u"\\E\\Q$^"_s), "x\\E\\Q$^", {{1, 6}});
    row("Chinese", literal(u"升级"_s), "开始升级了", {{6, 6}});
    row("umlauts in any case", literal(u"größe"_s), "GRÖßE größe", {{0, 7}, {8, 7}});
    row("NUL", literal(QString(QChar(0)) + u'a'), QByteArray("x\0A", 3), {{1, 2}});
    row("whole word", literal(u"err"_s, false, true), "err error xerr err_ err.", {{0, 3}, {20, 3}});
    row("whole word beginning with a sign", literal(u"=err"_s, false, true), "a=err a=error", {{1, 4}});
    row("whole word of signs", literal(u"=="_s, true, true), "a==b", {{1, 2}});
    row("whole word beside broken bytes", literal(u"err"_s, false, true),
        "\xff"
        "err\xff",
        {{1, 3}});
    row("regex", regex(u"a+b?"_s), "aab xaB", {{0, 3}, {5, 2}});
    row("regex with case", regex(u"a+b?"_s, true), "AAB aB", {{4, 1}});
    row("empty matches are none", regex(u"x*"_s), "axxb", {{1, 2}});
    row("begin and end", regex(u"^a|b$"_s), "abab", {{0, 1}, {3, 1}});
    row("a dot is a character", regex(u"^.{2}$"_s), "升级", {{0, 6}});
    row("whole word regex", regex(u"err|warn"_s, false, true), "error warn", {{6, 4}});
    row("after broken bytes", regex(u"b.d"_s), "\xff\xfe bcd \xff", {{3, 3}});
    row("ASCII words", regex(u"\\w+"_s), "ab-升c", {{0, 2}, {6, 1}});
    row("lookbehind", regex(u"(?<=a)b"_s), "bab", {{2, 1}});
    row("level", {.kind = Query::Kind::Level, .level = Level::Warning}, "level=error", {});
}

void TestPattern::spans()
{
    QFETCH(const Query, query);
    QFETCH(const QByteArray, text);
    const auto pattern = Pattern::compile(query);
    QVERIFY(pattern);
    QTEST(pattern->spans(text), "spans");
    QCOMPARE(pattern->query(), query);
}

void TestPattern::errors_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("position");
    QTest::newRow("open group") << u"a(b"_s << 3;
    QTest::newRow("closed group") << u"a)b("_s << 1;
    QTest::newRow("nothing to repeat") << u"升*?+*"_s << 3;
    QTest::newRow("open class") << u"[a"_s << 2;
    QTest::newRow("backslash at the end") << u"a\\"_s << 2;
    QTest::newRow("a byte of a character") << u"\\C"_s << 2;
}

void TestPattern::errors()
{
    QFETCH(const QString, text);
    for (const bool word : {false, true}) {
        const auto pattern = Pattern::compile(regex(text, false, word));
        QVERIFY(!pattern);
        QVERIFY(!pattern.error().text.isEmpty());
        QTEST(int(pattern.error().position), "position");
    }
}

void TestPattern::emptyMatchesNothing()
{
    for (const Query &query : {literal(QString()), regex(QString()), Query{.kind = Query::Kind::Level}}) {
        const auto pattern = Pattern::compile(query);
        QVERIFY(pattern);
        QVERIFY(pattern->isEmpty());
        QVERIFY(!pattern->matches("abc"));
        QVERIFY(scanned(*pattern, "abc\n").empty());
    }
}

void TestPattern::lineEnds()
{
    using Lines = std::vector<quint32>;
    const auto lines
        = [](const Query &query, QByteArrayView chunk) { return scanned(*Pattern::compile(query), chunk); };
    QCOMPARE(lines(regex(u"^$"_s), "\n\na\n\n"), (Lines{0, 1, 3}));
    QCOMPARE(lines(regex(u"^$"_s), "a\n\n"), Lines{1});
    QCOMPARE(lines(regex(u"$"_s), "a\nb"), (Lines{0, 1}));
    QCOMPARE(lines(regex(u"^"_s), "a\nb\n"), (Lines{0, 1}));
    QCOMPARE(lines(regex(u"x*"_s), ""), Lines{});
    QCOMPARE(lines(regex(u"a$"_s), "a\r\na\nab\r\n"), (Lines{0, 1}));
    QCOMPARE(lines(regex(u"a."_s), "a\r\n"), Lines{});
    QCOMPARE(lines(regex(u"a\\sb"_s), "a\nb\na b\n"), Lines{2});
    QCOMPARE(lines(regex(u"a[^x]b"_s), "a\nb\na-b\n"), Lines{2});
    QCOMPARE(lines(regex(u"a[^x]*"_s), "a\nb\na-b\n"), (Lines{0, 2}));
    QCOMPARE(lines(regex(u"a\\nb"_s), "a\nb\n"), Lines{});
    QCOMPARE(lines(regex(u"(?s)a.b"_s), "a\nb\n"), Lines{});
    QCOMPARE(lines(literal(u"a\nb"_s), "a\nb\n"), Lines{});
    QCOMPARE(lines(literal(u"a\r"_s), "a\r\na\rb\n"), Lines{1});
    QCOMPARE(lines(regex(u"a(?!\\s+b)"_s), "a\nb\n"), Lines{0});
    QCOMPARE(lines(regex(u"]*"_s, true, true), "a\xff\n\xff\nb\n"),
        lines(regex(u"(?m)]*"_s, true, true), "a\xff\n\xff\nb\n"));
    QCOMPARE(lines(regex(u"[^:]++$"_s), "abc\nd:e\n"), (Lines{0, 1}));
}

void TestPattern::manyLinesAtOnce_data()
{
    QTest::addColumn<Query>("query");
    for (const char *text : {"a", "ab", "A", "升", "k", "a b", "\xc3\xb6", "b\r", "2026", "-", ":0", "0Z a", "Z"}) {
        for (const bool sensitive : {false, true}) {
            for (const bool word : {false, true})
                QTest::addRow("literal %s %d %d", text, sensitive, word)
                    << literal(QString::fromUtf8(text), sensitive, word);
        }
    }
    for (const char *text : {"a", "^a", "a$", "^a.*b$", "[^a]b", "a\\s*b", "\\bab\\b", "\\Bb", "(a|b)+c", "a{2,3}",
             "\\W+", "\\D\\d", "[\\sa]b", "[^\\s]b", "^\\s*$", "(?<=a)b", "(?<!a)b", "(?i)A", "a(?=b)", "a(?!b)",
             "(?>a+)b", ".", "..", "^.{3}$", "升.", "[升a]b", "[^升]b", "a.*?b", "\\d+", "^\\d+", "20\\d\\d", "T..",
             "Z", "[[:alpha:]]+b", "[[:space:]]", "a++b", "(a)\\1", "\\x61b", "[\\x00-\\x20]", "\\Aa", "b\\z", "a|^$",
             "x*", "$", "^", "()", "\\r", "[^x]*", "\\h\\H", "(?s).", "(?m)^a", "(?:a\\n)?b", "\\p{L}b", "[]a]b",
             "[^]a]b", "[^-a]b", "[a-]b", "(?<n>a)b", "\\S+\\s\\S+$"}) {
        for (const bool word : {false, true})
            QTest::addRow("regex %s %d", text, word) << regex(QString::fromUtf8(text), false, word);
    }
    QTest::newRow("level") << Query{.kind = Query::Kind::Level, .level = Level::Warning};
}

/// The property that makes searching quick: random lines, with broken bytes, stamps, empty lines, carriage returns.
void TestPattern::manyLinesAtOnce()
{
    QFETCH(const Query, query);
    static const QList<QByteArray> pieces{"a"_ba, "b"_ba, "c"_ba, "ab"_ba, " "_ba, "A"_ba, "B"_ba, "_"_ba, ":"_ba,
        "0"_ba, "17"_ba, "升"_ba, "\u212a"_ba, "Ö"_ba, "\t"_ba, "\xff"_ba, "\xe5\x8d"_ba, "x"_ba, "level=error"_ba,
        "2026"_ba};
    const auto pattern = Pattern::compile(query);
    QVERIFY(pattern);
    QRandomGenerator random(7);
    for (int round = 0; round < 400; ++round) {
        const bool stamped = round % 2 == 0;
        const bool ascii = round % 3 == 0;
        const int ends = random.bounded(3);
        QByteArray chunk;
        for (int line = random.bounded(12); line > 0; --line) {
            if (stamped && random.bounded(8) != 0)
                chunk += "2026-11-25T1" + QByteArray::number(random.bounded(10)) + ":00:00.00"
                    + QByteArray::number(random.bounded(10)) + "Z ";
            for (int i = random.bounded(6); i > 0; --i) {
                const QByteArray &piece = pieces.at(random.bounded(pieces.size()));
                if (!ascii || std::all_of(piece.begin(), piece.end(), [](char c) { return c > 0; }))
                    chunk += piece;
            }
            if (line > 1 || random.bounded(2) == 0)
                chunk += ends == 0 && random.bounded(2) == 0 ? "\r\n" : "\n";
        }
        const std::vector<quint32> expected
            = chunk.isEmpty() ? std::vector<quint32>() : naive(*pattern, chunk, stamped);
        if (scanned(*pattern, chunk, stamped) != expected)
            qWarning() << "in" << chunk << stamped << expected;
        QCOMPARE(scanned(*pattern, chunk, stamped), expected);
    }
}

void TestPattern::rewriting_data()
{
    QTest::addColumn<QByteArray>("regex");
    QTest::addColumn<QByteArray>("confined"); ///< empty: not to be used over many lines
    const auto row
        = [](const char *from, const char *to) { QTest::newRow(from) << QByteArray(from) << QByteArray(to); };
    row("abc", "abc");
    row("a.*b", "a.*b");
    row("[^a]", "[^\\na]");
    row("[^]a]", "[^\\n\\]a]");
    row("[]a]", "[\\]a]");
    row("[^-a]", "[^\\n\\-a]");
    row("[^]-a]", "[^\\n\\]-a]");
    row("\\s", "[ \\t\\x0b\\f\\r]");
    row("[\\s,]", "[ \\t\\x0b\\f\\r,]");
    row("\\W\\D\\H", "[^\\w\\n][^\\d\\n][^\\h\\n]");
    row("\\.\\[", "\\.\\[");
    row("\\1", "\\1");
    row("(?i)a", "(?i)a");
    row("\\x41", "\\x41");
    for (const char *spanning : {"\\n", "\\R", "\\x0a", "\\x{a}", "\\012", "\\12", "(?s).", "(?m)a", "(?x) a", "[\\W]",
             "[\\n]", "[\\t-a]", "[\\x00-a]", "[[:space:]]", "[[:^alpha:]]", "(*LF)a", "(?#c)a", "\\Qa\\E", "\\Aa",
             "a\\z", "\\Ka", "\\p{L}", "\\v", "\\V", "(?R)", "(?1)", "(?(1)a)", "[a", "\\cJ", "\\ca", "\\", "[[.a.]]",
             "[[:]a:]", "[^[:]a:]", "\\o{12}", "[\\Q]\\E]"})
        row(spanning, "");
}

void TestPattern::rewriting()
{
    QFETCH(const QByteArray, regex);
    const auto result = confined(regex);
    QTEST(result ? result->regex : QByteArray(), "confined");
}

/// A pattern that would take longer than the age of the world ends soon, and says so.
void TestPattern::givesUp()
{
    QElapsedTimer time;
    time.start();
    for (const char *text : {"(a+)+$", "(a|a)*[bc]", "(.*)*(.*)*(.*)*[xy]", "^(([a-z])+.)+[A-Z]([a-z])+$"}) {
        const auto pattern = Pattern::compile(regex(QString::fromLatin1(text), true));
        QVERIFY(pattern);
        const QByteArray chunk = "b\n" + QByteArray(3000, 'a') + "!\n";
        std::vector<quint32> lines;
        const std::atomic<bool> stop = false;
        const Pattern::Scan scan = pattern->scan(chunk, false, lines, stop);
        QVERIFY2(scan.outcome == Pattern::Outcome::GaveUp, text);
        QCOMPARE(scan.line, 1U);
        QVERIFY(!pattern->matches(QByteArray(3000, 'a') + '!'));
    }
    QVERIFY2(time.elapsed() < 30'000, qPrintable(QString::number(time.elapsed())));
}

void TestPattern::stops()
{
    const auto pattern = Pattern::compile(literal(u"a"_s));
    std::vector<quint32> lines;
    const std::atomic<bool> stop = true;
    QCOMPARE(pattern->scan("a\na\n", false, lines, stop).outcome, Pattern::Outcome::Stopped);
    QVERIFY(lines.empty());
}

void TestPattern::stamps_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("length");
    QTest::addColumn<qint64>("time");
    QTest::newRow("nanoseconds") << "2026-11-25T12:00:00.123456789Z x"_ba << 31 << Q_INT64_C(1795608000123456789);
    QTest::newRow("short fraction") << "2026-11-25T12:00:00.5Z x"_ba << 23 << Q_INT64_C(1795608000500000000);
    QTest::newRow("no fraction") << "2026-11-25T12:00:00Z x"_ba << 21 << Q_INT64_C(1795608000000000000);
    QTest::newRow("zone") << "2026-11-25T20:00:00.5+08:00 x"_ba << 28 << Q_INT64_C(1795608000500000000);
    QTest::newRow("zone in the west") << "2026-11-25T07:00:00-05:00 x"_ba << 26 << Q_INT64_C(1795608000000000000);
    QTest::newRow("no text") << "2026-11-25T12:00:00Z"_ba << 20 << Q_INT64_C(1795608000000000000);
    QTest::newRow("empty text") << "2026-11-25T12:00:00Z "_ba << 21 << Q_INT64_C(1795608000000000000);
    QTest::newRow("none") << "no stamp at all here, is there?"_ba << 0 << Q_INT64_C(0);
    QTest::newRow("no zone") << "2026-11-25T12:00:02:0:t.00:ab x"_ba << 0 << Q_INT64_C(0);
    QTest::newRow("text runs on") << "2026-11-25T12:00:00Zabc x"_ba << 0 << Q_INT64_C(0);
    QTest::newRow("empty") << ""_ba << 0 << Q_INT64_C(0);
    QTest::newRow("long ago") << "0001-01-01T00:00:00Z x"_ba << 21 << Q_INT64_C(0);
    QTest::newRow("no year") << "20x6-11-25T12:00:00Z x"_ba << 21 << Q_INT64_C(0);
    QTest::newRow("no such month") << "2026-13-25T12:00:00Z x"_ba << 21 << Q_INT64_C(0);
}

void TestPattern::stamps()
{
    QFETCH(const QByteArray, line);
    QTEST(int(stampLength(line)), "length");
    QTEST(stampTime(line).value_or(0), "time");
}

QTEST_GUILESS_MAIN(TestPattern)
#include "tst_pattern.moc"
