// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The log view over documents made up: where it stands, what is selected, what is painted of lines of any length.

#include "logs/memorydocument.h"
#include "support/ui_logs.h"
#include "ui/logmarks.h"
#include "ui/logview.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using uitest::FakeDocument;

class LogViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_view.reset(); }
    void scrollsOverAnyNumberOfRows_data();
    void scrollsOverAnyNumberOfRows();
    void wheelAndKeysMoveByLines();
    void followsOnlyAtTheEnd();
    void nothingMovesWhileItGrows();
    void selectionOutlivesGrowth();
    void copiesWithAndWithoutTimes();
    void refusesWhatNoClipboardTakes();
    void selectsCharactersInALine();
    void dragOverLinesTakesLines();
    void longLinesArePaged();
    void wrapCountsOnlyWhatIsSeen();
    void wrapFollowsTheEnd();
    void timesOfEachKind();
    void zoomKeepsThePlace();
    void dividersInWords();
    void screenReadersReadTheLines();
    void marksLeadToTheirRows();
    void emptyDocumentTakesKeys();

private:
    void show(logs::Document *document, ui::LogView::Start start = ui::LogView::Start::Begin);
    std::unique_ptr<ui::LogView> m_view;
};

namespace {
logs::Row stamped(qint64 row)
{
    logs::Row one;
    one.line = row;
    one.stamp = "2026-11-25T11:59:" + QByteArray::number(10 + row % 50) + ".123456789Z";
    one.text = "text " + QByteArray::number(row);
    return one;
}
} // namespace

void LogViewTest::init()
{
    m_view = std::make_unique<ui::LogView>();
    m_view->resize(800, 400);
}

void LogViewTest::show(logs::Document *document, ui::LogView::Start start)
{
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    m_view->setDocument(document, start);
}

