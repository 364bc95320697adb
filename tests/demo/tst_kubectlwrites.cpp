// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// kubectl creates, patches, labels, cordons, deletes and waits on the simulated API server.

#include "support/demo_kubectl.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace demo;
using support::Outcome;

class tst_KubectlWrites : public QObject, private support::Kubectl {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY2(find(), "kubectl is missing (package kubernetes-client)"); }
    void init() { QVERIFY(begin(u"healthy"_s)); }
    void cleanup() { end(); }

    void createFile();
    void createKind_data();
    void createKind();
    void patch();
    void labelAnnotateCordon();
    void deleteRefused();
    void deleteAllowed();
    void waitFor();
};

void tst_KubectlWrites::createKind_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<QString>("object");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("value");
    const auto row
        = [](const char *name, const QString &command, const QString &object, const QString &path,
              const QByteArray &value) { QTest::newRow(name) << command.split(u' ') << object << path << value; };
    row("namespace", u"namespace mine"_s, u"namespace/mine"_s, u"{.status.phase} {.metadata.name}"_s, "Active mine");
    row("configmap", u"configmap mine --from-literal=a=b --from-literal=c=d"_s, u"configmap/mine"_s, u"{.data}"_s,
        R"({"a":"b","c":"d"})");
    row("empty configmap", u"configmap mine"_s, u"configmap/mine"_s, u"{.data}"_s, "");
    row("secret", u"secret generic mine --from-literal=a=b"_s, u"secret/mine"_s, u"{.data.a} {.type}"_s, "Yg== Opaque");
    row("serviceaccount", u"serviceaccount mine"_s, u"serviceaccount/mine"_s, u"{.metadata.name}"_s, "mine");
    row("job", u"job mine --image=busybox"_s, u"job.batch/mine"_s,
        u"{.spec.template.spec.containers[*].image} {.spec.template.spec.restartPolicy}"_s, "busybox Never");
    row("job with command", u"job mine --image=busybox -- sleep 3"_s, u"job.batch/mine"_s,
        u"{.spec.template.spec.containers[0].command}"_s, R"(["sleep","3"])");
    row("deployment", u"deployment mine --image=nginx --replicas=0"_s, u"deployment.apps/mine"_s,
        u"{.spec.replicas} {.spec.selector.matchLabels.app} {.spec.template.metadata.labels.app}"_s, "0 mine mine");
}

/// What kubectl builds itself goes out as protobuf.
void tst_KubectlWrites::createKind()
{
    QFETCH(QStringList, command);
    QFETCH(QString, object);
    QFETCH(QString, path);
    QFETCH(QByteArray, value);
    const QStringList create = QStringList{u"create"_s} + command;
    QStringList dry = create;
    dry.insert(2, u"--dry-run=server"_s);
    WORKS(kubectl(dry));
    QCOMPARE(kubectl({u"get"_s, object}).code, 1);
    const Outcome made = kubectl(create);
    WORKS(made);
    QCOMPARE(made.out, object.toLatin1() + " created\n");
    const Outcome got = kubectl({u"get"_s, object, u"-o"_s, u"jsonpath="_s + path});
    WORKS(got);
    QCOMPARE(got.out, value);
    const Outcome again = kubectl(create);
    QCOMPARE(again.code, 1);
    QVERIFY2(again.err.contains("already exists"), again.err.constData());
    WORKS(kubectl({u"delete"_s, object}));
}

