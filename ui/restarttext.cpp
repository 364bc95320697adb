// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/restarttext.h"

#include "restart/proceduretext.h"
#include "restart/verdicttext.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {

using namespace Qt::StringLiterals;
using restart::Step;
using session::AccessRow;
using session::RestartState;
using Action = RestartText::Action;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::RestartPage", text);
}

RestartText::Row row(Shape shape, Tone tone, const QString &text, const QString &detail = {})
{
    return {shape, tone, text, detail};
}
RestartText::Row fact(const QString &text, const QString &detail = {})
{
    return row(Shape::Ring, Tone::Muted, text, detail);
}
RestartText::Row good(const QString &text, const QString &detail = {})
{
    return row(Shape::Tick, Tone::Succeeded, text, detail);
}
RestartText::Row bad(const QString &text, const QString &detail = {})
{
    return row(Shape::Cross, Tone::Failed, text, detail);
}
RestartText::Row warned(const QString &text, const QString &detail = {})
{
    return row(Shape::Hourglass, Tone::Warning, text, detail);
}

QString questionText(const kube::AccessQuestion &question)
{
    const QString what = question.group.isEmpty() ? question.resource : question.resource + u'.' + question.group;
    return question.ns.isEmpty() ? u"%1 %2"_s.arg(question.verb, what)
                                 : u"%1 %2 (%3)"_s.arg(question.verb, what, question.ns);
}

void addVerdict(const RestartState &s, RestartText &out)
{
    const restart::Verdict &v = s.verdict;
    out.rows.append(v.allowsRestart() ? good(restart::title(v.code), restart::sentence(v.code))
                                      : bad(restart::title(v.code), restart::sentence(v.code)));
    for (const restart::Reason &reason : v.reasons)
        out.rows.append(fact(restart::factText(reason.fact), reason.rule));
    for (const restart::Missing &missing : v.missing)
        out.rows.append(warned(restart::missingText(missing.what)));
    for (const upgrade::Message &instead : v.instead)
        out.rows.append(row(Shape::Arc, Tone::Running, restart::insteadText(instead)));
}

void addWho(const RestartState &s, RestartText &out)
{
    out.rows.append(fact(tr("Cluster %1").arg(s.context), s.server));
    out.rows.append(s.user.isEmpty() ? warned(tr("The cluster does not say who you are"))
                                     : fact(tr("You are %1").arg(s.user), s.groups.join(u", "_s)));
    qsizetype allowed = 0;
    for (const AccessRow &one : s.access) {
        if (one.state == AccessRow::State::Allowed)
            ++allowed;
        else if (one.state == AccessRow::State::Denied)
            out.rows.append(bad(tr("You may not: %1").arg(questionText(one.question)), one.words));
        else
            out.rows.append(warned(tr("Not known whether you may: %1").arg(questionText(one.question)), one.words));
    }
    if (!s.access.isEmpty() && allowed == s.access.size())
        out.rows.append(good(tr("You may do each of the %1 things a restart needs").arg(QLocale().toString(allowed))));
}

void review(const RestartState &s, RestartText &out)
{
    out.intro = tr("There is no way back to the old version. A restart deletes the Upgrade, waits until Harvester has "
                   "cleaned up, and creates a new one for the same version.");
    const restart::Procedure &p = s.procedure;
    out.rows.append(fact(
        tr("Upgrade %1").arg(p.name), p.versionName.isEmpty() ? p.spec.value("image"_L1).toString() : p.versionName));
    addVerdict(s, out);
    addWho(s, out);
    out.primary = {tr("Go on: collect evidence"), Action::Accept};
    out.second = {tr("Look again"), Action::LookAgain};
}

void evidence(const RestartState &s, RestartText &out)
{
    const bool bundle = s.procedure.verdict == restart::Code::SafeAfterBundle;
    out.intro
        = tr("Deleting the Upgrade destroys its Jobs and their logs. Saved beside the journal of this restart: the "
             "objects of the upgrade, read anew, with secrets masked, and a copy of every log and the history kept "
             "so far.");
    if (bundle)
        out.rows.append(warned(tr("In this phase evidence is mandatory, logs included: there is no way round it")));
    const session::EvidenceProgress &e = s.evidence;
    using State = session::EvidenceProgress::State;
    if (e.state == State::Failed)
        out.rows.append(bad(tr("The evidence could not be saved"), e.words));
    if (e.state == State::Complete && !e.logs)
        out.rows.append(warned(tr("No logs are kept of this upgrade: the saved evidence has only objects")));
    for (const QString &gap : e.gaps)
        out.rows.append(warned(tr("Not saved: %1").arg(gap)));
    out.rows.append(
        fact(tr("Not part of it: Harvester's own support bundle and the archive of the upgrade's logs. Make "
                "and download them in Harvester's dashboard first if support shall have them.")));
    out.primary = {tr("Save the evidence"), Action::Collect};
    if (s.busy == RestartState::Busy::Collecting) {
        out.primary = {};
        out.second = {tr("Stop saving"), Action::StopCollecting};
        out.percent = e.total > 0 ? int(e.bytes * 100 / e.total) : -1;
    }
}

