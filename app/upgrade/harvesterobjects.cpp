// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Readers of Harvester's, Rancher's and Fleet's own kinds.

#include "upgrade/objectfields.h"
#include "upgrade/objects.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace upgrade {

namespace {

QMap<QString, NodeStatus> readNodeStatuses(const QJsonObject &from)
{
    QMap<QString, NodeStatus> nodes;
    for (auto it = from.begin(); it != from.end(); ++it) {
        const QJsonObject status = it.value().toObject();
        nodes.insert(it.key(), {text(status, "state"_L1), text(status, "reason"_L1), text(status, "message"_L1)});
    }
    return nodes;
}

/// status.repoInfo is YAML text of a fixed shape, "release:" and one level of scalars below. Anything else in it is passed over.
RepoInfo readRepoInfo(const QString &yaml)
{
    RepoInfo info;
    bool release = false;
    const QStringList lines = yaml.split(u'\n');
    for (const QString &raw : lines) {
        const qsizetype colon = raw.indexOf(u':');
        if (colon < 0 || raw.trimmed().startsWith(u'#'))
            continue;
        const QString key = raw.left(colon).trimmed();
        if (!raw.startsWith(u' ')) {
            release = key == "release"_L1;
            continue;
        }
        if (!release)
            continue;
        QString value = raw.mid(colon + 1).trimmed();
        if (value.size() >= 2 && (value.startsWith(u'"') || value.startsWith(u'\'')) && value.endsWith(value.front()))
            value = value.mid(1, value.size() - 2);
        if (key == "harvester"_L1)
            info.harvester = value;
        else if (key == "os"_L1)
            info.os = value;
        else if (key == "kubernetes"_L1)
            info.kubernetes = value;
        else if (key == "rancher"_L1)
            info.rancher = value;
        else if (key == "minUpgradableVersion"_L1)
            info.minUpgradableVersion = value;
    }
    return info;
}

} // namespace

template<>
UpgradeObject read(const kube::Object &from)
{
    const QJsonObject spec = object(from.json, "spec"_L1);
    const QJsonObject status = object(from.json, "status"_L1);
    UpgradeObject upgrade;
    upgrade.meta = readMeta(from.json);
    upgrade.version = text(spec, "version"_L1);
    upgrade.image = text(spec, "image"_L1);
    upgrade.logEnabled = spec.value("logEnabled"_L1).toBool(true);
    upgrade.previousVersion = text(status, "previousVersion"_L1);
    upgrade.imageId = text(status, "imageID"_L1);
    upgrade.singleNode = text(status, "singleNode"_L1);
    upgrade.upgradeLog = text(status, "upgradeLog"_L1);
    upgrade.repoInfo = readRepoInfo(text(status, "repoInfo"_L1));
    upgrade.nodes = readNodeStatuses(object(status, "nodeStatuses"_L1));
    upgrade.conditions = readConditions(status.value("conditions"_L1));
    upgrade.latest = upgrade.meta.labels.value("harvesterhci.io/latestUpgrade"_L1) == "true"_L1;
    upgrade.stateLabel = upgrade.meta.labels.value("harvesterhci.io/upgradeState"_L1);
    upgrade.cleanupLabel = upgrade.meta.labels.value("harvesterhci.io/upgradeCleanup"_L1);
    upgrade.read = upgrade.meta.labels.value("harvesterhci.io/read-message"_L1) == "true"_L1;
    const QString pauses = upgrade.meta.annotations.value("harvesterhci.io/node-upgrade-pause-map"_L1);
    if (!pauses.isEmpty())
        upgrade.pauseMap = texts(QJsonDocument::fromJson(pauses.toUtf8()).object());
    return upgrade;
}

template<>
UpgradePlanObject read(const kube::Object &from)
{
    const QJsonObject status = object(from.json, "status"_L1);
    const QJsonObject release = object(status, "releaseMetadata"_L1);
    UpgradePlanObject plan;
    plan.meta = readMeta(from.json);
    plan.version = text(object(from.json, "spec"_L1), "version"_L1);
    plan.currentPhase = text(status, "currentPhase"_L1);
    if (plan.currentPhase.isEmpty())
        plan.currentPhase = text(status, "phase"_L1);
    plan.previousVersion = text(status, "previousVersion"_L1);
    plan.singleNode = text(status, "singleNode"_L1);
    plan.imageId = text(status, "isoImageID"_L1);
    plan.release = {text(release, "harvester"_L1), text(release, "os"_L1), text(release, "kubernetes"_L1), text(release, "rancher"_L1),
                    text(release, "minUpgradableVersion"_L1)};
    plan.nodes = readNodeStatuses(object(status, "nodeUpgradeStatuses"_L1));
    plan.conditions = readConditions(status.value("conditions"_L1));
    const QJsonArray times = status.value("phaseTransitionTimestamps"_L1).toArray();
    for (const QJsonValue &value : times) {
        const QJsonObject entry = value.toObject();
        plan.phaseTimes.append({text(entry, "phase"_L1), time(entry, "phaseTransitionTimestamp"_L1)});
    }
    return plan;
}

template<>
UpgradeLogObject read(const kube::Object &from)
{
    return {readMeta(from.json), text(object(from.json, "spec"_L1), "upgradeName"_L1),
            readConditions(object(from.json, "status"_L1).value("conditions"_L1))};
}

