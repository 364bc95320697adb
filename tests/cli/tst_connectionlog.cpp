// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a watcher is told of the connection: every loss once, tries not too often, the return.

#include "cli/connectionlog.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using cli::ConnectionEvent;
using session::Connection;

namespace {

QDateTime at(int second)
{
    return QDateTime(QDate(2026, 9, 3), QTime(10, 0), QTimeZone::UTC).addSecs(second);
}

/// "offline" or "offline!" (another cause), "online", "degraded", "connecting", "login".
Connection connectionOf(const QString &word, int now)
{
    using S = Connection::State;
    static const QMap<QString, S> states{{u"online"_s, S::Online}, {u"degraded"_s, S::Degraded},
        {u"connecting"_s, S::Connecting}, {u"offline"_s, S::Offline}, {u"offline!"_s, S::Offline},
        {u"login"_s, S::NeedsLogin}};
    Connection connection;
    connection.state = states.value(word);
    if (connection.state == S::Offline || connection.state == S::NeedsLogin) {
        kube::Error error;
        error.kind = connection.state == S::NeedsLogin ? kube::ErrorKind::Unauthorized
            : word.endsWith(u'!')                      ? kube::ErrorKind::Timeout
                                                       : kube::ErrorKind::Refused;
        connection.error = error;
    }
    if (connection.state == S::Offline)
        connection.retryAt = at(now + 8);
    return connection;
}

} // namespace

class TestConnectionLog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void events_data()
    {
        QTest::addColumn<QStringList>("states"); ///< "second word"
        QTest::addColumn<QStringList>("events"); ///< "second word"
        const auto row = [](const char *name, const QStringList &states, const QStringList &events) {
            QTest::newRow(name) << states << events;
        };
        row("never reached is not lost", {u"0 connecting"_s, u"1 offline"_s, u"9 offline"_s, u"20 online"_s}, {});
        row("lost and back", {u"0 online"_s, u"5 offline"_s, u"20 online"_s}, {u"5 lost"_s, u"20 back"_s});
        row("some kinds late is not lost", {u"0 online"_s, u"5 degraded"_s, u"9 online"_s}, {});
        row("tries",
            {u"0 online"_s, u"5 offline"_s, u"6 connecting"_s, u"7 offline"_s, u"15 offline"_s, u"66 offline"_s,
                u"68 degraded"_s},
            {u"5 lost"_s, u"7 retrying"_s, u"68 back"_s});
        row("once a minute",
            {u"0 online"_s, u"5 offline"_s, u"7 offline"_s, u"40 offline"_s, u"67 offline"_s, u"130 offline"_s},
            {u"5 lost"_s, u"7 retrying"_s, u"67 retrying"_s, u"130 retrying"_s});
        row("another cause", {u"0 online"_s, u"5 offline"_s, u"7 offline"_s, u"9 offline!"_s, u"11 offline!"_s},
            {u"5 lost"_s, u"7 retrying"_s, u"9 retrying"_s});
        row("login is refused", {u"0 online"_s, u"5 login"_s, u"8 login"_s, u"90 login"_s, u"99 online"_s},
            {u"5 lost"_s, u"99 back"_s});
        row("twice", {u"0 online"_s, u"5 offline"_s, u"6 online"_s, u"7 offline"_s, u"8 online"_s},
            {u"5 lost"_s, u"6 back"_s, u"7 lost"_s, u"8 back"_s});
    }
    void events()
    {
        QFETCH(const QStringList, states);
        cli::ConnectionLog log;
        QStringList told;
        for (const QString &state : states) {
            const int second = state.section(u' ', 0, 0).toInt();
            const auto event = log.take(connectionOf(state.section(u' ', 1), second), at(second));
            if (!event)
                continue;
            const QJsonObject json = cli::eventJson(*event, u"prod"_s, at(second));
            told.append(QString::number(second) + u' ' + json.value("event"_L1).toString());
            QVERIFY(!cli::eventText(*event).isEmpty());
        }
        QTEST(told, "events");
    }

    void words()
    {
        cli::ConnectionLog log;
        QVERIFY(!log.take(connectionOf(u"online"_s, 0), at(0)));
        const auto lost = log.take(connectionOf(u"offline"_s, 5), at(5));
        QVERIFY(lost);
        QVERIFY2(cli::eventText(*lost).startsWith("connection lost: "_L1), qPrintable(cli::eventText(*lost)));
        const auto again = log.take(connectionOf(u"offline"_s, 65), at(65));
        QVERIFY(again);
        QVERIFY2(cli::eventText(*again).startsWith("connection lost for 1 min, retrying in 8 s: "_L1),
            qPrintable(cli::eventText(*again)));
        const auto back = log.take(connectionOf(u"online"_s, 185), at(185));
        QVERIFY(back);
        QCOMPARE(cli::eventText(*back), u"connection back after 3 min"_s);
        const QJsonObject json = cli::eventJson(*again, u"prod"_s, at(65));
        QCOMPARE(json.value("schema"_L1).toString(), u"gleaner.connection/v1"_s);
        QCOMPARE(json.value("time"_L1).toString(), u"2026-09-03T10:01:05Z"_s);
        QCOMPARE(json.value("context"_L1).toString(), u"prod"_s);
        QCOMPARE(json.value("lostSeconds"_L1).toInt(), 60);
        QCOMPARE(json.value("retrySeconds"_L1).toInt(), 8);
        QCOMPARE(json.value("connection"_L1).toObject().value("state"_L1).toString(), u"offline"_s);
        QVERIFY(!json.value("connection"_L1).toObject().value("error"_L1).toString().isEmpty());
        QVERIFY(cli::eventJson(*back, u"prod"_s, at(185)).value("retrySeconds"_L1).isNull());
    }
};

QTEST_GUILESS_MAIN(TestConnectionLog)
#include "tst_connectionlog.moc"
