// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A file as a document: every shape of content, and all that may happen to a file while it is open.

#include "logs/filedocument.h"
#include "logs/search.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace logs;

namespace {

void write(const QString &path, const QByteArray &bytes, QIODevice::OpenMode mode = QIODevice::WriteOnly)
{
    QFile file(path);
    QVERIFY(file.open(mode));
    QCOMPARE(file.write(bytes), bytes.size());
}

QList<QByteArray> texts(const Document &document)
{
    QList<QByteArray> texts;
    for (const Row &row : document.rows(0, document.rowCount(), 1 << 20))
        texts.append(row.text);
    return texts;
}

} // namespace

class TestFileDocument : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = m_dir->filePath(u"log"_s);
    }
    void shapes_data();
    void shapes();
    void stampsAreTakenOff();
    void partsOfALongLine();
    void growsAtItsEnd();
    void anOpenLastLineIsFinishedLater();
    void truncatedIsReadAnew();
    void replacedIsReadAnew();
    void rewrittenInPlaceIsReadAnew();
    void deletedStaysReadable();
    void appearsLater();
    void noRegularFile();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

void TestFileDocument::shapes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<QByteArray>>("lines");
    QTest::newRow("empty") << QByteArray() << QList<QByteArray>();
    QTest::newRow("one line") << "abc\n"_ba << QList{"abc"_ba};
    QTest::newRow("no newline at the end") << "abc\ndef"_ba << QList{"abc"_ba, "def"_ba};
    QTest::newRow("only a newline") << "\n"_ba << QList{""_ba};
    QTest::newRow("empty lines") << "\n\na\n\n"_ba << QList{""_ba, ""_ba, "a"_ba, ""_ba};
    QTest::newRow("CRLF") << "a\r\n\r\nb\r\n"_ba << QList{"a"_ba, ""_ba, "b"_ba};
    QTest::newRow("CR inside") << "1%\r2%\r3%\n"_ba << QList{"1%\r2%\r3%"_ba};
    QTest::newRow("CR at the open end") << "a\nb\r"_ba << QList{"a"_ba, "b"_ba};
    QTest::newRow("NUL") << QByteArray("a\0b\n\0\n", 6) << QList{QByteArray("a\0b", 3), QByteArray("\0", 1)};
    QTest::newRow("invalid UTF-8") << "\xff\xfe\n\xc3\n"_ba << QList{"\xff\xfe"_ba, "\xc3"_ba};
    QTest::newRow("lines of one byte") << "x\n"_ba.repeated(100000) << QList<QByteArray>(100000, "x"_ba);
    QTest::newRow("nothing but line ends") << "\n"_ba.repeated(100000) << QList<QByteArray>(100000, ""_ba);
    const QByteArray longest(700000, 'y');
    QTest::newRow("long lines") << longest + "\nshort\n" + longest + '\n' << QList{longest, "short"_ba, longest};
    QTest::newRow("a line end at the end of a block") << QByteArray(8191, 'a') + "\nb\n"
                                                      << QList{QByteArray(8191, 'a'), "b"_ba};
    QTest::newRow("CRLF over the end of a block") << QByteArray(8191, 'a') + "\r\nb\r\n"
                                                  << QList{QByteArray(8191, 'a'), "b"_ba};
}

void TestFileDocument::shapes()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QList<QByteArray>, lines);
    write(m_path, bytes);
    FileDocument document(m_path);
    QTRY_COMPARE(document.rowCount(), lines.size());
    QVERIFY(document.isComplete());
    QCOMPARE(texts(document), lines);
    const qint64 middle = lines.size() / 2;
    for (const qint64 row : {middle, lines.size() - 1}) {
        if (row >= 0 && row < lines.size())
            QCOMPARE(document.rows(row, 1, 1 << 20).constFirst().text, lines.at(row));
    }
    QVERIFY(document.rows(lines.size(), 5).isEmpty());
    QVERIFY(document.rows(-1, 1).isEmpty());
}

void TestFileDocument::stampsAreTakenOff()
{
    write(m_path, "2026-11-25T12:00:00.123456789Z level=error msg=x\nno stamp here\n2026-11-25T12:00:01Z \n"_ba);
    FileDocument document(m_path, {.stamped = true});
    QTRY_COMPARE(document.rowCount(), 3);
    const QList<Row> rows = document.rows(0, 3);
    QCOMPARE(rows.at(0).stamp, "2026-11-25T12:00:00.123456789Z"_ba);
    QCOMPARE(rows.at(0).text, "level=error msg=x"_ba);
    QCOMPARE(rows.at(0).level, Level::Error);
    QCOMPARE(rows.at(1).stamp, QByteArray());
    QCOMPARE(rows.at(1).text, "no stamp here"_ba);
    QCOMPARE(rows.at(2).stamp, "2026-11-25T12:00:01Z"_ba);
    QCOMPARE(rows.at(2).length, 0);
}

