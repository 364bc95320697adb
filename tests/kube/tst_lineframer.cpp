// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Lines come out the same wherever the network splits the bytes, and memory stays bounded.

#include "support/kube_recording.h"

#include "kube/lineframer.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using kube::LineFramer;

class TestLineFramer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everySplit_data();
    void everySplit();
    void rest();
    void longLines_data();
    void longLines();
    void recordingsAtAnySplit_data();
    void recordingsAtAnySplit();
};

namespace {

QByteArrayList textsOf(const QList<LineFramer::Line> &lines)
{
    QByteArrayList texts;
    for (const LineFramer::Line &line : lines)
        texts.append(line.text + (line.cut ? "[cut]" : ""));
    return texts;
}

} // namespace

void TestLineFramer::everySplit_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<QByteArray>("rest");
    QTest::newRow("nothing") << QByteArray() << QByteArrayList() << QByteArray();
    QTest::newRow("one") << QByteArray("one\n") << QByteArrayList{"one"} << QByteArray();
    QTest::newRow("tail") << QByteArray("one\ntwo") << QByteArrayList{"one"} << QByteArray("two");
    QTest::newRow("empty lines") << QByteArray("\n\na\n\n") << QByteArrayList{"", "", "a", ""} << QByteArray();
    QTest::newRow("carriage returns stay")
        << QByteArray("a\r\nb\rc\n") << QByteArrayList{"a\r", "b\rc"} << QByteArray();
    QTest::newRow("zero bytes and broken UTF-8")
        << QByteArray("a\0b\n\xff\xc3\n", 7) << QByteArrayList{QByteArray("a\0b", 3), "\xff\xc3"} << QByteArray();
    QTest::newRow("characters across the split")
        << QByteArray("升级\n完成\n") << QByteArrayList{"升级", "完成"} << QByteArray();
}

void TestLineFramer::everySplit()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArrayList, lines);
    QFETCH(const QByteArray, rest);
    for (qsizetype a = 0; a <= bytes.size(); ++a) {
        for (qsizetype b = a; b <= bytes.size(); ++b) {
            LineFramer framer(100);
            QList<LineFramer::Line> got = framer.feed(QByteArrayView(bytes).first(a));
            got += framer.feed(QByteArrayView(bytes).sliced(a, b - a));
            got += framer.feed(QByteArrayView(bytes).sliced(b));
            QCOMPARE(textsOf(got), lines);
            QCOMPARE(framer.takeRest().text, rest);
        }
    }
}

void TestLineFramer::rest()
{
    LineFramer framer(10);
    QVERIFY(framer.feed("abc").isEmpty());
    QVERIFY(framer.hasRest());
    QCOMPARE(framer.takeRest().text, "abc");
    QVERIFY(!framer.hasRest());
    QCOMPARE(textsOf(framer.feed("d\n")), QByteArrayList{"d"});
    QVERIFY(framer.feed("abc").isEmpty());
    framer.clear();
    QCOMPARE(textsOf(framer.feed("d\n")), QByteArrayList{"d"});
}

void TestLineFramer::longLines_data()
{
    QTest::addColumn<int>("slice");
    for (const int slice : {1, 2, 3, 7, 100000})
        QTest::addRow("slices of %d", slice) << slice;
}

void TestLineFramer::longLines()
{
    QFETCH(const int, slice);
    const QByteArray bytes = "12345678\n123456789\n" + QByteArray(5000, 'x') + "\nok\n" + QByteArray(20, 'y');
    LineFramer framer(8);
    QList<LineFramer::Line> got;
    for (qsizetype at = 0; at < bytes.size(); at += slice)
        got += framer.feed(QByteArrayView(bytes).sliced(at, std::min<qsizetype>(slice, bytes.size() - at)));
    QCOMPARE(textsOf(got), (QByteArrayList{"12345678", "12345678[cut]", "xxxxxxxx[cut]", "ok"}));
    const LineFramer::Line rest = framer.takeRest();
    QCOMPARE(rest.text, "yyyyyyyy");
    QVERIFY(rest.cut);
    QCOMPARE(textsOf(framer.feed("z\n")), QByteArrayList{"z"});
}

void TestLineFramer::recordingsAtAnySplit_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name :
        {"watch-upgrades", "watch-cut-by-server-restart", "follow-apply-manifests", "log-limit-bytes"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestLineFramer::recordingsAtAnySplit()
{
    QFETCH(const QString, name);
    const auto response = support::RecordedResponse::load(name);
    QVERIFY(!response.body.isEmpty());
    QByteArrayList expected = response.body.split('\n');
    const QByteArray rest = expected.takeLast();
    QRandomGenerator random(1);
    for (int round = 0; round < 50; ++round) {
        LineFramer framer(1 << 20);
        QByteArrayList got;
        for (qsizetype at = 0; at < response.body.size();) {
            const qsizetype size
                = std::min<qsizetype>(1 + random.bounded(round % 2 ? 200 : 5000), response.body.size() - at);
            got += textsOf(framer.feed(QByteArrayView(response.body).sliced(at, size)));
            at += size;
        }
        QCOMPARE(got, expected);
        QCOMPARE(framer.takeRest().text, rest);
    }
}

QTEST_GUILESS_MAIN(TestLineFramer)
#include "tst_lineframer.moc"
