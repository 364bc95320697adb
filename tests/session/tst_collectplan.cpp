// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Which logs are kept and who gets a stream.

#include "session/collectplan.h"
#include "support/upgrade_world.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using session::CollectTarget;
using session::ContainerKey;
using session::ReadingView;
using Rank = session::CollectTarget::Rank;
using upgrade::PhaseId;

namespace {

upgrade::PodObject pod(const QString &ns, const QString &name, const QMap<QString, QString> &labels = {},
    const QString &job = {}, double created = 10)
{
    upgrade::PodObject pod;
    pod.meta.ns = ns;
    pod.meta.name = name;
    pod.meta.uid = u"uid-"_s + name;
    pod.meta.labels = labels;
    pod.meta.created = support::World::at(created);
    pod.jobName = job;
    pod.phase = u"Running"_s;
    upgrade::ContainerStatus container;
    container.name = u"apply"_s;
    container.state = u"running"_s;
    pod.containers = {container};
    return pod;
}

ReadingView view(const QString &name, Rank rank, bool reading, bool caughtUp, int seconds)
{
    ReadingView view;
    view.key = {name, u"c"_s};
    view.rank = rank;
    view.reading = reading;
    view.caughtUp = caughtUp;
    (reading ? view.held : view.waited) = std::chrono::seconds(seconds);
    return view;
}

QStringList names(const QList<ContainerKey> &keys)
{
    QStringList names;
    for (const ContainerKey &key : keys)
        names.append(key.podUid);
    return names;
}

} // namespace

class TestCollectPlan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void podsOfTheUpgrade_data();
    void podsOfTheUpgrade();
    void controllers_data();
    void controllers();
    void order();
    void whatHasNotRunIsKnownToWait();
    void streams_data();
    void streams();
    void everyoneHasATurn();
};

void TestCollectPlan::podsOfTheUpgrade_data()
{
    QTest::addColumn<upgrade::PodObject>("pod");
    QTest::addColumn<bool>("ours");
    const QString hs = u"harvester-system"_s;
    const QString cs = u"cattle-system"_s;
    QTest::newRow("label") << pod(hs, u"x"_s, {{u"harvesterhci.io/upgrade"_s, u"up"_s}}) << true;
    QTest::newRow("label of another") << pod(hs, u"x"_s, {{u"harvesterhci.io/upgrade"_s, u"up2"_s}}) << false;
    QTest::newRow("V2 label") << pod(hs, u"x"_s, {{u"management.harvesterhci.io/upgrade-plan"_s, u"up"_s}}) << true;
    QTest::newRow("upgrade log") << pod(hs, u"x"_s, {{u"harvesterhci.io/upgradeLog"_s, u"up-upgradelog"_s}}) << true;
    QTest::newRow("plan") << pod(cs, u"x"_s, {{u"upgrade.cattle.io/plan"_s, u"up-prepare"_s}}) << true;
    QTest::newRow("plan of another") << pod(cs, u"x"_s, {{u"upgrade.cattle.io/plan"_s, u"up2-prepare"_s}}) << false;
    QTest::newRow("only by its Job") << pod(hs, u"x"_s, {}, u"up-restore-vm-n1"_s) << true;
    QTest::newRow("Job of another") << pod(hs, u"x"_s, {}, u"upper-apply"_s) << false;
    QTest::newRow("repository VM") << pod(hs, u"virt-launcher-upgrade-repo-up-abcde"_s) << true;
    QTest::newRow("repository Deployment") << pod(hs, u"upgrade-repo-up-7d9-x"_s) << true;
    QTest::newRow("repository of another") << pod(hs, u"upgrade-repo-up2-7d9-x"_s) << false;
    QTest::newRow("repository elsewhere") << pod(u"default"_s, u"upgrade-repo-up-7d9-x"_s) << false;
    QTest::newRow("importer") << pod(hs, u"importer-prime-1"_s) << true;
    QTest::newRow("importer of before") << pod(hs, u"importer-prime-1"_s, {}, {}, -60) << false;
    QTest::newRow("helm operation") << pod(cs, u"helm-operation-x"_s) << true;
    QTest::newRow("helm operation of before") << pod(cs, u"helm-operation-x"_s, {}, {}, -60) << false;
    QTest::newRow("any other") << pod(hs, u"harvester-1"_s) << false;
}

