// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What can go wrong between us and an API server, as a value.
/// An error names the host, request, object or file it is about and keeps the system's own words; what a
/// person reads is made from it at the edge by describe(). Nothing here ever carries a credential or a body.
#pragma once

#include <QDebug>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <expected>
#include <memory>

namespace kube {

enum class ErrorKind {
    Cancelled,        ///< we ended it ourselves
    Config,           ///< the kubeconfig entry cannot be used; message says why
    Credential,       ///< token file, certificate or exec plugin gave nothing usable
    ConsentNeeded,    ///< an exec plugin of a file not seen before waits for the person's yes
    HostNotFound,     ///< DNS has no such name
    Refused,          ///< nobody listens on that port
    Unreachable,      ///< no route, network down
    Timeout,          ///< no answer in time
    TlsUntrusted,     ///< the certificate's issuer is not known to us
    TlsExpired,       ///< the certificate is expired or not yet valid
    TlsWrongName,     ///< the certificate is for other names
    Tls,              ///< any other failure of the handshake
    Proxy,            ///< the proxy is not there, or refused
    ProxyAuth,        ///< the proxy wants a login
    Unauthorized,     ///< 401
    Forbidden,        ///< 403; verb, resource and namespace tell what
    NotFound,         ///< 404
    Conflict,         ///< 409: already exists, or a precondition did not hold
    Expired,          ///< 410, as a status or as an ERROR event: the resource version is too old
    VersionTooLarge,  ///< 504 "Too large resource version": the server is behind what we saw
    Invalid,          ///< 400, 405, 415, 422: the server does not take the request
    TooManyRequests,  ///< 429
    Server,           ///< 5xx
    Redirect,         ///< 3xx: an API server does not redirect; never followed
    Cut,              ///< the connection ended in the middle of an answer
    Undecodable,      ///< the answer is not what the API promises
    TooLarge,         ///< the answer passes our limit
};

/// A stable lower-case word for scripts and logs, e.g. "tls-expired". Never translated.
[[nodiscard]] QString errorWord(ErrorKind kind);

struct Error {
    ErrorKind kind = ErrorKind::Server;
    QString message;     ///< the system's own words (server, TLS library, operating system), plain text
    int httpStatus = 0;  ///< 0 when there was no HTTP answer
    QString reason;      ///< Status.reason, e.g. "Expired"
    QString host;        ///< host:port that was asked
    QString verb;        ///< Kubernetes verb: get, list, watch, create, patch, delete
    QString path;        ///< path and harmless query of the request
    QString resource;    ///< plural, with subresource and group: "pods/log", "upgrades.harvesterhci.io"
    QString ns;          ///< namespace, empty for cluster scope or all
    QString name;        ///< object name, file, plugin or entry: what it is about
    QString user;        ///< who the server says we are (403)
    QString hint;        ///< exec installHint or a similar advice that came with the failure
    std::chrono::milliseconds retryAfter{0};
    std::shared_ptr<const Error> cause;

    /// True when the same request may work later without anybody changing anything.
    [[nodiscard]] bool isTransient() const;
};

template<class T>
using Result = std::expected<T, Error>;

/// The three lines of an error message: what failed for the person; the cause in the system's own words; what can
/// be done about it (may be empty). Translated; thread-safe.
struct ErrorText {
    QString headline;
    QString cause;
    QString advice;
};
[[nodiscard]] ErrorText describe(const Error &error);

QDebug operator<<(QDebug debug, const Error &error);

} // namespace kube

Q_DECLARE_METATYPE(kube::Error)