void dryRun(const QString &what, const session::DryRunAnswer &answer, RestartText &out)
{
    if (!answer.asked)
        return;
    if (answer.accepted)
        return out.rows.append(good(tr("The cluster would accept it: %1").arg(what)));
    switch (answer.refusal) {
    case restart::Refusal::Upgrade:
        out.rows.append(warned(tr("The cluster would refuse it now: %1").arg(what), answer.words));
        out.rows.append(
            fact(tr("That is about the upgrade which will be deleted. What else the cluster checks is asked "
                    "again after the deletion.")));
        break;
    case restart::Refusal::Chart:
        out.rows.append(warned(tr("The cluster would refuse it now: %1").arg(what), answer.words));
        out.rows.append(fact(tr("An upgrade leaves this chart paused or half applied. After the deletion it is resumed "
                                "and waited for; if it does not become ready, no new upgrade can start.")));
        break;
    case restart::Refusal::Other:
        out.rows.append(bad(tr("The cluster would refuse it: %1").arg(what), answer.words));
        break;
    }
}

void checks(const RestartState &s, RestartText &out)
{
    out.intro = tr("The cluster's own webhooks are asked by dry runs, which change nothing: would the deletion be "
                   "accepted, and would a new upgrade be?");
    if (s.evidence.state == session::EvidenceProgress::State::Complete)
        out.rows.append(good(tr("Evidence is saved"), s.evidence.folder));
    dryRun(tr("deleting %1").arg(s.procedure.name), s.deletion, out);
    dryRun(tr("a new upgrade"), s.creation, out);
    out.primary = {s.deletion.asked ? tr("Ask again") : tr("Ask the cluster"), Action::Check};
}

void confirming(const RestartState &s, RestartText &out)
{
    out.intro = tr("With the next button Gleaner looks once more at everything and, if the verdict still allows it, "
                   "deletes exactly this Upgrade in the version that was judged. It cannot be undone.");
    out.rows.append(fact(tr("Cluster %1").arg(s.context), s.server));
    out.rows.append(good(restart::title(s.verdict.code), restart::sentence(s.verdict.code)));
    dryRun(tr("deleting %1").arg(s.procedure.name), s.deletion, out);
    dryRun(tr("a new upgrade"), s.creation, out);
    out.typing = tr("Type the Upgrade's name, %1, to confirm").arg(s.procedure.name);
    out.expected = s.procedure.name;
    out.primary = {tr("Delete %1").arg(s.procedure.name), Action::Confirm};
    out.destroys = true;
}

void stopping(const RestartState &s, RestartText &out)
{
    out.intro = tr("Nothing is forced, and no finalizer is ever removed.");
    for (int at = int(Step::Provisioned); at <= int(Step::Sanity); ++at) {
        const QString text = restart::stepTitle(Step(at));
        if (at < int(s.procedure.step))
            out.rows.append(good(text));
        else if (at > int(s.procedure.step))
            out.rows.append(fact(text));
        else
            out.rows.append(row(Shape::Arc, Tone::Running, text));
    }
    out.busy = restart::stepTitle(s.procedure.step);
    if (s.procedure.step > Step::Delete)
        out.second = {tr("End here"), Action::EndHere};
}

void addLeftovers(const RestartState &s, RestartText &out)
{
    for (const QString &found : s.procedure.leftovers) {
        if (found.startsWith(u'?'))
            out.rows.append(warned(tr("Could not be looked for: %1").arg(found.mid(1))));
        else
            out.rows.append(warned(tr("Left behind: %1").arg(found.startsWith(u'!') ? found.mid(1) : found)));
    }
}

