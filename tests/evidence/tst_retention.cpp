// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What is dropped for a limit's sake, in which order, never what is written; and that it is said.

#include "evidence/folderlock.h"
#include "evidence/retention.h"
#include "evidence/store.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using evidence::KeptUpgrade;
using evidence::Limits;

namespace {

QDateTime day(int number)
{
    return QDateTime(QDate(2026, 1, 1), QTime(), QTimeZone::UTC).addDays(number);
}

KeptUpgrade kept(const QString &name, int lastSeen, bool finished, qint64 bytes)
{
    KeptUpgrade one;
    one.folder = name;
    one.manifest.lastSeen = day(lastSeen);
    one.manifest.finished = finished;
    one.bytes = bytes;
    return one;
}

QStringList names(const QList<KeptUpgrade> &list)
{
    QStringList out;
    for (const KeptUpgrade &one : list)
        out.append(one.folder);
    return out;
}

} // namespace

class TestRetention : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<QList<evidence::DroppedUpgrade>>(); }

    void order()
    {
        Limits limits;
        limits.all = 100;
        limits.age = std::chrono::days(180);
        QList<KeptUpgrade> all{kept(u"old-finished"_s, 10, true, 30), kept(u"new-finished"_s, 90, true, 30),
            kept(u"old-open"_s, 5, false, 30), kept(u"now"_s, 100, false, 60)};
        QCOMPARE(names(evidence::toDrop(all, limits, day(100))), QStringList({u"old-finished"_s, u"new-finished"_s}));
        limits.all = 40;
        QCOMPARE(names(evidence::toDrop(all, limits, day(100))),
            QStringList({u"old-finished"_s, u"new-finished"_s, u"old-open"_s, u"now"_s}));
        all[3].writing = true;
        all[0].writing = true;
        QCOMPARE(names(evidence::toDrop(all, limits, day(100))), QStringList({u"new-finished"_s, u"old-open"_s}));
        limits.all = 1000;
        QVERIFY(evidence::toDrop(all, limits, day(100)).isEmpty());
        QCOMPARE(names(evidence::toDrop(all, limits, day(200))), QStringList{u"old-open"_s}); // by age
        all[2].problem = evidence::DiskError{{}, u"format 9 is not known"_s, 0};
        QVERIFY(evidence::toDrop(all, limits, day(200)).isEmpty());
    }

    void onDisk()
    {
        QTemporaryDir dir;
        const QString root = dir.filePath(u"evidence"_s);
        const auto make = [&](const QString &upgrade, int lastSeen) {
            evidence::Manifest manifest;
            manifest.id = {u"c"_s, u"prod"_s, {}, upgrade, u"hvst-"_s + upgrade, u"v1.6.1"_s, u"v1.7.0"_s};
            manifest.firstSeen = day(lastSeen - 1);
            manifest.lastSeen = day(lastSeen);
            manifest.finished = true;
            const QString folder = root + u"/c/"_s + upgrade;
            QVERIFY(evidence::makePrivateFolders(folder + u"/logs"_s));
            QVERIFY(evidence::writeManifest(folder, manifest));
            QFile log(folder + u"/logs/x.log"_s);
            QVERIFY(log.open(QIODevice::WriteOnly));
            log.write(QByteArray(10000, 'x'));
        };
        make(u"u1"_s, 1);
        make(u"u2"_s, 2);
        make(u"u3"_s, 3);
        QDir().mkpath(root + u"/.dropping-1-u0/logs"_s); // of a crash in the middle of dropping
        Limits limits;
        limits.all = 15000;
        // The oldest is being written by another, the newest is ours.
        const auto lock = evidence::FolderLock::take(root + u"/c/u1"_s);
        QVERIFY(lock && *lock);
        const evidence::LimitsApplied applied = evidence::applyLimits(root, limits, day(10), root + u"/c/u3"_s);
        QCOMPARE(applied.dropped.size(), 1);
        QCOMPARE(applied.dropped.first().id.upgradeUid, u"u2"_s);
        QVERIFY(applied.dropped.first().bytes > 10000);
        QCOMPARE(QDir(root).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot), QStringList{u"c"_s});
        QCOMPARE(QDir(root + u"/c"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot), QStringList({u"u1"_s, u"u3"_s}));
        QCOMPARE(evidence::droppedUpgrades(root), applied.dropped);
        QCOMPARE(evidence::keptUpgrades(root).size(), 2);
        QVERIFY(evidence::keptUpgrades(root).last().writing);
        // Seen again, it is not said to be dropped any more.
        make(u"u2"_s, 9);
        QVERIFY(evidence::droppedUpgrades(root).isEmpty());
    }

    void storeLooksAfterIt()
    {
        QTemporaryDir dir;
        const QString root = dir.filePath(u"evidence"_s);
        evidence::StoreOptions options;
        options.root = root;
        evidence::UpgradeIdentity id{u"c"_s, u"prod"_s, {}, u"old"_s, u"hvst-old"_s, {}, {}};
        {
            evidence::Store store(id, options);
            store.open();
            const auto spool = store.openLog({u"n"_s, u"p"_s, u"u"_s, u"c"_s});
            (*spool)->append({{kube::LogLine::Kind::Text, "2026-11-25T10:00:01Z", QByteArray(50000, 'x'), false}});
            store.noteProgress(u"succeeded"_s, true);
        }
        options.limits.all = 40000;
        id.upgradeUid = u"new"_s;
        evidence::Store store(id, options);
        QSignalSpy dropped(&store, &evidence::Store::upgradesDropped);
        store.open();
        QTRY_COMPARE(dropped.size(), 1);
        QVERIFY(!QFile::exists(root + u"/c/old"_s));
        QVERIFY(QFile::exists(root + u"/c/new/manifest.json"_s));
        QCOMPARE(evidence::droppedUpgrades(root).size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestRetention)
#include "tst_retention.moc"
