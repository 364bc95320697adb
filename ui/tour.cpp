// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/tour.h"

#include "demo/server.h"
#include "logs/search.h"
#include "ui/boardview.h"
#include "ui/checksview.h"
#include "ui/clustersview.h"
#include "ui/demoset.h"
#include "ui/fade.h"
#include "ui/guidancepane.h"
#include "ui/language.h"
#include "ui/logpane.h"
#include "ui/logsearchbar.h"
#include "ui/logview.h"
#include "ui/logviewer.h"
#include "ui/mainwindow.h"
#include "ui/objectwindow.h"
#include "ui/sessionlink.h"
#include "ui/settings.h"
#include "ui/theme.h"
#include "ui/tourkubeconfigs.h"
#include "ui/verdictpanel.h"

#include <QAction>
#include <QApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QEventLoop>
#include <QLineEdit>
#include <QPainter>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTextStream>
#include <QToolButton>
#include <QTreeView>

#include <vector>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

/// One tour: a window, a way to wait for a state, a way to take a picture in both languages and themes.
class Tour {
public:
    Tour(Theme &theme, Language &language, const QDir &directory)
        : m_theme(theme)
        , m_language(language)
        , m_directory(directory)
        , m_settings(m_home.path() + u"/tour.ini"_s)
        , m_window(makeSessionLink, m_settings, theme, language)
    {
        m_window.resize(1600, 1000);
        m_window.show();
        m_window.activateWindow();
    }
    /// Sentences made while reading (kubeconfig problems) are made again after the language changed.
    void onLanguage(std::function<void()> work) { m_onLanguage = std::move(work); }

    /// Turns the event loop until `ready`, at most `seconds`. The tour goes on either way and shows what is.
    bool wait(const std::function<bool()> &ready, int seconds = 15)
    {
        QDeadlineTimer deadline(seconds * 1000);
        while (!ready() && !deadline.hasExpired())
            QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 100);
        return ready();
    }
    void shoot(const QString &name, const QSize &size = {1600, 1000}, double scale = 1)
    {
        shoot(m_window, name, size, scale);
    }
    void shoot(QWidget &window, const QString &name, const QSize &size, double scale = 1)
    {
        window.resize(size);
        for (const QString &code : {u"en"_s, u"zh_CN"_s}) {
            m_language.apply(code);
            if (m_onLanguage)
                m_onLanguage();
            for (const Theme::Choice choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
                m_theme.apply(choice);
                QApplication::sendPostedEvents();
                QApplication::processEvents(QEventLoop::ExcludeUserInputEvents, 50);
                QPixmap picture(size * scale);
                picture.setDevicePixelRatio(scale);
                window.render(&picture);
                const QString file = m_directory.filePath(
                    u"%1-%2-%3-%4.png"_s.arg(m_scene, 2, 10, QLatin1Char('0')).arg(name, code, Theme::word(choice)));
                QTextStream out(stdout);
                if (picture.save(file))
                    out << file << '\n';
                else
                    m_failed = true;
            }
        }
        ++m_scene;
    }
    /// Until a panel that appears has appeared.
    void settle(QWidget *panel)
    {
        wait([&] { return panel->findChildren<Fade *>().isEmpty(); }, 2);
    }
    MainWindow &window() { return m_window; }
    bool failed() const { return m_failed; }

private:
    Theme &m_theme;
    Language &m_language;
    QDir m_directory;
    QTemporaryDir m_home;
    Settings m_settings;
    MainWindow m_window;
    std::function<void()> m_onLanguage;
    int m_scene = 1;
    bool m_failed = false;
};

bool hasBoard(MainWindow &window)
{
    const auto &state = window.workspace().state(window.workspace().current());
    return state.board.presence == upgrade::Board::Presence::Upgrade
        || state.board.presence == upgrade::Board::Presence::NoUpgrade;
}

void emptyStates(Tour &tour)
{
    MainWindow &window = tour.window();
    window.workspace().setKubeconfig({});
    tour.shoot(u"no-kubeconfig"_s);
    window.workspace().setKubeconfig(tourkubeconfigs::broken());
    tour.onLanguage([&] { window.workspace().setKubeconfig(tourkubeconfigs::broken()); });
    window.workspace().look(u"edge-broken"_s);
    tour.shoot(u"kubeconfig-problems"_s);
    window.workspace().look(u"edge-plugin"_s);
    tour.shoot(u"not-connected"_s);
    window.workspace().show(u"edge-plugin"_s);
    tour.wait([&] {
        return window.workspace().state(u"edge-plugin"_s).connection.state == session::Connection::State::NeedsConsent;
    });
    tour.shoot(u"consent"_s);
    window.workspace().show(u"edge-refused"_s);
    tour.wait([&] { return window.workspace().state(u"edge-refused"_s).connection.error.has_value(); });
    tour.shoot(u"not-reachable"_s);
}

/// The log of a Job searched, filtered and wrapped, and the objects behind a phase.
void logStates(Tour &tour)
{
    MainWindow &window = tour.window();
    LogViewer *viewer = window.logs()->viewer();
    constexpr QSize large(1920, 1080);
    constexpr QSize small(1024, 700);
    viewer->setQuery(u"cluster"_s);
    tour.wait([&] { return viewer->search() && !viewer->search()->isRunning(); });
    viewer->next(false);
    viewer->searchBar()->list()->setChecked(true);
    tour.wait([&] { return viewer->matchList()->rowCount() > 0; }, 4);
    tour.shoot(u"log-search"_s, large);
    tour.shoot(u"log-search-small"_s, small);
    viewer->searchBar()->list()->setChecked(false);
    emit viewer->searchBar()->closed();
    viewer->filterBar()->show();
    viewer->filterBar()->exclude()->setText(u"kubectl"_s);
    viewer->view()->setWrap(true);
    viewer->view()->setTimes(LogTimes::Local);
    tour.wait([] { return false; }, 1); // it is filtered in the background
    tour.shoot(u"log-filter"_s, large);
    tour.shoot(u"log-filter-small"_s, small);
    emit viewer->filterBar()->closed();
    viewer->view()->setWrap(false);
    viewer->view()->setTimes(LogTimes::Off);
    window.findChild<QAction *>(u"showYaml"_s)->trigger();
    if (auto *object = window.findChild<ObjectWindow *>()) {
        tour.shoot(*object, u"yaml"_s, {1000, 700});
        object->close();
    }
}

