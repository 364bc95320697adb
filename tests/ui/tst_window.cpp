// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The whole window over clusters given by hand: switching, trouble, consent, logs, languages, closing in the middle.

#include "logs/search.h"
#include "support/ui_boards.h"
#include "support/ui_fakelink.h"
#include "ui/boardview.h"
#include "ui/clustersview.h"
#include "ui/emptytexts.h"
#include "ui/headerview.h"
#include "ui/joblist.h"
#include "ui/language.h"
#include "ui/logpane.h"
#include "ui/logview.h"
#include "ui/logviewer.h"
#include "ui/mainwindow.h"
#include "ui/messagestrip.h"
#include "ui/settings.h"
#include "ui/stepper.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using session::Connection;

class Window : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void switchingIsInstantAndKeepsSelection();
    void lostConnectionKeepsTheBoard();
    void retryAndCopyDetails();
    void consentIsAskedAndRemembered();
    void noEmptyLogPane();
    void logOfTheRunningJob();
    void logStaysWhereTheReaderIs();
    void logCopiesLinesAndFinds();
    void newAttemptIsFollowed();
    void languageIsSwitchedEverywhere();
    void themeIsSwitched();
    void everyControlHasAName();
    void tabReachesEverythingAndLeaves();
    void tickOnlyWhileVisible();
    void closesInEveryState_data();
    void closesInEveryState();
    void nothingSecretIsRemembered();

private:
    uitest::FakeLink *openWith(const upgrade::Board &board, const QString &name = u"a"_s);
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<ui::Settings> m_settings;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::Language> m_language;
    uitest::FakeClusters m_clusters;
    std::unique_ptr<ui::MainWindow> m_window;
};

void Window::initTestCase()
{
    m_theme = std::make_unique<ui::Theme>(*qApp);
}

void Window::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<ui::Settings>(m_home->filePath(u"w.ini"_s));
    m_language = std::make_unique<ui::Language>();
    m_clusters = {};
    m_window = std::make_unique<ui::MainWindow>(m_clusters.factory(), *m_settings, *m_theme, *m_language);
    m_window->tick().fix(uitest::now());
    m_window->workspace().setKubeconfig(uitest::contexts({u"a"_s, u"b"_s, u"plugin-c"_s, u"broken-d"_s}));
    m_window->show();
}

void Window::cleanup()
{
    m_window.reset();
    m_language.reset();
}

uitest::FakeLink *Window::openWith(const upgrade::Board &board, const QString &name)
{
    m_window->workspace().show(name);
    uitest::FakeLink *link = m_clusters.links.value(name);
    link->give(uitest::state(name, Connection::State::Online, board));
    return link;
}

void Window::switchingIsInstantAndKeepsSelection()
{
    openWith(uitest::upgrading());
    QVERIFY(m_window->board()->showsBoard());
    m_window->selection().selectNode(u"node2"_s);
    openWith(uitest::noUpgrade(), u"b"_s);
    QVERIFY(m_window->selection().value().isEmpty());
    QVERIFY(m_window->board()->showsBoard());
    QVERIFY(!m_window->board()->stepper()->isVisible());
    m_window->workspace().show(u"a"_s);
    QCOMPARE(m_window->selection().value().node, u"node2"_s);
    QVERIFY(m_window->board()->stepper()->isVisible());
    QCOMPARE(m_clusters.links.size(), 2);
}

void Window::lostConnectionKeepsTheBoard()
{
    uitest::FakeLink *link = openWith(uitest::upgrading());
    session::ClusterState lost = uitest::state(u"a"_s, Connection::State::Offline, uitest::upgrading());
    lost.connection.error = uitest::error(kube::ErrorKind::Timeout);
    lost.connection.retryAt = uitest::now().addSecs(8);
    link->give(lost);
    QVERIFY(m_window->board()->showsBoard());
    QVERIFY(m_window->board()->strip()->isVisible());
    QVERIFY(m_window->board()->header()->findChild<QWidget *>(u"ageChip"_s)->isVisible());
    link->give(uitest::state(u"a"_s, Connection::State::Online, uitest::upgrading()));
    QVERIFY(!m_window->board()->strip()->isVisible());
    QVERIFY(!m_window->board()->header()->findChild<QWidget *>(u"ageChip"_s)->isVisible());
}

