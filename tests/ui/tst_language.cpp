// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// English and Chinese, switched while the window is open: nothing stays in the other language.

#include "support/ui_boards.h"
#include "support/ui_fakelink.h"
#include "support/ui_texts.h"
#include "ui/boardview.h"
#include "ui/language.h"
#include "ui/mainwindow.h"
#include "ui/nodemodel.h"
#include "ui/nodetable.h"
#include "ui/settings.h"
#include "ui/stepper.h"
#include "ui/theme.h"
#include "ui/timeline.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using session::Connection;
using uitest::visibleTexts;

class LanguageSwitch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void wholeWindow_data();
    void wholeWindow();
    void menuSwitches();
    void modelTexts();
    void plurals();

private:
    void apply(const QString &code);
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<ui::Settings> m_settings;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::Language> m_language;
    uitest::FakeClusters m_clusters;
    std::unique_ptr<ui::MainWindow> m_window;
};

void LanguageSwitch::initTestCase()
{
    QVERIFY(QFile::exists(u":/i18n/gleaner_zh_CN.qm"_s));
    m_theme = std::make_unique<ui::Theme>(*qApp);
}

void LanguageSwitch::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<ui::Settings>(m_home->filePath(u"w.ini"_s));
    m_language = std::make_unique<ui::Language>();
    m_language->apply(u"en"_s);
    m_clusters = {};
    m_window = std::make_unique<ui::MainWindow>(m_clusters.factory(), *m_settings, *m_theme, *m_language);
    m_window->tick().fix(uitest::now());
    m_window->workspace().setKubeconfig(uitest::contexts({u"berlin"_s, u"broken-d"_s}));
    m_window->resize(1600, 1000);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void LanguageSwitch::cleanup()
{
    m_window.reset();
    m_language.reset();
}

void LanguageSwitch::apply(const QString &code)
{
    m_language->apply(code);
    QCoreApplication::processEvents(); // buttons made anew are shown by the event loop
}

void LanguageSwitch::wholeWindow_data()
{
    QTest::addColumn<session::ClusterState>("state");
    session::ClusterState online = uitest::state(u"berlin"_s, Connection::State::Online, uitest::upgrading());
    online.connection.insecure = true;
    online.connection.actingAs = u"somebody"_s;
    QTest::newRow("upgrading") << online;
    QTest::newRow("failed") << uitest::state(u"berlin"_s, Connection::State::Online, uitest::failed());
    QTest::newRow("no upgrade") << uitest::state(u"berlin"_s, Connection::State::Online, uitest::noUpgrade());
    QTest::newRow("connecting") << uitest::state(u"berlin"_s, Connection::State::Connecting);
    session::ClusterState lost = uitest::state(u"berlin"_s, Connection::State::Offline, uitest::upgrading());
    lost.connection.error = uitest::error(kube::ErrorKind::Refused);
    lost.connection.retryAt = uitest::now().addSecs(8);
    QTest::newRow("lost") << lost;
}

void LanguageSwitch::wholeWindow()
{
    QFETCH(session::ClusterState, state);
    m_window->workspace().show(u"berlin"_s);
    m_clusters.links.value(u"berlin"_s)->give(state);
    QCoreApplication::processEvents(); // layout
    const QStringList english = visibleTexts(*m_window);
    QVERIFY(english.size() > 20);
    apply(u"zh_CN"_s);
    const QStringList chinese = visibleTexts(*m_window);
    // Names of things, and words that both languages write the same way.
    static const QRegularExpression same(
        u"^(hvst-upgrade-.*|v1\\..*|Harvester.*|berlin|.*10\\.0\\.0\\.7.*|Kubernetes|VMs?|Jobs?( "
        u"\\(\\d+\\))?|English|简体中文|UTC|node\\d.*|"
        "Connection refused|[^A-Za-z]*|apply-manifests.*|pre-drain.*|post-drain.*)$"_s);
    for (const QString &text : english) {
        if (!same.match(text).hasMatch())
            QVERIFY2(!chinese.contains(text), qPrintable(u"still English: "_s + text));
    }
    QVERIFY(chinese.contains(u"文件(&F)"_s));
    QVERIFY(chinese.contains(u"集群"_s));
    QVERIFY(chinese.contains(u"筛选集群"_s));
    apply(u"en"_s);
    for (const QString &text : english)
        QTRY_VERIFY2(visibleTexts(*m_window).contains(text), qPrintable(u"not back: "_s + text));
    const QStringList again = visibleTexts(*m_window);
    for (const QString &text : again)
        QVERIFY2(!QRegularExpression(u"[\u4e00-\u9fff]"_s).match(text).hasMatch() || text == u"简体中文"_s,
            qPrintable(u"still Chinese: "_s + text));
}

void LanguageSwitch::menuSwitches()
{
    m_window->findChild<QAction *>(u"chinese"_s)->trigger();
    QCoreApplication::sendPostedEvents();
    QCOMPARE(m_language->code(), u"zh_CN"_s);
    QVERIFY(visibleTexts(*m_window).contains(u"帮助(&H)"_s));
    QCOMPARE(m_settings->text(u"window/language"_s), u"zh_CN"_s);
    m_window->findChild<QAction *>(u"english"_s)->trigger();
    QCoreApplication::sendPostedEvents();
    QVERIFY(visibleTexts(*m_window).contains(u"&Help"_s));
}

void LanguageSwitch::modelTexts()
{
    m_window->workspace().show(u"berlin"_s);
    m_clusters.links.value(u"berlin"_s)
        ->give(uitest::state(u"berlin"_s, Connection::State::Online, uitest::upgrading()));
    m_window->selection().selectNode(u"node2"_s);
    QTableView *view = m_window->board()->nodes()->view();
    QAbstractItemModel *model = view->model();
    const QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy reset(model, &QAbstractItemModel::modelReset);
    const auto texts = [&] {
        QStringList all;
        for (int row = 0; row < model->rowCount(); ++row)
            all.append(model->index(row, ui::NodeModel::StateColumn).data().toString());
        all.append(model->headerData(ui::NodeModel::StateColumn, Qt::Horizontal).toString());
        all.append(m_window->board()->stepper()->itemName(4));
        all.append(m_window->board()->timeline()->itemName(1));
        return all;
    };
    const QStringList english = texts();
    apply(u"zh_CN"_s);
    const QStringList chinese = texts();
    QCOMPARE(chinese.size(), english.size());
    for (qsizetype i = 0; i < english.size(); ++i)
        QVERIFY2(chinese.at(i) != english.at(i), qPrintable(english.at(i)));
    QVERIFY(chinese.contains(u"状态"_s));
    // Rows, selection and current row are where they were.
    QCOMPARE(reset.size(), 0);
    QCOMPARE(view->currentIndex().data().toString(), u"node2"_s);
    QCOMPARE(m_window->selection().value().node, u"node2"_s);
    apply(u"en"_s);
    QCOMPARE(texts(), english);
}

void LanguageSwitch::plurals()
{
    // broken-d has one problem.
    QVERIFY2(uitest::shows(*m_window, u"1 problem in kubeconfig files"_s),
        qPrintable(visibleTexts(*m_window).join(u" | "_s)));
    m_window->workspace().setKubeconfig(uitest::contexts({u"broken-d"_s, u"broken-e"_s}));
    QVERIFY(uitest::shows(*m_window, u"2 problems in kubeconfig files"_s));
    apply(u"zh_CN"_s);
    QVERIFY(!uitest::shows(*m_window, u"problem"_s));
}

QTEST_MAIN(LanguageSwitch)
#include "tst_language.moc"
