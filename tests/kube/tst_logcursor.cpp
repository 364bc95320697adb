// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The resume arithmetic of logs: nothing lost, nothing twice, gaps only where lines may be missing.

#include "support/kube_recording.h"

#include "kube/logcursor.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace kube;
using Kind = LogLine::Kind;

namespace {

struct Written {
    LogStamp stamp;
    QByteArray text;
    [[nodiscard]] QByteArray line() const
    {
        return sinceTimeText(stamp.seconds).chopped(1) + '.' + QByteArray::number(stamp.nanos).rightJustified(9, '0')
            + "Z " + text;
    }
};

/// The newest log file of a container, as the kubelet serves it.
struct LogFile {
    QList<Written> lines;
    qsizetype start = 0; ///< lines before are in rotated files

    [[nodiscard]] QByteArray from(std::optional<qint64> since, int tail = 0) const
    {
        QByteArray bytes;
        const qsizetype begin = tail > 0 ? std::max(start, lines.size() - tail) : start;
        for (qsizetype i = begin; i < lines.size(); ++i) {
            if (!since || lines.at(i).stamp.seconds >= *since)
                bytes += lines.at(i).line() + '\n';
        }
        return bytes;
    }
};

QByteArray textOf(const QList<LogLine> &lines)
{
    QByteArray text;
    for (const LogLine &line : lines) {
        const char *names[] = {"", "<restart>", "<reconnected>", "<gap>", "<ended>"};
        text += line.kind == Kind::Text ? line.text : QByteArray(names[int(line.kind)]);
        text += '|';
    }
    return text;
}

Written at(qint64 seconds, int nanos, const QByteArray &text)
{
    return {{seconds, nanos}, text};
}

} // namespace

class TestLogCursor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stamps_data();
    void stamps();
    void sinceIsFlooredAndOneSecondBack();
    void resumes_data();
    void resumes();
    void announcesWhereNewLinesBegin();
    void longAndUnstampedLines();
    void goesOnBehindAnotherRun_data();
    void goesOnBehindAnotherRun();
    void tailThenResume();
    void forgetsWithinBounds();
    void tortureWithoutRotation_data();
    void tortureWithoutRotation();
    void tortureWithRotation_data();
    void tortureWithRotation();
    void recordedLogs_data();
    void recordedLogs();
};

void TestLogCursor::stamps_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<int>("nanos");
    QTest::newRow("nanoseconds") << QByteArray("2026-11-23T05:28:24.218712090Z") << true << Q_INT64_C(1795411704)
                                 << 218712090;
    QTest::newRow("whole") << QByteArray("2026-11-23T05:28:24Z") << true << Q_INT64_C(1795411704) << 0;
    QTest::newRow("trimmed zeros") << QByteArray("2026-11-23T05:28:24.2Z") << true << Q_INT64_C(1795411704)
                                   << 200000000;
    QTest::newRow("offset east") << QByteArray("2026-11-23T13:28:24.5+08:00") << true << Q_INT64_C(1795411704)
                                 << 500000000;
    QTest::newRow("offset west") << QByteArray("2026-11-22T23:58:24.5-05:30") << true << Q_INT64_C(1795411704)
                                 << 500000000;
    QTest::newRow("leap day") << QByteArray("2024-02-29T00:00:00Z") << true << Q_INT64_C(1709164800) << 0;
    QTest::newRow("epoch") << QByteArray("1970-01-01T00:00:00Z") << true << Q_INT64_C(0) << 0;
    for (const char *bad :
        {"", "2026", "2026-11-23 05:28:24Z", "2026-11-23T05:28:24", "2026-11-23T05:28:24.Z", "2026-13-23T05:28:24Z",
            "2026-11-23T25:28:24Z", "2026-11-23T05:28:24.1234567890Z", "2026-11-23T05:28:24+0800",
            "2026-1x-23T05:28:24Z", "2026-11-23T05:28:24Zx", "level=info msg=\"hello world\""}) {
        QTest::addRow("not \"%s\"", bad) << QByteArray(bad) << false << Q_INT64_C(0) << 0;
    }
}

void TestLogCursor::stamps()
{
    QFETCH(const QByteArray, text);
    const auto stamp = parseLogStamp(text);
    QTEST(stamp.has_value(), "valid");
    if (!stamp)
        return;
    QTEST(stamp->seconds, "seconds");
    QTEST(stamp->nanos, "nanos");
    QCOMPARE(sinceTimeText(1795411704), "2026-11-23T05:28:24Z");
}

