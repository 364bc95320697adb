// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// From our Request to Qt's, and from Qt's reply to our Error. No state; the only I/O is handing a body to Qt.
#pragma once

#include "kube/transport.h"

#include <QNetworkRequest>
#include <QSslConfiguration>
#include <QSslError>

class QNetworkAccessManager;

namespace kube {

struct Credential;
class Generation;

enum class RequestUse { Call, Stream };

struct PreparedRequest {
    QNetworkRequest request;
    /// Whole header lines whose names occur more than once. Qt would join them with commas, and an API server would
    /// read one group "a, b".
    QByteArray repeatedHeaders;
};

/// Everything but the credential's TLS side is in the answer: URL, headers, limits. Errors: Config (an unusable server
/// URL or impersonation value), Credential (a header value with control characters).
[[nodiscard]] Result<PreparedRequest> prepareRequest(const Request &request, const ClusterConfig &config,
    const ClientOptions &options, const Credential &credential, const QSslConfiguration &tls, RequestUse use);

/// Hands it to Qt. A body is offered once only: Qt repeats requests by itself when a connection ends early, and a write
/// must never be sent twice.
[[nodiscard]] QNetworkReply *sendOnce(
    QNetworkAccessManager &manager, const PreparedRequest &prepared, const Request &request);

/// Why a finished reply without a usable HTTP answer failed. `tlsErrors` from QNetworkReply::sslErrors; the proxy from
/// the connections it was sent over.
[[nodiscard]] Error connectionError(const QNetworkReply &reply, const QList<QSslError> &tlsErrors,
    const Request &request, const QString &host, const Generation &over);

/// 3xx: names the target without its query.
[[nodiscard]] Error redirectError(const QNetworkReply &reply, int status, const Request &request, const QString &host);

[[nodiscard]] QString defaultUserAgent();

} // namespace kube
