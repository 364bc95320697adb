// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What is told of a verdict: the reported upgrades that somebody broke by deleting them, advice, JSON and texts.

#include "verdictworld.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace upgrade;
using restart::Code;
using restart::Verdict;
using namespace verdicttest;
using support::CleanWorld;
using support::thing;

class TestVerdictTold : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// github.com/harvester/harvester issues 10553, 6203, 7392 and 4698, as far as their reports tell: each was deleted
    /// in or after the node phase and got worse.
    void reported_data()
    {
        QTest::addColumn<Change>("change");
        QTest::newRow("10553: third attempt, three nodes done, one cordoned") << Change([](CleanWorld &w) {
            w.node(u"n1"_s,
                support::json(
                    R"({"spec":{"unschedulable":true},"status":{"nodeInfo":{"kubeletVersion":"v1.35.2+rke2r1","osImage":"Harvester v1.8.0"}}})"));
            w.node(u"n2"_s,
                support::json(
                    R"({"status":{"nodeInfo":{"kubeletVersion":"v1.34.3+rke2r3","osImage":"Harvester v1.7.1"}}})"));
            w.upgrade(toPreload + u" NodesPrepared=U"_s, u"PreparingNodes"_s, preloaded);
        });
        QTest::newRow("6203: first node done, started again") << Change([](CleanWorld &w) {
            w.node(u"n1"_s,
                support::json(
                    R"({"status":{"nodeInfo":{"kubeletVersion":"v1.36.1+rke2r1","osImage":"Harvester v1.9.0"}}})"));
            w.upgrade(failed(toServices) + u" SystemServicesUpgraded=F"_s, u"Failed"_s, preloaded);
        });
        QTest::newRow("7392: images preloaded, one kubelet ahead") << Change([](CleanWorld &w) {
            w.node(u"n2"_s, support::json(R"({"status":{"nodeInfo":{"kubeletVersion":"v1.28.12+rke2r1"}}})"));
            w.upgrade(toNodes + u" NodesUpgraded=U"_s, u"UpgradingNodes"_s, preloaded);
        });
        QTest::newRow("4698: pre-drain asked for while services are upgraded") << Change([](CleanWorld &w) {
            w.secret(u"n1"_s, {{u"rke.cattle.io/pre-drain"_s, u"{\"enabled\":true}"_s}});
            w.upgrade(toServices + u" SystemServicesUpgraded=U"_s, u"UpgradingSystemServices"_s, preloaded);
            w.job(u"up-apply-manifests"_s, u"apply-manifests"_s, {}, u"running"_s, 20);
        });
        QTest::newRow("9130: stuck on pre-drained") << Change([](CleanWorld &w) {
            w.upgrade(toNodes + u" NodesUpgraded=U"_s, u"UpgradingNodes"_s, u"n1=Pre-drained;n2=Images preloaded"_s);
        });
    }

    void reported()
    {
        QFETCH(Change, change);
        CleanWorld world;
        change(world);
        const Verdict verdict = world.verdict();
        QCOMPARE(verdict.code, Code::Forbidden);
        QVERIFY(verdict.instead.contains({u"support"_s, {}}));
    }

    void advice()
    {
        CleanWorld world;
        world.upgrade(
            toNodes + u" NodesUpgraded=U"_s, u"UpgradingNodes"_s, u"n1=Node-upgrade paused;n2=Images preloaded"_s);
        QCOMPARE(world.verdict().instead.constFirst(), (Message{u"resume-node"_s, {u"n1"_s}}));
        world.upgrade(failed(toServices) + u" SystemServicesUpgraded=F"_s, u"Failed"_s, preloaded);
        QCOMPARE(world.verdict().instead.constFirst().code, u"bundle"_s);
        world.upgrade(toPreload + u" NodesPrepared=U"_s, u"PreparingNodes"_s, u"n1=Images preloading"_s);
        world.prepareJob(u"n1"_s, u"running"_s, 80);
        QVERIFY(world.verdict().instead.contains({u"preload-wait"_s, {u"n1"_s}}));
        QVERIFY(
            !world.verdict(141).instead.contains({u"preload-wait"_s, {u"n1"_s}})); // 60 minutes are not slow any more
        QVERIFY(rules(world.verdict()).contains("R6"_L1));
    }

    void json()
    {
        CleanWorld world;
        world.upgrade(toNodes + u" NodesUpgraded=U"_s, u"UpgradingNodes"_s, preloaded);
        world.source(u"secrets/fleet-local"_s, SourceState::State::Denied, u"forbidden"_s);
        const QJsonObject json = restart::toJson(world.verdict(), CleanWorld::at(100));
        QCOMPARE(json.value("schema"_L1).toString(), u"gleaner.verdict/v1"_s);
        QCOMPARE(json.value("verdict"_L1).toString(), u"forbidden"_s);
        QCOMPARE(json.value("phase"_L1).toString(), u"nodes"_s);
        QCOMPARE(json.value("upgrade"_L1).toObject().value("name"_L1).toString(), u"up"_s);
        const QJsonObject reason = json.value("reasons"_L1).toArray().at(0).toObject();
        QCOMPARE(reason.value("rule"_L1).toString(), u"R10"_s);
        QCOMPARE(reason.value("fact"_L1).toObject().value("code"_L1).toString(), u"nodes-running"_s);
        QCOMPARE(reason.value("object"_L1).toObject().value("uid"_L1).toString(), u"uid-up"_s);
        const QJsonObject missing = json.value("missing"_L1).toArray().at(0).toObject().value("what"_L1).toObject();
        QCOMPARE(missing.value("code"_L1).toString(), u"source-denied"_s);
        QCOMPARE(missing.value("args"_L1).toArray().at(0).toString(), u"secrets/fleet-local"_s);
    }

    void texts()
    {
        QCOMPARE(restart::factText({u"volume"_s, {u"pvc-%2"_s, u"degraded"_s, u"default/a"_s}}),
            u"Volume pvc-%2 of default/a is degraded"_s);
        QCOMPARE(restart::factText({u"phase-failed"_s, {u"preload"_s}}),
            u"It failed in the phase “Preload container images”; no node has been touched"_s);
        QCOMPARE(restart::insteadText({u"choose-version"_s, {QString()}}),
            u"Choose a version that can be reached from this one"_s);
        QCOMPARE(restart::factText({u"later"_s, {u"a"_s}}), u"later a"_s);
    }
};

QTEST_GUILESS_MAIN(TestVerdictTold)
#include "tst_verdicttold.moc"
