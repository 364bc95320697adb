// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// `gleaner logs` without a cluster, and when there is nothing to print: history, and every refusal.

#include "support/cli_logs.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using demo::ContainerId;
using support::Run;

class TestLogHistory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_bed = std::make_unique<support::LogsBed>(); }
    void historyWhenTheClusterIsGone();
    void historyOfNothing();
    void nothingOfThatName_data();
    void nothingOfThatName();
    void noUpgrade();
    void mayNotReadLogs();
    void unreachable();

private:
    std::unique_ptr<support::LogsBed> m_bed;
};

void TestLogHistory::historyWhenTheClusterIsGone()
{
    QVERIFY(m_bed->serve(u"healthy"_s, 4000));
    const Run live = m_bed->logs({u"-o"_s, u"json"_s});
    QVERIFY2(live.code == 0, qPrintable(live.err));
    m_bed->stop();
    QFile::remove(m_bed->path(u"demo.yaml"_s));

    const Run text = m_bed->logs({u"--history"_s});
    QCOMPARE(text.code, 0);
    const QJsonObject list
        = QJsonDocument::fromJson(m_bed->logs({u"--history"_s, u"-o"_s, u"json"_s}).out.toUtf8()).object();
    QCOMPARE(list.value("schema"_L1).toString(), u"gleaner.history/v1"_s);
    const QJsonArray upgrades = list.value("upgrades"_L1).toArray();
    QCOMPARE(upgrades.size(), 1);
    const QJsonObject upgrade = upgrades.at(0).toObject();
    for (const auto key : {"cluster"_L1, "upgrade"_L1, "upgradeUid"_L1}) {
        QVERIFY(!upgrade.value(key).toString().isEmpty());
        QVERIFY2(text.out.contains(upgrade.value(key).toString()), qPrintable(text.out));
    }
    QVERIFY(upgrade.value("bytes"_L1).toInteger() > 1000);

    const QString name = upgrade.value("upgrade"_L1).toString();
    const Run past = m_bed->logs({u"--history"_s, name, u"-o"_s, u"json"_s});
    QVERIFY2(past.code == 0, qPrintable(past.err));
    QVERIFY(!support::readLogs(live.out).lines.isEmpty());
    QVERIFY(support::readLogs(past.out).lines == support::readLogs(live.out).lines);
    QCOMPARE(
        m_bed->logs({u"--history"_s, upgrade.value("upgradeUid"_L1).toString(), u"-o"_s, u"json"_s}).out, past.out);
    const QString job = name + u"-apply-manifests"_s;
    const auto ofJob
        = support::readLogs(m_bed->logs({u"--history"_s, name, u"--job"_s, job, u"-o"_s, u"json"_s}).out).lines;
    QCOMPARE(ofJob.size(), 1);
    QVERIFY(ofJob.firstKey().startsWith(job));
    const Run none = m_bed->logs({u"--history"_s, name, u"--job"_s, u"nope"_s});
    QCOMPARE(none.code, 6);
    QVERIFY2(none.err.contains(job), qPrintable(none.err));
}

void TestLogHistory::historyOfNothing()
{
    const Run list = m_bed->logs({u"--history"_s});
    QCOMPARE(list.code, 0);
    QVERIFY(list.out.isEmpty() && !list.err.isEmpty());
    const Run one = m_bed->logs({u"--history"_s, u"nope"_s});
    QCOMPARE(one.code, 6);
    QVERIFY(one.out.isEmpty() && one.err.contains(u"nope"_s));
}

void TestLogHistory::nothingOfThatName_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("job") << QStringList{u"--job"_s, u"nope"_s};
    QTest::newRow("pod") << QStringList{u"--pod"_s, u"nope"_s};
    QTest::newRow("node") << QStringList{u"--node"_s, u"nope"_s};
    QTest::newRow("followed") << QStringList{u"-f"_s, u"--job"_s, u"nope"_s};
}

void TestLogHistory::nothingOfThatName()
{
    QFETCH(const QStringList, options);
    QVERIFY(m_bed->serve(u"healthy"_s, 1000));
    const Run run = m_bed->logs(options);
    QCOMPARE(run.code, 6);
    QVERIFY(run.out.isEmpty());
    QVERIFY2(run.err.contains(u"nope"_s), qPrintable(run.err));
}

void TestLogHistory::noUpgrade()
{
    QVERIFY(m_bed->serve(u"no-upgrade"_s));
    const Run run = m_bed->logs({});
    QCOMPARE(run.code, 6);
    QVERIFY(run.out.isEmpty() && !run.err.isEmpty());
}

void TestLogHistory::mayNotReadLogs()
{
    QVERIFY(m_bed->serve());
    const ContainerId id = m_bed->talker(10);
    const Run run = m_bed->logs({u"--context"_s, u"demo-viewer"_s, u"--pod"_s, id.pod});
    QCOMPARE(run.code, 3);
    QVERIFY(run.out.isEmpty());
    QVERIFY2(run.err.contains(id.pod), qPrintable(run.err));
}

void TestLogHistory::unreachable()
{
    QVERIFY(m_bed->serve());
    m_bed->stop();
    const Run run = m_bed->logs({});
    QCOMPARE(run.code, 2);
    QVERIFY(run.out.isEmpty() && !run.err.isEmpty());
}

QTEST_GUILESS_MAIN(TestLogHistory)
#include "tst_loghistory.moc"
