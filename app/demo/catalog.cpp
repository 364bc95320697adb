// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/catalog.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

ResourceType builtIn(const QString &group, const QString &resource, const QString &kind,
    const QStringList &shortNames = {}, bool namespaced = true, bool status = false)
{
    ResourceType type{group, u"v1"_s, resource, kind, kind.toLower()};
    type.namespaced = namespaced;
    type.shortNames = shortNames;
    type.custom = false;
    type.status = status;
    static const QStringList inAll{
        u"pods"_s, u"services"_s, u"deployments"_s, u"replicasets"_s, u"daemonsets"_s, u"statefulsets"_s, u"jobs"_s};
    if (inAll.contains(resource))
        type.categories = {u"all"_s};
    return type;
}

ResourceType custom(const QString &group, const QString &version, const QString &resource, const QString &kind,
    const QStringList &shortNames = {}, bool namespaced = true, bool status = false)
{
    ResourceType type{group, version, resource, kind, kind.toLower()};
    type.namespaced = namespaced;
    type.shortNames = shortNames;
    type.status = status;
    return type;
}

ResourceType review(const QString &group, const QString &resource, const QString &kind)
{
    ResourceType type = builtIn(group, resource, kind, {}, false);
    type.createOnly = true;
    return type;
}

std::vector<ResourceType> kubernetesTypes()
{
    const QString core, apps = u"apps"_s;
    return {
        builtIn(core, u"configmaps"_s, u"ConfigMap"_s, {u"cm"_s}),
        builtIn(core, u"endpoints"_s, u"Endpoints"_s, {u"ep"_s}),
        builtIn(core, u"events"_s, u"Event"_s, {u"ev"_s}),
        builtIn(core, u"namespaces"_s, u"Namespace"_s, {u"ns"_s}, false, true),
        builtIn(core, u"nodes"_s, u"Node"_s, {u"no"_s}, false, true),
        builtIn(core, u"persistentvolumeclaims"_s, u"PersistentVolumeClaim"_s, {u"pvc"_s}, true, true),
        builtIn(core, u"persistentvolumes"_s, u"PersistentVolume"_s, {u"pv"_s}, false, true),
        builtIn(core, u"pods"_s, u"Pod"_s, {u"po"_s}, true, true),
        builtIn(core, u"secrets"_s, u"Secret"_s),
        builtIn(core, u"serviceaccounts"_s, u"ServiceAccount"_s, {u"sa"_s}),
        builtIn(core, u"services"_s, u"Service"_s, {u"svc"_s}, true, true),
        builtIn(apps, u"daemonsets"_s, u"DaemonSet"_s, {u"ds"_s}, true, true),
        builtIn(apps, u"deployments"_s, u"Deployment"_s, {u"deploy"_s}, true, true),
        builtIn(apps, u"replicasets"_s, u"ReplicaSet"_s, {u"rs"_s}, true, true),
        builtIn(apps, u"statefulsets"_s, u"StatefulSet"_s, {u"sts"_s}, true, true),
        review(u"authentication.k8s.io"_s, u"selfsubjectreviews"_s, u"SelfSubjectReview"_s),
        review(u"authorization.k8s.io"_s, u"selfsubjectaccessreviews"_s, u"SelfSubjectAccessReview"_s),
        review(u"authorization.k8s.io"_s, u"selfsubjectrulesreviews"_s, u"SelfSubjectRulesReview"_s),
        builtIn(u"batch"_s, u"jobs"_s, u"Job"_s, {}, true, true),
        builtIn(u"coordination.k8s.io"_s, u"leases"_s, u"Lease"_s),
        builtIn(u"discovery.k8s.io"_s, u"endpointslices"_s, u"EndpointSlice"_s),
        builtIn(u"policy"_s, u"poddisruptionbudgets"_s, u"PodDisruptionBudget"_s, {u"pdb"_s}, true, true),
        builtIn(u"storage.k8s.io"_s, u"storageclasses"_s, u"StorageClass"_s, {u"sc"_s}, false),
        builtIn(u"apiextensions.k8s.io"_s, u"customresourcedefinitions"_s, u"CustomResourceDefinition"_s,
            {u"crd"_s, u"crds"_s}, false, true),
    };
}

