// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Everything around the log view: search as one types, filters, rules, problems, saving, files of this machine.

#include "logs/filedocument.h"
#include "logs/memorydocument.h"
#include "logs/search.h"
#include "support/ui_logs.h"
#include "ui/elidedlabel.h"
#include "ui/logmarks.h"
#include "ui/logrules.h"
#include "ui/logrulesdialog.h"
#include "ui/logsaver.h"
#include "ui/logsearchbar.h"
#include "ui/logviewer.h"
#include "ui/logwindow.h"
#include "ui/settings.h"

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using uitest::FakeDocument;

class LogViewerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void searchesAsOneTypes();
    void searchOfEachKind_data();
    void searchOfEachKind();
    void wrongExpressionIsSaid();
    void nextAndPreviousGoRound();
    void followingIsNotLostByTyping();
    void listOfAllMatches();
    void listShowsLinesAround();
    void newLinesAreSearchedToo();
    void includeAndExclude();
    void levelsAsFilter();
    void wrongFilterIsSaid();
    void filterKeepsThePlace();
    void problemsOneAfterTheOther();
    void rulesAreKept();
    void savesTheWholeLog_data();
    void savesTheWholeLog();
    void savesWhatIsFilteredToo();
    void savingCanBeStopped();
    void savingToNowhereIsSaid();
    void opensAFileOfThisMachine();
    void choicesAreKept();
    void showsTheLineOfAStatement();
    void keysReachEverything();

private:
    ui::LogViewer &show(std::unique_ptr<logs::Document> document, ui::LogView::Start start = ui::LogView::Start::Begin);
    void settled() { QTRY_VERIFY(m_viewer->search() && !m_viewer->search()->isRunning()); }
    template<class T>
    T *part(const char *name)
    {
        return m_viewer->findChild<T *>(QLatin1StringView(name));
    }

    QTemporaryDir m_dir;
    std::unique_ptr<ui::Settings> m_settings;
    std::unique_ptr<ui::LogViewer> m_viewer;
};

