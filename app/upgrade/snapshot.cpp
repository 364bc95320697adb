// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upgrade/snapshot.h"

namespace upgrade {

namespace {

/// Calls `use` with the collection that holds objects of `kind`.
template<class Use>
void withCollection(Snapshot &snapshot, Kind kind, Use &&use)
{
    switch (kind) {
    case Kind::Upgrade: return use(snapshot.upgrades);
    case Kind::UpgradePlan: return use(snapshot.upgradePlans);
    case Kind::UpgradeLog: return use(snapshot.upgradeLogs);
    case Kind::Version: return use(snapshot.versions);
    case Kind::Setting: return use(snapshot.settings);
    case Kind::Addon: return use(snapshot.addons);
    case Kind::Image: return use(snapshot.images);
    case Kind::Node: return use(snapshot.nodes);
    case Kind::Job: return use(snapshot.jobs);
    case Kind::Pod: return use(snapshot.pods);
    case Kind::Deployment: return use(snapshot.deployments);
    case Kind::Event: return use(snapshot.events);
    case Kind::ConfigMap: return use(snapshot.configMaps);
    case Kind::Plan: return use(snapshot.plans);
    case Kind::ProvisioningCluster: return use(snapshot.provisioningClusters);
    case Kind::CapiCluster: return use(snapshot.capiClusters);
    case Kind::Machine: return use(snapshot.machines);
    case Kind::PlanSecret: return use(snapshot.planSecrets);
    case Kind::ManagedChart: return use(snapshot.managedCharts);
    case Kind::Bundle: return use(snapshot.bundles);
    case Kind::Volume: return use(snapshot.volumes);
    case Kind::LonghornSetting: return use(snapshot.longhornSettings);
    case Kind::Vmi: return use(snapshot.vmis);
    case Kind::Migration: return use(snapshot.migrations);
    case Kind::RepoVm: return use(snapshot.repoVms);
    case Kind::Pdb: return use(snapshot.pdbs);
    }
}

} // namespace

void Snapshot::apply(Kind kind, const kube::ObjectPtr &object)
{
    withCollection(*this, kind, [&]<class T>(Collection<T> &collection) {
        collection.insert(object->key, std::make_shared<const T>(read<T>(*object)));
    });
    raw[kind].insert(object->key, object);
}

void Snapshot::remove(Kind kind, const kube::ObjectKey &key)
{
    withCollection(*this, kind, [&](auto &collection) { collection.remove(key); });
    raw[kind].remove(key);
}

} // namespace upgrade
