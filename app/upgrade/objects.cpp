// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upgrade/objects.h"

#include "upgrade/objectfields.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgrade {

std::optional<Condition> Conditions::find(const QString &type) const
{
    const auto found = std::ranges::find(all, type, &Condition::type);
    return found == all.end() ? std::nullopt : std::optional(*found);
}

QString Conditions::status(const QString &type) const
{
    const auto found = std::ranges::find(all, type, &Condition::type);
    return found == all.end() ? QString() : found->status;
}

Meta readMeta(const QJsonObject &json)
{
    const QJsonObject from = object(json, "metadata"_L1);
    Meta meta;
    meta.ns = text(from, "namespace"_L1);
    meta.name = text(from, "name"_L1);
    meta.uid = text(from, "uid"_L1);
    meta.resourceVersion = text(from, "resourceVersion"_L1);
    meta.created = time(from, "creationTimestamp"_L1);
    meta.deleted = time(from, "deletionTimestamp"_L1);
    meta.labels = texts(object(from, "labels"_L1));
    meta.annotations = texts(object(from, "annotations"_L1));
    meta.finalizers = list(from, "finalizers"_L1);
    const QJsonArray owners = from.value("ownerReferences"_L1).toArray();
    for (const QJsonValue &value : owners) {
        const QJsonObject owner = value.toObject();
        const bool controls = owner.value("controller"_L1).toBool();
        if (controls || meta.ownerName.isEmpty()) {
            meta.ownerKind = text(owner, "kind"_L1);
            meta.ownerName = text(owner, "name"_L1);
        }
        if (controls)
            break;
    }
    return meta;
}

Conditions readConditions(const QJsonValue &value)
{
    Conditions conditions;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &entry : array) {
        const QJsonObject from = entry.toObject();
        Condition condition;
        condition.type = text(from, "type"_L1);
        if (condition.type.isEmpty())
            continue;
        condition.status = text(from, "status"_L1);
        condition.reason = text(from, "reason"_L1);
        condition.message = text(from, "message"_L1);
        condition.updated = time(from, "lastUpdateTime"_L1);
        condition.transitioned = time(from, "lastTransitionTime"_L1);
        conditions.all.append(condition);
    }
    return conditions;
}

template<>
NodeObject read(const kube::Object &from)
{
    const QJsonObject &json = from.json;
    const QJsonObject spec = object(json, "spec"_L1);
    const QJsonObject status = object(json, "status"_L1);
    const QJsonObject info = object(status, "nodeInfo"_L1);
    NodeObject node;
    node.meta = readMeta(json);
    node.unschedulable = spec.value("unschedulable"_L1).toBool();
    const QJsonArray taints = spec.value("taints"_L1).toArray();
    for (const QJsonValue &value : taints) {
        const QJsonObject taint = value.toObject();
        const QString of = text(taint, "value"_L1);
        node.taints.append({of.isEmpty() ? text(taint, "key"_L1) : text(taint, "key"_L1) + u'=' + of, text(taint, "effect"_L1)});
    }
    node.kubeletVersion = text(info, "kubeletVersion"_L1);
    node.osImage = text(info, "osImage"_L1);
    node.bootId = text(info, "bootID"_L1);
    const QJsonArray addresses = status.value("addresses"_L1).toArray();
    for (const QJsonValue &value : addresses) {
        if (text(value.toObject(), "type"_L1) == "InternalIP"_L1) {
            node.internalIp = text(value.toObject(), "address"_L1);
            break;
        }
    }
    node.conditions = readConditions(status.value("conditions"_L1));
    const QJsonArray conditions = status.value("conditions"_L1).toArray();
    for (const QJsonValue &value : conditions) {
        if (text(value.toObject(), "type"_L1) == "Ready"_L1)
            node.heartbeat = time(value.toObject(), "lastHeartbeatTime"_L1);
    }
    const auto labelled = [&](QLatin1StringView key) { return node.meta.labels.value(key) == "true"_L1; };
    node.controlPlane = labelled("node-role.kubernetes.io/control-plane"_L1) || labelled("node-role.kubernetes.io/master"_L1);
    node.etcd = labelled("node-role.kubernetes.io/etcd"_L1);
    node.witness = labelled("node-role.harvesterhci.io/witness"_L1);
    node.managed = labelled("harvesterhci.io/managed"_L1);
    node.pendingOsImage = node.meta.annotations.value("harvesterhci.io/pendingOSImage"_L1);
    node.machine = node.meta.annotations.value("cluster.x-k8s.io/machine"_L1);
    return node;
}

