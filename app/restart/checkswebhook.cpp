// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Checks of the create webhook, in its order (A01 to A16).

#include "restart/checkfields.h"

#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace restart {

namespace {

constexpr double newImages = 13958643712;          ///< bytes: 13 GiB
constexpr double minimumFree = 30.0 * (1LL << 30); ///< bytes

void disk(const Objects &o, const Intent &, Findings &f)
{
    if (o[u"node-stats"_s].isEmpty())
        f.unknown = u"no statistics"_s;
    for (const QJsonObject &stats : o[u"node-stats"_s]) {
        const QString node = stats.value("gleanerNode"_L1).toString();
        const double used = at(stats, u"node.fs.usedBytes"_s).toDouble(-1),
                     capacity = at(stats, u"node.fs.capacityBytes"_s).toDouble();
        double threshold = 85;
        bool configured = false;
        for (const QJsonObject &config : o[u"node-configs"_s]) {
            if (config.value("gleanerNode"_L1).toString() == node) {
                configured = true;
                threshold = at(config, u"kubeletconfig.imageGCHighThresholdPercent"_s).toDouble(85);
            }
        }
        if (node.isEmpty() || used < 0 || capacity <= 0 || !configured)
            f.unknown = node + u": no usable statistics"_s;
        else if ((used + newImages) / capacity * 100 > threshold)
            f.failed.append({u"Node"_s, {}, node,
                QString::number((used + newImages) / capacity * 100, 'f', 2) + u" % > "_s + QString::number(threshold)
                    + u" %"_s});
    }
}

void freeSpace(const Objects &o, const Intent &, Findings &f)
{
    if (o[u"node-stats"_s].isEmpty())
        f.unknown = u"no statistics"_s;
    for (const QJsonObject &stats : o[u"node-stats"_s]) {
        const QString node = stats.value("gleanerNode"_L1).toString();
        const double available = at(stats, u"node.fs.availableBytes"_s).toDouble(-1);
        if (available < 0)
            f.unknown = node + u": no usable statistics"_s;
        else if (available < minimumFree)
            f.failed.append({u"Node"_s, {}, node, QString::number(available / (1LL << 30), 'f', 1) + u" GiB"_s});
    }
}

void machineMatch(const Objects &o, const Intent &, Findings &f)
{
    const auto &nodes = o[u"nodes"_s];
    const auto &machines = o[u"machines"_s];
    if (nodes.size() != machines.size())
        f.failed.append({u"Machine"_s, u"fleet-local"_s, {},
            u"nodes(%1) and machines(%2)"_s.arg(nodes.size()).arg(machines.size())});
    for (const QJsonObject &machine : machines) {
        if (textAt(machine, u"status.nodeRef.name"_s).isEmpty())
            f.fail(u"Machine"_s, machine, u"nodeRef"_s);
    }
    for (const QJsonObject &node : nodes) {
        const QString wanted = annotationOf(node, u"cluster.x-k8s.io/machine"_s);
        const auto machine = named(machines, wanted);
        if (labelOf(node, u"harvesterhci.io/managed"_s) != "true"_L1)
            f.fail(u"Node"_s, node, u"harvesterhci.io/managed"_s);
        else if (wanted.isEmpty())
            f.fail(u"Node"_s, node, u"cluster.x-k8s.io/machine"_s);
        else if (!machine || textAt(*machine, u"status.nodeRef.name"_s) != nameOf(node))
            f.fail(u"Node"_s, node, wanted);
    }
}

} // namespace

