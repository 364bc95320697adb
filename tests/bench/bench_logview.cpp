// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The log view as a person has it, off-screen: how soon a gigabyte is on the screen, and how long a frame of scrolling
// keeps the window. And ripgrep, lnav and glogg on the same file. GLEANER_BENCH_MIB sets another size.
// bench_logview [open] [scroll] [others]

#include "loglines.h"
#include "logs/search.h"
#include "probe.h"
#include "ui/logrules.h"
#include "ui/logsearchbar.h"
#include "ui/logview.h"
#include "ui/logviewer.h"
#include "ui/logwindow.h"
#include "ui/settings.h"
#include "ui/theme.h"
#include "waiting.h"

#include <QApplication>
#include <QPointer>
#include <QProcess>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using bench::medianOf;
using bench::say;
using bench::waitFor;

namespace {

/// When something of the document was painted first.
class FirstPaint : public QObject {
public:
    explicit FirstPaint(ui::LogView *view)
        : m_view(view)
    {
        view->viewport()->installEventFilter(this);
    }
    [[nodiscard]] bool seen() const { return m_seen; }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        // Now it is about to be painted; what is posted runs when that is done.
        if (event->type() == QEvent::Paint && m_view->rowCount() > 0)
            QMetaObject::invokeMethod(this, [this] { m_seen = true; }, Qt::QueuedConnection);
        return false;
    }

private:
    ui::LogView *m_view;
    bool m_seen = false;
};

struct Bench {
    QTemporaryDir dir;
    ui::Settings settings{dir.filePath(u"bench.ini"_s)};
    QString path = dir.filePath(u"upgrade.log"_s);
    bench::LogFile file;

    bool makeFile()
    {
        if (file.bytes > 0)
            return true;
        bool ok = false;
        const int wanted = qEnvironmentVariableIntValue("GLEANER_BENCH_MIB", &ok);
        file = bench::writeLog(path, (ok && wanted > 0 ? qint64(wanted) : 1024) << 20);
        say("file: %.0f MiB, %lld lines", double(file.bytes) / (1 << 20), static_cast<long long>(file.lines));
        return file.bytes > 0;
    }
};

double openOnce(Bench &bench, const QString &path, double *counted = nullptr)
{
    QElapsedTimer time;
    time.start();
    QPointer window = ui::LogWindow::openFile(path, bench.settings);
    const FirstPaint first(window->viewer()->view());
    waitFor([&] { return first.seen(); });
    const double took = double(time.nsecsElapsed()) / 1e6;
    if (counted) {
        waitFor([&] { return window->viewer()->document()->isComplete(); });
        *counted = double(time.nsecsElapsed()) / 1e6;
    }
    window->close();
    waitFor([&] { return !window; });
    return took;
}

void benchOpen(Bench &bench)
{
    const QString small = bench.dir.filePath(u"small.log"_s);
    bench::writeLog(small, 1 << 20);
    // The first window of a program loads fonts and styles, whatever it shows.
    const double cold = openOnce(bench, bench.path);
    QList<double> large, little, counted;
    for (int i = 0; i < 7; ++i) {
        double all = 0;
        large.append(openOnce(bench, bench.path, &all));
        counted.append(all);
        little.append(openOnce(bench, small));
    }
    say("open: first lines painted after %.1f ms (median of 7, worst %.1f; the first window of the program %.1f); of a "
        "file of "
        "1 MiB %.1f ms",
        medianOf(large), *std::ranges::max_element(large), cold, medianOf(little));
    say("open: all %lld lines counted after %.0f ms", static_cast<long long>(bench.file.lines), medianOf(counted));
}

struct Frames {
    QList<double> wall, work;
    void measure(const std::function<void()> &frame)
    {
        const double before = bench::threadTime();
        QElapsedTimer time;
        time.start();
        frame();
        wall.append(double(time.nsecsElapsed()) / 1e6);
        work.append(bench::threadTime() - before);
    }
    void tell(const char *what)
    {
        std::ranges::sort(wall);
        std::ranges::sort(work);
        const auto over = std::ranges::count_if(work, [](double ms) { return ms > 16; });
        say("scroll: %-44s work: median %5.2f ms, 99 %% %5.2f, worst %5.2f; by the clock worst %5.2f; over 16 ms of "
            "work: %d "
            "of %d",
            what, medianOf(work), work.at(work.size() * 99 / 100), work.constLast(), wall.constLast(), int(over),
            int(work.size()));
    }
};

