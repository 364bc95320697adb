// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a request's credentials come from: embedded or file certificates, token, token file (re-read each minute), basic,
/// exec plugins v1 and v1beta1. One refresh at a time serves all that wait (client-go's single flight); an id tells
/// whether a rejected credential is still the current one. Asynchronous; thread: its own.
#pragma once

#include "kube/clusterconfig.h"
#include "kube/error.h"

#include <QDateTime>
#include <QObject>
#include <QSslCertificate>
#include <QSslKey>

#include <chrono>
#include <functional>
#include <memory>

namespace kube {

struct Credential {
    quint64 id = 0;              ///< grows with each refresh
    quint64 tlsId = 0;           ///< grows when the client certificate changed: a new transport generation
    Secret authorization;        ///< whole header value; empty: none
    QList<QSslCertificate> certificateChain;
    QSslKey key;
    QDateTime expiresAt;         ///< invalid: never
};

class CredentialProvider : public QObject {
    Q_OBJECT
public:
    struct Options {
        std::chrono::milliseconds execTimeout{60000};
        bool execConsent = false;
    };
    CredentialProvider(const ClusterConfig &config, const Options &options, QObject *parent = nullptr);
    ~CredentialProvider() override;

    /// The current credential, or a fresh one when there is none or it is about to expire. `done` comes from the event
    /// loop unless `context` died. Errors: Credential, Config, ConsentNeeded, Cancelled.
    void request(QObject *context, std::function<void(Result<Credential>)> done);
    /// The server answered 401 to a request that used credential `id`. True when asking again may give another one
    /// (it was still the current one and its source can change); the next request() then refreshes.
    bool rejected(quint64 id);
    void grantConsent();
    /// Forget everything cached.
    void reset();
    /// Ends a running plugin; its waiters get Cancelled.
    void cancel();

Q_SIGNALS:
    void changed();
    void execRunning(const QString &command, bool running);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kube
