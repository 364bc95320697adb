// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the webhook asks of disks, machines, volumes, virtual machines and certificates before an upgrade.

#include "support/demo_admission.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

class tst_AdmissionRules : public QObject, private support::AdmissionCluster {
    Q_OBJECT
private Q_SLOTS:
    void init() { reset(); }
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
};

using namespace support;

void tst_AdmissionRules::disks_data()
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
    QTest::newRow("no address") << QString() << QString()
                                << u"node node2 doesn't have rke2.io/internal-ip annotation"_s;
}

void tst_AdmissionRules::disks()
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

void tst_AdmissionRules::machines_data()
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

void tst_AdmissionRules::machines()
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

void tst_AdmissionRules::singleReplicas_data()
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

void tst_AdmissionRules::singleReplicas()
{
    QFETCH(QString, state);
    QFETCH(bool, onlyActive);
    makeHealthyCluster();
    make("longhorn.io", "volumes", u"v"_s,
        {{u"spec"_s, QJsonObject{{u"numberOfReplicas"_s, 1}}},
            {u"status"_s,
                QJsonObject{{u"state"_s, state},
                    {u"kubernetesStatus"_s, QJsonObject{{u"namespace"_s, u"default"_s}, {u"pvcName"_s, u"d"_s}}}}}});
    QMap<QString, QString> annotations;
    if (onlyActive)
        annotations.insert(u"harvesterhci.io/skipSingleReplicaDetachedVol"_s, u"yes"_s);
    QTEST(answer(annotations), "message");
}

void tst_AdmissionRules::virtualMachines_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<QByteArray>("vm");
    QTest::addColumn<QByteArray>("vmi");
    QTest::addColumn<QString>("config");  // value of the setting upgrade-config
    QTest::addColumn<QString>("message"); // how it begins
    const QString fixed
        = u"There are non-live migratable VMs that need to be shut off before initiating the upgrade: ns/vm"_s,
        pending = u"There are VMs with pending volume hotplug requests"_s,
        hot = u"There are running VMs with hot-plugged volumes"_s, restore = u"{\"restoreVM\":true}"_s,
        v182 = u"v1.8.2"_s;
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

void tst_AdmissionRules::virtualMachines()
{
    QFETCH(QString, version);
    QFETCH(QByteArray, vm);
    QFETCH(QByteArray, vmi);
    QFETCH(QString, config);
    QFETCH(QString, message);
    makeHealthyCluster();
    for (const auto &[node, zone] :
        {std::pair(u"node1"_s, u"a"_s), std::pair(u"node2"_s, u"b"_s), std::pair(u"node3"_s, u"b"_s)})
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

void tst_AdmissionRules::certificates_data()
{
    QTest::addColumn<int>("days"); // until the first certificate ends; 0: not known
    QTest::addColumn<QString>("limit");
    QTest::addColumn<QString>("message"); // how it ends
    QTest::newRow("not known") << 0 << QString() << QString();
    QTest::newRow("a year") << 365 << QString() << QString();
    QTest::newRow("a few days") << 3 << QString() << u"it will expire in 7 days. Please rotate RKE2 certificates."_s;
    QTest::newRow("a few are enough") << 3 << u"2"_s << QString();
    QTest::newRow("a month is asked") << 20 << u"30"_s
                                      << u"it will expire in 30 days. Please rotate RKE2 certificates."_s;
    QTest::newRow("no number") << 365 << u"x"_s
                               << u"invalid value x for annotation harvesterhci.io/minCertsExpirationInDay"_s;
    QTest::newRow("nothing") << 365 << u"0"_s << u"it should be greater than 0"_s;
}

void tst_AdmissionRules::certificates()
{
    QFETCH(int, days);
    QFETCH(QString, limit);
    QFETCH(QString, message);
    makeHealthyCluster();
    QMap<QString, QString> annotations;
    if (!limit.isEmpty())
        annotations.insert(u"harvesterhci.io/minCertsExpirationInDay"_s, limit);
    const QString said = answer(annotations, days > 0 ? QDateTime::currentDateTimeUtc().addDays(days) : QDateTime());
    QVERIFY2(message.isEmpty() ? said.isEmpty() : said.endsWith(message), qPrintable(said));
}

QTEST_GUILESS_MAIN(tst_AdmissionRules)
#include "tst_admissionrules.moc"
