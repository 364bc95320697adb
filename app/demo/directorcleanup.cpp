// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Phase 5, and what deleting an Upgrade does (restart-policy.md section 4).

#include "demo/director.h"
#include "demo/jsonedit.h"

using namespace Qt::StringLiterals;

namespace demo {
namespace {

const QString ns = u"harvester-system"_s, cattle = u"cattle-system"_s, fleet = u"fleet-local"_s,
              longhorn = u"longhorn-system"_s;

} // namespace

void Director::cleanObjects(bool keepJobs)
{
    const QString mine = u"harvesterhci.io/upgrade="_s + m_name, repo = u"upgrade-repo-"_s + m_name;
    m_world.drop(kinds::deployments, ns, repo);
    m_world.drop(kinds::vms, ns, repo);
    for (const QJsonObject &pod : m_world.list(kinds::pods, ns, mine + u",harvesterhci.io/upgradeComponent=repo"_s))
        m_world.drop(kinds::pods, ns, json::name(pod));
    m_world.drop(kinds::services, ns, repo);
    m_world.drop(kinds::images, ns, m_name);
    for (const QJsonObject &plan : m_world.list(kinds::plans, cattle, mine)) {
        const QString planName = json::name(plan);
        m_world.drop(kinds::plans, cattle, planName);
        if (keepJobs)
            continue;
        for (const QJsonObject &job : m_world.list(kinds::jobs, cattle, u"upgrade.cattle.io/plan="_s + planName))
            m_world.drop(kinds::jobs, cattle, json::name(job));
    }
    m_world.edit(kinds::provisioningClusters, fleet, u"local"_s, [](QJsonObject &cluster) {
        json::set(cluster, u"spec.rkeConfig",
            QJsonObject{{u"provisionGeneration"_s, json::get(cluster, u"spec.rkeConfig.provisionGeneration").toInt()}});
    });
    planner({});
    m_world.edit(kinds::longhornSettings, longhorn, u"replica-replenishment-wait-interval"_s,
        [](QJsonObject &setting) { setting.insert("value"_L1, u"600"_s); });
    for (const QString &chart :
        {u"harvester"_s, u"harvester-crd"_s, u"rancher-monitoring-crd"_s, u"rancher-logging-crd"_s}) {
        if (!controllerIs(1, 5, 1))
            break; // then they stay as phase 3 left them, until somebody resumes them
        m_world.edit(
            kinds::charts, fleet, chart, [](QJsonObject &object) { json::set(object, u"spec.paused", false); });
    }
    logCondition(u"Stopped"_s, u"True"_s);
    const QString log = name(u"upgradelog"_s);
    m_world.edit(kinds::upgradeLogs, ns, log,
        [](QJsonObject &object) { json::setAnnotation(object, u"harvesterhci.io/upgradeLogState"_s, u"Stopped"_s); });
    for (const QString &component : {u"shipper"_s, u"aggregator"_s}) {
        for (const QJsonObject &pod : m_world.list(kinds::pods, ns,
                 u"harvesterhci.io/upgradeLog=%1,harvesterhci.io/upgradeLogComponent=%2"_s.arg(log, component)))
            m_world.drop(kinds::pods, ns, json::name(pod));
    }
    m_world.drop(kinds::charts, fleet, log + u"-operator"_s);
}

Task Director::cleanup(bool succeeded)
{
    co_await wait(3);
    if (!m_scenario.repoVm && m_world.nodes().size() > 1
        && m_world.exists(kinds::plans, cattle, name(u"skip-manifests-apply"_s))) {
        co_await planOnNodes(name(u"skip-manifests-remove"_s), u"remove-skip-rke2-manifests"_s,
            u"Removing skip file: /host/var/lib/rancher/rke2/server/manifests/rke2-multus.yaml.skip"_s);
        upgrade([](QJsonObject &up) {
            json::setAnnotation(up, u"harvesterhci.io/remove-skip-rke2-manifests-plan-completed"_s, u"true"_s);
        });
    }
    if (succeeded) {
        co_await planOnNodes(name(u"cleanup"_s), u"cleanup"_s,
            u"Prepare to purge images rancher/harvester:"_s + m_scenario.from.harvester, m_trouble);
        const bool all = m_trouble != Trouble::CleanupFailed;
        upgrade([all](QJsonObject &up) {
            json::setAnnotation(up, u"harvesterhci.io/image-cleanup-plan-completed"_s, all ? u"true"_s : u"false"_s);
        });
    }
    co_await wait(5);
    cleanObjects(!succeeded);
    upgrade(
        [](QJsonObject &up) { json::setAnnotation(up, u"harvesterhci.io/longhorn-settings-restored"_s, u"true"_s); });
    if (!controllerIs(1, 7, 0))
        co_return;
    upgrade([](QJsonObject &up) { json::setLabel(up, u"harvesterhci.io/upgradeCleanup"_s, u"Succeeded"_s); });
}

void Director::upgradeDeleting(const QString &upgradeName)
{
    if (!m_world.exists(kinds::upgrades, ns, upgradeName)) {
        // Deleted before its finalizer was there: nothing to clean.
        if (upgradeName == m_name)
            m_timeline.cancel(Upgrading);
        return;
    }
    if (upgradeName != m_name) {
        m_world.edit(
            kinds::upgrades, ns, upgradeName, [](QJsonObject &up) { json::unset(up, u"metadata.finalizers"); });
        return;
    }
    m_timeline.cancel(Upgrading);
    m_timeline.cancel(Deleting);
    m_stalled = false;
    m_timeline.start(Deleting, deletion(upgradeName));
}

Task Director::deletion(QString upgradeName)
{
    step(u"deleting "_s + upgradeName);
    co_await wait(5);
    if (!m_scenario.repoVm && m_world.exists(kinds::plans, cattle, name(u"skip-manifests-apply"_s))) {
        co_await planOnNodes(name(u"skip-manifests-remove"_s), u"remove-skip-rke2-manifests"_s,
            u"Removing skip file: /host/var/lib/rancher/rke2/server/manifests/rke2-multus.yaml.skip"_s);
    }
    cleanObjects(false);
    co_await wait(10);
    m_world.edit(kinds::upgrades, ns, upgradeName, [](QJsonObject &up) { json::unset(up, u"metadata.finalizers"); });
    m_talking = false;
    step(u"deleted "_s + upgradeName);
}

/// V2 (upgrade-model 21, phases 9): the same work, seen through an UpgradePlan.
Task Director::planUpgrade()
{
    const QStringList nodes = m_world.nodes();
    m_world.make(kinds::upgradePlans,
        {{u"metadata"_s, QJsonObject{{u"name"_s, m_name}}},
            {u"spec"_s, QJsonObject{{u"version"_s, m_scenario.to.harvester}}}});
    step(u"created "_s + m_name);
    const auto plan = [this](const World::Edit &change) { m_world.edit(kinds::upgradePlans, {}, m_name, change); };
    const auto phase = [&](const QString &text) {
        plan([&](QJsonObject &object) {
            json::set(object, u"status.currentPhase", text);
            QJsonArray times = json::get(object, u"status.phaseTransitionTimestamps").toArray();
            times.append(QJsonObject{{u"phase"_s, text}, {u"phaseTransitionTimestamp"_s, m_world.now()}});
            json::set(object, u"status.phaseTransitionTimestamps", times);
        });
        m_world.event(u"Normal"_s, u"PhaseTransition"_s, u"Entering phase %1"_s.arg(text), kinds::upgradePlans, {},
            m_name, u"upgradeplan-controller"_s);
        step(text);
    };
    const auto nodeStatus = [&](const QString &nodeName, const QString &text) {
        plan([&](QJsonObject &object) {
            QJsonObject all = json::get(object, u"status.nodeUpgradeStatuses").toObject();
            all.insert(nodeName, QJsonObject{{u"state"_s, text}});
            json::set(object, u"status.nodeUpgradeStatuses", all);
        });
        step(nodeName + u": "_s + text);
    };
    const auto standing = [&](const QString &type, const QString &status, const QString &reason,
                              const QString &message) {
        plan([&](QJsonObject &object) { json::setCondition(object, type, status, m_world.now(), reason, message); });
    };
    plan([this](QJsonObject &object) {
        json::set(object, u"status.previousVersion", m_scenario.from.harvester);
        json::set(object, u"status.isoImageID", QString(ns + u'/' + m_name + u"-iso"_s));
    });
    standing(u"Available"_s, u"True"_s, {}, {});
    standing(u"Progressing"_s, u"True"_s, {}, {});
    standing(u"Degraded"_s, u"False"_s, {}, {});
    phase(u"Initializing"_s);
    co_await wait(5);
    phase(u"Initialized"_s);
    phase(u"ISODownloading"_s);
    co_await wait(240);
    phase(u"ISODownloaded"_s);
    phase(u"RepoCreating"_s);
    co_await wait(60);
    phase(u"RepoCreated"_s);
    phase(u"MetadataPopulating"_s);
    co_await wait(10);
    plan([this](QJsonObject &object) {
        const Release &to = m_scenario.to;
        json::set(object, u"status.releaseMetadata",
            QJsonObject{{u"harvester"_s, to.harvester}, {u"harvesterChart"_s, to.chart()}, {u"os"_s, to.os()},
                {u"kubernetes"_s, to.kubernetes}, {u"rancher"_s, to.rancher},
                {u"monitoringChart"_s, to.monitoringChart}, {u"minUpgradableVersion"_s, u"v1.8.0"_s}});
    });
    phase(u"MetadataPopulated"_s);
    phase(u"ImagePreloading"_s);
    for (const QString &nodeName : nodes)
        nodeStatus(nodeName, u"ImagePreloading"_s);
    for (const QString &nodeName : nodes) {
        co_await paced(180);
        nodeStatus(nodeName, u"ImagePreloaded"_s);
    }
    phase(u"ImagePreloaded"_s);
    phase(u"ClusterUpgrading"_s);
    co_await wait(720);
    m_world.edit(kinds::settings, {}, u"server-version"_s,
        [this](QJsonObject &object) { object.insert("value"_L1, m_scenario.to.harvester); });
    phase(u"ClusterUpgraded"_s);
    phase(u"NodeUpgrading"_s);
    for (const QString &nodeName : nodes) {
        node(nodeName, [](QJsonObject &object) { json::set(object, u"spec.unschedulable", true); });
        for (const QString &text : {u"PreDraining"_s, u"PreDrained"_s, u"PostDraining"_s}) {
            nodeStatus(nodeName, text);
            co_await paced(120);
        }
        node(nodeName, [this](QJsonObject &object) {
            json::set(object, u"status.nodeInfo.kubeletVersion", m_scenario.to.kubernetes);
        });
        nodeStatus(nodeName, u"WaitingReboot"_s);
        co_await reboot(nodeName);
        m_world.event(u"Normal"_s, u"NodeRebootVerified"_s,
            u"Node %1 rebooted into %2"_s.arg(nodeName, m_scenario.to.os()), kinds::upgradePlans, {}, m_name,
            u"upgradeplan-controller"_s);
        nodeStatus(nodeName, u"PostDrained"_s);
        node(nodeName, [](QJsonObject &object) { json::unset(object, u"spec.unschedulable"); });
    }
    phase(u"NodeUpgraded"_s);
    phase(u"CleaningUp"_s);
    co_await wait(60);
    phase(u"CleanedUp"_s);
    phase(u"Succeeded"_s);
    standing(u"Progressing"_s, u"False"_s, u"Succeeded"_s, u"UpgradePlan has completed"_s);
    standing(u"Available"_s, u"False"_s, u"Executed"_s, {});
    m_world.event(u"Normal"_s, u"UpgradeSucceeded"_s, u"UpgradePlan has completed"_s, kinds::upgradePlans, {}, m_name,
        u"upgradeplan-controller"_s);
}

} // namespace demo
