// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The whole window over a simulated cluster: a real Session, real HTTPS, a kubeconfig file on disk.

#include "demo/server.h"
#include "kube/kubeconfigfeed.h"
#include "session/reaper.h"
#include "support/ui_texts.h"
#include "ui/boardview.h"
#include "ui/clustermodel.h"
#include "ui/clustersview.h"
#include "ui/headerview.h"
#include "ui/joblist.h"
#include "ui/language.h"
#include "ui/logpane.h"
#include "ui/logview.h"
#include "ui/logviewer.h"
#include "ui/mainwindow.h"
#include "ui/messagestrip.h"
#include "ui/sessionlink.h"
#include "ui/settings.h"
#include "ui/stepper.h"
#include "ui/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using session::Connection;
using uitest::shows;

namespace {

/// Whether somebody is about to read from the pipe; lets them go on then.
bool opened(const QString &pipe, int &end)
{
    if (end < 0)
        end = ::open(qPrintable(pipe), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    return end >= 0;
}

} // namespace

class Live : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void nothingIsContactedUnasked();
    void clickConnectsAndTheBoardAppears();
    void logOfAPhase();
    void lostServerLeavesTheBoard();
    void filteringDoesNotSwitch();
    void closesWhileConnecting();
    void closesWhileTheKubeconfigHangs();
    void leavesTheDemoWhileTheKubeconfigHangs();
    void settingsHoldNoCredential();

private:
    [[nodiscard]] QModelIndex inTree(const QString &context) const;
    void click(const QString &context);
    void openBoard();
    [[nodiscard]] Connection::State connection() { return m_window->workspace().state(u"demo"_s).connection.state; }

    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<demo::DemoThread> m_server;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<ui::Settings> m_settings;
    std::unique_ptr<ui::Language> m_language;
    std::unique_ptr<ui::MainWindow> m_window;
};

void Live::initTestCase()
{
    m_theme = std::make_unique<ui::Theme>(*qApp);
}

void Live::init()
{
    demo::ServerOptions options;
    options.startAt = 2600; // nodes are being upgraded
    options.speed = 1;
    m_server = std::make_unique<demo::DemoThread>(options);
    QVERIFY(m_server->start());
    m_home = std::make_unique<QTemporaryDir>();
    QFile file(m_home->filePath(u"config"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(m_server->kubeconfig());
    file.close();
    m_settings = std::make_unique<ui::Settings>(m_home->filePath(u"w.ini"_s));
    m_language = std::make_unique<ui::Language>();
    m_language->apply(u"en"_s);
    m_window = std::make_unique<ui::MainWindow>(ui::makeSessionLink, *m_settings, *m_theme, *m_language);
    m_window->openKubeconfig(file.fileName());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QTRY_VERIFY_WITH_TIMEOUT(m_window->workspace().isLoaded(), 30s);
}

void Live::cleanup()
{
    m_window.reset();
    m_language.reset();
    QVERIFY(session::joinReaped(20s));
    m_server.reset();
}

QModelIndex Live::inTree(const QString &context) const
{
    const QAbstractItemModel *model = m_window->clusters()->tree()->model();
    for (int group = 0; group < model->rowCount(); ++group) {
        const QModelIndex under = model->index(group, 0);
        for (int row = 0; row < model->rowCount(under); ++row) {
            if (const QModelIndex at = model->index(row, 0, under);
                at.data(ui::ClusterModel::NameRole).toString() == context)
                return at;
        }
    }
    return {};
}

void Live::click(const QString &context)
{
    QTreeView *tree = m_window->clusters()->tree();
    const QModelIndex at = inTree(context);
    QVERIFY(at.isValid());
    QVERIFY(!tree->visualRect(at).isEmpty());
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(at).center());
}

void Live::openBoard()
{
    click(u"demo"_s);
    QTRY_COMPARE_WITH_TIMEOUT(connection(), Connection::State::Online, 30s);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->board()->showsBoard() && m_window->board()->stepper()->isVisible(), 30s);
}

