// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Which Job's log is shown, what is read first for it, what is kept of Jobs and pods that are gone; and the objects
// behind the items of the board, by mouse and by keyboard.

#include "support/ui_boards.h"
#include "support/ui_fakelink.h"
#include "ui/boardobjects.h"
#include "ui/boardview.h"
#include "ui/headerview.h"
#include "ui/joblist.h"
#include "ui/language.h"
#include "ui/logpane.h"
#include "ui/logsources.h"
#include "ui/logview.h"
#include "ui/logviewer.h"
#include "ui/mainwindow.h"
#include "ui/nodetable.h"
#include "ui/objectwindow.h"
#include "ui/settings.h"
#include "ui/stepper.h"
#include "ui/theme.h"
#include "ui/timeline.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QFile>
#include <QFileDialog>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QScrollBar>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using session::Connection;
using upgrade::PhaseId;
using upgrade::State;

class LogPaneTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<ui::Theme>(*qApp); }
    void init();
    void cleanup();
    void orderOfJobs_data();
    void orderOfJobs();
    void podsOfNoJobStandLast();
    void lookedAtIsReadFirst();
    void readerKeepsTheJob();
    void keptLogOfAJobThatIsGone();
    void scopesOfSeveralPods();
    void objectsBehindItems_data();
    void objectsBehindItems();
    void yamlOfTheSelection();
    void yamlByTheKeyboard_data();
    void yamlByTheKeyboard();
    void menuOfAnItem();
    void evidenceOpensItsField();
    void logFileFromTheMenu();

private:
    uitest::FakeLink *openWith(const upgrade::Board &board, const session::EvidenceState &evidence = {});
    ui::ObjectWindow *objects() { return m_window->findChild<ui::ObjectWindow *>(); }
    QString shownObject();
    void trigger(const char *action) { m_window->findChild<QAction *>(QLatin1StringView(action))->trigger(); }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<ui::Settings> m_settings;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::Language> m_language;
    uitest::FakeClusters m_clusters;
    std::unique_ptr<ui::MainWindow> m_window;
};

namespace {

kube::ObjectPtr made(const QString &kind, const QString &ns, const QString &name)
{
    const QJsonObject json{{u"apiVersion"_s, u"v1"_s}, {u"kind"_s, kind},
        {u"metadata"_s,
            QJsonObject{
                {u"name"_s, name}, {u"namespace"_s, ns}, {u"resourceVersion"_s, u"1"_s}, {u"uid"_s, u"uid-"_s + name}}},
        {u"status"_s, QJsonObject{{u"a"_s, 1}, {u"robustness"_s, u"degraded"_s}}}};
    return *kube::makeObject(json);
}

std::shared_ptr<const upgrade::Snapshot> snapshot()
{
    auto all = std::make_shared<upgrade::Snapshot>();
    const QString system = u"harvester-system"_s;
    all->apply(upgrade::Kind::Upgrade, made(u"Upgrade"_s, system, u"hvst-upgrade-9gmg2"_s));
    for (const QString &node : {u"node1"_s, u"node2"_s, u"node3"_s})
        all->apply(upgrade::Kind::Node, made(u"Node"_s, {}, node));
    all->apply(upgrade::Kind::Job, made(u"Job"_s, system, u"hvst-upgrade-9gmg2-pre-drain-node2"_s));
    all->apply(upgrade::Kind::Job, made(u"Job"_s, system, u"hvst-upgrade-9gmg2-apply-manifests"_s));
    all->apply(upgrade::Kind::ManagedChart, made(u"ManagedChart"_s, u"fleet-local"_s, u"harvester"_s));
    all->apply(upgrade::Kind::Volume, made(u"Volume"_s, u"longhorn-system"_s, u"pvc-1"_s));
    return all;
}

upgrade::JobRow row(const QString &name, State state, int minutes, PhaseId phase = PhaseId::Nodes)
{
    upgrade::JobRow made;
    made.job = {.kind = upgrade::Kind::Job, .ns = u"harvester-system"_s, .name = name, .uid = u"uid-"_s + name};
    made.phase = phase;
    made.state = state;
    if (minutes >= 0)
        made.started = uitest::now().addSecs(-60 * minutes);
    return made;
}

upgrade::Board waitingForAVolume()
{
    upgrade::Board board = uitest::upgrading();
    upgrade::Waiting waiting;
    waiting.what = {u"waiting-volume"_s, {u"pvc-1"_s, u"degraded"_s}};
    waiting.node = u"node2"_s;
    waiting.phase = PhaseId::Nodes;
    waiting.evidence.object
        = {.kind = upgrade::Kind::Volume, .ns = u"longhorn-system"_s, .name = u"pvc-1"_s, .uid = {}};
    waiting.evidence.field = u"status.robustness"_s;
    waiting.evidence.text = u"degraded"_s;
    board.waiting = waiting;
    board.phases[3].objects
        = {{.kind = upgrade::Kind::ManagedChart, .ns = u"fleet-local"_s, .name = u"harvester"_s, .uid = {}}};
    return board;
}

QStringList namesOf(const QList<upgrade::JobRow> &jobs)
{
    QStringList names;
    for (const upgrade::JobRow &job : jobs)
        names.append(job.job.name);
    return names;
}

/// A file of stamped lines as the evidence store writes them.
QString spool(const QTemporaryDir &dir, const QString &name, const QByteArray &text)
{
    const QString path = dir.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    for (int i = 0; i < 3; ++i)
        file.write("2026-11-25T11:5" + QByteArray::number(i) + ":00Z " + text + ' ' + QByteArray::number(i) + '\n');
    return path;
}

evidence::PodLogs podLogs(const QString &name, const QStringList &containers, const QStringList &paths)
{
    evidence::PodLogs pod;
    pod.pod = {u"harvester-system"_s, name, u"uid-"_s + name, containers, {}, uitest::now()};
    for (qsizetype i = 0; i < containers.size(); ++i)
        pod.containers.append({containers.at(i), false, paths.value(i)});
    return pod;
}

} // namespace

