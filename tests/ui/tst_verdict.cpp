// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The verdict and the pre-checks as a person meets them: the chip, its reasons, the page of checks; by mouse and by
// keyboard.

#include "restart/verdicttext.h"
#include "support/ui_boards.h"
#include "support/ui_fakelink.h"
#include "support/ui_texts.h"
#include "ui/boardview.h"
#include "ui/checksview.h"
#include "ui/headerview.h"
#include "ui/language.h"
#include "ui/mainwindow.h"
#include "ui/settings.h"
#include "ui/theme.h"
#include "ui/verdictchip.h"
#include "ui/verdictpanel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using restart::Code;
using restart::Outcome;
using restart::Severity;
using session::Connection;
using uitest::shows;

namespace {

restart::Verdict forbidden()
{
    restart::Verdict verdict;
    verdict.code = Code::Forbidden;
    verdict.upgrade = {upgrade::Kind::Upgrade, u"harvester-system"_s, u"hvst-upgrade-9gmg2"_s, u"u"_s};
    verdict.reasons = {{u"R10"_s, {u"nodes-running"_s, {}}, verdict.upgrade},
        {u"R11"_s, {u"touched-state"_s, {u"node2"_s, u"Pre-draining"_s}}, {upgrade::Kind::Node, {}, u"node2"_s, {}}}};
    verdict.instead = {{u"evidence"_s, {}}, {u"support"_s, {}}};
    return verdict;
}

session::CheckState someChecks()
{
    session::CheckState checks;
    checks.everRun = true;
    checks.finished = uitest::now();
    checks.intent.source = u"v1.8.2"_s;
    checks.intent.target = u"v1.9.0"_s;
    checks.ids = {u"A12"_s, u"A13"_s, u"B16"_s, u"C02"_s};
    checks.results = {{u"A12"_s, Outcome::Pass, Severity::Block, {}, {}},
        {u"A13"_s, Outcome::Fail, Severity::Block, {{u"Node"_s, {}, u"node2"_s, {}}, {u"Node"_s, {}, u"node3"_s, {}}},
            {}},
        {u"B16"_s, Outcome::Warn, Severity::Warn, {{u"Pod"_s, u"default"_s, u"web"_s, u"ContainersNotReady"_s}}, {}},
        {u"C02"_s, Outcome::CouldNotCheck, Severity::High, {}, u"node-leases: forbidden"_s}};
    checks.server = {restart::ServerAnswer::Kind::Refused, u"node node2 is unschedulable"_s};
    return checks;
}

} // namespace

class VerdictAndChecks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<ui::Theme>(*qApp); }
    void init();
    void cleanup();
    void chipIsAlwaysThere_data();
    void chipIsAlwaysThere();
    void chipOpensReasons();
    void reasonsByKeyboard();
    void objectLeadsToTheNode();
    void newsDoesNotTakeTheFocus();
    void checksRunWhenOpened();
    void oneCheckAgain();
    void detailsAndExport();
    void checksEndWithTheCluster();
    void modelIsSound();
    void bothLanguages();

private:
    uitest::FakeLink *open(const restart::Verdict &verdict, const upgrade::Board &board = uitest::upgrading());
    template<class Widget = QPushButton>
    [[nodiscard]] Widget *child(const QString &name)
    {
        return m_window->findChild<Widget *>(name);
    }
    void click(QWidget *widget) { QTest::mouseClick(widget, Qt::LeftButton); }
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<ui::Settings> m_settings;
    std::unique_ptr<ui::Language> m_language;
    uitest::FakeClusters m_clusters;
    std::unique_ptr<ui::MainWindow> m_window;
};

