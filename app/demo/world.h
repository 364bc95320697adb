// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The hands of the controllers that the scenario plays: makes and changes objects, Jobs, pods and logs of the
/// simulated cluster in the shape the real ones have. Thread: the server's.
#pragma once

#include "demo/logbook.h"
#include "demo/store.h"

#include <QJsonArray>
#include <QJsonObject>

#include <functional>
#include <random>

namespace demo {

struct Resource {
    QLatin1StringView group, resource;
};

/// The kinds the scenario touches.
namespace kinds {
using namespace Qt::StringLiterals;
inline constexpr Resource upgrades{"harvesterhci.io"_L1, "upgrades"_L1},
    upgradeLogs{"harvesterhci.io"_L1, "upgradelogs"_L1}, versions{"harvesterhci.io"_L1, "versions"_L1},
    settings{"harvesterhci.io"_L1, "settings"_L1}, addons{"harvesterhci.io"_L1, "addons"_L1},
    images{"harvesterhci.io"_L1, "virtualmachineimages"_L1};
inline constexpr Resource namespaces{""_L1, "namespaces"_L1}, nodes{""_L1, "nodes"_L1}, pods{""_L1, "pods"_L1},
    services{""_L1, "services"_L1}, configMaps{""_L1, "configmaps"_L1}, secrets{""_L1, "secrets"_L1},
    events{""_L1, "events"_L1}, claims{""_L1, "persistentvolumeclaims"_L1};
inline constexpr Resource deployments{"apps"_L1, "deployments"_L1}, replicaSets{"apps"_L1, "replicasets"_L1},
    daemonSets{"apps"_L1, "daemonsets"_L1}, statefulSets{"apps"_L1, "statefulsets"_L1}, jobs{"batch"_L1, "jobs"_L1},
    leases{"coordination.k8s.io"_L1, "leases"_L1}, budgets{"policy"_L1, "poddisruptionbudgets"_L1},
    storageClasses{"storage.k8s.io"_L1, "storageclasses"_L1},
    crds{"apiextensions.k8s.io"_L1, "customresourcedefinitions"_L1};
inline constexpr Resource plans{"upgrade.cattle.io"_L1, "plans"_L1},
    provisioningClusters{"provisioning.cattle.io"_L1, "clusters"_L1},
    capiClusters{"cluster.x-k8s.io"_L1, "clusters"_L1}, machines{"cluster.x-k8s.io"_L1, "machines"_L1},
    charts{"management.cattle.io"_L1, "managedcharts"_L1}, bundles{"fleet.cattle.io"_L1, "bundles"_L1};
inline constexpr Resource volumes{"longhorn.io"_L1, "volumes"_L1}, engines{"longhorn.io"_L1, "engines"_L1},
    longhornSettings{"longhorn.io"_L1, "settings"_L1}, vms{"kubevirt.io"_L1, "virtualmachines"_L1},
    vmis{"kubevirt.io"_L1, "virtualmachineinstances"_L1},
    migrations{"kubevirt.io"_L1, "virtualmachineinstancemigrations"_L1}, kubevirts{"kubevirt.io"_L1, "kubevirts"_L1},
    upgradePlans{"management.harvesterhci.io"_L1, "upgradeplans"_L1};
} // namespace kinds

/// Before and after.
struct Release {
    QString harvester;  ///< "v1.8.2"
    QString kubernetes; ///< "v1.35.4+rke2r1"
    QString rancher, kubevirt, longhorn, monitoringChart;
    [[nodiscard]] QString os() const { return QStringLiteral("Harvester ") + harvester; }
    [[nodiscard]] QString chart() const { return harvester.mid(1); }
};

struct PodSpec {
    QString ns, name; ///< name empty: generateName
    QString generateName;
    QString node;
    QString container, image;
    QJsonObject labels;
    QJsonObject owner;  ///< one ownerReference; empty: none
    bool never = false; ///< restartPolicy Never
};

struct JobSpec {
    QString ns, name;
    QJsonObject labels;    ///< of the Job and of its pods
    QJsonObject jobLabels; ///< of the Job only
    QString container, image;
    QJsonArray args;
    QString node; ///< where its pods run
    int backoffLimit = 6;
    int deadline = 0; ///< seconds; 0: none
    int ttl = 0;      ///< seconds after its end; 0: none
    QJsonObject owner;
};

class World {
public:
    using Edit = std::function<void(QJsonObject &)>;

