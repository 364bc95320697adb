// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The store of one upgrade: private whatever the umask, names from a hostile cluster, one writer and who takes over.

#include "evidence/safename.h"
#include "evidence/store.h"
#include "support/evidence_faults.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using evidence::Store;

namespace {

evidence::UpgradeIdentity identity(const QString &upgrade = u"upgrade-uid"_s)
{
    return {u"cluster-uid"_s, u"prod"_s, u"https://admin:secret@10.0.0.1:6443"_s, upgrade, u"hvst-upgrade-x"_s, {}, {}};
}

evidence::StoreOptions options(const QString &root)
{
    evidence::StoreOptions options;
    options.root = root;
    options.takeOver = std::chrono::milliseconds(5);
    return options;
}

kube::LogLine line(const QByteArray &text)
{
    return {kube::LogLine::Kind::Text, "2026-11-25T10:00:01Z", text, false};
}

evidence::LogKey key(const QString &pod)
{
    return {u"cattle-system"_s, pod, u"12345678-90"_s, u"upgrade"_s};
}

} // namespace

class TestStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<QList<evidence::DroppedUpgrade>>(); }
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void privateWhateverTheUmask_data()
    {
        QTest::addColumn<int>("mask");
        for (const int mask : {0, 022, 077, 0777})
            QTest::addRow("%03o", mask) << mask;
    }
    void privateWhateverTheUmask()
    {
        QFETCH(const int, mask);
        const QString root = m_dir->filePath(u"state/gleaner/evidence"_s);
        const mode_t before = ::umask(mode_t(mask));
        {
            Store store(identity(), options(root));
            store.open();
            QCOMPARE(store.role(), Store::Role::Writer);
            const auto spool = store.openLog(key(u"p"_s));
            QVERIFY(spool);
            (*spool)->append({line("x"), {kube::LogLine::Kind::Gap, {}, {}, false}});
            upgrade::Snapshot snapshot;
            snapshot.sources.insert(u"nodes"_s, {});
            store.journal()->record(snapshot, QDateTime::currentDateTimeUtc());
            store.noteProgress(u"running"_s, false);
        }
        ::umask(before);
        int files = 0;
        QDirIterator it(root, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            it.next();
            struct stat is{};
            QCOMPARE(::lstat(QFile::encodeName(it.filePath()).constData(), &is), 0);
            QVERIFY2((is.st_mode & 07777) == (S_ISDIR(is.st_mode) ? 0700 : 0600), qPrintable(it.filePath()));
            files += S_ISREG(is.st_mode) ? 1 : 0;
        }
        QVERIFY(files >= 6); // lock, manifest, index, log, marks, objects
        struct stat is{};
        ::stat(QFile::encodeName(root).constData(), &is);
        QCOMPARE(is.st_mode & 07777, mode_t(0700));
        QFile manifest(root + u"/cluster-uid/upgrade-uid/manifest.json"_s);
        QVERIFY(manifest.open(QIODevice::ReadOnly));
        QVERIFY(!manifest.readAll().contains("secret"));
    }

    void openFoldersAreClosed()
    {
        const QString root = m_dir->filePath(u"evidence"_s);
        QDir().mkpath(root + u"/cluster-uid/upgrade-uid/logs"_s);
        ::chmod(QFile::encodeName(root).constData(), 0777);
        Store store(identity(), options(root));
        store.open();
        QVERIFY(store.openLog(key(u"p"_s)));
        struct stat is{};
        for (const QString &path : {root, root + u"/cluster-uid"_s, root + u"/cluster-uid/upgrade-uid/logs"_s}) {
            ::stat(QFile::encodeName(path).constData(), &is);
            QCOMPARE(is.st_mode & 07777, mode_t(0700));
        }
    }

    void hostileNames()
    {
        const QStringList names{{}, u"."_s, u".."_s, u"../../../etc/passwd"_s, u"/etc/passwd"_s, u"a/b"_s, u"a\\b"_s,
            QString(u'a') + QChar(0) + u'b', u"a\nb"_s, u"-rf"_s, u"~"_s, u"%2F"_s, u"lock"_s, u"manifest.json"_s,
            u"node"_s, u"ünïcode"_s, QString(QChar(0xd800)), QString(QChar(0xd801)), QString(5000, u'x'),
            QString(5000, u'x') + u'y', QString(200, u'/'), u".hidden"_s, u"a.log.marks"_s, u"a"_s, u"A"_s, u"x~2"_s,
            u"\u202e"_s};
        QSet<QString> safe;
        for (const QString &name : names) {
            const QString file = evidence::safeName(name);
            QVERIFY(!file.isEmpty());
            QVERIFY(file.size() <= 120);
            QVERIFY(!file.startsWith(u'.') && !file.contains(u'/') && !file.contains(QChar(0)));
            safe.insert(file);
        }
        QCOMPARE(safe.size(), names.size()); // no two fall together
        QCOMPARE(
            evidence::safeName(u"hvst-upgrade-x1-apply-manifests-abc12"_s), u"hvst-upgrade-x1-apply-manifests-abc12"_s);

        const QString root = m_dir->filePath(u"evidence"_s);
        evidence::UpgradeIdentity id = identity();
        id.clusterUid = u"../../c"_s;
        id.upgradeUid = u".."_s;
        QList<evidence::LogKey> keys;
        {
            Store store(id, options(root));
            store.open();
            QCOMPARE(store.role(), Store::Role::Writer);
            for (const QString &name : names) {
                for (const QString &uid : {u"12345678-a"_s, u"12345678-b"_s}) // same beginning: still two logs
                    keys.append({name, name, uid, name});
            }
            for (qsizetype i = 0; i < keys.size(); ++i) {
                const auto spool = store.openLog(keys.at(i));
                QVERIFY2(spool, qPrintable(spool ? QString() : spool.error().path + spool.error().message));
                (*spool)->append({line(QByteArray::number(i))});
                store.closeLog(keys.at(i));
            }
        }
        // All of it is below the root, each log has its own file, and the true names are known.
        QCOMPARE(QDir(m_dir->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
            QStringList{u"evidence"_s});
        Store reader(id, options(root));
        for (qsizetype i = 0; i < keys.size(); ++i) {
            const evidence::LogRecord *record = reader.index().log(keys.at(i));
            // A lone surrogate does not survive JSON; its log is kept all the same.
            if (!record)
                continue;
            QFile file(reader.folder() + u'/' + record->path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.readAll(), "2026-11-25T10:00:01Z " + QByteArray::number(i) + '\n');
        }
        QVERIFY(reader.index().logs.size() >= keys.size() - 4);
    }

    void linksAreNotFollowed()
    {
        const QString root = m_dir->filePath(u"evidence"_s);
        const QString victim = m_dir->filePath(u"victim"_s);
        QFile file(victim);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("mine");
        file.close();
        const QString pod = root + u"/cluster-uid/upgrade-uid/logs/cattle-system/p_12345678"_s;
        QVERIFY(QDir().mkpath(pod));
        QVERIFY(QFile::link(victim, pod + u"/upgrade.log"_s));
        Store store(identity(), options(root));
        store.open();
        QVERIFY(!store.openLog(key(u"p"_s)));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "mine");
    }

    void secondWindowReadsAndTakesOver()
    {
        const QString root = m_dir->filePath(u"evidence"_s);
        auto first = std::make_unique<Store>(identity(), options(root));
        first->open();
        Store second(identity(), options(root));
        QSignalSpy roles(&second, &Store::roleChanged);
        second.open();
        QCOMPARE(second.role(), Store::Role::Reader);
        QVERIFY(second.writer().endsWith(QString::number(::getpid())));
        QVERIFY(!second.openLog(key(u"p"_s)));
        QCOMPARE(second.journal(), nullptr);
        // It sees what the other one writes.
        (*first->openLog(key(u"p"_s)))->append({line("one")});
        QCOMPARE(second.logPath(key(u"p"_s)),
            root + u"/cluster-uid/upgrade-uid/logs/cattle-system/p_12345678/upgrade.log"_s);
        first.reset();
        QTRY_COMPARE(second.role(), Store::Role::Writer);
        QCOMPARE(roles.size(), 2);
        const auto spool = second.openLog(key(u"p"_s));
        QCOMPARE((*spool)->resume(), evidence::ResumePoint("2026-11-25T10:00:01Z", 1));
        (*spool)->append({line("two")});
        second.close();
        QCOMPARE(second.role(), Store::Role::Closed);
    }

    void killedWriterIsFollowed()
    {
        const QString root = m_dir->filePath(u"evidence"_s);
        int ready[2];
        QCOMPARE(::pipe(ready), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            Store store(identity(), options(root));
            store.open();
            const char word = store.role() == Store::Role::Writer ? 'w' : 'x';
            if (::write(ready[1], &word, 1) != 1)
                ::_exit(1);
            for (;;)
                ::pause();
        }
        char word = 0;
        QCOMPARE(::read(ready[0], &word, 1), 1);
        QCOMPARE(word, 'w');
        Store store(identity(), options(root));
        store.open();
        QCOMPARE(store.role(), Store::Role::Reader);
        QVERIFY(store.writer().endsWith(QString::number(child)));
        ::kill(child, SIGKILL);
        QCOMPARE(::waitpid(child, nullptr, 0), child);
        QTRY_COMPARE(store.role(), Store::Role::Writer);
        ::close(ready[0]);
        ::close(ready[1]);
    }

    void emptyLockOfADeadOne()
    {
        // What a process leaves that was killed between making the file and writing into it.
        const QString root = m_dir->filePath(u"evidence"_s);
        QDir().mkpath(root + u"/cluster-uid/upgrade-uid"_s);
        QFile file(root + u"/cluster-uid/upgrade-uid/lock"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        Store store(identity(), options(root));
        store.open();
        QCOMPARE(store.role(), Store::Role::Writer);
    }

    void folderThatCannotBe()
    {
        QFile file(m_dir->filePath(u"evidence"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        Store store(identity(), options(m_dir->filePath(u"evidence/below"_s)));
        store.open();
        QCOMPARE(store.role(), Store::Role::Failed);
        QVERIFY(store.error());
        QVERIFY(!store.error()->message.isEmpty());
        file.remove();
        store.tryAgain();
        QCOMPARE(store.role(), Store::Role::Writer);
    }

    void newerFormatIsLeftAlone()
    {
        const QString root = m_dir->filePath(u"evidence"_s);
        const QString folder = root + u"/cluster-uid/upgrade-uid"_s;
        QDir().mkpath(folder);
        QFile file(folder + u"/manifest.json"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"format\":2}");
        file.close();
        Store store(identity(), options(root));
        store.open();
        QCOMPARE(store.role(), Store::Role::Failed);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "{\"format\":2}");
    }

    void storeWithoutRoom()
    {
        const QString root = m_dir->filePath(u"evidence"_s);
        evidence::StoreOptions few = options(root);
        few.limits.upgrade = 20000;
        Store store(identity(), few);
        store.open();
        const auto spool = store.openLog(key(u"p"_s));
        for (int i = 0; i < 50; ++i)
            (*spool)->append({line(QByteArray(1000, 'x'))});
        QCOMPARE((*spool)->state(), evidence::LogSpool::State::Full);
        QVERIFY(evidence::bytesBelow(root) < 21000);
        // One writes on in a store whose other upgrade was dropped for room.
        QCOMPARE(store.role(), Store::Role::Writer);
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
