// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A process that writes logs and the object history is killed at random moments, again and again. Each time everything
// readable before is still there, whole and in order, and the next process goes on without a gap or a double line.

#include "evidence/history.h"
#include "evidence/journalfiles.h"
#include "evidence/marks.h"
#include "evidence/replay.h"
#include "evidence/store.h"
#include "support/evidence_source.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using support::LogSource;

namespace {

constexpr int logCount = 3;
constexpr int kills = 200;
constexpr int pods = 5;

evidence::UpgradeIdentity identity()
{
    return {
        u"cluster-uid"_s, u"harvester"_s, u"https://10.0.0.1:6443"_s, u"upgrade-uid"_s, u"hvst-upgrade-x"_s, {}, {}};
}

evidence::LogKey keyOf(int log)
{
    return {u"harvester-system"_s, u"pod-%1"_s.arg(log), u"uid-%1"_s.arg(log), u"apply"_s};
}

LogSource sourceOf(int log)
{
    return LogSource(quint32(log) + 7);
}

kube::ObjectPtr version(int pod, qint64 number)
{
    auto object = std::make_shared<kube::Object>();
    object->key = {u"harvester-system"_s, u"pod-%1"_s.arg(pod)};
    object->uid = u"uid-%1"_s.arg(pod);
    object->resourceVersion = QString::number(number);
    object->json = {{u"kind"_s, u"Pod"_s},
        {u"metadata"_s,
            QJsonObject{{u"name"_s, object->key.name}, {u"namespace"_s, object->key.ns}, {u"uid"_s, object->uid},
                {u"resourceVersion"_s, object->resourceVersion},
                {u"labels"_s, QJsonObject{{u"app"_s, QString(200, u'x')}}}}},
        {u"status"_s, QJsonObject{{u"phase"_s, u"Running"_s}, {u"message"_s, u"step %1"_s.arg(number)}}}};
    return object;
}

QDateTime at(qint64 number)
{
    return QDateTime::fromSecsSinceEpoch(1795000000, QTimeZone::UTC).addMSecs(number);
}

/// What the process that will be killed does.
[[noreturn]] void write(const QString &root, quint32 seed)
{
    evidence::StoreOptions options;
    options.root = root;
    evidence::Store store(identity(), options);
    store.open();
    if (store.role() != evidence::Store::Role::Writer)
        ::_exit(3);
    QRandomGenerator dice(seed);
    std::vector<LogSource> sources;
    std::vector<std::unique_ptr<support::LogReading>> readings;
    sources.reserve(logCount);
    for (int log = 0; log < logCount; ++log) {
        sources.push_back(sourceOf(log));
        const auto spool = store.openLog(keyOf(log));
        if (!spool)
            ::_exit(4);
        const auto point = (*spool)->resume();
        if (!point)
            ::_exit(5);
        readings.push_back(std::make_unique<support::LogReading>(sources.back(), point->stamp, point->seen));
    }
    upgrade::Snapshot snapshot = store.journal()->recovered();
    qint64 number = snapshot.asOf.isValid() ? at(0).msecsTo(snapshot.asOf) : 0;
    for (;;) {
        const auto log = size_t(dice.bounded(logCount));
        if ((*store.openLog(keyOf(int(log))))->append(readings[log]->next(1 + int(dice.bounded(120))))
            != evidence::LogSpool::Taken::Yes)
            ::_exit(6);
        if (readings[log]->isLost())
            ::_exit(7);
        if (dice.bounded(4) == 0) {
            ++number;
            snapshot.apply(upgrade::Kind::Pod, version(int(number % pods), number));
            snapshot.asOf = snapshot.seen.last = at(number);
            store.journal()->record(snapshot, at(number));
        }
    }
}

/// How far a log on disk was found to be what the server wrote.
struct Checked {
    qint64 bytes = 0;
    qint64 lines = 0;
    QList<evidence::Mark> marks; ///< expected up to there
};

/// Reads on behind what was checked before; a torn last line is not looked at.
bool check(const QString &path, const LogSource &source, Checked &checked)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return checked.bytes == 0;
    if (file.size() < checked.bytes || !file.seek(checked.bytes))
        return false; // something readable is gone
    const QByteArray rest = file.readAll();
    for (qsizetype from = 0;;) {
        const qsizetype end = rest.indexOf('\n', from);
        if (end < 0)
            return true;
        if (rest.sliced(from, end + 1 - from) != source.bytes(checked.lines))
            return false;
        if (LogSource::gapBefore(checked.lines))
            checked.marks.append({checked.bytes, {evidence::MarkKind::Gap, {}, {}}});
        checked.bytes += end + 1 - from;
        ++checked.lines;
        from = end + 1;
    }
}

