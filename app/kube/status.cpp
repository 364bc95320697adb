// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What servers and the load balancers before them say when they refuse: a Kubernetes Status, Rancher's own error
// object, a line of text, or a page of HTML. apimachinery pkg/api/errors; Rancher norman api types.

#include "kube/status.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kube {

namespace {

constexpr qsizetype messageLimit = 2000;
constexpr qsizetype bodyLimit = 1024 * 1024;

struct ReasonKind {
    QLatin1StringView reason;
    ErrorKind kind;
};

// metav1.StatusReason; what is not here is told by the code.
constexpr ReasonKind reasonKinds[] = {
    {"Unauthorized"_L1, ErrorKind::Unauthorized},
    {"Forbidden"_L1, ErrorKind::Forbidden},
    {"NotFound"_L1, ErrorKind::NotFound},
    {"AlreadyExists"_L1, ErrorKind::Conflict},
    {"Conflict"_L1, ErrorKind::Conflict},
    {"Gone"_L1, ErrorKind::Expired},
    {"Expired"_L1, ErrorKind::Expired},
    {"Invalid"_L1, ErrorKind::Invalid},
    {"BadRequest"_L1, ErrorKind::Invalid},
    {"MethodNotAllowed"_L1, ErrorKind::Invalid},
    {"NotAcceptable"_L1, ErrorKind::Invalid},
    {"UnsupportedMediaType"_L1, ErrorKind::Invalid},
    {"RequestEntityTooLarge"_L1, ErrorKind::Invalid},
    {"TooManyRequests"_L1, ErrorKind::TooManyRequests},
    {"ServerTimeout"_L1, ErrorKind::Server},
    {"StoreReadError"_L1, ErrorKind::Server},
    {"Timeout"_L1, ErrorKind::Server},
    {"InternalError"_L1, ErrorKind::Server},
    {"ServiceUnavailable"_L1, ErrorKind::Server},
};

ErrorKind kindOfCode(int code)
{
    switch (code) {
    case 401:
        return ErrorKind::Unauthorized;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
        return ErrorKind::NotFound;
    case 407:
        return ErrorKind::ProxyAuth;
    case 409:
        return ErrorKind::Conflict;
    case 410:
        return ErrorKind::Expired;
    case 429:
        return ErrorKind::TooManyRequests;
    default:
        break;
    }
    if (code >= 500)
        return ErrorKind::Server;
    if (code >= 400)
        return ErrorKind::Invalid;
    if (code >= 300)
        return ErrorKind::Redirect;
    return ErrorKind::Server;
}

ErrorKind kindOf(const QString &reason, int code)
{
    const auto *it = std::ranges::find_if(reasonKinds, [&](const ReasonKind &row) { return reason == row.reason; });
    return it != std::end(reasonKinds) ? it->kind : kindOfCode(code);
}

QString plain(const QString &text, qsizetype limit = messageLimit)
{
    return plainText(text, limit);
}

bool isVersionTooLarge(const QString &message, const QJsonObject &details)
{
    const QJsonArray causes = details.value("causes"_L1).toArray();
    const bool said = std::ranges::any_of(causes, [](const QJsonValue &cause) {
        return cause.toObject().value("reason"_L1).toString() == "ResourceVersionTooLarge"_L1;
    });
    // Servers before 1.19 gave the message only (client-go tools/cache/reflector.go isTooLargeResourceVersionError).
    return said || message.contains("Too large resource version"_L1);
}

/// `User "jane" cannot list resource "pods/log" in API group "" in the namespace "x"` or `… at the cluster scope`
/// (apiserver pkg/endpoints/handlers/responsewriters/errors.go forbiddenMessage).
void readForbidden(const QString &message, Error &error)
{
    static const QRegularExpression resourceForm(
        uR"re(User "([^"]*)" cannot (\S+) resource "([^"]*)" in API group "([^"]*)"(?: in the namespace "([^"]*)")?)re"_s);
    static const QRegularExpression pathForm(uR"re(User "([^"]*)" cannot (\S+) path "([^"]*)")re"_s);
    if (const auto match = resourceForm.match(message); match.hasMatch()) {
        error.user = match.captured(1);
        error.verb = match.captured(2);
        error.resource = match.captured(3);
        if (const QString group = match.captured(4); !group.isEmpty())
            error.resource += u'.' + group;
        error.ns = match.captured(5);
    } else if (const auto path = pathForm.match(message); path.hasMatch()) {
        error.user = path.captured(1);
        error.verb = path.captured(2);
        error.path = path.captured(3);
        error.resource.clear();
        error.ns.clear();
    }
}

void readStatus(const QJsonObject &status, Error &error)
{
    const int code = status.value("code"_L1).toInt(error.httpStatus);
    if (code >= 100 && code <= 599)
        error.httpStatus = code;
    error.reason = plain(status.value("reason"_L1).toString(), 100);
    error.message = plain(status.value("message"_L1).toString());
    const QJsonObject details = status.value("details"_L1).toObject();
    error.kind = kindOf(error.reason, error.httpStatus);
    if (isVersionTooLarge(error.message, details))
        error.kind = ErrorKind::VersionTooLarge;
    if (const QString name = details.value("name"_L1).toString(); !name.isEmpty())
        error.name = plain(name, 300);
    if (const QString kind = details.value("kind"_L1).toString(); !kind.isEmpty()) {
        // A sub-resource is asked by us and not named in details; keep what we know then.
        const QString group = details.value("group"_L1).toString();
        const QString said = plain(group.isEmpty() ? kind : kind + u'.' + group, 300);
        if (error.resource.isEmpty())
            error.resource = said;
    }
    const double seconds = details.value("retryAfterSeconds"_L1).toDouble();
    if (seconds > 0 && seconds < 86400)
        error.retryAfter = std::chrono::milliseconds(qint64(seconds * 1000));
    if (error.kind == ErrorKind::Forbidden)
        readForbidden(error.message, error);
}

/// {"type":"error","status":"404","code":"NotFound","message":"…"} with the status as number or as text.
bool readRancher(const QJsonObject &json, Error &error)
{
    if (json.value("type"_L1).toString() != "error"_L1 && json.value("baseType"_L1).toString() != "error"_L1)
        return false;
    const QJsonValue status = json.value("status"_L1);
    const int code = status.isString() ? status.toString().toInt() : status.toInt();
    if (code >= 400 && code <= 599)
        error.httpStatus = code;
    error.reason = plain(json.value("code"_L1).toString(), 100);
    error.message = plain(json.value("message"_L1).toString());
    error.kind = kindOf(error.reason, error.httpStatus);
    return true;
}

/// The title or first heading of a page: "502 Bad Gateway", "503 Service Temporarily Unavailable".
QString htmlTitle(const QString &html)
{
    static const QRegularExpression heading(u"<(title|h1)[^>]*>(.*?)</"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression tag(u"<[^>]*>"_s);
    const auto match = heading.match(html.left(64 * 1024));
    if (!match.hasMatch())
        return {};
    return plain(QString(match.captured(2)).remove(tag), 200);
}

bool looksLikeHtml(const QByteArray &body)
{
    const QByteArray start = body.left(512).trimmed().toLower();
    return start.startsWith("<!doctype html") || start.startsWith("<html") || start.contains("<head")
        || start.contains("<title");
}

void readText(const QByteArray &body, Error &error)
{
    if (looksLikeHtml(body)) {
        error.message = htmlTitle(QString::fromUtf8(body.left(64 * 1024)));
        return;
    }
    const qsizetype end = body.indexOf('\n');
    const QByteArray line = body.left(std::min<qsizetype>(end < 0 ? body.size() : end, 1024));
    if (!line.contains('\0') && !line.startsWith('{') && !line.startsWith('['))
        error.message = plain(QString::fromUtf8(line), 200);
}

} // namespace

QString plainText(QString text, qsizetype limit)
{
    text.removeIf([](QChar c) { return c.category() == QChar::Other_Control && !c.isSpace(); });
    text = text.simplified();
    if (text.size() > limit) {
        text.truncate(limit);
        text += u'…';
    }
    return text;
}

QString hostAndPort(const QUrl &url)
{
    const int standard = url.scheme().compare("http"_L1, Qt::CaseInsensitive) == 0 ? 80 : 443;
    QString host = url.host();
    if (host.contains(u':'))
        host = u'[' + host + u']';
    return host + u':' + QString::number(url.port(standard));
}

QString harmlessTarget(const Request &request)
{
    QUrlQuery query = request.query;
    if (query.hasQueryItem(u"continue"_s)) {
        query.removeAllQueryItems(u"continue"_s);
        query.addQueryItem(u"continue"_s, u"…"_s);
    }
    return query.isEmpty() ? request.path : request.path + u'?' + query.toString(QUrl::PrettyDecoded);
}

Error requestError(ErrorKind kind, const QString &message, const Request &request, const QString &host)
{
    Error error;
    error.kind = kind;
    error.message = message;
    error.host = host;
    error.verb = request.verb;
    error.path = harmlessTarget(request);
    error.resource = request.resource;
    error.ns = request.ns;
    error.name = request.name;
    return error;
}

std::chrono::milliseconds parseRetryAfter(const QByteArray &header)
{
    bool ok = false;
    const qint64 seconds = header.trimmed().toLongLong(&ok);
    return std::chrono::seconds(ok && seconds > 0 ? std::min<qint64>(seconds, 86400) : 0);
}

bool isFailureStatus(const QJsonObject &json)
{
    return json.value("kind"_L1).toString() == "Status"_L1 && json.value("status"_L1).toString() == "Failure"_L1;
}

Error statusError(int httpStatus, const QByteArray &body, const Request &request, const QString &host)
{
    Error error = requestError(kindOfCode(httpStatus), {}, request, host);
    error.httpStatus = httpStatus;
    const QJsonObject json = QJsonDocument::fromJson(body.left(bodyLimit)).object();
    if (json.value("kind"_L1).toString() == "Status"_L1)
        readStatus(json, error);
    else if (json.isEmpty())
        readText(body, error);
    else if (!readRancher(json, error))
        error.message = plain(json.value("message"_L1).toString(json.value("error"_L1).toString()));
    return error;
}

} // namespace kube
