// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Colours, texts and rings: what the window decides without a widget.

#include "support/ui_boards.h"
#include "support/ui_fakelink.h"
#include "ui/emptytexts.h"
#include "ui/headline.h"
#include "ui/listsync.h"
#include "ui/statecolours.h"
#include "ui/style.h"
#include "ui/theme.h"
#include "ui/trouble.h"
#include "ui/wording.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using session::Connection;

class Values : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stateColoursCanBeRead_data();
    void stateColoursCanBeRead();
    void headlineOfAnUpgrade();
    void headlineTellsAgeOnlyWhenStale_data();
    void headlineTellsAgeOnlyWhenStale();
    void failedSaysReasonAndMessage();
    void troubleNamesCauseAndActions();
    void consentNamesProgramAndFile();
    void emptyStates_data();
    void emptyStates();
    void changeSharesWords();
    void controlCharactersAreShown();
    void syncRowsReachesAnyOrder();
};

void Values::stateColoursCanBeRead_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void Values::stateColoursCanBeRead()
{
    QFETCH(bool, dark);
    const QPalette palette = ui::Theme::ownPalette(dark);
    const QList<QColor> surfaces{palette.color(QPalette::Base), palette.color(QPalette::Window)};
    for (const ui::Tone tone : {ui::Tone::Running, ui::Tone::Succeeded, ui::Tone::Failed, ui::Tone::Warning,
             ui::Tone::Paused, ui::Tone::Muted}) {
        // The table of colours is for plain surfaces; on tinted ones text moves as far as it has to.
        QVERIFY(ui::contrast(ui::toneColour(tone, dark), palette.color(QPalette::Base)) >= 4.5);
        for (const QColor &surface : surfaces
                + QList<QColor>{ui::toneSurface(tone, palette), ui::selectionSurface(palette, true),
                    ui::selectionSurface(palette, false), QColor(0x808080), QColor(0xefefef)}) {
            const double ratio = ui::contrast(ui::toneText(tone, palette, surface), surface);
            QVERIFY2(ratio >= 4.5, qPrintable(u"tone %1 on %2: %3"_s.arg(int(tone)).arg(surface.name()).arg(ratio)));
        }
        QCOMPARE(ui::toneText(tone, palette, palette.color(QPalette::Base)), ui::toneColour(tone, dark));
    }
    for (const QColor &surface : surfaces) {
        QVERIFY(ui::contrast(ui::quietText(palette), surface) >= 4.5);
        QVERIFY(ui::contrast(palette.color(QPalette::WindowText), surface) >= 7);
        QVERIFY(ui::contrast(palette.color(QPalette::Link), surface) >= 4.5);
    }
    QVERIFY(ui::contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= 4.5);
    QCOMPARE(ui::isDark(palette), dark);
}

void Values::headlineOfAnUpgrade()
{
    const ui::Headline line
        = ui::headlineOf(uitest::state(u"berlin"_s, Connection::State::Online, uitest::upgrading()), uitest::now());
    QCOMPARE(line.name, u"hvst-upgrade-9gmg2"_s);
    QCOMPARE(line.versions, u"v1.8.2 → v1.9.0"_s);
    QCOMPARE(line.glyph.shape, ui::Shape::Arc);
    QVERIFY(line.state.contains(u"72"_s));
    QVERIFY(line.elapsed.startsWith(u"2 h"_s));
    QVERIFY(line.left.contains(u"40 min"_s));
    QVERIFY(line.age.isEmpty());
}

void Values::headlineTellsAgeOnlyWhenStale_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<bool>("aged");
    QTest::newRow("online") << int(Connection::State::Online) << false;
    QTest::newRow("degraded") << int(Connection::State::Degraded) << false;
    QTest::newRow("offline") << int(Connection::State::Offline) << true;
    QTest::newRow("login") << int(Connection::State::NeedsLogin) << true;
    QTest::newRow("connecting") << int(Connection::State::Connecting) << true;
    QTest::newRow("failed") << int(Connection::State::Failed) << true;
}

