// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Each pre-check: good, bad, not fetched, nonsense.

#include "restart/intent.h"
#include "restart/prechecks.h"
#include "restart/prechecktext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace restart;

namespace {

QList<QJsonObject> list(const QByteArray &text)
{
    QJsonParseError error;
    QList<QJsonObject> out;
    const QJsonArray array = QJsonDocument::fromJson('[' + text + ']', &error).array();
    if (error.error != QJsonParseError::NoError)
        qFatal("bad JSON in a test: %s", text.constData());
    for (const QJsonValue &value : array)
        out.append(value.toObject());
    return out;
}

QByteArray node(const QByteArray &name, const QByteArray &spec = "{}", const QByteArray &ready = "True",
    const QByteArray &label = "harvesterhci.io/managed")
{
    return QByteArray(
        R"({"metadata":{"name":"NAME","labels":{"LABEL":"true"},"annotations":{"cluster.x-k8s.io/machine":"m-NAME","rke2.io/internal-ip":"10.0.0.1"}},
        "spec":SPEC,"status":{"conditions":[{"type":"Ready","status":"READY"}]}})")
        .replace("NAME", name)
        .replace("LABEL", label)
        .replace("SPEC", spec)
        .replace("READY", ready);
}
QByteArray machine(const QByteArray &name, const QByteArray &phase = "Running")
{
    return QByteArray(
        R"({"metadata":{"name":"m-NAME","namespace":"fleet-local"},"status":{"phase":"PHASE","nodeRef":{"name":"NAME"}}})")
        .replace("NAME", name)
        .replace("PHASE", phase);
}

QByteArray lease(const QByteArray &name, const QByteArray &time)
{
    return QByteArray(R"({"metadata":{"name":"NAME"},"spec":{"renewTime":"2026-09-03TTIME.000000Z"}})")
        .replace("NAME", name)
        .replace("TIME", time);
}

/// A cluster on which every check passes.
Materials good()
{
    Materials m;
    for (const Need &need : needs())
        m.insert(need.key, QList<QJsonObject>());
    const auto put
        = [&](const char *key, const QByteArray &objects) { m.insert(QString::fromLatin1(key), list(objects)); };
    put("nodes", node("n1") + ',' + node("n2") + ',' + node("n3"));
    put("machines", machine("n1") + ',' + machine("n2") + ',' + machine("n3"));
    put("versions", R"({"metadata":{"name":"v1.9.0"}})");
    put("capi", R"({"metadata":{"name":"local"},"status":{"phase":"Provisioned"}})");
    put("charts", R"({"metadata":{"name":"harvester"},"status":{"conditions":[{"type":"Ready","status":"True"}]}})");
    put("bundles",
        R"({"metadata":{"name":"mcc-harvester"},"spec":{"helm":{}},"status":{"summary":{"desiredReady":1,"ready":1}}})");
    put("volumes",
        R"({"metadata":{"name":"v1"},"spec":{"numberOfReplicas":3},"status":{"state":"attached","robustness":"healthy","kubernetesStatus":{"workloadsStatus":[{"podStatus":"Running"}]}}})");
    put("cluster-secrets", R"({"metadata":{"name":"local-kubeconfig"}})");
    put("node-stats",
        R"({"gleanerNode":"n1","node":{"fs":{"usedBytes":20000000000,"capacityBytes":200000000000,"availableBytes":180000000000}}})");
    put("node-configs", R"({"gleanerNode":"n1","kubeletconfig":{"imageGCHighThresholdPercent":85}})");
    put("node-leases", lease("n1", "08:59:58") + ',' + lease("n2", "08:59:52") + ',' + lease("n3", "08:59:55"));
    put("addons",
        R"({"metadata":{"name":"rancher-logging"},"spec":{"enabled":true},"status":{"status":"AddonDeploySuccessful"}})");
    put("crds", R"({"metadata":{"name":"backingimages.longhorn.io","labels":{"app.kubernetes.io/version":"v1.8.1"}}})");
    put("support-bundles", R"({"metadata":{"name":"before"},"status":{"state":"ready"}})");
    put("certificate", R"({"notAfter":"2027-09-03T00:00:00Z"})");
    return m;
}

