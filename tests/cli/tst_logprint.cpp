// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Kept logs as bytes: exact as text, harmless on a terminal, whole as JSON.

#include "cli/logprint.h"
#include "logs/jobdocument.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using cli::LogFormat;

class TestLogPrint : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void textIsExact();
    void terminalsObeyNothing();
    void namesAndTimes();
    void dividersOfMarks();
    void sinceATime();
    void jsonHasEveryByte();
    void jsonOfDividers();
    void aWriterThatWantsNoMore();
    void jsonStrings_data();
    void jsonStrings();

private:
    struct File {
        QString pod;
        QByteArray text, marks;
    };
    QByteArray printed(const QList<File> &files, const LogFormat &format, bool names = false);
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {
const QByteArray t1 = "2026-01-01T10:00:01.5Z"_ba, t2 = "2026-01-01T10:00:02Z"_ba, t3 = "2026-01-01T10:00:03Z"_ba,
                 t4 = "2026-01-01T10:00:04Z"_ba;

qint64 at(const char *time)
{
    return QDateTime::fromString(QLatin1StringView(time), Qt::ISODate).toMSecsSinceEpoch() * 1'000'000;
}
} // namespace

QByteArray TestLogPrint::printed(const QList<File> &files, const LogFormat &format, bool names)
{
    QList<logs::JobDocument::Source> sources;
    QList<cli::LogSource> known;
    for (const File &file : files) {
        cli::LogSource source;
        source.key = {u"ns"_s, file.pod, u"uid"_s, u"main"_s};
        source.job = u"job"_s;
        source.path = m_folder->filePath(file.pod);
        for (const auto &[path, bytes] :
            {std::pair(source.path, file.text), std::pair(source.path + u".marks"_s, file.marks)}) {
            QFile out(path);
            if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
                return {};
        }
        known.append(source);
        sources.append({source.path, file.pod});
    }
    logs::JobDocument document(sources);
    if (!QTest::qWaitFor([&] { return document.isComplete(); }, 20000))
        return {};
    QByteArray result;
    cli::LogPrinter printer(format, [&](QByteArrayView bytes) {
        result += bytes;
        return true;
    });
    printer.setSources(known);
    printer.setNames(names);
    const auto content = document.content();
    if (!printer.print(*content, 0, content->rowCount()))
        return {};
    for (qsizetype i = 0; i < files.size(); ++i) {
        if (printer.bytesOf(i) != files.at(i).text.size())
            return "the bytes gone through are counted wrongly"_ba;
    }
    return result;
}

void TestLogPrint::textIsExact()
{
    const QByteArray odd("\x1b[31mred\x1b[0m \r\x00\x07\xff\xfe end\r", 26);
    const QByteArray huge(1'500'000, 'x');
    const QByteArray file = t1 + ' ' + odd + '\n' + t2 + " \n" + t3 + ' ' + huge + '\n' + "no time\n";
    QCOMPARE(printed({{u"a"_s, file, {}}}, {}), odd + "\n\n" + huge + "\nno time\n");
}

void TestLogPrint::terminalsObeyNothing()
{
    LogFormat format;
    format.visible = true;
    const QByteArray text = printed({{u"a"_s, t1 + " \x1b]0;title\x07 \x1b[2J\xff\n", {}}}, format);
    QVERIFY(text.endsWith('\n'));
    for (const char c : text.chopped(1))
        QVERIFY2(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f, text.constData());
    QVERIFY2(QString::fromUtf8(text).contains(u"␛"_s), text.constData());
}

void TestLogPrint::namesAndTimes()
{
    const QList<File> files{{u"a"_s, t1 + " one\n" + t3 + " three\n", {}}, {u"b"_s, t2 + " two\nmore\n", {}}};
    LogFormat format;
    format.timestamps = true;
    QByteArray lines;
    for (const QByteArray &line : printed(files, format, true).split('\n')) {
        if (!line.contains("---"))
            lines += line + '\n';
    }
    QCOMPARE(lines.chopped(1), "a/main " + t1 + " one\nb/main " + t2 + " two\nb/main more\na/main " + t3 + " three\n");
}

void TestLogPrint::dividersOfMarks()
{
    const QByteArray first = t1 + " one\n";
    const QByteArray marks = R"({"at":)" + QByteArray::number(first.size()) + R"(,"kind":"restart","time":")" + t2
        + "\"}\n" + R"({"at":)" + QByteArray::number(2 * first.size())
        + R"(,"kind":"ended","text":"Error, exit code 3"})" + '\n';
    const QByteArray text = printed({{u"a"_s, first + first, marks}}, {});
    QVERIFY2(text.startsWith("one\n--- restart ---\none\n--- ended: "), text.constData());
    QVERIFY2(text.contains("exit code 3"), text.constData());
}

