// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Searching in the background: the same as reading line by line, whatever the file, while it grows and when it goes.

#include "logs/filedocument.h"
#include "logs/memorydocument.h"
#include "logs/search.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace logs;

namespace {

void write(const QString &path, const QByteArray &bytes, QIODevice::OpenMode mode = QIODevice::WriteOnly)
{
    QFile file(path);
    QVERIFY(file.open(mode | QIODevice::Unbuffered));
    QCOMPARE(file.write(bytes), bytes.size());
}

/// Lines of all lengths and kinds; sometimes one of megabytes.
QByteArray randomLog(QRandomGenerator &random, qsizetype size)
{
    static const QList<QByteArray> pieces{"error"_ba, "level=warning"_ba, "升级"_ba, " "_ba, "\xff\xfe"_ba, "\t"_ba,
        "Needle"_ba, "0123456789"_ba, "\r"_ba, "x"_ba};
    QByteArray log;
    const int shape = random.bounded(4);
    while (log.size() < size) {
        if (shape == 3 && random.bounded(2000) == 0)
            log += QByteArray(random.bounded(1 << 21), 'y') + "Needle";
        for (int i = random.bounded(shape == 0 ? 2 : 20); i > 0; --i)
            log += pieces.at(random.bounded(pieces.size()));
        log += random.bounded(5) == 0 ? "\r\n" : "\n";
    }
    if (random.bounded(2) == 0)
        log.chop(1);
    return log;
}

QList<QByteArray> naiveLines(const QByteArray &log)
{
    QList<QByteArray> lines = log.split('\n');
    if (lines.constLast().isEmpty())
        lines.removeLast();
    for (QByteArray &line : lines) {
        if (line.endsWith('\r'))
            line.chop(1);
    }
    return lines;
}

QList<qint64> rowsOf(const RowSet &set)
{
    QList<qint64> rows;
    set.forEach(0, std::numeric_limits<qint64>::max(), [&](qint64 row) { rows.append(row); });
    return rows;
}

} // namespace

class TestSearch : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = m_dir->filePath(u"log"_s);
    }
    void asReadingLineByLine_data();
    void asReadingLineByLine();
    void nextAndPrevious();
    void anErrorSaysWhere();
    void aNewQueryDropsTheOld();
    void tooComplexIsSaid();
    void growsWhileItRuns();
    void destroyedWhileItRuns();
    void truncatedWhileItRuns();
    void memory();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

void TestSearch::asReadingLineByLine_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 0; seed < 8; ++seed)
        QTest::addRow("%u", seed) << seed;
}

