// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Pods and Deployments as kubelet, scheduler and the built-in controllers leave them.

#include "demo/jsonedit.h"
#include "demo/world.h"

using namespace Qt::StringLiterals;

namespace demo {
namespace {

QString containerOf(const QJsonObject &pod)
{
    return json::get(pod, u"spec.containers").toArray().at(0)["name"_L1].toString();
}

void setContainer(QJsonObject &pod, const QJsonObject &state, bool ready, int restarts, const QJsonObject &last)
{
    const QJsonObject spec = json::get(pod, u"spec.containers").toArray().at(0).toObject();
    const QString image = spec.value("image"_L1).toString();
    const bool started = state.contains("running"_L1);
    QJsonObject status{{u"name"_s, spec.value("name"_L1)}, {u"state"_s, state}, {u"lastState"_s, last},
        {u"ready"_s, ready}, {u"restartCount"_s, restarts}, {u"image"_s, image},
        {u"imageID"_s, started ? u"docker.io/%1@sha256:%2"_s.arg(image, json::uid(pod).remove(u'-')) : QString()},
        {u"started"_s, started}};
    if (!state.contains("waiting"_L1)) {
        const QString id
            = (json::uid(pod).remove(u'-') + QString::number(restarts, 16).rightJustified(32, u'0')).left(64);
        status.insert("containerID"_L1, QString(u"containerd://"_s + id));
    }
    json::set(pod, u"status.containerStatuses", QJsonArray{status});
}

void setConditions(QJsonObject &pod, const QString &now, bool ready, bool completed)
{
    const QString yes = u"True"_s, no = u"False"_s;
    json::setCondition(pod, u"PodScheduled"_s, yes, now);
    json::setCondition(pod, u"Initialized"_s, yes, now, completed ? u"PodCompleted"_s : QString());
    const QString reason = completed ? u"PodCompleted"_s : ready ? QString() : u"ContainersNotReady"_s;
    json::setCondition(pod, u"Ready"_s, ready ? yes : no, now, reason);
    json::setCondition(pod, u"ContainersReady"_s, ready ? yes : no, now, reason);
}

int restartsOf(const QJsonObject &pod)
{
    return json::get(pod, u"status.containerStatuses").toArray().at(0)["restartCount"_L1].toInt();
}

QJsonObject lastStateOf(const QJsonObject &pod)
{
    return json::get(pod, u"status.containerStatuses").toArray().at(0)["lastState"_L1].toObject();
}

} // namespace

QString World::makePod(const PodSpec &spec)
{
    QJsonObject metadata{{u"namespace"_s, spec.ns}, {u"labels"_s, spec.labels}};
    if (spec.name.isEmpty())
        metadata.insert("generateName"_L1, spec.generateName);
    else
        metadata.insert("name"_L1, spec.name);
    if (!spec.owner.isEmpty())
        metadata.insert("ownerReferences"_L1, QJsonArray{spec.owner});
    QJsonObject pod{{u"metadata"_s, metadata},
        {u"spec"_s,
            QJsonObject{{u"containers"_s,
                            QJsonArray{QJsonObject{{u"name"_s, spec.container}, {u"image"_s, spec.image},
                                {u"imagePullPolicy"_s, u"IfNotPresent"_s}, {u"resources"_s, QJsonObject()}}}},
                {u"restartPolicy"_s, spec.never ? u"Never"_s : u"Always"_s}, {u"nodeName"_s, spec.node},
                {u"schedulerName"_s, u"default-scheduler"_s}}},
        {u"status"_s,
            QJsonObject{{u"phase"_s, u"Pending"_s}, {u"qosClass"_s, u"BestEffort"_s}, {u"startTime"_s, now()}}}};
    setContainer(pod, {{u"waiting"_s, QJsonObject{{u"reason"_s, u"ContainerCreating"_s}}}}, false, 0, {});
    setConditions(pod, now(), false, false);
    return json::name(make(kinds::pods, pod));
}

void World::podWaits(const QString &ns, const QString &name, const QString &reason, const QString &message)
{
    edit(kinds::pods, ns, name, [&](QJsonObject &pod) {
        QJsonObject waiting{{u"reason"_s, reason}};
        if (!message.isEmpty())
            waiting.insert("message"_L1, message);
        setContainer(pod, {{u"waiting"_s, waiting}}, false, restartsOf(pod), lastStateOf(pod));
        setConditions(pod, now(), false, false);
    });
}

void World::podRuns(const QString &ns, const QString &name)
{
    edit(kinds::pods, ns, name, [&](QJsonObject &pod) {
        json::set(pod, u"status.phase", u"Running"_s);
        json::set(pod, u"status.hostIP", u"10.0.0.10"_s);
        if (json::text(pod, u"status.podIP").isEmpty())
            json::set(pod, u"status.podIP", u"10.52.%1.%2"_s.arg(below(250)).arg(2 + below(250)));
        setContainer(
            pod, {{u"running"_s, QJsonObject{{u"startedAt"_s, now()}}}}, true, restartsOf(pod), lastStateOf(pod));
        setConditions(pod, now(), true, false);
    });
}

void World::podEnds(const QString &ns, const QString &name, int exitCode)
{
    QString container;
    edit(kinds::pods, ns, name, [&](QJsonObject &pod) {
        container = containerOf(pod);
        const QJsonObject running
            = json::get(pod, u"status.containerStatuses").toArray().at(0)["state"_L1]["running"_L1].toObject();
        json::set(pod, u"status.phase", exitCode == 0 ? u"Succeeded"_s : u"Failed"_s);
        const QJsonObject terminated{{u"exitCode"_s, exitCode},
            {u"reason"_s, exitCode == 0 ? u"Completed"_s : u"Error"_s},
            {u"startedAt"_s, running.value("startedAt"_L1).toString(now())}, {u"finishedAt"_s, now()}};
        setContainer(pod, {{u"terminated"_s, terminated}}, false, restartsOf(pod), lastStateOf(pod));
        setConditions(pod, now(), false, true);
    });
    if (!container.isEmpty())
        m_logs.endRun({ns, name, container});
}

void World::restartContainer(const QString &ns, const QString &name, const QString &container, int exitCode)
{
    edit(kinds::pods, ns, name, [&](QJsonObject &pod) {
        const QJsonObject running
            = json::get(pod, u"status.containerStatuses").toArray().at(0)["state"_L1]["running"_L1].toObject();
        const QJsonObject terminated{{u"exitCode"_s, exitCode},
            {u"reason"_s, exitCode == 0 ? u"Completed"_s : u"Error"_s},
            {u"startedAt"_s, running.value("startedAt"_L1).toString(now())}, {u"finishedAt"_s, now()}};
        setContainer(pod, {{u"running"_s, QJsonObject{{u"startedAt"_s, now()}}}}, true, restartsOf(pod) + 1,
            {{u"terminated"_s, terminated}});
    });
    m_logs.beginRun({ns, name, container});
}

void World::log(const QString &ns, const QString &pod, const QString &text, const QString &container)
{
    const QString name = container.isEmpty() ? containerOf(get(kinds::pods, ns, pod)) : container;
    if (!name.isEmpty())
        m_logs.append({ns, pod, name}, nowNanoseconds(), text.toUtf8());
}

void World::makeDeployment(const QString &ns, const QString &name, const QJsonObject &podLabels,
    const QString &container, const QString &image, int replicas, const QJsonObject &labels, const QJsonObject &owner,
    bool ready)
{
    const QString hash = word(9);
    QJsonObject metadata{{u"name"_s, name}, {u"namespace"_s, ns}, {u"labels"_s, labels.isEmpty() ? podLabels : labels},
        {u"annotations"_s, QJsonObject{{u"deployment.kubernetes.io/revision"_s, u"1"_s}}}};
    if (!owner.isEmpty())
        metadata.insert("ownerReferences"_L1, QJsonArray{owner});
    const QJsonObject selector{{u"matchLabels"_s, podLabels}};
    const QJsonObject podTemplate{{u"metadata"_s, QJsonObject{{u"labels"_s, podLabels}}},
        {u"spec"_s,
            QJsonObject{{u"containers"_s, QJsonArray{QJsonObject{{u"name"_s, container}, {u"image"_s, image}}}}}}};
    make(kinds::deployments,
        {{u"metadata"_s, metadata},
            {u"spec"_s,
                QJsonObject{{u"replicas"_s, replicas}, {u"selector"_s, selector}, {u"template"_s, podTemplate},
                    {u"strategy"_s, QJsonObject{{u"type"_s, u"RollingUpdate"_s}}}}}});
    QJsonObject hashed = podLabels;
    hashed.insert("pod-template-hash"_L1, hash);
    const QString set = name + u'-' + hash;
    make(kinds::replicaSets,
        {{u"metadata"_s,
             QJsonObject{{u"name"_s, set}, {u"namespace"_s, ns}, {u"labels"_s, hashed},
                 {u"ownerReferences"_s, QJsonArray{reference(kinds::deployments, ns, name, true)}}}},
            {u"spec"_s,
                QJsonObject{{u"replicas"_s, replicas}, {u"selector"_s, QJsonObject{{u"matchLabels"_s, hashed}}},
                    {u"template"_s, podTemplate}}},
            {u"status"_s,
                QJsonObject{{u"replicas"_s, replicas}, {u"readyReplicas"_s, ready ? replicas : 0},
                    {u"availableReplicas"_s, ready ? replicas : 0}}}});
    const QJsonObject setOwner = reference(kinds::replicaSets, ns, set, true);
    for (int i = 0; i < replicas; ++i) {
        const QString pod = makePod({ns, {}, set + u'-', nodeInTurn(), container, image, hashed, setOwner});
        if (ready)
            podRuns(ns, pod);
    }
    deploymentStatus(ns, name, replicas, ready ? replicas : 0);
}

void World::deploymentStatus(const QString &ns, const QString &name, int replicas, int ready)
{
    edit(kinds::deployments, ns, name, [&](QJsonObject &deployment) {
        json::set(deployment, u"status.observedGeneration", json::get(deployment, u"metadata.generation"));
        json::set(deployment, u"status.replicas", replicas);
        json::set(deployment, u"status.updatedReplicas", replicas);
        json::set(deployment, u"status.readyReplicas", ready);
        json::set(deployment, u"status.availableReplicas", ready);
        json::set(deployment, u"status.unavailableReplicas", replicas - ready);
        const bool all = ready >= std::max(1, replicas - replicas / 4);
        json::setCondition(deployment, u"Progressing"_s, u"True"_s, now(), u"NewReplicaSetAvailable"_s);
        json::setCondition(deployment, u"Available"_s, all ? u"True"_s : u"False"_s, now(),
            all ? u"MinimumReplicasAvailable"_s : u"MinimumReplicasUnavailable"_s,
            all ? u"Deployment has minimum availability."_s : u"Deployment does not have minimum availability."_s);
    });
}

QStringList World::podsOf(const QString &ns, const QString &deployment) const
{
    const QJsonObject labels
        = json::get(get(kinds::deployments, ns, deployment), u"spec.selector.matchLabels").toObject();
    QStringList terms;
    for (auto it = labels.begin(); it != labels.end(); ++it)
        terms.append(it.key() + u'=' + it.value().toString());
    QStringList names;
    if (terms.isEmpty())
        return names;
    for (const QJsonObject &pod : list(kinds::pods, ns, terms.join(u',')))
        names.append(json::name(pod));
    return names;
}

} // namespace demo
