// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/kubeconfigwatcher.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace kube;

namespace {

QByteArray named(const QByteArray &name)
{
    return "clusters: [{name: k, cluster: {server: 'https://x'}}]\nusers: [{name: u}]\ncontexts: [{name: " + name
        + ", context: {cluster: k, user: u}}]\n";
}

void write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write a test file");
}

/// As editors and kubectl do it.
void replace(const QString &path, const QByteArray &bytes)
{
    write(path + u".new"_s, bytes);
    if (::rename(qPrintable(path + u".new"_s), qPrintable(path)) != 0)
        qFatal("cannot rename a test file");
}

} // namespace

class KubeconfigWatcherTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        m_file = m_dir->filePath(u"kube/config"_s);
    }

    void loadsAtOnce()
    {
        write(m_file, named("a"));
        const KubeconfigWatcher watcher({m_file});
        QVERIFY(watcher.current().find(u"a"_s));
    }

    void changedInPlaceAgainAndAgain()
    {
        write(m_file, named("a"));
        KubeconfigWatcher watcher({m_file});
        QSignalSpy spy(&watcher, &KubeconfigWatcher::reloaded);
        for (const QByteArray &name : {"b"_ba, "c"_ba, "d"_ba}) {
            write(m_file, named(name));
            QTRY_VERIFY(watcher.current().find(QString::fromUtf8(name)));
        }
        QVERIFY(spy.size() >= 3);
        QCOMPARE(spy.last().first().value<Kubeconfig>(), watcher.current());
    }

    void replacedByRenameAgainAndAgain()
    {
        write(m_file, named("a"));
        KubeconfigWatcher watcher({m_file});
        for (const QByteArray &name : {"b"_ba, "c"_ba, "d"_ba}) {
            replace(m_file, named(name));
            QTRY_VERIFY(watcher.current().find(QString::fromUtf8(name)));
        }
        write(m_file, named("e")); // the new file is watched too
        QTRY_VERIFY(watcher.current().find(u"e"_s));
    }

    void replacedWhileTheOldOneIsHeldOpen()
    {
        write(m_file, named("a"));
        KubeconfigWatcher watcher({m_file});
        QFile held(m_file);
        QVERIFY(held.open(QIODevice::ReadOnly));
        replace(m_file, named("b"));
        QTRY_VERIFY(watcher.current().find(u"b"_s));
        write(m_file, named("c"));
        QTRY_VERIFY(watcher.current().find(u"c"_s));
    }

    void createdLaterWithItsFolders()
    {
        const QString deep = m_dir->filePath(u"x/y/z/config"_s);
        KubeconfigWatcher watcher({deep});
        QVERIFY(watcher.current().contexts.isEmpty());
        write(deep, named("a"));
        QTRY_VERIFY(watcher.current().find(u"a"_s));
    }

    void foldersOneAfterTheOther()
    {
        const QString deep = m_dir->filePath(u"x/y/config"_s);
        KubeconfigWatcher watcher({deep});
        QVERIFY(QDir().mkpath(m_dir->filePath(u"x"_s)));
        // Nothing can be seen from outside until the file is there; give the watcher the events one by one.
        QCoreApplication::processEvents();
        QVERIFY(QDir().mkpath(m_dir->filePath(u"x/y"_s)));
        QCoreApplication::processEvents();
        write(deep, named("a"));
        QTRY_VERIFY(watcher.current().find(u"a"_s));
        write(deep, named("b"));
        QTRY_VERIFY(watcher.current().find(u"b"_s));
    }

    void deletedAndBack()
    {
        write(m_file, named("a"));
        KubeconfigWatcher watcher({m_file});
        QVERIFY(QFile::remove(m_file));
        QTRY_VERIFY(watcher.current().contexts.isEmpty());
        write(m_file, named("b"));
        QTRY_VERIFY(watcher.current().find(u"b"_s));
    }

    void symbolicLinkTargetChanged()
    {
        const QString target = m_dir->filePath(u"store/real"_s);
        write(target, named("a"));
        QDir().mkpath(m_dir->filePath(u"kube"_s));
        QVERIFY(QFile::link(target, m_file));
        KubeconfigWatcher watcher({m_file});
        QVERIFY(watcher.current().find(u"a"_s));
        replace(target, named("b"));
        QTRY_VERIFY(watcher.current().find(u"b"_s));
        write(target, named("c"));
        QTRY_VERIFY(watcher.current().find(u"c"_s));
    }

    void symbolicLinkPointedElsewhere()
    {
        const QString one = m_dir->filePath(u"one/f"_s);
        const QString two = m_dir->filePath(u"two/f"_s);
        write(one, named("a"));
        write(two, named("b"));
        QDir().mkpath(m_dir->filePath(u"kube"_s));
        QVERIFY(QFile::link(one, m_file));
        KubeconfigWatcher watcher({m_file});
        QVERIFY(QFile::link(two, m_file + u".l"_s));
        QCOMPARE(::rename(qPrintable(m_file + u".l"_s), qPrintable(m_file)), 0);
        QTRY_VERIFY(watcher.current().find(u"b"_s));
        write(two, named("c"));
        QTRY_VERIFY(watcher.current().find(u"c"_s));
    }

    void linkedFolder()
    {
        write(m_dir->filePath(u"dotfiles/kube/config"_s), named("a"));
        QVERIFY(QFile::link(m_dir->filePath(u"dotfiles/kube"_s), m_dir->filePath(u"kube"_s)));
        KubeconfigWatcher watcher({m_file});
        replace(m_dir->filePath(u"dotfiles/kube/config"_s), named("b"));
        QTRY_VERIFY(watcher.current().find(u"b"_s));
    }

    void sameValueIsNoNews()
    {
        write(m_file, named("a"));
        KubeconfigWatcher watcher({m_file});
        QSignalSpy spy(&watcher, &KubeconfigWatcher::reloaded);
        replace(m_file, named("a"));
        replace(m_file, named("a") + "# a comment\n");
        watcher.reload();
        QCOMPARE(spy.size(), 0);
        replace(m_file, named("b")); // a marker: what came before is over when this is seen
        QTRY_VERIFY(watcher.current().find(u"b"_s));
        QCOMPARE(spy.size(), 1);
    }

    void burstIsOneLoad()
    {
        write(m_file, named("a"));
        KubeconfigWatcher watcher({m_file});
        QSignalSpy spy(&watcher, &KubeconfigWatcher::reloaded);
        for (int i = 0; i < 20; ++i)
            replace(m_file, named("n" + QByteArray::number(i)));
        QTRY_VERIFY(watcher.current().find(u"n19"_s));
        QCOMPARE(spy.size(), 1);
    }

    void brokenAndMended()
    {
        write(m_file, named("a"));
        KubeconfigWatcher watcher({m_file});
        write(m_file, "clusters: [\n");
        QTRY_VERIFY(watcher.current().contexts.isEmpty());
        QVERIFY(!watcher.current().problems.isEmpty());
        write(m_file, named("a"));
        QTRY_VERIFY(watcher.current().find(u"a"_s));
        QVERIFY(watcher.current().problems.isEmpty());
    }

    void aFileItNamesAppears()
    {
        const QString authority = m_dir->filePath(u"pki/ca.pem"_s);
        write(m_file,
            "clusters: [{name: k, cluster: {server: 'https://x', certificate-authority: ../pki/ca.pem}}]\nusers: "
            "[{name: u}]\n"
            "contexts: [{name: a, context: {cluster: k, user: u}}]\n");
        KubeconfigWatcher watcher({m_file});
        QVERIFY(!watcher.current().find(u"a"_s)->config);
        write(authority, "x");
        QTRY_VERIFY(watcher.current().find(u"a"_s)->config);
    }

    void otherFiles()
    {
        write(m_file, named("a"));
        const QString second = m_dir->filePath(u"second"_s);
        write(second, named("b"));
        KubeconfigWatcher watcher({m_file});
        QSignalSpy spy(&watcher, &KubeconfigWatcher::reloaded);
        watcher.setFiles({m_file, second}, false);
        QCOMPARE(spy.size(), 1);
        QVERIFY(watcher.current().find(u"b"_s));
        write(second, named("c"));
        QTRY_VERIFY(watcher.current().find(u"c"_s));
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_file;
};

QTEST_GUILESS_MAIN(KubeconfigWatcherTest)
#include "tst_kubeconfigwatcher.moc"
