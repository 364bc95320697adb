// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/httpconnection.h"

#include "demo/apierror.h"

using namespace Qt::StringLiterals;

namespace demo {
namespace {

constexpr int idleTimeout = 120'000;             ///< milliseconds a connection may wait for its next request
constexpr qsizetype pipelineLimit = 1024 * 1024; ///< bytes read ahead while a request is being answered

} // namespace

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
            m_socket->write(httpHead(error->status,
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
