// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The node table. States are those of the Upgrade's nodeStatuses; times come from the Jobs that make the transitions,
// and from what was observed where no object keeps a time.

#include "upgrade/derivation.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgrade {

namespace {

constexpr std::chrono::minutes noLimit{0};

/// How long a node may be in a state before it counts as stuck.
std::chrono::minutes limitOf(const QString &state, bool otherActive)
{
    using std::chrono::minutes;
    if (state == "Images preloading"_L1)
        return minutes(60);
    if (state == "Images preloaded"_L1)
        return otherActive ? noLimit : minutes(15);
    if (state == "Pre-draining"_L1)
        return minutes(60);
    if (state == "Upgrading"_L1)
        return minutes(60);
    if (state == "Pre-drained"_L1)
        return minutes(30);
    if (state == "Post-draining"_L1)
        return minutes(45);
    if (state == "Waiting Reboot"_L1)
        return minutes(20);
    return noLimit;
}
constexpr std::chrono::minutes notReadyLimit{15};
constexpr std::chrono::minutes jobLostLimit{30}; ///< the system-upgrade-controller has lost it

State stateOf(const QString &text)
{
    if (text.isEmpty() || text == "Images preloaded"_L1)
        return State::Pending;
    if (text == "Node-upgrade paused"_L1)
        return State::Paused;
    if (text == "Succeeded"_L1)
        return State::Succeeded;
    if (text == "Failed"_L1)
        return State::Failed;
    static const QStringList running{u"Images preloading"_s, u"Pre-draining"_s, u"Pre-drained"_s, u"Post-draining"_s,
        u"Waiting Reboot"_s, u"Upgrading"_s};
    return running.contains(text) ? State::Running : State::Unknown;
}

Tri tri(bool yes)
{
    return yes ? Tri::Yes : Tri::No;
}

/// The Job whose work the state is, or was last.
const JobObject *jobFor(const Derivation &d, const QString &node, const QString &state)
{
    const auto of = [&](QLatin1StringView type) { return d.nodeJob(node, type); };
    const JobObject *prepare = of("prepare"_L1) ? of("prepare"_L1) : of("image-preload"_L1);
    const JobObject *single = of("single-node-upgrade"_L1);
    if (single)
        return single;
    if (state == "Images preloading"_L1 || state == "Images preloaded"_L1 || state == "Node-upgrade paused"_L1)
        return prepare;
    if (state == "Pre-draining"_L1 || state == "Pre-drained"_L1)
        return of("pre-drain"_L1);
    if (state == "Post-draining"_L1 || state == "Waiting Reboot"_L1 || state == "Succeeded"_L1)
        return of("post-drain"_L1);
    if (state == "Failed"_L1) {
        for (const auto type : {"post-drain"_L1, "pre-drain"_L1}) {
            if (const JobObject *job = of(type))
                return job;
        }
    }
    return prepare;
}

/// When the state began, by the Job that made it; invalid when no Job tells.
QDateTime beginByJob(const QString &state, const JobObject *job)
{
    if (!job)
        return {};
    if (state == "Images preloading"_L1 || state == "Pre-draining"_L1 || state == "Post-draining"_L1)
        return job->started;
    if (state == "Images preloaded"_L1)
        return job->completed.isValid() ? job->completed : job->started;
    if (state == "Pre-drained"_L1 || state == "Waiting Reboot"_L1)
        return job->completed;
    if (state == "Failed"_L1) {
        const auto failed = job->conditions.find(u"Failed"_s);
        return failed ? failed->transitioned : QDateTime();
    }
    return {};
}

void readNode(NodeRow &row, const NodeObject &node)
{
    row.controlPlane = node.controlPlane;
    row.etcd = node.etcd;
    row.witness = node.witness;
    row.managed = node.managed;
    row.kubeletVersion = node.kubeletVersion;
    row.osImage = node.osImage;
    row.cordoned = node.unschedulable;
    const auto ready = node.conditions.find(u"Ready"_s);
    row.ready = ready && ready->status == "True"_L1;
    if (!row.ready)
        row.notReadySince = ready ? ready->transitioned : QDateTime();
}

void readPips(const Derivation &d, NodeRow &row, const NodeObject *node)
{
    const QString &state = row.stateText;
    const bool past = activeInPhase4(state) || state == "Succeeded"_L1;
    const PlanObject *prepare = d.preloadPlan();
    const bool byLabel = node && ranOn(prepare, *node);
    const bool begun = d.place.phase >= PhaseId::Preload || d.place.outcome == Place::Outcome::Succeeded;
    if (begun) {
        row.preloaded = tri(past || byLabel || state == "Images preloaded"_L1 || state == "Node-upgrade paused"_L1
            || d.status("NodesPrepared") == "True"_L1);
        const JobObject *preDrain = d.nodeJob(row.name, u"pre-drain"_s);
        row.preDrained = tri(state == "Pre-drained"_L1 || state == "Post-draining"_L1 || state == "Waiting Reboot"_L1
            || state == "Succeeded"_L1 || (preDrain && stateOfJob(*preDrain) == State::Succeeded));
        row.back = tri(state == "Succeeded"_L1 && row.ready && !row.cordoned);
    }
    const RepoInfo &target = d.up->repoInfo;
    if (node && !target.kubernetes.isEmpty())
        row.runtimeUpgraded = tri(withoutRc(node->kubeletVersion) == withoutRc(target.kubernetes));
    if (node && !target.os.isEmpty())
        row.systemUpgraded = tri(node->osImage == target.os);
    if (!target.kubernetes.isEmpty() && withoutRc(row.kubeletVersion) != withoutRc(target.kubernetes))
        row.kubeletTarget = withoutRc(target.kubernetes);
    if (!target.os.isEmpty() && row.osImage != target.os)
        row.osTarget = target.os;
}

/// About when a node came back: it became Ready after its last Job was done. Nothing keeps the exact time.
QDateTime backSince(const Derivation &d, const QString &name)
{
    const JobObject *last = d.nodeJob(name, u"post-drain"_s);
    if (!last)
        last = d.nodeJob(name, u"single-node-upgrade"_s);
    const auto node = d.snapshot.nodes.value({QString(), name});
    const auto ready = node ? node->conditions.find(u"Ready"_s) : std::nullopt;
    const bool after = last && ready && ready->status == "True"_L1 && ready->transitioned > last->completed;
    return after ? ready->transitioned : last ? last->completed : QDateTime();
}

void readTimes(const Derivation &d, NodeRow &row, const JobObject *job)
{
    row.since = beginByJob(row.stateText, job);
    row.sinceExact = row.since.isValid();
    if (!row.since.isValid() && row.stateText == "Succeeded"_L1)
        row.since = backSince(d, row.name);
    const auto seen = d.snapshot.seen.nodes.constFind(row.name);
    if (seen == d.snapshot.seen.nodes.constEnd() || seen->state != row.stateText)
        return;
    if (!row.since.isValid() || (seen->exact && (!row.sinceExact || seen->since > row.since))) {
        row.since = seen->since;
        row.sinceExact = seen->exact;
    }
}

/// `single`: the running Job that does everything on a single node, which keeps "Images preloaded" meanwhile; or null.
void judge(const Derivation &d, NodeRow &row, bool otherActive, const JobObject *single)
{
    const bool nodePhase = d.place.outcome == Place::Outcome::Running
        && (d.place.phase == PhaseId::Nodes || d.place.phase == PhaseId::Preload);
    if (!nodePhase)
        return;
    const bool longNotReady = !row.ready && row.notReadySince.isValid()
        && std::chrono::seconds(row.notReadySince.secsTo(d.known)) > notReadyLimit;
    const bool waitsForTurn = row.stateText == "Images preloaded"_L1;
    auto limit = waitsForTurn && d.place.phase != PhaseId::Nodes ? noLimit : limitOf(row.stateText, otherActive);
    if (row.stateText == "Images preloading"_L1 && !d.nodeJob(row.name, u"prepare"_s))
        limit = jobLostLimit;
    if (single)
        limit = limitOf(u"Upgrading"_s, false);
    // Pre-drain never fails, it tries again every ten minutes: that is as good as stuck.
    const JobObject *drain = row.stateText == "Pre-draining"_L1 ? d.nodeJob(row.name, u"pre-drain"_s) : nullptr;
    if (const LogDigest *log = d.log(drain); log && log->retries > 0)
        limit = std::chrono::minutes(0), row.state = State::Stuck;
    // Waiting for one's turn counts from the time anybody was last at work, which the end of preloading is not.
    QDateTime since = row.since;
    if (single) {
        since = single->started;
        if (const LogDigest *log = d.log(single))
            since = std::max(since, log->waitingSince.isValid() ? log->waitingSince : log->lastTime);
    } else if (waitsForTurn) {
        since = std::max(since, conditionTime(*d.up, "SystemServicesUpgraded"));
        since = std::max(since, d.lastJobTime);
    }
    // What a preloading Job writes shows progress, unless it only says the same again.
    if (const LogDigest *log = row.stateText == "Images preloading"_L1 ? d.log(d.nodeJob(row.name, u"prepare"_s)) : nullptr)
        since = std::max(since, log->waitingSince.isValid() ? log->waitingSince : log->lastTime);
    // The only node's Job does all of phase 4 in one state: what it waits for must not take longer than after a drain.
    if (const LogDigest *log = single ? d.log(single) : nullptr; log && log->waitingSince.isValid())
        limit = limitOf(u"Post-draining"_s, false);
    const bool overdue = limit > noLimit && since.isValid() && std::chrono::seconds(since.secsTo(d.known)) > limit;
    const bool mayBeLate = row.state == State::Pending || row.state == State::Running || row.state == State::Unknown;
    if ((row.state != State::Failed && !row.stateText.isEmpty() && longNotReady) || (mayBeLate && overdue))
        row.state = State::Stuck;
}

} // namespace

