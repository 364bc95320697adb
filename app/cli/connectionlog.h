// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What somebody who watches must be told of the connection: that it is lost and why, that it is tried again, that it
/// is back. Pure: states in, events out.
#pragma once

#include "session/session.h"

#include <QJsonObject>

#include <chrono>

namespace cli {

struct ConnectionEvent {
    enum class Kind { Lost, Retrying, Back };
    Kind kind = Kind::Lost;
    session::Connection connection; ///< as it was then
    std::chrono::seconds gone{0};   ///< for how long it has been lost
    std::chrono::seconds wait{-1};  ///< until the next try; negative: there is none, or not known
};

class ConnectionLog {
public:
    /// The event of a new state, if it is one. `now`: our clock. A cluster never reached is not lost. Of tries that
    /// fail for the same cause one a minute is told: a node reboots for a quarter of an hour.
    [[nodiscard]] std::optional<ConnectionEvent> take(const session::Connection &connection, const QDateTime &now);

private:
    bool m_reached = false;
    QDateTime m_lost; ///< invalid while it is there
    QDateTime m_told; ///< the last try that was told
    QString m_cause;
};

/// "connection lost: …", without the time.
[[nodiscard]] QString eventText(const ConnectionEvent &event);
/// Schema "gleaner.connection/v1", described in docs/status-json.md. `time`: the cluster's clock.
[[nodiscard]] QJsonObject eventJson(const ConnectionEvent &event, const QString &context, const QDateTime &time);
/// "online", "offline" …: stable, in the JSON.
[[nodiscard]] QString connectionWord(session::Connection::State state);
/// state, serverVersion and, when there is trouble, error and message.
[[nodiscard]] QJsonObject connectionJson(const session::Connection &connection);

} // namespace cli
