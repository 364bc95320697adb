// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// GET …/pods/x/log: the checks, the selection of lines, and following. Owned by its exchange; it reads on only as fast
/// as the client takes the lines.
#pragma once

#include "demo/httpconnection.h"
#include "demo/logbook.h"
#include "demo/store.h"

#include <QUrlQuery>

#include <expected>

namespace demo {

struct LogRequest {
    ContainerId id;
    bool follow = false, previous = false, timestamps = false;
    std::optional<qint64> since; ///< nanoseconds since 1970
    std::optional<qint64> tailLines, limitBytes;
};

/// Reads the query against the pod. `now` in nanoseconds. Errors are what kube-apiserver and kubelet answer.
[[nodiscard]] std::expected<LogRequest, ApiError> readLogRequest(
    const QUrlQuery &query, const QJsonObject &pod, const LogBook &logs, qint64 now);

class LogStream : public QObject {
    Q_OBJECT
public:
    LogStream(HttpExchange *exchange, LogBook &logs, LogRequest request);

    [[nodiscard]] const ContainerId &id() const { return m_request.id; }
    [[nodiscard]] bool follows() const { return m_request.follow; }
    [[nodiscard]] HttpExchange *exchange() const { return m_exchange; }
    /// The connection breaks in the middle of the next line that is sent.
    void cutInNextLine()
    {
        m_cutNext = true;
        pump();
    }

private:
    /// `all`: whatever the client has taken, for the file is about to go.
    void pump(bool all = false);
    [[nodiscard]] const ContainerRun *run() const;

    HttpExchange *m_exchange;
    LogBook &m_logs;
    LogRequest m_request;
    qint64 m_next = 0;    ///< number of the next line of the run
    qint64 m_serial = -1; ///< of the run that is read: when the container restarts, the stream ends
    qint64 m_left = -1;
    bool m_pumping = false, m_cutNext = false;
};

} // namespace demo