void tst_KubectlWrites::createFile()
{
    begin(u"no-upgrade"_s);
    const QByteArray upgradeFile = "apiVersion: harvesterhci.io/v1beta1\nkind: Upgrade\nmetadata:\n  generateName: "
                                   "hvst-upgrade-\n  namespace: harvester-system\nspec:\n  version: ";
    const QStringList create{u"create"_s, u"-f"_s, u"-"_s};
    const Outcome unknown = kubectl(create, upgradeFile + "v9.9.9\n");
    QCOMPARE(unknown.code, 1);
    QVERIFY2(unknown.err.contains(
                 "admission webhook \"validator.harvesterhci.io\" denied the request: version v9.9.9 is not found"),
        unknown.err.constData());
    const Outcome dry = kubectl(create + QStringList{u"--dry-run=server"_s}, upgradeFile + "v1.9.0\n");
    WORKS(dry);
    QVERIFY(dry.out.contains("created (server dry run)"));
    QVERIFY(upgrade().isEmpty());
    const Outcome made = kubectl(create, upgradeFile + "v1.9.0\n");
    WORKS(made);
    QVERIFY2(made.out.startsWith("upgrade.harvesterhci.io/hvst-upgrade-") && made.out.endsWith(" created\n"),
        made.out.constData());
    run([](Server &server) { server.advance(5); });
    const Outcome second = kubectl(create, upgradeFile + "v1.9.0\n");
    QCOMPARE(second.code, 1);
    QVERIFY(second.err.contains("cannot proceed until previous upgrade \"" + upgrade().toLatin1() + "\" completes"));
    const Outcome config = kubectl(create, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: mine\ndata:\n  a: b\n");
    WORKS(config);
    WORKS(kubectl({u"delete"_s, u"configmap"_s, u"mine"_s}));
    playTo(u"Succeeded"_s);
    QVERIFY(kubectl({u"get"_s, u"upgrades"_s}).out.contains("Succeeded"));
}

void tst_KubectlWrites::patch()
{
    playTo(u"PreparingNodes"_s);
    const QString name = upgrade();
    const auto pause = [&](const QString &node, const QString &action) {
        return kubectl({u"patch"_s, u"upgrade"_s, name, u"--type"_s, u"merge"_s, u"-p"_s,
            u"{\"metadata\":{\"annotations\":{\"harvesterhci.io/node-upgrade-pause-map\":\"{\\\"%1\\\":\\\"%2\\\"}\"}}}"_s
                .arg(node, action)});
    };
    const Outcome bad = pause(u"nosuch"_s, u"pause"_s);
    QCOMPARE(bad.code, 1);
    QVERIFY(bad.err.contains("denied the request: node nosuch does not exist"));
    const Outcome halt = pause(u"node2"_s, u"halt"_s);
    QVERIFY(halt.err.contains("desired action for node node2 must be either \"pause\" or \"unpause\""));
    WORKS(pause(u"node2"_s, u"pause"_s));
    run([](Server &server) {
        for (int i = 0; i < 400 && !server.finished(); ++i)
            server.advance(100);
    });
    const QStringList state{u"get"_s, u"upgrade"_s, name, u"-o"_s, u"jsonpath={.status.nodeStatuses.node2.state}"_s};
    QCOMPARE(kubectl(state).out, QByteArray("Node-upgrade paused"));
    WORKS(pause(u"node2"_s, u"unpause"_s));
    playTo(u"Succeeded"_s);
    QCOMPARE(kubectl(state).out, QByteArray("Succeeded"));
    const Outcome json = kubectl({u"patch"_s, u"upgrade"_s, name, u"--type"_s, u"json"_s, u"-p"_s,
        u"[{\"op\":\"test\",\"path\":\"/spec/version\",\"value\":\"v0\"}]"_s});
    QCOMPARE(json.code, 1);
}

void tst_KubectlWrites::labelAnnotateCordon()
{
    const QString name = upgrade();
    WORKS(kubectl({u"label"_s, u"upgrade"_s, name, u"mine=yes"_s}));
    QCOMPARE(kubectl({u"get"_s, u"upgrades"_s, u"-l"_s, u"mine=yes"_s, u"-o"_s, u"name"_s}).out,
        "upgrade.harvesterhci.io/" + name.toLatin1() + '\n');
    WORKS(kubectl({u"annotate"_s, u"node"_s, u"node1"_s, u"a=b"_s}));
    WORKS(kubectl({u"cordon"_s, u"node1"_s}));
    QVERIFY(kubectl({u"get"_s, u"node"_s, u"node1"_s}).out.contains("Ready,SchedulingDisabled"));
    WORKS(kubectl({u"uncordon"_s, u"node1"_s}));
    WORKS(kubectl({u"taint"_s, u"node"_s, u"node1"_s, u"a=b:NoSchedule"_s}));
    QVERIFY(kubectl({u"describe"_s, u"node"_s, u"node1"_s}).out.contains("a=b:NoSchedule"));
    WORKS(kubectl({u"taint"_s, u"node"_s, u"node1"_s, u"a-"_s}));
}

void tst_KubectlWrites::deleteRefused()
{
    playTo(u"UpgradingNodes"_s);
    run([](Server &server) { server.advance(60); });
    for (const QStringList &more : {QStringList{}, QStringList{u"--dry-run=server"_s}}) {
        const Outcome outcome = kubectl(QStringList{u"delete"_s, u"upgrade"_s, upgrade(), u"--wait=false"_s} + more);
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains("admission webhook \"validator.harvesterhci.io\" denied the request: node "
                                      "upgrade is in progressing, please wait for it to be provisioned"),
            outcome.err.constData());
    }
    QVERIFY(!upgrade().isEmpty());
}

void tst_KubectlWrites::deleteAllowed()
{
    playTo(u"UpgradingSystemServices"_s);
    const QString name = upgrade();
    const auto process = follow({u"delete"_s, u"upgrade"_s, name});
    // It waits until the finalizer has done its work.
    const auto marked = [&] {
        bool found = false;
        run([&](Server &server) {
            for (const QJsonObject &one : server.objects(u"harvesterhci.io"_s, u"upgrades"_s))
                found = found || json::get(one, u"metadata.deletionTimestamp").isString();
        });
        return found;
    };
    QTRY_VERIFY_WITH_TIMEOUT(marked(), 20'000);
    QVERIFY(process->state() == QProcess::Running);
    run([](Server &server) { server.advance(120); });
    QVERIFY(process->waitForFinished(20'000));
    QCOMPARE(process->exitCode(), 0);
    QCOMPARE(process->readAllStandardOutput(), "upgrade.harvesterhci.io \"" + name.toLatin1() + "\" deleted\n");
    QVERIFY(upgrade().isEmpty());
    const Outcome left = kubectl({u"get"_s, u"jobs,deployments,plans"_s, u"-A"_s, u"-l"_s,
        u"harvesterhci.io/upgrade="_s + name, u"-o"_s, u"name"_s});
    WORKS(left);
    QCOMPARE(left.out, QByteArray());
}

void tst_KubectlWrites::waitFor()
{
    const auto process
        = follow({u"wait"_s, u"--for=condition=Completed"_s, u"upgrade"_s, u"--all"_s, u"--timeout=60s"_s});
    QVERIFY(process->waitForStarted());
    playTo(u"Succeeded"_s);
    QVERIFY(process->waitForFinished(30'000));
    QCOMPARE(process->exitCode(), 0);
}

QTEST_GUILESS_MAIN(tst_KubectlWrites)
#include "tst_kubectlwrites.moc"
