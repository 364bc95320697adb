// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "restart/verdicttext.h"

#include "upgrade/boardtext.h"

#include <QCoreApplication>
#include <QHash>

using namespace Qt::StringLiterals;

namespace restart {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("restart", text);
}

using Patterns = QHash<QString, const char *>;

const Patterns &facts()
{
    static const Patterns patterns{
        {u"no-upgrade"_s, QT_TRANSLATE_NOOP("restart", "There is no upgrade")},
        {u"not-harvester"_s, QT_TRANSLATE_NOOP("restart", "The cluster has no Harvester API")},
        {u"not-known"_s, QT_TRANSLATE_NOOP("restart", "Not everything that decides is known")},
        {u"completed"_s, QT_TRANSLATE_NOOP("restart", "%1 has completed")},
        {u"not-taken-up"_s, QT_TRANSLATE_NOOP("restart", "Harvester has not taken up %1 yet")},
        {u"cleanup-pending"_s,
            QT_TRANSLATE_NOOP("restart", "The clean-up of %1 is not over: a new upgrade would be refused")},
        {u"deleting"_s, QT_TRANSLATE_NOOP("restart", "%1 is being deleted for %2 min")},
        {u"cleanup-stuck"_s, QT_TRANSLATE_NOOP("restart", "The clean-up of %1 has not ended in %2 min")},
        {u"phase-running"_s, QT_TRANSLATE_NOOP("restart", "It is in the phase “%1”; no node has been touched")},
        {u"phase-failed"_s, QT_TRANSLATE_NOOP("restart", "It failed in the phase “%1”; no node has been touched")},
        {u"version-guard"_s, QT_TRANSLATE_NOOP("restart", "This version was refused, and would be again: %1")},
        {u"preload-slow"_s, QT_TRANSLATE_NOOP("restart", "Preloading on %1 runs for %2 min; up to 60 min are normal")},
        {u"prepare-failed"_s,
            QT_TRANSLATE_NOOP("restart", "A preload Job failed: that is phase 2, not the node phase")},
        {u"services-failed"_s,
            QT_TRANSLATE_NOOP("restart", "Upgrading the system services failed (%1); no node has been touched")},
        {u"services-retrying"_s, QT_TRANSLATE_NOOP("restart", "%1 is still trying: pods at work %2, failed %3 of 7")},
        {u"services-ending"_s, QT_TRANSLATE_NOOP("restart", "%1 has ended, its result is about to be written")},
        {u"door"_s,
            QT_TRANSLATE_NOOP(
                "restart", "The system services are upgraded: the node phase is next and may begin at any moment")},
        {u"door-job"_s,
            QT_TRANSLATE_NOOP("restart", "%1 has succeeded: the node phase is next and may begin at any moment")},
        {u"nodes-running"_s, QT_TRANSLATE_NOOP("restart", "The node phase is running")},
        {u"nodes-done"_s, QT_TRANSLATE_NOOP("restart", "All nodes are upgraded, the upgrade is about to complete")},
        {u"nodes-failed"_s, QT_TRANSLATE_NOOP("restart", "The node phase failed")},
        {u"nodes-label"_s, QT_TRANSLATE_NOOP("restart", "The Upgrade's label says that the node phase has begun")},
        {u"nodes-odd"_s,
            QT_TRANSLATE_NOOP("restart", "NodesUpgraded has the unknown status “%1”: the node phase may have begun")},
        {u"nodes-job"_s, QT_TRANSLATE_NOOP("restart", "Job %1 belongs to the node phase")},
        {u"nodes-plan"_s, QT_TRANSLATE_NOOP("restart", "Plan %1 belongs to the node phase")},
        {u"nodes-annotation"_s, QT_TRANSLATE_NOOP("restart", "Annotation %1 is written when the node phase begins")},
        {u"drain-hooks"_s, QT_TRANSLATE_NOOP("restart", "Rancher has been told to drain nodes for an upgrade")},
        {u"plan-phase"_s, QT_TRANSLATE_NOOP("restart", "The UpgradePlan is in phase %1")},
        {u"other-nodes"_s, QT_TRANSLATE_NOOP("restart", "Another upgrade, %1, is in its node phase")},
        {u"other-upgrade"_s,
            QT_TRANSLATE_NOOP("restart", "Another upgrade, %1, is not over: a new one would be refused")},
        {u"touched-paused"_s, QT_TRANSLATE_NOOP("restart", "%1 is paused in the node phase")},
        {u"touched-failed"_s, QT_TRANSLATE_NOOP("restart", "%1 failed in the node phase")},
        {u"touched-state"_s, QT_TRANSLATE_NOOP("restart", "%1 has been touched: its state is %2")},
        {u"touched-drain"_s, QT_TRANSLATE_NOOP("restart", "Rancher has begun to drain the node of machine %1")},
        {u"touched-taint"_s, QT_TRANSLATE_NOOP("restart", "%1 has been touched: it carries the taint %2")},
        {u"touched-pending"_s, QT_TRANSLATE_NOOP("restart", "%1 has been touched: it waits for a reboot into %2")},
        {u"touched-version"_s, QT_TRANSLATE_NOOP("restart", "%1 has been touched: it already runs %2, others do not")},
        {u"touched-mixed"_s, QT_TRANSLATE_NOOP("restart", "Nodes run different versions: %1")},
        {u"provisioning"_s,
            QT_TRANSLATE_NOOP("restart", "Cluster fleet-local/local is provisioning: deleting would be refused")},
        {u"not-provisioned"_s,
            QT_TRANSLATE_NOOP("restart", "Cluster fleet-local/local is in phase %1, not Provisioned")},
        {u"node-not-ready"_s, QT_TRANSLATE_NOOP("restart", "%1 is not ready")},
        {u"cordoned"_s, QT_TRANSLATE_NOOP("restart", "%1 is cordoned")},
        {u"maintenance"_s, QT_TRANSLATE_NOOP("restart", "%1 is in maintenance mode")},
        {u"pending-stale"_s, QT_TRANSLATE_NOOP("restart", "%1 still carries the mark of a reboot that is over")},
        {u"volume"_s, QT_TRANSLATE_NOOP("restart", "Volume %1 of %3 is %2")},
    };
    return patterns;
}

