// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/director.h"

#include "demo/jsonedit.h"

#include <QVersionNumber>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

const QString ns = u"harvester-system"_s;

} // namespace

Director::Director(World &world, Timeline &timeline, const Scenario &scenario, QObject *parent)
    : QObject(parent)
    , m_world(world)
    , m_timeline(timeline)
    , m_scenario(scenario)
    , m_trouble(scenario.trouble)
{
    m_pace = world.nodes().size() <= 10 ? 1.0 : 10.0 / static_cast<double>(world.nodes().size());
}

void Director::step(const QString &text)
{
    Q_EMIT played(text);
}

void Director::setAway(bool gone)
{
    if (m_away == gone)
        return;
    m_away = gone;
    Q_EMIT away(gone);
}

bool Director::finished() const
{
    return !m_timeline.isRunning(Deleting) && (m_stalled || !m_timeline.isRunning(Upgrading));
}

void Director::begin()
{
    if (!m_scenario.upgrade)
        return;
    if (m_scenario.plan) {
        m_name = u"hvst-upgrade-"_s + m_world.word(5);
        m_timeline.start(Upgrading, planUpgrade());
        return;
    }
    QJsonObject metadata{{u"generateName"_s, u"hvst-upgrade-"_s}, {u"namespace"_s, ns}};
    if (m_scenario.pauseNode && m_world.nodes().size() > 1) {
        metadata.insert("annotations"_L1,
            QJsonObject{
                {u"harvesterhci.io/node-upgrade-pause-map"_s, u"{\"%1\":\"pause\"}"_s.arg(m_world.nodes()[1])}});
    }
    const QJsonObject made = m_world.make(kinds::upgrades,
        {{u"metadata"_s, metadata},
            {u"spec"_s,
                QJsonObject{
                    {u"version"_s, m_scenario.to.harvester}, {u"image"_s, QString()}, {u"logEnabled"_s, true}}}});
    upgradeCreated(json::name(made));
}

void Director::upgradeCreated(const QString &upgradeName)
{
    m_timeline.cancel(Upgrading);
    if (!m_name.isEmpty())
        m_trouble = Trouble::None;
    m_name = upgradeName;
    m_failed = m_stalled = false;
    m_timeline.start(Upgrading, run());
    m_timeline.cancel(Talking);
    m_talking = true;
    m_timeline.start(Talking, controllers());
}

Task Director::run()
{
    step(u"created "_s + m_name);
    co_await wait(1);
    for (const QJsonObject &other : m_world.list(kinds::upgrades, ns, u"harvesterhci.io/latestUpgrade=true"_s)) {
        m_world.edit(kinds::upgrades, ns, json::name(other),
            [](QJsonObject &old) { json::removeLabel(old, u"harvesterhci.io/latestUpgrade"_s); });
    }
    upgrade([this](QJsonObject &up) {
        json::set(up, u"metadata.finalizers", QJsonArray{u"wrangler.cattle.io/harvester-upgrade-controller"_s});
        json::setLabel(up, u"harvesterhci.io/latestUpgrade"_s, u"true"_s);
        const QString running = json::text(m_world.get(kinds::settings, {}, u"server-version"_s), u"value");
        json::set(up, u"status.previousVersion", running);
    });
    condition(u"Completed"_s, u"Unknown"_s);
    state(u"PreparingLoggingInfra"_s);

    co_await logInfrastructure();
    if (!m_failed)
        co_await image();
    if (!m_failed)
        co_await (m_scenario.repoVm ? repositoryVm() : repository());
    if (!m_failed)
        co_await eligibility();
    if (!m_failed)
        co_await prepare();
    if (!m_failed)
        co_await services();
    if (!m_failed && m_world.nodes().size() == 1)
        co_await nodeSingle();
    else if (!m_failed)
        co_await nodesMany();
    if (!m_failed) {
        condition(u"NodesUpgraded"_s, u"True"_s);
        condition(u"Completed"_s, u"True"_s);
        upgrade([this](QJsonObject &up) {
            json::setLabel(up, u"harvesterhci.io/upgradeState"_s, u"Succeeded"_s);
            if (controllerIs(1, 7, 0))
                json::setLabel(up, u"harvesterhci.io/upgradeCleanup"_s, u"Pending"_s);
        });
        step(u"Succeeded"_s);
    }
    co_await cleanup(!m_failed);
    m_talking = false;
    step(u"cleaned up"_s);
}

