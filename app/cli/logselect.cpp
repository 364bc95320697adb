// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/logselect.h"

#include "cli/console.h"
#include "session/collectplan.h"

#include <QCoreApplication>

#include <algorithm>

namespace cli {

using namespace Qt::StringLiterals;
using upgrade::PhaseId;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

/// Of pods that no Job made.
std::optional<PhaseId> phaseOfPod(const QString &pod)
{
    if (pod.contains("-upgradelog-"_L1))
        return PhaseId::LogInfra;
    if (pod.startsWith("importer-prime-"_L1) || pod.startsWith("upgrade-repo-"_L1)
        || pod.startsWith("virt-launcher-upgrade-repo-"_L1))
        return PhaseId::Repository;
    if (pod.startsWith("helm-operation-"_L1))
        return PhaseId::SystemServices;
    return std::nullopt;
}

void add(QList<LogSource> &sources, const evidence::PodLogs &pod, const upgrade::JobRow *job)
{
    for (const evidence::ContainerLog &log : pod.containers) {
        LogSource source;
        source.key = {pod.pod.ns, pod.pod.name, pod.pod.uid, log.container};
        source.path = log.path;
        source.node = pod.node;
        source.controller = pod.group == "controller"_L1;
        if (job) {
            source.job = job->job.name;
            source.phase = job->phase;
            if (source.node.isEmpty())
                source.node = job->node;
        } else if (!source.controller) {
            source.phase = phaseOfPod(pod.pod.name);
        }
        source.written = !log.path.isEmpty();
        sources.append(source);
    }
}

bool sameLog(const evidence::LogKey &a, const evidence::LogKey &b)
{
    return a.ns == b.ns && a.pod == b.pod && a.container == b.container
        && (a.podUid.isEmpty() || b.podUid.isEmpty() || a.podUid == b.podUid);
}

/// "NAME" or "NAMESPACE/NAME".
bool isNamed(const QString &asked, const QString &ns, const QString &name)
{
    return asked == name || asked == ns + u'/' + name;
}

bool isAskedFor(const LogSource &source, const Arguments &a)
{
    if (!a.job.isEmpty() && (source.job.isEmpty() || !isNamed(a.job, source.key.ns, source.job)))
        return false;
    if (!a.pod.isEmpty() && !isNamed(a.pod, source.key.ns, source.key.pod))
        return false;
    if (a.phase && source.phase != a.phase)
        return false;
    if (!a.node.isEmpty() && source.node != a.node)
        return false;
    return !source.controller || !a.pod.isEmpty();
}

QString listed(QStringList names)
{
    names.removeDuplicates();
    names.removeAll(QString());
    return names.isEmpty() ? tr("none") : plain(names.join(u", "_s));
}

} // namespace

std::optional<PhaseId> phaseOfWord(const QString &word)
{
    for (int i = 0; i < upgrade::phaseCount; ++i) {
        if (upgrade::phaseWord(PhaseId(i)) == word)
            return PhaseId(i);
    }
    return std::nullopt;
}

QList<LogSource> keptSources(const evidence::KeptLogs &logs)
{
    QList<LogSource> sources;
    for (const evidence::JobLogs &job : logs.jobs) {
        for (const evidence::PodLogs &pod : job.pods)
            add(sources, pod, &job.job);
    }
    for (const evidence::PodLogs &pod : logs.pods)
        add(sources, pod, nullptr);
    return sources;
}

QList<LogSource> liveSources(const session::ClusterState &state)
{
    QList<LogSource> sources = state.evidence.logs ? keptSources(*state.evidence.logs) : QList<LogSource>();
    if (!state.snapshot)
        return sources;
    using Rank = session::CollectTarget::Rank;
    for (const auto &target : session::collectTargets(*state.snapshot, state.board, {}, {})) {
        const evidence::LogKey key{target.ns, target.pod, target.key.podUid, target.key.container};
        auto known = std::ranges::find_if(sources, [&](const LogSource &one) { return sameLog(one.key, key); });
        if (known == sources.end()) {
            LogSource source;
            source.written = false;
            source.job = target.job;
            source.controller = target.rank == Rank::Surrounding;
            const auto row = std::ranges::find_if(state.board.jobs, [&](const upgrade::JobRow &job) {
                return !target.job.isEmpty() && job.job.name == target.job && job.job.ns == target.ns;
            });
            if (row != state.board.jobs.end())
                source.phase = row->phase;
            else if (!source.controller)
                source.phase = phaseOfPod(target.pod);
            sources.append(source);
            known = sources.end() - 1;
        }
        known->key = key;
        known->node = target.node.isEmpty() ? known->node : target.node;
        known->live = true;
        known->written = known->written || target.started;
    }
    return sources;
}

QList<LogSource> chosen(const QList<LogSource> &sources, const Arguments &arguments)
{
    QList<LogSource> result;
    for (const LogSource &source : sources) {
        if (isAskedFor(source, arguments)
            && (arguments.container.isEmpty() || source.key.container == arguments.container))
            result.append(source);
    }
    return result;
}

QString notThere(
    const QList<LogSource> &sources, const QStringList &nodes, const QStringList &jobs, const Arguments &arguments)
{
    QList<LogSource> asked;
    QStringList pods;
    for (const LogSource &source : sources) {
        if (isAskedFor(source, arguments))
            asked.append(source);
        pods.append(source.key.pod);
    }
    const auto isJob
        = [&](const QString &job) { return arguments.job == job || arguments.job == job.section(u'/', 1); };
    if (!arguments.job.isEmpty() && asked.isEmpty() && std::ranges::none_of(jobs, isJob)) {
        QStringList names;
        for (const QString &job : jobs)
            names.append(job.section(u'/', 1));
        return tr("There is no Job \"%1\" in this upgrade. Its Jobs: %2").arg(plain(arguments.job), listed(names));
    }
    if (!arguments.pod.isEmpty() && asked.isEmpty())
        return tr("There is no pod \"%1\" whose log is kept. There are: %2").arg(plain(arguments.pod), listed(pods));
    if (!arguments.node.isEmpty() && asked.isEmpty() && !nodes.contains(arguments.node))
        return tr("There is no node \"%1\". Nodes: %2").arg(plain(arguments.node), listed(nodes));
    const auto isContainer = [&](const LogSource &one) { return one.key.container == arguments.container; };
    if (!arguments.container.isEmpty() && !asked.isEmpty() && std::ranges::none_of(asked, isContainer)) {
        QStringList names;
        for (const LogSource &one : std::as_const(asked))
            names.append(one.key.container);
        return tr("There is no container \"%1\" here. Containers: %2").arg(plain(arguments.container), listed(names));
    }
    return {};
}

} // namespace cli
