// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// An HTTP/1.1 server on loopback that does what a test tells it, good or bad, with or without TLS. It lives in the
/// test's own thread; everything happens in the event loop.
#pragma once

#include "support/kube_certificates.h"

#include <QHash>
#include <QList>
#include <QPointer>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QUrl>

#include <functional>
#include <optional>

class QTcpSocket;

namespace support {

struct HttpRequest {
    QByteArray method;
    QByteArray target; ///< path and query as sent
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    QString clientName; ///< common name of the client certificate
    int connection = 0; ///< number of the connection it came on, from 1

    [[nodiscard]] QByteArray header(const QByteArray &name) const; ///< first of that name
    [[nodiscard]] QList<QByteArray> all(const QByteArray &name) const;
    [[nodiscard]] QByteArray path() const { return target.split('?').first(); }
};

/// Answers one request. Copyable; harmless once the connection is gone.
class Responder {
public:
    Responder() = default;
    explicit Responder(QTcpSocket *socket)
        : m_socket(socket)
    {
    }

    /// A complete answer with Content-Length; the connection stays.
    void reply(
        int status, const QByteArray &body = {}, const QList<std::pair<QByteArray, QByteArray>> &headers = {}) const;
    void json(int status, const QByteArray &body) const { reply(status, body, {{"Content-Type", "application/json"}}); }
    /// Head of an answer of unknown length, to be followed by chunk() and end().
    void begin(int status = 200,
        const QList<std::pair<QByteArray, QByteArray>> &headers = {{"Content-Type", "application/json"}}) const;
    void chunk(const QByteArray &bytes) const;
    void end() const;
    /// Exactly these bytes.
    void raw(const QByteArray &bytes) const;
    /// Ends the connection after what was written; abort() drops that too.
    void close() const;
    void abort() const;
    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] qint64 unsent() const; ///< bytes the client has not taken yet
    [[nodiscard]] QTcpSocket *socket() const { return m_socket; }

private:
    QPointer<QTcpSocket> m_socket;
};

class Server : public QTcpServer {
    Q_OBJECT
public:
    using Handler = std::function<void(const HttpRequest &, const Responder &)>;

    explicit Server(QObject *parent = nullptr);
    ~Server() override;
    /// From now on new connections speak TLS with that identity; with `clients`, certificates of that authority are
    /// asked for (and demanded with `required`).
    void useTls(const Identity &identity, const QByteArray &clients = {}, bool required = false);
    bool start();
    /// For requests with that path (without query); "" is for all others, 404 by default.
    void on(const QByteArray &path, Handler handler);
    /// Answers once to the next request of that path, before the lasting handler.
    void once(const QByteArray &path, Handler handler);
    [[nodiscard]] QUrl url(const QString &path = {}) const;
    void dropConnections();

    QList<HttpRequest> requests; ///< as they came
    int connections = 0;
    int handshakes = 0; ///< TLS handshakes that succeeded

Q_SIGNALS:
    void requested(const QByteArray &target);
    void disconnected();

protected:
    void incomingConnection(qintptr handle) override;

private:
    void read(QTcpSocket *socket, int number);
    bool takeRequest(QTcpSocket *socket, QByteArray &buffer, int number);

    std::optional<QSslConfiguration> m_tls;
    QHash<QByteArray, Handler> m_handlers;
    QHash<QByteArray, QList<Handler>> m_once;
    QHash<QTcpSocket *, QByteArray> m_buffers;
};

/// JSON with ' for ": moc stumbles over raw string literals.
[[nodiscard]] inline QByteArray quoted(QByteArray json)
{
    return json.replace('\'', '"');
}

/// A Status of the kind API servers send.
[[nodiscard]] QByteArray statusJson(
    int code, const QByteArray &reason, const QByteArray &message, const QByteArray &details = "{}");

} // namespace support
