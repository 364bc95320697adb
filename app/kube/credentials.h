// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a request's credentials come from: embedded or file certificates, token, token file (re-read each minute),
/// basic, exec plugins v1 and v1beta1. One refresh at a time serves all that wait, also those of other contexts with
/// the same plugin (see ExecAuthenticator); an id tells whether a rejected credential is still the current one.
/// Asynchronous; thread: its own.
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
    quint64 id = 0;       ///< grows with each refresh
    quint64 tlsId = 0;    ///< grows when the client certificate changed: a new transport generation
    Secret authorization; ///< whole header value; empty: none
    QList<QSslCertificate> certificateChain;
    QSslKey key;
    QDateTime expiresAt; ///< invalid: never
};

class CredentialProvider : public QObject {
    Q_OBJECT
public:
    struct Options {
        std::chrono::milliseconds execTimeout{60000};
        bool execConsent = false;
        /// After a failed or cancelled run of a plugin the failure is the answer for this long: forty watches that ask
        /// one after the other must not open forty browser tabs. reset() and grantConsent() end it.
        std::chrono::milliseconds execPause{30000};
        /// What a plugin gave is used at least this long, even when it says that it is expired already (a wrong clock).
        std::chrono::milliseconds execLeast{10000};
        /// A plugin whose fresh credential is refused again is not asked for this long, and twice as long each time
        /// after.
        std::chrono::milliseconds execQuiet{60000};
        /// Files are looked at again after this time, and at once when their time or size changed (client-go: a minute
        /// with 10 s leeway).
        std::chrono::milliseconds filePeriod{50000};
        /// How often files of a refused credential are looked at.
        std::chrono::milliseconds refusedPoll{5000};
    };
    CredentialProvider(const ClusterConfig &config, const Options &options, QObject *parent = nullptr);
    ~CredentialProvider() override;

    /// The current credential, or a fresh one when there is none or it is about to expire. `done` comes from the event
    /// loop unless `context` died. Errors: Credential, Config, ConsentNeeded, Cancelled.
    void request(QObject *context, std::function<void(Result<Credential>)> done);
    /// The server answered 401 to a request that used credential `id`. True when asking again may give another one:
    /// there is a newer one already, or the source can change and the next request() refreshes. A source refused twice
    /// in a row says false until it had time to change.
    bool rejected(quint64 id);
    void grantConsent();
    /// Forget everything cached.
    void reset();
    /// What waits here for a plugin gets Cancelled, and the plugin is ended unless another context waits for it too.
    void cancel();
    /// What the plugin last wrote on standard error (4 KiB). Show it only when a person asks for it; never log it.
    [[nodiscard]] QString execMessages() const;

Q_SIGNALS:
    /// A refresh or a file gave another credential than before, or one at last; what was refused may be tried again.
    void changed();
    /// For those who wait here.
    void execRunning(const QString &command, bool running);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kube
