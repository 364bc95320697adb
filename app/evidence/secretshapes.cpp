// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/secretshapes.h"

#include "logs/pcre.h"

#include <algorithm>
#include <vector>

namespace evidence {

namespace {

constexpr qsizetype shortestEncoded = 40;

struct Shape {
    QByteArrayView expression; ///< the match, after \K, is the secret
    SecretKind kind;
};

// Each begins with text of its own, which the engine seeks first.
constexpr Shape shapes[] = {
    // JWT, whole or without its signature; also what is left of one that was cut
    {R"(\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,2})", SecretKind::Token},
    {R"((?i)\b(?:bearer|basic|negotiate|digest)\s+\K(?=[^\s"'\\]*[0-9A-Z+/=_.-])[A-Za-z0-9+/=_.:~-]{6,})",
        SecretKind::Token},
    // Rancher: NAME:54 characters
    {R"(\b(?:token|kubeconfig)-[a-z0-9.-]{3,}:\K[a-z0-9]{40,})", SecretKind::Token},
    {R"(\bkubeconfig-u(?:ser)?-[a-z0-9]+[.a-z0-9]*:\K[a-z0-9]{20,})", SecretKind::Token},
    // RKE2 and k3s: K10 and the CA's hash, then the password
    {R"(\bK10[0-9a-f]{64}::\S+)", SecretKind::Token},
    {R"(\b(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{20,}|\bgithub_pat_[A-Za-z0-9_]{20,}|\bglpat-[A-Za-z0-9_-]{16,})",
        SecretKind::Token},
    {R"(\bxox[abprs]-[A-Za-z0-9-]{10,}|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{30,}|\bsk_live_[0-9A-Za-z]{16,}|\bnpm_[A-Za-z0-9]{30,}|\bhvs\.[A-Za-z0-9_-]{20,})",
        SecretKind::Token},
    // scheme://user:password@host, also percent-encoded and with the slashes escaped
    {R"([A-Za-z][A-Za-z0-9+.-]*:(?:\\*/){2}\K[^\s/@"'<>?#]+(?=@[\w\[]))", SecretKind::UserInfo},
    {R"((?i)%3A%2F%2F\K[^\s/"'&]{1,256}?(?=%40))", SecretKind::UserInfo},
    // crypt(3), bcrypt, argon2, scrypt
    {R"(\$(?:1|5|6|7|y|2[abxy]|argon2[a-z]*)\$[A-Za-z0-9./$=,+]{16,})", SecretKind::Password},
    {R"(\bsshpass\s+-p\s*\K\S+|\bcurl\b[^\n]*?\s(?:-u|--user)[ =]\K\S+)", SecretKind::Password},
    {R"(\bAGE-SECRET-KEY-1[0-9A-Z]+)", SecretKind::PrivateKey},
};

struct Compiled {
    logs::Pcre expression;
    SecretKind kind;
};

const std::vector<Compiled> &compiledShapes()
{
    static const std::vector<Compiled> all = [] {
        std::vector<Compiled> result;
        for (const Shape &shape : shapes) {
            auto compiled = logs::Pcre::compile(shape.expression, {});
            Q_ASSERT_X(compiled, "shape", shape.expression.data());
            result.push_back({std::move(*compiled), shape.kind});
        }
        return result;
    }();
    return all;
}

bool isBase64(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/'
        || c == '-' || c == '_';
}

int classOf(char c)
{
    return c >= 'a' && c <= 'z' ? 0 : c >= 'A' && c <= 'Z' ? 1 : c >= '0' && c <= '9' ? 2 : 3;
}

} // namespace

bool isBase64Text(QByteArrayView word)
{
    while (word.endsWith('='))
        word.chop(1);
    return !word.isEmpty() && std::ranges::all_of(word, isBase64);
}

bool looksEncoded(QByteArrayView word)
{
    if (word.size() < shortestEncoded)
        return false;
    // Of random base64 two neighbours out of three differ in class; of names and paths few do.
    qsizetype changes = 0, upper = 0, lower = 0;
    for (qsizetype i = 0; i < word.size(); ++i) {
        const int own = classOf(word.at(i));
        upper += own == 1;
        lower += own == 0;
        // Separators are what names are made of.
        changes += i > 0 && own != 3 && classOf(word.at(i - 1)) != 3 && own != classOf(word.at(i - 1));
    }
    return upper > 0 && lower > 0 && changes * 4 >= word.size();
}

void findShapes(QByteArrayView text, qsizetype from, qsizetype end, QList<Masked> &found)
{
    const QByteArrayView line = text.sliced(from, end - from);
    for (const Compiled &shape : compiledShapes()) {
        for (qsizetype at = 0; at < line.size();) {
            const logs::Pcre::Hit hit = shape.expression.find(line, at);
            if (hit.kind == logs::Pcre::Hit::Kind::None)
                break;
            if (hit.kind == logs::Pcre::Hit::Kind::GaveUp) {
                found.append({{from, end}, shape.kind}); // nobody looked, so nobody sees it
                return;
            }
            found.append({{from + hit.start, from + hit.end}, shape.kind});
            at = std::max(hit.end, at + 1);
        }
    }
    for (qsizetype at = 0; at < line.size();) {
        if (!isBase64(line.at(at))) {
            ++at;
            continue;
        }
        qsizetype last = at;
        while (last < line.size() && isBase64(line.at(last)))
            ++last;
        if (looksEncoded(line.sliced(at, last - at))) {
            while (last < line.size() && line.at(last) == '=')
                ++last;
            found.append({{from + at, from + last}, SecretKind::Encoded});
        }
        at = last + 1;
    }
}

} // namespace evidence
