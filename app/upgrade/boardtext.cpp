// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upgrade/boardtext.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgrade {

namespace {

QString tr(const char *text, const char *comment = nullptr)
{
    return QCoreApplication::translate("upgrade", text, comment);
}

/// Texts by code; %1, %2 … are the message's arguments in order.
const char *pattern(const QString &code)
{
    static const QHash<QString, const char *> patterns{
        // Activities
        {u"log-infra"_s, QT_TRANSLATE_NOOP("upgrade", "Log infrastructure: %1 of 3 steps ready")},
        {u"image-wait"_s, QT_TRANSLATE_NOOP("upgrade", "Preparing the upgrade image")},
        {u"image-download"_s, QT_TRANSLATE_NOOP("upgrade", "Downloading image %1: %2 %")},
        {u"image-retry"_s, QT_TRANSLATE_NOOP("upgrade", "Downloading image %1 again: %2 of %3 attempts failed")},
        {u"repo-wait"_s, QT_TRANSLATE_NOOP("upgrade", "Creating the upgrade repository")},
        {u"repo-deployment"_s, QT_TRANSLATE_NOOP("upgrade", "Starting %1: %2 of %3 replicas ready")},
        {u"repo-vm"_s, QT_TRANSLATE_NOOP("upgrade", "Starting repository VM %1 (%2)")},
        {u"eligibility"_s, QT_TRANSLATE_NOOP("upgrade", "The upgrade was refused when its release information was checked")},
        {u"preload-node"_s, QT_TRANSLATE_NOOP("upgrade", "Preloading images on %1 · %2 of %3 nodes done")},
        {u"preload-nodes#0"_s, QT_TRANSLATE_NOOP("upgrade", "Preloading images · %2 of %3 nodes done")},
        {u"preload-nodes"_s, QT_TRANSLATE_NOOP("upgrade", "Preloading images on %1 nodes · %2 of %3 done")},
        {u"milestone"_s, QT_TRANSLATE_NOOP("upgrade", "%3 (step %1 of %2)")},
        {u"manifests"_s, QT_TRANSLATE_NOOP("upgrade", "Job %1 is running")},
        {u"nodes-waiting"_s, QT_TRANSLATE_NOOP("upgrade", "%1 of %2 nodes done")},
        {u"node-state"_s, QT_TRANSLATE_NOOP("upgrade", "%1: %2 · %3 of %4 nodes done")},
        {u"cleanup-images"_s, QT_TRANSLATE_NOOP("upgrade", "Removing old images: %1 of %2 nodes done")},
        {u"cleaned-after-failure"_s, QT_TRANSLATE_NOOP("upgrade", "Put back what the failed upgrade had changed; its Jobs are kept")},
        // Waiting for …
        {u"log-line"_s, QT_TRANSLATE_NOOP("upgrade", "Waiting, the log says: %1")},
        {u"log-retry"_s, QT_TRANSLATE_NOOP("upgrade", "The Job failed and tries again every 10 minutes (retry %2)")},
        {u"pod-container"_s, QT_TRANSLATE_NOOP("upgrade", "Pod %1 cannot start container %2: %3")},
        {u"pod-event"_s, QT_TRANSLATE_NOOP("upgrade", "Pod %1 cannot start: %2")},
        {u"upgradelog"_s, QT_TRANSLATE_NOOP("upgrade", "Waiting for UpgradeLog %1: %2")},
        {u"image"_s, QT_TRANSLATE_NOOP("upgrade", "Waiting for image %1 (%2 %, %3 failed attempts)")},
        {u"repo"_s, QT_TRANSLATE_NOOP("upgrade", "Waiting for repository %1: %2 of %3 replicas ready")},
        {u"bundle"_s, QT_TRANSLATE_NOOP("upgrade", "Waiting for bundle %1 to be ready")},
        {u"volume"_s, QT_TRANSLATE_NOOP("upgrade", "Waiting for volume %1 (%2) of %3")},
        {u"vms#1"_s, QT_TRANSLATE_NOOP("upgrade", "Waiting for virtual machine %3 to leave %2")},
        {u"vms"_s, QT_TRANSLATE_NOOP("upgrade", "Waiting for %1 virtual machines to leave %2, for example %3")},
        {u"migration-failed"_s, QT_TRANSLATE_NOOP("upgrade", "Virtual machine %1 cannot leave %2: its migration failed")},
        {u"pdb"_s, QT_TRANSLATE_NOOP("upgrade", "Draining %2 is blocked by PodDisruptionBudget %1")},
        {u"drain-error"_s, QT_TRANSLATE_NOOP("upgrade", "Rancher cannot drain %1")},
        {u"planner"_s, QT_TRANSLATE_NOOP("upgrade", "Waiting for Rancher: %1")},
        {u"reboot"_s, QT_TRANSLATE_NOOP("upgrade", "Waiting for %1 to reboot into the new system")},
        {u"reboot-down"_s, QT_TRANSLATE_NOOP("upgrade", "Waiting for %1 to come back: it is rebooting")},
        {u"paused"_s, QT_TRANSLATE_NOOP("upgrade", "The upgrade of %1 is paused until somebody resumes it")},
        {u"controller"_s, QT_TRANSLATE_NOOP("upgrade", "Waiting for Harvester to take up %1")},
        {u"finalizer"_s, QT_TRANSLATE_NOOP("upgrade", "Waiting for Harvester to undo what %1 changed before it goes")},
        {u"finalizer-plan"_s, QT_TRANSLATE_NOOP("upgrade", "%1 goes when plan %2 has run on every node")},
        {u"cleanup"_s, QT_TRANSLATE_NOOP("upgrade", "Cleaning up after %1")},
        {u"not-ready"_s, QT_TRANSLATE_NOOP("upgrade", "Waiting for node %1 to be Ready")},
        {u"runtime"_s, QT_TRANSLATE_NOOP("upgrade", "Waiting for RKE2 on %1 to go from %2 to %3")},
        {u"reboot-unnoticed"_s, QT_TRANSLATE_NOOP("upgrade", "%1 runs the new system, but Harvester has not noticed")},
        {u"pending-job"_s, QT_TRANSLATE_NOOP("upgrade", "%2 cannot begin: Job %1 has not succeeded")},
        {u"pre-drain-start"_s, QT_TRANSLATE_NOOP("upgrade", "Rancher asked for the pre-drain of %1; Harvester has not started its Job")},
        {u"behind-paused"_s, QT_TRANSLATE_NOOP("upgrade", "%1 waits for its turn: %2 is paused")},
        {u"degraded"_s, QT_TRANSLATE_NOOP("upgrade", "UpgradePlan %1 says that it is degraded")},
        {u"uncordon"_s, QT_TRANSLATE_NOOP("upgrade", "Waiting for Rancher to uncordon %1")},
        {u"node"_s, QT_TRANSLATE_NOOP("upgrade", "Node %1 stays in “%2”")},
        {u"preload-lost"_s, QT_TRANSLATE_NOOP("upgrade", "Nodes still need their images, but no Job is preloading them")},
        // What went wrong
        {u"failed-job"_s, QT_TRANSLATE_NOOP("upgrade", "Job %1 failed: %2")},
        {u"failed-image"_s, QT_TRANSLATE_NOOP("upgrade", "Image %1 could not be made ready")},
        {u"failed-node"_s, QT_TRANSLATE_NOOP("upgrade", "The upgrade of node %1 failed")},
        {u"failed-condition"_s, QT_TRANSLATE_NOOP("upgrade", "%1 failed: %2")},
        {u"failed-controller"_s, QT_TRANSLATE_NOOP("upgrade", "Harvester gave up: %1")},
        // Estimates
        {u"from-nodes#1"_s, QT_TRANSLATE_NOOP("upgrade", "from the node that is done")},
        {u"from-nodes"_s, QT_TRANSLATE_NOOP("upgrade", "from the %1 nodes that are done")},
        {u"from-rate#1"_s, QT_TRANSLATE_NOOP("upgrade", "from the speed of this phase; later phases from typical durations for one node")},
        {u"from-rate"_s, QT_TRANSLATE_NOOP("upgrade", "from the speed of this phase; later phases from typical durations for %1 nodes")},
        {u"typical#1"_s, QT_TRANSLATE_NOOP("upgrade", "from typical durations for one node, not from this cluster")},
        {u"typical"_s, QT_TRANSLATE_NOOP("upgrade", "from typical durations for %1 nodes, not from this cluster")},
        // Notes
        {u"denied"_s, QT_TRANSLATE_NOOP("upgrade", "You may not read %1; what depends on it is not shown")},
        {u"several-latest"_s, QT_TRANSLATE_NOOP("upgrade", "%1 Upgrade objects are labelled as the latest; the newest is shown, and node upgrades will not go on")},
        {u"none-latest"_s, QT_TRANSLATE_NOOP("upgrade", "No Upgrade object is labelled as the latest; the newest, %1, is shown")},
        {u"unknown-state"_s, QT_TRANSLATE_NOOP("upgrade", "Node %1 has a state that is not known here: %2")},
        {u"node-gone"_s, QT_TRANSLATE_NOOP("upgrade", "Node %1 is part of the upgrade, but there is no such node now")},
        {u"vms-off"_s, QT_TRANSLATE_NOOP("upgrade", "Virtual machines stopped on %1 for the upgrade and still off: %2")},
        {u"image-cleanup-incomplete"_s, QT_TRANSLATE_NOOP("upgrade", "Old container images could not be removed from every node")},
        {u"both-engines"_s, QT_TRANSLATE_NOOP("upgrade", "There are Upgrade and UpgradePlan objects; the one made last, %1, is shown")},
        {u"bad-pause-map"_s, QT_TRANSLATE_NOOP("upgrade", "The pause map on the Upgrade object cannot be read")},
    };
    return patterns.value(code);
}

/// What apply-manifests does at each of its milestones.
QString milestoneTitle(int number)
{
    switch (number) {
    case 1: return tr("Waiting for the upgrade repository");
    case 2: return tr("Keeping rancher-system-agent from restarting");
    case 3: return tr("Upgrading Rancher");
    case 4: return tr("Waiting for Rancher to be upgraded");
    case 5: return tr("Waiting for Rancher's Helm releases");
    case 6: return tr("Waiting for the CAPI cluster to be provisioned");
    case 7: return tr("Upgrading the Harvester cluster repository");
    case 8: return tr("Upgrading the Harvester charts");
    case 9: return tr("Waiting for KubeVirt to be upgraded");
    case 10: return tr("Waiting for Longhorn to be upgraded");
    case 11: return tr("Upgrading the monitoring and logging charts");
    case 12: return tr("Upgrading add-ons");
    case 13: return tr("Waiting for all bundles to be ready");
    default: return tr("Upgrading system services");
    }
}

} // namespace