void Live::nothingIsContactedUnasked()
{
    QVERIFY(m_window->workspace().connected().isEmpty());
    click(u"demo-viewer"_s);
    QCOMPARE(m_window->workspace().connected(), QStringList{u"demo-viewer"_s});
    QCOMPARE(m_window->workspace().current(), u"demo-viewer"_s);
}

void Live::clickConnectsAndTheBoardAppears()
{
    QVERIFY(!m_window->board()->stepper()->isVisible());
    openBoard();
    const QString upgrade = m_window->workspace().state(u"demo"_s).board.upgrade.name;
    QVERIFY(upgrade.startsWith(u"hvst-upgrade-"_s));
    QTRY_VERIFY(shows(*m_window, upgrade));
    QTRY_VERIFY(shows(*m_window, u"Running: Upgrade nodes"_s));
    QCOMPARE(m_window->board()->stepper()->itemCount(), 6);
    QVERIFY(!m_window->board()->strip()->isVisible());
    QCOMPARE(m_window->windowTitle(), u"demo — Gleaner"_s);
}

void Live::logOfAPhase()
{
    openBoard();
    ui::Stepper *stepper = m_window->board()->stepper();
    QTest::mouseClick(stepper, Qt::LeftButton, {}, stepper->itemRect(3).center());
    QCOMPARE(m_window->selection().value().phase, upgrade::PhaseId::SystemServices);
    QTRY_VERIFY(m_window->logs()->jobs()->rowCount() > 0);
    QVERIFY(m_window->logs()->jobs()->job(0)->job.name.contains(u"apply-manifests"_s));
    const ui::LogPane *logs = m_window->logs();
    QTRY_VERIFY_WITH_TIMEOUT(logs->rowCount() > 10, 30s);
    // They are the lines the server holds.
    const auto pod = logs->jobs()->job(0)->pods.last();
    QList<QByteArray> held;
    m_server->run([&](demo::Server &server) { held = server.log(pod.ns, pod.name, pod.containers.value(0)); });
    QVERIFY(!held.isEmpty());
    for (const logs::Row &row : logs->viewer()->document()->rows(0, 10)) {
        if (row.line == 0)
            QVERIFY2(held.first().contains(row.text), row.text.constData());
    }
}

void Live::lostServerLeavesTheBoard()
{
    openBoard();
    const QString upgrade = m_window->workspace().state(u"demo"_s).board.upgrade.name;
    m_server->run([](demo::Server &server) { server.stop(); });
    QTRY_VERIFY_WITH_TIMEOUT(m_window->board()->strip()->isVisible(), 60s);
    QVERIFY(!m_window->board()->strip()->trouble().headline.isEmpty());
    QVERIFY(!m_window->board()->strip()->trouble().cause.isEmpty());
    QVERIFY(shows(*m_window->board()->strip(), u"127.0.0.1"_s));
    QVERIFY(m_window->board()->showsBoard());
    QVERIFY(m_window->board()->stepper()->isVisible());
    QVERIFY(shows(*m_window->board()->header(), upgrade));
    QTRY_VERIFY_WITH_TIMEOUT(shows(*m_window->board()->header(), u" ago"_s), 30s);
}

void Live::filteringDoesNotSwitch()
{
    openBoard();
    m_window->selection().selectPhase(upgrade::PhaseId::Nodes);
    QLineEdit *filter = m_window->clusters()->filter();
    for (const QString &words : {u"viewer"_s, u"nobody"_s, u"nothing is called so"_s, QString()}) {
        filter->setText(words);
        QCOMPARE(m_window->workspace().current(), u"demo"_s);
        QVERIFY(m_window->board()->stepper()->isVisible());
        QCOMPARE(m_window->selection().value().phase, upgrade::PhaseId::Nodes);
        QCOMPARE(m_window->workspace().connected(), QStringList{u"demo"_s});
    }
    QCOMPARE(m_window->clusters()->tree()->currentIndex(), inTree(u"demo"_s));
}

