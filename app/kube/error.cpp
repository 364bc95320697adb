// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/error.h"

namespace kube {

using namespace Qt::StringLiterals;

QString errorWord(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return u"cancelled"_s;
    case ErrorKind::Config:
        return u"config"_s;
    case ErrorKind::Credential:
        return u"credential"_s;
    case ErrorKind::ConsentNeeded:
        return u"consent-needed"_s;
    case ErrorKind::HostNotFound:
        return u"host-not-found"_s;
    case ErrorKind::Refused:
        return u"refused"_s;
    case ErrorKind::Unreachable:
        return u"unreachable"_s;
    case ErrorKind::Timeout:
        return u"timeout"_s;
    case ErrorKind::TlsUntrusted:
        return u"tls-untrusted"_s;
    case ErrorKind::TlsExpired:
        return u"tls-expired"_s;
    case ErrorKind::TlsWrongName:
        return u"tls-wrong-name"_s;
    case ErrorKind::Tls:
        return u"tls"_s;
    case ErrorKind::Proxy:
        return u"proxy"_s;
    case ErrorKind::ProxyAuth:
        return u"proxy-auth"_s;
    case ErrorKind::Unauthorized:
        return u"unauthorized"_s;
    case ErrorKind::Forbidden:
        return u"forbidden"_s;
    case ErrorKind::NotFound:
        return u"not-found"_s;
    case ErrorKind::Conflict:
        return u"conflict"_s;
    case ErrorKind::Expired:
        return u"expired"_s;
    case ErrorKind::VersionTooLarge:
        return u"version-too-large"_s;
    case ErrorKind::Invalid:
        return u"invalid"_s;
    case ErrorKind::TooManyRequests:
        return u"too-many-requests"_s;
    case ErrorKind::Server:
        return u"server"_s;
    case ErrorKind::Redirect:
        return u"redirect"_s;
    case ErrorKind::Cut:
        return u"cut"_s;
    case ErrorKind::Undecodable:
        return u"undecodable"_s;
    case ErrorKind::TooLarge:
        return u"too-large"_s;
    }
    return u"unknown"_s;
}

bool Error::isTransient() const
{
    switch (kind) {
    case ErrorKind::HostNotFound: // also what a laptop without a network gets
    case ErrorKind::Refused:
    case ErrorKind::Unreachable:
    case ErrorKind::Timeout:
    case ErrorKind::Proxy:
    case ErrorKind::VersionTooLarge:
    case ErrorKind::TooManyRequests:
    case ErrorKind::Cut:
        return true;
    case ErrorKind::Server:
        return httpStatus != 501; // "not implemented" does not pass
    case ErrorKind::Cancelled:
    case ErrorKind::Config:
    case ErrorKind::Credential:
    case ErrorKind::ConsentNeeded:
    case ErrorKind::TlsUntrusted:
    case ErrorKind::TlsExpired:
    case ErrorKind::TlsWrongName:
    case ErrorKind::Tls:
    case ErrorKind::ProxyAuth:
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
    case ErrorKind::Expired:
    case ErrorKind::Invalid:
    case ErrorKind::Redirect:
    case ErrorKind::Undecodable:
    case ErrorKind::TooLarge:
        return false;
    }
    return false;
}

QDebug operator<<(QDebug debug, const Error &error)
{
    const QDebugStateSaver saver(debug);
    debug.nospace().noquote() << "kube::Error(" << errorWord(error.kind);
    if (error.httpStatus)
        debug << ' ' << error.httpStatus;
    const std::pair<const char *, const QString &> fields[] = {
        {"reason", error.reason},
        {"host", error.host},
        {"verb", error.verb},
        {"path", error.path},
        {"resource", error.resource},
        {"ns", error.ns},
        {"name", error.name},
        {"message", error.message},
    };
    for (const auto &[label, value] : fields) {
        if (!value.isEmpty())
            debug << ' ' << label << '=' << value;
    }
    if (error.cause)
        debug << " cause=" << *error.cause;
    return debug << ')';
}

} // namespace kube