void Window::retryAndCopyDetails()
{
    uitest::FakeLink *link = openWith({});
    session::ClusterState lost = uitest::state(u"a"_s, Connection::State::Offline);
    lost.connection.error = uitest::error(kube::ErrorKind::Refused);
    link->give(lost);
    auto *strip = m_window->board()->strip();
    QTest::mouseClick(
        strip->findChild<QPushButton *>(u"strip%1"_s.arg(int(ui::Trouble::Action::RetryNow))), Qt::LeftButton);
    QCOMPARE(link->retries, 1);
    QTest::mouseClick(
        strip->findChild<QPushButton *>(u"strip%1"_s.arg(int(ui::Trouble::Action::CopyDetails))), Qt::LeftButton);
    QVERIFY(QApplication::clipboard()->text().contains(u"10.0.0.7:6443"_s));
}

void Window::consentIsAskedAndRemembered()
{
    m_window->workspace().show(u"plugin-c"_s);
    uitest::FakeLink *link = m_clusters.links.value(u"plugin-c"_s);
    link->give(uitest::state(u"plugin-c"_s, Connection::State::NeedsConsent));
    auto *strip = m_window->board()->strip();
    QVERIFY(strip->isVisible());
    QVERIFY(strip->trouble().cause.contains(u"kubelogin"_s));
    QVERIFY(!link->consent);
    QTest::mouseClick(
        strip->findChild<QPushButton *>(u"strip%1"_s.arg(int(ui::Trouble::Action::AllowPlugin))), Qt::LeftButton);
    QVERIFY(link->consent);
    // Refusing closes the connection and runs nothing.
    link->give(uitest::state(u"plugin-c"_s, Connection::State::NeedsConsent));
    QTest::mouseClick(
        strip->findChild<QPushButton *>(u"strip%1"_s.arg(int(ui::Trouble::Action::CancelPlugin))), Qt::LeftButton);
    QVERIFY(!m_clusters.links.value(u"plugin-c"_s));
    // The next start knows the answer, for exactly this file and program.
    bool known = false;
    ui::Workspace again(
        [&](const kube::ClusterConfig &config, const session::SessionOptions &options) {
            known = options.execConsent;
            return std::make_unique<uitest::FakeLink>(config);
        },
        *m_settings);
    again.setKubeconfig(uitest::contexts({u"plugin-c"_s}));
    again.show(u"plugin-c"_s);
    QVERIFY(known);
    again.setKubeconfig(uitest::contexts({u"plugin-other"_s}, u"/another/file"_s));
    again.show(u"plugin-other"_s);
    QVERIFY(!known);
}

void Window::noEmptyLogPane()
{
    QVERIFY(!m_window->logs()->isVisible());
    openWith(uitest::upgrading());
    QVERIFY(m_window->logs()->isVisible());
    m_window->workspace().look(u"broken-d"_s);
    QVERIFY(!m_window->logs()->isVisible());
    QCOMPARE(m_window->board()->empty()->text().buttons.value(0).action, ui::emptyaction::reload);
}

void Window::logOfTheRunningJob()
{
    uitest::FakeLink *link = openWith(uitest::upgrading());
    QVERIFY(link->channel);
    QCOMPARE(link->channel->targets.value(0).pod, u"hvst-upgrade-9gmg2-pre-drain-node2-abcde"_s);
    link->channel->write({"one", "two\x1b[0m", "three"});
    QCOMPARE(link->channel->acknowledged, 3);
    QTRY_COMPARE(m_window->logs()->rowCount(), 4); // and the pod's divider
    m_window->selection().selectPhase(upgrade::PhaseId::SystemServices);
    QCOMPARE(link->opened, 2);
    QCOMPARE(m_window->logs()->rowCount(), 0);
    QCOMPARE(link->channel->targets.value(0).pod, u"hvst-upgrade-9gmg2-apply-manifests-abcde"_s);
    m_window->selection().selectPhase(upgrade::PhaseId::Repository);
    QVERIFY(!link->channel);
    QCOMPARE(m_window->logs()->jobs()->rowCount(), 0);
}

