// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Which logs a Job has, from what is on disk: Jobs and pods that are long gone from the cluster included.

#include "evidence/history.h"
#include "evidence/joblogs.h"
#include "evidence/store.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using upgrade::JobRow;
using upgrade::PhaseId;

namespace {

QDateTime minute(int number)
{
    return QDateTime(QDate(2026, 11, 25), QTime(10, 0), QTimeZone::UTC).addSecs(qint64(number) * 60);
}

JobRow job(const QString &name, PhaseId phase, upgrade::State state, int started)
{
    JobRow row;
    row.job = {upgrade::Kind::Job, u"harvester-system"_s, name, u"uid-"_s + name};
    row.phase = phase;
    row.type = u"prepare"_s;
    row.node = u"n1"_s;
    row.state = state;
    row.started = minute(started);
    return row;
}

JobRow::PodRef pod(const QString &name, int created, const QString &phase = u"Running"_s)
{
    return {u"harvester-system"_s, name, u"uid-"_s + name, {u"apply"_s}, phase, minute(created)};
}

evidence::UpgradeIdentity identity()
{
    return {u"c"_s, u"prod"_s, {}, u"u"_s, u"hvst"_s, {}, {}};
}

void writeLog(evidence::Store &store, const QString &podName, const evidence::LogOrigin &origin,
    const QString &container = u"apply"_s)
{
    const auto spool = store.openLog({u"harvester-system"_s, podName, u"uid-"_s + podName, container}, origin);
    QVERIFY(spool);
    (*spool)->append({{kube::LogLine::Kind::Text, "2026-11-25T10:00:01Z", podName.toUtf8(), false}});
}

} // namespace

