// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the answers to a restart's requests mean.

#include "restart/proceduremachine.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace restart {

using namespace kinds;

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
        } else if (metaOf(e.json).value("uid"_L1).toString() != p.uid) {
            close("replaced");
        } else if (metaOf(e.json).value("resourceVersion"_L1).toString() != p.resourceVersion
            || metaOf(e.json).contains("deletionTimestamp"_L1)) {
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
        if (missing() || (e.ok && metaOf(e.json).value("uid"_L1).toString() != p.uid))
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
            return what == "present"_L1 ? problem("no-answer", {what, e.text}) : problem("refused", {e.text});
        if (what == "present"_L1) {
            p.present.clear();
            for (const QJsonValue &value : items())
                p.present.append(metaOf(value.toObject()).value("uid"_L1).toString());
        }
        if (!p.pending.isEmpty() || !p.problem.isEmpty())
            return;
        go(Step::Create);
        {
            Request request{{}, Request::Verb::Create, upgrades, harvesterNs};
            request.body = newUpgrade(p);
            ask(u"create"_s, std::move(request));
        }
        break;
    case Step::Create:
        if (e.ok) {
            p.createdName = metaOf(e.json).value("name"_L1).toString();
            p.createdUid = metaOf(e.json).value("uid"_L1).toString();
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
            && metaOf(e.json).value("labels"_L1).toObject().value("harvesterhci.io/latestUpgrade"_L1).toString()
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
            const QString uid = metaOf(object).value("uid"_L1).toString();
            if (uid == p.uid || p.present.contains(uid))
                continue;
            p.createdName = metaOf(object).value("name"_L1).toString();
            p.createdUid = metaOf(object).value("uid"_L1).toString();
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
    if (metaOf(e.json).value("uid"_L1).toString() != p.uid)
        return p.deleted ? close("another-upgrade", {p.name}) : close("replaced");
    if (metaOf(e.json).contains("deletionTimestamp"_L1))
        return enterWaitGone();
    p.deleted = false;
    again("interrupted"); // it stands as it stood: review and confirm anew
}

} // namespace restart
