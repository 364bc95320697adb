// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Phase 4: Rancher, Harvester and the node Jobs (phases.md section 5).

#include "demo/director.h"
#include "demo/jsonedit.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

const QString ns = u"harvester-system"_s, fleet = u"fleet-local"_s, longhorn = u"longhorn-system"_s;
const QString drainOptions
    = u"{\"enabled\":true,\"force\":true,\"ignoreDaemonSets\":true,\"deleteEmptyDirData\":true,"
      "\"preDrainHooks\":[{\"annotation\":\"harvesterhci.io/pre-hook\"}],\"postDrainHooks\":[{\"annotation\":\"harvesterhci.io/post-hook\"}]}"_s;

} // namespace

void Director::planner(const QString &message)
{
    // When nothing is waited for any more, Rancher goes on to other things.
    if (message.isEmpty() && !m_planned.isEmpty())
        controllerSays(u"cattle-system"_s, u"rancher"_s,
            m_world.now() + u" [INFO] Handling backend connection request [10.52.0.21]"_s);
    m_planned = message;
    if (!message.isEmpty())
        controllerSays(u"cattle-system"_s, u"rancher"_s,
            u"%1 [INFO] [planner] rkecluster fleet-local/local: waiting: %2"_s.arg(m_world.now(), message));
    m_world.edit(kinds::provisioningClusters, fleet, u"local"_s, [&](QJsonObject &cluster) {
        json::setCondition(cluster, u"Updated"_s, message.isEmpty() ? u"True"_s : u"Unknown"_s, m_world.now(),
            message.isEmpty() ? QString() : u"Waiting"_s, message);
    });
}

void Director::machineAnnotation(const QString &nodeName, const QString &key, const QString &value)
{
    m_world.edit(kinds::secrets, fleet, machineOf(m_world, nodeName) + u"-machine-plan"_s, [&](QJsonObject &secret) {
        if (value.isEmpty())
            json::removeAnnotation(secret, key);
        else
            json::setAnnotation(secret, key, value);
    });
}

QString Director::nodeJob(const QString &type, const QString &nodeName)
{
    JobSpec spec;
    spec.ns = ns;
    spec.name = safeName({m_name, type, nodeName});
    spec.labels = {{u"harvesterhci.io/upgrade"_s, m_name}, {u"harvesterhci.io/upgradeComponent"_s, u"node"_s},
        {u"harvesterhci.io/upgradeJobType"_s, type}};
    spec.jobLabels = {{u"harvesterhci.io/node"_s, nodeName}};
    spec.container = u"apply"_s;
    spec.image = u"rancher/harvester-upgrade:"_s + m_scenario.to.harvester;
    spec.args = {type};
    spec.node = nodeName;
    spec.ttl = 604800;
    spec.owner = owner();
    m_world.makeJob(spec);
    return spec.name;
}

