// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Thousands of changes of a cluster, each at a moment of its own between two requests of a restart, with lost
// connections, wrong names and killed windows among them. What counts is what the server saw: no DELETE has an effect
// on another Upgrade than the confirmed one, none on an Upgrade that changed since it was judged, and none arrives
// after a change that the last look could have seen. No client can exclude a change of another object than the Upgrade
// in the last round trip: those are told apart by the order of arrival and counted.

#include "support/session_journal.h"
#include "support/session_restart.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace restart;
using namespace support;

namespace {

namespace k = demo::kinds;
const QString ns = u"harvester-system"_s;
constexpr auto upgradesPath = "/apis/harvesterhci.io/v1beta1/namespaces/harvester-system/upgrades";

/// The journal in memory's time: whether it survives a power cut is another test's business.
class QuickDisk : public evidence::Disk {
public:
    int sync(int) override { return 0; }
};

/// A change of the cluster that makes a restart wrong, and how it is taken back.
struct Change {
    const char *name;
    bool upgrade;       ///< of the Upgrade itself: the preconditions know it
    const char *listed; ///< the path of the last look that shows it
    std::function<void(demo::World &, const QString &up)> make, undo;
};

QList<Change> hostile()
{
    const auto condition = [](const char *type, const char *status) {
        return [=](demo::World &world, const QString &up) {
            world.edit(k::upgrades, ns, up, [&](QJsonObject &object) {
                demo::json::setCondition(object, QString::fromLatin1(type), QString::fromLatin1(status), world.now());
            });
        };
    };
    const auto node = [](const char *path, const QJsonValue &value) {
        return [=](demo::World &world, const QString &) {
            world.edit(k::nodes, {}, world.nodes().last(), [&](QJsonObject &object) {
                if (value.isUndefined())
                    demo::json::unset(object, QString::fromLatin1(path));
                else
                    demo::json::set(object, QString::fromLatin1(path), value);
            });
        };
    };
    const auto capi = [](const char *phase) {
        return [=](demo::World &world, const QString &) {
            world.edit(k::capiClusters, u"fleet-local"_s, u"local"_s,
                [&](QJsonObject &object) { demo::json::set(object, u"status.phase", QString::fromLatin1(phase)); });
        };
    };
    const auto touched = [](const char *state) {
        return [=](demo::World &world, const QString &up) {
            world.edit(k::upgrades, ns, up, [&](QJsonObject &object) {
                QJsonObject status = object.value("status"_L1).toObject();
                QJsonObject nodes = status.value("nodeStatuses"_L1).toObject();
                nodes.insert(world.nodes().first(), QJsonObject{{u"state"_s, QString::fromLatin1(state)}});
                status.insert("nodeStatuses"_L1, nodes);
                object.insert("status"_L1, status);
            });
        };
    };
    return {
        {"node phase begins", true, upgradesPath, condition("NodesUpgraded", "Unknown"), {}},
        {"a node is drained", true, upgradesPath, touched("Pre-draining"), {}},
        {"a node is cordoned", false, "/api/v1/nodes", node("spec.unschedulable", true),
            node("spec.unschedulable", QJsonValue(QJsonValue::Undefined))},
        {"the cluster is provisioned", false, "/apis/cluster.x-k8s.io/v1beta1/namespaces/fleet-local/clusters",
            capi("Provisioning"), capi("Provisioned")},
    };
}

/// One DELETE of an Upgrade as it arrived.
struct Deletion {
    qsizetype at = 0; ///< its place among the arrivals
    qsizetype record = 0;
    QString name, uid, wantedUid, wantedVersion;
    Code verdict = Code::Wait;
    const Change *standing = nullptr;      ///< made before it, and not taken back
    qsizetype changedAt = -1, readAt = -1; ///< arrivals: of that change, and of the last list before that shows it
};

} // namespace

