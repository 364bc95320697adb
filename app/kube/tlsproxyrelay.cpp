// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/tlsproxyrelay.h"

#include "kube/status.h"
#include "kube/tls.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QSslSocket>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace kube {

namespace {

constexpr qint64 readBuffer = qint64(64) * 1024;  ///< of each socket
constexpr qint64 mostUnsent = qint64(128) * 1024; ///< then the other side is not read any more
constexpr qsizetype longestHead = qsizetype(32) * 1024;
constexpr auto greeting = "HTTP/1.1 200 Connection established\r\n\r\n";
constexpr auto refusal = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

QByteArray randomWord()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->generate(words.begin(), words.end());
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words).toHex();
}

/// Not telling by its time how much of it was right.
bool sameWord(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    unsigned char difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= static_cast<unsigned char>(a.at(i) ^ b.at(i));
    return difference == 0;
}

QByteArray headerOf(const QByteArray &head, QByteArrayView name)
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && QByteArrayView(line).first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

/// host:port and nothing that could begin another header.
bool isTarget(const QByteArray &text)
{
    return text.contains(':') && std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f; });
}

qint64 unsent(const QAbstractSocket &socket)
{
    const auto *tls = qobject_cast<const QSslSocket *>(&socket);
    return socket.bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

/// Moves what `to` can take now.
void copy(QAbstractSocket &from, QAbstractSocket &to)
{
    while (from.bytesAvailable() > 0 && unsent(to) < mostUnsent && to.state() == QAbstractSocket::ConnectedState) {
        const QByteArray bytes = from.read(readBuffer);
        if (bytes.isEmpty())
            return;
        to.write(bytes);
    }
}

} // namespace

/// One connection from Qt through the proxy. It deletes itself when either side is gone and its last bytes are passed
/// on.
class TlsProxyRelay::Link : public QObject {
public:
    Link(TlsProxyRelay &relay, QTcpSocket *client)
        : QObject(&relay)
        , m_relay(relay)
        , m_client(client)
    {
        client->setParent(this);
        client->setReadBufferSize(readBuffer);
        connect(client, &QTcpSocket::readyRead, this, &Link::clientReady);
        connect(client, &QTcpSocket::disconnected, this, &Link::deleteLater);
        clientReady();
    }

private:
    void clientReady();
    void ask(const QByteArray &target);
    void connectToProxy();
    void proxyReady();
    void proxyFailed();
    void proxyGone();
    void established();
    void refuse(ErrorKind kind, const QString &message, std::shared_ptr<const Error> cause = {});

    TlsProxyRelay &m_relay;
    QTcpSocket *m_client;
    QSslSocket *m_proxy = nullptr;
    QByteArray m_target;
    QByteArray m_head;
    QList<QSslError> m_tlsErrors;
    enum class Step : quint8 { Asking, Connecting, Open, Closing } m_step = Step::Asking;
};

void TlsProxyRelay::Link::clientReady()
{
    if (m_step == Step::Open) {
        copy(*m_client, *m_proxy);
        return;
    }
    if (m_step != Step::Asking)
        return;
    m_head += m_client->read(longestHead - m_head.size());
    const qsizetype end = m_head.indexOf("\r\n\r\n");
    if (end < 0) {
        if (m_head.size() >= longestHead)
            m_client->abort();
        return;
    }
    const QByteArray head = std::exchange(m_head, {}).first(end);
    const QList<QByteArray> words = head.left(head.indexOf('\r')).split(' ');
    // A stranger learns nothing, not even that this is a proxy.
    if (words.size() != 3 || words.first() != "CONNECT" || !isTarget(words.at(1))
        || !sameWord(headerOf(head, "Proxy-Authorization"), "Gleaner " + m_relay.m_word)) {
        m_client->abort();
        return;
    }
    m_target = words.at(1);
    connectToProxy();
}

void TlsProxyRelay::Link::connectToProxy()
{
    m_step = Step::Connecting;
    m_proxy = new QSslSocket(this);
    m_proxy->setProxy(QNetworkProxy::NoProxy);
    m_proxy->setSslConfiguration(m_relay.m_tls);
    m_proxy->setReadBufferSize(readBuffer);
    connect(m_proxy, &QSslSocket::sslErrors, this, [this](const QList<QSslError> &errors) { m_tlsErrors = errors; });
    connect(m_proxy, &QSslSocket::encrypted, this, [this] {
        QByteArray request = "CONNECT " + m_target + " HTTP/1.1\r\nHost: " + m_target + "\r\n";
        if (!m_relay.m_login.isEmpty())
            request += "Proxy-Authorization: " + m_relay.m_login.reveal() + "\r\n";
        m_proxy->write(request + "\r\n");
    });
    connect(m_proxy, &QSslSocket::readyRead, this, &Link::proxyReady);
    connect(m_proxy, &QSslSocket::errorOccurred, this, &Link::proxyFailed);
    connect(m_proxy, &QSslSocket::disconnected, this, &Link::proxyGone);
    m_proxy->connectToHostEncrypted(
        m_relay.m_host, m_relay.m_port, m_relay.m_serverName.isEmpty() ? m_relay.m_host : m_relay.m_serverName);
}

