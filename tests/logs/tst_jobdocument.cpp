// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Several logs as one: merged by time, with dividers, growing, searched.

#include "logs/jobdocument.h"
#include "logs/marks.h"
#include "logs/roworder.h"
#include "logs/search.h"

#include <QDateTime>
#include <QFile>
#include <QRandomGenerator>
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

/// A line with its stamp: `ms` after noon.
QByteArray line(qint64 ms, const QByteArray &text)
{
    static const QDateTime noon = QDateTime::fromString(u"2026-11-25T12:00:00Z"_s, Qt::ISODate);
    return noon.addMSecs(ms).toString(Qt::ISODateWithMs).toUtf8() + ' ' + text + '\n';
}

/// "a1", or "-gap-" for a divider.
QList<QByteArray> shown(const Document &document)
{
    QList<QByteArray> shown;
    for (const Row &row : document.rows(0, document.rowCount())) {
        if (!row.isDivider())
            shown.append(row.text);
        else
            shown.append("-" + QByteArray::number(int(row.divider.kind)) + "-" + QByteArray::number(row.source));
    }
    return shown;
}

QByteArray divider(Divider::Kind kind, int source)
{
    return "-" + QByteArray::number(int(kind)) + "-" + QByteArray::number(source);
}

} // namespace

class TestJobDocument : public QObject {
    Q_OBJECT

private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void oneSourceHasNoDivider();
    void attemptsOneAfterTheOther();
    void interleaved();
    void marks();
    void growsAtItsEnd();
    void aSourceThatComes();
    void asANaiveMerge_data();
    void asANaiveMerge();
    void replacedFile();
    void order();
    void marksFormat();

private:
    QString path(const char *name) const { return m_dir->filePath(QString::fromLatin1(name)); }

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestJobDocument::oneSourceHasNoDivider()
{
    write(path("a"), line(0, "a0") + line(1, "a1"));
    const JobDocument document({{path("a"), u"pod a"_s}});
    QTRY_COMPARE(shown(document), (QList{"a0"_ba, "a1"_ba}));
    QTRY_VERIFY(document.isComplete());
    QCOMPARE(document.content()->sources(), QStringList{u"pod a"_s});
    const Row row = document.rows(1, 1).constFirst();
    QCOMPARE(row.stamp, "2026-11-25T12:00:00.001Z"_ba);
    QCOMPARE(row.line, 1);
}

void TestJobDocument::attemptsOneAfterTheOther()
{
    QByteArray a;
    QByteArray b;
    QList<QByteArray> expected{divider(Divider::Kind::Source, 1)};
    for (int i = 0; i < 5000; ++i) {
        b += line(i, "b" + QByteArray::number(i));
        expected.append("b" + QByteArray::number(i));
    }
    expected.append(divider(Divider::Kind::Source, 0));
    for (int i = 0; i < 5000; ++i) {
        a += line(10'000 + i, "a" + QByteArray::number(i));
        expected.append("a" + QByteArray::number(i));
    }
    write(path("a"), a);
    write(path("b"), b);
    const JobDocument document({{path("a"), u"a"_s}, {path("b"), u"b"_s}});
    QTRY_VERIFY(document.isComplete());
    QCOMPARE(shown(document), expected);
    QCOMPARE(document.content()->part(document.rowCount() - 1, 1, 10), "4999"_ba);
    QCOMPARE(document.content()->dividers().count(), 2);
}

void TestJobDocument::interleaved()
{
    write(path("a"), line(0, "a0") + line(20, "a20") + "no stamp\n" + line(40, "a40"));
    write(path("b"), line(10, "b10") + line(20, "b20") + line(30, "b30"));
    const JobDocument document({{path("a"), u"a"_s}, {path("b"), u"b"_s}});
    QTRY_VERIFY(document.isComplete());
    QCOMPARE(shown(document),
        (QList{divider(Divider::Kind::Source, 0), "a0"_ba, divider(Divider::Kind::Source, 1), "b10"_ba, "a20"_ba,
            "no stamp"_ba, "b20"_ba, "b30"_ba, "a40"_ba}));
}

void TestJobDocument::marks()
{
    const QByteArray begin = line(0, "a0");
    write(path("a"), begin + line(1, "a1"));
    write(path("a.marks"),
        markLine({begin.size(), {Divider::Kind::Restart, "2026-11-25T12:00:00Z", u"OOMKilled"_s}}) + "damaged\n"
            + markLine({begin.size(), {Divider::Kind::Gap, {}, {}}}));
    JobDocument document({{path("a"), u"a"_s}});
    QTRY_COMPARE(
        shown(document), (QList{"a0"_ba, divider(Divider::Kind::Restart, 0), divider(Divider::Kind::Gap, 0), "a1"_ba}));
    QCOMPARE(document.rows(1, 1).constFirst().divider.text, u"OOMKilled"_s);
    QCOMPARE(document.rows(1, 1).constFirst().divider.time, "2026-11-25T12:00:00Z"_ba);
    // At the end, after everything was read; noticed by itself. One for bytes that are not there yet waits for them.
    const qint64 end = QFile(path("a")).size();
    const QByteArray later = line(2, "a2");
    write(path("a.marks"),
        markLine({end, {Divider::Kind::Ended, {}, u"Completed"_s}})
            + markLine({end + later.size(), {Divider::Kind::Cut, {}, {}}}),
        QIODevice::Append);
    QTRY_COMPARE(document.rowCount(), 5);
    write(path("a"), later, QIODevice::Append);
    document.check();
    QTRY_COMPARE(
        shown(document).sliced(4), (QList{divider(Divider::Kind::Ended, 0), "a2"_ba, divider(Divider::Kind::Cut, 0)}));
}

void TestJobDocument::growsAtItsEnd()
{
    write(path("a"), line(0, "a0"));
    write(path("b"), line(1, "b1"));
    JobDocument document({{path("a"), u"a"_s}, {path("b"), u"b"_s}});
    QTRY_COMPARE(document.rowCount(), 4);
    QSignalSpy grew(&document, &Document::grew);
    QSignalSpy reset(&document, &Document::reset);
    const QList<QByteArray> before = shown(document);
    write(path("b"), line(5, "b5") + "2026-11-25T12:00:00.006Z torn", QIODevice::Append);
    document.check();
    QTRY_COMPARE(document.rowCount(), 5);
    // Earlier than what is shown, but later in coming: it does not move what is there.
    write(path("a"), line(3, "a3"), QIODevice::Append);
    write(path("b"), " line\n", QIODevice::Append);
    document.check();
    QTRY_COMPARE(document.rowCount(), 7);
    QCOMPARE(shown(document).first(4), before);
    QCOMPARE(shown(document).sliced(4, 1), QList{"b5"_ba});
    QVERIFY(shown(document).contains("torn line"));
    QCOMPARE(grew.constFirst().constFirst().toLongLong(), 4);
    QCOMPARE(reset.count(), 0);
}

void TestJobDocument::aSourceThatComes()
{
    write(path("a"), line(0, "a0"));
    JobDocument document({{path("a"), u"a"_s}});
    QTRY_COMPARE(document.rowCount(), 1);
    QSignalSpy reset(&document, &Document::reset);
    document.addSource({path("b"), u"b"_s}); // its file comes later
    QTRY_VERIFY(!document.errorText().isEmpty());
    write(path("a"), line(1, "a1"), QIODevice::Append);
    QTRY_COMPARE(document.rowCount(), 2);
    write(path("b"), line(2, "b2"));
    QTRY_COMPARE(shown(document), (QList{"a0"_ba, "a1"_ba, divider(Divider::Kind::Source, 1), "b2"_ba}));
    QTRY_COMPARE(document.errorText(), QString());
    QCOMPARE(reset.count(), 0);
}

void TestJobDocument::asANaiveMerge_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 0; seed < 10; ++seed)
        QTest::addRow("%u", seed) << seed;
}