Task Director::nodesMany()
{
    co_await wait(2);
    if (!m_scenario.repoVm) {
        co_await planOnNodes(name(u"skip-manifests-apply"_s), u"apply-skip-rke2-manifests"_s,
            u"Creating skip file: /host/var/lib/rancher/rke2/server/manifests/rke2-multus.yaml.skip"_s);
        upgrade([](QJsonObject &up) {
            json::setAnnotation(up, u"harvesterhci.io/apply-skip-rke2-manifests-plan-completed"_s, u"true"_s);
        });
    }
    upgrade([](QJsonObject &up) {
        json::setAnnotation(up, u"harvesterhci.io/replica-replenishment-wait-interval"_s, u"600"_s);
    });
    m_world.edit(kinds::longhornSettings, longhorn, u"replica-replenishment-wait-interval"_s,
        [](QJsonObject &setting) { setting.insert("value"_L1, u"1800"_s); });
    m_world.edit(kinds::provisioningClusters, fleet, u"local"_s, [this](QJsonObject &cluster) {
        const QJsonObject options{{u"enabled"_s, true}, {u"force"_s, true}, {u"ignoreDaemonSets"_s, true},
            {u"deleteEmptyDirData"_s, true},
            {u"preDrainHooks"_s, QJsonArray{QJsonObject{{u"annotation"_s, u"harvesterhci.io/pre-hook"_s}}}},
            {u"postDrainHooks"_s, QJsonArray{QJsonObject{{u"annotation"_s, u"harvesterhci.io/post-hook"_s}}}}};
        json::set(cluster, u"spec.kubernetesVersion", m_scenario.to.kubernetes);
        json::set(cluster, u"spec.rkeConfig",
            QJsonObject{
                {u"provisionGeneration"_s, json::get(cluster, u"spec.rkeConfig.provisionGeneration").toInt() + 1},
                {u"upgradeStrategy"_s,
                    QJsonObject{{u"controlPlaneConcurrency"_s, u"1"_s}, {u"workerConcurrency"_s, u"1"_s},
                        {u"controlPlaneDrainOptions"_s, options}, {u"workerDrainOptions"_s, options}}}});
    });
    state(u"UpgradingNodes"_s);
    condition(u"NodesUpgraded"_s, u"Unknown"_s);
    for (const QString &nodeName : m_world.nodes()) {
        co_await oneNode(nodeName);
        if (m_failed)
            co_return;
    }
    planner({});
}

Task Director::oneNode(QString nodeName)
{
    const QString machine = machineOf(m_world, nodeName);
    co_await paced(8);
    planner(u"draining etcd node(s) %1"_s.arg(machine));
    machineAnnotation(nodeName, u"rke.cattle.io/pre-drain"_s, drainOptions);
    node(nodeName, [](QJsonObject &object) { json::set(object, u"spec.unschedulable", true); });
    co_await waitUnpaused(nodeName);
    co_await preDrain(nodeName);
    co_await drain(nodeName);
    co_await postDrain(nodeName);
    if (m_failed)
        co_return;
    co_await reboot(nodeName);
    nodeState(nodeName, u"Succeeded"_s);
    machineAnnotation(nodeName, u"harvesterhci.io/post-hook"_s, drainOptions);
    planner(u"uncordoning %1"_s.arg(machine));
    co_await paced(10);
    node(nodeName, [](QJsonObject &object) { json::unset(object, u"spec.unschedulable"); });
    for (const QString &key :
        {u"rke.cattle.io/pre-drain"_s, u"harvesterhci.io/pre-hook"_s, u"rke.cattle.io/drain-options"_s,
            u"rke.cattle.io/drain-done"_s, u"rke.cattle.io/post-drain"_s, u"harvesterhci.io/post-hook"_s})
        machineAnnotation(nodeName, key, {});
    machineAnnotation(nodeName, u"rke.cattle.io/uncordon"_s, drainOptions);
}

Task Director::waitUnpaused(QString nodeName)
{
    const auto paused = [&] {
        const QString text
            = json::annotation(m_world.get(kinds::upgrades, ns, m_name), u"harvesterhci.io/node-upgrade-pause-map"_s);
        return QJsonDocument::fromJson(text.toUtf8()).object().value(nodeName).toString() == "pause"_L1;
    };
    if (!paused())
        co_return;
    nodeState(nodeName, u"Node-upgrade paused"_s, u"AdministrativelyPaused"_s,
        u"Node upgrade paused as requested by the user"_s);
    m_stalled = true;
    while (paused())
        co_await m_timeline.sleep(5);
    m_stalled = false;
    nodeState(nodeName, u"Images preloaded"_s);
    co_await wait(5);
}

