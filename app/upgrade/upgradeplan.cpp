// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// V2: the UpgradePlan's phases and node states in the words of V1.

#include "upgrade/derivation.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upgrade {

namespace {

struct PhaseOfPlan {
    const char *name;
    int step; ///< 0 log, 1 image, 2 repository, 3 preload, 4 cluster, 5 nodes, 6 clean-up, 7 done
    bool done;
};
constexpr std::array phases{
    PhaseOfPlan{"Initializing", 0, false},       PhaseOfPlan{"Initialized", 0, true},        PhaseOfPlan{"ISODownloading", 1, false},
    PhaseOfPlan{"ISODownloaded", 1, true},       PhaseOfPlan{"RepoCreating", 2, false},      PhaseOfPlan{"RepoCreated", 2, false},
    PhaseOfPlan{"MetadataPopulating", 2, false}, PhaseOfPlan{"MetadataPopulated", 2, true},  PhaseOfPlan{"ImagePreloading", 3, false},
    PhaseOfPlan{"ImagePreloaded", 3, true},      PhaseOfPlan{"ClusterUpgrading", 4, false},  PhaseOfPlan{"ClusterUpgraded", 4, true},
    PhaseOfPlan{"NodeUpgrading", 5, false},      PhaseOfPlan{"NodeUpgraded", 5, true},       PhaseOfPlan{"CleaningUp", 6, false},
    PhaseOfPlan{"CleanedUp", 6, true},           PhaseOfPlan{"ImageCleanup", 6, false},      PhaseOfPlan{"ResourceCleanup", 6, false},
    PhaseOfPlan{"Succeeded", 7, true},           PhaseOfPlan{"Failed", 7, false},
};

const PhaseOfPlan *known(const QString &name)
{
    const auto found = std::ranges::find_if(phases, [&](const PhaseOfPlan &phase) { return name == QLatin1String(phase.name); });
    return found == phases.end() ? nullptr : &*found;
}

QString nodeState(const QString &state)
{
    static const QMap<QString, QString> map{
        {u"ImagePreloading"_s, u"Images preloading"_s}, {u"ImagePreloaded"_s, u"Images preloaded"_s},
        {u"UpgradePaused"_s, u"Node-upgrade paused"_s}, {u"PreDraining"_s, u"Pre-draining"_s},
        {u"PreDrained"_s, u"Pre-drained"_s},            {u"PostDraining"_s, u"Post-draining"_s},
        {u"WaitingReboot"_s, u"Waiting Reboot"_s},      {u"PostDrained"_s, u"Succeeded"_s},
        {u"SingleNodeUpgraded"_s, u"Succeeded"_s},      {u"ImageCleaning"_s, u"Succeeded"_s},
        {u"ImageCleaned"_s, u"Succeeded"_s},            {u"ImageCleanFailed"_s, u"Succeeded"_s},
        {u"SingleNodeUpgrading"_s, u"Upgrading"_s}};
    if (state.endsWith("Failed"_L1) && state != "ImageCleanFailed"_L1)
        return u"Failed"_s;
    // Early builds upgraded Kubernetes and the system apart.
    if (state == "KubernetesUpgrading"_L1 || state == "KubernetesUpgraded"_L1 || state == "OSUpgrading"_L1)
        return u"Upgrading"_s;
    if (state == "OSUpgraded"_L1)
        return u"Waiting Reboot"_s;
    return map.value(state, state);
}

} // namespace

