// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Checks of the upgrade-helpers script that a client can make (B03 to B18, B23).

#include "restart/checkfields.h"

#include <QJsonDocument>

#include <cmath>

using namespace Qt::StringLiterals;

namespace restart {

namespace {

void space(const Objects &o, const Intent &, Findings &f)
{
    if (o[u"node-stats"_s].isEmpty())
        f.unknown = u"no statistics"_s;
    for (const QJsonObject &stats : o[u"node-stats"_s]) {
        const double used = at(stats, u"node.fs.usedBytes"_s).toDouble(-1),
                     capacity = at(stats, u"node.fs.capacityBytes"_s).toDouble();
        const QString node = stats.value("gleanerNode"_L1).toString();
        if (used < 0 || capacity <= 0)
            f.unknown = node + u": no usable statistics"_s;
        else if ((used + 13958643712.0) / capacity > 0.85)
            f.failed.append(
                {u"Node"_s, {}, node, QString::number((used + 13958643712.0) / capacity * 100, 'f', 1) + u" %"_s});
    }
}

void nodeStatus(const Objects &o, const Intent &, Findings &f)
{
    int witnesses = 0;
    for (const QJsonObject &node : o[u"nodes"_s]) {
        if (at(node, u"spec.unschedulable"_s).toBool())
            f.fail(u"Node"_s, node, u"unschedulable"_s);
        if (conditionStatus(node, u"Ready"_s) != "True"_L1)
            f.fail(u"Node"_s, node, u"Ready"_s);
        if (!isWitness(node))
            continue;
        bool tainted = false;
        for (const QJsonValue &value : arrayAt(node, u"spec.taints"_s)) {
            const QJsonObject taint = value.toObject();
            tainted |= taint.value("key"_L1).toString() == "node-role.kubernetes.io/etcd"_L1
                && taint.value("value"_L1).toString() == "true"_L1
                && taint.value("effect"_L1).toString() == "NoExecute"_L1;
        }
        if (++witnesses > 1 || !tainted)
            f.fail(u"Node"_s, node, u"witness"_s);
    }
    if (o[u"nodes"_s].isEmpty())
        f.unknown = u"no node"_s;
}

void eviction(const Objects &o, const Intent &, Findings &f)
{
    for (const QJsonObject &node : o[u"longhorn-nodes"_s]) {
        bool requested = at(node, u"spec.evictionRequested"_s).toBool();
        const QJsonObject disks = at(node, u"spec.disks"_s).toObject();
        for (const QJsonValue &disk : disks)
            requested |= disk.toObject().value("evictionRequested"_L1).toBool();
        if (requested)
            f.fail(u"Node"_s, node, u"evictionRequested"_s);
    }
}

/// An engine that rebuilds (a replica in mode WO) too: a degraded volume of fewer than three nodes shows only here.
void volumeHealth(const Objects &o, const Intent &, Findings &f)
{
    if (o[u"nodes"_s].size() <= 1)
        return;
    for (const QJsonObject &volume : o[u"volumes"_s]) {
        const int wanted = at(volume, u"spec.numberOfReplicas"_s).toInt();
        const QString robustness = textAt(volume, u"status.robustness"_s);
        if (wanted == 1) {
            f.fail(u"Volume"_s, volume, u"numberOfReplicas: 1"_s);
        } else if (textAt(volume, u"status.state"_s) == "detached"_L1) {
            int replicas = 0;
            for (const QJsonObject &replica : o[u"replicas"_s])
                replicas += labelOf(replica, u"longhornvolume"_s) == nameOf(volume);
            if (replicas < wanted)
                f.fail(u"Volume"_s, volume, u"replicas: %1"_s.arg(replicas));
        } else if (robustness != "healthy"_L1) {
            f.fail(u"Volume"_s, volume, robustness);
        }
    }
    for (const QJsonObject &engine : o[u"engines"_s]) {
        const QJsonObject modes = at(engine, u"status.replicaModeMap"_s).toObject();
        for (auto it = modes.begin(); it != modes.end(); ++it) {
            if (it.value().toString() == "WO"_L1)
                f.fail(u"Engine"_s, engine, it.key() + u": WO"_s);
        }
    }
}

void staleVolumes(const Objects &o, const Intent &, Findings &f)
{
    for (const QJsonObject &volume : o[u"volumes"_s]) {
        if (textAt(volume, u"status.state"_s) != "attached"_L1)
            continue;
        bool runs = false;
        for (const QJsonValue &workload : arrayAt(volume, u"status.kubernetesStatus.workloadsStatus"_s))
            runs |= workload.toObject().value("podStatus"_L1).toString() == "Running"_L1;
        if (!runs)
            f.fail(u"Volume"_s, volume);
    }
}

void machinesLeftOn(const Objects &o, const Intent &, Findings &f)
{
    if (restoresVms(o[u"settings"_s]))
        return;
    for (const QJsonObject &vm : o[u"vms"_s]) {
        if (textAt(vm, u"status.printableStatus"_s) == "Stopped"_L1)
            continue;
        const QString devices = u"spec.template.spec.domain.devices."_s;
        bool holds = !arrayAt(vm, devices + u"hostDevices"_s).isEmpty();
        for (const QJsonValue &disk : arrayAt(vm, devices + u"disks"_s))
            holds |= disk.toObject().contains("cdrom"_L1);
        if (holds)
            f.fail(u"VirtualMachine"_s, vm, textAt(vm, u"status.printableStatus"_s));
    }
}

void pods(const Objects &o, const Intent &, Findings &f)
{
    for (const QJsonObject &pod : o[u"pods"_s]) {
        for (const QJsonValue &value : arrayAt(pod, u"status.conditions"_s)) {
            const QJsonObject condition = value.toObject();
            if (condition.value("type"_L1).toString() == "Ready"_L1
                && condition.value("status"_L1).toString() == "False"_L1
                && condition.value("reason"_L1).toString() != "PodCompleted"_L1)
                f.warn(u"Pod"_s, pod, condition.value("reason"_L1).toString());
        }
    }
}

/// "10Gi" in GiB; nullopt: not a quantity that claims use.
std::optional<double> gibOf(const QString &quantity)
{
    static const QMap<QString, double> units{{u"Ki"_s, 1024.0}, {u"Mi"_s, 1048576.0}, {u"Gi"_s, 1073741824.0},
        {u"Ti"_s, 1099511627776.0}, {u"k"_s, 1e3}, {u"M"_s, 1e6}, {u"G"_s, 1e9}, {u"T"_s, 1e12}, {QString(), 1.0}};
    qsizetype digits = 0;
    while (digits < quantity.size() && (quantity.at(digits).isDigit() || quantity.at(digits) == u'.'))
        ++digits;
    bool number = false;
    const double value = quantity.left(digits).toDouble(&number);
    const auto unit = units.constFind(quantity.mid(digits));
    return number && unit != units.constEnd() ? std::optional(value * *unit / 1073741824.0) : std::nullopt;
}

void imageVolumes(const Objects &o, const Intent &, Findings &f)
{
    for (const QJsonObject &claim : o[u"pvcs"_s]) {
        const QString id = annotationOf(claim, u"harvesterhci.io/imageId"_s);
        if (id.isEmpty())
            continue;
        for (const QJsonObject &image : o[u"images"_s]) {
            if (nsOf(image) + u'/' + nameOf(image) != id)
                continue;
            const double wanted = std::ceil(at(image, u"status.virtualSize"_s).toDouble() / 1073741824.0);
            const auto asked = gibOf(textAt(claim, u"spec.resources.requests.storage"_s));
            if (asked && *asked < wanted)
                f.fail(u"PersistentVolumeClaim"_s, claim, u"%1 GiB < %2 GiB"_s.arg(*asked).arg(wanted));
        }
    }
}

} // namespace

QList<Check> scriptChecks()
{
    using enum Severity;
    return {
        {u"B03"_s, Block, {u"node-stats"_s}, {}, {}, {}, {}, space},
        {u"B04"_s, Block, {u"bundles"_s}, {}, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                for (const QJsonObject &bundle : o[u"bundles"_s]) {
                    if (nameOf(bundle) != "mcc-harvester"_L1 && at(bundle, u"spec.helm"_s).isObject()
                        && at(bundle, u"status.summary.ready"_s).toInt() == 0)
                        f.fail(u"Bundle"_s, bundle, textAt(bundle, u"status.display.state"_s));
                }
            }},
        {u"B05"_s, Block, {u"bundles"_s}, {}, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                const auto bundle = named(o[u"bundles"_s], u"mcc-harvester"_s);
                if (!bundle)
                    f.failed.append({u"Bundle"_s, u"fleet-local"_s, u"mcc-harvester"_s, {}});
                else if (at(*bundle, u"status.summary"_s).toObject()
                    != QJsonObject{{u"desiredReady"_s, 1}, {u"ready"_s, 1}})
                    f.fail(u"Bundle"_s, *bundle,
                        QString::fromUtf8(
                            QJsonDocument(at(*bundle, u"status.summary"_s).toObject()).toJson(QJsonDocument::Compact)));
            }},
        {u"B06"_s, Block, {u"nodes"_s}, {}, {}, {}, {}, nodeStatus},
        {u"B07"_s, Block, {u"longhorn-nodes"_s}, u"v1.4.0"_s, u"v1.4.99"_s, {}, {}, eviction},
        {u"B09"_s, High, {u"capi"_s}, {}, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                for (const QJsonObject &cluster : o[u"capi"_s]) {
                    if (at(cluster, u"spec.paused"_s).toBool())
                        f.fail(u"Cluster"_s, cluster, u"paused"_s);
                }
            }},
        {u"B10"_s, Block, {u"nodes"_s, u"machines"_s}, {}, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                if (o[u"nodes"_s].size() != o[u"machines"_s].size())
                    f.failed.append({u"Machine"_s, u"fleet-local"_s, {},
                        u"%1 / %2"_s.arg(o[u"machines"_s].size()).arg(o[u"nodes"_s].size())});
            }},
        {u"B12"_s, Block, {u"nodes"_s, u"volumes"_s, u"replicas"_s, u"engines"_s}, {}, {}, {}, {}, volumeHealth},
        {u"B13"_s, High, {u"volumes"_s}, {}, {}, {}, {}, staleVolumes},
        {u"B14"_s, High, {u"backing-images"_s}, u"v1.4.0"_s, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                for (const QJsonObject &image : o[u"backing-images"_s]) {
                    const int copies = at(image, u"spec.minNumberOfCopies"_s).toInt();
                    if (copies == 0)
                        f.fail(u"BackingImage"_s, image, u"minNumberOfCopies: 0"_s);
                    else if (copies < 3)
                        f.warn(u"BackingImage"_s, image, u"minNumberOfCopies: %1"_s.arg(copies));
                }
            }},
        {u"B15"_s, High, {u"vms"_s, u"settings"_s}, {}, {}, {}, {}, machinesLeftOn},
        {u"B16"_s, Warn, {u"pods"_s}, {}, {}, {}, {}, pods},
        {u"B17"_s, High, {u"cluster-secrets"_s}, {}, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                if (!named(o[u"cluster-secrets"_s], u"local-kubeconfig"_s))
                    f.failed.append({u"Secret"_s, u"fleet-local"_s, u"local-kubeconfig"_s, {}});
            }},
        {u"B18"_s, High, {u"settings"_s}, u"v1.4.1"_s, u"v1.4.2"_s, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                // The value may hold a login: only what is needed is read, and nothing of it is shown.
                const QJsonObject target
                    = QJsonDocument::fromJson(settingValue(o[u"settings"_s], u"backup-target"_s).toUtf8()).object();
                if (!target.value("type"_L1).toString().isEmpty()
                    && target.value("refreshIntervalInSeconds"_L1).toInt() == 0)
                    f.failed.append({u"Setting"_s, {}, u"backup-target"_s, u"refreshIntervalInSeconds"_s});
            }},
        {u"B23"_s, High, {u"pvcs"_s, u"images"_s}, u"v1.9.0"_s, {}, {}, {}, imageVolumes},
    };
}

} // namespace restart
