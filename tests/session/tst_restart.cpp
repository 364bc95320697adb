// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A restart against the simulated cluster: the whole way, refusals, denied rights, lost connections, a full disk at
// every line, and a journal that is held against the server's own request log.

#include "support/session_journal.h"
#include "support/session_restart.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace restart;
using namespace support;

namespace {

int deletions(const demo::Server &server)
{
    int count = 0;
    const auto all = server.requests();
    for (const demo::RequestRecord &record : all)
        count += record.method == "DELETE" && !record.target.contains("dryRun") && record.target.contains("/upgrades/");
    return count;
}

/// A disk that takes so many writes and then no more, the last of them only in half: what is on it afterwards is what
/// a killed process leaves.
class DyingDisk : public evidence::Disk {
public:
    explicit DyingDisk(int writes)
        : left(writes)
    {
    }
    qint64 writeAt(int fd, const char *bytes, qint64 count, qint64 offset) override
    {
        if (left <= 0)
            return -EIO;
        if (--left == 0) {
            Disk::writeAt(fd, bytes, count / 2, offset);
            return -EIO;
        }
        return Disk::writeAt(fd, bytes, count, offset);
    }
    int left;
};

} // namespace

class TestRestart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWay()
    {
        RestartBench b(u"prepare-failed"_s, 3000);
        QVERIFY(b.good);
        QCOMPARE(codeWord(support::trueVerdict(*b.server).code), u"safe"_s);
        b.makeRun();
        const upgrade::ObjectRef up = b.upgradeRef();
        const qsizetype before = b.server->requests().size();
        b.run->begin(up);
        QVERIFY2(b.reach(Step::Review), b.said());
        QCOMPARE(b.run->state().user, u"admin"_s);
        QVERIFY(b.run->state().mayEverything());
        b.run->accept();
        QVERIFY2(b.reach(Step::Evidence), b.said());
        b.run->collectEvidence();
        QVERIFY2(b.reach(Step::Checks), b.said());
        const QString evidence = b.run->state().evidence.folder;
        QVERIFY(QFile::exists(evidence + "/objects/upgrades.harvesterhci.io_harvester-system.json"_L1));
        QVERIFY(!QDir(evidence + "/objects"_L1).entryList().join(u' ').contains("secret"_L1));
        b.run->check();
        QVERIFY2(b.until([&] { return b.idle(); }), b.said());
        QVERIFY2(b.step() == Step::Confirm, b.said(b.run->state().creation.words));
        QVERIFY(b.run->state().deletion.accepted);
        QCOMPARE(deletions(*b.server), 0);
        b.run->confirm(u"hvst"_s);
        QCOMPARE(b.run->state().procedure.problem.code, u"wrong-name"_s);
        b.run->confirm(up.name);
        QVERIFY2(b.reach(Step::StartChoice), b.said());
        QCOMPARE(deletions(*b.server), 1);
        b.run->startAgain();
        QVERIFY2(b.reach(Step::Done), b.said());
        const QString made = b.run->state().procedure.createdName;
        QVERIFY(made != up.name && made.startsWith("hvst-upgrade-"_L1));

        // The journal is the server's request log, no more and no less.
        QCoreApplication::processEvents();
        const QString folder = b.run->state().folder;
        b.run.reset();
        const auto server = sorted(arrived(*b.server, before)), journal = sorted(announced(folder));
        QCOMPARE(missing(server, journal), QByteArray());
        QCOMPARE(missing(journal, server), QByteArray());
        // Nobody else may read it, and nothing in it lets anybody in.
        QCOMPARE(QFile::permissions(folder + "/journal.jsonl"_L1)
                & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
            QFile::Permissions());
        QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            for (const auto &user : {u"admin"_s, u"viewer"_s, u"nobody"_s})
                QVERIFY2(!bytes.contains(b.server->token(user)), qPrintable(file.fileName()));
            QVERIFY2(!bytes.contains("PRIVATE KEY"), qPrintable(file.fileName()));
        }
        // Each request has exactly one answer, which stands behind it.
        QHash<int, int> answers;
        const auto lines = evidence::ActionFolder::journal(folder);
        for (const QJsonObject &line : *lines) {
            if (line.value("kind"_L1) == "request"_L1) {
                QVERIFY(!answers.contains(line.value("id"_L1).toInt()));
                answers.insert(line.value("id"_L1).toInt(), 0);
                QVERIFY(!line.value("context"_L1).toString().isEmpty() && !line.value("at"_L1).toString().isEmpty());
            } else if (line.value("kind"_L1) == "answer"_L1) {
                QVERIFY(answers.contains(line.value("id"_L1).toInt()));
                ++answers[line.value("id"_L1).toInt()];
            }
        }
        for (const int count : std::as_const(answers))
            QCOMPARE(count, 1);
    }

    /// Phase 3: nothing goes on without the logs in the evidence.
    void mandatoryEvidence()
    {
        RestartBench b(u"manifests-failed"_s, 6000);
        const Verdict verdict = support::trueVerdict(*b.server);
        QCOMPARE(codeWord(verdict.code), u"safe-after-bundle"_s);
        b.makeRun();
        b.run->begin(b.upgradeRef());
        QVERIFY2(b.reach(Step::Review), b.said());
        b.run->accept();
        QVERIFY2(b.reach(Step::Evidence), b.said());
        b.run->collectEvidence();
        QVERIFY(b.until([&] { return b.idle(); }));
        QCOMPARE(b.step(), Step::Evidence);
        QCOMPARE(b.run->state().procedure.problem.code, u"bundle-missing"_s);
        b.run->check();
        b.run->confirm(b.upgradeRef().name);
        QCOMPARE(b.step(), Step::Evidence);
        QCOMPARE(deletions(*b.server), 0);

        // With what was kept it goes on.
        b.kept = b.folder.filePath(u"kept"_s);
        QVERIFY(QDir().mkpath(b.kept + "/logs"_L1));
        QFile log(b.kept + "/logs/apply.log"_L1);
        QVERIFY(log.open(QIODevice::WriteOnly));
        log.write("a line\n");
        log.close();
        b.makeRun();
        b.run->begin(b.upgradeRef());
        QVERIFY2(b.reach(Step::Review), b.said());
        b.run->accept();
        QVERIFY2(b.reach(Step::Evidence), b.said());
        b.run->collectEvidence();
        QVERIFY2(b.reach(Step::Checks), b.said());
        QFile copy(b.run->state().evidence.folder + "/kept/logs/apply.log"_L1);
        QVERIFY(copy.open(QIODevice::ReadOnly));
        QCOMPARE(copy.readAll(), "a line\n"_ba);
        b.run->check();
        QVERIFY(b.until([&] { return b.idle(); }));
        QVERIFY2(b.step() == Step::Confirm, b.said(b.run->state().creation.words));
        b.run->confirm(b.upgradeRef().name);
        // The chart that failed is not ready by being resumed: it is waited for, and said, until somebody mends it.
        QVERIFY2(b.until([&] { return b.run->state().procedure.problem.code == "chart-not-ready"_L1; }), b.said());
        b.server->world().edit(demo::kinds::charts, u"fleet-local"_s, u"harvester"_s, [&](QJsonObject &chart) {
            demo::json::setCondition(chart, u"Ready"_s, u"True"_s, b.server->world().now());
        });
        QVERIFY2(b.reach(Step::StartChoice), b.said());
        QCOMPARE(deletions(*b.server), 1);
        b.run->endHere();
        QCOMPARE(b.step(), Step::StoppedHere);
    }

    void closed_data()
    {
        QTest::addColumn<QString>("scenario");
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("node phase") << u"pre-drain-stall"_s << 9000.0 << u"forbidden"_s;
        QTest::newRow("node failed") << u"node-failed"_s << 12000.0 << u"forbidden"_s;
        QTest::newRow("finished") << u"finished"_s << 1.0 << u"nothing"_s;
        QTest::newRow("retrying") << u"manifests-stall"_s << 6000.0 << u"prefer-to-fix"_s;
    }
    void closed()
    {
        QFETCH(QString, scenario);
        QFETCH(double, seconds);
        QFETCH(QString, verdict);
        RestartBench b(scenario, seconds);
        b.makeRun();
        const qsizetype before = b.server->requests().size();
        b.run->begin(b.upgradeRef());
        QVERIFY2(b.until([&] { return b.run->state().begun && b.idle(); }), b.said());
        QCOMPARE(codeWord(b.run->state().verdict.code), verdict);
        QCOMPARE(b.step(), Step::Closed);
        // Whatever a person does, nothing is written.
        b.run->accept();
        b.run->collectEvidence();
        b.run->check();
        b.run->confirm(b.upgradeRef().name);
        b.run->startAgain();
        b.run->endHere();
        QVERIFY(b.until([&] { return b.idle(); }));
        const auto sent = arrived(*b.server, before);
        for (const Sent &one : sent)
            QVERIFY(one.method == "GET" || one.path.contains("/selfsubject"));
    }

    void denied()
    {
        RestartBench b(u"prepare-failed"_s, 3000);
        b.connect(u"demo-viewer"_s);
        b.makeRun();
        b.run->begin(b.upgradeRef());
        QVERIFY2(b.until([&] { return b.run->state().begun && b.idle(); }), b.said());
        QCOMPARE(b.run->state().user, u"viewer"_s);
        // What a viewer may not read is not known, and what is not known is not safe.
        QVERIFY(!b.run->state().mayEverything());
        QCOMPARE(b.step(), Step::Closed);
        QCOMPARE(deletions(*b.server), 0);
    }

    /// The Upgrade changes, goes or is replaced between the screen and the click.
    void between_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("problem");
        QTest::newRow("node phase begins") << u"phase"_s << u"verdict"_s;
        QTest::newRow("deleted by another") << u"deleted"_s << u""_s;
        QTest::newRow("replaced") << u"replaced"_s << u"replaced"_s;
        QTest::newRow("provisioning") << u"provisioning"_s << u""_s;
    }
    void between()
    {
        QFETCH(QString, what);
        QFETCH(QString, problem);
        RestartBench b(u"prepare-failed"_s, 3000);
        b.makeRun();
        b.flowing = false;
        const upgrade::ObjectRef up = b.upgradeRef();
        b.run->begin(up);
        for (const Step next : {Step::Review, Step::Evidence, Step::Checks, Step::Confirm}) {
            QVERIFY2(b.reach(next), b.said());
            if (next != Step::Confirm)
                QVERIFY(b.push());
        }
        change(b, what, up);
        b.run->confirm(up.name);
        QVERIFY2(b.until([&] { return b.step() == Step::Closed || b.step() == Step::Review; }), b.said());
        if (!problem.isEmpty())
            QCOMPARE(b.run->state().procedure.problem.code, problem);
        QCOMPARE(deletions(*b.server), 0);
    }

    /// A disk that dies at every single write, at every step: what is on it is what a killed process leaves. A new run
    /// goes on from there, and there never is more than one deletion and one new Upgrade.
    void killedAtEveryWrite()
    {
        int total = 0;
        {
            DyingDisk all(1 << 20);
            RestartBench b(u"prepare-failed"_s, 3000);
            b.makeRun(&all);
            b.run->begin(b.upgradeRef());
            QVERIFY2(b.until([&] { return b.push(), b.run->state().procedure.step == Step::Done; }), b.said());
            total = (1 << 20) - all.left;
        }
        QVERIFY(total > 100);
        QSet<Step> killedAt;
        int resumed = 0, again = 0;
        for (int writes = 1; writes < total; writes += 11 + writes % 4) {
            DyingDisk disk(writes);
            RestartBench b(u"prepare-failed"_s, 3000);
            const upgrade::ObjectRef up = b.upgradeRef();
            b.makeRun(&disk);
            b.run->begin(up);
            QVERIFY2(b.until([&] { return b.push(), disk.left <= 0; }), b.said());
            killedAt.insert(b.step());
            b.run.reset();
            const auto found = session::unfinishedRestarts(b.root());
            b.makeRun();
            if (found.isEmpty()) {
                QCOMPARE(deletions(*b.server), 0); // nothing was confirmed yet: it begins anew
                b.run->begin(up);
                ++again;
            } else {
                QCOMPARE(found.size(), 1);
                QCOMPARE(found.first().uid, up.uid);
                b.run->resume(found.first().folder);
                ++resumed;
            }
            QVERIFY2(b.until([&] { return b.push(), b.run->state().procedure.isOver(); }),
                b.said(u"killed at write %1"_s.arg(writes)));
            QVERIFY2(b.step() == Step::Done, b.said(u"killed at write %1"_s.arg(writes)));
            QCOMPARE(deletions(*b.server), 1);
            int made = 0;
            const auto all = b.server->requests();
            for (const demo::RequestRecord &record : all) {
                made += record.method == "POST" && record.target.split('?').first().endsWith("/upgrades")
                    && !record.target.contains("dryRun") && record.status == 201;
            }
            QCOMPARE(made, 1);
            // Whatever reached the server stands in the journal.
            const QString folder = b.run->state().folder;
            b.run.reset();
            QCOMPARE(missing(sorted(arrived(*b.server)), sorted(announced(folder))), QByteArray());
        }
        QVERIFY2(killedAt.size() > 6 && resumed > 10 && again > 0,
            qPrintable(u"%1 steps, %2 resumed, %3 begun anew"_s.arg(killedAt.size()).arg(resumed).arg(again)));
    }