void LogPaneTest::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<ui::Settings>(m_home->filePath(u"w.ini"_s));
    m_language = std::make_unique<ui::Language>();
    m_clusters = {};
    m_window = std::make_unique<ui::MainWindow>(m_clusters.factory(), *m_settings, *m_theme, *m_language);
    m_window->tick().fix(uitest::now());
    m_window->workspace().setKubeconfig(uitest::contexts({u"a"_s}));
    m_window->resize(1400, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void LogPaneTest::cleanup()
{
    m_window.reset();
    m_language.reset();
}

uitest::FakeLink *LogPaneTest::openWith(const upgrade::Board &board, const session::EvidenceState &evidence)
{
    m_window->workspace().show(u"a"_s);
    uitest::FakeLink *link = m_clusters.links.value(u"a"_s);
    session::ClusterState state = uitest::state(u"a"_s, Connection::State::Online, board);
    state.snapshot = snapshot();
    state.evidence = evidence;
    link->give(state);
    return link;
}

QString LogPaneTest::shownObject()
{
    return objects() ? objects()->chooser()->currentText() : QString();
}

void LogPaneTest::orderOfJobs_data()
{
    QTest::addColumn<QList<upgrade::JobRow>>("jobs");
    QTest::addColumn<bool>("failed");
    QTest::addColumn<QStringList>("order");
    const QList<upgrade::JobRow> jobs{row(u"old"_s, State::Succeeded, 50), row(u"failed"_s, State::Failed, 40),
        row(u"running"_s, State::Running, 30), row(u"stuck"_s, State::Stuck, 60), row(u"new"_s, State::Succeeded, 5),
        row(u"timeless"_s, State::Pending, -1)};
    QTest::newRow("running upgrade") << jobs << false
                                     << QStringList{
                                            u"running"_s, u"stuck"_s, u"new"_s, u"failed"_s, u"old"_s, u"timeless"_s};
    QTest::newRow("failed upgrade") << jobs << true
                                    << QStringList{
                                           u"running"_s, u"stuck"_s, u"failed"_s, u"new"_s, u"old"_s, u"timeless"_s};
}

void LogPaneTest::orderOfJobs()
{
    QFETCH(QList<upgrade::JobRow>, jobs);
    QFETCH(bool, failed);
    QFETCH(QStringList, order);
    upgrade::Board board;
    board.jobs = jobs;
    board.state = failed ? State::Failed : State::Running;
    QCOMPARE(namesOf(ui::LogPane::jobsFor(board, {})), order);
    board.jobs[0].node = u"n1"_s;
    QCOMPARE(namesOf(ui::LogPane::jobsFor(board, {.phase = {}, .node = u"n1"_s})), QStringList{u"old"_s});
    QCOMPARE(ui::LogPane::jobsFor(board, {.phase = PhaseId::Preload, .node = {}}).size(), 0);
}

void LogPaneTest::podsOfNoJobStandLast()
{
    auto logs = std::make_shared<evidence::KeptLogs>();
    logs->pods.append(podLogs(u"rancher-7"_s, {u"rancher"_s}, {spool(*m_home, u"r.log"_s, "rancher")}));
    upgrade::Board board = uitest::upgrading();
    board.jobs.append(row(u"no-time-yet"_s, State::Pending, -1));
    session::EvidenceState evidence;
    evidence.logs = logs;
    openWith(board, evidence);
    const ui::JobModel *jobs = m_window->logs()->jobs();
    QCOMPARE(jobs->rowCount(), board.jobs.size() + 1);
    QCOMPARE(jobs->job(0)->job.name, u"hvst-upgrade-9gmg2-pre-drain-node2"_s); // what runs is shown
    QCOMPARE(jobs->job(jobs->rowCount() - 1)->job.name, u"rancher-7"_s);
    // It is no Job of unknown state, and says so to everybody.
    const QModelIndex last = jobs->index(jobs->rowCount() - 1);
    QCOMPARE(last.data(Qt::AccessibleTextRole).toString(), u"rancher-7"_s);
    QVERIFY(last.data(Qt::AccessibleDescriptionRole).toString().contains(u"Pod of no Job"_s));
    m_window->logs()->showJob(
        {.kind = upgrade::Kind::Pod, .ns = u"harvester-system"_s, .name = u"rancher-7"_s, .uid = {}});
    QTRY_COMPARE(m_window->logs()->rowCount(), 3);
}

void LogPaneTest::lookedAtIsReadFirst()
{
    const uitest::FakeLink *link = openWith(uitest::upgrading());
    QCOMPARE(link->kept.size(), 1);
    QCOMPARE(link->kept.constFirst().pod, u"hvst-upgrade-9gmg2-pre-drain-node2-abcde"_s);
    m_window->selection().selectPhase(PhaseId::SystemServices);
    QCOMPARE(link->kept.constFirst().pod, u"hvst-upgrade-9gmg2-apply-manifests-abcde"_s);
    m_window->selection().selectPhase(PhaseId::Repository); // nothing to see there
    QCOMPARE(link->kept.size(), 0);
}

void LogPaneTest::readerKeepsTheJob()
{
    upgrade::Board board = uitest::upgrading();
    uitest::FakeLink *link = openWith(board);
    link->channel->write(QList<QByteArray>(200, "a line"));
    ui::LogView *view = m_window->logs()->view();
    QTRY_VERIFY(m_window->logs()->rowCount() > 200);
    view->verticalScrollBar()->setValue(20);
    QVERIFY(!view->isFollowing());
    // A Job begins that would stand first.
    board.jobs.append(row(u"newest"_s, State::Running, 0));
    board.jobs.last().pods = {{u"harvester-system"_s, u"newest-1"_s, u"u"_s, {u"c"_s}, u"Running"_s, uitest::now()}};
    openWith(board);
    QCOMPARE(m_window->logs()->jobs()->job(0)->job.name, u"newest"_s);
    QVERIFY(m_window->logs()->rowCount() > 200);
    QCOMPARE(view->verticalScrollBar()->value(), 20);
    // Who only looks on is shown what is new.
    view->follow();
    board.message = u"another"_s;
    openWith(board);
    QCOMPARE(link->channel->targets.value(0).pod, u"newest-1"_s);
}

void LogPaneTest::keptLogOfAJobThatIsGone()
{
    auto logs = std::make_shared<evidence::KeptLogs>();
    evidence::JobLogs gone;
    gone.job = row(u"long-gone"_s, State::Succeeded, 300);
    gone.pods.append(podLogs(u"long-gone-x"_s, {u"apply"_s}, {spool(*m_home, u"g.log"_s, "gone")}));
    gone.job.pods = {gone.pods.constFirst().pod};
    logs->jobs.append(gone);
    session::EvidenceState evidence;
    evidence.logs = logs;
    openWith(uitest::upgrading(), evidence);
    QVERIFY(m_window->logs()->jobs()->rowOf(u"uid-long-gone"_s) >= 0);
    m_window->logs()->showJob(gone.job.job);
    QTRY_COMPARE(m_window->logs()->rowCount(), 3);
    QCOMPARE(m_window->logs()->view()->plainText(2), u"gone 2"_s);
    m_window->logs()->view()->setTimes(ui::LogTimes::Utc);
    QVERIFY(m_window->logs()->view()->plainText(0).startsWith(u"11-25 11:50:00"_s));
}

void LogPaneTest::scopesOfSeveralPods()
{
    auto logs = std::make_shared<evidence::KeptLogs>();
    evidence::JobLogs job;
    job.job = row(u"twice"_s, State::Running, 3);
    job.pods = {podLogs(u"twice-a"_s, {u"init"_s, u"apply"_s},
                    {spool(*m_home, u"1.log"_s, "first"), spool(*m_home, u"2.log"_s, "second")}),
        podLogs(u"twice-b"_s, {u"apply"_s}, {spool(*m_home, u"3.log"_s, "third")})};
    for (const evidence::PodLogs &pod : std::as_const(job.pods))
        job.job.pods.append(pod.pod);
    logs->jobs.append(job);
    session::EvidenceState evidence;
    evidence.logs = logs;
    upgrade::Board board = uitest::upgrading();
    board.jobs = {job.job};
    openWith(board, evidence);
    // Merged by time, with a divider where each begins and where another goes on
    QTRY_VERIFY(m_window->logs()->rowCount() >= 12);
    auto *scopes = m_window->findChild<QComboBox *>(u"logScope"_s);
    QVERIFY(scopes->isVisible());
    QCOMPARE(scopes->count(), 5); // all, pod a, its two containers, pod b
    scopes->setFocus();
    QTest::keyClick(scopes, Qt::Key_End);
    QTRY_COMPARE(m_window->logs()->rowCount(), 3);
    QCOMPARE(m_window->logs()->view()->plainText(0), u"third 0"_s);
}

void LogPaneTest::objectsBehindItems_data()
{
    QTest::addColumn<ui::Selected>("item");
    QTest::addColumn<QStringList>("names");
    const QString job = u"hvst-upgrade-9gmg2-pre-drain-node2"_s;
    QTest::newRow("node") << ui::Selected{.phase = {}, .node = u"node2"_s}
                          << QStringList{u"node2"_s, u"pvc-1"_s, job, job + u"-abcde"_s, u"hvst-upgrade-9gmg2"_s};
    QTest::newRow("phase") << ui::Selected{.phase = PhaseId::SystemServices, .node = {}}
                           << QStringList{u"harvester"_s, u"hvst-upgrade-9gmg2-apply-manifests"_s,
                                  u"hvst-upgrade-9gmg2-apply-manifests-abcde"_s, u"hvst-upgrade-9gmg2"_s};
    QTest::newRow("nothing") << ui::Selected{} << QStringList{u"hvst-upgrade-9gmg2"_s, u"pvc-1"_s};
}

void LogPaneTest::objectsBehindItems()
{
    QFETCH(ui::Selected, item);
    QFETCH(QStringList, names);
    QStringList found;
    for (const upgrade::ObjectRef &object : ui::objectsBehind(waitingForAVolume(), item))
        found.append(object.name);
    QCOMPARE(found, names);
}

void LogPaneTest::yamlOfTheSelection()
{
    openWith(waitingForAVolume());
    m_window->setFocus();
    m_window->selection().selectNode(u"node3"_s);
    m_window->menuBar()->setFocus();
    trigger("showYaml");
    QCOMPARE(shownObject(), u"Node node3"_s);
    QVERIFY(m_window->findChild<QAction *>(u"showYaml"_s)->shortcut() != QKeySequence());
}

void LogPaneTest::yamlByTheKeyboard_data()
{
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("shown");
    QTest::newRow("phase") << u"stepper"_s << u"ManagedChart fleet-local/harvester"_s;
    QTest::newRow("node") << u"nodes"_s << u"Node node2"_s;
    QTest::newRow("lane of the timeline") << u"timeline"_s << u"Node node2"_s;
    QTest::newRow("what is waited for") << u"header"_s << u"Volume longhorn-system/pvc-1"_s;
    QTest::newRow("job") << u"jobs"_s << u"Job harvester-system/hvst-upgrade-9gmg2-pre-drain-node2"_s;
}

/// The focus alone says which item is meant; nothing is clicked and nothing needs to be selected.
void LogPaneTest::yamlByTheKeyboard()
{
    QFETCH(QString, where);
    QFETCH(QString, shown);
    openWith(waitingForAVolume());
    ui::BoardView *board = m_window->board();
    QWidget *target = nullptr;
    if (where == u"stepper"_s) {
        target = board->stepper();
        target->setFocus();
        QTest::keyClick(target, Qt::Key_Home);
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(target, Qt::Key_Right);
    } else if (where == u"nodes"_s) {
        target = board->nodes()->view();
        target->setFocus();
        board->nodes()->view()->setCurrentIndex(board->nodes()->view()->model()->index(1, 0));
    } else if (where == u"timeline"_s) {
        target = board->timeline();
        if (!target->isVisible())
            board->tabs()->setCurrentIndex(1);
        target->setFocus();
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(target, Qt::Key_Down);
    } else if (where == u"header"_s) {
        for (auto *button : board->header()->findChildren<QPushButton *>()) {
            if (button->text().contains(u"pvc-1"_s))
                target = button;
        }
        QVERIFY(target);
        target->setFocus();
    } else {
        target = m_window->findChild<QListView *>(u"jobs"_s);
        target->setFocus();
    }
    QVERIFY(target->hasFocus());
    trigger("showYaml");
    QCOMPARE(shownObject(), shown);
}

void LogPaneTest::menuOfAnItem()
{
    openWith(waitingForAVolume());
    QTableView *table = m_window->board()->nodes()->view();
    const QPoint at = table->visualRect(table->model()->index(1, 0)).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, table->viewport()->mapToGlobal(at));
    QApplication::sendEvent(table->viewport(), &event);
    auto *menu = m_window->findChild<QMenu *>(u"boardMenu"_s);
    QVERIFY(menu);
    QStringList words;
    for (const QAction *action : menu->actions())
        words.append(action->text());
    QCOMPARE(words.size(), 2); // its objects, and the log of its Job
    QVERIFY(words.at(1).contains(u"pre-drain-node2"_s));
    menu->actions().constFirst()->trigger();
    QCOMPARE(shownObject(), u"Node node2"_s);
    menu->close();
    // The menu key asks for the item the keyboard is at, wherever the pointer is.
    delete objects();
    ui::Stepper *stepper = m_window->board()->stepper();
    stepper->setFocus();
    QTest::keyClick(stepper, Qt::Key_End);
    QContextMenuEvent key(QContextMenuEvent::Keyboard, {0, 0}, stepper->mapToGlobal(QPoint()));
    QApplication::sendEvent(stepper, &key);
    const auto menus = m_window->findChildren<QMenu *>(u"boardMenu"_s);
    QVERIFY(!menus.isEmpty());
    menus.constLast()->actions().constFirst()->trigger();
    QCOMPARE(shownObject(), u"Upgrade harvester-system/hvst-upgrade-9gmg2"_s); // clean-up has no object of its own
    menus.constLast()->close();
}

void LogPaneTest::evidenceOpensItsField()
{
    openWith(waitingForAVolume());
    QPushButton *link = nullptr;
    for (auto *button : m_window->board()->header()->findChildren<QPushButton *>()) {
        if (button->text().contains(u"pvc-1"_s))
            link = button;
    }
    QVERIFY(link);
    QTest::mouseClick(link, Qt::LeftButton);
    QCOMPARE(shownObject(), u"Volume longhorn-system/pvc-1"_s);
    QCOMPARE(objects()->viewer()->view()->selectedText(), u"  robustness: degraded"_s);
}

void LogPaneTest::logFileFromTheMenu()
{
    auto *action = m_window->findChild<QAction *>(u"openLog"_s);
    QVERIFY(action);
    QVERIFY(!action->text().isEmpty());
    QVERIFY(action->shortcut() != QKeySequence());
    bool inFileMenu = false;
    for (const QAction *top : m_window->menuBar()->actions())
        inFileMenu |= top->menu() && top->menu()->actions().contains(action);
    QVERIFY(inFileMenu);
    action->trigger(); // needs no cluster
    QVERIFY(m_window->findChild<QFileDialog *>());
}

QTEST_MAIN(LogPaneTest)
#include "tst_logpane.moc"
