// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What Harvester's webhooks say to creating, changing and deleting an Upgrade: order, codes and words.

#include "demo/admission.h"
#include "demo/jsonedit.h"
#include "demo/store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace demo;

class tst_Admission : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void deleteGuard_data();
    void deleteGuard();
    void createGuard_data();
    void createGuard();
    void disks_data();
    void disks();
    void machines_data();
    void machines();
    void singleReplicas_data();
    void singleReplicas();
    void virtualMachines_data();
    void virtualMachines();
    void certificates_data();
    void certificates();
    void pauseMap_data();
    void pauseMap();

private:
    const ResourceType &type(const char *group, const char *resource) const
    {
        return *m_catalog.find(QString::fromLatin1(group), QString::fromLatin1(resource));
    }
    StoredPtr make(const char *group, const char *resource, const QString &name, QJsonObject more = {},
        const QString &ns = u"ns"_s)
    {
        QJsonObject metadata = more.value("metadata"_L1).toObject();
        metadata.insert("name"_L1, name);
        metadata.insert("namespace"_L1, ns);
        more.insert("metadata"_L1, metadata);
        return *m_store->create(type(group, resource), more);
    }
    void makeHealthyCluster();
    void edit(const char *group, const char *resource, const QString &name, const QString &ns,
        const std::function<void(QJsonObject &)> &change);
    /// What creating an Upgrade is answered, without the webhook's prefix; "" when it is taken.
    QString answer(const QMap<QString, QString> &annotations = {}, const QDateTime &certificateEnd = {}) const;

    Catalog m_catalog;
    std::unique_ptr<Store> m_store;
    int m_word = 0;
};

void tst_Admission::init()
{
    m_word = 0;
    m_store = std::make_unique<Store>(
        m_catalog, [] { return u"2026-09-01T00:00:00Z"_s; },
        [this](int length) { return QString::number(++m_word).rightJustified(length, u'x'); });
}

void tst_Admission::makeHealthyCluster()
{
    for (int i = 1; i <= 3; ++i) {
        QJsonObject node;
        json::setCondition(node, u"Ready"_s, u"True"_s, {});
        json::setLabel(node, u"harvesterhci.io/managed"_s, u"true"_s);
        json::setAnnotation(node, u"rke2.io/internal-ip"_s, u"10.0.0.%1"_s.arg(i));
        json::setAnnotation(node, u"cluster.x-k8s.io/machine"_s, u"custom-%1"_s.arg(i));
        make("", "nodes", u"node%1"_s.arg(i), node, {});
        make("cluster.x-k8s.io", "machines", u"custom-%1"_s.arg(i),
            {{u"status"_s,
                QJsonObject{{u"phase"_s, u"Running"_s}, {u"nodeRef"_s, QJsonObject{{u"name"_s, u"node%1"_s.arg(i)}}}}}},
            u"fleet-local"_s);
    }
    make("cluster.x-k8s.io", "clusters", u"local"_s, {{u"status"_s, QJsonObject{{u"phase"_s, u"Provisioned"_s}}}},
        u"fleet-local"_s);
    make("harvesterhci.io", "versions", u"v1.9.0"_s, {}, u"harvester-system"_s);
}

void tst_Admission::edit(const char *group, const char *resource, const QString &name, const QString &ns,
    const std::function<void(QJsonObject &)> &change)
{
    QJsonObject object = m_store->find(type(group, resource), ns, name)->json();
    change(object);
    QVERIFY(m_store->update(type(group, resource), ns, name, object));
}

QString tst_Admission::answer(const QMap<QString, QString> &annotations, const QDateTime &certificateEnd) const
{
    QJsonObject upgrade{{u"spec"_s, QJsonObject{{u"version"_s, u"v1.9.0"_s}}}};
    for (auto it = annotations.begin(); it != annotations.end(); ++it)
        json::setAnnotation(upgrade, it.key(), it.value());
    const auto refused = Admission(*m_store, [certificateEnd] { return certificateEnd; })
                             .create(type("harvesterhci.io", "upgrades"), upgrade);
    const QString prefix = u"admission webhook \"validator.harvesterhci.io\" denied the request: "_s;
    return !refused ? QString()
        : refused->message.startsWith(prefix) ? refused->message.mid(prefix.size())
                                              : u"without the prefix: "_s + refused->message;
}

void tst_Admission::disks_data()
{
    QTest::addColumn<QString>("used"); // GiB of 200
    QTest::addColumn<QString>("skip");
    QTest::addColumn<QString>("message");
    const QString full
        = u"Node \"node2\" will reach 86.50% storage space after loading new images. It's higher than kubelet image garbage collection threshold 85%."_s;
    QTest::newRow("half") << u"100"_s << QString() << QString();
    QTest::newRow("just fits") << u"157"_s << QString() << QString();
    QTest::newRow("full") << u"160"_s << QString() << full;
    QTest::newRow("skipped") << u"160"_s << u"true"_s << QString();
    QTest::newRow("not skipped") << u"160"_s << u"yes"_s << full;
    QTest::newRow("no address") << QString() << QString() << u"node node2 doesn't have rke2.io/internal-ip annotation"_s;
}