void VerdictAndChecks::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<ui::Settings>(m_home->filePath(u"r.ini"_s));
    m_language = std::make_unique<ui::Language>();
    m_language->apply(u"en"_s);
    m_clusters = {};
    m_window = std::make_unique<ui::MainWindow>(m_clusters.factory(), *m_settings, *m_theme, *m_language);
    m_window->tick().fix(uitest::now());
    m_window->workspace().setKubeconfig(uitest::contexts({u"a"_s, u"b"_s}));
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void VerdictAndChecks::cleanup()
{
    m_window.reset();
    m_language.reset();
}

uitest::FakeLink *VerdictAndChecks::open(const restart::Verdict &verdict, const upgrade::Board &board)
{
    m_window->workspace().show(u"a"_s);
    uitest::FakeLink *link = m_clusters.links.value(u"a"_s);
    session::ClusterState state = uitest::state(u"a"_s, Connection::State::Online, board);
    state.verdict = verdict;
    link->give(state);
    return link;
}

void VerdictAndChecks::chipIsAlwaysThere_data()
{
    QTest::addColumn<Code>("code");
    for (const Code code : {Code::Nothing, Code::Wait, Code::Safe, Code::SafeAfterBundle, Code::PreferToFix,
             Code::FixFirst, Code::Forbidden})
        QTest::newRow(qPrintable(restart::codeWord(code))) << code;
}

void VerdictAndChecks::chipIsAlwaysThere()
{
    QFETCH(Code, code);
    restart::Verdict verdict = forbidden();
    verdict.code = code;
    open(verdict);
    ui::VerdictChip *chip = m_window->board()->header()->verdict();
    QVERIFY(chip->isVisible());
    QCOMPARE(chip->text(), restart::title(code));
    QVERIFY(chip->accessibleName().contains(restart::title(code)));
    QVERIFY(!chip->accessibleDescription().isEmpty());
    // The picture is not the same for every colour-blind reader: a shape tells it too.
    QVERIFY(code == Code::Nothing || ui::verdictGlyph(code).shape != ui::verdictGlyph(Code::Nothing).shape);
}

void VerdictAndChecks::chipOpensReasons()
{
    open(forbidden());
    ui::VerdictPanel *panel = m_window->board()->verdictPanel();
    QVERIFY(!panel->isVisible());
    click(m_window->board()->header()->verdict());
    QVERIFY(panel->isVisible());
    QVERIFY(shows(*panel, u"The node phase is running"_s));
    QVERIFY(shows(*panel, u"R10"_s));
    QVERIFY(shows(*panel, u"Ask SUSE support"_s));
    QVERIFY(m_window->board()->showsBoard()); // nothing is covered
    QVERIFY(QApplication::activeModalWidget() == nullptr);
    click(child(u"verdictCopy"_s));
    QVERIFY(QApplication::clipboard()->text().contains("forbidden"_L1));
    click(m_window->board()->header()->verdict());
    QVERIFY(!panel->isVisible());
}

void VerdictAndChecks::reasonsByKeyboard()
{
    open(forbidden());
    ui::VerdictChip *chip = m_window->board()->header()->verdict();
    chip->setFocus();
    QTest::keyClick(chip, Qt::Key_Return);
    ui::VerdictPanel *panel = m_window->board()->verdictPanel();
    QVERIFY(panel->isVisible());
    QVERIFY(panel->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!panel->isVisible());
    QCOMPARE(QApplication::focusWidget(), chip);
    child<QAction>(u"verdict"_s)->trigger();
    QVERIFY(panel->isVisible());
}

void VerdictAndChecks::objectLeadsToTheNode()
{
    open(forbidden());
    m_window->board()->showVerdict(true);
    const auto links = m_window->board()->verdictPanel()->findChildren<QPushButton *>(u"verdictObject"_s);
    QCOMPARE(links.size(), 1); // the Upgrade is no link: no view shows it more than this one does
    click(links.constFirst());
    QCOMPARE(m_window->selection().value().node, u"node2"_s);
}

