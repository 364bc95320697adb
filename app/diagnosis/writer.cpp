// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "diagnosis/facts.h"

using namespace Qt::StringLiterals;

namespace diagnosis {
namespace {

struct Known {
    QLatin1StringView part, writer;
};

/// Parts of pod names, the more telling ones first. Names of the upgrade's own Jobs are cut when they grow too long, so
/// their labels count before this.
constexpr Known byName[]{
    {"-apply-manifests"_L1, "apply-manifests"_L1},
    {"-single-node-upgrade"_L1, "single-node-upgrade"_L1},
    {"-pre-drain"_L1, "pre-drain"_L1},
    {"-post-drain"_L1, "post-drain"_L1},
    {"-restore-vm"_L1, "restore-vm"_L1},
    {"-skip-restart-rancher-system-agent"_L1, "plan"_L1},
    {"-skip-manifests"_L1, "plan"_L1},
    {"-prepare"_L1, "prepare"_L1},
    {"-packager"_L1, "upgrade-log"_L1},
    {"-upgradelog-"_L1, "upgrade-log"_L1},
    {"virt-launcher-upgrade-repo"_L1, "upgrade-repo"_L1},
    {"upgrade-repo-"_L1, "upgrade-repo"_L1},
    {"importer-"_L1, "importer"_L1},
    {"cdi-"_L1, "cdi"_L1},
    {"harvester-webhook"_L1, "harvester-webhook"_L1},
    {"rancher-webhook"_L1, "rancher-webhook"_L1},
    {"system-upgrade-controller"_L1, "system-upgrade-controller"_L1},
    {"capi-controller-manager"_L1, "capi-controller-manager"_L1},
    {"fleet-controller"_L1, "fleet-controller"_L1},
    {"fleet-agent"_L1, "fleet-agent"_L1},
    {"helm-operation"_L1, "helm"_L1},
    {"helm-install-"_L1, "helm"_L1},
    {"longhorn-manager"_L1, "longhorn-manager"_L1},
    {"instance-manager"_L1, "instance-manager"_L1},
    {"share-manager"_L1, "share-manager"_L1},
    {"backing-image-manager"_L1, "backing-image-manager"_L1},
    {"virt-operator"_L1, "virt-operator"_L1},
    {"virt-controller"_L1, "virt-controller"_L1},
    {"virt-handler"_L1, "virt-handler"_L1},
    {"virt-api"_L1, "virt-api"_L1},
    {"virt-launcher"_L1, "virt-launcher"_L1},
    {"etcd-"_L1, "etcd"_L1},
    {"kube-apiserver"_L1, "kube-apiserver"_L1},
    {"kube-vip"_L1, "kube-vip"_L1},
    {"cluster-repo"_L1, "cluster-repo"_L1},
    {"harvester-node-manager"_L1, "harvester-node-manager"_L1},
    {"harvester-node-disk-manager"_L1, "node-disk-manager"_L1},
};

} // namespace

QString writerOf(const QString &ns, const QString &pod, const QString &container, const QMap<QString, QString> &labels)
{
    if (const QString type = labels.value(u"harvesterhci.io/upgradeJobType"_s); !type.isEmpty())
        return type;
    const QString component = labels.value(u"harvesterhci.io/upgradeComponent"_s);
    if (component == "manifest"_L1)
        return u"apply-manifests"_s;
    if (component == "repo"_L1)
        return u"upgrade-repo"_s;
    if (labels.contains(u"harvesterhci.io/upgradeLog"_s))
        return u"upgrade-log"_s;
    if (const QString plan = labels.value(u"upgrade.cattle.io/plan"_s); !plan.isEmpty())
        return plan.endsWith("-prepare"_L1) ? u"prepare"_s : u"plan"_s;
    for (const Known &known : byName) {
        if (pod.contains(known.part))
            return known.writer;
    }
    if (ns == "cattle-system"_L1 && pod.startsWith("rancher-"_L1))
        return u"rancher"_s;
    if (ns == "harvester-system"_L1 && pod.startsWith("harvester-"_L1))
        return u"harvester"_s;
    if (container == "rancher"_L1)
        return u"rancher"_s;
    return {};
}

} // namespace diagnosis
