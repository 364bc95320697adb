// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Phases 0 and 1: log infrastructure, image, repository, and whether the upgrade may go on.

#include "demo/director.h"
#include "demo/jsonedit.h"

#include <QVersionNumber>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

const QString ns = u"harvester-system"_s, fleet = u"fleet-local"_s;

QVersionNumber number(const QString &version)
{
    return QVersionNumber::fromString(version.mid(version.startsWith(u'v') ? 1 : 0));
}

} // namespace

void Director::logCondition(const QString &type, const QString &status, const QString &reason, const QString &message)
{
    m_world.edit(kinds::upgradeLogs, ns, name(u"upgradelog"_s),
        [&](QJsonObject &log) { json::setCondition(log, type, status, m_world.now(), reason, message); });
}

Task Director::logInfrastructure()
{
    if (!json::get(m_world.get(kinds::upgrades, ns, m_name), u"spec.logEnabled").toBool(true)) {
        condition(u"LogReady"_s, u"False"_s, u"Disabled"_s, u"Upgrade observability is administratively disabled"_s);
        state(u"LoggingInfraPrepared"_s);
        co_return;
    }
    const QString log = name(u"upgradelog"_s);
    m_world.make(kinds::upgradeLogs,
        {{u"metadata"_s,
             QJsonObject{{u"name"_s, log}, {u"namespace"_s, ns},
                 {u"labels"_s, QJsonObject{{u"harvesterhci.io/upgrade"_s, m_name}}},
                 {u"ownerReferences"_s, QJsonArray{owner()}}}},
            {u"spec"_s, QJsonObject{{u"upgradeName"_s, m_name}}}});
    upgrade([&](QJsonObject &up) { json::set(up, u"status.upgradeLog", log); });
    condition(u"LogReady"_s, u"Unknown"_s);
    for (const QString &type : {u"LoggingOperatorReady"_s, u"InfraReady"_s})
        logCondition(type, u"Unknown"_s);
    const QJsonObject logOwner = m_world.reference(kinds::upgradeLogs, ns, log);
    QJsonObject chart{{u"metadata"_s,
                          QJsonObject{{u"name"_s, QString(log + u"-operator"_s)}, {u"namespace"_s, fleet},
                              {u"labels"_s,
                                  QJsonObject{{u"harvesterhci.io/upgradeLog"_s, log},
                                      {u"harvesterhci.io/upgradeLogComponent"_s, u"operator"_s}}}}},
        {u"spec"_s,
            QJsonObject{{u"chart"_s, u"rancher-logging"_s}, {u"defaultNamespace"_s, u"cattle-logging-system"_s},
                {u"paused"_s, false}}},
        {u"status"_s,
            QJsonObject{{u"summary"_s, QJsonObject{{u"desiredReady"_s, 1}, {u"ready"_s, 1}}},
                {u"display"_s, QJsonObject{{u"readyClusters"_s, u"1/1"_s}, {u"state"_s, u"Ready"_s}}}}}};
    co_await wait(20);
    json::setCondition(chart, u"Ready"_s, u"True"_s, m_world.now());
    m_world.make(kinds::charts, chart);
    logCondition(u"LoggingOperatorReady"_s, u"True"_s);
    co_await wait(5);
    const auto labels = [&](const QString &component) {
        return QJsonObject{
            {u"harvesterhci.io/upgradeLog"_s, log}, {u"harvesterhci.io/upgradeLogComponent"_s, component}};
    };
    QStringList pods;
    for (const QString &nodeName : m_world.nodes().first(std::min<qsizetype>(m_world.nodes().size(), 20)))
        pods.append(m_world.makePod({ns, {}, log + u"-infra-fluentbit-"_s, nodeName, u"fluent-bit"_s,
            u"rancher/mirrored-fluent-fluent-bit:4.0.7"_s, labels(u"shipper"_s), logOwner}));
    pods.append(m_world.makePod({ns, log + u"-infra-fluentd-0"_s, {}, m_world.nodeInTurn(), u"fluentd"_s,
        u"rancher/mirrored-kube-logging-fluentd:v1.18"_s, labels(u"aggregator"_s), logOwner}));
    if (m_trouble == Trouble::LogTimeout) {
        for (const QString &pod : std::as_const(pods)) {
            m_world.podWaits(ns, pod, u"ImagePullBackOff"_s,
                u"Back-off pulling image \"rancher/mirrored-kube-logging-fluentd:v1.18\""_s);
            m_world.event(u"Warning"_s, u"Failed"_s,
                u"Failed to pull image \"rancher/mirrored-kube-logging-fluentd:v1.18\": dial tcp: i/o timeout"_s,
                kinds::pods, ns, pod, u"kubelet"_s);
        }
        co_await wait(280);
        logCondition(u"InfraReady"_s, u"False"_s, u"Timeout"_s);
        condition(u"LogReady"_s, u"False"_s, u"Timeout"_s, u"Timed out creating upgrade logging infrastructure"_s);
        fail(u"Completed"_s, u"Timeout"_s);
        co_return;
    }
    const QString fluentd = pods.constLast();
    for (const QString &pod : std::as_const(pods)) {
        if (m_trouble == Trouble::LogStall && pod == fluentd)
            continue;
        co_await paced(4);
        m_world.podRuns(ns, pod);
    }
    while (m_trouble == Trouble::LogStall) {
        m_world.event(u"Warning"_s, u"FailedAttachVolume"_s,
            u"AttachVolume.Attach failed for volume \"pvc-%1\": rpc error: code = DeadlineExceeded desc = volume is not ready for workloads"_s
                .arg(json::uid(m_world.get(kinds::upgradeLogs, ns, log))),
            kinds::pods, ns, fluentd, u"attachdetach-controller"_s);
        if (!m_stalled)
            step(u"stalled"_s);
        m_stalled = true;
        co_await wait(120);
    }
    logCondition(u"InfraReady"_s, u"True"_s);
    co_await wait(10);
    logCondition(u"Started"_s, u"True"_s);
    logCondition(u"Stopped"_s, u"Unknown"_s);
    m_world.makeDeployment(ns, log + u"-downloader"_s, labels(u"downloader"_s), u"downloader"_s,
        u"rancher/harvester-upgrade:"_s + m_scenario.from.harvester, 1, {}, logOwner);
    logCondition(u"DownloadReady"_s, u"True"_s);
    m_world.edit(kinds::upgradeLogs, ns, log, [](QJsonObject &object) {
        json::setAnnotation(object, u"harvesterhci.io/upgradeLogState"_s, u"Collecting"_s);
    });
    condition(u"LogReady"_s, u"True"_s);
    state(u"LoggingInfraPrepared"_s);
}

