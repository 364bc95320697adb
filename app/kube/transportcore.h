// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The shared inside of a Transport: identity, connections, the queue of calls, the list of streams.
#pragma once

#include "kube/credentials.h"
#include "kube/transport.h"
#include "kube/transportgeneration.h"
#include "kube/transportpulse.h"

#include <QDateTime>
#include <QSet>

namespace kube {

class CallJob;
class NetStream;

class Transport::Core : public QObject {
public:
    static constexpr int callsAtOnce = 4;

    Core(Transport &transport, const ClusterConfig &config, const ClientOptions &options);
    ~Core() override;

    /// The credential for one request; an empty one for plain HTTP, where none is ever sent.
    void credential(QObject *context, std::function<void(Result<Credential>)> done);
    /// The connections for that credential; older ones end their streams when the identity changed.
    Result<std::shared_ptr<Generation>> generationFor(const Credential &credential);
    /// True when a request refused with 401 has a chance with a fresh credential.
    bool mayRepeatAfter401(const Credential &credential);
    void noteWarnings(const QNetworkReply &reply);

    void enqueue(CallJob *job);
    /// The job is done with its place, or gives up waiting for one.
    void leave(CallJob *job);
    void add(NetStream *stream) { m_streams.append(stream); }
    void remove(NetStream *stream) { m_streams.removeOne(stream); }
    /// Streams that were answered, or that may wait for their answer for ever.
    [[nodiscard]] bool hasStandingStreams() const;
    /// Ends such streams, each with this error about its own request. With `silent`, only those that nothing came on
    /// for so long although they were read.
    void endStreams(const Error &error, std::optional<std::chrono::milliseconds> silent);
    struct InUse {
        std::shared_ptr<Generation> generation; ///< null: nothing was sent yet
        Credential credential;
    };
    [[nodiscard]] InUse inUse() const { return {m_generation, m_credential}; }

    const ClusterConfig config;
    const ClientOptions options;
    const QString host;
    CredentialProvider provider;
    Pulse pulse;

private:
    void startNext();
    [[nodiscard]] QString authorityStamp() const;

    Transport &m_transport;
    std::shared_ptr<Generation> m_generation;
    Credential m_credential; ///< the one used last
    QString m_authorityStamp;
    QList<CallJob *> m_waiting; ///< by priority, then age
    QList<CallJob *> m_running;
    QList<NetStream *> m_streams;
    QSet<QString> m_warnings;
};

/// Texts of the 299 warnings in a (joined) Warning header, as apimachinery util/net ParseWarningHeaders. Pure.
[[nodiscard]] QStringList warningTexts(const QByteArray &header);

} // namespace kube