void TestCollectPlan::podsOfTheUpgrade()
{
    QFETCH(upgrade::PodObject, pod);
    QFETCH(bool, ours);
    const session::UpgradeNames names{u"up"_s, u"up-upgradelog"_s, support::World::at(0)};
    QCOMPARE(session::isOfUpgrade(pod, names), ours);
    QVERIFY(!session::isOfUpgrade(pod, {}));
}

void TestCollectPlan::controllers_data()
{
    QTest::addColumn<upgrade::PodObject>("pod");
    QTest::addColumn<QList<PhaseId>>("phases");
    const QString hs = u"harvester-system"_s;
    const QString cs = u"cattle-system"_s;
    using enum PhaseId;
    const QList<PhaseId> all{LogInfra, Repository, Preload, SystemServices, Nodes, Cleanup};
    const QMap<QString, QString> server{
        {u"app.kubernetes.io/name"_s, u"harvester"_s}, {u"app.kubernetes.io/component"_s, u"apiserver"_s}};
    QTest::newRow("harvester") << pod(hs, u"harvester-1"_s, server) << all;
    QTest::newRow("webhook") << pod(hs, u"hw"_s, {{u"app.kubernetes.io/component"_s, u"webhook-server"_s}})
                             << QList{SystemServices};
    QTest::newRow("virt-controller") << pod(hs, u"v"_s, {{u"kubevirt.io"_s, u"virt-controller"_s}}) << QList{Nodes};
    QTest::newRow("cdi") << pod(hs, u"cdi-deployment-1"_s) << QList{Repository};
    QTest::newRow("rancher") << pod(cs, u"rancher-1"_s, {{u"app"_s, u"rancher"_s}}) << QList{SystemServices, Nodes};
    QTest::newRow("rancher webhook") << pod(cs, u"w"_s, {{u"app"_s, u"rancher-webhook"_s}}) << QList{SystemServices};
    QTest::newRow("system-upgrade-controller")
        << pod(cs, u"system-upgrade-controller-1"_s) << QList{Preload, SystemServices, Nodes, Cleanup};
    QTest::newRow("something else") << pod(hs, u"network-controller"_s) << QList<PhaseId>{};
    QTest::newRow("rancher of another namespace")
        << pod(u"default"_s, u"r"_s, {{u"app"_s, u"rancher"_s}}) << QList<PhaseId>{};
}

void TestCollectPlan::controllers()
{
    QFETCH(upgrade::PodObject, pod);
    QFETCH(QList<PhaseId>, phases);
    for (int i = 0; i < upgrade::phaseCount; ++i)
        QCOMPARE(session::isControllerFor(pod, PhaseId(i)), phases.contains(PhaseId(i)));
}

