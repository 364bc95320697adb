// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the decision table is decided by, read from a snapshot in one pass each: signs of the node phase, touched
/// nodes, what would make a new upgrade be refused, and what is not known. Pure.
#pragma once

#include "restart/verdict.h"
#include "upgrade/derivation.h"

namespace restart {

/// A snapshot, the clock and the Upgrade in question (V2 in the words of V1).
struct Question {
    const upgrade::Snapshot &snapshot;
    const QDateTime now;
    const std::shared_ptr<const upgrade::UpgradeObject> up;
    const upgrade::Board::Engine engine;
    const upgrade::Place place;
    const upgrade::UpgradePlanObject *plan; ///< V2 only

    [[nodiscard]] upgrade::ObjectRef ref() const;
    [[nodiscard]] const upgrade::JobObject *manifestJob() const; ///< the newest of phase 3, or null
};
[[nodiscard]] Question makeQuestion(
    const upgrade::Snapshot &snapshot, const QDateTime &now, const upgrade::Choice &choice);

/// Signs that the node phase has begun or may begin without asking anybody (R9 to R12, R16): any of them forbids.
[[nodiscard]] QList<Reason> nodePhaseSigns(const Question &question);
/// Nodes that a drain, another release or a reboot has touched: any of them forbids. Read without an Upgrade too.
[[nodiscard]] QList<Reason> touchedNodes(const Question &question);
/// What the webhook would refuse a new upgrade for, as far as a snapshot shows it (R14, R15, A03, A13).
[[nodiscard]] QList<Reason> hindrances(const Question &question);
/// Sources that are not live, objects that are not there, states that contradict each other.
[[nodiscard]] QList<Missing> gaps(const Question &question);
/// The same for what is needed to know whether there is an upgrade at all.
[[nodiscard]] QList<Missing> upgradeGaps(const upgrade::Snapshot &snapshot);
/// Why a source is not there, in words of `missing`.
[[nodiscard]] upgrade::Message sourceGap(const QString &key, const upgrade::SourceState &state);

} // namespace restart
