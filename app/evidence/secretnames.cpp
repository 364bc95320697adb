// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/secretnames.h"

#include <QByteArray>

#include <algorithm>
#include <array>

namespace evidence {

using namespace Qt::StringLiterals;

namespace {

struct Word {
    QByteArrayView part; ///< of the name in lower case, letters and digits only
    SecretKind kind;
    bool whole = false; ///< it is the whole name
};

/// The first that fits decides.
constexpr std::array words{
    Word{"dockerconfig", SecretKind::RegistryAuth},
    Word{"dockercfg", SecretKind::RegistryAuth},
    Word{"auth", SecretKind::RegistryAuth, true},
    Word{"registryauth", SecretKind::RegistryAuth},
    Word{"userdata", SecretKind::CloudInit},
    Word{"networkdata", SecretKind::CloudInit},
    Word{"cloudinit", SecretKind::CloudInit},
    Word{"cloudconfig", SecretKind::CloudInit},
    Word{"privatekey", SecretKind::PrivateKey},
    Word{"clientkey", SecretKind::PrivateKey},
    Word{"tlskey", SecretKind::PrivateKey},
    Word{"cakey", SecretKind::PrivateKey},
    Word{"serverkey", SecretKind::PrivateKey},
    Word{"sshkey", SecretKind::PrivateKey},
    Word{"signingkey", SecretKind::PrivateKey},
    Word{"encryptionkey", SecretKind::PrivateKey},
    Word{"cryptokeyvalue", SecretKind::PrivateKey},
    Word{"password", SecretKind::Password},
    Word{"passwd", SecretKind::Password},
    Word{"passphrase", SecretKind::Password},
    Word{"pwd", SecretKind::Password, true},
    Word{"dbpwd", SecretKind::Password},
    Word{"userpwd", SecretKind::Password},
    Word{"chpasswd", SecretKind::Password},
    Word{"htpasswd", SecretKind::Password},
    Word{"kubeconfig", SecretKind::Token},
    Word{"token", SecretKind::Token},
    Word{"apikey", SecretKind::Token},
    Word{"accesskey", SecretKind::Token},
    Word{"secretkey", SecretKind::Token},
    Word{"secret", SecretKind::Token},
    Word{"credential", SecretKind::Token},
    Word{"authorization", SecretKind::Token},
    Word{"bearer", SecretKind::Token},
    Word{"cookie", SecretKind::Token},
    Word{"sessionid", SecretKind::Token},
};

/// What such a name ends with when it says where the secret is, or something about it.
constexpr QByteArrayView about[]
    = {"name", "names", "ref", "refs", "reference", "namespace", "ttl", "ttlseconds", "expiry", "expires", "expiresat",
        "expiration", "expirationseconds", "expirationtimestamp", "type", "types", "kind", "count", "path", "paths",
        "file", "files", "dir", "enabled", "version", "required", "provider", "audience", "audiences", "reviews",
        "review", "policy", "size", "length", "rotated", "rotation", "issuer", "controller", "manager", "mounted"};

QByteArray bare(QByteArrayView name)
{
    QByteArray result;
    result.reserve(name.size());
    for (const char c : name) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            result.append(c);
        else if (c >= 'A' && c <= 'Z')
            result.append(char(c - 'A' + 'a'));
    }
    return result;
}

} // namespace

QString secretWord(SecretKind kind)
{
    switch (kind) {
    case SecretKind::SecretData:
        return u"secret-data"_s;
    case SecretKind::Token:
        return u"token"_s;
    case SecretKind::PrivateKey:
        return u"private-key"_s;
    case SecretKind::Password:
        return u"password"_s;
    case SecretKind::RegistryAuth:
        return u"registry-auth"_s;
    case SecretKind::CloudInit:
        return u"cloud-init"_s;
    case SecretKind::UserInfo:
        return u"url-userinfo"_s;
    case SecretKind::Encoded:
        return u"encoded"_s;
    case SecretKind::Known:
        return u"known"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

std::optional<SecretKind> secretNamed(QByteArrayView name)
{
    if (name.isEmpty() || name.size() > 256)
        return std::nullopt;
    const QByteArray plain = bare(name);
    const auto word = std::ranges::find_if(
        words, [&](const Word &w) { return w.whole ? plain == w.part : plain.contains(w.part); });
    if (word == words.end())
        return std::nullopt;
    if (std::ranges::any_of(about, [&](QByteArrayView end) { return plain.endsWith(end); }))
        return std::nullopt;
    return word->kind;
}

bool isNoSecret(QByteArrayView value)
{
    static constexpr std::array<QByteArrayView, 16> none{"", "true", "false", "null", "nil", "<nil>", "none", "<none>",
        "~", "{}", "[]", "\"\"", "''", "<unset>", "<redacted>", "required"};
    const QByteArray lower = value.trimmed().toByteArray().toLower();
    return std::ranges::any_of(none, [&](QByteArrayView n) { return lower == n; }) || lower.startsWith("[redacted")
        || (!lower.isEmpty() && lower.count('*') == lower.size());
}

} // namespace evidence
