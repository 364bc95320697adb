// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A past upgrade in the window: chosen from what is kept on disk, shown at any moment, with nothing to do to a cluster.

#include "demo/server.h"
#include "session/reaper.h"
#include "support/session_await.h"
#include "support/ui_boards.h"
#include "support/ui_fakelink.h"
#include "support/ui_texts.h"
#include "ui/boardview.h"
#include "ui/historylink.h"
#include "ui/joblist.h"
#include "ui/language.h"
#include "ui/logpane.h"
#include "ui/mainwindow.h"
#include "ui/messagestrip.h"
#include "ui/momentslider.h"
#include "ui/pastbar.h"
#include "ui/pastlist.h"
#include "ui/settings.h"
#include "ui/stepper.h"
#include "ui/theme.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using session::Connection;
using uitest::shows;

class Past : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void showsTheBoardOfThen();
    void keysGoFromChangeToChange();
    void logsAreThere();
    void nothingCanBeDone();
    void backToTheCluster();
    void anotherClusterLeavesIt();
    void languageIsSwitched();
    void folderThatCannotBeRead();
    void closesInTheMiddle();
    void listOfWhatIsKept();
    void droppedOnesAreSaid();
    void chosenFromTheDialog();

private:
    void openPast();
    [[nodiscard]] ui::MomentSlider *slider() { return m_window->board()->pastBar()->slider(); }
    [[nodiscard]] QAction *action(const char *name) { return m_window->findChild<QAction *>(QLatin1StringView(name)); }

    QTemporaryDir m_root;
    QString m_folder;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<ui::Settings> m_settings;
    std::unique_ptr<ui::Language> m_language;
    uitest::FakeClusters m_fakes;
    std::unique_ptr<ui::MainWindow> m_window;
};

void Past::initTestCase()
{
    m_theme = std::make_unique<ui::Theme>(*qApp);
    demo::ServerOptions options;
    options.speed = 0;
    options.clusterName = u"dresden"_s;
    demo::DemoThread demo(options);
    QVERIFY(demo.start());
    session::SessionOptions keep;
    keep.keepEvidence = true;
    keep.evidenceRoot = m_root.path();
    {
        session::Session session(support::configOf(demo.kubeconfig()), keep);
        session.start();
        QVERIFY(support::reaches(session,
            [](const session::ClusterState &state) { return state.evidence.role == evidence::Store::Role::Writer; }));
        demo.run([](demo::Server &server) { server.setSpeed(600); });
        QVERIFY(support::reaches(
            session, [](const session::ClusterState &state) { return state.board.state == upgrade::State::Succeeded; },
            100s));
        m_folder = session.state().evidence.folder;
    }
    QVERIFY(session::joinReaped(20s));
}

void Past::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<ui::Settings>(m_home->filePath(u"w.ini"_s));
    m_language = std::make_unique<ui::Language>();
    m_language->apply(u"en"_s);
    m_window = std::make_unique<ui::MainWindow>(m_fakes.factory(), *m_settings, *m_theme, *m_language);
    m_window->workspace().setKubeconfig(uitest::contexts({u"alpha"_s, u"beta"_s}));
    m_window->workspace().show(u"alpha"_s);
    m_fakes.links.value(u"alpha"_s)->give(uitest::state(u"alpha"_s, Connection::State::Online, uitest::upgrading()));
    m_window->show();
}

void Past::cleanup()
{
    m_window.reset();
    m_language.reset();
    QVERIFY(session::joinReaped(20s));
}

void Past::openPast()
{
    m_window->workspace().showPast(m_folder);
    QTRY_VERIFY(m_window->workspace().shownState().pastMoment.isValid());
}

void Past::showsTheBoardOfThen()
{
    QVERIFY(m_window->board()->pastBar()->isHidden());
    openPast();
    QVERIFY(m_window->board()->pastBar()->isVisible());
    QVERIFY(
        shows(*m_window, u"Past upgrade — as of "_s + ui::localTime(m_window->workspace().shownState().pastMoment)));
    QVERIFY(shows(*m_window, u"dresden"_s));
    QVERIFY(m_window->windowTitle().contains(u"dresden"_s));
    const ui::Stepper *stepper = m_window->board()->stepper();
    QVERIFY(stepper->isVisible());
    QVERIFY(stepper->itemName(4).contains(u"Succeeded"_s));
    // Nothing is of now: no age, and time stands still.
    QCOMPARE(m_window->tick().now(), m_window->workspace().shownState().pastMoment);
    QVERIFY(!shows(*m_window, u"ago"_s));
    // News of the cluster behind it changes nothing.
    m_fakes.links.value(u"alpha"_s)->give(uitest::state(u"alpha"_s, Connection::State::Online, uitest::failed()));
    QVERIFY(stepper->itemName(4).contains(u"Succeeded"_s));
    // The beginning, and half way.
    ui::HistoryLink *past = m_window->workspace().past();
    past->showMoment(past->past().first);
    QTRY_COMPARE(m_window->workspace().shownState().pastMoment, past->past().first);
    QVERIFY(m_window->board()->pastBar()->isVisible());
    QVERIFY(!m_window->board()->showsBoard() || !stepper->itemName(4).contains(u"Succeeded"_s));
    const QDateTime half = past->past().moments.at(past->past().moments.size() / 2).at;
    past->showMoment(half);
    QTRY_COMPARE(m_window->workspace().shownState().pastMoment, half);
    QVERIFY(stepper->isVisible());
    QVERIFY(!stepper->itemName(5).contains(u"Succeeded"_s));
}

