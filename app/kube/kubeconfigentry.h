// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What one entry of a kubeconfig means, checked by client-go's rules (tools/clientcmd/validation.go,
/// client_config.go). All problems are collected; a part with an Error among them must not be used. Looks at the files
/// an entry names (there and readable), nothing else.
#pragma once

#include "kube/kubeconfigfields.h"

namespace kube {

struct ClusterPart {
    ClusterConfig values;     ///< the cluster fields only
    QString server;           ///< as text, without user and password
    QJsonValue execExtension; ///< extension client.authentication.k8s.io/exec
    QList<ConfigProblem> problems;
    QStringList unreadable; ///< files that are named and cannot be read now
};

struct UserPart {
    ClusterConfig values; ///< the user fields only
    QList<ConfigProblem> problems;
    QStringList unreadable;
    int line = 0;
};

struct ContextPart {
    QString cluster;
    QString user;
    QString ns; ///< empty when not set
    QList<ConfigProblem> problems;
};

[[nodiscard]] ClusterPart readCluster(const ConfigEntry &entry);
[[nodiscard]] UserPart readUser(const ConfigEntry &entry);
[[nodiscard]] ContextPart readContext(const ConfigEntry &entry);

[[nodiscard]] bool hasError(const QList<ConfigProblem> &problems);

/// Why `file` cannot be read, in the system's words; empty when it can.
[[nodiscard]] QString whyUnreadable(const QString &file);

} // namespace kube