void LogViewTest::scrollsOverAnyNumberOfRows_data()
{
    QTest::addColumn<qint64>("rows");
    QTest::newRow("50 million") << qint64(50'000'000);
    QTest::newRow("5 billion") << qint64(5'000'000'000);
    QTest::newRow("5 trillion") << qint64(5'000'000'000'000);
}

void LogViewTest::scrollsOverAnyNumberOfRows()
{
    QFETCH(qint64, rows);
    FakeDocument document(rows);
    show(&document);
    QScrollBar *bar = m_view->verticalScrollBar();
    QVERIFY(bar->maximum() > 10'000'000);
    QCOMPARE(m_view->top().row, 0);
    bar->setValue(bar->maximum());
    QCOMPARE(m_view->top().row, rows - m_view->visibleLines());
    QVERIFY(m_view->isFollowing());
    QCOMPARE(m_view->plainText(rows - 1), u"line %1"_s.arg(rows - 1));
    bar->setValue(bar->maximum() / 2);
    QVERIFY(std::abs(double(m_view->top().row) / double(rows) - 0.5) < 0.01);
    QVERIFY(!m_view->isFollowing());
    // Each row can be reached, not only each step of the bar.
    const qint64 middle = rows / 2 + 3;
    m_view->goTo(middle);
    QVERIFY(m_view->seenRows().contains(middle));
    const qint64 top = m_view->top().row;
    bar->triggerAction(QAbstractSlider::SliderSingleStepAdd);
    QCOMPARE(m_view->top().row, top + 1);
    bar->triggerAction(QAbstractSlider::SliderPageStepSub);
    QCOMPARE(m_view->top().row, top + 2 - m_view->visibleLines());
    m_view->grab();
}

void LogViewTest::wheelAndKeysMoveByLines()
{
    FakeDocument document(5'000'000'000);
    show(&document);
    m_view->setFocus();
    QTest::wheelEvent(m_view->windowHandle(), {100, 100}, {0, -120});
    QCOMPARE(m_view->top().row, QApplication::wheelScrollLines());
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QCOMPARE(m_view->top().row, 0);
    QCOMPARE(m_view->caret(), 0);
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(m_view->selectedRows(), std::pair(qint64(1), qint64(2)));
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QCOMPARE(m_view->caret(), 4'999'999'999);
    QVERIFY(m_view->isFollowing());
    QTest::keyClick(m_view.get(), Qt::Key_PageUp);
    QVERIFY(m_view->caret() < 4'999'999'999);
}

void LogViewTest::followsOnlyAtTheEnd()
{
    FakeDocument document(1000);
    show(&document, ui::LogView::Start::End);
    QVERIFY(m_view->isFollowing());
    document.setRows(2000);
    QVERIFY(m_view->seenRows().contains(1999));
    QSignalSpy told(m_view.get(), &ui::LogView::followingChanged);
    m_view->scrollLines(-1);
    QVERIFY(!m_view->isFollowing());
    QCOMPARE(told.size(), 1);
    const auto top = m_view->top();
    document.setRows(4000);
    QCOMPARE(m_view->top(), top);
    m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum());
    QVERIFY(m_view->isFollowing());
    document.setRows(5000);
    QVERIFY(m_view->seenRows().contains(4999));
}

void LogViewTest::nothingMovesWhileItGrows()
{
    for (const bool wrap : {false, true}) {
        FakeDocument document(1000);
        show(&document);
        m_view->setWrap(wrap);
        m_view->verticalScrollBar()->setValue(500);
        QVERIFY(!m_view->isFollowing());
        const QImage before = m_view->viewport()->grab().toImage();
        for (qint64 rows = 1001; rows < 100'000; rows *= 2) {
            document.setRows(rows);
            QCOMPARE(m_view->top().row, 500);
            QCOMPARE(m_view->viewport()->grab().toImage(), before);
        }
        m_view->setDocument(nullptr);
    }
}

void LogViewTest::selectionOutlivesGrowth()
{
    FakeDocument document(1000);
    show(&document, ui::LogView::Start::End);
    m_view->selectRows(10, 12);
    for (qint64 rows = 1100; rows < 3000; rows += 100)
        document.setRows(rows);
    m_view->scrollLines(-500);
    QCOMPARE(m_view->selectedRows(), std::pair(qint64(10), qint64(12)));
    QCOMPARE(m_view->selectedText(), u"line 10\nline 11\nline 12"_s);
}

void LogViewTest::copiesWithAndWithoutTimes()
{
    FakeDocument document(100, stamped);
    show(&document);
    m_view->setFocus();
    m_view->selectRows(3, 4);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), u"text 3\ntext 4"_s);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QApplication::clipboard()->text(),
        u"2026-11-25T11:59:13.123456789Z text 3\n2026-11-25T11:59:14.123456789Z text 4"_s);
    logs::MemoryDocument coloured("\x1b[31mred\x1b[0m and \x01");
    m_view->setDocument(&coloured, ui::LogView::Start::Begin);
    m_view->selectAll();
    m_view->copy();
    QVERIFY(!QApplication::clipboard()->text().contains(u'\x1b'));
    QVERIFY(QApplication::clipboard()->text().startsWith(u"red and "_s));
}

void LogViewTest::refusesWhatNoClipboardTakes()
{
    FakeDocument document(40, [](qint64) {
        logs::Row one;
        one.line = 0;
        one.text = QByteArray(2 * 1024 * 1024, 'x');
        return one;
    });
    show(&document);
    QApplication::clipboard()->setText(u"before"_s);
    QSignalSpy refused(m_view.get(), &ui::LogView::copyRefused);
    m_view->selectAll();
    m_view->copy();
    QCOMPARE(refused.size(), 1);
    QCOMPARE(QApplication::clipboard()->text(), u"before"_s);
}

void LogViewTest::selectsCharactersInALine()
{
    logs::MemoryDocument document("alpha beta gamma\nsecond\n");
    show(&document);
    const QRect row = m_view->rowRect(0);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, {16 + 8 * 8, row.center().y()});
    const auto span = m_view->selectedSpan();
    QVERIFY(span);
    QCOMPARE(m_view->selectedText().contains(u' '), false);
    QVERIFY(u"alpha beta gamma"_s.contains(m_view->selectedText()));
    // A drag inside of one line
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, {18, row.center().y()});
    QTest::mouseMove(m_view->viewport(), {400, row.center().y()});
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, {400, row.center().y()});
    QCOMPARE(m_view->selectedText(), u"alpha beta gamma"_s);
    QVERIFY(m_view->selectedSpan());
    m_view->grab();
}

