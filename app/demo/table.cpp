// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/table.h"

#include "demo/jsonedit.h"

#include <functional>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

struct Column {
    QString name;
    QString type = QStringLiteral("string");
    std::function<QJsonValue(const QJsonObject &)> cell;
    int priority = 0; ///< above 0: only with -o wide
};

Column path(const QString &name, const QString &where, int priority = 0)
{
    return {name, u"string"_s,
        [where](const QJsonObject &object) {
            const QJsonValue value = json::get(object, where);
            return QJsonValue(value.isDouble() ? QString::number(value.toInteger())
                    : value.isBool()           ? (value.toBool() ? u"true"_s : u"false"_s)
                                               : value.toString());
        },
        priority};
}

Column label(const QString &name, const QString &key)
{
    return {name, u"string"_s, [key](const QJsonObject &object) { return QJsonValue(json::label(object, key)); }};
}

Column condition(const QString &name, const QString &type)
{
    return {name, u"string"_s, [type](const QJsonObject &object) { return QJsonValue(json::condition(object, type)); }};
}

QJsonValue podStatus(const QJsonObject &pod)
{
    if (json::get(pod, u"metadata.deletionTimestamp").isString())
        return u"Terminating"_s;
    const QJsonObject state = json::get(pod, u"status.containerStatuses").toArray().at(0)["state"_L1].toObject();
    for (const auto &key : {"waiting"_L1, "terminated"_L1}) {
        if (const QString reason = state.value(key)["reason"_L1].toString(); !reason.isEmpty())
            return reason;
    }
    return json::get(pod, u"status.phase");
}

QJsonValue nodeRoles(const QJsonObject &node)
{
    QStringList roles;
    const QJsonObject labels = json::get(node, u"metadata.labels").toObject();
    for (auto it = labels.begin(); it != labels.end(); ++it) {
        if (it.key().startsWith("node-role.kubernetes.io/"_L1))
            roles.append(it.key().section(u'/', 1));
    }
    return roles.isEmpty() ? u"<none>"_s : roles.join(u',');
}

QJsonValue nodeStatus(const QJsonObject &node)
{
    QString text = json::condition(node, u"Ready"_s) == "True"_L1 ? u"Ready"_s : u"NotReady"_s;
    if (json::get(node, u"spec.unschedulable").toBool())
        text += u",SchedulingDisabled"_s;
    return text;
}

QJsonValue jobStatus(const QJsonObject &job)
{
    if (json::condition(job, u"Complete"_s) == "True"_L1)
        return u"Complete"_s;
    return json::condition(job, u"Failed"_s) == "True"_L1 ? u"Failed"_s : u"Running"_s;
}

QJsonValue readyOf(const QJsonObject &object)
{
    return u"%1/%2"_s.arg(json::get(object, u"status.readyReplicas").toInteger())
        .arg(json::get(object, u"spec.replicas").toInteger());
}

QJsonValue podReady(const QJsonObject &pod)
{
    const QJsonArray statuses = json::get(pod, u"status.containerStatuses").toArray();
    const auto ready
        = std::ranges::count_if(statuses, [](const QJsonValue status) { return status["ready"_L1].toBool(); });
    return u"%1/%2"_s.arg(ready).arg(statuses.size());
}

QJsonValue restarts(const QJsonObject &pod)
{
    return QString::number(json::get(pod, u"status.containerStatuses").toArray().at(0)["restartCount"_L1].toInteger());
}

