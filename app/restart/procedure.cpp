// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Codes of Procedure::problem and their arguments (words: proceduretext.h)
//   engine-v2, cancelled, replaced, changed, wrong-name, bundle-missing, no-spec, interrupted, another-upgrade
//   verdict            verdict word
//   access             what is denied
//   refused            the server's own words
//   no-answer          what for, the system's own words
//   checks             the first blocking one
//   provisioning
//   finalizer-slow     minutes
//   not-clean          what was found
//   chart-not-ready    chart
//   not-taken-up       Upgrade

#include "restart/procedure.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace restart {

namespace {

constexpr qint64 pollMs = 5000;       ///< section 5: poll every 5 s
constexpr qint64 goneLimit = 10 * 60; ///< then say what it waits for; nothing is forced
constexpr qint64 chartLimit = 15 * 60;
constexpr qint64 takeUpLimit = 60;

const QString harvesterNs = u"harvester-system"_s, cattleNs = u"cattle-system"_s, fleetNs = u"fleet-local"_s;

kube::ResourceRef res(
    const char *group, const char *version, const char *resource, const char *kind, bool namespaced = true)
{
    return {QString::fromLatin1(group), QString::fromLatin1(version), QString::fromLatin1(resource),
        QString::fromLatin1(kind), namespaced};
}
const kube::ResourceRef upgrades = res("harvesterhci.io", "v1beta1", "upgrades", "Upgrade");
const kube::ResourceRef versions = res("harvesterhci.io", "v1beta1", "versions", "Version");
const kube::ResourceRef images = res("harvesterhci.io", "v1beta1", "virtualmachineimages", "VirtualMachineImage");
const kube::ResourceRef charts = res("management.cattle.io", "v3", "managedcharts", "ManagedChart");
const kube::ResourceRef plans = res("upgrade.cattle.io", "v1", "plans", "Plan");
const kube::ResourceRef jobs = res("batch", "v1", "jobs", "Job");
const kube::ResourceRef deployments = res("apps", "v1", "deployments", "Deployment");
const kube::ResourceRef nodes = res("", "v1", "nodes", "Node", false);
const kube::ResourceRef secrets = res("", "v1", "secrets", "Secret");
const kube::ResourceRef capi = res("cluster.x-k8s.io", "v1beta1", "clusters", "Cluster");
const kube::ResourceRef provisioning = res("provisioning.cattle.io", "v1", "clusters", "Cluster");

/// Annotations a person chose for the Upgrade (upgrade model 1.4); those its controllers wrote stay behind. skipWebhook
/// is never taken over.
const QStringList chosen{u"harvesterhci.io/node-upgrade-pause-map"_s, u"harvesterhci.io/skip-version-check"_s,
    u"harvesterhci.io/skipSingleReplicaDetachedVol"_s, u"harvesterhci.io/skipGarbageCollectionThresholdCheck"_s,
    u"harvesterhci.io/minCertsExpirationInDay"_s, u"harvesterhci.io/allow-node-join"_s};

QJsonObject meta(const QJsonObject &object)
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

class Machine {
public:
    Machine(const Procedure &procedure, const Event &from)
        : p(procedure)
        , e(from)
    {
    }
    Procedure p;
    const Event &e;
    QList<Request> out;

    void run();

private:
    void go(Step next)
    {
        p.step = next;
        p.since = e.at;
        p.polled = {};
        p.problem = {};
        p.pending.clear(); // answers to what an earlier step asked are none of this one's
    }
    void problem(const char *code, const QStringList &args = {}) { p.problem = {QString::fromLatin1(code), args}; }
    void close(const char *code, const QStringList &args = {})
    {
        go(Step::Closed);
        problem(code, args);
        p.confirmed = false;
        out.clear();
    }
    /// To the beginning: what was confirmed was something else.
    void again(const char *code, const QStringList &args = {})
    {
        if (p.verdict != Code::Safe && p.verdict != Code::SafeAfterBundle)
            return close("verdict", {codeWord(p.verdict)});
        go(Step::Review);
        problem(code, args);
        p.confirmed = false;
        out.clear();
    }
    void ask(const QString &what, Request request)
    {
        request.id = QString::number(++p.serial);
        p.pending.insert(request.id, what);
        out.append(std::move(request));
    }
    void get(const QString &what, const kube::ResourceRef &resource, const QString &ns, const QString &name)
    {
        ask(what, {{}, Request::Verb::Get, resource, ns, name});
    }
    void list(const QString &what, const kube::ResourceRef &resource, const QString &ns, const QString &selector = {},
        bool metadataOnly = false)
    {
        Request request{{}, Request::Verb::List, resource, ns};
        request.labelSelector = selector;
        request.metadataOnly = metadataOnly;
        ask(what, std::move(request));
    }
    [[nodiscard]] QJsonArray items() const { return e.json.value("items"_L1).toArray(); }
    [[nodiscard]] bool missing() const { return !e.ok && e.status == 404; }

