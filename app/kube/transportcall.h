// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One call from the queue to its answer: credential, request, repeats by the rules of transport.h.
#pragma once

#include "kube/credentials.h"
#include "kube/transport.h"
#include "kube/transportgeneration.h"

#include <QPointer>
#include <QSslError>

namespace kube {

class CallJob : public QObject {
public:
    CallJob(Transport::Core &core, Request request, QObject *context, std::function<void(Result<Reply>)> done);
    ~CallJob() override;

    [[nodiscard]] Request::Priority priority() const { return m_request.priority; }
    /// It has a place now. Nothing is delivered from inside.
    void start();
    void cancel();

private:
    void sendWith(Result<Credential> credential);
    void read();
    void replied();
    /// The answer of a whole reply, or nothing when it is tried again.
    std::optional<Result<Reply>> judge(const QNetworkReply &reply);
    std::optional<Result<Reply>> judgeConnection(const QNetworkReply &reply);
    std::optional<Result<Reply>> judgeStatus(const QNetworkReply &reply, int status);
    void repeatAfter(std::chrono::milliseconds wait);
    void dropReply();
    void finish(Result<Reply> result);

    static constexpr int mostRepeats = 3;
    static constexpr std::chrono::seconds longestWait{30};

    Transport::Core &m_core;
    Request m_request;
    QPointer<QObject> m_context;
    std::function<void(Result<Reply>)> m_done;
    Credential m_credential;
    std::shared_ptr<Generation> m_generation;
    QPointer<QNetworkReply> m_reply;
    QList<QSslError> m_tlsErrors;
    QByteArray m_body;
    int m_repeats = 0;
    bool m_repeatedConnection = false;
    bool m_repeatedLogin = false;
    bool m_ended = false;
};

} // namespace kube
