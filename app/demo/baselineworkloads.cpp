// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What runs in the cluster before an upgrade: the controllers and the virtual machines.

#include "demo/baselineparts.h"
#include "demo/jsonedit.h"

using namespace Qt::StringLiterals;

namespace demo {
namespace {

const QString yes = u"True"_s, harvesterNs = u"harvester-system"_s, cattleNs = u"cattle-system"_s,
              longhornNs = u"longhorn-system"_s;

} // namespace

QJsonObject meta(const QString &ns, const QString &name, const QJsonObject &labels)
{
    QJsonObject metadata{{u"name"_s, name}};
    if (!ns.isEmpty())
        metadata.insert("namespace"_L1, ns);
    if (!labels.isEmpty())
        metadata.insert("labels"_L1, labels);
    return metadata;
}

namespace {

/// KubeVirt and CDI: operators, and a virt-handler on each node.
void makeVirtualization(World &world, const Scenario &scenario)
{
    const int two = std::min<int>(2, static_cast<int>(world.nodes().size()));
    for (const QString &name : {u"virt-operator"_s, u"virt-api"_s, u"virt-controller"_s}) {
        world.makeDeployment(harvesterNs, name, {{u"kubevirt.io"_s, name}}, name,
            u"registry.suse.com/suse/sles/15.7/%1:%2"_s.arg(name, scenario.from.kubevirt), two);
    }
    for (const QString &name : {u"cdi-operator"_s, u"cdi-deployment"_s}) {
        world.makeDeployment(harvesterNs, name, {{u"name"_s, name}, {u"cdi.kubevirt.io"_s, QString()}}, name,
            u"rancher/mirrored-kubevirt-%1:v1.62"_s.arg(name == "cdi-operator"_L1 ? name : u"cdi-controller"_s), 1);
    }
    for (const QString &node : world.nodes().first(std::min<qsizetype>(world.nodes().size(), 50))) {
        const QString handler = world.makePod({harvesterNs, {}, u"virt-handler-"_s, node, u"virt-handler"_s,
            u"registry.suse.com/suse/sles/15.7/virt-handler:"_s + scenario.from.kubevirt,
            {{u"kubevirt.io"_s, u"virt-handler"_s}}, {}});
        world.podRuns(harvesterNs, handler);
    }
}

/// The address of the cluster and its ingress: on the control plane, and on each node.
void makeNetwork(World &world)
{
    const qsizetype nodes = std::min<qsizetype>(world.nodes().size(), 50);
    for (qsizetype i = 0; i < nodes; ++i) {
        if (i < 3) {
            world.podRuns(harvesterNs,
                world.makePod({harvesterNs, {}, u"kube-vip-"_s, world.nodes()[i], u"kube-vip"_s,
                    u"rancher/mirrored-kube-vip-kube-vip-iptables:v0.9.2"_s,
                    {{u"app.kubernetes.io/name"_s, u"kube-vip"_s}}, {}}));
        }
        world.podRuns(u"kube-system"_s,
            world.makePod({u"kube-system"_s, {}, u"rke2-ingress-nginx-controller-"_s, world.nodes()[i],
                u"rke2-ingress-nginx-controller"_s, u"rancher/nginx-ingress-controller:v1.13.1-hardened1"_s,
                {{u"app.kubernetes.io/name"_s, u"rke2-ingress-nginx"_s},
                    {u"app.kubernetes.io/component"_s, u"controller"_s}},
                {}}));
    }
}

} // namespace

void makeWorkloads(World &world, const Scenario &scenario)
{
    const int three = std::min<int>(3, static_cast<int>(world.nodes().size()));
    const auto deployment = [&](const QString &ns, const QString &name, const QJsonObject &labels, const QString &image,
                                int replicas) { world.makeDeployment(ns, name, labels, name, image, replicas); };
    deployment(
        cattleNs, u"rancher"_s, {{u"app"_s, u"rancher"_s}}, u"rancher/rancher:"_s + scenario.from.rancher, three);
    deployment(
        cattleNs, u"rancher-webhook"_s, {{u"app"_s, u"rancher-webhook"_s}}, u"rancher/rancher-webhook:v0.9.1"_s, 1);
    deployment(cattleNs, u"system-upgrade-controller"_s,
        {{u"upgrade.cattle.io/controller"_s, u"system-upgrade-controller"_s}},
        u"rancher/system-upgrade-controller:v0.17.0"_s, 1);
    deployment(cattleNs, u"harvester-cluster-repo"_s, {{u"app"_s, u"harvester-cluster-repo"_s}},
        u"rancher/harvester-cluster-repo:"_s + scenario.from.harvester, 1);
    deployment(u"cattle-fleet-system"_s, u"fleet-controller"_s, {{u"app"_s, u"fleet-controller"_s}},
        u"rancher/fleet:v0.14.0"_s, 1);
    deployment(u"cattle-fleet-local-system"_s, u"fleet-agent"_s, {{u"app"_s, u"fleet-agent"_s}},
        u"rancher/fleet-agent:v0.14.0"_s, 1);
    deployment(u"cattle-capi-system"_s, u"capi-controller-manager"_s, {{u"control-plane"_s, u"controller-manager"_s}},
        u"rancher/mirrored-cluster-api-controller:v1.10.6"_s, 1);
    deployment(harvesterNs, u"harvester"_s,
        {{u"app.kubernetes.io/name"_s, u"harvester"_s}, {u"app.kubernetes.io/component"_s, u"apiserver"_s}},
        u"rancher/harvester:"_s + scenario.from.harvester, three);
    deployment(harvesterNs, u"harvester-webhook"_s,
        {{u"app.kubernetes.io/name"_s, u"harvester"_s}, {u"app.kubernetes.io/component"_s, u"webhook-server"_s}},
        u"rancher/harvester-webhook:"_s + scenario.from.harvester, three);
    for (const QString &node : world.nodes().first(std::min<qsizetype>(world.nodes().size(), 50))) {
        const QString manager = world.makePod({longhornNs, {}, u"longhorn-manager-"_s, node, u"longhorn-manager"_s,
            u"longhornio/longhorn-manager:"_s + scenario.from.longhorn, {{u"app"_s, u"longhorn-manager"_s}}, {}});
        world.podRuns(longhornNs, manager);
        const QString instances = u"instance-manager-"_s + world.hex(32);
        world.makePod({longhornNs, instances, {}, node, u"instance-manager"_s,
            u"longhornio/longhorn-instance-manager:"_s + scenario.from.longhorn,
            {{u"longhorn.io/component"_s, u"instance-manager"_s}, {u"longhorn.io/node"_s, node}}, {}});
        world.podRuns(longhornNs, instances);
        world.make(kinds::budgets,
            {{u"metadata"_s, meta(longhornNs, instances, {{u"longhorn.io/node"_s, node}})},
                {u"spec"_s,
                    QJsonObject{{u"minAvailable"_s, 1},
                        {u"selector"_s, QJsonObject{{u"matchLabels"_s, QJsonObject{{u"longhorn.io/node"_s, node}}}}}}},
                {u"status"_s,
                    QJsonObject{{u"currentHealthy"_s, 1}, {u"desiredHealthy"_s, 1}, {u"disruptionsAllowed"_s, 0},
                        {u"expectedPods"_s, 1}}}});
    }
    makeVirtualization(world, scenario);
    makeNetwork(world);
    for (const QString &ns : {harvesterNs, cattleNs}) {
        for (const QJsonObject &pod : world.list(kinds::pods, ns)) {
            const QString name = json::name(pod);
            world.log(
                ns, name, u"time=\"%1\" level=info msg=\"Starting %2\""_s.arg(world.now(), name.section(u'-', 0, -3)));
            world.log(ns, name, u"time=\"%1\" level=info msg=\"Starting controllers\""_s.arg(world.now()));
        }
    }
}

QString makeLauncher(World &world, const QString &vm, const QString &node, const QString &pod, const QString &kubevirt)
{
    const QString ns = u"default"_s;
    const QString made = world.makePod({ns, pod, u"virt-launcher-%1-"_s.arg(vm), node, u"compute"_s,
        u"registry.suse.com/suse/sles/15.7/virt-launcher:"_s + kubevirt,
        {{u"kubevirt.io"_s, u"virt-launcher"_s}, {u"vm.kubevirt.io/name"_s, vm}, {u"harvesterhci.io/vmName"_s, vm}},
        world.reference(kinds::vmis, ns, vm, true), true});
    world.podRuns(ns, made);
    return made;
}

void makeMachines(World &world, const Scenario &scenario)
{
    // One VM a node; more than a few hundred add nothing to a load test.
    const qsizetype count = std::min<qsizetype>(world.nodes().size(), 200);
    for (qsizetype i = 0; i < count; ++i) {
        const QString node = world.nodes()[i], name = u"vm-%1"_s.arg(i + 1), ns = u"default"_s,
                      volume = u"pvc-"_s + world.hex(12);
        const QString pod = u"virt-launcher-%1-%2"_s.arg(name, world.word(5));
        const QJsonObject spec{
            {u"domain"_s,
                QJsonObject{{u"cpu"_s, QJsonObject{{u"cores"_s, 2}}},
                    {u"devices"_s, QJsonObject{{u"disks"_s, QJsonArray{QJsonObject{{u"name"_s, u"disk-0"_s}}}}}}}},
            {u"evictionStrategy"_s, u"LiveMigrateIfPossible"_s},
            {u"volumes"_s,
                QJsonArray{QJsonObject{{u"name"_s, u"disk-0"_s},
                    {u"persistentVolumeClaim"_s, QJsonObject{{u"claimName"_s, QString(name + u"-disk-0"_s)}}}}}}};
        world.make(kinds::vms,
            {{u"metadata"_s, meta(ns, name, {{u"harvesterhci.io/creator"_s, u"harvester"_s}})},
                {u"spec"_s,
                    QJsonObject{
                        {u"runStrategy"_s, u"RerunOnFailure"_s}, {u"template"_s, QJsonObject{{u"spec"_s, spec}}}}},
                {u"status"_s,
                    QJsonObject{{u"created"_s, true}, {u"ready"_s, true}, {u"printableStatus"_s, u"Running"_s}}}});
        QJsonObject metadata = meta(ns, name, {{u"harvesterhci.io/vmName"_s, name}, {u"kubevirt.io/nodeName"_s, node}});
        metadata.insert("ownerReferences"_L1, QJsonArray{world.reference(kinds::vms, ns, name, true)});
        QJsonObject instance{{u"metadata"_s, metadata}, {u"spec"_s, spec},
            {u"status"_s,
                QJsonObject{{u"phase"_s, u"Running"_s}, {u"nodeName"_s, node},
                    {u"migrationMethod"_s, u"BlockMigration"_s},
                    {u"interfaces"_s, QJsonArray{QJsonObject{{u"ipAddress"_s, u"10.52.1.%1"_s.arg(i % 250 + 2)}}}}}}};
        json::setCondition(instance, u"Ready"_s, yes, world.now());
        json::setCondition(instance, u"LiveMigratable"_s, yes, world.now());
        world.make(kinds::vmis, instance);
        makeLauncher(world, name, node, pod, scenario.from.kubevirt);
        world.make(kinds::volumes,
            {{u"metadata"_s, meta(longhornNs, volume)},
                {u"spec"_s,
                    QJsonObject{{u"numberOfReplicas"_s, std::min<int>(3, static_cast<int>(world.nodes().size()))},
                        {u"size"_s, u"10737418240"_s}, {u"nodeID"_s, node}, {u"dataEngine"_s, u"v1"_s}}},
                {u"status"_s,
                    QJsonObject{{u"state"_s, u"attached"_s}, {u"robustness"_s, u"healthy"_s},
                        {u"currentNodeID"_s, node},
                        {u"kubernetesStatus"_s,
                            QJsonObject{{u"namespace"_s, ns}, {u"pvName"_s, volume},
                                {u"pvcName"_s, QString(name + u"-disk-0"_s)},
                                {u"workloadsStatus"_s,
                                    QJsonArray{QJsonObject{{u"podName"_s, pod}, {u"podStatus"_s, u"Running"_s},
                                        {u"workloadName"_s, name},
                                        {u"workloadType"_s, u"VirtualMachineInstance"_s}}}}}}}}});
        world.make(kinds::engines,
            {{u"metadata"_s, meta(longhornNs, volume + u"-e-0"_s, {{u"longhornvolume"_s, volume}})},
                {u"spec"_s, QJsonObject{{u"nodeID"_s, node}, {u"active"_s, true}, {u"volumeName"_s, volume}}},
                {u"status"_s,
                    QJsonObject{{u"currentState"_s, u"running"_s},
                        {u"replicaModeMap"_s,
                            QJsonObject{
                                {QString(volume + u"-r-1"_s), u"RW"_s}, {QString(volume + u"-r-2"_s), u"RW"_s}}}}}});
    }
}

} // namespace demo