class TestJobLogs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goneFromTheCluster()
    {
        QTemporaryDir dir;
        evidence::StoreOptions options;
        options.root = dir.path();
        {
            evidence::Store store(identity(), options);
            store.open();
            JobRow prepare = job(u"prepare"_s, PhaseId::Preload, upgrade::State::Running, 1);
            prepare.pods = {pod(u"prepare-a"_s, 1)};
            JobRow apply = job(u"apply"_s, PhaseId::SystemServices, upgrade::State::Running, 5);
            store.noteJobs({apply, prepare}, minute(1));
            writeLog(store, u"prepare-a"_s, {true, u"prepare"_s, u"uid-prepare"_s, u"n1"_s, {}}, u"init"_s);
            writeLog(store, u"prepare-a"_s, {false, u"prepare"_s, u"uid-prepare"_s, u"n1"_s, {}});
            // A second attempt; the first pod is gone from the row.
            prepare.pods = {pod(u"prepare-b"_s, 3)};
            store.noteJobs({apply, prepare}, minute(3));
            writeLog(store, u"prepare-b"_s, {false, u"prepare"_s, u"uid-prepare"_s, u"n1"_s, {}});
            prepare.state = upgrade::State::Failed;
            prepare.finished = minute(4);
            prepare.reason = u"BackoffLimitExceeded"_s;
            prepare.pods.first().phase = u"Failed"_s;
            store.noteJobs({apply, prepare}, minute(4));
            // The Job is gone, one pod still there; then nothing of it.
            JobRow podOnly = prepare;
            podOnly.job.uid.clear();
            store.noteJobs({apply, podOnly}, minute(5));
            store.noteJobs({apply}, minute(6));
            writeLog(store, u"rancher-x"_s, {false, {}, {}, u"n2"_s, u"controller"_s});
        }
        const QString folder = dir.filePath(u"c/u"_s);
        const auto history = evidence::History::open(folder);
        QVERIFY(history);
        QCOMPARE(history->index().jobs.size(), 2);
        const evidence::KeptLogs logs = evidence::keptLogs(history->index(), folder);
        QCOMPARE(logs.jobs.size(), 2);
        const evidence::JobLogs &prepare = logs.jobs.at(0); // by phase
        QCOMPARE(prepare.job.job,
            (upgrade::ObjectRef{upgrade::Kind::Job, u"harvester-system"_s, u"prepare"_s, u"uid-prepare"_s}));
        QCOMPARE(prepare.job.state, upgrade::State::Failed);
        QCOMPARE(prepare.job.reason, u"BackoffLimitExceeded"_s);
        QCOMPARE(prepare.job.finished, minute(4));
        QCOMPARE(prepare.job.type, u"prepare"_s);
        QVERIFY(!prepare.inCluster);
        QCOMPARE(prepare.pods.size(), 2);
        QCOMPARE(prepare.pods.at(0).pod.name, u"prepare-a"_s);
        QCOMPARE(prepare.pods.at(0).node, u"n1"_s);
        QCOMPARE(prepare.pods.at(0).containers.size(), 2);
        QVERIFY(prepare.pods.at(0).containers.at(0).init);
        QCOMPARE(prepare.pods.at(1).pod.phase, u"Failed"_s);
        QFile file(prepare.pods.at(0).containers.at(1).path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "2026-11-25T10:00:01Z prepare-a\n");
        QVERIFY(logs.jobs.at(1).pods.isEmpty());
        QCOMPARE(logs.pods.size(), 1);
        QCOMPARE(logs.pods.first().group, u"controller"_s);

        // With a live board: its rows win, its pods join.
        JobRow apply = job(u"apply"_s, PhaseId::SystemServices, upgrade::State::Succeeded, 5);
        apply.pods = {pod(u"apply-a"_s, 7)};
        const JobRow post = job(u"post"_s, PhaseId::Nodes, upgrade::State::Pending, 8);
        const evidence::KeptLogs now = evidence::keptLogs(history->index(), folder, {apply, post});
        QCOMPARE(now.jobs.size(), 3);
        QVERIFY(!now.jobs.at(0).inCluster && now.jobs.at(1).inCluster && now.jobs.at(2).inCluster);
        QCOMPARE(now.jobs.at(1).job.state, upgrade::State::Succeeded);
        QCOMPARE(now.jobs.at(1).pods.first().containers.first(), (evidence::ContainerLog{u"apply"_s, false, {}}));
    }

    void anotherJobOfTheSameName()
    {
        evidence::Index index;
        QTemporaryDir dir;
        auto writer = evidence::IndexWriter::open(dir.filePath(u"index.jsonl"_s), evidence::Disk::system(), nullptr);
        JobRow first = job(u"x"_s, PhaseId::Nodes, upgrade::State::Failed, 1);
        JobRow second = first;
        second.job.uid = u"other"_s;
        second.state = upgrade::State::Running;
        (*writer)->note({first}, minute(1));
        (*writer)->note({second}, minute(2));
        QCOMPARE((*writer)->index().jobs.size(), 2);
        const qint64 bytes = (*writer)->bytes();
        (*writer)->note({second}, minute(3)); // nothing new, nothing written
        QCOMPARE((*writer)->bytes(), bytes);
        evidence::IndexReader reader(dir.filePath(u"index.jsonl"_s));
        QVERIFY(reader.refresh());
        QVERIFY(!reader.refresh());
        QCOMPARE(reader.index().jobs, (*writer)->index().jobs);
        QCOMPARE(reader.index().bad, 0);
    }

    void damagedIndex()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(u"index.jsonl"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "nonsense\n{\"type\":\"log\",\"path\":\"../../../etc/passwd\"}\n{\"type\":\"log\",\"path\":\"logs/../../"
            "x\"}\n"
            "{\"type\":\"later\"}\n{\"type\":\"log\",\"path\":\"logs/a/b/c.log\",\"container\":\"c\"}\n{\"type\":\"lo");
        file.close();
        evidence::IndexReader reader(path);
        reader.refresh();
        QCOMPARE(reader.index().logs.size(), 1);
        QCOMPARE(reader.index().bad, 4);
        auto writer = evidence::IndexWriter::open(path, evidence::Disk::system(), nullptr);
        QVERIFY((*writer)->place({u"n"_s, u"p"_s, u"u"_s, u"c"_s}, {}, minute(0)));
        reader.refresh();
        QCOMPARE(reader.index().logs.size(), 2);
    }

    void manyJobs()
    {
        QTemporaryDir dir;
        auto writer = evidence::IndexWriter::open(dir.filePath(u"index.jsonl"_s), evidence::Disk::system(), nullptr);
        QList<JobRow> rows;
        for (int i = 0; i < 3000; ++i) {
            rows.append(job(u"j%1"_s.arg(i), PhaseId::Nodes, upgrade::State::Running, i));
            rows.last().pods = {pod(u"p%1"_s.arg(i), i)};
        }
        (*writer)->note(rows, minute(0));
        for (int i = 0; i < 3000; ++i)
            QVERIFY((*writer)->place({u"harvester-system"_s, u"p%1"_s.arg(i), u"uid-p%1"_s.arg(i), u"apply"_s},
                {false, u"j%1"_s.arg(i), u"uid-j%1"_s.arg(i), {}, {}}, minute(0)));
        const evidence::KeptLogs logs = evidence::keptLogs((*writer)->index(), dir.path(), rows);
        QCOMPARE(logs.jobs.size(), 3000);
        for (const evidence::JobLogs &one : logs.jobs) {
            QCOMPARE(one.pods.size(), 1);
            QVERIFY(!one.pods.first().containers.first().path.isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(TestJobLogs)
#include "tst_joblogs.moc"
