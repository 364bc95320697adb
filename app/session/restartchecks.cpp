// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A restart's evidence and its dry runs.

#include "session/restartrun.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace session {

using restart::Step;
using Busy = RestartState::Busy;

void RestartRun::collectEvidence()
{
    if (!m_state.begun || m_state.busy != Busy::No || m_state.procedure.step != Step::Evidence)
        return;
    tellPerson(u"asked for evidence"_s);
    setBusy(Busy::Collecting);
    m_evidence = std::make_unique<RestartEvidence>(*m_wire, m_options.keptFolder ? m_options.keptFolder() : QString());
    connect(m_evidence.get(), &RestartEvidence::changed, this, [this] {
        m_state.evidence = m_evidence->progress();
        if (m_state.evidence.state == EvidenceProgress::State::Running)
            return tell();
        Event told = event(Event::Type::Evidence);
        // A bundle is whole: the objects and the logs. Without the need for one the objects do.
        const bool whole = m_state.evidence.state == EvidenceProgress::State::Complete;
        told.ok = whole && (m_state.evidence.logs || m_state.procedure.verdict != restart::Code::SafeAfterBundle);
        setBusy(Busy::No);
        feed(told);
        // Safe needs no bundle: what is there then must not count as one later.
        if (told.ok && !m_state.evidence.logs) {
            m_state.procedure.bundle = false;
            (void)save();
        }
    });
    m_evidence->start();
    m_state.evidence = m_evidence->progress();
    tell();
}

void RestartRun::cancelEvidence()
{
    if (m_state.busy != Busy::Collecting)
        return;
    m_evidence.reset();
    m_state.evidence = {};
    setBusy(Busy::No);
}

void RestartRun::check()
{
    if (!m_state.begun || m_state.busy != Busy::No || m_state.procedure.step != Step::Checks)
        return;
    tellPerson(u"asked for the checks"_s);
    m_state.deletion = m_state.creation = {};
    m_state.trouble.clear();
    setBusy(Busy::Asking);
    askDeletion();
}

void RestartRun::askDeletion()
{
    using Verb = restart::Request::Verb;
    restart::Request request{{}, Verb::Delete, {u"harvesterhci.io"_s, u"v1beta1"_s, u"upgrades"_s, u"Upgrade"_s},
        u"harvester-system"_s, m_state.procedure.name};
    request.uid = m_state.procedure.uid;
    request.dryRun = true;
    m_wire->send(request, [this](const ActionWire::Answer &answer) {
        m_state.deletion = {true, answer.ok, answer.text, restart::Refusal::Other};
        askCreation();
    });
}

void RestartRun::askCreation()
{
    using Verb = restart::Request::Verb;
    restart::Request request{
        {}, Verb::Create, {u"harvesterhci.io"_s, u"v1beta1"_s, u"upgrades"_s, u"Upgrade"_s}, u"harvester-system"_s};
    request.body = restart::newUpgrade(m_state.procedure);
    request.dryRun = true;
    m_wire->send(request, [this](const ActionWire::Answer &answer) {
        m_state.creation = {true, answer.ok, answer.text, restart::readRefusal(answer.text, m_state.procedure.name)};
        checked();
    });
}

void RestartRun::checked()
{
    setBusy(Busy::No);
    Event told = event(Event::Type::Checked);
    const DryRunAnswer *against = m_state.deletion.blocks() ? &m_state.deletion
        : m_state.creation.blocks()                         ? &m_state.creation
                                                            : nullptr;
    told.ok = !against;
    if (against)
        told.text = against->words;
    feed(told);
}

QList<UnfinishedRestart> unfinishedRestarts(const QString &actionsRoot)
{
    QList<UnfinishedRestart> out;
    for (const QString &folder :
        evidence::ActionFolder::folders(actionsRoot.isEmpty() ? evidence::defaultActionsRoot() : actionsRoot)) {
        // One that is being made right now, here or in another window, is not abandoned.
        if (evidence::FolderLock::isTaken(folder))
            continue;
        const auto state = evidence::ActionFolder::state(folder);
        const auto found = state ? restart::procedureFromJson(state->value("procedure"_L1).toObject()) : std::nullopt;
        if (!found || found->isOver())
            continue;
        out.append({folder, state->value("context"_L1).toString(), state->value("server"_L1).toString(), found->name,
            found->uid, found->step, found->since});
    }
    return out;
}

} // namespace session