const Patterns &advices()
{
    static const Patterns patterns{
        {u"new-upgrade"_s, QT_TRANSLATE_NOOP("restart", "A new upgrade can be started from Harvester's dashboard")},
        {u"dismiss"_s, QT_TRANSLATE_NOOP("restart", "Dismiss the result; that also deletes the upgrade's logs")},
        {u"restart"_s, QT_TRANSLATE_NOOP("restart", "Then stop the upgrade and start it again")},
        {u"evidence"_s, QT_TRANSLATE_NOOP("restart", "Collect a diagnostic bundle and a Harvester support bundle now")},
        {u"support"_s,
            QT_TRANSLATE_NOOP(
                "restart", "Ask SUSE support or the Harvester community with the bundle; do not delete the Upgrade")},
        {u"diagnostics"_s,
            QT_TRANSLATE_NOOP(
                "restart", "Collect a diagnostic bundle: deleting the Upgrade deletes its Jobs and logs")},
        {u"bundle"_s,
            QT_TRANSLATE_NOOP("restart", "Collect a bundle of this upgrade first; without it the cause is lost")},
        {u"fix-cause"_s, QT_TRANSLATE_NOOP("restart", "Find and remove the cause, or it fails again")},
        {u"fix-node"_s,
            QT_TRANSLATE_NOOP("restart", "See what the node waits for and remove that: the upgrade goes on by itself")},
        {u"fix-services"_s,
            QT_TRANSLATE_NOOP("restart",
                "See what the Job waits for and fix that in place, or delete its pod: the script begins again and may "
                "run twice")},
        {u"connection"_s, QT_TRANSLATE_NOOP("restart", "Wait until the cluster can be read again")},
        {u"look"_s,
            QT_TRANSLATE_NOOP("restart", "Look at the objects named here; something is not as Harvester leaves it")},
        {u"cleanup-wait"_s, QT_TRANSLATE_NOOP("restart", "Wait until the clean-up has ended")},
        {u"finalizer-wait"_s, QT_TRANSLATE_NOOP("restart", "Wait until Harvester has finished the deletion")},
        {u"finalizer-diagnose"_s,
            QT_TRANSLATE_NOOP("restart",
                "It takes long: look at Plan skip-manifests-remove and the harvester pods. Never remove the "
                "finalizer")},
        {u"provisioning-wait"_s, QT_TRANSLATE_NOOP("restart", "Wait until cluster fleet-local/local is Provisioned")},
        {u"take-up-wait"_s,
            QT_TRANSLATE_NOOP("restart", "Wait a moment; if nothing changes look at the harvester pods")},
        {u"heal-volumes"_s, QT_TRANSLATE_NOOP("restart", "Wait for volumes to rebuild, or repair their replicas")},
        {u"save-version"_s, QT_TRANSLATE_NOOP("restart", "Keep the Version %1: it may be deleted by then")},
        {u"choose-version"_s,
            QT_TRANSLATE_NOOP("restart", "Choose a version that can be reached from this one; this needs at least %1")},
        {u"choose-version#"_s, QT_TRANSLATE_NOOP("restart", "Choose a version that can be reached from this one")},
        {u"resume-node"_s, QT_TRANSLATE_NOOP("restart", "Resume the paused node: %1")},
        {u"preload-wait"_s, QT_TRANSLATE_NOOP("restart", "%1 may only be slow: waiting is better")},
        {u"heal-node"_s, QT_TRANSLATE_NOOP("restart", "Bring %1 back to Ready")},
        {u"uncordon"_s, QT_TRANSLATE_NOOP("restart", "Find out who cordoned %1, then uncordon it")},
        {u"leave-maintenance"_s, QT_TRANSLATE_NOOP("restart", "Take %1 out of maintenance mode")},
        {u"other-upgrade"_s, QT_TRANSLATE_NOOP("restart", "Let %1 end, or look at it first")},
        {u"permission"_s, QT_TRANSLATE_NOOP("restart", "Ask for the permission to read %1")},
    };
    return patterns;
}