void TlsProxyRelay::Link::proxyReady()
{
    if (m_step == Step::Open) {
        copy(*m_proxy, *m_client);
        return;
    }
    if (m_step != Step::Connecting)
        return;
    // Byte by byte at its end: what follows the answer belongs to the server.
    while (m_proxy->bytesAvailable() > 0 && !m_head.endsWith("\r\n\r\n")) {
        if (m_head.size() >= longestHead)
            return refuse(ErrorKind::Proxy, u"the proxy's answer to CONNECT does not end"_s);
        m_head += m_proxy->readLine(longestHead);
    }
    if (!m_head.endsWith("\r\n\r\n"))
        return;
    const QByteArray line = m_head.left(m_head.indexOf('\r'));
    const QList<QByteArray> words = line.split(' ');
    const int status = words.value(1).toInt();
    if (!line.startsWith("HTTP/1.") || status < 100)
        return refuse(ErrorKind::Proxy, u"the proxy does not answer CONNECT as HTTP proxies do"_s);
    if (status < 200) { // a word in between
        m_head.clear();
        return proxyReady();
    }
    if (status == 200)
        return established();
    const QString said = plainText(QString::fromLatin1(line.mid(line.indexOf(' ') + 1)), 200);
    refuse(status == 407 ? ErrorKind::ProxyAuth : ErrorKind::Proxy, u"the proxy answered %1"_s.arg(said));
}

void TlsProxyRelay::Link::established()
{
    m_step = Step::Open;
    m_head = {};
    m_relay.m_failure.reset();
    connect(m_client, &QTcpSocket::bytesWritten, this, [this] { copy(*m_proxy, *m_client); });
    const auto up = [this] { copy(*m_client, *m_proxy); };
    connect(m_proxy, &QSslSocket::bytesWritten, this, up);
    connect(m_proxy, &QSslSocket::encryptedBytesWritten, this, up);
    m_client->write(greeting);
    copy(*m_proxy, *m_client);
    copy(*m_client, *m_proxy);
}

void TlsProxyRelay::Link::proxyFailed()
{
    if (m_step != Step::Connecting)
        return;
    const QString words = m_proxy->errorString();
    if (!m_tlsErrors.isEmpty() || m_proxy->error() == QAbstractSocket::SslHandshakeFailedError) {
        Error tls = handshakeError(m_tlsErrors, words);
        tls.host = m_relay.m_host + u':' + QString::number(m_relay.m_port);
        return refuse(ErrorKind::Proxy, u"no TLS with the proxy"_s, std::make_shared<const Error>(std::move(tls)));
    }
    if (m_proxy->error() == QAbstractSocket::RemoteHostClosedError)
        return refuse(ErrorKind::Proxy, u"the proxy closed the connection before it answered"_s);
    refuse(ErrorKind::Proxy, words);
}

void TlsProxyRelay::Link::proxyGone()
{
    if (m_step == Step::Connecting)
        return refuse(ErrorKind::Proxy, u"the proxy closed the connection before it answered"_s);
    if (m_step != Step::Open)
        return;
    m_step = Step::Closing;
    // The little that had come before the end.
    m_client->write(m_proxy->readAll());
    m_client->disconnectFromHost();
}

void TlsProxyRelay::Link::refuse(ErrorKind kind, const QString &message, std::shared_ptr<const Error> cause)
{
    Error error;
    error.kind = kind;
    error.message = message;
    if (cause) {
        error.hint = QCoreApplication::translate("kube::Error",
            "The proxy's certificate must be from an authority of the kubeconfig's cluster entry, or of this computer "
            "when that names none; kubectl asks the same.");
    }
    error.cause = std::move(cause);
    m_relay.m_failure = std::move(error);
    m_step = Step::Closing;
    m_proxy->disconnect(this);
    m_proxy->abort();
    // Qt does not notice a proxy that only closes.
    m_client->write(refusal);
    m_client->disconnectFromHost();
}

Result<std::unique_ptr<TlsProxyRelay>> TlsProxyRelay::make(
    const QNetworkProxy &proxy, const QSslConfiguration &tls, const QString &serverName)
{
    std::unique_ptr<TlsProxyRelay> relay(new TlsProxyRelay(proxy, tls, serverName));
    if (relay->m_server.isListening())
        return relay;
    Error error;
    error.kind = ErrorKind::Proxy;
    error.name = proxy.hostName() + u':' + QString::number(proxy.port());
    error.message = u"the relay to the proxy cannot listen on loopback: %1"_s.arg(relay->m_server.errorString());
    return std::unexpected(std::move(error));
}

TlsProxyRelay::TlsProxyRelay(const QNetworkProxy &proxy, const QSslConfiguration &tls, QString serverName)
    : m_host(proxy.hostName())
    , m_port(proxy.port())
    , m_tls(tls)
    , m_serverName(std::move(serverName))
    , m_word(randomWord())
{
    if (!proxy.user().isEmpty() || !proxy.password().isEmpty())
        m_login = Secret("Basic " + (proxy.user().toUtf8() + ':' + proxy.password().toUtf8()).toBase64());
    m_server.setListenBacklogSize(128);
    m_server.setProxy(QNetworkProxy::NoProxy);
    connect(&m_server, &QTcpServer::newConnection, this, &TlsProxyRelay::accept);
    m_server.listen(QHostAddress::LocalHost);
}

TlsProxyRelay::~TlsProxyRelay()
{
    // They look at our members while they go.
    m_server.close();
    qDeleteAll(findChildren<QObject *>(Qt::FindDirectChildrenOnly));
}

void TlsProxyRelay::accept()
{
    while (QTcpSocket *client = m_server.nextPendingConnection())
        new Link(*this, client);
}

int TlsProxyRelay::connections() const
{
    return int(findChildren<QObject *>(Qt::FindDirectChildrenOnly).size());
}

QNetworkProxy TlsProxyRelay::entrance() const
{
    QNetworkProxy proxy(
        QNetworkProxy::HttpProxy, QHostAddress(QHostAddress::LocalHost).toString(), m_server.serverPort());
    proxy.setCapabilities(QNetworkProxy::TunnelingCapability | QNetworkProxy::HostNameLookupCapability);
    proxy.setRawHeader("Proxy-Authorization", "Gleaner " + m_word);
    return proxy;
}

} // namespace kube
