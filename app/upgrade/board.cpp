// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upgrade/board.h"

#include "upgrade/derivation.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upgrade {

namespace {

constexpr std::array weights{0.02, 0.18, 0.20, 0.20, 0.38, 0.02};

/// The worst state of the watch targets of one resource ("upgrades.harvesterhci.io"); Live when nothing is said of it.
SourceState::State sourceOf(const Snapshot &snapshot, QLatin1StringView resource)
{
    using S = SourceState::State;
    const auto badness = [](S state) {
        switch (state) {
        case S::Live:
            return 0;
        case S::Stale:
            return 1;
        case S::Loading:
            return 2;
        case S::Denied:
            return 3;
        case S::Missing:
            return 4;
        }
        return 0;
    };
    S worst = S::Live;
    for (auto it = snapshot.sources.begin(); it != snapshot.sources.end(); ++it) {
        if ((it.key() == resource || it.key().startsWith(resource + u'/')) && badness(it->state) > badness(worst))
            worst = it->state;
    }
    return worst;
}

/// Not older than what runs, nor the same. What has no number ("dev" builds) is always offered.
bool isOffered(const QString &version, const QString &running)
{
    const QVersionNumber number = versionNumber(version);
    const QVersionNumber now = versionNumber(running);
    return number.isNull() || now.isNull() || number > now || (number == now && version != running);
}

void readCluster(const Snapshot &snapshot, Board &board)
{
    if (const auto setting = snapshot.settings.value({QString(), u"server-version"_s}))
        board.harvesterVersion = setting->effective();
    for (const auto &version : snapshot.versions) {
        if (isOffered(version->meta.name, board.harvesterVersion))
            board.offeredVersions.append(version->meta.name);
    }
    std::ranges::sort(board.offeredVersions, std::greater<>(), [](const QString &name) { return versionNumber(name); });
    for (auto it = snapshot.sources.begin(); it != snapshot.sources.end(); ++it) {
        if (it->state == SourceState::State::Denied)
            board.notes.append({u"denied"_s, {it.key(), it->message}});
    }
}

Board::Presence presenceOf(const Snapshot &snapshot)
{
    using S = SourceState::State;
    const bool any = !snapshot.upgrades.isEmpty() || !snapshot.upgradePlans.isEmpty();
    if (any && sourceOf(snapshot, "nodes"_L1) != S::Loading)
        return Board::Presence::Upgrade;
    switch (sourceOf(snapshot, "upgrades.harvesterhci.io"_L1)) {
    case S::Missing:
        return Board::Presence::NotHarvester;
    case S::Loading:
    case S::Denied:
        return Board::Presence::Loading;
    case S::Stale:
        // Harvester without a node is none: the first list never arrived.
        if (snapshot.nodes.isEmpty())
            return Board::Presence::Loading;
        break;
    case S::Live:
        break;
    }
    if (sourceOf(snapshot, "nodes"_L1) == S::Loading)
        return Board::Presence::Loading;
    return Board::Presence::NoUpgrade;
}

/// On clusters with several nodes the Job that starts them again may never be made: who finishes must be told.
void noteStoppedMachines(const Snapshot &snapshot, const UpgradeObject &up, Board &board)
{
    // Whoever may not read them, or has not yet, cannot say that one is off.
    if (board.state != State::Succeeded || !knowsMachines(snapshot))
        return;
    const auto map = snapshot.configMaps.value({u"harvester-system"_s, up.meta.name + u"-restore-vm"_s});
    if (!map)
        return;
    for (auto it = map->data.begin(); it != map->data.end(); ++it) {
        QStringList off;
        const QStringList machines = it.value().split(u',', Qt::SkipEmptyParts);
        for (const QString &machine : machines) {
            const QString name = machine.trimmed();
            if (!snapshot.vmis.contains({name.section(u'/', 0, 0), name.section(u'/', 1)}))
                off.append(name);
        }
        if (!off.isEmpty())
            board.notes.append({u"vms-off"_s, {it.key(), off.join(u", "_s)}});
    }
}

void noteOddities(const Snapshot &snapshot, const UpgradeObject &up, Board &board)
{
    int latest = 0;
    QList<std::shared_ptr<const UpgradeObject>> others;
    for (const auto &upgrade : snapshot.upgrades) {
        latest += upgrade->latest ? 1 : 0;
        if (upgrade->meta.uid != up.meta.uid)
            others.append(upgrade);
    }
    std::ranges::sort(others, std::greater<>(), [](const auto &upgrade) { return upgrade->meta.created; });
    for (const auto &upgrade : std::as_const(others))
        board.otherUpgrades.append(refTo(Kind::Upgrade, upgrade->meta));
    if (latest > 1)
        board.notes.append({u"several-latest"_s, {QString::number(latest)}});
    if (latest == 0 && board.engine == Board::Engine::V1)
        board.notes.append({u"none-latest"_s, {up.meta.name}});
    static const QStringList known{u""_s, u"Images preloading"_s, u"Images preloaded"_s, u"Node-upgrade paused"_s,
        u"Pre-draining"_s, u"Pre-drained"_s, u"Post-draining"_s, u"Waiting Reboot"_s, u"Succeeded"_s, u"Failed"_s,
        u"Upgrading"_s};
    for (auto it = up.nodes.begin(); it != up.nodes.end(); ++it) {
        if (!known.contains(it->state) && board.engine == Board::Engine::V1)
            board.notes.append({u"unknown-state"_s, {it.key(), it->state}});
    }
    for (auto it = up.nodes.begin(); it != up.nodes.end(); ++it) {
        if (!snapshot.nodes.isEmpty() && !snapshot.nodes.contains({QString(), it.key()}))
            board.notes.append({u"node-gone"_s, {it.key()}});
    }
    if (!snapshot.upgradePlans.isEmpty() && !snapshot.upgrades.isEmpty())
        board.notes.append({u"both-engines"_s, {up.meta.name}});
    if (up.meta.annotations.value(u"harvesterhci.io/image-cleanup-plan-completed"_s) == "false"_L1)
        board.notes.append({u"image-cleanup-incomplete"_s, {}});
    noteStoppedMachines(snapshot, up, board);
    const QString pauses = up.meta.annotations.value(u"harvesterhci.io/node-upgrade-pause-map"_s);
    if (!pauses.isEmpty() && up.pauseMap.isEmpty() && pauses.trimmed() != "{}"_L1)
        board.notes.append({u"bad-pause-map"_s, {}});
}

void judgeWhole(const Derivation &d, Board &board)
{
    board.stopping = d.up->meta.deleted.isValid();
    const Phase &phase = board.phases.at(qsizetype(d.place.phase));
    board.currentPhase = d.place.phase;
    switch (d.place.outcome) {
    case Place::Outcome::Succeeded:
        board.state = State::Succeeded;
        board.cleaningUp = phase.state == State::Running || phase.state == State::Stuck;
        board.finished = conditionTime(*d.up, "Completed");
        if (!board.cleaningUp)
            board.currentPhase.reset();
        break;
    case Place::Outcome::Failed: {
        board.state = State::Failed;
        board.failedPhase = d.place.phase;
        board.failure = deriveFailure(d, phase);
        board.finished = conditionTime(*d.up, "Completed");
        const State cleanup = board.phases.at(qsizetype(PhaseId::Cleanup)).state;
        board.cleaningUp = cleanup == State::Running || cleanup == State::Stuck;
        board.currentPhase.reset();
        break;
    }
    case Place::Outcome::Running:
        board.state = phase.state;
        break;
    }
    if (const auto completed = d.up->conditions.find(u"Completed"_s); completed && completed->status == "False"_L1) {
        board.reason = completed->reason;
        board.message = completed->message;
    }
    if (const auto degraded = d.up->conditions.find(u"Degraded"_s)) {
        board.reason = degraded->reason;
        board.message = degraded->message;
    }
    double fraction = 0;
    for (const Phase &one : board.phases)
        fraction += one.afterFailure ? 0 : weights.at(size_t(one.id)) * std::clamp(one.fraction, 0.0, 1.0);
    board.fraction = d.place.outcome == Place::Outcome::Succeeded && !board.cleaningUp ? 1 : std::min(fraction, 1.0);
}

} // namespace

