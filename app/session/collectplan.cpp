// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/collectplan.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using upgrade::PhaseId;
using upgrade::PodObject;

namespace session {

namespace {

constexpr QLatin1StringView systemNs("harvester-system");
constexpr QLatin1StringView cattleNs("cattle-system");

/// "up" itself or "up-something"; not "up2".
bool belongsTo(QStringView name, QStringView upgrade)
{
    return name.startsWith(upgrade) && (name.size() == upgrade.size() || name.at(upgrade.size()) == u'-');
}

bool hasEnded(const PodObject &pod)
{
    return pod.phase == "Succeeded"_L1 || pod.phase == "Failed"_L1;
}

bool hasStarted(const PodObject &pod, const upgrade::ContainerStatus &container)
{
    // A pod that has ended tells no more than that it ran.
    return hasEnded(pod) || container.restarts > 0 || container.state == "running"_L1
        || container.state == "terminated"_L1;
}

struct Sorted {
    CollectTarget target;
    bool elsewhere = false; ///< not of the current phase
    QDateTime created;
};

} // namespace

size_t qHash(const ContainerKey &key, size_t seed) noexcept
{
    return qHashMulti(seed, key.podUid, key.container);
}

UpgradeNames namesOf(const upgrade::Snapshot &snapshot, const upgrade::Board &board)
{
    UpgradeNames names;
    names.upgrade = board.upgrade.name;
    const kube::ObjectKey key{board.upgrade.ns, board.upgrade.name};
    if (const auto v1 = snapshot.upgrades.value(key)) {
        names.log = v1->upgradeLog;
        names.since = v1->meta.created;
    } else if (const auto v2 = snapshot.upgradePlans.value(key)) {
        names.since = v2->meta.created;
    }
    return names;
}

bool isOfUpgrade(const PodObject &pod, const UpgradeNames &names)
{
    if (names.upgrade.isEmpty())
        return false;
    const auto label = [&pod](const char16_t *key) { return pod.meta.labels.value(QString::fromUtf16(key)); };
    if (label(u"harvesterhci.io/upgrade") == names.upgrade
        || label(u"management.harvesterhci.io/upgrade-plan") == names.upgrade)
        return true;
    if (!names.log.isEmpty() && label(u"harvesterhci.io/upgradeLog") == names.log)
        return true;
    const QString plan = label(u"upgrade.cattle.io/plan");
    if (!plan.isEmpty() && belongsTo(plan, names.upgrade))
        return true;
    if (!pod.jobName.isEmpty() && belongsTo(pod.jobName, names.upgrade))
        return true;
    if (pod.meta.ns == systemNs) {
        for (const QLatin1StringView prefix : {"virt-launcher-upgrade-repo-"_L1, "upgrade-repo-"_L1}) {
            if (pod.meta.name.startsWith(prefix)
                && belongsTo(QStringView(pod.meta.name).sliced(prefix.size()), names.upgrade))
                return true;
        }
    }
    // These do not say whose they are: the ones made since the upgrade began.
    const bool since = !names.since.isValid() || !pod.meta.created.isValid() || pod.meta.created >= names.since;
    return since
        && ((pod.meta.ns == systemNs && pod.meta.name.startsWith("importer-prime-"_L1))
            || (pod.meta.ns == cattleNs && pod.meta.name.startsWith("helm-operation-"_L1)));
}

bool isControllerFor(const PodObject &pod, PhaseId phase)
{
    const auto label = [&pod](const char16_t *key) { return pod.meta.labels.value(QString::fromUtf16(key)); };
    const auto named = [&pod](QLatin1StringView prefix) { return pod.meta.name.startsWith(prefix); };
    if (pod.meta.ns == systemNs) {
        // Harvester's own controllers drive every phase.
        if (label(u"app.kubernetes.io/name") == "harvester"_L1
            && label(u"app.kubernetes.io/component") == "apiserver"_L1)
            return true;
        if (phase == PhaseId::Repository)
            return named("cdi-deployment"_L1);
        if (phase == PhaseId::Nodes)
            return label(u"kubevirt.io") == "virt-controller"_L1;
        if (phase == PhaseId::SystemServices)
            return label(u"app.kubernetes.io/component") == "webhook-server"_L1
                || label(u"kubevirt.io") == "virt-operator"_L1;
        return false;
    }
    if (pod.meta.ns == cattleNs) {
        if (phase == PhaseId::SystemServices || phase == PhaseId::Nodes) {
            const QString app = label(u"app");
            if (app == "rancher"_L1 || (app == "rancher-webhook"_L1 && phase == PhaseId::SystemServices))
                return true;
        }
        // It makes the Jobs of Plans: preloading, the skip Plans, cleaning up.
        return phase != PhaseId::LogInfra && phase != PhaseId::Repository && named("system-upgrade-controller"_L1);
    }
    return false;
}

QList<ControllerPods> controllersToList(PhaseId phase)
{
    const ControllerPods longhorn{u"longhorn-system"_s, u"app=longhorn-manager"_s};
    switch (phase) {
    case PhaseId::LogInfra:
    case PhaseId::Preload:
    case PhaseId::Cleanup:
        return {};
    case PhaseId::Repository:
        return {longhorn};
    case PhaseId::SystemServices:
        return {{u"cattle-fleet-system"_s, u"app=fleet-controller"_s},
            {u"cattle-fleet-local-system"_s, u"app=fleet-agent"_s},
            {u"cattle-provisioning-capi-system"_s, u"control-plane=controller-manager"_s},
            {u"cattle-capi-system"_s, u"control-plane=controller-manager"_s}, longhorn};
    case PhaseId::Nodes:
        return {longhorn, {u"cattle-provisioning-capi-system"_s, u"control-plane=controller-manager"_s},
            {u"cattle-capi-system"_s, u"control-plane=controller-manager"_s}};
    }
    return {};
}

QList<CollectTarget> collectTargets(const upgrade::Snapshot &snapshot, const upgrade::Board &board,
    const QList<std::shared_ptr<const PodObject>> &around, const QList<LogTarget> &opened)
{
    using Rank = CollectTarget::Rank;
    const UpgradeNames names = namesOf(snapshot, board);
    QHash<kube::ObjectKey, const upgrade::JobRow *> jobs;
    for (const upgrade::JobRow &row : board.jobs)
        jobs.insert({row.job.ns, row.job.name}, &row);

    std::vector<Sorted> found;
    QSet<ContainerKey> known;
    const auto isOpened = [&opened](const PodObject &pod, const QString &container) {
        return std::ranges::any_of(opened, [&](const LogTarget &target) {
            return target.ns == pod.meta.ns && target.pod == pod.meta.name
                && (target.podUid.isEmpty() || target.podUid == pod.meta.uid)
                && (target.container.isEmpty() || target.container == container);
        });
    };
    const auto add = [&](const PodObject &pod, bool elsewhereWanted) {
        const bool ofUpgrade = isOfUpgrade(pod, names);
        const bool controller
            = !ofUpgrade && (elsewhereWanted || (board.currentPhase && isControllerFor(pod, *board.currentPhase)));
        const upgrade::JobRow *job = jobs.value({pod.meta.ns, pod.jobName});
        for (const upgrade::ContainerStatus &container : pod.containers) {
            const bool person = isOpened(pod, container.name);
            if (!ofUpgrade && !controller && !person)
                continue;
            Sorted entry;
            CollectTarget &target = entry.target;
            target.key = {pod.meta.uid, container.name};
            if (pod.meta.uid.isEmpty() || known.contains(target.key))
                continue;
            known.insert(target.key);
            target.ns = pod.meta.ns;
            target.pod = pod.meta.name;
            target.job = pod.jobName;
            target.jobUid = job ? job->job.uid : QString();
            target.node = pod.nodeName;
            target.started = hasStarted(pod, container);
            target.over
                = hasEnded(pod) || (container.init && container.state == "terminated"_L1 && container.exitCode == 0);
            target.rank = person                            ? Rank::Opened
                : !ofUpgrade                                ? Rank::Surrounding
                : target.over || pod.meta.deleted.isValid() ? Rank::Vanishing
                                                            : Rank::Working;
            entry.elsewhere = job && board.currentPhase && job->phase != *board.currentPhase;
            entry.created = pod.meta.created;
            found.push_back(std::move(entry));
        }
    };
    for (const auto &pod : snapshot.pods)
        add(*pod, false);
    for (const auto &pod : around)
        add(*pod, true);

    // Of the current phase first; then newest pods, since they tell what goes on.
    std::ranges::stable_sort(found, [](const Sorted &a, const Sorted &b) {
        if (a.target.rank != b.target.rank)
            return a.target.rank < b.target.rank;
        if (a.elsewhere != b.elsewhere)
            return !a.elsewhere;
        return a.created > b.created;
    });
    QList<CollectTarget> targets;
    targets.reserve(qsizetype(found.size()));
    for (Sorted &entry : found)
        targets.append(std::move(entry.target));
    return targets;
}

StreamPlan planStreams(const QList<ReadingView> &readings, int limit)
{
    QList<const ReadingView *> reading, waiting;
    for (const ReadingView &view : readings)
        (view.reading ? reading : waiting).append(&view);
    std::ranges::stable_sort(waiting, [](const ReadingView *a, const ReadingView *b) {
        return a->rank != b->rank ? a->rank < b->rank : a->waited > b->waited;
    });
    // Who gives way first: the worst rank, then whoever has caught up, then who held longest.
    std::ranges::stable_sort(reading, [](const ReadingView *a, const ReadingView *b) {
        if (a->rank != b->rank)
            return a->rank > b->rank;
        if (a->caughtUp != b->caughtUp)
            return a->caughtUp;
        return a->held > b->held;
    });

    StreamPlan plan;
    const auto giveWay = [&](const ReadingView *view) {
        plan.stop.append(view->key);
        reading.removeOne(view);
    };
    while (reading.size() > limit)
        giveWay(reading.constFirst());
    const qsizetype held = reading.size();
    qsizetype room = limit - held;
    for (const ReadingView *next : std::as_const(waiting)) {
        if (room > 0) {
            --room;
            plan.start.append(next->key);
            continue;
        }
        const auto victim = std::ranges::find_if(reading, [next](const ReadingView *view) {
            if (view->rank != next->rank)
                return view->rank > next->rank;
            return view->rank != CollectTarget::Rank::Opened
                && view->held >= (view->caughtUp ? idleSlice : streamSlice);
        });
        if (victim == reading.cend())
            continue; // a worse one behind may still find a place of its own rank
        giveWay(*victim);
        plan.start.append(next->key);
    }
    return plan;
}

} // namespace session