void Values::headlineTellsAgeOnlyWhenStale()
{
    QFETCH(int, state);
    QFETCH(bool, aged);
    session::ClusterState cluster = uitest::state(u"berlin"_s, Connection::State(state), uitest::upgrading());
    cluster.connection.retryAt = uitest::now().addSecs(252);
    const ui::Headline line = ui::headlineOf(cluster, uitest::now().addSecs(240));
    QCOMPARE(!line.age.isEmpty(), aged);
    QCOMPARE(line.age.contains(u"4 min"_s), aged);
    QCOMPARE(line.age.contains(u"12 s"_s), Connection::State(state) == Connection::State::Offline);
}

void Values::failedSaysReasonAndMessage()
{
    const ui::Headline line
        = ui::headlineOf(uitest::state(u"berlin"_s, Connection::State::Online, uitest::failed()), uitest::now());
    QCOMPARE(line.glyph.shape, ui::Shape::Cross);
    QVERIFY2(line.sentence.contains(u"BackoffLimitExceeded"_s) && line.sentence.contains(u"specified backoff limit"_s),
        qPrintable(line.sentence));
    QVERIFY(line.left.isEmpty());
}

void Values::troubleNamesCauseAndActions()
{
    session::ClusterState cluster = uitest::state(u"berlin"_s, Connection::State::Offline);
    cluster.connection.error = uitest::error(kube::ErrorKind::Refused);
    cluster.connection.retryAt = uitest::now().addSecs(9);
    const ui::Trouble trouble = ui::troubleOf(cluster, nullptr, uitest::now());
    QVERIFY(trouble.headline.contains(u"10.0.0.7:6443"_s));
    QVERIFY(trouble.headline.contains(u"9 s"_s));
    QVERIFY(!trouble.advice.isEmpty());
    QCOMPARE(trouble.actions, (QList{ui::Trouble::Action::RetryNow, ui::Trouble::Action::CopyDetails}));
    QVERIFY(trouble.details.contains(kube::errorWord(kube::ErrorKind::Refused)));
    cluster.connection.state = Connection::State::Online;
    QVERIFY(ui::troubleOf(cluster, nullptr, uitest::now()).headline.isEmpty());
}

void Values::consentNamesProgramAndFile()
{
    const kube::Kubeconfig kubeconfig = uitest::contexts({u"plugin-a"_s});
    const ui::Trouble trouble = ui::troubleOf(uitest::state(u"plugin-a"_s, Connection::State::NeedsConsent),
        &*kubeconfig.contexts.first().config->exec, uitest::now());
    QVERIFY(trouble.cause.contains(u"kubelogin get-token"_s));
    QVERIFY(trouble.cause.contains(u"/home/a/.kube/config"_s));
    QCOMPARE(trouble.actions.first(), ui::Trouble::Action::CancelPlugin); // the filled one runs nothing
}

void Values::emptyStates_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QString>("current");
    QTest::addColumn<bool>("connected");
    QTest::addColumn<int>("connection");
    QTest::addColumn<int>("presence");
    QTest::addColumn<QString>("action"); // of the first button; "-": board
    const int loading = int(upgrade::Board::Presence::Loading);
    const int idle = int(Connection::State::Idle);
    QTest::newRow("no kubeconfig") << QStringList() << QString() << false << idle << loading
                                   << ui::emptyaction::openFile;
    QTest::newRow("nothing chosen") << QStringList{u"a"_s, u"b"_s} << QString() << false << idle << loading
                                    << QString();
    QTest::newRow("broken") << QStringList{u"broken-a"_s} << u"broken-a"_s << false << idle << loading
                            << ui::emptyaction::reload;
    QTest::newRow("not connected") << QStringList{u"a"_s} << u"a"_s << false << idle << loading
                                   << ui::emptyaction::connectIt;
    QTest::newRow("connecting") << QStringList{u"a"_s} << u"a"_s << true << int(Connection::State::Connecting)
                                << loading << ui::emptyaction::disconnectIt;
    QTest::newRow("not Harvester") << QStringList{u"a"_s} << u"a"_s << true << int(Connection::State::Online)
                                   << int(upgrade::Board::Presence::NotHarvester) << QString();
    QTest::newRow("no upgrade is a board") << QStringList{u"a"_s} << u"a"_s << true << int(Connection::State::Online)
                                           << int(upgrade::Board::Presence::NoUpgrade) << u"-"_s;
    QTest::newRow("lost keeps the board") << QStringList{u"a"_s} << u"a"_s << true << int(Connection::State::Offline)
                                          << int(upgrade::Board::Presence::Upgrade) << u"-"_s;
}

