// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/httpconnection.h"

#include "demo/apierror.h"

#include <QDateTime>
#include <QLocale>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

using namespace Qt::StringLiterals;

namespace demo {
namespace {

QByteArray httpDate()
{
    return QLocale::c().toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

QByteArray chunk(const QByteArray &data)
{
    return QByteArray::number(data.size(), 16) + "\r\n" + data + "\r\n";
}

} // namespace

QByteArray httpHead(int status, const HttpHeaders &headers)
{
    QByteArray text
        = "HTTP/1.1 " + QByteArray::number(status) + ' ' + httpReason(status) + "\r\nDate: " + httpDate() + "\r\n";
    for (const auto &[name, value] : headers)
        text += name + ": " + value + "\r\n";
    return text;
}

HttpExchange::HttpExchange(HttpConnection *connection, HttpRequest request)
    : QObject(connection)
    , m_connection(connection)
    , m_request(std::move(request))
{
    connect(&m_slowTimer, &QTimer::timeout, this, &HttpExchange::sendSlowly);
}

QSslSocket *HttpExchange::socket() const
{
    return m_connection ? m_connection->socket() : nullptr;
}

qint64 HttpExchange::pending() const
{
    if (!m_connection)
        return 0;
    return m_queue.size() + m_connection->socket()->bytesToWrite() + m_connection->socket()->encryptedBytesToWrite();
}

void HttpExchange::begin(int status)
{
    m_status = status;
    Q_EMIT answered(status);
}

void HttpExchange::send(const QByteArray &bytes)
{
    if (m_frozen || !m_connection)
        return;
    if (m_slowBytes <= 0)
        m_connection->socket()->write(bytes);
    else
        m_queue += bytes;
    if (!m_queue.isEmpty() && !m_slowTimer.isActive())
        m_slowTimer.start();
}

void HttpExchange::sendSlowly()
{
    if (m_connection && !m_queue.isEmpty()) {
        m_connection->socket()->write(m_queue.left(m_slowBytes));
        m_queue.remove(0, m_slowBytes);
    }
    if (!m_queue.isEmpty())
        return;
    m_slowTimer.stop();
    if (m_state == State::Ending)
        finish();
    else if (m_state == State::Streaming)
        Q_EMIT drained();
}

void HttpExchange::slowDown(int bytes, int milliseconds)
{
    m_slowBytes = bytes;
    m_slowTimer.setInterval(milliseconds);
}

void HttpExchange::freeze()
{
    m_frozen = true;
    m_queue.clear();
    m_slowTimer.stop();
}

void HttpExchange::halfClose()
{
    if (!m_connection)
        return;
    QSslSocket *socket = m_connection->socket();
    socket->write(m_queue);
    freeze();
    socket->flush();
#ifdef Q_OS_WIN
    ::shutdown(static_cast<SOCKET>(socket->socketDescriptor()), SD_SEND);
#else
    ::shutdown(static_cast<int>(socket->socketDescriptor()), SHUT_WR);
#endif
}

void HttpExchange::garbage(const QByteArray &bytes)
{
    if (m_connection && !m_frozen) {
        m_connection->socket()->write(bytes);
        m_connection->socket()->flush();
    }
    abort();
}

void HttpExchange::replyPart(int status, const HttpHeaders &headers, const QByteArray &body, qsizetype bytes)
{
    if (m_state != State::Waiting || !m_connection)
        return;
    begin(status);
    HttpHeaders all = headers;
    all.emplaceBack("Content-Length", QByteArray::number(body.size()));
    send(httpHead(status, all) + "\r\n" + body.left(bytes));
    m_state = State::Ending;
    if (m_slowBytes <= 0)
        freeze();
}

void HttpExchange::reply(int status, const HttpHeaders &headers, const QByteArray &body, qsizetype cutAfter)
{
    if (m_state != State::Waiting || !m_connection)
        return;
    begin(status);
    HttpHeaders all = headers;
    all.emplaceBack("Content-Length", QByteArray::number(body.size()));
    if (!m_request.keepAlive())
        all.emplaceBack("Connection", "close");
    QByteArray bytes = httpHead(status, all) + "\r\n";
    const bool headOnly = m_request.method == "HEAD";
    if (!headOnly)
        bytes += cutAfter >= 0 ? body.left(cutAfter) : body;
    send(bytes);
    if (cutAfter >= 0 && !headOnly) {
        m_connection->socket()->flush();
        abort();
        return;
    }
    finish();
}

void HttpExchange::beginStream(int status, const HttpHeaders &headers)
{
    if (m_state != State::Waiting || !m_connection)
        return;
    m_state = State::Streaming;
    begin(status);
    HttpHeaders all = headers;
    if (m_request.minorVersion >= 1)
        all.emplaceBack("Transfer-Encoding", "chunked");
    if (!m_request.keepAlive())
        all.emplaceBack("Connection", "close");
    send(httpHead(status, all) + "\r\n");
}

void HttpExchange::write(const QByteArray &data)
{
    if (m_state != State::Streaming || !m_connection || data.isEmpty())
        return;
    send(m_request.minorVersion >= 1 ? chunk(data) : data);
}

void HttpExchange::end()
{
    if (m_state != State::Streaming || !m_connection)
        return;
    if (m_request.minorVersion >= 1)
        send("0\r\n\r\n");
    finish();
}

void HttpExchange::truncate(const QByteArray &data)
{
    if (m_state == State::Streaming && m_connection && !m_frozen && m_request.minorVersion >= 1) {
        m_connection->socket()->write(chunk(data).left(data.size() / 2 + 4));
        m_connection->socket()->flush();
    }
    abort();
}

void HttpExchange::abort()
{
    if (m_connection)
        m_connection->abort();
}

void HttpExchange::finish()
{
    if (m_state == State::Done)
        return;
    m_state = State::Ending;
    if (m_frozen || !m_queue.isEmpty())
        return; // sendSlowly() comes back; a frozen one waits for its client to go
    m_state = State::Done;
    const bool close = !m_request.keepAlive();
    Q_EMIT closed();
    if (m_connection)
        m_connection->exchangeDone(close);
}

} // namespace demo
