// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A response read while it comes. Everything is said from the event loop, so a listener may delete the stream or its
/// transport at any time.
#pragma once

#include "kube/credentials.h"
#include "kube/transport.h"
#include "kube/transportgeneration.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QSslError>
#include <QTimer>

namespace kube {

class NetStream final : public Stream {
    Q_OBJECT
public:
    static constexpr qint64 readBuffer = 1024 * 1024;
    static constexpr qint64 slice = 256 * 1024;

    NetStream(Transport::Core &core, Request request);
    ~NetStream() override;

    void setPaused(bool paused) override;
    void abort() override;
    /// The identity changed: unless it already runs on `current`, it ends with an error that makes its owner resume.
    void endForNewIdentity(const std::shared_ptr<Generation> &current);
    /// It was answered, or waits for its answer without a limit.
    [[nodiscard]] bool isStanding() const;
    /// Nothing came for so long although it was read.
    [[nodiscard]] bool isSilentFor(std::chrono::milliseconds time) const;
    void endBecause(const Error &error);

private:
    void start();
    void sendWith(Result<Credential> credential);
    void heard();
    void schedule();
    void answerLate();
    void pump();
    void pumpData(bool finished);
    /// `last`: no more of it is waited for.
    void pumpRefusal(int status, bool last);
    [[nodiscard]] std::optional<Error> endOf(const QNetworkReply &reply);
    void dropReply();
    void close(std::optional<Error> error);
    void closeLater(Error error);

    QPointer<Transport::Core> m_core;
    Request m_request;
    Credential m_credential;
    std::shared_ptr<Generation> m_generation;
    QNetworkAccessManager *m_manager = nullptr;
    QPointer<QNetworkReply> m_reply;
    QList<QSslError> m_tlsErrors;
    QByteArray m_refusal;
    QTimer m_answerTimer; ///< of the head of the answer, and of a refusal's body
    QElapsedTimer m_heardAt;
    bool m_opened = false;
    bool m_paused = false;
    bool m_scheduled = false;
    bool m_repeatedLogin = false;
    bool m_closed = false;
};

} // namespace kube