void Values::emptyStates()
{
    QFETCH(QStringList, names);
    QFETCH(QString, current);
    QFETCH(bool, connected);
    QFETCH(int, connection);
    QFETCH(int, presence);
    QFETCH(QString, action);
    const kube::Kubeconfig kubeconfig = uitest::contexts(names);
    session::ClusterState state = uitest::state(current, Connection::State(connection));
    state.board.presence = upgrade::Board::Presence(presence);
    const kube::Context *context = nullptr;
    for (const kube::Context &candidate : kubeconfig.contexts)
        context = candidate.name == current ? &candidate : context;
    const auto text = ui::emptyTextFor(kubeconfig, true, context, connected, state);
    QCOMPARE(text.has_value(), action != u"-"_s);
    if (!text)
        return;
    QVERIFY(!text->title.isEmpty());
    QCOMPARE(text->buttons.value(0).action, action);
    if (current.startsWith(u"broken"_s))
        QVERIFY2(text->list.value(0).contains(u"config:11"_s), qPrintable(text->list.value(0)));
    if (names.isEmpty())
        QCOMPARE(text->buttons.value(1).action, ui::emptyaction::demo);
}

void Values::changeSharesWords()
{
    QCOMPARE(ui::change(u"Harvester v1.8.2"_s, u"Harvester v1.9.0"_s), u"Harvester v1.8.2 → v1.9.0"_s);
    QCOMPARE(ui::change(u"v1"_s, u"v1"_s), u"v1"_s);
    QCOMPARE(ui::change(u"v1"_s, {}), u"v1"_s);
    QCOMPARE(ui::change({}, u"v2"_s), u"v2"_s);
    QCOMPARE(ui::change(u"SLE Micro 5"_s, u"Harvester v1"_s), u"SLE Micro 5 → Harvester v1"_s);
}

void Values::controlCharactersAreShown()
{
    QCOMPARE(ui::shown(u"a\x1b[31mb\tc\x07"_s), u"a\u241b[31mb\tc\u2407"_s);
    QCOMPARE(ui::shown(u"x\u202ey"_s), u"x\ufffdy"_s);
    QVERIFY(ui::tip({u"<b>x</b>"_s}).contains(u"&lt;b&gt;"_s));
}

void Values::syncRowsReachesAnyOrder()
{
    using Row = std::pair<int, int>;
    QRandomGenerator random(7);
    QList<Row> rows;
    for (int round = 0; round < 500; ++round) {
        QList<Row> wanted;
        QSet<int> used;
        for (int i = 0, n = random.bounded(12); i < n; ++i) {
            const int key = random.bounded(15);
            if (!used.contains(key))
                wanted.append({key, random.bounded(3)});
            used.insert(key);
        }
        QList<Row> mirror = rows; // what a view would hold after the signals
        int pending = -1;
        const ui::RowEdits edits{.beginRemove = [&](int first, int last) { mirror.remove(first, last - first + 1); },
            .endRemove = [] {},
            .beginInsert =
                [&](int first, int last) {
                    mirror.insert(first, last - first + 1, Row{-1, -1});
                    pending = first;
                },
            .endInsert =
                [&] {
                    for (int i = pending; i < mirror.size() && mirror.at(i).first == -1; ++i)
                        mirror[i] = rows.at(i);
                },
            .beginMove =
                [&](int from, int to) {
                    QVERIFY(from > to);
                    mirror.move(from, to);
                },
            .endMove = [] {},
            .changed = [&](int row) { mirror[row] = rows.at(row); }};
        ui::syncRows(rows, wanted, [](const Row &row) { return row.first; }, edits);
        QCOMPARE(rows, wanted);
        QCOMPARE(mirror, wanted);
    }
}

QTEST_MAIN(Values)
#include "tst_values.moc"
