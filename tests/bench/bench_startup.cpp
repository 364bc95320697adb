// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// From the start of the process to the end of it right after the first paint of the window, beside the same of a
// process with an empty QMainWindow. Every measured process is a new one; pairs run in turn, so that noise hits both.

#ifdef GLEANER_BENCH_WINDOW
#include "cli/arguments.h"
#include "ui/app.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>
#include <QWidget>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

/// Quits when the first window was painted.
class QuitAfterPaint : public QObject {
public:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && watched->isWidgetType() && static_cast<QWidget *>(watched)->isWindow()) {
            qApp->removeEventFilter(this);
            QTimer::singleShot(0, qApp, &QCoreApplication::quit);
        }
        return false;
    }
};

/// What main() does for the window.
int window(int argc, char **argv)
{
    QStringList words;
    for (int i = 2; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    const auto arguments = cli::parseArguments(words);
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"gleaner"_s);
    QuitAfterPaint quit;
    application.installEventFilter(&quit);
    ui::GuiOptions options;
    options.demo = arguments && arguments->demoWindow;
    return ui::runGui(application, options);
}

double once(const QString &program, const QStringList &words, const QProcessEnvironment &environment)
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QElapsedTimer timer;
    timer.start();
    process.start(program, words);
    process.waitForFinished(60000);
    return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0 ? double(timer.nsecsElapsed()) / 1e6
                                                                                   : -1;
}

double median(QList<double> values)
{
    std::ranges::sort(values);
    return values.isEmpty() ? 0 : values[values.size() / 2];
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1 && qstrcmp(argv[1], "window") == 0)
        return window(argc, argv);
    QCoreApplication application(argc, argv);
    const QString self = QCoreApplication::applicationFilePath();
    const QString empty = QCoreApplication::applicationDirPath() + u"/bench_emptywindow"_s;
    QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!environment.contains(u"QT_QPA_PLATFORM"_s))
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    for (const QString &name : {u"HOME"_s, u"XDG_CONFIG_HOME"_s, u"XDG_CACHE_HOME"_s})
        environment.insert(name, home.path());
    environment.insert(u"KUBECONFIG"_s, QString());
    const int rounds = argc > 1 ? QByteArray(argv[1]).toInt() : 15;
    QList<double> floor, ours;
    for (int i = 0; i <= rounds; ++i) {
        const double a = once(empty, {}, environment);
        const double b = once(self, {u"window"_s}, environment);
        if (i == 0)
            continue; // files come into the cache
        if (a < 0 || b < 0) {
            std::printf("startup: a process failed\n");
            return 1;
        }
        floor.append(a);
        ours.append(b);
    }
    std::printf("empty QMainWindow, start to end after first paint (median of %d): %.1f ms\n", rounds, median(floor));
    std::printf("Gleaner's window: %.1f ms; ratio %.2f (goal 1.5)\n", median(ours), median(ours) / median(floor));
    return 0;
}
#else
int main()
{
    return 0;
}
#endif
