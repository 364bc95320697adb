// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The hands and the oracle for torture tests of logs: what they do arrives at a client as a kubelet would give it, and
/// the ledger forgets nothing.

#include "demo/logcontrol.h"
#include "support/demo_fixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace demo;
using namespace support;

class tst_LogControl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { demo.end(); }

    void writerWritesEveryLine();
    void sameTimes();
    void ledgerOutlivesEverything();
    void rotationForNewReadersAndFollowers();
    void rotationBySize();
    void previousIsTheInstanceBefore();
    void deletedWhileFollowed();
    void replacedUnderTheSameName();
    void cuts_data();
    void cuts();
    void freezeKeepsTheConnection();

private:
    [[nodiscard]] QByteArray path(const QByteArray &query = {}) const
    {
        return "/api/v1/namespaces/default/pods/" + id.pod.toLatin1() + "/log?container=main" + query;
    }
    void control(const std::function<void(LogControl &)> &work)
    {
        demo.run([&](Server &server) { work(server.logs()); });
    }
    void write(const QByteArray &line)
    {
        control([&](LogControl &logs) { logs.write(id, line); });
    }
    QList<WrittenInstance> written()
    {
        QList<WrittenInstance> all;
        control([&](LogControl &logs) { all = logs.written(id); });
        return all;
    }
    QList<QByteArray> texts(const WrittenInstance &instance)
    {
        QList<QByteArray> all;
        for (const LoggedLine &line : instance.lines)
            all.append(line.text);
        return all;
    }

    DemoFixture demo;
    ContainerId id;
};

void tst_LogControl::init()
{
    QVERIFY(demo.begin(u"no-upgrade"_s));
    control([this](LogControl &logs) {
        logs.keepLedger();
        id = logs.makePod(u"default"_s, u"talker"_s, u"main"_s);
    });
}

void tst_LogControl::writerWritesEveryLine()
{
    DemoClient http = demo.client();
    QCOMPARE(http.open(path("&follow=true")), 200);
    control([this](LogControl &logs) {
        logs.startWriter({.to = id, .linesPerSecond = 20'000, .lines = 5'000, .bytes = 60});
        QVERIFY(logs.isWriting());
    });
    for (int i = 1; i <= 5000; ++i) {
        const QByteArray line = http.line(20'000);
        QCOMPARE(line.left(9), QByteArray::number(i).rightJustified(8, '0') + ' ');
        QCOMPARE(line.size(), 60);
    }
    const auto all = written();
    QCOMPARE(all.size(), 1);
    QCOMPARE(all[0].lines.size(), 5000);
    control([](LogControl &logs) { QVERIFY(!logs.isWriting()); });
}

void tst_LogControl::sameTimes()
{
    control([this](LogControl &logs) {
        logs.write(id, "a");
        logs.write(id, "b", true);
        logs.write(id, "c");
    });
    const QList<QByteArray> lines = demo.client().get(path("&timestamps=true")).body.split('\n');
    QCOMPARE(lines[0].left(30), lines[1].left(30));
    QVERIFY(lines[2].left(30) > lines[1].left(30));
}

void tst_LogControl::ledgerOutlivesEverything()
{
    write("first");
    control([this](LogControl &logs) { logs.rotate(id); });
    write("second");
    control([this](LogControl &logs) {
        for (int i = 0; i < 3; ++i) {
            logs.restart(id);
            logs.write(id, "run " + QByteArray::number(i + 1));
        }
        logs.deletePod(id.ns, id.pod);
    });
    const auto all = written();
    QCOMPARE(all.size(), 4);
    QCOMPARE(texts(all[0]), (QList<QByteArray>{"first", "second"}));
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(all[i].restart, i);
        QCOMPARE(all[i].podUid, all[0].podUid);
        QVERIFY(all[i].ended);
    }
    QVERIFY(!all[0].podUid.isEmpty());
    QCOMPARE(texts(all[3]), (QList<QByteArray>{"run 3"}));
}

void tst_LogControl::rotationForNewReadersAndFollowers()
{
    DemoClient follower = demo.client();
    QCOMPARE(follower.open(path("&follow=true")), 200);
    write("old");
    control([this](LogControl &logs) { logs.rotate(id); });
    write("new");
    QCOMPARE(follower.line(), QByteArray("old")); // no line lost for who was there
    QCOMPARE(follower.line(), QByteArray("new"));
    QCOMPARE(demo.client().get(path()).body, QByteArray("new\n")); // the newest file only
    QCOMPARE(demo.client().get(path("&sinceSeconds=86400")).body, QByteArray("new\n"));
    QCOMPARE(demo.client().get(path("&tailLines=5")).body, QByteArray("new\n"));
}

