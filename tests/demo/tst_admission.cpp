// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What Harvester's webhooks say to creating, changing and deleting an Upgrade: order, codes and words.

#include "support/demo_admission.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace demo;

class tst_Admission : public QObject, private support::AdmissionCluster {
    Q_OBJECT
private Q_SLOTS:
    void init() { reset(); }
    void deleteGuard_data();
    void deleteGuard();
    void createGuard_data();
    void createGuard();
    void pauseMap_data();
    void pauseMap();
};

void tst_Admission::deleteGuard_data()
{
    QTest::addColumn<QString>("capi");  // phase; empty: no such object
    QTest::addColumn<QString>("nodes"); // status of NodesUpgraded
    QTest::addColumn<QString>("skip");
    QTest::addColumn<int>("code"); // 0: allowed
    QTest::addColumn<QString>("message");
    QTest::newRow("phase 3") << u"Provisioned"_s << QString() << QString() << 0 << QString();
    QTest::newRow("phase 4") << u"Provisioned"_s << u"Unknown"_s << QString() << 400
                             << u"node upgrade is in progressing, please wait for it to be provisioned"_s;
    QTest::newRow("phase 4 failed") << u"Provisioned"_s << u"False"_s << QString() << 0 << QString();
    QTest::newRow("provisioning")
        << u"Provisioning"_s << QString() << QString() << 400
        << u"cluster fleet-local/local status is provisioning, please wait for it to be provisioned"_s;
    QTest::newRow("no cluster")
        << QString() << QString() << QString() << 500
        << u"can't find fleet-local/local cluster, err: clusters.cluster.x-k8s.io \"local\" not found"_s;
    QTest::newRow("skipped") << u"Provisioning"_s << u"Unknown"_s << u"TRUE"_s << 0 << QString();
}

void tst_Admission::deleteGuard()
{
    QFETCH(QString, capi);
    QFETCH(QString, nodes);
    QFETCH(QString, skip);
    QFETCH(int, code);
    QFETCH(QString, message);
    if (!capi.isEmpty())
        make("cluster.x-k8s.io", "clusters", u"local"_s, {{u"status"_s, QJsonObject{{u"phase"_s, capi}}}},
            u"fleet-local"_s);
    QJsonObject upgrade;
    if (!nodes.isEmpty())
        json::setCondition(upgrade, u"NodesUpgraded"_s, nodes, {});
    if (!skip.isEmpty())
        json::setAnnotation(upgrade, u"harvesterhci.io/skipWebhook"_s, skip);
    const StoredPtr stored = make("harvesterhci.io", "upgrades", u"u"_s, upgrade, u"harvester-system"_s);
    const auto refused = Admission(*m_store).remove(type("harvesterhci.io", "upgrades"), stored->json());
    QCOMPARE(refused ? refused->code : 0, code);
    if (refused)
        QCOMPARE(refused->message, u"admission webhook \"validator.harvesterhci.io\" denied the request: "_s + message);
}

void tst_Admission::createGuard_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *what, int code, const char *message) {
        QTest::newRow(what) << QString::fromLatin1(what) << code << QString::fromLatin1(message);
    };
    row("healthy", 0, "");
    row("no version", 400, "version or image field are not specified.");
    row("unknown version", 400, "version v9.9.9 is not found");
    row("running", 409, "cannot proceed until previous upgrade \"old\" completes");
    row("unlabelled", 409, "cannot proceed until previous upgrade \"old\" completes");
    row("cleaning", 409, "cannot proceed until the following upgrades completed their cleanup process: old");
    row("cleaning, skipped", 409, "cannot proceed until the following upgrades completed their cleanup process: old");
    row("degraded volume", 400, "there are degraded volumes, please check all volumes are healthy");
    row("degraded volume, skipped", 0, "");
    row("provisioning", 400, "cluster fleet-local/local status is provisioning, please wait for it to be provisioned");
    row("backup", 400, "please wait until all vmbackups are stopped, for example ns/b is under processing");
    row("schedule", 400, "please suspend all backup/snapshot schedule, for example ns/s is running");
    row("chart", 400, "managed chart harvester is not ready, please wait for it to be ready or fix it");
    row("addon", 400,
        "addon ns/mon is enabled but still on status AddonUpdating, please wait for it to be ready or fix it");
    row("node not ready", 400, "node node9 is not ready, please wait for it to be ready");
    row("cordoned", 400, "node node9 is unschedulable, please wait for it to be schedulable");
    row("machine", 400, "machine fleet-local/custom-9 is not running");
    row("ghost machine", 400, "nodes(3) and machines(4) do not match, check the cluster provision");
    row("single replica", 400,
        "Following PVCs with single-replica volume, even the volume is detached, upgrade may have potential data "
        "integrity concerns: default/d");
    row("fixed VM", 400,
        "There are non-live migratable VMs that need to be shut off before initiating the upgrade: ns/vm");
}