QList<NodeRow> plainNodes(const Snapshot &snapshot)
{
    QHash<QString, int> vms;
    for (const auto &vmi : snapshot.vmis) {
        if (isOnNode(*vmi))
            ++vms[vmi->node];
    }
    QList<NodeRow> rows;
    for (const auto &node : snapshot.nodes) {
        NodeRow row;
        row.name = node->meta.name;
        readNode(row, *node);
        row.state = State::Unknown;
        if (!snapshot.vmis.isEmpty())
            row.runningVms = vms.value(row.name);
        rows.append(row);
    }
    return rows;
}

QList<NodeRow> deriveNodes(const Derivation &d)
{
    QList<NodeRow> rows;
    QHash<QString, const NodeObject *> present;
    for (const auto &node : d.snapshot.nodes)
        present.insert(node->meta.name, node.get());
    QStringList names = present.keys();
    for (auto it = d.up->nodes.begin(); it != d.up->nodes.end(); ++it) {
        if (!present.contains(it.key()))
            names.append(it.key());
    }
    std::ranges::sort(names);
    // A paused node holds up the others too: theirs is not the turn that does not come.
    int active = 0;
    const auto holdsUp
        = [](const QString &state) { return activeInPhase4(state) || state == "Node-upgrade paused"_L1; };
    for (const NodeStatus &status : d.up->nodes)
        active += holdsUp(status.state) ? 1 : 0;

    rows.reserve(names.size());
    for (const QString &name : std::as_const(names)) {
        NodeRow row;
        row.name = name;
        const NodeObject *node = present.value(name);
        row.present = node != nullptr;
        if (node)
            readNode(row, *node);
        const NodeStatus status = d.up->nodes.value(name);
        row.stateText = status.state;
        row.reason = status.reason;
        row.message = status.message;
        row.state = stateOf(status.state);
        row.paused = status.state == "Node-upgrade paused"_L1;
        if (d.vmsKnown)
            row.runningVms = d.vmsOfNode.value(name);
        const JobObject *job = jobFor(d, name, status.state);
        if (job) {
            row.job = refTo(Kind::Job, job->meta);
            row.jobState = stateOfJob(*job);
        }
        // A node that joined later takes no part; in an upgrade that failed early it only was not reached.
        const bool reached = d.place.phase > PhaseId::Preload || d.place.outcome == Place::Outcome::Succeeded;
        if (status.state.isEmpty() && (reached || !row.managed))
            row.state = State::Unknown;
        // A single node keeps "Images preloaded" while its one Job does everything.
        const JobObject *single = d.nodeJob(name, u"single-node-upgrade"_s);
        const bool singleRuns = single && stateOfJob(*single) == State::Running;
        if (singleRuns && row.state == State::Pending)
            row.state = State::Running;
        readPips(d, row, node);
        readTimes(d, row, job);
        if (singleRuns && row.stateText == "Images preloaded"_L1) {
            row.since = single->started;
            row.sinceExact = true;
        }
        judge(d, row, active - (holdsUp(row.stateText) ? 1 : 0) > 0, singleRuns ? single : nullptr);
        rows.append(row);
    }
    for (NodeRow &row : rows) {
        if (const auto waiting = waitingOfNode(d, row))
            row.waiting = waiting->what;
    }
    return rows;
}

} // namespace upgrade
