// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The restart by clicking the real widgets of the window, against a simulated cluster, in each class of verdict.

#include "demo/jsonedit.h"
#include "demo/server.h"
#include "demo/world.h"
#include "session/reaper.h"
#include "support/ui_texts.h"
#include "ui/boardview.h"
#include "ui/language.h"
#include "ui/mainwindow.h"
#include "ui/pausestrip.h"
#include "ui/restartpage.h"
#include "ui/sessionlink.h"
#include "ui/settings.h"
#include "ui/theme.h"

#include <QAction>
#include <QApplication>
#include <QFrame>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using restart::Step;
using session::Connection;
using uitest::shows;

namespace {
namespace k = demo::kinds;
const QString ns = u"harvester-system"_s;
} // namespace

class Restart : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<ui::Theme>(*qApp); }
    void cleanup();

    void safeToTheEnd();
    void safeAfterBundle();
    void closedDoors_data();
    void closedDoors();
    void noRights();
    void doorClosesMeanwhile_data();
    void doorClosesMeanwhile();
    void cancelled();
    void windowClosedAfterTheDeletion();
    void readOnly();
    void resumeNode();

private:
    void open(const QString &scenario, double startAt, const QString &context = u"demo"_s);
    void openWindow(const QString &context);
    void start();
    void click(const char *name);
    void toConfirm();
    void type(const QString &text);
    [[nodiscard]] const session::RestartState &state() const { return m_window->restartPage()->restart()->state(); }
    [[nodiscard]] bool at(Step step) const
    {
        return m_window->restartPage()->restart() && state().begun && state().procedure.step == step
            && state().busy == session::RestartState::Busy::No;
    }
    [[nodiscard]] int writes();
    [[nodiscard]] QString name() { return m_window->workspace().state(u"demo"_s).board.upgrade.name; }

    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<demo::DemoThread> m_server;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<ui::Settings> m_settings;
    std::unique_ptr<ui::Language> m_language;
    std::unique_ptr<ui::MainWindow> m_window;
};

void Restart::cleanup()
{
    m_window.reset();
    m_language.reset();
    QVERIFY(session::joinReaped(20s));
    m_server.reset();
}

void Restart::open(const QString &scenario, double startAt, const QString &context)
{
    demo::ServerOptions options;
    options.scenario = scenario;
    options.startAt = startAt;
    options.speed = 1;
    m_server = std::make_unique<demo::DemoThread>(options);
    QVERIFY(m_server->start());
    m_home = std::make_unique<QTemporaryDir>();
    // What is kept on disk is this test's alone.
    qputenv("XDG_STATE_HOME", m_home->filePath(u"state"_s).toUtf8());
    openWindow(context);
}