Task Director::preDrain(QString nodeName)
{
    const QString job = nodeJob(u"pre-drain"_s, nodeName);
    const QString pod = m_world.makeJobPod(ns, job);
    const auto say = [&](const QString &text) { m_world.log(ns, pod, text); };
    nodeState(nodeName, u"Pre-draining"_s);
    co_await podStarts(ns, pod);
    say(u"rancher-system-agent is active"_s);
    say(u"Waiting for all Longhorn volumes to be healthy..."_s);
    if (troubledNode(nodeName) && m_trouble == Trouble::PreDrainStall) {
        const QList<QJsonObject> volumes = m_world.list(kinds::volumes, longhorn);
        const QString volume = volumes.isEmpty() ? QString() : json::name(volumes.first());
        m_world.edit(kinds::volumes, longhorn, volume,
            [](QJsonObject &object) { json::set(object, u"status.robustness", u"degraded"_s); });
        m_world.edit(kinds::engines, longhorn, volume + u"-e-0"_s, [&](QJsonObject &object) {
            json::set(object, u"status.replicaModeMap",
                QJsonObject{{QString(volume + u"-r-1"_s), u"RW"_s}, {QString(volume + u"-r-2"_s), u"WO"_s}});
        });
        m_stalled = true;
        step(u"stalled"_s);
        for (int retry = 1;; ++retry) {
            for (int i = 0; i < 12; ++i) {
                say(u"Volume %1 is degraded"_s.arg(volume));
                co_await wait(15);
            }
            say(u"Running \"upgrade_node.sh pre-drain\" errors, will retry after 10 minutes (%1 retries)..."_s.arg(
                retry));
            co_await wait(600);
        }
    }
    co_await paced(45);
    say(u"All Longhorn volumes are healthy."_s);
    node(nodeName, [](QJsonObject &object) {
        QJsonArray taints = json::get(object, u"spec.taints").toArray();
        taints.append(QJsonObject{
            {u"key"_s, u"kubevirt.io/drain"_s}, {u"value"_s, u"draining"_s}, {u"effect"_s, u"NoSchedule"_s}});
        json::set(object, u"spec.taints", taints);
    });
    say(u"node/%1 modified"_s.arg(nodeName));
    co_await moveMachines(nodeName, pod);
    say(u"all VMs on node %1 have been live-migrated or shutdown"_s.arg(nodeName));
    say(u"Waiting for evacuation PDB gone..."_s);
    co_await paced(10);
    say(u"switch ingress done"_s);
    co_await paced(3);
    m_world.completeJob(ns, job, pod);
    nodeState(nodeName, u"Pre-drained"_s);
    machineAnnotation(nodeName, u"harvesterhci.io/pre-hook"_s, drainOptions);
}

