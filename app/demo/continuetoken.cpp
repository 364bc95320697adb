// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/continuetoken.h"

#include "demo/jsonedit.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace demo {

QString ContinueToken::encode() const
{
    const QString start = ns + u'/' + name + QChar(0); // a NUL ends the last key seen
    const QJsonObject object{{u"v"_s, u"meta.k8s.io/v1"_s}, {u"rv"_s, inconsistent ? -1 : static_cast<qint64>(version)},
        {u"start"_s, start}};
    return QString::fromLatin1(
        json::compact(object).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

std::expected<ContinueToken, ApiError> ContinueToken::decode(const QString &text)
{
    const QByteArray bytes = QByteArray::fromBase64(text.toLatin1(), QByteArray::Base64UrlEncoding);
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    QString start = object.value("start"_L1).toString();
    if (object.value("v"_L1).toString() != "meta.k8s.io/v1"_L1 || !start.endsWith(QChar(0)) || !start.contains(u'/')) {
        return std::unexpected(ApiError::badRequest(
            u"invalid continue token: continue key is not valid: invalid character "
            "'%1' looking for beginning of value"_s.arg(bytes.isEmpty() ? u' ' : QChar::fromLatin1(bytes[0]))));
    }
    start.chop(1);
    const qint64 version = object.value("rv"_L1).toInteger();
    return ContinueToken{static_cast<quint64>(std::max<qint64>(version, 0)), version < 0, start.section(u'/', 0, 0),
        start.section(u'/', 1)};
}

} // namespace demo
