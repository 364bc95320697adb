// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logsources.h"

#include "ui/joblist.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <array>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
QString say(const char *text)
{
    return QCoreApplication::translate("ui::LogPane", text);
}

bool isSame(const upgrade::ObjectRef &a, const upgrade::ObjectRef &b)
{
    if (!a.uid.isEmpty() && !b.uid.isEmpty())
        return a.uid == b.uid;
    return a.name == b.name && a.ns == b.ns;
}
} // namespace

const QList<evidence::PodLogs> *keptPods(
    const evidence::KeptLogs &kept, const upgrade::ObjectRef &job, QList<evidence::PodLogs> &storage)
{
    for (const evidence::JobLogs &one : kept.jobs) {
        if (isSame(one.job.job, job))
            return &one.pods;
    }
    for (const evidence::PodLogs &pod : kept.pods) {
        if (pod.pod.name == job.name && pod.pod.ns == job.ns
            && (job.uid.isEmpty() || pod.pod.uid.isEmpty() || pod.pod.uid == job.uid)) {
            storage = {pod};
            return &storage;
        }
    }
    return nullptr;
}

QList<LogScope> logScopes(const QList<evidence::PodLogs> &pods)
{
    LogScope whole;
    QList<LogScope> scopes;
    for (const evidence::PodLogs &pod : pods) {
        LogScope one{.name = pod.pod.name, .sources = {}};
        QList<LogScope> containers;
        for (const evidence::ContainerLog &log : pod.containers) {
            if (log.path.isEmpty())
                continue;
            const QString name = pod.pod.name + u'/' + log.container;
            one.sources.append({log.path, name});
            containers.append({name, {{log.path, name}}});
        }
        if (one.sources.isEmpty())
            continue;
        whole.sources += one.sources;
        scopes.append(one);
        if (containers.size() > 1)
            scopes += containers;
    }
    if (whole.sources.isEmpty())
        return {};
    // One pod alone is the whole.
    if (pods.size() == 1 && !scopes.isEmpty())
        scopes.removeFirst();
    scopes.prepend(whole);
    return scopes;
}

QList<upgrade::JobRow> withKept(const QList<upgrade::JobRow> &live, const session::EvidenceState &evidence)
{
    QList<upgrade::JobRow> jobs = live;
    if (!evidence.logs)
        return jobs;
    QSet<QString> known;
    QSet<QString> pods;
    for (const upgrade::JobRow &job : live) {
        known.insert(JobModel::key(job));
        for (const auto &pod : job.pods)
            pods.insert(pod.ns + u'/' + pod.name);
    }
    for (const evidence::JobLogs &kept : evidence.logs->jobs) {
        if (!known.contains(JobModel::key(kept.job)))
            jobs.append(kept.job);
    }
    for (const evidence::PodLogs &pod : evidence.logs->pods) {
        if (pods.contains(pod.pod.ns + u'/' + pod.pod.name))
            continue;
        upgrade::JobRow row;
        row.job = {.kind = upgrade::Kind::Pod, .ns = pod.pod.ns, .name = pod.pod.name, .uid = pod.pod.uid};
        row.phase = upgrade::PhaseId::LogInfra;
        row.type = pod.pod.name;
        row.node = pod.node;
        row.pods = {pod.pod};
        jobs.append(row);
    }
    return jobs;
}

bool isPodOfNoJob(const upgrade::JobRow &row)
{
    return row.job.kind == upgrade::Kind::Pod && row.state == upgrade::State::Unknown;
}

KeepingText keepingText(const session::EvidenceState &evidence, const QList<evidence::PodLogs> &pods, bool following)
{
    using State = session::LogProgress::State;
    // The worst there is to say comes first.
    static constexpr std::array order{State::Blocked, State::Full, State::Failed, State::Reading, State::Following,
        State::Waiting, State::Gone, State::Ended};
    std::optional<session::LogProgress> told;
    const auto rank = [](State state) { return std::ranges::find(order, state) - order.begin(); };
    for (const evidence::PodLogs &pod : pods) {
        for (const evidence::ContainerLog &log : pod.containers) {
            for (const QString &uid : {pod.pod.uid, QString()}) {
                const auto at = evidence.progress.constFind({pod.pod.ns, pod.pod.name, uid, log.container});
                if (at != evidence.progress.cend() && (!told || rank(at->state) < rank(told->state)))
                    told = *at;
            }
        }
    }
    KeepingText text;
    if (evidence.role == evidence::Store::Role::Reader && !told) {
        text.text = say(QT_TRANSLATE_NOOP("ui::LogPane", "Kept by another window"));
        return text;
    }
    if (!told)
        return text;
    switch (told->state) {
    case State::Waiting:
        text.text = say(QT_TRANSLATE_NOOP("ui::LogPane", "Waits for its turn or for the container to start"));
        break;
    case State::Reading:
        text.text = say(QT_TRANSLATE_NOOP("ui::LogPane", "Being read"));
        break;
    case State::Following:
        text.text = following ? say(QT_TRANSLATE_NOOP("ui::LogPane", "Following"))
                              : say(QT_TRANSLATE_NOOP("ui::LogPane", "Live; the view stays where you are"));
        break;
    case State::Ended:
        text.text = say(QT_TRANSLATE_NOOP("ui::LogPane", "Ended"));
        break;
    case State::Gone:
        text.text = say(QT_TRANSLATE_NOOP("ui::LogPane", "The pod went before everything was read"));
        text.tone = Tone::Warning;
        break;
    case State::Failed:
        text.text = say(QT_TRANSLATE_NOOP("ui::LogPane", "Cannot be read"));
        text.tone = Tone::Warning;
        if (told->error) {
            const kube::ErrorText words = kube::describe(*told->error);
            text.text = words.headline;
            text.details = {words.cause, words.advice};
        }
        break;
    case State::Blocked:
        text.text = say(QT_TRANSLATE_NOOP("ui::LogPane",
            "The disk takes nothing at present; reading waits, and no line is lost while the pod has it"));
        if (evidence.error)
            text.details = {evidence.error->path, evidence.error->message};
        text.tone = Tone::Failed;
        break;
    case State::Full:
        text.text = say(QT_TRANSLATE_NOOP("ui::LogPane", "The limit for this log is reached; the rest is not kept"));
        text.tone = Tone::Warning;
        break;
    }
    return text;
}

} // namespace ui