void VerdictAndChecks::newsDoesNotTakeTheFocus()
{
    uitest::FakeLink *link = open(forbidden());
    m_window->board()->showVerdict(true);
    const auto before = m_window->board()->verdictPanel()->findChildren<QPushButton *>(u"verdictObject"_s);
    before.constFirst()->setFocus();
    session::ClusterState state = link->state();
    state.verdict.asOf = uitest::now().addSecs(20);
    state.verdict.resourceVersion = u"8"_s;
    link->give(state);
    QCOMPARE(QApplication::focusWidget(), before.constFirst());
    // Another verdict is told at once, in the open panel too.
    state.verdict.code = Code::Wait;
    state.verdict.reasons = {{QString(), {u"not-known"_s, {}}, {}}};
    state.verdict.missing = {{{u"connection"_s, {}}, {}}};
    link->give(state);
    QVERIFY(shows(*m_window->board()->verdictPanel(), u"The connection is lost"_s));
    QCOMPARE(m_window->board()->header()->verdict()->text(), restart::title(Code::Wait));
}

void VerdictAndChecks::checksRunWhenOpened()
{
    uitest::FakeLink *link = open(forbidden());
    QVERIFY(link->wishes.isEmpty());
    child<QAction>(u"preChecks"_s)->trigger();
    QVERIFY(m_window->board()->showsChecks());
    QVERIFY(m_window->board()->checks()->isVisible());
    QCOMPARE(link->wishes.size(), 1);
    QVERIFY(link->wishes.constFirst().ids.isEmpty());
    session::CheckState running = someChecks();
    running.running = true;
    running.fetched = 3;
    running.toFetch = 40;
    running.pending = {u"A12"_s};
    running.results.removeFirst();
    link->giveChecks(running);
    QVERIFY(shows(*m_window, u"Checking: 3 of 40"_s));
    ui::CheckModel *model = m_window->board()->checks()->model();
    const QModelIndex row = model->indexOf(u"A12"_s);
    QCOMPARE(row.siblingAtColumn(ui::CheckModel::Result).data().toString(), u"Checking…"_s);
    link->giveChecks(someChecks());
    QCOMPARE(row.siblingAtColumn(ui::CheckModel::Result).data().toString(), u"Passed"_s);
    QVERIFY(shows(*m_window, u"1 passed, 1 with a warning, 1 failed, 1 could not be checked"_s));
    click(child(u"checksAll"_s));
    QCOMPARE(link->wishes.size(), 2);
    // While they run the same button ends them.
    link->giveChecks(running);
    click(child(u"checksAll"_s));
    QCOMPARE(link->cancels, 1);
    QTest::keyClick(m_window->board()->checks()->tree(), Qt::Key_Escape);
    QVERIFY(m_window->board()->showsBoard());
}

void VerdictAndChecks::oneCheckAgain()
{
    uitest::FakeLink *link = open(forbidden());
    link->giveChecks(someChecks());
    m_window->board()->showChecks(true);
    QVERIFY(link->wishes.isEmpty()); // made before: shown as they were
    ui::ChecksView *view = m_window->board()->checks();
    view->tree()->setCurrentIndex(view->model()->indexOf(u"A13"_s));
    click(child(u"checksOne"_s));
    QCOMPARE(link->wishes.constLast().ids, QStringList{u"A13"_s});
    view->tree()->setCurrentIndex(view->model()->indexOf(u"server"_s));
    click(child(u"checksOne"_s));
    QCOMPARE(link->wishes.constLast().ids, QStringList{u"server"_s});
    view->tree()->setCurrentIndex(view->model()->indexOf(u"B22"_s)); // only a shell on the node
    QVERIFY(!child(u"checksOne"_s)->isEnabled());
    QVERIFY(child<QPlainTextEdit>(u"checksDetails"_s)->toPlainText().contains("df -B1"_L1));
}

