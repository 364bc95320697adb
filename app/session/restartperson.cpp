// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a person does in a restart, each noted in the journal.

#include "session/restartrun.h"

namespace session {

using namespace Qt::StringLiterals;
using restart::Step;
using Busy = RestartState::Busy;

void RestartRun::tellPerson(const QString &what, const QJsonObject &more)
{
    QJsonObject entry = more;
    entry.insert("did"_L1, what);
    m_wire->note(u"person"_s, entry);
}

void RestartRun::lookAgain()
{
    if (!m_wire || m_state.busy != Busy::No)
        return;
    if (!m_state.begun)
        return begin(m_wanted);
    if (m_state.procedure.step > Step::Confirm)
        return;
    setBusy(Busy::Looking);
    m_state.trouble.clear();
    look([this] {
        askAccess([this] {
            setBusy(Busy::No);
            judged(restart::Verdict(m_state.verdict));
        });
    });
}

void RestartRun::accept()
{
    if (!m_state.begun || m_state.busy != Busy::No || m_state.procedure.step != Step::Review)
        return;
    tellPerson(u"accepted what will happen"_s);
    setBusy(Busy::Looking);
    m_state.trouble.clear();
    look([this] {
        askAccess([this] {
            setBusy(Busy::No);
            judged(restart::Verdict(m_state.verdict));
            Event told = event(Event::Type::Accepted);
            told.ok = m_state.mayEverything();
            QStringList not_;
            for (const AccessRow &row : std::as_const(m_state.access)) {
                if (row.state != AccessRow::State::Allowed)
                    not_.append(row.question.verb + u' ' + row.question.resource
                        + (row.question.group.isEmpty() ? QString() : u'.' + row.question.group));
            }
            told.text = not_.join(u", "_s);
            feed(told);
        });
    });
}

void RestartRun::confirm(const QString &typed)
{
    if (!m_state.begun || m_state.busy != Busy::No || m_state.procedure.step != Step::Confirm)
        return;
    tellPerson(u"confirmed"_s, {{u"typed"_s, typed}});
    Event told = event(Event::Type::Confirmed);
    told.text = typed;
    feed(told);
}

void RestartRun::startAgain()
{
    if (!m_state.begun || m_state.procedure.step != Step::StartChoice)
        return;
    tellPerson(u"asked to start again"_s);
    feed(event(Event::Type::StartAgain));
}

void RestartRun::endHere()
{
    if (!m_state.begun)
        return;
    tellPerson(u"ended here"_s);
    feed(event(Event::Type::EndHere));
}

void RestartRun::imageReady(const QString &image)
{
    if (!m_state.begun)
        return;
    tellPerson(u"named the image"_s, {{u"image"_s, image}});
    Event told = event(Event::Type::ImageReady);
    told.text = image;
    feed(told);
}

void RestartRun::cancel()
{
    if (!m_state.begun)
        return;
    cancelEvidence();
    tellPerson(u"cancelled"_s);
    feed(event(Event::Type::Cancel));
}

} // namespace session