void TestLogPrint::sinceATime()
{
    const QByteArray one = t1 + " one\n", two = t3 + " three\n";
    const QByteArray marks = R"({"at":0,"kind":"gap","time":")" + t1 + "\"}\n" + R"({"at":)"
        + QByteArray::number(one.size() + 6) + R"(,"kind":"reconnected","time":")" + t3 + "\"}\n";
    LogFormat format;
    format.since = at("2026-01-01T10:00:03Z");
    // A line without a time goes with the one before; a divider by its own.
    const QByteArray text = printed({{u"a"_s, one + "early\n" + two + "late\n" + t2 + " two\n", marks}}, format);
    QVERIFY2(text.startsWith("--- reconnected"), text.constData());
    QCOMPARE(text.sliced(text.indexOf('\n') + 1), "three\nlate\n");
    // Of a pod that has nothing to say since then nothing is said.
    QVERIFY(!printed({{u"a"_s, one, {}}, {u"b"_s, two, {}}}, format, true).contains("a/main"));
}

void TestLogPrint::jsonHasEveryByte()
{
    LogFormat format;
    format.json = true;
    const QByteArray bad = "bad \xff\xc3 \"quoted\"\x01\tend"_ba;
    const QByteArray huge(200'000, 'y');
    const QList<QByteArray> lines
        = printed({{u"a"_s, t1 + " grüße\n" + t2 + ' ' + bad + '\n' + huge + '\n', {}}}, format).trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    const QJsonObject first = QJsonDocument::fromJson(lines.at(0)).object();
    QCOMPARE(first.value("schema"_L1).toString(), u"gleaner.log/v1"_s);
    QCOMPARE(first.value("type"_L1).toString(), u"line"_s);
    QCOMPARE(first.value("time"_L1).toString(), QString::fromLatin1(t1));
    QCOMPARE(first.value("pod"_L1).toString(), u"a"_s);
    QCOMPARE(first.value("container"_L1).toString(), u"main"_s);
    QCOMPARE(first.value("job"_L1).toString(), u"job"_s);
    QVERIFY(first.value("node"_L1).isNull());
    QCOMPARE(first.value("text"_L1).toString(), u"grüße"_s);
    QVERIFY(!first.contains("base64"_L1));
    const QJsonObject second = QJsonDocument::fromJson(lines.at(1)).object();
    QCOMPARE(QByteArray::fromBase64(second.value("base64"_L1).toString().toLatin1()), bad);
    QVERIFY(second.value("text"_L1).toString().endsWith(u" \"quoted\"\u0001\tend"_s));
    const QJsonObject third = QJsonDocument::fromJson(lines.at(2)).object();
    QVERIFY(third.value("time"_L1).isNull());
    QCOMPARE(third.value("text"_L1).toString().size(), huge.size());
}

void TestLogPrint::jsonOfDividers()
{
    LogFormat format;
    format.json = true;
    const QByteArray marks = R"({"at":0,"kind":"ended","time":")" + t1 + R"(","text":"a \"b\""})" + '\n';
    const QList<QByteArray> lines = printed({{u"a"_s, t1 + " one\n", marks}}, format).trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    const QJsonObject divider = QJsonDocument::fromJson(lines.at(0)).object();
    QCOMPARE(divider.value("type"_L1).toString(), u"divider"_s);
    QCOMPARE(divider.value("kind"_L1).toString(), u"ended"_s);
    QCOMPARE(divider.value("text"_L1).toString(), u"a \"b\""_s);
    QCOMPARE(divider.value("time"_L1).toString(), QString::fromLatin1(t1));
}

void TestLogPrint::aWriterThatWantsNoMore()
{
    QByteArray many;
    for (int i = 0; i < 50'000; ++i)
        many += t1 + " a line that is neither short nor long\n";
    QFile file(m_folder->filePath(u"a"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(many) == many.size());
    file.close();
    logs::JobDocument document({{file.fileName(), u"a"_s}});
    QTRY_VERIFY_WITH_TIMEOUT(document.isComplete(), 20000);
    int calls = 0;
    cli::LogPrinter printer({}, [&](QByteArrayView bytes) {
        ++calls;
        return bytes.size() > 10'000'000; // what is handed over at once is bounded
    });
    cli::LogSource source;
    printer.setSources({source});
    QVERIFY(!printer.print(*document.content(), 0, document.rowCount()));
    QCOMPARE(calls, 1);
}

void TestLogPrint::jsonStrings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("every ASCII") << [] {
        QByteArray all;
        for (int i = 0; i < 128; ++i)
            all += char(i);
        return all;
    }();
    QTest::newRow("beyond") << "节点 \xf0\x9f\x98\x80 \xc2\x85"_ba;
}

void TestLogPrint::jsonStrings()
{
    QFETCH(const QByteArray, bytes);
    const QByteArray json = cli::jsonString(bytes);
    QVERIFY(!json.contains('\n'));
    QCOMPARE(QJsonDocument::fromJson("{\"a\":" + json + '}').object().value("a"_L1).toString().toUtf8(), bytes);
}

QTEST_GUILESS_MAIN(TestLogPrint)
#include "tst_logprint.moc"
