// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A plain, blocking HTTPS client for tests of the demo server, which runs in a thread of its own (DemoThread). It
/// knows nothing of our Kubernetes client, so that one cannot hide the other's faults.
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>

#include <memory>

namespace support {

struct DemoReply {
    int status = 0;                        ///< 0: no whole answer
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;
    bool cut = false; ///< the connection ended in the middle
    [[nodiscard]] QJsonObject json() const;
};

class DemoClient {
public:
    DemoClient(quint16 port, const QByteArray &caPem, QByteArray token = {});
    /// Instead of a token.
    void useCertificate(const QSslCertificate &certificate, const QSslKey &key);
    void setHeader(const QByteArray &name, const QByteArray &value) { m_headers[name] = value; }

    /// One request on a connection that is kept.
    DemoReply send(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
        const QByteArray &contentType = {});
    DemoReply get(const QByteArray &target) { return send("GET", target); }

    /// A request whose answer is read line by line; `status` of the head. Needs a client of its own.
    int open(const QByteArray &target);
    /// The next line of the stream without its end; empty after `milliseconds` or at the end.
    QByteArray line(int milliseconds = 5000);
    /// Waits until the server ended the stream in order (true) or cut it (false).
    bool ended(int milliseconds = 5000);

    bool connectNow(); ///< false: the handshake failed
    void sendRaw(const QByteArray &bytes);
    DemoReply readReply();
    [[nodiscard]] QString errorString() const { return m_socket->errorString(); }
    QSslSocket &socket() { return *m_socket; }

private:
    QByteArray requestHead(const QByteArray &method, const QByteArray &target) const;
    bool fill(int milliseconds);
    bool readHead(DemoReply &reply);
    bool unchunk();

    quint16 m_port;
    QByteArray m_token;
    QHash<QByteArray, QByteArray> m_headers;
    QSslConfiguration m_configuration;
    std::unique_ptr<QSslSocket> m_socket;
    QByteArray m_buffer, m_lines;
    bool m_finished = false;
};

} // namespace support