void TestFileDocument::partsOfALongLine()
{
    constexpr qsizetype size = qsizetype(5) << 20;
    QByteArray text(size, 'a');
    text.replace(size - 3, 3, "end");
    write(m_path, "2026-11-25T12:00:00Z " + text + "\r\nnext\n");
    FileDocument document(m_path, {.stamped = true});
    QTRY_COMPARE(document.rowCount(), 2);
    const Row row = document.rows(0, 1, 100).constFirst();
    QCOMPARE(row.length, size);
    QCOMPARE(row.text, QByteArray(100, 'a'));
    QCOMPARE(document.content()->part(0, size - 3, 100), "end"_ba);
    QCOMPARE(document.content()->part(0, 0, 2), "aa"_ba);
    QCOMPARE(document.content()->part(0, size, 2), QByteArray());
    QCOMPARE(document.rows(1, 1).constFirst().text, "next"_ba);
    Search search(&document);
    search.start({.text = u"END"_s});
    QTRY_VERIFY(!search.isRunning());
    QCOMPARE(search.next(-1), 0);
    QCOMPARE(search.count(), 1);
    search.start({.kind = Query::Kind::Regex, .text = u"end$"_s});
    QTRY_VERIFY(!search.isRunning());
    QCOMPARE(search.count(), 1);
    search.start({.kind = Query::Kind::Regex, .text = u"a$"_s});
    QTRY_VERIFY(!search.isRunning());
    QCOMPARE(search.count(), 0);
}

void TestFileDocument::growsAtItsEnd()
{
    write(m_path, "a\n");
    FileDocument document(m_path);
    QTRY_COMPARE(document.rowCount(), 1);
    QSignalSpy grew(&document, &Document::grew);
    QSignalSpy reset(&document, &Document::reset);
    const ContentPointer before = document.content();
    write(m_path, "b\nc\n", QIODevice::Append);
    QTRY_COMPARE(document.rowCount(), 3); // noticed by itself
    QCOMPARE(grew.constFirst().constFirst().toLongLong(), 1);
    write(m_path, "d\n", QIODevice::Append);
    document.check();
    QTRY_COMPARE(texts(document), (QList{"a"_ba, "b"_ba, "c"_ba, "d"_ba}));
    QCOMPARE(before->rowCount(), 1);
    QCOMPARE(reset.count(), 0);
}

void TestFileDocument::anOpenLastLineIsFinishedLater()
{
    write(m_path, "a\nb");
    FileDocument document(m_path);
    QTRY_COMPARE(document.rowCount(), 2);
    Search search(&document);
    search.start({.text = u"bc"_s});
    QTRY_COMPARE(search.scannedRows(), 2);
    QCOMPARE(search.count(), 0);
    QSignalSpy grew(&document, &Document::grew);
    write(m_path, "c\nd\n", QIODevice::Append);
    QTRY_COMPARE(document.rowCount(), 3);
    QCOMPARE(grew.constFirst().constFirst().toLongLong(), 1);
    QCOMPARE(document.rows(1, 1).constFirst().text, "bc"_ba);
    QTRY_COMPARE(search.scannedRows(), 3);
    QCOMPARE(search.count(), 1);
    QCOMPARE(search.next(-1), 1);
}

void TestFileDocument::truncatedIsReadAnew()
{
    write(m_path, "abc\ndef\n");
    FileDocument document(m_path);
    QTRY_COMPARE(document.rowCount(), 2);
    Search search(&document);
    search.start({.text = u"x"_s});
    QSignalSpy reset(&document, &Document::reset);
    write(m_path, "x\n"); // truncates
    QTRY_COMPARE(texts(document), QList{"x"_ba});
    QVERIFY(reset.count() > 0);
    QVERIFY(document.wasReplaced());
    QTRY_COMPARE(search.count(), 1);
}

void TestFileDocument::replacedIsReadAnew()
{
    write(m_path, "abc\n");
    FileDocument document(m_path);
    QTRY_COMPARE(document.rowCount(), 1);
    write(m_path + u".new"_s, "other\nfile\n");
    QFile::remove(m_path);
    QVERIFY(QFile::rename(m_path + u".new"_s, m_path));
    QTRY_COMPARE(texts(document), (QList{"other"_ba, "file"_ba}));
    QVERIFY(document.wasReplaced());
    write(m_path, "and grows\n", QIODevice::Append);
    QTRY_COMPARE(document.rowCount(), 3);
}

/// As `logrotate` with copytruncate leaves it when we look only after it has grown again.
void TestFileDocument::rewrittenInPlaceIsReadAnew()
{
    write(m_path, "abc\n");
    FileDocument document(m_path);
    QTRY_COMPARE(document.rowCount(), 1);
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
    file.write("xyz\nlonger\n");
    QTRY_COMPARE(texts(document), (QList{"xyz"_ba, "longer"_ba}));
    QVERIFY(document.wasReplaced());
}

void TestFileDocument::deletedStaysReadable()
{
    write(m_path, "abc\n");
    FileDocument document(m_path);
    QTRY_COMPARE(document.rowCount(), 1);
    QVERIFY(QFile::remove(m_path));
    QTRY_VERIFY(!document.errorText().isEmpty());
    QCOMPARE(texts(document), QList{"abc"_ba});
}

void TestFileDocument::appearsLater()
{
    FileDocument document(m_path);
    QVERIFY(!document.errorText().isEmpty());
    QVERIFY(document.isComplete());
    QCOMPARE(document.rowCount(), 0);
    write(m_path, "abc\n");
    QTRY_COMPARE(document.rowCount(), 1);
    QCOMPARE(document.errorText(), QString());
    QVERIFY(!document.wasReplaced());
}

void TestFileDocument::noRegularFile()
{
    FileDocument document(m_dir->path());
    QVERIFY(!document.errorText().isEmpty());
    QCOMPARE(document.rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestFileDocument)
#include "tst_filedocument.moc"