QList<Column> columnsOf(const ResourceType &type)
{
    const QString key = type.qualified();
    if (key == "pods"_L1) {
        return {{u"Ready"_s, u"string"_s, podReady}, {u"Status"_s, u"string"_s, podStatus},
            {u"Restarts"_s, u"string"_s, restarts}, path(u"IP"_s, u"status.podIP"_s, 1),
            path(u"Node"_s, u"spec.nodeName"_s, 1)};
    }
    if (key == "nodes"_L1) {
        return {{u"Status"_s, u"string"_s, nodeStatus}, {u"Roles"_s, u"string"_s, nodeRoles},
            path(u"Version"_s, u"status.nodeInfo.kubeletVersion"_s),
            path(u"OS-Image"_s, u"status.nodeInfo.osImage"_s, 1),
            path(u"Kernel-Version"_s, u"status.nodeInfo.kernelVersion"_s, 1)};
    }
    if (key == "events"_L1) {
        return {path(u"Type"_s, u"type"_s), path(u"Reason"_s, u"reason"_s),
            {u"Object"_s, u"string"_s,
                [](const QJsonObject &event) {
                    return QJsonValue(json::text(event, u"involvedObject.kind").toLower() + u'/'
                        + json::text(event, u"involvedObject.name"));
                }},
            path(u"Message"_s, u"message"_s)};
    }
    if (key == "jobs.batch"_L1) {
        return {{u"Status"_s, u"string"_s, jobStatus},
            {u"Completions"_s, u"string"_s, [](const QJsonObject &job) {
                 return QJsonValue(u"%1/1"_s.arg(json::get(job, u"status.succeeded").toInteger()));
             }}};
    }
    if (key == "deployments.apps"_L1)
        return {{u"Ready"_s, u"string"_s, readyOf}, path(u"Up-to-date"_s, u"status.updatedReplicas"_s),
            path(u"Available"_s, u"status.availableReplicas"_s)};
    if (key == "upgrades.harvesterhci.io"_L1) {
        return {path(u"Version"_s, u"spec.version"_s), label(u"State"_s, u"harvesterhci.io/upgradeState"_s),
            condition(u"Completed"_s, u"Completed"_s)};
    }
    if (key == "settings.harvesterhci.io"_L1)
        return {path(u"Value"_s, u"value"_s)};
    if (key == "addons.harvesterhci.io"_L1)
        return {path(u"HelmRepo"_s, u"spec.repo"_s), path(u"ChartName"_s, u"spec.chart"_s),
            path(u"Enabled"_s, u"spec.enabled"_s)};
    if (key == "virtualmachineimages.harvesterhci.io"_L1)
        return {path(u"Display-Name"_s, u"spec.displayName"_s), path(u"Size"_s, u"status.size"_s),
            path(u"Progress"_s, u"status.progress"_s)};
    if (key == "versions.harvesterhci.io"_L1)
        return {path(u"ISO-URL"_s, u"spec.isoURL"_s), path(u"ReleaseDate"_s, u"spec.releaseDate"_s),
            path(u"MinUpgradableVersion"_s, u"spec.minUpgradableVersion"_s)};
    if (key == "plans.upgrade.cattle.io"_L1)
        return {path(u"Image"_s, u"spec.upgrade.image"_s), path(u"Version"_s, u"spec.version"_s),
            condition(u"Complete"_s, u"Complete"_s)};
    if (key == "machines.cluster.x-k8s.io"_L1)
        return {path(u"Cluster"_s, u"spec.clusterName"_s), path(u"NodeName"_s, u"status.nodeRef.name"_s),
            path(u"Phase"_s, u"status.phase"_s)};
    if (key == "clusters.cluster.x-k8s.io"_L1)
        return {path(u"Phase"_s, u"status.phase"_s)};
    if (key == "clusters.provisioning.cattle.io"_L1)
        return {condition(u"Ready"_s, u"Ready"_s), path(u"Kubernetes"_s, u"spec.kubernetesVersion"_s)};
    if (key == "managedcharts.management.cattle.io"_L1)
        return {path(u"Version"_s, u"spec.version"_s), path(u"State"_s, u"status.display.state"_s)};
    if (key == "bundles.fleet.cattle.io"_L1)
        return {path(u"BundleDeployments-Ready"_s, u"status.display.readyClusters"_s),
            path(u"Status"_s, u"status.display.state"_s)};
    if (key == "volumes.longhorn.io"_L1) {
        return {path(u"State"_s, u"status.state"_s), path(u"Robustness"_s, u"status.robustness"_s),
            path(u"Size"_s, u"spec.size"_s), path(u"Node"_s, u"status.currentNodeID"_s)};
    }
    if (key == "virtualmachines.kubevirt.io"_L1)
        return {path(u"Status"_s, u"status.printableStatus"_s), path(u"Ready"_s, u"status.ready"_s)};
    if (key == "virtualmachineinstances.kubevirt.io"_L1)
        return {path(u"Phase"_s, u"status.phase"_s), path(u"NodeName"_s, u"status.nodeName"_s),
            condition(u"Ready"_s, u"Ready"_s)};
    if (key == "virtualmachineinstancemigrations.kubevirt.io"_L1)
        return {path(u"Phase"_s, u"status.phase"_s), path(u"VMI"_s, u"spec.vmiName"_s)};
    if (key == "poddisruptionbudgets.policy"_L1)
        return {path(u"Min Available"_s, u"spec.minAvailable"_s),
            path(u"Allowed Disruptions"_s, u"status.disruptionsAllowed"_s)};
    if (key == "upgradeplans.management.harvesterhci.io"_L1)
        return {path(u"Version"_s, u"spec.version"_s), path(u"Phase"_s, u"status.currentPhase"_s)};
    return {};
}

