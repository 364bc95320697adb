// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Two figures: how long from connecting to a complete board of three nodes, beside two calls of `kubectl get`; and what
// a cluster with 1,000 nodes, 10,000 Jobs and 500 events a second does to the caller's thread and to memory.
// bench_session [connect] [load [SECONDS [NODES [JOBS [EVENTS]]]]]

#include "demo/server.h"
#include "kube/kubeconfig.h"
#include "session/session.h"
#include "probe.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

kube::ClusterConfig configOf(const QByteArray &kubeconfig)
{
    const kube::Kubeconfig parsed = kube::parseKubeconfig(kubeconfig, u"/bench"_s);
    return parsed.contexts.isEmpty() || !parsed.contexts[0].config ? kube::ClusterConfig() : *parsed.contexts[0].config;
}

double median(QList<double> values)
{
    std::ranges::sort(values);
    return values.isEmpty() ? 0 : values[values.size() / 2];
}

/// Milliseconds until the board is whole; `withLogs`: and the logs behind it are read.
double connectOnce(const QByteArray &kubeconfig, bool withLogs)
{
    QElapsedTimer timer;
    timer.start();
    session::Session session(configOf(kubeconfig));
    QEventLoop loop;
    qint64 took = -1;
    QObject::connect(&session, &session::Session::changed, &loop, [&](const session::ClusterState &state) {
        if (state.settled && (!withLogs || state.logsSettled)) {
            took = timer.nsecsElapsed();
            loop.quit();
        }
    });
    QTimer::singleShot(30s, &loop, &QEventLoop::quit);
    session.start();
    loop.exec();
    return double(took) / 1e6;
}

double kubectlOnce(const QString &kubectl, const QString &kubeconfig)
{
    QElapsedTimer timer;
    timer.start();
    for (const QString &kind : {u"upgrades.harvesterhci.io"_s, u"nodes"_s}) {
        QProcess process;
        process.start(kubectl, {u"--kubeconfig"_s, kubeconfig, u"get"_s, kind, u"-A"_s});
        process.waitForFinished();
        if (process.exitCode() != 0)
            return -1;
    }
    return double(timer.nsecsElapsed()) / 1e6;
}

void benchConnect()
{
    demo::ServerOptions options;
    options.startAt = 7000;
    options.speed = 1;
    demo::DemoThread demo(options);
    if (!demo.start())
        return;
    QTemporaryDir folder;
    QFile file(folder.filePath(u"config"_s));
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.write(demo.kubeconfig());
    file.close();
    QList<double> boards, logs, calls;
    const QString kubectl = QStandardPaths::findExecutable(u"kubectl"_s);
    connectOnce(demo.kubeconfig(), false); // code and caches
    for (int i = 0; i < 10; ++i) {
        boards.append(connectOnce(demo.kubeconfig(), false));
        logs.append(connectOnce(demo.kubeconfig(), true));
        if (!kubectl.isEmpty())
            calls.append(kubectlOnce(kubectl, file.fileName()));
    }
    std::printf("board complete after connecting (median of %d): %.0f ms, with logs %.0f ms\n", int(boards.size()),
        median(boards), median(logs));
    if (calls.isEmpty())
        std::printf("two kubectl get: no kubectl here\n");
    else
        std::printf("two kubectl get (median): %.0f ms; ratio %.2f\n", median(calls), median(boards) / median(calls));
}

double rssMiB()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * 4096 / 1048576;
}

void benchLoad(int seconds, int nodes, int jobs, double events)
{
    // The server lives in a process of its own, so that memory and CPU here are the session's.
    QTemporaryDir folder;
    const QString path = folder.filePath(u"kubeconfig"_s);
    QProcess server;
    server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    server.start(QCoreApplication::applicationFilePath(),
        {u"serve"_s, path, QString::number(nodes), QString::number(jobs), QString::number(events)});
    if (!server.waitForReadyRead(120000)) {
        std::printf("load: the server did not start\n");
        return;
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const double before = rssMiB();
    session::Session session(configOf(file.readAll()));
    QElapsedTimer timer;
    timer.start();
    int states = 0;
    bool whole = false;
    QObject::connect(&session, &session::Session::changed, &session, [&](const session::ClusterState &state) {
        ++states;
        if (state.settled && !whole) {
            whole = true;
            std::printf("load: board of %d nodes and %d Jobs after %.1f s\n", int(state.board.nodes.size()),
                int(state.snapshot->jobs.size()), double(timer.elapsed()) / 1000);
            std::fflush(stdout);
        }
    });
    bench::Probe probe;
    session.start();
    double worst = 0;
    QTimer report;
    int rounds = 0;
    QObject::connect(&report, &QTimer::timeout, &session, [&] {
        const double now = probe.takeWorst();
        worst = std::max(worst, now);
        std::printf("load: %3d s  RSS %.0f MiB (+%.0f)  states %d  worst block %.1f ms\n", int(timer.elapsed() / 1000),
            rssMiB(), rssMiB() - before, std::exchange(states, 0), now);
        std::fflush(stdout);
        if (++rounds * 5 >= seconds)
            QCoreApplication::exit(0);
    });
    report.start(5s);
    QCoreApplication::exec();
    std::printf("load: worst block of the caller's thread %.1f ms, of it work %.1f ms\n", worst, probe.worstWork());
    server.terminate();
    server.waitForFinished(5000);
    if (server.state() != QProcess::NotRunning)
        server.kill();
    server.waitForFinished(5000);
}

int serve(const QStringList &words)
{
    demo::ServerOptions options;
    options.nodes = words.value(1).toInt();
    options.extraJobs = words.value(2).toInt();
    options.eventsPerSecond = words.value(3).toDouble();
    options.startAt = 1800;
    options.speed = 1;
    demo::Server server(options);
    QFile file(words.value(0));
    if (!server.start() || !file.open(QIODevice::WriteOnly))
        return 1;
    file.write(server.kubeconfig());
    file.close();
    std::printf("ready\n");
    std::fflush(stdout);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList words = application.arguments().mid(1);
    if (words.value(0) == "serve"_L1)
        return serve(words.mid(1));
    if (words.isEmpty() || words.contains(u"connect"_s))
        benchConnect();
    const qsizetype load = words.indexOf(u"load"_s);
    if (words.isEmpty() || load >= 0) {
        const QStringList rest = load >= 0 ? words.mid(load + 1) : QStringList();
        benchLoad(rest.value(0, u"30"_s).toInt(), rest.value(1, u"1000"_s).toInt(), rest.value(2, u"10000"_s).toInt(),
            rest.value(3, u"500"_s).toDouble());
    }
    return 0;
}
