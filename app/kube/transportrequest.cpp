// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/transportrequest.h"

#include "kube/credentials.h"
#include "kube/status.h"
#include "kube/tls.h"
#include "kube/transportgeneration.h"
#include "version.h"

#include <QHttpHeaders>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QSysInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kube {

namespace {

/// Bytes of a request body that can be read once. QBuffer would not do: Qt recognises it and keeps a copy to send
/// again.
class OnceBody : public QIODevice {
public:
    OnceBody(QByteArray bytes, QObject *parent)
        : QIODevice(parent)
        , m_bytes(std::move(bytes))
    {
        open(ReadOnly | Unbuffered);
    }
    [[nodiscard]] qint64 size() const override { return m_bytes.size(); }
    [[nodiscard]] bool atEnd() const override { return m_read >= m_bytes.size(); }
    [[nodiscard]] qint64 bytesAvailable() const override { return m_bytes.size() - m_read; }
    bool reset() override { return false; }
    bool seek(qint64) override { return false; }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const qint64 length = std::min(most, m_bytes.size() - m_read);
        if (length <= 0)
            return most == 0 ? 0 : -1;
        std::copy_n(m_bytes.constData() + m_read, length, data);
        m_read += length;
        return length;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_read = 0;
};

bool hasControlCharacters(const QByteArray &value)
{
    return std::ranges::any_of(value, [](char c) { return (uchar(c) < 0x20 && c != '\t') || c == 0x7f; });
}

/// client-go transport/round_trippers.go headerKeyEscape: what is not allowed in a header name is percent-encoded, and
/// '%'.
QByteArray escapeHeaderKey(const QString &key)
{
    static constexpr char hex[] = "0123456789ABCDEF";
    QByteArray out;
    for (const char c : key.toUtf8()) {
        const bool legal = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || (c != 0 && QByteArrayView("!#$&'*+-.^_`|~").contains(c));
        if (legal) {
            out += c;
        } else {
            out += '%';
            out += hex[uchar(c) >> 4];
            out += hex[uchar(c) & 15];
        }
    }
    return out;
}

Error badValue(ErrorKind kind, const QString &what, const Request &request, const QString &host)
{
    return requestError(kind, u"%1 holds control characters and cannot be sent"_s.arg(what), request, host);
}

using HeaderLines = QList<std::pair<QByteArray, QByteArray>>;

HeaderLines impersonation(const Impersonation &as)
{
    HeaderLines lines;
    if (as.isEmpty())
        return lines;
    lines.emplaceBack("Impersonate-User", as.user.toUtf8());
    if (!as.uid.isEmpty())
        lines.emplaceBack("Impersonate-Uid", as.uid.toUtf8());
    for (const QString &group : as.groups)
        lines.emplaceBack("Impersonate-Group", group.toUtf8());
    for (auto it = as.extra.cbegin(); it != as.extra.cend(); ++it) {
        for (const QString &value : it.value())
            lines.emplaceBack("Impersonate-Extra-" + escapeHeaderKey(it.key()), value.toUtf8());
    }
    return lines;
}

/// False when a value cannot be sent.
bool addImpersonation(const Impersonation &as, QHttpHeaders &headers, QByteArray &repeated)
{
    const HeaderLines lines = impersonation(as);
    for (const auto &[name, value] : lines) {
        if (hasControlCharacters(value))
            return false;
        const bool alone = std::ranges::count_if(lines, [&](const auto &line) {
            return line.first.compare(name, Qt::CaseInsensitive) == 0;
        }) == 1;
        if (!alone)
            repeated += name + ": " + value + "\r\n";
        else if (!headers.append(name, value))
            return false;
    }
    return true;
}

/// The server may stand below a path of its own, as clusters behind Rancher do.
QUrl targetUrl(const ClusterConfig &config, const Request &request)
{
    QUrl url = config.server;
    QString prefix = url.path(QUrl::FullyEncoded);
    while (prefix.endsWith(u'/'))
        prefix.chop(1);
    url.setPath(prefix + request.path, QUrl::StrictMode);
    url.setFragment({});
    url.setUserInfo({});
    QString query = request.query.toString(QUrl::FullyEncoded);
    query.replace(u'+', "%2B"_L1); // QUrlQuery leaves it, servers read it as a blank
    if (!query.isEmpty())
        url.setQuery(query, QUrl::StrictMode);
    else
        url.setQuery(QString());
    return url;
}

} // namespace