QString text(const Message &message)
{
    if (message.isEmpty())
        return {};
    // A sentence of its own for the counts that read differently.
    const char *source = pattern(message.code + u'#' + message.args.value(0));
    if (!source)
        source = pattern(message.code);
    if (!source)
        return message.code + u' ' + message.args.join(u' ');
    QStringList args = message.args;
    if (message.code == "milestone"_L1 && !args.isEmpty())
        args.append(milestoneTitle(args.constFirst().toInt()));
    if (message.code == "node-state"_L1 && args.size() > 1)
        args[1] = nodeStateTitle(args.at(1));
    if (message.code == "node"_L1 && args.size() > 1)
        args[1] = nodeStateTitle(args.at(1));
    // One pass, so that a "%1" inside an argument stays what it is.
    const QString from = tr(source);
    QString out;
    for (qsizetype i = 0; i < from.size(); ++i) {
        const bool place = from.at(i) == u'%' && i + 1 < from.size() && from.at(i + 1).isDigit();
        if (!place) {
            out += from.at(i);
            continue;
        }
        ++i;
        const int index = from.at(i).digitValue() - 1;
        if (index >= 0 && index < args.size())
            out += args.at(index);
    }
    return out;
}

QString phaseTitle(PhaseId id)
{
    switch (id) {
    case PhaseId::LogInfra: return tr("Log infrastructure");
    case PhaseId::Repository: return tr("Provision upgrade repository");
    case PhaseId::Preload: return tr("Preload container images");
    case PhaseId::SystemServices: return tr("Upgrade system services");
    case PhaseId::Nodes: return tr("Upgrade nodes");
    case PhaseId::Cleanup: return tr("Cleanup");
    }
    return {};
}

