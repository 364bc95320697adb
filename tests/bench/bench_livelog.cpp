// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A live log from a server on this machine through a session and the disk to the screen: how fast, beside curl to
// /dev/null, and whether the window stays free while fifty pods write. Runs off-screen.
// bench_livelog [stream] [pods]

#include "demo/logcontrol.h"
#include "demo/server.h"
#include "kube/kubeconfig.h"
#include "logs/jobdocument.h"
#include "probe.h"
#include "session/session.h"
#include "ui/logviewer.h"
#include "ui/settings.h"
#include "ui/theme.h"
#include "waiting.h"

#include <QApplication>
#include <QFileInfo>
#include <QProcess>
#include <QSocketNotifier>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using bench::medianOf;
using bench::say;
using bench::waitFor;

namespace {

struct Bench {
    QTemporaryDir dir;
    ui::Settings settings{dir.filePath(u"bench.ini"_s)};
};

/// The demo server in a process of its own: memory and processor time here are the viewer's. Words: what to make.
class Served {
public:
    Served(const QTemporaryDir &dir, int pods, double linesPerSecond, qint64 lines, int bytes)
        : m_config(dir.filePath(u"config-%1"_s.arg(pods)))
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(),
            {u"serve"_s, m_config, QString::number(pods), QString::number(linesPerSecond), QString::number(lines),
                QString::number(bytes)});
        m_ready = readLine(u"ready"_s);
    }
    ~Served()
    {
        m_process.closeWriteChannel();
        if (!m_process.waitForFinished(5000))
            m_process.kill();
        m_process.waitForFinished(5000);
    }
    [[nodiscard]] bool isReady() const { return m_ready; }
    void write() { m_process.write("write\n"); }
    /// Every writer wrote its last line.
    [[nodiscard]] bool isWritten()
    {
        m_process.waitForReadyRead(0);
        m_said += m_process.readAllStandardOutput();
        return m_said.contains("written");
    }
    [[nodiscard]] bool waitWritten() { return readLine(u"written"_s); }
    [[nodiscard]] kube::ClusterConfig config() const
    {
        QFile file(m_config);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const kube::Kubeconfig parsed = kube::parseKubeconfig(file.readAll(), m_config);
        return parsed.contexts.isEmpty() || !parsed.contexts[0].config ? kube::ClusterConfig()
                                                                       : *parsed.contexts[0].config;
    }

private:
    bool readLine(const QString &word)
    {
        QElapsedTimer time;
        time.start();
        while (
            !m_said.contains(word.toUtf8()) && time.elapsed() < 300'000 && m_process.state() != QProcess::NotRunning) {
            m_process.waitForReadyRead(200);
            m_said += m_process.readAllStandardOutput();
        }
        return m_said.contains(word.toUtf8());
    }
    QString m_config;
    QProcess m_process;
    QByteArray m_said;
    bool m_ready = false;
};

int serve(const QStringList &words)
{
    demo::ServerOptions options;
    options.startAt = 1800;
    options.speed = 0; // the scenario rests
    demo::Server server(options);
    QFile file(words.value(0));
    if (!server.start() || !file.open(QIODevice::WriteOnly))
        return 1;
    file.write(server.kubeconfig());
    file.close();
    QList<demo::ContainerId> pods;
    for (int i = 0; i < words.value(1).toInt(); ++i)
        pods.append(server.logs().makePod(u"harvester-system"_s, u"bench"_s, u"main"_s));
    say("ready");
    QObject::connect(&server.logs(), &demo::LogControl::writersDone, &server, [&] {
        for (const demo::ContainerId &pod : pods)
            server.logs().finish(pod);
        say("written");
    });
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &server, [&] {
        char buffer[64];
        if (::read(STDIN_FILENO, buffer, sizeof buffer) <= 0) {
            QCoreApplication::quit();
            return;
        }
        for (const demo::ContainerId &pod : pods) {
            server.logs().startWriter({.to = pod,
                .linesPerSecond = words.value(2).toDouble(),
                .lines = words.value(3).toLongLong(),
                .bytes = words.value(4).toInt()});
        }
    });
    return QCoreApplication::exec();
}

