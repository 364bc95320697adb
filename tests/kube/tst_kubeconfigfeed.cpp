// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Files that are read beside the caller: what hangs holds nobody up, and what comes late changes nothing. A pipe nobody
// writes to stands for a file system that does not answer.

#include "kube/kubeconfigfeed.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using kube::Kubeconfig;
using kube::KubeconfigFeed;

namespace {

QByteArray named(const QByteArray &name)
{
    return "clusters: [{name: k, cluster: {server: 'https://x'}}]\nusers: [{name: u}]\ncontexts: [{name: " + name
        + ", context: {cluster: k, user: u}}]\n";
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write a test file");
}

bool has(const KubeconfigFeed &feed, const QString &context)
{
    return feed.current() && feed.current()->find(context);
}

} // namespace

class KubeconfigFeedTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        m_file = m_dir->filePath(u"config"_s);
        m_pipe = m_dir->filePath(u"pipe"_s);
        QCOMPARE(::mkfifo(qPrintable(m_pipe), 0600), 0);
    }

    void cleanup() { QTRY_COMPARE_WITH_TIMEOUT(KubeconfigFeed::leftBehind(), 0, 30s); }

    void loadsAndFollows()
    {
        write(m_file, named("a"));
        KubeconfigFeed feed;
        QSignalSpy spy(&feed, &KubeconfigFeed::loaded);
        feed.follow({m_file});
        QVERIFY(!feed.current()); // from the event loop only
        QTRY_VERIFY_WITH_TIMEOUT(has(feed, u"a"_s), 30s);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first().first().value<Kubeconfig>(), *feed.current());
        write(m_file, named("b"));
        QTRY_VERIFY_WITH_TIMEOUT(has(feed, u"b"_s), 30s);
    }

    void nothingToReadIsSaidToo()
    {
        KubeconfigFeed feed;
        QSignalSpy spy(&feed, &KubeconfigFeed::loaded);
        feed.follow({m_file});
        QTRY_COMPARE_WITH_TIMEOUT(spy.size(), 1, 30s);
        QVERIFY(feed.current()->contexts.isEmpty());
        write(m_file, named("a"));
        QTRY_VERIFY_WITH_TIMEOUT(has(feed, u"a"_s), 30s);
    }

    void sameValueIsNoNews()
    {
        write(m_file, named("a"));
        KubeconfigFeed feed;
        QSignalSpy spy(&feed, &KubeconfigFeed::loaded);
        feed.follow({m_file});
        QTRY_COMPARE_WITH_TIMEOUT(spy.size(), 1, 30s);
        feed.reload();
        write(m_file, named("b")); // what came before is over when this is seen
        QTRY_VERIFY_WITH_TIMEOUT(has(feed, u"b"_s), 30s);
        QCOMPARE(spy.size(), 2);
    }

    void endsWhileALoadHangs()
    {
        {
            KubeconfigFeed feed;
            feed.follow({m_pipe}, true);
        }
        // Had it been waited for, this line would never be reached.
        QVERIFY(KubeconfigFeed::leftBehind() > 0);
        release({});
    }

    void reloadsWhileALoadHangs()
    {
        KubeconfigFeed feed;
        feed.follow({m_pipe}, true);
        QTRY_VERIFY_WITH_TIMEOUT(reaches(), 30s); // once it is open the load waits for what is to be read
        QVERIFY(QFile::remove(m_pipe));
        write(m_pipe, named("a"));
        feed.reload();
        QTRY_VERIFY_WITH_TIMEOUT(has(feed, u"a"_s), 30s);
        QCOMPARE(KubeconfigFeed::leftBehind(), 1);
        ::close(std::exchange(m_end, -1));
    }

    void olderNeverReplacesNewer()
    {
        write(m_file, named("new"));
        KubeconfigFeed feed;
        QSignalSpy spy(&feed, &KubeconfigFeed::loaded);
        feed.follow({m_pipe}, true);
        feed.follow({m_file});
        QTRY_VERIFY_WITH_TIMEOUT(has(feed, u"new"_s), 30s);
        QCOMPARE(KubeconfigFeed::leftBehind(), 1);
        release(named("old"));
        QTRY_COMPARE_WITH_TIMEOUT(KubeconfigFeed::leftBehind(), 0, 30s);
        QCoreApplication::processEvents();
        QVERIFY(has(feed, u"new"_s));
        QCOMPARE(spy.size(), 1);
    }

private:
    /// Lets the load have `bytes` for the content of the pipe; waits until it asks.
    void release(const QByteArray &bytes)
    {
        QTRY_VERIFY_WITH_TIMEOUT(reaches(), 30s);
        QCOMPARE(::write(m_end, bytes.constData(), size_t(bytes.size())), ssize_t(bytes.size()));
        ::close(std::exchange(m_end, -1));
    }
    /// The load is opening the pipe; it goes on to read now.
    bool reaches()
    {
        if (m_end < 0)
            m_end = ::open(qPrintable(m_pipe), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
        return m_end >= 0;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_file, m_pipe;
    int m_end = -1; ///< where the pipe is written
};

QTEST_GUILESS_MAIN(KubeconfigFeedTest)
#include "tst_kubeconfigfeed.moc"
