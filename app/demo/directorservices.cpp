// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Phase 3: the apply-manifests Job.

#include "demo/director.h"
#include "demo/jsonedit.h"

using namespace Qt::StringLiterals;

namespace demo {
namespace {

const QString ns = u"harvester-system"_s, cattle = u"cattle-system"_s, fleet = u"fleet-local"_s;

} // namespace

Task Director::services()
{
    co_await wait(2);
    JobSpec spec;
    spec.ns = ns;
    spec.name = name(u"apply-manifests"_s);
    spec.labels = {{u"harvesterhci.io/upgrade"_s, m_name}, {u"harvesterhci.io/upgradeComponent"_s, u"manifest"_s}};
    spec.container = u"apply"_s;
    spec.image = u"rancher/harvester-upgrade:"_s + m_scenario.to.harvester;
    spec.args = {u"upgrade_manifests.sh"_s};
    spec.ttl = 604800;
    spec.owner = owner();
    spec.node = m_world.nodeInTurn();
    m_world.makeJob(spec);
    state(u"UpgradingSystemServices"_s);
    condition(u"SystemServicesUpgraded"_s, u"Unknown"_s);
    const int attempts = m_trouble == Trouble::ManifestsFailed ? 7 : 1;
    QString pod;
    for (int attempt = 1; attempt <= attempts; ++attempt) {
        pod = m_world.makeJobPod(ns, spec.name);
        co_await podStarts(ns, pod);
        co_await servicesAttempt(pod, attempt);
        if (m_trouble != Trouble::ManifestsFailed)
            break;
        m_world.log(ns, pod, u"Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress"_s);
        m_world.log(ns, pod, u"[Error] Running \"upgrade_manifests.sh\""_s);
        m_world.jobPodFailed(ns, spec.name, pod, 1);
        step(u"apply-manifests attempt %1 failed"_s.arg(attempt));
        co_await wait(10.0 * (1 << std::min(attempt, 6)));
    }
    if (m_trouble == Trouble::ManifestsFailed) {
        const QString message = u"Job has reached the specified backoff limit"_s;
        m_world.failJob(ns, spec.name, {}, u"BackoffLimitExceeded"_s, message);
        fail(u"SystemServicesUpgraded"_s, u"BackoffLimitExceeded"_s, message);
        co_return;
    }
    m_world.completeJob(ns, spec.name, pod);
    condition(u"SystemServicesUpgraded"_s, u"True"_s);
    step(u"system services upgraded"_s);
}

Task Director::servicesAttempt(QString pod, int attempt)
{
    const auto say = [&](const QString &text) { m_world.log(ns, pod, text); };
    const Release &to = m_scenario.to, &from = m_scenario.from;
    co_await repoChecks(ns, pod);
    say(u"Executing %1 pre-hook..."_s.arg(from.harvester));
    for (const QString &managed :
        {u"harvester"_s, u"harvester-crd"_s, u"rancher-monitoring-crd"_s, u"rancher-logging-crd"_s})
        m_world.edit(
            kinds::charts, fleet, managed, [](QJsonObject &object) { json::set(object, u"spec.paused", true); });
    const QString plan = name(u"skip-restart-rancher-system-agent"_s);
    say(u"Creating plan %1..."_s.arg(plan));
    say(u"Waiting for plan %1 to complete..."_s.arg(plan));
    if (attempt == 1)
        co_await planOnNodes(plan, {}, u"Restart of rancher-system-agent is skipped"_s);
    m_world.drop(kinds::plans, cattle, plan);
    say(u"Upgrading Rancher"_s);
    co_await wait(30);
    say(u"Wait for Rancher to be upgraded to %1..."_s.arg(to.rancher));
    co_await rollout(pod, cattle, u"rancher"_s, u"rancher/rancher:"_s + to.rancher);
    say(u"Wait for Rancher dependencies helm releases..."_s);
    for (const QString &release : {u"cattle-fleet-system fleet"_s, u"cattle-system rancher-webhook"_s}) {
        say(u"wait helm release %1 fleet-107.0.0 107.0.0 deployed"_s.arg(release));
        co_await wait(20);
        say(u"completed helm release %1"_s.arg(release));
    }
    say(u"fleet-agent is redeployed"_s);
    say(u"Waiting for CAPI cluster fleet-local/local to be provisioned (current phase: Provisioned, current generation: 1)..."_s);
    co_await wait(30);
    say(u"CAPI cluster fleet-local/local is provisioned and stable for 30 seconds (current generation: 1)"_s);
    say(u"Upgrading Harvester Cluster Repo"_s);
    co_await rollout(pod, cattle, u"harvester-cluster-repo"_s, u"rancher/harvester-cluster-repo:"_s + to.harvester);
    say(u"Upgrading Harvester"_s);
    co_await chart(pod, u"harvester-crd"_s, to.chart());
    co_await chart(pod, u"harvester"_s, to.chart());
    if (m_trouble == Trouble::ManifestsFailed)
        co_return;
    m_world.edit(kinds::settings, {}, u"server-version"_s,
        [&](QJsonObject &object) { object.insert("value"_L1, to.harvester); });
    co_await rollout(pod, ns, u"harvester"_s, u"rancher/harvester:"_s + to.harvester);
    co_await rollout(pod, ns, u"harvester-webhook"_s, u"rancher/harvester-webhook:"_s + to.harvester);
    say(u"Waiting for KubeVirt to upgrade to %1..."_s.arg(to.kubevirt));
    m_world.edit(kinds::kubevirts, ns, u"kubevirt"_s, [&](QJsonObject &object) {
        json::set(object, u"status.phase", u"Deploying"_s);
        json::setCondition(object, u"Available"_s, u"False"_s, m_world.now(), u"DeploymentInProgress"_s);
    });
    for (const QString &part : {u"virt-operator"_s, u"virt-api"_s, u"virt-controller"_s, u"virt-handler"_s}) {
        const QString image = u"registry.suse.com/suse/sles/15.7/%1:%2"_s.arg(part, to.kubevirt);
        for (const QJsonObject &old : m_world.list(kinds::pods, ns, u"kubevirt.io="_s + part))
            m_world.replacePod(ns, json::name(old), image);
        co_await wait(4);
    }
    for (int i = 0; i < 5; ++i) {
        say(u"KubeVirt current version: %1, target version: %2"_s.arg(from.kubevirt, to.kubevirt));
        co_await wait(10);
    }
    m_world.edit(kinds::kubevirts, ns, u"kubevirt"_s, [&](QJsonObject &object) {
        json::set(object, u"status.phase", u"Deployed"_s);
        json::set(object, u"status.observedKubeVirtVersion", to.kubevirt);
        json::setCondition(object, u"Available"_s, u"True"_s, m_world.now(), u"AllComponentsReady"_s);
    });
    say(u"Waiting for longhorn-manager to be upgraded..."_s);
    co_await wait(45);
    say(u"Waiting for LH settling down..."_s);
    say(u"Checking instance-manager (aio) of all nodes..."_s);
    co_await wait(30);
    say(u"harvester release upgraded to %1"_s.arg(to.harvester));
    say(u"Upgrading Managedchart rancher-monitoring-crd to %1"_s.arg(to.monitoringChart));
    co_await chart(pod, u"rancher-monitoring-crd"_s, to.monitoringChart);
    say(u"Upgrading Managedchart rancher-logging-crd to %1"_s.arg(to.monitoringChart));
    co_await chart(pod, u"rancher-logging-crd"_s, to.monitoringChart);
    say(u"addon rancher-monitoring has been patched"_s);
    m_world.edit(kinds::addons, u"cattle-monitoring-system"_s, u"rancher-monitoring"_s, [&](QJsonObject &object) {
        json::set(object, u"spec.version", to.monitoringChart);
        json::set(object, u"status.status", u"AddonUpdating"_s);
    });
    co_await wait(60);
    m_world.edit(kinds::addons, u"cattle-monitoring-system"_s, u"rancher-monitoring"_s,
        [](QJsonObject &object) { json::set(object, u"status.status", u"AddonDeploySuccessful"_s); });
    say(u"wait for fleet bundles before the end"_s);
    co_await wait(30);
    say(u"all bundles are ready"_s);
    say(u"finish wait fleet bundles"_s);
}

Task Director::rollout(QString pod, QString podNs, QString deployment, QString image)
{
    m_world.log(ns, pod, u"wait rollout -n %1 deployment %2"_s.arg(podNs, deployment));
    m_world.edit(kinds::deployments, podNs, deployment, [&](QJsonObject &object) {
        QJsonArray containers = json::get(object, u"spec.template.spec.containers").toArray();
        QJsonObject container = containers.at(0).toObject();
        container.insert("image"_L1, image);
        containers.replace(0, container);
        json::set(object, u"spec.template.spec.containers", containers);
    });
    const QStringList pods = m_world.podsOf(podNs, deployment);
    const int all = static_cast<int>(pods.size());
    for (const QString &old : pods) {
        m_world.deploymentStatus(podNs, deployment, all, all - 1);
        co_await wait(15);
        m_world.replacePod(podNs, old, image);
        m_world.log(ns, pod,
            u"Waiting for deployment \"%1\" rollout to finish: %2 of %3 updated replicas are available..."_s
                .arg(deployment)
                .arg(all - 1)
                .arg(all));
    }
    m_world.deploymentStatus(podNs, deployment, all, all);
    m_world.log(ns, pod, u"deployment \"%1\" successfully rolled out"_s.arg(deployment));
}

Task Director::chart(QString pod, QString managed, QString version)
{
    const auto say = [&](const QString &text) { m_world.log(ns, pod, text); };
    const auto status = [&](const QString &text, bool ready, const QString &message) {
        m_world.edit(kinds::charts, fleet, managed, [&](QJsonObject &object) {
            json::set(object, u"status.observedGeneration", json::get(object, u"metadata.generation"));
            json::set(object, u"status.display",
                QJsonObject{{u"state"_s, text}, {u"readyClusters"_s, ready ? u"1/1"_s : u"0/1"_s}});
            QJsonObject summary{{u"desiredReady"_s, 1}};
            summary.insert(ready ? "ready"_L1 : text == "ErrApplied"_L1 ? "errApplied"_L1 : "waitApplied"_L1, 1);
            json::set(object, u"status.summary", summary);
            json::set(object, u"status.unavailable", ready ? 0 : 1);
            json::setCondition(object, u"Ready"_s, ready ? u"True"_s : u"False"_s, m_world.now(), {}, message);
        });
        m_world.edit(kinds::bundles, fleet, u"mcc-"_s + managed, [&](QJsonObject &object) {
            QJsonObject summary{{u"desiredReady"_s, 1}};
            summary.insert(ready ? "ready"_L1 : text == "ErrApplied"_L1 ? "errApplied"_L1 : "waitApplied"_L1, 1);
            json::set(object, u"status.summary", summary);
            json::set(object, u"status.display",
                QJsonObject{{u"state"_s, text}, {u"readyClusters"_s, ready ? u"1/1"_s : u"0/1"_s}});
            json::setCondition(object, u"Ready"_s, ready ? u"True"_s : u"False"_s, m_world.now(), {}, message);
        });
    };
    const qint64 generation = json::get(m_world.get(kinds::charts, fleet, managed), u"metadata.generation").toInteger();
    m_world.edit(kinds::charts, fleet, managed, [&](QJsonObject &object) {
        json::set(object, u"spec.version", version);
        json::set(object, u"spec.paused", false);
        json::setAnnotation(object, u"upgrade.harvesterhci.io/last-upgrade-name"_s, m_name);
        json::setAnnotation(object, u"upgrade.harvesterhci.io/last-upgrade-target-version"_s, m_scenario.to.harvester);
    });
    say(u"managedchart.management.cattle.io/%1 configured"_s.arg(managed));
    say(u"Waiting for ManagedChart fleet-local/%1 from generation %2"_s.arg(managed).arg(generation));
    const bool troubled = managed == "harvester"_L1;
    const bool stalls = troubled && m_trouble == Trouble::ManifestsStall;
    const bool failing = troubled && m_trouble == Trouble::ManifestsFailed;
    const QString text = stalls || failing ? u"ErrApplied"_s : u"WaitApplied"_s;
    const QString message = u"%1(1) [Cluster fleet-local/local%2]"_s.arg(
        text, stalls || failing ? u": another operation (install/upgrade/rollback) is in progress"_s : QString());
    status(text, false, message);
    const int rounds = managed == "harvester"_L1 ? 24 : 6;
    for (int i = 0; i < rounds || stalls; ++i) {
        say(u"Current version: %1, Current ready clusters: 0/1, Current state: %2"_s.arg(version, text));
        say(u"Sleep for 5 seconds to retry"_s);
        if (stalls && i == 3) {
            m_stalled = true;
            step(u"stalled"_s);
        }
        co_await m_timeline.sleep(5);
    }
    if (failing)
        co_return;
    status(u"Ready"_s, true, {});
    say(u"Current version: %1, Current ready clusters: 1/1, Current state: Ready"_s.arg(version));
}

} // namespace demo