    void judged();
    void answer(const QString &what);
    void tick();
    void resumed();
    void verified(const QString &what);

    void enterProvisioned()
    {
        go(Step::Provisioned);
        get(u"capi"_s, capi, fleetNs, u"local"_s);
    }
    void enterWaitGone()
    {
        p.deleted = true;
        go(Step::WaitGone);
        poll();
    }
    void enterLeftovers();
    void enterCharts();
    void enterSanity();
    void enterVersion();
    void enterDryRun();
    void poll();
    void lookFor(const QString &what);
    void lookAtChart();
    void lookIfClean(const QString &what);
    void enterCharts(const QJsonArray &found);
    void remove();
};

void Machine::remove()
{
    if (!p.confirmed || (p.verdict != Code::Safe && !(p.verdict == Code::SafeAfterBundle && p.bundle)))
        return again("changed");
    go(Step::Delete);
    Request request{{}, Request::Verb::Delete, upgrades, harvesterNs, p.name};
    request.uid = p.uid;
    request.resourceVersion = p.resourceVersion;
    ask(u"delete"_s, std::move(request));
}

void Machine::judged()
{
    const Verdict &v = e.verdict;
    if (p.isOver())
        return;
    if (p.deleted) {
        // After it: somebody else's upgrade, or a node that was touched, ends it.
        const bool ours = v.upgrade.name.isEmpty() || v.upgrade.uid == p.uid
            || (!p.createdUid.isEmpty() && v.upgrade.uid == p.createdUid);
        if (!ours && p.step != Step::Create)
            close("another-upgrade", {v.upgrade.name});
        return;
    }
    if (p.step == Step::Delete) { // the server's preconditions decide now; remembered should it come back from there
        if (v.upgrade.uid == p.uid) {
            p.verdict = v.code;
            p.resourceVersion = v.resourceVersion;
        }
        return;
    }
    p.verdict = v.code;
    if (v.upgrade.uid != p.uid)
        return close("replaced");
    if (!v.allowsRestart())
        return close("verdict", {codeWord(v.code)});
    p.resourceVersion = v.resourceVersion;
    if (v.code == Code::SafeAfterBundle && !p.bundle && p.step > Step::Evidence)
        again("bundle-missing");
}

void Machine::poll()
{
    p.polled = e.at;
    switch (p.step) {
    case Step::WaitGone:
        get(u"gone"_s, upgrades, harvesterNs, p.name);
        break;
    case Step::ChartsReady:
        list(u"ready"_s, charts, fleetNs);
        break;
    case Step::Watch:
        get(u"new"_s, upgrades, harvesterNs, p.createdName);
        break;
    default:
        break;
    }
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
            const QString name = meta(object).value("name"_L1).toString();
            if (what == "leftover-plans"_L1 && name == p.name + u"-skip-restart-rancher-system-agent"_s) {
                Request request{{}, Request::Verb::Delete, plans, cattleNs, name};
                request.uid = meta(object).value("uid"_L1).toString();
                request.resourceVersion = meta(object).value("resourceVersion"_L1).toString();
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
        const QString name = meta(chart).value("name"_L1).toString();
        if (!four.contains(name) || !chart.value("spec"_L1).toObject().value("paused"_L1).toBool())
            continue;
        Request request{{}, Request::Verb::Patch, charts, fleetNs, name};
        request.body = {{u"metadata"_s, QJsonObject{{u"resourceVersion"_s, meta(chart).value("resourceVersion"_L1)}}},
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
        const QString name = meta(chart).value("name"_L1).toString();
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
            const QJsonObject annotations = meta(value.toObject()).value("annotations"_L1).toObject();
            const QString asked = annotations.value("rke.cattle.io/pre-drain"_L1).toString();
            if (!asked.isEmpty() && asked != annotations.value("harvesterhci.io/pre-hook"_L1).toString())
                dirty(meta(value.toObject()).value("name"_L1).toString());
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
                || meta(node).value("annotations"_L1).toObject().contains("harvesterhci.io/pendingOSImage"_L1))
                dirty(meta(node).value("name"_L1).toString());
        }
    }
    if (!p.pending.isEmpty())
        return;
    const auto found = std::ranges::find_if(p.leftovers, [](const QString &text) { return text.startsWith(u'!'); });
    if (found == p.leftovers.end())
        return go(Step::StartChoice);
    problem("not-clean", {found->mid(1)});
}