void TestJobDocument::asANaiveMerge()
{
    QFETCH(const quint32, seed);
    QRandomGenerator random(seed);
    struct Line {
        qint64 time;
        int source;
        QByteArray text;
    };
    std::vector<Line> all;
    QList<JobDocument::Source> sources;
    const int count = random.bounded(1, 5);
    const int pace = random.bounded(2) == 0 ? 3 : 200; // ties and turns, or long runs
    for (int source = 0; source < count; ++source) {
        QByteArray log;
        qint64 time = random.bounded(20'000);
        for (int i = random.bounded(6000); i > 0; --i) {
            time += random.bounded(random.bounded(100) == 0 ? 20'000 : pace);
            const QByteArray text
                = QByteArray::number(source) + ":" + QByteArray::number(i) + (i % 10 == 0 ? " needle" : "");
            log += line(time, text);
            all.push_back({time, source, text});
        }
        const QString file = path(QByteArray::number(source).constData());
        write(file, log);
        sources.append({file, QString::number(source)});
    }
    std::stable_sort(all.begin(), all.end(),
        [](const Line &a, const Line &b) { return std::pair(a.time, a.source) < std::pair(b.time, b.source); });
    const JobDocument constDocument(sources);
    QTRY_VERIFY_WITH_TIMEOUT(constDocument.isComplete(), 30'000);
    QList<QByteArray> expected;
    for (const Line &one : all)
        expected.append(one.text);
    QList<QByteArray> lines;
    QList<qint64> needles;
    const QList<Row> rows = constDocument.rows(0, constDocument.rowCount());
    for (const Row &row : rows) {
        if (row.isDivider())
            continue;
        lines.append(row.text);
        if (row.text.endsWith("needle"))
            needles.append(row.row);
    }
    QCOMPARE(lines, expected);
    // Any window of rows is the same.
    for (int i = 0; i < 20 && !rows.isEmpty(); ++i) {
        const qint64 first = random.bounded(rows.size());
        const QList<Row> part = constDocument.rows(first, 50);
        for (qsizetype k = 0; k < part.size(); ++k)
            QCOMPARE(part.at(k).text, rows.at(first + k).text);
    }
    JobDocument document(sources);
    Search search(&document);
    QVERIFY(search.start({.text = u"NEEDLE"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(document.isComplete() && search.scannedRows() == document.rowCount(), 30'000);
    QList<qint64> found;
    search.matches().forEach(0, document.rowCount(), [&](qint64 row) { found.append(row); });
    QCOMPARE(found, needles);
}

void TestJobDocument::replacedFile()
{
    write(path("a"), line(0, "a0") + line(1, "a1"));
    const JobDocument document({{path("a"), u"a"_s}});
    QTRY_COMPARE(document.rowCount(), 2);
    QSignalSpy reset(&document, &Document::reset);
    write(path("a"), line(5, "new"));
    QTRY_COMPARE(shown(document), QList{"new"_ba});
    QVERIFY(reset.count() > 0);
}

void TestJobDocument::order()
{
    QRandomGenerator random(1);
    for (int round = 0; round < 10; ++round) {
        RowOrder order;
        std::vector<quint16> naive;
        for (int i = 0; i < 40; ++i) {
            const quint16 source = random.bounded(6) == 0 ? RowOrder::divider : quint16(random.bounded(3));
            const int count = random.bounded(round % 2 == 0 ? 3000 : 10);
            order.append(source, count);
            naive.insert(naive.end(), size_t(count), source);
        }
        QCOMPARE(order.count(), qint64(naive.size()));
        std::array<qint64, 3> lines{};
        for (qint64 row = 0; row < order.count(); ++row) {
            const quint16 source = naive[size_t(row)];
            QVERIFY(order.sourceOf(row) == source);
            if (source == RowOrder::divider)
                continue;
            if (row % 101 == 0 || round % 2 == 1) {
                QCOMPARE(order.linesBefore(source, row), lines[source]);
                QCOMPARE(order.rowOf(source, lines[source]), row);
            }
            ++lines[source];
        }
        for (quint16 source = 0; source < 3; ++source) {
            QCOMPARE(order.lines(source), lines[source]);
            QCOMPARE(order.linesBefore(source, order.count()), lines[source]);
            QCOMPARE(order.rowOf(source, lines[source]), -1);
        }
    }
}

void TestJobDocument::marksFormat()
{
    for (const auto kind : {Divider::Kind::Restart, Divider::Kind::Reconnected, Divider::Kind::Gap, Divider::Kind::Cut,
             Divider::Kind::Ended, Divider::Kind::Dropped, Divider::Kind::Replaced}) {
        const Mark mark{12345678901234, {kind, "2026-11-25T12:00:00Z", u"exit code 1, \"quoted\"\n"_s}};
        const QByteArray text = markLine(mark);
        QVERIFY(text.endsWith('\n'));
        QCOMPARE(text.count('\n'), 1);
        QCOMPARE(parseMark(QByteArrayView(text).chopped(1)), mark);
    }
    QCOMPARE(markLine({7, {Divider::Kind::Gap, {}, {}}}), "{\"at\":7,\"kind\":\"gap\"}\n"_ba);
    for (const char *bad : {"", "{", "[]", "{\"at\":1}", "{\"at\":-1,\"kind\":\"gap\"}",
             "{\"at\":\"1\",\"kind\":\"gap\"}", "{\"at\":1,\"kind\":\"later\"}"})
        QVERIFY2(!parseMark(bad), bad);
}

QTEST_GUILESS_MAIN(TestJobDocument)
#include "tst_jobdocument.moc"
