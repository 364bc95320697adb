// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/watchstream.h"

#include "demo/jsonedit.h"

using namespace Qt::StringLiterals;

namespace demo {
namespace {

constexpr qint64 slowClient = 64 * 1024 * 1024; ///< bytes a client may be behind before its watch is ended

} // namespace

WatchStream::WatchStream(HttpExchange *exchange, Store &store, WatchRequest request)
    : QObject(exchange)
    , m_exchange(exchange)
    , m_store(store)
    , m_request(std::move(request))
{
    std::optional<std::vector<Change>> missed = std::vector<Change>();
    if (m_request.since) {
        missed = m_store.since(*m_request.type, *m_request.since);
        if (!missed) {
            expire();
            return;
        }
    } else {
        for (const StoredPtr &object : m_store.all(*m_request.type, m_request.filter))
            send("ADDED", object);
        if (m_request.bookmarks)
            bookmark(true);
    }
    connect(&m_store, &Store::changed, this, &WatchStream::onChange);
    for (const Change &change : *missed)
        onChange(*m_request.type, change);
    m_end.setSingleShot(true);
    connect(&m_end, &QTimer::timeout, this, [this] {
        disconnect(&m_store, nullptr, this, nullptr);
        m_exchange->end();
    });
    m_end.start(m_request.timeoutSeconds * 1000);
    if (!m_request.bookmarks)
        return;
    // About once a minute, and once shortly before the end, so that the next watch begins close to now.
    connect(&m_bookmarks, &QTimer::timeout, this, [this] { bookmark(false); });
    m_bookmarks.setTimerType(Qt::VeryCoarseTimer);
    m_bookmarks.start(60'000);
    if (m_request.timeoutSeconds > 2)
        QTimer::singleShot((m_request.timeoutSeconds - 2) * 1000, this, [this] { bookmark(false); });
}

void WatchStream::expire()
{
    disconnect(&m_store, nullptr, this, nullptr);
    const QString since = QString::number(m_request.since.value_or(m_store.version()));
    const ApiError error
        = ApiError::expired(u"too old resource version: %1 (%2)"_s.arg(since, QString::number(m_store.version())));
    writeEvent("ERROR", json::compact(error.status()));
    m_exchange->end();
}

void WatchStream::onChange(const ResourceType &type, const Change &change)
{
    if (&type != m_request.type || !m_exchange->isOpen())
        return;
    const bool after = change.type != Change::Type::Deleted && m_request.filter.matches(change.object->json());
    const bool before = change.before && m_request.filter.matches(change.before->json());
    if (after)
        send(before ? QByteArrayView("MODIFIED") : QByteArrayView("ADDED"), change.object);
    else if (before)
        send("DELETED", change.object);
    if (m_exchange->pending() > slowClient)
        m_exchange->abort();
}

void WatchStream::send(QByteArrayView type, const StoredPtr &object)
{
    switch (m_request.form) {
    case Form::Object:
        writeEvent(type, object->text());
        break;
    case Form::Metadata:
        writeEvent(type, json::compact(metadataOnly(object->json())));
        break;
    case Form::Table: {
        const QJsonObject metadata{{u"resourceVersion"_s, QString::number(object->version())}};
        writeEvent(type,
            json::compact(table(*m_request.type, {object}, metadata, QDateTime::currentDateTimeUtc(), m_request.include,
                !std::exchange(m_columnsSent, true))));
        break;
    }
    }
}

void WatchStream::bookmark(bool initialEnd)
{
    QJsonObject metadata{{u"resourceVersion"_s, QString::number(m_store.version())}};
    if (initialEnd)
        metadata.insert("annotations"_L1, QJsonObject{{u"k8s.io/initial-events-end"_s, u"true"_s}});
    QJsonObject object{
        {u"kind"_s, m_request.type->kind}, {u"apiVersion"_s, m_request.type->apiVersion()}, {u"metadata"_s, metadata}};
    if (m_request.form == Form::Metadata)
        object = metadataOnly(object);
    else if (m_request.form == Form::Table)
        object = table(*m_request.type, {}, metadata, {}, m_request.include, false);
    writeEvent("BOOKMARK", json::compact(object));
}

void WatchStream::writeEvent(QByteArrayView type, const QByteArray &object)
{
    QByteArray line;
    line.reserve(object.size() + 40);
    line.append("{\"type\":\"").append(type).append("\",\"object\":").append(object).append("}\n");
    m_exchange->write(line);
}

} // namespace demo
