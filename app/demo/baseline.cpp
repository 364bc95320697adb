// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The cluster as it is before an upgrade (upgrade-model.md sections 8 to 16).

#include "demo/baselineparts.h"
#include "demo/jsonedit.h"
#include "demo/scenario.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

const QString yes = u"True"_s, no = u"False"_s, harvesterNs = u"harvester-system"_s, cattleNs = u"cattle-system"_s,
              fleetNs = u"fleet-local"_s, longhornNs = u"longhorn-system"_s;

void makeNode(World &world, const Scenario &scenario, const QString &name, int index)
{
    const bool controlPlane = index < 3;
    const QString ip = u"10.0.%1.%2"_s.arg(index / 200).arg(11 + index % 200);
    QJsonObject labels{{u"beta.kubernetes.io/arch"_s, u"amd64"_s}, {u"kubernetes.io/arch"_s, u"amd64"_s},
        {u"kubernetes.io/hostname"_s, name}, {u"kubernetes.io/os"_s, u"linux"_s},
        {u"kubevirt.io/schedulable"_s, u"true"_s}, {u"harvesterhci.io/managed"_s, u"true"_s},
        {u"network.harvesterhci.io/mgmt"_s, u"true"_s}, {u"node.kubernetes.io/instance-type"_s, u"rke2"_s}};
    if (controlPlane) {
        labels.insert("node-role.kubernetes.io/control-plane"_L1, u"true"_s);
        labels.insert("node-role.kubernetes.io/etcd"_L1, u"true"_s);
    }
    const QString machine = u"custom-"_s + world.hex(12);
    QJsonObject metadata = meta({}, name, labels);
    metadata.insert("annotations"_L1,
        QJsonObject{{u"cluster.x-k8s.io/cluster-name"_s, u"local"_s},
            {u"cluster.x-k8s.io/cluster-namespace"_s, fleetNs}, {u"cluster.x-k8s.io/machine"_s, machine},
            {u"rke2.io/hostname"_s, name}, {u"rke2.io/internal-ip"_s, ip}});
    const QJsonObject size{{u"cpu"_s, u"16"_s}, {u"memory"_s, u"65536Mi"_s}, {u"pods"_s, u"200"_s},
        {u"ephemeral-storage"_s, u"200Gi"_s}, {u"devices.kubevirt.io/kvm"_s, u"1k"_s}};
    QJsonObject node{{u"metadata"_s, metadata},
        {u"spec"_s,
            QJsonObject{
                {u"podCIDR"_s, u"10.52.%1.0/24"_s.arg(index % 250)}, {u"providerID"_s, QString(u"rke2://"_s + name)}}},
        {u"status"_s,
            QJsonObject{{u"capacity"_s, size}, {u"allocatable"_s, size},
                {u"addresses"_s,
                    QJsonArray{QJsonObject{{u"type"_s, u"InternalIP"_s}, {u"address"_s, ip}},
                        QJsonObject{{u"type"_s, u"Hostname"_s}, {u"address"_s, name}}}},
                {u"nodeInfo"_s,
                    QJsonObject{{u"machineID"_s, world.hex(32)}, {u"systemUUID"_s, world.hex(32)},
                        {u"bootID"_s, world.hex(32)}, {u"kernelVersion"_s, u"6.4.0-150700.53.19-default"_s},
                        {u"osImage"_s, scenario.from.os()},
                        {u"containerRuntimeVersion"_s, u"containerd://2.1.5-k3s1"_s},
                        {u"kubeletVersion"_s, scenario.from.kubernetes},
                        {u"kubeProxyVersion"_s, scenario.from.kubernetes}, {u"operatingSystem"_s, u"linux"_s},
                        {u"architecture"_s, u"amd64"_s}}}}}};
    const QString now = world.now();
    json::setCondition(node, u"MemoryPressure"_s, no, now, u"KubeletHasSufficientMemory"_s,
        u"kubelet has sufficient memory available"_s);
    json::setCondition(
        node, u"DiskPressure"_s, no, now, u"KubeletHasNoDiskPressure"_s, u"kubelet has no disk pressure"_s);
    json::setCondition(node, u"Ready"_s, yes, now, u"KubeletReady"_s, u"kubelet is posting ready status"_s);
    QJsonArray conditions = json::get(node, u"status.conditions").toArray();
    for (qsizetype i = 0; i < conditions.size(); ++i) {
        QJsonObject condition = conditions.at(i).toObject();
        condition.remove("lastUpdateTime"_L1);
        condition.insert("lastHeartbeatTime"_L1, now);
        conditions.replace(i, condition);
    }
    json::set(node, u"status.conditions", conditions);
    const QJsonObject made = world.make(kinds::nodes, node);

    world.make(kinds::machines,
        {{u"metadata"_s, meta(fleetNs, machine, {{u"cluster.x-k8s.io/cluster-name"_s, u"local"_s}})},
            {u"spec"_s,
                QJsonObject{{u"clusterName"_s, u"local"_s}, {u"bootstrap"_s, QJsonObject()},
                    {u"infrastructureRef"_s, QJsonObject{{u"kind"_s, u"CustomMachine"_s}, {u"name"_s, machine}}},
                    {u"providerID"_s, QString(u"rke2://"_s + name)}}},
            {u"status"_s,
                QJsonObject{{u"phase"_s, u"Running"_s},
                    {u"nodeRef"_s,
                        QJsonObject{{u"apiVersion"_s, u"v1"_s}, {u"kind"_s, u"Node"_s}, {u"name"_s, name},
                            {u"uid"_s, json::uid(made)}}}}}});
    world.make(kinds::secrets,
        {{u"metadata"_s,
             meta(fleetNs, machine + u"-machine-plan"_s,
                 {{u"cluster.x-k8s.io/cluster-name"_s, u"local"_s}, {u"rke.cattle.io/machine-name"_s, machine}})},
            {u"type"_s, u"rke.cattle.io/machine-plan"_s}, {u"data"_s, QJsonObject{{u"plan"_s, u"e30="_s}}}});
}