QJsonObject definition(const QString &name, const QString &type, const QString &format, int priority)
{
    return {{u"name"_s, name}, {u"type"_s, type}, {u"format"_s, format}, {u"description"_s, QString()},
        {u"priority"_s, priority}};
}

} // namespace

Form formOf(const QByteArray &accept)
{
    const QByteArray first = accept.split(',').first();
    if (first.contains("as=Table"))
        return Form::Table;
    return first.contains("as=PartialObjectMetadata") ? Form::Metadata : Form::Object;
}

Include includeOf(const QString &parameter)
{
    return parameter == "Object"_L1 ? Include::Object : parameter == "None"_L1 ? Include::None : Include::Metadata;
}

QJsonObject metadataOnly(const QJsonObject &object)
{
    return {{u"kind"_s, u"PartialObjectMetadata"_s}, {u"apiVersion"_s, u"meta.k8s.io/v1"_s},
        {u"metadata"_s, object.value("metadata"_L1)}};
}

QString shortAge(const QDateTime &since, const QDateTime &now)
{
    const qint64 seconds = std::max<qint64>(0, since.secsTo(now)), minutes = seconds / 60, hours = minutes / 60,
                 days = hours / 24;
    if (seconds < 120)
        return u"%1s"_s.arg(seconds);
    if (minutes < 10)
        return seconds % 60 ? u"%1m%2s"_s.arg(minutes).arg(seconds % 60) : u"%1m"_s.arg(minutes);
    if (minutes < 180)
        return u"%1m"_s.arg(minutes);
    if (hours < 8)
        return minutes % 60 ? u"%1h%2m"_s.arg(hours).arg(minutes % 60) : u"%1h"_s.arg(hours);
    return hours < 48 ? u"%1h"_s.arg(hours) : u"%1d"_s.arg(days);
}

QJsonObject table(const ResourceType &type, const std::vector<StoredPtr> &objects, const QJsonObject &listMetadata,
    const QDateTime &now, Include include, bool withColumns)
{
    const QList<Column> columns = columnsOf(type);
    QJsonArray rows;
    for (const StoredPtr &object : objects) {
        QJsonArray cells{json::name(object->json())};
        for (const Column &column : columns)
            cells.append(column.cell(object->json()));
        const QString created = json::text(object->json(), u"metadata.creationTimestamp");
        cells.append(shortAge(QDateTime::fromString(created, Qt::ISODate), now));
        QJsonObject row{{u"cells"_s, cells}};
        if (include != Include::None)
            row.insert("object"_L1, include == Include::Object ? object->json() : metadataOnly(object->json()));
        rows.append(row);
    }
    QJsonArray definitions;
    if (withColumns) {
        definitions.append(definition(u"Name"_s, u"string"_s, u"name"_s, 0));
        for (const Column &column : columns)
            definitions.append(definition(column.name, column.type, {}, column.priority));
        definitions.append(definition(u"Age"_s, u"string"_s, {}, 0));
    }
    return {{u"kind"_s, u"Table"_s}, {u"apiVersion"_s, u"meta.k8s.io/v1"_s}, {u"metadata"_s, listMetadata},
        {u"columnDefinitions"_s, definitions}, {u"rows"_s, rows}};
}

} // namespace demo
