// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/scenario.h"

#include "demo/jsonedit.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

const Release v182{u"v1.8.2"_s, u"v1.35.4+rke2r1"_s, u"v2.14.1"_s, u"1.7.0"_s, u"v1.11.1"_s, u"108.0.0"_s};
const Release v190{u"v1.9.0"_s, u"v1.36.1+rke2r1"_s, u"v2.15.0"_s, u"1.8.0"_s, u"v1.12.0"_s, u"109.0.0"_s};
const Release v161{u"v1.6.1"_s, u"v1.33.5+rke2r1"_s, u"v2.12.1"_s, u"1.5.2"_s, u"v1.9.2"_s, u"106.1.0"_s};
const Release v170{u"v1.7.0"_s, u"v1.34.2+rke2r1"_s, u"v2.13.0"_s, u"1.6.2"_s, u"v1.10.1"_s, u"107.1.0"_s};

const Release v143{u"v1.4.3"_s, u"v1.31.7+rke2r1"_s, u"v2.10.1"_s, u"1.3.1"_s, u"v1.7.3"_s, u"103.1.1"_s};
const Release v150{u"v1.5.0"_s, u"v1.32.3+rke2r1"_s, u"v2.11.0"_s, u"1.4.0"_s, u"v1.8.1"_s, u"105.1.2"_s};

Scenario scenario(const char *name, const char *title, const char *description, Trouble trouble = Trouble::None)
{
    Scenario made;
    made.info = {QString::fromLatin1(name), QString::fromLatin1(title), QString::fromLatin1(description)};
    made.trouble = trouble;
    made.from = v182;
    made.to = v190;
    return made;
}

QList<Scenario> makeAll()
{
    QList<Scenario> all;
    all << scenario("healthy", "Healthy upgrade", "v1.8.2 to v1.9.0 without trouble");
    Scenario single = scenario("single-node", "Single node", "The one node upgrades itself");
    single.single = true;
    all << single;
    Scenario paused = scenario("paused", "Paused node", "The second node is paused and waits for a person");
    paused.pauseNode = true;
    all << paused;
    Scenario finished = scenario("finished", "Finished upgrade", "Succeeded, cleaned up, not dismissed");
    finished.finished = true;
    all << finished;
    Scenario none = scenario("no-upgrade", "No upgrade", "v1.8.2 with v1.9.0 on offer");
    none.upgrade = false;
    all << none;
    Scenario single1 = scenario("single-failed", "Single node fails",
        "The upgrade Job of the only node uses up its retries", Trouble::SingleFailed);
    Scenario single2
        = scenario("single-stall", "Single node stalls", "RKE2 on the only node is not upgraded", Trouble::SingleStall);
    single1.single = single2.single = true;
    all << single1 << single2;
    Scenario parallel = scenario("preload-parallel", "Parallel preload", "Images are preloaded on all nodes at a time");
    parallel.preload = Preload::Parallel;
    Scenario skip = scenario("preload-skip", "No preload", "Images are not preloaded");
    skip.preload = Preload::Skip;
    all << parallel << skip;
    // Before v1.7 the log step has no time limit.
    Scenario logs = scenario("log-infra-stall", "Log infrastructure stalls",
        "v1.6.1 to v1.7.0: Fluentd cannot attach its volume, and nothing ends the wait", Trouble::LogStall);
    logs.repoVm = true;
    logs.from = v161;
    logs.to = v170;
    all << logs;
    // Before v1.5.1 nobody resumes the charts that phase 3 paused.
    Scenario charts = scenario("charts-paused", "Charts stay paused",
        "v1.4.3 to v1.5.0: system services fail and leave ManagedCharts paused", Trouble::ManifestsFailed);
    charts.repoVm = true;
    charts.from = v143;
    charts.to = v150;
    all << charts;
    all << scenario("log-infra-timeout", "Log infrastructure times out",
        "Fluentd cannot pull its image; fails after five minutes", Trouble::LogTimeout)
        << scenario("image-failed", "Image download fails", "The ISO cannot be downloaded, retries used up",
               Trouble::ImageFailed)
        << scenario("image-stall", "Image download stalls", "The download stays at 63 %", Trouble::ImageStall)
        << scenario("repo-failed", "Repository cannot be read", "The repository runs but has no release information",
               Trouble::RepoFailed)
        << scenario("eligibility-failed", "Version is refused", "The running version is too old for the target",
               Trouble::EligibilityFailed)
        << scenario(
               "prepare-lost", "Preload Job is not made", "The second node gets no prepare Job", Trouble::PrepareLost)
        << scenario(
               "cleanup-failed", "Cleanup fails", "Old images cannot be removed from one node", Trouble::CleanupFailed)
        << scenario("repo-stall", "Repository does not start", "The repository pods cannot mount the ISO volume",
               Trouble::RepoStall)
        << scenario(
               "prepare-failed", "Preloading fails", "A prepare Job on the second node fails", Trouble::PrepareFailed)
        << scenario("prepare-stall", "Preloading stalls", "The second node downloads without progress",
               Trouble::PrepareStall)
        << scenario("manifests-failed", "System services fail", "The apply-manifests Job uses up its retries",
               Trouble::ManifestsFailed)
        << scenario("manifests-stall", "System services stall", "A ManagedChart does not become ready",
               Trouble::ManifestsStall)
        << scenario(
               "pre-drain-stall", "Pre-drain stalls", "A degraded volume holds the second node", Trouble::PreDrainStall)
        << scenario("drain-blocked", "Drain is blocked", "A PodDisruptionBudget holds the second node",
               Trouble::DrainBlocked)
        << scenario("post-drain-stall", "Post-drain stalls", "RKE2 on the second node is not upgraded",
               Trouble::PostDrainStall)
        << scenario("reboot-stall", "Node does not come back", "The second node stays away after its reboot",
               Trouble::RebootStall)
        << scenario(
               "node-failed", "Node upgrade fails", "The post-drain Job of the second node fails", Trouble::NodeFailed)
        << scenario(
               "cleanup-stall", "Cleanup stalls", "The image cleanup does not end on one node", Trouble::CleanupStall);
    Scenario repoVm
        = scenario("repo-vm", "Repository in a VM", "v1.6.1 to v1.7.0: the old controller uses a VM as repository");
    repoVm.repoVm = true;
    repoVm.from = v161;
    repoVm.to = v170;
    all << repoVm;
    Scenario plan = scenario("v2-plan", "UpgradePlan", "The experimental upgrade manager (V2)");
    plan.plan = true;
    all << plan;
    return all;
}

} // namespace

const QList<Scenario> &Scenario::all()
{
    static const QList<Scenario> scenarios = makeAll();
    return scenarios;
}

const Scenario *Scenario::find(const QString &name)
{
    for (const Scenario &scenario : all()) {
        if (scenario.info.name == name)
            return &scenario;
    }
    return nullptr;
}

QList<ScenarioInfo> Server::scenarios()
{
    QList<ScenarioInfo> infos;
    for (const Scenario &scenario : Scenario::all())
        infos.append(scenario.info);
    return infos;
}

QString machineOf(const World &world, const QString &node)
{
    return json::annotation(world.get(kinds::nodes, {}, node), u"cluster.x-k8s.io/machine"_s);
}

} // namespace demo