QString stateTitle(State state)
{
    switch (state) {
    case State::Pending: return tr("Pending");
    case State::Running: return tr("Running");
    case State::Succeeded: return tr("Succeeded");
    case State::Failed: return tr("Failed");
    case State::Paused: return tr("Paused");
    case State::Stuck: return tr("Stuck");
    case State::Unknown: return tr("Unknown");
    }
    return {};
}

QString nodeStateTitle(const QString &apiState)
{
    static const QHash<QString, const char *> titles{
        {u"Images preloading"_s, QT_TRANSLATE_NOOP("upgrade", "Images preloading")},
        {u"Images preloaded"_s, QT_TRANSLATE_NOOP("upgrade", "Images preloaded")},
        {u"Node-upgrade paused"_s, QT_TRANSLATE_NOOP("upgrade", "Node-upgrade paused")},
        {u"Pre-draining"_s, QT_TRANSLATE_NOOP("upgrade", "Pre-draining")},
        {u"Pre-drained"_s, QT_TRANSLATE_NOOP("upgrade", "Pre-drained")},
        {u"Post-draining"_s, QT_TRANSLATE_NOOP("upgrade", "Post-draining")},
        {u"Waiting Reboot"_s, QT_TRANSLATE_NOOP("upgrade", "Waiting Reboot")},
        {u"Succeeded"_s, QT_TRANSLATE_NOOP("upgrade", "Succeeded")},
        {u"Failed"_s, QT_TRANSLATE_NOOP("upgrade", "Failed")},
        {u"Upgrading"_s, QT_TRANSLATE_NOOP("upgrade", "Upgrading")},
    };
    const char *title = titles.value(apiState);
    return title ? tr(title) : apiState;
}

