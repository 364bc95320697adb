// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the controllers write into their own logs while they wait: again and again, as they look again and again.

#include "demo/director.h"
#include "demo/jsonedit.h"

using namespace Qt::StringLiterals;

namespace demo {
namespace {

const QString ns = u"harvester-system"_s, cattle = u"cattle-system"_s, fleet = u"fleet-local"_s,
              longhorn = u"longhorn-system"_s;

} // namespace

void Director::controllerSays(const QString &podNs, const QString &deployment, const QString &text)
{
    const QStringList pods = m_world.podsOf(podNs, deployment);
    if (!pods.isEmpty()) // one of them is the leader
        m_world.log(podNs, pods.constFirst(), text);
}

Task Director::controllers()
{
    while (m_talking) {
        co_await m_timeline.sleep(30);
        const QString stamp = m_world.now();
        const QJsonObject cluster = m_world.get(kinds::provisioningClusters, fleet, u"local"_s);
        if (const QString waits = json::condition(cluster, u"Updated"_s) == "True"_L1 ? QString() : m_planned;
            !waits.isEmpty()) {
            controllerSays(cattle, u"rancher"_s,
                u"%1 [INFO] [planner] rkecluster fleet-local/local: waiting: %2"_s.arg(stamp, waits));
            if (waits.startsWith("failed to drain"_L1))
                blockedBudgets(stamp);
        }
        for (const QJsonObject &bundle : m_world.list(kinds::bundles, fleet)) {
            if (json::condition(bundle, u"Ready"_s) == "True"_L1)
                continue;
            for (const QJsonValue condition : json::get(bundle, u"status.conditions").toArray()) {
                const QString message = condition["message"_L1].toString();
                if (message.contains("another operation"_L1))
                    controllerSays(u"cattle-fleet-local-system"_s, u"fleet-agent"_s,
                        u"time=\"%1\" level=error msg=\"Failed to deploy bundle fleet-local/%2: %3\""_s.arg(
                            stamp, json::name(bundle), message.section(u": "_s, 1).remove(u']')));
            }
        }
        repositoryMissing(stamp);
    }
}

/// Longhorn keeps the budget of a node's instance manager while volumes are attached through it.
void Director::blockedBudgets(const QString &stamp)
{
    for (const QJsonObject &cordoned : m_world.list(kinds::nodes)) {
        if (!json::get(cordoned, u"spec.unschedulable").toBool())
            continue;
        const QString nodeName = json::name(cordoned);
        const QList<QJsonObject> budgets = m_world.list(kinds::budgets, longhorn, u"longhorn.io/node="_s + nodeName);
        for (const QJsonObject &pod : m_world.list(kinds::pods, longhorn, u"app=longhorn-manager"_s)) {
            if (json::text(pod, u"spec.nodeName") != nodeName || budgets.isEmpty())
                continue;
            m_world.log(longhorn, json::name(pod),
                u"time=\"%1\" level=warning msg=\"Node %2 is marked unschedulable but removing %3 PDB is blocked: some volumes are still attached InstanceEngines\""_s
                    .arg(stamp, nodeName, json::name(budgets.constFirst())));
        }
    }
}

/// Cleaning up an upgrade starts its repository again, and cannot end without one.
void Director::repositoryMissing(const QString &stamp)
{
    const QString repo = u"upgrade-repo-"_s + m_name;
    const QJsonObject up = m_world.get(kinds::upgrades, ns, m_name);
    if (json::label(up, u"harvesterhci.io/upgradeCleanup"_s) != "Pending"_L1
        || json::condition(up, u"Completed"_s) != "True"_L1 || m_world.exists(kinds::deployments, ns, repo)
        || m_world.exists(kinds::vms, ns, repo))
        return;
    controllerSays(ns, u"harvester"_s,
        u"time=\"%1\" level=error msg=\"both repo VM and Deployment %2/%3 not found\""_s.arg(stamp, ns, repo));
}

} // namespace demo
