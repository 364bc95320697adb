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

using Texts = QHash<QString, const char *>;

const Texts &allTitles()
{
    static const Texts titles{
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
        {u"B19"_s, QT_TRANSLATE_NOOP("restart", "The storage network has addresses enough")},
        {u"B20"_s, QT_TRANSLATE_NOOP("restart", "The network of shared volumes has a free address")},
        {u"C02"_s, QT_TRANSLATE_NOOP("restart", "Clocks of the nodes agree")},
        {u"C03"_s, QT_TRANSLATE_NOOP("restart", "Nothing else is going on in the cluster")},
        {u"C08"_s, QT_TRANSLATE_NOOP("restart", "No Intel i40e or ice network card changes its name")},
        {u"C12"_s, QT_TRANSLATE_NOOP("restart", "Logging images are there or can be pulled")},
        {u"C15"_s, QT_TRANSLATE_NOOP("restart", "The BackingImage definition is new enough")},
        {u"C24"_s, QT_TRANSLATE_NOOP("restart", "With a private registry nothing is preloaded")},
        {u"C25"_s, QT_TRANSLATE_NOOP("restart", "The log buffer has room for a long upgrade")},
        {u"C26"_s, QT_TRANSLATE_NOOP("restart", "Rancher and its Harvester extension fit the new version")},
        {u"C27"_s, QT_TRANSLATE_NOOP("restart", "No guest cluster runs on this cluster")},
        {u"C28"_s, QT_TRANSLATE_NOOP("restart", "There is a support bundle of the time before")},
    };
    return titles;
}

const Texts &allRemedies()
{
    static const Texts remedies{
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
        {u"B19"_s,
            QT_TRANSLATE_NOOP("restart", "Free addresses or enlarge the range: managers come twice for a while")},
        {u"B20"_s, QT_TRANSLATE_NOOP("restart", "Free an address or enlarge the range")},
        {u"C02"_s, QT_TRANSLATE_NOOP("restart", "Correct the NTP servers of the nodes")},
        {u"C03"_s,
            QT_TRANSLATE_NOOP("restart", "Wait until it has ended; do not begin anything else during the upgrade")},
        {u"C08"_s,
            QT_TRANSLATE_NOOP(
                "restart", "Look at the drivers on the nodes (ethtool -i); keep the names by kernel arguments")},
        {u"C12"_s, QT_TRANSLATE_NOOP("restart", "Without Internet access import the logging images first")},
        {u"C15"_s, QT_TRANSLATE_NOOP("restart", "Apply the new BackingImage definition first")},
        {u"C24"_s,
            QT_TRANSLATE_NOOP("restart", "Set the preload strategy to skip if the nodes pull from the registry")},
        {u"C25"_s, QT_TRANSLATE_NOOP("restart", "Enlarge the claim if the upgrade will take long")},
        {u"C26"_s, QT_TRANSLATE_NOOP("restart", "Look there: the release notes name the versions that fit")},
        {u"C27"_s, QT_TRANSLATE_NOOP("restart", "Plan for their nodes being moved or stopped")},
        {u"C28"_s, QT_TRANSLATE_NOOP("restart", "Generate one before you begin")},
    };
    return remedies;
}

} // namespace

QString checkTitle(const QString &id)
{
    const char *text = allTitles().value(id);
    return text ? tr(text) : QString();
}
QString checkRemedy(const QString &id)
{
    const char *text = allRemedies().value(id);
    return text ? tr(text) : QString();
}
QString checkTitleInEnglish(const QString &id)
{
    return QString::fromLatin1(allTitles().value(id));
}
QString checkRemedyInEnglish(const QString &id)
{
    return QString::fromLatin1(allRemedies().value(id));
}

