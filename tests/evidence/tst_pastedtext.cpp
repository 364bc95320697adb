// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What people copy out of a terminal, as they copy it.

#include "evidence/pastedtext.h"

#include <QJsonArray>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace evidence;

namespace {

const QDateTime now(QDate(2026, 9, 3), QTime(12, 0), QTimeZone::UTC);

PastedText read(const QByteArray &text)
{
    BundleProblems problems(100);
    return readPasted(text, u"-"_s, now, {}, problems);
}

QString at(const QJsonObject &json, const QString &path)
{
    QJsonValue value = json;
    for (const QString &step : path.split(u'.')) {
        bool number = false;
        const int index = step.toInt(&number);
        value = number ? value.toArray().at(index) : value.toObject().value(step);
    }
    return value.isDouble() ? QString::number(value.toInteger())
        : value.isBool()    ? (value.toBool() ? u"true"_s : u"false"_s)
                            : value.toString();
}

QStringList names(const PastedText &text)
{
    QStringList list;
    for (const QJsonObject &json : text.objects)
        list.append(
            at(json, u"kind"_s) + u' ' + at(json, u"metadata.namespace"_s) + u'/' + at(json, u"metadata.name"_s));
    return list;
}

} // namespace

class TestPastedText : public QObject {
    Q_OBJECT

private slots:
    void podTable()
    {
        const PastedText text = read("root@n1:~ # kubectl get pods -n harvester-system -o wide\n"
                                     "NAME                                    READY   STATUS             RESTARTS      "
                                     "AGE     IP           NODE   NOMINATED NODE   READINESS GATES\n"
                                     "hvst-upgrade-9gmg2-apply-manifests-4t   0/1     CrashLoopBackOff   7 (2m ago)    "
                                     "33m     10.52.0.1    n1     <none>           <none>\n"
                                     "upgrade-repo-hvst-upgrade-9gmg2-abc     0/1     Init:ImagePullBackOff   0        "
                                     "33m     <none>       n2     <none>           <none>\n"
                                     "done-x                                  0/1     Completed          0             "
                                     "33m     <none>       n2     <none>           <none>\n");
        QCOMPARE(names(text),
            (QStringList{u"Pod harvester-system/hvst-upgrade-9gmg2-apply-manifests-4t"_s,
                u"Pod harvester-system/upgrade-repo-hvst-upgrade-9gmg2-abc"_s, u"Pod harvester-system/done-x"_s}));
        QCOMPARE(at(text.objects[0], u"status.containerStatuses.0.state.waiting.reason"_s), u"CrashLoopBackOff"_s);
        QCOMPARE(at(text.objects[0], u"status.containerStatuses.0.restartCount"_s), u"7"_s);
        QCOMPARE(at(text.objects[0], u"spec.nodeName"_s), u"n1"_s);
        QCOMPARE(at(text.objects[1], u"status.containerStatuses.0.state.waiting.reason"_s), u"ImagePullBackOff"_s);
        QCOMPARE(at(text.objects[2], u"status.phase"_s), u"Succeeded"_s);
        QVERIFY(text.lines.contains("CrashLoopBackOff")); // a rule may look for the words
    }

    void bundleTable()
    {
        const PastedText text
            = read("NAMESPACE     NAME                          BUNDLEDEPLOYMENTS-READY   STATUS\n"
                   "fleet-local   fleet-agent-local             1/1                       \n"
                   "fleet-local   mcc-rancher-monitoring-crd    0/1                       WaitApplied(1) [Cluster "
                   "fleet-local/local]\n"
                   "fleet-local   mcc-harvester                 0/1                       ErrApplied(1) [Cluster "
                   "fleet-local/local: another operation (install/upgrade/rollback) is in progress]\n");
        QCOMPARE(text.objects.size(), 3);
        QCOMPARE(at(text.objects[0], u"status.conditions.0.status"_s), u"True"_s);
        QCOMPARE(at(text.objects[2], u"apiVersion"_s), u"fleet.cattle.io/v1alpha1"_s);
        QCOMPARE(at(text.objects[2], u"status.conditions.0.status"_s), u"False"_s);
        QVERIFY(at(text.objects[2], u"status.conditions.0.message"_s).contains("another operation"_L1));
    }

