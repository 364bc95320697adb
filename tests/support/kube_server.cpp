// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/kube_server.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace support {

QByteArray HttpRequest::header(const QByteArray &name) const
{
    const QList<QByteArray> values = all(name);
    return values.isEmpty() ? QByteArray() : values.first();
}

QList<QByteArray> HttpRequest::all(const QByteArray &name) const
{
    QList<QByteArray> values;
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            values << value;
    }
    return values;
}

namespace {

QByteArray head(int status, const QList<std::pair<QByteArray, QByteArray>> &headers)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\n";
    for (const auto &[key, value] : headers)
        bytes += key + ": " + value + "\r\n";
    return bytes;
}

} // namespace

void Responder::reply(int status, const QByteArray &body, const QList<std::pair<QByteArray, QByteArray>> &headers) const
{
    raw(head(status, headers) + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

void Responder::begin(int status, const QList<std::pair<QByteArray, QByteArray>> &headers) const
{
    raw(head(status, headers) + "Transfer-Encoding: chunked\r\n\r\n");
}

void Responder::chunk(const QByteArray &bytes) const
{
    raw(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
}

void Responder::end() const
{
    raw("0\r\n\r\n");
}

void Responder::raw(const QByteArray &bytes) const
{
    if (isOpen())
        m_socket->write(bytes);
}

void Responder::close() const
{
    if (m_socket)
        m_socket->disconnectFromHost();
}

void Responder::abort() const
{
    if (m_socket)
        m_socket->abort();
}

bool Responder::isOpen() const
{
    return m_socket && m_socket->state() == QAbstractSocket::ConnectedState;
}

qint64 Responder::unsent() const
{
    if (!m_socket)
        return 0;
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket.data());
    return m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

Server::Server(QObject *parent)
    : QTcpServer(parent)
{
    setListenBacklogSize(256);
}

Server::~Server()
{
    for (QTcpSocket *socket : findChildren<QTcpSocket *>())
        socket->disconnect(this);
}

void Server::useTls(const Identity &identity, const QByteArray &clients, bool required)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificateChain(QSslCertificate::fromData(identity.certificate, QSsl::Pem));
    tls.setPrivateKey(QSslKey(identity.key, QSsl::Ec, QSsl::Pem));
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    if (!clients.isEmpty()) {
        tls.setCaCertificates(QSslCertificate::fromData(clients, QSsl::Pem));
        tls.setPeerVerifyMode(required ? QSslSocket::VerifyPeer : QSslSocket::QueryPeer);
    }
    m_tls = tls;
}

bool Server::start()
{
    return listen(QHostAddress::LocalHost);
}

void Server::on(const QByteArray &path, Handler handler)
{
    m_handlers.insert(path, std::move(handler));
}

void Server::once(const QByteArray &path, Handler handler)
{
    m_once[path].append(std::move(handler));
}

QUrl Server::url(const QString &path) const
{
    QUrl url;
    url.setScheme(m_tls ? u"https"_s : u"http"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(serverPort());
    url.setPath(path);
    return url;
}

void Server::dropConnections()
{
    for (QTcpSocket *socket : findChildren<QTcpSocket *>())
        socket->abort();
}

void Server::incomingConnection(qintptr handle)
{
    const int number = ++connections;
    QTcpSocket *socket = nullptr;
    if (m_tls) {
        auto *tls = new QSslSocket(this);
        tls->setSslConfiguration(*m_tls);
        connect(tls, &QSslSocket::encrypted, this, [this] { ++handshakes; });
        socket = tls;
    } else {
        socket = new QTcpSocket(this);
    }
    socket->setSocketDescriptor(handle);
    connect(socket, &QTcpSocket::readyRead, this, [this, socket, number] { read(socket, number); });
    connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
        m_buffers.remove(socket);
        socket->deleteLater();
        Q_EMIT disconnected();
    });
    if (auto *tls = qobject_cast<QSslSocket *>(socket))
        tls->startServerEncryption();
}

void Server::read(QTcpSocket *socket, int number)
{
    QByteArray &buffer = m_buffers[socket];
    buffer += socket->readAll();
    const QPointer<QTcpSocket> alive(socket);
    while (alive && m_buffers.contains(socket) && takeRequest(socket, m_buffers[socket], number)) { }
}

bool Server::takeRequest(QTcpSocket *socket, QByteArray &buffer, int number)
{
    const qsizetype headEnd = buffer.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return false;
    HttpRequest request;
    request.connection = number;
    const QList<QByteArray> lines = buffer.left(headEnd).split('\n');
    const QList<QByteArray> words = lines.first().trimmed().split(' ');
    if (words.size() < 2) {
        socket->abort();
        return false;
    }
    request.method = words.at(0);
    request.target = words.at(1);
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.emplaceBack(line.left(colon).trimmed(), line.mid(colon + 1).trimmed());
    }
    const qsizetype length = request.header("Content-Length").toLongLong();
    if (buffer.size() < headEnd + 4 + length)
        return false;
    request.body = buffer.mid(headEnd + 4, length);
    buffer.remove(0, headEnd + 4 + length);
    if (const auto *tls = qobject_cast<const QSslSocket *>(socket)) {
        const QStringList names = tls->peerCertificate().subjectInfo(QSslCertificate::CommonName);
        request.clientName = names.value(0);
    }

    requests.append(request);
    Handler handler = m_handlers.value(request.path(), m_handlers.value({}));
    for (const QByteArray &path : {request.path(), QByteArray()}) {
        if (m_once.contains(path) && !m_once[path].isEmpty()) {
            handler = m_once[path].takeFirst();
            break;
        }
    }
    const Responder responder(socket);
    if (handler)
        handler(request, responder);
    else
        responder.json(404, statusJson(404, "NotFound", "nothing is scripted for this path"));
    Q_EMIT requested(request.target);
    return true;
}

QByteArray statusJson(int code, const QByteArray &reason, const QByteArray &message, const QByteArray &details)
{
    const QJsonObject status{{u"kind"_s, u"Status"_s}, {u"apiVersion"_s, u"v1"_s}, {u"metadata"_s, QJsonObject()},
        {u"status"_s, u"Failure"_s}, {u"message"_s, QString::fromUtf8(message)},
        {u"reason"_s, QString::fromUtf8(reason)}, {u"details"_s, QJsonDocument::fromJson(details).object()},
        {u"code"_s, code}};
    return QJsonDocument(status).toJson(QJsonDocument::Compact);
}

} // namespace support
