// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The connections of one TLS identity to one server: a QNetworkAccessManager for calls and more for streams.
/// Qt opens six HTTP/1.1 connections per host and manager and lets a seventh request wait for ever; it also reuses a
/// connection that was opened with another client certificate. So: five streams a manager, and a new Generation
/// whenever the identity or the trusted authorities change. Whoever uses one holds it alive.
///
/// Connections that may be dead are left behind by taking a new manager. clearConnectionCache() would not do: it ends
/// the manager's thread, and with it whatever else is under way there, which then is never answered nor failed
/// (measured on Qt 6.8.2). An old manager goes with its last reply.
#pragma once

#include "kube/clusterconfig.h"
#include "kube/credentials.h"
#include "kube/error.h"
#include "kube/tlsproxyrelay.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QSslConfiguration>

#include <memory>
#include <optional>
#include <vector>

namespace kube {

class Generation {
public:
    static constexpr int streamsPerManager = 5;

    /// Errors: Config; Proxy when there is no way to speak to a proxy that wants TLS.
    static Result<std::shared_ptr<Generation>> make(const ClusterConfig &config, const Credential &credential);

    [[nodiscard]] QNetworkAccessManager &control() { return *m_control; }
    /// New calls get new connections, unless they do already: `used` is the manager of the call that met a dead one.
    void replaceControl(const QNetworkAccessManager *used = nullptr);
    /// For one write: sent now, it gets a connection of its own.
    [[nodiscard]] QNetworkAccessManager &writer();
    /// A manager with a free place for one more stream; give it back with releaseStream().
    [[nodiscard]] QNetworkAccessManager &takeStream();
    void releaseStream(const QNetworkAccessManager &manager);
    /// It gets no further streams: their answers do not come.
    void closeToStreams(const QNetworkAccessManager &manager);

    [[nodiscard]] const QSslConfiguration &tls() const { return m_tls; }
    [[nodiscard]] quint64 tlsId() const { return m_tlsId; }
    [[nodiscard]] QString proxyName() const { return m_proxyName; } ///< host:port, empty without one
    /// Why a proxy that wants TLS did not pass the last connection, when it did not.
    [[nodiscard]] std::optional<Error> proxyFailure() const;

    /// An answer came over these connections: what fails after that may be a connection that died unnoticed.
    bool answered = false;

    Generation(const Generation &) = delete;
    Generation &operator=(const Generation &) = delete;
    ~Generation() = default;

private:
    Generation() = default;
    std::unique_ptr<QNetworkAccessManager> makeManager() const;
    void leaveBehind(std::unique_ptr<QNetworkAccessManager> manager);

    struct StreamManager {
        std::unique_ptr<QNetworkAccessManager> manager;
        int streams = 0;
        bool closed = false; ///< to new ones
    };
    std::unique_ptr<TlsProxyRelay> m_relay; ///< outlives the managers, which connect to it
    QNetworkProxy m_proxy;
    QString m_proxyName;
    QSslConfiguration m_tls;
    quint64 m_tlsId = 0;
    std::unique_ptr<QNetworkAccessManager> m_control;
    std::unique_ptr<QNetworkAccessManager> m_writer;
    std::vector<StreamManager> m_streams;
    std::vector<std::unique_ptr<QNetworkAccessManager>> m_left; ///< with replies still
    QObject m_context;                                          ///< of what waits for those replies to go
};

} // namespace kube
