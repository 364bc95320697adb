// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the header of the board says in each state of an upgrade and of the connection.

#include "support/ui_boards.h"
#include "support/ui_texts.h"
#include "ui/headerview.h"
#include "ui/headline.h"
#include "ui/tick.h"

#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using session::ClusterState;
using session::Connection;
using uitest::shows;
using uitest::visibleTexts;

class Header : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_tick.fix(uitest::now()); }
    void says_data();
    void says();
    void badges_data();
    void badges();
    void waitingLineOpensItsEvidence();
    void timeGoesOnWithTheTick();
    void controlCharactersAreNotObeyed();
    void briefInTheList_data();
    void briefInTheList();

private:
    ui::Tick m_tick;
};

namespace {

upgrade::Board with(upgrade::Board board, const std::function<void(upgrade::Board &)> &change)
{
    change(board);
    return board;
}

upgrade::Waiting volumeFor(int minutes, bool stuck)
{
    upgrade::Waiting waiting;
    waiting.what = {.code = u"volume"_s, .args = {u"pvc-1"_s, u"degraded"_s, u"default/database"_s}};
    waiting.since = uitest::now().addSecs(-60 * minutes);
    waiting.node = u"node2"_s;
    waiting.phase = upgrade::PhaseId::Nodes;
    waiting.stuck = stuck;
    waiting.evidence
        = {.object = {.kind = upgrade::Kind::Volume, .ns = u"longhorn-system"_s, .name = u"pvc-1"_s, .uid = u"v"_s},
            .field = u"status.robustness"_s,
            .text = u"degraded"_s};
    return waiting;
}

} // namespace

void Header::says_data()
{
    QTest::addColumn<upgrade::Board>("board");
    QTest::addColumn<QStringList>("said");
    QTest::addColumn<QStringList>("unsaid");
    using upgrade::Board;
    using upgrade::State;
    const Board running = uitest::upgrading();
    QTest::newRow("running") << running
                             << QStringList{u"hvst-upgrade-9gmg2"_s, u"v1.8.2 → v1.9.0"_s, u"Running 72 %"_s,
                                    u"Running: Upgrade nodes"_s, u"Elapsed 2 h"_s, u"about 40 min left"_s}
                             << QStringList{u" ago"_s, u"Stuck"_s};
    QTest::newRow("stuck") << with(running,
        [](Board &board) {
            board.state = State::Stuck;
            board.waiting = volumeFor(50, true);
        })
                           << QStringList{u"Stuck"_s, u"Stuck: Upgrade nodes"_s,
                                  u"Waiting for volume pvc-1 (degraded) of default/database · node2"_s, u"50 min"_s,
                                  u"pvc-1"_s}
                           << QStringList{u"Running"_s};
    QTest::newRow("failed") << uitest::failed()
                            << QStringList{u"Failed"_s, u"Failed in “Upgrade system services”"_s,
                                   u"BackoffLimitExceeded"_s, u"Job has reached the specified backoff limit"_s,
                                   u"Elapsed 1 h 55 min"_s}
                            << QStringList{u" left"_s, u"Running"_s};
    QTest::newRow("paused") << with(running,
        [](Board &board) {
            board.state = State::Paused;
            board.waiting = upgrade::Waiting{
                .what = {.code = u"paused"_s, .args = {u"node2"_s}}, .since = {}, .node = u"node2"_s, .evidence = {}};
        })
                            << QStringList{u"Paused"_s, u"Paused: Upgrade nodes"_s,
                                   u"The upgrade of node2 is paused until somebody resumes it"_s, u"Waiting"_s}
                            << QStringList{u"Running"_s, u" · node2"_s};
    QTest::newRow("finished") << with(running,
        [](Board &board) {
            board.state = State::Succeeded;
            board.currentPhase.reset();
            board.finished = uitest::now().addSecs(-600);
            board.fraction = 1;
        }) << QStringList{u"Succeeded"_s, u"Succeeded after 1 h 50 min"_s, u"Elapsed 1 h 50 min"_s}
                              << QStringList{u" left"_s, u"Running"_s, u"Cleaning"_s};
    QTest::newRow("cleaning up") << with(running,
        [](Board &board) {
            board.state = State::Succeeded;
            board.cleaningUp = true;
        }) << QStringList{u"Cleaning up"_s, u"Succeeded, cleaning up"_s}
                                 << QStringList{u"Running"_s};
    QTest::newRow("being deleted") << with(running, [](Board &board) { board.stopping = true; })
                                   << QStringList{u"Being deleted"_s, u"Being stopped: hvst-upgrade-9gmg2 is deleted"_s}
                                   << QStringList{};
    QTest::newRow("no upgrade") << uitest::noUpgrade()
                                << QStringList{u"berlin"_s, u"Harvester v1.8.2"_s, u"No upgrade"_s,
                                       u"Offered versions: v1.9.0"_s}
                                << QStringList{u"Elapsed"_s, u" left"_s, u"hvst"_s};
    QTest::newRow("nothing offered") << with(uitest::noUpgrade(), [](Board &board) { board.offeredVersions.clear(); })
                                     << QStringList{u"No other version is offered."_s}
                                     << QStringList{u"Offered versions"_s};
    QTest::newRow("not Harvester") << with(
        Board(), [](Board &board) { board.presence = Board::Presence::NotHarvester; })
                                   << QStringList{u"Not a Harvester cluster"_s}
                                   << QStringList{u"Running"_s, u"No upgrade"_s};
    QTest::newRow("note") << with(
        running, [](Board &board) { board.notes = {{.code = u"node-gone"_s, .args = {u"node9"_s}}}; })
                          << QStringList{u"Node node9 is part of the upgrade, but there is no such node now"_s}
                          << QStringList{};
}