void TestCollectPlan::order()
{
    upgrade::Snapshot snapshot;
    const auto put = [&snapshot](const upgrade::PodObject &pod) {
        snapshot.pods.insert({pod.meta.ns, pod.meta.name}, std::make_shared<upgrade::PodObject>(pod));
    };
    const QString hs = u"harvester-system"_s;
    const QMap<QString, QString> ours{{u"harvesterhci.io/upgrade"_s, u"up"_s}};
    put(pod(hs, u"older"_s, ours, u"up-pre-drain-n1"_s, 20));
    put(pod(hs, u"newer"_s, ours, u"up-pre-drain-n2"_s, 30));
    put(pod(hs, u"repo"_s, ours, u"up-apply-manifests"_s, 40));
    upgrade::PodObject ended = pod(hs, u"ended"_s, ours, u"up-pre-drain-n0"_s, 5);
    ended.phase = u"Failed"_s;
    put(ended);
    put(pod(hs, u"harvester"_s,
        {{u"app.kubernetes.io/name"_s, u"harvester"_s}, {u"app.kubernetes.io/component"_s, u"apiserver"_s}}));
    put(pod(hs, u"looked-at"_s));
    put(pod(hs, u"unrelated"_s));

    upgrade::Board board;
    board.upgrade = {upgrade::Kind::Upgrade, hs, u"up"_s, u"uid"_s};
    board.currentPhase = PhaseId::Nodes;
    for (const auto &[job, phase] : {std::pair(u"up-pre-drain-n0"_s, PhaseId::Nodes),
             std::pair(u"up-pre-drain-n1"_s, PhaseId::Nodes), std::pair(u"up-pre-drain-n2"_s, PhaseId::Nodes),
             std::pair(u"up-apply-manifests"_s, PhaseId::SystemServices)}) {
        upgrade::JobRow row;
        row.job = {upgrade::Kind::Job, hs, job, u"uid-"_s + job};
        row.phase = phase;
        board.jobs.append(row);
    }
    const QList<std::shared_ptr<const upgrade::PodObject>> around{
        std::make_shared<upgrade::PodObject>(pod(u"longhorn-system"_s, u"longhorn"_s))};
    const QList<CollectTarget> targets = session::collectTargets(
        snapshot, board, around, {session::LogTarget{hs, u"looked-at"_s, u"uid-looked-at"_s, {}}});

    QStringList order;
    QList<Rank> ranks;
    for (const CollectTarget &target : targets) {
        order.append(target.pod);
        ranks.append(target.rank);
    }
    QCOMPARE(order,
        (QStringList{u"looked-at"_s, u"ended"_s, u"newer"_s, u"older"_s, u"repo"_s, u"harvester"_s, u"longhorn"_s}));
    QCOMPARE(ranks,
        (QList{Rank::Opened, Rank::Vanishing, Rank::Working, Rank::Working, Rank::Working, Rank::Surrounding,
            Rank::Surrounding}));
    QCOMPARE(targets.at(1).jobUid, u"uid-up-pre-drain-n0"_s);
    QVERIFY(targets.at(1).over);
    QVERIFY(!targets.at(2).over);
}

void TestCollectPlan::whatHasNotRunIsKnownToWait()
{
    upgrade::Snapshot snapshot;
    upgrade::PodObject fresh
        = pod(u"harvester-system"_s, u"fresh"_s, {{u"harvesterhci.io/upgrade"_s, u"up"_s}}, u"up-apply-manifests"_s);
    fresh.phase = u"Pending"_s;
    fresh.containers.first().state = u"waiting"_s;
    upgrade::ContainerStatus init;
    init.name = u"init"_s;
    init.init = true;
    init.state = u"terminated"_s;
    fresh.containers.prepend(init);
    snapshot.pods.insert({fresh.meta.ns, fresh.meta.name}, std::make_shared<upgrade::PodObject>(fresh));
    upgrade::Board board;
    board.upgrade = {upgrade::Kind::Upgrade, u"harvester-system"_s, u"up"_s, u"uid"_s};
    const QList<CollectTarget> targets = session::collectTargets(snapshot, board, {}, {});
    QCOMPARE(targets.size(), 2);
    for (const CollectTarget &target : targets) {
        const bool isInit = target.key.container == "init"_L1;
        QCOMPARE(target.started, isInit);
        QCOMPARE(target.over, isInit);
    }
}

