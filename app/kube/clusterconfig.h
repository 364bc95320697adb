// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// How to reach one cluster as one user: the effective values of one kubeconfig context. Plain data, comparable, so
/// that a reload changes a running session only when something it uses changed.
#pragma once

#include "kube/secret.h"

#include <QJsonValue>
#include <QMap>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace kube {

/// exec credential plugin (client-go plugin/pkg/client/auth/exec).
struct ExecConfig {
    enum class Interactive { Never, IfAvailable, Always };
    QString command;            ///< absolute when the kubeconfig gave a path; a bare name goes through PATH
    QStringList args;
    QList<std::pair<QString, QString>> env; ///< in order; values may be secret: never shown
    QString apiVersion;         ///< client.authentication.k8s.io/v1 or /v1beta1
    QString installHint;
    bool provideClusterInfo = false;
    Interactive interactive = Interactive::IfAvailable;
    QJsonValue clusterExtension; ///< extension "client.authentication.k8s.io/exec" of the cluster
    QString file;               ///< kubeconfig file it came from: consent is per file and command
    /// The plugin may use our standard input where that is a terminal, for a password or a code. No kubeconfig says so:
    /// a command-line program sets it, a window never does (client-go: StdinUnavailable, the other way round).
    bool terminal = false;

    friend bool operator==(const ExecConfig &, const ExecConfig &) = default;
};

struct Impersonation {
    QString user;
    QString uid;
    QStringList groups;
    QMap<QString, QStringList> extra;
    [[nodiscard]] bool isEmpty() const { return user.isEmpty(); }
    friend bool operator==(const Impersonation &, const Impersonation &) = default;
};

struct ClusterConfig {
    // cluster
    QUrl server;                 ///< may have a path (/k8s/clusters/local)
    QString tlsServerName;
    bool insecureSkipTlsVerify = false;
    QByteArray caData;           ///< PEM; wins over caFile
    QString caFile;
    QUrl proxyUrl;               ///< http, https or socks5; invalid when not set
    bool disableCompression = false;
    // user
    Secret token;
    QString tokenFile;
    QString username;
    Secret password;
    QByteArray clientCertData;   ///< PEM; wins over the file
    QString clientCertFile;
    Secret clientKeyData;
    QString clientKeyFile;
    std::optional<ExecConfig> exec;
    Impersonation impersonate;
    // context
    QString contextName;
    QString clusterName;
    QString userName;
    QString defaultNamespace;    ///< "default" when the context has none

    friend bool operator==(const ClusterConfig &, const ClusterConfig &) = default;
};

/// The way of signing in, for people: shown in the list, never the values.
enum class AuthMethod { None, ClientCertificate, Token, TokenFile, Basic, Exec };
[[nodiscard]] AuthMethod authMethod(const ClusterConfig &config);

} // namespace kube

Q_DECLARE_METATYPE(kube::ClusterConfig)
