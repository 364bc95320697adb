// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Phase 2, and the Plans and Jobs of the system-upgrade-controller in general.

#include "demo/director.h"
#include "demo/jsonedit.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

const QString ns = u"harvester-system"_s, cattle = u"cattle-system"_s;

} // namespace

void Director::makePlan(const QString &plan, const QString &component, const QString &hash, int concurrency)
{
    QJsonObject labels{{u"harvesterhci.io/upgrade"_s, m_name}, {u"harvesterhci.io/upgradeComponent"_s, component}};
    if (component.isEmpty())
        labels = {};
    QJsonObject object{{u"metadata"_s, QJsonObject{{u"name"_s, plan}, {u"namespace"_s, cattle}, {u"labels"_s, labels}}},
        {u"spec"_s,
            QJsonObject{{u"concurrency"_s, concurrency}, {u"serviceAccountName"_s, u"system-upgrade-controller"_s},
                {u"version"_s, m_name}, {u"jobActiveDeadlineSecs"_s, 3600},
                {u"nodeSelector"_s,
                    QJsonObject{{u"matchLabels"_s, QJsonObject{{u"harvesterhci.io/managed"_s, u"true"_s}}}}},
                {u"upgrade"_s,
                    QJsonObject{{u"image"_s, QString(u"rancher/harvester-upgrade:"_s + m_scenario.from.harvester)}}}}},
        {u"status"_s, QJsonObject{{u"latestVersion"_s, m_name}, {u"latestHash"_s, hash}}}};
    json::setCondition(object, u"Validated"_s, u"True"_s, m_world.now(), u"PlanIsValid"_s);
    json::setCondition(object, u"LatestResolved"_s, u"True"_s, m_world.now(), u"Version"_s);
    m_world.make(kinds::plans, object);
}

void Director::planApplying(const QString &plan, const QStringList &nodes)
{
    m_world.edit(kinds::plans, cattle, plan, [&](QJsonObject &object) {
        json::set(object, u"status.applying", QJsonArray::fromStringList(nodes));
        json::setCondition(object, u"Complete"_s, nodes.isEmpty() ? u"True"_s : u"False"_s, m_world.now(),
            nodes.isEmpty() ? u"PlanCompleted"_s : u"SyncJob"_s);
    });
}

QString Director::sucJob(const QString &plan, const QString &nodeName, const QString &hash, const QString &action)
{
    JobSpec spec;
    spec.ns = cattle;
    spec.name = safeName({u"apply"_s, plan, u"on"_s, nodeName, u"with"_s, hash.left(10), m_world.hex(5)});
    spec.labels = {{u"upgrade.cattle.io/plan"_s, plan}, {u"upgrade.cattle.io/node"_s, nodeName},
        {u"upgrade.cattle.io/controller"_s, u"system-upgrade-controller"_s}, {u"upgrade.cattle.io/version"_s, m_name},
        {QString(u"plan.upgrade.cattle.io/"_s + plan), hash}};
    spec.container = u"upgrade"_s;
    spec.image = u"rancher/harvester-upgrade:"_s + m_scenario.from.harvester;
    spec.args = {action};
    spec.node = nodeName;
    spec.backoffLimit = 99;
    spec.deadline = 3600;
    spec.ttl = 900;
    m_world.makeJob(spec);
    return spec.name;
}

void Director::sucJobDone(const QString &job, const QString &pod)
{
    m_world.completeJob(cattle, job, pod);
    m_timeline.start(Expiring, expireJob(job));
}

Task Director::expireJob(QString job)
{
    co_await m_timeline.sleep(900);
    m_world.drop(kinds::jobs, cattle, job);
}