void Header::says()
{
    QFETCH(upgrade::Board, board);
    QFETCH(QStringList, said);
    QFETCH(QStringList, unsaid);
    ui::HeaderView header(m_tick);
    header.resize(1400, 160);
    header.present(uitest::state(u"berlin"_s, Connection::State::Online, board), false);
    header.show();
    const QByteArray all = visibleTexts(header).join(u" | "_s).toUtf8();
    for (const QString &part : std::as_const(said))
        QVERIFY2(shows(header, part), (part.toUtf8() + " is missing in: " + all).constData());
    for (const QString &part : std::as_const(unsaid))
        QVERIFY2(!shows(header, part), (part.toUtf8() + " should not be in: " + all).constData());
    // The same header for the next cluster keeps nothing of this one.
    header.present(uitest::state(u"oslo"_s, Connection::State::Idle), false);
    for (const QString &part : std::as_const(said))
        QVERIFY2(!shows(header, part), qPrintable(part));
}

void Header::badges_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<bool>("insecure");
    QTest::addColumn<QString>("actingAs");
    QTest::addColumn<bool>("demo");
    QTest::addColumn<QStringList>("badges");
    const int online = int(Connection::State::Online);
    QTest::newRow("plain") << online << false << QString() << false << QStringList{};
    QTest::newRow("insecure") << online << true << QString() << false << QStringList{u"TLS not verified"_s};
    QTest::newRow("acting as") << online << false << u"system:admin"_s << false
                               << QStringList{u"Acting as system:admin"_s};
    QTest::newRow("demo") << online << false << QString() << true << QStringList{u"Demo"_s};
    QTest::newRow("all, offline") << int(Connection::State::Offline) << true << u"me"_s << true
                                  << QStringList{u"TLS not verified"_s, u"Acting as me"_s, u"Demo"_s,
                                         u"as of 4 min ago · retry in 12 s"_s};
    QTest::newRow("connecting again") << int(Connection::State::Connecting) << false << QString() << false
                                      << QStringList{u"as of 4 min ago · connecting"_s};
    QTest::newRow("login refused") << int(Connection::State::NeedsLogin) << false << QString() << false
                                   << QStringList{u"as of 4 min ago · Login refused"_s};
}