void makeSettings(World &world, const Scenario &scenario)
{
    const auto setting = [&](const QString &name, const QString &byDefault, const QString &value = {}) {
        QJsonObject object{{u"metadata"_s, meta({}, name)}, {u"default"_s, byDefault}, {u"status"_s, QJsonObject()}};
        if (!value.isEmpty())
            object.insert("value"_L1, value);
        world.make(kinds::settings, object);
    };
    setting(u"server-version"_s, u"dev"_s, scenario.from.harvester);
    const QString preload = scenario.preload == Preload::Parallel
        ? u"{\"imagePreloadOption\":{\"strategy\":{\"type\":\"parallel\",\"concurrency\":0}}}"_s
        : scenario.preload == Preload::Skip ? u"{\"imagePreloadOption\":{\"strategy\":{\"type\":\"skip\"}}}"_s
                                            : QString();
    setting(u"upgrade-config"_s,
        u"{\"imagePreloadOption\":{\"strategy\":{\"type\":\"sequential\"}},\"nodeUpgradeOption\":{\"strategy\":{"
        u"\"mode\":\"auto\"}},"
        "\"restoreVM\": false, \"logReadyTimeout\": \"5\"}"_s,
        preload);
    // Air-gapped: else the syncer would delete the Version as soon as server-version is the target.
    setting(u"upgrade-checker-enabled"_s, u"true"_s, u"false"_s);
    setting(u"upgrade-checker-url"_s, u"https://harvester-upgrade-responder.rancher.io/v1/checkupgrade"_s);
    setting(u"release-download-url"_s, u"https://releases.rancher.com/harvester"_s);
    setting(u"support-bundle-timeout"_s, u"10"_s);
    setting(u"support-bundle-expiration"_s, u"30"_s);
    setting(u"support-bundle-node-collection-timeout"_s, u"30"_s);
    setting(u"support-bundle-namespaces"_s, {});
    setting(u"storage-network"_s, {});
    setting(u"rwx-network"_s, {});
    setting(u"backup-target"_s, u"{\"type\":\"\",\"endpoint\":\"\"}"_s);
    setting(u"containerd-registry"_s, {});
    setting(u"auto-rotate-rke2-certs"_s, u"{\"enable\":false,\"expiringInHours\":240}"_s);
    setting(u"overcommit-config"_s, u"{\"cpu\":1600,\"memory\":150,\"storage\":200}"_s);
    const auto longhorn = [&](const QString &name, const QString &value) {
        world.make(kinds::longhornSettings,
            {{u"metadata"_s, meta(longhornNs, name)}, {u"value"_s, value},
                {u"status"_s, QJsonObject{{u"applied"_s, true}}}});
    };
    longhorn(u"replica-replenishment-wait-interval"_s, u"600"_s);
    longhorn(u"node-drain-policy"_s, u"allow-if-replica-is-stopped"_s);
    longhorn(u"storage-network"_s, {});
    longhorn(u"auto-cleanup-system-generated-snapshot"_s, u"true"_s);
}

