// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What must hold for any snapshot, sensible or not: thousands of random ones, made of values a server might write and of
// nonsense. A failing seed is printed.

#include "support/upgrade_recording.h"
#include "support/upgrade_world.h"
#include "upgrade/board.h"
#include "upgrade/boardjson.h"
#include "upgrade/boardtext.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace upgrade;
using support::Recording;
using support::World;

namespace {

class Dice {
public:
    explicit Dice(quint32 seed) : m_random(seed) {}
    int upTo(int n) { return int(m_random.bounded(n)); }
    bool oneIn(int n) { return upTo(n) == 0; }
    QString of(const QStringList &list) { return list.at(upTo(int(list.size()))); }

private:
    QRandomGenerator m_random;
};

const QStringList states{u""_s, u"Images preloading"_s, u"Images preloaded"_s, u"Node-upgrade paused"_s, u"Pre-draining"_s, u"Pre-drained"_s,
                         u"Post-draining"_s, u"Waiting Reboot"_s, u"Succeeded"_s, u"Failed"_s, u"Upgrading"_s, u"Levitating"_s, u"%1"_s};
const QStringList labels{u""_s, u"PreparingLoggingInfra"_s, u"LoggingInfraPrepared"_s, u"CreatingUpgradeImage"_s, u"PreparingRepo"_s, u"RepoPrepared"_s,
                         u"PreparingNodes"_s, u"UpgradingSystemServices"_s, u"UpgradingNodes"_s, u"Succeeded"_s, u"Failed"_s, u"Whatever"_s};

/// Any value in the place of another.
QJsonValue nonsense(Dice &dice)
{
    switch (dice.upTo(7)) {
    case 0: return {};
    case 1: return dice.upTo(1000) - 500;
    case 2: return u"nonsense %1 %2"_s;
    case 3: return true;
    case 4: return QJsonArray{1, u"x"_s, QJsonObject{}};
    case 5: return 1e300;
    default: return QJsonObject{{u"type"_s, 7}};
    }
}

QJsonValue spoil(Dice &dice, const QJsonValue &value, int depth = 0)
{
    // metadata.name and the like must stay: without them there is no object.
    if (depth > 1 && dice.oneIn(25))
        return nonsense(dice);
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        const QStringList keys = object.keys();
        for (const QString &key : keys) {
            if (key == "metadata"_L1)
                continue;
            object.insert(key, spoil(dice, object.value(key), depth + 1));
        }
        return object;
    }
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i)
            array.replace(i, spoil(dice, array.at(i), depth + 1));
        return array;
    }
    return value;
}