void TestLogCursor::sinceIsFlooredAndOneSecondBack()
{
    LogCursor cursor;
    QVERIFY(!cursor.sinceTime());
    QList<LogLine> out;
    cursor.take({at(100, 999, "a").line(), false}, out);
    QCOMPARE(cursor.sinceTime(), 99);
    cursor.take({at(105, 1, "b").line(), false}, out);
    cursor.take({at(104, 999999999, "late").line(), false}, out);
    QCOMPARE(cursor.sinceTime(), 104);
    QCOMPARE(cursor.last()->seconds, 105);
}

void TestLogCursor::resumes_data()
{
    QTest::addColumn<QList<Written>>("before");
    QTest::addColumn<QList<Written>>("after");
    QTest::addColumn<QByteArray>("fresh");
    const QList<Written> abc{at(10, 1, "a"), at(10, 2, "b"), at(10, 3, "c")};
    const auto row = [](const char *name, const QList<Written> &before, const QList<Written> &after,
                         const char *fresh) { QTest::newRow(name) << before << after << QByteArray(fresh); };
    row("nothing new", abc, abc, "");
    row("new in the same second", abc, abc + QList{at(10, 4, "d")}, "d|");
    row("new later", abc, abc + QList{at(20, 0, "d"), at(21, 0, "e")}, "d|e|");
    row("nothing comes at all", abc, {}, "");
    row("nothing seen yet", {}, abc, "a|b|c|");
    row("alike lines are counted", {at(10, 1, "x"), at(10, 1, "x")},
        {at(10, 1, "x"), at(10, 1, "x"), at(10, 1, "x"), at(10, 2, "y")}, "x|y|");
    row("alike lines, none new", {at(10, 1, "x"), at(10, 1, "x")}, {at(10, 1, "x"), at(10, 1, "x"), at(10, 2, "y")},
        "y|");
    row("same text, other stamp", {at(10, 1, "x")}, {at(10, 1, "x"), at(10, 2, "x")}, "x|");
    row("same stamp, other text", {at(10, 1, "x")}, {at(10, 1, "x"), at(10, 1, "y")}, "y|");
    row("out of order", {at(10, 5, "out"), at(10, 3, "err")}, {at(10, 5, "out"), at(10, 3, "err"), at(10, 4, "err2")},
        "err2|");
    row("out of order over the second", {at(11, 1, "out")},
        {at(11, 1, "out"), at(10, 999999999, "err"), at(11, 2, "out2")}, "err|out2|");
    row("rotated, last line still there", abc, {at(10, 3, "c"), at(10, 4, "d")}, "d|");
    row("rotated, last line gone", abc, {at(10, 7, "f"), at(10, 8, "g")}, "<gap>|f|g|");
    row("rotated, much later", abc, {at(90, 0, "z")}, "<gap>|z|");
    row("rotated among alike lines", {at(10, 1, "x"), at(10, 1, "x"), at(10, 1, "x")}, {at(10, 1, "x"), at(10, 2, "y")},
        "y|");
    row("rest of a long line first", abc, {at(10, 2, "not the b we know"), at(10, 3, "c"), at(10, 4, "d")}, "d|");
}

void TestLogCursor::resumes()
{
    QFETCH(const QList<Written>, before);
    QFETCH(const QList<Written>, after);
    LogCursor cursor;
    QList<LogLine> out;
    for (const Written &line : before)
        cursor.take({line.line(), false}, out);
    QCOMPARE(out.size(), before.size());
    // A second resume after a cut in the middle of the first says the same.
    for (qsizetype cutAt = 0; cutAt <= after.size(); ++cutAt) {
        LogCursor copy = cursor;
        QList<LogLine> fresh;
        copy.resume(false);
        for (const Written &line : after.first(cutAt))
            copy.take({line.line(), false}, fresh);
        copy.streamEnded(false, fresh);
        copy.resume(false);
        for (const Written &line : after)
            copy.take({line.line(), false}, fresh);
        // What came before the cut is remembered, so a gap shows once.
        QTEST(textOf(fresh), "fresh");
    }
}