Board deriveBoard(const Snapshot &snapshot, const QDateTime &now)
{
    Board board;
    board.asOf = snapshot.asOf;
    board.presence = presenceOf(snapshot);
    readCluster(snapshot, board);
    if (board.presence != Board::Presence::Upgrade) {
        if (board.presence != Board::Presence::Loading)
            board.nodes = plainNodes(snapshot);
        return board;
    }
    const Choice choice = chooseUpgrade(snapshot);
    const std::shared_ptr<const UpgradeObject> &up = choice.upgrade;
    board.engine = choice.engine;
    const Derivation derivation(snapshot, now, choice);
    board.upgrade = derivation.upgradeRef();
    board.fromVersion = up->previousVersion;
    board.toVersion = !up->version.isEmpty() ? up->version : up->repoInfo.harvester;
    // The Upgrade says it from phase 2 on.
    board.singleNode = !up->singleNode.isEmpty() || (up->nodes.isEmpty() && snapshot.nodes.size() == 1);
    board.started = up->meta.created;
    board.nodes = deriveNodes(derivation);
    board.phases = derivePhases(derivation, board.nodes);
    board.jobs = deriveJobs(derivation);
    judgeWhole(derivation, board);
    board.waiting = deriveWaiting(derivation, board.phases, board.nodes);
    board.estimate = deriveEstimate(derivation, board);
    board.timeline = deriveTimeline(derivation, board);
    noteOddities(snapshot, *up, board);
    return board;
}

QString phaseWord(PhaseId id)
{
    static const std::array words{
        u"log-infra"_s, u"repository"_s, u"preload"_s, u"system-services"_s, u"nodes"_s, u"cleanup"_s};
    return words.at(size_t(id));
}

QString stateWord(State state)
{
    static const std::array words{
        u"pending"_s, u"running"_s, u"succeeded"_s, u"failed"_s, u"paused"_s, u"stuck"_s, u"unknown"_s};
    return words.at(size_t(state));
}

} // namespace upgrade
