// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Who asks and what they may: the three users of the simulated cluster. Pure.
#pragma once

#include "demo/apierror.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace demo {

struct Caller {
    QString user = QStringLiteral("system:anonymous");
    QStringList groups{QStringLiteral("system:unauthenticated")};
    QString credentialId; ///< how they proved it, for SelfSubjectReview; empty: not shown
    [[nodiscard]] bool authenticated() const { return user != QLatin1String("system:anonymous"); }
};

/// "admin", "viewer", "nobody".
[[nodiscard]] Caller callerNamed(const QString &user);

struct Attributes {
    QString verb, group, resource, subresource, ns, name;
    QString path; ///< set for requests that are not about resources
};

[[nodiscard]] bool isAllowed(const Caller &caller, const Attributes &attributes);
/// The 403 a real API server answers.
[[nodiscard]] ApiError forbidden(const Caller &caller, const Attributes &attributes);

[[nodiscard]] QJsonObject accessReview(const Caller &caller, const QJsonObject &request);
[[nodiscard]] QJsonObject rulesReview(const Caller &caller, const QJsonObject &request);
[[nodiscard]] QJsonObject selfReview(const Caller &caller, const QString &now);

} // namespace demo
