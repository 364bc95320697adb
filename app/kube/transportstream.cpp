// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/transportstream.h"

#include "kube/status.h"
#include "kube/transportcore.h"
#include "kube/transportrequest.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kube {

NetStream::NetStream(Transport::Core &core, Request request)
    : m_core(&core)
    , m_request(std::move(request))
{
    core.add(this);
    m_answerTimer.setSingleShot(true);
    connect(&m_answerTimer, &QTimer::timeout, this, &NetStream::answerLate);
    QMetaObject::invokeMethod(this, [this] { start(); }, Qt::QueuedConnection);
}

NetStream::~NetStream()
{
    NetStream::abort();
}

void NetStream::answerLate()
{
    const int status = m_reply ? m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() : 0;
    if (status >= 300) { // what came of the refusal must do
        pumpRefusal(status, true);
        return;
    }
    if (m_generation && m_manager)
        m_generation->closeToStreams(*m_manager);
    close(requestError(ErrorKind::Timeout, u"no answer within %1 s"_s.arg(double(m_request.timeout.count()) / 1000),
        m_request, m_core ? m_core->host : QString()));
}

bool NetStream::isStanding() const
{
    return !m_closed && m_reply && !m_answerTimer.isActive();
}

bool NetStream::isSilentFor(std::chrono::milliseconds time) const
{
    return !m_paused && m_heardAt.isValid() && m_heardAt.durationElapsed() >= time;
}

void NetStream::endBecause(const Error &error)
{
    Error own = requestError(error.kind, error.message, m_request, m_core->host);
    own.hint = error.hint;
    own.cause = error.cause;
    if (error.kind == ErrorKind::Proxy || error.kind == ErrorKind::ProxyAuth)
        own.name = error.name;
    closeLater(std::move(own));
}

void NetStream::heard()
{
    m_heardAt.start();
    m_core->pulse.heard(m_request.verb == "watch"_L1);
    schedule();
}

void NetStream::setPaused(bool paused)
{
    if (std::exchange(m_paused, paused) && !paused)
        schedule();
}

void NetStream::abort()
{
    m_closed = true;
    m_answerTimer.stop();
    dropReply();
    if (m_core)
        m_core->remove(this);
    m_core = nullptr;
}

void NetStream::endForNewIdentity(const std::shared_ptr<Generation> &current)
{
    if (m_closed || !m_generation || m_generation == current)
        return;
    closeLater(requestError(
        ErrorKind::Cut, u"the connection was ended because certificates changed"_s, m_request, m_core->host));
}

void NetStream::start()
{
    if (m_closed || !m_core)
        return;
    m_core->credential(this, [this](Result<Credential> credential) { sendWith(std::move(credential)); });
}

void NetStream::sendWith(Result<Credential> credential)
{
    if (m_closed || !m_core)
        return;
    const auto fail = [this](Error error) {
        const Error about = requestError(error.kind, error.message, m_request, m_core->host);
        error.host = about.host;
        error.verb = about.verb;
        error.path = about.path;
        if (error.resource.isEmpty())
            error.resource = about.resource;
        closeLater(std::move(error));
    };
    if (!credential)
        return fail(std::move(credential).error());
    m_credential = *std::move(credential);
    auto generation = m_core->generationFor(m_credential);
    if (!generation)
        return fail(std::move(generation).error());
    const auto prepared = prepareRequest(
        m_request, m_core->config, m_core->options, m_credential, (*generation)->tls(), RequestUse::Stream);
    if (!prepared)
        return fail(prepared.error());

    m_generation = *std::move(generation);
    m_manager = &m_generation->takeStream();
    m_tlsErrors.clear();
    m_refusal.clear();
    m_reply = sendOnce(*m_manager, *prepared, m_request);
    m_reply->setReadBufferSize(readBuffer);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) { m_tlsErrors = errors; });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &NetStream::schedule);
    connect(m_reply, &QNetworkReply::readyRead, this, &NetStream::heard);
    m_heardAt.start();
    m_core->pulse.sent();
    connect(m_reply, &QNetworkReply::finished, this, &NetStream::schedule);
    if (m_request.timeout.count() > 0)
        m_answerTimer.start(m_request.timeout);
}