void TestLogCursor::announcesWhereNewLinesBegin()
{
    LogCursor cursor;
    QList<LogLine> out;
    cursor.resume(true);
    cursor.take({at(10, 1, "a").line(), false}, out);
    cursor.take({at(10, 2, "b").line(), false}, out);
    QCOMPARE(textOf(out), "a|b|"); // nothing was shown that could have been interrupted
    out.clear();
    cursor.streamEnded(false, out);
    cursor.resume(true);
    cursor.take({at(10, 1, "a").line(), false}, out);
    QVERIFY(!cursor.isCaughtUp());
    cursor.streamEnded(false, out);
    cursor.resume(false); // the announcement is still due
    cursor.take({at(10, 1, "a").line(), false}, out);
    cursor.take({at(10, 2, "b").line(), false}, out);
    QVERIFY(cursor.isCaughtUp());
    cursor.take({at(10, 3, "c").line(), false}, out);
    QCOMPARE(textOf(out), "<reconnected>|c|");
    out.clear();
    cursor.resume(true);
    cursor.take({at(99, 3, "z").line(), false}, out);
    QCOMPARE(textOf(out), "<gap>|z|");
}

void TestLogCursor::longAndUnstampedLines()
{
    LogCursor cursor;
    QList<LogLine> out;
    cursor.take({"unable to retrieve container logs for containerd://1", false}, out);
    cursor.take({"unable to retrieve container logs for containerd://1", false}, out);
    QCOMPARE(textOf(out), "unable to retrieve container logs for containerd://1|");
    QVERIFY(out.first().stamp.isEmpty());
    QVERIFY(!cursor.sinceTime());
    out.clear();
    cursor.take({"2026-11-23T05:28:24.5Z", false}, out); // an empty line
    cursor.take({"2026-11-23T05:28:24.6Z ", false}, out);
    cursor.take({"2026-11-23T05:28:24.7Z  indented", false}, out);
    cursor.take({"2026-11-23T05:28:24.8Z cut here", true}, out);
    QCOMPARE(textOf(out), "|| indented|cut here|");
    QCOMPARE(out.at(0).stamp, "2026-11-23T05:28:24.5Z");
    QVERIFY(out.at(3).cut);
    out.clear();
    cursor.resume(false);
    cursor.take({"the rest of a line that began earlier", false}, out);
    for (const char *line : {"2026-11-23T05:28:24.5Z", "2026-11-23T05:28:24.6Z ", "2026-11-23T05:28:24.7Z  indented"})
        cursor.take({line, false}, out);
    cursor.take({"2026-11-23T05:28:24.8Z cut here", true}, out);
    cursor.take({"2026-11-23T05:28:24.9Z new", false}, out);
    QCOMPARE(textOf(out), "new|");
}

void TestLogCursor::goesOnBehindAnotherRun_data()
{
    QTest::addColumn<QByteArray>("stamp");
    QTest::addColumn<int>("seen");
    QTest::addColumn<QByteArray>("fresh");
    const auto stamp = [](qint64 s, int n) { return at(s, n, {}).line().chopped(1); };
    QTest::newRow("in the middle") << stamp(10, 3) << 1 << QByteArray("d|e|f|g|");
    QTest::newRow("of two alike, one seen") << stamp(11, 5) << 1 << QByteArray("f|g|");
    QTest::newRow("of two alike, both seen") << stamp(11, 5) << 2 << QByteArray("g|");
    QTest::newRow("last") << stamp(12, 0) << 1 << QByteArray("");
    QTest::newRow("gone") << stamp(9, 0) << 1 << QByteArray("<gap>|a|b|c|d|e|f|g|");
    QTest::newRow("no stamp: from the beginning") << QByteArray("garbage") << 1 << QByteArray("a|b|c|d|e|f|g|");
}

void TestLogCursor::goesOnBehindAnotherRun()
{
    QFETCH(const QByteArray, stamp);
    QFETCH(const int, seen);
    const LogFile file{{at(10, 1, "a"), at(10, 2, "b"), at(10, 3, "c"), at(10, 4, "d"), at(11, 5, "e"), at(11, 5, "f"),
        at(12, 0, "g")}};
    LogCursor cursor(stamp, seen);
    QList<LogLine> out;
    cursor.resume(false);
    LineFramer framer(1000);
    for (const auto &line : framer.feed(file.from(cursor.sinceTime())))
        cursor.take(line, out);
    cursor.streamEnded(true, out);
    QTEST(textOf(out), "fresh");
}

