// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upgrade/boardjson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace upgrade {

namespace {

QJsonValue stamp(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODate)) : QJsonValue();
}

QJsonValue tri(Tri value)
{
    return value == Tri::Unknown ? QJsonValue() : QJsonValue(value == Tri::Yes);
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue reference(const ObjectRef &ref)
{
    if (ref.name.isEmpty())
        return {};
    return QJsonObject{{u"kind"_s, kindName(ref.kind)}, {u"namespace"_s, orNull(ref.ns)}, {u"name"_s, ref.name}, {u"uid"_s, orNull(ref.uid)}};
}

QJsonValue message(const Message &from)
{
    if (from.isEmpty())
        return {};
    return QJsonObject{{u"code"_s, from.code}, {u"args"_s, QJsonArray::fromStringList(from.args)}};
}

QJsonObject phaseObject(const Phase &phase)
{
    QJsonArray objects;
    for (const ObjectRef &ref : phase.objects)
        objects.append(reference(ref));
    return {{u"id"_s, phaseWord(phase.id)},
            {u"state"_s, stateWord(phase.state)},
            {u"skipped"_s, phase.skipped},
            {u"afterFailure"_s, phase.afterFailure},
            {u"fraction"_s, phase.fraction < 0 ? QJsonValue() : QJsonValue(phase.fraction)},
            {u"started"_s, stamp(phase.started)},
            {u"finished"_s, stamp(phase.finished)},
            {u"activity"_s, message(phase.activity)},
            {u"reached"_s, message(phase.reached)},
            {u"attempt"_s, phase.attempt},
            {u"reason"_s, orNull(phase.reason)},
            {u"message"_s, orNull(phase.message)},
            {u"objects"_s, objects}};
}

QJsonObject nodeObject(const NodeRow &node)
{
    QJsonArray roles;
    if (node.controlPlane)
        roles.append(u"control-plane"_s);
    if (node.etcd)
        roles.append(u"etcd"_s);
    if (node.witness)
        roles.append(u"witness"_s);
    return {{u"name"_s, node.name},
            {u"roles"_s, roles},
            {u"managed"_s, node.managed},
            {u"present"_s, node.present},
            {u"state"_s, stateWord(node.state)},
            {u"nodeState"_s, orNull(node.stateText)},
            {u"reason"_s, orNull(node.reason)},
            {u"message"_s, orNull(node.message)},
            {u"since"_s, stamp(node.since)},
            {u"sinceExact"_s, node.sinceExact},
            {u"preloaded"_s, tri(node.preloaded)},
            {u"preDrained"_s, tri(node.preDrained)},
            {u"runtimeUpgraded"_s, tri(node.runtimeUpgraded)},
            {u"systemUpgraded"_s, tri(node.systemUpgraded)},
            {u"back"_s, tri(node.back)},
            {u"kubelet"_s, node.kubeletVersion},
            {u"kubeletTarget"_s, orNull(node.kubeletTarget)},
            {u"os"_s, node.osImage},
            {u"osTarget"_s, orNull(node.osTarget)},
            {u"cordoned"_s, node.cordoned},
            {u"ready"_s, node.ready},
            {u"runningVms"_s, node.runningVms < 0 ? QJsonValue() : QJsonValue(node.runningVms)},
            {u"paused"_s, node.paused},
            {u"job"_s, reference(node.job)},
            {u"waiting"_s, message(node.waiting)}};
}

QJsonObject jobObject(const JobRow &job)
{
    QJsonArray pods;
    for (const JobRow::PodRef &pod : job.pods)
        pods.append(QJsonObject{{u"namespace"_s, pod.ns}, {u"name"_s, pod.name}, {u"phase"_s, pod.phase},
                                {u"containers"_s, QJsonArray::fromStringList(pod.containers)}});
    return {{u"job"_s, reference(job.job)},       {u"phase"_s, phaseWord(job.phase)},
            {u"node"_s, orNull(job.node)},        {u"type"_s, job.type},
            {u"state"_s, stateWord(job.state)},   {u"started"_s, stamp(job.started)},
            {u"finished"_s, stamp(job.finished)}, {u"reason"_s, orNull(job.reason)},
            {u"message"_s, orNull(job.message)},  {u"pods"_s, pods}};
}

QJsonObject evidenceObject(const Evidence &evidence)
{
    return {{u"object"_s, reference(evidence.object)},
            {u"field"_s, orNull(evidence.field)},
            {u"text"_s, orNull(evidence.text)},
            {u"line"_s, evidence.line > 0 ? QJsonValue(evidence.line) : QJsonValue()}};
}

QJsonValue failureObject(const std::optional<Failure> &failure)
{
    if (!failure)
        return {};
    return QJsonObject{{u"what"_s, message(failure->what)},
                       {u"phase"_s, phaseWord(failure->phase)},
                       {u"node"_s, orNull(failure->node)},
                       {u"reason"_s, orNull(failure->reason)},
                       {u"message"_s, orNull(failure->message)},
                       {u"job"_s, reference(failure->job)},
                       {u"evidence"_s, evidenceObject(failure->evidence)}};
}

QString presenceWord(Board::Presence presence)
{
    switch (presence) {
    case Board::Presence::Loading: return u"loading"_s;
    case Board::Presence::NotHarvester: return u"not-harvester"_s;
    case Board::Presence::NoUpgrade: return u"no-upgrade"_s;
    case Board::Presence::Upgrade: return u"upgrade"_s;
    }
    return {};
}

template<class List, class Convert>
QJsonArray array(const List &list, Convert convert)
{
    QJsonArray out;
    for (const auto &entry : list)
        out.append(convert(entry));
    return out;
}

} // namespace

