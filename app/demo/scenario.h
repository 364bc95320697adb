// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a scenario plays: the source and target release, the shape of the cluster, and where the upgrade goes wrong.
#pragma once

#include "demo/server.h"
#include "demo/world.h"

namespace demo {

/// The one thing that goes wrong, if any.
enum class Trouble {
    None,
    LogTimeout,
    LogStall,
    ImageFailed,
    ImageStall,
    RepoFailed,
    RepoStall,
    EligibilityFailed,
    PrepareFailed,
    PrepareStall,
    PrepareLost,
    ManifestsFailed,
    ManifestsStall,
    PreDrainStall,
    DrainBlocked,
    PostDrainStall,
    RebootStall,
    NodeFailed,
    SingleFailed,
    SingleStall,
    CleanupFailed,
    CleanupStall,
};

/// The strategy of the setting upgrade-config.
enum class Preload { Sequential, Parallel, Skip };

struct Scenario {
    ScenarioInfo info;
    Trouble trouble = Trouble::None;
    bool upgrade = true;    ///< an Upgrade is created by itself
    bool finished = false;  ///< begins at its end
    bool single = false;    ///< one node
    bool pauseNode = false; ///< the second node is paused and stays so
    bool repoVm = false;    ///< v1.6: the repository is a VM
    bool plan = false;      ///< V2: UpgradePlan
    Preload preload = Preload::Sequential;
    Release from, to;

    [[nodiscard]] static const QList<Scenario> &all();
    [[nodiscard]] static const Scenario *find(const QString &name);
};

/// Everything that is there before the first upgrade: nodes, settings, charts, workloads, VMs, volumes.
void makeBaseline(World &world, const Scenario &scenario, int nodes, int extraJobs);

/// The pod in which a VM of the namespace default runs; an empty name: generated. Gives the name.
QString makeLauncher(World &world, const QString &vm, const QString &node, const QString &pod, const QString &kubevirt);

/// "node1" … and their machines "custom-<12 hex>" by the node's annotation.
[[nodiscard]] QString machineOf(const World &world, const QString &node);

} // namespace demo