QList<Check> webhookChecks()
{
    using enum Severity;
    return {
        {u"A01"_s, Block, {}, {}, {}, {}, {},
            [](const Objects &, const Intent &i, Findings &f) {
                if (textAt(i.upgrade, u"spec.version"_s).isEmpty() && textAt(i.upgrade, u"spec.image"_s).isEmpty())
                    f.fail(u"Upgrade"_s, i.upgrade, u"spec"_s);
            }},
        {u"A02"_s, Block, {u"versions"_s}, u"v1.2.0"_s, {}, {}, {},
            [](const Objects &o, const Intent &i, Findings &f) {
                const QString version = textAt(i.upgrade, u"spec.version"_s);
                if (textAt(i.upgrade, u"spec.image"_s).isEmpty() && !version.isEmpty()
                    && !named(o[u"versions"_s], version))
                    f.failed.append({u"Version"_s, u"harvester-system"_s, version, {}});
            }},
        {u"A03"_s, Block, {u"upgrades"_s}, {}, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                for (const QJsonObject &upgrade : o[u"upgrades"_s]) {
                    const QString state = labelOf(upgrade, u"harvesterhci.io/upgradeState"_s);
                    if (state != "Succeeded"_L1 && state != "Failed"_L1) // one without the label counts too
                        f.fail(u"Upgrade"_s, upgrade, state);
                }
            }},
        {u"A04"_s, Block, {u"upgrades"_s}, u"v1.7.0"_s, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                for (const QJsonObject &upgrade : o[u"upgrades"_s]) {
                    if (labelOf(upgrade, u"harvesterhci.io/upgradeCleanup"_s) == "Pending"_L1)
                        f.fail(u"Upgrade"_s, upgrade);
                }
            }},
        {u"A05"_s, Block, {u"nodes"_s}, u"v1.7.0"_s, {}, {}, {},
            [](const Objects &o, const Intent &i, Findings &f) {
                const QString text = annotationOf(i.upgrade, u"harvesterhci.io/node-upgrade-pause-map"_s);
                if (text.isEmpty())
                    return;
                const QJsonDocument map = QJsonDocument::fromJson(text.toUtf8());
                if (!map.isObject())
                    f.fail(u"Upgrade"_s, i.upgrade, text);
                const QJsonObject wishes = map.object();
                for (auto it = wishes.begin(); it != wishes.end(); ++it) {
                    const QString wish = it.value().toString();
                    if ((wish != "pause"_L1 && wish != "unpause"_L1) || !named(o[u"nodes"_s], it.key()))
                        f.failed.append({u"Node"_s, {}, it.key(), wish});
                }
            }},
        {u"A06"_s, Block, {u"nodes"_s, u"volumes"_s}, u"v1.1.0"_s, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                if (o[u"nodes"_s].size() < 3)
                    return;
                for (const QJsonObject &volume : o[u"volumes"_s]) {
                    if (textAt(volume, u"status.robustness"_s) == "degraded"_L1)
                        f.fail(u"Volume"_s, volume, u"degraded"_s);
                }
            }},
        {u"A07"_s, Block, {u"capi"_s}, u"v1.1.2"_s, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                const auto cluster = named(o[u"capi"_s], u"local"_s);
                if (!cluster)
                    f.failed.append({u"Cluster"_s, u"fleet-local"_s, u"local"_s, {}});
                else if (textAt(*cluster, u"status.phase"_s) != "Provisioned"_L1)
                    f.fail(u"Cluster"_s, *cluster, textAt(*cluster, u"status.phase"_s));
            }},
        {u"A08"_s, Block, {u"vmbackups"_s}, u"v1.4.0"_s, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                for (const QJsonObject &backup : o[u"vmbackups"_s]) {
                    const QJsonValue error = at(backup, u"status.error"_s);
                    if ((error.isUndefined() || error.isNull()) && !at(backup, u"status.readyToUse"_s).toBool())
                        f.fail(u"VirtualMachineBackup"_s, backup);
                }
            }},
        {u"A09"_s, Block, {u"schedules"_s}, u"v1.4.0"_s, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                for (const QJsonObject &schedule : o[u"schedules"_s]) {
                    if (!at(schedule, u"status.suspended"_s).toBool())
                        f.fail(u"ScheduleVMBackup"_s, schedule);
                }
            }},
        {u"A10"_s, Block, {u"charts"_s}, u"v1.1.2"_s, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                if (o[u"charts"_s].isEmpty())
                    f.unknown = u"no ManagedChart"_s;
                for (const QJsonObject &chart : o[u"charts"_s]) {
                    if (conditionStatus(chart, u"Ready"_s) != "True"_L1)
                        f.fail(u"ManagedChart"_s, chart, textAt(chart, u"status.display.state"_s));
                }
            }},
        {u"A11"_s, Block, {u"addons"_s}, u"v1.7.0"_s, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                for (const QJsonObject &addon : o[u"addons"_s]) {
                    const QString status = textAt(addon, u"status.status"_s);
                    const bool good = at(addon, u"spec.enabled"_s).toBool()
                        ? status == "AddonDeploySuccessful"_L1
                        : status.isEmpty() || status == "AddonDisabled"_L1;
                    if (!good)
                        f.fail(u"Addon"_s, addon, status);
                }
            }},
        {u"A12"_s, Block, {u"nodes"_s}, u"v1.1.2"_s, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                if (o[u"nodes"_s].isEmpty())
                    f.unknown = u"no node"_s;
                for (const QJsonObject &node : o[u"nodes"_s]) {
                    if (conditionStatus(node, u"Ready"_s) != "True"_L1)
                        f.fail(u"Node"_s, node, conditionStatus(node, u"Ready"_s));
                }
            }},
        {u"A13"_s, Block, {u"nodes"_s}, u"v1.1.2"_s, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                for (const QJsonObject &node : o[u"nodes"_s]) {
                    if (at(node, u"spec.unschedulable"_s).toBool())
                        f.fail(u"Node"_s, node);
                }
            }},
        {u"A14"_s, Block, {u"node-stats"_s, u"node-configs"_s}, u"v1.2.2"_s, {}, {}, {}, disk},
        {u"A14b"_s, Block, {u"node-stats"_s}, u"v1.1.3"_s, u"v1.4.3"_s, {}, {}, freeSpace},
        {u"A14c"_s, Block, {u"nodes"_s}, {}, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                for (const QJsonObject &node : o[u"nodes"_s]) {
                    if (annotationOf(node, u"rke2.io/internal-ip"_s).isEmpty())
                        f.fail(u"Node"_s, node, u"rke2.io/internal-ip"_s);
                }
            }},
        {u"A15"_s, Block, {u"machines"_s}, u"v1.1.2"_s, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                if (o[u"machines"_s].isEmpty())
                    f.unknown = u"no Machine"_s;
                for (const QJsonObject &machine : o[u"machines"_s]) {
                    if (textAt(machine, u"status.phase"_s) != "Running"_L1)
                        f.fail(u"Machine"_s, machine, textAt(machine, u"status.phase"_s));
                }
            }},
        {u"A16"_s, Block, {u"nodes"_s, u"machines"_s}, u"v1.5.1"_s, {}, {}, {}, machineMatch},
    };
}

} // namespace restart