QJsonObject toJson(const Board &board, const QDateTime &now)
{
    QJsonObject out{{u"schema"_s, u"gleaner.status/v1"_s},
                    {u"presence"_s, presenceWord(board.presence)},
                    {u"harvesterVersion"_s, orNull(board.harvesterVersion)},
                    {u"offeredVersions"_s, QJsonArray::fromStringList(board.offeredVersions)},
                    {u"asOf"_s, stamp(board.asOf)},
                    {u"nodes"_s, array(board.nodes, nodeObject)},
                    {u"notes"_s, array(board.notes, message)}};
    if (board.presence != Board::Presence::Upgrade)
        return out;
    const QDateTime end = board.finished.isValid() ? board.finished : now;
    out.insert(u"engine"_s, board.engine == Board::Engine::V2 ? u"v2"_s : u"v1"_s);
    out.insert(u"upgrade"_s, reference(board.upgrade));
    out.insert(u"from"_s, orNull(board.fromVersion));
    out.insert(u"to"_s, orNull(board.toVersion));
    out.insert(u"state"_s, stateWord(board.state));
    out.insert(u"stopping"_s, board.stopping);
    out.insert(u"cleaningUp"_s, board.cleaningUp);
    out.insert(u"singleNode"_s, board.singleNode);
    out.insert(u"currentPhase"_s, board.currentPhase ? QJsonValue(phaseWord(*board.currentPhase)) : QJsonValue());
    out.insert(u"failedPhase"_s, board.failedPhase ? QJsonValue(phaseWord(*board.failedPhase)) : QJsonValue());
    out.insert(u"reason"_s, orNull(board.reason));
    out.insert(u"message"_s, orNull(board.message));
    out.insert(u"failure"_s, failureObject(board.failure));
    out.insert(u"started"_s, stamp(board.started));
    out.insert(u"finished"_s, stamp(board.finished));
    out.insert(u"elapsedSeconds"_s, board.started.isValid() ? QJsonValue(board.started.secsTo(end)) : QJsonValue());
    out.insert(u"fraction"_s, board.fraction < 0 ? QJsonValue() : QJsonValue(board.fraction));
    out.insert(u"estimate"_s,
               board.estimate ? QJsonValue(QJsonObject{{u"remainingSeconds"_s, qint64(board.estimate->remaining.count())},
                                                       {u"basis"_s, message(board.estimate->basis)}})
                              : QJsonValue());
    if (board.waiting) {
        const Waiting &waiting = *board.waiting;
        out.insert(u"waiting"_s,
                   QJsonObject{{u"what"_s, message(waiting.what)},
                               {u"since"_s, stamp(waiting.since)},
                               {u"node"_s, orNull(waiting.node)},
                               {u"phase"_s, phaseWord(waiting.phase)},
                               {u"stuck"_s, waiting.stuck},
                               {u"evidence"_s, evidenceObject(waiting.evidence)}});
    } else {
        out.insert(u"waiting"_s, QJsonValue());
    }
    out.insert(u"phases"_s, array(board.phases, phaseObject));
    out.insert(u"jobs"_s, array(board.jobs, jobObject));
    out.insert(u"otherUpgrades"_s, array(board.otherUpgrades, reference));
    return out;
}

} // namespace upgrade