Task Director::moveMachines(QString nodeName, QString pod)
{
    QStringList there;
    QStringList namespaces;
    for (const QJsonObject &vmi : m_world.list(kinds::vmis, {}, u"kubevirt.io/nodeName="_s + nodeName)) {
        there.append(json::name(vmi));
        namespaces.append(json::ns(vmi));
    }
    for (qsizetype i = 0; i < there.size(); ++i) {
        m_world.log(ns, pod, u"Waiting for VM live-migration or shutdown...(count: %1)"_s.arg(there.size() - i));
        const QString migration = u"kubevirt-evacuation-"_s + m_world.word(5);
        QString target = nodeName;
        for (int tries = 0; target == nodeName && tries < 10; ++tries)
            target = m_world.nodeInTurn();
        m_world.make(kinds::migrations,
            {{u"metadata"_s,
                 QJsonObject{{u"name"_s, migration}, {u"namespace"_s, namespaces[i]},
                     {u"labels"_s, QJsonObject{{u"kubevirt.io/vmi-name"_s, there[i]}}},
                     {u"annotations"_s, QJsonObject{{u"kubevirt.io/evacuationMigration"_s, nodeName}}}}},
                {u"spec"_s, QJsonObject{{u"vmiName"_s, there[i]}}},
                {u"status"_s, QJsonObject{{u"phase"_s, u"Pending"_s}}}});
        for (const QString &phase :
            {u"Scheduling"_s, u"Scheduled"_s, u"PreparingTarget"_s, u"TargetReady"_s, u"Running"_s, u"Succeeded"_s}) {
            co_await paced(phase == "Succeeded"_L1 ? 30 : 4);
            m_world.edit(kinds::migrations, namespaces[i], migration, [&](QJsonObject &object) {
                json::set(object, u"status.phase", phase);
                json::set(object, u"status.migrationState",
                    QJsonObject{{u"sourceNode"_s, nodeName}, {u"targetNode"_s, target},
                        {u"completed"_s, phase == "Succeeded"_L1}});
            });
        }
        QString launcher;
        if (namespaces[i] == "default"_L1) {
            const QString mine = u"vm.kubevirt.io/name="_s + there[i];
            const QList<QJsonObject> old = m_world.list(kinds::pods, namespaces[i], mine);
            launcher = makeLauncher(m_world, there[i], target, {},
                json::text(m_world.get(kinds::kubevirts, ns, u"kubevirt"_s), u"status.observedKubeVirtVersion"));
            for (const QJsonObject &left : old)
                m_world.drop(kinds::pods, namespaces[i], json::name(left));
        }
        m_world.edit(kinds::vmis, namespaces[i], there[i], [&](QJsonObject &object) {
            json::set(object, u"status.nodeName", target);
            json::setLabel(object, u"kubevirt.io/nodeName"_s, target);
        });
        for (const QJsonObject &volume : m_world.list(kinds::volumes, longhorn)) {
            if (json::text(volume, u"status.kubernetesStatus.pvcName") == there[i] + u"-disk-0"_s) {
                m_world.edit(kinds::volumes, longhorn, json::name(volume), [&](QJsonObject &object) {
                    json::set(object, u"status.currentNodeID", target);
                    json::set(object, u"spec.nodeID", target);
                    QJsonArray users = json::get(object, u"status.kubernetesStatus.workloadsStatus").toArray();
                    QJsonObject user = users.at(0).toObject();
                    user.insert("podName"_L1, launcher);
                    json::set(object, u"status.kubernetesStatus.workloadsStatus", QJsonArray{user});
                });
            }
        }
    }
}

Task Director::drain(QString nodeName)
{
    const QString machine = machineOf(m_world, nodeName);
    planner(u"draining etcd node(s) %1"_s.arg(machine));
    machineAnnotation(nodeName, u"rke.cattle.io/drain-options"_s, drainOptions);
    if (troubledNode(nodeName) && m_trouble == Trouble::DrainBlocked) {
        const QList<QJsonObject> budgets = m_world.list(kinds::budgets, longhorn, u"longhorn.io/node="_s + nodeName);
        const QString budget = budgets.isEmpty() ? u"instance-manager"_s : json::name(budgets.first());
        const QString text
            = u"error when evicting pods/\"%1\" -n \"longhorn-system\" (will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget."_s
                  .arg(budget);
        machineAnnotation(nodeName, u"rke.cattle.io/drain-error"_s, text);
        planner(u"failed to drain etcd node(s) %1: %2"_s.arg(machine, text));
        co_await stall();
    }
    co_await paced(60);
    // Evicted pods of Deployments come up elsewhere.
    for (const QString &podNs : {ns, u"cattle-system"_s}) {
        for (const QJsonObject &pod : m_world.list(kinds::pods, podNs)) {
            const bool replicated
                = json::get(pod, u"metadata.ownerReferences").toArray().at(0)["kind"_L1].toString() == "ReplicaSet"_L1;
            if (replicated && json::text(pod, u"spec.nodeName") == nodeName)
                m_world.replacePod(podNs, json::name(pod), {}, nodeName);
        }
    }
    machineAnnotation(nodeName, u"rke.cattle.io/drain-done"_s, drainOptions);
    planner(u"configuring etcd node(s) %1: waiting for plan to be applied"_s.arg(machine));
    co_await paced(60);
    if (!(troubledNode(nodeName) && m_trouble == Trouble::PostDrainStall)) {
        node(nodeName, [this](QJsonObject &object) {
            json::set(object, u"status.nodeInfo.kubeletVersion", m_scenario.to.kubernetes);
            json::set(object, u"status.nodeInfo.kubeProxyVersion", m_scenario.to.kubernetes);
        });
        planner(
            u"configuring etcd node(s) %1: waiting for probes: kube-controller-manager, kube-scheduler"_s.arg(machine));
    } else {
        planner(u"configuring etcd node(s) %1: waiting for kubelet to update"_s.arg(machine));
    }
    co_await paced(45);
    machineAnnotation(nodeName, u"rke.cattle.io/post-drain"_s, drainOptions);
}