void benchScroll(Bench &bench)
{
    QList<ui::LogRule> rules;
    for (const QString &text : {u"rancher"_s, u"custom-"_s, u"etcdserver"_s, u"pvc-"_s})
        rules.append({.query = {.text = text}, .colour = int(rules.size())});
    ui::saveRules(bench.settings, rules);
    QPointer window = ui::LogWindow::openFile(bench.path, bench.settings);
    window->resize(1920, 1080);
    ui::LogViewer *viewer = window->viewer();
    ui::LogView *view = viewer->view();
    viewer->setQuery(u"error"_s);
    waitFor([&] { return viewer->document()->isComplete() && viewer->search() && !viewer->search()->isRunning(); });
    view->setTimes(ui::LogTimes::Local);
    QRandomGenerator random(2);
    QScrollBar *bar = view->verticalScrollBar();
    for (const bool wrap : {false, true}) {
        view->setWrap(wrap);
        QCoreApplication::processEvents();
        Frames jumps, lines, wheel;
        for (int i = 0; i < 1000; ++i) {
            jumps.measure([&] {
                bar->setValue(int(random.bounded(bar->maximum())));
                view->viewport()->repaint();
            });
        }
        for (int i = 0; i < 1000; ++i) {
            lines.measure([&] {
                view->scrollLines(1);
                view->viewport()->repaint();
            });
        }
        for (int i = 0; i < 1000; ++i) {
            wheel.measure([&] {
                view->scrollLines(view->visibleLines());
                view->viewport()->repaint();
            });
        }
        jumps.tell(wrap ? "anywhere, wrapped" : "anywhere, 4 rules and a search shown");
        lines.tell(wrap ? "line by line, wrapped" : "line by line");
        wheel.tell(wrap ? "page by page, wrapped" : "page by page");
    }
    window->close();
    waitFor([&] { return !window; });
    // Lines of a megabyte
    const QString path = bench.dir.filePath(u"long.log"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return;
    for (int i = 0; i < 200; ++i) {
        QByteArray line;
        while (line.size() < 1 << 20)
            line += bench::logLine(random, int(line.size())).chopped(1) + ' ';
        file.write(line + '\n');
    }
    file.close();
    window = ui::LogWindow::openFile(path, bench.settings);
    window->resize(1920, 1080);
    view = window->viewer()->view();
    waitFor([&, viewer = window->viewer()] { return viewer->document()->isComplete(); });
    for (const bool wrap : {false, true}) {
        view->setWrap(wrap);
        QCoreApplication::processEvents();
        Frames frames;
        for (int i = 0; i < 400; ++i) {
            frames.measure([&] {
                QScrollBar *across = view->horizontalScrollBar();
                view->scrollLines(random.bounded(2000) - 1000);
                if (!wrap)
                    across->setValue(int(random.bounded(across->maximum() + 1)));
                view->viewport()->repaint();
            });
        }
        frames.tell(wrap ? "200 lines of a megabyte, wrapped" : "200 lines of a megabyte, sideways");
    }
    window->close();
    waitFor([&] { return !window; });
    ui::saveRules(bench.settings, {});
}

struct Ran {
    double seconds = -1, processor = -1;
};

/// Other programs keep their settings and caches out of the person's own.
QProcessEnvironment apart(const Bench &bench)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, bench.dir.path());
    environment.insert(u"XDG_CONFIG_HOME"_s, bench.dir.path());
    environment.insert(u"TERM"_s, u"xterm"_s);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    return environment;
}

