// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A bundle in the window: opened from the menu's path or dropped, shown as of its time, its logs readable, its troubles
// told, and nothing to be done to a cluster.

#include "session/reaper.h"
#include "support/evidence_archives.h"
#include "support/ui_boards.h"
#include "support/ui_fakelink.h"
#include "support/ui_texts.h"
#include "ui/boardview.h"
#include "ui/elidedlabel.h"
#include "ui/historylink.h"
#include "ui/language.h"
#include "ui/logpane.h"
#include "ui/mainwindow.h"
#include "ui/pastbar.h"
#include "ui/settings.h"
#include "ui/stepper.h"
#include "ui/theme.h"

#include <QAction>
#include <QApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using uitest::shows;

class BundleInWindow : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_theme = std::make_unique<ui::Theme>(*qApp); }
    void init();
    void cleanup();
    void showsTheBoardOfThen();
    void logsAreThere();
    void problemsAreTold();
    void nothingCanBeDone();
    void withoutABoard();
    void cannotBeRead();
    void dropped();
    void chosen();
    void inChinese();
    void closesInTheMiddle();

private:
    [[nodiscard]] QString write(const QString &name, const QByteArray &bytes);
    void open(const QString &path);
    void drop(const QString &path);
    [[nodiscard]] const session::ClusterState &state() { return m_window->workspace().shownState(); }

    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<ui::Settings> m_settings;
    std::unique_ptr<ui::Language> m_language;
    uitest::FakeClusters m_fakes;
    std::unique_ptr<ui::MainWindow> m_window;
};

void BundleInWindow::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<ui::Settings>(m_home->filePath(u"w.ini"_s));
    m_language = std::make_unique<ui::Language>();
    m_language->apply(u"en"_s);
    m_window = std::make_unique<ui::MainWindow>(m_fakes.factory(), *m_settings, *m_theme, *m_language);
    m_window->workspace().setKubeconfig(uitest::contexts({u"alpha"_s}));
    m_window->workspace().show(u"alpha"_s);
    m_fakes.links.value(u"alpha"_s)
        ->give(uitest::state(u"alpha"_s, session::Connection::State::Online, uitest::upgrading()));
    m_window->show();
}

void BundleInWindow::cleanup()
{
    m_window.reset();
    m_language.reset();
    QVERIFY(session::joinReaped(20s));
}

QString BundleInWindow::write(const QString &name, const QByteArray &bytes)
{
    support::writeFiles(m_home->path(), {{name, bytes}});
    return m_home->filePath(name);
}

void BundleInWindow::open(const QString &path)
{
    m_window->openBundle(path);
    QTRY_VERIFY(state().logsSettled && state().pastMoment.isValid());
}

void BundleInWindow::drop(const QString &path)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &event);
}

void BundleInWindow::showsTheBoardOfThen()
{
    open(write(u"sb.zip"_s, support::zipOf(support::supportBundle(), u"supportbundle_1"_s)));
    const QDateTime then(QDate(2026, 9, 3), QTime(12, 0), QTimeZone::UTC);
    QCOMPARE(state().pastMoment, then);
    QCOMPARE(m_window->tick().now(), then);
    QVERIFY(m_window->board()->pastBar()->isVisible());
    QVERIFY(shows(*m_window, u"Support bundle sb.zip — as of "_s + ui::localTime(then)));
    QVERIFY(m_window->windowTitle().contains(u"sb.zip, bundle"_s));
    QVERIFY(m_window->board()->stepper()->isVisible());
    QVERIFY(m_window->board()->stepper()->itemName(3).contains(u"Running"_s)
        || m_window->board()->stepper()->itemName(3).contains(u"Stuck"_s));
    m_window->board()->pastBar()->findChild<QPushButton *>(u"leavePast"_s)->click();
    QVERIFY(m_window->board()->pastBar()->isHidden());
    QVERIFY(!state().pastMoment.isValid());
}

