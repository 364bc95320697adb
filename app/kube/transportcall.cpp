// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/transportcall.h"

#include "kube/status.h"
#include "kube/transportcore.h"
#include "kube/transportrequest.h"

#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kube {

CallJob::CallJob(Transport::Core &core, Request request, QObject *context, std::function<void(Result<Reply>)> done)
    : QObject(&core)
    , m_core(core)
    , m_request(std::move(request))
    , m_context(context)
    , m_done(std::move(done))
{
    connect(context, &QObject::destroyed, this, &CallJob::cancel);
}

CallJob::~CallJob()
{
    dropReply();
    m_core.leave(this);
}

void CallJob::start()
{
    m_core.credential(this, [this](Result<Credential> credential) { sendWith(std::move(credential)); });
}

void CallJob::cancel()
{
    if (std::exchange(m_ended, true))
        m_done = nullptr; // already on its way to the caller
    m_done = nullptr;
    dropReply();
    m_core.leave(this);
    deleteLater();
}

void CallJob::sendWith(Result<Credential> credential)
{
    if (m_ended)
        return;
    const auto fail = [this](Error error) {
        const Error about = requestError(error.kind, error.message, m_request, m_core.host);
        error.host = about.host;
        error.verb = about.verb;
        error.path = about.path;
        if (error.resource.isEmpty())
            error.resource = about.resource;
        finish(std::unexpected(std::move(error)));
    };
    if (!credential)
        return fail(std::move(credential).error());
    m_credential = *std::move(credential);
    auto generation = m_core.generationFor(m_credential);
    if (!generation)
        return fail(std::move(generation).error());
    m_generation = *std::move(generation);
    const auto prepared
        = prepareRequest(m_request, m_core.config, m_core.options, m_credential, m_generation->tls(), RequestUse::Call);
    if (!prepared)
        return fail(prepared.error());

    m_body.clear();
    m_tlsErrors.clear();
    m_reply = sendOnce(m_request.isRead() ? m_generation->control() : m_generation->writer(), *prepared, m_request);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) { m_tlsErrors = errors; });
    connect(m_reply, &QNetworkReply::readyRead, this, &CallJob::read);
    // Decided from the event loop: what follows may delete the reply's manager.
    connect(m_reply, &QNetworkReply::finished, this, &CallJob::replied, Qt::QueuedConnection);
}

void CallJob::read()
{
    if (m_ended || !m_reply || !m_reply->isOpen()) // closed by Qt's own timeout
        return;
    if (m_body.isEmpty()) {
        constexpr qint64 mostReserved = 16 * 1024 * 1024;
        m_body.reserve(std::min(m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong(), mostReserved));
    }
    m_body += m_reply->readAll();
    if (m_body.size() <= m_core.options.bodyLimit)
        return;
    Error error = requestError(ErrorKind::TooLarge,
        u"the answer is larger than %1 MiB"_s.arg(m_core.options.bodyLimit / (1024 * 1024)), m_request, m_core.host);
    error.httpStatus = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    finish(std::unexpected(std::move(error)));
}

void CallJob::replied()
{
    if (m_ended || !m_reply)
        return;
    read();
    if (m_ended)
        return;
    m_core.noteWarnings(*m_reply);
    if (auto result = judge(*m_reply))
        finish(*std::move(result));
}

std::optional<Result<Reply>> CallJob::judge(const QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0 || reply.error() == QNetworkReply::ProxyAuthenticationRequiredError)
        return judgeConnection(reply);
    m_generation->answered = true;
    m_core.pulse.heard(false);
    if (status >= 300)
        return judgeStatus(reply, status);

    if (reply.error() != QNetworkReply::NoError) {
        Error error = connectionError(reply, m_tlsErrors, m_request, m_core.host, *m_generation);
        error.httpStatus = status;
        return std::unexpected(std::move(error));
    }
    // A cut answer can end without an error; where the length was said, hold the server to it.
    const QByteArray length = reply.rawHeader("Content-Length");
    if (!length.isEmpty() && !reply.hasRawHeader("Content-Encoding") && length.toLongLong() != m_body.size()) {
        Error error = requestError(ErrorKind::Cut, u"%1 of %2 bytes came"_s.arg(m_body.size()).arg(length.toLongLong()),
            m_request, m_core.host);
        error.httpStatus = status;
        return std::unexpected(std::move(error));
    }
    return Reply{status, std::move(m_body), reply.rawHeader("Content-Type")};
}

std::optional<Result<Reply>> CallJob::judgeConnection(const QNetworkReply &reply)
{
    Error error = connectionError(reply, m_tlsErrors, m_request, m_core.host, *m_generation);
    const bool silent = error.kind == ErrorKind::Timeout;
    const bool deadConnection = error.kind == ErrorKind::Cut || (silent && m_generation->answered);
    if (silent || deadConnection)
        m_generation->replaceControl(reply.manager());
    const bool repeatable = m_request.isRead() && (!silent || m_request.repeatSilent);
    if (deadConnection && repeatable && !std::exchange(m_repeatedConnection, true)) {
        repeatAfter(std::chrono::milliseconds(0));
        return std::nullopt;
    }
    return std::unexpected(std::move(error));
}

std::optional<Result<Reply>> CallJob::judgeStatus(const QNetworkReply &reply, int status)
{
    if (status < 400)
        return std::unexpected(redirectError(reply, status, m_request, m_core.host));

    Error error = statusError(status, m_body, m_request, m_core.host);
    const std::chrono::milliseconds asked = parseRetryAfter(reply.rawHeader("Retry-After"));
    error.retryAfter = std::max(error.retryAfter, asked);
    if (error.kind == ErrorKind::ProxyAuth)
        error.name = m_generation->proxyName();

    if (status == 401) {
        const bool fresh = m_core.mayRepeatAfter401(m_credential);
        if (fresh && m_request.isRead() && !std::exchange(m_repeatedLogin, true)) {
            repeatAfter(std::chrono::milliseconds(0));
            return std::nullopt;
        }
    }
    // "Too large resource version" wants another question, not the same one again.
    const bool repeatable
        = (status == 429 || status >= 500) && asked.count() > 0 && error.kind != ErrorKind::VersionTooLarge;
    if (repeatable && m_request.isRead() && m_repeats < mostRepeats) {
        ++m_repeats;
        repeatAfter(std::min<std::chrono::milliseconds>(asked, longestWait));
        return std::nullopt;
    }
    return std::unexpected(std::move(error));
}

void CallJob::repeatAfter(std::chrono::milliseconds wait)
{
    dropReply();
    // Others may go meanwhile.
    m_core.leave(this);
    QTimer::singleShot(wait, this, [this] {
        if (!m_ended)
            m_core.enqueue(this);
    });
}

void CallJob::dropReply()
{
    if (!m_reply)
        return;
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    disconnect(reply, nullptr, this, nullptr);
    // abort() emits finished from inside; nobody hears it any more.
    if (reply->isRunning())
        reply->abort();
    reply->deleteLater();
}

void CallJob::finish(Result<Reply> result)
{
    m_ended = true;
    dropReply();
    m_core.leave(this);
    QMetaObject::invokeMethod(
        this,
        [this, result = std::move(result)]() mutable {
            const auto done = std::exchange(m_done, nullptr);
            const bool wanted = done && m_context;
            deleteLater();
            if (wanted)
                done(std::move(result)); // may delete the transport and us with it
        },
        Qt::QueuedConnection);
}

} // namespace kube
