// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// `gleaner status`: the board of one cluster, once or for as long as somebody watches.
#pragma once

#include "cli/arguments.h"
#include "cli/connectionlog.h"
#include "cli/exitcodes.h"
#include "session/session.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QTimer>

#include <memory>

namespace cli {

/// Runs the event loop until there is an answer.
[[nodiscard]] Exit runStatus(const Arguments &arguments);

/// upgrade::toJson() and where it comes from: context, connection, denied.
[[nodiscard]] QJsonObject statusJson(const session::ClusterState &state);

/// What is printed when, apart from the event loop: one Status lives for one call of the verb.
class Status : public QObject {
    Q_OBJECT
public:
    Status(const Arguments &arguments, const kube::ClusterConfig &config, QObject *parent = nullptr);
    ~Status() override;
    void start();
    void interrupt();

Q_SIGNALS:
    void ended(cli::Exit code);

private:
    void take(const session::ClusterState &state);
    void tell(const session::ClusterState &state);
    void tellConnection(const session::ClusterState &state);
    void tellTrouble(const session::ClusterState &state);
    void giveUp();
    void end(Exit code);

    Arguments m_arguments;
    std::unique_ptr<session::Session> m_session;
    QTimer m_deadline;
    QTimer m_logsDeadline; ///< logs make a board better, but nobody waits long for them
    std::optional<upgrade::Board> m_told;
    QString m_lastLine;
    QStringList m_lastTrouble;
    ConnectionLog m_connectionLog;
    bool m_ended = false;
};

} // namespace cli
