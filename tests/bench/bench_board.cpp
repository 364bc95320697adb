// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What one board costs with 1,000 nodes and 10,000 Jobs: snapshot changes, observations, derivation, JSON.

#include "support/upgrade_world.h"
#include "upgrade/board.h"
#include "upgrade/boardjson.h"

#include <QTest>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace upgrade;
using support::World;

namespace {

constexpr int nodes = 1000;
constexpr int jobsPerNode = 10;

/// Processor time of one call, the best of several: other programs on the machine do not count.
template<class Call>
void report(const char *what, Call call)
{
    double best = 1e9;
    for (int i = 0; i < 10; ++i) {
        const std::clock_t begin = std::clock();
        call();
        best = std::min(best, 1000.0 * double(std::clock() - begin) / CLOCKS_PER_SEC);
    }
    qInfo("%s: %.2f ms of processor time", what, best);
}

void fill(World &world)
{
    QStringList states;
    for (int n = 0; n < nodes; ++n) {
        const QString name = u"node%1"_s.arg(n, 4, 10, QChar(u'0'));
        const QString state = n < 400 ? u"Succeeded"_s : n == 400 ? u"Post-draining"_s : u"Images preloaded"_s;
        states.append(name + u'=' + state);
        world.node(name);
        world.prepareJob(name, u"complete"_s, n, n + 5);
        for (int j = 0; j < jobsPerNode - 1; ++j) {
            const QString type = j == 0 ? u"pre-drain"_s : j == 1 ? u"post-drain"_s : u"restore-vm"_s;
            const QString job = u"up-%1-%2-%3"_s.arg(type, name).arg(j);
            if (n == 400 && j == 1)
                world.job(job, type, name, u"running"_s, 100 + n);
            else
                world.job(job, type, name, u"complete"_s, 100 + n, 110 + n);
            world.add(Kind::Pod, support::thing(u"harvester-system"_s, job + u"-x7k2q"_s,
                                                {{u"metadata"_s, QJsonObject{{u"labels"_s, QJsonObject{{u"job-name"_s, job}}}}},
                                                 {u"spec"_s, QJsonObject{{u"nodeName"_s, name}, {u"containers"_s, QJsonArray{QJsonObject{{u"name"_s, u"apply"_s}}}}}},
                                                 {u"status"_s, QJsonObject{{u"phase"_s, u"Succeeded"_s}}}}));
        }
        world.add(Kind::Vmi, support::thing(u"default"_s, u"vm%1"_s.arg(n), {{u"status"_s, QJsonObject{{u"phase"_s, u"Running"_s}, {u"nodeName"_s, name}}}}));
    }
    world.upgrade(u"Completed=U LogReady=T@1 ImageReady=T@2 RepoReady=T@3 NodesPrepared=T@90 SystemServicesUpgraded=T@99 NodesUpgraded=U"_s,
                  u"UpgradingNodes"_s, states.join(u';'));
}

} // namespace

class BenchBoard : public QObject {
    Q_OBJECT
    World m_world;

private Q_SLOTS:
    void initTestCase()
    {
        fill(m_world);
        m_world.snapshot.seen = observe(m_world.snapshot, World::at(600));
        const Board board = deriveBoard(m_world.snapshot, World::at(600));
        QCOMPARE(board.nodes.size(), nodes);
        QCOMPARE(board.jobs.size(), nodes * jobsPerNode);
    }
    void derive()
    {
        report("derive", [&] { QVERIFY(!deriveBoard(m_world.snapshot, World::at(600)).nodes.isEmpty()); });
    }
    void observeAgain()
    {
        report("observe", [&] { QVERIFY(!observe(m_world.snapshot, World::at(601)).nodes.isEmpty()); });
    }
    void json()
    {
        const Board board = deriveBoard(m_world.snapshot, World::at(600));
        report("json", [&] { QVERIFY(!toJson(board, World::at(600)).isEmpty()); });
    }
    void compare()
    {
        const Board one = deriveBoard(m_world.snapshot, World::at(600));
        const Board two = deriveBoard(m_world.snapshot, World::at(600));
        report("compare", [&] { QVERIFY(one == two); });
    }
    /// A batch of 25 changes to a snapshot of which a copy is held elsewhere: what a session does 20 times a second.
    void applyBatch()
    {
        const auto pod = m_world.snapshot.raw.value(Kind::Pod).first();
        report("apply 25 changes", [&] {
            const Snapshot held = m_world.snapshot;
            for (int i = 0; i < 25; ++i)
                m_world.snapshot.apply(Kind::Pod, pod);
            QVERIFY(held.pods.size() == m_world.snapshot.pods.size());
        });
    }
};

QTEST_GUILESS_MAIN(BenchBoard)
#include "bench_board.moc"