namespace {

std::unique_ptr<logs::Document> textOf(const QByteArray &text)
{
    return std::make_unique<logs::MemoryDocument>(text);
}

/// 10,000 lines; each hundredth is a warning, each thousandth an error.
std::unique_ptr<logs::Document> manyLines()
{
    QByteArray text;
    for (int i = 0; i < 10'000; ++i) {
        const char *level = i % 1000 == 999 ? "error" : i % 100 == 99 ? "warning" : "info";
        text += "time=\"2026-11-25T12:00:00Z\" level=" + QByteArray(level) + " msg=\"line " + QByteArray::number(i)
            + " of machine custom-" + QByteArray::number(i % 7) + "\"\n";
    }
    return textOf(text);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void LogViewerTest::init()
{
    QFile::remove(m_dir.filePath(u"settings.ini"_s));
    m_settings = std::make_unique<ui::Settings>(m_dir.filePath(u"settings.ini"_s));
    m_viewer = std::make_unique<ui::LogViewer>(*m_settings);
    m_viewer->resize(900, 500);
}

void LogViewerTest::cleanup()
{
    m_viewer.reset();
    m_settings.reset();
}

ui::LogViewer &LogViewerTest::show(std::unique_ptr<logs::Document> document, ui::LogView::Start start)
{
    m_viewer->setDocument(std::move(document), {.start = start, .saveName = u"test.log"_s});
    m_viewer->setVisible(true);
    [&] { QVERIFY(QTest::qWaitForWindowExposed(m_viewer.get())); }();
    m_viewer->view()->setFocus();
    return *m_viewer;
}

void LogViewerTest::searchesAsOneTypes()
{
    ui::LogViewer &viewer = show(manyLines());
    QTest::keySequence(viewer.view(), QKeySequence::Find);
    QLineEdit *edit = viewer.searchBar()->edit();
    QVERIFY(edit->hasFocus());
    QTest::keyClicks(edit, u"line 4321"_s);
    settled();
    QCOMPARE(viewer.search()->count(), 1);
    // It is shown and marked without being asked for.
    QTRY_COMPARE(viewer.view()->currentMatch(), 4321);
    QVERIFY(viewer.view()->seenRows().contains(4321));
    QCOMPARE(viewer.searchBar()->count()->text(), u"1 of 1"_s);
    // A shorter text begins from where one looked at first, not from the match before.
    QTest::keyClick(edit, Qt::Key_Backspace);
    settled();
    QCOMPARE(viewer.search()->count(), 11); // 432, 4320 … 4329
    QTest::keyClick(edit, Qt::Key_Escape);
    QVERIFY(viewer.searchBar()->isHidden());
    QVERIFY(viewer.view()->hasFocus());
    QVERIFY(!viewer.search());
}

void LogViewerTest::searchOfEachKind_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("regex");
    QTest::addColumn<bool>("caseSensitive");
    QTest::addColumn<bool>("word");
    QTest::addColumn<int>("count");
    QTest::newRow("literal, any case") << u"ERROR"_s << false << false << false << 4;
    QTest::newRow("literal, same case") << u"Error"_s << false << true << false << 2;
    QTest::newRow("whole word") << u"error"_s << false << false << true << 3;
    QTest::newRow("whole word, same case") << u"Error"_s << false << true << true << 2;
    QTest::newRow("regex") << u"^E\\w+ \\d"_s << true << false << false << 2;
    QTest::newRow("regex, same case") << u"[a-z]rrors?$"_s << true << true << false << 1;
    QTest::newRow("dots are dots") << u"1.5"_s << false << false << false << 1;
    QTest::newRow("regex dots are any") << u"1.5"_s << true << false << false << 2;
    QTest::newRow("Chinese") << u"错误"_s << false << false << false << 1;
}

void LogViewerTest::searchOfEachKind()
{
    QFETCH(QString, text);
    QFETCH(bool, regex);
    QFETCH(bool, caseSensitive);
    QFETCH(bool, word);
    QFETCH(int, count);
    ui::LogViewer &viewer = show(textOf("Error 1.5\nerror 105\nno errors\nan Error\n发生错误\n"));
    viewer.searchBar()->regex()->setChecked(regex);
    viewer.searchBar()->caseSensitive()->setChecked(caseSensitive);
    viewer.searchBar()->wholeWord()->setChecked(word);
    viewer.setQuery(text);
    settled();
    QCOMPARE(viewer.search()->count(), count);
}

void LogViewerTest::wrongExpressionIsSaid()
{
    ui::LogViewer &viewer = show(textOf("a(b\nc\n"));
    viewer.setQuery(u"a(b"_s);
    settled();
    QCOMPARE(viewer.search()->count(), 1); // as text it is fine
    auto *error = part<QLabel>("searchError");
    QVERIFY(error->isHidden());
    viewer.searchBar()->regex()->setChecked(true);
    QVERIFY(!error->isHidden());
    QVERIFY(!error->text().isEmpty());
    QCOMPARE(viewer.searchBar()->edit()->accessibleDescription(), error->text());
    viewer.setQuery(u"a\\(b"_s);
    QVERIFY(error->isHidden());
    settled();
    QCOMPARE(viewer.search()->count(), 1);
}

void LogViewerTest::nextAndPreviousGoRound()
{
    ui::LogViewer &viewer = show(textOf("one\nmatch a\ntwo\nmatch b\nthree\nmatch c\n"));
    viewer.setQuery(u"match"_s);
    settled();
    QTRY_COMPARE(viewer.view()->currentMatch(), 1);
    QTest::keyClick(viewer.searchBar()->edit(), Qt::Key_Return);
    QCOMPARE(viewer.view()->currentMatch(), 3);
    QCOMPARE(viewer.searchBar()->count()->text(), u"2 of 3"_s);
    QTest::keyClick(viewer.searchBar()->edit(), Qt::Key_Return);
    QTest::keyClick(viewer.searchBar()->edit(), Qt::Key_Return);
    QCOMPARE(viewer.view()->currentMatch(), 1); // from the begin again, and said
    QVERIFY(viewer.status()->text().contains(u"begin"_s));
    QTest::keyClick(viewer.searchBar()->edit(), Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(viewer.view()->currentMatch(), 5);
    viewer.view()->setFocus();
    QTest::keyClick(viewer.view(), Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(viewer.view()->currentMatch(), 3);
    QTest::keyClick(viewer.view(), Qt::Key_F3);
    QCOMPARE(viewer.view()->currentMatch(), 5);
    QCOMPARE(viewer.view()->selectedRows(), std::pair(qint64(5), qint64(5)));
}

void LogViewerTest::followingIsNotLostByTyping()
{
    auto made = std::make_unique<FakeDocument>(5000);
    FakeDocument *document = made.get();
    ui::LogViewer &viewer = show(std::move(made), ui::LogView::Start::End);
    QVERIFY(viewer.view()->isFollowing());
    viewer.setQuery(u"line 10"_s);
    settled();
    QVERIFY(viewer.search()->count() > 0);
    QVERIFY(viewer.view()->isFollowing());
    document->setRows(6000);
    QVERIFY(viewer.view()->seenRows().contains(5999));
}

void LogViewerTest::listOfAllMatches()
{
    ui::LogViewer &viewer = show(manyLines());
    viewer.setQuery(u"level=error"_s);
    settled();
    viewer.searchBar()->list()->click();
    QVERIFY(viewer.matchList()->isVisible());
    QTRY_COMPARE(viewer.matchList()->rowCount(), 10);
    QVERIFY(viewer.matchList()->plainText(3).contains(u"line 3999 "_s));
    QVERIFY(viewer.view()->isVisible()); // beside the full view
    // Moving in the list moves the view.
    viewer.matchList()->setFocus();
    viewer.matchList()->selectRows(0, 0);
    QTest::keyClick(viewer.matchList(), Qt::Key_Down);
    QCOMPARE(viewer.view()->currentMatch(), 1999);
    QVERIFY(viewer.view()->seenRows().contains(1999));
    viewer.searchBar()->list()->click();
    QVERIFY(viewer.matchList()->isHidden());
}

void LogViewerTest::listShowsLinesAround()
{
    ui::LogViewer &viewer = show(manyLines());
    viewer.setQuery(u"level=error"_s);
    settled();
    viewer.searchBar()->list()->click();
    auto *context = part<QSpinBox>("logContext");
    QVERIFY(context->isVisible());
    context->setValue(2);
    QTRY_COMPARE(viewer.matchList()->rowCount(), 48); // 5 for each, but nothing behind the last line
    QVERIFY(viewer.matchList()->plainText(0).contains(u"line 997 "_s));
    QVERIFY(viewer.matchList()->plainText(4).contains(u"line 1001 "_s));
}

void LogViewerTest::newLinesAreSearchedToo()
{
    auto made = std::make_unique<FakeDocument>(100);
    FakeDocument *document = made.get();
    ui::LogViewer &viewer = show(std::move(made));
    viewer.setQuery(u"line"_s);
    settled();
    QCOMPARE(viewer.search()->count(), 100);
    document->setRows(250);
    QTRY_COMPARE(viewer.search()->count(), 250);
}

void LogViewerTest::includeAndExclude()
{
    ui::LogViewer &viewer = show(manyLines());
    QTest::keyClick(viewer.view(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(viewer.filterBar()->include()->hasFocus());
    QTest::keyClicks(viewer.filterBar()->include(), u"level=warning"_s);
    QTRY_COMPARE(viewer.view()->rowCount(), 90);
    viewer.filterBar()->exclude()->setText(u"custom-3"_s);
    qint64 expected = 0;
    for (int i = 0; i < 10'000; ++i)
        expected += i % 100 == 99 && i % 1000 != 999 && i % 7 != 3;
    QTRY_COMPARE(viewer.view()->rowCount(), expected);
    QVERIFY(viewer.status()->text().contains(QLocale().toString(expected)));
    QVERIFY(viewer.status()->text().contains(QLocale().toString(10'000)));
    for (qint64 row = 0; row < viewer.view()->rowCount(); ++row) {
        QVERIFY(viewer.view()->plainText(row).contains(u"level=warning"_s));
        QVERIFY(!viewer.view()->plainText(row).contains(u"custom-3"_s));
    }
    viewer.filterBar()->regex()->setChecked(true);
    viewer.filterBar()->include()->setText(u"line 12\\d\\d "_s);
    viewer.filterBar()->exclude()->clear();
    QTRY_COMPARE(viewer.view()->rowCount(), 100);
    QTest::keyClick(viewer.filterBar()->include(), Qt::Key_Escape);
    QVERIFY(viewer.filterBar()->isHidden());
    QTRY_COMPARE(viewer.view()->rowCount(), 10'000);
}

void LogViewerTest::levelsAsFilter()
{
    ui::LogViewer &viewer = show(manyLines());
    viewer.filterBar()->show();
    viewer.filterBar()->levels()->setCurrentIndex(1);
    QTRY_COMPARE(viewer.view()->rowCount(), 100);
    viewer.filterBar()->levels()->setCurrentIndex(2);
    QTRY_COMPARE(viewer.view()->rowCount(), 10);
    // Both together
    viewer.filterBar()->include()->setText(u"line 2"_s);
    QTRY_COMPARE(viewer.view()->rowCount(), 1);
    viewer.setQuery(u"custom"_s);
    settled();
    QCOMPARE(viewer.search()->count(), 1); // what is not shown is not found
    QCOMPARE(viewer.baseRow(0), 2999);
    QCOMPARE(viewer.shownRow(2999), 0);
}

void LogViewerTest::wrongFilterIsSaid()
{
    ui::LogViewer &viewer = show(manyLines());
    viewer.filterBar()->show();
    viewer.filterBar()->regex()->setChecked(true);
    viewer.filterBar()->include()->setText(u"line (12"_s);
    auto *error = part<QLabel>("filterError");
    QVERIFY(!error->isHidden());
    QCOMPARE(viewer.view()->rowCount(), 10'000); // all, rather than none
    viewer.filterBar()->include()->setText(u"line (12)"_s);
    QVERIFY(error->isHidden());
    QTRY_COMPARE(viewer.view()->rowCount(), 111);
}

void LogViewerTest::filterKeepsThePlace()
{
    ui::LogViewer &viewer = show(manyLines());
    viewer.view()->goTo(5099); // a warning
    viewer.filterBar()->show();
    viewer.filterBar()->levels()->setCurrentIndex(1);
    QTRY_COMPARE(viewer.view()->rowCount(), 100);
    QTRY_VERIFY(viewer.view()->seenRows().contains(viewer.shownRow(5099)));
    viewer.filterBar()->levels()->setCurrentIndex(0);
    QTRY_COMPARE(viewer.view()->rowCount(), 10'000);
    QTRY_VERIFY(viewer.view()->seenRows().contains(5099));
}

void LogViewerTest::problemsOneAfterTheOther()
{
    ui::LogViewer &viewer = show(manyLines());
    QTRY_VERIFY(viewer.view()->marks()->rowAt(viewer.view()->marks()->height() / 2) >= 0);
    // Levels are looked for in the background.
    bool there = false;
    const auto press = [&] {
        QTest::keyClick(viewer.view(), Qt::Key_F8);
        return viewer.view()->caret() == 99;
    };
    QTRY_VERIFY(there = there || press());
    QTest::keyClick(viewer.view(), Qt::Key_F8);
    QCOMPARE(viewer.view()->caret(), 199);
    QTest::keyClick(viewer.view(), Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(viewer.view()->caret(), 99);
    QTest::keyClick(viewer.view(), Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(viewer.view()->caret(), 99);
    QVERIFY(viewer.status()->text().contains(u"before this line"_s));
    viewer.view()->goTo(9999);
    QTest::mouseClick(part<QToolButton>("log-problem-next"), Qt::LeftButton);
    QVERIFY(viewer.status()->text().contains(u"after this line"_s));
    viewer.setDocument(textOf("level=info msg=fine\n"));
    QTRY_VERIFY([&] {
        viewer.nextProblem(false);
        return viewer.status()->text().contains(u"No warning and no error in this log"_s);
    }());
}

void LogViewerTest::rulesAreKept()
{
    ui::LogViewer &viewer = show(textOf("alpha beta\nnothing\nalpha\n"));
    const QImage plain = viewer.view()->grab().toImage();
    QAction *edit = nullptr;
    for (QAction *action : part<QToolButton>("log-more")->menu()->actions()) {
        if (action->text().contains(u"rules"_s))
            edit = action;
    }
    QVERIFY(edit);
    edit->trigger();
    auto *dialog = viewer.findChild<ui::LogRulesDialog *>();
    QVERIFY(dialog);
    const auto fields = [&] { return dialog->findChildren<QLineEdit *>(); };
    QCOMPARE(fields().size(), 1);
    QTest::keyClicks(fields().constFirst(), u"alpha"_s);
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"addRule"_s), Qt::LeftButton);
    QCOMPARE(fields().size(), 2);
    QTest::keyClicks(fields().constLast(), u"beta"_s);
    QVERIFY(viewer.view()->grab().toImage() != plain); // at once, while the dialog stands
    dialog->reject();
    QList<ui::LogRule> kept = ui::loadRules(*m_settings);
    QCOMPARE(kept.size(), 2);
    QCOMPARE(kept.at(0).query.text, u"alpha"_s);
    QVERIFY(kept.at(0).colour != kept.at(1).colour);
    // Another view, another day.
    m_settings->sync();
    ui::Settings again(m_dir.filePath(u"settings.ini"_s));
    QCOMPARE(ui::loadRules(again), kept);
    ui::LogViewer other(again);
    other.resize(viewer.size());
    other.setDocument(textOf("alpha beta\nnothing\nalpha\n"), {.start = ui::LogView::Start::Begin});
    other.setVisible(true);
    QVERIFY(QTest::qWaitForWindowExposed(&other));
    QCOMPARE(other.view()->viewport()->grab().toImage(), viewer.view()->viewport()->grab().toImage());
    // A rule that is off colours nothing.
    kept[0].enabled = kept[1].enabled = false;
    viewer.view()->setRules(kept);
    viewer.view()->setFocus();
    QCOMPARE(viewer.view()->grab().toImage(), plain);
}

void LogViewerTest::savesTheWholeLog_data()
{
    QTest::addColumn<bool>("stamps");
    QTest::newRow("without times") << false;
    QTest::newRow("with times") << true;
}

void LogViewerTest::savesTheWholeLog()
{
    QFETCH(bool, stamps);
    constexpr int count = 300'000; // more than any buffer of a view
    const auto textOfLine = [](qint64 row) { return "text " + QByteArray::number(row) + "\x1b[31m red\x1b[0m"; };
    const QByteArray stamp = "2026-11-25T11:59:00.123456789Z";
    auto document = std::make_unique<FakeDocument>(count, [&](qint64 row) {
        logs::Row one;
        if (row == 0) {
            one.divider.kind = logs::Divider::Kind::Source;
            return one;
        }
        one.line = row;
        one.stamp = stamp;
        one.text = textOfLine(row);
        return one;
    });
    ui::LogViewer &viewer = show(std::move(document));
    viewer.save(stamps);
    auto *dialog = viewer.findChild<QFileDialog *>();
    QVERIFY(dialog);
    const QString path = m_dir.filePath(u"saved.log"_s);
    QFile::remove(path);
    QVERIFY(QMetaObject::invokeMethod(dialog, "fileSelected", Q_ARG(QString, path)));
    QVERIFY(viewer.saver()->isRunning());
    QTRY_VERIFY_WITH_TIMEOUT(!viewer.saver()->isRunning(), 60'000);
    QByteArray expected;
    for (qint64 row = 1; row < count; ++row)
        expected += (stamps ? stamp + ' ' : QByteArray()) + textOfLine(row) + '\n';
    QVERIFY(contentOf(path) == expected);
    QVERIFY(viewer.status()->text().contains(u"saved.log"_s));
}

void LogViewerTest::savesWhatIsFilteredToo()
{
    ui::LogViewer &viewer = show(manyLines());
    viewer.filterBar()->include()->setText(u"level=error"_s);
    QTRY_COMPARE(viewer.view()->rowCount(), 10);
    viewer.save(false);
    const QString path = m_dir.filePath(u"whole.log"_s);
    QMetaObject::invokeMethod(viewer.findChild<QFileDialog *>(), "fileSelected", Q_ARG(QString, path));
    QTRY_VERIFY(!viewer.saver()->isRunning());
    QCOMPARE(contentOf(path).count('\n'), 10'000);
}

void LogViewerTest::savingCanBeStopped()
{
    const FakeDocument document(50'000'000);
    ui::LogSaver saver;
    const QString path = m_dir.filePath(u"stopped.log"_s);
    QVERIFY(saver.start(document.content(), path, {}));
    QVERIFY(!saver.start(document.content(), path, {})); // one at a time
    saver.cancel();
    QTRY_VERIFY(!saver.isRunning());
    QVERIFY(!QFile::exists(path)); // whole or not at all
}

void LogViewerTest::savingToNowhereIsSaid()
{
    ui::LogViewer &viewer = show(textOf("a\n"));
    viewer.save(false);
    const QString path = m_dir.filePath(u"no/such/folder/a.log"_s);
    QMetaObject::invokeMethod(viewer.findChild<QFileDialog *>(), "fileSelected", Q_ARG(QString, path));
    QTRY_VERIFY(!viewer.saver()->isRunning());
    QVERIFY2(viewer.status()->text().contains(u"could not be saved"_s), qPrintable(viewer.status()->text()));
}

void LogViewerTest::opensAFileOfThisMachine()
{
    const QString path = m_dir.filePath(u"local.log"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("2026-11-25T11:59:00.123456789Z first\n2026-11-25T11:59:01.5Z second\n");
    file.flush();
    QPointer<ui::LogWindow> window = ui::LogWindow::openFile(path, *m_settings);
    ui::LogView *view = window->viewer()->view();
    QTRY_COMPARE(view->rowCount(), 2);
    QCOMPARE(view->plainText(0), u"first"_s); // its times are times
    view->setTimes(ui::LogTimes::Utc);
    QCOMPARE(view->plainText(1), u"11-25 11:59:01.500Z second"_s);
    file.write("2026-11-25T11:59:02Z third\n"); // it is written to still
    file.flush();
    QTRY_COMPARE(view->rowCount(), 3);
    QVERIFY(window->windowTitle().contains(u"local.log"_s));
    QTest::keySequence(view, QKeySequence::Close);
    QTRY_VERIFY(!window);
    // A file without times, and one that is not there.
    QVERIFY(file.resize(0));
    file.seek(0);
    file.write("plain\n");
    file.flush();
    window = ui::LogWindow::openFile(path, *m_settings);
    QTRY_COMPARE(window->viewer()->view()->plainText(0), u"plain"_s);
    window->close();
    window = ui::LogWindow::openFile(m_dir.filePath(u"nowhere.log"_s), *m_settings);
    QTRY_VERIFY(!window->viewer()->status()->text().isEmpty());
    window->close();
    QTRY_VERIFY(!window);
}

void LogViewerTest::choicesAreKept()
{
    ui::LogViewer &viewer = show(manyLines());
    QTest::keyClick(viewer.view(), Qt::Key_Z, Qt::AltModifier);
    QVERIFY(viewer.view()->wrap());
    QTest::keyClick(viewer.view(), Qt::Key_T, Qt::AltModifier);
    QCOMPARE(viewer.view()->times(), ui::LogTimes::Relative);
    QTest::keyClick(viewer.view(), Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(viewer.view()->zoom(), 1);
    ui::LogViewer other(*m_settings);
    QVERIFY(other.view()->wrap());
    QVERIFY(other.matchList()->wrap());
    QCOMPARE(other.view()->times(), ui::LogTimes::Relative);
    QCOMPARE(other.view()->zoom(), 1);
    // All four in turn, and round.
    for (const auto times : {ui::LogTimes::Local, ui::LogTimes::Utc, ui::LogTimes::Off, ui::LogTimes::Relative}) {
        QTest::keyClick(viewer.view(), Qt::Key_T, Qt::AltModifier);
        QCOMPARE(viewer.view()->times(), times);
        QCOMPARE(viewer.matchList()->times(), times);
    }
}

void LogViewerTest::showsTheLineOfAStatement()
{
    ui::LogViewer &viewer = show(manyLines(), ui::LogView::Start::End);
    viewer.showLine(4000, u"line 3999 of machine custom-2"_s);
    QTRY_COMPARE(viewer.view()->caret(), 3999);
    QVERIFY(!viewer.view()->isFollowing());
    QVERIFY(!viewer.wantedLine());
    // Filters that hide it give way.
    viewer.filterBar()->show();
    viewer.filterBar()->include()->setText(u"level=warning"_s);
    QTRY_COMPARE(viewer.view()->rowCount(), 90);
    viewer.showLine(2000, u"line 1999 "_s);
    QTRY_VERIFY(viewer.view()->rowCount() == 10'000 && viewer.view()->caret() == 1999);
    // The number is another where the begin is lost: then the text counts.
    const QByteArray whole = "time=\"2026-11-25T12:00:00Z\" level=info msg=\"line 77 of machine custom-0\"";
    viewer.showLine(9000, QString::fromUtf8(whole));
    QTRY_COMPARE(viewer.view()->caret(), 77);
}

void LogViewerTest::keysReachEverything()
{
    ui::LogViewer &viewer = show(manyLines());
    viewer.openSearch();
    viewer.filterBar()->show();
    // Each button has a name for who cannot see its picture, and takes the focus or has a key.
    for (const QToolButton *button : viewer.findChildren<QToolButton *>()) {
        if (button->parentWidget() && qobject_cast<QLineEdit *>(button->parentWidget()))
            continue; // the edit's own
        QVERIFY2(!button->accessibleName().isEmpty(), qPrintable(button->objectName()));
        QVERIFY2(
            button->focusPolicy() != Qt::NoFocus || button->toolTip().contains(u'('), qPrintable(button->objectName()));
    }
    for (const QWidget *edit : viewer.findChildren<QLineEdit *>()) {
        if (!qobject_cast<QSpinBox *>(edit->parentWidget()))
            QVERIFY2(!edit->accessibleName().isEmpty(), qPrintable(edit->objectName()));
    }
    QVERIFY(!viewer.view()->accessibleName().isEmpty());
    QVERIFY(!viewer.matchList()->accessibleName().isEmpty());
}

QTEST_MAIN(LogViewerTest)
#include "tst_logviewer.moc"
