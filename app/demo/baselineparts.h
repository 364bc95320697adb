// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The parts of the baseline that have files of their own; for baseline.cpp only.
#pragma once

#include "demo/scenario.h"

namespace demo {

/// Metadata of an object; an empty namespace: of the cluster.
[[nodiscard]] QJsonObject meta(const QString &ns, const QString &name, const QJsonObject &labels = {});

/// Rancher, Fleet, Cluster API, Harvester, KubeVirt, CDI, Longhorn and what serves the network, as Deployments and
/// pods.
void makeWorkloads(World &world, const Scenario &scenario);
/// One VM a node with its pod, volume and engine.
void makeMachines(World &world, const Scenario &scenario);

} // namespace demo
