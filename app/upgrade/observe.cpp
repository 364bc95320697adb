// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upgrade/derivation.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace upgrade {

namespace {
constexpr qsizetype maxHistory = 20000;

void see(Observations &seen, const QString &node, const QString &state, const QDateTime &now, bool first)
{
    Observations::NodeSeen &entry = seen.nodes[node];
    const bool fresh = !entry.since.isValid();
    if (!fresh && entry.state == state)
        return;
    for (auto it = seen.history.rbegin(); it != seen.history.rend(); ++it) {
        if (it->node == node && !it->to.isValid()) {
            it->to = now;
            break;
        }
    }
    entry.state = state;
    entry.since = now;
    entry.exact = !first && !fresh;
    if (!state.isEmpty())
        seen.history.append({node, state, now, {}});
    if (seen.history.size() > maxHistory)
        seen.history.removeFirst();
}

} // namespace

Observations observe(const Snapshot &snapshot, const QDateTime &now)
{
    Observations seen = snapshot.seen;
    std::shared_ptr<const UpgradeObject> up = currentUpgrade(snapshot);
    if (!up && !snapshot.upgradePlans.isEmpty())
        up = std::make_shared<const UpgradeObject>(fromPlan(*snapshot.upgradePlans.last()));
    const QString uid = up ? up->meta.uid : QString();
    const bool first = seen.upgradeUid != uid;
    if (first) {
        const QList<Observations::Span> blind = uid.isEmpty() ? seen.blind : QList<Observations::Span>();
        seen = {};
        seen.upgradeUid = uid;
        seen.blind = blind;
    }
    if (!up)
        return seen;

    for (auto it = up->nodes.begin(); it != up->nodes.end(); ++it)
        see(seen, it.key(), it->state, now, first);
    for (const auto &node : snapshot.nodes) {
        const auto found = seen.nodes.find(node->meta.name);
        if (found == seen.nodes.end())
            continue;
        if (!found->bootId.isEmpty() && !node->bootId.isEmpty() && found->bootId != node->bootId)
            found->rebooted = true;
        if (!node->bootId.isEmpty())
            found->bootId = node->bootId;
    }
    const Derivation derivation(snapshot, now, up);
    for (int i = 0; i < phaseCount; ++i) {
        const QByteArray signal = QCryptographicHash::hash(progressSignal(derivation, PhaseId(i)), QCryptographicHash::Sha1);
        Observations::PhaseSeen &phase = seen.phases[i];
        if (phase.signal == signal)
            continue;
        phase.exact = !first && !phase.signal.isEmpty();
        phase.signal = signal;
        phase.since = now;
    }
    return seen;
}

} // namespace upgrade
