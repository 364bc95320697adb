// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "restart/prechecktext.h"

#include <QCoreApplication>
#include <QHash>

using namespace Qt::StringLiterals;

namespace restart {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("restart", text);
}

QString of(const QHash<QString, const char *> &texts, const QString &id)
{
    const char *text = texts.value(id);
    return text ? tr(text) : QString();
}

} // namespace

QString checkTitle(const QString &id)
{
    static const QHash<QString, const char *> titles{
        {u"A01"_s, QT_TRANSLATE_NOOP("restart", "The upgrade names a version or an image")},
        {u"A02"_s, QT_TRANSLATE_NOOP("restart", "The Version exists")},
        {u"A03"_s, QT_TRANSLATE_NOOP("restart", "No other upgrade is under way")},
        {u"A04"_s, QT_TRANSLATE_NOOP("restart", "The clean-up of earlier upgrades is over")},
        {u"A05"_s, QT_TRANSLATE_NOOP("restart", "The pause map is valid")},
        {u"A06"_s, QT_TRANSLATE_NOOP("restart", "No volume is degraded")},
        {u"A07"_s, QT_TRANSLATE_NOOP("restart", "The cluster is provisioned")},
        {u"A08"_s, QT_TRANSLATE_NOOP("restart", "No VM backup is running")},
        {u"A09"_s, QT_TRANSLATE_NOOP("restart", "Backup and snapshot schedules are suspended")},
        {u"A10"_s, QT_TRANSLATE_NOOP("restart", "Managed charts are ready")},
        {u"A11"_s, QT_TRANSLATE_NOOP("restart", "Add-ons are deployed or disabled")},
        {u"A12"_s, QT_TRANSLATE_NOOP("restart", "All nodes are ready")},
        {u"A13"_s, QT_TRANSLATE_NOOP("restart", "All nodes are schedulable")},
        {u"A14"_s, QT_TRANSLATE_NOOP("restart", "Nodes have room for the new images")},
        {u"A14b"_s, QT_TRANSLATE_NOOP("restart", "Nodes have 30 GiB of free space")},
        {u"A14c"_s, QT_TRANSLATE_NOOP("restart", "Nodes tell their internal address")},
        {u"A15"_s, QT_TRANSLATE_NOOP("restart", "All machines are running")},
        {u"A16"_s, QT_TRANSLATE_NOOP("restart", "Nodes and machines match")},
        {u"A17"_s, QT_TRANSLATE_NOOP("restart", "No volume has a single replica")},
        {u"A18"_s, QT_TRANSLATE_NOOP("restart", "All VMs can migrate")},
        {u"A19"_s, QT_TRANSLATE_NOOP("restart", "No stale hot-plugged volumes")},
        {u"A20"_s, QT_TRANSLATE_NOOP("restart", "Certificates do not expire soon")},
        {u"B02"_s, QT_TRANSLATE_NOOP("restart", "Certificates on the nodes do not expire soon")},
        {u"B03"_s, QT_TRANSLATE_NOOP("restart", "Nodes have room for the new images (script)")},
        {u"B04"_s, QT_TRANSLATE_NOOP("restart", "Helm bundles are ready")},
        {u"B05"_s, QT_TRANSLATE_NOOP("restart", "Harvester's bundle is ready")},
        {u"B06"_s, QT_TRANSLATE_NOOP("restart", "Nodes are ready, schedulable, with at most one proper witness")},
        {u"B07"_s, QT_TRANSLATE_NOOP("restart", "No Longhorn eviction is requested")},
        {u"B09"_s, QT_TRANSLATE_NOOP("restart", "The CAPI cluster is not paused")},
        {u"B10"_s, QT_TRANSLATE_NOOP("restart", "As many machines as nodes")},
        {u"B12"_s, QT_TRANSLATE_NOOP("restart", "Longhorn volumes and engines are healthy")},
        {u"B13"_s, QT_TRANSLATE_NOOP("restart", "No attached volume is without a running workload")},
        {u"B14"_s, QT_TRANSLATE_NOOP("restart", "Backing images have enough copies")},
        {u"B15"_s, QT_TRANSLATE_NOOP("restart", "No running VM holds a CD-ROM or host device")},
        {u"B16"_s, QT_TRANSLATE_NOOP("restart", "Pods are ready")},
        {u"B17"_s, QT_TRANSLATE_NOOP("restart", "Secret local-kubeconfig carries its label")},
        {u"B18"_s, QT_TRANSLATE_NOOP("restart", "The backup target has a refresh interval")},
        {u"B21"_s, QT_TRANSLATE_NOOP("restart", "The node's network configuration is in its place")},
        {u"B22"_s, QT_TRANSLATE_NOOP("restart", "COS_STATE is at least 15 GB")},
        {u"B23"_s, QT_TRANSLATE_NOOP("restart", "Image volumes are as large as their images")},
        {u"C01"_s, QT_TRANSLATE_NOOP("restart", "The version can be reached from this one")},
        {u"C04"_s, QT_TRANSLATE_NOOP("restart", "No recurring snapshot or backup runs")},
        {u"C05"_s, QT_TRANSLATE_NOOP("restart", "VMs say that they can migrate")},
        {u"C06"_s, QT_TRANSLATE_NOOP("restart", "Nodes boot by UEFI")},
        {u"C07"_s, QT_TRANSLATE_NOOP("restart", "The management address does not change")},
        {u"C09"_s, QT_TRANSLATE_NOOP("restart", "No own network scripts")},
        {u"C10"_s, QT_TRANSLATE_NOOP("restart", "KubeVirt does not migrate all VMs at once")},
        {u"C11"_s, QT_TRANSLATE_NOOP("restart", "CDI has memory enough")},
        {u"C13"_s, QT_TRANSLATE_NOOP("restart", "No shared block volumes with automatic pod deletion")},
        {u"C14"_s, QT_TRANSLATE_NOOP("restart", "The default storage class is Harvester's")},
        {u"C16"_s, QT_TRANSLATE_NOOP("restart", "passive.img fits")},
        {u"C17"_s, QT_TRANSLATE_NOOP("restart", "CPUs are alike for VMs")},
        {u"C18"_s, QT_TRANSLATE_NOOP("restart", "No secondary VLANs on the management network")},
        {u"C19"_s, QT_TRANSLATE_NOOP("restart", "No running VM with several threads per core")},
        {u"C20"_s, QT_TRANSLATE_NOOP("restart", "Shared volumes do not use the storage network")},
        {u"C21"_s, QT_TRANSLATE_NOOP("restart", "All VMs are stopped")},
        {u"C22"_s, QT_TRANSLATE_NOOP("restart", "The management bond and VLAN are as expected")},
        {u"C23"_s, QT_TRANSLATE_NOOP("restart", "The node's name is short enough")},
    };
    return of(titles, id);
}

