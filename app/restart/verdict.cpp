// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "restart/verdict.h"

#include "restart/verdictfacts.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace upgrade;

namespace restart {

namespace {

constexpr qint64 minute = 60;
constexpr qint64 finalizerLimit = 15 * minute; ///< R2
constexpr qint64 cleanupLimit = 20 * minute;   ///< R3
constexpr qint64 preloadLimit = 60 * minute;   ///< R6, per node
constexpr qint64 takeUpLimit = 5 * minute;     ///< the controller writes to a new Upgrade at once
constexpr int manifestPods = 7;                ///< backoffLimit 6: the seventh failure ends the Job

QString minutesSince(const QDateTime &since, const QDateTime &now)
{
    return QString::number(std::max<qint64>(0, since.secsTo(now) / minute));
}

/// Texts of the version guard in Completed.reason, old and new wording.
bool isVersionGuard(const QString &reason)
{
    static const QStringList texts{u"current version does not meet minimum upgrade requirement"_s,
        u"downgrading is prohibited"_s, u"upgrading from dev versions to non-dev versions is prohibited"_s,
        u"cross-version upgrades from/to any prerelease version are prohibited"_s, u"invalid harvester version"_s,
        u"invalid version string"_s, u"incomparable: dev version"_s, u"is less than the minimum upgradable version"_s};
    return std::ranges::any_of(texts, [&](const QString &text) { return reason.contains(text, Qt::CaseInsensitive); });
}

/// The rules in the order in which they win.
class Judgement {
public:
    explicit Judgement(Question question)
        : q(std::move(question))
    {
        v.upgrade = q.ref();
        v.resourceVersion = q.up->meta.resourceVersion;
        v.engine = q.engine;
        v.phase = q.place.phase;
        v.failed = q.place.outcome == Place::Outcome::Failed;
        v.asOf = q.snapshot.asOf;
    }

    Verdict take()
    {
        const bool deleting = deletion();
        if (!deleting && q.place.outcome == Place::Outcome::Succeeded) {
            finished();
            return v;
        }
        v.missing = gaps(q);
        forbid();
        if (v.code != Code::Forbidden && !decided && !v.missing.isEmpty()) {
            decide(Code::Wait);
            v.reasons.append({QString(), {u"not-known"_s, {}}, {}});
            adviseOnGaps();
        }
        waits();
        hinder();
        phaseRule();
        return v;
    }

private:
    Question q;
    Verdict v;
    bool decided = false;

    void decide(Code code)
    {
        if (!decided)
            v.code = code;
        decided = true;
    }
    void reason(const char *rule, const char *code, const QStringList &args = {}, const ObjectRef &object = {})
    {
        v.reasons.append(
            {QString::fromLatin1(rule), {QString::fromLatin1(code), args}, object.name.isEmpty() ? q.ref() : object});
    }
    void advise(const char *code, const QStringList &args = {})
    {
        const Message message{QString::fromLatin1(code), args};
        if (!v.instead.contains(message))
            v.instead.append(message);
    }

    bool deletion()
    {
        if (!q.up->meta.deleted.isValid())
            return false;
        decide(Code::Wait);
        reason("R2", "deleting", {q.up->meta.name, minutesSince(q.up->meta.deleted, q.now)});
        advise(q.up->meta.deleted.secsTo(q.now) > finalizerLimit ? "finalizer-diagnose" : "finalizer-wait");
        return true;
    }

    void finished()
    {
        decide(Code::Nothing);
        reason("R1", "completed", {q.up->meta.name});
        if (q.up->cleanupLabel == "Pending"_L1)
            reason("A04", "cleanup-pending", {q.up->meta.name});
        advise("new-upgrade");
        if (!q.up->read)
            advise("dismiss");
        v.missing = upgradeGaps(q.snapshot);
    }

    void forbid()
    {
        const QList<Reason> signs = nodePhaseSigns(q);
        const QList<Reason> touched = touchedNodes(q);
        if (signs.isEmpty() && touched.isEmpty())
            return;
        decide(Code::Forbidden);
        v.reasons += signs;
        v.reasons += touched;
        if (v.code != Code::Forbidden)
            return;
        QStringList paused;
        bool other = false;
        for (auto it = q.up->nodes.begin(); it != q.up->nodes.end(); ++it) {
            if (it->state == "Node-upgrade paused"_L1)
                paused.append(it.key());
            else
                other |= it->state != "Images preloaded"_L1;
        }
        if (!paused.isEmpty())
            advise("resume-node", {paused.join(u", "_s)});
        if (v.failed || other || paused.isEmpty())
            advise("evidence");
        if (!v.failed && q.place.phase == PhaseId::Nodes)
            advise("fix-node");
        if (paused.isEmpty() || other)
            advise("support");
    }