void tst_Admission::disks()
{
    QFETCH(QString, used);
    QFETCH(QString, skip);
    makeHealthyCluster();
    edit("", "nodes", u"node2"_s, {}, [&](QJsonObject &node) {
        if (used.isEmpty())
            json::removeAnnotation(node, u"rke2.io/internal-ip"_s);
        else
            json::setAnnotation(node, u"gleaner.demo/disk-used"_s, QString::number(used.toLongLong() << 30));
    });
    QMap<QString, QString> annotations;
    if (!skip.isEmpty())
        annotations.insert(u"harvesterhci.io/skipGarbageCollectionThresholdCheck"_s, skip);
    QTEST(answer(annotations), "message");
}

void tst_Admission::machines_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *what, const char *message) {
        QTest::newRow(what) << QString::fromLatin1(what) << QString::fromLatin1(message);
    };
    row("all match", "");
    row("no reference", "machine custom-2 has empty NodeRef, check the cluster provision");
    row("no label", "node node2 has no expected label harvesterhci.io/managed");
    row("no annotation", "node node2 has no expected annotation cluster.x-k8s.io/machine, check the cluster provision");
    row("unknown machine", "node node2 refers to machine custom-9, but the machine does not exist");
    row("other machine", "node node2 refers to machine custom-1, but the machine refers to another node node1");
}

void tst_Admission::machines()
{
    QFETCH(QString, what);
    makeHealthyCluster();
    if (what == "no reference"_L1) {
        edit("cluster.x-k8s.io", "machines", u"custom-2"_s, u"fleet-local"_s,
            [](QJsonObject &machine) { json::unset(machine, u"status.nodeRef"); });
    }
    edit("", "nodes", u"node2"_s, {}, [&](QJsonObject &node) {
        const QString key = u"cluster.x-k8s.io/machine"_s;
        if (what == "no label"_L1)
            json::removeLabel(node, u"harvesterhci.io/managed"_s);
        if (what == "no annotation"_L1)
            json::removeAnnotation(node, key);
        if (what == "unknown machine"_L1)
            json::setAnnotation(node, key, u"custom-9"_s);
        if (what == "other machine"_L1)
            json::setAnnotation(node, key, u"custom-1"_s);
    });
    QTEST(answer(), "message");
}

void tst_Admission::singleReplicas_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<bool>("onlyActive");
    QTest::addColumn<QString>("message");
    const QString any = u"Following PVCs with single-replica volume, even the volume is detached, upgrade may have "
                        "potential data integrity concerns: default/d"_s,
                  active = u"Following PVCs with active single-replica volume, please consider shutdown the "
                           "corresponding workload before upgrade: default/d"_s;
    for (const QString &state : {u"creating"_s, u"attached"_s, u"attaching"_s}) {
        QTest::addRow("%s", qPrintable(state)) << state << false << any;
        QTest::addRow("%s, only active", qPrintable(state)) << state << true << active;
    }
    QTest::newRow("detached") << u"detached"_s << false << any;
    QTest::newRow("detached, only active") << u"detached"_s << true << QString();
}

void tst_Admission::singleReplicas()
{
    QFETCH(QString, state);
    QFETCH(bool, onlyActive);
    makeHealthyCluster();
    make("longhorn.io", "volumes", u"v"_s,
        {{u"spec"_s, QJsonObject{{u"numberOfReplicas"_s, 1}}},
            {u"status"_s,
                QJsonObject{{u"state"_s, state},
                    {u"kubernetesStatus"_s,
                        QJsonObject{{u"namespace"_s, u"default"_s}, {u"pvcName"_s, u"d"_s}}}}}});
    QMap<QString, QString> annotations;
    if (onlyActive)
        annotations.insert(u"harvesterhci.io/skipSingleReplicaDetachedVol"_s, u"yes"_s);
    QTEST(answer(annotations), "message");
}