/// After "the last two lines" the second asked for gives older ones as well; nobody wanted those.
void TestLogCursor::tailThenResume()
{
    LogFile file{{at(10, 1, "a"), at(10, 2, "b"), at(10, 3, "c"), at(10, 4, "d")}};
    LogCursor cursor;
    cursor.startedInTheMiddle();
    QList<LogLine> out;
    LineFramer framer(1000);
    cursor.resume(false);
    for (const auto &line : framer.feed(file.from(cursor.sinceTime(), 2)))
        cursor.take(line, out);
    QCOMPARE(textOf(out), "c|d|");
    file.lines += at(10, 5, "e");
    out.clear();
    cursor.resume(false);
    for (const auto &line : framer.feed(file.from(cursor.sinceTime())))
        cursor.take(line, out);
    QCOMPARE(textOf(out), "e|");
    // Rotated away: what is older than ours stays unwanted.
    file.lines += at(10, 6, "f");
    file.lines += at(12, 0, "g");
    file.start = 5;
    out.clear();
    cursor.resume(false);
    for (const auto &line : framer.feed(file.from(cursor.sinceTime())))
        cursor.take(line, out);
    QCOMPARE(textOf(out), "<gap>|f|g|");
}

void TestLogCursor::forgetsWithinBounds()
{
    LogFile file;
    for (int i = 0; i < 250000; ++i)
        file.lines.append(at(10, i, QByteArray::number(i)));
    LogCursor cursor;
    QList<LogLine> out;
    for (const Written &line : std::as_const(file.lines))
        cursor.take({line.line(), false}, out);
    QCOMPARE(out.size(), 250000);
    file.lines.append(at(10, 250000, "new"));
    out.clear();
    cursor.resume(false);
    LineFramer framer(1000);
    for (const auto &line : framer.feed(file.from(cursor.sinceTime())))
        cursor.take(line, out);
    QCOMPARE(textOf(out), "new|");
}

void TestLogCursor::tortureWithoutRotation_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 12; ++seed)
        QTest::addRow("%u", seed) << seed;
}

namespace {

/// Bursts within one second, pauses, stamps a little out of order, lines alike to the nanosecond, empty ones.
void write(LogFile &file, QRandomGenerator &random, int count, bool unique)
{
    LogStamp now = file.lines.isEmpty() ? LogStamp{1000, 0} : file.lines.last().stamp;
    for (const Written &line : std::as_const(file.lines).last(std::min<qsizetype>(file.lines.size(), 5)))
        now = std::max(now, line.stamp);
    for (int i = 0; i < count; ++i) {
        const int pick = random.bounded(100);
        if (pick < 60)
            now.nanos += random.bounded(2000000);
        else if (pick < 65)
            now.nanos += random.bounded(900000000);
        else if (pick < 67)
            now.seconds += random.bounded(20);
        if (now.nanos >= 1000000000) {
            now.nanos -= 1000000000;
            ++now.seconds;
        }
        LogStamp stamp = now;
        if (random.bounded(10) == 0) { // the other of stdout and stderr
            stamp.nanos -= random.bounded(3000000);
            if (stamp.nanos < 0) {
                stamp.nanos += 1000000000;
                --stamp.seconds;
            }
        }
        QByteArray text = unique ? QByteArray::number(file.lines.size()) : QByteArray::number(random.bounded(3));
        if (!unique && random.bounded(10) == 0)
            text.clear();
        file.lines.append({stamp, text});
    }
}

} // namespace

/// Thousands of lines, cut at any byte hundreds of times: the same lines in the same order.
void TestLogCursor::tortureWithoutRotation()
{
    QFETCH(const quint32, seed);
    QRandomGenerator random(seed);
    LogFile file;
    LogCursor cursor;
    QList<LogLine> out;
    const int tail = seed % 4 == 0 ? 30 : 0;
    write(file, random, 200, false);
    const qsizetype first = tail > 0 ? file.lines.size() - tail : 0;
    if (tail > 0)
        cursor.startedInTheMiddle();
    for (int round = 0; round < 250; ++round) {
        cursor.resume(false);
        const auto since = cursor.sinceTime();
        const QByteArray bytes = file.from(since, since ? 0 : tail);
        qsizetype cutAt = round == 249 ? bytes.size() : random.bounded(int(bytes.size()) + 1);
        if (tail > 0 && round == 0)
            cutAt = bytes.size();
        LineFramer framer(1000);
        for (qsizetype at = 0; at < cutAt;) {
            const qsizetype size = std::min<qsizetype>(1 + random.bounded(300), cutAt - at);
            for (const auto &line : framer.feed(QByteArrayView(bytes).sliced(at, size)))
                cursor.take(line, out);
            at += size;
        }
        cursor.streamEnded(round == 249, out);
        if (round < 248)
            write(file, random, random.bounded(30), false);
    }
    QByteArrayList got, expected;
    for (const LogLine &line : std::as_const(out)) {
        QCOMPARE(line.kind, Kind::Text);
        got.append(line.stamp + ' ' + line.text);
    }
    for (qsizetype i = first; i < file.lines.size(); ++i)
        expected.append(file.lines.at(i).line());
    QVERIFY(expected.size() > 3000);
    for (qsizetype i = 0; i < std::min(got.size(), expected.size()); ++i)
        QCOMPARE(got.at(i), expected.at(i));
    QCOMPARE(got.size(), expected.size());
}

