// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a screen reader is told, evidence that leads to its line, limits of kept lines, fades, equal times.

#include "support/ui_boards.h"
#include "support/ui_fakelink.h"
#include "ui/boardview.h"
#include "ui/fade.h"
#include "ui/headerview.h"
#include "ui/joblist.h"
#include "ui/language.h"
#include "ui/logpane.h"
#include "ui/logview.h"
#include "ui/mainwindow.h"
#include "ui/settings.h"
#include "ui/theme.h"
#include "ui/timeline.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QProxyStyle>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using session::Connection;

namespace {
/// The animation setting, given by hand.
class Moving : public QProxyStyle {
public:
    explicit Moving(int duration)
        : m_duration(duration)
    {
    }
    int styleHint(
        StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const override
    {
        return hint == SH_Widget_Animation_Duration ? m_duration : QProxyStyle::styleHint(hint, option, widget, data);
    }

private:
    int m_duration;
};

} // namespace

class Telling : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<ui::Theme>(*qApp); }
    void init();
    void cleanup() { m_window.reset(); }
    void readersHearWhatChanged();
    void evidenceLeadsToItsLine();
    void failureIsSaidWithItsEvidence();
    void endedJobIsNotFollowed();
    void unchangedJobsTellNothing();
    void panelsFadeOnlyWhenWanted();
    void timelineOfEqualTimes();

private:
    uitest::FakeLink *open(const upgrade::Board &board);
    QTemporaryDir m_home;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::Settings> m_settings;
    std::unique_ptr<ui::Language> m_language;
    uitest::FakeClusters m_clusters;
    std::unique_ptr<ui::MainWindow> m_window;
};

void Telling::init()
{
    m_settings = std::make_unique<ui::Settings>(m_home.filePath(u"w.ini"_s));
    m_language = std::make_unique<ui::Language>();
    m_clusters = {};
    m_window = std::make_unique<ui::MainWindow>(m_clusters.factory(), *m_settings, *m_theme, *m_language);
    m_window->tick().fix(uitest::now());
    m_window->workspace().setKubeconfig(uitest::contexts({u"a"_s, u"b"_s}));
    m_window->resize(1360, 900);
    m_window->show();
}

uitest::FakeLink *Telling::open(const upgrade::Board &board)
{
    m_window->workspace().show(u"a"_s);
    uitest::FakeLink *link = m_clusters.links.value(u"a"_s);
    link->give(uitest::state(u"a"_s, Connection::State::Online, board));
    return link;
}

void Telling::readersHearWhatChanged()
{
    QSignalSpy told(m_window->board(), &ui::BoardView::announced);
    upgrade::Board board = uitest::upgrading();
    board.upgrade.uid = u"one"_s;
    uitest::FakeLink *link = open(board);
    QCOMPARE(told.size(), 0); // what was so when we came is no news
    for (upgrade::NodeRow &node : board.nodes) {
        if (node.name == u"node2"_s)
            node.state = upgrade::State::Succeeded;
    }
    board.state = upgrade::State::Failed;
    link->give(uitest::state(u"a"_s, Connection::State::Online, board));
    QCOMPARE(told.size(), 2);
    QVERIFY(told.first().at(0).toString().contains(u"node2"_s));
    QVERIFY(!told.first().at(1).toBool());
    QVERIFY(told.last().at(0).toString().contains(u"Failed"_s));
    QVERIFY(told.last().at(1).toBool());
    link->give(uitest::state(u"a"_s, Connection::State::Online, board));
    QCOMPARE(told.size(), 2);
}

void Telling::evidenceLeadsToItsLine()
{
    upgrade::Board board = uitest::upgrading();
    const upgrade::JobRow job = board.jobs.last();
    upgrade::Waiting waiting;
    waiting.what = {.code = u"node"_s, .args = {job.node, u"Pre-draining"_s}};
    waiting.node = job.node;
    waiting.phase = job.phase;
    waiting.evidence = {.object = job.job, .field = {}, .text = u"line 180"_s, .line = 180};
    board.waiting = waiting;
    uitest::FakeLink *link = open(board);
    QTest::mouseClick(m_window->board()->header()->findChild<QPushButton *>(u"evidence"_s), Qt::LeftButton);
    QVERIFY(link->channel);
    QList<QByteArray> texts;
    for (int i = 1; i <= 100; ++i)
        texts.append("line " + QByteArray::number(i));
    link->channel->write(texts);
    texts.clear();
    for (int i = 101; i <= 400; ++i)
        texts.append("line " + QByteArray::number(i));
    link->channel->write(texts); // the line arrives later
    const ui::LogView *view = m_window->logs()->view();
    QTRY_COMPARE(view->selectedText(), u"line 180"_s);
    QVERIFY(!view->isFollowing());
}

