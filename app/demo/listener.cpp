// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/listener.h"

#include "demo/kubeconfigtext.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QSslConfiguration>
#include <QSslServer>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

QByteArray randomToken()
{
    QByteArray bytes;
    for (int i = 0; i < 4; ++i)
        bytes += QByteArray::number(QRandomGenerator::system()->generate64(), 16).rightJustified(16, '0');
    return bytes;
}

const Caller unknownCaller{{}, {}, {}};

} // namespace

Listener::Listener(QObject *parent)
    : QObject(parent)
    , m_authority(u"gleaner-demo-ca"_s)
{
    for (const QString &user : {u"admin"_s, u"viewer"_s, u"nobody"_s}) {
        m_tokens.insert(user, randomToken());
        m_users.insert(m_tokens.value(user), user);
    }
}

Listener::~Listener()
{
    close();
}

bool Listener::listen(quint16 port, HttpConnection::Handler handler)
{
    close();
    m_handler = std::move(handler);
    m_tcp = std::make_unique<QSslServer>();
    m_tcp->setMaxPendingConnections(1000);
    connect(m_tcp.get(), &QSslServer::pendingConnectionAvailable, this, &Listener::accept);
    if (!useCertificate()) {
        m_error = u"the TLS library could not make a certificate"_s;
        return false;
    }
    if (!m_tcp->listen(QHostAddress::LocalHost, port)) {
        m_error = m_tcp->errorString();
        return false;
    }
    return true;
}

void Listener::close()
{
    dropConnections();
    m_tcp.reset();
    m_awayFrom = 0;
    for (const QPointer<HttpConnection> &connection : std::as_const(m_connections))
        delete connection;
    m_connections.clear();
}

void Listener::dropConnections()
{
    if (m_tcp)
        accept();
    const auto all = m_connections;
    for (const QPointer<HttpConnection> &connection : all) {
        if (connection)
            connection->abort();
    }
    if (!m_tcp)
        return;
    // Still shaking hands. Deleted, not aborted: QSslServer's time limit of the handshake would meet a server that
    // does not listen any more, and crash.
    qDeleteAll(m_tcp->findChildren<QSslSocket *>(Qt::FindDirectChildrenOnly));
}

void Listener::setAway(bool away)
{
    if (!m_tcp || away == (m_awayFrom != 0))
        return;
    if (away) {
        m_awayFrom = m_tcp->serverPort();
        m_tcp->close(); // first: whom we drop comes back at once
        dropConnections();
        return;
    }
    if (m_tcp->listen(QHostAddress::LocalHost, m_awayFrom))
        m_awayFrom = 0;
}

void Listener::changeCertificate(bool otherCa)
{
    if (otherCa)
        m_servingAuthority.emplace(u"gleaner-demo-other-ca"_s);
    if (m_tcp)
        useCertificate();
}

bool Listener::useCertificate()
{
    const Identity identity = (m_servingAuthority ? *m_servingAuthority : m_authority).server(u"kube-apiserver"_s);
    if (!identity.isValid())
        return false;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(identity.certificate());
    configuration.setPrivateKey(identity.key());
    configuration.setPeerVerifyMode(QSslSocket::QueryPeer); // a client certificate is welcome, not needed
    configuration.setCaCertificates({QSslCertificate(m_authority.pem(), QSsl::Pem)});
    m_tcp->setSslConfiguration(configuration);
    m_certificateEnd = identity.certificate().expiryDate();
    return true;
}

void Listener::accept()
{
    while (auto *socket = qobject_cast<QSslSocket *>(m_tcp->nextPendingConnection()))
        m_connections.append(new HttpConnection(socket, m_handler, this));
    m_connections.removeIf([](const QPointer<HttpConnection> &connection) { return !connection; });
}

quint16 Listener::port() const
{
    return m_awayFrom ? m_awayFrom : m_tcp ? m_tcp->serverPort() : 0;
}

QByteArray Listener::caPem() const
{
    return m_servingAuthority ? m_servingAuthority->pem() : m_authority.pem();
}

QByteArray Listener::kubeconfig(const QString &cluster) const
{
    return kubeconfigText(cluster, port(), caPem(), m_tokens, m_authority.client(u"admin"_s, {u"system:masters"_s}));
}

Caller Listener::identify(const HttpExchange &exchange) const
{
    const QByteArray authorization = exchange.request().header("authorization");
    if (authorization.startsWith("Bearer ")) {
        const QString user = m_users.value(authorization.mid(7).trimmed());
        return user.isEmpty() ? unknownCaller : callerNamed(user);
    }
    const QSslCertificate certificate = exchange.socket() ? exchange.socket()->peerCertificate() : QSslCertificate();
    if (certificate.isNull())
        return {};
    if (!m_authority.issued(certificate))
        return unknownCaller;
    Caller caller;
    caller.user = certificate.subjectInfo(QSslCertificate::CommonName).value(0);
    caller.groups = certificate.subjectInfo(QSslCertificate::Organization);
    caller.groups.append(u"system:authenticated"_s);
    caller.credentialId
        = u"X509SHA256="_s + QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex());
    return caller;
}

} // namespace demo