/// The gaps where they were seen, each once.
bool checkMarks(const QString &path, const Checked &checked)
{
    QFile file(path + u".marks"_s);
    if (!file.open(QIODevice::ReadOnly))
        return checked.marks.isEmpty();
    QList<evidence::Mark> found;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine();
        const auto mark = logs::parseMark(line);
        if (!line.endsWith('\n') || !mark)
            break; // torn
        if (mark->at < checked.bytes)
            found.append({mark->at, {mark->divider.kind, {}, {}}});
    }
    return found == checked.marks;
}

} // namespace

class TestCrash : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void killedAgainAndAgain()
    {
        QTemporaryDir dir;
        const QString root = dir.filePath(u"evidence"_s);
        const QString folder = root + u"/cluster-uid/upgrade-uid"_s;
        QRandomGenerator dice(20261125);
        Checked checked[logCount];
        int progress = 0;
        for (int kill = 0; kill < kills; ++kill) {
            const quint32 seed = dice.generate();
            const pid_t child = ::fork();
            if (child == 0)
                write(root, seed);
            QVERIFY(child > 0);
            const timespec pause{0, long(dice.bounded(80000000))};
            ::nanosleep(&pause, nullptr);
            QCOMPARE(::kill(child, SIGKILL), 0);
            int status = 0;
            QCOMPARE(::waitpid(child, &status, 0), child);
            QVERIFY2(WIFSIGNALED(status), qPrintable(u"the writer ended by itself with %1"_s.arg(WEXITSTATUS(status))));
            qint64 before = 0, after = 0;
            for (int log = 0; log < logCount; ++log) {
                const QString path = folder + u"/logs/harvester-system/pod-%1_uid-%1/apply.log"_s.arg(log);
                before += checked[log].bytes;
                QVERIFY2(
                    check(path, sourceOf(log), checked[log]), qPrintable(u"log %1 after kill %2"_s.arg(log).arg(kill)));
                after += checked[log].bytes;
            }
            progress += after > before ? 1 : 0;
        }
        QVERIFY2(progress > kills / 10, qPrintable(QString::number(progress))); // else nothing was tested

        // Opened for a last time, and closed properly: not even a torn line is left.
        {
            evidence::StoreOptions options;
            options.root = root;
            evidence::Store store(identity(), options);
            store.open();
            QCOMPARE(store.role(), evidence::Store::Role::Writer);
            for (int log = 0; log < logCount; ++log) {
                const auto spool = store.openLog(keyOf(log));
                QVERIFY(spool);
                const auto point = (*spool)->resume();
                QVERIFY(point);
                const LogSource source = sourceOf(log);
                support::LogReading reading(source, point->stamp, point->seen);
                QCOMPARE((*spool)->append(reading.next(500)), evidence::LogSpool::Taken::Yes);
            }
        }
        for (int log = 0; log < logCount; ++log) {
            const QString path = folder + u"/logs/harvester-system/pod-%1_uid-%1/apply.log"_s.arg(log);
            Checked whole; // from the beginning
            QVERIFY(check(path, sourceOf(log), whole));
            QCOMPARE(whole.bytes, QFileInfo(path).size());
            QVERIFY(whole.lines >= checked[log].lines + 400);
            QVERIFY(checkMarks(path, whole));
        }

        // The object history: every version from the first to the last, each once, in every file.
        qint64 last = 0;
        qsizetype files = 0;
        for (const QString &path : evidence::journalFiles(folder + u"/objects"_s)) {
            evidence::Replay replay;
            ++files;
            bool ordered = true;
            const auto read = evidence::eachLine(path, 0, [&](QByteArrayView line, qint64) {
                replay.apply(line);
                if (replay.isWhole() && evidence::hasType(line, "moment")) {
                    const qint64 now = at(0).msecsTo(replay.snapshot().asOf);
                    ordered &= now == last + 1;
                    last = now;
                }
                return true;
            });
            QVERIFY(read);
            QCOMPARE(*read, QFileInfo(path).size());
            QCOMPARE(replay.bad(), 0);
            QVERIFY(ordered);
            for (int pod = 0; pod < pods && last >= pods; ++pod) {
                const auto object = replay.snapshot()
                                        .raw.value(upgrade::Kind::Pod)
                                        .value({u"harvester-system"_s, u"pod-%1"_s.arg(pod)});
                QVERIFY(object);
                QVERIFY(object->resourceVersion.toLongLong() > last - pods);
            }
        }
        QVERIFY(files >= 1);
        QVERIFY(last > 10);
        const auto history = evidence::History::open(folder);
        QVERIFY(history);
        QCOMPARE(history->last(), at(last));
        QCOMPARE(history->snapshotAt(at(last / 2)).asOf, at(last / 2));
        QCOMPARE(history->badRecords(), 0);
        QCOMPARE(history->index().logs.size(), logCount);
    }
};

QTEST_GUILESS_MAIN(TestCrash)
#include "tst_crash.moc"
