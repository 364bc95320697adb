// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The way through an https:// proxy. Qt speaks to a proxy in the clear only, so a relay on loopback stands between:
/// Qt asks it for a CONNECT, it opens TLS to the proxy, sends the CONNECT on with the proxy's login, and then copies
/// both ways. TLS with the API server runs inside and end to end; the relay sees only its bytes.
///
/// - Nobody else on this machine can use it: each CONNECT must carry a random word that never leaves the process.
/// - TLS with the proxy is judged as Go's net/http does it, and kubectl with it (transport.go, dialConn and addTLS): by
///   the settings of the API server, that is the cluster's authorities when the kubeconfig names some, else the
///   system's; its tls-server-name; its insecure-skip-tls-verify; its client certificate if the proxy asks for one.
/// - The login of the proxy's URL goes to the proxy only, and only after its certificate was found good.
/// - Neither side is read faster than the other takes it: at most a few hundred KiB are held per connection.
///
/// Thread: that of the QNetworkAccessManagers it serves. Deleting it ends every connection.
#pragma once

#include "kube/error.h"
#include "kube/secret.h"

#include <QNetworkProxy>
#include <QObject>
#include <QSslConfiguration>
#include <QTcpServer>

#include <memory>
#include <optional>

namespace kube {

class TlsProxyRelay : public QObject {
    Q_OBJECT
public:
    /// `serverName` is what the proxy's certificate must be for; empty: the proxy's own name.
    /// Errors: Proxy, when loopback cannot be listened on.
    [[nodiscard]] static Result<std::unique_ptr<TlsProxyRelay>> make(
        const QNetworkProxy &proxy, const QSslConfiguration &tls, const QString &serverName);
    ~TlsProxyRelay() override;

    /// What a QNetworkAccessManager is given: this relay, with its word. CONNECT also for http:// servers.
    [[nodiscard]] QNetworkProxy entrance() const;
    /// Why the newest connection did not come about; none after one that did. Kind Proxy or ProxyAuth; a failed
    /// handshake is the cause.
    [[nodiscard]] std::optional<Error> failure() const { return m_failure; }
    [[nodiscard]] int connections() const; ///< under way

private:
    class Link;
    TlsProxyRelay(const QNetworkProxy &proxy, const QSslConfiguration &tls, QString serverName);
    void accept();

    const QString m_host;
    const quint16 m_port;
    const QSslConfiguration m_tls;
    const QString m_serverName;
    Secret m_login; ///< whole header value, empty without one
    QByteArray m_word;
    QTcpServer m_server;
    std::optional<Error> m_failure;
};

} // namespace kube
