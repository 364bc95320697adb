// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upgrade/derivation.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgrade {

namespace {
constexpr qsizetype maxHistory = 20000;

void see(Observations &seen, const QString &node, const QString &state, const QDateTime &now, bool exact)
{
    Observations::NodeSeen &entry = seen.nodes[node];
    if (entry.since.isValid() && entry.state == state)
        return;
    for (auto it = seen.history.rbegin(); entry.since.isValid() && it != seen.history.rend(); ++it) {
        if (it->node == node && !it->to.isValid()) {
            it->to = now;
            break;
        }
    }
    entry.state = state;
    entry.since = now;
    entry.exact = exact;
    if (!state.isEmpty())
        seen.history.append({node, state, now, {}});
    if (seen.history.size() > maxHistory)
        seen.history.removeFirst();
}

} // namespace

Observations observe(const Snapshot &snapshot, const QDateTime &now)
{
    Observations seen = snapshot.seen;
    const Choice choice = chooseUpgrade(snapshot);
    const std::shared_ptr<const UpgradeObject> &up = choice.upgrade;
    const QString uid = up ? up->meta.uid : QString();
    const bool first = seen.upgradeUid != uid;
    if (first) {
        const QList<Observations::Span> blind = seen.blind;
        const QDateTime before = seen.last;
        seen = {};
        seen.upgradeUid = uid;
        seen.blind = blind;
        seen.last = before;
    }
    // What changed while we could not look changed at some time in between.
    const bool looked = seen.last.isValid() && std::ranges::none_of(seen.blind, [&](const Observations::Span &span) {
        return !span.to.isValid() || span.to >= seen.last;
    });
    // While kinds are still being read for the first time, what changes is what we know.
    const bool settled = seen.settled;
    seen.settled = std::ranges::none_of(snapshot.sources, [](const SourceState &source) {
        return source.state == SourceState::State::Loading;
    });
    seen.last = now;
    if (!up)
        return seen;

    for (auto it = up->nodes.begin(); it != up->nodes.end(); ++it)
        see(seen, it.key(), it->state, now, looked && !first); // at first sight nobody saw it change
    for (const auto &node : snapshot.nodes) {
        const auto found = seen.nodes.find(node->meta.name);
        if (found == seen.nodes.end())
            continue;
        if (!found->bootId.isEmpty() && !node->bootId.isEmpty() && found->bootId != node->bootId)
            found->rebooted = true;
        if (!node->bootId.isEmpty())
            found->bootId = node->bootId;
        const bool ready = node->conditions.isTrue(u"Ready"_s);
        if (ready)
            found->notReadySince = {};
        else if (!found->notReadySince.isValid())
            found->notReadySince = now;
    }
    const Derivation derivation(snapshot, now, choice);
    for (int i = 0; i < phaseCount; ++i) {
        const QByteArray signal = QCryptographicHash::hash(progressSignal(derivation, PhaseId(i)), QCryptographicHash::Sha1);
        Observations::PhaseSeen &phase = seen.phases[i];
        if (phase.signal == signal)
            continue;
        phase.exact = looked && settled && !phase.signal.isEmpty();
        phase.signal = signal;
        phase.since = now;
    }
    return seen;
}

} // namespace upgrade