/// Why a restart is safe or not, and the pre-checks of the next upgrade.
void restartStates(Tour &tour)
{
    MainWindow &window = tour.window();
    for (const QString &context : {u"paused"_s, u"failed"_s}) {
        window.workspace().show(context);
        window.board()->showVerdict(true);
        tour.settle(window.board()->verdictPanel());
        tour.shoot(u"verdict-"_s + context);
    }
    tour.shoot(u"verdict-small"_s, {1024, 700});
    window.board()->showVerdict(false);
    window.workspace().show(u"no-upgrade"_s);
    window.board()->showChecks(true);
    const session::CheckState &checks = window.workspace().shownLink()->checks();
    tour.wait([&] { return checks.everRun && !checks.running && checks.finished.isValid(); });
    window.board()->checks()->tree()->setCurrentIndex(window.board()->checks()->model()->indexOf(u"B22"_s));
    tour.shoot(u"pre-checks"_s);
    tour.shoot(u"pre-checks-small"_s, {1024, 700});
    window.board()->showChecks(false);
    window.workspace().show(u"phase-nodes"_s);
}

void liveStates(Tour &tour)
{
    MainWindow &window = tour.window();
    struct Scene {
        const char *scenario;
        double startAt;
        const char *name;
    };
    static constexpr Scene scenes[] = {
        {"healthy", 600, "phase-repository"},
        {"healthy", 1200, "phase-preload"},
        {"healthy", 2000, "phase-services"},
        {"healthy", 3300, "phase-nodes"},
        {"pre-drain-stall", 14400, "stalled"},
        {"manifests-failed", 20000, "failed"},
        {"paused", 14400, "paused"},
        {"finished", 0, "finished"},
        {"no-upgrade", 0, "no-upgrade"},
    };
    tour.onLanguage({});
    DemoSet demo;
    for (const Scene &scene : scenes) {
        demo.add({.scenario = QLatin1StringView(scene.scenario),
            .nodes = 3,
            .speed = 1,
            .seed = 5,
            .startAt = scene.startAt,
            .clusterName = QLatin1StringView(scene.name)});
    }
    window.workspace().setKubeconfig(demo.kubeconfig(), true);
    for (const Scene &scene : scenes)
        window.workspace().connectTo(QLatin1StringView(scene.name));
    for (const Scene &scene : scenes) {
        window.workspace().show(QLatin1StringView(scene.name));
        tour.wait([&] { return hasBoard(window); });
        tour.wait([&] { return window.logs()->rowCount() > 0; }, 4);
        tour.shoot(QLatin1StringView(scene.name));
    }
    window.workspace().show(u"failed"_s);
    tour.wait([&] { return window.logs()->rowCount() > 0; }, 4);
    logStates(tour);
    window.workspace().show(u"phase-nodes"_s);
    const auto &nodes = window.workspace().state(u"phase-nodes"_s).board.nodes;
    if (!nodes.isEmpty())
        window.selection().selectNode(nodes.first().name);
    tour.shoot(u"node-selected"_s);
    tour.shoot(u"small"_s, {1024, 700});
    window.showGuidance(true);
    tour.wait([&] { return window.guidance()->findChild<Fade *>() == nullptr; }, 2);
    tour.shoot(u"guidance-small"_s, {1024, 700});
    window.guidance()->open({u"KI-1.9-02"_s, {}});
    tour.shoot(u"guidance-known-issue"_s);
    window.guidance()->search()->setText(u"longhorn"_s);
    tour.shoot(u"guidance-search"_s);
    window.guidance()->openContents();
    tour.shoot(u"guidance-contents"_s);
    window.selection().selectPhase(upgrade::PhaseId::Repository);
    tour.shoot(u"guidance-phase"_s, {1920, 1080});
    window.board()->tabs()->setCurrentIndex(1);
    tour.shoot(u"small-timeline"_s, {1024, 700});
    window.board()->tabs()->setCurrentIndex(0);
    tour.shoot(u"scale-2"_s, {1360, 900}, 2);
    restartStates(tour);
    // Clusters go away under the window: the last board stays, with its age.
    for (size_t i = 0; i < std::size(scenes); ++i)
        demo.thread(i)->run([](demo::Server &server) { server.stop(); });
    tour.wait([&] {
        return window.workspace().state(u"phase-nodes"_s).connection.state == session::Connection::State::Offline;
    });
    tour.shoot(u"connection-lost"_s);
    window.workspace().setKubeconfig({});
}

} // namespace

int runTour(QApplication &, Theme &theme, Language &language, const QString &path)
{
    QDir directory(path);
    if (!directory.mkpath(u"."_s)) {
        QTextStream(stderr) << QCoreApplication::translate("ui::Tour", "The folder %1 cannot be made.").arg(path)
                            << '\n';
        return 1;
    }
    Tour tour(theme, language, directory);
    emptyStates(tour);
    liveStates(tour);
    return tour.failed() ? 1 : 0;
}

} // namespace ui
