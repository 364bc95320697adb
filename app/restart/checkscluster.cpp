// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Checks from documentation and release notes about what goes on around an upgrade: clocks, other operations,
// registries, guest clusters, a baseline bundle (C02, C03, C12, C15, C24 to C28).

#include "restart/checkfields.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace restart {

namespace {

constexpr qint64 clockLimit = 30; ///< seconds; a lease is renewed every 10

/// A node's own word on NTP where the release has one; else its lease: one renewed in the future, or long ago on a node
/// that is ready, has a clock that is off.
void clocks(const Objects &o, const Intent &i, Findings &f)
{
    QDateTime newest;
    QMap<QString, QDateTime> renewed;
    for (const QJsonObject &lease : o[u"node-leases"_s]) {
        const QDateTime at = QDateTime::fromString(textAt(lease, u"spec.renewTime"_s), Qt::ISODateWithMs);
        renewed.insert(nameOf(lease), at);
        if (at.isValid() && (!newest.isValid() || at > newest))
            newest = at;
    }
    for (const QJsonObject &node : o[u"nodes"_s]) {
        const QString status
            = QJsonDocument::fromJson(annotationOf(node, u"node.harvesterhci.io/ntp-service"_s).toUtf8())
                  .object()
                  .value("ntpSyncStatus"_L1)
                  .toString();
        if (status == "unsynced"_L1)
            f.fail(u"Node"_s, node, u"ntpSyncStatus: unsynced"_s);
        else if (status == "disabled"_L1)
            f.warn(u"Node"_s, node, u"ntpSyncStatus: disabled"_s);
        if (conditionStatus(node, u"Ready"_s) != "True"_L1)
            continue;
        const QDateTime at = renewed.value(nameOf(node));
        if (!at.isValid()) {
            if (status.isEmpty())
                f.unknown = nameOf(node) + u": no lease and no NTP status"_s;
        } else if (at.secsTo(newest) > clockLimit) {
            f.warn(u"Node"_s, node, u"%1 s behind the newest lease"_s.arg(at.secsTo(newest)));
        } else if (i.now.isValid() && i.now.secsTo(at) > clockLimit) {
            f.warn(u"Node"_s, node, u"lease %1 s in the future"_s.arg(i.now.secsTo(at)));
        }
    }
    if (o[u"nodes"_s].isEmpty())
        f.unknown = u"no node"_s;
}

/// Images on their way in, nodes on their way in or out, maintenance mode, add-ons that change.
void otherOperations(const Objects &o, const Intent &, Findings &f)
{
    for (const QJsonObject &image : o[u"images"_s]) {
        const bool failed
            = at(image, u"status.failed"_s).toInt() > 0 && conditionStatus(image, u"Imported"_s) == "False"_L1;
        if (conditionStatus(image, u"Imported"_s) != "True"_L1 && !failed)
            f.fail(u"VirtualMachineImage"_s, image, u"progress: %1"_s.arg(at(image, u"status.progress"_s).toInt()));
    }
    for (const QJsonObject &node : o[u"nodes"_s]) {
        if (!textAt(node, u"metadata.deletionTimestamp"_s).isEmpty())
            f.fail(u"Node"_s, node, u"deletionTimestamp"_s);
        if (const QString mode = annotationOf(node, u"harvesterhci.io/maintain-status"_s); !mode.isEmpty())
            f.fail(u"Node"_s, node, u"maintain-status: "_s + mode);
    }
    for (const QJsonObject &machine : o[u"machines"_s]) {
        const QString phase = textAt(machine, u"status.phase"_s);
        if (phase == "Pending"_L1 || phase == "Provisioning"_L1 || phase == "Deleting"_L1)
            f.fail(u"Machine"_s, machine, phase);
    }
    static const QStringList still{QString(), u"AddonDeploySuccessful"_s, u"AddonDisabled"_s, u"AddonDeployFailed"_s,
        u"AddonEnableFailed"_s, u"AddonDisableFailed"_s, u"AddonUpdateFailed"_s};
    for (const QJsonObject &addon : o[u"addons"_s]) {
        if (const QString status = textAt(addon, u"status.status"_s); !still.contains(status))
            f.fail(u"Addon"_s, addon, status);
    }
}

/// Some releases look for logging images that are only there when the add-on was on, and else pull them.
void loggingImages(const Objects &o, const Intent &, Findings &f)
{
    const auto addon = named(o[u"addons"_s], u"rancher-logging"_s);
    if (addon && at(*addon, u"spec.enabled"_s).toBool())
        return;
    if (addon)
        f.warn(u"Addon"_s, *addon, u"enabled: false"_s);
    else
        f.warned.append({u"Addon"_s, u"cattle-logging-system"_s, u"rancher-logging"_s, u"not found"_s});
}

void backingImageKind(const Objects &o, const Intent &, Findings &f)
{
    const auto kind = named(o[u"crds"_s], u"backingimages.longhorn.io"_s);
    if (!kind) {
        f.unknown = u"CustomResourceDefinition backingimages.longhorn.io: not found"_s;
        return;
    }
    const QString version = labelOf(*kind, u"app.kubernetes.io/version"_s);
    if (versionOf(version).isNull())
        f.unknown = u"CustomResourceDefinition backingimages.longhorn.io: names no version"_s;
    else if (versionOf(version) < versionOf(u"v1.7.2"_s))
        f.fail(u"CustomResourceDefinition"_s, *kind, version);
}

void privateRegistry(const Objects &o, const Intent &, Findings &f)
{
    // The value holds logins: only that there is one is read.
    const QJsonObject registries
        = QJsonDocument::fromJson(settingValue(o[u"settings"_s], u"containerd-registry"_s).toUtf8()).object();
    const bool mirrors
        = !registries.value("Mirrors"_L1).toObject().isEmpty() || !registries.value("mirrors"_L1).toObject().isEmpty();
    const QString strategy
        = at(QJsonDocument::fromJson(settingValue(o[u"settings"_s], u"upgrade-config"_s).toUtf8()).object(),
            u"imagePreloadOption.strategy.type"_s)
              .toString();
    if (mirrors && strategy != "skip"_L1)
        f.warned.append({u"Setting"_s, {}, u"upgrade-config"_s,
            u"imagePreloadOption.strategy.type: "_s + (strategy.isEmpty() ? u"-"_s : strategy)});
}

void logVolume(const Objects &o, const Intent &, Findings &f)
{
    for (const QJsonObject &claim : o[u"pvcs"_s]) {
        const bool logging = nsOf(claim) == "cattle-logging-system"_L1 || nsOf(claim) == "harvester-system"_L1;
        if (logging && nameOf(claim).contains("fluentd-buffer"_L1)
            && textAt(claim, u"spec.resources.requests.storage"_s) == "1Gi"_L1)
            f.warn(u"PersistentVolumeClaim"_s, claim, u"1Gi"_s);
    }
}

void guestClusters(const Objects &o, const Intent &, Findings &f)
{
    for (const QJsonObject &vm : o[u"vms"_s]) {
        QString guest = labelOf(vm, u"guestcluster.harvesterhci.io/name"_s);
        if (guest.isEmpty())
            guest = at(vm, u"spec.template.metadata.labels"_s)
                        .toObject()
                        .value("guestcluster.harvesterhci.io/name"_L1)
                        .toString();
        if (guest.isEmpty() && labelOf(vm, u"harvesterhci.io/creator"_s) == "docker-machine-driver-harvester"_L1)
            guest = u"docker-machine-driver-harvester"_s;
        if (!guest.isEmpty() && textAt(vm, u"status.printableStatus"_s) != "Stopped"_L1)
            f.warn(u"VirtualMachine"_s, vm, guest);
    }
}

void baseline(const Objects &o, const Intent &, Findings &f)
{
    const bool ready = std::ranges::any_of(o[u"support-bundles"_s],
        [](const QJsonObject &bundle) { return textAt(bundle, u"status.state"_s) == "ready"_L1; });
    if (!ready)
        f.warned.append({u"SupportBundle"_s, u"harvester-system"_s, {}, u"0"_s});
}

} // namespace

