// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The inside of step(): one event applied to a Procedure. Private to this folder; its parts are in procedure.cpp (what
/// happens when), procedureanswers.cpp (what an answer means) and procedurelook.cpp (what is looked for after the
/// deletion).
#pragma once

#include "restart/procedure.h"

#include <QJsonArray>
#include <QJsonObject>

namespace restart {

inline constexpr qint64 goneLimit = 10 * 60; ///< seconds; then say what it waits for; nothing is forced
inline constexpr qint64 chartLimit = 15 * 60;
inline constexpr qint64 takeUpLimit = 60;

inline const QString harvesterNs = QStringLiteral("harvester-system");
inline const QString cattleNs = QStringLiteral("cattle-system");
inline const QString fleetNs = QStringLiteral("fleet-local");

/// What a restart reads and writes.
namespace kinds {
[[nodiscard]] inline kube::ResourceRef ref(
    const char *group, const char *version, const char *resource, const char *kind, bool namespaced = true)
{
    return {QString::fromLatin1(group), QString::fromLatin1(version), QString::fromLatin1(resource),
        QString::fromLatin1(kind), namespaced};
}
inline const kube::ResourceRef upgrades = ref("harvesterhci.io", "v1beta1", "upgrades", "Upgrade");
inline const kube::ResourceRef versions = ref("harvesterhci.io", "v1beta1", "versions", "Version");
inline const kube::ResourceRef images
    = ref("harvesterhci.io", "v1beta1", "virtualmachineimages", "VirtualMachineImage");
inline const kube::ResourceRef charts = ref("management.cattle.io", "v3", "managedcharts", "ManagedChart");
inline const kube::ResourceRef plans = ref("upgrade.cattle.io", "v1", "plans", "Plan");
inline const kube::ResourceRef jobs = ref("batch", "v1", "jobs", "Job");
inline const kube::ResourceRef deployments = ref("apps", "v1", "deployments", "Deployment");
inline const kube::ResourceRef nodes = ref("", "v1", "nodes", "Node", false);
inline const kube::ResourceRef secrets = ref("", "v1", "secrets", "Secret");
inline const kube::ResourceRef capi = ref("cluster.x-k8s.io", "v1beta1", "clusters", "Cluster");
inline const kube::ResourceRef provisioning = ref("provisioning.cattle.io", "v1", "clusters", "Cluster");
} // namespace kinds

[[nodiscard]] QJsonObject metaOf(const QJsonObject &object);
[[nodiscard]] QString conditionOf(const QJsonObject &object, QLatin1StringView type);

class Machine {
public:
    Machine(const Procedure &procedure, const Event &from)
        : p(procedure)
        , e(from)
    {
    }
    Procedure p;
    const Event &e;
    QList<Request> out;

    void run();

private:
    void go(Step next)
    {
        p.step = next;
        p.since = e.at;
        p.polled = {};
        p.problem = {};
        p.pending.clear(); // answers to what an earlier step asked are none of this one's
    }
    void problem(const char *code, const QStringList &args = {}) { p.problem = {QString::fromLatin1(code), args}; }
    void close(const char *code, const QStringList &args = {})
    {
        go(Step::Closed);
        problem(code, args);
        p.confirmed = false;
        out.clear();
    }
    /// To the beginning: what was confirmed was something else.
    void again(const char *code, const QStringList &args = {})
    {
        if (p.verdict != Code::Safe && p.verdict != Code::SafeAfterBundle)
            return close("verdict", {codeWord(p.verdict)});
        go(Step::Review);
        problem(code, args);
        p.confirmed = false;
        out.clear();
    }
    void ask(const QString &what, Request request)
    {
        request.id = QString::number(++p.serial);
        p.pending.insert(request.id, what);
        out.append(std::move(request));
    }
    void get(const QString &what, const kube::ResourceRef &resource, const QString &ns, const QString &name)
    {
        ask(what, {{}, Request::Verb::Get, resource, ns, name});
    }
    void list(const QString &what, const kube::ResourceRef &resource, const QString &ns, const QString &selector = {},
        bool metadataOnly = false)
    {
        Request request{{}, Request::Verb::List, resource, ns};
        request.labelSelector = selector;
        request.metadataOnly = metadataOnly;
        ask(what, std::move(request));
    }
    [[nodiscard]] QJsonArray items() const { return e.json.value(QLatin1StringView("items")).toArray(); }
    [[nodiscard]] bool missing() const { return !e.ok && e.status == 404; }

    void judged();
    void answer(const QString &what);
    void tick();
    void resumed();
    void verified(const QString &what);

    void enterProvisioned()
    {
        go(Step::Provisioned);
        get(QStringLiteral("capi"), kinds::capi, fleetNs, QStringLiteral("local"));
    }
    void enterWaitGone()
    {
        p.deleted = true;
        go(Step::WaitGone);
        poll();
    }
    void enterLeftovers();
    void enterCharts();
    void enterSanity();
    void enterVersion();
    void enterDryRun();
    void poll();
    void lookFor(const QString &what);
    void lookAtChart();
    void lookIfClean(const QString &what);
    void enterCharts(const QJsonArray &found);
    void remove();
};

} // namespace restart
