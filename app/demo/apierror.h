// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the simulated API server answers when it refuses: a Kubernetes Status with its HTTP code, in the words of a
/// real kube-apiserver v1.36.
#pragma once

#include "demo/catalog.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace demo {

struct ApiError {
    int code = 500;
    QString reason; ///< empty: the field is left out
    QString message;
    QJsonObject details;
    bool hasDetails = false; ///< an empty `details` object is sent too
    QString continueToken;
    int retryAfter = 0; ///< seconds, as header and in the details
    bool plain = false; ///< text/plain instead of a Status

    [[nodiscard]] QJsonObject status() const;
    [[nodiscard]] QByteArray body() const;

    static ApiError badRequest(const QString &message);
    static ApiError notFound(const ResourceType &type, const QString &name);
    static ApiError alreadyExists(const ResourceType &type, const QString &name);
    static ApiError modified(const ResourceType &type, const QString &name);
    static ApiError precondition(const ResourceType &type, const QString &name, const QString &what);
    static ApiError expired(const QString &message);
    static ApiError invalid(const ResourceType &type, const QString &name, const QString &message);
    static ApiError unsupportedMedia(const ResourceType &type);
    static ApiError methodNotAllowed();
    static ApiError pageNotFound();
    static ApiError unauthorized();
    /// Refused by Harvester's validating webhook.
    static ApiError webhook(int code, const QString &message);
};

[[nodiscard]] QByteArray httpReason(int code);

} // namespace demo