Task Director::image()
{
    co_await wait(3);
    const QJsonObject version = m_world.get(kinds::versions, ns, m_scenario.to.harvester);
    m_world.make(kinds::images,
        {{u"metadata"_s,
             QJsonObject{{u"name"_s, m_name}, {u"namespace"_s, ns},
                 {u"labels"_s, QJsonObject{{u"harvesterhci.io/upgrade"_s, m_name}}},
                 {u"annotations"_s, QJsonObject{{u"harvesterhci.io/os-upgrade-image"_s, u"True"_s}}},
                 {u"ownerReferences"_s, QJsonArray{owner()}}}},
            {u"spec"_s,
                QJsonObject{{u"backend"_s, m_scenario.repoVm ? u"backingimage"_s : u"cdi"_s},
                    {u"displayName"_s, QString(m_name + u'-' + m_scenario.to.harvester)},
                    {u"checksum"_s, json::text(version, u"spec.isoChecksum")}, {u"retry"_s, 3},
                    {u"sourceType"_s, u"download"_s}, {u"url"_s, json::text(version, u"spec.isoURL")}}},
            {u"status"_s, QJsonObject{{u"progress"_s, 0}, {u"failed"_s, 0}}}});
    upgrade([this](QJsonObject &up) { json::set(up, u"status.imageID", QString(ns + u'/' + m_name)); });
    condition(u"ImageReady"_s, u"Unknown"_s);
    const auto image = [this](const World::Edit &change) { m_world.edit(kinds::images, ns, m_name, change); };
    const auto imported = [&](const QString &status, const QString &reason, const QString &message) {
        image([&](QJsonObject &object) {
            json::setCondition(object, u"Initialized"_s, u"True"_s, m_world.now());
            json::setCondition(object, u"Imported"_s, status, m_world.now(), reason, message);
        });
    };
    imported(u"Unknown"_s, u"Importing"_s, {});
    QString importer;
    if (!m_scenario.repoVm) {
        importer = m_world.makePod({ns, u"importer-prime-"_s + m_world.hex(8), {}, m_world.nodeInTurn(), u"importer"_s,
            u"rancher/mirrored-kubevirt-cdi-importer:v1.62"_s, {{u"app"_s, u"containerized-data-importer"_s}}, {}});
        co_await podStarts(ns, importer);
        m_world.log(ns, importer, u"I0915 10:00:00.000000 1 importer.go:108] Starting importer"_s);
    }
    const qint64 size = 7'516'192'768;
    const int last = m_trouble == Trouble::ImageStall ? 63 : m_trouble == Trouble::ImageFailed ? 41 : 100;
    const int attempts = m_trouble == Trouble::ImageFailed ? 4 : 1;
    for (int attempt = 1; attempt <= attempts; ++attempt) {
        for (int percent = 0; percent <= last;
            percent = std::min(percent + 1 + m_world.below(4), percent == last ? 101 : last)) {
            image([&](QJsonObject &object) {
                json::set(object, u"status.progress", percent);
                json::set(object, u"status.size", size);
                json::set(object, u"status.virtualSize", size);
            });
            if (!importer.isEmpty())
                m_world.log(ns, importer, u"I0915 10:00:00.000000 1 prometheus.go:78] %1.00"_s.arg(percent));
            co_await wait(14);
        }
        if (m_trouble == Trouble::ImageStall)
            co_await stall();
        if (m_trouble == Trouble::ImageFailed) {
            if (!importer.isEmpty()) {
                m_world.log(ns, importer,
                    u"E0915 10:00:00.000000 1 importer.go:364] Unable to connect to http data source: read: connection reset by peer"_s);
                m_world.restartContainer(ns, importer, u"importer"_s);
            }
            image([&](QJsonObject &object) {
                json::set(object, u"status.failed", attempt);
                json::set(object, u"status.lastFailedTime", m_world.now());
            });
            const QString message = u"Unable to connect to http data source: read: connection reset by peer"_s;
            imported(attempt < attempts ? u"Unknown"_s : u"False"_s, u"ImportFailed"_s, message);
            condition(u"ImageReady"_s, u"Unknown"_s, u"ImportFailed"_s, message);
            co_await wait(60);
        }
    }
    if (m_trouble == Trouble::ImageFailed) {
        image([&](QJsonObject &object) {
            json::setCondition(object, u"RetryLimitExceeded"_s, u"True"_s, m_world.now(), u"RetryLimitExceeded"_s,
                u"VMImage import failed 4 times, exceeding the retry limit 3"_s);
        });
        fail(u"ImageReady"_s, u"RetryLimitExceeded"_s, u"VMImage import failed 4 times, exceeding the retry limit 3"_s);
        co_return;
    }
    if (!importer.isEmpty())
        m_world.drop(kinds::pods, ns, importer);
    imported(u"True"_s, u"Imported"_s, {});
    condition(u"ImageReady"_s, u"True"_s);
    step(u"image imported"_s);
}