void Machine::enterVersion()
{
    if (p.versionName.isEmpty()) {
        go(Step::Image);
        return;
    }
    go(Step::Version);
    get(u"version"_s, versions, harvesterNs, p.versionName);
}

void Machine::enterDryRun()
{
    go(Step::DryRun);
    Request request{{}, Request::Verb::Create, upgrades, harvesterNs};
    request.body = newUpgrade(p);
    request.dryRun = true;
    ask(u"dry-run"_s, std::move(request));
}

void Machine::answer(const QString &what)
{
    if (p.verifying)
        return verified(what);
    switch (p.step) {
    case Step::Provisioned:
        if (!e.ok)
            return again("no-answer", {what, e.text});
        if (what == "capi"_L1) {
            const QString phase = e.json.value("status"_L1).toObject().value("phase"_L1).toString();
            if (phase == "Provisioning"_L1 || phase.isEmpty())
                return again("provisioning");
            get(u"unchanged"_s, upgrades, harvesterNs, p.name);
        } else if (meta(e.json).value("uid"_L1).toString() != p.uid) {
            close("replaced");
        } else if (meta(e.json).value("resourceVersion"_L1).toString() != p.resourceVersion
            || meta(e.json).contains("deletionTimestamp"_L1)) {
            again("changed");
        } else {
            remove();
        }
        break;
    case Step::Delete:
        if (e.ok || e.status == 404)
            return enterWaitGone();
        if (e.status == 409)
            return again("changed", {e.text});
        if (e.status >= 400 && e.status < 500)
            return again("refused", {e.text});
        // No answer, or one that says nothing: it may have been done. Look.
        p.verifying = true;
        get(u"real"_s, upgrades, harvesterNs, p.name);
        break;
    case Step::WaitGone:
        if (missing() || (e.ok && meta(e.json).value("uid"_L1).toString() != p.uid))
            return missing() ? enterLeftovers() : close("another-upgrade", {p.name});
        if (p.since.secsTo(e.at) > goneLimit)
            problem("finalizer-slow", {QString::number(p.since.secsTo(e.at) / 60)});
        break;
    case Step::Leftovers:
        lookFor(what);
        break;
    case Step::Charts:
        if (what == "charts"_L1) {
            if (!e.ok)
                return problem("no-answer", {what, e.text});
            enterCharts(items());
        } else if (!e.ok && e.status != 409 && e.status != 404) {
            problem("refused", {e.text});
        } else if (p.pending.isEmpty() && p.problem.isEmpty()) {
            enterCharts(); // look again: a conflict means that somebody changed one meanwhile
        }
        break;
    case Step::ChartsReady:
        if (e.ok)
            lookAtChart();
        break;
    case Step::Sanity:
        lookIfClean(what);
        break;
    case Step::Version:
        if (e.ok) {
            go(Step::Image);
        } else if (what == "version"_L1 && missing() && !p.version.isEmpty()) {
            Request request{{}, Request::Verb::Create, versions, harvesterNs};
            request.body = {{u"apiVersion"_s, versions.apiVersion()}, {u"kind"_s, versions.kind},
                {u"metadata"_s, QJsonObject{{u"name"_s, p.versionName}, {u"namespace"_s, harvesterNs}}},
                {u"spec"_s, p.version}};
            ask(u"create-version"_s, std::move(request));
        } else {
            problem("refused", {e.text});
        }
        break;
    case Step::DryRun:
        if (!e.ok)
            return problem("refused", {e.text});
        go(Step::Create);
        {
            Request request{{}, Request::Verb::Create, upgrades, harvesterNs};
            request.body = newUpgrade(p);
            ask(u"create"_s, std::move(request));
        }
        break;
    case Step::Create:
        if (e.ok) {
            p.createdName = meta(e.json).value("name"_L1).toString();
            p.createdUid = meta(e.json).value("uid"_L1).toString();
            go(Step::Watch);
            return poll();
        }
        if (e.status >= 400 && e.status < 500) {
            go(Step::StartChoice);
            return problem("refused", {e.text});
        }
        p.verifying = true; // it may be there: never a second one
        list(u"real"_s, upgrades, harvesterNs);
        break;
    case Step::Watch:
        if (e.ok && conditionOf(e.json, "Completed"_L1) == "Unknown"_L1
            && meta(e.json).value("labels"_L1).toObject().value("harvesterhci.io/latestUpgrade"_L1).toString()
                == "true"_L1)
            return go(Step::Done);
        if (p.since.secsTo(e.at) > takeUpLimit)
            problem("not-taken-up", {p.createdName});
        break;
    default:
        break;
    }
    if (p.step == Step::Image && p.spec.value("image"_L1).toString().isEmpty())
        enterDryRun();
}

