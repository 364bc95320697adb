// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The TLS side of the simulated API server: certificates, tokens, connections, and who is at the other end of one.
/// Everything secret in it is made at construction and exists nowhere else. Thread: its owner's.
#pragma once

#include "demo/access.h"
#include "demo/certificates.h"
#include "demo/httpconnection.h"

#include <QHash>
#include <QList>
#include <QPointer>

#include <memory>
#include <optional>

class QSslServer;

namespace demo {

class Listener : public QObject {
    Q_OBJECT
public:
    explicit Listener(QObject *parent = nullptr);
    ~Listener() override;

    /// On 127.0.0.1; 0: any free port. False: `errorString` says why.
    bool listen(quint16 port, HttpConnection::Handler handler);
    /// No new connections, and the open ones are gone when it returns.
    void close();
    void dropConnections();
    /// Away: open connections are gone and new ones refused, until it listens at the same port again.
    void setAway(bool away);
    /// A new server certificate, from another CA when `otherCa`, for the connections to come.
    void changeCertificate(bool otherCa);

    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QString errorString() const { return m_error; }
    [[nodiscard]] QDateTime certificateEnd() const { return m_certificateEnd; } ///< of the server certificate
    [[nodiscard]] QByteArray caPem() const; ///< of who signed the server certificate
    [[nodiscard]] QByteArray token(const QString &user) const { return m_tokens.value(user); }
    [[nodiscard]] QByteArray kubeconfig(const QString &cluster) const;
    /// By bearer token or client certificate. An empty user: neither is known to us (401).
    [[nodiscard]] Caller identify(const HttpExchange &exchange) const;

private:
    bool useCertificate();
    void accept();

    Authority m_authority;
    std::optional<Authority> m_servingAuthority; ///< after a change of the CA
    std::unique_ptr<QSslServer> m_tcp;
    HttpConnection::Handler m_handler;
    QList<QPointer<HttpConnection>> m_connections;
    QHash<QString, QByteArray> m_tokens; ///< by user
    QHash<QByteArray, QString> m_users;  ///< by token
    QString m_error;
    quint16 m_awayFrom = 0; ///< the port we listen at again; 0: we are not away
    QDateTime m_certificateEnd;
};

} // namespace demo
