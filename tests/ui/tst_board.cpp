// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Stepper and timeline on the screen: keyboard, screen readers, layout, eliding.

#include "support/ui_boards.h"
#include "ui/glyph.h"
#include "ui/selection.h"
#include "ui/stepper.h"
#include "ui/theme.h"
#include "ui/tick.h"
#include "ui/timeline.h"
#include "upgrade/boardtext.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace Qt::StringLiterals;

class BoardWidgets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_tick.fix(uitest::now()); }
    void arrowsMoveAndEnterSelects();
    void clickSelects();
    void stepperIsAListForReaders();
    void narrowIsVertical();
    void longActivityIsElidedInTheMiddle();
    void paintsInEveryStateAndScale_data();
    void paintsInEveryStateAndScale();
    void cleanupAfterFailureIsNoSuccess_data();
    void cleanupAfterFailureIsNoSuccess();
    void selectionFromElsewhereShows();
    void timelineFitsAndZooms();
    void timelineKeyboardAndReaders();
    void timelineDragPans();
    void timelineTakesNonsense();

private:
    ui::Tick m_tick;
};

void BoardWidgets::arrowsMoveAndEnterSelects()
{
    ui::Selection selection;
    ui::Stepper stepper(m_tick, selection);
    stepper.resize(1200, 120);
    stepper.setPhases(uitest::upgrading().phases);
    stepper.show();
    QVERIFY(QTest::qWaitForWindowExposed(&stepper));
    stepper.setFocus();
    QCOMPARE(stepper.current(), 4); // begins where the upgrade is
    QTest::keyClick(&stepper, Qt::Key_Left);
    QCOMPARE(stepper.current(), 3);
    QVERIFY(selection.value().isEmpty());
    QTest::keyClick(&stepper, Qt::Key_Return);
    QCOMPARE(selection.value().phase, upgrade::PhaseId::SystemServices);
    QTest::keyClick(&stepper, Qt::Key_End);
    QTest::keyClick(&stepper, Qt::Key_Right);
    QCOMPARE(stepper.current(), 5);
    QTest::keyClick(&stepper, Qt::Key_Home);
    QTest::keyClick(&stepper, Qt::Key_Left);
    QCOMPARE(stepper.current(), 0);
    QTest::keyClick(&stepper, Qt::Key_Space);
    QCOMPARE(selection.value().phase, upgrade::PhaseId::LogInfra);
}

void BoardWidgets::clickSelects()
{
    ui::Selection selection;
    ui::Stepper stepper(m_tick, selection);
    stepper.resize(1200, 120);
    stepper.setPhases(uitest::upgrading().phases);
    stepper.show();
    QTest::mouseClick(&stepper, Qt::LeftButton, {}, stepper.itemRect(2).center());
    QCOMPARE(selection.value().phase, upgrade::PhaseId::Preload);
}

void BoardWidgets::stepperIsAListForReaders()
{
    ui::Selection selection;
    ui::Stepper stepper(m_tick, selection);
    stepper.resize(1200, 120);
    stepper.setPhases(uitest::upgrading().phases);
    stepper.show();
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&stepper);
    QVERIFY(list);
    QCOMPARE(list->role(), QAccessible::List);
    QVERIFY(!list->text(QAccessible::Name).isEmpty());
    QCOMPARE(list->childCount(), 6);
    QAccessibleInterface *step = list->child(4);
    QCOMPARE(step, list->child(4));
    QCOMPARE(step->role(), QAccessible::ListItem);
    QVERIFY(step->text(QAccessible::Name).contains(u"43"_s));
    QVERIFY(step->text(QAccessible::Description).contains(u"pvc-63355afb"_s));
    QCOMPARE(list->indexOfChild(step), 4);
    QCOMPARE(step->parent(), list);
    QVERIFY(step->rect().isValid());
    QCOMPARE(list->childAt(step->rect().center().x(), step->rect().center().y()), step);
    QVERIFY(!step->state().selected);
    QVERIFY(step->state().focusable);
    auto *actions = static_cast<QAccessibleActionInterface *>(step->interface_cast(QAccessible::ActionInterface));
    QVERIFY(actions);
    actions->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(selection.value().phase, upgrade::PhaseId::Nodes);
    QVERIFY(step->state().selected);
    QCOMPARE(list->child(6), nullptr);
    stepper.setPhases({});
    QVERIFY(!step->isValid());
    QVERIFY(step->text(QAccessible::Name).isEmpty());
}

void BoardWidgets::narrowIsVertical()
{
    ui::Selection selection;
    ui::Stepper stepper(m_tick, selection);
    stepper.setPhases(uitest::upgrading().phases);
    stepper.show();
    stepper.resize(900, 100);
    QVERIFY(!stepper.isVertical());
    const int low = stepper.height();
    stepper.resize(899, 100);
    QVERIFY(stepper.isVertical());
    QVERIFY(stepper.height() > low);
    for (int i = 1; i < 6; ++i)
        QVERIFY(stepper.itemRect(i).top() >= stepper.itemRect(i - 1).bottom());
    stepper.setFocus();
    QTest::keyClick(&stepper, Qt::Key_Up);
    QCOMPARE(stepper.current(), 3);
    stepper.resize(1000, 100);
    QVERIFY(!stepper.isVertical());
    for (int i = 0; i < 6; ++i)
        QVERIFY(stepper.rect().contains(stepper.itemRect(i)));
}

