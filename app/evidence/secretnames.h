// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Which names of fields, variables and flags hold what must not leave the machine. Pure. Where in doubt a name is
/// taken for one of a secret: a value too many masked costs a look at the cluster, one too few costs the cluster.
#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace evidence {

/// What was masked, by kind; the words are those of a bundle's manifest and never change.
enum class SecretKind : quint8 {
    SecretData,   ///< data of a Secret
    Token,        ///< bearer tokens, API keys, cookies, JWTs
    PrivateKey,   ///< PEM blocks and fields that hold keys
    Password,     ///< and hashes of passwords
    RegistryAuth, ///< docker configuration
    CloudInit,    ///< user data, network data, cloud-config
    UserInfo,     ///< before the '@' of a URL
    Encoded,      ///< long base64, of which nobody can say what it holds
    Known,        ///< a value found under such a name elsewhere, or one of the connection's own
};
constexpr int secretKinds = int(SecretKind::Known) + 1;
[[nodiscard]] QString secretWord(SecretKind kind);

/// The kind of what a field or variable of this name holds: "password", "DB_PASSWORD", "client-key-data". nullopt: no
/// secret ("secretName", "tokenTTL", "passwordFile" say where one is, or something about it).
[[nodiscard]] std::optional<SecretKind> secretNamed(QByteArrayView name);

/// "true", "null", "<nil>", nothing: said of a secret, but none.
[[nodiscard]] bool isNoSecret(QByteArrayView value);

} // namespace evidence