void NetStream::schedule()
{
    if (m_closed || !m_reply || std::exchange(m_scheduled, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_scheduled = false;
            pump();
        },
        Qt::QueuedConnection);
}

void NetStream::pump()
{
    if (m_closed || !m_reply)
        return;
    const bool finished = m_reply->isFinished();
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool answered = status != 0 && m_reply->error() != QNetworkReply::ProxyAuthenticationRequiredError;
    if (!answered) {
        if (finished)
            close(connectionError(*m_reply, m_tlsErrors, m_request, m_core->host, *m_generation));
        return;
    }
    m_generation->answered = true;
    if (status >= 200 && status < 300) {
        m_answerTimer.stop();
        pumpData(finished);
        return;
    }
    // Its body has to come soon too, also of a stream that may wait for its first line.
    if (!m_answerTimer.isActive())
        m_answerTimer.start(m_request.timeout.count() > 0 ? m_request.timeout : m_core->options.callTimeout);
    pumpRefusal(status, finished);
}

void NetStream::pumpData(bool finished)
{
    const QPointer<NetStream> self(this);
    if (!std::exchange(m_opened, true)) {
        m_core->noteWarnings(*m_reply);
        Q_EMIT opened();
        if (!self || m_closed)
            return;
    }
    if (!m_paused) {
        const QByteArray bytes = m_reply->read(slice);
        if (!bytes.isEmpty()) {
            Q_EMIT data(bytes);
            if (!self || m_closed)
                return;
        }
    }
    if (m_reply->bytesAvailable() > 0) {
        if (!m_paused)
            schedule();
        return;
    }
    if (finished)
        close(endOf(*m_reply));
    else if (m_reply->isFinished()) // while we read
        schedule();
}

void NetStream::pumpRefusal(int status, bool last)
{
    constexpr qsizetype mostRead = 1024 * 1024;
    m_refusal += m_reply->readAll();
    // A refusal that never ends is one all the same.
    if (!last && m_refusal.size() < mostRead)
        return;
    if (status < 400) {
        close(redirectError(*m_reply, status, m_request, m_core->host));
        return;
    }
    m_core->noteWarnings(*m_reply);
    Error error = statusError(status, m_refusal, m_request, m_core->host);
    error.retryAfter = std::max(error.retryAfter, parseRetryAfter(m_reply->rawHeader("Retry-After")));
    if (error.kind == ErrorKind::ProxyAuth)
        error.name = m_generation->proxyName();
    if (status == 401 && m_core->mayRepeatAfter401(m_credential) && !std::exchange(m_repeatedLogin, true)) {
        m_answerTimer.stop();
        dropReply();
        start();
        return;
    }
    close(std::move(error));
}

std::optional<Error> NetStream::endOf(const QNetworkReply &reply)
{
    if (reply.error() == QNetworkReply::NoError)
        return std::nullopt;
    Error error = connectionError(reply, m_tlsErrors, m_request, m_core->host, *m_generation);
    error.httpStatus = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    return error;
}

void NetStream::dropReply()
{
    if (m_reply) {
        QNetworkReply *reply = std::exchange(m_reply, nullptr);
        disconnect(reply, nullptr, this, nullptr);
        // abort() emits finished from inside; nobody hears it any more.
        if (reply->isRunning())
            reply->abort();
        reply->deleteLater();
    }
    if (m_generation && m_manager)
        m_generation->releaseStream(*m_manager);
    m_manager = nullptr;
    m_generation.reset();
}

void NetStream::close(std::optional<Error> error)
{
    if (m_closed)
        return;
    abort();
    Q_EMIT closed(error); // may delete us
}

void NetStream::closeLater(Error error)
{
    m_answerTimer.stop();
    dropReply();
    QMetaObject::invokeMethod(
        this, [this, error = std::move(error)]() mutable { close(std::move(error)); }, Qt::QueuedConnection);
}

} // namespace kube
