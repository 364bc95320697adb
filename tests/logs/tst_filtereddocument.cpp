// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Filtered views: which rows pass, that those shown never move, and searching in them.

#include "logs/filtereddocument.h"
#include "logs/memorydocument.h"
#include "logs/search.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace logs;

namespace {

QList<QByteArray> texts(const Document &document)
{
    QList<QByteArray> texts;
    for (const Row &row : document.rows(0, document.rowCount()))
        texts.append(row.text);
    return texts;
}

Query word(const char *text)
{
    return {.text = QString::fromLatin1(text), .caseSensitive = true};
}

QByteArray numbered(int lines)
{
    QByteArray text;
    for (int i = 0; i < lines; ++i)
        text += "line " + QByteArray::number(i) + (i % 7 == 0 ? " seven" : "") + (i % 3 == 0 ? " three" : "") + '\n';
    return text;
}

} // namespace

class TestFilteredDocument : public QObject {
    Q_OBJECT

private slots:
    void withoutAFilterAllRows();
    void includeAndExclude();
    void context();
    void followsASearch();
    void growsAtItsEnd();
    void anErrorKeepsTheFilter();
    void searchedAsAnyDocument();
    void filteredTwice();
    void savedAsText();
    void theBaseGoes();
};

void TestFilteredDocument::withoutAFilterAllRows()
{
    MemoryDocument base(numbered(10));
    const FilteredDocument filtered(&base);
    QTRY_COMPARE(filtered.rowCount(), 10);
    QCOMPARE(texts(filtered), texts(base));
}

void TestFilteredDocument::includeAndExclude()
{
    MemoryDocument base(numbered(100));
    FilteredDocument filtered(&base);
    QVERIFY(filtered.setFilter({.include = {word("seven"), word("line 5")}, .exclude = {word("three"), word("")}}));
    QList<qint64> expected;
    for (qint64 i = 0; i < 100; ++i) {
        if ((i % 7 == 0 || i == 5 || i / 10 == 5) && i % 3 != 0)
            expected.append(i);
    }
    QTRY_VERIFY(filtered.isComplete());
    QCOMPARE(filtered.rowCount(), expected.size());
    for (qint64 row = 0; row < expected.size(); ++row) {
        QCOMPARE(filtered.baseRow(row), expected.at(row));
        QCOMPARE(filtered.rowOf(expected.at(row)), row);
        QCOMPARE(filtered.rows(row, 1).constFirst().row, expected.at(row));
        QVERIFY(filtered.isMatch(row));
    }
    QCOMPARE(filtered.rowOf(6), filtered.rowOf(7));
    QCOMPARE(filtered.baseRow(expected.size()), -1);
}

void TestFilteredDocument::context()
{
    MemoryDocument base(numbered(100));
    FilteredDocument filtered(&base);
    QVERIFY(filtered.setFilter({.include = {word("line 50"), word("line 53"), word("line 99")}, .context = 2}));
    QTRY_VERIFY(filtered.isComplete());
    QList<qint64> rows;
    QList<bool> matches;
    for (qint64 row = 0; row < filtered.rowCount(); ++row) {
        rows.append(filtered.baseRow(row));
        matches.append(filtered.isMatch(row));
    }
    QCOMPARE(rows, (QList<qint64>{48, 49, 50, 51, 52, 53, 54, 55, 97, 98, 99}));
    QCOMPARE(matches, (QList<bool>{false, false, true, false, false, true, false, false, false, false, true}));
}

void TestFilteredDocument::followsASearch()
{
    MemoryDocument base(numbered(50));
    Search search(&base);
    FilteredDocument filtered(&base);
    filtered.setSearch(&search, 1);
    QVERIFY(search.start(word("line 20")));
    QTRY_COMPARE(texts(filtered), (QList{"line 19"_ba, "line 20"_ba, "line 21 seven three"_ba}));
    QVERIFY(search.start(word("line 49")));
    QTRY_COMPARE(texts(filtered), (QList{"line 48 three"_ba, "line 49 seven"_ba}));
    search.clear();
}

