// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Credentials that lie in the kubeconfig or in files it names: token, token file, basic, client certificate. Reads
/// small files in the caller's thread. No error carries a value or a line of such a file.
#pragma once

#include "kube/clusterconfig.h"
#include "kube/error.h"

#include <QSslCertificate>
#include <QSslKey>

namespace kube {

/// What goes with a request, without the bookkeeping of a Credential.
struct CredentialMaterial {
    Secret authorization; ///< whole header value
    QList<QSslCertificate> chain;
    QSslKey key;
    [[nodiscard]] bool sameTls(const CredentialMaterial &other) const
    {
        return chain == other.chain && key == other.key;
    }
    friend bool operator==(const CredentialMaterial &a, const CredentialMaterial &b)
    {
        return a.authorization == b.authorization && a.sameTls(b);
    }
};

/// True when the config has such credentials; an exec plugin is not asked then (client-go's order).
[[nodiscard]] bool hasOwnCredentials(const ClusterConfig &config);
/// True when they can change without the kubeconfig changing.
[[nodiscard]] bool usesCredentialFiles(const ClusterConfig &config);
/// Changes when one of the files changes: times and sizes.
[[nodiscard]] QString credentialFilesStamp(const ClusterConfig &config);

[[nodiscard]] Result<CredentialMaterial> readOwnCredentials(const ClusterConfig &config);

/// Certificate chain and key from PEM; `name` says in errors whose they are.
[[nodiscard]] Result<CredentialMaterial> readIdentity(
    const QByteArray &certificate, const QByteArray &key, const QString &name);

[[nodiscard]] Secret bearer(const QByteArray &token);

} // namespace kube