void BoardWidgets::longActivityIsElidedInTheMiddle()
{
    ui::Selection selection;
    ui::Stepper stepper(m_tick, selection);
    stepper.resize(1000, 120);
    stepper.setPhases(uitest::upgrading().phases);
    stepper.show();
    const QString painted = stepper.paintedActivity(4);
    QVERIFY(painted.startsWith(u"node2"_s));
    QVERIFY(painted.endsWith(u"database"_s));
    QVERIFY(painted.contains(u"…"_s));
}

void BoardWidgets::paintsInEveryStateAndScale_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<double>("scale");
    QTest::newRow("wide") << 1400 << 1.0;
    QTest::newRow("narrow") << 640 << 1.0;
    QTest::newRow("wide twice") << 1400 << 2.0;
    QTest::newRow("fraction") << 1000 << 1.25;
}

void BoardWidgets::paintsInEveryStateAndScale()
{
    QFETCH(int, width);
    QFETCH(double, scale);
    ui::Selection selection;
    ui::Stepper stepper(m_tick, selection);
    stepper.resize(width, 120);
    QList<upgrade::Phase> phases = uitest::upgrading().phases;
    using upgrade::State;
    const State states[] = {State::Failed, State::Stuck, State::Paused, State::Running, State::Unknown, State::Pending};
    for (int i = 0; i < 6; ++i)
        phases[i].state = states[i];
    phases[3].fraction = -1;
    stepper.setPhases(phases);
    stepper.show();
    QImage image(stepper.size() * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    image.fill(Qt::white);
    const QImage blank = image;
    stepper.render(&image);
    QVERIFY(image != blank);
}

void BoardWidgets::cleanupAfterFailureIsNoSuccess_data()
{
    QTest::addColumn<upgrade::State>("state");
    QTest::addColumn<bool>("dark");
    for (const bool dark : {false, true}) {
        QTest::addRow("done %d", dark) << upgrade::State::Succeeded << dark;
        QTest::addRow("running %d", dark) << upgrade::State::Running << dark;
    }
}

void BoardWidgets::cleanupAfterFailureIsNoSuccess()
{
    QFETCH(upgrade::State, state);
    QFETCH(bool, dark);
    QList<upgrade::Phase> phases = uitest::failed().phases;
    for (upgrade::Phase &phase : phases) // no other colour to mistake for it
        phase.state = upgrade::State::Pending;
    upgrade::Phase &cleanup = phases.last();
    cleanup.state = state;
    cleanup.afterFailure = true;
    cleanup.fraction = 0.5;
    cleanup.started = uitest::now().addSecs(-600);
    ui::Selection selection;
    ui::Stepper stepper(m_tick, selection);
    stepper.setPalette(ui::Theme::ownPalette(dark));
    for (const int width : {1200, 800}) {
        stepper.resize(width, 300);
        stepper.setPhases(phases);
        const QImage image = stepper.grab().toImage();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor colour = image.pixelColor(x, y);
                // Green of success, blue of going on: whatever has a colour at all.
                QVERIFY2(colour.hsvSaturationF() * colour.valueF() < 0.35, qPrintable(colour.name()));
            }
        }
        const QString name = stepper.itemName(5);
        QVERIFY2(!name.contains(upgrade::stateTitle(state)), qPrintable(name));
        QVERIFY2(name.contains(u"back"_s), qPrintable(name));
    }
    cleanup.afterFailure = false; // the same without it is a success
    QVERIFY(ui::glyph(cleanup).tone != ui::Tone::Muted);
    cleanup.afterFailure = true;
    QCOMPARE(ui::glyph(cleanup).tone, ui::Tone::Muted);
    QVERIFY(ui::glyph(cleanup).shape != ui::Shape::Tick);
}

void BoardWidgets::selectionFromElsewhereShows()
{
    ui::Selection selection;
    ui::Stepper stepper(m_tick, selection);
    ui::Timeline timeline(m_tick, selection);
    const upgrade::Board board = uitest::upgrading();
    stepper.setPhases(board.phases);
    timeline.setBars(board.timeline, board.started, board.finished);
    selection.selectPhase(upgrade::PhaseId::Nodes);
    QVERIFY(stepper.itemSelected(4));
    QVERIFY(timeline.itemSelected(1));
    selection.selectNode(u"node2"_s);
    QVERIFY(!stepper.itemSelected(4));
    QVERIFY(timeline.itemSelected(3));
}

