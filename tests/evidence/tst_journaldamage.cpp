// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The history of objects when files are damaged or cut, the disk is full, a limit is reached, and somebody reads while
// it is written.

#include "evidencelife.h"

#include "support/evidence_faults.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace journaltest;
using support::World;
using upgrade::Kind;

class TestJournalDamage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void damageIsSkipped()
    {
        QTemporaryDir dir;
        const QString folder = upgradeFolder(dir);
        Life life(3);
        evidence::JournalOptions options;
        options.digestEvery = std::chrono::milliseconds(0);
        {
            auto journal = evidence::Journal::open(folder + u"/objects"_s, options);
            for (int i = 0; i < 200; ++i)
                (*journal)->record(life.step(), life.now);
        }
        const QString path = evidence::journalFile(folder + u"/objects"_s, 1);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray bytes = file.readAll();
        bytes.replace(bytes.indexOf('\n', bytes.size() / 2) + 3, 20, QByteArray(20, '\xff'));
        bytes += "{\"seen\":\"torn"; // power cut
        file.seek(0);
        file.write(bytes);
        file.close();
        const auto history = evidence::History::open(folder);
        QVERIFY(history);
        QCOMPARE(history->snapshotAt(life.now).asOf, life.snapshot().asOf);
        QVERIFY(history->badRecords() >= 1);
        QVERIFY(history->badRecords() < 30);
        // Writing goes on, behind the last whole line.
        {
            auto journal = evidence::Journal::open(folder + u"/objects"_s, options);
            QVERIFY(journal);
            for (int i = 0; i < 50; ++i)
                (*journal)->record(life.step(), life.now);
        }
        const auto after = evidence::History::open(folder);
        QCOMPARE(after->snapshotAt(life.now).seen.last, life.now);
    }

    void unfinishedStateIsNotTaken()
    {
        QTemporaryDir dir;
        const QString folder = upgradeFolder(dir);
        Life life(4);
        {
            auto journal = evidence::Journal::open(folder + u"/objects"_s, small());
            for (int i = 0; i < 20; ++i)
                (*journal)->record(life.step(), life.now);
        }
        for (const QString &name : {u"000002.jsonl"_s, u"000003.jsonl.part"_s}) {
            QFile file(folder + u"/objects/"_s + name);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("{\"seen\":\"2026-11-25T00:00:00.000Z\",\"type\":\"state\"}\n{\"se");
        }
        auto journal = evidence::Journal::open(folder + u"/objects"_s, small());
        QVERIFY(journal);
        QCOMPARE(difference((*journal)->recovered(), textOf(life.snapshot())), QByteArray());
        QCOMPARE(evidence::journalFiles(folder + u"/objects"_s).size(), 1);
    }

    void fullDisk()
    {
        QTemporaryDir dir;
        const QString folder = upgradeFolder(dir);
        support::FaultyDisk disk;
        Life life(5);
        evidence::JournalOptions options = small();
        options.disk = &disk;
        options.mostWaiting = 20000;
        auto journal = evidence::Journal::open(folder + u"/objects"_s, options);
        QVERIFY(journal);
        QDateTime full;
        for (int i = 0; i < 400; ++i) {
            if (i == 100) {
                disk.room = 3000; // the last write fits in part
                full = life.now;
            }
            if (i == 300)
                disk.room = -1;
            (*journal)->record(life.step(), life.now);
            if (i == 250)
                QCOMPARE((*journal)->error()->code, ENOSPC);
        }
        QVERIFY(!(*journal)->error());
        const auto history = evidence::History::open(folder);
        QCOMPARE(difference(history->snapshotAt(life.now), textOf(life.snapshot())), QByteArray());
        QVERIFY(history->snapshotAt(full).asOf.isValid());
        QVERIFY(allBytes(folder + u"/objects"_s).contains("\"type\":\"lost\""));
        QVERIFY(history->badRecords() <= 1); // the one that fitted in part
        journal->reset();
        journal = evidence::Journal::open(folder + u"/objects"_s, options);
        QCOMPARE(difference((*journal)->recovered(), textOf(life.snapshot())), QByteArray());
    }

    void limitIsSaid()
    {
        QTemporaryDir dir;
        const QString folder = upgradeFolder(dir);
        Life life(6);
        evidence::JournalOptions options = small();
        options.limit = 100000;
        auto journal = evidence::Journal::open(folder + u"/objects"_s, options);
        for (int i = 0; i < 2000; ++i)
            (*journal)->record(life.step(), life.now);
        QVERIFY((*journal)->isFull());
        const QByteArray bytes = allBytes(folder + u"/objects"_s);
        QVERIFY(bytes.size() < 130000);
        QCOMPARE(bytes.count("\"type\":\"full\",\"limit\":\"objects-limit 100000\""), 1);
        journal->reset();
        options.limit = 10000000; // raised: it goes on
        journal = evidence::Journal::open(folder + u"/objects"_s, options);
        (*journal)->record(life.step(), life.now);
        QCOMPARE(
            difference(evidence::History::open(folder)->snapshotAt(life.now), textOf(life.snapshot())), QByteArray());
    }

    void readWhileWritten()
    {
        QTemporaryDir dir;
        const QString folder = upgradeFolder(dir);
        Life life(7);
        auto journal = evidence::Journal::open(folder + u"/objects"_s, small());
        auto history = evidence::History::open(folder);
        QVERIFY(!history->first().isValid());
        for (int i = 0; i < 300; ++i) {
            (*journal)->record(life.step(), life.now);
            if (i % 7 == 0) {
                history->refresh();
                QCOMPARE(difference(history->snapshotAt(life.now), textOf(life.snapshot())), QByteArray());
                QVERIFY(history->last() <= life.now);
            }
        }
        const auto whole = evidence::History::open(folder);
        history->refresh();
        QCOMPARE(history->moments(), whole->moments());
    }

    void digestsThatOnlyGrow()
    {
        QTemporaryDir dir;
        const QString folder = upgradeFolder(dir);
        auto journal = evidence::Journal::open(folder + u"/objects"_s);
        upgrade::Snapshot snapshot;
        for (int i = 0; i < 400; ++i) { // 20 s, twenty boards a second
            const QDateTime now = World::at(0).addMSecs(i * 50);
            snapshot.logs[u"job"_s]
                = upgrade::digest(snapshot.logs.value(u"job"_s), u"p"_s, now, "line " + QByteArray::number(i));
            (*journal)->record(snapshot, now);
        }
        const qsizetype records = allBytes(folder + u"/objects"_s).count("\"type\":\"digest\"");
        QVERIFY2(records >= 19 && records <= 22, qPrintable(QString::number(records)));
        (*journal)->record(snapshot, World::at(5));
        QCOMPARE(evidence::History::open(folder)->snapshotAt(World::at(5)).logs.value(u"job"_s).lines, 400);
    }
};

QTEST_GUILESS_MAIN(TestJournalDamage)
#include "tst_journaldamage.moc"