void Past::keysGoFromChangeToChange()
{
    openPast();
    const auto &moments = m_window->workspace().past()->past().moments;
    QVERIFY(moments.size() >= 4);
    slider()->setFocus();
    const QDateTime end = slider()->moment();
    QCOMPARE(end, m_window->workspace().past()->past().last);
    QTest::keyClick(slider(), Qt::Key_Right); // no further
    QCOMPARE(slider()->moment(), end);
    QTest::keyClick(slider(), Qt::Key_Home);
    QCOMPARE(slider()->moment(), m_window->workspace().past()->past().first);
    QTest::keyClick(slider(), Qt::Key_Left);
    QCOMPARE(slider()->moment(), m_window->workspace().past()->past().first);
    QTest::keyClick(slider(), Qt::Key_Right);
    const QDateTime second = slider()->moment();
    QVERIFY(std::ranges::any_of(moments, [&](const evidence::Moment &one) { return one.at == second; }));
    QTRY_COMPARE(m_window->workspace().shownState().pastMoment, second);
    QTest::keyClick(slider(), Qt::Key_Right);
    QVERIFY(slider()->moment() > second);
    QTest::keyClick(slider(), Qt::Key_Left);
    QCOMPARE(slider()->moment(), second);
    // Dragging takes times between changes; the keys go on from there.
    slider()->setValue(slider()->maximum() / 2);
    const QDateTime between = slider()->moment();
    QTRY_COMPARE(m_window->workspace().shownState().pastMoment, between);
    QTest::keyClick(slider(), Qt::Key_Right);
    QVERIFY(slider()->moment() > between);
    QTest::keyClick(slider(), Qt::Key_End);
    QCOMPARE(slider()->moment(), end);
}

void Past::logsAreThere()
{
    openPast();
    m_window->selection().selectPhase(upgrade::PhaseId::SystemServices);
    QTRY_VERIFY(m_window->logs()->jobs()->rowCount() > 0);
    const session::EvidenceState &evidence = m_window->workspace().shownState().evidence;
    QVERIFY(evidence.logs && !evidence.logs->jobs.isEmpty());
    QCOMPARE(evidence.role, evidence::Store::Role::Closed);
    QVERIFY(!shows(*m_window, u"another window"_s)); // nobody keeps it now
}

void Past::nothingCanBeDone()
{
    QVERIFY(action("retry")->isEnabled());
    session::ClusterState lost = uitest::state(u"alpha"_s, Connection::State::Offline, uitest::upgrading());
    lost.connection.error = uitest::error(kube::ErrorKind::Refused);
    m_fakes.links.value(u"alpha"_s)->give(lost);
    QVERIFY(m_window->board()->strip()->isVisible());
    openPast();
    QVERIFY(m_window->board()->strip()->isHidden()); // its button would reach for the cluster
    for (const char *name : {"retry", "connect", "disconnect"})
        QVERIFY2(!action(name)->isEnabled(), name);
    action("retry")->trigger();
    QCOMPARE(m_fakes.links.value(u"alpha"_s)->retries, 0);
}

void Past::backToTheCluster()
{
    m_window->selection().selectNode(u"node2"_s);
    openPast();
    QVERIFY(m_window->selection().value().isEmpty());
    auto *leave = m_window->findChild<QPushButton *>(u"leavePast"_s);
    QVERIFY(leave->text().contains(u"alpha"_s));
    QTest::mouseClick(leave, Qt::LeftButton);
    QVERIFY(!m_window->workspace().past());
    QVERIFY(m_window->board()->pastBar()->isHidden());
    QVERIFY(m_window->board()->stepper()->itemName(4).contains(u"43"_s));
    QCOMPARE(m_window->selection().value().node, u"node2"_s);
    QVERIFY(action("retry")->isEnabled());
    QVERIFY(m_window->tick().now() != QDateTime());
}

