// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/admission.h"

#include "demo/jsonedit.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

const QString harvesterNs = u"harvester-system"_s, fleetNs = u"fleet-local"_s;
const QString pauseKey = u"harvesterhci.io/node-upgrade-pause-map"_s;

bool skips(const QJsonObject &object)
{
    return json::annotation(object, u"harvesterhci.io/skipWebhook"_s).compare("true"_L1, Qt::CaseInsensitive) == 0;
}

bool isUpgrade(const ResourceType &type)
{
    return type.group == "harvesterhci.io"_L1 && type.resource == "upgrades"_L1;
}

std::optional<ApiError> refuse(int code, const QString &message)
{
    return ApiError::webhook(code, message);
}

/// Nodes that run only etcd take no VMs.
bool isWitness(const QJsonObject &node)
{
    return json::label(node, u"node-role.harvesterhci.io/witness"_s) == "true"_L1;
}

} // namespace

std::vector<StoredPtr> Admission::all(const char *group, const char *resource, const QString &ns) const
{
    const ResourceType *type = m_store.catalog().find(QString::fromLatin1(group), QString::fromLatin1(resource));
    Filter filter;
    filter.ns = ns;
    return type ? m_store.all(*type, filter) : std::vector<StoredPtr>();
}

QJsonObject Admission::one(const char *group, const char *resource, const QString &ns, const QString &name) const
{
    const ResourceType *type = m_store.catalog().find(QString::fromLatin1(group), QString::fromLatin1(resource));
    const StoredPtr object = type ? m_store.find(*type, ns, name) : nullptr;
    return object ? object->json() : QJsonObject();
}

void Admission::mutate(const ResourceType &type, QJsonObject &object) const
{
    if (!isUpgrade(type) || !json::annotation(object, pauseKey).isEmpty())
        return;
    const QJsonObject setting = one("harvesterhci.io", "settings", {}, u"upgrade-config"_s);
    const QString value = setting.value("value"_L1).toString();
    const QJsonObject strategy
        = json::get(QJsonDocument::fromJson(value.toUtf8()).object(), u"nodeUpgradeOption.strategy").toObject();
    if (strategy.value("mode"_L1).toString() != "manual"_L1)
        return;
    QJsonObject map;
    const QJsonArray listed = strategy.value("pauseNodes"_L1).toArray();
    for (const StoredPtr &node : all("", "nodes")) {
        const QString name = json::name(node->json());
        if (listed.isEmpty() || listed.contains(name))
            map.insert(name, u"pause"_s);
    }
    json::setAnnotation(object, pauseKey, QString::fromUtf8(json::compact(map)));
}

std::optional<ApiError> Admission::create(const ResourceType &type, const QJsonObject &object) const
{
    if (isUpgrade(type))
        return createUpgrade(object);
    if (type.group == "harvesterhci.io"_L1 && type.resource == "upgradelogs"_L1)
        return refuse(400, u"upgradelog can only be created by the harvester controller"_s);
    if (type.group == "harvesterhci.io"_L1 && type.resource == "versions"_L1) {
        const QString sum = json::text(object, u"spec.isoChecksum");
        static const QRegularExpression sha512(u"^[a-f0-9]{128}$"_s);
        if (!sum.isEmpty() && !sha512.match(sum).hasMatch())
            return refuse(400, u"invalid isoChecksum %1"_s.arg(sum));
    }
    return std::nullopt;
}

std::optional<ApiError> Admission::createUpgrade(const QJsonObject &upgrade) const
{
    const QString version = json::text(upgrade, u"spec.version"), image = json::text(upgrade, u"spec.image");
    if (version.isEmpty() && image.isEmpty())
        return refuse(400, u"version or image field are not specified."_s);
    if (image.isEmpty() && one("harvesterhci.io", "versions", harvesterNs, version).isEmpty())
        return refuse(400, u"version %1 is not found"_s.arg(version));
    QStringList cleaning;
    for (const StoredPtr &other : all("harvesterhci.io", "upgrades", harvesterNs)) {
        const QString state = json::label(other->json(), u"harvesterhci.io/upgradeState"_s);
        const QString name = json::name(other->json());
        if (state != "Succeeded"_L1 && state != "Failed"_L1) // no label counts as running too
            return refuse(409, u"cannot proceed until previous upgrade \"%1\" completes"_s.arg(name));
        if (json::label(other->json(), u"harvesterhci.io/upgradeCleanup"_s) == "Pending"_L1)
            cleaning.append(name);
    }
    if (!cleaning.isEmpty()) {
        return refuse(409,
            u"cannot proceed until the following upgrades completed their cleanup process: %1"_s.arg(
                cleaning.join(u',')));
    }
    if (skips(upgrade))
        return std::nullopt;
    if (const auto error = pauseMap(upgrade))
        return error;
    return clusterState(upgrade);
}

