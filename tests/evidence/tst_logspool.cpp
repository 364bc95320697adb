// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// One log on disk: its bytes, its dividers, going on after a crash, a full or broken disk, limits.

#include "evidence/logspool.h"
#include "support/evidence_faults.h"
#include "support/evidence_source.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using evidence::LogSpool;
using evidence::MarkKind;
using kube::LogLine;
using Taken = evidence::LogSpool::Taken;
using Kind = kube::LogLine::Kind;

namespace {

LogLine text(const QByteArray &stamp, const QByteArray &line, bool cut = false)
{
    return {Kind::Text, stamp, line, cut};
}

LogLine divider(Kind kind, const QByteArray &line = {})
{
    return {kind, {}, line, false};
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void setContents(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QList<evidence::Mark> marks(const QString &path)
{
    QList<evidence::Mark> out;
    const QByteArrayList lines = contents(path + u".marks"_s).split('\n');
    for (const QByteArray &line : lines) {
        if (const auto mark = logs::parseMark(line))
            out.append(*mark);
    }
    return out;
}

evidence::SpoolOptions quick()
{
    evidence::SpoolOptions options;
    options.firstRetry = std::chrono::milliseconds(1);
    options.longestRetry = std::chrono::milliseconds(5);
    return options;
}

const QByteArray t1 = "2026-11-25T10:00:01.000000001Z";
const QByteArray t2 = "2026-11-25T10:00:01.000000002Z";
const QByteArray t3 = "2026-11-25T10:00:02.5Z";

} // namespace

class TestLogSpool : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = m_dir->filePath(u"apply.log"_s);
    }

    void bytesAndMarks()
    {
        {
            const auto spool = LogSpool::open(m_path);
            QVERIFY(spool);
            QCOMPARE(
                (*spool)->append({text({}, "a note of the kubelet"), text(t1, "one"), text(t1, ""), text(t2, "\xff\r"),
                    divider(Kind::Restart), text(t3, "long", true), text({}, t3 + " looks stamped"),
                    text(t3, "two\nlines"), divider(Kind::Ended, "Completed, exit code 0")}),
                Taken::Yes);
            QVERIFY((*spool)->isEnded());
        }
        const QByteArray head = "a note of the kubelet\n" + t1 + " one\n" + t1 + " \n" + t2 + " \xff\r\n";
        const QByteArray cut = t3 + " long\n";
        const QByteArray rest = ' ' + t3 + " looks stamped\n" + t3 + " two\xe2\x90\x8alines\n";
        QCOMPARE(contents(m_path), head + cut + rest);
        const QList<evidence::Mark> expected{{head.size(), {MarkKind::Restart, t2, {}}},
            {(head + cut).size(), {MarkKind::Cut, t3, {}}},
            {(head + cut + rest).size(), {MarkKind::Ended, t3, u"Completed, exit code 0"_s}}};
        QCOMPARE(marks(m_path), expected);
        QVERIFY(contents(m_path + u".marks"_s)
                .startsWith("{\"at\":" + QByteArray::number(head.size()) + ",\"kind\":\"restart\""));

        const auto again = LogSpool::open(m_path);
        QVERIFY((*again)->isEnded());
        QCOMPARE((*again)->resume(), evidence::ResumePoint(t3, 2));
    }

    void saidAgainAfterReopening()
    {
        for (int run = 0; run < 3; ++run) {
            const auto spool = LogSpool::open(m_path);
            // The first two find what the follower says again when nothing new came.
            QCOMPARE((*spool)->append({text({}, "unable to retrieve container logs")}), Taken::Yes);
            (*spool)->append({divider(Kind::Gap), divider(Kind::Restart)});
        }
        QCOMPARE(contents(m_path), "unable to retrieve container logs\n");
        QCOMPARE(marks(m_path).size(), 2);
        const auto spool = LogSpool::open(m_path);
        (*spool)->append({text(t1, "x"), divider(Kind::Restart)});
        (*spool)->append({divider(Kind::Restart)}); // in one run every restart counts
        QCOMPARE(marks(m_path).size(), 4);
    }