template<>
JobObject read(const kube::Object &from)
{
    const QJsonObject status = object(from.json, "status"_L1);
    JobObject job;
    job.meta = readMeta(from.json);
    job.active = number(status, "active"_L1);
    job.succeeded = number(status, "succeeded"_L1);
    job.failed = number(status, "failed"_L1);
    job.backoffLimit = object(from.json, "spec"_L1).value("backoffLimit"_L1).toInt(6);
    job.started = time(status, "startTime"_L1);
    job.completed = time(status, "completionTime"_L1);
    job.conditions = readConditions(status.value("conditions"_L1));
    const auto label = [&](QLatin1StringView key) { return job.meta.labels.value(key); };
    job.upgradeName = job.meta.eitherLabel("harvesterhci.io/upgrade"_L1, "management.harvesterhci.io/upgrade-plan"_L1);
    job.component = job.meta.eitherLabel("harvesterhci.io/upgradeComponent"_L1, "management.harvesterhci.io/upgrade-component"_L1);
    job.jobType = job.meta.eitherLabel("harvesterhci.io/upgradeJobType"_L1, "management.harvesterhci.io/job-type"_L1);
    job.node = job.meta.eitherLabel("harvesterhci.io/node"_L1, "management.harvesterhci.io/node"_L1);
    if (job.node.isEmpty())
        job.node = label("upgrade.cattle.io/node"_L1);
    job.plan = label("upgrade.cattle.io/plan"_L1);
    return job;
}

namespace {

void readContainers(const QJsonArray &statuses, bool init, QList<ContainerStatus> &out)
{
    for (const QJsonValue &value : statuses) {
        const QJsonObject from = value.toObject();
        ContainerStatus container;
        container.name = text(from, "name"_L1);
        container.containerId = text(from, "containerID"_L1);
        container.image = text(from, "image"_L1);
        container.init = init;
        container.ready = from.value("ready"_L1).toBool();
        container.restarts = number(from, "restartCount"_L1);
        const QJsonObject state = object(from, "state"_L1);
        for (const auto name : {"waiting"_L1, "running"_L1, "terminated"_L1}) {
            if (!state.contains(name))
                continue;
            const QJsonObject now = object(state, name);
            container.state = name;
            container.reason = text(now, "reason"_L1);
            container.message = text(now, "message"_L1);
            container.exitCode = number(now, "exitCode"_L1);
            container.started = time(now, "startedAt"_L1);
            container.finished = time(now, "finishedAt"_L1);
        }
        out.append(container);
    }
}

/// Containers of the spec that have no status yet (the pod is not scheduled).
void addUnstarted(const QJsonArray &specs, bool init, QList<ContainerStatus> &out)
{
    for (const QJsonValue &value : specs) {
        ContainerStatus container;
        container.name = text(value.toObject(), "name"_L1);
        container.image = text(value.toObject(), "image"_L1);
        container.init = init;
        container.state = u"waiting"_s;
        if (!std::ranges::contains(out, container.name, &ContainerStatus::name))
            out.append(container);
    }
}

} // namespace

template<>
PodObject read(const kube::Object &from)
{
    const QJsonObject spec = object(from.json, "spec"_L1);
    const QJsonObject status = object(from.json, "status"_L1);
    PodObject pod;
    pod.meta = readMeta(from.json);
    pod.phase = text(status, "phase"_L1);
    pod.nodeName = text(spec, "nodeName"_L1);
    pod.reason = text(status, "reason"_L1);
    pod.message = text(status, "message"_L1);
    pod.jobName = pod.meta.labels.value("batch.kubernetes.io/job-name"_L1, pod.meta.labels.value("job-name"_L1));
    if (pod.jobName.isEmpty() && pod.meta.ownerKind == "Job"_L1)
        pod.jobName = pod.meta.ownerName;
    readContainers(status.value("initContainerStatuses"_L1).toArray(), true, pod.containers);
    addUnstarted(spec.value("initContainers"_L1).toArray(), true, pod.containers);
    readContainers(status.value("containerStatuses"_L1).toArray(), false, pod.containers);
    addUnstarted(spec.value("containers"_L1).toArray(), false, pod.containers);
    pod.conditions = readConditions(status.value("conditions"_L1));
    pod.started = time(status, "startTime"_L1);
    return pod;
}

