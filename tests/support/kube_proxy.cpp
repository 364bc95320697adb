// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/kube_proxy.h"

#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>
#include <QUrl>

#include <memory>

namespace support {

Proxy::Proxy(Kind kind, QObject *parent)
    : QTcpServer(parent)
    , m_kind(kind)
{
}

void Proxy::incomingConnection(qintptr handle)
{
    ++connections;
    QTcpSocket *client = nullptr;
    if (m_tls) {
        auto *tls = new QSslSocket(this);
        tls->setSslConfiguration(*m_tls);
        client = tls;
    } else {
        client = new QTcpSocket(this);
    }
    client->setSocketDescriptor(handle);
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    if (mood == Mood::Closes) {
        client->disconnectFromHost();
        return;
    }
    auto buffer = std::make_shared<QByteArray>();
    auto step = std::make_shared<int>(0);
    // Both handshakes are over when the tunnel takes the socket and cuts this connection.
    connect(client, &QTcpSocket::readyRead, this, [this, client, buffer, step] {
        if (mood == Mood::Hangs)
            return;
        *buffer += client->readAll();
        if (m_kind == Kind::Http)
            http(client, *buffer);
        else
            socks(client, *buffer, *step);
    });
    if (auto *tls = qobject_cast<QSslSocket *>(client))
        tls->startServerEncryption();
}

void Proxy::useTls(const Identity &identity)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificateChain(QSslCertificate::fromData(identity.certificate, QSsl::Pem));
    tls.setPrivateKey(QSslKey(identity.key, QSsl::Ec, QSsl::Pem));
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_tls = tls;
}

void Proxy::freezeTunnels()
{
    for (QTcpSocket *socket : findChildren<QTcpSocket *>())
        socket->setProperty("frozen", true);
}

void Proxy::dropConnections()
{
    for (QTcpSocket *socket : findChildren<QTcpSocket *>(Qt::FindDirectChildrenOnly))
        socket->abort();
}

void Proxy::http(QTcpSocket *client, QByteArray &buffer)
{
    const qsizetype end = buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray head = buffer.left(end);
    const QByteArray login = "Proxy-Authorization: Basic " + (user + ':' + password).toBase64();
    if (!user.isEmpty() && !head.toLower().contains(login.toLower())) {
        buffer.clear();
        client->write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic "
                      "realm=\"test\"\r\nContent-Length: 0\r\n\r\n");
        return;
    }
    const QByteArray target = head.split(' ').value(1);
    if (head.startsWith("CONNECT ")) {
        asked << target;
        heads << head;
        if (mood == Mood::Refuses) {
            client->write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
            client->disconnectFromHost();
            return;
        }
        buffer.clear();
        tunnel(client, target, target.mid(target.lastIndexOf(':') + 1).toUShort(),
            "HTTP/1.1 200 Connection established\r\n\r\n");
        return;
    }
    // A plain http:// target: passed on with an absolute URL.
    const QUrl url = QUrl::fromEncoded(target);
    asked << (url.host() + QLatin1Char(':') + QString::number(url.port(80))).toLatin1();
    const QByteArray whole = buffer;
    buffer.clear();
    auto *server = new QTcpSocket(client);
    client->disconnect(this);
    connect(server, &QTcpSocket::connected, client, [server, whole, target, url] {
        QByteArray bytes = whole;
        bytes.replace(target, url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority));
        server->write(bytes);
    });
    connect(server, &QTcpSocket::readyRead, client, [client, server] { client->write(server->readAll()); });
    server->connectToHost(QHostAddress::LocalHost, quint16(url.port(80)));
}

