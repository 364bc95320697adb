// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a person reads of an Error. The only place where kinds become sentences, so that window and command line
// say the same. Pure; texts of servers and plugins go in as plain text without control characters.

#include "kube/error.h"
#include "kube/ownwords.h"

#include <QCoreApplication>

namespace kube {
namespace {

using namespace Qt::StringLiterals;

/// One line of somebody else's words: no control characters, no layout, no endless text.
QString plain(const QString &text)
{
    constexpr qsizetype longest = 1500;
    QString out;
    out.reserve(qMin(text.size(), longest));
    for (const QChar c : text) {
        // Bidirectional controls could reorder the sentence they stand in.
        const bool bidi = (c >= QChar(0x202a) && c <= QChar(0x202e)) || (c >= QChar(0x2066) && c <= QChar(0x2069));
        if (bidi)
            continue;
        out += c.category() == QChar::Other_Control ? QChar(u' ') : c;
        if (out.size() >= longest) {
            out += QChar(0x2026);
            break;
        }
    }
    return out.simplified();
}

/// What tls.cpp says of a certificate, in the language of the window. The words may end in parentheses that hold what
/// is in no language: names, dates, what the TLS library says.
QString certificateWords(const QString &message)
{
    static constexpr const char *known[] = {
        QT_TRANSLATE_NOOP("kube::Error", "the certificate has expired"),
        QT_TRANSLATE_NOOP("kube::Error", "the certificate is not yet valid"),
        QT_TRANSLATE_NOOP("kube::Error", "the certificate has no proper dates"),
        QT_TRANSLATE_NOOP("kube::Error", "the certificate is for other host names"),
        QT_TRANSLATE_NOOP("kube::Error", "the certificate is self-signed and not trusted"),
        QT_TRANSLATE_NOOP("kube::Error", "the root certificate of the chain is not trusted"),
        QT_TRANSLATE_NOOP("kube::Error", "the issuer of the certificate is not known"),
        QT_TRANSLATE_NOOP("kube::Error", "the signature of the certificate does not fit its issuer"),
        QT_TRANSLATE_NOOP("kube::Error", "the certificate or its issuer may not be used for this"),
        QT_TRANSLATE_NOOP("kube::Error", "the certificate is not trusted for this"),
        QT_TRANSLATE_NOOP("kube::Error", "the certificate was withdrawn"),
        QT_TRANSLATE_NOOP("kube::Error", "the server shows no certificate"),
        QT_TRANSLATE_NOOP("kube::Error", "the certificate cannot be checked"),
        QT_TRANSLATE_NOOP("kube::Error", "the TLS handshake failed"),
    };
    const qsizetype rest = message.indexOf(" ("_L1);
    QStringList parts = (rest < 0 ? message : message.first(rest)).split(u"; "_s);
    for (QString &part : parts) {
        for (const char *words : known) {
            if (part == QLatin1StringView(words))
                part = QCoreApplication::translate("kube::Error", words);
        }
    }
    return parts.join(u"; "_s) + (rest < 0 ? QString() : message.sliced(rest));
}

bool isTls(ErrorKind kind)
{
    return kind == ErrorKind::TlsUntrusted || kind == ErrorKind::TlsExpired || kind == ErrorKind::TlsWrongName
        || kind == ErrorKind::Tls;
}

/// "connection refused" below "HOST refuses the connection" tells nothing new.
bool saysTheHeadline(const Error &error)
{
    return (error.kind == ErrorKind::Refused && error.message == "connection refused"_L1)
        || (error.kind == ErrorKind::HostNotFound && error.message == "host not found"_L1);
}

/// The system's words along the cause chain, each said once.
QString ownWords(const Error &error)
{
    QStringList words;
    int depth = 0;
    for (const Error *e = &error; e && depth < 5; e = e->cause.get(), ++depth) {
        if (saysTheHeadline(*e))
            continue;
        const QString said = plain(e->message);
        const QString text = isTls(e->kind) ? certificateWords(said) : translatedWords(said);
        if (!text.isEmpty() && !words.contains(text))
            words += text;
    }
    return words.join(u": "_s);
}

QString hostOf(const Error &error)
{
    return error.host.isEmpty() ? QCoreApplication::translate("kube::Error", "the server") : plain(error.host);
}

/// `pods "web-0"`, `pods`, `"web-0"`; or the path when nothing better is known.
QString subject(const Error &error)
{
    const QString resource = plain(error.resource);
    const QString name = plain(error.name);
    if (!name.isEmpty() && !resource.isEmpty())
        return u"%1 \"%2\""_s.arg(resource, name);
    if (!resource.isEmpty())
        return resource;
    if (!name.isEmpty())
        return u"\"%1\""_s.arg(name);
    return plain(error.path);
}

QString objectOf(const Error &error)
{
    const QString what = subject(error);
    return what.isEmpty() ? QCoreApplication::translate("kube::Error", "The object") : what;
}

QString forbidden(const Error &error)
{
    const QString what = subject(error);
    const QString verb = error.verb.isEmpty() ? QCoreApplication::translate("kube::Error", "use") : plain(error.verb);
    const QString user = plain(error.user);
    const QString ns = plain(error.ns);
    if (what.isEmpty())
        return QCoreApplication::translate("kube::Error", "%1 does not allow this").arg(hostOf(error));
    if (!user.isEmpty() && !ns.isEmpty()) {
        //: %1 a user, %2 a Kubernetes verb (get, list, delete), %3 resource and name, %4 a namespace
        return QCoreApplication::translate("kube::Error", "User \"%1\" may not %2 %3 in namespace \"%4\"")
            .arg(user, verb, what, ns);
    }
    if (!user.isEmpty())
        return QCoreApplication::translate("kube::Error", "User \"%1\" may not %2 %3").arg(user, verb, what);
    if (!ns.isEmpty()) {
        //: %1 a Kubernetes verb (get, list, delete), %2 resource and name, %3 a namespace
        return QCoreApplication::translate("kube::Error", "You may not %1 %2 in namespace \"%3\"").arg(verb, what, ns);
    }
    return QCoreApplication::translate("kube::Error", "You may not %1 %2").arg(verb, what);
}

QString notFound(const Error &error)
{
    const QString what = subject(error);
    if (error.name.isEmpty() && !error.resource.isEmpty())
        return QCoreApplication::translate("kube::Error", "%1 does not serve %2").arg(hostOf(error), what);
    if (what.isEmpty())
        return QCoreApplication::translate("kube::Error", "%1 has nothing at this address").arg(hostOf(error));
    if (!error.ns.isEmpty())
        return QCoreApplication::translate("kube::Error", "%1 does not exist in namespace \"%2\"")
            .arg(what, plain(error.ns));
    return QCoreApplication::translate("kube::Error", "%1 does not exist").arg(what);
}

QString headline(const Error &error)
{
    const QString host = hostOf(error);
    const QString name = plain(error.name);
    switch (error.kind) {
    case ErrorKind::Cancelled:
        return QCoreApplication::translate("kube::Error", "Cancelled");
    case ErrorKind::Config:
        return name.isEmpty()
            ? QCoreApplication::translate("kube::Error", "This kubeconfig entry cannot be used")
            : QCoreApplication::translate("kube::Error", "The kubeconfig entry %1 cannot be used").arg(name);
    case ErrorKind::Credential:
        return name.isEmpty() ? QCoreApplication::translate("kube::Error", "No usable credentials")
                              : QCoreApplication::translate("kube::Error", "No usable credentials from %1").arg(name);
    case ErrorKind::ConsentNeeded:
        return QCoreApplication::translate("kube::Error", "Signing in runs the program %1")
            .arg(name.isEmpty() ? u"?"_s : name);
    case ErrorKind::HostNotFound:
        return QCoreApplication::translate("kube::Error", "The host name of %1 is not known").arg(host);
    case ErrorKind::Refused:
        return QCoreApplication::translate("kube::Error", "%1 refuses the connection").arg(host);
    case ErrorKind::Unreachable:
        return QCoreApplication::translate("kube::Error", "%1 cannot be reached").arg(host);
    case ErrorKind::Timeout:
        return QCoreApplication::translate("kube::Error", "%1 does not answer").arg(host);
    case ErrorKind::TlsUntrusted:
        return QCoreApplication::translate("kube::Error", "The certificate of %1 is from an issuer that is not trusted")
            .arg(host);
    case ErrorKind::TlsExpired:
        return QCoreApplication::translate("kube::Error", "The certificate of %1 is expired or not yet valid")
            .arg(host);
    case ErrorKind::TlsWrongName:
        return QCoreApplication::translate("kube::Error", "The certificate of %1 is for another name").arg(host);
    case ErrorKind::Tls:
        return QCoreApplication::translate("kube::Error", "No secure connection to %1").arg(host);
    case ErrorKind::Proxy:
        return QCoreApplication::translate("kube::Error", "The proxy on the way to %1 does not pass the connection")
            .arg(host);
    case ErrorKind::ProxyAuth:
        return QCoreApplication::translate("kube::Error", "The proxy on the way to %1 wants a login").arg(host);
    case ErrorKind::Unauthorized:
        return QCoreApplication::translate("kube::Error", "%1 does not accept the credentials").arg(host);
    case ErrorKind::Forbidden:
        return forbidden(error);
    case ErrorKind::NotFound:
        return notFound(error);
    case ErrorKind::Conflict:
        if (error.reason == "AlreadyExists"_L1)
            return QCoreApplication::translate("kube::Error", "%1 exists already").arg(objectOf(error));
        return QCoreApplication::translate("kube::Error", "%1 was changed by somebody else").arg(objectOf(error));
    case ErrorKind::Expired:
        return QCoreApplication::translate("kube::Error", "%1 no longer has the history that was asked for").arg(host);
    case ErrorKind::VersionTooLarge:
        return QCoreApplication::translate("kube::Error", "%1 is behind what was already seen").arg(host);
    case ErrorKind::Invalid:
        return QCoreApplication::translate("kube::Error", "%1 does not take the request").arg(host);
    case ErrorKind::TooManyRequests:
        return QCoreApplication::translate("kube::Error", "%1 has too many requests").arg(host);
    case ErrorKind::Server:
        if (error.httpStatus == 503)
            return QCoreApplication::translate("kube::Error", "%1 is not ready").arg(host);
        return QCoreApplication::translate("kube::Error", "%1 failed to answer the request").arg(host);
    case ErrorKind::Redirect:
        return QCoreApplication::translate("kube::Error", "%1 sends us to another address").arg(host);
    case ErrorKind::Cut:
        return QCoreApplication::translate("kube::Error", "The connection to %1 ended in the middle of an answer")
            .arg(host);
    case ErrorKind::Undecodable:
        return QCoreApplication::translate("kube::Error", "The answer of %1 is not what a Kubernetes API sends")
            .arg(host);
    case ErrorKind::TooLarge:
        return QCoreApplication::translate("kube::Error", "The answer of %1 is too large").arg(host);
    }
    return {};
}

QString advice(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Cancelled:
        return {};
    case ErrorKind::Config:
        return QCoreApplication::translate("kube::Error", "Correct the kubeconfig file; it is read again by itself.");
    case ErrorKind::Credential:
        return QCoreApplication::translate("kube::Error",
            "Check that signing in works in a terminal with the same kubeconfig, "
            "for example with \"kubectl get nodes\", then try again.");
    case ErrorKind::ConsentNeeded:
        return QCoreApplication::translate(
            "kube::Error", "Allow it only if you know the program and trust the kubeconfig file.");
    case ErrorKind::HostNotFound:
        return QCoreApplication::translate("kube::Error",
            "Check the server address in the kubeconfig, the name service (DNS) and "
            "whether a VPN must be connected.");
    case ErrorKind::Refused:
        return QCoreApplication::translate("kube::Error",
            "Nothing listens on that port: the API server is down or restarting, or the "
            "address is wrong. Check the port and the cluster's virtual IP.");
    case ErrorKind::Unreachable:
        return QCoreApplication::translate(
            "kube::Error", "There is no way to that address: check the network, the VPN and firewalls.");
    case ErrorKind::Timeout:
        return QCoreApplication::translate("kube::Error",
            "The host is off or overloaded, or a firewall drops the packets. Check that the "
            "node with the cluster's virtual IP is up.");
    case ErrorKind::TlsUntrusted:
        return QCoreApplication::translate("kube::Error",
            "Put the cluster's CA into certificate-authority-data of the kubeconfig; "
            "downloading the kubeconfig again does that.");
    case ErrorKind::TlsExpired:
        return QCoreApplication::translate(
            "kube::Error", "Check this computer's clock, then renew the certificate of the cluster.");
    case ErrorKind::TlsWrongName:
        return QCoreApplication::translate("kube::Error",
            "Use an address the certificate names, or set tls-server-name in the kubeconfig "
            "to a name it has.");
    case ErrorKind::Tls:
        return QCoreApplication::translate("kube::Error",
            "Check that the address and port are those of the API server, and the client "
            "certificate of the kubeconfig.");
    case ErrorKind::Proxy:
        return QCoreApplication::translate(
            "kube::Error", "Check proxy-url in the kubeconfig and HTTPS_PROXY and NO_PROXY in the environment.");
    case ErrorKind::ProxyAuth:
        return QCoreApplication::translate(
            "kube::Error", "Put user and password into proxy-url or HTTPS_PROXY, or name the server in NO_PROXY.");
    case ErrorKind::Unauthorized:
        return QCoreApplication::translate("kube::Error",
            "The token or certificate is expired or was withdrawn: sign in again or download "
            "a new kubeconfig.");
    case ErrorKind::Forbidden:
        return QCoreApplication::translate(
            "kube::Error", "Ask an administrator of the cluster for a role with this right, or use another context.");
    case ErrorKind::NotFound:
        if (error.name.isEmpty() && !error.resource.isEmpty())
            return QCoreApplication::translate("kube::Error",
                "The cluster does not have this kind: it is not a Harvester cluster, or of "
                "another version. Check the server address in the kubeconfig.");
        return QCoreApplication::translate(
            "kube::Error", "It was deleted meanwhile, or has another name or namespace.");
    case ErrorKind::Conflict:
        if (error.reason == "AlreadyExists"_L1)
            return QCoreApplication::translate("kube::Error", "Look at the existing one, or choose another name.");
        return QCoreApplication::translate(
            "kube::Error", "Look at its present state, then decide again. Nothing was changed.");
    case ErrorKind::Expired:
        return QCoreApplication::translate("kube::Error", "The list is read anew by itself.");
    case ErrorKind::VersionTooLarge:
        return QCoreApplication::translate(
            "kube::Error", "It catches up by itself, unless the cluster was restored from a backup.");
    case ErrorKind::Invalid:
        return QCoreApplication::translate("kube::Error",
            "The server's version may be too old or too new for this action; its own words say what it rejects.");
    case ErrorKind::TooManyRequests:
        if (error.retryAfter.count() > 0) {
            const int seconds = int(std::chrono::ceil<std::chrono::seconds>(error.retryAfter).count());
            return QCoreApplication::translate("kube::Error", "Trying again in %n second(s).", nullptr, seconds);
        }
        return QCoreApplication::translate(
            "kube::Error", "Wait a little; close other programs that read much from this cluster.");
    case ErrorKind::Server:
        return QCoreApplication::translate("kube::Error",
            "This is normal while control-plane nodes restart. If it lasts, look at "
            "kube-apiserver and etcd on the control-plane nodes.");
    case ErrorKind::Redirect:
        return QCoreApplication::translate("kube::Error",
            "Redirects are not followed, since credentials would be sent along. Put the "
            "final address of the API server into the kubeconfig.");
    case ErrorKind::Cut:
        return QCoreApplication::translate(
            "kube::Error", "The server or something on the way closed it, as when a node reboots. Trying again helps.");
    case ErrorKind::Undecodable:
        return QCoreApplication::translate(
            "kube::Error", "Check that the address is an API server and not a login page or another service.");
    case ErrorKind::TooLarge:
        return QCoreApplication::translate("kube::Error", "Narrow the request, for example to one namespace.");
    }
    return {};
}

QString capitalised(QString text)
{
    if (!text.isEmpty() && text.at(0).isLower()
        && text.startsWith(QCoreApplication::translate("kube::Error", "the server")))
        text[0] = text.at(0).toUpper();
    return text;
}

} // namespace

ErrorText describe(const Error &error)
{
    ErrorText text;
    text.headline = capitalised(headline(error));
    text.cause = ownWords(error);
    if (error.httpStatus && text.cause.isEmpty()) {
        text.cause = error.reason.isEmpty()
            ? u"HTTP %1"_s.arg(error.httpStatus)
            : u"HTTP %1 %2"_s.arg(QString::number(error.httpStatus), plain(error.reason));
    }
    // Advice that came with the failure knows more than we do.
    const QString hint = plain(error.hint);
    text.advice = hint.isEmpty() ? advice(error) : hint;
    return text;
}

} // namespace kube
