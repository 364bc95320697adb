// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The decision table, rule by rule, and what counts as a node that was touched.

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

class TestVerdict : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void table_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<Code>("code");
        QTest::addColumn<QString>("rule"); ///< of the first reason
        const auto row = [](const char *name, Code code, const char *rule, Change change) {
            QTest::newRow(name) << change << code << QString::fromLatin1(rule);
        };
        const auto at = [](const QString &conditions, const QString &label, const QString &nodes = {}) {
            return Change([=](CleanWorld &w) {
                w.upgrade(conditions, label, nodes);
                w.editUpgrade([](QJsonObject &up) { // %20: words of conditions are separated by blanks
                    up = QJsonDocument::fromJson(QJsonDocument(up).toJson().replace("%20", " ")).object();
                });
            });
        };
        row("R1 none", Code::Nothing, "R1", [](CleanWorld &) { });
        row("R1 completed", Code::Nothing, "R1",
            at(QString(toNodes).replace("Completed=U"_L1, "Completed=T"_L1) + u" NodesUpgraded=T"_s, u"Succeeded"_s));
        row("R2 deleting", Code::Wait, "R2", [](CleanWorld &w) {
            w.upgrade(toPreload, u"RepoPrepared"_s, {},
                support::json(R"({"metadata":{"deletionTimestamp":"2026-09-03T10:38:00Z"}})"));
        });
        row("R3 cleanup", Code::Wait, "R3", [](CleanWorld &w) {
            w.upgrade(u"Completed=F(x)@95 LogReady=T ImageReady=F"_s, u"Failed"_s, {},
                support::json(R"({"metadata":{"labels":{"harvesterhci.io/upgradeCleanup":"Pending"}}})"));
        });
        row("R3 cleanup stuck", Code::Safe, "R3", [](CleanWorld &w) {
            w.upgrade(u"Completed=F(x)@10 LogReady=T ImageReady=F"_s, u"Failed"_s, {},
                support::json(R"({"metadata":{"labels":{"harvesterhci.io/upgradeCleanup":"Pending"}}})"));
        });
        row("R4 log", Code::Safe, "R4", at(u"Completed=U LogReady=U"_s, u"PreparingLoggingInfra"_s));
        row("R4 log timeout", Code::Safe, "R4", at(u"Completed=F(Timeout) LogReady=F(Timeout)"_s, u"Failed"_s));
        row("R4 image", Code::Safe, "R4", at(u"Completed=U LogReady=T ImageReady=U"_s, u"LoggingInfraPrepared"_s));
        row("R4 image failed", Code::Safe, "R4",
            at(u"Completed=F LogReady=T ImageReady=F(ImportFailed)"_s, u"Failed"_s));
        row("R4 repo", Code::Safe, "R4", at(u"Completed=U LogReady=T ImageReady=T RepoReady=U"_s, u"PreparingRepo"_s));
        row("R4 new, not taken up", Code::Wait, "R4", [](CleanWorld &w) {
            w.upgrade({}, {}, {}, support::json(R"({"metadata":{"creationTimestamp":"2026-09-03T10:38:00Z"}})"));
        });
        row("R5 guard", Code::Safe, "R5",
            at(u"Completed=F(downgrading%20is%20prohibited) LogReady=T ImageReady=T RepoReady=T"_s, u"Failed"_s));
        row("R4 release unread", Code::Safe, "R4",
            at(u"Completed=F(unexpected-status:404) LogReady=T ImageReady=T RepoReady=T"_s, u"Failed"_s));
        row("R6 running", Code::Safe, "R6",
            at(toPreload + u" NodesPrepared=U"_s, u"PreparingNodes"_s, u"n1=Images preloading"_s));
        row("R13 prepare failed", Code::Safe, "R13",
            at(failed(toPreload) + u" NodesPrepared=U NodesUpgraded=F"_s, u"Failed"_s,
                u"n1=Images preloaded;n2=Failed(DeadlineExceeded)"_s));
        row("R7 failed", Code::SafeAfterBundle, "R7",
            at(failed(toServices) + u" SystemServicesUpgraded=F(BackoffLimitExceeded)"_s, u"Failed"_s, preloaded));
        row("R7 controller error", Code::SafeAfterBundle, "R7",
            at(failed(toServices) + u" SystemServicesUpgraded=U"_s, u"Failed"_s, preloaded));
        row("R8 active", Code::PreferToFix, "R8", [](CleanWorld &w) {
            w.upgrade(toServices + u" SystemServicesUpgraded=U"_s, u"UpgradingSystemServices"_s, preloaded);
            w.job(u"up-apply-manifests"_s, u"apply-manifests"_s, {}, u"running"_s, 20);
        });
        row("R8 no job", Code::Wait, "",
            at(toServices + u" SystemServicesUpgraded=U"_s, u"UpgradingSystemServices"_s, preloaded));
        row("R8 job over, condition not yet", Code::Wait, "R8", [](CleanWorld &w) {
            w.upgrade(toServices + u" SystemServicesUpgraded=U"_s, u"UpgradingSystemServices"_s, preloaded);
            w.job(u"up-apply-manifests"_s, u"apply-manifests"_s, {}, u"failed"_s, 20, 99);
        });
        row("R9 job complete", Code::Forbidden, "R9", [](CleanWorld &w) {
            w.upgrade(toServices + u" SystemServicesUpgraded=U"_s, u"UpgradingSystemServices"_s, preloaded);
            w.job(u"up-apply-manifests"_s, u"apply-manifests"_s, {}, u"complete"_s, 20, 99);
        });
        row("R9 door", Code::Forbidden, "R9", at(toNodes, u"UpgradingSystemServices"_s, preloaded));
        row("R10 running", Code::Forbidden, "R10", at(toNodes + u" NodesUpgraded=U"_s, u"UpgradingNodes"_s, preloaded));
        row("R10 label only", Code::Forbidden, "R10", at(toServices, u"UpgradingNodes"_s, preloaded));
        row("R10 unknown status", Code::Forbidden, "R10",
            at(toNodes + u" NodesUpgraded=\"\""_s, u"UpgradingNodes"_s, preloaded));
        row("R10 single node's Job", Code::Forbidden, "R10", [](CleanWorld &w) {
            w.upgrade(toServices + u" SystemServicesUpgraded=U"_s, u"UpgradingSystemServices"_s, preloaded);
            w.job(u"up-single-node-upgrade-n1"_s, u"single-node-upgrade"_s, u"n1"_s, u"running"_s, 30);
        });
        row("R10 drain hooks", Code::Forbidden, "R10", [](CleanWorld &w) {
            w.upgrade(toPreload + u" NodesPrepared=U"_s, u"PreparingNodes"_s);
            w.add(Kind::ProvisioningCluster,
                thing(u"fleet-local"_s, u"local"_s,
                    support::json(
                        R"({"spec":{"rkeConfig":{"upgradeStrategy":{"controlPlaneDrainOptions":{"preDrainHooks":[{"annotation":"harvesterhci.io/pre-hook"}]}}}}})")));
        });
        row("R11 failed", Code::Forbidden, "R11",
            at(failed(toNodes) + u" NodesUpgraded=F"_s, u"Failed"_s, u"n1=Succeeded;n2=Failed;n3=Images preloaded"_s));
        row("R11 failed, preload finished", Code::Forbidden, "R11",
            at(failed(toServices) + u" NodesUpgraded=F"_s, u"Failed"_s, preloaded));
        row("R12 paused", Code::Forbidden, "R10",
            at(toNodes + u" NodesUpgraded=U"_s, u"UpgradingNodes"_s, u"n1=Node-upgrade paused;n2=Images preloaded"_s));
        row("R14 provisioning", Code::Wait, "R14", [](CleanWorld &w) {
            w.upgrade(failed(toServices) + u" SystemServicesUpgraded=F"_s, u"Failed"_s, preloaded);
            w.capi(u"Provisioning"_s);
        });
        row("A07 not provisioned", Code::FixFirst, "A07", [](CleanWorld &w) {
            w.upgrade(toPreload + u" NodesPrepared=U"_s, u"PreparingNodes"_s);
            w.capi(u"Failed"_s);
        });
        row("R15 volume", Code::FixFirst, "R15", [](CleanWorld &w) {
            w.upgrade(u"Completed=F LogReady=T ImageReady=F"_s, u"Failed"_s);
            w.volume(u"degraded"_s);
        });
        row("R15 not ready", Code::FixFirst, "R15", [](CleanWorld &w) {
            w.upgrade(u"Completed=F LogReady=T ImageReady=F"_s, u"Failed"_s);
            w.node(u"n2"_s, support::json(R"({"status":{"conditions":[{"type":"Ready","status":"Unknown"}]}})"));
        });
        row("A13 cordoned", Code::FixFirst, "A13", [](CleanWorld &w) {
            w.upgrade(toPreload + u" NodesPrepared=U"_s, u"PreparingNodes"_s);
            w.node(u"n2"_s, support::json(R"({"spec":{"unschedulable":true}})"));
        });
        row("A03 another one", Code::FixFirst, "A03", [](CleanWorld &w) {
            w.upgrade(toPreload + u" NodesPrepared=U"_s, u"PreparingNodes"_s);
            w.add(Kind::Upgrade, thing(u"harvester-system"_s, u"older"_s));
        });
        row("another one in its node phase", Code::Forbidden, "R10", [](CleanWorld &w) {
            w.upgrade(u"Completed=U LogReady=U"_s, u"PreparingLoggingInfra"_s);
            w.add(Kind::Upgrade,
                thing(u"harvester-system"_s, u"older"_s,
                    support::json(
                        R"({"status":{"conditions":[{"type":"Completed","status":"Unknown"},{"type":"NodesUpgraded","status":"Unknown"}]}})")));
        });
        const auto plan = [](const char *phase, const char *times) {
            return Change([=](CleanWorld &w) {
                w.source(u"upgradeplans.management.harvesterhci.io"_s, SourceState::State::Live);
                QJsonArray entered;
                for (const QString &name : QString::fromLatin1(times).split(u' ', Qt::SkipEmptyParts))
                    entered.append(
                        QJsonObject{{u"phase"_s, name}, {u"phaseTransitionTimestamp"_s, CleanWorld::stamp(1)}});
                w.add(Kind::UpgradePlan,
                    thing({}, u"up"_s,
                        {{u"status"_s,
                            QJsonObject{{u"currentPhase"_s, QString::fromLatin1(phase)},
                                {u"phaseTransitionTimestamps"_s, entered}}}}));
            });
        };
        row("R16 preloading", Code::Safe, "R16", plan("ImagePreloading", "Initializing"));
        row("R16 cluster", Code::SafeAfterBundle, "R16", [plan](CleanWorld &w) {
            plan("ClusterUpgrading", "Initializing")(w);
            w.job(u"up-cluster-upgrade"_s, u"apply-manifests"_s, {}, u"running"_s, 20);
        });
        row("R16 cluster, no Job", Code::Wait, "", plan("ClusterUpgrading", "Initializing"));
        row("R16 cluster done", Code::Forbidden, "R9", plan("ClusterUpgraded", "Initializing"));
        row("R16 nodes", Code::Forbidden, "R10", plan("NodeUpgrading", "Initializing"));
        row("R16 failed in nodes", Code::Forbidden, "R10",
            plan("Failed", "Initializing ClusterUpgrading NodeUpgrading CleaningUp"));
        row("R16 failed somewhere", Code::Forbidden, "R10", plan("Failed", ""));
        row("R16 unknown phase", Code::Wait, "", plan("Teleporting", "Initializing"));
        row("R16 succeeded", Code::Nothing, "R1", plan("Succeeded", "Initializing"));
    }
    void table()
    {
        QFETCH(Change, change);
        QFETCH(Code, code);
        QFETCH(QString, rule);
        CleanWorld world;
        change(world);
        const Verdict verdict = world.verdict();
        QVERIFY2(
            verdict.code == code, qPrintable(restart::codeWord(verdict.code) + u": "_s + gapCodes(verdict).join(u' ')));
        QVERIFY(!verdict.reasons.isEmpty());
        QCOMPARE(verdict.reasons.constFirst().rule, rule);
        // Everything that is said can be read.
        for (const auto &reason : verdict.reasons) {
            QVERIFY2(restart::verdictCodes().contains(reason.fact.code), qPrintable(reason.fact.code));
            QVERIFY2(reason.rule.isEmpty() || !restart::ruleText(reason.rule).isEmpty(), qPrintable(reason.rule));
        }
        for (const auto &advice : verdict.instead)
            QVERIFY2(restart::verdictCodes().contains(advice.code), qPrintable(advice.code));
        for (const auto &missing : verdict.missing)
            QVERIFY2(restart::verdictCodes().contains(missing.what.code), qPrintable(missing.what.code));
        if (code == Code::Forbidden)
            QVERIFY(!verdict.instead.isEmpty());
    }

    /// One node less known, one sign more of a touched node: each takes "safe" away, in every phase that has it.
    void touchedOrUnknown_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<Code>("code");
        QTest::addColumn<QString>("say");
        const auto row = [](const char *name, Code code, const char *say, Change change) {
            QTest::newRow(name) << change << code << QString::fromLatin1(say);
        };
        row("pre-drain", Code::Forbidden, "touched-drain",
            [](CleanWorld &w) { w.secret(u"n2"_s, {{u"rke.cattle.io/pre-drain"_s, u"{}"_s}}); });
        row("taint", Code::Forbidden, "touched-taint", [](CleanWorld &w) {
            w.node(u"n2"_s,
                support::json(
                    R"({"spec":{"taints":[{"key":"kubevirt.io/drain","value":"draining","effect":"NoSchedule"}]}})"));
        });
        row("pending", Code::Forbidden, "touched-pending", [](CleanWorld &w) {
            w.node(u"n2"_s,
                support::json(R"({"metadata":{"annotations":{"harvesterhci.io/pendingOSImage":"Harvester v1.9.0"}}})"));
        });
        row("kubelet", Code::Forbidden, "touched-version", [](CleanWorld &w) {
            w.node(u"n2"_s, support::json(R"({"status":{"nodeInfo":{"kubeletVersion":"v1.36.1+rke2r1"}}})"));
        });
        row("system", Code::Forbidden, "touched-version", [](CleanWorld &w) {
            w.node(u"n2"_s, support::json(R"({"status":{"nodeInfo":{"osImage":"Harvester v1.9.0"}}})"));
        });
        row("strange kubelet", Code::Forbidden, "touched-mixed", [](CleanWorld &w) {
            w.node(u"n2"_s, support::json(R"({"status":{"nodeInfo":{"kubeletVersion":"v1.34.0+rke2r1"}}})"));
        });
        row("paused", Code::Forbidden, "touched-paused", [](CleanWorld &w) {
            w.editUpgrade([](QJsonObject &up) {
                up = support::merged(
                    up, support::json(R"({"status":{"nodeStatuses":{"n2":{"state":"Node-upgrade paused"}}}})"));
            });
        });
        row("drained", Code::Forbidden, "touched-state", [](CleanWorld &w) {
            w.editUpgrade([](QJsonObject &up) {
                up = support::merged(
                    up, support::json(R"({"status":{"nodeStatuses":{"n2":{"state":"Pre-drained"}}}})"));
            });
        });
        row("strange state", Code::Wait, "odd-node-state", [](CleanWorld &w) {
            w.editUpgrade([](QJsonObject &up) {
                up = support::merged(
                    up, support::json(R"({"status":{"nodeStatuses":{"n2":{"state":"Teleporting"}}}})"));
            });
        });
        row("maintenance", Code::FixFirst, "maintenance", [](CleanWorld &w) {
            w.node(u"n2"_s,
                support::json(
                    R"({"metadata":{"annotations":{"harvesterhci.io/maintain-status":"running"}},"spec":{"unschedulable":true,"taints":[{"key":"kubevirt.io/drain","value":"draining","effect":"NoSchedule"}]}})"));
        });
        row("no secret", Code::Wait, "no-plan-secret", [](CleanWorld &w) {
            w.snapshot.remove(Kind::PlanSecret, {u"fleet-local"_s, u"custom-n2-machine-plan"_s});
        });
        row("no CAPI cluster", Code::Wait, "no-capi",
            [](CleanWorld &w) { w.snapshot.remove(Kind::CapiCluster, {u"fleet-local"_s, u"local"_s}); });
        row("no cluster", Code::Wait, "no-cluster",
            [](CleanWorld &w) { w.snapshot.remove(Kind::ProvisioningCluster, {u"fleet-local"_s, u"local"_s}); });
        row("node gone", Code::Wait, "node-gone", [](CleanWorld &w) {
            w.editUpgrade([](QJsonObject &up) {
                up = support::merged(
                    up, support::json(R"({"status":{"nodeStatuses":{"n9":{"state":"Images preloaded"}}}})"));
            });
        });
        row("no readiness", Code::Wait, "no-readiness",
            [](CleanWorld &w) { w.node(u"n2"_s, support::json(R"({"status":{"conditions":[]}})")); });
        row("no versions", Code::Wait, "no-node-versions", [](CleanWorld &w) {
            for (const auto &name : {u"n1"_s, u"n2"_s, u"n3"_s})
                w.node(name, support::json(R"({"status":{"nodeInfo":{"kubeletVersion":""}}})"));
        });
        row("not latest", Code::Wait, "no-latest", [](CleanWorld &w) {
            w.editUpgrade([](QJsonObject &up) {
                up = support::merged(
                    up, support::json(R"({"metadata":{"labels":{"harvesterhci.io/latestUpgrade":"false"}}})"));
            });
        });
        row("connection lost", Code::Wait, "connection",
            [](CleanWorld &w) { w.snapshot.seen.blind.append({CleanWorld::at(90), {}}); });
        for (const auto state : {SourceState::State::Loading, SourceState::State::Stale, SourceState::State::Denied,
                 SourceState::State::Missing}) {
            static const QHash<int, const char *> codes{{int(SourceState::State::Loading), "source-loading"},
                {int(SourceState::State::Stale), "source-stale"}, {int(SourceState::State::Denied), "source-denied"},
                {int(SourceState::State::Missing), "source-missing"}};
            for (const auto &key : {u"nodes"_s, u"jobs.batch/harvester-system"_s, u"jobs.batch/cattle-system"_s,
                     u"plans.upgrade.cattle.io/cattle-system"_s, u"clusters.provisioning.cattle.io/fleet-local"_s,
                     u"clusters.cluster.x-k8s.io/fleet-local"_s, u"machines.cluster.x-k8s.io/fleet-local"_s,
                     u"secrets/fleet-local"_s, u"volumes.longhorn.io/longhorn-system"_s,
                     u"upgrades.harvesterhci.io/harvester-system"_s}) {
                QTest::addRow("%s %s", codes.value(int(state)), qPrintable(key))
                    << Change([=](CleanWorld &w) { w.source(key, state, u"because"_s); }) << Code::Wait
                    << QString::fromLatin1(codes.value(int(state)));
            }
        }
        row("plans of V2 denied", Code::Wait, "source-denied",
            [](CleanWorld &w) { w.source(u"upgradeplans.management.harvesterhci.io"_s, SourceState::State::Denied); });
        row("no source told", Code::Wait, "source-loading", [](CleanWorld &w) { w.snapshot.sources.clear(); });
    }
    void touchedOrUnknown()
    {
        QFETCH(Change, change);
        QFETCH(Code, code);
        QFETCH(QString, say);
        const std::pair<QString, QString> places[] = {
            {u"Completed=U LogReady=T ImageReady=U"_s, u"LoggingInfraPrepared"_s},
            {toPreload + u" NodesPrepared=U"_s, u"PreparingNodes"_s},
            {failed(toServices) + u" SystemServicesUpgraded=F"_s, u"Failed"_s},
        };
        for (const auto &[conditions, label] : places) {
            CleanWorld world;
            world.upgrade(conditions, label);
            QVERIFY(world.verdict().allowsRestart());
            change(world);
            const Verdict verdict = world.verdict();
            QVERIFY2(verdict.code == code, qPrintable(conditions + u" → "_s + restart::codeWord(verdict.code)));
            QStringList said = gapCodes(verdict);
            for (const restart::Reason &reason : verdict.reasons)
                said.append(reason.fact.code);
            QVERIFY2(said.contains(say), qPrintable(said.join(u' ')));
        }
    }

    /// Two nodes: volumes of three replicas are always degraded there, and the webhook does not look at them.
    void twoNodes()
    {
        CleanWorld world(2);
        world.upgrade(u"Completed=F LogReady=T ImageReady=F"_s, u"Failed"_s);
        world.volume(u"degraded"_s);
        QCOMPARE(world.verdict().code, Code::Safe);
    }
};

QTEST_GUILESS_MAIN(TestVerdict)
#include "tst_verdict.moc"