/// After a start, or an answer that did not come: what the server has now says where we are.
void Machine::verified(const QString &)
{
    if (!e.ok && !missing()) {
        problem("no-answer", {u"real"_s, e.text});
        return; // asked again by the next tick
    }
    p.verifying = false;
    if (p.createdName.isEmpty() && e.json.contains("items"_L1)) { // was there a create?
        for (const QJsonValue &value : items()) {
            const QJsonObject object = value.toObject();
            if (meta(object).value("uid"_L1).toString() == p.uid)
                continue;
            const QString made = meta(object).value("creationTimestamp"_L1).toString();
            if (QDateTime::fromString(made, Qt::ISODate) < p.since.addSecs(-takeUpLimit))
                continue; // an older one
            p.createdName = meta(object).value("name"_L1).toString();
            p.createdUid = meta(object).value("uid"_L1).toString();
            go(Step::Watch);
            return poll();
        }
        go(Step::StartChoice);
        return problem("interrupted");
    }
    if (missing()) {
        p.deleted = true;
        return enterLeftovers();
    }
    if (meta(e.json).value("uid"_L1).toString() != p.uid)
        return p.deleted ? close("another-upgrade", {p.name}) : close("replaced");
    if (meta(e.json).contains("deletionTimestamp"_L1))
        return enterWaitGone();
    p.deleted = false;
    again("interrupted"); // it stands as it stood: review and confirm anew
}

void Machine::tick()
{
    if (p.polled.isValid() && p.polled.msecsTo(e.at) < pollMs)
        return;
    if (p.verifying) {
        p.polled = e.at;
        p.pending.clear();
        if (p.step == Step::Create)
            list(u"real"_s, upgrades, harvesterNs);
        else
            get(u"real"_s, upgrades, harvesterNs, p.name);
        return;
    }
    if (p.step == Step::WaitGone || p.step == Step::ChartsReady || p.step == Step::Watch) {
        p.pending.clear(); // an answer that never came
        poll();
    } else if (!p.problem.isEmpty() && (p.step == Step::Charts || p.step == Step::Sanity)) {
        const upgrade::Message why = p.problem; // shown until an answer says otherwise
        p.step == Step::Charts ? enterCharts() : enterSanity();
        p.problem = why;
        p.polled = e.at;
    }
}

void Machine::resumed()
{
    p.pending.clear();
    p.polled = e.at;
    if (p.isOver())
        return;
    if (p.step < Step::Delete)
        return again("interrupted");
    switch (p.step) {
    case Step::Delete:
    case Step::WaitGone:
        p.verifying = true;
        get(u"real"_s, upgrades, harvesterNs, p.name);
        break;
    case Step::Leftovers:
        enterLeftovers();
        break;
    case Step::Charts:
        enterCharts();
        break;
    case Step::ChartsReady:
        poll();
        break;
    case Step::Sanity:
        enterSanity();
        break;
    case Step::Create:
        p.verifying = true;
        list(u"real"_s, upgrades, harvesterNs);
        break;
    case Step::Watch:
        poll();
        break;
    default: // nothing has been sent: the person says again that it shall start
        go(Step::StartChoice);
        problem("interrupted");
        break;
    }
}

void Machine::run()
{
    switch (e.type) {
    case Event::Type::Judged:
        return judged();
    case Event::Type::Accepted:
        if (p.step != Step::Review)
            return;
        if (!e.ok)
            return problem("access", {e.text});
        return go(Step::Evidence);
    case Event::Type::Evidence:
        if (p.step != Step::Evidence)
            return;
        p.bundle |= e.ok;
        if (!e.ok)
            return problem("bundle-missing");
        return go(Step::Checks);
    case Event::Type::Checked:
        if (p.step != Step::Checks)
            return;
        if (!e.ok)
            return problem("checks", {e.text});
        return go(Step::Confirm);
    case Event::Type::Confirmed:
        if (p.step != Step::Confirm)
            return;
        if (e.text != p.name)
            return problem("wrong-name");
        p.confirmed = true;
        return enterProvisioned();
    case Event::Type::Answer: {
        const QString what = p.pending.take(e.id);
        if (!what.isEmpty())
            answer(what);
        return;
    }
    case Event::Type::Tick:
        return tick();
    case Event::Type::StartAgain:
        if (p.step == Step::StartChoice)
            enterVersion();
        if (p.step == Step::Image && p.spec.value("image"_L1).toString().isEmpty())
            enterDryRun();
        return;
    case Event::Type::EndHere:
        if (p.step > Step::Delete && p.deleted && p.step < Step::Create)
            go(Step::StoppedHere);
        return;
    case Event::Type::ImageReady:
        if (p.step != Step::Image || e.text.isEmpty())
            return;
        p.spec.insert("image"_L1, e.text);
        return enterDryRun();
    case Event::Type::Cancel:
        if (p.step < Step::Delete)
            close("cancelled");
        return;
    case Event::Type::Resumed:
        return resumed();
    }
}

} // namespace

