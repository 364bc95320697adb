// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/bundlefacts.h"

#include "logs/stamp.h"
#include "session/sources.h"

#include <QTimeZone>

namespace session {

using namespace Qt::StringLiterals;

namespace {

/// A longer line is looked at in its beginning.
constexpr qsizetype longestLine = 64 * 1024;

void readLog(const evidence::Bundle &bundle, const evidence::BundleLog &log, const std::atomic<bool> *stop,
    const std::function<bool(const diagnosis::LogLine &)> &take)
{
    const auto device = bundle.openLog(log);
    if (!device)
        return;
    evidence::LineReader lines(**device, longestLine);
    while (lines.next()) {
        if (stop && stop->load(std::memory_order_relaxed))
            return;
        diagnosis::LogLine line{lines.number(), {}, lines.line()};
        if (const qsizetype stamp = logs::stampLength(line.text); stamp > 0) {
            if (const auto time = logs::stampTime(line.text))
                line.time = QDateTime::fromMSecsSinceEpoch(*time / 1000000, QTimeZone::UTC);
            line.text = line.text.sliced(stamp);
        }
        if (!take(line))
            return;
    }
}

QString writerOf(const evidence::BundleLog &log, evidence::BundleShape shape)
{
    using Origin = evidence::BundleLog::Origin;
    if (log.origin == Origin::Node)
        return diagnosis::writer::node;
    if (log.origin == Origin::Pasted)
        return diagnosis::writer::pasted;
    if (log.origin == Origin::Container)
        return diagnosis::writerOf(log.ns, log.pod, log.container, log.labels);
    // A file somebody saved is called as they liked; often it has the pod's name.
    const QString file = log.name.section(u'/', -1).section(u'.', 0, 0);
    const QString writer = diagnosis::writerOf({}, file, file, {});
    if (!writer.isEmpty())
        return writer;
    const bool own = shape == evidence::BundleShape::Folder || shape == evidence::BundleShape::Text;
    return own ? diagnosis::writer::pasted : diagnosis::writer::unknown;
}

} // namespace

diagnosis::Facts factsOf(const evidence::Bundle &bundle, const std::atomic<bool> *stop)
{
    diagnosis::Facts facts;
    facts.now = bundle.asOf();
    if (bundle.hasBoard()) {
        facts.board = upgrade::deriveBoard(bundle.snapshot(), bundle.asOf());
        facts.fromVersion = facts.board->fromVersion;
        facts.toVersion = facts.board->toVersion;
    }
    if (facts.fromVersion.isEmpty())
        facts.fromVersion = bundle.cluster().harvesterVersion;
    for (const upgrade::WatchTarget &target : upgrade::watchTargets()) {
        if (!target.labelSelector.isEmpty() || !target.fieldSelector.isEmpty())
            continue;
        // What makes a board possible may still be one object of many.
        const bool whole = bundle.shape() == evidence::BundleShape::SupportBundle
            || bundle.shape() == evidence::BundleShape::GleanerBundle;
        if (whole && bundle.snapshot().sources.value(sourceKey(target)).state == upgrade::SourceState::State::Live)
            facts.objects.setKnown(target.resource.group, target.resource.kind);
    }
    for (auto it = bundle.objects().begin(); it != bundle.objects().end(); ++it) {
        const QString group = it.key().section(u'/', 0, -2), kind = it.key().section(u'/', -1);
        for (const kube::ObjectPtr &object : *it)
            facts.objects.add(group, kind, object->json);
    }
    // What a Job that has succeeded once waited for is not what is wrong now.
    QSet<kube::ObjectKey> done;
    if (facts.board) {
        for (const upgrade::JobRow &job : facts.board->jobs) {
            for (const auto &pod : job.pods) {
                if (job.state == upgrade::State::Succeeded)
                    done.insert({pod.ns, pod.name});
            }
        }
    }
    for (const evidence::BundleLog &log : bundle.logs()) {
        if (!log.pod.isEmpty() && done.contains({log.ns, log.pod}))
            continue;
        diagnosis::LogSource source;
        source.name = log.name;
        source.writer = writerOf(log, bundle.shape());
        source.ns = log.ns;
        source.pod = log.pod;
        source.container = log.container;
        source.node = log.node;
        source.read = [bundle, log, stop](const std::function<bool(const diagnosis::LogLine &)> &take) {
            readLog(bundle, log, stop, take);
        };
        facts.logs.append(source);
    }
    return facts;
}

ClusterState stateOf(const evidence::Bundle &bundle)
{
    ClusterState state;
    auto snapshot = std::make_shared<upgrade::Snapshot>(bundle.snapshot());
    state.context = bundle.cluster().name.isEmpty() ? bundle.name() : bundle.cluster().name;
    if (bundle.hasBoard())
        state.board = upgrade::deriveBoard(*snapshot, bundle.asOf());
    else
        state.board.presence = upgrade::Board::Presence::NoUpgrade;
    state.board.asOf = bundle.asOf();
    for (auto it = snapshot->sources.begin(); it != snapshot->sources.end(); ++it) {
        if (it->state == upgrade::SourceState::State::Denied)
            state.denied.append(it.key().section(u'/', 0, 0));
    }
    state.denied.removeDuplicates();
    state.snapshot = std::move(snapshot);
    state.settled = state.logsSettled = true;
    state.pastMoment = bundle.asOf();
    state.connection.serverVersion = bundle.cluster().kubernetesVersion;
    return state;
}

} // namespace session