void tst_Admission::virtualMachines_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<QByteArray>("vm");
    QTest::addColumn<QByteArray>("vmi");
    QTest::addColumn<QString>("config"); // value of the setting upgrade-config
    QTest::addColumn<QString>("message"); // how it begins
    const QString fixed = u"There are non-live migratable VMs that need to be shut off before initiating the upgrade: ns/vm"_s,
                  pending = u"There are VMs with pending volume hotplug requests"_s,
                  hot = u"There are running VMs with hot-plugged volumes"_s, restore = u"{\"restoreVM\":true}"_s, v182 = u"v1.8.2"_s;
    const QByteArray affinity
        = R"({"spec":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"zone","operator":"In","values":["%1"]}]}]}}}},"status":{"nodeName":"node1"}})";
    const auto zone = [&](const char *name) { return QByteArray(affinity).replace("%1", name); };
    const QByteArray devices = R"({"spec":{"domain":{"devices":{"hostDevices":[{"name":"d"}]}}}})",
                     gpus = R"({"spec":{"domain":{"devices":{"gpus":[{"name":"g"}]}}}})",
                     request = R"({"status":{"volumeRequests":[{"addVolumeOptions":{"name":"v"}}]}})",
                     plugged
        = R"({"spec":{"volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"v","hotpluggable":true}}]}})",
                     lasting = R"({"spec":{"template":{"spec":{"volumes":[{"name":"v"}]}}}})";
    QTest::newRow("free") << v182 << QByteArray() << QByteArray("{}") << QString() << QString();
    QTest::newRow("host device") << v182 << QByteArray() << devices << QString() << fixed;
    QTest::newRow("restored") << v182 << QByteArray() << devices << restore << QString();
    QTest::newRow("GPU, old") << u"v1.7.1"_s << QByteArray() << gpus << QString() << fixed;
    QTest::newRow("GPU") << v182 << QByteArray() << gpus << QString() << QString();
    QTest::newRow("affinity to its own node") << v182 << QByteArray() << zone("a") << QString() << fixed;
    QTest::newRow("affinity to two nodes") << v182 << QByteArray() << zone("b") << QString() << QString();
    QTest::newRow("request") << v182 << request << QByteArray() << QString() << pending;
    QTest::newRow("request, restored") << v182 << request << QByteArray() << restore << QString();
    QTest::newRow("request, old") << u"v1.8.1"_s << request << QByteArray() << QString() << QString();
    QTest::newRow("plugged") << v182 << QByteArray("{}") << plugged << QString() << hot;
    QTest::newRow("plugged for good") << v182 << lasting << plugged << QString() << QString();
}

void tst_Admission::virtualMachines()
{
    QFETCH(QString, version);
    QFETCH(QByteArray, vm);
    QFETCH(QByteArray, vmi);
    QFETCH(QString, config);
    QFETCH(QString, message);
    makeHealthyCluster();
    for (const auto &[node, zone] : {std::pair(u"node1"_s, u"a"_s), std::pair(u"node2"_s, u"b"_s), std::pair(u"node3"_s, u"b"_s)})
        edit("", "nodes", node, {}, [&](QJsonObject &object) { json::setLabel(object, u"zone"_s, zone); });
    make("harvesterhci.io", "settings", u"server-version"_s, {{u"value"_s, version}}, {});
    make("harvesterhci.io", "settings", u"upgrade-config"_s, {{u"value"_s, config}}, {});
    if (!vm.isEmpty())
        make("kubevirt.io", "virtualmachines", u"vm"_s, QJsonDocument::fromJson(vm).object());
    if (!vmi.isEmpty())
        make("kubevirt.io", "virtualmachineinstances", u"vm"_s, QJsonDocument::fromJson(vmi).object());
    const QString said = answer();
    QVERIFY2(message.isEmpty() ? said.isEmpty() : said.startsWith(message), qPrintable(said));
}

void tst_Admission::certificates_data()
{
    QTest::addColumn<int>("days"); // until the first certificate ends; 0: not known
    QTest::addColumn<QString>("limit");
    QTest::addColumn<QString>("message"); // how it ends
    QTest::newRow("not known") << 0 << QString() << QString();
    QTest::newRow("a year") << 365 << QString() << QString();
    QTest::newRow("a few days") << 3 << QString() << u"it will expire in 7 days. Please rotate RKE2 certificates."_s;
    QTest::newRow("a few are enough") << 3 << u"2"_s << QString();
    QTest::newRow("a month is asked") << 20 << u"30"_s << u"it will expire in 30 days. Please rotate RKE2 certificates."_s;
    QTest::newRow("no number") << 365 << u"x"_s << u"invalid value x for annotation harvesterhci.io/minCertsExpirationInDay"_s;
    QTest::newRow("nothing") << 365 << u"0"_s << u"it should be greater than 0"_s;
}

void tst_Admission::certificates()
{
    QFETCH(int, days);
    QFETCH(QString, limit);
    QFETCH(QString, message);
    makeHealthyCluster();
    QMap<QString, QString> annotations;
    if (!limit.isEmpty())
        annotations.insert(u"harvesterhci.io/minCertsExpirationInDay"_s, limit);
    const QString said
        = answer(annotations, days > 0 ? QDateTime::currentDateTimeUtc().addDays(days) : QDateTime());
    QVERIFY2(message.isEmpty() ? said.isEmpty() : said.endsWith(message), qPrintable(said));
}

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