template<>
VersionObject read(const kube::Object &from)
{
    const QJsonObject spec = object(from.json, "spec"_L1);
    return {readMeta(from.json), text(spec, "isoURL"_L1), text(spec, "releaseDate"_L1), text(spec, "minUpgradableVersion"_L1)};
}

template<>
SettingObject read(const kube::Object &from)
{
    return {readMeta(from.json), text(from.json, "value"_L1), text(from.json, "default"_L1)};
}

template<>
AddonObject read(const kube::Object &from)
{
    const QJsonObject status = object(from.json, "status"_L1);
    return {readMeta(from.json), object(from.json, "spec"_L1).value("enabled"_L1).toBool(), text(status, "status"_L1),
            readConditions(status.value("conditions"_L1))};
}

template<>
ImageObject read(const kube::Object &from)
{
    const QJsonObject spec = object(from.json, "spec"_L1);
    const QJsonObject status = object(from.json, "status"_L1);
    ImageObject image;
    image.meta = readMeta(from.json);
    image.url = text(spec, "url"_L1);
    image.retry = number(spec, "retry"_L1);
    image.progress = status.value("progress"_L1).toInt(-1);
    image.size = qint64(status.value("size"_L1).toDouble());
    image.failed = number(status, "failed"_L1);
    image.lastFailed = time(status, "lastFailedTime"_L1);
    image.conditions = readConditions(status.value("conditions"_L1));
    return image;
}

template<>
PlanObject read(const kube::Object &from)
{
    const QJsonObject status = object(from.json, "status"_L1);
    return {readMeta(from.json), text(status, "latestHash"_L1), list(status, "applying"_L1),
            readConditions(status.value("conditions"_L1))};
}

template<>
ProvisioningClusterObject read(const kube::Object &from)
{
    const QJsonObject spec = object(from.json, "spec"_L1);
    const QJsonObject strategy = object(object(spec, "rkeConfig"_L1), "upgradeStrategy"_L1);
    ProvisioningClusterObject cluster;
    cluster.meta = readMeta(from.json);
    cluster.kubernetesVersion = text(spec, "kubernetesVersion"_L1);
    cluster.conditions = readConditions(object(from.json, "status"_L1).value("conditions"_L1));
    cluster.drainHooks = !object(strategy, "controlPlaneDrainOptions"_L1).value("preDrainHooks"_L1).toArray().isEmpty()
        || !object(strategy, "workerDrainOptions"_L1).value("preDrainHooks"_L1).toArray().isEmpty();
    return cluster;
}

template<>
CapiClusterObject read(const kube::Object &from)
{
    const QJsonObject status = object(from.json, "status"_L1);
    return {readMeta(from.json), text(status, "phase"_L1), object(from.json, "spec"_L1).value("paused"_L1).toBool(),
            object(from.json, "metadata"_L1).value("generation"_L1).toInteger(), status.value("observedGeneration"_L1).toInteger()};
}

template<>
MachineObject read(const kube::Object &from)
{
    const QJsonObject status = object(from.json, "status"_L1);
    return {readMeta(from.json), text(status, "phase"_L1), text(object(status, "nodeRef"_L1), "name"_L1)};
}

template<>
PlanSecretObject read(const kube::Object &from)
{
    PlanSecretObject secret;
    secret.meta = readMeta(from.json);
    secret.machine = secret.meta.labels.value("rke.cattle.io/machine-name"_L1);
    const auto annotation = [&](QLatin1StringView key) { return secret.meta.annotations.value(key); };
    secret.preDrain = annotation("rke.cattle.io/pre-drain"_L1);
    secret.preHook = annotation("harvesterhci.io/pre-hook"_L1);
    secret.postDrain = annotation("rke.cattle.io/post-drain"_L1);
    secret.postHook = annotation("harvesterhci.io/post-hook"_L1);
    secret.drainError = annotation("rke.cattle.io/drain-error"_L1);
    secret.drainDone = !annotation("rke.cattle.io/drain-done"_L1).isEmpty();
    return secret;
}

template<>
ManagedChartObject read(const kube::Object &from)
{
    const QJsonObject spec = object(from.json, "spec"_L1);
    const QJsonObject status = object(from.json, "status"_L1);
    const QJsonObject summary = object(status, "summary"_L1);
    ManagedChartObject chart;
    chart.meta = readMeta(from.json);
    chart.version = text(spec, "version"_L1);
    chart.paused = spec.value("paused"_L1).toBool();
    chart.state = text(object(status, "display"_L1), "state"_L1);
    chart.desired = number(summary, "desiredReady"_L1);
    chart.ready = number(summary, "ready"_L1);
    chart.unavailable = number(status, "unavailable"_L1);
    chart.generation = object(from.json, "metadata"_L1).value("generation"_L1).toInteger();
    chart.observedGeneration = status.value("observedGeneration"_L1).toInteger();
    chart.conditions = readConditions(status.value("conditions"_L1));
    return chart;
}

template<>
BundleObject read(const kube::Object &from)
{
    const QJsonObject status = object(from.json, "status"_L1);
    return {readMeta(from.json), readConditions(status.value("conditions"_L1)),
        object(from.json, "metadata"_L1).value("generation"_L1).toInteger(), status.value("observedGeneration"_L1).toInteger()};
}

template<>
RepoVmObject read(const kube::Object &from)
{
    const QJsonObject status = object(from.json, "status"_L1);
    return {readMeta(from.json), status.value("ready"_L1).toBool(), text(status, "printableStatus"_L1),
            readConditions(status.value("conditions"_L1))};
}

} // namespace upgrade