Snapshot randomSnapshot(Dice &dice)
{
    World world;
    QStringList conditions;
    for (const auto &type : {u"Completed"_s, u"LogReady"_s, u"ImageReady"_s, u"RepoReady"_s, u"NodesPrepared"_s, u"SystemServicesUpgraded"_s, u"NodesUpgraded"_s}) {
        if (dice.oneIn(3))
            continue;
        QString word = type + u'=' + dice.of({u"U"_s, u"T"_s, u"T"_s, u"F"_s, u"\"\""_s});
        if (dice.oneIn(3))
            word += u"(%1)"_s.arg(dice.of({u"Disabled"_s, u"Timeout"_s, u"x"_s}));
        if (!dice.oneIn(3))
            word += u"@%1"_s.arg(dice.upTo(300));
        conditions.append(word);
    }
    const int count = dice.upTo(5);
    QStringList nodes;
    for (int n = 0; n < count; ++n) {
        const QString name = u"n%1"_s.arg(n);
        if (!dice.oneIn(4))
            nodes.append(name + u'=' + dice.of(states));
        if (!dice.oneIn(5))
            world.node(name, support::merged({{u"spec"_s, QJsonObject{{u"unschedulable"_s, dice.oneIn(2)}}}},
                                             {{u"status"_s, QJsonObject{{u"nodeInfo"_s, QJsonObject{{u"osImage"_s, dice.of({u"Harvester v1.9.0"_s, u"Harvester v1.8.2"_s})}}}}}}));
        for (const auto &type : {u"pre-drain"_s, u"post-drain"_s, u"single-node-upgrade"_s, u"restore-vm"_s}) {
            if (dice.oneIn(3))
                world.job(name + type, type, name, dice.of({u"running"_s, u"complete"_s, u"failed"_s}), dice.upTo(300), dice.upTo(300));
        }
        if (dice.oneIn(2))
            world.prepareJob(name, dice.of({u"running"_s, u"complete"_s, u"failed"_s}), dice.upTo(300), dice.upTo(300));
    }
    if (dice.oneIn(2))
        world.job(u"manifests"_s, u"apply-manifests"_s, {}, dice.of({u"running"_s, u"complete"_s, u"failed"_s}), dice.upTo(300), dice.upTo(300));
    QJsonObject more;
    if (dice.oneIn(2))
        more = {{u"metadata"_s, QJsonObject{{u"labels"_s, QJsonObject{{u"harvesterhci.io/upgradeCleanup"_s, dice.of({u"Pending"_s, u"Succeeded"_s, u"?"_s})}}},
                                            {u"annotations"_s, QJsonObject{{u"harvesterhci.io/node-upgrade-pause-map"_s, dice.of({u"{\"n1\":\"pause\"}"_s, u"[]"_s, u"{"_s})}}}}}};
    world.upgrade(conditions.join(u' '), dice.of(labels), nodes.join(u';'), more);
    if (dice.oneIn(6))
        world.editUpgrade([&](QJsonObject &up) { up = support::merged(up, {{u"metadata"_s, QJsonObject{{u"deletionTimestamp"_s, World::stamp(dice.upTo(300))}}}}); });
    if (dice.oneIn(2))
        world.editUpgrade([&](QJsonObject &up) { up = spoil(dice, up).toObject(); });
    if (dice.oneIn(2))
        world.log(u"uid-manifests"_s, dice.of({u"Waiting for x"_s, u"all bundles are ready"_s, u"\u0000\x01"_s, QString()}), dice.upTo(300));
    return world.snapshot;
}

} // namespace

class TestProperties : public QObject {
    Q_OBJECT

    static void verify(const Snapshot &snapshot, const QDateTime &now, const QByteArray &what)
    {
        const Board board = deriveBoard(snapshot, now);
        QVERIFY2(board == deriveBoard(snapshot, now), what.constData());
        // As JSON and as words: complete and without leftovers.
        const QJsonObject json = toJson(board, now);
        QVERIFY2(!QJsonDocument(json).toJson().isEmpty(), what.constData());
        (void)summary(board, now);
        if (board.waiting)
            QVERIFY2(!text(board.waiting->what).isEmpty() && board.waiting->what.code != text(board.waiting->what), (what + ' ' + board.waiting->what.code.toUtf8()).constData());
        for (const Message &note : board.notes)
            QVERIFY2(!text(note).isEmpty(), what.constData());
        if (board.presence != Board::Presence::Upgrade)
            return;
        QVERIFY2(board.phases.size() == phaseCount, what.constData());
        QVERIFY2(board.fraction >= 0 && board.fraction <= 1, what.constData());
        QVERIFY2(board.failedPhase.has_value() == (board.state == State::Failed), what.constData());
        int failed = 0;
        int active = 0;
        State last = State::Succeeded;
        for (const Phase &phase : board.phases) {
            QVERIFY2(phase.fraction == -1 || (phase.fraction >= 0 && phase.fraction <= 1), what.constData());
            QVERIFY2(!phase.activity.code.contains(u' ') && (phase.activity.isEmpty() || !text(phase.activity).isEmpty()), what.constData());
            failed += phase.state == State::Failed ? 1 : 0;
            if (phase.id == PhaseId::Cleanup)
                continue;
            const bool works = phase.state == State::Running || phase.state == State::Stuck || phase.state == State::Paused;
            active += works ? 1 : 0;
            // Nothing before the place is unfinished, nothing behind it has begun.
            if (last != State::Succeeded)
                QVERIFY2(phase.state == State::Pending, what.constData());
            last = phase.state;
        }
        QVERIFY2(failed == (board.state == State::Failed ? 1 : 0), what.constData());
        QVERIFY2(active <= 1, what.constData());
        if (board.failedPhase)
            QVERIFY2(board.phases.at(int(*board.failedPhase)).state == State::Failed, what.constData());
        if (board.currentPhase && board.state != State::Succeeded)
            QVERIFY2(board.phases.at(int(*board.currentPhase)).state == board.state, what.constData());
        if (board.state == State::Succeeded)
            QVERIFY2(active == 0 && failed == 0, what.constData());
        // Conditions rule: nothing runs on with a failed one.
        const auto up = snapshot.upgrades.first();
        for (const auto &type : {u"ImageReady"_s, u"RepoReady"_s, u"SystemServicesUpgraded"_s, u"NodesUpgraded"_s}) {
            if (up->conditions.isFalse(type))
                QVERIFY2(board.state == State::Failed || up->conditions.isTrue(u"Completed"_s), what.constData());
        }
        if (board.estimate)
            QVERIFY2(board.estimate->remaining.count() >= 0 && board.state == State::Running, what.constData());
        for (const TimelineBar &bar : board.timeline)
            QVERIFY2(bar.from.isValid() && (!bar.to.isValid() || bar.from <= bar.to), what.constData());
    }

private Q_SLOTS:
    void anySnapshot()
    {
        for (quint32 seed = 0; seed < 1500; ++seed) {
            Dice dice(seed);
            Snapshot snapshot = randomSnapshot(dice);
            if (seed % 3 == 0)
                snapshot.seen = observe(snapshot, World::at(100));
            verify(snapshot, World::at(dice.upTo(400)), "seed " + QByteArray::number(seed));
            if (QTest::currentTestFailed())
                return;
        }
    }

