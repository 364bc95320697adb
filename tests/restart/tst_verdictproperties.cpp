// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Hundreds of thousands of clusters, sensible and not: a touched node, a possible node phase or a gap never gives
// "safe".

#include "cleanworld.h"

#include "support/upgrade_recording.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace upgrade;
using restart::Code;

namespace {

std::shared_ptr<UpgradeObject> makeUpgrade()
{
    auto up = std::make_shared<UpgradeObject>();
    up->meta = {u"harvester-system"_s, u"up"_s, u"uid-up"_s, u"7"_s};
    up->meta.created = support::World::at(0);
    up->latest = true;
    up->version = u"v1.9.0"_s;
    up->repoInfo.os = u"Harvester v1.9.0"_s;
    up->repoInfo.kubernetes = u"v1.36.1+rke2r1"_s;
    return up;
}

/// Counted, so that the test shows it has met what it is about.
struct Tally {
    int safe = 0, closed = 0;
};

} // namespace

class TestVerdictProperties : public QObject {
    Q_OBJECT

    support::CleanWorld m_clean;

private Q_SLOTS:
    /// Every combination of the conditions that place an upgrade, with every label and a sample of node states.
    void conditions()
    {
        const QStringList statuses{QString(), u"True"_s, u"False"_s, u"Unknown"_s, u"Maybe"_s};
        const QStringList known = statuses.first(4);
        const QStringList labels{QString(), u"PreparingLoggingInfra"_s, u"PreparingRepo"_s, u"PreparingNodes"_s,
            u"UpgradingSystemServices"_s, u"UpgradingNodes"_s, u"Failed"_s, u"Succeeded"_s, u"Dreaming"_s};
        const QStringList nodeStates{QString(), u"Images preloaded"_s, u"Failed"_s, u"Node-upgrade paused"_s,
            u"Pre-draining"_s, u"Waiting Reboot"_s, u"Succeeded"_s, u"Dreaming"_s};
        Tally tally;
        int turn = 0;
        Snapshot snapshot = m_clean.snapshot;
        for (const QString &completed : known)
            for (const QString &image : known)
                for (const QString &repo : known)
                    for (const QString &prepared : statuses)
                        for (const QString &services : statuses)
                            for (const QString &nodes : statuses) {
                                for (const QString &label : labels)
                                    for (const QString &state : {nodeStates.at(++turn % 8), QString()}) {
                                        auto up = makeUpgrade();
                                        const std::pair<QString, QString> all[] = {{u"Completed"_s, completed},
                                            {u"LogReady"_s, u"True"_s}, {u"ImageReady"_s, image},
                                            {u"RepoReady"_s, repo}, {u"NodesPrepared"_s, prepared},
                                            {u"SystemServicesUpgraded"_s, services}, {u"NodesUpgraded"_s, nodes}};
                                        for (const auto &[type, status] : all) {
                                            if (!status.isEmpty())
                                                up->conditions.all.append({type, status});
                                        }
                                        up->stateLabel = label;
                                        if (!state.isEmpty())
                                            up->nodes.insert(u"n1"_s, {state});
                                        const bool prepareFailed = nodes == "False"_L1 && prepared == "Unknown"_L1;
                                        const bool phase4 = (!nodes.isEmpty() && !prepareFailed)
                                            || services == "True"_L1 || label == "UpgradingNodes"_L1;
                                        const bool touched = !state.isEmpty() && state != "Images preloaded"_L1
                                            && !(state == "Failed"_L1 && prepareFailed);
                                        snapshot.upgrades.insert({u"harvester-system"_s, u"up"_s}, up);
                                        const restart::Verdict verdict
                                            = restart::judge(snapshot, support::World::at(100));
                                        if (verdict.allowsRestart()) {
                                            ++tally.safe;
                                            QVERIFY2(!phase4 && !touched,
                                                qPrintable((QStringList{completed, image, repo, prepared, services,
                                                                nodes, label, state})
                                                        .join(u'|')));
                                        } else {
                                            ++tally.closed;
                                        }
                                        if (services == "False"_L1)
                                            QVERIFY(verdict.code != Code::Safe); // phase 3 wants a bundle
                                    }
                            }
        QVERIFY(tally.safe > 100);
        QVERIFY(tally.closed > 10000);
    }