std::vector<ResourceType> harvesterTypes()
{
    const QString harvester = u"harvesterhci.io"_s, beta = u"v1beta1"_s, one = u"v1"_s;
    const QString longhorn = u"longhorn.io"_s, kubevirt = u"kubevirt.io"_s, capi = u"cluster.x-k8s.io"_s;
    const QString lhVersion = u"v1beta2"_s;
    return {
        // No status subresource: metadata, spec and status of an Upgrade live in one object (upgrade-model 0).
        custom(harvester, beta, u"upgrades"_s, u"Upgrade"_s),
        custom(harvester, beta, u"upgradelogs"_s, u"UpgradeLog"_s),
        custom(harvester, beta, u"versions"_s, u"Version"_s),
        custom(harvester, beta, u"settings"_s, u"Setting"_s, {}, false),
        custom(harvester, beta, u"addons"_s, u"Addon"_s),
        custom(harvester, beta, u"virtualmachineimages"_s, u"VirtualMachineImage"_s, {u"vmimage"_s, u"vmimages"_s}),
        custom(harvester, beta, u"supportbundles"_s, u"SupportBundle"_s, {u"sb"_s, u"sbs"_s}),
        custom(harvester, beta, u"virtualmachinebackups"_s, u"VirtualMachineBackup"_s, {u"vmbackup"_s, u"vmbackups"_s}),
        custom(harvester, beta, u"schedulevmbackups"_s, u"ScheduleVMBackup"_s),
        custom(u"upgrade.cattle.io"_s, one, u"plans"_s, u"Plan"_s, {}, true, true),
        custom(u"provisioning.cattle.io"_s, one, u"clusters"_s, u"Cluster"_s, {}, true, true),
        custom(capi, beta, u"clusters"_s, u"Cluster"_s, {u"cl"_s}, true, true),
        custom(capi, beta, u"machines"_s, u"Machine"_s, {u"ma"_s}, true, true),
        custom(u"rke.cattle.io"_s, one, u"rkecontrolplanes"_s, u"RKEControlPlane"_s, {}, true, true),
        custom(u"management.cattle.io"_s, u"v3"_s, u"managedcharts"_s, u"ManagedChart"_s, {}, true, true),
        custom(u"management.cattle.io"_s, u"v3"_s, u"clusters"_s, u"Cluster"_s, {}, false, true),
        custom(u"fleet.cattle.io"_s, u"v1alpha1"_s, u"bundles"_s, u"Bundle"_s, {}, true, true),
        custom(u"fleet.cattle.io"_s, u"v1alpha1"_s, u"bundledeployments"_s, u"BundleDeployment"_s, {}, true, true),
        custom(longhorn, lhVersion, u"volumes"_s, u"Volume"_s, {u"lhv"_s}, true, true),
        custom(longhorn, lhVersion, u"engines"_s, u"Engine"_s, {u"lhe"_s}, true, true),
        custom(longhorn, lhVersion, u"replicas"_s, u"Replica"_s, {u"lhr"_s}, true, true),
        custom(longhorn, lhVersion, u"settings"_s, u"Setting"_s, {u"lhs"_s}, true, true),
        custom(longhorn, lhVersion, u"nodes"_s, u"Node"_s, {u"lhn"_s}, true, true),
        custom(longhorn, lhVersion, u"instancemanagers"_s, u"InstanceManager"_s, {u"lhim"_s}, true, true),
        custom(longhorn, lhVersion, u"backingimages"_s, u"BackingImage"_s, {u"lhbi"_s}, true, true),
        custom(longhorn, lhVersion, u"recurringjobs"_s, u"RecurringJob"_s, {u"lhrj"_s}, true, true),
        custom(kubevirt, one, u"virtualmachines"_s, u"VirtualMachine"_s, {u"vm"_s, u"vms"_s}, true, true),
        custom(kubevirt, one, u"virtualmachineinstances"_s, u"VirtualMachineInstance"_s, {u"vmi"_s, u"vmis"_s}),
        custom(kubevirt, one, u"virtualmachineinstancemigrations"_s, u"VirtualMachineInstanceMigration"_s,
            {u"vmim"_s, u"vmims"_s}, true, true),
        custom(kubevirt, one, u"kubevirts"_s, u"KubeVirt"_s, {u"kv"_s, u"kvs"_s}, true, true),
    };
}

} // namespace

QStringList ResourceType::verbs() const
{
    if (createOnly)
        return {u"create"_s};
    return {u"create"_s, u"delete"_s, u"deletecollection"_s, u"get"_s, u"list"_s, u"patch"_s, u"update"_s, u"watch"_s};
}

Catalog::Catalog(bool upgradePlans)
    : m_types(kubernetesTypes())
{
    const auto more = harvesterTypes();
    m_types.insert(m_types.end(), more.begin(), more.end());
    if (upgradePlans) {
        m_types.push_back(custom(u"management.harvesterhci.io"_s, u"v1beta1"_s, u"upgradeplans"_s, u"UpgradePlan"_s,
            {u"up"_s, u"ups"_s}, false, true));
    }
}

const ResourceType *Catalog::find(QStringView group, QStringView resource) const
{
    const auto it = std::ranges::find_if(
        m_types, [&](const ResourceType &type) { return type.group == group && type.resource == resource; });
    return it == m_types.end() ? nullptr : &*it;
}

const ResourceType *Catalog::find(QStringView group, QStringView version, QStringView resource) const
{
    const ResourceType *type = find(group, resource);
    return type && type->version == version ? type : nullptr;
}

bool Catalog::hasGroupVersion(QStringView group, QStringView version) const
{
    return std::ranges::any_of(
        m_types, [&](const ResourceType &type) { return type.group == group && type.version == version; });
}

QStringList Catalog::groups() const
{
    QStringList names;
    for (const ResourceType &type : m_types) {
        if (!type.group.isEmpty() && !names.contains(type.group))
            names.append(type.group);
    }
    return names;
}

QString Catalog::versionOf(QStringView group) const
{
    for (const ResourceType &type : m_types) {
        if (type.group == group)
            return type.version;
    }
    return {};
}

} // namespace demo
