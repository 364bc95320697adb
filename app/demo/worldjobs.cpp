// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Jobs as the Job controller leaves them.

#include "demo/jsonedit.h"
#include "demo/world.h"

using namespace Qt::StringLiterals;

namespace demo {

void World::makeJob(const JobSpec &spec)
{
    QJsonObject labels = spec.labels;
    for (auto it = spec.jobLabels.begin(); it != spec.jobLabels.end(); ++it)
        labels.insert(it.key(), it.value());
    QJsonObject metadata{{u"name"_s, spec.name}, {u"namespace"_s, spec.ns}, {u"labels"_s, labels}};
    if (!spec.owner.isEmpty())
        metadata.insert("ownerReferences"_L1, QJsonArray{spec.owner});
    const QJsonObject container{{u"name"_s, spec.container}, {u"image"_s, spec.image},
        {u"command"_s, QJsonArray{u"do_upgrade_node.sh"_s}}, {u"args"_s, spec.args}};
    QJsonObject job{{u"parallelism"_s, 1}, {u"completions"_s, 1}, {u"backoffLimit"_s, spec.backoffLimit},
        {u"selector"_s, QJsonObject{{u"matchLabels"_s, QJsonObject{{u"batch.kubernetes.io/job-name"_s, spec.name}}}}},
        {u"template"_s,
            QJsonObject{{u"metadata"_s, QJsonObject{{u"labels"_s, spec.labels}}},
                {u"spec"_s,
                    QJsonObject{{u"containers"_s, QJsonArray{container}}, {u"restartPolicy"_s, u"Never"_s},
                        {u"nodeName"_s, spec.node}, {u"hostNetwork"_s, true}}}}}};
    if (spec.deadline > 0)
        job.insert("activeDeadlineSeconds"_L1, spec.deadline);
    if (spec.ttl > 0)
        job.insert("ttlSecondsAfterFinished"_L1, spec.ttl);
    make(kinds::jobs,
        {{u"metadata"_s, metadata}, {u"spec"_s, job}, {u"status"_s, QJsonObject{{u"startTime"_s, now()}}}});
}

QString World::makeJobPod(const QString &ns, const QString &job)
{
    const QJsonObject object = get(kinds::jobs, ns, job);
    if (object.isEmpty())
        return {};
    const QJsonObject templateSpec = json::get(object, u"spec.template.spec").toObject();
    const QJsonObject container = templateSpec.value("containers"_L1).toArray().at(0).toObject();
    QJsonObject labels = json::get(object, u"spec.template.metadata.labels").toObject();
    labels.insert("job-name"_L1, job);
    labels.insert("batch.kubernetes.io/job-name"_L1, job);
    labels.insert("controller-uid"_L1, json::uid(object));
    labels.insert("batch.kubernetes.io/controller-uid"_L1, json::uid(object));
    PodSpec spec;
    spec.ns = ns;
    spec.generateName = job + u'-';
    spec.node = templateSpec.value("nodeName"_L1).toString();
    spec.container = container.value("name"_L1).toString();
    spec.image = container.value("image"_L1).toString();
    spec.labels = labels;
    spec.owner = reference(kinds::jobs, ns, job, true);
    spec.never = true;
    const QString pod = makePod(spec);
    edit(kinds::jobs, ns, job, [](QJsonObject &changed) {
        json::set(changed, u"status.active", 1);
        json::set(changed, u"status.ready", 0);
    });
    event(u"Normal"_s, u"SuccessfulCreate"_s, u"Created pod: %1"_s.arg(pod), kinds::jobs, ns, job, u"job-controller"_s);
    event(u"Normal"_s, u"Scheduled"_s, u"Successfully assigned %1/%2 to %3"_s.arg(ns, pod, spec.node), kinds::pods, ns,
        pod, u"default-scheduler"_s);
    return pod;
}

void World::jobPodFailed(const QString &ns, const QString &job, const QString &pod, int exitCode)
{
    podEnds(ns, pod, exitCode);
    edit(kinds::jobs, ns, job, [](QJsonObject &changed) {
        json::unset(changed, u"status.active");
        json::set(changed, u"status.failed", json::get(changed, u"status.failed").toInt() + 1);
    });
}

void World::completeJob(const QString &ns, const QString &job, const QString &pod)
{
    podEnds(ns, pod, 0);
    edit(kinds::jobs, ns, job, [this](QJsonObject &changed) {
        json::unset(changed, u"status.active");
        json::set(changed, u"status.succeeded", 1);
        json::set(changed, u"status.completionTime", now());
        json::setCondition(changed, u"SuccessCriteriaMet"_s, u"True"_s, now(), u"CompletionsReached"_s,
            u"Reached expected number of succeeded pods"_s);
        json::setCondition(changed, u"Complete"_s, u"True"_s, now(), u"CompletionsReached"_s,
            u"Reached expected number of succeeded pods"_s);
    });
    event(u"Normal"_s, u"Completed"_s, u"Job completed"_s, kinds::jobs, ns, job, u"job-controller"_s);
}

void World::failJob(
    const QString &ns, const QString &job, const QString &pod, const QString &reason, const QString &message)
{
    if (!pod.isEmpty() && json::text(get(kinds::pods, ns, pod), u"status.phase") != "Failed"_L1)
        jobPodFailed(ns, job, pod, 1);
    edit(kinds::jobs, ns, job, [&](QJsonObject &changed) {
        json::unset(changed, u"status.active");
        json::setCondition(changed, u"FailureTarget"_s, u"True"_s, now(), reason, message);
        json::setCondition(changed, u"Failed"_s, u"True"_s, now(), reason, message);
    });
    event(u"Warning"_s, reason, message, kinds::jobs, ns, job, u"job-controller"_s);
}

void World::replacePod(const QString &ns, const QString &name, const QString &image, const QString &notOn)
{
    const QJsonObject pod = get(kinds::pods, ns, name);
    if (pod.isEmpty())
        return;
    const QJsonObject container = json::get(pod, u"spec.containers").toArray().at(0).toObject();
    PodSpec spec;
    spec.ns = ns;
    spec.generateName = name.left(name.lastIndexOf(u'-') + 1);
    spec.node = json::text(pod, u"spec.nodeName");
    if (!notOn.isEmpty() && m_nodes.size() > 1) {
        do
            spec.node = nodeInTurn();
        while (spec.node == notOn);
    }
    spec.container = container.value("name"_L1).toString();
    spec.image = image.isEmpty() ? container.value("image"_L1).toString() : image;
    spec.labels = json::get(pod, u"metadata.labels").toObject();
    spec.owner = json::get(pod, u"metadata.ownerReferences").toArray().at(0).toObject();
    drop(kinds::pods, ns, name);
    const QString fresh = makePod(spec);
    podRuns(ns, fresh);
    log(ns, fresh, u"time=\"%1\" level=info msg=\"Starting %2\""_s.arg(now(), spec.container));
}

} // namespace demo
