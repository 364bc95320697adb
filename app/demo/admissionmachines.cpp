// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the webhook asks of machines, of volumes with one replica and of virtual machines before an upgrade.

#include "demo/admission.h"
#include "demo/jsonedit.h"

#include <QJsonDocument>
#include <QMap>
#include <QSet>
#include <QVersionNumber>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

const QString fleetNs = u"fleet-local"_s;

std::optional<ApiError> refuse(int code, const QString &message)
{
    return ApiError::webhook(code, message);
}

/// Nodes that run only etcd take no VMs.
bool isWitness(const QJsonObject &node)
{
    return json::label(node, u"node-role.harvesterhci.io/witness"_s) == "true"_L1;
}

QString path(const QJsonObject &object)
{
    return json::ns(object) + u'/' + json::name(object);
}

bool matches(const QJsonObject &expression, const QJsonObject &node)
{
    const QJsonObject labels = json::get(node, u"metadata.labels").toObject();
    const QString key = expression.value("key"_L1).toString(), how = expression.value("operator"_L1).toString();
    const bool there = labels.contains(key);
    const bool listed = there && expression.value("values"_L1).toArray().contains(labels.value(key));
    if (how == "Exists"_L1)
        return there;
    if (how == "DoesNotExist"_L1)
        return !there;
    return how == "NotIn"_L1 ? !listed : listed;
}

/// Whether a required node affinity lets the VM run on the node; terms are alternatives, expressions all hold.
bool affinityAllows(const QJsonArray &terms, const QJsonObject &node)
{
    return std::ranges::any_of(terms, [&](const QJsonValue term) {
        const QJsonArray expressions = term["matchExpressions"_L1].toArray();
        return std::ranges::all_of(
            expressions, [&](const QJsonValue expression) { return matches(expression.toObject(), node); });
    });
}

} // namespace

std::optional<ApiError> Admission::machines(const QJsonObject &) const
{
    const auto nodes = all("", "nodes");
    const auto machines = all("cluster.x-k8s.io", "machines", fleetNs);
    for (const StoredPtr &machine : machines) {
        if (json::text(machine->json(), u"status.phase") != "Running"_L1)
            return refuse(400, u"machine %1/%2 is not running"_s.arg(fleetNs, json::name(machine->json())));
    }
    if (machines.size() != nodes.size()) {
        return refuse(400,
            u"nodes(%1) and machines(%2) do not match, check the cluster provision"_s.arg(nodes.size())
                .arg(machines.size()));
    }
    QMap<QString, QString> nodeOf;
    for (const StoredPtr &machine : machines) {
        const QString name = json::name(machine->json());
        nodeOf[name] = json::text(machine->json(), u"status.nodeRef.name");
        if (nodeOf[name].isEmpty())
            return refuse(400, u"machine %1 has empty NodeRef, check the cluster provision"_s.arg(name));
    }
    for (const StoredPtr &node : nodes) {
        const QString name = json::name(node->json()), managed = u"harvesterhci.io/managed"_s,
                      key = u"cluster.x-k8s.io/machine"_s;
        if (json::label(node->json(), managed) != "true"_L1)
            return refuse(400, u"node %1 has no expected label %2"_s.arg(name, managed));
        const QString machine = json::annotation(node->json(), key);
        if (machine.isEmpty()) {
            return refuse(400, u"node %1 has no expected annotation %2, check the cluster provision"_s.arg(name, key));
        }
        if (!nodeOf.contains(machine))
            return refuse(400, u"node %1 refers to machine %2, but the machine does not exist"_s.arg(name, machine));
        if (nodeOf[machine] != name) {
            return refuse(400,
                u"node %1 refers to machine %2, but the machine refers to another node %3"_s.arg(
                    name, machine, nodeOf[machine]));
        }
    }
    return std::nullopt;
}

std::optional<ApiError> Admission::replicas(const QJsonObject &upgrade) const
{
    if (all("", "nodes").size() <= 1)
        return std::nullopt;
    const bool onlyActive = !json::annotation(upgrade, u"harvesterhci.io/skipSingleReplicaDetachedVol"_s).isEmpty();
    QStringList found;
    for (const StoredPtr &volume : all("longhorn.io", "volumes")) {
        static const QStringList active{u"creating"_s, u"attached"_s, u"attaching"_s};
        if (json::get(volume->json(), u"spec.numberOfReplicas").toInt() != 1
            || (onlyActive && !active.contains(json::text(volume->json(), u"status.state"))))
            continue;
        found.append(json::text(volume->json(), u"status.kubernetesStatus.namespace") + u'/'
            + json::text(volume->json(), u"status.kubernetesStatus.pvcName"));
    }
    if (found.isEmpty())
        return std::nullopt;
    if (onlyActive) {
        return refuse(400,
            u"Following PVCs with active single-replica volume, please consider shutdown the corresponding workload "
            "before upgrade: %1"_s.arg(found.join(u", "_s)));
    }
    return refuse(400,
        u"Following PVCs with single-replica volume, even the volume is detached, upgrade may have potential "
        "data integrity concerns: %1"_s.arg(found.join(u", "_s)));
}