QList<Check> clusterChecks()
{
    using enum Severity;
    return {
        {u"C02"_s, High, {u"nodes"_s, u"node-leases"_s}, {}, {}, {}, {}, clocks},
        {u"C03"_s, High, {u"images"_s, u"nodes"_s, u"machines"_s, u"addons"_s}, {}, {}, {}, {}, otherOperations},
        {u"C12"_s, High, {u"addons"_s}, u"v1.4.1"_s, u"v1.5.0"_s, u"v1.4.3"_s, u"v1.5.99"_s, loggingImages},
        {u"C15"_s, Block, {u"crds"_s}, {}, {}, u"v1.4.0"_s, u"v1.4.0"_s, backingImageKind},
        {u"C24"_s, Warn, {u"settings"_s}, {}, {}, {}, {}, privateRegistry},
        {u"C25"_s, Info, {u"pvcs"_s}, {}, {}, {}, {}, logVolume},
        {u"C26"_s, Warn, {}, {}, {}, {}, {},
            [](const Objects &, const Intent &, Findings &f) {
                f.unknown = u"the Rancher that manages this cluster is another cluster"_s;
            }},
        {u"C27"_s, Warn, {u"vms"_s}, {}, {}, {}, {}, guestClusters},
        {u"C28"_s, Info, {u"support-bundles"_s}, {}, {}, {}, {}, baseline},
    };
}

} // namespace restart
