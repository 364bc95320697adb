// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "guidance/placeholders.h"

#include <QRegularExpression>

#include <algorithm>

namespace guidance {

using namespace Qt::StringLiterals;
using upgrade::PhaseId;
using upgrade::State;

namespace {

bool active(State state)
{
    return state == State::Running || state == State::Stuck || state == State::Failed || state == State::Paused;
}

/// The node that is selected, else the one that is waited for, failed, or at work.
QString nodeOf(const upgrade::Board &board, const QString &selected)
{
    if (!selected.isEmpty())
        return selected;
    if (board.waiting && !board.waiting->node.isEmpty())
        return board.waiting->node;
    if (board.failure && !board.failure->node.isEmpty())
        return board.failure->node;
    for (const State wanted : {State::Stuck, State::Failed, State::Running, State::Paused}) {
        for (const upgrade::NodeRow &row : board.nodes) {
            if (row.state == wanted)
                return row.name;
        }
    }
    return board.nodes.size() == 1 ? board.nodes.first().name : QString();
}

const upgrade::JobRow *jobOf(const upgrade::Board &board, const QString &node, std::optional<PhaseId> phase)
{
    const upgrade::JobRow *best = nullptr;
    const auto better = [&](const upgrade::JobRow &job) {
        if (!best || active(job.state) != active(best->state))
            return !best || active(job.state);
        return job.started > best->started;
    };
    for (const upgrade::JobRow &job : board.jobs) {
        if ((phase && job.phase != *phase) || (!node.isEmpty() && !job.node.isEmpty() && job.node != node))
            continue;
        if (better(job))
            best = &job;
    }
    return best;
}

void put(Names &names, const QString &name, const QString &value)
{
    if (!value.isEmpty())
        names.insert(name, value);
}

/// Names that what is waited for brings along; arguments as listed in upgrade/boardtext.h.
void takeWaiting(Names &names, const upgrade::Message &what)
{
    const QString first = what.args.value(0);
    if (what.code == "volume"_L1)
        put(names, u"volume"_s, first);
    else if (what.code == "bundle"_L1)
        put(names, u"bundle"_s, first);
    else if (what.code == "pdb"_L1)
        put(names, u"pdb"_s, first.section(u'/', -1));
    else if (what.code == "vms"_L1 || what.code == "migration-failed"_L1) {
        const QString vm = what.code == "vms"_L1 ? what.args.value(2) : first;
        put(names, u"vmNamespace"_s, vm.section(u'/', 0, 0));
        put(names, u"vm"_s, vm.section(u'/', 1));
    }
}

void takeObjects(Names &names, const upgrade::Board &board)
{
    for (const upgrade::Phase &phase : board.phases) {
        for (const upgrade::ObjectRef &object : phase.objects) {
            if (object.kind == upgrade::Kind::UpgradeLog)
                put(names, u"upgradeLog"_s, object.name);
            else if (object.kind == upgrade::Kind::Image)
                put(names, u"image"_s, object.name);
            else if (object.kind == upgrade::Kind::Deployment)
                put(names, u"repo"_s, object.name);
            else if (object.kind == upgrade::Kind::RepoVm)
                put(names, u"repoVM"_s, object.name);
        }
    }
}

QList<Piece> pieces(const QString &text, const Names &names, bool command)
{
    static const QRegularExpression form(u"\\{\\{([^{}]*)\\}\\}"_s);
    static const QRegularExpression harmless(u"^[A-Za-z0-9._/:@-]+$"_s);
    QList<Piece> result;
    qsizetype done = 0;
    const auto literal = [&](qsizetype until) {
        if (until > done)
            result.append({.kind = Piece::Kind::Literal, .text = text.sliced(done, until - done)});
    };
    for (auto found = form.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        literal(match.capturedStart());
        done = match.capturedEnd();
        QString value = names.value(match.captured(1));
        const bool obeyed = std::ranges::any_of(value, [](QChar c) { return c.category() == QChar::Other_Control; });
        if (value.isEmpty() || obeyed) {
            result.append({.kind = Piece::Kind::Unknown, .text = u'<' + match.captured(1) + u'>'});
            continue;
        }
        if (command && !harmless.match(value).hasMatch())
            value = u'\'' + value.replace(u'\'', "'\\''"_L1) + u'\'';
        result.append({.kind = Piece::Kind::Filled, .text = value});
    }
    literal(text.size());
    return result;
}

} // namespace

const QList<Placeholder> &placeholders()
{
    static const QList<Placeholder> all{
        {"upgrade"_L1, "hvst-upgrade-9gmg2"_L1},  // the Upgrade object
        {"from"_L1, "v1.8.2"_L1},                 // the release it began from
        {"to"_L1, "v1.9.0"_L1},                   // the release it goes to; also the Version object's name
        {"node"_L1, "node1"_L1},                  // a node
        {"machine"_L1, "custom-1a2b3c4d5e6f"_L1}, // the CAPI Machine of a node; its Secret is <machine>-machine-plan
        {"job"_L1, "hvst-upgrade-9gmg2-apply-manifests"_L1},        // a Job of the upgrade
        {"jobNamespace"_L1, "harvester-system"_L1},                 // where that Job is
        {"pod"_L1, "hvst-upgrade-9gmg2-post-drain-node1-x4k2p"_L1}, // its newest pod
        {"image"_L1, "hvst-upgrade-9gmg2"_L1},                      // the VirtualMachineImage of the ISO
        {"repo"_L1, "upgrade-repo-hvst-upgrade-9gmg2"_L1},          // the repository's Deployment, from v1.7
        {"repoVM"_L1, "upgrade-repo-hvst-upgrade-9gmg2"_L1},        // the repository's VM, up to v1.6
        {"upgradeLog"_L1, "hvst-upgrade-9gmg2-upgradelog"_L1},
        {"bundle"_L1, "mcc-harvester"_L1},            // a Fleet Bundle in fleet-local
        {"release"_L1, "harvester"_L1},               // a Helm release
        {"namespace"_L1, "harvester-system"_L1},      // of that release, or of a PVC
        {"revision"_L1, "12"_L1},                     // of a Helm release
        {"volume"_L1, "pvc-63355afb"_L1},             // a Longhorn volume, which is also the PV's name
        {"replica"_L1, "pvc-63355afb-r-1a2b3c4d"_L1}, // of a Longhorn volume
        {"engine"_L1, "pvc-63355afb-e-0"_L1},         // of a Longhorn volume
        {"pdb"_L1, "instance-manager-1a2b3c"_L1},     // a PodDisruptionBudget
        {"vm"_L1, "vm1"_L1},                          // a virtual machine
        {"vmNamespace"_L1, "default"_L1},
        {"supportBundle"_L1, "bundle-x7k2p"_L1},
        {"addon"_L1, "rancher-monitoring"_L1},
        {"addonNamespace"_L1, "cattle-monitoring-system"_L1},
    };
    return all;
}

bool isPlaceholder(QStringView name)
{
    return std::ranges::any_of(placeholders(), [&](const Placeholder &one) { return one.name == name; });
}

Names namesFrom(const upgrade::Board &board, const QString &selected, std::optional<PhaseId> phase)
{
    Names names;
    const QString up = board.upgrade.name;
    put(names, u"upgrade"_s, up);
    put(names, u"from"_s, board.fromVersion);
    put(names, u"to"_s, board.toVersion);
    if (!up.isEmpty()) {
        // Harvester makes these names of the Upgrade's; the objects themselves overrule.
        put(names, u"upgradeLog"_s, up + u"-upgradelog"_s);
        put(names, u"image"_s, up);
        put(names, u"repo"_s, u"upgrade-repo-"_s + up);
        put(names, u"repoVM"_s, u"upgrade-repo-"_s + up);
    }
    takeObjects(names, board);
    const QString node = nodeOf(board, selected);
    put(names, u"node"_s, node);
    const std::optional<PhaseId> of = phase ? phase : board.failedPhase ? board.failedPhase : board.currentPhase;
    if (const upgrade::JobRow *job = jobOf(board, node, of)) {
        put(names, u"job"_s, job->job.name);
        put(names, u"jobNamespace"_s, job->job.ns);
        if (!job->pods.isEmpty())
            put(names, u"pod"_s, job->pods.last().name);
    }
    if (board.waiting && (board.waiting->node.isEmpty() || board.waiting->node == node))
        takeWaiting(names, board.waiting->what);
    for (const upgrade::NodeRow &row : board.nodes) {
        if (row.name == node)
            takeWaiting(names, row.waiting);
    }
    return names;
}

QList<Piece> fill(const QString &text, const Names &names)
{
    return pieces(text, names, false);
}

QList<Piece> fillCommand(const QString &text, const Names &names)
{
    return pieces(text, names, true);
}

QString joined(const QList<Piece> &pieces)
{
    QString text;
    for (const Piece &piece : pieces)
        text.append(piece.text);
    return text;
}

} // namespace guidance
