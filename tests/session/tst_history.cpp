// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A past upgrade shown again: the boards that a live session showed, at their moments, with no cluster.

#include "demo/server.h"
#include "session/historysession.h"
#include "support/session_await.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using session::ClusterState;
using session::HistorySession;
using session::Session;

class TestHistory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void boardsOfThen();
    void newestWishCounts();
    void logsAreThere();
    void closesInTheMiddle();
    void folderThatIsNone();
    void listing();

private:
    QTemporaryDir m_root;
    QString m_folder;
    QMap<QDateTime, upgrade::Board> m_shown; ///< by the moment of the observation
};

void TestHistory::initTestCase()
{
    demo::ServerOptions options;
    options.scenario = u"healthy"_s;
    options.speed = 0;
    demo::DemoThread demo(options);
    QVERIFY(demo.start());
    session::SessionOptions keep;
    keep.keepEvidence = true;
    keep.evidenceRoot = m_root.path();
    Session session(support::configOf(demo.kubeconfig()), keep);
    connect(&session, &Session::changed, this, [this](const ClusterState &state) {
        if (state.evidence.role == evidence::Store::Role::Writer && state.snapshot)
            m_shown.insert(state.snapshot->seen.last, state.board);
        m_folder = state.evidence.folder;
    });
    session.start();
    QVERIFY(support::reaches(
        session, [](const ClusterState &state) { return state.evidence.role == evidence::Store::Role::Writer; }));
    demo.run([](demo::Server &server) { server.setSpeed(600); });
    QVERIFY(support::reaches(
        session, [](const ClusterState &state) { return state.board.state == upgrade::State::Succeeded; }, 100s));
    QVERIFY(m_shown.size() > 20);
}

void TestHistory::boardsOfThen()
{
    HistorySession past(m_folder);
    QSignalSpy opened(&past, &HistorySession::opened);
    past.start();
    QVERIFY(opened.wait());
    QVERIFY(!past.past().error);
    QVERIFY(past.past().moments.size() >= 5); // one for each second in which something changed
    QTRY_COMPARE(past.state().board.state, upgrade::State::Succeeded);
    QCOMPARE(past.state().board.upgrade, m_shown.last().upgrade);

    int compared = 0;
    for (auto it = m_shown.cbegin(); it != m_shown.cend(); ++it, ++compared) {
        if (compared % 5 != 0)
            continue;
        past.showMoment(it.key());
        QTRY_COMPARE(past.state().pastMoment, it.key());
        const upgrade::Board &board = past.state().board;
        QCOMPARE(board.currentPhase, it->currentPhase);
        QCOMPARE(board.state, it->state);
        QCOMPARE(board.nodes, it->nodes);
        QCOMPARE(board.phases, it->phases);
        QCOMPARE(board.timeline, it->timeline);
        QCOMPARE(session::clusterNow(past.state()), it.key());
    }
    QVERIFY(compared > 20);
}

void TestHistory::newestWishCounts()
{
    HistorySession past(m_folder);
    QSignalSpy opened(&past, &HistorySession::opened);
    past.start();
    QVERIFY(opened.wait());
    QSignalSpy changed(&past, &HistorySession::changed);
    const QList<QDateTime> keys = m_shown.keys();
    for (int i = 0; i < 500; ++i)
        past.showMoment(keys.at(i % keys.size()));
    past.showMoment(keys.constFirst());
    QTRY_COMPARE(past.state().pastMoment, keys.constFirst());
    QVERIFY(changed.size() < 400);
}

void TestHistory::logsAreThere()
{
    HistorySession past(m_folder);
    past.start();
    QTRY_VERIFY(past.state().evidence.logs);
    int files = 0;
    for (const evidence::JobLogs &job : past.state().evidence.logs->jobs) {
        for (const evidence::PodLogs &pod : job.pods) {
            for (const evidence::ContainerLog &log : pod.containers)
                files += !log.path.isEmpty() && QFile(log.path).size() > 0 ? 1 : 0;
        }
    }
    QVERIFY(files >= 8);
}

void TestHistory::closesInTheMiddle()
{
    for (int i = 0; i < 20; ++i) {
        HistorySession past(m_folder);
        past.start();
        past.showMoment(m_shown.firstKey());
        if (i % 2 == 0)
            QCoreApplication::processEvents();
    }
    QVERIFY(true);
}

void TestHistory::folderThatIsNone()
{
    HistorySession past(m_root.filePath(u"nothing"_s));
    QSignalSpy opened(&past, &HistorySession::opened);
    past.start();
    QVERIFY(opened.wait());
    QVERIFY(past.past().error);
    QVERIFY(past.past().error->path.contains("nothing"_L1));
    past.showMoment(QDateTime::currentDateTimeUtc());
    QVERIFY(!past.state().pastMoment.isValid());
}

void TestHistory::listing()
{
    QObject context;
    QList<evidence::KeptUpgrade> found;
    session::listPastUpgrades(
        m_root.path(), &context, [&found](const QList<evidence::KeptUpgrade> &kept) { found = kept; });
    QTRY_COMPARE(found.size(), 1);
    QCOMPARE(found.constFirst().manifest.id.upgradeName, m_shown.last().upgrade.name);
    QVERIFY(found.constFirst().bytes > 0);
    {
        QObject gone;
        session::listPastUpgrades(
            m_root.path(), &gone, [](const QList<evidence::KeptUpgrade> &) { QFAIL("told to nobody"); });
    }
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
}

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