/// Random growth, in pieces that tear lines: rows before firstChanged are as they were.
void TestFilteredDocument::growsAtItsEnd()
{
    for (quint32 seed = 0; seed < 10; ++seed) {
        QRandomGenerator random(seed);
        const QByteArray all = numbered(300);
        MemoryDocument base;
        FilteredDocument filtered(&base);
        const int reach = random.bounded(3);
        QVERIFY(filtered.setFilter({.include = {word("seven")}, .exclude = {word("9")}, .context = reach}));
        QList<QByteArray> shown;
        connect(&filtered, &Document::grew, this, [&](qint64 firstChanged) {
            QVERIFY(firstChanged <= filtered.rowCount());
            const QList<QByteArray> now = texts(filtered);
            QVERIFY(firstChanged <= shown.size());
            QCOMPARE(now.first(firstChanged), shown.first(firstChanged));
            shown = now;
        });
        connect(&filtered, &Document::reset, this, [&] { shown = texts(filtered); });
        for (qsizetype at = 0; at < all.size();) {
            const qsizetype length = std::min<qsizetype>(all.size() - at, random.bounded(1, 2000));
            base.append(QByteArrayView(all).sliced(at, length));
            at += length;
            QCoreApplication::processEvents();
        }
        QTRY_VERIFY(filtered.isComplete());
        QTRY_COMPARE(shown, texts(filtered));
        RowSet expected;
        const QList<QByteArray> lines = texts(base);
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (lines.at(i).contains("seven") && !lines.at(i).contains('9'))
                expected.add(i);
        }
        QTRY_COMPARE(filtered.rowCount(), expected.dilated(reach, lines.size()).count());
        filtered.disconnect(this);
    }
}

void TestFilteredDocument::anErrorKeepsTheFilter()
{
    MemoryDocument base(numbered(20));
    FilteredDocument filtered(&base);
    QVERIFY(filtered.setFilter({.include = {word("seven")}}));
    QTRY_COMPARE(filtered.rowCount(), 3);
    QVERIFY(!filtered.setFilter({.exclude = {{.kind = Query::Kind::Regex, .text = u"("_s}}}));
    QVERIFY(!filtered.errorText().isEmpty());
    QCOMPARE(filtered.rowCount(), 3);
    QCOMPARE(filtered.filter().include.size(), 1);
}

void TestFilteredDocument::searchedAsAnyDocument()
{
    MemoryDocument base(numbered(20'000));
    FilteredDocument filtered(&base);
    // Many rows of the base are shown, and few.
    for (const char *include : {"line", "seven", "line 100"}) {
        QVERIFY(filtered.setFilter({.include = {word(include)}}));
        QTRY_VERIFY(filtered.isComplete());
        Search search(&filtered);
        QVERIFY(search.start(word("three")));
        QTRY_COMPARE(search.scannedRows(), filtered.rowCount());
        QList<qint64> expected;
        const QList<QByteArray> lines = texts(filtered);
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (lines.at(i).contains("three"))
                expected.append(i);
        }
        QList<qint64> found;
        search.matches().forEach(0, filtered.rowCount(), [&](qint64 row) { found.append(row); });
        QCOMPARE(found, expected);
    }
}

void TestFilteredDocument::filteredTwice()
{
    MemoryDocument base(numbered(100));
    FilteredDocument once(&base);
    FilteredDocument twice(&once);
    QVERIFY(once.setFilter({.include = {word("seven")}}));
    QVERIFY(twice.setFilter({.exclude = {word("three")}}));
    QTRY_VERIFY(twice.isComplete() && once.rowCount() == 15);
    QTRY_COMPARE(twice.rowCount(), 10);
    QCOMPARE(twice.rows(0, 1).constFirst().text, "line 7 seven"_ba);
    QCOMPARE(twice.rows(0, 1).constFirst().row, 7);
    QCOMPARE(twice.content()->part(0, 5, 1), "7"_ba);
}

void TestFilteredDocument::savedAsText()
{
    const QByteArray huge(3 << 20, 'h');
    MemoryDocument base("a\x1b[31mb\x1b[0m\n"_ba + huge + "\nc\n");
    QByteArray written;
    const Content::Stop stop = false;
    const auto write = [&](QByteArrayView bytes) {
        written += bytes;
        return true;
    };
    QVERIFY(writeText(*base.content(), 0, 3, {.escapes = true}, write, stop));
    QCOMPARE(written, "a\x1b[31mb\x1b[0m\n"_ba + huge + "\nc\n");
    written.clear();
    QVERIFY(writeText(*base.content(), 0, 1, {.escapes = false}, write, stop));
    QCOMPARE(written, "ab\n"_ba);
    QVERIFY(!writeText(*base.content(), 0, 3, {}, [](QByteArrayView) { return false; }, stop));
    QVERIFY(!writeText(*base.content(), 0, 3, {}, write, true));
}

void TestFilteredDocument::theBaseGoes()
{
    auto base = std::make_unique<MemoryDocument>(numbered(20));
    FilteredDocument filtered(base.get());
    QVERIFY(filtered.setFilter({.include = {word("seven")}}));
    QTRY_COMPARE(filtered.rowCount(), 3);
    base.reset();
    QCoreApplication::processEvents();
    QCOMPARE(filtered.rowCount(), 3);
    QCOMPARE(filtered.rows(0, 1).constFirst().text, "line 0 seven three"_ba);
    QVERIFY(filtered.setFilter({.include = {word("three")}}));
}

QTEST_GUILESS_MAIN(TestFilteredDocument)
#include "tst_filtereddocument.moc"