void tst_Admission::createGuard()
{
    QFETCH(QString, what);
    QFETCH(int, code);
    QFETCH(QString, message);
    makeHealthyCluster();
    QJsonObject upgrade{{u"spec"_s, QJsonObject{{u"version"_s, u"v1.9.0"_s}}}};
    const auto is = [&](const char *text) { return what.startsWith(QString::fromLatin1(text)); };
    if (what.endsWith("skipped"_L1))
        json::setAnnotation(upgrade, u"harvesterhci.io/skipWebhook"_s, u"true"_s);
    if (is("no version"))
        upgrade = {{u"spec"_s, QJsonObject()}};
    if (is("unknown version"))
        json::set(upgrade, u"spec.version", u"v9.9.9"_s);
    const auto old = [&](const QString &state, const QString &cleanup) {
        QJsonObject other;
        if (!state.isEmpty())
            json::setLabel(other, u"harvesterhci.io/upgradeState"_s, state);
        if (!cleanup.isEmpty())
            json::setLabel(other, u"harvesterhci.io/upgradeCleanup"_s, cleanup);
        make("harvesterhci.io", "upgrades", u"old"_s, other, u"harvester-system"_s);
    };
    if (is("running"))
        old(u"PreparingNodes"_s, {});
    if (is("unlabelled"))
        old({}, {});
    if (is("cleaning"))
        old(u"Failed"_s, u"Pending"_s);
    if (is("degraded"))
        make("longhorn.io", "volumes", u"v"_s, {{u"status"_s, QJsonObject{{u"robustness"_s, u"degraded"_s}}}});
    if (is("provisioning")) {
        QJsonObject cluster = m_store->find(type("cluster.x-k8s.io", "clusters"), u"fleet-local"_s, u"local"_s)->json();
        json::set(cluster, u"status.phase", u"Provisioning"_s);
        (void)m_store->update(type("cluster.x-k8s.io", "clusters"), u"fleet-local"_s, u"local"_s, cluster);
    }
    if (is("backup"))
        make("harvesterhci.io", "virtualmachinebackups", u"b"_s);
    if (is("schedule"))
        make("harvesterhci.io", "schedulevmbackups", u"s"_s);
    if (is("chart"))
        make("management.cattle.io", "managedcharts", u"harvester"_s, {}, u"fleet-local"_s);
    if (is("addon"))
        make("harvesterhci.io", "addons", u"mon"_s,
            {{u"spec"_s, QJsonObject{{u"enabled"_s, true}}},
                {u"status"_s, QJsonObject{{u"status"_s, u"AddonUpdating"_s}}}});
    if (is("node not ready"))
        make("", "nodes", u"node9"_s, {}, {});
    if (is("cordoned")) {
        QJsonObject node{{u"spec"_s, QJsonObject{{u"unschedulable"_s, true}}}};
        json::setCondition(node, u"Ready"_s, u"True"_s, {});
        make("", "nodes", u"node9"_s, node, {});
    }
    if (is("machine"))
        make("cluster.x-k8s.io", "machines", u"custom-9"_s, {}, u"fleet-local"_s);
    if (is("ghost"))
        make("cluster.x-k8s.io", "machines", u"custom-9"_s, {{u"status"_s, QJsonObject{{u"phase"_s, u"Running"_s}}}},
            u"fleet-local"_s);
    if (is("single replica")) {
        make("longhorn.io", "volumes", u"v"_s,
            {{u"spec"_s, QJsonObject{{u"numberOfReplicas"_s, 1}}},
                {u"status"_s,
                    QJsonObject{{u"kubernetesStatus"_s,
                        QJsonObject{{u"namespace"_s, u"default"_s}, {u"pvcName"_s, u"d"_s}}}}}});
    }
    if (is("fixed VM"))
        make("kubevirt.io", "virtualmachineinstances", u"vm"_s,
            {{u"spec"_s, QJsonObject{{u"nodeSelector"_s, QJsonObject{{u"a"_s, u"b"_s}}}}}});
    const auto refused = Admission(*m_store).create(type("harvesterhci.io", "upgrades"), upgrade);
    QCOMPARE(refused ? refused->code : 0, code);
    if (refused)
        QCOMPARE(refused->message, u"admission webhook \"validator.harvesterhci.io\" denied the request: "_s + message);
}

void tst_Admission::pauseMap_data()
{
    QTest::addColumn<QString>("map");
    QTest::addColumn<QString>("message"); // empty: taken
    QTest::newRow("pause") << u"{\"node1\":\"pause\",\"node2\":\"unpause\"}"_s << QString();
    QTest::newRow("empty") << u"{}"_s << QString();
    QTest::newRow("bad value") << u"{\"node3\":\"halt\"}"_s
                               << u"desired action for node node3 must be either \"pause\" or \"unpause\""_s;
    QTest::newRow("bad node") << u"{\"nosuch\":\"pause\"}"_s << u"node nosuch does not exist"_s;
    QTest::newRow("not JSON")
        << u"pause"_s
        << u"fail to unmarshal harvesterhci.io/node-upgrade-pause-map annotation, err: invalid character 'p' looking for beginning of value"_s;
}

void tst_Admission::pauseMap()
{
    QFETCH(QString, map);
    QFETCH(QString, message);
    makeHealthyCluster();
    const QJsonObject before = make("harvesterhci.io", "upgrades", u"u"_s, {}, u"harvester-system"_s)->json();
    QJsonObject after = before;
    json::setAnnotation(after, u"harvesterhci.io/node-upgrade-pause-map"_s, map);
    const auto refused = Admission(*m_store).update(type("harvesterhci.io", "upgrades"), before, after);
    QCOMPARE(refused.has_value(), !message.isEmpty());
    if (refused)
        QCOMPARE(refused->message, u"admission webhook \"validator.harvesterhci.io\" denied the request: "_s + message);
}

QTEST_GUILESS_MAIN(tst_Admission)
#include "tst_admission.moc"
