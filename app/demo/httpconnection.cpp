// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/httpconnection.h"

#include "demo/apierror.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

constexpr int idleTimeout = 120'000;             ///< milliseconds a connection may wait for its next request
constexpr qsizetype pipelineLimit = 1024 * 1024; ///< bytes read ahead while a request is being answered

QByteArray httpDate()
{
    return QLocale::c().toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

QByteArray head(int status, const HttpHeaders &headers)
{
    QByteArray text
        = "HTTP/1.1 " + QByteArray::number(status) + ' ' + httpReason(status) + "\r\nDate: " + httpDate() + "\r\n";
    for (const auto &[name, value] : headers)
        text += name + ": " + value + "\r\n";
    return text;
}

QByteArray chunk(const QByteArray &data)
{
    return QByteArray::number(data.size(), 16) + "\r\n" + data + "\r\n";
}

} // namespace

HttpExchange::HttpExchange(HttpConnection *connection, HttpRequest request)
    : QObject(connection)
    , m_connection(connection)
    , m_request(std::move(request))
{
}

QSslSocket *HttpExchange::socket() const
{
    return m_connection ? m_connection->socket() : nullptr;
}

qint64 HttpExchange::pending() const
{
    return m_connection ? m_connection->socket()->bytesToWrite() + m_connection->socket()->encryptedBytesToWrite() : 0;
}

void HttpExchange::reply(int status, const HttpHeaders &headers, const QByteArray &body, qsizetype cutAfter)
{
    if (m_state != State::Waiting || !m_connection)
        return;
    m_status = status;
    Q_EMIT answered(status);
    HttpHeaders all = headers;
    all.emplaceBack("Content-Length", QByteArray::number(body.size()));
    if (!m_request.keepAlive())
        all.emplaceBack("Connection", "close");
    QByteArray bytes = head(status, all) + "\r\n";
    const bool headOnly = m_request.method == "HEAD";
    if (!headOnly)
        bytes += cutAfter >= 0 ? body.left(cutAfter) : body;
    m_connection->socket()->write(bytes);
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
    m_status = status;
    Q_EMIT answered(status);
    HttpHeaders all = headers;
    if (m_request.minorVersion >= 1)
        all.emplaceBack("Transfer-Encoding", "chunked");
    if (!m_request.keepAlive())
        all.emplaceBack("Connection", "close");
    m_connection->socket()->write(head(status, all) + "\r\n");
}

void HttpExchange::write(const QByteArray &data)
{
    if (m_state != State::Streaming || !m_connection || data.isEmpty())
        return;
    m_connection->socket()->write(m_request.minorVersion >= 1 ? chunk(data) : data);
}

void HttpExchange::end()
{
    if (m_state != State::Streaming || !m_connection)
        return;
    if (m_request.minorVersion >= 1)
        m_connection->socket()->write("0\r\n\r\n");
    finish();
}

void HttpExchange::truncate(const QByteArray &data)
{
    if (m_state == State::Streaming && m_connection && m_request.minorVersion >= 1) {
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
    m_state = State::Done;
    const bool close = !m_request.keepAlive();
    Q_EMIT closed();
    if (m_connection)
        m_connection->exchangeDone(close);
}

HttpConnection::HttpConnection(QSslSocket *socket, Handler handler, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_handler(std::move(handler))
{
    socket->setParent(this);
    m_idle.setSingleShot(true);
    m_idle.setInterval(idleTimeout);
    connect(&m_idle, &QTimer::timeout, this, [this] { abort(); });
    connect(socket, &QSslSocket::readyRead, this, &HttpConnection::readMore);
    connect(socket, &QSslSocket::disconnected, this, [this] { abort(); });
    connect(socket, &QSslSocket::encryptedBytesWritten, this, [this] {
        if (m_current)
            Q_EMIT m_current->drained();
    });
    m_idle.start();
    // Bytes may have come with the end of the handshake.
    QMetaObject::invokeMethod(this, &HttpConnection::readMore, Qt::QueuedConnection);
}

HttpConnection::~HttpConnection()
{
    m_socket->disconnect(this);
}

void HttpConnection::abort()
{
    if (m_closing)
        return;
    m_closing = true;
    m_idle.stop();
    m_socket->abort();
    if (HttpExchange *exchange = std::exchange(m_current, nullptr)) {
        exchange->m_state = HttpExchange::State::Done;
        Q_EMIT exchange->closed();
    }
    deleteLater();
}

void HttpConnection::readMore()
{
    if (m_closing)
        return;
    if (m_current && m_parser.buffered() + m_socket->bytesAvailable() > pipelineLimit)
        return; // whoever floods waits in the kernel's buffers
    m_parser.feed(m_socket->readAll());
    serveNext();
}

void HttpConnection::serveNext()
{
    if (m_current || m_closing)
        return;
    std::optional<HttpRequest> request = m_parser.next();
    if (!request) {
        if (const auto &error = m_parser.error()) {
            m_closing = true;
            const QByteArray body
                = QByteArray::number(error->status) + ' ' + httpReason(error->status) + ": " + error->text;
            m_socket->write(head(error->status,
                                {{"Content-Type", "text/plain; charset=utf-8"},
                                    {"Content-Length", QByteArray::number(body.size())}, {"Connection", "close"}})
                + "\r\n" + body);
            connect(m_socket, &QSslSocket::disconnected, this, &QObject::deleteLater);
            m_socket->disconnectFromHost();
            QTimer::singleShot(2000, this, &QObject::deleteLater);
        } else if (m_parser.takeExpectContinue()) {
            m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
        }
        return;
    }
    m_idle.stop();
    m_current = new HttpExchange(this, std::move(*request));
    m_handler(m_current);
}

void HttpConnection::exchangeDone(bool close)
{
    if (m_current)
        std::exchange(m_current, nullptr)->deleteLater();
    if (m_closing)
        return;
    if (close) {
        m_closing = true;
        connect(m_socket, &QSslSocket::disconnected, this, &QObject::deleteLater);
        if (m_socket->state() == QAbstractSocket::UnconnectedState)
            deleteLater();
        else
            m_socket->disconnectFromHost();
        QTimer::singleShot(10'000, this, [this] {
            m_socket->abort();
            deleteLater();
        });
        return;
    }
    m_idle.start();
    // Queued: a client that pipelines thousands of requests must not build up a call stack.
    QMetaObject::invokeMethod(this, &HttpConnection::readMore, Qt::QueuedConnection);
}

} // namespace demo
