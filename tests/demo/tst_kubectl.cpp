// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// kubectl, as the platform has it, must work against the simulated API server: it is the yardstick for how honest that
/// is. Without kubectl this test fails.

#include "support/demo_kubectl.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace demo;
using support::Outcome;

class tst_Kubectl : public QObject, private support::Kubectl {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY2(find(), "kubectl is missing (package kubernetes-client)"); }
    void init() { QVERIFY(begin(u"healthy"_s)); }
    void cleanup() { end(); }

    void version();
    void apiResources();
    void getTables();
    void getEverything();
    void getJsonAndSelectors();
    void getPages();
    void getWatch();
    void describe_data();
    void describe();
    void logs();
    void logsFollow();
    void logsPrevious();
    void authCanI();
    void authWhoami();
    void forbidden();
    void events();
    void explain();
    void rawAndHealth();
};

void tst_Kubectl::version()
{
    const Outcome outcome = kubectl({u"version"_s, u"-o"_s, u"json"_s});
    WORKS(outcome);
    QCOMPARE(json::text(outcome.json(), u"serverVersion.gitVersion"), u"v1.35.4+rke2r1"_s);
}

void tst_Kubectl::apiResources()
{
    const Outcome outcome = kubectl({u"api-resources"_s});
    WORKS(outcome);
    for (const QByteArray &name :
        {QByteArray("upgrades"), QByteArray("virtualmachineinstances"), QByteArray("pods"), QByteArray("plans")})
        QVERIFY2(outcome.out.contains('\n' + name + ' '), name.constData());
    WORKS(kubectl({u"api-versions"_s}));
}

void tst_Kubectl::getTables()
{
    const Outcome nodes = kubectl({u"get"_s, u"nodes"_s, u"-o"_s, u"wide"_s});
    WORKS(nodes);
    QCOMPARE(nodes.out.count('\n'), 4);
    QVERIFY(nodes.out.startsWith("NAME "));
    QVERIFY(nodes.out.contains("control-plane,etcd"));
    QVERIFY(nodes.out.contains("Harvester v1.8.2"));
    QVERIFY(nodes.out.contains("40d"));
    const Outcome upgrades = kubectl({u"get"_s, u"upgrades.harvesterhci.io"_s});
    WORKS(upgrades);
    QVERIFY(upgrades.out.contains("v1.9.0"));
}

void tst_Kubectl::getEverything()
{
    playTo(u"UpgradingNodes"_s);
    // Every kind that can be listed, in all namespaces.
    const Outcome names = kubectl({u"api-resources"_s, u"--verbs=list"_s, u"-o"_s, u"name"_s});
    WORKS(names);
    const QList<QByteArray> kinds = names.out.trimmed().split('\n');
    QVERIFY(kinds.size() > 40);
    const Outcome all = kubectl({u"get"_s, u"-A"_s, u"-o"_s, u"wide"_s, QString::fromLatin1(kinds.join(','))});
    WORKS(all);
    QVERIFY(all.out.contains("hvst-upgrade-"));
    const Outcome category = kubectl({u"get"_s, u"all"_s, u"-A"_s});
    WORKS(category);
    QVERIFY(category.out.contains("job.batch/hvst-upgrade-"));
}

void tst_Kubectl::getJsonAndSelectors()
{
    playTo(u"UpgradingNodes"_s);
    const Outcome latest
        = kubectl({u"get"_s, u"upgrades"_s, u"-l"_s, u"harvesterhci.io/latestUpgrade=true"_s, u"-o"_s, u"json"_s});
    WORKS(latest);
    QCOMPARE(latest.json().value("items"_L1).toArray().size(), 1);
    const Outcome running
        = kubectl({u"get"_s, u"pods"_s, u"--field-selector=status.phase=Succeeded"_s, u"-o"_s, u"name"_s});
    WORKS(running);
    QVERIFY(running.out.contains("apply-manifests"));
    const Outcome yaml = kubectl({u"get"_s, u"node"_s, u"node1"_s, u"-o"_s, u"yaml"_s});
    WORKS(yaml);
    QVERIFY(yaml.out.contains("kind: Node"));
    const Outcome none = kubectl({u"get"_s, u"pod"_s, u"nope"_s});
    QCOMPARE(none.code, 1);
    QCOMPARE(none.err.trimmed(), QByteArray("Error from server (NotFound): pods \"nope\" not found"));
}