void VerdictAndChecks::detailsAndExport()
{
    uitest::FakeLink *link = open(forbidden());
    link->giveChecks(someChecks());
    m_window->board()->showChecks(true);
    ui::ChecksView *view = m_window->board()->checks();
    view->tree()->setCurrentIndex(view->model()->indexOf(u"A13"_s));
    const QString text = child<QPlainTextEdit>(u"checksDetails"_s)->toPlainText();
    QVERIFY2(text.contains("node2"_L1) && text.contains("node3"_L1) && text.contains("Uncordon"_L1), qPrintable(text));
    view->tree()->setCurrentIndex(view->model()->indexOf(u"C02"_s));
    QVERIFY(child<QPlainTextEdit>(u"checksDetails"_s)->toPlainText().contains("node-leases: forbidden"_L1));
    const QString file = m_home->filePath(u"checks.json"_s);
    QCOMPARE(view->saveTo(file), QString());
    QFile saved(file);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    const QJsonObject json = QJsonDocument::fromJson(saved.readAll()).object();
    QCOMPARE(json.value("schema"_L1).toString(), u"gleaner.check/v1"_s);
    QCOMPARE(json.value("checks"_L1).toArray().size(), 4);
    QCOMPARE(json["server"_L1]["answer"_L1].toString(), u"refused"_s);
    QVERIFY(!view->saveTo(m_home->filePath(u"no/such/folder.json"_s)).isEmpty());
}

void VerdictAndChecks::checksEndWithTheCluster()
{
    open(forbidden());
    m_window->board()->showChecks(true);
    m_window->workspace().show(u"b"_s);
    QVERIFY(!m_window->board()->showsChecks());
    QVERIFY(m_clusters.links.value(u"b"_s)->wishes.isEmpty()); // nothing is asked of the other
    m_window->workspace().show(u"a"_s);
    m_window->board()->showChecks(true);
    m_window->workspace().disconnectFrom(u"a"_s);
    QVERIFY(!m_window->board()->showsChecks());
    QVERIFY(!child<QAction>(u"preChecks"_s)->isEnabled());
}

void VerdictAndChecks::modelIsSound()
{
    ui::CheckModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.present(someChecks());
    QCOMPARE(reset.size(), 1);
    session::CheckState next = someChecks();
    next.results[0].outcome = Outcome::Fail;
    model.present(next);
    QCOMPARE(reset.size(), 1);
    QCOMPARE(changed.size(), 2); // the row and its group's count
    model.present(next);
    QCOMPARE(changed.size(), 2);
    // A new run that does not yet know which checks there are keeps the rows.
    session::CheckState fresh;
    fresh.everRun = fresh.running = true;
    model.present(fresh);
    QCOMPARE(reset.size(), 1);
    QVERIFY(model.indexOf(u"A12"_s).isValid());
    QVERIFY(!model.canRun(model.indexOf(u"B22"_s)));
    QVERIFY(!model.canRun(model.index(0, 0)));
}

void VerdictAndChecks::bothLanguages()
{
    uitest::FakeLink *link = open(forbidden());
    link->giveChecks(someChecks());
    m_window->board()->showVerdict(true);
    m_window->board()->showChecks(true);
    m_language->apply(u"zh_CN"_s);
    QCoreApplication::sendPostedEvents();
    QVERIFY(!shows(*m_window, u"Back to the board"_s));
    QVERIFY(!shows(*m_window, u"The node phase is running"_s));
    QCOMPARE(m_window->board()->header()->verdict()->text(), restart::title(Code::Forbidden));
    for (const QPushButton *button : m_window->board()->findChildren<QPushButton *>()) {
        if (button->isVisible())
            QVERIFY2(
                !button->text().isEmpty() || !button->accessibleName().isEmpty(), qPrintable(button->objectName()));
    }
    m_language->apply(u"en"_s);
    QCoreApplication::sendPostedEvents();
    QVERIFY(shows(*m_window, u"Back to the board"_s));
}

QTEST_MAIN(VerdictAndChecks)
#include "tst_verdict.moc"
