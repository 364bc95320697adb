// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Bars over time: phases on top, one lane per node; where we could not see the cluster the bar is marked as not known.

#include "upgrade/derivation.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgrade {

namespace {

void add(QList<TimelineBar> &bars, const QString &lane, State state, const QString &label, const QDateTime &from,
    const QDateTime &to, TimelineBar::Shape shape = TimelineBar::Shape::Bar)
{
    if (!from.isValid() || (to.isValid() && to < from))
        return;
    TimelineBar bar;
    bar.lane = lane;
    bar.state = state;
    bar.label = label;
    bar.from = from;
    bar.to = to;
    bar.shape = shape;
    bars.append(bar);
}

using Spans = QList<const Observations::NodeSpan *>;

void addNode(const Derivation &d, const NodeRow &node, const Spans &seen, QList<TimelineBar> &bars)
{
    const QString lane = u"node:"_s + node.name;
    const auto jobBar = [&](const QString &type, const QString &label) -> const JobObject * {
        const JobObject *job = d.nodeJob(node.name, type);
        if (job && job->started.isValid()) {
            const State state = stateOfJob(*job);
            QDateTime end = job->completed;
            if (const auto failed = job->conditions.find(u"Failed"_s);
                !end.isValid() && failed && failed->status == "True"_L1)
                end = failed->transitioned;
            const bool current = job->meta.name == node.job.name && !end.isValid();
            add(bars, lane, current ? node.state : state, label, job->started, end);
            if (state == State::Failed)
                add(bars, lane, State::Failed, label, end.isValid() ? end : job->started, end,
                    TimelineBar::Shape::FailureMark);
        }
        return job;
    };
    jobBar(u"prepare"_s, u"Images preloading"_s);
    const JobObject *single = jobBar(u"single-node-upgrade"_s, u"Upgrading"_s);
    for (const Observations::NodeSpan *span : seen) {
        if (span->state == "Node-upgrade paused"_L1)
            add(bars, lane, State::Paused, span->state, span->from, span->to);
    }
    const JobObject *pre = jobBar(u"pre-drain"_s, u"Pre-draining"_s);
    const JobObject *post = d.nodeJob(node.name, u"post-drain"_s);
    if (pre && pre->completed.isValid())
        add(bars, lane, node.stateText == "Pre-drained"_L1 ? node.state : State::Succeeded, u"Pre-drained"_s,
            pre->completed, post && post->started.isValid() ? post->started : QDateTime());
    jobBar(u"post-drain"_s, u"Post-draining"_s);
    if (!post)
        post = single;
    if (post && post->completed.isValid()) {
        QDateTime up;
        for (const Observations::NodeSpan *span : seen) {
            if (span->state == "Succeeded"_L1)
                up = span->from;
        }
        // Found so when we came: it was back at some time before, which is no reason to draw it rebooting until now.
        if (node.stateText == "Succeeded"_L1 && !node.sinceExact)
            up = {};
        if (!up.isValid() && node.stateText == "Succeeded"_L1 && node.sinceExact && node.since > post->completed)
            up = node.since;
        const bool waits = node.stateText == "Waiting Reboot"_L1;
        if (waits || up.isValid())
            add(bars, lane, waits ? node.state : State::Succeeded, u"Waiting Reboot"_s, post->completed,
                waits ? QDateTime() : up, TimelineBar::Shape::Reboot);
    }
}

} // namespace

QList<TimelineBar> deriveTimeline(const Derivation &d, const Board &board)
{
    QList<TimelineBar> bars;
    for (const Phase &phase : board.phases) {
        const QString lane = u"phase:"_s + QString::number(int(phase.id));
        if (phase.state == State::Pending || !phase.started.isValid())
            continue;
        const bool open = phase.state == State::Running || phase.state == State::Stuck || phase.state == State::Paused;
        if (!open && !phase.finished.isValid())
            continue; // we know that it ended, not when
        add(bars, lane, phase.state, {}, phase.started, open ? QDateTime() : phase.finished);
        if (phase.state == State::Failed)
            add(bars, lane, State::Failed, {}, phase.finished, phase.finished, TimelineBar::Shape::FailureMark);
    }
    QHash<QString, Spans> seen;
    for (const Observations::NodeSpan &span : d.snapshot.seen.history)
        seen[span.node].append(&span);
    for (const NodeRow &node : board.nodes)
        addNode(d, node, seen.value(node.name), bars);
    for (const Observations::Span &span : d.snapshot.seen.blind)
        add(bars, u"*"_s, State::Unknown, {}, span.from, span.to, TimelineBar::Shape::Blind);
    return bars;
}

} // namespace upgrade
