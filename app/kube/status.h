// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Pieces that errors of requests are made of. Pure functions; statusError() itself is declared in transport.h.
#pragma once

#include "kube/transport.h"

namespace kube {

/// An error about `request`, with its verb, resource, names and harmless path filled in.
[[nodiscard]] Error requestError(ErrorKind kind, const QString &message, const Request &request, const QString &host);

/// Path and query as people may see them: continue tokens are shortened, nothing else of a request is secret.
[[nodiscard]] QString harmlessTarget(const Request &request);

/// What a server wrote as one line of plain text: no control characters, at most `limit` characters and "…".
[[nodiscard]] QString plainText(QString text, qsizetype limit);

/// The time a server asks to wait, from a Retry-After header (whole seconds, as API servers send it); 0 when none.
[[nodiscard]] std::chrono::milliseconds parseRetryAfter(const QByteArray &header);

/// True for a body that is a Status with status "Failure": some proxies answer one with HTTP 200.
[[nodiscard]] bool isFailureStatus(const QJsonObject &json);

/// `host:port` of a server URL, with the scheme's port when it names none.
[[nodiscard]] QString hostAndPort(const QUrl &url);

} // namespace kube