QString whyText(const QString &why)
{
    static const std::pair<const char *, const char *> phrases[] = {
        {"not fetched", QT_TRANSLATE_NOOP("restart", "not fetched")},
        {"no statistics", QT_TRANSLATE_NOOP("restart", "no statistics")},
        {"no usable statistics", QT_TRANSLATE_NOOP("restart", "no usable statistics")},
        {"no node", QT_TRANSLATE_NOOP("restart", "no node")},
        {"no Machine", QT_TRANSLATE_NOOP("restart", "no Machine")},
        {"no ManagedChart", QT_TRANSLATE_NOOP("restart", "no ManagedChart")},
        {"no certificate seen", QT_TRANSLATE_NOOP("restart", "no certificate seen")},
        {"a version is not known", QT_TRANSLATE_NOOP("restart", "a version is not known")},
        {"not in the table of releases", QT_TRANSLATE_NOOP("restart", "not in the table of releases")},
        {"not an IPv4 range", QT_TRANSLATE_NOOP("restart", "not an IPv4 range")},
        {"not found", QT_TRANSLATE_NOOP("restart", "not found")},
        {"names no version", QT_TRANSLATE_NOOP("restart", "names no version")},
        {"no lease and no NTP status", QT_TRANSLATE_NOOP("restart", "no lease and no NTP status")},
        {"the driver of a network card is only known to the node",
            QT_TRANSLATE_NOOP("restart", "the driver of a network card is only known to the node")},
        {"the Rancher that manages this cluster is another cluster",
            QT_TRANSLATE_NOOP("restart", "the Rancher that manages this cluster is another cluster")},
        {"the server does not have it", QT_TRANSLATE_NOOP("restart", "the server does not have it")},
        {"the connection has no certificate", QT_TRANSLATE_NOOP("restart", "the connection has no certificate")},
        {"cannot be seen through an https proxy",
            QT_TRANSLATE_NOOP("restart", "cannot be seen through an https proxy")},
        {"the certificate shown is not the API server's own",
            QT_TRANSLATE_NOOP("restart", "the certificate shown is not the API server's own")},
        {"no answer in time", QT_TRANSLATE_NOOP("restart", "no answer in time")},
        {"cancelled", QT_TRANSLATE_NOOP("restart", "cancelled")},
        {"no version to upgrade to", QT_TRANSLATE_NOOP("restart", "no version to upgrade to")},
    };
    for (const auto &[words, text] : phrases) {
        const QLatin1StringView phrase(words);
        // Before it may stand what it is about: "node3: no usable statistics".
        const bool whole = why == phrase;
        if (whole || (why.endsWith(phrase) && why.chopped(phrase.size()).endsWith(": "_L1)))
            return why.chopped(phrase.size()) + tr(text);
    }
    return why;
}

QString objectText(const CheckObject &object)
{
    const QString name
        = object.ns.isEmpty() || object.name.isEmpty() ? object.ns + object.name : object.ns + u'/' + object.name;
    QString text = object.kind + u' ' + name;
    if (!object.detail.isEmpty())
        text += u": "_s + object.detail;
    return text.simplified();
}

QString groupTitle(const QString &group)
{
    if (group == "webhook"_L1)
        return tr("What Harvester checks itself");
    if (group == "script"_L1)
        return tr("What the upgrade helper script checks");
    if (group == "release"_L1)
        return tr("Documentation and release notes");
    if (group == "node"_L1)
        return tr("Only on the nodes");
    return {};
}

QString severityTitle(Severity severity)
{
    switch (severity) {
    case Severity::Block:
        return tr("blocks the upgrade");
    case Severity::High:
        return tr("the upgrade may hang");
    case Severity::Warn:
        return tr("worth a look");
    case Severity::Info:
        return tr("good to know");
    }
    return {};
}

QString serverTitle(ServerAnswer::Kind kind)
{
    switch (kind) {
    case ServerAnswer::Kind::NotAsked:
        return tr("The server has not been asked");
    case ServerAnswer::Kind::Accepted:
        return tr("The server would accept this upgrade");
    case ServerAnswer::Kind::Refused:
        return tr("The server would refuse this upgrade");
    case ServerAnswer::Kind::NotAllowed:
        return tr("You may not create upgrades, so the server could not be asked");
    case ServerAnswer::Kind::Failed:
        return tr("The server gave no answer");
    }
    return {};
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
