// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upgrade/logdigest.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using upgrade::LogDigest;

namespace {

QDateTime at(int second)
{
    return QDateTime(QDate(2026, 9, 3), QTime(9, 0), QTimeZone::UTC).addSecs(second);
}

LogDigest read(const QStringList &lines)
{
    LogDigest digest;
    int second = 0;
    for (const QString &line : lines)
        digest = upgrade::digest(std::move(digest), u"pod"_s, at(second++), line.toUtf8());
    return digest;
}

} // namespace

class TestLogDigest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void milestones_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("milestone");
        const auto row = [](int milestone, const char *line) { QTest::newRow(line) << QString::fromLatin1(line) << milestone; };
        row(1, "Upgrade repo deployment is not ready yet, waiting...");
        row(1, "Wait for upgrade repo HTTP endpoint ready...");
        row(2, "Creating plan up-skip-restart-rancher-system-agent");
        row(3, "Upgrading Rancher");
        row(4, "Wait for Rancher to be upgraded to v2.14.1");
        row(5, "Wait for Rancher dependencies helm releases...");
        row(5, "wait helm release cattle-fleet-system fleet fleet-109.0.0 0.15.0 deployed");
        row(6, "Waiting for CAPI cluster fleet-local/local to be provisioned (current phase: Provisioning, current generation: 3)...");
        row(6, "CAPI cluster fleet-local/local is provisioned and stable for 30 seconds");
        row(7, "Upgrading Harvester Cluster Repo");
        row(8, "Waiting for ManagedChart fleet-local/harvester-crd from generation 2");
        row(8, "Waiting for ManagedChart fleet-local/harvester from generation 2");
        row(9, "Waiting for KubeVirt to upgrade to 1.7.0...");
        row(10, "Waiting for longhorn-manager to be upgraded...");
        row(10, "Waiting for instance-manager (aio) ...");
        row(11, "Upgrading Managedchart rancher-monitoring-crd to 108.0.0");
        row(11, "Upgrading Managedchart rancher-logging-crd to 108.0.0");
        row(12, "the addon did not become AddonDeploySuccessful after 300 seconds");
        row(13, "all bundles are ready");
        row(13, "finish wait fleet bundles");
        row(0, "something else");
        row(0, "");
    }
    void milestones()
    {
        QFETCH(const QString, line);
        QTEST(read({line}).milestone, "milestone");
    }

    void milestonesNeverGoBack()
    {
        const LogDigest digest = read({u"Waiting for KubeVirt to upgrade to 1.7.0..."_s, u"Wait for upgrade repo HTTP endpoint ready..."_s});
        QCOMPARE(digest.milestone, 9);
        QCOMPARE(digest.waitingLine, u"Wait for upgrade repo HTTP endpoint ready..."_s);
    }

    void waitsSince()
    {
        // The same but for the numbers is the same; "Sleep for" between them says nothing new.
        const LogDigest digest = read({u"node/n1 modified"_s, u"Waiting for VM shutdown...(count: 3)"_s, u"Sleep for 5 seconds to retry"_s,
                                       u"Waiting for VM shutdown...(count: 2)"_s, u"Waiting for VM shutdown...(count: 2)"_s});
        QCOMPARE(digest.waitingLine, u"Waiting for VM shutdown...(count: 2)"_s);
        QCOMPARE(digest.waitingSince, at(1));
        QCOMPARE(digest.waitingLineNumber, 5);
        QCOMPARE(digest.lines, 5);
        QCOMPARE(digest.lastTime, at(4));
    }

    void goesOn()
    {
        const LogDigest digest = read({u"Waiting for VM shutdown...(count: 1)"_s, u"all VMs are down"_s});
        QVERIFY(digest.waitingLine.isEmpty());
        QVERIFY(!digest.waitingSince.isValid());
        QCOMPARE(digest.lastLine, u"all VMs are down"_s);
    }

    void waitingLines_data()
    {
        QTest::addColumn<QString>("line");
        for (const char *line : {"Waiting for RKE2 to be upgraded...", "Waiting for VM live-migration or shutdown...(count: 1)", "Waiting for evacuation PDB gone...",
                                 "Waiting for all Longhorn volumes to be healthy...", "Wait for Rancher to be upgraded to v2.14.1", "wait rollout -n harvester-system deployment harvester",
                                 "Current version: 1.8.0, Current ready clusters: 0/1, Current state: WaitApplied", "KubeVirt current version: 1.6.2, target version: 1.7.0"})
            QTest::newRow(line) << QString::fromLatin1(line);
    }
    void waitingLines()
    {
        QFETCH(const QString, line);
        QCOMPARE(read({line}).waitingLine, line);
    }

    void retries()
    {
        const QString line = u"[Thu Sep  3 09:00:00 UTC 2026] Running \"upgrade_node.sh pre-drain\" errors, will retry after 10 minutes (%1 retries)..."_s;
        const LogDigest once = read({u"x"_s, line.arg(0)});
        QCOMPARE(once.retries, 1);
        QCOMPARE(once.retrySince, at(1));
        const LogDigest digest = read({u"x"_s, line.arg(0), u"trying"_s, line.arg(1), line.arg(7)});
        QCOMPARE(digest.retries, 7);
        QCOMPARE(digest.retrySince, at(1));
    }

    void errors()
    {
        const LogDigest digest = read({u"fine"_s, u"[Error] Running \"upgrade_node.sh prepare\""_s, u"Error from server (NotFound): x"_s});
        QVERIFY(digest.firstError.startsWith("[Error]"_L1));
        QCOMPARE(digest.firstErrorNumber, 2);
        QVERIFY(read({u"time=\"x\" level=fatal msg=\"boom\""_s}).firstError.contains("boom"_L1));
        QVERIFY(read({u"no errors found"_s, u"0 errors"_s}).firstError.isEmpty());
    }

    void laterAttempts_data()
    {
        QTest::addColumn<QStringList>("pods");       ///< of each line
        QTest::addColumn<QList<qint64>>("numbers");  ///< given by the reader; 0: not given
        QTest::addColumn<qint64>("waitingAt");
        QTest::addColumn<qint64>("errorAt");
        // The lines: an error, then one that waits, in each attempt.
        QTest::newRow("one pod") << QStringList{u"a"_s, u"a"_s} << QList<qint64>{0, 0} << qint64(2) << qint64(1);
        QTest::newRow("next pod") << QStringList{u"a"_s, u"a"_s, u"b"_s, u"b"_s} << QList<qint64>{0, 0, 0, 0} << qint64(2) << qint64(1);
        QTest::newRow("next run of the container") << QStringList{u"a"_s, u"a"_s, u"a"_s, u"a"_s} << QList<qint64>{1, 2, 1, 2}
                                                   << qint64(2) << qint64(1);
        QTest::newRow("begun in the middle") << QStringList{u"b"_s, u"b"_s} << QList<qint64>{700, 701} << qint64(701) << qint64(700);
    }
    void laterAttempts()
    {
        QFETCH(const QStringList, pods);
        QFETCH(const QList<qint64>, numbers);
        LogDigest digest;
        for (qsizetype i = 0; i < pods.size(); ++i) {
            const QString line = i % 2 ? u"Waiting for KubeVirt to upgrade to 1.7.0..."_s : u"Error from server: attempt %1"_s.arg(i / 2);
            digest = upgrade::digest(std::move(digest), pods.at(i), at(int(i)), line.toUtf8(), numbers.at(i));
        }
        QTEST(digest.waitingLineNumber, "waitingAt");
        QTEST(digest.firstErrorNumber, "errorAt");
        QCOMPARE(digest.firstError, u"Error from server: attempt %1"_s.arg(pods.size() / 2 - 1));
        QCOMPARE(digest.pod, pods.constLast());
        QCOMPARE(digest.lines, pods.size());
    }

    void aNewAttemptForgetsWhatTheLastOneWaitedFor()
    {
        LogDigest digest = read({u"Waiting for KubeVirt to upgrade to 1.7.0..."_s, u"x errors, will retry after 10 minutes (3 retries)"_s});
        digest = upgrade::digest(std::move(digest), u"next"_s, at(90), "");
        QVERIFY(digest.waitingLine.isEmpty());
        QVERIFY(digest.firstError.isEmpty());
        QCOMPARE(digest.retries, 0);
        QCOMPARE(digest.milestone, 9); // kept
    }

    void bounded()
    {
        const LogDigest digest = read({QString(100000, u'x'), QString::fromUtf8("\xff\xfe\x00 bytes", 9)});
        QVERIFY(digest.lastLine.size() <= 400);
        QCOMPARE(digest.lines, 2);
    }
};

QTEST_GUILESS_MAIN(TestLogDigest)
#include "tst_logdigest.moc"
