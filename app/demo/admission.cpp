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
    if (type.group == "harvesterhci.io"_L1 && type.resource == "supportbundles"_L1) {
        if (json::text(object, u"spec.description").isEmpty())
            return refuse(422, u"description is required"_s);
        for (const QJsonValue ns : json::get(object, u"spec.extraCollectionNamespaces").toArray()) {
            if (one("", "namespaces", {}, ns.toString()).isEmpty())
                return refuse(400, u"namespace %1 not found"_s.arg(ns.toString()));
        }
    }
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
    for (const auto rule : {&Admission::clusterState, &Admission::disks, &Admission::machines, &Admission::replicas,
             &Admission::virtualMachines, &Admission::certificates}) {
        if (const auto error = (this->*rule)(upgrade))
            return error;
    }
    return std::nullopt;
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

std::optional<ApiError> Admission::update(
    const ResourceType &type, const QJsonObject &before, const QJsonObject &after) const
{
    if (isUpgrade(type) && json::annotation(before, pauseKey) != json::annotation(after, pauseKey))
        return pauseMap(after);
    if (type.group == "harvesterhci.io"_L1 && type.resource == "supportbundles"_L1
        && before.value("spec"_L1) != after.value("spec"_L1))
        return refuse(400, u"modifying the spec of an existing support bundle is not allowed"_s);
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