    void adviseOnGaps()
    {
        for (const Missing &missing : std::as_const(v.missing)) {
            if (missing.what.code == "source-denied"_L1)
                advise("permission", {missing.what.args.value(0)});
            else if (missing.what.code == "source-stale"_L1 || missing.what.code == "connection"_L1
                || missing.what.code == "source-loading"_L1)
                advise("connection");
            else
                advise("look");
        }
    }

    void waits()
    {
        if (v.failed && q.up->cleanupLabel == "Pending"_L1) {
            const QDateTime since = conditionTime(*q.up, "Completed");
            if (since.isValid() && since.secsTo(q.now) > cleanupLimit) {
                reason("R3", "cleanup-stuck", {q.up->meta.name, minutesSince(since, q.now)});
            } else {
                decide(Code::Wait);
                reason("R3", "cleanup-pending", {q.up->meta.name});
                advise("cleanup-wait");
            }
        }
        for (const auto &other : q.snapshot.upgrades) {
            if (other->meta.name != q.up->meta.name && other->cleanupLabel == "Pending"_L1) {
                decide(Code::Wait);
                reason("A04", "cleanup-pending", {other->meta.name}, refTo(Kind::Upgrade, other->meta));
                advise("cleanup-wait");
            }
        }
        const auto capi = q.snapshot.capiClusters.value({u"fleet-local"_s, u"local"_s});
        if (capi && capi->phase == "Provisioning"_L1) {
            decide(Code::Wait);
            reason("R14", "provisioning", {}, refTo(Kind::CapiCluster, capi->meta));
            advise("provisioning-wait");
        }
        if (q.engine == Board::Engine::V1 && !q.up->conditions.find(u"Completed"_s)
            && (!q.up->meta.created.isValid() || q.up->meta.created.secsTo(q.now) < takeUpLimit)) {
            decide(Code::Wait);
            reason("R4", "not-taken-up", {q.up->meta.name});
            advise("take-up-wait");
        }
        if (q.plan && q.place.outcome == Place::Outcome::Running && q.place.phase >= PhaseId::Cleanup) {
            decide(Code::Wait);
            reason("R16", "plan-phase", {q.plan->currentPhase});
        }
    }

    void hinder()
    {
        const QList<Reason> found = hindrances(q);
        if (found.isEmpty())
            return;
        decide(Code::FixFirst);
        v.reasons += found;
        if (v.code != Code::FixFirst)
            return;
        for (const Reason &reason : found) {
            if (reason.fact.code == "volume"_L1)
                advise("heal-volumes");
            else if (reason.fact.code == "node-not-ready"_L1)
                advise("heal-node", {reason.fact.args.value(0)});
            else if (reason.fact.code == "cordoned"_L1)
                advise("uncordon", {reason.fact.args.value(0)});
            else if (reason.fact.code == "maintenance"_L1)
                advise("leave-maintenance", {reason.fact.args.value(0)});
            else if (reason.fact.code == "other-upgrade"_L1)
                advise("other-upgrade", {reason.fact.args.value(0)});
            else
                advise("look");
        }
    }

    /// R4 to R8 and R16, where nothing graver holds: what the phase says.
    void phaseRule()
    {
        switch (q.place.phase) {
        case PhaseId::LogInfra:
        case PhaseId::Repository:
            early();
            break;
        case PhaseId::Preload:
            preload();
            break;
        case PhaseId::SystemServices:
            services();
            break;
        case PhaseId::Nodes:
        case PhaseId::Cleanup:
            // The door is closed above; should a state come here that no sign was found for, it stays closed.
            decide(Code::Forbidden);
            break;
        }
    }

    [[nodiscard]] const char *ruleFor(const char *rule) const { return q.engine == Board::Engine::V2 ? "R16" : rule; }

    void early()
    {
        decide(Code::Safe);
        const auto completed = q.up->conditions.find(u"Completed"_s);
        const QString why = completed ? completed->reason : QString();
        if (v.failed && isVersionGuard(why)) {
            reason("R5", "version-guard", {why});
            advise("choose-version", {q.up->repoInfo.minUpgradableVersion});
            return;
        }
        reason(ruleFor("R4"), v.failed ? "phase-failed" : "phase-running", {phaseWord(q.place.phase)});
        advise("diagnostics");
        advise("fix-cause");
        advise("restart");
    }

