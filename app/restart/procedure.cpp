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

#include "restart/proceduremachine.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace restart {

using namespace kinds;

namespace {

constexpr qint64 pollMs = 5000;     ///< section 5: poll every 5 s
constexpr qint64 answerMs = 60'000; ///< longer than any request may take

/// Annotations a person chose for the Upgrade (upgrade model 1.4); those its controllers wrote stay behind. skipWebhook
/// is never taken over.
const QStringList chosen{u"harvesterhci.io/node-upgrade-pause-map"_s, u"harvesterhci.io/skip-version-check"_s,
    u"harvesterhci.io/skipSingleReplicaDetachedVol"_s, u"harvesterhci.io/skipGarbageCollectionThresholdCheck"_s,
    u"harvesterhci.io/minCertsExpirationInDay"_s, u"harvesterhci.io/allow-node-join"_s};

} // namespace

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
    // Should the answer to the real one be lost, what is new beside these is ours. Clocks may differ; UIDs do not.
    list(u"present"_s, upgrades, harvesterNs);
}

void Machine::tick()
{
    // A slow server is given time: who sends answers every request, be it by giving up.
    const qint64 wait = p.pending.isEmpty() ? pollMs : answerMs;
    if (p.polled.isValid() && p.polled.msecsTo(e.at) < wait)
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
        if (p.step == Step::StartChoice
            || (!p.problem.isEmpty() && (p.step == Step::Version || p.step == Step::DryRun)))
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

Procedure begin(const Verdict &verdict, const QJsonObject &upgrade, const QJsonObject &version, const QDateTime &now)
{
    Procedure p;
    const QJsonObject metadata = metaOf(upgrade);
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