/// A session that keeps the logs of the pods "bench-…", and a viewer of what it keeps.
class Following {
public:
    Following(Bench &bench, const kube::ClusterConfig &config)
        : m_viewer(bench.settings)
    {
        session::SessionOptions options;
        options.keepEvidence = true;
        options.followLogs = false;
        options.evidenceRoot = m_root.path();
        m_session = std::make_unique<session::Session>(config, options);
        m_viewer.resize(1600, 900);
        m_viewer.setVisible(true);
        auto document = std::make_unique<logs::JobDocument>();
        m_document = document.get();
        m_viewer.setDocument(std::move(document));
        QObject::connect(m_session.get(), &session::Session::changed, &m_viewer,
            [this](const session::ClusterState &state) { take(state); });
        m_session->start();
    }
    [[nodiscard]] const session::ClusterState &state() const { return m_session->state(); }
    [[nodiscard]] ui::LogViewer &viewer() { return m_viewer; }
    [[nodiscard]] const QStringList &paths() const { return m_paths; }
    void keep()
    {
        QList<session::LogTarget> targets;
        for (const auto &pod : state().snapshot->pods) {
            if (pod->meta.name.startsWith("bench-"_L1))
                targets.append({pod->meta.ns, pod->meta.name, pod->meta.uid, u"main"_s});
        }
        m_session->keepFirst(targets);
    }
    [[nodiscard]] qint64 kept() const
    {
        qint64 bytes = 0;
        for (const QString &path : m_paths)
            bytes += QFileInfo(path).size();
        return bytes;
    }

private:
    void take(const session::ClusterState &state)
    {
        if (!state.evidence.logs)
            return;
        for (const evidence::PodLogs &pod : state.evidence.logs->pods) {
            for (const evidence::ContainerLog &log : pod.containers) {
                if (!pod.pod.name.startsWith("bench-"_L1) || log.path.isEmpty() || m_paths.contains(log.path))
                    continue;
                m_paths.append(log.path);
                m_document->addSource({log.path, pod.pod.name});
            }
        }
    }
    QTemporaryDir m_root;
    std::unique_ptr<session::Session> m_session;
    ui::LogViewer m_viewer;
    logs::JobDocument *m_document = nullptr;
    QStringList m_paths;
};

/// Lines that are no dividers.
qint64 linesOf(const logs::Document &document)
{
    const logs::ContentPointer content = document.content();
    return content->rowCount() - content->dividers().count();
}

