// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// How soon the window is there, compared with a process that shows an empty QMainWindow; and how long the window's
// thread is busy with one state of a cluster with 1,000 nodes and 10,000 Jobs. Runs off-screen; prints a table.

#include "ui/boardview.h"
#include "ui/clusterlink.h"
#include "ui/language.h"
#include "ui/mainwindow.h"
#include "ui/settings.h"
#include "ui/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTextStream>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

class QuitAfterPaint : public QObject {
public:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            QMetaObject::invokeMethod(
                qApp,
                [] {
                    // Only now is the frame done: this is what the parent waits for.
                    QTextStream(stdout) << "painted\n";
                    QCoreApplication::quit();
                },
                Qt::QueuedConnection);
        }
        return false;
    }
};

class StillLink : public ui::ClusterLink {
public:
    void start() override { }
    void reconfigure(const kube::ClusterConfig &) override { }
    void retryNow() override { }
    void grantExecConsent() override { }
    const session::ClusterState &state() const override { return m_state; }
    std::unique_ptr<session::LogChannel> openLog(const QList<session::LogTarget> &) override { return {}; }
    void give(session::ClusterState state)
    {
        m_state = std::move(state);
        Q_EMIT changed();
    }

private:
    session::ClusterState m_state;
};

int showAndQuit(QWidget &window)
{
    QuitAfterPaint quit;
    window.installEventFilter(&quit);
    window.show();
    return QApplication::exec();
}

session::ClusterState large(int round)
{
    session::ClusterState state;
    state.context = u"large"_s;
    state.connection.state = session::Connection::State::Online;
    upgrade::Board &board = state.board;
    board.presence = upgrade::Board::Presence::Upgrade;
    board.state = upgrade::State::Running;
    board.upgrade.name = u"hvst-upgrade-large"_s;
    board.started = QDateTime::currentDateTimeUtc().addSecs(-9000);
    for (int i = 0; i < upgrade::phaseCount; ++i) {
        upgrade::Phase phase;
        phase.id = upgrade::PhaseId(i);
        phase.state = i < 4 ? upgrade::State::Succeeded : i == 4 ? upgrade::State::Running : upgrade::State::Pending;
        phase.fraction = i == 4 ? (round % 100) / 100.0 : -1;
        board.phases.append(phase);
    }
    for (int i = 0; i < 1000; ++i) {
        upgrade::NodeRow node;
        node.name = u"node-%1"_s.arg(i, 4, 10, QLatin1Char('0'));
        node.state = i % 40 == round % 40 ? upgrade::State::Running : upgrade::State::Pending;
        node.kubeletVersion = u"v1.35.4+rke2r1"_s;
        board.nodes.append(node);
        board.timeline.append(
            {.lane = u"node:"_s + node.name, .label = u"Pre-draining"_s, .from = board.started.addSecs(i), .to = {}});
    }
    for (int i = 0; i < 10'000 + round; ++i) {
        upgrade::JobRow job;
        job.job = {.kind = upgrade::Kind::Job,
            .ns = u"cattle-system"_s,
            .name = u"job-%1"_s.arg(i),
            .uid = QString::number(i)};
        job.node = board.nodes.at(i % 1000).name;
        job.type = u"prepare"_s;
        job.state = upgrade::State::Succeeded;
        job.started = board.started.addSecs(i % 5000);
        board.jobs.append(job);
    }
    return state;
}

double medianOf(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values.isEmpty() ? 0 : values.at(values.size() / 2);
}

double startOf(const QString &what)
{
    QList<double> times;
    for (int i = 0; i < 9; ++i) {
        QElapsedTimer timer;
        timer.start();
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {what});
        process.waitForReadyRead(30'000);
        times.append(double(timer.nsecsElapsed()) / 1e6);
        process.waitForFinished(30'000);
    }
    return medianOf(times);
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QString what = application.arguments().value(1);
    if (what == u"empty"_s) {
        QMainWindow window;
        window.resize(1360, 900);
        return showAndQuit(window);
    }
    QElapsedTimer clock;
    clock.start();
    const auto say = [&](const char *step) {
        if (qEnvironmentVariableIsSet("GLEANER_BENCH_STEPS"))
            qInfo("%6.2f ms %s", double(clock.nsecsElapsed()) / 1e6, step);
    };
    QTemporaryDir home;
    ui::Settings settings(home.filePath(u"bench.ini"_s));
    ui::Theme theme(application);
    say("theme");
    ui::Language language;
    language.apply(u"en"_s);
    say("language");
    StillLink *link = nullptr;
    ui::MainWindow window(
        [&](const kube::ClusterConfig &, const session::SessionOptions &) {
            auto made = std::make_unique<StillLink>();
            link = made.get();
            return made;
        },
        settings, theme, language);
    say("window");
    if (what == u"window"_s) {
        const int code = showAndQuit(window);
        say("painted");
        return code;
    }

    QTextStream out(stdout);
    const double empty = startOf(u"empty"_s);
    const double ours = startOf(u"window"_s);
    out << u"empty QMainWindow process  %1 ms\n"_s.arg(empty, 0, 'f', 1);
    out << u"Gleaner's window process   %1 ms  (%2 times)\n"_s.arg(ours, 0, 'f', 1).arg(ours / empty, 0, 'f', 2);

    kube::Kubeconfig kubeconfig;
    kube::Context context;
    context.name = u"large"_s;
    context.config = kube::ClusterConfig{};
    context.config->contextName = context.name;
    kubeconfig.contexts = {context};
    window.show();
    window.workspace().setKubeconfig(kubeconfig);
    window.workspace().show(context.name);
    QList<double> times;
    double first = 0;
    for (int round = 0; round < 40; ++round) {
        const session::ClusterState state = large(round);
        QElapsedTimer timer;
        timer.start();
        link->give(state);
        QApplication::processEvents();
        const double ms = double(timer.nsecsElapsed()) / 1e6;
        round == 0 ? void(first = ms) : times.append(ms);
    }
    out << u"first board, 1,000 nodes and 10,000 Jobs  %1 ms\n"_s.arg(first, 0, 'f', 1);
    out << u"each further board                        %1 ms median, %2 ms worst\n"_s.arg(medianOf(times), 0, 'f', 1)
               .arg(*std::max_element(times.cbegin(), times.cend()), 0, 'f', 1);
    return 0;
}