void TestSearch::asReadingLineByLine()
{
    QFETCH(const quint32, seed);
    QRandomGenerator random(seed);
    const QByteArray log = randomLog(random, random.bounded(3'000'000));
    write(m_path, log);
    const QList<QByteArray> lines = naiveLines(log);
    FileDocument document(m_path);
    Search search(&document);
    const QList<Query> queries{
        {.text = u"needle"_s},
        {.text = u"Needle"_s, .caseSensitive = true},
        {.text = u"error"_s, .wholeWord = true},
        {.text = u"升级"_s},
        {.kind = Query::Kind::Regex, .text = u"^error.*x$"_s},
        {.kind = Query::Kind::Regex, .text = u"\\d+\\s"_s},
        {.kind = Query::Kind::Level, .level = Level::Warning},
    };
    search.start(queries.constFirst()); // before the file is counted
    QTRY_COMPARE(document.rowCount(), lines.size());
    for (qint64 row = 0; row < lines.size(); row += 97) {
        const Row read = document.rows(row, 1, 200).constFirst();
        QVERIFY(read.length == lines.at(row).size());
        QVERIFY(lines.at(row).startsWith(read.text));
    }
    const QList<Row> all = document.rows(0, lines.size(), 50);
    QCOMPARE(all.size(), lines.size());
    for (qint64 row = 0; row < lines.size(); ++row)
        QVERIFY(all.at(row).length == lines.at(row).size() && lines.at(row).startsWith(all.at(row).text));
    for (const Query &query : queries) {
        if (query != queries.constFirst())
            QVERIFY(search.start(query));
        QTRY_COMPARE_WITH_TIMEOUT(search.scannedRows(), lines.size(), 30'000);
        QVERIFY(!search.isRunning());
        QList<qint64> expected;
        for (qint64 row = 0; row < lines.size(); ++row) {
            if (search.pattern().matches(lines.at(row)))
                expected.append(row);
        }
        QCOMPARE(rowsOf(search.matches()), expected);
        QCOMPARE(search.count(), expected.size());
    }
}

void TestSearch::nextAndPrevious()
{
    MemoryDocument document("a\nb\na\nb\na\n"_ba);
    Search search(&document);
    QVERIFY(search.start({.text = u"A"_s}));
    QTRY_COMPARE(search.scannedRows(), 5);
    QCOMPARE(search.next(-1), 0);
    QCOMPARE(search.next(0), 2);
    QCOMPARE(search.next(4), -1);
    QCOMPARE(search.previous(5), 4);
    QCOMPARE(search.previous(2), 0);
    QCOMPARE(search.previous(0), -1);
    document.append("a\n");
    QTRY_COMPARE(search.count(), 4);
    document.setText("a\n"_ba);
    QTRY_COMPARE(search.scannedRows(), 1);
    QCOMPARE(search.count(), 1);
    search.clear();
    QCOMPARE(search.count(), 0);
    QVERIFY(!search.isRunning());
}

void TestSearch::anErrorSaysWhere()
{
    MemoryDocument document("a\n"_ba);
    Search search(&document);
    QVERIFY(search.start({.text = u"a"_s}));
    QTRY_COMPARE(search.count(), 1);
    QVERIFY(!search.start({.kind = Query::Kind::Regex, .text = u"a("_s}));
    QVERIFY(!search.errorText().isEmpty());
    QCOMPARE(search.errorPosition(), 2);
    QCOMPARE(search.count(), 0);
    QVERIFY(search.start({.text = u"a"_s}));
    QCOMPARE(search.errorText(), QString());
    QTRY_COMPARE(search.count(), 1);
}

void TestSearch::aNewQueryDropsTheOld()
{
    write(m_path, "level=info msg=abc number 12345\n"_ba.repeated(300'000));
    FileDocument document(m_path);
    QTRY_VERIFY(document.isComplete());
    Search search(&document);
    for (const QString &text : {u"n"_s, u"nu"_s, u"num"_s, u"numb"_s, u"(n.*)+5$"_s, u"number 1"_s})
        search.start({.kind = Query::Kind::Regex, .text = text});
    search.start({.text = u"nothing"_s});
    QSignalSpy changed(&search, &Search::changed);
    QTRY_VERIFY(!search.isRunning());
    QCOMPARE(search.count(), 0);
}

void TestSearch::tooComplexIsSaid()
{
    const QByteArray bad = QByteArray(100, 'a') + "!\n";
    MemoryDocument document("aa\n" + bad + "aaa\n");
    Search search(&document);
    QVERIFY(search.start({.kind = Query::Kind::Regex, .text = u"^(a+)+$"_s}));
    QTRY_COMPARE(search.scannedRows(), 3);
    QCOMPARE(rowsOf(search.matches()), (QList<qint64>{0, 2}));
    QVERIFY(search.errorText().contains(u"2"));
    document.setText(bad.repeated(1000));
    QTRY_VERIFY_WITH_TIMEOUT(!search.isRunning(), 60'000);
    QVERIFY(!search.errorText().isEmpty());
    QVERIFY(search.scannedRows() < 1000 || search.count() == 0);
}

void TestSearch::growsWhileItRuns()
{
    write(m_path, QByteArray());
    FileDocument document(m_path);
    Search search(&document);
    search.start({.text = u"needle"_s});
    FileDocument other(m_path);
    Search words(&other);
    words.start({.kind = Query::Kind::Regex, .text = u"^n.*e \\d+$"_s});
    constexpr int lines = 20'000;
    std::thread writer([this] {
        QFile file(m_path);
        if (!file.open(QIODevice::Append | QIODevice::Unbuffered))
            return;
        QRandomGenerator random(5);
        QByteArray rest;
        for (int i = 0; i < lines; ++i) {
            rest += (i % 3 == 0 ? "Needle " : "hay ") + QByteArray::number(i) + '\n';
            if (random.bounded(4) == 0) { // torn anywhere
                const qsizetype length = random.bounded(rest.size() + 1);
                file.write(rest.first(length));
                rest.remove(0, length);
            }
        }
        file.write(rest);
    });
    QTRY_COMPARE_WITH_TIMEOUT(search.scannedRows(), lines, 60'000);
    writer.join();
    QTRY_COMPARE_WITH_TIMEOUT(words.scannedRows(), lines, 60'000);
    QList<qint64> expected;
    for (qint64 row = 0; row < lines; row += 3)
        expected.append(row);
    QCOMPARE(rowsOf(search.matches()), expected);
    QCOMPARE(rowsOf(words.matches()), expected);
}

void TestSearch::destroyedWhileItRuns()
{
    write(m_path, "level=info msg=abc number 12345\n"_ba.repeated(200'000));
    QRandomGenerator random(6);
    for (int round = 0; round < 40; ++round) {
        auto document = std::make_unique<FileDocument>(m_path);
        auto search = std::make_unique<Search>(document.get());
        search->start({.kind = Query::Kind::Regex, .text = u"b.*\\d+$"_s});
        for (int i = random.bounded(4); i > 0; --i)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
        if (round % 3 == 0)
            document.reset();
        else if (round % 3 == 1)
            search.reset();
        if (search && !document) {
            QVERIFY(!search->isRunning());
            search->start({.text = u"a"_s});
            QCOMPARE(search->count(), 0);
        }
    }
}

void TestSearch::truncatedWhileItRuns()
{
    for (int round = 0; round < 10; ++round) {
        write(m_path, "level=info msg=abc number 12345\n"_ba.repeated(100'000));
        FileDocument document(m_path);
        Search search(&document);
        search.start({.text = u"number"_s});
        QTRY_VERIFY(document.rowCount() > 0);
        QVERIFY(QFile::resize(m_path, 32 * 10 + 3));
        document.check();
        QTRY_COMPARE(document.rowCount(), 11);
        QTRY_COMPARE(search.scannedRows(), 11);
        QCOMPARE(search.count(), 10);
    }
}

/// A line of a hundred megabytes is looked through in pieces.
void TestSearch::memory()
{
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QByteArray piece(1 << 20, 'z');
        for (int i = 0; i < 100; ++i)
            file.write(piece);
        file.write("Needle\nshort\n");
    }
    const auto resident = [] {
        QFile statm(u"/proc/self/statm"_s);
        return statm.open(QIODevice::ReadOnly) ? statm.readAll().split(' ').at(1).toLongLong() * 4096 : 0;
    };
    [[maybe_unused]] const qint64 before = resident();
    FileDocument document(m_path);
    Search search(&document);
    search.start({.text = u"needle"_s});
    QTRY_COMPARE_WITH_TIMEOUT(search.scannedRows(), 2, 30'000);
    QCOMPARE(search.count(), 1);
    QCOMPARE(document.rows(0, 2, 100).constFirst().length, (qint64(100) << 20) + 6);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    QVERIFY2(resident() - before < 40 << 20, qPrintable(QString::number(resident() - before)));
#endif
}

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"