void makeCharts(World &world, const Scenario &scenario)
{
    const auto chart = [&](const QString &name, const QString &version, const QString &ns) {
        QJsonObject managed{{u"metadata"_s, meta(fleetNs, name)},
            {u"spec"_s,
                QJsonObject{{u"chart"_s, name}, {u"defaultNamespace"_s, ns}, {u"paused"_s, false},
                    {u"releaseName"_s, name}, {u"repoName"_s, u"harvester-charts"_s}, {u"timeoutSeconds"_s, 600},
                    {u"version"_s, version}, {u"targets"_s, QJsonArray{QJsonObject{{u"clusterName"_s, u"local"_s}}}}}},
            {u"status"_s,
                QJsonObject{{u"observedGeneration"_s, 1}, {u"unavailable"_s, 0},
                    {u"display"_s, QJsonObject{{u"readyClusters"_s, u"1/1"_s}, {u"state"_s, u"Ready"_s}}},
                    {u"summary"_s, QJsonObject{{u"desiredReady"_s, 1}, {u"ready"_s, 1}}}}}};
        json::setCondition(managed, u"Ready"_s, yes, world.now());
        json::setCondition(managed, u"Processed"_s, yes, world.now());
        world.make(kinds::charts, managed);
        QJsonObject bundle{{u"metadata"_s, meta(fleetNs, u"mcc-"_s + name)},
            {u"spec"_s, QJsonObject{{u"defaultNamespace"_s, ns}, {u"helm"_s, QJsonObject{{u"releaseName"_s, name}}}}},
            {u"status"_s,
                QJsonObject{{u"summary"_s, QJsonObject{{u"desiredReady"_s, 1}, {u"ready"_s, 1}}},
                    {u"display"_s, QJsonObject{{u"readyClusters"_s, u"1/1"_s}, {u"state"_s, u"Ready"_s}}}}}};
        json::setCondition(bundle, u"Ready"_s, yes, world.now());
        world.make(kinds::bundles, bundle);
    };
    chart(u"harvester"_s, scenario.from.chart(), harvesterNs);
    chart(u"harvester-crd"_s, scenario.from.chart(), harvesterNs);
    chart(u"rancher-monitoring-crd"_s, scenario.from.monitoringChart, u"cattle-monitoring-system"_s);
    chart(u"rancher-logging-crd"_s, scenario.from.monitoringChart, u"cattle-logging-system"_s);
    chart(u"local-managed-system-upgrade-controller"_s, scenario.from.monitoringChart, cattleNs);

    const auto addon = [&](const QString &ns, const QString &name, bool enabled) {
        world.make(kinds::addons,
            {{u"metadata"_s, meta(ns, name)},
                {u"spec"_s,
                    QJsonObject{{u"chart"_s, name}, {u"enabled"_s, enabled},
                        {u"version"_s, scenario.from.monitoringChart},
                        {u"repo"_s, u"http://harvester-cluster-repo.cattle-system.svc/charts"_s}}},
                {u"status"_s, QJsonObject{{u"status"_s, enabled ? u"AddonDeploySuccessful"_s : QString()}}}});
    };
    addon(u"cattle-monitoring-system"_s, u"rancher-monitoring"_s, true);
    addon(u"cattle-logging-system"_s, u"rancher-logging"_s, false);
    addon(u"kube-system"_s, u"descheduler"_s, false);
    addon(harvesterNs, u"vm-import-controller"_s, false);
    addon(harvesterNs, u"pcidevices-controller"_s, false);
}

void makeClusters(World &world, const Scenario &scenario)
{
    QJsonObject cluster{{u"metadata"_s, meta(fleetNs, u"local"_s)},
        {u"spec"_s,
            QJsonObject{{u"kubernetesVersion"_s, scenario.from.kubernetes},
                {u"localClusterAuthEndpoint"_s, QJsonObject()},
                {u"rkeConfig"_s, QJsonObject{{u"provisionGeneration"_s, 0}}}}},
        {u"status"_s,
            QJsonObject{{u"clusterName"_s, u"local"_s}, {u"clientSecretName"_s, u"local-kubeconfig"_s},
                {u"ready"_s, true}, {u"observedGeneration"_s, 1}}}};
    for (const QString &type : {u"Ready"_s, u"Updated"_s, u"Provisioned"_s})
        json::setCondition(cluster, type, yes, world.now());
    world.make(kinds::provisioningClusters, cluster);
    world.make(kinds::capiClusters,
        {{u"metadata"_s, meta(fleetNs, u"local"_s)},
            {u"spec"_s,
                QJsonObject{{u"controlPlaneEndpoint"_s, QJsonObject{{u"host"_s, u"10.0.0.10"_s}, {u"port"_s, 6443}}}}},
            {u"status"_s,
                QJsonObject{{u"phase"_s, u"Provisioned"_s}, {u"observedGeneration"_s, 1},
                    {u"controlPlaneReady"_s, true}, {u"infrastructureReady"_s, true}}}});
    world.make(kinds::secrets,
        {{u"metadata"_s, meta(fleetNs, u"local-kubeconfig"_s, {{u"cluster.x-k8s.io/cluster-name"_s, u"local"_s}})},
            {u"type"_s, u"Opaque"_s}, {u"data"_s, QJsonObject{{u"value"_s, u"e30="_s}}}});
    world.make(kinds::versions,
        {{u"metadata"_s, meta(harvesterNs, scenario.to.harvester)},
            {u"spec"_s,
                QJsonObject{{u"isoURL"_s,
                                u"https://releases.example.invalid/harvester/%1/harvester-%1-amd64.iso"_s.arg(
                                    scenario.to.harvester)},
                    {u"isoChecksum"_s,
                        QString::fromLatin1(
                            QCryptographicHash::hash(scenario.to.harvester.toLatin1(), QCryptographicHash::Sha512)
                                .toHex())},
                    {u"minUpgradableVersion"_s, scenario.from.harvester.left(4) + u".0"_s},
                    {u"releaseDate"_s, u"20260915"_s}, {u"tags"_s, QJsonArray{u"latest"_s, u"stable"_s}}}}});
    QJsonObject kubevirt{{u"metadata"_s, meta(harvesterNs, u"kubevirt"_s)},
        {u"spec"_s,
            QJsonObject{{u"workloadUpdateStrategy"_s,
                QJsonObject{{u"workloadUpdateMethods"_s, QJsonArray{u"LiveMigrate"_s}}}}}},
        {u"status"_s,
            QJsonObject{{u"phase"_s, u"Deployed"_s}, {u"observedKubeVirtVersion"_s, scenario.from.kubevirt}}}};
    json::setCondition(kubevirt, u"Available"_s, yes, world.now(), u"AllComponentsReady"_s);
    world.make(kinds::kubevirts, kubevirt);
}

