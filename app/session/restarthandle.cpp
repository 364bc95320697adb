// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/restarthandle.h"

namespace session {

RestartHandle::RestartHandle(const kube::ClusterConfig &config, bool execConsent, const QString &actionsRoot)
    : m_self(std::make_shared<Gate>(this))
    , m_watched(std::make_shared<Watched>())
{
    auto make = [this, self = m_self, watched = m_watched, actionsRoot](kube::Client &client) {
        RestartOptions options;
        options.actionsRoot = actionsRoot;
        options.keptFolder = [watched] { return watched->kept; };
        options.clock = [watched] { return QDateTime::currentDateTimeUtc().addMSecs(watched->aheadMs); };
        auto run = std::make_unique<RestartRun>(&client, options);
        // The work posted to us dies with us, so `this` is alive when it runs.
        QObject::connect(run.get(), &RestartRun::changed, run.get(), [this, self, run = run.get()] {
            self->post([this, state = run->state()] {
                m_state = state;
                Q_EMIT changed();
            });
        });
        return run;
    };
    m_thread = std::make_unique<ActionThread<RestartRun>>(config, execConsent, std::move(make));
}

RestartHandle::~RestartHandle()
{
    m_self->close();
}

void RestartHandle::follow(const ClusterState &state)
{
    if (!state.snapshot || state.pastMoment.isValid()
        || (state.snapshot == m_followed && state.evidence.folder == m_kept))
        return;
    m_followed = state.snapshot;
    m_kept = state.evidence.folder;
    m_thread->post([watched = m_watched, snapshot = state.snapshot, kept = state.evidence.folder,
                       ahead = state.clockAhead.count()](RestartRun &run) {
        watched->kept = kept;
        watched->aheadMs = ahead;
        run.judged(restart::judge(*snapshot, QDateTime::currentDateTimeUtc().addMSecs(ahead)));
    });
}

void RestartHandle::begin(const upgrade::ObjectRef &upgrade)
{
    m_thread->post([upgrade](RestartRun &run) { run.begin(upgrade); });
}

void RestartHandle::resume(const QString &folder)
{
    m_thread->post([folder](RestartRun &run) { run.resume(folder); });
}

void RestartHandle::lookAgain()
{
    m_thread->post([](RestartRun &run) { run.lookAgain(); });
}

void RestartHandle::accept()
{
    m_thread->post([](RestartRun &run) { run.accept(); });
}

void RestartHandle::collectEvidence()
{
    m_thread->post([](RestartRun &run) { run.collectEvidence(); });
}

void RestartHandle::cancelEvidence()
{
    m_thread->post([](RestartRun &run) { run.cancelEvidence(); });
}

void RestartHandle::check()
{
    m_thread->post([](RestartRun &run) { run.check(); });
}

void RestartHandle::confirm(const QString &typed)
{
    m_thread->post([typed](RestartRun &run) { run.confirm(typed); });
}

void RestartHandle::startAgain()
{
    m_thread->post([](RestartRun &run) { run.startAgain(); });
}

void RestartHandle::endHere()
{
    m_thread->post([](RestartRun &run) { run.endHere(); });
}

void RestartHandle::imageReady(const QString &image)
{
    m_thread->post([image](RestartRun &run) { run.imageReady(image); });
}

void RestartHandle::cancel()
{
    m_thread->post([](RestartRun &run) { run.cancel(); });
}

} // namespace session