void Header::badges()
{
    QFETCH(int, state);
    QFETCH(bool, insecure);
    QFETCH(QString, actingAs);
    QFETCH(bool, demo);
    QFETCH(QStringList, badges);
    upgrade::Board board = uitest::upgrading();
    board.asOf = uitest::now().addSecs(-240);
    ClusterState shown = uitest::state(u"berlin"_s, Connection::State(state), board);
    shown.connection.insecure = insecure;
    shown.connection.actingAs = actingAs;
    shown.connection.retryAt = uitest::now().addSecs(12);
    ui::HeaderView header(m_tick);
    header.resize(1400, 160);
    header.present(shown, demo);
    header.show();
    QStringList seen = visibleTexts(header).filter(QRegularExpression(u"^(TLS|Acting|Demo|as of)"_s));
    seen.sort();
    badges.sort();
    QCOMPARE(seen, badges);
    // The board stays, whatever happens to the connection.
    QVERIFY(shows(header, u"v1.8.2 → v1.9.0"_s));
}

void Header::waitingLineOpensItsEvidence()
{
    upgrade::Board board = uitest::upgrading();
    board.waiting = volumeFor(3, false);
    ui::HeaderView header(m_tick);
    header.resize(1400, 160);
    header.present(uitest::state(u"berlin"_s, Connection::State::Online, board), false);
    header.show();
    auto *link = header.findChild<QPushButton *>(u"evidence"_s);
    QVERIFY(link->isVisible());
    QCOMPARE(link->text(), u"Volume pvc-1"_s);
    QVERIFY(link->toolTip().contains(u"degraded"_s));
    QSignalSpy wanted(&header, &ui::HeaderView::evidenceWanted);
    QTest::mouseClick(link, Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().at(0).value<upgrade::Evidence>(), board.waiting->evidence);
    QCOMPARE(wanted.first().at(1).toString(), u"node2"_s);
    // Without an object there is nothing to open.
    board.waiting->evidence = {};
    header.present(uitest::state(u"berlin"_s, Connection::State::Online, board), false);
    QVERIFY(!link->isVisible());
}

void Header::timeGoesOnWithTheTick()
{
    ui::Tick tick;
    tick.fix(uitest::now());
    ui::HeaderView header(tick);
    header.resize(1400, 160);
    header.present(uitest::state(u"berlin"_s, Connection::State::Online, uitest::upgrading()), false);
    header.show();
    QVERIFY(shows(header, u"Elapsed 2 h"_s));
    tick.fix(uitest::now().addSecs(3600));
    Q_EMIT tick.ticked();
    QVERIFY(shows(header, u"Elapsed 3 h"_s));
}

void Header::controlCharactersAreNotObeyed()
{
    upgrade::Board board = uitest::failed();
    board.message = u"bad\u202egnp.exe\x1b[31m"_s;
    ui::HeaderView header(m_tick);
    header.present(uitest::state(u"berlin"_s, Connection::State::Online, board), false);
    header.show();
    QVERIFY(shows(header, u"gnp.exe"_s));
    QVERIFY(!shows(header, u"\u202e"_s));
    QVERIFY(!shows(header, u"\x1b"_s));
}

void Header::briefInTheList_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<upgrade::Board>("board");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, Connection::State state, const upgrade::Board &board, const QString &text) {
        QTest::newRow(name) << int(state) << board << text;
    };
    row("idle", Connection::State::Idle, {}, u"Not connected"_s);
    row("running", Connection::State::Online, uitest::upgrading(), u"Running · Upgrade nodes"_s);
    row("failed", Connection::State::Online, uitest::failed(), u"Failed · Upgrade system services"_s);
    row("no upgrade", Connection::State::Online, uitest::noUpgrade(), u"Harvester v1.8.2"_s);
    row("lost", Connection::State::Offline, uitest::upgrading(), u"Not reachable"_s);
    row("not read yet", Connection::State::Connecting, {}, u"Connecting"_s);
}

void Header::briefInTheList()
{
    QFETCH(int, state);
    QFETCH(upgrade::Board, board);
    QTEST(ui::briefOf(uitest::state(u"berlin"_s, Connection::State(state), board)).text, "text");
}

QTEST_MAIN(Header)
#include "tst_header.moc"
