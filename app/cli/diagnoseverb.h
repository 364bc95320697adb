// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// `gleaner diagnose`: what is wrong with an upgrade, of a cluster or of something a person has of one.
#pragma once

#include "cli/arguments.h"
#include "cli/diagnosisprint.h"
#include "cli/exitcodes.h"
#include "session/livediagnosis.h"

#include <QTimer>

#include <memory>

namespace cli {

/// Runs the event loop until there is an answer.
[[nodiscard]] Exit runDiagnose(const Arguments &arguments);

/// Of a live cluster: waits for the board, then for the rest.
class Diagnose : public QObject {
    Q_OBJECT
public:
    Diagnose(const Arguments &arguments, const kube::ClusterConfig &config, QObject *parent = nullptr);
    ~Diagnose() override;
    void start();
    void interrupt();

Q_SIGNALS:
    void ended(cli::Exit code);

private:
    void take(const session::ClusterState &state);
    void look(const session::ClusterState &state);
    void tell();
    void giveUp();
    void end(Exit code);

    const Arguments m_arguments;
    const kube::ClusterConfig m_config;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<session::LiveDiagnosis> m_live; ///< null: the board is not there yet
    session::ClusterState m_state;                  ///< what the diagnosis is made of
    QTimer m_deadline;
    QTimer m_logsDeadline; ///< logs make a board better, but nobody waits long for them
    bool m_ended = false;
};

} // namespace cli