class TestRestartSafety : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyInterleaving_data()
    {
        QTest::addColumn<QString>("scenario");
        QTest::addColumn<double>("seconds");
        QTest::addColumn<int>("runs");
        QTest::newRow("failed while preloading") << u"prepare-failed"_s << 3000.0 << 110;
        QTest::newRow("stuck while downloading") << u"image-stall"_s << 2000.0 << 110;
    }

    void anyInterleaving()
    {
        QFETCH(QString, scenario);
        QFETCH(double, seconds);
        QFETCH(int, runs);
        const QList<Change> changes = hostile();
        QRandomGenerator random(11);
        QuickDisk disk;
        int interleavings = 0, effective = 0, refused = 0, lastRoundTrip = 0, closedRuns = 0, killed = 0, lost = 0;
        std::unique_ptr<RestartBench> b;
        for (int run = 0; run < runs; ++run) {
            if (!b)
                b = std::make_unique<RestartBench>(scenario, seconds, quint64(run + 1));
            QVERIFY(b->good);
            const upgrade::ObjectRef up = b->upgradeRef();
            QVERIFY(trueVerdict(*b->server).allowsRestart());
            const qsizetype before = b->server->requests().size();
            // Where something happens, by arrivals of this run: the confirmation comes after some 100 requests, the
            // DELETE after some 118; most of it happens between.
            QMap<qsizetype, int> plan;
            for (int i = 0; i < 14; ++i)
                plan.insert(random.bounded(3) ? random.bounded(98, 122) : random.bounded(98), random.bounded(24));
            const bool faults = random.bounded(4) == 0;
            qsizetype arrivals = 0;
            const Change *standing = nullptr;
            qsizetype changedAt = -1;
            bool foreign = false, kill = false;
            QJsonValue status; // of the Upgrade, before it was changed
            const auto undo = [&](demo::World &world, const QString &name) {
                if (!standing->upgrade)
                    return standing->undo(world, name);
                world.edit(k::upgrades, ns, name, [&](QJsonObject &object) { object.insert("status"_L1, status); });
            };
            QHash<QByteArray, qsizetype> lastListed;
            QList<Deletion> deletions;
            b->flowing = false;
            b->server->setArrival([&](const demo::RequestRecord &record) {
                const qsizetype at = arrivals++;
                demo::World &world = b->server->world();
                if (plan.contains(at)) {
                    ++interleavings;
                    const int what = plan.value(at);
                    const bool there = world.exists(k::upgrades, ns, up.name);
                    if (standing && there) {
                        if (what % 2) { // it passes: an Upgrade that changed and changed back is another version
                            undo(world, up.name);
                            standing = nullptr;
                        }
                    } else if (what < 6 && there && random.bounded(at < 98 ? 6 : 2) == 0) {
                        standing = &changes.at(what % changes.size());
                        status = world.get(k::upgrades, ns, up.name).value("status"_L1);
                        standing->make(world, up.name);
                        changedAt = at;
                    } else if (what >= 22 && there) { // somebody writes to it, which changes nothing
                        world.edit(k::upgrades, ns, up.name, [&](QJsonObject &object) {
                            demo::json::setAnnotation(object, u"example.com/seen"_s, QString::number(at));
                        });
                    } else if (what == 7) {
                        b->server->dropConnections();
                        ++lost;
                    } else if (what == 8) {
                        kill = true;
                    } else if (what == 9 && there && !foreign && random.bounded(4) == 0) {
                        // Deleted and made again by somebody else, under the same name.
                        world.edit(k::upgrades, ns, up.name,
                            [](QJsonObject &object) { demo::json::unset(object, u"metadata.finalizers"); });
                        QJsonObject copy = world.get(k::upgrades, ns, up.name);
                        world.drop(k::upgrades, ns, up.name);
                        for (const auto path :
                            {u"metadata.uid", u"metadata.resourceVersion", u"metadata.creationTimestamp"})
                            demo::json::unset(copy, path);
                        world.make(k::upgrades, copy);
                        foreign = true;
                    }
                }
                const QByteArray path = record.target.split('?').first();
                if (record.method == "GET")
                    lastListed.insert(path, at);
                if (record.method == "DELETE" && path.contains("/upgrades/") && !record.target.contains("dryRun")) {
                    Deletion one;
                    one.at = at;
                    one.record = b->server->requests().size() - 1;
                    one.name = QString::fromLatin1(path.mid(path.lastIndexOf('/') + 1));
                    one.uid = demo::json::uid(world.get(k::upgrades, ns, one.name));
                    const QJsonObject wanted
                        = QJsonDocument::fromJson(record.body).object().value("preconditions"_L1).toObject();
                    one.wantedUid = wanted.value("uid"_L1).toString();
                    one.wantedVersion = wanted.value("resourceVersion"_L1).toString();
                    one.verdict = trueVerdict(*b->server).code;
                    one.standing = standing;
                    one.changedAt = changedAt;
                    one.readAt = standing ? lastListed.value(standing->listed, -1) : -1;
                    deletions.append(one);
                }
            });
            if (faults) {
                demo::Faults some;
                some.drop = 0.02;
                some.serverError = 0.02;
                b->server->setFaults(some);
            }
            b->makeRun(&disk);
            b->run->begin(up);
            // A person who wants the restart, and sometimes mistypes; at most two windows of them.
            int pushes = 0;
            const bool ended = b->until([&] {
                if (std::exchange(kill, false) && b->run->state().begun) {
                    b->run.reset();
                    ++killed;
                    const auto found = session::unfinishedRestarts(b->root());
                    b->makeRun(&disk);
                    if (found.isEmpty())
                        return true; // it was over
                    b->run->resume(found.last().folder);
                }
                if (!b->run->state().begun && b->idle()) {
                    if (++pushes > 40)
                        return true; // never got through
                    b->run->state().trouble.isEmpty() ? b->run->begin(up) : b->run->lookAgain();
                    return false;
                }
                if (b->step() == Step::Confirm && random.bounded(5) == 0)
                    b->run->confirm(up.name + u'x');
                b->push();
                if (b->step() > Step::Delete)
                    b->server->setFaults({});
                return b->run->state().procedure.isOver() || b->step() > Step::Delete
                    || (b->step() <= Step::Checks && ++pushes > 2000);
            });
            QVERIFY2(ended, b->said(u"run %1"_s.arg(run)));
            closedRuns += b->step() == Step::Closed;
            b->server->setArrival({});
            b->server->setFaults({});

            const auto records = b->server->requests();
            bool gone = false;
            for (const Deletion &one : std::as_const(deletions)) {
                // What the server was asked is about the confirmed one, and can only have an effect on it.
                QCOMPARE(one.name, up.name);
                QCOMPARE(one.wantedUid, up.uid);
                QVERIFY(!one.wantedVersion.isEmpty());
                const int answer = records.at(one.record).status;
                const bool took = answer == 200 || answer == 202;
                effective += took;
                refused += !took;
                gone |= took;
                if (took)
                    QCOMPARE(one.uid, up.uid);
                if (one.verdict == Code::Safe || one.verdict == Code::SafeAfterBundle)
                    continue;
                // Not safe when it arrived: it came to be so after the last look had read it, and if it is a change of
                // the Upgrade, the server refused.
                if (!one.standing) {
                    QVERIFY2(foreign && !took,
                        qPrintable(u"run %1: %2 at %3 of %4, status %5, foreign %6, change before at %7"_s.arg(run)
                                .arg(codeWord(one.verdict))
                                .arg(one.at)
                                .arg(deletions.size())
                                .arg(answer)
                                .arg(foreign)
                                .arg(one.changedAt)));
                    continue;
                }
                QVERIFY2(one.changedAt > one.readAt, one.standing->name);
                QVERIFY2(!took || !one.standing->upgrade, one.standing->name);
                lastRoundTrip += took;
            }
            // Everything that reached the server was announced.
            QString folder = b->run->state().folder;
            b->run.reset();
            if (folder.isEmpty())
                folder = b->root() + u"/restart-"_s + up.uid;
            const auto server = sorted(arrived(*b->server, before)), journal = sorted(announced(folder));
            if (!faults) // the transport repeats a lost read
                QVERIFY(plan.values().contains(7) || missing(server, journal).isEmpty());
            QList<QByteArray> writes = server;
            writes.removeIf(
                [](const QByteArray &line) { return line.startsWith("GET") || line.contains("selfsubject"); });
            QCOMPARE(missing(writes, journal), QByteArray());
            if (gone || foreign || !b->server->world().exists(k::upgrades, ns, up.name)) {
                b.reset();
            } else if (standing) {
                undo(b->server->world(), up.name);
            }
            if (b && !trueVerdict(*b->server).allowsRestart())
                b.reset();
        }
        const QString summary
            = u"%1 interleavings in %2 runs: %3 deletions took effect, %4 were refused by the server, %5 runs closed, "
              u"%6 "
              "windows killed, %7 connections cut, %8 changes of another object in the last round trip"_s
                  .arg(interleavings)
                  .arg(runs)
                  .arg(effective)
                  .arg(refused)
                  .arg(closedRuns)
                  .arg(killed)
                  .arg(lost)
                  .arg(lastRoundTrip);
        qInfo("%s", qPrintable(summary));
        QVERIFY2(effective > runs / 8 && closedRuns > runs / 10 && interleavings > runs * 5, qPrintable(summary));
    }
};

QTEST_GUILESS_MAIN(TestRestartSafety)
#include "tst_restartsafety.moc"