private:
    static void change(RestartBench &b, const QString &what, const upgrade::ObjectRef &up);
};

void TestRestart::change(RestartBench &b, const QString &what, const upgrade::ObjectRef &up)
{
    namespace k = demo::kinds;
    demo::World &world = b.server->world();
    const QString ns = u"harvester-system"_s;
    if (what == "phase"_L1) {
        world.edit(k::upgrades, ns, up.name, [&](QJsonObject &object) {
            for (const auto &[type, status] : {std::pair{u"NodesPrepared"_s, u"True"_s},
                     std::pair{u"SystemServicesUpgraded"_s, u"True"_s}, std::pair{u"NodesUpgraded"_s, u"Unknown"_s}})
                demo::json::setCondition(object, type, status, world.now());
        });
    } else if (what == "provisioning"_L1) {
        world.edit(k::capiClusters, u"fleet-local"_s, u"local"_s,
            [](QJsonObject &object) { demo::json::set(object, u"status.phase", u"Provisioning"_s); });
    } else {
        world.edit(
            k::upgrades, ns, up.name, [](QJsonObject &object) { demo::json::unset(object, u"metadata.finalizers"); });
        world.drop(k::upgrades, ns, up.name);
        if (what == "replaced"_L1) {
            QJsonObject made{{u"metadata"_s, QJsonObject{{u"name"_s, up.name}, {u"namespace"_s, ns}}},
                {u"spec"_s, QJsonObject{{u"version"_s, u"v1.9.0"_s}}}};
            demo::json::setLabel(made, u"harvesterhci.io/latestUpgrade"_s, u"true"_s);
            world.make(k::upgrades, made);
        }
    }
}

QTEST_GUILESS_MAIN(TestRestart)
#include "tst_restart.moc"
