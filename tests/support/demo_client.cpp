// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/demo_client.h"

#include <QDeadlineTimer>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace support {

QJsonObject DemoReply::json() const
{
    return QJsonDocument::fromJson(body).object();
}

DemoClient::DemoClient(quint16 port, const QByteArray &caPem, QByteArray token)
    : m_port(port)
    , m_token(std::move(token))
    , m_configuration(QSslConfiguration::defaultConfiguration())
    , m_socket(std::make_unique<QSslSocket>())
{
    m_configuration.setCaCertificates({QSslCertificate(caPem, QSsl::Pem)});
}

void DemoClient::useCertificate(const QSslCertificate &certificate, const QSslKey &key)
{
    m_configuration.setLocalCertificate(certificate);
    m_configuration.setPrivateKey(key);
}

bool DemoClient::connectNow()
{
    if (m_socket->isEncrypted() && m_socket->state() == QAbstractSocket::ConnectedState)
        return true;
    m_socket = std::make_unique<QSslSocket>();
    m_buffer.clear();
    m_lines.clear();
    m_finished = false;
    m_socket->setSslConfiguration(m_configuration);
    m_socket->connectToHostEncrypted(u"127.0.0.1"_s, m_port);
    return m_socket->waitForEncrypted(10'000);
}

QByteArray DemoClient::requestHead(const QByteArray &method, const QByteArray &target) const
{
    QByteArray head = method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    if (!m_token.isEmpty())
        head += "Authorization: Bearer " + m_token + "\r\n";
    for (auto it = m_headers.begin(); it != m_headers.end(); ++it)
        head += it.key() + ": " + it.value() + "\r\n";
    return head;
}

void DemoClient::sendRaw(const QByteArray &bytes)
{
    if (!connectNow())
        return;
    m_socket->write(bytes);
    m_socket->flush();
}

bool DemoClient::fill(int milliseconds)
{
    if (m_socket->bytesAvailable() == 0 && !m_socket->waitForReadyRead(milliseconds) && m_socket->bytesAvailable() == 0)
        return false;
    m_buffer += m_socket->readAll();
    return true;
}

bool DemoClient::readHead(DemoReply &reply)
{
    while (!m_buffer.contains("\r\n\r\n")) {
        if (!fill(10'000))
            return false;
    }
    const qsizetype end = m_buffer.indexOf("\r\n\r\n");
    QList<QByteArray> lines = m_buffer.left(end).split('\n');
    m_buffer.remove(0, end + 4);
    reply.status = lines.takeFirst().split(' ').value(1).toInt();
    for (const QByteArray &line : std::as_const(lines))
        reply.headers.insert(line.left(line.indexOf(':')).toLower(), line.mid(line.indexOf(':') + 1).trimmed());
    return true;
}

DemoReply DemoClient::readReply()
{
    DemoReply reply;
    if (!readHead(reply)) {
        reply.cut = true;
        return reply;
    }
    if (reply.status == 100)
        return readReply();
    if (reply.headers.value("transfer-encoding") == "chunked") {
        m_finished = false;
        while (!m_finished && !unchunk()) {
            if (!fill(10'000)) {
                reply.cut = true;
                break;
            }
        }
        reply.body = std::exchange(m_lines, {});
        return reply;
    }
    const qsizetype length = reply.headers.value("content-length").toLongLong();
    while (m_buffer.size() < length) {
        if (!fill(10'000)) {
            reply.cut = true;
            break;
        }
    }
    reply.body = m_buffer.left(length);
    m_buffer.remove(0, length);
    return reply;
}

DemoReply DemoClient::send(
    const QByteArray &method, const QByteArray &target, const QByteArray &body, const QByteArray &contentType)
{
    if (!connectNow())
        return {.status = 0, .headers = {}, .body = {}, .cut = true};
    QByteArray bytes = requestHead(method, target);
    if (!body.isEmpty())
        bytes += "Content-Type: " + (contentType.isEmpty() ? QByteArray("application/json") : contentType)
            + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    sendRaw(bytes + "\r\n" + body);
    return readReply();
}

int DemoClient::open(const QByteArray &target)
{
    if (!connectNow())
        return 0;
    sendRaw(requestHead("GET", target) + "\r\n");
    DemoReply reply;
    m_finished = false;
    return readHead(reply) ? reply.status : 0;
}

/// Moves whole chunks from m_buffer to m_lines; true when the last one was there.
bool DemoClient::unchunk()
{
    while (true) {
        const qsizetype eol = m_buffer.indexOf("\r\n");
        if (eol < 0)
            return false;
        bool ok = false;
        const qsizetype size = m_buffer.left(eol).toLongLong(&ok, 16);
        if (!ok) { // no chunk: nothing after it can be read
            m_socket->abort();
            m_buffer.clear();
            return false;
        }
        if (m_buffer.size() < eol + 2 + size + 2)
            return false;
        m_lines += m_buffer.mid(eol + 2, size);
        m_buffer.remove(0, eol + 2 + size + 2);
        if (size == 0) {
            m_finished = true;
            return true;
        }
    }
}

QByteArray DemoClient::line(int milliseconds)
{
    QDeadlineTimer deadline(milliseconds);
    while (true) {
        if (!m_finished)
            unchunk();
        if (const qsizetype end = m_lines.indexOf('\n'); end >= 0) {
            const QByteArray text = m_lines.left(end);
            m_lines.remove(0, end + 1);
            return text;
        }
        if (m_finished || deadline.hasExpired() || !fill(static_cast<int>(deadline.remainingTime())))
            return {};
    }
}

bool DemoClient::ended(int milliseconds)
{
    QDeadlineTimer deadline(milliseconds);
    while (!m_finished && !unchunk()) {
        if (!fill(static_cast<int>(deadline.remainingTime())))
            return false;
    }
    return true;
}

} // namespace support