std::optional<ApiError> Admission::pauseMap(const QJsonObject &upgrade) const
{
    const QString text = json::annotation(upgrade, pauseKey);
    if (text.isEmpty())
        return std::nullopt;
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8(), &parse);
    if (!document.isObject()) {
        return refuse(400,
            u"fail to unmarshal %1 annotation, err: invalid character '%2' looking for beginning of value"_s.arg(
                pauseKey, text.left(1)));
    }
    const QJsonObject map = document.object();
    for (auto it = map.begin(); it != map.end(); ++it) {
        const QString action = it.value().toString();
        if (action != "pause"_L1 && action != "unpause"_L1)
            return refuse(400, u"desired action for node %1 must be either \"pause\" or \"unpause\""_s.arg(it.key()));
        if (one("", "nodes", {}, it.key()).isEmpty())
            return refuse(400, u"node %1 does not exist"_s.arg(it.key()));
    }
    return std::nullopt;
}

std::optional<ApiError> Admission::clusterState(const QJsonObject &upgrade) const
{
    const auto nodes = all("", "nodes");
    if (nodes.size() >= 3) {
        for (const StoredPtr &volume : all("longhorn.io", "volumes")) {
            if (json::text(volume->json(), u"status.robustness") == "degraded"_L1)
                return refuse(400, u"there are degraded volumes, please check all volumes are healthy"_s);
        }
    }
    const QString phase = json::text(one("cluster.x-k8s.io", "clusters", fleetNs, u"local"_s), u"status.phase");
    if (phase != "Provisioned"_L1)
        return refuse(400,
            u"cluster fleet-local/local status is %1, please wait for it to be provisioned"_s.arg(phase.toLower()));
    for (const StoredPtr &backup : all("harvesterhci.io", "virtualmachinebackups")) {
        if (!json::get(backup->json(), u"status.error").isObject()
            && !json::get(backup->json(), u"status.readyToUse").toBool()) {
            return refuse(400,
                u"please wait until all vmbackups are stopped, for example %1/%2 is under processing"_s.arg(
                    json::ns(backup->json()), json::name(backup->json())));
        }
    }
    for (const StoredPtr &schedule : all("harvesterhci.io", "schedulevmbackups")) {
        if (!json::get(schedule->json(), u"status.suspended").toBool()) {
            return refuse(400,
                u"please suspend all backup/snapshot schedule, for example %1/%2 is running"_s.arg(
                    json::ns(schedule->json()), json::name(schedule->json())));
        }
    }
    for (const StoredPtr &chart : all("management.cattle.io", "managedcharts", fleetNs)) {
        if (json::condition(chart->json(), u"Ready"_s) != "True"_L1)
            return refuse(400,
                u"managed chart %1 is not ready, please wait for it to be ready or fix it"_s.arg(
                    json::name(chart->json())));
    }
    for (const StoredPtr &addon : all("harvesterhci.io", "addons")) {
        const bool enabled = json::get(addon->json(), u"spec.enabled").toBool();
        const QString status = json::text(addon->json(), u"status.status");
        const bool fine
            = enabled ? status == "AddonDeploySuccessful"_L1 : status.isEmpty() || status == "AddonDisabled"_L1;
        if (!fine) {
            return refuse(400,
                u"addon %1/%2 is %3 but still on status %4, please wait for it to be ready or fix it"_s.arg(
                    json::ns(addon->json()), json::name(addon->json()), enabled ? u"enabled"_s : u"disabled"_s,
                    status));
        }
    }
    for (const StoredPtr &node : nodes) {
        const QString name = json::name(node->json());
        if (json::condition(node->json(), u"Ready"_s) != "True"_L1)
            return refuse(400, u"node %1 is not ready, please wait for it to be ready"_s.arg(name));
        if (json::get(node->json(), u"spec.unschedulable").toBool())
            return refuse(400, u"node %1 is unschedulable, please wait for it to be schedulable"_s.arg(name));
    }
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
    if (nodes.size() > 1 && json::annotation(upgrade, u"harvesterhci.io/skipSingleReplicaDetachedVol"_s).isEmpty()) {
        QStringList found;
        for (const StoredPtr &volume : all("longhorn.io", "volumes")) {
            if (json::get(volume->json(), u"spec.numberOfReplicas").toInt() == 1) {
                found.append(json::text(volume->json(), u"status.kubernetesStatus.namespace") + u'/'
                    + json::text(volume->json(), u"status.kubernetesStatus.pvcName"));
            }
        }
        if (!found.isEmpty()) {
            return refuse(400,
                u"Following PVCs with single-replica volume, even the volume is detached, upgrade may have potential "
                "data integrity concerns: %1"_s.arg(found.join(u", "_s)));
        }
    }
    return virtualMachines();
}

