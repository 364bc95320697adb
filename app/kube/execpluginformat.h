// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of the exec credential protocol: client.authentication.k8s.io/v1 and v1beta1
/// (client-go pkg/apis/clientauthentication, plugin/pkg/client/auth/exec/exec.go). Pure but for reading a CA file.
/// No error here contains what a plugin printed: it may be a token.
#pragma once

#include "kube/clusterconfig.h"
#include "kube/error.h"

#include <QDateTime>

namespace kube {

struct ExecCredential {
    Secret token;
    QByteArray certificate; ///< PEM, with chain
    Secret key;             ///< PEM
    QDateTime expiresAt;    ///< invalid: never
};

/// The value of KUBERNETES_EXEC_INFO. `interactive`: standard input is a terminal the plugin may use.
[[nodiscard]] QByteArray execInfo(const ClusterConfig &config, bool interactive = false);

[[nodiscard]] Result<ExecCredential> readExecCredential(const QByteArray &output, const ExecConfig &config);

/// The command for a person to copy, quoted for a shell; values of options that look like secrets are left out.
[[nodiscard]] QString execCommandLine(const ExecConfig &config);

/// An error about this plugin. An empty hint gets the advice to run it by hand.
[[nodiscard]] Error execError(const ExecConfig &config, const QString &message, const QString &hint = {});

/// The plugin is not there; with the install hint of the kubeconfig.
[[nodiscard]] Error execNotFound(const ExecConfig &config);

/// One line without control characters.
[[nodiscard]] QString withoutControls(const QString &text);

} // namespace kube