void TestCollectPlan::streams_data()
{
    QTest::addColumn<QList<ReadingView>>("views");
    QTest::addColumn<QStringList>("stop");
    QTest::addColumn<QStringList>("start");
    using Views = QList<ReadingView>;
    QTest::newRow("nothing") << Views{} << QStringList{} << QStringList{};
    QTest::newRow("room for all") << Views{view(u"a"_s, Rank::Working, false, false, 0),
        view(u"b"_s, Rank::Surrounding, false, false, 0)}
                                  << QStringList{} << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("best first, then who waited longest") << Views{view(u"a"_s, Rank::Working, false, false, 1),
        view(u"b"_s, Rank::Working, false, false, 9), view(u"c"_s, Rank::Vanishing, false, false, 0)}
                                                         << QStringList{} << QStringList{u"c"_s, u"b"_s};
    QTest::newRow("a better one takes the place at once") << Views{view(u"a"_s, Rank::Working, true, false, 0),
        view(u"b"_s, Rank::Surrounding, true, false, 0), view(u"c"_s, Rank::Vanishing, false, false, 0)}
                                                          << QStringList{u"b"_s} << QStringList{u"c"_s};
    QTest::newRow("an equal one waits for the slice to end") << Views{view(u"a"_s, Rank::Working, true, false, 9),
        view(u"b"_s, Rank::Working, true, true, 1), view(u"c"_s, Rank::Working, false, false, 60)}
                                                             << QStringList{} << QStringList{};
    QTest::newRow("whoever caught up gives way sooner") << Views{view(u"a"_s, Rank::Working, true, false, 9),
        view(u"b"_s, Rank::Working, true, true, 2), view(u"c"_s, Rank::Working, false, false, 60)}
                                                        << QStringList{u"b"_s} << QStringList{u"c"_s};
    QTest::newRow("what a person looks at never gives way") << Views{view(u"a"_s, Rank::Opened, true, true, 900),
        view(u"b"_s, Rank::Opened, true, true, 900), view(u"c"_s, Rank::Opened, false, false, 60)}
                                                            << QStringList{} << QStringList{};
    QTest::newRow("never for a worse one") << Views{view(u"a"_s, Rank::Working, true, true, 900),
        view(u"b"_s, Rank::Working, true, true, 900), view(u"c"_s, Rank::Surrounding, false, false, 60)}
                                           << QStringList{} << QStringList{};
    QTest::newRow("more than the limit") << Views{view(u"a"_s, Rank::Working, true, true, 1),
        view(u"b"_s, Rank::Working, true, false, 1), view(u"c"_s, Rank::Surrounding, true, false, 1)}
                                         << QStringList{u"c"_s} << QStringList{};
}

void TestCollectPlan::streams()
{
    QFETCH(QList<ReadingView>, views);
    QFETCH(QStringList, stop);
    QFETCH(QStringList, start);
    const session::StreamPlan plan = session::planStreams(views, 2);
    QCOMPARE(names(plan.stop), stop);
    QCOMPARE(names(plan.start), start);
}

/// Many more readings than streams, all equal and never caught up: within a round everybody has had one.
void TestCollectPlan::everyoneHasATurn()
{
    constexpr int count = 37;
    constexpr int limit = 5;
    QList<ReadingView> views;
    for (int i = 0; i < count; ++i)
        views.append(view(QString::number(i), Rank::Working, false, false, 0));
    QRandomGenerator random(7);
    QList<int> turns(count, 0);
    for (int second = 0; second < 11 * (count / limit + 1); ++second) {
        const session::StreamPlan plan = session::planStreams(views, limit);
        for (ReadingView &view : views) {
            if (plan.stop.contains(view.key)) {
                view.reading = false;
                view.waited = 0s;
            } else if (plan.start.contains(view.key)) {
                view.reading = true;
                view.held = 0s;
                ++turns[view.key.podUid.toInt()];
            }
            (view.reading ? view.held : view.waited) += 1s;
        }
        QVERIFY(std::ranges::count_if(views, &ReadingView::reading) <= limit);
        std::ranges::shuffle(views, random);
    }
    QCOMPARE(turns.count(0), 0);
}

QTEST_GUILESS_MAIN(TestCollectPlan)
#include "tst_collectplan.moc"