    void nodeVolumeAndJobTables()
    {
        const PastedText text
            = read("$ kubectl get nodes\n"
                   "NAME   STATUS                        ROLES                       AGE    VERSION\n"
                   "n1     Ready                         control-plane,etcd,master   104d   v1.35.2+rke2r1\n"
                   "n2     NotReady,SchedulingDisabled   control-plane,etcd,master   104d   v1.35.2+rke2r1\n"
                   "\n"
                   "$ kubectl get volumes.longhorn.io -n longhorn-system\n"
                   "NAME           DATA ENGINE   STATE      ROBUSTNESS   SCHEDULED   SIZE          NODE   AGE\n"
                   "pvc-63355afb   v1            attached   degraded                 10737418240   n1     3d\n"
                   "$ kubectl get job -n harvester-system\n"
                   "NAME                                 STATUS    COMPLETIONS   DURATION   AGE\n"
                   "hvst-upgrade-k2p7d-apply-manifests   Failed    0/1           33m        33m\n");
        QCOMPARE(names(text),
            (QStringList{u"Node /n1"_s, u"Node /n2"_s, u"Volume longhorn-system/pvc-63355afb"_s,
                u"Job harvester-system/hvst-upgrade-k2p7d-apply-manifests"_s}));
        QCOMPARE(at(text.objects[1], u"status.conditions.0.status"_s), u"False"_s);
        QCOMPARE(at(text.objects[1], u"spec.unschedulable"_s), u"true"_s);
        QCOMPARE(at(text.objects[2], u"status.robustness"_s), u"degraded"_s);
        QCOMPARE(at(text.objects[2], u"status.currentNodeID"_s), u"n1"_s);
        QCOMPARE(at(text.objects[3], u"status.conditions.0.type"_s), u"Failed"_s);
    }

    void eventTable()
    {
        const PastedText text
            = read("NAMESPACE          LAST SEEN   TYPE      REASON        OBJECT                MESSAGE\n"
                   "harvester-system   5m12s       Warning   FailedMount   pod/upgrade-repo-x    "
                   "MountVolume.MountDevice failed for volume \"pvc-1\"\n");
        QCOMPARE(text.objects.size(), 1);
        QCOMPARE(at(text.objects[0], u"kind"_s), u"Event"_s);
        QCOMPARE(at(text.objects[0], u"reason"_s), u"FailedMount"_s);
        QCOMPARE(at(text.objects[0], u"involvedObject.kind"_s), u"Pod"_s);
        QCOMPARE(at(text.objects[0], u"involvedObject.name"_s), u"upgrade-repo-x"_s);
        QCOMPARE(at(text.objects[0], u"lastTimestamp"_s), u"2026-09-03T11:54:48Z"_s);
    }

    void describeUpgrade()
    {
        const PastedText text = read("Name:         hvst-upgrade-k2p7d\n"
                                     "Namespace:    harvester-system\n"
                                     "Labels:       harvesterhci.io/latestUpgrade=true\n"
                                     "              harvesterhci.io/upgradeState=UpgradingSystemServices\n"
                                     "Annotations:  harvesterhci.io/replica-replenishment-wait-interval: 600\n"
                                     "API Version:  harvesterhci.io/v1beta1\n"
                                     "Kind:         Upgrade\n"
                                     "Metadata:\n"
                                     "  Creation Timestamp:  2026-09-03T09:00:00Z\n"
                                     "  UID:               up-uid\n"
                                     "Spec:\n"
                                     "  Image:        \n"
                                     "  Log Enabled:  true\n"
                                     "  Version:      v1.9.0\n"
                                     "Status:\n"
                                     "  Conditions:\n"
                                     "    Status:                Unknown\n"
                                     "    Type:                  Completed\n"
                                     "    Last Update Time:      2026-09-03T09:30:00Z\n"
                                     "    Message:               Job has reached the specified backoff limit\n"
                                     "    Reason:                BackoffLimitExceeded\n"
                                     "    Status:                False\n"
                                     "    Type:                  SystemServicesUpgraded\n"
                                     "  Node Statuses:\n"
                                     "    n1:\n"
                                     "      State:         Images preloaded\n"
                                     "  Previous Version:  v1.8.2\n"
                                     "Events:\n"
                                     "  Type     Reason    Age                From       Message\n"
                                     "  ----     ------    ----               ----       -------\n"
                                     "  Warning  Trouble   3m (x12 over 1h)   harvester  it does  not work\n");
        QCOMPARE(names(text),
            (QStringList{u"Upgrade harvester-system/hvst-upgrade-k2p7d"_s,
                u"Event harvester-system/"_s + at(text.objects.value(1), u"metadata.name"_s)}));
        const QJsonObject &upgrade = text.objects[0];
        QCOMPARE(at(upgrade, u"spec.logEnabled"_s), u"true"_s);
        QCOMPARE(at(upgrade, u"metadata.uid"_s), u"up-uid"_s);
        QCOMPARE(upgrade["metadata"_L1]["labels"_L1]["harvesterhci.io/upgradeState"_L1].toString(),
            u"UpgradingSystemServices"_s);
        QCOMPARE(at(upgrade, u"status.conditions.0.type"_s), u"Completed"_s);
        QCOMPARE(at(upgrade, u"status.conditions.1.reason"_s), u"BackoffLimitExceeded"_s);
        QCOMPARE(at(upgrade, u"status.nodeStatuses.n1.state"_s), u"Images preloaded"_s);
        QCOMPARE(at(upgrade, u"status.previousVersion"_s), u"v1.8.2"_s);
        QCOMPARE(at(text.objects[1], u"count"_s), u"12"_s);
        QCOMPARE(at(text.objects[1], u"involvedObject.name"_s), u"hvst-upgrade-k2p7d"_s);
    }

