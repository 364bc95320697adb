// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/safename.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace evidence {

namespace {

constexpr qsizetype longest = 120;
constexpr qsizetype keptOfLong = 90;
constexpr qsizetype digestDigits = 24;

bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
        || c == '.';
}

} // namespace

QString safeName(const QString &name)
{
    constexpr char digits[] = "0123456789ABCDEF";
    const QByteArray bytes = name.toUtf8();
    QByteArray out;
    out.reserve(bytes.size());
    for (const char c : bytes) {
        if (isPlain(c) && (c != '.' || !out.isEmpty())) {
            out += c;
        } else {
            out += '%';
            out += digits[(uchar(c) >> 4) & 15];
            out += digits[uchar(c) & 15];
        }
    }
    if (out.isEmpty())
        out = "%";
    // A lone surrogate has no UTF-8 form of its own; the digest is of the characters as they are.
    const bool lossy = QString::fromUtf8(bytes) != name;
    if (out.size() > longest || lossy) {
        const QByteArrayView whole(reinterpret_cast<const char *>(name.utf16()), name.size() * 2);
        out.truncate(keptOfLong);
        out += '~' + QCryptographicHash::hash(whole, QCryptographicHash::Sha256).toHex().first(digestDigits);
    }
    return QString::fromLatin1(out);
}

QString logFileName(const QString &ns, const QString &pod, const QString &podUid, const QString &container)
{
    return u"logs/%1/%2_%3/%4.log"_s.arg(safeName(ns), safeName(pod), safeName(podUid.left(8)), safeName(container));
}

} // namespace evidence
