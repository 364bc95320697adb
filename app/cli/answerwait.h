// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Waits for the one state of a session that a command prints: every kind has answered, or it is known that it will
/// not.
#pragma once

#include "cli/arguments.h"
#include "cli/exitcodes.h"
#include "session/session.h"

#include <QTimer>

#include <memory>

namespace cli {

class AnswerWait : public QObject {
    Q_OBJECT
public:
    AnswerWait(const Arguments &arguments, const kube::ClusterConfig &config, QObject *parent = nullptr);
    ~AnswerWait() override;
    void start();
    [[nodiscard]] const session::ClusterState &state() const { return m_session->state(); }

Q_SIGNALS:
    /// Once. `whole`: every kind has answered in time.
    void answered(const session::ClusterState &state, bool whole);

private:
    void take(const session::ClusterState &state);
    void end(bool whole);

    Arguments m_arguments;
    std::unique_ptr<session::Session> m_session;
    QTimer m_deadline;
    bool m_ended = false;
};

} // namespace cli
