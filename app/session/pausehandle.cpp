// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/pausehandle.h"

namespace session {

PauseHandle::PauseHandle(const kube::ClusterConfig &config, bool execConsent, const QString &actionsRoot,
    const upgrade::ObjectRef &upgrade, const QString &node, bool pause)
    : m_self(std::make_shared<Gate>(this))
{
    m_state.upgrade = upgrade;
    m_state.node = node;
    m_state.pause = pause;
    auto make = [this, self = m_self, wanted = m_state, actionsRoot](kube::Client &client) {
        PauseOptions options;
        options.actionsRoot = actionsRoot;
        auto run = std::make_unique<PauseRun>(&client, wanted.upgrade, wanted.node, wanted.pause, options);
        // The work posted to us dies with us, so `this` is alive when it runs.
        QObject::connect(run.get(), &PauseRun::changed, run.get(), [this, self, run = run.get()] {
            self->post([this, state = run->state()] {
                m_state = state;
                Q_EMIT changed();
            });
        });
        run->start();
        return run;
    };
    m_thread = std::make_unique<ActionThread<PauseRun>>(config, execConsent, std::move(make));
}

PauseHandle::~PauseHandle()
{
    m_self->close();
}

void PauseHandle::confirm(const QString &typed)
{
    m_thread->post([typed](PauseRun &run) { run.confirm(typed); });
}

} // namespace session
