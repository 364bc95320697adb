// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/world.h"

#include "demo/jsonedit.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace demo {

QString safeName(const QStringList &parts)
{
    const QString name = parts.join(u'-');
    if (name.size() < 64)
        return name;
    const QByteArray hash = QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256).toHex();
    return name.left(57) + u'-' + QString::fromLatin1(hash.left(5));
}

World::World(Store &store, LogBook &logs, quint64 seed, std::function<qint64()> clock)
    : m_store(store)
    , m_logs(logs)
    , m_random(seed)
    , m_clock(std::move(clock))
{
}

const ResourceType &World::type(Resource resource) const
{
    const ResourceType *found = m_store.catalog().find(QString(resource.group), QString(resource.resource));
    Q_ASSERT(found);
    return *found;
}

QString World::now() const
{
    return QDateTime::fromSecsSinceEpoch(m_clock() / 1'000'000'000, QTimeZone::UTC).toString(Qt::ISODate);
}

QString World::word(int length)
{
    static constexpr QLatin1StringView letters
        = "bcdfghjklmnpqrstvwxz2456789"_L1; // as apimachinery: no vowels, no lookalikes
    QString text;
    for (int i = 0; i < length; ++i)
        text += letters[below(static_cast<int>(letters.size()))];
    return text;
}

QString World::hex(int length)
{
    QString text;
    for (int i = 0; i < length; ++i)
        text += "0123456789abcdef"_L1[below(16)];
    return text;
}

// Not std::uniform_*_distribution: their results differ between standard libraries.
double World::between(double low, double high)
{
    return low + (high - low) * static_cast<double>(m_random() >> 11) / static_cast<double>(1ULL << 53);
}

int World::below(int limit)
{
    return static_cast<int>(m_random() % static_cast<quint64>(limit));
}

QJsonObject World::get(Resource resource, const QString &ns, const QString &name) const
{
    const StoredPtr object = m_store.find(type(resource), ns, name);
    return object ? object->json() : QJsonObject();
}

bool World::exists(Resource resource, const QString &ns, const QString &name) const
{
    return m_store.find(type(resource), ns, name) != nullptr;
}

QList<QJsonObject> World::list(Resource resource, const QString &ns, const QString &labels) const
{
    Filter filter;
    filter.ns = ns;
    if (const auto selector = LabelSelector::parse(labels))
        filter.labels = *selector;
    QList<QJsonObject> found;
    for (const StoredPtr &object : m_store.all(type(resource), filter))
        found.append(object->json());
    return found;
}

QJsonObject World::make(Resource resource, QJsonObject object)
{
    const auto made = m_store.create(type(resource), std::move(object));
    return made ? (*made)->json() : QJsonObject();
}

void World::edit(Resource resource, const QString &ns, const QString &name, const Edit &change)
{
    QJsonObject object = get(resource, ns, name);
    if (object.isEmpty())
        return;
    change(object);
    (void)m_store.update(type(resource), ns, name, object);
}

void World::drop(Resource resource, const QString &ns, const QString &name)
{
    (void)m_store.erase(type(resource), ns, name);
}

QJsonObject World::reference(Resource resource, const QString &ns, const QString &name, bool controller) const
{
    const QJsonObject object = get(resource, ns, name);
    if (object.isEmpty())
        return {};
    QJsonObject reference{{u"apiVersion"_s, object.value("apiVersion"_L1)}, {u"kind"_s, object.value("kind"_L1)},
        {u"name"_s, name}, {u"uid"_s, json::uid(object)}};
    if (controller) {
        reference.insert("controller"_L1, true);
        reference.insert("blockOwnerDeletion"_L1, true);
    }
    return reference;
}

void World::event(const QString &eventType, const QString &reason, const QString &message, Resource about,
    const QString &ns, const QString &name, const QString &component)
{
    const QJsonObject object = get(about, ns, name);
    // Events about cluster-scoped objects live in "default".
    const QString where = ns.isEmpty() ? u"default"_s : ns;
    make(kinds::events,
        {{u"metadata"_s, QJsonObject{{u"name"_s, name + u'.' + hex(16)}, {u"namespace"_s, where}}},
            {u"involvedObject"_s,
                QJsonObject{{u"kind"_s, type(about).kind}, {u"namespace"_s, ns}, {u"name"_s, name},
                    {u"uid"_s, json::uid(object)}, {u"apiVersion"_s, type(about).apiVersion()},
                    {u"resourceVersion"_s, json::text(object, u"metadata.resourceVersion")}}},
            {u"reason"_s, reason}, {u"message"_s, message}, {u"source"_s, QJsonObject{{u"component"_s, component}}},
            {u"firstTimestamp"_s, now()}, {u"lastTimestamp"_s, now()}, {u"count"_s, 1}, {u"type"_s, eventType},
            {u"eventTime"_s, QJsonValue::Null}, {u"reportingComponent"_s, component},
            {u"reportingInstance"_s, QString()}});
}

QString World::nodeInTurn()
{
    return m_nodes.isEmpty() ? QString() : m_nodes[m_turn++ % m_nodes.size()];
}

} // namespace demo
