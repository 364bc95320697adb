// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// How often the program wakes up when nothing happens: `gleaner status --watch` and the window, each connected to a
// cluster that stands still. What may wake it are the server's bookmarks (about one a minute and watch) and, where
// times are shown, one tick of the clock a second. Counted are the voluntary context switches of each thread, so work
// that takes no processor time is seen too.
// bench_idle [SECONDS]

#include "demo/server.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QMap>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <chrono>
#include <cstdio>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Ends early when the process does.
void rest(QProcess &process, std::chrono::seconds time)
{
    QEventLoop loop;
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    if (process.state() == QProcess::Running)
        loop.exec();
}

struct Thread {
    QString name;
    qint64 waits = 0; ///< times it waited for something, so also times it was woken
};

QMap<int, Thread> threadsOf(qint64 pid)
{
    QMap<int, Thread> threads;
    const QDir tasks(u"/proc/%1/task"_s.arg(pid));
    const QStringList ids = tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &id : ids) {
        Thread thread;
        QFile name(tasks.filePath(id + u"/comm"_s)), status(tasks.filePath(id + u"/status"_s));
        if (!name.open(QIODevice::ReadOnly) || !status.open(QIODevice::ReadOnly))
            continue;
        thread.name = QString::fromUtf8(name.readAll()).trimmed();
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith("voluntary_ctxt_switches:"))
                thread.waits = line.mid(line.indexOf(':') + 1).trimmed().toLongLong();
        }
        threads.insert(id.toInt(), thread);
    }
    return threads;
}

bool measure(const char *what, const QStringList &words, const QString &home, std::chrono::seconds time)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    environment.insert(u"HOME"_s, home);
    for (const auto &[name, folder] :
        {std::pair(u"XDG_CONFIG_HOME"_s, u"config"_s), std::pair(u"XDG_DATA_HOME"_s, u"data"_s),
            std::pair(u"XDG_CACHE_HOME"_s, u"cache"_s), std::pair(u"XDG_STATE_HOME"_s, u"state"_s)})
        environment.insert(name, home + u'/' + folder);
    environment.remove(u"KUBECONFIG"_s);
    process.setProcessEnvironment(environment);
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(QString::fromUtf8(GLEANER_BENCH_GLEANER), words);
    if (!process.waitForStarted())
        return false;
    rest(process, 15s); // connecting, reading, painting
    const QMap<int, Thread> before = threadsOf(process.processId());
    rest(process, time);
    const QMap<int, Thread> after = threadsOf(process.processId());
    const bool lived = process.state() == QProcess::Running;
    process.terminate();
    if (!process.waitForFinished(5000))
        process.kill();
    process.waitForFinished(5000);
    if (!lived) {
        std::fprintf(stderr, "%s ended by itself\n", what);
        return false;
    }
    double sum = 0;
    std::printf("%s, wake-ups a second over %lld s\n", what, static_cast<long long>(time.count()));
    for (auto it = after.begin(); it != after.end(); ++it) {
        const double rate
            = double(it->waits - before.value(it.key()).waits) / double(std::max<qint64>(1, time.count()));
        sum += rate;
        if (rate > 0)
            std::printf("  %-16s %6.2f\n", qPrintable(it->name), rate);
    }
    std::printf("  %-16s %6.2f\n", "all", sum);
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const int asked = argc > 1 ? QByteArray(argv[1]).toInt() : 60;
    const std::chrono::seconds time(std::max(1, asked));
    demo::ServerOptions options;
    options.startAt = 7000;
    options.speed = 0;
    demo::DemoThread demo(options);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"config"_s));
    if (!demo.start() || !file.open(QIODevice::WriteOnly) || file.write(demo.kubeconfig()) < 0)
        return 1;
    file.close();
    const bool status = measure(
        "status --watch", {u"status"_s, u"--watch"_s, u"--kubeconfig"_s, file.fileName()}, folder.path(), time);
    const bool window = measure("window", {u"--kubeconfig"_s, file.fileName()}, folder.path(), time);
    return status && window ? 0 : 1;
}