void Window::logStaysWhereTheReaderIs()
{
    uitest::FakeLink *link = openWith(uitest::upgrading());
    ui::LogView *view = m_window->logs()->view();
    const QList<QByteArray> hundred(100, "a line of the log");
    link->channel->write(hundred);
    QVERIFY(view->isFollowing());
    QCOMPARE(view->verticalScrollBar()->value(), view->verticalScrollBar()->maximum());
    view->verticalScrollBar()->setValue(10);
    QVERIFY(!view->isFollowing());
    link->channel->write(hundred);
    QCOMPARE(view->verticalScrollBar()->value(), 10);
    view->follow();
    link->channel->write(hundred);
    QCOMPARE(view->verticalScrollBar()->value(), view->verticalScrollBar()->maximum());
}

void Window::logCopiesLinesAndFinds()
{
    uitest::FakeLink *link = openWith(uitest::upgrading());
    ui::LogViewer *viewer = m_window->logs()->viewer();
    ui::LogView *view = viewer->view();
    link->channel->write({"first", "Second error", "third", "another ERROR"});
    viewer->setQuery(u"error"_s);
    QTRY_COMPARE(viewer->search()->count(), 2);
    view->clearSelection();
    viewer->next(false);
    QCOMPARE(view->selectedRows(), std::pair(qint64(2), qint64(2)));
    viewer->next(false);
    QCOMPARE(view->selectedRows().first, 4);
    viewer->next(false);
    QCOMPARE(view->selectedRows().first, 2);
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), u"Second error\nthird"_s);
    viewer->setQuery(u"nowhere"_s);
    QTRY_VERIFY(!viewer->search()->isRunning());
    QCOMPARE(viewer->search()->count(), 0);
    link->channel->write({""}, kube::LogLine::Kind::Gap);
    view->grab();
}

void Window::newAttemptIsFollowed()
{
    uitest::FakeLink *link = openWith(uitest::upgrading());
    const int opened = link->opened;
    upgrade::Board board = uitest::upgrading();
    auto pod = board.jobs.last().pods.first();
    pod.name = u"second-attempt"_s;
    pod.uid = u"other"_s;
    board.jobs.last().pods.append(pod);
    link->give(uitest::state(u"a"_s, Connection::State::Online, board));
    QCOMPARE(link->opened, opened);
    QCOMPARE(link->channel->targets.size(), 2);
    QCOMPARE(link->channel->targets.last().pod, u"second-attempt"_s);
}

void Window::languageIsSwitchedEverywhere()
{
    openWith(uitest::upgrading());
    const QString before = m_window->menuBar()->actions().first()->text();
    QEvent change(QEvent::LanguageChange);
    // Without the catalogue the words stay, but every view must survive being asked again.
    for (QWidget *widget : m_window->findChildren<QWidget *>())
        QCoreApplication::sendEvent(widget, &change);
    QCoreApplication::sendEvent(m_window.get(), &change);
    QCOMPARE(m_window->menuBar()->actions().first()->text(), before);
    m_language->apply(u"zh_CN"_s);
    QCoreApplication::sendPostedEvents();
    QCOMPARE(m_language->code(), u"zh_CN"_s);
    if (QFile::exists(u":/i18n/gleaner_zh_CN.qm"_s)) {
        QVERIFY(m_window->menuBar()->actions().first()->text() != before);
        QVERIFY(m_window->clusters()->filter()->placeholderText() != u"Filter clusters"_s);
    }
    QCOMPARE(m_window->selection().value(), ui::Selected());
    m_language->apply(u"en"_s);
    QCoreApplication::sendPostedEvents();
    QCOMPARE(m_window->menuBar()->actions().first()->text(), before);
}