void makeDefinitions(World &world)
{
    for (const ResourceType &type : world.store().catalog().types()) {
        if (!type.custom)
            continue;
        QJsonObject definition{{u"metadata"_s, meta({}, type.qualified())},
            {u"spec"_s,
                QJsonObject{{u"group"_s, type.group}, {u"scope"_s, type.namespaced ? u"Namespaced"_s : u"Cluster"_s},
                    {u"names"_s,
                        QJsonObject{{u"kind"_s, type.kind}, {u"listKind"_s, type.listKind()},
                            {u"plural"_s, type.resource}, {u"singular"_s, type.singular}}},
                    {u"versions"_s,
                        QJsonArray{
                            QJsonObject{{u"name"_s, type.version}, {u"served"_s, true}, {u"storage"_s, true}}}}}}};
        json::setCondition(definition, u"Established"_s, yes, world.now());
        world.make(kinds::crds, definition);
    }
}

} // namespace

void makeBaseline(World &world, const Scenario &scenario, int count, int extraJobs)
{
    QStringList nodes;
    for (int i = 0; i < count; ++i)
        nodes.append(u"node%1"_s.arg(i + 1));
    world.setNodes(nodes);
    for (const QString &ns : {u"default"_s, u"kube-system"_s, harvesterNs, cattleNs, fleetNs, longhornNs,
             u"cattle-fleet-system"_s, u"cattle-fleet-local-system"_s, u"cattle-capi-system"_s,
             u"cattle-logging-system"_s, u"cattle-monitoring-system"_s}) {
        world.make(kinds::namespaces,
            {{u"metadata"_s, meta({}, ns, {{u"kubernetes.io/metadata.name"_s, ns}})},
                {u"spec"_s, QJsonObject{{u"finalizers"_s, QJsonArray{u"kubernetes"_s}}}},
                {u"status"_s, QJsonObject{{u"phase"_s, u"Active"_s}}}});
    }
    makeDefinitions(world);
    for (int i = 0; i < count; ++i)
        makeNode(world, scenario, nodes[i], i);
    makeSettings(world, scenario);
    makeCharts(world, scenario);
    makeClusters(world, scenario);
    makeWorkloads(world, scenario);
    makeMachines(world, scenario);
    world.make(kinds::storageClasses,
        {{u"metadata"_s, meta({}, u"harvester-longhorn"_s)}, {u"provisioner"_s, u"driver.longhorn.io"_s}});
    for (int i = 0; i < extraJobs; ++i) {
        QJsonObject job{{u"metadata"_s,
                            meta(i % 2 ? harvesterNs : cattleNs, u"load-%1"_s.arg(i, 5, 10, QLatin1Char('0')),
                                {{u"app"_s, u"load"_s}})},
            {u"spec"_s, QJsonObject{{u"backoffLimit"_s, 6}, {u"completions"_s, 1}, {u"parallelism"_s, 1}}},
            {u"status"_s,
                QJsonObject{{u"succeeded"_s, 1}, {u"startTime"_s, world.now()}, {u"completionTime"_s, world.now()}}}};
        json::setCondition(job, u"Complete"_s, yes, world.now(), u"CompletionsReached"_s);
        world.make(kinds::jobs, job);
    }
}

} // namespace demo