std::optional<ApiError> Admission::virtualMachines() const
{
    const auto nodes = all("", "nodes");
    const auto working = std::ranges::count_if(nodes, [](const StoredPtr &node) { return !isWitness(node->json()); });
    const QJsonObject setting = one("harvesterhci.io", "settings", {}, u"upgrade-config"_s);
    const QJsonObject config = QJsonDocument::fromJson(setting.value("value"_L1).toString().toUtf8()).object();
    if (working == 1 || config.value("restoreVM"_L1).toBool())
        return std::nullopt;
    QStringList fixed;
    for (const StoredPtr &vmi : all("kubevirt.io", "virtualmachineinstances")) {
        if (json::get(vmi->json(), u"spec.nodeSelector").isObject()
            || !json::get(vmi->json(), u"spec.domain.devices.hostDevices").toArray().isEmpty()) {
            fixed.append(json::ns(vmi->json()) + u'/' + json::name(vmi->json()));
        }
    }
    if (fixed.isEmpty())
        return std::nullopt;
    return refuse(400,
        u"There are non-live migratable VMs that need to be shut off before initiating the upgrade: %1"_s.arg(
            fixed.join(u", "_s)));
}

std::optional<ApiError> Admission::update(
    const ResourceType &type, const QJsonObject &before, const QJsonObject &after) const
{
    if (isUpgrade(type) && json::annotation(before, pauseKey) != json::annotation(after, pauseKey))
        return pauseMap(after);
    return std::nullopt;
}

std::optional<ApiError> Admission::remove(const ResourceType &type, const QJsonObject &object) const
{
    if (type.group == "management.cattle.io"_L1 && type.resource == "managedcharts"_L1) {
        return refuse(400, u"Delete managedchart %1/%2 is prohibited"_s.arg(json::ns(object), json::name(object)));
    }
    if (type.group == "fleet.cattle.io"_L1 && type.resource == "bundles"_L1)
        return refuse(400, u"Delete bundle %1/%2 is prohibited"_s.arg(json::ns(object), json::name(object)));
    if (type.group == "apps"_L1 && type.resource == "deployments"_L1
        && json::label(object, u"harvesterhci.io/upgradeComponent"_s) == "repo"_L1) {
        const QString name = json::label(object, u"harvesterhci.io/upgrade"_s);
        const QJsonObject upgrade = one("harvesterhci.io", "upgrades", harvesterNs, name);
        const QString completed = json::condition(upgrade, u"Completed"_s);
        if (!upgrade.isEmpty() && completed != "True"_L1 && completed != "False"_L1) {
            return refuse(400,
                u"cannot delete deployment %1/%2: upgrade %3 is still in progress (component: repo)"_s.arg(
                    json::ns(object), json::name(object), name));
        }
    }
    if (!isUpgrade(type) || skips(object))
        return std::nullopt;
    const QJsonObject cluster = one("cluster.x-k8s.io", "clusters", fleetNs, u"local"_s);
    if (cluster.isEmpty()) {
        return refuse(
            500, u"can't find fleet-local/local cluster, err: clusters.cluster.x-k8s.io \"local\" not found"_s);
    }
    if (json::text(cluster, u"status.phase") == "Provisioning"_L1)
        return refuse(400, u"cluster fleet-local/local status is provisioning, please wait for it to be provisioned"_s);
    if (json::condition(object, u"NodesUpgraded"_s) == "Unknown"_L1)
        return refuse(400, u"node upgrade is in progressing, please wait for it to be provisioned"_s);
    return std::nullopt;
}

} // namespace demo
