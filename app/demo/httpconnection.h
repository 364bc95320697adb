// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One client connection: requests in, answers out, in order. Answers have a length or are streamed in chunks; a stream
/// or a body can be cut in the middle, which is why this is not a ready-made HTTP server.
#pragma once

#include "demo/httpparser.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QPair>
#include <QPointer>
#include <QSslSocket>
#include <QTimer>

#include <functional>

namespace demo {

class HttpConnection;

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;
/// Status line and header lines, without the empty line after them.
[[nodiscard]] QByteArray httpHead(int status, const HttpHeaders &headers);

/// One request and the answer to it. Lives until the answer is complete or the connection is gone; `closed` comes once.
class HttpExchange : public QObject {
    Q_OBJECT
public:
    HttpExchange(HttpConnection *connection, HttpRequest request);

    [[nodiscard]] const HttpRequest &request() const { return m_request; }
    [[nodiscard]] QSslSocket *socket() const;
    [[nodiscard]] bool isOpen() const { return m_state != State::Done; }

    /// `cutAfter` >= 0: only that many bytes of the body are sent and the connection is closed.
    void reply(int status, const HttpHeaders &headers, const QByteArray &body, qsizetype cutAfter = -1);
    void beginStream(int status, const HttpHeaders &headers);
    void write(const QByteArray &data);
    void end();
    /// Cuts the connection at once, whatever was promised.
    void abort();
    /// Half a chunk of `data`, then abort: what a crashing server leaves behind.
    void truncate(const QByteArray &data);
    /// Head and the first `bytes` of the body, then freeze().
    void replyPart(int status, const HttpHeaders &headers, const QByteArray &body, qsizetype bytes);
    /// Nothing more is sent, and the connection stays until the client or dropConnections() ends it.
    void freeze();
    /// What was written is sent, then our side of the TCP connection is closed without a word of TLS; we read on.
    void halfClose();
    /// These bytes as they are, whatever was promised, then the end of the connection.
    void garbage(const QByteArray &bytes);
    /// From now on that many bytes are sent each `milliseconds`.
    void slowDown(int bytes, int milliseconds);
    /// Bytes not yet taken by the kernel; a stream waits while it is large.
    [[nodiscard]] qint64 pending() const;
    [[nodiscard]] int status() const { return m_status; }

Q_SIGNALS:
    void drained();            ///< some bytes were taken
    void closed();             ///< complete, or the client went away
    void answered(int status); ///< the status line is on its way

private:
    friend class HttpConnection;
    enum class State { Waiting, Streaming, Ending, Done };
    void begin(int status);
    void send(const QByteArray &bytes);
    void sendSlowly();
    void finish();

    QPointer<HttpConnection> m_connection;
    HttpRequest m_request;
    State m_state = State::Waiting;
    int m_status = 0;
    bool m_frozen = false;
    int m_slowBytes = 0; ///< 0: as fast as it goes
    QByteArray m_queue;  ///< of a slowed answer
    QTimer m_slowTimer;
};

class HttpConnection : public QObject {
    Q_OBJECT
public:
    using Handler = std::function<void(HttpExchange *)>;
    HttpConnection(QSslSocket *socket, Handler handler, QObject *parent);
    ~HttpConnection() override;

    [[nodiscard]] QSslSocket *socket() const { return m_socket; }
    void abort();

private:
    friend class HttpExchange;
    void readMore();
    void serveNext();
    void exchangeDone(bool close);

    QSslSocket *m_socket;
    Handler m_handler;
    HttpParser m_parser;
    HttpExchange *m_current = nullptr;
    QTimer m_idle;
    bool m_closing = false;
};

} // namespace demo
