// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// May this upgrade be stopped and started again? The decision table R1 to R16 as one pure function of a snapshot and a
/// clock. Sources: Harvester's documentation (upgrade/troubleshooting, by release), its admission webhook and its
/// upgrade controller. There is no rollback: "restart" is: delete the Upgrade, create one for the same version.
///
/// What is not known is never safe: a source that is not live, an object that should be there and is not, or states
/// that contradict each other lead to Wait with `missing` saying what. A node that was touched by the node phase, or a
/// sign that the node phase has begun, outranks everything but a deletion under way.
#pragma once

#include "upgrade/board.h"

namespace restart {

/// From harmless to grave in effect, not in order of the rules.
enum class Code {
    Nothing,         ///< no upgrade to restart
    Wait,            ///< not now: the cluster is busy with it, or not enough is known
    Safe,            ///< may be stopped and started again
    SafeAfterBundle, ///< only after diagnostics were collected: deleting destroys the evidence
    PreferToFix,     ///< still retrying by itself: fix the cause in place
    FixFirst,        ///< a new upgrade would be refused
    Forbidden,       ///< the node phase: deleting breaks clusters
};

/// One row of the table that applies, the fact that makes it apply, and the object the fact was read from.
struct Reason {
    QString rule;          ///< "R1" … "R16", "A03" … (a check of the create webhook), "" for what is not known
    upgrade::Message fact; ///< codes: verdicttext.h
    upgrade::ObjectRef object;
    friend bool operator==(const Reason &, const Reason &) = default;
};

struct Missing {
    upgrade::Message what;     ///< codes: verdicttext.h
    upgrade::ObjectRef object; ///< name "" when it is not about one object
    friend bool operator==(const Missing &, const Missing &) = default;
};

struct Verdict {
    Code code = Code::Wait;
    upgrade::ObjectRef upgrade; ///< name "" when there is none
    QString resourceVersion;    ///< of the Upgrade that was judged
    upgrade::Board::Engine engine = upgrade::Board::Engine::V1;
    std::optional<upgrade::PhaseId> phase; ///< where it is, or where it failed
    bool failed = false;
    QList<Reason> reasons;           ///< the deciding ones first
    QList<upgrade::Message> instead; ///< what to do, or to do instead; most important first
    QList<Missing> missing;          ///< what could not be known
    QDateTime asOf;                  ///< of the snapshot

    /// The table lets a person restart it: now, or with a bundle.
    [[nodiscard]] bool allowsRestart() const { return code == Code::Safe || code == Code::SafeAfterBundle; }
    friend bool operator==(const Verdict &, const Verdict &) = default;
};

[[nodiscard]] Verdict judge(const upgrade::Snapshot &snapshot, const QDateTime &now);

/// "nothing", "wait", "safe", "safe-after-bundle", "prefer-to-fix", "fix-first", "forbidden": for JSON and scripts.
[[nodiscard]] QString codeWord(Code code);

} // namespace restart

Q_DECLARE_METATYPE(restart::Verdict)