Ran run(const Bench &bench, const QString &program, const QStringList &arguments, int rounds)
{
    const QString found = QStandardPaths::findExecutable(program);
    Ran best;
    for (int i = 0; i < rounds && !found.isEmpty(); ++i) {
        rusage before{}, after{};
        getrusage(RUSAGE_CHILDREN, &before);
        QElapsedTimer time;
        time.start();
        QProcess process;
        process.setStandardOutputFile(QProcess::nullDevice());
        process.setStandardErrorFile(QProcess::nullDevice());
        process.setProcessEnvironment(apart(bench));
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(found, arguments);
        if (!process.waitForFinished(600'000))
            return best;
        const double seconds = double(time.nsecsElapsed()) / 1e9;
        getrusage(RUSAGE_CHILDREN, &after);
        const auto used = [](const rusage &usage) {
            return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
                + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
        };
        if (best.seconds < 0 || seconds < best.seconds)
            best = {seconds, used(after) - used(before)};
    }
    return best;
}

/// glogg is a window and tells nobody when it is ready: it is, when it stops working. Seconds of processor time till
/// then.
double gloggOpens(const Bench &bench)
{
    const QString found = QStandardPaths::findExecutable(u"glogg"_s);
    if (found.isEmpty())
        return -1;
    QProcess process;
    process.setProcessEnvironment(apart(bench));
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(found, {bench.path});
    if (!process.waitForStarted())
        return -1;
    const auto used = [&] {
        QFile stat(u"/proc/%1/stat"_s.arg(process.processId()));
        if (!stat.open(QIODevice::ReadOnly))
            return -1.0;
        const QList<QByteArray> words = stat.readAll().split(' ');
        return double(words.value(13).toLongLong() + words.value(14).toLongLong()) / double(sysconf(_SC_CLK_TCK));
    };
    QElapsedTimer time;
    time.start();
    double last = 0;
    double ready = -1;
    qint64 still = 0;
    while (time.elapsed() < 120'000 && process.state() == QProcess::Running) {
        process.waitForFinished(50);
        const double now = used();
        if (now > last + 0.005) {
            last = now;
            still = time.elapsed();
        } else if (time.elapsed() - still > 1500 && last > 0) {
            ready = double(still) / 1000;
            break;
        }
    }
    process.terminate();
    if (!process.waitForFinished(3000))
        process.kill();
    process.waitForFinished(3000);
    return ready;
}

void benchOthers(Bench &bench)
{
    double counted = 0;
    const double first = openOnce(bench, bench.path, &counted);
    QPointer window = ui::LogWindow::openFile(bench.path, bench.settings);
    ui::LogViewer *viewer = window->viewer();
    waitFor([&] { return viewer->document()->isComplete(); });
    const auto own = [&](const logs::Query &query) {
        double best = 1e9;
        logs::Search search(viewer->document());
        for (int i = 0; i < 5; ++i) {
            QElapsedTimer time;
            time.start();
            (void)search.start(query);
            waitFor([&] { return !search.isRunning(); });
            best = std::min(best, double(time.nsecsElapsed()) / 1e9);
        }
        return best;
    };
    const QString literal = u"etcdserver"_s;
    const QString regex = u"[a-z]+-[0-9]+ is (not|never) ready"_s;
    const QString many = u"level=(info|debug|warning|error)"_s;
    const double ownLiteral = own({.text = literal, .caseSensitive = true});
    const double ownRegex = own({.kind = logs::Query::Kind::Regex, .text = regex, .caseSensitive = true});
    const double ownMany = own({.kind = logs::Query::Kind::Regex, .text = many, .caseSensitive = true});
    window->close();
    waitFor([&] { return !window; });
    const auto rg = [&](const QStringList &words) {
        return run(bench, u"rg"_s, QStringList{u"--no-config"_s, u"-c"_s} + words + QStringList{bench.path}, 5).seconds;
    };
    const auto lnav = [&](const QStringList &words) {
        return run(bench, u"lnav"_s, QStringList{u"-n"_s, u"-N"_s} + words + QStringList{bench.path}, 1).seconds;
    };
    const auto lnavFilter = [&](const QString &text) {
        return lnav({u"-c"_s, u":filter-in "_s + text, u"-c"_s, u":write-view-to /dev/null"_s});
    };
    const double rgLiteral = rg({u"-F"_s, literal}), rgRegex = rg({regex}), rgMany = rg({many});
    const double lnavOpen = lnav({u"-c"_s, u";SELECT 1"_s});
    const double lnavLiteral = lnavFilter(literal), lnavRegex = lnavFilter(regex), lnavMany = lnavFilter(many);
    const double glogg = gloggOpens(bench);
    say("| seconds, the same file in the page cache | Gleaner | ripgrep | lnav | glogg |");
    say("|---|---|---|---|---|");
    say("| first lines on the screen | %.3f | - | - | - |", first / 1000);
    say("| all lines counted, ready to go anywhere | %.2f | - | %.1f | %.1f |", counted / 1000, lnavOpen, glogg);
    say("| literal | %.3f | %.3f | %.1f | - |", ownLiteral, rgLiteral, lnavLiteral - lnavOpen);
    say("| expression | %.3f | %.3f | %.1f | - |", ownRegex, rgRegex, lnavRegex - lnavOpen);
    say("| expression, 6 lines of 10 match | %.3f | %.3f | %.1f | - |", ownMany, rgMany, lnavMany - lnavOpen);
    say("(-: does not do that, or cannot be told from outside; -1: not installed. lnav's searches: less its time to "
        "open. "
        "glogg searches only by hand.)");
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const ui::Theme theme(application);
    const QStringList words = application.arguments().mid(1);
    const auto wanted = [&](const QString &word) { return words.isEmpty() || words.contains(word); };
    Bench bench;
    bench::sayLoad("before");
    if (!bench.makeFile())
        return 1;
    if (wanted(u"open"_s))
        benchOpen(bench);
    if (wanted(u"scroll"_s))
        benchScroll(bench);
    if (wanted(u"others"_s))
        benchOthers(bench);
    bench::sayLoad("after");
    return 0;
}