Task Director::repository()
{
    co_await wait(2);
    const QString repo = u"upgrade-repo-"_s + m_name;
    const QJsonObject labels{
        {u"harvesterhci.io/upgrade"_s, m_name}, {u"harvesterhci.io/upgradeComponent"_s, u"repo"_s}};
    const int replicas = m_world.nodes().size() > 1 ? 2 : 1;
    m_world.make(kinds::services,
        {{u"metadata"_s,
             QJsonObject{{u"name"_s, repo}, {u"namespace"_s, ns}, {u"ownerReferences"_s, QJsonArray{owner()}}}},
            {u"spec"_s, QJsonObject{{u"ports"_s, QJsonArray{QJsonObject{{u"port"_s, 80}}}}, {u"selector"_s, labels}}}});
    m_world.makeDeployment(ns, repo, labels, u"nginx-iso-server"_s,
        u"rancher/harvester-upgrade:"_s + m_scenario.from.harvester, replicas, {}, owner(), false);
    state(u"PreparingRepo"_s);
    condition(u"RepoReady"_s, u"Unknown"_s);
    const QStringList pods = m_world.podsOf(ns, repo);
    if (m_trouble == Trouble::RepoStall) {
        while (true) {
            for (const QString &pod : pods) {
                m_world.event(u"Warning"_s, u"FailedMount"_s,
                    u"Unable to attach or mount volumes: unmounted volumes=[iso], unattached volumes=[iso]: timed out waiting for the condition"_s,
                    kinds::pods, ns, pod, u"kubelet"_s);
            }
            if (!m_stalled)
                step(u"stalled"_s);
            m_stalled = true;
            co_await wait(125);
        }
    }
    int ready = 0;
    for (const QString &pod : pods) {
        co_await wait(22);
        co_await podStarts(ns, pod);
        m_world.log(ns, pod, u"Mounting ISO and starting Nginx..."_s);
        m_world.log(ns, pod, u"iso mounted successfully to /srv/www/htdocs/harvester-iso"_s);
        m_world.deploymentStatus(ns, repo, replicas, ++ready);
    }
    condition(u"RepoReady"_s, u"True"_s);
    state(u"RepoPrepared"_s);
}

