// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Typed reading of the objects an upgrade is made of. Every reader takes what is there and leaves the rest empty: a wrong type
/// or a missing field is never an error here, the board shows what is known. "absent", "" and "Unknown" stay different.
#pragma once

#include "kube/object.h"

#include <QDateTime>
#include <QMap>
#include <QStringList>

#include <optional>

namespace upgrade {

struct Meta {
    QString ns, name, uid, resourceVersion;
    QDateTime created, deleted; ///< deleted: deletionTimestamp
    QMap<QString, QString> labels, annotations;
    QStringList finalizers;
    QString ownerKind, ownerName; ///< the controlling owner, else the first
    [[nodiscard]] QString label(const QString &key) const { return labels.value(key); }
    /// V1's label, else V2's, which means the same.
    [[nodiscard]] QString eitherLabel(QLatin1StringView v1, QLatin1StringView v2) const
    {
        const QString value = labels.value(v1);
        return value.isEmpty() ? labels.value(v2) : value;
    }
};

struct Condition {
    QString type, status, reason, message; ///< status "True", "False", "Unknown" or what the server wrote
    QDateTime updated, transitioned;
};
/// Absent is nullopt, which is not the same as status "".
struct Conditions {
    QList<Condition> all;
    [[nodiscard]] std::optional<Condition> find(const QString &type) const;
    [[nodiscard]] QString status(const QString &type) const; ///< "" when absent
    [[nodiscard]] bool isTrue(const QString &type) const { return status(type) == QLatin1String("True"); }
    [[nodiscard]] bool isFalse(const QString &type) const { return status(type) == QLatin1String("False"); }
};

struct NodeStatus { QString state, reason, message; };
struct RepoInfo { QString harvester, os, kubernetes, rancher, minUpgradableVersion; };

struct UpgradeObject {
    Meta meta;
    QString version, image;
    bool logEnabled = true;
    QString previousVersion, imageId, singleNode, upgradeLog;
    RepoInfo repoInfo;
    QMap<QString, NodeStatus> nodes;
    Conditions conditions;
    bool latest = false;       ///< label harvesterhci.io/latestUpgrade
    QString stateLabel;        ///< label harvesterhci.io/upgradeState, "" when absent
    QString cleanupLabel;      ///< label harvesterhci.io/upgradeCleanup, "" when absent
    bool read = false;         ///< label harvesterhci.io/read-message
    QMap<QString, QString> pauseMap;
};

/// V2 (management.harvesterhci.io UpgradePlan).
struct UpgradePlanObject {
    Meta meta;
    QString version, currentPhase, previousVersion, singleNode, imageId;
    RepoInfo release;
    QMap<QString, NodeStatus> nodes;
    Conditions conditions;
    QList<std::pair<QString, QDateTime>> phaseTimes;
};

struct UpgradeLogObject { Meta meta; QString upgradeName; Conditions conditions; };
struct VersionObject { Meta meta; QString isoUrl, releaseDate, minUpgradableVersion; };
struct SettingObject { Meta meta; QString value, byDefault; [[nodiscard]] QString effective() const { return value.isEmpty() ? byDefault : value; } };
struct AddonObject { Meta meta; bool enabled = false; QString status; Conditions conditions; };
struct ImageObject { Meta meta; QString url; int progress = -1; qint64 size = 0; int failed = 0; int retry = 0; QDateTime lastFailed; Conditions conditions; };

struct NodeObject {
    Meta meta;
    bool unschedulable = false;
    QList<std::pair<QString, QString>> taints; ///< key=value, effect
    QString kubeletVersion, osImage, bootId, internalIp;
    Conditions conditions;
    QDateTime heartbeat;
    bool controlPlane = false, etcd = false, witness = false, managed = false;
    QString pendingOsImage, machine;
};

struct JobObject {
    Meta meta;
    int active = 0, succeeded = 0, failed = 0, backoffLimit = 6;
    QDateTime started, completed;
    Conditions conditions;
    QString upgradeName;   ///< label harvesterhci.io/upgrade
    QString component;     ///< label harvesterhci.io/upgradeComponent
    QString jobType;       ///< label harvesterhci.io/upgradeJobType
    QString node;          ///< label harvesterhci.io/node or upgrade.cattle.io/node
    QString plan;          ///< label upgrade.cattle.io/plan
    [[nodiscard]] bool isComplete() const { return conditions.isTrue(QStringLiteral("Complete")); }
    [[nodiscard]] bool isFailed() const { return conditions.isTrue(QStringLiteral("Failed")); }
};

struct ContainerStatus {
    QString name, containerId, image;
    bool init = false, ready = false;
    int restarts = 0;
    QString state;   ///< "waiting", "running", "terminated"
    QString reason, message;
    int exitCode = 0;
    QDateTime started, finished;
};
struct PodObject {
    Meta meta;
    QString phase, nodeName, reason, message, jobName;
    QList<ContainerStatus> containers; ///< init containers first
    Conditions conditions;
    QDateTime started;
};

struct DeploymentObject { Meta meta; int replicas = 0, ready = 0; Conditions conditions; };
struct EventObject { Meta meta; QString type, reason, message, kind, name, ns; int count = 1; QDateTime last; };
struct PlanObject { Meta meta; QString latestHash; QStringList applying; Conditions conditions; };
struct ProvisioningClusterObject { Meta meta; QString kubernetesVersion; Conditions conditions; bool drainHooks = false; };
struct CapiClusterObject { Meta meta; QString phase; bool paused = false; qint64 generation = 0, observedGeneration = 0; };
struct MachineObject { Meta meta; QString phase, node; };
/// Metadata of a machine-plan Secret: annotations only, never data.
struct PlanSecretObject { Meta meta; QString machine; QString preDrain, preHook, postDrain, postHook, drainError; bool drainDone = false; };
struct ManagedChartObject { Meta meta; QString version, state; bool paused = false; int desired = 0, ready = 0, unavailable = 0; qint64 generation = 0, observedGeneration = 0; Conditions conditions; };
struct BundleObject { Meta meta; Conditions conditions; qint64 generation = 0, observedGeneration = 0; };
struct VolumeObject { Meta meta; QString state, robustness, nodeId, pvcNs, pvcName; int replicas = 0; QStringList workloads; };
struct VmiObject { Meta meta; QString phase, node; Conditions conditions; };
struct MigrationObject { Meta meta; QString phase, vmi, source, target; };
struct PdbObject { Meta meta; int disruptionsAllowed = 0; };
struct RepoVmObject { Meta meta; bool ready = false; QString printableStatus; Conditions conditions; };
struct ConfigMapObject { Meta meta; QMap<QString, QString> data; };

[[nodiscard]] Meta readMeta(const QJsonObject &json);
[[nodiscard]] Conditions readConditions(const QJsonValue &conditions);

/// read<T>(object): never fails.
template<class T>
[[nodiscard]] T read(const kube::Object &object);
// Core kinds: objects.cpp; Harvester's, Rancher's and Fleet's: harvesterobjects.cpp.
template<> UpgradeObject read(const kube::Object &object);
template<> UpgradePlanObject read(const kube::Object &object);
template<> UpgradeLogObject read(const kube::Object &object);
template<> VersionObject read(const kube::Object &object);
template<> SettingObject read(const kube::Object &object);
template<> AddonObject read(const kube::Object &object);
template<> ImageObject read(const kube::Object &object);
template<> NodeObject read(const kube::Object &object);
template<> JobObject read(const kube::Object &object);
template<> PodObject read(const kube::Object &object);
template<> DeploymentObject read(const kube::Object &object);
template<> EventObject read(const kube::Object &object);
template<> ConfigMapObject read(const kube::Object &object);
template<> PlanObject read(const kube::Object &object);
template<> ProvisioningClusterObject read(const kube::Object &object);
template<> CapiClusterObject read(const kube::Object &object);
template<> MachineObject read(const kube::Object &object);
template<> PlanSecretObject read(const kube::Object &object);
template<> ManagedChartObject read(const kube::Object &object);
template<> BundleObject read(const kube::Object &object);
template<> VolumeObject read(const kube::Object &object);
template<> VmiObject read(const kube::Object &object);
template<> MigrationObject read(const kube::Object &object);
template<> PdbObject read(const kube::Object &object);
template<> RepoVmObject read(const kube::Object &object);

} // namespace upgrade