    void preload()
    {
        decide(Code::Safe);
        if (v.failed && q.up->conditions.isFalse(u"NodesUpgraded"_s))
            reason("R13", "prepare-failed");
        reason(ruleFor("R6"), v.failed ? "phase-failed" : "phase-running", {phaseWord(q.place.phase)});
        if (!v.failed) {
            for (const auto &job : q.snapshot.jobs) {
                const QString type = jobTypeOf(*job, q.up->meta.name);
                if ((type != "prepare"_L1 && type != "image-preload"_L1) || job->active == 0 || !job->started.isValid()
                    || job->started.secsTo(q.now) >= preloadLimit)
                    continue;
                reason(
                    "R6", "preload-slow", {job->node, minutesSince(job->started, q.now)}, refTo(Kind::Job, job->meta));
                advise("preload-wait", {job->node});
            }
        }
        advise("diagnostics");
        advise("fix-cause");
        advise("restart");
    }

    void services()
    {
        const JobObject *job = q.manifestJob();
        const bool ended = q.up->conditions.isFalse(u"SystemServicesUpgraded"_s);
        const bool active = job && job->active > 0;
        const bool retrying = active || (job && !job->isFailed() && job->failed < manifestPods);
        if (q.engine == Board::Engine::V2 || (ended && !active) || (v.failed && !retrying)) {
            decide(Code::SafeAfterBundle);
            const auto why = q.up->conditions.find(u"SystemServicesUpgraded"_s);
            reason(ruleFor("R7"), v.failed ? "services-failed" : "phase-running",
                {v.failed ? (why ? why->reason : QString()) : phaseWord(q.place.phase)});
            advise("bundle");
            advise("save-version", {q.up->version});
            advise("fix-cause");
            advise("restart");
            return;
        }
        if (!retrying) {
            // The Job has ended and its condition is about to be written.
            decide(Code::Wait);
            reason("R8", "services-ending", {job ? job->meta.name : QString()});
            return;
        }
        decide(Code::PreferToFix);
        reason("R8", "services-retrying", {job->meta.name, QString::number(job->active), QString::number(job->failed)},
            refTo(Kind::Job, job->meta));
        if (v.code != Code::PreferToFix)
            return;
        advise("fix-services");
        advise("bundle");
    }
};

} // namespace

Verdict judge(const Snapshot &snapshot, const QDateTime &now)
{
    const Choice choice = chooseUpgrade(snapshot);
    if (!choice.upgrade) {
        Verdict v;
        v.asOf = snapshot.asOf;
        v.missing = upgradeGaps(snapshot);
        const SourceState upgrades = snapshot.sources.value(u"upgrades.harvesterhci.io/harvester-system"_s);
        if (upgrades.state == SourceState::State::Missing) {
            v.code = Code::Nothing;
            v.reasons.append({u"R1"_s, {u"not-harvester"_s, {}}, {}});
        } else if (!v.missing.isEmpty()) {
            v.code = Code::Wait;
            v.reasons.append({QString(), {u"not-known"_s, {}}, {}});
        } else {
            v.code = Code::Nothing;
            v.reasons.append({u"R1"_s, {u"no-upgrade"_s, {}}, {}});
            v.instead.append({u"new-upgrade"_s, {}});
        }
        return v;
    }
    Verdict verdict = Judgement(makeQuestion(snapshot, now, choice)).take();
    // An older one that is not over may be in its node phase while the newest has hardly begun.
    for (const auto &other : snapshot.upgrades) {
        const bool same = choice.engine == Board::Engine::V1 && other->meta.name == choice.upgrade->meta.name;
        const bool over = other->conditions.isTrue(u"Completed"_s) || other->conditions.isFalse(u"Completed"_s);
        if (same || over || verdict.code == Code::Nothing)
            continue;
        const auto signs = nodePhaseSigns(makeQuestion(snapshot, now, {other, Board::Engine::V1}));
        if (signs.isEmpty())
            continue;
        verdict.code = Code::Forbidden;
        verdict.reasons.prepend({u"R10"_s, {u"other-nodes"_s, {other->meta.name}}, refTo(Kind::Upgrade, other->meta)});
        verdict.instead = {{u"evidence"_s, {}}, {u"support"_s, {}}};
    }
    return verdict;
}

QString codeWord(Code code)
{
    switch (code) {
    case Code::Nothing:
        return u"nothing"_s;
    case Code::Wait:
        return u"wait"_s;
    case Code::Safe:
        return u"safe"_s;
    case Code::SafeAfterBundle:
        return u"safe-after-bundle"_s;
    case Code::PreferToFix:
        return u"prefer-to-fix"_s;
    case Code::FixFirst:
        return u"fix-first"_s;
    case Code::Forbidden:
        return u"forbidden"_s;
    }
    return {};
}

} // namespace restart
