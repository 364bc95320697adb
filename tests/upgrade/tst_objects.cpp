// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Readers of objects: what is there is read, what is missing or of a wrong type is empty, and "absent", "" and "Unknown" differ.
// Slimmers: what a board, rule or verdict reads stays, secrets and bulk go.

#include "support/upgrade_recording.h"
#include "support/upgrade_world.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace upgrade;
using support::json;
using support::objectOf;
using support::thing;

class TestObjects : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void upgradeObject()
    {
        const auto up = read<UpgradeObject>(*objectOf(Kind::Upgrade, thing(u"harvester-system"_s, u"up"_s, json(R"({
            "metadata":{"labels":{"harvesterhci.io/latestUpgrade":"true","harvesterhci.io/upgradeState":"UpgradingNodes","harvesterhci.io/upgradeCleanup":"Pending"},
              "annotations":{"harvesterhci.io/node-upgrade-pause-map":"PAUSES"},"finalizers":["wrangler"]},
            "spec":{"version":"v1.9.0","image":"","logEnabled":false},
            "status":{"previousVersion":"v1.8.2","imageID":"harvester-system/up","singleNode":"n1","upgradeLog":"up-log",
              "repoInfo":"release:\n  harvester: v1.9.0\n  harvesterChart: 1.9.0\n  os: 'Harvester v1.9.0'\n  kubernetes: v1.36.1-rc2+rke2r1\n  rancher: v2.14.1\n  minUpgradableVersion: v1.8.0\nother:\n  os: no\n",
              "nodeStatuses":{"n1":{"state":"Failed","reason":"R","message":"M"},"n2":{}},
              "conditions":[{"type":"Completed","status":"Unknown"},{"type":"LogReady","status":""},{"type":"ImageReady","status":"True","lastUpdateTime":"2026-09-03T09:00:00Z"}]}})"))));
        QVERIFY(up.latest);
        QVERIFY(!up.logEnabled);
        QCOMPARE(up.stateLabel, u"UpgradingNodes"_s);
        QCOMPARE(up.cleanupLabel, u"Pending"_s);
        QCOMPARE(up.repoInfo.os, u"Harvester v1.9.0"_s);
        QCOMPARE(up.repoInfo.kubernetes, u"v1.36.1-rc2+rke2r1"_s);
        QCOMPARE(up.repoInfo.minUpgradableVersion, u"v1.8.0"_s);
        QCOMPARE(up.nodes.value(u"n1"_s).reason, u"R"_s);
        QVERIFY(up.nodes.contains(u"n2"_s));
        QCOMPARE(up.singleNode, u"n1"_s);
        // Three different things.
        QCOMPARE(up.conditions.status(u"Completed"_s), u"Unknown"_s);
        QVERIFY(up.conditions.find(u"LogReady"_s).has_value());
        QCOMPARE(up.conditions.status(u"LogReady"_s), QString());
        QVERIFY(!up.conditions.find(u"RepoReady"_s).has_value());
        QCOMPARE(up.conditions.find(u"ImageReady"_s)->updated, QDateTime::fromString(u"2026-09-03T09:00:00Z"_s, Qt::ISODate));
    }

    void logsAreOnUnlessSwitchedOff()
    {
        QVERIFY(read<UpgradeObject>(*objectOf(Kind::Upgrade, thing(u"x"_s, u"up"_s))).logEnabled);
        QVERIFY(read<UpgradeObject>(*objectOf(Kind::Upgrade, thing(u"x"_s, u"up"_s, json(R"({"spec":{"logEnabled":"no"}})")))).logEnabled);
    }

    void nonsense_data()
    {
        QTest::addColumn<QByteArray>("value");
        for (const char *value : {"null", "7", "-1", "1e300", "true", "\"text\"", "[]", "[1,null,{}]", "{}", "{\"a\":{\"b\":[]}}", "[[[]]]"})
            QTest::newRow(value) << QByteArray(value);
    }
    void nonsense()
    {
        // Every kind survives any value for spec, status, data, labels' neighbours and the lists below.
        QFETCH(const QByteArray, value);
        const QJsonValue any = QJsonDocument::fromJson("[" + value + "]").array().at(0);
        QJsonObject object = thing(u"ns"_s, u"name"_s);
        for (const auto &key : {u"spec"_s, u"status"_s, u"data"_s, u"value"_s, u"involvedObject"_s})
            object.insert(key, any);
        QJsonObject deeper = thing(u"ns"_s, u"name"_s);
        QJsonObject inner;
        for (const auto &key : {u"conditions"_s, u"nodeStatuses"_s, u"nodeInfo"_s, u"containerStatuses"_s, u"containers"_s, u"volumes"_s, u"taints"_s, u"applying"_s, u"progress"_s,
                                u"summary"_s, u"kubernetesStatus"_s, u"repoInfo"_s, u"rkeConfig"_s, u"phaseTransitionTimestamps"_s, u"migrationState"_s, u"display"_s,
                                u"version"_s, u"startTime"_s, u"active"_s, u"replicas"_s})
            inner.insert(key, any);
        deeper.insert(u"spec"_s, inner);
        deeper.insert(u"status"_s, inner);
        for (int kind = 0; kind <= int(Kind::Pdb); ++kind) {
            for (const QJsonObject &one : {object, deeper}) {
                Snapshot snapshot;
                const auto read = objectOf(Kind(kind), one);
                snapshot.apply(Kind(kind), read);
                QCOMPARE(snapshot.raw.value(Kind(kind)).size(), 1);
                snapshot.remove(Kind(kind), read->key);
                QCOMPARE(snapshot.raw.value(Kind(kind)).size(), 0);
            }
        }
    }

    void podAndItsJob()
    {
        const auto pod = read<PodObject>(*objectOf(Kind::Pod, thing(u"harvester-system"_s, u"p"_s, json(R"({
            "metadata":{"ownerReferences":[{"kind":"Job","name":"j","controller":true}]},
            "spec":{"nodeName":"n1","containers":[{"name":"apply","image":"i","env":[{"name":"SECRET","value":"s3cr3t"}]}],"initContainers":[{"name":"first"}],
              "volumes":[{"name":"a","persistentVolumeClaim":{"claimName":"c"}},{"name":"b","secret":{"secretName":"x"}}]},
            "status":{"phase":"Running","containerStatuses":[{"name":"apply","restartCount":2,"state":{"waiting":{"reason":"CrashLoopBackOff","message":"m"}}}]}})"))));
        QCOMPARE(pod.jobName, u"j"_s);
        QCOMPARE(pod.containers.size(), 2);
        QVERIFY(pod.containers.at(0).init);
        QCOMPARE(pod.containers.at(1).reason, u"CrashLoopBackOff"_s);
        QCOMPARE(pod.containers.at(1).restarts, 2);
    }

    void slimming()
    {
        const auto bytes = [](Kind kind, const char *text) { return QJsonDocument(objectOf(kind, thing(u"ns"_s, u"name"_s, json(text)))->json).toJson(); };
        const QByteArray pod = bytes(Kind::Pod, R"({"spec":{"containers":[{"name":"c","env":[{"name":"X","value":"s3cr3t"}]}],
            "volumes":[{"name":"a","persistentVolumeClaim":{"claimName":"claim"}},{"name":"b","secret":{"secretName":"s3cr3t"}}]}})");
        QVERIFY(!pod.contains("s3cr3t"));
        QVERIFY(pod.contains("claim"));
        QVERIFY(!bytes(Kind::PlanSecret, R"({"data":{"plan":"s3cr3t"},"stringData":{"a":"s3cr3t"}})").contains("s3cr3t"));
        QVERIFY(!bytes(Kind::ConfigMap, R"({"data":{"a":"s3cr3t"}})").contains("s3cr3t"));
        QVERIFY(!bytes(Kind::Setting, R"({"value":"s3cr3t","default":"s3cr3t"})").contains("s3cr3t"));
        QVERIFY(!bytes(Kind::ProvisioningCluster, R"({"spec":{"rkeConfig":{"registries":{"configs":{"a":"s3cr3t"}},"provisionGeneration":1}}})").contains("s3cr3t"));
        QVERIFY(!bytes(Kind::Job, R"({"spec":{"template":{"spec":{"containers":[{"env":"s3cr3t"}]}}}})").contains("s3cr3t"));
        const auto version = objectOf(Kind::Setting, thing({}, u"server-version"_s, json(R"({"value":"v1.9.0"})")));
        QCOMPARE(read<SettingObject>(*version).effective(), u"v1.9.0"_s);
        const auto restore = objectOf(Kind::ConfigMap, thing(u"harvester-system"_s, u"up-restore-vm"_s, json(R"({"data":{"n1":"a/b"}})")));
        QCOMPARE(read<ConfigMapObject>(*restore).data.value(u"n1"_s), u"a/b"_s);
    }

    void targets()
    {
        // Namespaces and the one list that must never bring data.
        bool secrets = false;
        QSet<Kind> kinds;
        for (const WatchTarget &target : watchTargets()) {
            kinds.insert(target.kind);
            QVERIFY(!target.resource.version.isEmpty());
            QVERIFY(target.resource.namespaced || target.ns.isEmpty());
            if (target.resource.resource == "secrets"_L1) {
                secrets = true;
                QVERIFY(target.metadataOnly);
                QCOMPARE(target.ns, u"fleet-local"_s);
                QCOMPARE(target.labelSelector, u"rke.cattle.io/machine-name"_s);
            }
        }
        QVERIFY(secrets);
        QCOMPARE(kinds.size(), int(Kind::Pdb) + 1);
        for (int kind = 0; kind <= int(Kind::Pdb); ++kind)
            QVERIFY(!kindName(Kind(kind)).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestObjects)
#include "tst_objects.moc"
