// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/api.h"

#include "demo/discovery.h"
#include "demo/jsonedit.h"
#include "demo/table.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

constexpr qsizetype keptRequests = 50'000;
constexpr qsizetype keptBody = 64 * 1024;
constexpr qsizetype gzipFrom = 128 * 1024; ///< bytes, as kube-apiserver

bool isTrue(const QUrlQuery &query, const QString &key)
{
    const QString text = query.queryItemValue(key);
    return query.hasQueryItem(key) && text != "0"_L1 && text != "false"_L1;
}

quint32 crc32(const QByteArray &data)
{
    quint32 crc = 0xFFFFFFFF;
    for (const char c : data) {
        crc ^= static_cast<quint8>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (0xEDB88320U & (0U - (crc & 1U)));
    }
    return ~crc;
}

QByteArray littleEndian(quint32 value)
{
    QByteArray bytes;
    for (int i = 0; i < 4; ++i)
        bytes += static_cast<char>(value >> (8 * i));
    return bytes;
}

} // namespace

QByteArray gzip(const QByteArray &data)
{
    // qCompress: four bytes of length, then zlib (two bytes of head, deflate, four of checksum).
    const QByteArray zlib = qCompress(data, 1);
    return QByteArray("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10) + zlib.mid(6, zlib.size() - 10) + littleEndian(crc32(data))
        + littleEndian(static_cast<quint32>(data.size()));
}

Api::Api(Store &store, LogBook &logs, Settings settings, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_logs(logs)
    , m_settings(std::move(settings))
    , m_admission(store)
    , m_random(m_settings.seed)
{
    m_disturb.setInterval(1000);
    connect(&m_disturb, &QTimer::timeout, this, &Api::disturbStreams);
}

void Api::handle(HttpExchange *exchange)
{
    const HttpRequest &request = exchange->request();
    m_requests.append(
        {QDateTime::currentDateTimeUtc(), request.method, request.target, request.body.left(keptBody), 0});
    if (m_arrived)
        m_arrived(RequestRecord(m_requests.last()));
    const qint64 number = m_firstRequest + m_requests.size() - 1;
    if (m_requests.size() > keptRequests) {
        m_requests.removeFirst();
        ++m_firstRequest;
    }
    connect(exchange, &HttpExchange::answered, this, [this, number](int status) {
        if (number >= m_firstRequest)
            m_requests[number - m_firstRequest].status = status;
    });
    if (m_faults.silent)
        return;
    if (chance(m_faults.delay)) {
        const int wait
            = static_cast<int>(m_random() % static_cast<quint64>(std::max<qint64>(1, m_faults.maxDelay.count())));
        QTimer::singleShot(wait, exchange, [this, exchange] { serve(exchange); });
        return;
    }
    serve(exchange);
}

void Api::serve(HttpExchange *exchange)
{
    const HttpRequest &request = exchange->request();
    if (m_faults.tokenExpired)
        return answer(exchange, ApiError::unauthorized());
    Caller caller = m_settings.identify(*exchange);
    if (caller.user.isEmpty())
        return answer(exchange, ApiError::unauthorized());
    if (const QString other = QString::fromUtf8(request.header("impersonate-user")); !other.isEmpty()) {
        const Attributes asked{u"impersonate"_s, {}, u"users"_s, {}, {}, other, {}};
        if (!isAllowed(caller, asked))
            return answer(exchange, forbidden(caller, asked));
        caller = callerNamed(other);
        for (const QByteArray &group : request.header("impersonate-group").split(',')) {
            if (!group.trimmed().isEmpty())
                caller.groups.prepend(QString::fromUtf8(group.trimmed()));
        }
    }
    const Route to = route(request);
    if (injectFault(exchange, to))
        return;
    if (!isAllowed(caller, to.attributes))
        return answer(exchange, forbidden(caller, to.attributes));
    if (!to.attributes.path.isEmpty())
        return serveDocument(exchange, to.attributes.path);
    if (!to.type)
        return answer(exchange, ApiError::pageNotFound());
    serveObject(exchange, caller, to);
}

Route Api::route(const HttpRequest &request) const
{
    Route to;
    QString path = request.path();
    QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    if (parts.size() >= 3 && parts[0] == "k8s"_L1 && parts[1] == "clusters"_L1) { // as through Rancher
        parts.remove(0, 3);
        path = u'/' + parts.join(u'/');
    }
    Attributes &asked = to.attributes;
    const bool core = parts.size() >= 2 && parts[0] == "api"_L1;
    const bool named = parts.size() >= 3 && parts[0] == "apis"_L1;
    const qsizetype base = core ? 2 : 3;
    if ((!core && !named) || parts.size() == base) {
        asked.path = path.endsWith(u'/') && path.size() > 1 ? path.chopped(1) : path;
        asked.verb = request.method == "GET" || request.method == "HEAD"
            ? u"get"_s
            : QString::fromLatin1(request.method).toLower();
        return to;
    }
    asked.group = core ? QString() : parts[1];
    QStringList rest = parts.mid(base);
    if (rest.size() >= 3 && rest[0] == "namespaces"_L1 && rest[2] != "status"_L1) {
        asked.ns = rest[1];
        rest.remove(0, 2);
    } else if (core && rest[0] == "namespaces"_L1 && rest.size() >= 2) {
        asked.ns = rest[1]; // RBAC sees a namespace as living in itself
    }
    asked.resource = rest.value(0);
    asked.name = rest.value(1);
    asked.subresource = rest.value(2);
    const QUrlQuery query = request.query();
    to.watch = request.method == "GET" && asked.name.isEmpty() && isTrue(query, u"watch"_s);
    const bool one = !asked.name.isEmpty();
    if (request.method == "GET" || request.method == "HEAD")
        asked.verb = to.watch ? u"watch"_s : one ? u"get"_s : u"list"_s;
    else if (request.method == "POST")
        asked.verb = u"create"_s;
    else if (request.method == "PUT")
        asked.verb = u"update"_s;
    else if (request.method == "PATCH")
        asked.verb = u"patch"_s;
    else if (request.method == "DELETE")
        asked.verb = one ? u"delete"_s : u"deletecollection"_s;
    to.type = m_store.catalog().find(asked.group, core ? parts[1] : parts[2], asked.resource);
    if (to.type && !to.type->namespaced && asked.resource != "namespaces"_L1 && !asked.ns.isEmpty())
        to.type = nullptr;
    return to;
}

HttpHeaders Api::headers(const QByteArray &contentType) const
{
    return {{"Audit-Id", QUuid::createUuid().toByteArray(QUuid::WithoutBraces)}, {"Cache-Control", "no-cache, private"},
        {"Content-Type", contentType}};
}

void Api::answer(HttpExchange *exchange, int status, const QByteArray &body, const QByteArray &contentType)
{
    HttpHeaders all = headers(contentType);
    QByteArray bytes = body;
    if (body.size() >= gzipFrom && exchange->request().header("accept-encoding").contains("gzip")) {
        bytes = gzip(body);
        all.emplaceBack("Content-Encoding", "gzip");
        all.emplaceBack("Vary", "Accept-Encoding");
    }
    if (const bool half = chance(m_faults.halfClose); half || chance(m_faults.stallBody)) {
        exchange->replyPart(status, all, bytes, bytes.size() / 2);
        if (half)
            exchange->halfClose();
        return;
    }
    exchange->reply(status, all, bytes, chance(m_faults.truncate) ? bytes.size() / 2 : -1);
}

void Api::answer(HttpExchange *exchange, const ApiError &error)
{
    HttpHeaders all = headers(error.plain ? "text/plain; charset=utf-8" : "application/json");
    if (error.retryAfter > 0)
        all.emplaceBack("Retry-After", QByteArray::number(error.retryAfter));
    exchange->reply(error.code, all, error.body());
}

void Api::serveDocument(HttpExchange *exchange, const QString &path)
{
    const QByteArray method = exchange->request().method;
    if (method != "GET" && method != "HEAD")
        return answer(exchange, ApiError::methodNotAllowed());
    const QByteArray accept = exchange->request().header("accept");
    const Catalog &catalog = m_store.catalog();
    const auto send = [&](const QJsonObject &object) { answer(exchange, 200, json::compact(object) + '\n'); };
    if (path == "/healthz"_L1 || path == "/readyz"_L1 || path == "/livez"_L1)
        return answer(exchange, 200, "ok", "text/plain; charset=utf-8");
    if (path == "/version"_L1)
        return answer(exchange, 200, QJsonDocument(discovery::version(m_settings.kubernetes)).toJson());
    if ((path == "/api"_L1 || path == "/apis"_L1) && accept.contains("as=APIGroupDiscoveryList")
        && accept.contains("v=v2")) {
        return answer(exchange, 200, json::compact(discovery::aggregated(catalog, path == "/api"_L1)) + '\n',
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
    }
    if (path == "/api"_L1)
        return send(discovery::coreVersions(m_settings.address));
    if (path == "/apis"_L1)
        return send(discovery::groupList(catalog));
    if (path == "/openapi/v3"_L1)
        return send(discovery::openApiIndex(catalog));
    const QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    std::optional<QJsonObject> document;
    if (path.startsWith("/openapi/v3/"_L1))
        document = discovery::openApi(catalog, parts.value(2) == "api"_L1 ? QString() : parts.value(3), parts.last());
    else if (parts.value(0) == "api"_L1 && parts.size() == 2)
        document = discovery::resources(catalog, {}, parts[1]);
    else if (parts.value(0) == "apis"_L1 && parts.size() == 2)
        document = discovery::group(catalog, parts[1]);
    else if (parts.value(0) == "apis"_L1 && parts.size() == 3)
        document = discovery::resources(catalog, parts[1], parts[2]);
    if (document)
        return send(*document);
    answer(exchange, ApiError::pageNotFound());
}

} // namespace demo
