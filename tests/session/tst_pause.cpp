// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Resuming a paused node of the simulated cluster: who may, the yes, the effect, the journal.

#include "session/pauserun.h"
#include "support/session_journal.h"
#include "support/session_restart.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace support;
using Stage = session::PauseState::Stage;

class TestPause : public QObject {
    Q_OBJECT

    /// The name of the node that is paused.
    static QString pausedNode(const RestartBench &b)
    {
        const QJsonObject nodes = b.upgradeObject().value("status"_L1).toObject().value("nodeStatuses"_L1).toObject();
        for (auto it = nodes.begin(); it != nodes.end(); ++it) {
            if (it->toObject().value("state"_L1).toString() == "Node-upgrade paused"_L1)
                return it.key();
        }
        return {};
    }
    static int patches(const demo::Server &server)
    {
        int count = 0;
        const auto all = server.requests();
        for (const demo::RequestRecord &record : all)
            count += record.method == "PATCH" && !record.target.contains("dryRun");
        return count;
    }

private Q_SLOTS:
    void resumes()
    {
        RestartBench b(u"paused"_s, 20000);
        const QString node = pausedNode(b);
        QVERIFY(!node.isEmpty());
        const qsizetype before = b.server->requests().size();
        session::PauseRun run(b.client.get(), b.upgradeRef(), node, false, {b.root(), std::chrono::milliseconds(20)});
        run.start();
        QVERIFY(b.until([&] { return run.state().stage != Stage::Asking; }));
        QCOMPARE(run.state().stage, Stage::Ready);
        QCOMPARE(run.state().user, u"admin"_s);
        run.confirm(u"another"_s);
        QCOMPARE(run.state().stage, Stage::Ready);
        QCOMPARE(patches(*b.server), 0);
        run.confirm(node);
        QVERIFY(b.until([&] { return run.state().stage == Stage::Done || run.state().stage == Stage::Failed; }));
        QVERIFY2(run.state().stage == Stage::Done, qPrintable(run.state().problem.code));
        QCOMPARE(patches(*b.server), 1);
        QVERIFY(pausedNode(b) != node);
        const auto server = sorted(arrived(*b.server, before)), journal = sorted(announced(run.state().folder));
        QCOMPARE(missing(server, journal), QByteArray());
        QCOMPARE(missing(journal, server), QByteArray());
    }

    void denied()
    {
        RestartBench b(u"paused"_s, 20000);
        b.connect(u"demo-viewer"_s);
        session::PauseRun run(b.client.get(), b.upgradeRef(), pausedNode(b), false, {b.root()});
        run.start();
        QVERIFY(b.until([&] { return run.state().stage != Stage::Asking; }));
        QCOMPARE(run.state().stage, Stage::Failed);
        QCOMPARE(run.state().problem.code, u"access"_s);
        run.confirm(run.state().node);
        QCOMPARE(patches(*b.server), 0);
    }

    /// Between the screen and the click somebody else resumed it, or the Upgrade was replaced.
    void meanwhile()
    {
        RestartBench b(u"paused"_s, 20000);
        b.flowing = false;
        const QString node = pausedNode(b);
        session::PauseRun run(b.client.get(), b.upgradeRef(), node, false, {b.root()});
        run.start();
        QVERIFY(b.until([&] { return run.state().stage == Stage::Ready; }));
        b.server->world().edit(demo::kinds::upgrades, u"harvester-system"_s, b.upgradeRef().name, [&](QJsonObject &up) {
            QJsonObject status = up.value("status"_L1).toObject();
            QJsonObject nodes = status.value("nodeStatuses"_L1).toObject();
            nodes.insert(node, QJsonObject{{u"state"_s, u"Pre-draining"_s}});
            status.insert("nodeStatuses"_L1, nodes);
            up.insert("status"_L1, status);
        });
        run.confirm(node);
        QVERIFY(b.until([&] { return run.state().stage == Stage::Failed; }));
        QCOMPARE(run.state().problem.code, u"pause-not-paused"_s);
        QCOMPARE(patches(*b.server), 0);
    }
};

QTEST_GUILESS_MAIN(TestPause)
#include "tst_pause.moc"