Task Director::stall()
{
    m_stalled = true;
    step(u"stalled"_s);
    while (true)
        co_await m_timeline.sleep(1e7);
}

void Director::upgrade(const World::Edit &change)
{
    m_world.edit(kinds::upgrades, ns, m_name, change);
}

void Director::condition(const QString &type, const QString &status, const QString &reason, const QString &message)
{
    upgrade([&](QJsonObject &up) {
        // The upgrade controller writes no transition times, and none at all to most Unknown conditions.
        QJsonArray all = json::get(up, u"status.conditions").toArray();
        QJsonObject made{{u"type"_s, type}, {u"status"_s, status}};
        if (status != "Unknown"_L1 || type == "LogReady"_L1)
            made.insert("lastUpdateTime"_L1, m_world.now());
        if (!reason.isEmpty())
            made.insert("reason"_L1, reason);
        if (!message.isEmpty())
            made.insert("message"_L1, message);
        for (qsizetype i = 0; i < all.size(); ++i) {
            if (all.at(i)["type"_L1].toString() == type) {
                all.replace(i, made);
                json::set(up, u"status.conditions", all);
                return;
            }
        }
        all.append(made);
        json::set(up, u"status.conditions", all);
    });
}

void Director::state(const QString &label)
{
    upgrade([&](QJsonObject &up) { json::setLabel(up, u"harvesterhci.io/upgradeState"_s, label); });
    step(label);
}

void Director::fail(const QString &type, const QString &reason, const QString &message)
{
    if (!type.isEmpty() && type != "Completed"_L1)
        condition(type, u"False"_s, reason, message);
    condition(u"Completed"_s, u"False"_s, type == "Completed"_L1 || type == "LogReady"_L1 ? reason : QString());
    upgrade([this](QJsonObject &up) {
        json::setLabel(up, u"harvesterhci.io/upgradeState"_s, u"Failed"_s);
        if (controllerIs(1, 7, 0))
            json::setLabel(up, u"harvesterhci.io/upgradeCleanup"_s, u"Pending"_s);
    });
    m_failed = true;
    step(u"Failed: "_s + type);
}

void Director::nodeState(const QString &nodeName, const QString &text, const QString &reason, const QString &message)
{
    upgrade([&](QJsonObject &up) {
        QJsonObject all = json::get(up, u"status.nodeStatuses").toObject();
        QJsonObject entry{{u"state"_s, text}};
        if (!reason.isEmpty())
            entry.insert("reason"_L1, reason);
        if (!message.isEmpty())
            entry.insert("message"_L1, message);
        all.insert(nodeName, entry);
        json::set(up, u"status.nodeStatuses", all);
    });
    step(nodeName + u": "_s + text);
}

QString Director::nodeStateOf(const QString &nodeName) const
{
    return json::get(m_world.get(kinds::upgrades, ns, m_name), u"status.nodeStatuses")
        .toObject()
        .value(nodeName)["state"_L1]
        .toString();
}

QJsonObject Director::owner() const
{
    return m_world.reference(kinds::upgrades, ns, m_name);
}

bool Director::controllerIs(int major, int minor, int patch) const
{
    const QString running = json::text(m_world.get(kinds::settings, {}, u"server-version"_s), u"value");
    return QVersionNumber::fromString(running.mid(1)) >= QVersionNumber(major, minor, patch);
}

bool Director::troubledNode(const QString &nodeName) const
{
    const QStringList &all = m_world.nodes();
    return nodeName == (all.size() > 1 ? all[1] : all[0]);
}

void Director::node(const QString &nodeName, const World::Edit &change)
{
    m_world.edit(kinds::nodes, {}, nodeName, change);
}

Task Director::podStarts(QString podNs, QString pod)
{
    co_await wait(2);
    m_world.podRuns(podNs, pod);
    const QString container
        = json::get(m_world.get(kinds::pods, podNs, pod), u"spec.containers").toArray().at(0)["name"_L1].toString();
    m_world.event(
        u"Normal"_s, u"Started"_s, u"Started container %1"_s.arg(container), kinds::pods, podNs, pod, u"kubelet"_s);
}

} // namespace demo
