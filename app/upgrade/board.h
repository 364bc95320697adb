// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The upgrade as a person should see it: one pure function from a Snapshot and a clock to a value with everything
/// header, stepper, node table, timeline and `gleaner status` show. No text of it is in a language: sentences are
/// Messages (code and arguments) which board text functions (boardtext.h) turn into words at the edge.
#pragma once

#include "upgrade/snapshot.h"

#include <chrono>

namespace upgrade {

enum class PhaseId { LogInfra = 0, Repository = 1, Preload = 2, SystemServices = 3, Nodes = 4, Cleanup = 5 };
inline constexpr int phaseCount = 6;

enum class State { Pending, Running, Succeeded, Failed, Paused, Stuck, Unknown };

/// Something a board can point at; opening it shows the object or its log.
struct ObjectRef {
    Kind kind = Kind::Upgrade;
    QString ns, name, uid;
    friend bool operator==(const ObjectRef &, const ObjectRef &) = default;
};

/// A sentence without a language. The codes and their arguments are listed in boardtext.h.
struct Message {
    QString code;      ///< "image-download", "waiting-volume" …: stable, part of the JSON
    QStringList args;  ///< names, numbers; never translated
    [[nodiscard]] bool isEmpty() const { return code.isEmpty(); }
    friend bool operator==(const Message &, const Message &) = default;
};

/// Where a statement comes from: an object's field, or a line of a Job's log.
struct Evidence {
    ObjectRef object;
    QString field;      ///< "status.robustness"; empty for a log line
    QString text;       ///< the value or the line, in the system's own words
    qint64 line = 0;    ///< 1-based line of the log; 0: not a log
    friend bool operator==(const Evidence &, const Evidence &) = default;
};

struct Phase {
    PhaseId id = PhaseId::LogInfra;
    State state = State::Pending;
    bool skipped = false;       ///< e.g. log step disabled: counts as succeeded
    double fraction = -1;       ///< 0..1; -1: not known
    QDateTime started, finished;///< invalid: not known
    bool afterFailure = false;  ///< cleanup of an upgrade that failed: it puts things back, the upgrade was no success
    Message activity;           ///< what happens in it now; of a failed one nothing does
    Message reached;            ///< how far it had come when it failed
    QString reason, message;    ///< in the system's words, when failed, skipped or degraded
    int attempt = 0;            ///< pods of the phase's Job, when more than one matters
    QList<ObjectRef> objects;   ///< behind it, most telling first
    friend bool operator==(const Phase &, const Phase &) = default;
};

enum class Tri { Unknown, No, Yes };

struct NodeRow {
    QString name;
    bool controlPlane = false, etcd = false, witness = false, managed = true;
    bool present = true;        ///< false: in nodeStatuses but no Node object
    State state = State::Pending;
    QString stateText;          ///< nodeStatuses state as the API writes it; "" when absent
    QString reason, message;
    QDateTime since;            ///< begin of this state; invalid: not known
    bool sinceExact = false;
    Tri preloaded = Tri::Unknown, preDrained = Tri::Unknown, runtimeUpgraded = Tri::Unknown,
        systemUpgraded = Tri::Unknown, back = Tri::Unknown; ///< the five pips
    QString kubeletVersion, kubeletTarget; ///< target "" when not known or equal
    QString osImage, osTarget;
    bool cordoned = false;
    bool ready = true;
    QDateTime notReadySince;
    int runningVms = -1;        ///< -1: not known (kind not readable)
    ObjectRef job;              ///< current or last Job; name "" when none
    State jobState = State::Unknown;
    Message waiting;            ///< what this node waits for
    bool paused = false;
    friend bool operator==(const NodeRow &, const NodeRow &) = default;
};

struct JobRow {
    ObjectRef job;              ///< uid empty when only the pod is left
    PhaseId phase = PhaseId::Nodes;
    QString node;               ///< "" when not of one node
    QString type;               ///< "prepare", "apply-manifests", "pre-drain" …
    State state = State::Unknown;
    QDateTime started, finished;
    QString reason, message;    ///< of the Failed condition
    struct PodRef { QString ns, name, uid; QStringList containers; QString phase; QDateTime created; friend bool operator==(const PodRef &, const PodRef &) = default; };
    QList<PodRef> pods;         ///< attempts, oldest first
    friend bool operator==(const JobRow &, const JobRow &) = default;
};

struct Waiting {
    Message what;
    QDateTime since;            ///< invalid: not known
    QString node;               ///< "" when it is not about one node
    PhaseId phase = PhaseId::LogInfra;
    bool stuck = false;         ///< past the threshold
    Evidence evidence;
    friend bool operator==(const Waiting &, const Waiting &) = default;
};

/// Why it failed, for a header: the sentence, and what in the cluster says so.
struct Failure {
    Message what;
    PhaseId phase = PhaseId::LogInfra;
    QString node;               ///< "" when it is not about one node
    QString reason, message;    ///< of the condition, in the system's words; either may be empty
    ObjectRef job;              ///< the Job that failed; name "" when none did, or when it is gone
    Evidence evidence;          ///< the line of that Job's log, else the condition
    friend bool operator==(const Failure &, const Failure &) = default;
};

/// How long still, and how we know. Absent when nothing is known.
struct Estimate {
    std::chrono::seconds remaining{0};
    Message basis;              ///< "from N finished nodes of this upgrade", "from typical durations"
    friend bool operator==(const Estimate &, const Estimate &) = default;
};

struct TimelineBar {
    QString lane;               ///< "phase:3" or "node:<name>"
    State state = State::Running;
    QString label;              ///< API state of a node; "" for a phase
    QDateTime from, to;         ///< to invalid: still going on
    enum class Shape { Bar, Reboot, Blind, FailureMark } shape = Shape::Bar;
    friend bool operator==(const TimelineBar &, const TimelineBar &) = default;
};

struct Board {
    enum class Presence {
        Loading,      ///< essential sources not read yet
        NotHarvester, ///< the cluster answers but has no Harvester API
        NoUpgrade,
        Upgrade,
    };
    enum class Engine { V1, V2 };
    Presence presence = Presence::Loading;
    Engine engine = Engine::V1;
    QString harvesterVersion;   ///< setting server-version
    QStringList offeredVersions;///< Version objects, for "no upgrade"
    ObjectRef upgrade;
    QString fromVersion, toVersion;
    State state = State::Unknown;
    bool stopping = false;      ///< deletionTimestamp is set
    bool cleaningUp = false;    ///< completed, phase 5 still runs
    bool singleNode = false;
    std::optional<PhaseId> currentPhase;
    std::optional<PhaseId> failedPhase;
    QString reason, message;    ///< of Completed (V2: or of Degraded), always shown together
    std::optional<Failure> failure; ///< when state is Failed
    QDateTime started, finished;
    double fraction = -1;       ///< of the whole
    std::optional<Estimate> estimate;
    std::optional<Waiting> waiting;
    QList<Phase> phases;        ///< six, in order, when presence is Upgrade
    QList<NodeRow> nodes;       ///< also without an upgrade
    QList<JobRow> jobs;
    QList<TimelineBar> timeline;
    QList<ObjectRef> otherUpgrades; ///< older ones, newest first
    QList<Message> notes;       ///< odd things: several latest upgrades, missing permissions, nonsense in a field
    QDateTime asOf;             ///< of the snapshot
    friend bool operator==(const Board &, const Board &) = default;
};

/// Pure: same snapshot and clock, same board. Rules and their sources: derivation files of this folder.
[[nodiscard]] Board deriveBoard(const Snapshot &snapshot, const QDateTime &now);

[[nodiscard]] QString phaseWord(PhaseId id); ///< "log-infra", "repository", "preload", "system-services", "nodes", "cleanup": for JSON
[[nodiscard]] QString stateWord(State state); ///< "pending", "running" …: for JSON

} // namespace upgrade

Q_DECLARE_METATYPE(upgrade::Board)