    void describePod()
    {
        const PastedText text
            = read("Name:             virt-launcher-x\nNamespace:        default\nNode:             n2/10.0.0.2\n"
                   "Labels:           app=x\nStatus:           Pending\n"
                   "Containers:\n  compute:\n    Image:          x\n    State:          Waiting\n      Reason:       "
                   "ImagePullBackOff\n    Ready:          False\n    Restart Count:  3\n"
                   "Conditions:\n  Type              Status\n  Ready             False\nVolumes:\n"
                   "Events:\n  Type     Reason            Age   From               Message\n  ----     ------          "
                   "  ----  ----               -------\n"
                   "  Warning  FailedScheduling  9s    default-scheduler  0/3 nodes are available\n");
        QCOMPARE(text.objects.size(), 2);
        QCOMPARE(at(text.objects[0], u"kind"_s), u"Pod"_s);
        QCOMPARE(at(text.objects[0], u"spec.nodeName"_s), u"n2"_s);
        QCOMPARE(at(text.objects[0], u"status.phase"_s), u"Pending"_s);
        QCOMPARE(at(text.objects[0], u"status.containerStatuses.0.state.waiting.reason"_s), u"ImagePullBackOff"_s);
        QCOMPARE(at(text.objects[0], u"status.conditions.0.status"_s), u"False"_s);
        QCOMPARE(at(text.objects[1], u"reason"_s), u"FailedScheduling"_s);
    }

    /// Lines around it stay, with their numbers.
    void mixed()
    {
        const PastedText text = read(
            "It hangs here:\n```\nWaiting for CAPI cluster fleet-local/local to be provisioned\n```\n"
            "> kubectl -n fleet-local get cluster local -o yaml\n"
            "apiVersion: provisioning.cattle.io/v1\nkind: Cluster\nmetadata:\n  name: local\n  namespace: fleet-local\n"
            "and then nothing\n");
        QCOMPARE(names(text), QStringList{u"Cluster fleet-local/local"_s});
        const QByteArrayList lines = text.lines.split('\n');
        QCOMPARE(lines.value(2), QByteArray("Waiting for CAPI cluster fleet-local/local to be provisioned"));
        QVERIFY(lines.value(5).isEmpty() && lines.value(9).isEmpty());
        QCOMPARE(lines.value(10), QByteArray("and then nothing"));
    }

    void json()
    {
        const PastedText text = read("# kubectl get pod a -o json\n{\n    \"apiVersion\": \"v1\",\n    \"kind\": "
                                     "\"Pod\",\n    \"metadata\": {\"name\": \"a\"}\n}\nrest\n");
        QCOMPARE(names(text), QStringList{u"Pod /a"_s});
        QVERIFY(!text.lines.contains("metadata"));
        QVERIFY(text.lines.contains("rest"));
    }

    void plainTextIsText_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("log") << QByteArray("time=\"2026-09-03T10:00:00Z\" level=info msg=\"x\"\nUpgrading Rancher\n");
        QTest::newRow("json log") << QByteArray("{\"level\":\"error\",\"ts\":1.5,\"msg\":\"kind of bad\"}\n");
        QTest::newRow("message") << QByteArray("Job has reached the specified backoff limit\n");
        QTest::newRow("sentence") << QByteArray("NAME it as you like\nName: of the rose\nkubectl said no\n");
        QTest::newRow("klog") << QByteArray("E0903 10:00:00.000000       1 reflector.go:1] x\n");
        QTest::newRow("list") << QByteArray("- one\n- two\nkey: value\n");
    }
    void plainTextIsText()
    {
        QFETCH(const QByteArray, text);
        const PastedText result = read(text);
        QVERIFY(result.objects.isEmpty());
        QCOMPARE(result.lines.trimmed(), text.trimmed());
        QVERIFY(result.anyLine);
    }

    void resources()
    {
        QCOMPARE(kindOfResource(u"po"_s).kind, u"Pod"_s);
        QCOMPARE(kindOfResource(u"clusters.provisioning.cattle.io"_s).apiVersion, u"provisioning.cattle.io/v1"_s);
        QCOMPARE(kindOfResource(u"cluster"_s).apiVersion, u"cluster.x-k8s.io/v1beta1"_s);
        QCOMPARE(kindOfResource(u"nodes.longhorn.io"_s).apiVersion, u"longhorn.io/v1beta2"_s);
        QVERIFY(kindOfResource(u"nonsense"_s).kind.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestPastedText)
#include "tst_pastedtext.moc"