void Window::themeIsSwitched()
{
    m_theme->apply(ui::Theme::Choice::Dark);
    QTRY_VERIFY(m_window->palette().color(QPalette::Window).lightness() < 128);
    m_theme->apply(ui::Theme::Choice::Light);
    QTRY_VERIFY(m_window->palette().color(QPalette::Window).lightness() > 128);
    QCOMPARE(ui::Theme::fromWord(ui::Theme::word(ui::Theme::Choice::Dark)), ui::Theme::Choice::Dark);
}

void Window::everyControlHasAName()
{
    openWith(uitest::upgrading());
    for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || widget->inherits("QScrollBar")
            || widget->inherits("QMenuBar") || widget->objectName().startsWith(u"qt_"_s))
            continue;
        QAccessibleInterface *reader = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
        QVERIFY(reader);
        QVERIFY2(!reader->text(QAccessible::Name).isEmpty(),
            qPrintable(u"%1 %2"_s.arg(QLatin1StringView(widget->metaObject()->className()), widget->objectName())));
    }
}

void Window::tabReachesEverythingAndLeaves()
{
    openWith(uitest::upgrading());
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_window->clusters()->filter()->setFocus();
    QSet<QString> seen;
    for (int i = 0; i < 60; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(QApplication::focusWidget());
        seen.insert(QApplication::focusWidget()->objectName());
        if (QApplication::focusWidget() == m_window->clusters()->filter())
            break;
    }
    for (const QString &name : {u"clusterTree"_s, u"stepper"_s, u"nodes"_s, u"timeline"_s, u"jobs"_s, u"logView"_s})
        QVERIFY2(seen.contains(name), qPrintable(name));
    QCOMPARE(QApplication::focusWidget(), m_window->clusters()->filter());
}

void Window::tickOnlyWhileVisible()
{
    ui::Tick tick;
    QVERIFY(!tick.isRunning());
    ui::MainWindow window(m_clusters.factory(), *m_settings, *m_theme, *m_language);
    QVERIFY(!window.tick().isRunning());
    window.show();
    QVERIFY(window.tick().isRunning());
    window.hide();
    QVERIFY(!window.tick().isRunning());
}

void Window::closesInEveryState_data()
{
    QTest::addColumn<int>("state");
    for (int state = int(Connection::State::Idle); state <= int(Connection::State::Failed); ++state)
        QTest::addRow("state %d", state) << state;
}

void Window::closesInEveryState()
{
    QFETCH(int, state);
    uitest::FakeLink *link = openWith(uitest::upgrading());
    session::ClusterState now
        = uitest::state(u"a"_s, Connection::State(state), state % 2 ? uitest::upgrading() : upgrade::Board());
    now.connection.error = uitest::error(kube::ErrorKind::Timeout);
    link->give(now);
    if (link->channel)
        link->channel->write({"half a"});
    QVERIFY(m_window->close());
    QPointer<uitest::FakeLink> guard(link);
    m_window.reset();
    QVERIFY(!guard);
}

void Window::nothingSecretIsRemembered()
{
    kube::Kubeconfig kubeconfig = uitest::contexts({u"a"_s});
    kubeconfig.contexts[0].config->username = u"marker-user"_s;
    kubeconfig.contexts[0].config->clientCertData = "marker-cert";
    m_window->workspace().setKubeconfig(kubeconfig);
    openWith(uitest::upgrading());
    m_window->workspace().setStarred(u"a"_s, true);
    m_window->close();
    QFile file(m_home->filePath(u"w.ini"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray all = file.readAll();
    QVERIFY(all.contains("a"));
    QVERIFY(!all.contains("marker"));
    QVERIFY(!all.contains("10.0.0.7"));
}

QTEST_MAIN(Window)
#include "tst_window.moc"
