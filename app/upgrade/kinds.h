// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Which kinds of objects an upgrade is made of, where they live and what of them is read: the table that says what
/// has to be listed and watched for a board. Pure data; sources are Harvester's CRDs and the labels its controllers set.
#pragma once

#include "kube/object.h"
#include "kube/resource.h"

#include <QList>
#include <QString>

namespace upgrade {

enum class Kind {
    Upgrade, UpgradePlan, UpgradeLog, Version, Setting, Addon, Image,
    Node, Job, Pod, Deployment, Event, ConfigMap,
    Plan, ProvisioningCluster, CapiCluster, Machine, PlanSecret, ManagedChart, Bundle,
    Volume, LonghornSetting, Vmi, Migration, RepoVm, Pdb,
};

/// One list+watch. Several targets may feed one kind (Jobs of two namespaces).
struct WatchTarget {
    Kind kind;
    kube::ResourceRef resource; ///< version: what we prefer; discovery may know another
    QString ns;                 ///< empty: cluster scope or all namespaces
    QString labelSelector;
    QString fieldSelector;
    bool metadataOnly = false;
    bool essential = false;     ///< without it there is no board: its loss makes the whole board stale
};
[[nodiscard]] const QList<WatchTarget> &watchTargets();

/// Keeps of an object what a board, a finding or a verdict reads, drops the rest (pod templates, managed fields …).
[[nodiscard]] kube::Slimmer slimmerFor(Kind kind);

/// "Upgrade", "Job" …: the Kubernetes kind, never translated.
[[nodiscard]] QString kindName(Kind kind);

} // namespace upgrade