    /// Random clusters around a restartable upgrade: whatever is touched or absent closes the door.
    void clusters()
    {
        QRandomGenerator random(20260903);
        const auto one = [&](int in) { return random.bounded(in) == 0; };
        Tally tally;
        for (int round = 0; round < 100000; ++round) {
            Snapshot snapshot = m_clean.snapshot;
            bool closed = false;
            auto up = makeUpgrade();
            up->conditions.all = {{u"Completed"_s, u"False"_s}, {u"LogReady"_s, u"True"_s},
                {u"ImageReady"_s, u"True"_s}, {u"RepoReady"_s, u"True"_s}};
            up->stateLabel = u"Failed"_s;
            switch (random.bounded(4)) {
            case 0:
                up->conditions.all.resize(2);
                up->conditions.all.append({u"ImageReady"_s, u"False"_s});
                break;
            case 1:
                up->conditions.all.append({u"NodesPrepared"_s, u"Unknown"_s});
                break;
            case 2:
                up->conditions.all.append({u"NodesPrepared"_s, u"True"_s});
                up->conditions.all.append({u"SystemServicesUpgraded"_s, u"False"_s});
                break;
            default: // the node phase failed
                up->conditions.all.append({u"NodesPrepared"_s, u"True"_s});
                up->conditions.all.append({u"SystemServicesUpgraded"_s, u"True"_s});
                up->conditions.all.append({u"NodesUpgraded"_s, u"False"_s});
                closed = true;
            }
            snapshot.upgrades.insert({u"harvester-system"_s, u"up"_s}, up);
            for (const QString &name : {u"n1"_s, u"n2"_s, u"n3"_s}) {
                auto node = std::make_shared<NodeObject>(*snapshot.nodes.value({{}, name}));
                auto secret = std::make_shared<PlanSecretObject>(
                    *snapshot.planSecrets.value({u"fleet-local"_s, u"custom-"_s + name + u"-machine-plan"_s}));
                const auto change = [&](bool happens, auto &&how) {
                    if (happens) {
                        how();
                        closed = true;
                    }
                };
                change(one(40), [&] { node->unschedulable = true; });
                // The last node keeps its versions: all alike would be touched by nobody.
                change(name != "n3"_L1 && one(40), [&] { node->kubeletVersion = u"v1.36.1+rke2r1"_s; });
                change(name != "n3"_L1 && one(40), [&] { node->osImage = u"Harvester v1.9.0"_s; });
                change(one(40), [&] { node->pendingOsImage = u"Harvester v1.9.0"_s; });
                change(one(40), [&] { node->taints.append({u"kubevirt.io/drain=draining"_s, u"NoSchedule"_s}); });
                change(one(40), [&] { node->conditions.all.clear(); });
                change(one(40), [&] { node->conditions.all = {{u"Ready"_s, u"Unknown"_s}}; });
                change(one(40), [&] { node->kubeletVersion.clear(); });
                change(one(40), [&] { secret->preDrain = u"{}"_s; });
                change(one(40), [&] { secret->postDrain = u"{}"_s; });
                snapshot.nodes.insert({{}, name}, node);
                snapshot.planSecrets.insert({secret->meta.ns, secret->meta.name}, secret);
                change(one(40), [&] { snapshot.planSecrets.remove({secret->meta.ns, secret->meta.name}); });
            }
            const QString target = QStringList{u"nodes"_s, u"secrets/fleet-local"_s, u"jobs.batch/harvester-system"_s,
                u"upgrades.harvesterhci.io/harvester-system"_s, u"volumes.longhorn.io/longhorn-system"_s}
                                       .at(random.bounded(5));
            if (one(8)) {
                snapshot.sources[target].state = SourceState::State(QList{0, 2, 3, 4}.at(random.bounded(4)));
                closed = true;
            }
            if (one(20)) {
                snapshot.sources.remove(target);
                closed = true;
            }
            if (one(20)) {
                auto job = std::make_shared<JobObject>();
                job->meta = {u"harvester-system"_s, u"up-pre-drain-n1"_s, u"j"_s};
                job->upgradeName = u"up"_s;
                job->jobType = u"pre-drain"_s;
                snapshot.jobs.insert({job->meta.ns, job->meta.name}, job);
                closed = true;
            }
            const restart::Verdict verdict = restart::judge(snapshot, support::World::at(100));
            if (verdict.allowsRestart())
                ++tally.safe;
            else
                ++tally.closed;
            QVERIFY2(verdict.allowsRestart() == !closed,
                qPrintable(u"round %1: %2"_s.arg(round).arg(restart::codeWord(verdict.code))));
        }
        QVERIFY(tally.safe > 1000);
        QVERIFY(tally.closed > 1000);
    }

    /// Recorded upgrades, with what the recordings lack added: from the node phase to the end never safe, before it
    /// sometimes.
    void recordings_data()
    {
        QTest::addColumn<bool>("restartable");
        for (const auto &name : {"three-node", "single-node", "stall-pre-drain-node2", "paused-node1", "fail-image",
                 "fail-prepare-node2", "fail-manifests"})
            QTest::newRow(name) << true;
    }
    void recordings()
    {
        const support::Recording recording(QString::fromLatin1(QTest::currentDataTag()));
        int safe = 0;
        for (qsizetype i = 0; i < recording.size(); ++i) {
            Snapshot snapshot = recording.snapshot(i);
            QVERIFY(!restart::judge(snapshot, recording.at(i)).allowsRestart()); // no source is told to be live
            support::knowAll(snapshot);
            for (const auto &node : snapshot.nodes) {
                auto secret = std::make_shared<PlanSecretObject>();
                secret->meta.ns = u"fleet-local"_s;
                secret->meta.name = node->machine + u"-machine-plan"_s;
                secret->machine = node->machine;
                snapshot.planSecrets.insert({secret->meta.ns, secret->meta.name}, secret);
            }
            const restart::Verdict verdict = restart::judge(snapshot, recording.at(i));
            const Board board = deriveBoard(snapshot, recording.at(i));
            const bool nodePhase = board.currentPhase == PhaseId::Nodes || board.failedPhase == PhaseId::Nodes;
            if (nodePhase)
                QVERIFY2(verdict.code == Code::Forbidden, qPrintable(recording.name(i)));
            if (board.state == State::Succeeded || board.presence == Board::Presence::NoUpgrade)
                QVERIFY2(verdict.code == Code::Nothing, qPrintable(recording.name(i)));
            if (verdict.allowsRestart()) {
                ++safe;
                QVERIFY2(board.currentPhase < PhaseId::Nodes, qPrintable(recording.name(i)));
            }
        }
        QVERIFY2(safe > 0, QTest::currentDataTag());
    }
};

QTEST_GUILESS_MAIN(TestVerdictProperties)
#include "tst_verdictproperties.moc"
