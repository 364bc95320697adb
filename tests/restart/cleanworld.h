// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A made-up cluster of which everything is known and nothing is wrong: what a test changes is what is wrong with it.
#pragma once

#include "restart/verdict.h"
#include "support/upgrade_world.h"

#include <QJsonArray>

namespace support {

using namespace Qt::StringLiterals;

/// All sources live: what a session says of a cluster it may read as a whole.
inline void knowAll(upgrade::Snapshot &snapshot)
{
    for (const upgrade::WatchTarget &target : upgrade::watchTargets()) {
        const QString key
            = target.ns.isEmpty() ? target.resource.qualified() : target.resource.qualified() + u'/' + target.ns;
        snapshot.sources.insert(key,
            {target.kind == upgrade::Kind::UpgradePlan ? upgrade::SourceState::State::Missing
                                                       : upgrade::SourceState::State::Live,
                World::at(0), {}});
    }
}

class CleanWorld : public World {
public:
    explicit CleanWorld(int nodes = 3)
    {
        for (int i = 1; i <= nodes; ++i) {
            const QString name = u"n"_s + QString::number(i);
            node(name);
            add(upgrade::Kind::Machine,
                thing(u"fleet-local"_s, u"custom-"_s + name,
                    {{u"status"_s,
                        QJsonObject{{u"phase"_s, u"Running"_s}, {u"nodeRef"_s, QJsonObject{{u"name"_s, name}}}}}}));
            secret(name);
        }
        capi(u"Provisioned"_s);
        add(upgrade::Kind::ProvisioningCluster,
            thing(u"fleet-local"_s, u"local"_s,
                json(R"({"spec":{"kubernetesVersion":"v1.35.4+rke2r1","rkeConfig":{}}})")));
        add(upgrade::Kind::Volume,
            thing(u"longhorn-system"_s, u"pvc-1"_s,
                json(R"({"spec":{"numberOfReplicas":3},"status":{"state":"attached","robustness":"healthy"}})")));
        knowAll(snapshot);
        snapshot.asOf = at(100);
    }
    void capi(const QString &phase)
    {
        add(upgrade::Kind::CapiCluster,
            thing(u"fleet-local"_s, u"local"_s, {{u"status"_s, QJsonObject{{u"phase"_s, phase}}}}));
    }
    void secret(const QString &node, const QJsonObject &annotations = {})
    {
        const QString machine = u"custom-"_s + node;
        add(upgrade::Kind::PlanSecret,
            thing(u"fleet-local"_s, machine + u"-machine-plan"_s,
                {{u"metadata"_s,
                    QJsonObject{{u"labels"_s, QJsonObject{{u"rke.cattle.io/machine-name"_s, machine}}},
                        {u"annotations"_s, annotations}}}}));
    }
    void volume(const QString &robustness)
    {
        add(upgrade::Kind::Volume,
            thing(u"longhorn-system"_s, u"pvc-1"_s,
                {{u"spec"_s, QJsonObject{{u"numberOfReplicas"_s, 3}}},
                    {u"status"_s, QJsonObject{{u"state"_s, u"attached"_s}, {u"robustness"_s, robustness}}}}));
    }
    [[nodiscard]] restart::Verdict verdict(double minute = 100) const { return restart::judge(snapshot, at(minute)); }
};

} // namespace support
