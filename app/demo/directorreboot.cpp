// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The reboot of a node, and the upgrade of a cluster that has only one.

#include "demo/director.h"
#include "demo/jsonedit.h"

using namespace Qt::StringLiterals;

namespace demo {
namespace {

const QString ns = u"harvester-system"_s, fleet = u"fleet-local"_s;

} // namespace

Task Director::reboot(QString nodeName)
{
    if (m_world.nodes().size() == 1) {
        // Nobody is left to write down that the node is not ready: all that is to be seen is an API server that is
        // away.
        co_await wait(10);
        step(nodeName + u" reboots"_s);
        setAway(true);
        if (m_trouble == Trouble::RebootStall)
            co_await stall();
        co_await wait(300);
        node(nodeName, [this](QJsonObject &object) {
            json::set(object, u"status.nodeInfo.bootID", m_world.hex(32));
            json::set(object, u"status.nodeInfo.osImage", m_scenario.to.os());
            json::set(object, u"status.nodeInfo.kernelVersion", u"6.4.0-150700.53.31-default"_s);
        });
        setAway(false);
        co_await wait(10);
        node(
            nodeName, [](QJsonObject &object) { json::removeAnnotation(object, u"harvesterhci.io/pendingOSImage"_s); });
        step(nodeName + u" is back"_s);
        co_return;
    }
    co_await paced(50); // ten seconds to the reboot and forty until the node controller misses the kubelet
    node(nodeName, [this](QJsonObject &object) {
        json::setCondition(object, u"Ready"_s, u"Unknown"_s, m_world.now(), u"NodeStatusUnknown"_s,
            u"Kubelet stopped posting node status."_s);
        json::set(object, u"spec.taints",
            QJsonArray{QJsonObject{{u"key"_s, u"node.kubernetes.io/unreachable"_s}, {u"effect"_s, u"NoExecute"_s},
                {u"timeAdded"_s, m_world.now()}}});
    });
    m_world.event(u"Normal"_s, u"NodeNotReady"_s, u"Node %1 status is now: NodeNotReady"_s.arg(nodeName), kinds::nodes,
        {}, nodeName, u"node-controller"_s);
    step(nodeName + u" reboots"_s);
    if (troubledNode(nodeName) && m_trouble == Trouble::RebootStall)
        co_await stall();
    co_await paced(240);
    node(nodeName, [this](QJsonObject &object) {
        json::set(object, u"status.nodeInfo.bootID", m_world.hex(32));
        json::set(object, u"status.nodeInfo.osImage", m_scenario.to.os());
        json::set(object, u"status.nodeInfo.kernelVersion", u"6.4.0-150700.53.31-default"_s);
        json::setCondition(
            object, u"Ready"_s, u"True"_s, m_world.now(), u"KubeletReady"_s, u"kubelet is posting ready status"_s);
        json::unset(object, u"spec.taints");
    });
    m_world.event(u"Warning"_s, u"Rebooted"_s,
        u"Node %1 has been rebooted, boot id: %2"_s.arg(
            nodeName, json::text(m_world.get(kinds::nodes, {}, nodeName), u"status.nodeInfo.bootID")),
        kinds::nodes, {}, nodeName, u"kubelet"_s);
    co_await paced(10);
    node(nodeName, [](QJsonObject &object) { json::removeAnnotation(object, u"harvesterhci.io/pendingOSImage"_s); });
    step(nodeName + u" is back"_s);
}

Task Director::nodeSingle()
{
    const QString nodeName = m_world.nodes()[0];
    co_await wait(2);
    state(u"UpgradingNodes"_s);
    condition(u"NodesUpgraded"_s, u"Unknown"_s);
    co_await waitUnpaused(nodeName);
    const QString job = nodeJob(u"single-node-upgrade"_s, nodeName);
    QString pod = m_world.makeJobPod(ns, job);
    const auto say = [&](const QString &text) { m_world.log(ns, pod, text); };
    co_await podStarts(ns, pod);
    say(u"Upgrade single node"_s);
    co_await repoChecks(ns, pod);
    for (int attempt = 1; m_trouble == Trouble::SingleFailed; ++attempt) {
        say(u"ERROR: cannot mount /dev/disk/by-label/COS_STATE: no space left on device"_s);
        say(u"[Error] Running \"upgrade_node.sh single-node-upgrade\""_s);
        m_world.jobPodFailed(ns, job, pod, 1);
        if (attempt == 7) {
            const QString message = u"Job has reached the specified backoff limit"_s;
            m_world.failJob(ns, job, {}, u"BackoffLimitExceeded"_s, message);
            nodeState(nodeName, u"Failed"_s, u"BackoffLimitExceeded"_s, message);
            fail(u"NodesUpgraded"_s, u"BackoffLimitExceeded"_s, message);
            co_return;
        }
        co_await wait(10.0 * (1 << std::min(attempt, 6)));
        pod = m_world.makeJobPod(ns, job);
        co_await podStarts(ns, pod);
        say(u"Upgrade single node"_s);
        co_await repoChecks(ns, pod);
    }
    QList<QJsonObject> machines = m_world.list(kinds::vmis);
    while (!machines.isEmpty()) {
        say(u"Waiting for VM shutdown...(count: %1)"_s.arg(machines.size()));
        co_await wait(15);
        const QJsonObject vmi = machines.takeFirst();
        m_world.drop(kinds::vmis, json::ns(vmi), json::name(vmi));
        m_world.edit(kinds::vms, json::ns(vmi), json::name(vmi), [](QJsonObject &vm) {
            json::set(vm, u"status.printableStatus", u"Stopped"_s);
            json::set(vm, u"status.ready", false);
        });
    }
    say(u"all VMs on node %1 have been live-migrated or shutdown"_s.arg(nodeName));
    say(u"wait for fleet bundles before upgrading RKE2"_s);
    co_await wait(20);
    say(u"all bundles are ready"_s);
    m_world.edit(kinds::provisioningClusters, fleet, u"local"_s, [this](QJsonObject &cluster) {
        json::set(cluster, u"spec.kubernetesVersion", m_scenario.to.kubernetes);
        json::set(cluster, u"spec.rkeConfig.provisionGeneration",
            json::get(cluster, u"spec.rkeConfig.provisionGeneration").toInt() + 1);
    });
    say(u"cluster.provisioning.cattle.io/local patched"_s);
    planner(u"configuring bootstrap node(s) %1: waiting for kubelet to update"_s.arg(machineOf(m_world, nodeName)));
    say(u"Waiting for RKE2 to be upgraded..."_s);
    while (m_trouble == Trouble::SingleStall) {
        if (!m_stalled)
            step(u"stalled"_s);
        m_stalled = true;
        co_await wait(10);
        say(u"Waiting for RKE2 to be upgraded..."_s);
    }
    co_await wait(180);
    node(nodeName, [this](QJsonObject &object) {
        json::set(object, u"status.nodeInfo.kubeletVersion", m_scenario.to.kubernetes);
        json::set(object, u"status.nodeInfo.kubeProxyVersion", m_scenario.to.kubernetes);
    });
    planner({});
    say(u"node/%1 untainted"_s.arg(nodeName));
    co_await wait(180);
    say(u"INFO Upgrade completed"_s);
    m_world.completeJob(ns, job, pod);
    node(nodeName, [this](QJsonObject &object) {
        json::setAnnotation(object, u"harvesterhci.io/pendingOSImage"_s, m_scenario.to.os());
    });
    nodeState(nodeName, u"Waiting Reboot"_s);
    co_await reboot(nodeName);
    nodeState(nodeName, u"Succeeded"_s);
}

} // namespace demo