void Live::closesWhileConnecting()
{
    m_server->run([](demo::Server &server) {
        demo::Faults faults;
        faults.silent = true;
        server.setFaults(faults);
    });
    click(u"demo"_s);
    QTRY_COMPARE_WITH_TIMEOUT(connection(), Connection::State::Connecting, 30s);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(m_window->close());
    m_window.reset();
    // It takes some milliseconds; a busy machine may take the processor away, but no wait for a server is shorter than
    // 5 s. That nothing at all is waited for is asked in tests/session, of a thread that is held.
    QVERIFY2(timer.elapsed() < 4500, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(session::joinReaped(20s));
}

void Live::closesWhileTheKubeconfigHangs()
{
    m_settings->setList(u"clusters/open"_s, {u"kept"_s});
    const QString pipe = m_home->filePath(u"pipe"_s);
    QCOMPARE(::mkfifo(qPrintable(pipe), 0600), 0);
    m_window = std::make_unique<ui::MainWindow>(ui::makeSessionLink, *m_settings, *m_theme, *m_language);
    m_window->openKubeconfig(pipe); // nobody writes: the load hangs until somebody does
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QTRY_VERIFY(shows(*m_window, u"Reading the kubeconfig"_s));
    QVERIFY(m_window->close());
    m_window.reset();
    QVERIFY(kube::KubeconfigFeed::leftBehind() > 0);
    QCOMPARE(m_settings->list(u"clusters/open"_s), QStringList{u"kept"_s}); // nothing was known to remember instead
    // Only now can the load end.
    int end = -1;
    QTRY_VERIFY_WITH_TIMEOUT(opened(pipe, end), 30s);
    ::close(end);
    QTRY_COMPARE_WITH_TIMEOUT(kube::KubeconfigFeed::leftBehind(), 0, 30s);
}

void Live::leavesTheDemoWhileTheKubeconfigHangs()
{
    const QString pipe = m_home->filePath(u"pipe"_s);
    QCOMPARE(::mkfifo(qPrintable(pipe), 0600), 0);
    m_window->startDemo();
    QVERIFY(m_window->workspace().isDemo());
    m_window->openKubeconfig(pipe);
    QVERIFY(!m_window->workspace().isDemo());
    QVERIFY(m_window->workspace().connected().isEmpty());
    QTRY_VERIFY(shows(*m_window, u"Reading the kubeconfig"_s));
    int end = -1;
    QTRY_VERIFY_WITH_TIMEOUT(opened(pipe, end), 30s);
    const QByteArray kubeconfig = m_server->kubeconfig();
    QCOMPARE(::write(end, kubeconfig.constData(), size_t(kubeconfig.size())), ssize_t(kubeconfig.size()));
    ::close(end);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->workspace().isLoaded(), 30s);
    QVERIFY(inTree(u"demo"_s).isValid());
}

void Live::settingsHoldNoCredential()
{
    openBoard();
    m_window->workspace().setStarred(u"demo"_s, true);
    QVERIFY(m_window->close());
    QByteArray token, authority;
    m_server->run([&](demo::Server &server) {
        token = server.token();
        authority = server.caPem().toBase64();
    });
    QVERIFY(m_server->kubeconfig().contains(token));
    m_settings->sync();
    QFile file(m_home->filePath(u"w.ini"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray all = file.readAll();
    QVERIFY(all.contains("demo")); // the star and what was open
    QVERIFY(!all.contains(token));
    QVERIFY(!all.contains(token.toBase64()));
    QVERIFY(!all.contains(authority.left(200)));
    QVERIFY(!all.contains("127.0.0.1"));
    QVERIFY(!all.contains("BEGIN"));
}

QTEST_MAIN(Live)
#include "tst_live.moc"