void TestLogCursor::tortureWithRotation_data()
{
    tortureWithoutRotation_data();
}

/// Rotation now and then: lines are missing only where a gap stands, and a gap stands only where the last line seen was
/// in a rotated file.
void TestLogCursor::tortureWithRotation()
{
    QFETCH(const quint32, seed);
    QRandomGenerator random(seed);
    LogFile file;
    LogCursor cursor;
    QList<LogLine> out;
    QList<qsizetype> mayGap; // numbers of last lines that were rotated away before a resume
    qsizetype lastSeen = -1;
    for (int round = 0; round < 300; ++round) {
        write(file, random, random.bounded(30), true);
        if (random.bounded(8) == 0)
            file.start = std::max(file.start, file.lines.size() - 1 - random.bounded(20));
        if (lastSeen >= 0 && lastSeen < file.start)
            mayGap.append(lastSeen);
        cursor.resume(false);
        const QByteArray bytes = file.from(cursor.sinceTime());
        const qsizetype cutAt = round == 299 ? bytes.size() : random.bounded(int(bytes.size()) + 1);
        LineFramer framer(1000);
        QList<LogLine> fresh;
        for (const auto &line : framer.feed(QByteArrayView(bytes).first(cutAt)))
            cursor.take(line, fresh);
        cursor.streamEnded(round == 299, fresh);
        for (const LogLine &line : std::as_const(fresh)) {
            if (line.kind == Kind::Text)
                lastSeen = line.text.toLongLong();
        }
        out += fresh;
    }
    qsizetype expected = 0;
    bool gap = true; // what was rotated away before the first look was never ours to see
    int gaps = 0;
    for (const LogLine &line : std::as_const(out)) {
        if (line.kind == Kind::Gap) {
            QVERIFY2(mayGap.contains(expected - 1), "a gap where nothing was rotated");
            gap = true;
            ++gaps;
            continue;
        }
        const qsizetype number = line.text.toLongLong();
        QVERIFY2(number >= expected, "a line came twice or out of order");
        QVERIFY2(number == expected || gap, "lines are missing without a gap");
        gap = false;
        expected = number + 1;
    }
    QCOMPARE(expected, file.lines.size());
    QVERIFY(gaps > 0 || mayGap.isEmpty());
}

void TestLogCursor::recordedLogs_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name :
        {"follow-apply-manifests", "follow-prepare", "follow-post-drain", "log-since-time", "log-timestamps-tail"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestLogCursor::recordedLogs()
{
    QFETCH(const QString, name);
    const auto response = support::RecordedResponse::load(name);
    QCOMPARE(response.status, 200);
    LogFile file;
    for (const QByteArray &line : response.body.split('\n')) {
        if (line.isEmpty())
            continue;
        const auto stamp = parseLogStamp(QByteArrayView(line).first(30));
        QVERIFY(stamp);
        file.lines.append({*stamp, line.mid(31)});
    }
    QVERIFY(file.lines.size() >= 5);
    QCOMPARE(file.from(std::nullopt), response.body);
    QRandomGenerator random(3);
    for (int round = 0; round < 50; ++round) {
        LogCursor cursor;
        QList<LogLine> out;
        for (int cut = 0; cut < 20; ++cut) {
            cursor.resume(false);
            const QByteArray bytes = file.from(cursor.sinceTime());
            LineFramer framer(4000);
            for (const auto &line : framer.feed(
                     QByteArrayView(bytes).first(cut == 19 ? bytes.size() : random.bounded(int(bytes.size()) + 1))))
                cursor.take(line, out);
            cursor.streamEnded(cut == 19, out);
        }
        QByteArray got;
        for (const LogLine &line : std::as_const(out))
            got += line.stamp + ' ' + line.text + '\n';
        QCOMPARE(got, response.body);
    }
}

QTEST_GUILESS_MAIN(TestLogCursor)
#include "tst_logcursor.moc"