void tst_LogControl::rotationBySize()
{
    control([this](LogControl &logs) {
        logs.setMaxSize(10'000);
        for (int i = 0; i < 1000; ++i)
            logs.write(id, QByteArray::number(i).rightJustified(60, '.'));
    });
    const QList<QByteArray> left = demo.client().get(path()).body.split('\n');
    QVERIFY(left.size() > 1 && left.size() <= 102);
    QVERIFY(left.at(left.size() - 2).endsWith("999"));
    QCOMPARE(written().value(0).lines.size(), 1000);
}

void tst_LogControl::previousIsTheInstanceBefore()
{
    write("one");
    control([this](LogControl &logs) {
        logs.restart(id, 137);
        logs.write(id, "two");
        logs.restart(id, 0);
        logs.write(id, "three");
    });
    QCOMPARE(demo.client().get(path("&previous=true")).body, QByteArray("two\n"));
    QCOMPARE(demo.client().get(path()).body, QByteArray("three\n"));
    const QJsonObject pod = demo.client().get("/api/v1/namespaces/default/pods/" + id.pod.toLatin1()).json();
    const QJsonValue status = json::get(pod, u"status.containerStatuses").toArray().at(0);
    QCOMPARE(status["restartCount"_L1].toInt(), 2);
    QCOMPARE(status["lastState"_L1]["terminated"_L1]["exitCode"_L1].toInt(-1), 0);
}

void tst_LogControl::deletedWhileFollowed()
{
    DemoClient http = demo.client();
    QCOMPARE(http.open(path("&follow=true")), 200);
    control([this](LogControl &logs) {
        for (int i = 0; i < 20'000; ++i) // far more than is handed to the socket ahead
            logs.write(id, QByteArray::number(i).rightJustified(100, ' '));
        logs.deletePod(id.ns, id.pod);
    });
    for (int i = 0; i < 20'000; ++i)
        QCOMPARE(http.line(10'000).trimmed(), QByteArray::number(i));
    QVERIFY(http.ended());
    QCOMPARE(demo.client().get(path()).status, 404);
}

void tst_LogControl::replacedUnderTheSameName()
{
    write("before");
    const QByteArray pod = "/api/v1/namespaces/default/pods/" + id.pod.toLatin1();
    const QString uid = json::uid(demo.client().get(pod).json());
    control([this](LogControl &logs) { logs.replacePod(id.ns, id.pod); });
    QVERIFY(json::uid(demo.client().get(pod).json()) != uid);
    QCOMPARE(demo.client().get(path()).body, QByteArray());
    write("after");
    QCOMPARE(demo.client().get(path()).body, QByteArray("after\n"));
    const auto all = written();
    QCOMPARE(all.size(), 2);
    QCOMPARE(all[0].podUid, uid);
    QVERIFY(all[1].podUid != uid);
    QCOMPARE(all[1].restart, 0);
    QVERIFY(all[0].ended && !all[1].ended);
}

void tst_LogControl::cuts_data()
{
    QTest::addColumn<StreamCut>("how");
    QTest::addColumn<bool>("inOrder");
    QTest::newRow("end") << StreamCut::End << true;
    QTest::newRow("abort") << StreamCut::Abort << false;
    QTest::newRow("middle of a line") << StreamCut::MidLine << false;
    QTest::newRow("half-close") << StreamCut::HalfClose << false;
    QTest::newRow("garbage") << StreamCut::Garbage << false;
}

void tst_LogControl::cuts()
{
    QFETCH(StreamCut, how);
    QFETCH(bool, inOrder);
    DemoClient http = demo.client();
    QCOMPARE(http.open(path("&follow=true&timestamps=true")), 200);
    write("whole");
    QVERIFY(http.line().endsWith(" whole"));
    int count = 0;
    control([&](LogControl &logs) {
        count = logs.cut(how);
        logs.write(id, "half of this line");
    });
    QCOMPARE(count, 1);
    QCOMPARE(http.ended(), inOrder);
    int left = 1;
    QTRY_COMPARE_WITH_TIMEOUT((control([&](LogControl &logs) { left = logs.followers(); }), left), 0, 5000);
    QCOMPARE(demo.client().get(path()).body, QByteArray("whole\nhalf of this line\n"));
}

void tst_LogControl::freezeKeepsTheConnection()
{
    DemoClient http = demo.client();
    QCOMPARE(http.open(path("&follow=true")), 200);
    write("whole");
    QCOMPARE(http.line(), QByteArray("whole"));
    control([&](LogControl &logs) {
        QCOMPARE(logs.cut(StreamCut::Freeze, id), 1);
        logs.write(id, "unheard");
    });
    QCOMPARE(http.line(100), QByteArray());
    QCOMPARE(http.socket().state(), QAbstractSocket::ConnectedState);
    control([&](LogControl &logs) { QCOMPARE(logs.followers(), 1); });
    http.socket().abort(); // only the client, or a drop, ends it
    int left = 1;
    QTRY_COMPARE_WITH_TIMEOUT((control([&](LogControl &logs) { left = logs.followers(); }), left), 0, 5000);
}

QTEST_GUILESS_MAIN(tst_LogControl)
#include "tst_logcontrol.moc"
