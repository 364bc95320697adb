// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upgrade/kinds.h"

#include <algorithm>

#include <QJsonArray>

#include <initializer_list>

using namespace Qt::StringLiterals;

namespace upgrade {

namespace {

kube::ResourceRef ref(QLatin1StringView group, QLatin1StringView version, QLatin1StringView resource, QLatin1StringView kind,
                      bool namespaced = true)
{
    return {group, version, resource, kind, namespaced};
}

QList<WatchTarget> makeTargets()
{
    constexpr auto harvester = "harvesterhci.io"_L1;
    const QString system = u"harvester-system"_s;
    const QString cattle = u"cattle-system"_s;
    const QString fleet = u"fleet-local"_s;
    const QString longhorn = u"longhorn-system"_s;
    const auto jobs = ref("batch"_L1, "v1"_L1, "jobs"_L1, "Job"_L1);
    const auto pods = ref(""_L1, "v1"_L1, "pods"_L1, "Pod"_L1);
    const auto deployments = ref("apps"_L1, "v1"_L1, "deployments"_L1, "Deployment"_L1);
    const auto events = ref(""_L1, "v1"_L1, "events"_L1, "Event"_L1);
    return {
        {Kind::Upgrade, ref(harvester, "v1beta1"_L1, "upgrades"_L1, "Upgrade"_L1), system, {}, {}, false, true},
        {Kind::Node, ref(""_L1, "v1"_L1, "nodes"_L1, "Node"_L1, false), {}, {}, {}, false, true},
        {Kind::Setting, ref(harvester, "v1beta1"_L1, "settings"_L1, "Setting"_L1, false), {}, {}, {}},
        {Kind::Job, jobs, system, {}, {}},
        {Kind::Job, jobs, cattle, {}, {}},
        {Kind::Pod, pods, system, {}, {}},
        {Kind::Pod, pods, cattle, {}, {}},
        {Kind::Plan, ref("upgrade.cattle.io"_L1, "v1"_L1, "plans"_L1, "Plan"_L1), cattle, {}, {}},
        {Kind::UpgradeLog, ref(harvester, "v1beta1"_L1, "upgradelogs"_L1, "UpgradeLog"_L1), system, {}, {}},
        {Kind::Version, ref(harvester, "v1beta1"_L1, "versions"_L1, "Version"_L1), system, {}, {}},
        {Kind::Addon, ref(harvester, "v1beta1"_L1, "addons"_L1, "Addon"_L1), {}, {}, {}},
        {Kind::Image, ref(harvester, "v1beta1"_L1, "virtualmachineimages"_L1, "VirtualMachineImage"_L1), system, {}, {}},
        {Kind::Deployment, deployments, system, {}, {}},
        {Kind::Deployment, deployments, cattle, {}, {}},
        {Kind::Event, events, system, {}, {}},
        {Kind::Event, events, cattle, {}, {}},
        {Kind::ConfigMap, ref(""_L1, "v1"_L1, "configmaps"_L1, "ConfigMap"_L1), system, {}, {}},
        {Kind::ProvisioningCluster, ref("provisioning.cattle.io"_L1, "v1"_L1, "clusters"_L1, "Cluster"_L1), fleet, {}, {}},
        {Kind::CapiCluster, ref("cluster.x-k8s.io"_L1, "v1beta1"_L1, "clusters"_L1, "Cluster"_L1), fleet, {}, {}},
        {Kind::Machine, ref("cluster.x-k8s.io"_L1, "v1beta1"_L1, "machines"_L1, "Machine"_L1), fleet, {}, {}},
        // Their data holds node credentials: metadata only.
        {Kind::PlanSecret, ref(""_L1, "v1"_L1, "secrets"_L1, "Secret"_L1), fleet, u"rke.cattle.io/machine-name"_s, {}, true},
        {Kind::ManagedChart, ref("management.cattle.io"_L1, "v3"_L1, "managedcharts"_L1, "ManagedChart"_L1), fleet, {}, {}},
        {Kind::Bundle, ref("fleet.cattle.io"_L1, "v1alpha1"_L1, "bundles"_L1, "Bundle"_L1), fleet, {}, {}},
        {Kind::Volume, ref("longhorn.io"_L1, "v1beta2"_L1, "volumes"_L1, "Volume"_L1), longhorn, {}, {}},
        {Kind::LonghornSetting, ref("longhorn.io"_L1, "v1beta2"_L1, "settings"_L1, "Setting"_L1), longhorn, {}, {}},
        {Kind::Vmi, ref("kubevirt.io"_L1, "v1"_L1, "virtualmachineinstances"_L1, "VirtualMachineInstance"_L1), {}, {}, {}},
        {Kind::Migration,
         ref("kubevirt.io"_L1, "v1"_L1, "virtualmachineinstancemigrations"_L1, "VirtualMachineInstanceMigration"_L1),
         {},
         {},
         {}},
        // The repository of releases before 1.7 is a VM; other VMs are none of a board's business.
        {Kind::RepoVm, ref("kubevirt.io"_L1, "v1"_L1, "virtualmachines"_L1, "VirtualMachine"_L1), system,
         u"harvesterhci.io/upgrade"_s, {}},
        {Kind::Pdb, ref("policy"_L1, "v1"_L1, "poddisruptionbudgets"_L1, "PodDisruptionBudget"_L1), longhorn, {}, {}},
        {Kind::UpgradePlan, ref("management.harvesterhci.io"_L1, "v1beta1"_L1, "upgradeplans"_L1, "UpgradePlan"_L1, false), {}, {}, {}},
    };
}

/// A copy with only these members.
QJsonObject only(const QJsonObject &object, std::initializer_list<QLatin1StringView> keys)
{
    QJsonObject out;
    for (QLatin1StringView key : keys) {
        const auto at = object.constFind(key);
        if (at != object.constEnd())
            out.insert(key, *at);
    }
    return out;
}

QJsonObject without(QJsonObject object, std::initializer_list<QLatin1StringView> keys)
{
    for (QLatin1StringView key : keys)
        object.remove(key);
    return object;
}

QJsonObject slimSpec(QJsonObject json, std::initializer_list<QLatin1StringView> keys)
{
    if (json.value("spec"_L1).isObject())
        json.insert("spec"_L1, only(json.value("spec"_L1).toObject(), keys));
    return json;
}

QJsonObject slimNode(QJsonObject json)
{
    json.insert("status"_L1, without(json.value("status"_L1).toObject(), {"images"_L1, "volumesInUse"_L1, "volumesAttached"_L1}));
    return json;
}

QJsonObject slimPod(QJsonObject json)
{
    const QJsonObject spec = json.value("spec"_L1).toObject();
    QJsonObject kept = only(spec, {"nodeName"_L1});
    for (const auto key : {"containers"_L1, "initContainers"_L1}) {
        QJsonArray containers;
        for (const QJsonValue &container : spec.value(key).toArray())
            containers.append(only(container.toObject(), {"name"_L1, "image"_L1}));
        if (!containers.isEmpty())
            kept.insert(key, containers);
    }
    QJsonArray claims;
    for (const QJsonValue &volume : spec.value("volumes"_L1).toArray()) {
        if (volume.toObject().contains("persistentVolumeClaim"_L1))
            claims.append(only(volume.toObject(), {"name"_L1, "persistentVolumeClaim"_L1}));
    }
    if (!claims.isEmpty())
        kept.insert("volumes"_L1, claims);
    json.insert("spec"_L1, kept);
    return json;
}

QJsonObject slimVmi(QJsonObject json)
{
    const QJsonObject spec = json.value("spec"_L1).toObject();
    json.insert("spec"_L1, only(spec, {"nodeSelector"_L1, "evictionStrategy"_L1, "affinity"_L1}));
    json.insert("status"_L1, only(json.value("status"_L1).toObject(), {"phase"_L1, "nodeName"_L1, "conditions"_L1, "migrationState"_L1}));
    return json;
}

QJsonObject slimEvent(QJsonObject json)
{
    return only(json, {"apiVersion"_L1, "kind"_L1, "metadata"_L1, "type"_L1, "reason"_L1, "message"_L1, "note"_L1, "involvedObject"_L1,
                       "regarding"_L1, "count"_L1, "series"_L1, "lastTimestamp"_L1, "firstTimestamp"_L1, "eventTime"_L1});
}

/// Asked for as metadata only; a server which sends it whole all the same must not fill our memory with logins.
QJsonObject slimSecret(QJsonObject json)
{
    return only(json, {"apiVersion"_L1, "kind"_L1, "metadata"_L1});
}

QJsonObject slimConfigMap(QJsonObject json)
{
    // Of all ConfigMaps a board reads one: the VMs to start again. Others may hold anything.
    const QString name = json.value("metadata"_L1).toObject().value("name"_L1).toString();
    return name.endsWith("-restore-vm"_L1) ? json : without(json, {"data"_L1, "binaryData"_L1});
}

/// The time of a managedFields entry moves when its manager gives a field another value, not when it writes the same again:
/// the newest of them is kept, as an annotation of ours, because a download has no other time of its progress.
QJsonObject slimImage(QJsonObject json)
{
    QJsonObject metadata = json.value("metadata"_L1).toObject();
    QString newest; // RFC 3339 in UTC, which sorts as text
    for (const QJsonValue &entry : metadata.value("managedFields"_L1).toArray())
        newest = std::max(newest, entry.toObject().value("time"_L1).toString());
    if (newest.isEmpty())
        return json;
    QJsonObject annotations = metadata.value("annotations"_L1).toObject();
    annotations.insert("gleaner.local/changed"_L1, newest); // phaseprogress.cpp reads it
    metadata.insert("annotations"_L1, annotations);
    json.insert("metadata"_L1, metadata);
    return json;
}

QJsonObject slimSetting(QJsonObject json)
{
    // Settings can hold keys and passwords: values only of those a board, a check or a verdict reads.
    static const QStringList readable{u"server-version"_s, u"upgrade-config"_s, u"upgrade-checker-enabled"_s, u"upgrade-checker-url"_s,
                                      u"release-download-url"_s, u"storage-network"_s, u"rwx-network"_s,
                                      u"support-bundle-timeout"_s, u"support-bundle-expiration"_s,
                                      u"support-bundle-node-collection-timeout"_s, u"support-bundle-namespaces"_s,
                                      u"support-bundle-image"_s, u"auto-rotate-rke2-certs"_s, u"overcommit-config"_s};
    if (readable.contains(json.value("metadata"_L1).toObject().value("name"_L1).toString()))
        return json;
    return only(json, {"apiVersion"_L1, "kind"_L1, "metadata"_L1});
}

} // namespace

const QList<WatchTarget> &watchTargets()
{
    static const QList<WatchTarget> targets = makeTargets();
    return targets;
}

kube::Slimmer slimmerFor(Kind kind)
{
    switch (kind) {
    case Kind::Job:
        return [](QJsonObject json) { return slimSpec(std::move(json), {"backoffLimit"_L1, "activeDeadlineSeconds"_L1, "parallelism"_L1, "completions"_L1}); };
    case Kind::Deployment: return [](QJsonObject json) { return slimSpec(std::move(json), {"replicas"_L1}); };
    case Kind::Plan: return [](QJsonObject json) { return slimSpec(std::move(json), {"concurrency"_L1, "version"_L1, "jobActiveDeadlineSecs"_L1}); };
    case Kind::ManagedChart: return [](QJsonObject json) { return slimSpec(std::move(json), {"paused"_L1, "version"_L1, "chart"_L1, "timeoutSeconds"_L1}); };
    case Kind::Bundle: return [](QJsonObject json) { return slimSpec(std::move(json), {"paused"_L1, "forceSyncGeneration"_L1}); };
    case Kind::Addon: return [](QJsonObject json) { return slimSpec(std::move(json), {"enabled"_L1, "version"_L1, "chart"_L1}); };
    case Kind::RepoVm: return [](QJsonObject json) { return slimSpec(std::move(json), {"running"_L1, "runStrategy"_L1}); };
    case Kind::Pdb: return [](QJsonObject json) { return slimSpec(std::move(json), {"maxUnavailable"_L1, "minAvailable"_L1, "selector"_L1}); };
    case Kind::Volume: return [](QJsonObject json) { return slimSpec(std::move(json), {"numberOfReplicas"_L1, "size"_L1, "accessMode"_L1, "nodeID"_L1}); };
    case Kind::ProvisioningCluster:
        return [](QJsonObject json) {
            // Registries carry logins.
            QJsonObject spec = json.value("spec"_L1).toObject();
            QJsonObject kept = only(spec, {"kubernetesVersion"_L1});
            kept.insert("rkeConfig"_L1, only(spec.value("rkeConfig"_L1).toObject(), {"provisionGeneration"_L1, "upgradeStrategy"_L1}));
            json.insert("spec"_L1, kept);
            return json;
        };
    case Kind::Image: return slimImage;
    case Kind::Node: return slimNode;
    case Kind::Pod: return slimPod;
    case Kind::Event: return slimEvent;
    case Kind::PlanSecret: return slimSecret;
    case Kind::Vmi: return slimVmi;
    case Kind::ConfigMap: return slimConfigMap;
    case Kind::Setting: return slimSetting;
    default: return {};
    }
}

QString kindName(Kind kind)
{
    switch (kind) {
    case Kind::Upgrade: return u"Upgrade"_s;
    case Kind::UpgradePlan: return u"UpgradePlan"_s;
    case Kind::UpgradeLog: return u"UpgradeLog"_s;
    case Kind::Version: return u"Version"_s;
    case Kind::Setting:
    case Kind::LonghornSetting: return u"Setting"_s;
    case Kind::Addon: return u"Addon"_s;
    case Kind::Image: return u"VirtualMachineImage"_s;
    case Kind::Node: return u"Node"_s;
    case Kind::Job: return u"Job"_s;
    case Kind::Pod: return u"Pod"_s;
    case Kind::Deployment: return u"Deployment"_s;
    case Kind::Event: return u"Event"_s;
    case Kind::ConfigMap: return u"ConfigMap"_s;
    case Kind::Plan: return u"Plan"_s;
    case Kind::ProvisioningCluster:
    case Kind::CapiCluster: return u"Cluster"_s;
    case Kind::Machine: return u"Machine"_s;
    case Kind::PlanSecret: return u"Secret"_s;
    case Kind::ManagedChart: return u"ManagedChart"_s;
    case Kind::Bundle: return u"Bundle"_s;
    case Kind::Volume: return u"Volume"_s;
    case Kind::Vmi: return u"VirtualMachineInstance"_s;
    case Kind::Migration: return u"VirtualMachineInstanceMigration"_s;
    case Kind::RepoVm: return u"VirtualMachine"_s;
    case Kind::Pdb: return u"PodDisruptionBudget"_s;
    }
    return {};
}

} // namespace upgrade
