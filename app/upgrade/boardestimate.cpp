// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// How long still. From this upgrade's own finished nodes where there are any; before that from what is typical, and said so;
// nothing while it stands still.

#include "upgrade/derivation.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upgrade {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

/// Middle of the documented ranges; phases 2 and 4 are per node.
constexpr std::array typical{minutes(2), minutes(25), minutes(10), minutes(35), minutes(40), minutes(5)};

seconds rest(minutes whole, double fraction)
{
    return seconds(qint64(double(seconds(whole).count()) * (1 - std::clamp(fraction, 0.0, 1.0))));
}

/// How long the nodes that are done took, from the start of their first Job of phase 4 to the end.
QList<seconds> finishedNodes(const Derivation &d, const QList<NodeRow> &nodes)
{
    QList<seconds> took;
    for (const NodeRow &node : nodes) {
        if (node.stateText != "Succeeded"_L1)
            continue;
        const JobObject *pre = d.nodeJob(node.name, u"pre-drain"_s);
        const JobObject *post = d.nodeJob(node.name, u"post-drain"_s);
        QDateTime end = node.since.isValid() && node.sinceExact ? node.since : post ? post->completed : QDateTime();
        if (pre && pre->started.isValid() && end.isValid() && end > pre->started)
            took.append(seconds(pre->started.secsTo(end)));
    }
    return took;
}

/// Whether the speed so far says nothing of what is left: it waits for one and the same thing for long, or it downloads and
/// nothing tells when that last went on.
bool unforeseeable(const Derivation &d, const Board &board, const Phase &current)
{
    constexpr qint64 longWait = 15 * 60;
    if (board.waiting && board.waiting->since.isValid() && board.waiting->since.secsTo(d.known) > longWait)
        return true;
    const ImageObject *image = imageOf(d);
    if (current.id != PhaseId::Repository || d.status("ImageReady") == "True"_L1 || !image || image->progress <= 0)
        return false;
    const auto seen = d.snapshot.seen.phases.constFind(int(current.id));
    QDateTime moved = imageChanged(*image);
    if (seen != d.snapshot.seen.phases.constEnd() && seen->exact)
        moved = moved.isValid() ? std::max(moved, seen->since) : seen->since;
    if (!moved.isValid())
        return true;
    // A percent may take its time on a slow line: as long as three of them have taken so far is no pause yet.
    const qint64 perPercent = image->meta.created.secsTo(moved) / image->progress;
    return moved.secsTo(d.known) > std::max<qint64>(120, 3 * perPercent);
}

} // namespace

std::optional<Estimate> deriveEstimate(const Derivation &d, const Board &board)
{
    if (board.state != State::Running || board.stopping || !board.currentPhase || d.place.outcome != Place::Outcome::Running)
        return std::nullopt;
    if (board.nodes.isEmpty())
        return std::nullopt; // how many nodes: not known
    const int now = int(*board.currentPhase);
    if (unforeseeable(d, board, board.phases.at(now)))
        return std::nullopt;
    const auto counted = std::max<qsizetype>(1, std::ranges::count_if(board.nodes, [](const NodeRow &n) { return n.managed; }));
    const auto typicalOf = [&](int phase) {
        const bool perNode = phase == int(PhaseId::Preload) || phase == int(PhaseId::Nodes);
        return perNode ? minutes(typical.at(size_t(phase)).count() * counted) : typical.at(size_t(phase));
    };
    if (PhaseId(now) == PhaseId::Nodes) {
        const QList<seconds> took = finishedNodes(d, board.nodes);
        if (!took.isEmpty()) {
            qint64 sum = 0;
            for (seconds one : took)
                sum += one.count();
            const double perNode = double(sum) / double(took.size());
            const double left = (1 - std::clamp(board.phases.at(now).fraction, 0.0, 1.0)) * double(d.up->nodes.size());
            return Estimate{seconds(qint64(perNode * left)) + seconds(typical.back()), {u"from-nodes"_s, {QString::number(took.size())}}};
        }
    }
    // The speed of the running phase, once it has gone far enough to tell.
    const Phase &current = board.phases.at(now);
    const qint64 ran = current.started.isValid() ? current.started.secsTo(d.known) : 0;
    constexpr double enough = 0.15;
    const bool measured = current.fraction >= enough && ran >= 60;
    seconds left = measured ? seconds(qint64(double(ran) * (1 - current.fraction) / current.fraction))
                            : rest(typicalOf(now), std::max(0.0, current.fraction));
    for (int later = now + 1; later < phaseCount; ++later)
        left += typicalOf(later);
    return Estimate{left, {measured ? u"from-rate"_s : u"typical"_s, {QString::number(counted)}}};
}

} // namespace upgrade
