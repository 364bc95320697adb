// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/credentialsown.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace kube {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 longestFile = 1024 * 1024;

Error credentialError(const QString &name, const QString &message, const QString &hint = {})
{
    Error error;
    error.kind = ErrorKind::Credential;
    error.name = name;
    error.message = message;
    error.hint = hint;
    return error;
}

Result<QByteArray> readFile(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(credentialError(name, file.errorString(),
            QCoreApplication::translate("kube::Credentials", "Check that the file is there and may be read.")));
    return file.read(longestFile);
}

Result<Secret> tokenFromFile(const ClusterConfig &config)
{
    const Result<QByteArray> bytes = readFile(config.tokenFile);
    if (!bytes)
        return std::unexpected(bytes.error());
    const QByteArray token = bytes->trimmed();
    if (token.isEmpty())
        return std::unexpected(credentialError(config.tokenFile, u"read empty token from file"_s));
    if (std::ranges::any_of(token, [](char c) { return uchar(c) < 0x20 || c == 0x7f; }))
        return std::unexpected(
            credentialError(config.tokenFile, u"the token has a line break or a control character in it"_s));
    return Secret(token);
}

QSslKey readKey(const QByteArray &pem)
{
    // Several keys or parameters may stand in one file; Qt wants to know the kind beforehand.
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        const QSslKey key(pem, algorithm, QSsl::Pem, QSsl::PrivateKey);
        if (!key.isNull())
            return key;
    }
    return {};
}

} // namespace

Secret bearer(const QByteArray &token)
{
    return Secret("Bearer " + token);
}

bool hasOwnCredentials(const ClusterConfig &config)
{
    const AuthMethod method = authMethod(config);
    return method != AuthMethod::None && method != AuthMethod::Exec;
}

bool usesCredentialFiles(const ClusterConfig &config)
{
    return !config.tokenFile.isEmpty() || !config.clientCertFile.isEmpty() || !config.clientKeyFile.isEmpty();
}

QString credentialFilesStamp(const ClusterConfig &config)
{
    QString stamp;
    for (const QString &name : {config.tokenFile, config.clientCertFile, config.clientKeyFile}) {
        if (name.isEmpty())
            continue;
        const QFileInfo info(name);
        stamp += u"%1/%2/%3;"_s.arg(info.lastModified().toMSecsSinceEpoch())
                     .arg(info.size())
                     .arg(info.canonicalFilePath());
    }
    return stamp;
}

Result<CredentialMaterial> readIdentity(const QByteArray &certificate, const QByteArray &key, const QString &name)
{
    CredentialMaterial material;
    material.chain = QSslCertificate::fromData(certificate, QSsl::Pem);
    if (material.chain.isEmpty())
        return std::unexpected(credentialError(name, u"the client certificate is not a PEM certificate"_s));
    if (key.contains("ENCRYPTED")) {
        return std::unexpected(credentialError(name, u"the client key is encrypted"_s,
            QCoreApplication::translate("kube::Credentials", "Kubeconfigs need a key without a passphrase.")));
    }
    material.key = readKey(key);
    if (material.key.isNull())
        return std::unexpected(credentialError(name, u"the client key is not a PEM key of type RSA or EC"_s));
    const QSslKey wanted = material.chain.first().publicKey();
    if (!wanted.isNull()
        && (wanted.algorithm() != material.key.algorithm() || wanted.length() != material.key.length()))
        return std::unexpected(credentialError(name, u"the client key does not belong to the client certificate"_s));
    return material;
}

Result<CredentialMaterial> readOwnCredentials(const ClusterConfig &config)
{
    CredentialMaterial material;
    if (!config.clientCertData.isEmpty() || !config.clientCertFile.isEmpty()) {
        Result<QByteArray> certificate = config.clientCertData;
        Result<QByteArray> key = config.clientKeyData.reveal();
        if (certificate->isEmpty())
            certificate = readFile(config.clientCertFile);
        if (key->isEmpty() && !config.clientKeyFile.isEmpty())
            key = readFile(config.clientKeyFile);
        if (!certificate || !key)
            return std::unexpected(certificate ? key.error() : certificate.error());
        QString name = config.clientCertFile;
        if (name.isEmpty())
            name = u"user \"%1\""_s.arg(config.userName);
        Result<CredentialMaterial> identity = readIdentity(*certificate, *key, name);
        const Secret used(std::move(*key)); // wiped on the way out
        if (!identity)
            return identity;
        material = *identity;
    }
    if (!config.tokenFile.isEmpty()) {
        const Result<Secret> token = tokenFromFile(config);
        if (token)
            material.authorization = bearer(token->reveal());
        else if (!config.token.isEmpty())
            material.authorization = bearer(config.token.reveal());
        else
            return std::unexpected(token.error());
    } else if (!config.token.isEmpty()) {
        material.authorization = bearer(config.token.reveal());
    } else if (!config.username.isEmpty()) {
        material.authorization
            = Secret("Basic " + (config.username.toUtf8() + ':' + config.password.reveal()).toBase64());
    }
    return material;
}

} // namespace kube
