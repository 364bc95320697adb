// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// TLS towards one API server: what we trust, who we are, and what a failed handshake means.
/// As client-go transport/transport.go TLSConfigFor: a CA in the kubeconfig replaces the system's store.
#pragma once

#include "kube/clusterconfig.h"
#include "kube/credentials.h"
#include "kube/error.h"

#include <QSslConfiguration>
#include <QSslError>

namespace kube {

/// Settings for every request of one identity. Errors: Config (CA file missing or without a certificate).
[[nodiscard]] Result<QSslConfiguration> tlsConfiguration(const ClusterConfig &config, const Credential &credential);

/// The kind of a failed handshake and its text: the TLS library's words, and whose certificate it was about.
/// `errors` is what QNetworkReply::sslErrors gave, empty when the handshake failed otherwise. Only kind and message are
/// set.
[[nodiscard]] Error handshakeError(const QList<QSslError> &errors, const QString &errorString);

} // namespace kube
