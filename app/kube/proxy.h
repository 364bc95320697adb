// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Which proxy leads to a server: the kubeconfig's proxy-url, else the environment by the rules of Go's
/// golang.org/x/net/http/httpproxy, since that is what kubectl obeys. Pure but for the look at the environment.
#pragma once

#include "kube/clusterconfig.h"
#include "kube/error.h"

#include <QNetworkProxy>

#include <functional>

namespace kube {

/// Value of an environment variable, empty when not set.
using Environment = std::function<QString(const char *name)>;
[[nodiscard]] QString processEnvironment(const char *name);

struct ProxyRoute {
    QNetworkProxy proxy{QNetworkProxy::NoProxy}; ///< or HttpProxy or Socks5Proxy, never DefaultProxy
    /// An https:// proxy: an HttpProxy that wants TLS between us and itself, which Qt cannot do: see TlsProxyRelay.
    bool tls = false;
};

/// Errors: Config, for unusable URLs; the error's name is the variable or "proxy-url".
[[nodiscard]] Result<ProxyRoute> proxyFor(
    const ClusterConfig &config, const Environment &environment = processEnvironment);

/// Whether NO_PROXY exempts host:port. Loopback always is.
[[nodiscard]] bool isExemptFromProxy(const QString &host, int port, const QString &noProxy);

} // namespace kube