    void tornTail_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const QByteArray line = t1 + " one\n";
        QTest::newRow("empty") << QByteArray() << QByteArray();
        QTest::newRow("whole") << line << line;
        QTest::newRow("part of a line") << line + t2 + " tw" << line;
        QTest::newRow("zeros of a power cut") << line + QByteArray(5000, '\0') << line;
        QTest::newRow("only a part") << QByteArray("2026-11-25T10") << QByteArray();
        QTest::newRow("a long part") << line + QByteArray(1000000, 'x') << line;
        QTest::newRow("at the seam of pieces") << line + QByteArray(qsizetype(256) * 1024, 'x') << line;
    }
    void tornTail()
    {
        QFETCH(const QByteArray, before);
        QFETCH(const QByteArray, after);
        setContents(m_path, before);
        setContents(m_path + u".marks"_s,
            "not json\n{\"at\":" + QByteArray::number(after.size()) + ",\"kind\":\"gap\"}\n{\"at\":"
                + QByteArray::number(after.size() + 1) + ",\"kind\":\"ended\"}\n{\"at\":9");
        const auto spool = LogSpool::open(m_path);
        QVERIFY(spool);
        QCOMPARE(contents(m_path), after);
        QCOMPARE(marks(m_path).size(), 1);
        QVERIFY(contents(m_path + u".marks"_s).endsWith("}\n"));
        QVERIFY(!(*spool)->isEnded());
    }

    void resumeInAnyPlace()
    {
        // Cut anywhere, the rest comes without a gap or a double line.
        const support::LogSource source(3);
        QByteArray whole;
        for (int i = 0; i < 3000; ++i)
            whole += source.bytes(i);
        for (qsizetype at = 1; at < whole.size(); at += 977 + at / 3) {
            setContents(m_path, whole.first(at));
            const auto spool = LogSpool::open(m_path);
            const auto point = (*spool)->resume();
            QVERIFY(point);
            support::LogReading reading(source, point->stamp, point->seen);
            QCOMPARE((*spool)->append(reading.next(300)), Taken::Yes);
            QVERIFY(!reading.isLost());
            const QByteArray now = contents(m_path);
            QVERIFY(now.size() > at);
            QCOMPARE(now.first(std::min(now.size(), whole.size())), whole.first(std::min(now.size(), whole.size())));
        }
    }

    void fullDisk_data()
    {
        QTest::addColumn<int>("error");
        QTest::newRow("full") << 0;
        QTest::newRow("EIO") << EIO;
        QTest::newRow("quota") << EDQUOT;
    }
    void fullDisk()
    {
        QFETCH(const int, error);
        const support::LogSource source(4);
        support::FaultyDisk disk;
        evidence::SpoolOptions options = quick();
        options.disk = &disk;
        options.mostWaiting = 100000;
        auto spool = LogSpool::open(m_path, options);
        QSignalSpy states(spool->get(), &LogSpool::stateChanged);
        support::LogReading reading(source, {}, 0);
        QCOMPARE((*spool)->append(reading.next(1000)), Taken::Yes);
        const QByteArray before = contents(m_path);

        disk.room = error ? -1 : 777; // in the middle of a line
        disk.writeError = error;
        QCOMPARE((*spool)->append(reading.next(100)), Taken::Pause);
        QCOMPARE((*spool)->state(), LogSpool::State::Blocked);
        QCOMPARE((*spool)->error()->code, error ? error : ENOSPC);
        QVERIFY(!(*spool)->error()->message.isEmpty());
        // Nothing before is damaged, and what is there is a beginning of what comes.
        QVERIFY(contents(m_path).startsWith(before));
        // What was under way still fits, but memory is not filled.
        int taken = 0;
        while ((*spool)->append(reading.next(200)) == Taken::Pause)
            QVERIFY(++taken < 50);
        QVERIFY(taken > 0);
        QVERIFY((*spool)->bytes() - contents(m_path).size() < 500000); // what may wait, and one batch

        disk.room = -1;
        disk.writeError = 0;
        QTRY_COMPARE((*spool)->state(), LogSpool::State::Writing); // by itself
        QCOMPARE(states.size(), 2);
        QVERIFY(!(*spool)->error());
        // The batch refused comes again from the place where it stands.
        const auto point = (*spool)->resume();
        support::LogReading on(source, point->stamp, point->seen);
        QCOMPARE((*spool)->append(on.next(500)), Taken::Yes);
        spool->reset();
        const QByteArray after = contents(m_path);
        QByteArray expected;
        for (int i = 0; expected.size() < after.size(); ++i)
            expected += source.bytes(i);
        QCOMPARE(after, expected);
    }

    void marksThatCannotBeWritten()
    {
        support::FaultyDisk disk;
        evidence::SpoolOptions options = quick();
        options.disk = &disk;
        auto spool = LogSpool::open(m_path, options);
        QCOMPARE((*spool)->append({text(t1, "one")}), Taken::Yes);
        disk.writeError = ENOSPC;
        QCOMPARE((*spool)->append({divider(Kind::Gap), text(t2, "two")}), Taken::Pause);
        // A line whose gap is not said may not be there.
        QCOMPARE(contents(m_path), t1 + " one\n");
        disk.writeError = 0;
        QTRY_COMPARE((*spool)->state(), LogSpool::State::Writing);
        QCOMPARE(contents(m_path), t1 + " one\n" + t2 + " two\n");
        QCOMPARE(marks(m_path).size(), 1);
    }

    void syncThatFails()
    {
        support::FaultyDisk disk;
        evidence::Syncer syncer(disk, std::chrono::milliseconds(1));
        evidence::SpoolOptions options = quick();
        options.disk = &disk;
        options.syncer = &syncer;
        auto spool = LogSpool::open(m_path, options);
        disk.syncError = EIO;
        (*spool)->append({text(t1, "one")});
        QTRY_VERIFY((*spool)->append({text(t2, "more")}) == Taken::Pause);
        QCOMPARE((*spool)->error()->code, EIO);
        disk.syncError = 0;
        QTRY_COMPARE((*spool)->state(), LogSpool::State::Writing);
        spool->reset();
    }

    void limitOfOneLog()
    {
        const support::LogSource source(5);
        evidence::SpoolOptions options;
        options.limit = 20000;
        {
            const auto spool = LogSpool::open(m_path, options);
            support::LogReading reading(source, {}, 0);
            while ((*spool)->append(reading.next(50)) == Taken::Yes) { }
            QCOMPARE((*spool)->state(), LogSpool::State::Full);
            QCOMPARE((*spool)->append(reading.next(50)), Taken::No);
        }
        const QByteArray bytes = contents(m_path);
        QVERIFY(bytes.size() <= options.limit);
        QVERIFY(bytes.endsWith('\n'));
        QCOMPARE(marks(m_path).constLast().divider.kind, MarkKind::Dropped);
        QCOMPARE(marks(m_path).constLast().divider.text, u"log-limit 20000"_s);
        QCOMPARE(marks(m_path).constLast().at, bytes.size());
        {
            const auto spool = LogSpool::open(m_path, options);
            QCOMPARE((*spool)->state(), LogSpool::State::Full);
        }
        // Raised, it goes on, and does not say any more that something is missing there.
        options.limit = 400000;
        const auto spool = LogSpool::open(m_path, options);
        QCOMPARE((*spool)->state(), LogSpool::State::Writing);
        const auto point = (*spool)->resume();
        support::LogReading reading(source, point->stamp, point->seen);
        QCOMPARE((*spool)->append(reading.next(20)), Taken::Yes);
        QVERIFY(contents(m_path).startsWith(bytes));
        for (const evidence::Mark &mark : marks(m_path))
            QVERIFY(mark.divider.kind != MarkKind::Dropped);
    }

    void limitOfAllTogether()
    {
        const auto room = std::make_shared<evidence::Room>(10000, u"upgrade-limit 5"_s);
        evidence::SpoolOptions options;
        options.room = room;
        const auto a = LogSpool::open(m_path, options);
        const auto b = LogSpool::open(m_dir->filePath(u"b.log"_s), options);
        QCOMPARE((*a)->append({text(t1, QByteArray(6000, 'x'))}), Taken::Yes);
        QCOMPARE((*b)->append({text(t1, QByteArray(6000, 'x'))}), Taken::No);
        QCOMPARE((*b)->state(), LogSpool::State::Full);
        QCOMPARE(marks((*b)->path()).constLast().divider.text, u"upgrade-limit 5"_s);
        QVERIFY(room->left >= 0);
        QCOMPARE((*a)->append({text(t1, QByteArray(3000, 'x'))}), Taken::Yes);
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestLogSpool)
#include "tst_logspool.moc"