    World(Store &store, LogBook &logs, quint64 seed, std::function<qint64()> clock);

    Store &store() { return m_store; }
    LogBook &logs() { return m_logs; }
    [[nodiscard]] const ResourceType &type(Resource resource) const;

    /// RFC 3339 in whole seconds, as objects carry it.
    [[nodiscard]] QString now() const;
    [[nodiscard]] qint64 nowNanoseconds() const { return m_clock(); }

    // Random things, the same for the same seed.
    [[nodiscard]] QString word(int length); ///< as in generated names
    [[nodiscard]] QString hex(int length);
    [[nodiscard]] double between(double low, double high);
    [[nodiscard]] int below(int limit);

    // Objects.
    [[nodiscard]] QJsonObject get(
        Resource resource, const QString &ns, const QString &name) const; ///< empty when absent
    [[nodiscard]] bool exists(Resource resource, const QString &ns, const QString &name) const;
    [[nodiscard]] QList<QJsonObject> list(Resource resource, const QString &ns = {}, const QString &labels = {}) const;
    QJsonObject make(Resource resource, QJsonObject object);
    void edit(Resource resource, const QString &ns, const QString &name, const Edit &change);
    void drop(Resource resource, const QString &ns, const QString &name);
    [[nodiscard]] QJsonObject reference(
        Resource resource, const QString &ns, const QString &name, bool controller = false) const;
    void event(const QString &type, const QString &reason, const QString &message, Resource about, const QString &ns,
        const QString &name, const QString &component);

    // Pods.
    QString makePod(const PodSpec &spec); ///< Pending; gives the name
    void podWaits(const QString &ns, const QString &name, const QString &reason, const QString &message = {});
    void podRuns(const QString &ns, const QString &name);
    void podEnds(const QString &ns, const QString &name, int exitCode);
    void restartContainer(const QString &ns, const QString &pod, const QString &container, int exitCode = 1);
    void log(const QString &ns, const QString &pod, const QString &text, const QString &container = {});

    // Jobs, as the Job controller leaves them.
    void makeJob(const JobSpec &spec);
    QString makeJobPod(const QString &ns, const QString &job); ///< the next attempt, Pending; gives the pod
    /// The pod ended badly and another attempt follows.
    void jobPodFailed(const QString &ns, const QString &job, const QString &pod, int exitCode);
    void completeJob(const QString &ns, const QString &job, const QString &pod);
    void failJob(
        const QString &ns, const QString &job, const QString &pod, const QString &reason, const QString &message);

    // Workloads. Pods go to the nodes in turn.
    void makeDeployment(const QString &ns, const QString &name, const QJsonObject &podLabels, const QString &container,
        const QString &image, int replicas, const QJsonObject &labels = {}, const QJsonObject &owner = {},
        bool ready = true);
    void deploymentStatus(const QString &ns, const QString &name, int replicas, int ready);
    /// Pods of a Deployment, by its selector.
    [[nodiscard]] QStringList podsOf(const QString &ns, const QString &deployment) const;
    /// Replaces one pod of a Deployment by a new one, of another image when given, on a node other than `notOn`.
    void replacePod(const QString &ns, const QString &pod, const QString &image = {}, const QString &notOn = {});
    [[nodiscard]] QString nodeInTurn();
    void setNodes(const QStringList &names) { m_nodes = names; }
    [[nodiscard]] const QStringList &nodes() const { return m_nodes; }

private:
    Store &m_store;
    LogBook &m_logs;
    std::mt19937_64 m_random;
    std::function<qint64()> m_clock;
    QStringList m_nodes;
    qsizetype m_turn = 0;
};

/// "s…-12345": parts joined, cut like wrangler's SafeConcatName when 64 characters or longer.
[[nodiscard]] QString safeName(const QStringList &parts);

} // namespace demo