void tst_Kubectl::getPages()
{
    const Outcome whole = kubectl({u"get"_s, u"crds"_s, u"-o"_s, u"name"_s}),
                  paged = kubectl({u"get"_s, u"crds"_s, u"-o"_s, u"name"_s, u"--chunk-size=4"_s});
    WORKS(paged);
    QCOMPARE(paged.out, whole.out);
    QList<RequestRecord> records;
    run([&](Server &server) { records = server.requests(); });
    QVERIFY(std::ranges::any_of(records, [](const RequestRecord &record) {
        return record.target.contains("limit=4") && record.target.contains("continue=");
    }));
}

void tst_Kubectl::getWatch()
{
    const auto process = follow({u"get"_s, u"upgrades"_s, u"--watch"_s, u"-o"_s,
        u"jsonpath={.metadata.labels.harvesterhci\\.io/upgradeState}{\"\\n\"}"_s});
    const auto table = follow({u"get"_s, u"nodes"_s, u"--watch"_s});
    QByteArray out, rows;
    const auto seen = [&](const QByteArray &text) {
        out += process->readAllStandardOutput();
        return out.contains(text);
    };
    const auto shown = [&](const QByteArray &text) {
        rows += table->readAllStandardOutput();
        return rows.contains(text);
    };
    QTRY_VERIFY_WITH_TIMEOUT(seen("\n"), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(shown("node3"), 20'000);
    playTo(u"Succeeded"_s);
    for (const QByteArray &state : {QByteArray("PreparingRepo"), QByteArray("PreparingNodes"),
             QByteArray("UpgradingSystemServices"), QByteArray("UpgradingNodes"), QByteArray("Succeeded")})
        QTRY_VERIFY2_WITH_TIMEOUT(seen(state), state.constData(), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(shown("NotReady,SchedulingDisabled"), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(shown("v1.36.1+rke2r1"), 20'000);
    for (QProcess *one : {process.get(), table.get()}) {
        one->kill();
        one->waitForFinished();
    }
}

void tst_Kubectl::describe_data()
{
    QTest::addColumn<QStringList>("what");
    QTest::addColumn<QByteArray>("contains");
    QTest::newRow("node") << QStringList{u"node"_s, u"node1"_s} << QByteArray("Kubelet Version:            v1.3");
    QTest::newRow("upgrade") << QStringList{u"upgrades"_s} << QByteArray("Previous Version:");
    QTest::newRow("pod") << QStringList{u"pod"_s, u"-l"_s, u"harvesterhci.io/upgradeComponent=manifest"_s}
                         << QByteArray("Successfully assigned harvester-system/");
    QTest::newRow("job") << QStringList{u"jobs"_s} << QByteArray("SuccessfulCreate");
    QTest::newRow("deployment") << QStringList{u"deployment"_s, u"harvester"_s}
                                << QByteArray("MinimumReplicasAvailable");
    QTest::newRow("plan") << QStringList{u"plans"_s, u"-n"_s, u"cattle-system"_s} << QByteArray("Latest Hash:");
    QTest::newRow("volume") << QStringList{u"volumes.longhorn.io"_s, u"-n"_s, u"longhorn-system"_s}
                            << QByteArray("Robustness:");
    QTest::newRow("secret") << QStringList{u"secrets"_s, u"-n"_s, u"fleet-local"_s}
                            << QByteArray("rke.cattle.io/machine-plan");
    QTest::newRow("namespace") << QStringList{u"ns"_s, u"harvester-system"_s} << QByteArray("Active");
    QTest::newRow("budget") << QStringList{u"pdb"_s, u"-n"_s, u"longhorn-system"_s}
                            << QByteArray("Allowed disruptions:  0");
}

void tst_Kubectl::describe()
{
    QFETCH(QStringList, what);
    QFETCH(QByteArray, contains);
    playTo(u"UpgradingNodes"_s);
    const Outcome outcome = kubectl(QStringList{u"describe"_s} + what);
    WORKS(outcome);
    QVERIFY2(outcome.out.contains(contains), outcome.out.constData());
}

void tst_Kubectl::logs()
{
    playTo(u"UpgradingNodes"_s);
    const QString job = u"job/%1-apply-manifests"_s.arg(upgrade());
    const Outcome whole = kubectl({u"logs"_s, job});
    WORKS(whole);
    QVERIFY(whole.out.contains("Upgrading Rancher\n"));
    const Outcome tail = kubectl({u"logs"_s, job, u"--tail=2"_s});
    QCOMPARE(tail.out, QByteArray("all bundles are ready\nfinish wait fleet bundles\n"));
    const Outcome stamped = kubectl({u"logs"_s, job, u"--timestamps"_s, u"-c"_s, u"apply"_s});
    WORKS(stamped);
    const QList<QByteArray> lines = stamped.out.split('\n');
    const QByteArray second = lines[20].left(19) + 'Z';
    const Outcome since
        = kubectl({u"logs"_s, job, u"--timestamps"_s, u"--since-time="_s + QString::fromLatin1(second)});
    WORKS(since);
    QVERIFY(since.out.contains(lines[20]));
    QCOMPARE(kubectl({u"logs"_s, job, u"--since-time=2099-01-01T00:00:00Z"_s}).out, QByteArray());
    QCOMPARE(kubectl({u"logs"_s, job, u"--since=24h"_s}).out, whole.out);
    QCOMPARE(kubectl({u"logs"_s, job, u"--limit-bytes=50"_s}).out, whole.out.left(50));
    const Outcome container = kubectl({u"logs"_s, job, u"-c"_s, u"nosuch"_s});
    QCOMPARE(container.code, 1);
    QVERIFY(container.err.contains("container nosuch is not valid for pod"));
}

void tst_Kubectl::logsFollow()
{
    playTo(u"UpgradingSystemServices"_s);
    run([](Server &server) { server.advance(15); });
    const auto process = follow({u"logs"_s, u"-f"_s, u"job/%1-apply-manifests"_s.arg(upgrade())});
    QByteArray out;
    const auto seen = [&](const QByteArray &text) {
        out += process->readAllStandardOutput();
        return out.contains(text);
    };
    QTRY_VERIFY_WITH_TIMEOUT(seen("\n"), 20'000);
    QVERIFY(!out.contains("Upgrading Harvester Cluster Repo"));
    playTo(u"UpgradingNodes"_s);
    QTRY_VERIFY_WITH_TIMEOUT(seen("finish wait fleet bundles\n"), 20'000);
    QVERIFY(process->state() == QProcess::NotRunning || process->waitForFinished(10'000)); // ends with the container
    QCOMPARE(process->exitCode(), 0);
}

void tst_Kubectl::logsPrevious()
{
    QString pod;
    run([&](Server &server) {
        for (const QJsonObject &one : server.objects({}, u"pods"_s)) {
            if (json::label(one, u"app"_s) == "rancher"_L1)
                pod = json::name(one);
        }
    });
    const QStringList previous{u"logs"_s, u"-n"_s, u"cattle-system"_s, pod, u"--previous"_s};
    const Outcome none = kubectl(previous);
    QCOMPARE(none.code, 1);
    QVERIFY2(none.err.contains("previous terminated container \"rancher\" in pod \"" + pod.toLatin1() + "\" not found"),
        none.err.constData());
    run([&](Server &server) { server.restartContainer(u"cattle-system"_s, pod, u"rancher"_s); });
    const Outcome outcome = kubectl(previous);
    WORKS(outcome);
    QVERIFY(outcome.out.contains("Starting rancher"));
    QCOMPARE(kubectl({u"logs"_s, u"-n"_s, u"cattle-system"_s, pod}).out, QByteArray());
}

void tst_Kubectl::authCanI()
{
    QCOMPARE(kubectl({u"auth"_s, u"can-i"_s, u"delete"_s, u"upgrades"_s}).out, QByteArray("yes\n"));
    const Outcome viewer
        = kubectl({u"--context"_s, u"demo-viewer"_s, u"auth"_s, u"can-i"_s, u"delete"_s, u"upgrades"_s});
    QCOMPARE(viewer.out, QByteArray("no\n"));
    QCOMPARE(viewer.code, 1);
    QCOMPARE(kubectl({u"--context"_s, u"demo-viewer"_s, u"auth"_s, u"can-i"_s, u"list"_s, u"nodes"_s}).out,
        QByteArray("yes\n"));
    QCOMPARE(
        kubectl({u"--context"_s, u"demo-viewer"_s, u"auth"_s, u"can-i"_s, u"get"_s, u"pods"_s, u"--subresource=log"_s})
            .out,
        QByteArray("no\n"));
    QCOMPARE(kubectl({u"--context"_s, u"demo-nobody"_s, u"auth"_s, u"can-i"_s, u"list"_s, u"nodes"_s}).out,
        QByteArray("no\n"));
    QCOMPARE(kubectl({u"auth"_s, u"can-i"_s, u"get"_s, u"/healthz"_s}).out, QByteArray("yes\n"));
    const Outcome list = kubectl({u"auth"_s, u"can-i"_s, u"--list"_s});
    WORKS(list);
    QVERIFY(list.out.contains("*.*"));
}

void tst_Kubectl::authWhoami()
{
    const Outcome admin = kubectl({u"auth"_s, u"whoami"_s, u"-o"_s, u"json"_s});
    WORKS(admin);
    QCOMPARE(json::text(admin.json(), u"status.userInfo.username"), u"admin"_s);
    const Outcome certificate
        = kubectl({u"--context"_s, u"demo-certificate"_s, u"auth"_s, u"whoami"_s, u"-o"_s, u"json"_s});
    WORKS(certificate);
    QVERIFY(certificate.out.contains("X509SHA256="));
    const Outcome other = kubectl({u"auth"_s, u"whoami"_s, u"--as=viewer"_s, u"-o"_s, u"json"_s});
    WORKS(other);
    QCOMPARE(json::text(other.json(), u"status.userInfo.username"), u"viewer"_s);
}

void tst_Kubectl::forbidden()
{
    const Outcome outcome
        = kubectl({u"--context"_s, u"demo-viewer"_s, u"get"_s, u"secrets"_s, u"-n"_s, u"fleet-local"_s});
    QCOMPARE(outcome.code, 1);
    QCOMPARE(outcome.err.trimmed(),
        QByteArray("Error from server (Forbidden): secrets is forbidden: User \"viewer\" cannot list resource "
                   "\"secrets\" in API group \"\" in the namespace \"fleet-local\""));
    const Outcome bad = kubectl({u"--token=wrong"_s, u"--user="_s, u"get"_s, u"nodes"_s});
    QCOMPARE(bad.code, 1);
    QVERIFY2(bad.err.contains("must be logged in") || bad.err.contains("Unauthorized"), bad.err.constData());
}

void tst_Kubectl::events()
{
    playTo(u"UpgradingNodes"_s);
    const Outcome outcome = kubectl({u"get"_s, u"events"_s, u"--sort-by=.lastTimestamp"_s});
    WORKS(outcome);
    QVERIFY(outcome.out.contains("SuccessfulCreate"));
    const Outcome of = kubectl({u"events"_s, u"--for"_s, u"job/%1-apply-manifests"_s.arg(upgrade())});
    WORKS(of);
    QVERIFY2(of.out.contains("Job completed"), of.out.constData());
}

void tst_Kubectl::explain()
{
    const Outcome outcome = kubectl({u"explain"_s, u"upgrades"_s});
    WORKS(outcome);
    QVERIFY(outcome.out.contains("KIND:       Upgrade"));
}

void tst_Kubectl::rawAndHealth()
{
    QCOMPARE(kubectl({u"get"_s, u"--raw"_s, u"/readyz"_s}).out, QByteArray("ok"));
    const Outcome stats = kubectl({u"get"_s, u"--raw"_s, u"/api/v1/nodes/node1/proxy/stats/summary"_s});
    WORKS(stats);
    QVERIFY(json::get(stats.json(), u"node.fs.capacityBytes").toInteger() > 0);
    WORKS(kubectl({u"cluster-info"_s}));
}

QTEST_GUILESS_MAIN(tst_Kubectl)
#include "tst_kubectl.moc"