void Restart::openWindow(const QString &context)
{
    QFile file(m_home->filePath(u"config"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(m_server->kubeconfig());
    file.close();
    m_settings = std::make_unique<ui::Settings>(m_home->filePath(u"w.ini"_s));
    m_language = std::make_unique<ui::Language>();
    m_language->apply(u"en"_s);
    m_window = std::make_unique<ui::MainWindow>(ui::makeSessionLink, *m_settings, *m_theme, *m_language);
    m_window->openKubeconfig(file.fileName(), context);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QTRY_VERIFY_WITH_TIMEOUT(m_window->workspace().state(context).settled, 60s);
}

void Restart::start()
{
    auto *action = m_window->findChild<QAction *>(u"restartUpgrade"_s);
    QTRY_VERIFY(action->isEnabled());
    action->trigger();
    QTRY_VERIFY(m_window->restartPage()->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(state().begun && state().busy == session::RestartState::Busy::No, 60s);
}

void Restart::click(const char *name)
{
    auto *button = m_window->findChild<QPushButton *>(QLatin1StringView(name));
    QTRY_VERIFY_WITH_TIMEOUT(button->isVisible() && button->isEnabled(), 30s);
    QVERIFY(!button->isDefault() && !button->autoDefault());
    QTest::mouseClick(button, Qt::LeftButton);
}

void Restart::type(const QString &text)
{
    auto *edit = m_window->findChild<QLineEdit *>(u"restartTyping"_s);
    QTRY_VERIFY(edit->isVisible());
    edit->clear();
    QTest::mouseClick(edit, Qt::LeftButton);
    QTest::keyClicks(edit, text);
}

void Restart::toConfirm()
{
    start();
    QVERIFY2(at(Step::Review), qPrintable(restart::codeWord(state().verdict.code)));
    click("restartPrimary");
    QTRY_VERIFY_WITH_TIMEOUT(at(Step::Evidence), 60s);
    click("restartPrimary");
    QTRY_VERIFY_WITH_TIMEOUT(at(Step::Checks), 60s);
    click("restartPrimary");
    QTRY_VERIFY_WITH_TIMEOUT(at(Step::Confirm), 60s);
}

/// That reached the server and were no dry run and no review.
int Restart::writes()
{
    int count = 0;
    m_server->run([&](demo::Server &server) {
        const auto all = server.requests();
        for (const demo::RequestRecord &record : all)
            count += record.method != "GET" && !record.target.contains("dryRun")
                && !record.target.contains("selfsubject");
    });
    return count;
}

void Restart::safeToTheEnd()
{
    open(u"prepare-failed"_s, 3000);
    toConfirm();
    auto *primary = m_window->findChild<QPushButton *>(u"restartPrimary"_s);
    QCOMPARE(primary->text(), u"Delete %1"_s.arg(name()));
    QVERIFY(!primary->isEnabled());
    type(name().chopped(1));
    QVERIFY(!primary->isEnabled());
    // Enter is no click.
    type(name());
    QVERIFY(primary->isEnabled());
    QTest::keyClick(m_window->findChild<QLineEdit *>(u"restartTyping"_s), Qt::Key_Return);
    QTest::qWait(0);
    QCOMPARE(writes(), 0);
    const QString old = name();
    m_server->run([](demo::Server &server) { server.setSpeed(60); });
    click("restartPrimary");
    QTRY_VERIFY_WITH_TIMEOUT(at(Step::StartChoice), 60s);
    QVERIFY(shows(*m_window->restartPage(), u"%1 is gone"_s.arg(old)));
    click("restartPrimary");
    QTRY_VERIFY_WITH_TIMEOUT(at(Step::Done), 60s);
    QCOMPARE(writes(), 2);
    QVERIFY(shows(*m_window->restartPage(), u"%1 is under way"_s.arg(state().procedure.createdName)));
    click("restartPrimary");
    QTRY_VERIFY(m_window->board()->isVisible());
    QVERIFY(name() != old);
}

void Restart::safeAfterBundle()
{
    open(u"manifests-failed"_s, 6000);
    start();
    QCOMPARE(restart::codeWord(state().verdict.code), u"safe-after-bundle"_s);
    click("restartPrimary");
    QTRY_VERIFY_WITH_TIMEOUT(at(Step::Evidence), 60s);
    QVERIFY(shows(*m_window->restartPage(), u"there is no way round it"_s));
    click("restartPrimary");
    QTRY_VERIFY_WITH_TIMEOUT(at(Step::Checks), 60s);
    QVERIFY(state().evidence.logs);
    click("restartPrimary");
    QTRY_VERIFY_WITH_TIMEOUT(at(Step::Confirm), 60s);
    // In the cluster's own words, ours beside them.
    QVERIFY(shows(*m_window->restartPage(), u"managed chart harvester is not ready"_s));
    QVERIFY(shows(*m_window->restartPage(), u"half applied"_s));
    QCOMPARE(writes(), 0);
    m_server->run([](demo::Server &server) { server.setSpeed(60); });
    type(name());
    click("restartPrimary");
    QTRY_VERIFY_WITH_TIMEOUT(state().procedure.step == Step::ChartsReady, 60s);
    m_server->run([](demo::Server &server) {
        server.world().edit(k::charts, u"fleet-local"_s, u"harvester"_s,
            [&](QJsonObject &chart) { demo::json::setCondition(chart, u"Ready"_s, u"True"_s, server.world().now()); });
    });
    QTRY_VERIFY_WITH_TIMEOUT(at(Step::StartChoice), 60s);
    click("restartSecond");
    QTRY_VERIFY(at(Step::StoppedHere));
    QCOMPARE(writes(), 1);
}

void Restart::closedDoors_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::addColumn<double>("startAt");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("node phase") << u"pre-drain-stall"_s << 9000.0 << u"forbidden"_s;
    QTest::newRow("node failed") << u"node-failed"_s << 12000.0 << u"forbidden"_s;
    QTest::newRow("retrying") << u"manifests-stall"_s << 6000.0 << u"prefer-to-fix"_s;
}

void Restart::closedDoors()
{
    QFETCH(QString, scenario);
    QFETCH(double, startAt);
    QFETCH(QString, verdict);
    open(scenario, startAt);
    start();
    QCOMPARE(restart::codeWord(state().verdict.code), verdict);
    QVERIFY(at(Step::Closed));
    // The page says what to do instead, and offers nothing but the way back.
    QVERIFY(!state().verdict.instead.isEmpty());
    QCOMPARE(m_window->restartPage()->text().primary.action, ui::RestartText::Action::Leave);
    QVERIFY(!m_window->findChild<QPushButton *>(u"restartSecond"_s)->isVisible());
    QVERIFY(!m_window->findChild<QPushButton *>(u"restartThird"_s)->isVisible());
    QVERIFY(!m_window->findChild<QLineEdit *>(u"restartTyping"_s)->isVisible());
    click("restartPrimary");
    QTRY_VERIFY(m_window->board()->isVisible());
    QCOMPARE(writes(), 0);
}

void Restart::noRights()
{
    open(u"prepare-failed"_s, 3000, u"demo-viewer"_s);
    start();
    QVERIFY(at(Step::Closed));
    QVERIFY(!state().mayEverything());
    QCOMPARE(writes(), 0);
}

void Restart::doorClosesMeanwhile_data()
{
    QTest::addColumn<bool>("replaced");
    QTest::newRow("the node phase begins") << false;
    QTest::newRow("another upgrade stands there") << true;
}

void Restart::doorClosesMeanwhile()
{
    QFETCH(bool, replaced);
    open(u"prepare-failed"_s, 3000);
    toConfirm();
    type(name());
    m_server->run([&](demo::Server &server) {
        demo::World &world = server.world();
        world.edit(k::upgrades, ns, name(), [&](QJsonObject &up) {
            if (replaced)
                demo::json::unset(up, u"metadata.finalizers");
            for (const auto &[type, status] : {std::pair{u"NodesPrepared"_s, u"True"_s},
                     std::pair{u"SystemServicesUpgraded"_s, u"True"_s}, std::pair{u"NodesUpgraded"_s, u"Unknown"_s}}) {
                if (!replaced)
                    demo::json::setCondition(up, type, status, world.now());
            }
        });
        if (replaced) {
            QJsonObject copy = world.get(k::upgrades, ns, name());
            world.drop(k::upgrades, ns, name());
            for (const auto path : {u"metadata.uid", u"metadata.resourceVersion", u"metadata.creationTimestamp"})
                demo::json::unset(copy, path);
            world.make(k::upgrades, copy);
        }
    });
    QTRY_VERIFY_WITH_TIMEOUT(at(Step::Closed), 30s);
    QVERIFY(!m_window->findChild<QLineEdit *>(u"restartTyping"_s)->isVisible());
    QVERIFY(!m_window->restartPage()->text().problem.isEmpty());
    QVERIFY(shows(*m_window->restartPage(), m_window->restartPage()->text().problem));
    QCOMPARE(writes(), 0);
}

void Restart::cancelled()
{
    open(u"image-stall"_s, 2000);
    toConfirm();
    click("restartThird");
    QTRY_VERIFY(at(Step::Closed));
    QCOMPARE(m_window->restartPage()->text().problem, u"Cancelled; nothing was changed"_s);
    QCOMPARE(writes(), 0);
}

/// The window closes while the finalizer works. The next one finds the journal, looks, and goes on.
void Restart::windowClosedAfterTheDeletion()
{
    open(u"prepare-failed"_s, 3000);
    toConfirm();
    const QString old = name();
    type(old);
    click("restartPrimary");
    QTRY_VERIFY_WITH_TIMEOUT(state().procedure.step == Step::WaitGone, 60s);
    m_window.reset();
    QVERIFY(session::joinReaped(20s));
    m_server->run([](demo::Server &server) { server.setSpeed(60); });
    openWindow(u"demo"_s);
    auto *strip = m_window->findChild<QFrame *>(u"unfinishedRestart"_s);
    QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible(), 30s);
    QVERIFY(shows(*strip, old));
    click("goOnWithRestart");
    QTRY_VERIFY_WITH_TIMEOUT(at(Step::StartChoice), 60s);
    QVERIFY(state().resumed);
    QCOMPARE(writes(), 1);
    click("restartPrimary");
    QTRY_VERIFY_WITH_TIMEOUT(at(Step::Done), 60s);
    QCOMPARE(writes(), 2);
}

void Restart::readOnly()
{
    open(u"prepare-failed"_s, 3000);
    auto *action = m_window->findChild<QAction *>(u"restartUpgrade"_s);
    QTRY_VERIFY(action->isVisible() && action->isEnabled());
    start();
    m_window->setReadOnly(false, {u"prod-*"_s, u"de?o"_s});
    QTRY_VERIFY(!action->isVisible() && !action->isEnabled());
    QVERIFY(!m_window->restartPage()->restart());
    QVERIFY(m_window->board()->isVisible());
    m_window->openRestart();
    QVERIFY(!m_window->restartPage()->restart());
    m_window->setReadOnly(false, {u"prod-*"_s});
    QTRY_VERIFY(action->isVisible());
    m_window->findChild<QAction *>(u"readOnly"_s)->setChecked(true);
    QTRY_VERIFY(!action->isVisible());
    QVERIFY(m_window->isReadOnly());
}

void Restart::resumeNode()
{
    open(u"paused"_s, 20000);
    auto *strip = m_window->findChild<ui::PauseStrip *>(u"pauseStrip"_s);
    QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible(), 30s);
    m_window->setReadOnly(true, {});
    QTRY_VERIFY(!strip->isVisible());
    m_window->setReadOnly(false, {});
    QTRY_VERIFY(strip->isVisible());
    click("pauseDo");
    QTRY_VERIFY_WITH_TIMEOUT(strip->pause() && strip->pause()->state().stage == session::PauseState::Stage::Ready, 30s);
    auto *button = m_window->findChild<QPushButton *>(u"pauseDo"_s);
    QVERIFY(!button->isEnabled());
    const QString node = strip->pause()->state().node;
    QTest::keyClicks(m_window->findChild<QLineEdit *>(u"pauseTyping"_s), node);
    QCOMPARE(button->text(), u"Resume %1"_s.arg(node));
    QCOMPARE(writes(), 0);
    click("pauseDo");
    m_server->run([](demo::Server &server) { server.setSpeed(60); });
    QTRY_VERIFY_WITH_TIMEOUT(strip->pause()->state().stage == session::PauseState::Stage::Done, 60s);
    QCOMPARE(writes(), 1);
    click("pauseClose");
    QVERIFY(!strip->pause());
}

QTEST_MAIN(Restart)
#include "tst_restart.moc"
