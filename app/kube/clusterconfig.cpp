// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/clusterconfig.h"

namespace kube {

AuthMethod authMethod(const ClusterConfig &config)
{
    // client-go's order: an exec plugin is not asked when the user already has a token, a password or a certificate.
    if (!config.tokenFile.isEmpty())
        return AuthMethod::TokenFile;
    if (!config.token.isEmpty())
        return AuthMethod::Token;
    if (!config.username.isEmpty())
        return AuthMethod::Basic;
    if (!config.clientCertData.isEmpty() || !config.clientCertFile.isEmpty())
        return AuthMethod::ClientCertificate;
    if (config.exec)
        return AuthMethod::Exec;
    return AuthMethod::None;
}

} // namespace kube