QString defaultUserAgent()
{
    // client-go's form: program/version (os/arch).
    return u"gleaner/%1 (%2/%3)"_s.arg(
        QLatin1StringView(GLEANER_VERSION), QSysInfo::kernelType(), QSysInfo::currentCpuArchitecture());
}

Result<PreparedRequest> prepareRequest(const Request &request, const ClusterConfig &config,
    const ClientOptions &options, const Credential &credential, const QSslConfiguration &tls, RequestUse use)
{
    const QString host = hostAndPort(config.server);
    const QString scheme = config.server.scheme().toLower();
    if (!config.server.isValid() || config.server.host().isEmpty() || (scheme != "https"_L1 && scheme != "http"_L1))
        return std::unexpected(
            requestError(ErrorKind::Config, u"the server's address is not an http or https URL"_s, request, host));

    PreparedRequest prepared{QNetworkRequest(targetUrl(config, request)), {}};
    QNetworkRequest &out = prepared.request;
    QHttpHeaders headers;
    headers.append("Accept", request.accept);
    headers.append("User-Agent", (options.userAgent.isEmpty() ? defaultUserAgent() : options.userAgent).toUtf8());
    if (!request.contentType.isEmpty())
        headers.append("Content-Type", request.contentType);
    // Qt asks for gzip by itself and undoes it unless we name an encoding. A stream is small pieces that must not wait
    // for a compressor, and Qt bounds only its own buffer, not a decompressor's output.
    if (config.disableCompression || use == RequestUse::Stream)
        headers.append("Accept-Encoding", "identity");
    if (!addImpersonation(config.impersonate, headers, prepared.repeatedHeaders))
        return std::unexpected(badValue(ErrorKind::Config, u"the user to act as"_s, request, host));

    if (scheme == "https"_L1) {
        out.setSslConfiguration(tls);
        if (!config.tlsServerName.isEmpty())
            out.setPeerVerifyName(config.tlsServerName);
        // Never over plain HTTP.
        if (!credential.authorization.isEmpty()) {
            if (hasControlCharacters(credential.authorization.reveal()))
                return std::unexpected(badValue(ErrorKind::Credential, u"the token"_s, request, host));
            headers.append("Authorization", credential.authorization.reveal());
        }
    }
    out.setHeaders(std::move(headers));

    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    out.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    out.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    out.setDecompressedSafetyCheckThreshold(options.bodyLimit);
    if (use == RequestUse::Call)
        out.setTransferTimeout(request.timeout);
    return prepared;
}

QNetworkReply *sendOnce(QNetworkAccessManager &manager, const PreparedRequest &prepared, const Request &request)
{
    QByteArray verb = request.method;
    if (!prepared.repeatedHeaders.isEmpty()) {
        // Qt writes a custom verb as it is, so the repeated lines go out behind it as part of the head; the target that
        // Qt then adds ends up in a header nobody reads. The lines hold no control characters: prepareRequest() saw to
        // it.
        const QUrl &url = prepared.request.url();
        const bool whole
            = url.scheme() == "http"_L1 && manager.proxy().capabilities().testFlag(QNetworkProxy::CachingCapability);
        verb += ' '
            + url.toEncoded(whole ? QUrl::FormattingOptions(QUrl::None) : QUrl::RemoveScheme | QUrl::RemoveAuthority)
            + " HTTP/1.1\r\n" + prepared.repeatedHeaders + "X-Target:";
    }
    if (!request.isRead()) {
        auto *body = new OnceBody(request.body, nullptr);
        QNetworkReply *reply = manager.sendCustomRequest(prepared.request, verb, body);
        body->setParent(reply);
        return reply;
    }
    if (verb == "GET")
        return manager.get(prepared.request);
    if (request.body.isEmpty())
        return manager.sendCustomRequest(prepared.request, verb);
    return manager.sendCustomRequest(prepared.request, verb, request.body);
}