    void spoiltRecordings()
    {
        // Real objects with random fields of wrong types.
        for (const auto &name : {u"three-node"_s, u"fail-prepare-node2"_s}) {
            const Recording played(name);
            for (quint32 seed = 0; seed < 25; ++seed) {
                Dice dice(seed);
                const qsizetype moment = 1 + dice.upTo(int(played.size()) - 1);
                Snapshot snapshot = played.snapshot(moment);
                const auto raw = snapshot.raw;
                for (auto kind = raw.begin(); kind != raw.end(); ++kind) {
                    for (const auto &object : kind.value()) {
                        if (dice.oneIn(3))
                            snapshot.apply(kind.key(), support::objectOf(kind.key(), spoil(dice, object->json).toObject()));
                    }
                }
                snapshot.seen = observe(snapshot, played.at(moment));
                verify(snapshot, played.at(moment).addSecs(dice.upTo(10000)), name.toUtf8() + " seed " + QByteArray::number(seed));
                if (QTest::currentTestFailed())
                    return;
            }
        }
    }

    void fewerAndFewerKinds()
    {
        // Rights may be missing for any kind: there is a board all the same.
        const Recording played(u"three-node"_s);
        const qsizetype moment = played.indexOf(u"15"_s);
        for (quint32 seed = 0; seed < 30; ++seed) {
            Dice dice(seed);
            Snapshot snapshot = played.snapshot(moment);
            const auto raw = snapshot.raw;
            for (auto kind = raw.begin(); kind != raw.end(); ++kind) {
                if (kind.key() == Kind::Upgrade || !dice.oneIn(2))
                    continue;
                for (const auto &object : kind.value())
                    snapshot.remove(kind.key(), object->key);
            }
            const Board board = deriveBoard(snapshot, played.at(moment));
            QCOMPARE(board.state, State::Running);
            QCOMPARE(board.currentPhase, std::optional(PhaseId::Nodes));
            QCOMPARE(board.nodes.size(), 3);
            verify(snapshot, played.at(moment), "seed " + QByteArray::number(seed));
        }
    }
};

QTEST_GUILESS_MAIN(TestProperties)
#include "tst_properties.moc"