void BundleInWindow::logsAreThere()
{
    open(write(u"sb.zip"_s, support::zipOf(support::supportBundle())));
    QVERIFY(m_window->logs()->isVisible());
    const auto &kept = *state().evidence.logs;
    QCOMPARE(kept.jobs.size(), 1);
    QCOMPARE(kept.jobs[0].pods.size(), 1);
    QStringList names;
    for (const evidence::ContainerLog &log : kept.jobs[0].pods[0].containers) {
        names.append(log.container);
        QVERIFY2(QFileInfo(log.path).isFile(), qPrintable(log.path));
    }
    QCOMPARE(names, (QStringList{u"apply.1"_s, u"apply"_s})); // as they ran
    // Those of no Job: a pod, a node, and what stood by itself.
    QCOMPARE(kept.pods.size(), 3);
    m_window->logs()->showJob(kept.jobs[0].job.job);
    QTRY_VERIFY(shows(*m_window->logs(), u"apply-manifests"_s));
}

void BundleInWindow::problemsAreTold()
{
    support::Files files = support::supportBundle();
    files.insert(u"yamls/namespaced/default/v1/pods.yaml"_s, "kind: [");
    open(write(u"sb.zip"_s, support::zipOf(files)));
    const auto *line = m_window->board()->pastBar()->findChild<ui::ElidedLabel *>(u"bundleProblems"_s);
    QVERIFY(line && line->isVisible());
    QVERIFY2(line->text().startsWith(u"2 parts could not be read"_s), qPrintable(line->text()));
    QVERIFY(line->accessibleDescription().contains(u"pods.yaml"_s));
}

void BundleInWindow::nothingCanBeDone()
{
    open(write(u"sb.zip"_s, support::zipOf(support::supportBundle())));
    for (const char *name : {"connect", "disconnect", "retry"})
        QVERIFY(!m_window->findChild<QAction *>(QLatin1StringView(name))->isEnabled());
    QCOMPARE(m_window->workspace().shownLink()->openLog({}).get(), nullptr);
}

void BundleInWindow::withoutABoard()
{
    m_window->openBundle(write(u"rancher.log"_s, "level=error msg=x\n"));
    QTRY_VERIFY(shows(*m_window, u"There is no board in this bundle"_s));
    QVERIFY(shows(*m_window, u"File rancher.log"_s));
    QVERIFY(shows(*m_window, u"gleaner diagnose"_s));
}

void BundleInWindow::cannotBeRead()
{
    m_window->openBundle(m_home->filePath(u"gone.zip"_s));
    QTRY_VERIFY(shows(*m_window, u"This bundle cannot be read"_s));
    QVERIFY(shows(*m_window, u"gone.zip"_s));
}

void BundleInWindow::dropped()
{
    support::writeFiles(m_home->filePath(u"folder"_s), support::supportBundle());
    drop(m_home->filePath(u"folder"_s));
    QTRY_VERIFY(shows(*m_window, u"Support bundle folder"_s));
    // A kubeconfig is none.
    drop(write(u"config"_s,
        "apiVersion: v1\nkind: Config\nclusters: [{name: c, cluster: {server: \"https://127.0.0.1:1\"}}]\n"
        "users: [{name: u, user: {}}]\ncontexts: [{name: dropped-here, context: {cluster: c, user: u}}]\n"));
    QTRY_VERIFY(m_window->workspace().kubeconfig().find(u"dropped-here"_s));
}

void BundleInWindow::chosen()
{
    auto *action = m_window->findChild<QAction *>(u"openBundle"_s);
    QVERIFY(action && action->isEnabled());
    action->trigger();
    auto *dialog = m_window->findChild<QFileDialog *>(u"bundleDialog"_s);
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(write(u"sb.zip"_s, support::zipOf(support::supportBundle())));
    dialog->close();
    QTRY_VERIFY(shows(*m_window, u"Support bundle sb.zip"_s));
}

void BundleInWindow::inChinese()
{
    open(write(u"sb.zip"_s, support::zipOf(support::supportBundle())));
    m_language->apply(u"zh_CN"_s);
    QTRY_VERIFY(shows(*m_window, u"支持包 sb.zip"_s));
    QVERIFY(!shows(*m_window, u"Support bundle"_s));
}

void BundleInWindow::closesInTheMiddle()
{
    support::Files files = support::supportBundle();
    files.insert(u"logs/a/b/c.log"_s, QByteArray(20 * 1024 * 1024, 'x'));
    m_window->openBundle(write(u"sb.zip"_s, support::zipOf(files)));
    m_window.reset();
    QVERIFY(session::joinReaped(20s));
}

QTEST_MAIN(BundleInWindow)
#include "tst_bundle.moc"