std::optional<ApiError> Admission::virtualMachines(const QJsonObject &) const
{
    const auto nodes = all("", "nodes");
    const auto working = std::ranges::count_if(nodes, [](const StoredPtr &node) { return !isWitness(node->json()); });
    const QJsonObject setting = one("harvesterhci.io", "settings", {}, u"upgrade-config"_s);
    const QJsonObject config = QJsonDocument::fromJson(setting.value("value"_L1).toString().toUtf8()).object();
    if (working == 1 || config.value("restoreVM"_L1).toBool())
        return std::nullopt;
    const QJsonObject version = one("harvesterhci.io", "settings", {}, u"server-version"_s);
    const QVersionNumber running = QVersionNumber::fromString(version.value("value"_L1).toString().mid(1));
    QStringList fixed;
    for (const StoredPtr &vmi : all("kubevirt.io", "virtualmachineinstances")) {
        const auto devices = [&](QStringView path) { return !json::get(vmi->json(), path).toArray().isEmpty(); };
        const QJsonArray terms = json::get(
            vmi->json(), u"spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms")
                                     .toArray();
        const bool elsewhere = std::ranges::any_of(nodes, [&](const StoredPtr &node) {
            return !isWitness(node->json()) && !json::get(node->json(), u"spec.unschedulable").toBool()
                && json::name(node->json()) != json::text(vmi->json(), u"status.nodeName")
                && affinityAllows(terms, node->json());
        });
        if (json::get(vmi->json(), u"spec.nodeSelector").isObject() || devices(u"spec.domain.devices.hostDevices")
            || (running < QVersionNumber(1, 8) && devices(u"spec.domain.devices.gpus"))
            || (!terms.isEmpty() && !elsewhere))
            fixed.append(path(vmi->json()));
    }
    if (!fixed.isEmpty()) {
        return refuse(400,
            u"There are non-live migratable VMs that need to be shut off before initiating the upgrade: %1"_s.arg(
                fixed.join(u", "_s)));
    }
    return running < QVersionNumber(1, 8, 2) ? std::nullopt : hotPlugged();
}

/// From v1.8.2: what the declarative way of hot-plugging volumes would lose or get stuck with.
std::optional<ApiError> Admission::hotPlugged() const
{
    QStringList pending, volatileOnes;
    for (const StoredPtr &vm : all("kubevirt.io", "virtualmachines")) {
        if (!json::get(vm->json(), u"status.volumeRequests").toArray().isEmpty())
            pending.append(path(vm->json()));
    }
    if (!pending.isEmpty()) {
        return refuse(400,
            u"There are VMs with pending volume hotplug requests (status.volumeRequests) which are no longer processed with the DeclarativeHotplugVolumes feature gate and block the VM reconciliation. Stop and start these VMs before initiating the upgrade: %1"_s
                .arg(pending.join(u", "_s)));
    }
    for (const StoredPtr &vmi : all("kubevirt.io", "virtualmachineinstances")) {
        const QJsonObject vm = one("kubevirt.io", "virtualmachines", json::ns(vmi->json()), json::name(vmi->json()));
        QSet<QString> lasting;
        for (const QJsonValue volume : json::get(vm, u"spec.template.spec.volumes").toArray())
            lasting.insert(volume["name"_L1].toString());
        for (const QJsonValue volume : json::get(vmi->json(), u"spec.volumes").toArray()) {
            const bool hot = volume["persistentVolumeClaim"_L1]["hotpluggable"_L1].toBool()
                || volume["dataVolume"_L1]["hotpluggable"_L1].toBool();
            const QString name = volume["name"_L1].toString();
            if (hot && !lasting.contains(name))
                volatileOnes.append(u"%1 (volume %2)"_s.arg(path(vmi->json()), name));
        }
    }
    if (volatileOnes.isEmpty())
        return std::nullopt;
    return refuse(400,
        u"There are running VMs with hot-plugged volumes that exist in the VMI but not in the VM spec. Such volumes are hot-unplugged automatically with the DeclarativeHotplugVolumes feature gate. Remove the volumes or make them persistent before initiating the upgrade: %1"_s
            .arg(volatileOnes.join(u", "_s)));
}

} // namespace demo
