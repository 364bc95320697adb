// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "restart/prechecks.h"

#include "restart/checkfields.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace restart {

QJsonValue at(const QJsonObject &object, const QString &path)
{
    QJsonValue value = object;
    for (const QString &key : path.split(u'.'))
        value = value.toObject().value(key);
    return value;
}

QString nameOf(const QJsonObject &object)
{
    return textAt(object, u"metadata.name"_s);
}
QString nsOf(const QJsonObject &object)
{
    return textAt(object, u"metadata.namespace"_s);
}
QString labelOf(const QJsonObject &object, const QString &key)
{
    return at(object, u"metadata.labels"_s).toObject().value(key).toString();
}
QString annotationOf(const QJsonObject &object, const QString &key)
{
    return at(object, u"metadata.annotations"_s).toObject().value(key).toString();
}

QString conditionStatus(const QJsonObject &object, const QString &type)
{
    for (const QJsonValue &value : arrayAt(object, u"status.conditions"_s)) {
        if (value.toObject().value("type"_L1).toString() == type)
            return value.toObject().value("status"_L1).toString();
    }
    return {};
}

std::optional<QJsonObject> named(const QList<QJsonObject> &objects, const QString &name)
{
    for (const QJsonObject &object : objects) {
        if (nameOf(object) == name)
            return object;
    }
    return std::nullopt;
}

QString settingValue(const QList<QJsonObject> &settings, const QString &name)
{
    const auto setting = named(settings, name);
    if (!setting)
        return {};
    const QString value = setting->value("value"_L1).toString();
    return value.isEmpty() ? setting->value("default"_L1).toString() : value;
}

QVersionNumber versionOf(const QString &text)
{
    return QVersionNumber::fromString(text.startsWith(u'v') ? text.mid(1) : text).normalized();
}

bool isWitness(const QJsonObject &node)
{
    return labelOf(node, u"node-role.harvesterhci.io/witness"_s) == "true"_L1;
}

bool restoresVms(const QList<QJsonObject> &settings)
{
    return QJsonDocument::fromJson(settingValue(settings, u"upgrade-config"_s).toUtf8())
        .object()
        .value("restoreVM"_L1)
        .toBool();
}

void Findings::fail(const QString &kind, const QJsonObject &object, const QString &detail)
{
    failed.append({kind, nsOf(object), nameOf(object), detail});
}
void Findings::warn(const QString &kind, const QJsonObject &object, const QString &detail)
{
    warned.append({kind, nsOf(object), nameOf(object), detail});
}

