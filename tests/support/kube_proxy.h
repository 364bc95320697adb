// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Small proxies on loopback: HTTP CONNECT and SOCKS5, with and without a login or TLS, and broken on demand.
#pragma once

#include "support/kube_certificates.h"

#include <QPointer>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTcpSocket>

#include <optional>

namespace support {

class Proxy : public QTcpServer {
    Q_OBJECT
public:
    enum class Kind { Http, Socks5 };
    enum class Mood { Works, Refuses, Hangs, Closes };

    explicit Proxy(Kind kind, QObject *parent = nullptr);
    bool start() { return listen(QHostAddress::LocalHost); }
    /// TLS between the client and the proxy itself.
    void useTls(const Identity &identity);
    /// The tunnels open now pass nothing on any more and stay open: a router forgot them. New ones work.
    void freezeTunnels();
    void dropConnections();

    Mood mood = Mood::Works;
    QByteArray user; ///< when set, a login is demanded
    QByteArray password;
    int connections = 0;
    QByteArrayList heads; ///< of CONNECT requests
    qint64 longest = 0;   ///< most bytes that waited for a client to take them
    /// Names lead to loopback whatever they are: the proxy is the one who looks them up.
    QByteArrayList asked; ///< "host:port" as the client asked for it

protected:
    void incomingConnection(qintptr handle) override;

private:
    void http(QTcpSocket *client, QByteArray &buffer);
    void socks(QTcpSocket *client, QByteArray &buffer, int &step);
    /// Connects to that port of loopback and copies both ways after writing `success` to the client.
    void tunnel(QTcpSocket *client, const QByteArray &target, quint16 port, const QByteArray &success);

    Kind m_kind;
    std::optional<QSslConfiguration> m_tls;
};

} // namespace support