void LogViewTest::dragOverLinesTakesLines()
{
    FakeDocument document(100);
    show(&document);
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, {60, m_view->rowRect(2).center().y()});
    QTest::mouseMove(m_view->viewport(), {30, m_view->rowRect(5).center().y()});
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, {30, m_view->rowRect(5).center().y()});
    QCOMPARE(m_view->selectedRows(), std::pair(qint64(2), qint64(5)));
    QVERIFY(!m_view->selectedSpan());
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::ShiftModifier, {30, m_view->rowRect(8).center().y()});
    QCOMPARE(m_view->selectedRows(), std::pair(qint64(2), qint64(8)));
}

void LogViewTest::longLinesArePaged()
{
    QByteArray line;
    while (line.size() < 4'000'000)
        line += "0123456789 äöü " + QByteArray::number(line.size()) + ' ';
    line += "THE END";
    logs::MemoryDocument document(line + "\nshort\n");
    show(&document);
    m_view->grab();
    QTRY_VERIFY(m_view->horizontalScrollBar()->maximum() > 3'000'000); // known once it was painted
    QElapsedTimer time;
    time.start();
    QScrollBar *across = m_view->horizontalScrollBar();
    for (int step = 0; step <= 100; ++step) {
        across->setValue(int(qint64(across->maximum()) * step / 100));
        m_view->grab();
    }
    QVERIFY2(time.elapsed() < 10'000, qPrintable(QString::number(time.elapsed()))); // all of it would take minutes
    // The last part is there: its characters can be selected and copied.
    const QRect row = m_view->rowRect(0);
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, {40, row.center().y()});
    QTest::mouseMove(m_view->viewport(), {780, row.center().y()});
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, {780, row.center().y()});
    QVERIFY2(m_view->selectedText().endsWith(u"THE END"_s), qPrintable(m_view->selectedText()));
}

