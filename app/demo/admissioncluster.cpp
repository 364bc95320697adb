// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the webhook asks of the cluster before an upgrade: volumes, charts, addons, nodes and their disks,
/// certificates.

#include "demo/admission.h"
#include "demo/jsonedit.h"
#include "demo/kubelet.h"

#include <QJsonArray>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

const QString fleetNs = u"fleet-local"_s;

std::optional<ApiError> refuse(int code, const QString &message)
{
    return ApiError::webhook(code, message);
}

} // namespace

std::optional<ApiError> Admission::clusterState(const QJsonObject &) const
{
    const auto nodes = all("", "nodes");
    if (nodes.size() >= 3) {
        for (const StoredPtr &volume : all("longhorn.io", "volumes")) {
            if (json::text(volume->json(), u"status.robustness") == "degraded"_L1)
                return refuse(400, u"there are degraded volumes, please check all volumes are healthy"_s);
        }
    }
    const QString phase = json::text(one("cluster.x-k8s.io", "clusters", fleetNs, u"local"_s), u"status.phase");
    if (phase != "Provisioned"_L1)
        return refuse(400,
            u"cluster fleet-local/local status is %1, please wait for it to be provisioned"_s.arg(phase.toLower()));
    for (const StoredPtr &backup : all("harvesterhci.io", "virtualmachinebackups")) {
        if (!json::get(backup->json(), u"status.error").isObject()
            && !json::get(backup->json(), u"status.readyToUse").toBool()) {
            return refuse(400,
                u"please wait until all vmbackups are stopped, for example %1/%2 is under processing"_s.arg(
                    json::ns(backup->json()), json::name(backup->json())));
        }
    }
    for (const StoredPtr &schedule : all("harvesterhci.io", "schedulevmbackups")) {
        if (!json::get(schedule->json(), u"status.suspended").toBool()) {
            return refuse(400,
                u"please suspend all backup/snapshot schedule, for example %1/%2 is running"_s.arg(
                    json::ns(schedule->json()), json::name(schedule->json())));
        }
    }
    for (const StoredPtr &chart : all("management.cattle.io", "managedcharts", fleetNs)) {
        if (json::condition(chart->json(), u"Ready"_s) != "True"_L1)
            return refuse(400,
                u"managed chart %1 is not ready, please wait for it to be ready or fix it"_s.arg(
                    json::name(chart->json())));
    }
    for (const StoredPtr &addon : all("harvesterhci.io", "addons")) {
        const bool enabled = json::get(addon->json(), u"spec.enabled").toBool();
        const QString status = json::text(addon->json(), u"status.status");
        const bool fine
            = enabled ? status == "AddonDeploySuccessful"_L1 : status.isEmpty() || status == "AddonDisabled"_L1;
        if (!fine) {
            return refuse(400,
                u"addon %1/%2 is %3 but still on status %4, please wait for it to be ready or fix it"_s.arg(
                    json::ns(addon->json()), json::name(addon->json()), enabled ? u"enabled"_s : u"disabled"_s,
                    status));
        }
    }
    for (const StoredPtr &node : nodes) {
        const QString name = json::name(node->json());
        if (json::condition(node->json(), u"Ready"_s) != "True"_L1)
            return refuse(400, u"node %1 is not ready, please wait for it to be ready"_s.arg(name));
        if (json::get(node->json(), u"spec.unschedulable").toBool())
            return refuse(400, u"node %1 is unschedulable, please wait for it to be schedulable"_s.arg(name));
    }
    return std::nullopt;
}

std::optional<ApiError> Admission::disks(const QJsonObject &upgrade) const
{
    const QString key = u"harvesterhci.io/skipGarbageCollectionThresholdCheck"_s;
    const QString skip = json::annotation(upgrade, key).toLower();
    if (skip == "true"_L1 || skip == "1"_L1 || skip == "t"_L1)
        return std::nullopt;
    constexpr qint64 newImages = 13LL * 1024 * 1024 * 1024;
    for (const StoredPtr &node : all("", "nodes")) {
        const QString name = json::name(node->json());
        if (json::annotation(node->json(), u"rke2.io/internal-ip"_s).isEmpty())
            return refuse(500, u"node %1 doesn't have rke2.io/internal-ip annotation"_s.arg(name));
        const NodeDisk disk = diskOf(node->json());
        const double percent = static_cast<double>(disk.used + newImages) / static_cast<double>(disk.capacity) * 100;
        if (percent > disk.collectionThreshold) {
            return refuse(400,
                u"Node \"%1\" will reach %2% storage space after loading new images. It's higher than kubelet image garbage collection threshold %3%."_s
                    .arg(name, QString::number(percent, 'f', 2))
                    .arg(disk.collectionThreshold));
        }
    }
    return std::nullopt;
}

std::optional<ApiError> Admission::certificates(const QJsonObject &upgrade) const
{
    const QString key = u"harvesterhci.io/minCertsExpirationInDay"_s;
    int days = 7;
    if (const QString given = json::annotation(upgrade, key); !given.isEmpty()) {
        bool number = false;
        days = given.toInt(&number);
        if (!number)
            return refuse(400, u"invalid value %1 for annotation %2"_s.arg(given, key));
        if (days <= 0)
            return refuse(400, u"invalid value %1 for annotation %2, it should be greater than 0"_s.arg(given, key));
    }
    const QDateTime end = m_certificateEnd ? m_certificateEnd() : QDateTime();
    if (!end.isValid() || end >= QDateTime::currentDateTimeUtc().addDays(days))
        return std::nullopt;
    return refuse(400,
        u"earliest expiring cert for default/kubernetes ClusterIP is %1 +0000 UTC, it will expire in %2 days. Please rotate RKE2 certificates."_s
            .arg(end.toUTC().toString(u"yyyy-MM-dd hh:mm:ss"_s))
            .arg(days));
}

} // namespace demo