Procedure begin(const Verdict &verdict, const QJsonObject &upgrade, const QJsonObject &version, const QDateTime &now)
{
    Procedure p;
    const QJsonObject metadata = meta(upgrade);
    p.name = metadata.value("name"_L1).toString();
    p.uid = metadata.value("uid"_L1).toString();
    p.resourceVersion = verdict.resourceVersion;
    p.verdict = verdict.code;
    p.since = now;
    const QJsonObject spec = upgrade.value("spec"_L1).toObject();
    for (const auto key : {"version"_L1, "image"_L1, "logEnabled"_L1}) {
        if (spec.contains(key) && spec.value(key) != QJsonValue(QString()))
            p.spec.insert(key, spec.value(key));
    }
    const QJsonObject annotations = metadata.value("annotations"_L1).toObject();
    for (const QString &key : chosen) {
        if (annotations.contains(key))
            p.annotations.insert(key, annotations.value(key));
    }
    p.versionName = spec.value("version"_L1).toString();
    p.version = version.value("spec"_L1).toObject();
    const auto close = [&](const char *code, const QStringList &args = {}) {
        p.step = Step::Closed;
        p.problem = {QString::fromLatin1(code), args};
    };
    if (verdict.engine == upgrade::Board::Engine::V2)
        close("engine-v2");
    else if (verdict.upgrade.uid != p.uid || p.uid.isEmpty())
        close("replaced");
    else if (!verdict.allowsRestart())
        close("verdict", {codeWord(verdict.code)});
    else if (p.spec.value("version"_L1).toString().isEmpty() && p.spec.value("image"_L1).toString().isEmpty())
        close("no-spec");
    return p;
}

Advance step(const Procedure &procedure, const Event &event)
{
    Machine machine(procedure, event);
    machine.run();
    return {machine.p, machine.out};
}

QJsonObject newUpgrade(const Procedure &p)
{
    QJsonObject metadata{{u"generateName"_s, u"hvst-upgrade-"_s}, {u"namespace"_s, harvesterNs}};
    if (!p.annotations.isEmpty())
        metadata.insert("annotations"_L1, p.annotations);
    return {{u"apiVersion"_s, upgrades.apiVersion()}, {u"kind"_s, upgrades.kind}, {u"metadata"_s, metadata},
        {u"spec"_s, p.spec}};
}

QList<kube::AccessQuestion> accessNeeded(const Procedure &p)
{
    const QString harvester = upgrades.group;
    QList<kube::AccessQuestion> out{
        {u"get"_s, harvester, u"upgrades"_s, {}, harvesterNs, p.name},
        {u"list"_s, harvester, u"upgrades"_s, {}, harvesterNs, {}},
        {u"delete"_s, harvester, u"upgrades"_s, {}, harvesterNs, p.name},
        {u"create"_s, harvester, u"upgrades"_s, {}, harvesterNs, {}},
        {u"get"_s, harvester, u"versions"_s, {}, harvesterNs, {}},
        {u"create"_s, harvester, u"versions"_s, {}, harvesterNs, {}},
        {u"list"_s, harvester, u"virtualmachineimages"_s, {}, harvesterNs, {}},
        {u"list"_s, charts.group, u"managedcharts"_s, {}, fleetNs, {}},
        {u"patch"_s, charts.group, u"managedcharts"_s, {}, fleetNs, {}},
        {u"list"_s, plans.group, u"plans"_s, {}, cattleNs, {}},
        {u"delete"_s, plans.group, u"plans"_s, {}, cattleNs, {}},
        {u"list"_s, jobs.group, u"jobs"_s, {}, harvesterNs, {}},
        {u"list"_s, deployments.group, u"deployments"_s, {}, harvesterNs, {}},
        {u"list"_s, {}, u"nodes"_s, {}, {}, {}},
        {u"list"_s, {}, u"secrets"_s, {}, fleetNs, {}},
        {u"get"_s, capi.group, u"clusters"_s, {}, fleetNs, {}},
        {u"get"_s, provisioning.group, u"clusters"_s, {}, fleetNs, {}},
    };
    return out;
}

} // namespace restart