namespace {

/// The system's words. Qt gives them in the language of the moment, and an error outlives that: those that matter are
/// ours.
QString wordsOf(const QNetworkReply &reply)
{
    switch (reply.error()) {
    case QNetworkReply::ConnectionRefusedError:
        return u"connection refused"_s;
    case QNetworkReply::RemoteHostClosedError:
        return u"the other side closed the connection"_s;
    case QNetworkReply::HostNotFoundError:
        return u"host not found"_s;
    default:
        return reply.errorString();
    }
}

} // namespace

Error connectionError(const QNetworkReply &reply, const QList<QSslError> &tlsErrors, const Request &request,
    const QString &host, const Generation &over)
{
    const QString proxyName = over.proxyName();
    const auto make = [&](ErrorKind kind) { return requestError(kind, wordsOf(reply), request, host); };
    const auto ofProxy = [&](ErrorKind kind) {
        Error error = make(kind);
        if (const std::optional<Error> why = over.proxyFailure()) { // knows more than Qt, which met only our relay
            error.kind = why->kind;
            error.message = why->message;
            error.hint = why->hint;
            error.cause = why->cause;
        }
        error.name = proxyName;
        return error;
    };
    // Behind a proxy it is the proxy that did not connect: Qt reports its refusal as what the refusal was about.
    const auto ofNetwork = [&](ErrorKind kind) { return proxyName.isEmpty() ? make(kind) : ofProxy(ErrorKind::Proxy); };
    switch (reply.error()) {
    case QNetworkReply::HostNotFoundError:
        return ofNetwork(ErrorKind::HostNotFound);
    case QNetworkReply::ConnectionRefusedError:
        return ofNetwork(ErrorKind::Refused);
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError: {
        // We never call abort() without having said so first: this is Qt's own transfer timeout.
        Error error = make(ErrorKind::Timeout);
        error.message = u"no byte within %1 s"_s.arg(double(request.timeout.count()) / 1000);
        if (!proxyName.isEmpty())
            error.message += u", through the proxy "_s + proxyName;
        return error;
    }
    case QNetworkReply::SslHandshakeFailedError: {
        const Error tls = handshakeError(tlsErrors, reply.errorString());
        Error error = make(tls.kind);
        error.message = tls.message;
        return error;
    }
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError:
        return make(ErrorKind::Cut);
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError:
        return ofProxy(ErrorKind::Proxy);
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return ofProxy(ErrorKind::ProxyAuth);
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
        return make(ErrorKind::Undecodable);
    case QNetworkReply::UnknownContentError: {
        // Of decompression. Only the text tells the guard against bombs from nonsense; the name in it is not
        // translated.
        const bool guard = reply.errorString().contains("decompressedSafetyCheckThreshold"_L1);
        return make(guard ? ErrorKind::TooLarge : ErrorKind::Undecodable);
    }
    default:
        return ofNetwork(ErrorKind::Unreachable);
    }
}

Error redirectError(const QNetworkReply &reply, int status, const Request &request, const QString &host)
{
    Error error = requestError(ErrorKind::Redirect, {}, request, host);
    error.httpStatus = status;
    const QUrl target = reply.url().resolved(QUrl::fromEncoded(reply.rawHeader("Location")));
    error.message = u"HTTP %1, to %2"_s.arg(status).arg(
        target.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment));
    return error;
}

} // namespace kube