const Patterns &unknowns()
{
    static const Patterns patterns{
        {u"source-loading"_s, QT_TRANSLATE_NOOP("restart", "%1 has not been read yet")},
        {u"source-missing"_s, QT_TRANSLATE_NOOP("restart", "The cluster does not serve %1")},
        {u"source-stale"_s, QT_TRANSLATE_NOOP("restart", "%1 is not up to date: %2")},
        {u"source-denied"_s, QT_TRANSLATE_NOOP("restart", "You may not read %1: %2")},
        {u"connection"_s, QT_TRANSLATE_NOOP("restart", "The connection is lost")},
        {u"no-capi"_s, QT_TRANSLATE_NOOP("restart", "Cluster fleet-local/local (CAPI) has no phase or does not exist")},
        {u"no-cluster"_s, QT_TRANSLATE_NOOP("restart", "Cluster fleet-local/local (provisioning) does not exist")},
        {u"no-nodes"_s, QT_TRANSLATE_NOOP("restart", "There are no nodes")},
        {u"no-latest"_s, QT_TRANSLATE_NOOP("restart", "The Upgrade is not labelled as the latest one")},
        {u"plan-place"_s, QT_TRANSLATE_NOOP("restart", "The UpgradePlan does not say in which phase it failed")},
        {u"several-latest"_s, QT_TRANSLATE_NOOP("restart", "%1 Upgrades are labelled as the latest one")},
        {u"odd-condition"_s, QT_TRANSLATE_NOOP("restart", "Condition %1 has the unknown status “%2”")},
        {u"twice"_s, QT_TRANSLATE_NOOP("restart", "Condition %1 is there twice")},
        {u"odd-label"_s, QT_TRANSLATE_NOOP("restart", "The label “%1” does not fit the conditions")},
        {u"odd-plan-phase"_s, QT_TRANSLATE_NOOP("restart", "The UpgradePlan's phase “%1” is not known")},
        {u"contradiction"_s, QT_TRANSLATE_NOOP("restart", "%1 does not fit the earlier conditions")},
        {u"odd-node-state"_s, QT_TRANSLATE_NOOP("restart", "%1 has the unknown state “%2”")},
        {u"node-gone"_s, QT_TRANSLATE_NOOP("restart", "Node %1 takes part in the upgrade and does not exist")},
        {u"no-plan-secret"_s,
            QT_TRANSLATE_NOOP("restart", "Whether %1 is being drained is not known: its machine plan was not found")},
        {u"no-readiness"_s, QT_TRANSLATE_NOOP("restart", "Whether %1 is ready is not known")},
        {u"no-node-versions"_s, QT_TRANSLATE_NOOP("restart", "Which versions %1 runs is not known")},
        {u"no-job"_s, QT_TRANSLATE_NOOP("restart", "The Job %1 of this phase was not found")},
    };
    return patterns;
}

QString fill(const Patterns &patterns, const upgrade::Message &message)
{
    QString code = message.code;
    if (message.args.value(0).isEmpty() && patterns.contains(code + u'#'))
        code += u'#';
    const char *pattern = patterns.value(code);
    if (!pattern)
        return (QStringList{message.code} + message.args).join(u' ');
    QStringList args = message.args;
    if (message.code.startsWith("phase-"_L1)) {
        for (int phase = 0; phase < upgrade::phaseCount; ++phase) {
            if (upgrade::phaseWord(upgrade::PhaseId(phase)) == args.value(0))
                args[0] = upgrade::phaseTitle(upgrade::PhaseId(phase));
        }
    }
    // Not QString::arg(): an argument may itself contain "%1".
    const QString text = tr(pattern);
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int place = text.at(i) == u'%' && i + 1 < text.size() ? text.at(i + 1).digitValue() : -1;
        if (place < 1) {
            out += text.at(i);
            continue;
        }
        out += args.value(place - 1);
        ++i;
    }
    return out;
}

} // namespace