QString checkRemedy(const QString &id)
{
    static const QHash<QString, const char *> remedies{
        {u"A01"_s, QT_TRANSLATE_NOOP("restart", "Choose a version")},
        {u"A02"_s, QT_TRANSLATE_NOOP("restart", "Create the Version again")},
        {u"A03"_s, QT_TRANSLATE_NOOP("restart", "Let the other upgrade end, or look at it first")},
        {u"A04"_s, QT_TRANSLATE_NOOP("restart", "Wait until it is over")},
        {u"A05"_s, QT_TRANSLATE_NOOP("restart", "Name existing nodes, each with pause or unpause")},
        {u"A06"_s, QT_TRANSLATE_NOOP("restart", "Wait for volumes to rebuild, or repair their replicas")},
        {u"A07"_s, QT_TRANSLATE_NOOP("restart", "See what Rancher waits for in cluster fleet-local/local")},
        {u"A08"_s, QT_TRANSLATE_NOOP("restart", "Wait until the backups have ended")},
        {u"A09"_s, QT_TRANSLATE_NOOP("restart", "Suspend the schedules")},
        {u"A10"_s, QT_TRANSLATE_NOOP("restart", "Find out why the chart is not ready and fix that")},
        {u"A11"_s, QT_TRANSLATE_NOOP("restart", "Wait for the add-on, or fix or disable it")},
        {u"A12"_s, QT_TRANSLATE_NOOP("restart", "Bring the nodes back to Ready")},
        {u"A13"_s, QT_TRANSLATE_NOOP("restart", "Uncordon the nodes or leave maintenance mode")},
        {u"A14"_s, QT_TRANSLATE_NOOP("restart", "Remove unused images on the nodes (crictl rmi --prune)")},
        {u"A14b"_s, QT_TRANSLATE_NOOP("restart", "Free space on the system partition")},
        {u"A14c"_s, QT_TRANSLATE_NOOP("restart", "Look at rke2 on the node: it writes this annotation")},
        {u"A15"_s, QT_TRANSLATE_NOOP("restart", "Look at the machine; one without a node may be a leftover")},
        {u"A16"_s, QT_TRANSLATE_NOOP("restart", "Look for leftover machines and missing annotations")},
        {u"A17"_s, QT_TRANSLATE_NOOP("restart", "Give the volumes more replicas, or detach and accept the risk")},
        {u"A18"_s,
            QT_TRANSLATE_NOOP("restart", "Stop these VMs, or let the upgrade stop and restore them (restoreVM)")},
        {u"A19"_s, QT_TRANSLATE_NOOP("restart", "Stop and start the VMs, or make the volumes persistent")},
        {u"A20"_s,
            QT_TRANSLATE_NOOP(
                "restart", "Rotate the RKE2 certificates; those of etcd and kubelet can only be seen on the nodes")},
        {u"B02"_s, QT_TRANSLATE_NOOP("restart", "Rotate the RKE2 certificates")},
        {u"B03"_s, QT_TRANSLATE_NOOP("restart", "Remove unused images on the nodes (crictl rmi --prune)")},
        {u"B04"_s, QT_TRANSLATE_NOOP("restart", "Find out why the bundle is not ready")},
        {u"B05"_s, QT_TRANSLATE_NOOP("restart", "Find out why mcc-harvester is not ready")},
        {u"B06"_s, QT_TRANSLATE_NOOP("restart", "Bring the nodes back, uncordon them, correct the witness's taint")},
        {u"B07"_s, QT_TRANSLATE_NOOP("restart", "Cancel the eviction and wait")},
        {u"B09"_s, QT_TRANSLATE_NOOP("restart", "Set spec.paused to false: a paused cluster stalls the upgrade")},
        {u"B10"_s, QT_TRANSLATE_NOOP("restart", "Look for leftover machines")},
        {u"B12"_s, QT_TRANSLATE_NOOP("restart", "Wait for rebuilding, repair replicas, avoid single replicas")},
        {u"B13"_s, QT_TRANSLATE_NOOP("restart", "Detach the volumes")},
        {u"B14"_s, QT_TRANSLATE_NOOP("restart", "Set minNumberOfCopies to 3")},
        {u"B15"_s, QT_TRANSLATE_NOOP("restart", "Stop these VMs or eject the CD-ROM")},
        {u"B16"_s, QT_TRANSLATE_NOOP("restart", "Look at these pods")},
        {u"B17"_s, QT_TRANSLATE_NOOP("restart", "Label the Secret with cluster.x-k8s.io/cluster-name=local")},
        {u"B18"_s, QT_TRANSLATE_NOOP("restart", "Set refreshIntervalInSeconds, for example to 300")},
        {u"B21"_s, QT_TRANSLATE_NOOP("restart", "Correct /oem/90_custom.yaml and /oem/harvester.config")},
        {u"B22"_s, QT_TRANSLATE_NOOP("restart", "Install the node anew: a small partition gives a corrupt system")},
        {u"B23"_s, QT_TRANSLATE_NOOP("restart", "Enlarge the claims")},
        {u"C01"_s, QT_TRANSLATE_NOOP("restart", "Upgrade to a release in between first")},
        {u"C04"_s, QT_TRANSLATE_NOOP("restart", "Remove the jobs for the time of the upgrade")},
        {u"C05"_s, QT_TRANSLATE_NOOP("restart", "Stop these VMs, or accept that they are shut down")},
        {u"C06"_s, QT_TRANSLATE_NOOP("restart", "Plan to install nodes with legacy BIOS anew")},
        {u"C07"_s, QT_TRANSLATE_NOOP("restart", "Give the node a fixed lease")},
        {u"C09"_s, QT_TRANSLATE_NOOP("restart", "Move them to /oem/harvester.config")},
        {u"C10"_s, QT_TRANSLATE_NOOP("restart", "Set workloadUpdateMethods to [] and restore it afterwards")},
        {u"C11"_s, QT_TRANSLATE_NOOP("restart", "Raise the limit to 4G before the upgrade")},
        {u"C13"_s,
            QT_TRANSLATE_NOOP(
                "restart", "Disable auto-delete-pod-when-volume-detached-unexpectedly during the upgrade")},
        {u"C14"_s, QT_TRANSLATE_NOOP("restart", "Set storageClass.defaultStorageClass to false in the chart's values")},
        {u"C16"_s, QT_TRANSLATE_NOOP("restart", "Punch holes into the file")},
        {u"C17"_s, QT_TRANSLATE_NOOP("restart", "Use a common CPU model")},
        {u"C18"_s, QT_TRANSLATE_NOOP("restart", "Add them again after the upgrade")},
        {u"C19"_s, QT_TRANSLATE_NOOP("restart", "Shut these VMs down before the upgrade")},
        {u"C20"_s, QT_TRANSLATE_NOOP("restart", "Read the known issue before the upgrade")},
        {u"C21"_s, QT_TRANSLATE_NOOP("restart", "Stop all VMs")},
        {u"C22"_s, QT_TRANSLATE_NOOP("restart", "Do not upgrade before this is changed")},
        {u"C23"_s, QT_TRANSLATE_NOOP("restart", "Use the documented workaround")},
    };
    return of(remedies, id);
}

QString outcomeTitle(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Pass:
        return tr("Passed");
    case Outcome::Warn:
        return tr("Warning");
    case Outcome::Fail:
        return tr("Failed");
    case Outcome::CouldNotCheck:
        return tr("Could not check");
    }
    return {};
}

} // namespace restart