/// With a login in it, which must not come out again.
QByteArray backupTarget()
{
    const QByteArray value = QJsonDocument(QJsonObject{{u"type"_s, u"s3"_s}, {u"secretAccessKey"_s, u"hush"_s}})
                                 .toJson(QJsonDocument::Compact);
    return QJsonDocument(QJsonObject{{u"metadata"_s, QJsonObject{{u"name"_s, u"backup-target"_s}}},
                             {u"value"_s, QString::fromUtf8(value)}})
        .toJson();
}

QByteArray setting(const QString &name, const QByteArray &value)
{
    return QJsonDocument(
        QJsonObject{{u"metadata"_s, QJsonObject{{u"name"_s, name}}}, {u"value"_s, QString::fromUtf8(value)}})
        .toJson();
}
QByteArray storageNetwork(const QByteArray &value)
{
    return setting(u"storage-network"_s, value);
}
QByteArray unsyncedNode()
{
    const QJsonObject annotations{{u"node.harvesterhci.io/ntp-service"_s, u"{\"ntpSyncStatus\":\"unsynced\"}"_s}};
    return QJsonDocument(
        QJsonObject{{u"metadata"_s, QJsonObject{{u"name"_s, u"n1"_s}, {u"annotations"_s, annotations}}}})
        .toJson();
}

Intent intent(const QString &source = u"v1.8.2"_s, const QString &target = u"v1.9.0"_s)
{
    return {source, target, QJsonObject{{u"spec"_s, QJsonObject{{u"version"_s, u"v1.9.0"_s}}}},
        QDateTime(QDate(2026, 9, 3), QTime(9, 0), QTimeZone::UTC)};
}

Check checkOf(const QString &id)
{
    return *std::ranges::find(checks(), id, &Check::id);
}

} // namespace