void BoardWidgets::timelineFitsAndZooms()
{
    ui::Selection selection;
    ui::Timeline timeline(m_tick, selection);
    timeline.resize(900, 240);
    timeline.show();
    const upgrade::Board board = uitest::upgrading();
    timeline.setBars(board.timeline, board.started, board.finished);
    const auto whole = timeline.range();
    QVERIFY(whole.first <= board.started);
    QVERIFY(whole.second > uitest::now());
    timeline.zoom(2, 500);
    const auto near = timeline.range();
    const double ratio = double(whole.first.msecsTo(whole.second)) / double(near.first.msecsTo(near.second));
    QVERIFY(qAbs(ratio - 2) < 0.01);
    // New data does not take the zoom away.
    timeline.setBars(uitest::failed().timeline, board.started, uitest::now());
    QCOMPARE(timeline.range(), near);
    QWheelEvent wheel(QPointF(500, 100), timeline.mapToGlobal(QPointF(500, 100)), {}, {0, 120}, Qt::NoButton,
        Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(timeline.viewport(), &wheel);
    QVERIFY(timeline.range().first.msecsTo(timeline.range().second) < near.first.msecsTo(near.second));
    timeline.fit();
    QVERIFY(timeline.range().first <= board.started);
    for (int i = 0; i < 200; ++i)
        timeline.zoom(2, 500);
    QVERIFY(timeline.range().first.msecsTo(timeline.range().second) >= 29'000);
}

void BoardWidgets::timelineKeyboardAndReaders()
{
    ui::Selection selection;
    ui::Timeline timeline(m_tick, selection);
    timeline.resize(900, 240);
    const upgrade::Board board = uitest::upgrading();
    timeline.setBars(board.timeline, board.started, board.finished);
    timeline.show();
    timeline.setFocus();
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&timeline);
    QVERIFY(list);
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->childCount(), 4);
    QVERIFY(list->child(3)->text(QAccessible::Name).contains(u"node2"_s));
    QVERIFY(list->child(3)->text(QAccessible::Name).contains(u"10 min"_s));
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(&timeline, Qt::Key_Down);
    QTest::keyClick(&timeline, Qt::Key_Return);
    QCOMPARE(selection.value().node, u"node2"_s);
    QTest::keyClick(&timeline, Qt::Key_Plus);
    const auto zoomed = timeline.range();
    QTest::keyClick(&timeline, Qt::Key_Right);
    QVERIFY(timeline.range().first > zoomed.first);
    QTest::keyClick(&timeline, Qt::Key_0);
    QVERIFY(timeline.range().first <= board.started);
}

void BoardWidgets::timelineDragPans()
{
    ui::Selection selection;
    ui::Timeline timeline(m_tick, selection);
    timeline.resize(900, 240);
    const upgrade::Board board = uitest::upgrading();
    timeline.setBars(board.timeline, board.started, board.finished);
    timeline.show();
    const auto before = timeline.range();
    QTest::mousePress(timeline.viewport(), Qt::LeftButton, {}, {500, 60});
    QTest::mouseMove(timeline.viewport(), {560, 60});
    QMouseEvent move(QEvent::MouseMove, QPointF(600, 60), timeline.viewport()->mapToGlobal(QPointF(600, 60)),
        Qt::NoButton, Qt::LeftButton, {});
    QCoreApplication::sendEvent(timeline.viewport(), &move);
    QTest::mouseRelease(timeline.viewport(), Qt::LeftButton, {}, {600, 60});
    QVERIFY(timeline.range().first < before.first);
    QVERIFY(selection.value().isEmpty()); // a drag selects nothing
    QTest::mouseClick(timeline.viewport(), Qt::LeftButton, {}, timeline.itemRect(1).center());
    QCOMPARE(selection.value().phase, upgrade::PhaseId::Nodes);
}

void BoardWidgets::timelineTakesNonsense()
{
    ui::Selection selection;
    ui::Timeline timeline(m_tick, selection);
    timeline.resize(700, 200);
    timeline.show();
    using Shape = upgrade::TimelineBar::Shape;
    timeline.setBars({{.lane = u"phase:99"_s, .from = {}, .to = {}},
                         {.lane = u"phase:x"_s, .from = uitest::now(), .to = uitest::now().addYears(-3)},
                         {.lane = {}, .from = uitest::now().addSecs(-60), .to = {}, .shape = Shape::Blind},
                         {.lane = u"node:"_s, .from = uitest::now(), .to = {}, .shape = Shape::Reboot},
                         {.lane = u"node:a"_s, .from = uitest::now(), .to = {}, .shape = Shape::FailureMark}},
        {}, {});
    timeline.grab();
    timeline.itemActivate(0);
    timeline.itemActivate(1);
    for (int i = 0; i < timeline.itemCount(); ++i)
        QVERIFY(!timeline.itemName(i).isNull());
    timeline.setBars({}, {}, {});
    timeline.grab();
    QTest::keyClick(&timeline, Qt::Key_Down);
    QTest::keyClick(&timeline, Qt::Key_Return);
}

QTEST_MAIN(BoardWidgets)
#include "tst_board.moc"