void starting(const RestartState &s, RestartText &out)
{
    const restart::Procedure &p = s.procedure;
    const bool refused = !p.problem.isEmpty() && (p.step == Step::Version || p.step == Step::DryRun);
    out.rows.append(good(tr("%1 is gone").arg(p.name)));
    addLeftovers(s, out);
    if (p.step == Step::StartChoice || refused) {
        out.intro
            = tr("The upgrade is stopped. It can be started again now with the same version and options, or later "
                 "from Harvester's dashboard.");
        out.primary = {tr("Start the upgrade to %1 again")
                           .arg(p.versionName.isEmpty() ? p.spec.value("image"_L1).toString() : p.versionName),
            Action::StartAgain};
        out.second = {tr("End here"), Action::EndHere};
    } else if (p.step == Step::Image) {
        out.intro
            = tr("The image of the old upgrade was deleted with it. Upload the ISO again in Harvester's dashboard, "
                 "wait until it is imported, and name it here.");
        out.typing = tr("Namespace and name of the image, such as harvester-system/image-abcde");
        out.primary = {tr("Use this image"), Action::ImageReady};
        out.second = {tr("End here"), Action::EndHere};
    } else {
        for (int at = int(Step::Version); at <= int(Step::Watch); ++at) {
            if (at == int(Step::Image))
                continue;
            const QString text = restart::stepTitle(Step(at));
            out.rows.append(at < int(p.step) ? good(text)
                    : at > int(p.step)       ? fact(text)
                                             : row(Shape::Arc, Tone::Running, text));
        }
        out.busy = restart::stepTitle(p.step);
    }
}

void over(const RestartState &s, RestartText &out)
{
    const restart::Procedure &p = s.procedure;
    out.over = true;
    out.title = restart::stepTitle(p.step);
    if (p.step == Step::Done) {
        out.rows.append(good(tr("%1 is under way").arg(p.createdName)));
        addLeftovers(s, out);
    } else if (p.step == Step::StoppedHere) {
        out.rows.append(good(tr("%1 is gone").arg(p.name)));
        addLeftovers(s, out);
        out.rows.append(fact(tr("Start the upgrade again from Harvester's dashboard when you are ready.")));
    } else {
        out.rows.append(fact(tr("Upgrade %1").arg(p.name)));
        addVerdict(s, out);
        if (p.deleted)
            addLeftovers(s, out);
    }
    out.rows.append(fact(tr("Every request is in the journal"), s.folder));
    out.primary = {tr("Back to the board"), Action::Leave};
}

} // namespace

int restartStepOf(Step step)
{
    if (step <= Step::Confirm)
        return int(step) + 1;
    return step <= Step::Sanity ? 5 : 6;
}

QString restartStepTitle(int step)
{
    switch (step) {
    case 1:
        return tr("What will happen");
    case 2:
        return tr("Evidence first");
    case 3:
        return tr("Checks");
    case 4:
        return tr("Confirm");
    case 5:
        return tr("Stop");
    case 6:
        return tr("Start again");
    default:
        return {};
    }
}

RestartText restartText(const RestartState &s)
{
    RestartText out;
    const Step step = s.procedure.step;
    out.step = s.begun ? restartStepOf(step) : 1;
    if (s.begun && step == Step::Closed)
        out.step = s.procedure.deleted ? 5 : 1;
    out.title = restartStepTitle(out.step);
    if (!s.begun) {
        out.intro = tr("The cluster is read and judged; nothing is changed.");
        out.primary = s.busy == RestartState::Busy::No ? RestartText::Button{tr("Look again"), Action::LookAgain}
                                                       : RestartText::Button{};
    } else if (s.procedure.isOver()) {
        over(s, out);
    } else if (step == Step::Review) {
        review(s, out);
    } else if (step == Step::Evidence) {
        evidence(s, out);
    } else if (step == Step::Checks) {
        checks(s, out);
    } else if (step == Step::Confirm) {
        confirming(s, out);
    } else if (step <= Step::Sanity) {
        stopping(s, out);
    } else {
        starting(s, out);
    }
    if (s.begun && !s.procedure.problem.isEmpty())
        out.problem = restart::problemText(s.procedure.problem);
    if (!s.trouble.isEmpty())
        out.problem += (out.problem.isEmpty() ? QString() : u"\n"_s) + s.trouble;
    switch (s.busy) {
    case RestartState::Busy::Looking:
        out.busy = tr("Reading the cluster and asking what you may do");
        break;
    case RestartState::Busy::Collecting:
        out.busy = tr("Saving evidence");
        break;
    case RestartState::Busy::Asking:
        out.busy = tr("Asking the cluster's webhooks");
        break;
    default:
        break;
    }
    if (s.begun && step < Step::Delete && !s.procedure.isOver())
        out.third = {tr("Cancel the restart"), Action::Cancel};
    return out;
}

} // namespace ui
