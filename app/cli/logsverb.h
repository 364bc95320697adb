// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// `gleaner logs`: the logs of the upgrade of a cluster, kept on this machine and printed from there; or those of a
/// past upgrade (loghistory.h).
#pragma once

#include "cli/connectionlog.h"
#include "cli/logoutput.h"
#include "cli/logsettling.h"

namespace cli {

/// Runs the event loop until everything is printed.
[[nodiscard]] Exit runLogs(const Arguments &arguments);

class Logs : public QObject {
    Q_OBJECT
public:
    Logs(const Arguments &arguments, const kube::ClusterConfig &config, QObject *parent = nullptr);
    ~Logs() override;
    void start();
    void interrupt();

Q_SIGNALS:
    void ended(cli::Exit code);

private:
    void take(const session::ClusterState &state);
    /// False: it is over, or there is no upgrade to speak of yet.
    [[nodiscard]] bool connected(const session::ClusterState &state);
    void look();
    void print();
    void more(const session::ClusterState &state);
    void tellConnection(const session::ClusterState &state);
    void giveUp();
    void end(Exit code);

    const Arguments m_arguments;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<LogOutput> m_output; ///< null: still waiting for what is there to be kept
    LogSettling m_settling;
    QTimer m_deadline; ///< no news for so long: print what there is
    QTimer m_look;
    ConnectionLog m_connectionLog;
    Exit m_worst = Exit::Told;
    bool m_asked = false; ///< the session knows which logs come first
    bool m_ended = false;
};

} // namespace cli
