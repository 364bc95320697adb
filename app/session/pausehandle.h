// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The caller's half of pausing or resuming a node: its PauseRun lives in a thread of its own. Deleting the handle ends
/// it; what was sent stays sent. Everything returns at once.
#pragma once

#include "session/actionthread.h"
#include "session/pauserun.h"

namespace session {

class PauseHandle : public QObject {
    Q_OBJECT
public:
    /// Begins at once.
    PauseHandle(const kube::ClusterConfig &config, bool execConsent, const QString &actionsRoot,
        const upgrade::ObjectRef &upgrade, const QString &node, bool pause);
    ~PauseHandle() override;

    [[nodiscard]] const PauseState &state() const { return m_state; }
    void confirm(const QString &typed);

Q_SIGNALS:
    void changed();

private:
    std::shared_ptr<Gate> m_self;
    std::unique_ptr<ActionThread<PauseRun>> m_thread;
    PauseState m_state;
};

} // namespace session