void LogViewTest::wrapCountsOnlyWhatIsSeen()
{
    qint64 asked = 0;
    FakeDocument document(10'000'000, [&asked](qint64 row) {
        ++asked;
        logs::Row one;
        one.line = row;
        one.text = QByteArray(row % 3 == 0 ? 700 : 20, 'x');
        return one;
    });
    show(&document);
    m_view->setWrap(true);
    QVERIFY(m_view->seenRows().size() < m_view->visibleLines());
    m_view->scrollLines(1);
    QCOMPARE(m_view->top(), (ui::LogView::Place{0, 1}));
    m_view->verticalScrollBar()->setValue(5'000'000);
    m_view->grab();
    QVERIFY2(asked < 20'000, qPrintable(QString::number(asked)));
    QCOMPARE(m_view->horizontalScrollBar()->maximum(), 0);
}

void LogViewTest::wrapFollowsTheEnd()
{
    logs::MemoryDocument document(QByteArray(300'000, 'y') + '\n');
    show(&document, ui::LogView::Start::End);
    m_view->setWrap(true);
    QVERIFY(m_view->isFollowing());
    QVERIFY(m_view->top().sub > 1000);
    document.append("last line\n");
    QVERIFY(m_view->seenRows().contains(1));
    m_view->grab();
    m_view->resize(400, 300);
    QVERIFY(m_view->seenRows().contains(1));
}

void LogViewTest::timesOfEachKind()
{
    FakeDocument document(100, stamped);
    show(&document);
    QCOMPARE(m_view->plainText(1), u"text 1"_s);
    m_view->setTimes(ui::LogTimes::Relative);
    QCOMPARE(m_view->plainText(1), u"+0:00:01.000 text 1"_s);
    m_view->setTimes(ui::LogTimes::Utc);
    QCOMPARE(m_view->plainText(1), u"11-25 11:59:11.123Z text 1"_s);
    m_view->setTimes(ui::LogTimes::Local);
    const QDateTime local = QDateTime(QDate(2026, 11, 25), QTime(11, 59, 11, 123), QTimeZone::UTC).toLocalTime();
    QCOMPARE(m_view->plainText(1), local.toString(u"MM-dd HH:mm:ss.zzz"_s) + u" text 1"_s);
}

void LogViewTest::zoomKeepsThePlace()
{
    FakeDocument document(1000);
    show(&document);
    m_view->verticalScrollBar()->setValue(300);
    m_view->setFocus();
    const int lines = m_view->visibleLines();
    QTest::keyClick(m_view.get(), Qt::Key_Plus, Qt::ControlModifier);
    QTest::keyClick(m_view.get(), Qt::Key_Plus, Qt::ControlModifier);
    QVERIFY(m_view->visibleLines() < lines);
    QCOMPARE(m_view->top().row, 300);
    QTest::keyClick(m_view.get(), Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(m_view->visibleLines(), lines);
}

void LogViewTest::dividersInWords()
{
    using Kind = logs::Divider::Kind;
    QSet<QString> all;
    for (const Kind kind : {Kind::Source, Kind::Restart, Kind::Reconnected, Kind::Gap, Kind::Cut, Kind::Ended,
             Kind::Dropped, Kind::Replaced}) {
        logs::Row row;
        row.divider.kind = kind;
        if (kind == Kind::Ended)
            row.divider.text = u"OOMKilled, exit code 137"_s;
        const QString text = ui::dividerText(row, u"pod-1/apply"_s);
        QVERIFY(!text.isEmpty());
        all.insert(text);
    }
    QCOMPARE(all.size(), 8);
    logs::Row ended;
    ended.divider = {.kind = Kind::Ended, .time = {}, .text = u"OOMKilled, exit code 137"_s};
    QVERIFY(ui::dividerText(ended, u"pod-1"_s).contains(u"OOMKilled, exit code 137"_s));
}

void LogViewTest::screenReadersReadTheLines()
{
    FakeDocument document(1000);
    show(&document);
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(m_view.get());
    QVERIFY(face);
    QAccessibleTextInterface *text = face->textInterface();
    QVERIFY(text);
    QVERIFY(face->state().readOnly);
    QVERIFY(text->text(0, text->characterCount()).startsWith(u"line 0\nline 1\nline 2\n"_s));
    QCOMPARE(text->selectionCount(), 0);
    m_view->selectRows(1, 2);
    QCOMPARE(text->selectionCount(), 1);
    int from = 0;
    int to = 0;
    text->selection(0, &from, &to);
    QCOMPARE(text->text(from, to), u"line 1\nline 2"_s);
    QCOMPARE(text->text(text->cursorPosition(), text->cursorPosition() + 6), u"line 2"_s);
    text->setCursorPosition(0);
    QCOMPARE(m_view->caret(), 0);
    const QRect place = text->characterRect(8);
    QCOMPARE(text->offsetAtPoint(place.center()), 7); // where the line begins
    m_view->goTo(500);
    QVERIFY(text->text(0, text->characterCount()).contains(u"line 500"_s));
}

void LogViewTest::marksLeadToTheirRows()
{
    FakeDocument document(1'000'000);
    show(&document);
    logs::RowSet errors;
    errors.add(700'003);
    m_view->marks()->setProblems(errors, {});
    ui::LogMarks *marks = m_view->marks();
    const int y = int(0.700003 * marks->height());
    QCOMPARE(marks->rowAt(y), 700'003);
    QTest::mouseClick(marks, Qt::LeftButton, {}, {6, y});
    QCOMPARE(m_view->caret(), 700'003);
    QVERIFY(m_view->seenRows().contains(700'003));
    const QImage image = marks->grab().toImage();
    QSet<QRgb> colours;
    for (int at = 0; at < image.height(); ++at)
        colours.insert(image.pixel(image.width() * 3 / 4, at));
    QVERIFY(colours.size() >= 2);
}

void LogViewTest::emptyDocumentTakesKeys()
{
    FakeDocument document(0);
    show(&document);
    m_view->setPlaceholder(u"Nothing"_s);
    for (const int key : {Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End, Qt::Key_PageDown, Qt::Key_Left})
        QTest::keyClick(m_view.get(), Qt::Key(key));
    QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, {50, 50});
    m_view->setWrap(true);
    m_view->grab();
    QCOMPARE(m_view->selectedRows().first, -1);
    m_view->setDocument(nullptr);
    m_view->grab();
}

QTEST_MAIN(LogViewTest)
#include "tst_logview.moc"