class TestPrechecks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bad_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QByteArray>("objects");
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<QString>("name"); ///< of the first object
        const auto row = [](const char *id, const char *key, const QByteArray &objects, const char *outcome,
                             const char *name, const char *what = "") {
            QTest::addRow("%s%s", id, what)
                << QString::fromLatin1(key) << objects << QString::fromLatin1(outcome) << QString::fromLatin1(name);
        };
        const QByteArray two = node("n1") + ',' + node("n2");
        row("A02", "versions", {}, "fail", "v1.9.0");
        row("A03", "upgrades",
            R"({"metadata":{"name":"u","labels":{"harvesterhci.io/upgradeState":"UpgradingNodes"}}})", "fail", "u");
        row("A03", "upgrades", R"({"metadata":{"name":"u"}})", "fail", "u", " without label");
        row("A03", "upgrades", R"({"metadata":{"name":"u","labels":{"harvesterhci.io/upgradeState":"Failed"}}})",
            "pass", "", " failed one");
        row("A04", "upgrades", R"({"metadata":{"name":"u","labels":{"harvesterhci.io/upgradeCleanup":"Pending"}}})",
            "fail", "u");
        row("A06", "volumes", R"({"metadata":{"name":"v"},"status":{"robustness":"degraded"}})", "fail", "v");
        row("A07", "capi", R"({"metadata":{"name":"local"},"status":{"phase":"Provisioning"}})", "fail", "local");
        row("A07", "capi", {}, "fail", "local", " absent");
        row("A08", "vmbackups", R"({"metadata":{"name":"b"},"status":{"readyToUse":false}})", "fail", "b");
        row("A08", "vmbackups",
            R"({"metadata":{"name":"b"},"status":{"readyToUse":true}},{"metadata":{"name":"c"},"status":{"error":{"message":"x"}}})",
            "pass", "", " ended");
        row("A09", "schedules", R"({"metadata":{"name":"s"},"status":{}})", "fail", "s");
        row("A10", "charts", R"({"metadata":{"name":"c"},"status":{"conditions":[{"type":"Ready","status":"False"}]}})",
            "fail", "c");
        row("A10", "charts", {}, "could-not-check", "", " none");
        row("A11", "addons", R"({"metadata":{"name":"a"},"spec":{"enabled":true},"status":{"status":"AddonUpdating"}})",
            "fail", "a");
        row("A11", "addons",
            R"({"metadata":{"name":"a"},"spec":{"enabled":false},"status":{"status":"AddonDisabled"}})", "pass", "",
            " disabled");
        row("A12", "nodes", node("n1", "{}", "Unknown"), "fail", "n1");
        row("A12", "nodes", {}, "could-not-check", "", " none");
        row("A13", "nodes", node("n1", R"({"unschedulable":true})"), "fail", "n1");
        row("A14", "node-stats",
            R"({"gleanerNode":"n1","node":{"fs":{"usedBytes":160000000000,"capacityBytes":200000000000}}})", "fail",
            "n1");
        row("A14", "node-stats",
            R"({"gleanerNode":"n1","node":{"fs":{"usedBytes":156041356288,"capacityBytes":200000000000}}})", "pass", "",
            " at the limit");
        row("A14", "node-stats", R"({"gleanerNode":"n2","node":{"fs":{"usedBytes":1,"capacityBytes":200000000000}}})",
            "could-not-check", "", " no configuration");
        row("A14b", "node-stats", R"({"gleanerNode":"n1","node":{"fs":{"availableBytes":32212254719}}})", "fail", "n1");
        row("A14b", "node-stats", R"({"gleanerNode":"n1","node":{"fs":{"availableBytes":32212254720}}})", "pass", "",
            " just enough");
        row("A14c", "nodes", R"({"metadata":{"name":"n1"}})", "fail", "n1");
        row("A15", "machines", machine("n1", "Provisioning"), "fail", "m-n1");
        row("A16", "machines", machine("n1"), "fail", "", " count");
        row("A16", "machines", machine("n1") + ',' + machine("n2") + ',' + R"({"metadata":{"name":"ghost"}})", "fail",
            "ghost", " ghost");
        row("A17", "volumes",
            R"({"metadata":{"name":"v"},"spec":{"numberOfReplicas":1},"status":{"state":"detached"}})", "fail", "v");
        row("A18", "vmis", R"({"metadata":{"name":"vm"},"spec":{"nodeSelector":{"a":"b"}}})", "fail", "vm");
        row("A18", "vmis", R"({"metadata":{"name":"vm"},"spec":{"domain":{"devices":{"hostDevices":[{}]}}}})", "fail",
            "vm", " device");
        row("A18", "vmis", R"({"metadata":{"name":"vm"},"spec":{"domain":{"devices":{"gpus":[{}]}}}})", "pass", "",
            " GPU since 1.8");
        row("A18", "vmis",
            R"({"metadata":{"name":"vm"},"status":{"nodeName":"n1"},"spec":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"zone","operator":"In","values":["a"]}]}]}}}}})",
            "fail", "vm", " affinity");
        row("A18", "vmis",
            R"({"metadata":{"name":"vm"},"status":{"nodeName":"n1"},"spec":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"harvesterhci.io/managed","operator":"Exists"}]}]}}}}})",
            "pass", "", " affinity of others");
        row("A19", "vms", R"({"metadata":{"name":"vm"},"status":{"volumeRequests":[{}]}})", "fail", "vm");
        row("A19", "vmis",
            R"({"metadata":{"name":"vm"},"spec":{"volumes":[{"name":"d","dataVolume":{"hotpluggable":true}}]}})",
            "fail", "vm", " not in spec");
        row("A20", "certificate", R"({"notAfter":"2026-09-09T00:00:00Z"})", "fail", "kubernetes");
        row("A20", "certificate", R"({"notAfter":"soon"})", "could-not-check", "", " nonsense");
        row("B03", "node-stats",
            R"({"gleanerNode":"n1","node":{"fs":{"usedBytes":160000000000,"capacityBytes":200000000000}}})", "fail",
            "n1");
        row("B04", "bundles", R"({"metadata":{"name":"x"},"spec":{"helm":{}},"status":{"summary":{"ready":0}}})",
            "fail", "x");
        row("B05", "bundles",
            R"({"metadata":{"name":"mcc-harvester"},"status":{"summary":{"desiredReady":1,"errApplied":1}}})", "fail",
            "mcc-harvester");
        row("B06", "nodes", node("w", "{}", "True", "node-role.harvesterhci.io/witness"), "fail", "w");
        row("B07", "longhorn-nodes", R"({"metadata":{"name":"n1"},"spec":{"disks":{"d":{"evictionRequested":true}}}})",
            "fail", "n1");
        row("B09", "capi", R"({"metadata":{"name":"local"},"spec":{"paused":true}})", "fail", "local");
        row("B10", "machines", machine("n1"), "fail", "");
        row("B12", "engines", R"({"metadata":{"name":"e"},"status":{"replicaModeMap":{"r":"WO"}}})", "fail", "e");
        row("B12", "volumes",
            R"({"metadata":{"name":"v"},"spec":{"numberOfReplicas":3},"status":{"state":"detached"}})", "fail", "v",
            " detached");
        row("B13", "volumes", R"({"metadata":{"name":"v"},"status":{"state":"attached"}})", "fail", "v");
        row("B14", "backing-images", R"({"metadata":{"name":"b"},"spec":{"minNumberOfCopies":2}})", "warn", "b");
        row("B14", "backing-images", R"({"metadata":{"name":"b"},"spec":{}})", "fail", "b", " none");
        row("B15", "vms",
            R"({"metadata":{"name":"vm"},"spec":{"template":{"spec":{"domain":{"devices":{"disks":[{"cdrom":{}}]}}}}},"status":{"printableStatus":"Running"}})",
            "fail", "vm");
        row("B16", "pods",
            R"({"metadata":{"name":"p"},"status":{"conditions":[{"type":"Ready","status":"False","reason":"ContainersNotReady"}]}})",
            "warn", "p");
        row("B16", "pods",
            R"({"metadata":{"name":"p"},"status":{"conditions":[{"type":"Ready","status":"False","reason":"PodCompleted"}]}})",
            "pass", "", " completed");
        row("B17", "cluster-secrets", {}, "fail", "local-kubeconfig");
        row("B18", "settings", backupTarget(), "fail", "backup-target");
        row("C04", "recurring-jobs", R"({"metadata":{"name":"r"},"spec":{"task":"snapshot"}})", "warn", "r");
        row("C05", "vmis",
            R"({"metadata":{"name":"vm"},"status":{"conditions":[{"type":"LiveMigratable","status":"False"}]}})",
            "warn", "vm");
        row("C10", "kubevirts",
            R"({"metadata":{"name":"k"},"spec":{"workloadUpdateStrategy":{"workloadUpdateMethods":["LiveMigrate"]}}})",
            "warn", "k");
        row("C11", "cdis", R"({"metadata":{"name":"cdi"}})", "warn", "cdi");
        row("C14", "storage-classes",
            R"({"metadata":{"name":"sc","annotations":{"storageclass.kubernetes.io/is-default-class":"true"}}})",
            "warn", "sc");
        row("C17", "nodes", node("n1", "{}", "True", "cpu-feature.node.kubevirt.io/ipred-ctrl"), "warn", "n1");
        row("C19", "vms",
            R"({"metadata":{"name":"vm"},"spec":{"template":{"spec":{"domain":{"cpu":{"threads":2}}}}},"status":{"printableStatus":"Running"}})",
            "warn", "vm");
        row("C20", "longhorn-settings", setting(u"storage-network-for-rwx-volume-enabled"_s, R"(true)"), "warn",
            "storage-network-for-rwx-volume-enabled");
        row("C21", "vmis", R"({"metadata":{"name":"vm"}})", "fail", "vm");
        row("B19", "settings", storageNetwork(R"({"range":"10.0.0.0/29","exclude":["10.0.0.1/32"]})"),
            "could-not-check", "", " no pool");
        row("B19", "settings", storageNetwork(R"({"range":"fd00::/64"})"), "could-not-check", "", " IPv6");
        row("B19", "settings", storageNetwork(R"({})"), "pass", "", " none");
        row("B20", "settings",
            setting(u"rwx-network"_s, R"({"share-storage-network":true,"network":{"range":"10.1.0.0/29"}})"), "pass",
            "", " shared");
        row("B20", "settings", setting(u"rwx-network"_s, R"({"network":{"range":"10.1.0.0/29"}})"), "could-not-check",
            "", " no pool");
        row("C02", "node-leases",
            lease("n1", "08:59:58") + ',' + lease("n2", "08:50:52") + ',' + lease("n3", "08:59:55"), "warn", "n2",
            " behind");
        row("C02", "node-leases",
            lease("n1", "09:09:58") + ',' + lease("n2", "09:09:52") + ',' + lease("n3", "09:09:55"), "warn", "n1",
            " ahead");
        row("C02", "node-leases", {}, "could-not-check", "", " no lease");
        row("C02", "nodes", unsyncedNode(), "fail", "n1", " unsynced");
        row("C03", "images", R"({"metadata":{"name":"i"},"status":{"progress":40}})", "fail", "i", " image");
        row("C03", "images",
            R"({"metadata":{"name":"i"},"status":{"failed":3,"conditions":[{"type":"Imported","status":"False"}]}})",
            "pass", "", " failed image");
        row("C03", "nodes",
            R"({"metadata":{"name":"n1","annotations":{"harvesterhci.io/maintain-status":"completed"}}})", "fail", "n1",
            " maintenance");
        row("C03", "machines", machine("n1", "Deleting"), "fail", "m-n1", " machine");
        row("C03", "addons", R"({"metadata":{"name":"a"},"status":{"status":"AddonUpdating"}})", "fail", "a", " addon");
        row("C08", "link-monitors", R"({"metadata":{"name":"nic"},"status":{"linkStatus":{"n1":[{"name":"ens1f0"}]}}})",
            "could-not-check", "");
        row("C12", "addons", R"({"metadata":{"name":"rancher-logging"},"spec":{"enabled":false}})", "warn",
            "rancher-logging");
        row("C15", "crds",
            R"({"metadata":{"name":"backingimages.longhorn.io","labels":{"app.kubernetes.io/version":"v1.7.1"}}})",
            "fail", "backingimages.longhorn.io");
        row("C15", "crds", R"({"metadata":{"name":"backingimages.longhorn.io"}})", "could-not-check", "",
            " unlabelled");
        row("C24", "settings", setting(u"containerd-registry"_s, R"({"Mirrors":{"docker.io":{}},"Auth":"hush"})"),
            "warn", "upgrade-config");
        row("C24", "settings",
            setting(u"containerd-registry"_s, R"({"Mirrors":{"docker.io":{}}})") + ','
                + setting(u"upgrade-config"_s, R"({"imagePreloadOption":{"strategy":{"type":"skip"}}})"),
            "pass", "", " skipped");
        row("C25", "pvcs",
            R"({"metadata":{"name":"rancher-logging-root-fluentd-buffer-x","namespace":"cattle-logging-system"},"spec":{"resources":{"requests":{"storage":"1Gi"}}}})",
            "warn", "rancher-logging-root-fluentd-buffer-x");
        row("C26", "vms", {}, "could-not-check", "");
        row("C27", "vms",
            R"({"metadata":{"name":"g","labels":{"guestcluster.harvesterhci.io/name":"dev"}},"status":{"printableStatus":"Running"}})",
            "warn", "g");
        row("C27", "vms",
            R"({"metadata":{"name":"g","labels":{"guestcluster.harvesterhci.io/name":"dev"}},"status":{"printableStatus":"Stopped"}})",
            "pass", "", " stopped");
        row("C28", "support-bundles", {}, "warn", "");
        row("C23", "nodes", node("a-name-of-more-than-twenty-four-letters"), "fail",
            "a-name-of-more-than-twenty-four-letters");
    }
    void bad()
    {
        QFETCH(QString, key);
        QFETCH(QByteArray, objects);
        QFETCH(QString, outcome);
        QFETCH(QString, name);
        const Check check = checkOf(QString::fromLatin1(QTest::currentDataTag()).section(u' ', 0, 0));
        Materials m = good();
        m.insert(key, list(objects));
        const CheckResult result = run(check, m, intent());
        QCOMPARE(outcomeWord(result.outcome), outcome);
        QCOMPARE(result.objects.isEmpty() ? QString() : result.objects.constFirst().name, name);
        QVERIFY(!QString::fromUtf8(QJsonDocument(toJson({result}, intent())).toJson()).contains("hush"_L1));
    }

    /// Everything passes where all is well; what was not fetched was not checked; nonsense does no harm.
    void everyCheck_data()
    {
        QTest::addColumn<QString>("id");
        for (const Check &check : checks())
            QTest::newRow(qPrintable(check.id)) << check.id;
    }
    void everyCheck()
    {
        QFETCH(QString, id);
        const Check check = checkOf(id);
        QVERIFY(!checkTitle(id).isEmpty());
        QVERIFY(!checkRemedy(id).isEmpty());
        // What a client can never tell, it never calls good.
        const bool never = id == "C08"_L1 || id == "C26"_L1;
        QCOMPARE(outcomeWord(run(check, good(), intent()).outcome), never ? u"could-not-check"_s : u"pass"_s);
        for (const QString &key : check.needs) {
            QVERIFY2(std::ranges::contains(needs(), key, &Need::key), qPrintable(key));
            Materials m = good();
            m.insert(key, std::unexpected(u"forbidden"_s));
            QCOMPARE(outcomeWord(run(check, m, intent()).outcome), u"could-not-check"_s);
            QVERIFY(run(check, m, intent()).why.contains("forbidden"_L1));
            m.remove(key);
            QCOMPARE(outcomeWord(run(check, m, intent()).outcome), u"could-not-check"_s);
            m.insert(key,
                list(
                    R"({}, {"metadata":7,"spec":[],"status":"x"}, {"metadata":{"labels":[],"annotations":3},"status":{"conditions":{}}})"));
            (void)run(check, m, intent());
        }
    }

    void intents()
    {
        Intent none = intent();
        none.upgrade = {};
        QCOMPARE(run(checkOf(u"A01"_s), good(), none).outcome, Outcome::Fail);
        Intent paused = intent();
        for (const auto &[map, outcome] :
            {std::pair{u"{\"n1\":\"pause\"}"_s, Outcome::Pass}, {u"{\"n9\":\"pause\"}"_s, Outcome::Fail},
                {u"{\"n1\":\"stop\"}"_s, Outcome::Fail}, {u"n1"_s, Outcome::Fail}}) {
            paused.upgrade.insert(u"metadata"_s,
                QJsonObject{{u"annotations"_s, QJsonObject{{u"harvesterhci.io/node-upgrade-pause-map"_s, map}}}});
            QCOMPARE(run(checkOf(u"A05"_s), good(), paused).outcome, outcome);
        }
        for (const auto &[source, target, outcome] : {std::tuple{u"v1.8.2"_s, u"v1.9.0"_s, Outcome::Pass},
                 {u"v1.7.1"_s, u"v1.9.0"_s, Outcome::Fail}, {u"v1.9.0"_s, u"v1.9.0"_s, Outcome::Pass},
                 {u"v1.9.0"_s, u"v1.8.2"_s, Outcome::Fail}, {u"v1.1.1"_s, u"v1.1.3"_s, Outcome::Pass},
                 {u"v1.4.1"_s, u"v1.5.0"_s, Outcome::Fail}, {u"master"_s, u"v1.9.0"_s, Outcome::CouldNotCheck},
                 {u"v1.9.0"_s, u"v1.11.0"_s, Outcome::CouldNotCheck}})
            QVERIFY2(run(checkOf(u"C01"_s), good(), intent(source, target)).outcome == outcome,
                qPrintable(source + u' ' + target));
    }

    void versions()
    {
        const auto has = [](const QString &source, const QString &target, const QString &id) {
            return std::ranges::contains(checksFor(intent(source, target)), id, &Check::id);
        };
        QVERIFY(has(u"v1.4.3"_s, u"v1.5.0"_s, u"A14b"_s));
        QVERIFY(!has(u"v1.5.0"_s, u"v1.6.0"_s, u"A14b"_s));
        QVERIFY(!has(u"v1.6.1"_s, u"v1.7.0"_s, u"A11"_s));
        QVERIFY(has(u"v1.7.0"_s, u"v1.8.0"_s, u"A11"_s));
        QVERIFY(has({}, {}, u"A11"_s)); // not known excludes nothing
        QVERIFY(needsOf(checksFor(intent())).contains("node-stats"_L1));
    }

    void json()
    {
        QList<CheckResult> results;
        for (const Check &check : checksFor(intent()))
            results.append(run(check, good(), intent()));
        const QJsonObject out = toJson(results, intent());
        QCOMPARE(out.value("schema"_L1).toString(), u"gleaner.check/v1"_s);
        QCOMPARE(out.value("summary"_L1).toObject().value("pass"_L1).toInt(), int(results.size()) - 1); // not C26
        QVERIFY(out.value("nothingBlocks"_L1).toBool());
        for (const QJsonValue &check : out.value("checks"_L1).toArray()) {
            QVERIFY(!check["title"_L1].toString().isEmpty());
            QVERIFY(!check["remedy"_L1].toString().isEmpty());
            QVERIFY(QStringList({u"webhook"_s, u"script"_s, u"release"_s}).contains(check["group"_L1].toString()));
        }
        QVERIFY(!out.value("onNodes"_L1).toArray().isEmpty());
        for (const NodeCheck &check : nodeChecks())
            QVERIFY2(!checkTitle(check.id).isEmpty(), qPrintable(check.id));
    }

    void whatBlocks()
    {
        const auto result = [](Outcome outcome, Severity severity) {
            return QList<CheckResult>{
                {u"A01"_s, Outcome::Pass, Severity::Block, {}, {}}, {u"A02"_s, outcome, severity, {}, {}}};
        };
        using enum Outcome;
        QVERIFY(nothingBlocks(result(Pass, Severity::Block), {}));
        QVERIFY(nothingBlocks(result(Warn, Severity::Block), {}));
        QVERIFY(nothingBlocks(result(Fail, Severity::High), {}));
        QVERIFY(!nothingBlocks(result(Fail, Severity::Block), {}));
        QVERIFY(!nothingBlocks(result(CouldNotCheck, Severity::Block), {}));
        QVERIFY(!nothingBlocks(result(Pass, Severity::Block), {ServerAnswer::Kind::Refused, u"no"_s}));
        QVERIFY(nothingBlocks(result(Pass, Severity::Block), {ServerAnswer::Kind::NotAllowed, {}}));
        QVERIFY(!nothingBlocks({}, {})); // nothing was made
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("network");
        QTest::addColumn<int>("used");
        QTest::addColumn<int>("managers");
        QTest::addColumn<Outcome>("outcome");
        const QString plain = u"{\"range\":\"10.0.0.0/29\"}"_s; // six
        QTest::newRow("enough") << plain << 3 << 3 << Outcome::Pass;
        QTest::newRow("one short") << plain << 4 << 3 << Outcome::Fail;
        QTest::newRow("excluded") << u"{\"range\":\"10.0.0.0/29\",\"exclude\":[\"10.0.0.1/32\"]}"_s << 3 << 3
                                  << Outcome::Fail;
        QTest::newRow("excluded twice")
            << u"{\"range\":\"10.0.0.0/29\",\"exclude\":[\"10.0.0.0/31\",\"10.0.0.1/32\",\"10.9.0.0/16\"]}"_s << 2 << 3
            << Outcome::Pass;
        QTest::newRow("nonsense") << u"{\"range\":\"10.0.0.0/29\",\"exclude\":[\"all\"]}"_s << 0 << 0
                                  << Outcome::CouldNotCheck;
    }
    void addresses()
    {
        QFETCH(QString, network);
        QFETCH(int, used);
        QFETCH(int, managers);
        QJsonObject allocations;
        for (int i = 0; i < used; ++i)
            allocations.insert(QString::number(i + 1), QJsonObject());
        Materials m = good();
        m.insert(u"settings"_s, list(storageNetwork(network.toUtf8())));
        m.insert(u"ip-pools"_s,
            QList<QJsonObject>{{{u"metadata"_s, QJsonObject{{u"name"_s, u"10.0.0.0-29"_s}}},
                {u"spec"_s, QJsonObject{{u"allocations"_s, allocations}}}}});
        m.insert(u"instance-managers"_s, QList<QJsonObject>(managers));
        QTEST(run(checkOf(u"B19"_s), m, intent()).outcome, "outcome");
    }

    /// The upgrade the checks are for.
    void intended()
    {
        const QDateTime now(QDate(2026, 9, 3), QTime(9, 0), QTimeZone::UTC);
        Materials m;
        QVERIFY(intentFor(m, {}, now).target.isEmpty());
        m.insert(u"settings"_s, list(setting(u"server-version"_s, R"(v1.8.2)")));
        m.insert(u"versions"_s,
            list(R"({"metadata":{"name":"v1.8.1"}},{"metadata":{"name":"v1.10.0"}},{"metadata":{"name":"v1.9.0"}})"));
        m.insert(u"upgrades"_s, std::unexpected(u"forbidden"_s));
        Intent intent = intentFor(m, {}, now);
        QCOMPARE(intent.source, u"v1.8.2"_s);
        QCOMPARE(intent.target, u"v1.10.0"_s);
        QCOMPARE(intentFor(m, u"v1.9.0"_s, now).target, u"v1.9.0"_s);
        m.insert(u"settings"_s, list(setting(u"server-version"_s, R"(v1.9.0)")));
        m.insert(u"upgrades"_s,
            list(
                R"({"metadata":{"name":"u","labels":{"harvesterhci.io/latestUpgrade":"true"},"annotations":{"harvesterhci.io/skipWebhook":"true","harvesterhci.io/minCertsExpirationInDay":"3"}},
                "spec":{"version":"v1.9.0","logEnabled":false},"status":{"previousVersion":"v1.8.2","conditions":[{"type":"Completed","status":"False"}]}},
                {"metadata":{"name":"old","creationTimestamp":"2026-09-01T00:00:00Z"},"spec":{"version":"v1.8.2"}})"));
        intent = intentFor(m, {}, now);
        QCOMPARE(intent.source, u"v1.8.2"_s);
        QCOMPARE(intent.target, u"v1.9.0"_s);
        QCOMPARE(intent.upgrade["spec"_L1]["logEnabled"_L1], QJsonValue(false));
        const QJsonObject metadata = intent.upgrade.value("metadata"_L1).toObject();
        QVERIFY(!metadata.contains("name"_L1) && metadata.value("generateName"_L1).toString() == "hvst-upgrade-"_L1);
        const QJsonObject annotations = metadata.value("annotations"_L1).toObject();
        QCOMPARE(annotations.keys(), QStringList{u"harvesterhci.io/minCertsExpirationInDay"_s}); // skipWebhook never
    }
};

QTEST_GUILESS_MAIN(TestPrechecks)
#include "tst_prechecks.moc"