void benchStream(Bench &bench)
{
    constexpr qint64 lines = 1'000'000;
    Served server(bench.dir, 1, 1e6, lines, 120);
    if (!server.isReady()) {
        say("stream: the server did not start");
        return;
    }
    // All lines are there before anybody reads: what is measured is the way from the server on.
    server.write();
    if (!server.waitWritten()) {
        say("stream: the server did not write");
        return;
    }
    const kube::ClusterConfig config = server.config();
    QList<double> ours, curls;
    qint64 bytes = 0;
    const QString curl = QStandardPaths::findExecutable(u"curl"_s);
    for (int round = 0; round < 3; ++round) {
        Following following(bench, config);
        if (!waitFor([&] { return following.state().settled; }, 60'000)) {
            say("stream: no board");
            return;
        }
        QString name;
        for (const auto &pod : following.state().snapshot->pods) {
            if (pod->meta.name.startsWith("bench-"_L1))
                name = pod->meta.name;
        }
        following.keep();
        waitFor([&] { return following.kept() > 0; }, 60'000);
        QElapsedTimer time;
        time.start();
        const qint64 already = following.kept();
        const bool whole = waitFor(
            [&] { return following.viewer().document() && linesOf(*following.viewer().document()) >= lines; }, 120'000);
        const double seconds = double(time.nsecsElapsed()) / 1e9;
        bytes = following.kept();
        if (!whole || linesOf(*following.viewer().document()) != lines) {
            say("stream: %lld lines on the screen instead of %lld",
                static_cast<long long>(linesOf(*following.viewer().document())), static_cast<long long>(lines));
            return;
        }
        ours.append(seconds / double(bytes - already) * double(bytes));
        if (curl.isEmpty())
            continue;
        QProcess process;
        const QString url = config.server.toString()
            + u"/api/v1/namespaces/harvester-system/pods/%1/log?container=main&follow=true&timestamps=true"_s.arg(name);
        process.start(curl,
            {u"-sk"_s, u"-H"_s, u"@-"_s, u"-o"_s, u"/dev/null"_s, u"-w"_s,
                u"%{time_starttransfer} %{time_total} %{size_download}"_s, url});
        process.write("Authorization: Bearer " + config.token.reveal() + '\n');
        process.closeWriteChannel();
        waitFor([&] { return process.state() == QProcess::NotRunning; });
        const QList<QByteArray> words = process.readAllStandardOutput().split(' ');
        if (words.size() == 3 && words.at(2).toDouble() > 1e6)
            curls.append(words.at(1).toDouble() - words.at(0).toDouble());
    }
    const double mib = double(bytes) / (1 << 20);
    say("stream: %lld lines, %.0f MiB: to the disk and on the screen %.2f s (%.0f MiB/s); curl to /dev/null %.2f s "
        "(%.0f "
        "MiB/s): %.0f %%",
        static_cast<long long>(lines), mib, medianOf(ours), mib / medianOf(ours), medianOf(curls),
        mib / medianOf(curls), 100 * medianOf(curls) / medianOf(ours));
}

void benchPods(Bench &bench)
{
    constexpr int pods = 50;
    constexpr qint64 lines = 8000; // of each: 20 s
    Served server(bench.dir, pods, 400, lines, 120);
    if (!server.isReady()) {
        say("pods: the server did not start");
        return;
    }
    Following following(bench, server.config());
    if (!waitFor([&] { return following.state().settled; }, 60'000)) {
        say("pods: no board");
        return;
    }
    following.keep();
    server.write();
    waitFor([&] { return linesOf(*following.viewer().document()) > 1000; }, 60'000);
    bench::Probe probe;
    QElapsedTimer time;
    time.start();
    QTimer report;
    double worst = 0;
    QObject::connect(&report, &QTimer::timeout, &probe, [&] { worst = std::max(worst, probe.takeWorst()); });
    report.start(500ms);
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (linesOf(*following.viewer().document()) >= pods * lines || time.elapsed() > 120'000)
            loop.quit();
    });
    look.start(100ms);
    loop.exec();
    worst = std::max(worst, probe.takeWorst());
    const qint64 shown = linesOf(*following.viewer().document());
    say("pods: %d pods, %.0f lines/s in all for %.0f s: %lld of %lld lines on the screen; the window's thread was kept "
        "%.1f "
        "ms at worst by the clock, %.1f ms of it work",
        pods, pods * 400.0, double(time.elapsed()) / 1000, static_cast<long long>(shown),
        static_cast<long long>(pods * lines), worst, probe.worstWork());
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    if (argc > 1 && qstrcmp(argv[1], "serve") == 0) {
        QCoreApplication application(argc, argv);
        return serve(application.arguments().mid(2));
    }
    QApplication application(argc, argv);
    const ui::Theme theme(application);
    const QStringList words = application.arguments().mid(1);
    Bench bench;
    bench::sayLoad("before");
    if (words.isEmpty() || words.contains(u"stream"_s))
        benchStream(bench);
    if (words.isEmpty() || words.contains(u"pods"_s))
        benchPods(bench);
    bench::sayLoad("after");
    return 0;
}