Task Director::repoChecks(QString podNs, QString pod)
{
    const auto say = [&](const QString &text) { m_world.log(podNs, pod, text); };
    say(u"Waiting for upgrade repo resource (Deployment or VM) to be created..."_s);
    co_await wait(0.5);
    say(m_scenario.repoVm ? u"Detected upgrade repo type: vm"_s : u"Detected upgrade repo type: deployment"_s);
    say(m_scenario.repoVm ? u"Waiting for upgrade repo VM to be ready..."_s
                          : u"Waiting for upgrade repo deployment to be ready..."_s);
    co_await wait(1);
    say(m_scenario.repoVm ? u"Upgrade repo VM is ready."_s : u"Upgrade repo deployment is ready."_s);
    say(u"Wait for upgrade repo HTTP endpoint ready..."_s);
    co_await wait(2);
    say(u"Upgrade repo is fully ready and accessible."_s);
    say(u"Downloading the file from \"http://upgrade-repo-%1.harvester-system/harvester-iso/harvester-release.yaml\" to \"/tmp/harvester-release.yaml\"..."_s
            .arg(m_name));
    co_await wait(1);
}

Task Director::prepare()
{
    // The setting, which a client may have changed since.
    const QJsonObject setting = m_world.get(kinds::settings, {}, u"upgrade-config"_s);
    const QString value = json::text(setting, u"value");
    const QJsonObject strategy = json::get(
        QJsonDocument::fromJson((value.isEmpty() ? json::text(setting, u"default") : value).toUtf8()).object(),
        u"imagePreloadOption.strategy")
                                     .toObject();
    const QStringList nodes = m_world.nodes();
    if (strategy.value("type"_L1).toString() == "skip"_L1) {
        for (const QString &nodeName : nodes)
            nodeState(nodeName, u"Images preloaded"_s);
        state(u"PreparingNodes"_s);
        condition(u"NodesPrepared"_s, u"True"_s);
        co_return;
    }
    const bool parallel = strategy.value("type"_L1).toString() == "parallel"_L1;
    const int asked = strategy.value("concurrency"_L1).toInt();
    const int count = static_cast<int>(nodes.size());
    const int atOnce = !parallel ? 1 : asked > 0 ? std::min(asked, count) : count;
    const QString hash = m_world.hex(56);
    makePlan(name(u"prepare"_s), u"node"_s, hash, atOnce);
    state(u"PreparingNodes"_s);
    condition(u"NodesPrepared"_s, u"Unknown"_s);
    if (atOnce == 1) {
        for (const QString &nodeName : nodes) {
            co_await paced(3);
            planApplying(name(u"prepare"_s), {nodeName});
            co_await prepareNode(nodeName, hash);
            if (m_failed)
                co_return;
        }
    } else {
        // The next begins as soon as one is done.
        QStringList waiting = nodes, applying;
        qsizetype done = 0;
        while (done < nodes.size()) {
            while (!waiting.isEmpty() && applying.size() < atOnce) {
                applying.append(waiting.takeFirst());
                planApplying(name(u"prepare"_s), applying);
                m_timeline.start(Upgrading, prepareNode(applying.constLast(), hash));
            }
            co_await wait(5);
            for (const QString &nodeName : nodes) {
                if (applying.contains(nodeName) && nodeStateOf(nodeName) == "Images preloaded"_L1) {
                    applying.removeAll(nodeName);
                    planApplying(name(u"prepare"_s), applying);
                    ++done;
                }
            }
            if (m_failed)
                co_return;
        }
    }
    planApplying(name(u"prepare"_s), {});
    co_await wait(20); // the controller looks every 20 to 24 seconds
    condition(u"NodesPrepared"_s, u"True"_s);
}

