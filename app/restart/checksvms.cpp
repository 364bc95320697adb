// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Checks of the create webhook about volumes, virtual machines and certificates (A17 to A20).

#include "restart/checkfields.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace restart {

namespace {

qsizetype workers(const QList<QJsonObject> &nodes)
{
    return std::ranges::count_if(nodes, [](const QJsonObject &node) { return !isWitness(node); });
}

/// One requirement of a node selector term against a node's labels.
bool matches(const QJsonObject &requirement, const QJsonObject &labels)
{
    const QString key = requirement.value("key"_L1).toString(), op = requirement.value("operator"_L1).toString();
    const QJsonArray values = requirement.value("values"_L1).toArray();
    const bool has = labels.contains(key);
    if (op == "Exists"_L1)
        return has;
    if (op == "DoesNotExist"_L1)
        return !has;
    if (op == "In"_L1)
        return has && values.contains(labels.value(key));
    if (op == "NotIn"_L1)
        return !has || !values.contains(labels.value(key));
    return false; // Gt, Lt and what is not known: it may not match
}

/// Is there another node the required affinity lets it go to?
bool canMove(const QJsonObject &vmi, const QList<QJsonObject> &nodes)
{
    const QJsonArray terms = arrayAt(
        vmi, u"spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms"_s);
    if (terms.isEmpty())
        return true;
    for (const QJsonObject &node : nodes) {
        if (isWitness(node) || at(node, u"spec.unschedulable"_s).toBool()
            || nameOf(node) == textAt(vmi, u"status.nodeName"_s))
            continue;
        const QJsonObject labels = at(node, u"metadata.labels"_s).toObject();
        for (const QJsonValue &term : terms) {
            const QJsonArray wanted = term.toObject().value("matchExpressions"_L1).toArray();
            if (std::ranges::all_of(wanted, [&](const QJsonValue &one) { return matches(one.toObject(), labels); }))
                return true;
        }
    }
    return false;
}

void nonMigratable(const Objects &o, const Intent &i, Findings &f)
{
    const auto &nodes = o[u"nodes"_s];
    if (restoresVms(o[u"settings"_s]) || workers(nodes) == 1)
        return;
    const bool gpusCount = versionOf(i.source).isNull() || versionOf(i.source) < versionOf(u"v1.8.0"_s);
    for (const QJsonObject &vmi : o[u"vmis"_s]) {
        QString why;
        if (!at(vmi, u"spec.nodeSelector"_s).toObject().isEmpty())
            why = u"nodeSelector"_s;
        else if (!arrayAt(vmi, u"spec.domain.devices.hostDevices"_s).isEmpty())
            why = u"hostDevices"_s;
        else if (gpusCount && !arrayAt(vmi, u"spec.domain.devices.gpus"_s).isEmpty())
            why = u"gpus"_s;
        else if (!canMove(vmi, nodes))
            why = u"nodeAffinity"_s;
        if (!why.isEmpty())
            f.fail(u"VirtualMachineInstance"_s, vmi, why);
    }
}

void staleHotplug(const Objects &o, const Intent &, Findings &f)
{
    if (restoresVms(o[u"settings"_s]) || workers(o[u"nodes"_s]) == 1)
        return;
    QMap<std::pair<QString, QString>, QSet<QString>> volumes;
    for (const QJsonObject &vm : o[u"vms"_s]) {
        if (!arrayAt(vm, u"status.volumeRequests"_s).isEmpty())
            f.fail(u"VirtualMachine"_s, vm, u"volumeRequests"_s);
        for (const QJsonValue &volume : arrayAt(vm, u"spec.template.spec.volumes"_s))
            volumes[{nsOf(vm), nameOf(vm)}].insert(volume.toObject().value("name"_L1).toString());
    }
    for (const QJsonObject &vmi : o[u"vmis"_s]) {
        for (const QJsonValue &value : arrayAt(vmi, u"spec.volumes"_s)) {
            const QJsonObject volume = value.toObject();
            const bool hot = at(volume, u"persistentVolumeClaim.hotpluggable"_s).toBool()
                || at(volume, u"dataVolume.hotpluggable"_s).toBool();
            const QString name = volume.value("name"_L1).toString();
            if (hot && !volumes.value({nsOf(vmi), nameOf(vmi)}).contains(name))
                f.fail(u"VirtualMachineInstance"_s, vmi, name);
        }
    }
}

void singleReplica(const Objects &o, const Intent &i, Findings &f)
{
    if (o[u"nodes"_s].size() <= 1)
        return;
    const bool onlyActive = !annotationOf(i.upgrade, u"harvesterhci.io/skipSingleReplicaDetachedVol"_s).isEmpty();
    for (const QJsonObject &volume : o[u"volumes"_s]) {
        if (at(volume, u"spec.numberOfReplicas"_s).toInt() != 1)
            continue;
        const QString state = textAt(volume, u"status.state"_s);
        const bool active = state == "creating"_L1 || state == "attached"_L1 || state == "attaching"_L1;
        if (!onlyActive || active)
            f.fail(u"Volume"_s, volume,
                textAt(volume, u"status.kubernetesStatus.namespace"_s) + u'/'
                    + textAt(volume, u"status.kubernetesStatus.pvcName"_s));
    }
}

void certificates(const Objects &o, const Intent &i, Findings &f)
{
    const int wanted = annotationOf(i.upgrade, u"harvesterhci.io/minCertsExpirationInDay"_s).toInt();
    const int days = wanted > 0 ? wanted : 7;
    const QDateTime end = o[u"certificate"_s].isEmpty()
        ? QDateTime()
        : QDateTime::fromString(o[u"certificate"_s].constFirst().value("notAfter"_L1).toString(), Qt::ISODate);
    if (!end.isValid() || !i.now.isValid())
        f.unknown = u"no certificate seen"_s;
    else if (i.now.addDays(days) >= end)
        f.failed.append({u"Certificate"_s, {}, u"kubernetes"_s, end.toUTC().toString(Qt::ISODate)});
}

} // namespace

QList<Check> webhookVolumeAndVmChecks()
{
    using enum Severity;
    return {
        {u"A17"_s, Block, {u"nodes"_s, u"volumes"_s}, u"v1.3.0"_s, {}, {}, {}, singleReplica},
        {u"A18"_s, Block, {u"nodes"_s, u"vmis"_s, u"settings"_s}, u"v1.2.2"_s, {}, {}, {}, nonMigratable},
        {u"A19"_s, Block, {u"nodes"_s, u"vms"_s, u"vmis"_s, u"settings"_s}, u"v1.8.2"_s, {}, {}, {}, staleHotplug},
        {u"A20"_s, Block, {u"certificate"_s}, u"v1.5.0"_s, {}, {}, {}, certificates},
    };
}

} // namespace restart