template<>
DeploymentObject read(const kube::Object &from)
{
    const QJsonObject status = object(from.json, "status"_L1);
    DeploymentObject out;
    out.meta = readMeta(from.json);
    out.replicas = object(from.json, "spec"_L1).value("replicas"_L1).toInt(number(status, "replicas"_L1));
    out.ready = number(status, "readyReplicas"_L1);
    out.conditions = readConditions(status.value("conditions"_L1));
    return out;
}

template<>
EventObject read(const kube::Object &from)
{
    EventObject event;
    event.meta = readMeta(from.json);
    event.type = text(from.json, "type"_L1);
    event.reason = text(from.json, "reason"_L1);
    event.message = text(from.json, "message"_L1);
    if (event.message.isEmpty())
        event.message = text(from.json, "note"_L1);
    const QJsonObject about = object(from.json, from.json.contains("involvedObject"_L1) ? "involvedObject"_L1 : "regarding"_L1);
    event.kind = text(about, "kind"_L1);
    event.name = text(about, "name"_L1);
    event.ns = text(about, "namespace"_L1);
    event.count = std::max({1, number(from.json, "count"_L1), number(object(from.json, "series"_L1), "count"_L1)});
    for (const QDateTime &candidate :
         {time(from.json, "lastTimestamp"_L1), time(object(from.json, "series"_L1), "lastObservedTime"_L1),
          time(from.json, "eventTime"_L1), time(from.json, "firstTimestamp"_L1), event.meta.created}) {
        if (candidate.isValid()) {
            event.last = candidate;
            break;
        }
    }
    return event;
}

template<>
ConfigMapObject read(const kube::Object &from)
{
    return {readMeta(from.json), texts(object(from.json, "data"_L1))};
}

template<>
VolumeObject read(const kube::Object &from)
{
    const QJsonObject status = object(from.json, "status"_L1);
    const QJsonObject kubernetes = object(status, "kubernetesStatus"_L1);
    VolumeObject volume;
    volume.meta = readMeta(from.json);
    volume.state = text(status, "state"_L1);
    volume.robustness = text(status, "robustness"_L1);
    volume.nodeId = text(status, "currentNodeID"_L1);
    volume.pvcNs = text(kubernetes, "namespace"_L1);
    volume.pvcName = text(kubernetes, "pvcName"_L1);
    volume.replicas = number(object(from.json, "spec"_L1), "numberOfReplicas"_L1);
    const QJsonArray workloads = kubernetes.value("workloadsStatus"_L1).toArray();
    for (const QJsonValue &value : workloads) {
        const QString workload = text(value.toObject(), "workloadName"_L1);
        volume.workloads.append(workload.isEmpty() ? text(value.toObject(), "podName"_L1) : workload);
    }
    return volume;
}

template<>
VmiObject read(const kube::Object &from)
{
    const QJsonObject status = object(from.json, "status"_L1);
    VmiObject vmi;
    vmi.meta = readMeta(from.json);
    vmi.phase = text(status, "phase"_L1);
    vmi.node = text(status, "nodeName"_L1);
    vmi.conditions = readConditions(status.value("conditions"_L1));
    return vmi;
}

template<>
MigrationObject read(const kube::Object &from)
{
    const QJsonObject status = object(from.json, "status"_L1);
    MigrationObject migration;
    migration.meta = readMeta(from.json);
    migration.phase = text(status, "phase"_L1);
    migration.vmi = text(object(from.json, "spec"_L1), "vmiName"_L1);
    migration.source = text(object(status, "migrationState"_L1), "sourceNode"_L1);
    migration.target = text(object(status, "migrationState"_L1), "targetNode"_L1);
    return migration;
}

template<>
PdbObject read(const kube::Object &from)
{
    return {readMeta(from.json), object(from.json, "status"_L1).value("disruptionsAllowed"_L1).toInt()};
}

} // namespace upgrade