void Proxy::socks(QTcpSocket *client, QByteArray &buffer, int &step)
{
    if (step == 0 && buffer.size() >= 2 && buffer.size() >= 2 + buffer.at(1)) {
        const QByteArray methods = buffer.mid(2, buffer.at(1));
        buffer.remove(0, 2 + buffer.at(1));
        const char wanted = user.isEmpty() ? '\0' : '\2';
        if (!methods.contains(wanted)) {
            client->write(QByteArray("\5\xff", 2));
            client->disconnectFromHost();
            return;
        }
        client->write(QByteArray("\5") + wanted);
        step = user.isEmpty() ? 2 : 1;
    }
    if (step == 1) {
        if (buffer.size() < 2 || buffer.size() < 3 + buffer.at(1))
            return;
        const int nameLength = buffer.at(1);
        const int wordLength = buffer.at(2 + nameLength);
        if (buffer.size() < 3 + nameLength + wordLength)
            return;
        const bool good = buffer.mid(2, nameLength) == user && buffer.mid(3 + nameLength, wordLength) == password;
        buffer.remove(0, 3 + nameLength + wordLength);
        client->write(QByteArray(good ? "\1\0" : "\1\1", 2));
        if (!good) {
            client->disconnectFromHost();
            return;
        }
        step = 2;
    }
    if (step != 2 || buffer.size() < 5)
        return;
    QByteArray host;
    qsizetype used = 0;
    switch (buffer.at(3)) {
    case 1:
        used = 8;
        if (buffer.size() < used + 2)
            return;
        for (int i = 0; i < 4; ++i)
            host += (i ? "." : "") + QByteArray::number(int(uchar(buffer.at(4 + i))));
        break;
    case 3:
        used = 5 + buffer.at(4);
        if (buffer.size() < used + 2)
            return;
        host = buffer.mid(5, buffer.at(4));
        break;
    default:
        client->abort();
        return;
    }
    const auto port = quint16((uchar(buffer.at(used)) << 8) | uchar(buffer.at(used + 1)));
    buffer.remove(0, used + 2);
    const QByteArray target = host + ':' + QByteArray::number(port);
    asked << target;
    if (mood == Mood::Refuses) {
        client->write(QByteArray("\5\2\0\1\0\0\0\0\0\0", 10)); // not allowed by ruleset
        client->disconnectFromHost();
        return;
    }
    step = 3;
    tunnel(client, target, port, QByteArray("\5\0\0\1\177\0\0\1\0\0", 10));
}

void Proxy::tunnel(QTcpSocket *client, const QByteArray &, quint16 port, const QByteArray &success)
{
    auto *server = new QTcpSocket(client);
    server->setReadBufferSize(64 * 1024);
    disconnect(client, &QTcpSocket::readyRead, this, nullptr);
    const auto toServer = [client, server] {
        if (!client->property("frozen").toBool())
            server->write(client->readAll());
    };
    // Not faster than the client takes it, as proxies do.
    const auto toClient = [this, client, server] {
        constexpr qint64 most = 256 * 1024;
        const auto *tls = qobject_cast<const QSslSocket *>(client);
        const qint64 waiting = client->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
        longest = std::max(longest, waiting);
        if (waiting < most && !client->property("frozen").toBool())
            client->write(server->read(64 * 1024));
    };
    connect(server, &QTcpSocket::connected, client, [client, server, success, toServer] {
        client->write(success);
        connect(client, &QTcpSocket::readyRead, server, toServer);
        toServer();
    });
    connect(server, &QTcpSocket::readyRead, client, toClient);
    connect(client, &QTcpSocket::bytesWritten, server, toClient);
    if (auto *tls = qobject_cast<QSslSocket *>(client))
        connect(tls, &QSslSocket::encryptedBytesWritten, server, toClient);
    connect(server, &QTcpSocket::disconnected, client, [client, server] {
        if (!client->property("frozen").toBool()) {
            client->write(server->readAll());
            client->disconnectFromHost();
        }
    });
    connect(server, &QTcpSocket::errorOccurred, client, [client](QAbstractSocket::SocketError error) {
        if (error != QAbstractSocket::RemoteHostClosedError && !client->property("frozen").toBool())
            client->disconnectFromHost();
    });
    server->connectToHost(QHostAddress::LocalHost, port);
}

} // namespace support