Task Director::postDrain(QString nodeName)
{
    const QString job = nodeJob(u"post-drain"_s, nodeName);
    QString pod = m_world.makeJobPod(ns, job);
    const auto say = [&](const QString &text) { m_world.log(ns, pod, text); };
    nodeState(nodeName, u"Post-draining"_s);
    co_await podStarts(ns, pod);
    if (troubledNode(nodeName) && m_trouble == Trouble::NodeFailed) {
        for (int attempt = 1; attempt <= 7; ++attempt) {
            co_await repoChecks(ns, pod);
            say(u"ERROR: cannot mount /dev/disk/by-label/COS_STATE: no space left on device"_s);
            say(u"[Error] Running \"upgrade_node.sh post-drain\""_s);
            m_world.jobPodFailed(ns, job, pod, 1);
            co_await wait(10.0 * (1 << std::min(attempt, 6)));
            if (attempt < 7) {
                pod = m_world.makeJobPod(ns, job);
                co_await podStarts(ns, pod);
            }
        }
        const QString message = u"Job has reached the specified backoff limit"_s;
        m_world.failJob(ns, job, {}, u"BackoffLimitExceeded"_s, message);
        nodeState(nodeName, u"Failed"_s, u"BackoffLimitExceeded"_s, message);
        fail(u"NodesUpgraded"_s, u"BackoffLimitExceeded"_s, message);
        co_return;
    }
    co_await repoChecks(ns, pod);
    say(u"Waiting for RKE2 to be upgraded..."_s);
    if (troubledNode(nodeName) && m_trouble == Trouble::PostDrainStall) {
        m_stalled = true;
        step(u"stalled"_s);
        while (true) {
            co_await wait(10);
            say(u"Waiting for RKE2 to be upgraded..."_s);
        }
    }
    co_await paced(10);
    say(u"set max-pods to 200"_s);
    node(nodeName, [](QJsonObject &object) { json::unset(object, u"spec.taints"); });
    say(u"node/%1 untainted"_s.arg(nodeName));
    say(u"Generating NetworkManager config..."_s);
    say(u"Generating Hostname override"_s);
    say(u"Downloading the file from \"http://upgrade-repo-%1.harvester-system/harvester-iso/rootfs.squashfs\" to \"/host/usr/local/upgrade_tmp/tmp.squashfs\"..."_s
            .arg(m_name));
    co_await paced(60);
    say(u"INFO[2026-09-15T00:00:00Z] Starting elemental version v2.3.2"_s);
    say(u"INFO Unpacking directory source into /run/cos/state"_s);
    co_await paced(120);
    say(u"INFO Upgrade completed"_s);
    say(u"Rebooting the node in 10 seconds..."_s);
    m_world.completeJob(ns, job, pod);
    node(nodeName, [this](QJsonObject &object) {
        json::setAnnotation(object, u"harvesterhci.io/pendingOSImage"_s, m_scenario.to.os());
    });
    nodeState(nodeName, u"Waiting Reboot"_s);
}

} // namespace demo