UpgradeObject fromPlan(const UpgradePlanObject &plan)
{
    UpgradeObject up;
    up.meta = plan.meta;
    up.version = plan.version;
    up.previousVersion = plan.previousVersion;
    up.repoInfo = plan.release;
    up.singleNode = plan.singleNode;
    up.imageId = plan.imageId.isEmpty() ? u"harvester-system/"_s + plan.meta.name + u"-iso"_s
        : plan.imageId.contains(u'/')   ? plan.imageId
                                        : u"harvester-system/"_s + plan.imageId;
    up.latest = true;
    for (auto it = plan.nodes.begin(); it != plan.nodes.end(); ++it)
        up.nodes.insert(it.key(), {nodeState(it->state), it->reason, it->message});

    const auto progressing = plan.conditions.find(u"Progressing"_s);
    const bool ended = progressing && progressing->status == "False"_L1;
    const bool failed = plan.currentPhase == "Failed"_L1 || (ended && progressing->reason == "Failed"_L1);
    const bool succeeded = plan.currentPhase == "Succeeded"_L1 || (ended && progressing->reason == "Succeeded"_L1);
    // Stalled, or failed: it says what is wrong, where Progressing only says that it is over.
    const auto degraded = plan.conditions.find(u"Degraded"_s);
    const bool troubled = degraded && degraded->status == "True"_L1;
    const auto wrong = troubled && !(degraded->reason + degraded->message).isEmpty() ? degraded : progressing;

    // A failed plan has lost its place: the last phase it entered is in its timestamps.
    QString place = plan.currentPhase;
    if (place == "Failed"_L1 || place == "Succeeded"_L1) {
        for (const auto &[name, at] : plan.phaseTimes) {
            if (const PhaseOfPlan *phase = known(name); phase && phase->step < 7)
                place = name;
        }
    }
    const PhaseOfPlan *now = known(place);
    int step = now ? now->step : 0;
    // After a failure it cleans up too: then the place is where a node failed.
    const bool nodeFailed = std::ranges::contains(up.nodes, u"Failed"_s, &NodeStatus::state);
    const bool preloadFailed = std::ranges::contains(plan.nodes, u"ImagePreloadFailed"_s, &NodeStatus::state);
    if (failed && step >= 6 && nodeFailed) {
        step = preloadFailed ? 3 : 5;
        now = nullptr;
    }
    const auto timeOf = [&](int reached) {
        QDateTime at;
        for (const auto &[name, when] : plan.phaseTimes) {
            const PhaseOfPlan *phase = known(name);
            if (phase && (phase->step > reached || (phase->step == reached && phase->done)) && !at.isValid())
                at = when;
        }
        return at;
    };
    const auto set = [&](const QString &type, int of) {
        if (step < of)
            return;
        Condition condition;
        condition.type = type;
        const bool done = step > of || (now && now->step == of && now->done) || succeeded;
        condition.status = done ? u"True"_s : failed ? u"False"_s : u"Unknown"_s;
        condition.updated = timeOf(of);
        if (failed && !done && wrong) {
            condition.reason = wrong->reason;
            condition.message = wrong->message;
        }
        up.conditions.all.append(condition);
    };
    // V2 has no log step; its first phase stands there.
    const bool initializing = step == 0 && !(now && now->done);
    up.logEnabled = initializing;
    Condition logs;
    logs.type = u"LogReady"_s;
    logs.status = initializing ? u"Unknown"_s : u"False"_s;
    logs.reason = initializing ? QString() : u"Disabled"_s;
    logs.updated = timeOf(0); // what comes after begins then
    up.conditions.all.append(logs);
    set(u"ImageReady"_s, 1);
    set(u"RepoReady"_s, 2);
    set(u"NodesPrepared"_s, 3);
    set(u"SystemServicesUpgraded"_s, 4);
    set(u"NodesUpgraded"_s, 5);
    Condition completed;
    completed.type = u"Completed"_s;
    completed.status = failed ? u"False"_s : succeeded || step >= 6 ? u"True"_s : u"Unknown"_s;
    completed.updated = timeOf(5);
    if (failed && wrong) {
        completed.reason = wrong->reason;
        completed.message = wrong->message;
        completed.updated = progressing && progressing->transitioned.isValid() ? progressing->transitioned : wrong->transitioned;
    }
    up.conditions.all.append(completed);
    if (troubled && !failed && !succeeded)
        up.conditions.all.append(*degraded);
    const bool cleaned = std::ranges::contains(plan.phaseTimes, u"CleanedUp"_s, &std::pair<QString, QDateTime>::first);
    up.stateLabel = failed ? u"Failed"_s : succeeded ? u"Succeeded"_s : QString();
    if (succeeded || (failed && cleaned))
        up.cleanupLabel = u"Succeeded"_s;
    else if (step == 6 && !failed)
        up.cleanupLabel = u"Pending"_s;
    return up;
}

} // namespace upgrade