void Telling::failureIsSaidWithItsEvidence()
{
    upgrade::Board board = uitest::failed();
    board.waiting.reset();
    upgrade::Failure failure;
    failure.what = {.code = u"node"_s, .args = {u"node2"_s, u"Failed"_s}};
    failure.phase = upgrade::PhaseId::Nodes;
    failure.node = u"node2"_s;
    failure.evidence.object
        = {.kind = upgrade::Kind::Job, .ns = u"harvester-system"_s, .name = u"the-job"_s, .uid = {}};
    failure.evidence.line = 12;
    board.failure = failure;
    open(board);
    const QWidget *line = m_window->board()->header()->findChild<QWidget *>(u"waiting"_s);
    QVERIFY(line->isVisible());
    QSignalSpy wanted(m_window->board()->header(), &ui::HeaderView::evidenceWanted);
    auto *link = m_window->board()->header()->findChild<QPushButton *>(u"evidence"_s);
    QVERIFY(link->isVisible());
    QVERIFY(link->text().contains(u"12"_s));
    QTest::mouseClick(link, Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(m_window->selection().value().node, u"node2"_s);
}

void Telling::endedJobIsNotFollowed()
{
    upgrade::Board board = uitest::upgrading();
    uitest::FakeLink *link = open(board);
    Q_EMIT link->channel->statusChanged(kube::LogFollower::State::Following, std::nullopt);
    const auto says = [this](const QString &word) {
        for (const QObject *part : m_window->logs()->findChildren<QObject *>()) {
            if (part->property("text").toString().startsWith(word))
                return true;
            if (const auto *widget = qobject_cast<const QWidget *>(part);
                widget && widget->accessibleName().startsWith(word))
                return true;
        }
        return false;
    };
    QVERIFY(says(u"Following"_s));
    for (upgrade::JobRow &job : board.jobs)
        job.state = upgrade::State::Succeeded;
    link->give(uitest::state(u"a"_s, Connection::State::Online, board));
    QVERIFY(!says(u"Following"_s));
    QVERIFY(says(u"Ended"_s));
}

void Telling::unchangedJobsTellNothing()
{
    ui::Tick tick;
    ui::JobModel model(tick);
    const QAbstractItemModelTester tester(&model);
    QList<upgrade::JobRow> jobs;
    for (int i = 0; i < 1000; ++i) {
        upgrade::JobRow job;
        job.job.uid = QString::number(i);
        jobs.append(job);
    }
    model.setJobs(jobs);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
    model.setJobs(jobs);
    QCOMPARE(changed.size() + inserted.size() + removed.size() + moved.size(), 0);
    jobs[500].state = upgrade::State::Failed;
    model.setJobs(jobs);
    QCOMPARE(changed.size(), 1);
    upgrade::JobRow fresh;
    fresh.job.uid = u"fresh"_s;
    jobs.prepend(fresh);
    jobs.removeLast();
    model.setJobs(jobs);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(removed.size(), 1);
    QCOMPARE(moved.size(), 0);
    QCOMPARE(changed.size(), 1);
}

void Telling::panelsFadeOnlyWhenWanted()
{
    QWidget still;
    Moving none(0);
    still.setStyle(&none);
    still.show();
    ui::Fade::in(&still);
    QVERIFY(!still.findChild<ui::Fade *>());
    QWidget panel;
    Moving some(200);
    panel.setStyle(&some);
    ui::Fade::in(&panel); // not visible: nothing to fade
    QVERIFY(!panel.findChild<ui::Fade *>());
    panel.show();
    ui::Fade::in(&panel);
    ui::Fade::in(&panel);
    QCOMPARE(panel.findChildren<ui::Fade *>().size(), 1);
    QTRY_VERIFY(!panel.findChild<ui::Fade *>());
    still.setStyle(nullptr);
    panel.setStyle(nullptr);
}

void Telling::timelineOfEqualTimes()
{
    ui::Tick tick;
    tick.fix(uitest::now());
    ui::Selection selection;
    ui::Timeline timeline(tick, selection);
    timeline.resize(900, 240);
    timeline.show();
    const QDateTime at = uitest::now();
    timeline.setBars(
        {{.lane = u"phase:1"_s, .from = at, .to = at}, {.lane = u"node:a"_s, .from = at, .to = at}}, at, at);
    const auto [from, to] = timeline.range();
    QVERIFY(from < at && to > at);
    QVERIFY(from.msecsTo(to) >= 60'000);
    QCOMPARE(timeline.itemCount(), 2);
    timeline.grab();
    // What was not seen of any lane lies over all and is none of its own.
    timeline.setBars({{.lane = u"node:a"_s, .from = at, .to = at},
                         {.lane = u"*"_s, .from = at, .to = {}, .shape = upgrade::TimelineBar::Shape::Blind}},
        at, {});
    QCOMPARE(timeline.itemCount(), 1);
    timeline.grab();
    for (int i = 0; i < 300; ++i)
        timeline.zoom(2, 500);
    timeline.grab();
}

QTEST_MAIN(Telling)
#include "tst_telling.moc"