const QList<Need> &needs()
{
    static const QList<Need> all = [] {
        QList<Need> out;
        const auto list = [&](const char *key, const char *group, const char *version, const char *resource,
                              const char *kind, const char *ns = "", const char *selector = "", bool namespaced = true,
                              bool optional = false, bool metadataOnly = false) {
            out.append({QString::fromLatin1(key), Need::How::List,
                {QString::fromLatin1(group), QString::fromLatin1(version), QString::fromLatin1(resource),
                    QString::fromLatin1(kind), namespaced},
                QString::fromLatin1(ns), QString::fromLatin1(selector), metadataOnly, optional});
        };
        list("upgrades", "harvesterhci.io", "v1beta1", "upgrades", "Upgrade", "harvester-system");
        list("versions", "harvesterhci.io", "v1beta1", "versions", "Version", "harvester-system");
        list("settings", "harvesterhci.io", "v1beta1", "settings", "Setting", "", "", false);
        list("addons", "harvesterhci.io", "v1beta1", "addons", "Addon", "", "", true, true);
        list("vmbackups", "harvesterhci.io", "v1beta1", "virtualmachinebackups", "VirtualMachineBackup", "", "", true,
            true);
        list("schedules", "harvesterhci.io", "v1beta1", "schedulevmbackups", "ScheduleVMBackup", "", "", true, true);
        list("images", "harvesterhci.io", "v1beta1", "virtualmachineimages", "VirtualMachineImage");
        list("nodes", "", "v1", "nodes", "Node", "", "", false);
        list("pods", "", "v1", "pods", "Pod");
        list("pvcs", "", "v1", "persistentvolumeclaims", "PersistentVolumeClaim");
        list("cluster-secrets", "", "v1", "secrets", "Secret", "fleet-local", "cluster.x-k8s.io/cluster-name=local",
            true, false, true);
        list("capi", "cluster.x-k8s.io", "v1beta1", "clusters", "Cluster", "fleet-local");
        list("machines", "cluster.x-k8s.io", "v1beta1", "machines", "Machine", "fleet-local");
        list("charts", "management.cattle.io", "v3", "managedcharts", "ManagedChart", "fleet-local");
        list("bundles", "fleet.cattle.io", "v1alpha1", "bundles", "Bundle");
        list("volumes", "longhorn.io", "v1beta2", "volumes", "Volume", "longhorn-system");
        list("engines", "longhorn.io", "v1beta2", "engines", "Engine", "longhorn-system");
        list("replicas", "longhorn.io", "v1beta2", "replicas", "Replica", "longhorn-system");
        list("longhorn-nodes", "longhorn.io", "v1beta2", "nodes", "Node", "longhorn-system");
        list("longhorn-settings", "longhorn.io", "v1beta2", "settings", "Setting", "longhorn-system");
        list("backing-images", "longhorn.io", "v1beta2", "backingimages", "BackingImage", "longhorn-system");
        list("recurring-jobs", "longhorn.io", "v1beta2", "recurringjobs", "RecurringJob", "longhorn-system");
        list("instance-managers", "longhorn.io", "v1beta2", "instancemanagers", "InstanceManager", "longhorn-system");
        list("backing-image-managers", "longhorn.io", "v1beta2", "backingimagemanagers", "BackingImageManager",
            "longhorn-system", "", true, true);
        list("ip-pools", "whereabouts.cni.cncf.io", "v1alpha1", "ippools", "IPPool", "kube-system", "", true, true);
        list("link-monitors", "network.harvesterhci.io", "v1beta1", "linkmonitors", "LinkMonitor", "", "", false, true);
        list("node-leases", "coordination.k8s.io", "v1", "leases", "Lease", "kube-node-lease");
        list("crds", "apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", "", "",
            false, false, true);
        list("support-bundles", "harvesterhci.io", "v1beta1", "supportbundles", "SupportBundle", "harvester-system", "",
            true, true);
        list("vms", "kubevirt.io", "v1", "virtualmachines", "VirtualMachine");
        list("vmis", "kubevirt.io", "v1", "virtualmachineinstances", "VirtualMachineInstance");
        list("kubevirts", "kubevirt.io", "v1", "kubevirts", "KubeVirt", "harvester-system");
        list("cdis", "cdi.kubevirt.io", "v1beta1", "cdis", "CDI", "", "", false, true);
        list("storage-classes", "storage.k8s.io", "v1", "storageclasses", "StorageClass", "", "", false);
        out.append({u"node-stats"_s, Need::How::NodeStats, {}, {}, {}, false, false});
        out.append({u"node-configs"_s, Need::How::NodeConfig, {}, {}, {}, false, false});
        out.append({u"certificate"_s, Need::How::ServingCertificate, {}, {}, {}, false, false});
        return out;
    }();
    return all;
}

const QList<Check> &checks()
{
    static const QList<Check> all = [] {
        QList<Check> out = webhookChecks() + webhookVolumeAndVmChecks() + scriptChecks() + releaseChecks()
            + networkChecks() + clusterChecks();
        // By group, then as numbered: "A14b" after "A14".
        std::ranges::stable_sort(out, {}, &Check::id);
        return out;
    }();
    return all;
}

QList<Check> checksFor(const Intent &intent)
{
    const auto within = [](const QString &version, const QString &from, const QString &until) {
        const QVersionNumber v = versionOf(version);
        return v.isNull() || ((from.isEmpty() || v >= versionOf(from)) && (until.isEmpty() || v <= versionOf(until)));
    };
    QList<Check> out;
    for (const Check &check : checks()) {
        if (within(intent.source, check.sourceFrom, check.sourceUntil)
            && within(intent.target, check.targetFrom, check.targetUntil))
            out.append(check);
    }
    return out;
}

QStringList needsOf(const QList<Check> &of)
{
    QStringList out;
    for (const Check &check : of)
        out += check.needs;
    out.removeDuplicates();
    return out;
}

CheckResult run(const Check &check, const Materials &materials, const Intent &intent)
{
    CheckResult result{check.id, Outcome::Pass, check.severity, {}, {}};
    Objects objects;
    for (const QString &key : check.needs) {
        const auto found = materials.constFind(key);
        if (found == materials.constEnd() || !*found) {
            result.outcome = Outcome::CouldNotCheck;
            result.why = key + u": "_s + (found == materials.constEnd() ? u"not fetched"_s : found->error());
            return result;
        }
        objects.insert(key, **found);
    }
    Findings findings;
    check.look(objects, intent, findings);
    result.objects = findings.failed + findings.warned;
    // A failure stands even where something else could not be seen.
    if (!findings.failed.isEmpty()) {
        result.outcome = Outcome::Fail;
    } else if (!findings.unknown.isEmpty()) {
        result.outcome = Outcome::CouldNotCheck;
        result.why = findings.unknown;
    } else if (!findings.warned.isEmpty()) {
        result.outcome = Outcome::Warn;
    }
    return result;
}

} // namespace restart