Task Director::prepareNode(QString nodeName, QString hash)
{
    const QString plan = name(u"prepare"_s);
    if (troubledNode(nodeName) && m_trouble == Trouble::PrepareLost)
        co_await stall(); // the Plan says SyncJob, and there is none
    const QString job = sucJob(plan, nodeName, hash, u"prepare"_s);
    QString pod = m_world.makeJobPod(cattle, job);
    nodeState(nodeName, u"Images preloading"_s);
    co_await podStarts(cattle, pod);
    co_await repoChecks(cattle, pod);
    const auto say = [&](const QString &text) { m_world.log(cattle, pod, text); };
    const bool troubled
        = troubledNode(nodeName) && (m_trouble == Trouble::PrepareFailed || m_trouble == Trouble::PrepareStall);
    const QString file
        = u"http://upgrade-repo-%1.harvester-system/harvester-iso/bundle/harvester/images/"_s.arg(m_name);
    for (const QString &set :
        {u"common"_s, u"rke2"_s, u"rancher"_s, u"agent"_s, u"harvester"_s, u"monitoring"_s, u"logging"_s}) {
        const QString archive = u"%1-%2.tar.zst"_s.arg(set, m_scenario.to.harvester);
        say(u"Downloading the file from \"%1%2\" to \"/host/usr/local/upgrade_tmp/%3.tar.zst\"..."_s.arg(
            file, archive, set));
        co_await paced(18);
        if (troubled && set == "rancher"_L1)
            break;
        say(u"Importing %1 images from repo..."_s.arg(set));
        co_await paced(24);
        say(u"unpacking docker.io/rancher/%1:%2 (sha256:%3)...done"_s.arg(
            set, m_scenario.to.harvester, m_world.hex(64)));
    }
    if (troubled) {
        for (int retry = 1; retry <= 100 || m_trouble == Trouble::PrepareStall; ++retry) {
            say(u"curl: (28) Operation timed out after 120001 milliseconds with 0 bytes received"_s);
            say(u"Failed to download the requested file from \"%1rancher-%2.tar.zst\" with error code: 28, retrying (%3)..."_s
                    .arg(file, m_scenario.to.harvester)
                    .arg(retry));
            if (m_trouble == Trouble::PrepareStall && !m_stalled) {
                m_stalled = true;
                step(u"stalled"_s);
            }
            co_await wait(m_trouble == Trouble::PrepareStall ? 130 : 10);
        }
        say(u"[Error] Running \"upgrade_node.sh prepare\""_s);
        m_timeline.start(Expiring, expireJob(job));
        m_world.failJob(cattle, job, pod, u"DeadlineExceeded"_s, u"Job was active longer than specified deadline"_s);
        nodeState(nodeName, u"Failed"_s, u"DeadlineExceeded"_s, u"Job was active longer than specified deadline"_s);
        fail(u"NodesUpgraded"_s, u"DeadlineExceeded"_s, u"Job was active longer than specified deadline"_s);
        co_return;
    }
    sucJobDone(job, pod);
    node(nodeName, [&](QJsonObject &object) { json::setLabel(object, u"plan.upgrade.cattle.io/"_s + plan, hash); });
    nodeState(nodeName, u"Images preloaded"_s);
}

Task Director::planOnNodes(QString plan, QString component, QString line, Trouble onSecond)
{
    const QString hash = m_world.hex(56);
    const QStringList nodes = m_world.nodes();
    makePlan(plan, component, hash, static_cast<int>(nodes.size()));
    co_await wait(2);
    planApplying(plan, nodes);
    QList<std::pair<QString, QString>> running;
    for (const QString &nodeName : nodes) {
        const QString job = sucJob(plan, nodeName, hash, component);
        running.append({job, m_world.makeJobPod(cattle, job)});
    }
    co_await wait(3);
    for (const auto &[job, pod] : std::as_const(running)) {
        m_world.podRuns(cattle, pod);
        m_world.log(cattle, pod, line);
    }
    co_await wait(12);
    QStringList left = nodes;
    for (qsizetype i = 0; i < nodes.size(); ++i) {
        if (onSecond == Trouble::CleanupStall && troubledNode(nodes[i]))
            continue;
        if (onSecond == Trouble::CleanupFailed && troubledNode(nodes[i])) {
            const auto &[job, pod] = running[i];
            m_world.log(cattle, pod,
                u"E0915 remote_image.go:242] \"RemoveImage from image service failed\" err=\"rpc error: code = DeadlineExceeded desc = context deadline exceeded\""_s);
            m_world.failJob(
                cattle, job, pod, u"DeadlineExceeded"_s, u"Job was active longer than specified deadline"_s);
            m_timeline.start(Expiring, expireJob(job));
            continue;
        }
        sucJobDone(running[i].first, running[i].second);
        node(nodes[i], [&](QJsonObject &object) { json::setLabel(object, u"plan.upgrade.cattle.io/"_s + plan, hash); });
        left.removeAll(nodes[i]);
        co_await paced(1);
    }
    planApplying(plan, left);
    if (!left.isEmpty() && onSecond == Trouble::CleanupStall)
        co_await stall();
    co_await wait(5);
}

} // namespace demo