Task Director::repositoryVm()
{
    co_await wait(2);
    const QString repo = u"upgrade-repo-"_s + m_name;
    const QJsonObject labels{
        {u"harvesterhci.io/upgrade"_s, m_name}, {u"harvesterhci.io/upgradeComponent"_s, u"repo"_s}};
    QJsonObject machine{{u"metadata"_s,
                            QJsonObject{{u"name"_s, repo}, {u"namespace"_s, ns}, {u"labels"_s, labels},
                                {u"ownerReferences"_s, QJsonArray{owner()}}}},
        {u"spec"_s, QJsonObject{{u"runStrategy"_s, u"RerunOnFailure"_s}}},
        {u"status"_s, QJsonObject{{u"created"_s, true}, {u"ready"_s, false}, {u"printableStatus"_s, u"Starting"_s}}}};
    json::setCondition(machine, u"Ready"_s, u"False"_s, m_world.now(), u"GuestNotRunning"_s);
    m_world.make(kinds::vms, machine);
    m_world.make(kinds::services,
        {{u"metadata"_s,
             QJsonObject{{u"name"_s, repo}, {u"namespace"_s, ns}, {u"ownerReferences"_s, QJsonArray{owner()}}}},
            {u"spec"_s, QJsonObject{{u"ports"_s, QJsonArray{QJsonObject{{u"port"_s, 80}}}}, {u"selector"_s, labels}}}});
    state(u"PreparingRepo"_s);
    condition(u"RepoReady"_s, u"Unknown"_s);
    co_await wait(25);
    const QString host = m_world.nodeInTurn();
    const QString pod = m_world.makePod({ns, {}, u"virt-launcher-%1-"_s.arg(repo), host, u"compute"_s,
        u"registry.suse.com/suse/sles/15.6/virt-launcher:1.5.2"_s, labels, {}});
    QJsonObject instance{{u"metadata"_s,
                             QJsonObject{{u"name"_s, repo}, {u"namespace"_s, ns}, {u"labels"_s, labels},
                                 {u"ownerReferences"_s, QJsonArray{m_world.reference(kinds::vms, ns, repo, true)}}}},
        {u"spec"_s, QJsonObject()}, {u"status"_s, QJsonObject{{u"phase"_s, u"Scheduling"_s}, {u"nodeName"_s, host}}}};
    json::setCondition(instance, u"Ready"_s, u"False"_s, m_world.now(), u"GuestNotRunning"_s);
    m_world.make(kinds::vmis, instance);
    co_await podStarts(ns, pod);
    co_await wait(45);
    m_world.edit(kinds::vmis, ns, repo, [this](QJsonObject &object) {
        json::set(object, u"status.phase", u"Running"_s);
        json::setCondition(object, u"Ready"_s, u"True"_s, m_world.now());
        json::setCondition(object, u"LiveMigratable"_s, u"True"_s, m_world.now());
    });
    m_world.edit(kinds::vms, ns, repo, [this](QJsonObject &object) {
        json::set(object, u"status.ready", true);
        json::set(object, u"status.printableStatus", u"Running"_s);
        json::setCondition(object, u"Ready"_s, u"True"_s, m_world.now());
    });
    condition(u"RepoReady"_s, u"True"_s);
    state(u"RepoPrepared"_s);
}

Task Director::eligibility()
{
    if (m_trouble == Trouble::RepoFailed) {
        co_await wait(300); // thirty tries, ten seconds apart
        fail(u"Completed"_s, u"unexpected status: 404 Not Found"_s);
        co_return;
    }
    co_await wait(12);
    if (m_trouble == Trouble::EligibilityFailed) {
        fail(u"Completed"_s, u"current version does not meet minimum upgrade requirement"_s);
        co_return;
    }
    const QJsonObject asked = m_world.get(kinds::upgrades, ns, m_name);
    if (number(json::text(asked, u"spec.version")) < number(json::text(asked, u"status.previousVersion"))
        && !json::text(asked, u"spec.version").isEmpty()) {
        fail(u"Completed"_s, u"downgrading is prohibited"_s);
        co_return;
    }
    upgrade([this](QJsonObject &up) {
        const Release &to = m_scenario.to;
        json::set(up, u"status.repoInfo",
            u"release:\n  harvester: %1\n  harvesterChart: %2\n  os: %3\n  kubernetes: %4\n  rancher: %5\n  monitoringChart: %6\n  minUpgradableVersion: %7\n"_s
                .arg(to.harvester, to.chart(), to.os(), to.kubernetes, to.rancher, to.monitoringChart,
                    m_scenario.from.harvester.left(4) + u".0"_s));
        json::set(up, u"status.singleNode", m_world.nodes().size() == 1 ? m_world.nodes()[0] : QString());
    });
}

} // namespace demo
