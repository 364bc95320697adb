// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What is looked for after the deletion: leftovers, paused ManagedCharts, whether everything is clean.

#include "restart/proceduremachine.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace restart {

using namespace kinds;

QJsonObject metaOf(const QJsonObject &object)
{
    return object.value("metadata"_L1).toObject();
}

QString conditionOf(const QJsonObject &object, QLatin1StringView type)
{
    for (const QJsonValue &value : object.value("status"_L1).toObject().value("conditions"_L1).toArray()) {
        if (value.toObject().value("type"_L1).toString() == type)
            return value.toObject().value("status"_L1).toString();
    }
    return {};
}

void Machine::enterLeftovers()
{
    go(Step::Leftovers);
    p.leftovers.clear();
    const QString selector = u"harvesterhci.io/upgrade="_s + p.name;
    list(u"leftover-jobs"_s, jobs, harvesterNs, selector);
    list(u"leftover-plans"_s, plans, cattleNs);
    list(u"leftover-repo"_s, deployments, harvesterNs, selector);
    list(u"leftover-images"_s, images, harvesterNs, selector);
}

void Machine::lookFor(const QString &what)
{
    if (what == "agent-plan"_L1) {
        if (!e.ok && !missing())
            problem("no-answer", {what, e.text});
    } else if (!e.ok) {
        p.leftovers.append(u"?"_s + what);
    } else {
        for (const QJsonValue &value : items()) {
            const QJsonObject object = value.toObject();
            const QString name = metaOf(object).value("name"_L1).toString();
            if (what == "leftover-plans"_L1 && name == p.name + u"-skip-restart-rancher-system-agent"_s) {
                Request request{{}, Request::Verb::Delete, plans, cattleNs, name};
                request.uid = metaOf(object).value("uid"_L1).toString();
                request.resourceVersion = metaOf(object).value("resourceVersion"_L1).toString();
                ask(u"agent-plan"_s, std::move(request));
            } else if (what != "leftover-plans"_L1 || name.startsWith(p.name + u'-')) {
                p.leftovers.append(name);
            }
        }
    }
    if (p.pending.isEmpty())
        enterCharts();
}

void Machine::enterCharts()
{
    go(Step::Charts);
    list(u"charts"_s, charts, fleetNs);
}

void Machine::enterCharts(const QJsonArray &found)
{
    static const QStringList four{
        u"harvester"_s, u"harvester-crd"_s, u"rancher-monitoring-crd"_s, u"rancher-logging-crd"_s};
    for (const QJsonValue &value : found) {
        const QJsonObject chart = value.toObject();
        const QString name = metaOf(chart).value("name"_L1).toString();
        if (!four.contains(name) || !chart.value("spec"_L1).toObject().value("paused"_L1).toBool())
            continue;
        Request request{{}, Request::Verb::Patch, charts, fleetNs, name};
        request.body = {{u"metadata"_s, QJsonObject{{u"resourceVersion"_s, metaOf(chart).value("resourceVersion"_L1)}}},
            {u"spec"_s, QJsonObject{{u"paused"_s, false}}}};
        ask(u"resume-chart"_s, std::move(request));
    }
    if (p.pending.isEmpty()) {
        go(Step::ChartsReady);
        poll();
    }
}

void Machine::lookAtChart()
{
    static const QStringList four{
        u"harvester"_s, u"harvester-crd"_s, u"rancher-monitoring-crd"_s, u"rancher-logging-crd"_s};
    QString open;
    bool harvester = false;
    for (const QJsonValue &value : items()) {
        const QJsonObject chart = value.toObject();
        const QString name = metaOf(chart).value("name"_L1).toString();
        if (!four.contains(name))
            continue;
        harvester |= name == "harvester"_L1;
        if (chart.value("spec"_L1).toObject().value("paused"_L1).toBool()
            || conditionOf(chart, "Ready"_L1) != "True"_L1)
            open = name;
    }
    if (open.isEmpty() && harvester)
        return enterSanity();
    if (p.since.secsTo(e.at) > chartLimit)
        problem("chart-not-ready", {open.isEmpty() ? u"harvester"_s : open});
}

void Machine::enterSanity()
{
    go(Step::Sanity);
    p.leftovers.removeIf([](const QString &found) { return found.startsWith(u'!'); });
    get(u"clean-cluster"_s, provisioning, fleetNs, u"local"_s);
    list(u"clean-secrets"_s, secrets, fleetNs, u"rke.cattle.io/machine-name"_s, true);
    list(u"clean-nodes"_s, nodes, {});
}

void Machine::lookIfClean(const QString &what)
{
    const auto dirty = [&](const QString &found) { p.leftovers.append(u'!' + found); };
    if (!e.ok) {
        dirty(what);
    } else if (what == "clean-cluster"_L1) {
        if (!e.json.value("spec"_L1)
                .toObject()
                .value("rkeConfig"_L1)
                .toObject()
                .value("upgradeStrategy"_L1)
                .toObject()
                .value("controlPlaneDrainOptions"_L1)
                .toObject()
                .value("preDrainHooks"_L1)
                .toArray()
                .isEmpty())
            dirty(u"upgradeStrategy"_s);
    } else if (what == "clean-secrets"_L1) {
        for (const QJsonValue &value : items()) {
            const QJsonObject annotations = metaOf(value.toObject()).value("annotations"_L1).toObject();
            const QString asked = annotations.value("rke.cattle.io/pre-drain"_L1).toString();
            if (!asked.isEmpty() && asked != annotations.value("harvesterhci.io/pre-hook"_L1).toString())
                dirty(metaOf(value.toObject()).value("name"_L1).toString());
        }
    } else {
        for (const QJsonValue &value : items()) {
            const QJsonObject node = value.toObject();
            const QJsonObject spec = node.value("spec"_L1).toObject();
            const QJsonArray taints = spec.value("taints"_L1).toArray();
            const bool drain = std::ranges::any_of(taints, [](const QJsonValue &taint) {
                return taint.toObject().value("key"_L1).toString() == "kubevirt.io/drain"_L1;
            });
            if (drain || spec.value("unschedulable"_L1).toBool()
                || metaOf(node).value("annotations"_L1).toObject().contains("harvesterhci.io/pendingOSImage"_L1))
                dirty(metaOf(node).value("name"_L1).toString());
        }
    }
    if (!p.pending.isEmpty())
        return;
    const auto found = std::ranges::find_if(p.leftovers, [](const QString &text) { return text.startsWith(u'!'); });
    if (found == p.leftovers.end())
        return go(Step::StartChoice);
    problem("not-clean", {found->mid(1)});
}

} // namespace restart