void Past::anotherClusterLeavesIt()
{
    openPast();
    m_window->workspace().look(u"beta"_s);
    QVERIFY(!m_window->workspace().past());
    openPast();
    m_window->workspace().show(u"beta"_s); // the one that is current already
    QVERIFY(!m_window->workspace().past());
    openPast();
    m_window->workspace().setKubeconfig({}); // files change behind it: it stays
    QVERIFY(m_window->workspace().past());
    QVERIFY(m_window->board()->showsBoard());
}

void Past::languageIsSwitched()
{
    openPast();
    m_language->apply(u"zh_CN"_s);
    QTRY_VERIFY(!shows(*m_window, u"Past upgrade"_s));
    QVERIFY(!m_window->windowTitle().contains(u"past"_s));
    m_language->apply(u"en"_s);
    QTRY_VERIFY(shows(*m_window, u"Past upgrade"_s));
}

void Past::folderThatCannotBeRead()
{
    m_window->workspace().showPast(m_root.filePath(u"nothing"_s));
    QTRY_VERIFY(m_window->workspace().past()->past().error);
    QTRY_VERIFY(shows(*m_window, u"cannot be read"_s));
    QVERIFY(shows(*m_window, u"nothing"_s));
    auto *leave = m_window->findChild<QPushButton *>(u"empty-leavePast"_s);
    QVERIFY(leave);
    QTest::mouseClick(leave, Qt::LeftButton);
    QVERIFY(!m_window->workspace().past());
    QVERIFY(m_window->board()->showsBoard());
}

void Past::closesInTheMiddle()
{
    for (int i = 0; i < 5; ++i) {
        m_window->workspace().showPast(m_folder);
        if (i % 2 == 0)
            QCoreApplication::processEvents();
        m_window->workspace().leavePast();
    }
    m_window->workspace().showPast(m_folder);
    m_window->close();
    m_window.reset();
    QVERIFY(true);
}

void Past::listOfWhatIsKept()
{
    ui::PastList list;
    const QAbstractItemModelTester tester(list.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    list.resize(900, 200);
    list.show();
    QVERIFY(shows(list, u"Reading what is kept"_s));
    list.load(m_root.path());
    QTRY_VERIFY(list.model()->isLoaded());
    QCOMPARE(list.model()->rowCount(), 1);
    const auto text = [&list](int column) { return list.model()->index(0, column).data().toString(); };
    QCOMPARE(text(ui::PastModel::Cluster), u"dresden"_s);
    QVERIFY(text(ui::PastModel::Versions).contains(u"→"_s));
    QVERIFY(text(ui::PastModel::Ended).startsWith(u"Succeeded"_s));
    QVERIFY(!text(ui::PastModel::Size).isEmpty());
    QSignalSpy chosen(&list, &ui::PastList::chosen);
    list.view()->setFocus();
    QTest::keyClick(list.view(), Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.constFirst().constFirst().toString(), m_folder);

    const QTemporaryDir empty;
    ui::PastList none;
    none.show();
    none.load(empty.path());
    QTRY_VERIFY(shows(none, u"No upgrade is kept yet"_s));
}

void Past::droppedOnesAreSaid()
{
    evidence::DroppedUpgrade dropped;
    dropped.id.upgradeName = u"hvst-upgrade-old"_s;
    dropped.dropped = uitest::now();
    evidence::DroppedUpgrade aged = dropped;
    aged.forAge = true;
    evidence::KeptUpgrade broken;
    broken.folder = u"/x"_s;
    broken.problem = evidence::DiskError{u"/x/manifest.json"_s, u"Permission denied"_s, 13};
    const QList<ui::PastRow> rows = ui::pastRows({broken}, {dropped, aged});
    QCOMPARE(rows.size(), 3);
    QVERIFY(rows.at(0).ended.contains(u"Permission denied"_s));
    QVERIFY(rows.at(1).ended.contains(u"room"_s));
    QVERIFY(rows.at(2).ended.contains(u"age"_s));
    for (const ui::PastRow &row : rows)
        QVERIFY(row.folder.isEmpty()); // cannot be opened
}

void Past::chosenFromTheDialog()
{
    ui::PastDialog dialog(m_root.path());
    dialog.show();
    QSignalSpy chosen(&dialog, &ui::PastDialog::chosen);
    QTRY_VERIFY(dialog.list()->canOpen());
    QTest::keyClick(dialog.list()->view(), Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QTRY_VERIFY(dialog.isHidden());
    // The menu opens one, and only one.
    QCOMPARE(action("pastUpgrades")->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_H));
    action("pastUpgrades")->trigger();
    action("pastUpgrades")->trigger();
    QCOMPARE(m_window->findChildren<ui::PastDialog *>().size(), 1);
}

QTEST_MAIN(Past)
#include "tst_past.moc"
