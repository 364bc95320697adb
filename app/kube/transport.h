// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// HTTP/1.1 to one API server as one identity. Calls and streams use different QNetworkAccessManagers (Qt gives six
/// connections a host and manager, and its HTTP/2 hangs after GOAWAY); a new TLS identity makes new managers, since
/// Qt would reuse a connection opened with another certificate. Redirects are errors. Credentials are fetched before
/// each request (single flight) and refreshed once after a 401 that used the current ones.
///
/// Retries (client-go rest/with_retry.go): only GET, at most 3, for 429 and 5xx with Retry-After (cap 30 s), and once
/// for "no HTTP status, no byte", over new connections. Writes are never repeated, and never meet a connection that
/// died while it was idle: each has a new one. Thread: its own; callbacks come from the event loop, never from inside
/// the call.
#pragma once

#include "kube/client.h"

#include <QByteArray>
#include <QNetworkReply>
#include <QObject>
#include <QUrlQuery>

#include <memory>

namespace kube {

struct Request {
    QByteArray method = "GET";
    QString verb;     ///< for errors: get, list, watch, create, patch, delete
    QString resource; ///< for errors: "pods/log"
    QString ns, name; ///< for errors
    QString path;     ///< below the server's own path; percent-encoded
    QUrlQuery query;
    QByteArray body;
    QByteArray contentType;
    QByteArray accept = "application/json";
    std::chrono::milliseconds timeout{30000}; ///< of silence; streams: until the answer begins, then none
    enum class Priority { User, View, Background };
    Priority priority = Priority::View; ///< who goes first when all places are taken
    bool repeatable = false;            ///< a POST that changes nothing (an access review): treated as a read
    bool repeatSilent = true;           ///< false: who asked wants to know of a silence, and asks again itself
    [[nodiscard]] bool isRead() const { return method == "GET" || repeatable; }
};

struct Reply {
    int status = 0;
    QByteArray body; ///< decompressed, at most the transport's limit
    QByteArray contentType;
};

/// A response that is read while it comes: a watch, a log. Deleting it ends it. Signals come from the event loop.
class Stream : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// While paused nothing is taken from the socket (real back-pressure: the read buffer is bounded).
    virtual void setPaused(bool paused) = 0;
    /// Ends it; no further signal comes.
    virtual void abort() = 0;
Q_SIGNALS:
    void opened();                      ///< HTTP 200 arrived
    void data(const QByteArray &bytes); ///< in slices of at most 256 KiB
    /// The end: nullopt when the server ended it cleanly (which proves nothing about completeness), else the error;
    /// non-2xx answers arrive here with the Status decoded.
    void closed(const std::optional<kube::Error> &error);
};

class CredentialProvider;

class Transport : public QObject {
    Q_OBJECT
public:
    Transport(const ClusterConfig &config, const ClientOptions &options, QObject *parent = nullptr);
    ~Transport() override;

    Call send(Request request, QObject *context, std::function<void(Result<Reply>)> done);
    [[nodiscard]] std::unique_ptr<Stream> open(Request request);
    [[nodiscard]] CredentialProvider &credentials();

Q_SIGNALS:
    /// A `Warning: 299` of an answer, each text once.
    void warning(const QString &text);

private:
    class Core;
    friend class CallJob;
    friend class Pulse;
    friend class NetStream;
    std::unique_ptr<Core> d;
};

/// Decodes a Status body into an error of the right kind; `httpStatus` rules when the body is none.
/// Fields of `request` and the host are filled in. Pure.
[[nodiscard]] Error statusError(int httpStatus, const QByteArray &body, const Request &request, const QString &host);

} // namespace kube