QString title(Code code)
{
    switch (code) {
    case Code::Nothing:
        return tr("Nothing to restart");
    case Code::Wait:
        return tr("Wait");
    case Code::Safe:
        return tr("Restart is safe");
    case Code::SafeAfterBundle:
        return tr("Restart after a bundle");
    case Code::PreferToFix:
        return tr("Better fix it in place");
    case Code::FixFirst:
        return tr("Fix first");
    case Code::Forbidden:
        return tr("Do not restart");
    }
    return {};
}

QString sentence(Code code)
{
    switch (code) {
    case Code::Nothing:
        return tr("There is no upgrade that could be stopped and started again.");
    case Code::Wait:
        return tr("Not now: the cluster is busy with it, or not enough is known.");
    case Code::Safe:
        return tr("The upgrade may be stopped and started again.");
    case Code::SafeAfterBundle:
        return tr("The upgrade may be stopped and started again, once a bundle of it has been collected.");
    case Code::PreferToFix:
        return tr("The upgrade is still trying: most causes can be fixed in place, and it goes on.");
    case Code::FixFirst:
        return tr(
            "Stopping would leave the cluster without an upgrade: a new one would be refused until this is fixed.");
    case Code::Forbidden:
        return tr("Stopping now leaves nodes with different versions and can cost the cluster.");
    }
    return {};
}

QString factText(const upgrade::Message &fact)
{
    return fill(facts(), fact);
}
QString insteadText(const upgrade::Message &advice)
{
    return fill(advices(), advice);
}
QString missingText(const upgrade::Message &missing)
{
    return fill(unknowns(), missing);
}

QString ruleText(const QString &rule)
{
    static const Patterns rules{
        {u"R1"_s, QT_TRANSLATE_NOOP("restart", "No upgrade, or a finished one")},
        {u"R2"_s, QT_TRANSLATE_NOOP("restart", "Deletion under way")},
        {u"R3"_s, QT_TRANSLATE_NOOP("restart", "Failed, clean-up not over")},
        {u"R4"_s, QT_TRANSLATE_NOOP("restart", "Log infrastructure or repository")},
        {u"R5"_s, QT_TRANSLATE_NOOP("restart", "Refused by the version guard")},
        {u"R6"_s, QT_TRANSLATE_NOOP("restart", "Preload, no node touched")},
        {u"R7"_s, QT_TRANSLATE_NOOP("restart", "System services failed, no node touched")},
        {u"R8"_s, QT_TRANSLATE_NOOP("restart", "System services still retrying")},
        {u"R9"_s, QT_TRANSLATE_NOOP("restart", "At the door of the node phase")},
        {u"R10"_s, QT_TRANSLATE_NOOP("restart", "Node phase running")},
        {u"R11"_s, QT_TRANSLATE_NOOP("restart", "Node phase failed, or a node touched")},
        {u"R12"_s, QT_TRANSLATE_NOOP("restart", "Node phase paused")},
        {u"R13"_s, QT_TRANSLATE_NOOP("restart", "A failed preload, not the node phase")},
        {u"R14"_s, QT_TRANSLATE_NOOP("restart", "Cluster is provisioning")},
        {u"R15"_s, QT_TRANSLATE_NOOP("restart", "Node or volume not healthy")},
        {u"R16"_s, QT_TRANSLATE_NOOP("restart", "Upgrade manager (V2)")},
        {u"A03"_s, QT_TRANSLATE_NOOP("restart", "Check of the webhook: one upgrade at a time")},
        {u"A04"_s, QT_TRANSLATE_NOOP("restart", "Check of the webhook: clean-up over")},
        {u"A07"_s, QT_TRANSLATE_NOOP("restart", "Check of the webhook: cluster provisioned")},
        {u"A13"_s, QT_TRANSLATE_NOOP("restart", "Check of the webhook: nodes schedulable")},
    };
    const char *text = rules.value(rule);
    return text ? tr(text) : QString();
}

QStringList verdictCodes()
{
    QStringList codes = facts().keys() + advices().keys() + unknowns().keys();
    codes.removeIf([](const QString &code) { return code.endsWith(u'#'); });
    return codes;
}

} // namespace restart