QString durationText(std::chrono::seconds duration)
{
    const qint64 seconds = std::max<qint64>(0, duration.count());
    const qint64 minutes = seconds / 60;
    const qint64 hours = minutes / 60;
    if (seconds < 60)
        return tr("%1 s", "seconds").arg(seconds);
    if (hours < 1)
        return tr("%1 min", "minutes").arg(minutes);
    if (hours < 24)
        return tr("%1 h %2 min", "hours and minutes").arg(hours).arg(minutes % 60, 2, 10, QChar(u'0'));
    return tr("%1 d %2 h", "days and hours").arg(hours / 24).arg(hours % 24);
}

QString failureText(const Failure &failure)
{
    QString out = text(failure.what);
    // The line of a log stands apart, as evidence.
    for (const QString &words : {failure.reason, failure.message}) {
        if (!words.isEmpty() && !out.contains(words))
            out += u" · "_s + words;
    }
    return out;
}

QString summary(const Board &board, const QDateTime &now)
{
    switch (board.presence) {
    case Board::Presence::Loading: return tr("Reading the cluster");
    case Board::Presence::NotHarvester: return tr("This cluster is not Harvester");
    case Board::Presence::NoUpgrade:
        return board.harvesterVersion.isEmpty() ? tr("No upgrade") : tr("No upgrade · Harvester %1").arg(board.harvesterVersion);
    case Board::Presence::Upgrade: break;
    }
    if (board.stopping)
        return tr("Being stopped: %1 is deleted").arg(board.upgrade.name);
    const auto since = [&](const QDateTime &from, const QDateTime &to) {
        return durationText(std::chrono::seconds(from.secsTo(to.isValid() ? to : now)));
    };
    switch (board.state) {
    case State::Succeeded:
        return board.cleaningUp ? tr("Succeeded, cleaning up") : tr("Succeeded after %1").arg(since(board.started, board.finished));
    case State::Failed:
        return board.failedPhase ? tr("Failed in “%1”").arg(phaseTitle(*board.failedPhase)) : tr("Failed");
    default: break;
    }
    if (!board.currentPhase)
        return stateTitle(board.state);
    //: state, phase: "Running: Upgrade nodes"
    return tr("%1: %2").arg(stateTitle(board.state), phaseTitle(*board.currentPhase));
}

} // namespace upgrade
