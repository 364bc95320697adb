// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/store.h"

#include "demo/jsonedit.h"

#include <QDateTime>
#include <QJsonArray>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

constexpr size_t historyLimit = 20'000; ///< changes kept per kind, however young

QString versionText(quint64 version)
{
    return QString::number(version);
}

/// What counts for metadata.generation: the spec where there is a status subresource, else everything but metadata.
bool needsGeneration(const ResourceType &type, const QJsonObject &before, const QJsonObject &after)
{
    if (type.status)
        return before.value("spec"_L1) != after.value("spec"_L1);
    QJsonObject a = before, b = after;
    for (const auto &key : {"metadata"_L1, "kind"_L1, "apiVersion"_L1}) {
        a.remove(key);
        b.remove(key);
    }
    return type.custom && a != b;
}

} // namespace

const QByteArray &Stored::text() const
{
    if (m_text.isEmpty())
        m_text = json::compact(m_json);
    return m_text;
}

const QByteArray &Stored::itemText(bool custom) const
{
    if (custom)
        return text();
    if (m_itemText.isEmpty()) {
        QJsonObject bare = m_json;
        bare.remove("kind"_L1);
        bare.remove("apiVersion"_L1);
        m_itemText = json::compact(bare);
    }
    return m_itemText;
}

Store::Store(const Catalog &catalog, std::function<QString()> now, std::function<QString(int)> random, QObject *parent)
    : QObject(parent)
    , m_catalog(catalog)
    , m_now(std::move(now))
    , m_random(std::move(random))
{
}

void Store::index(const ResourceType &type, const QJsonObject &object, bool add)
{
    const ObjectId id{json::ns(object), json::name(object)};
    for (const QJsonValue owner : json::get(object, u"metadata.ownerReferences").toArray()) {
        const QString uid = owner["uid"_L1].toString();
        if (add) {
            m_owned.emplace(uid, Reference{&type, id});
            continue;
        }
        const auto [first, last] = m_owned.equal_range(uid);
        for (auto it = first; it != last; ++it) {
            if (it->second.type == &type && it->second.id == id) {
                m_owned.erase(it);
                break;
            }
        }
    }
}

StoredPtr Store::commit(const ResourceType &type, Change::Type how, QJsonObject object, const StoredPtr &before)
{
    ++m_version;
    json::set(object, u"metadata.resourceVersion", versionText(m_version));
    const auto stored = std::make_shared<const Stored>(std::move(object), m_version);
    Collection &all = collection(type);
    const ObjectId id{json::ns(stored->json()), json::name(stored->json())};
    const QJsonValue owners = json::get(stored->json(), u"metadata.ownerReferences");
    if (how == Change::Type::Deleted) {
        all.objects.erase(id);
        index(type, before->json(), false);
        m_uids.remove(json::uid(before->json()));
    } else {
        all.objects[id] = stored;
        if (!before) {
            m_uids.insert(json::uid(stored->json()));
            index(type, stored->json(), true);
        } else if (json::get(before->json(), u"metadata.ownerReferences") != owners) {
            index(type, before->json(), false);
            index(type, stored->json(), true);
        }
    }
    Change change{how, stored, before, QDateTime::currentMSecsSinceEpoch()};
    all.history.push_back(change);
    if (all.history.size() > historyLimit) {
        all.compacted = all.history.front().object->version();
        all.history.pop_front();
    }
    Q_EMIT changed(type, change);
    return stored;
}

/// One entry for whoever writes, with the time of the last change: what a client may read of it.
QJsonArray Store::managedFields(const ResourceType &type) const
{
    return {QJsonObject{{u"manager"_s, u"harvester"_s}, {u"operation"_s, u"Update"_s},
        {u"apiVersion"_s, type.apiVersion()}, {u"time"_s, m_now()}, {u"fieldsType"_s, u"FieldsV1"_s},
        {u"fieldsV1"_s, QJsonObject{{u"f:metadata"_s, QJsonObject()}}}}};
}

Store::Result Store::create(const ResourceType &type, QJsonObject object, bool dryRun)
{
    QJsonObject metadata = object.value("metadata"_L1).toObject();
    const QString ns = type.namespaced ? metadata.value("namespace"_L1).toString() : QString();
    QString name = metadata.value("name"_L1).toString();
    if (name.isEmpty()) {
        const QString prefix = metadata.value("generateName"_L1).toString();
        if (prefix.isEmpty()) {
            return std::unexpected(
                ApiError::invalid(type, {}, u"metadata.name: Required value: name or generateName is required"_s));
        }
        do
            name = prefix + m_random(5);
        while (find(type, ns, name));
    }
    if (find(type, ns, name))
        return std::unexpected(ApiError::alreadyExists(type, name));
    metadata.insert("name"_L1, name);
    if (type.namespaced)
        metadata.insert("namespace"_L1, ns);
    else
        metadata.remove("namespace"_L1);
    for (const auto &key :
        {"resourceVersion"_L1, "deletionTimestamp"_L1, "deletionGracePeriodSeconds"_L1, "managedFields"_L1})
        metadata.remove(key);
    const QString seed = m_random(32); // seeded names give seeded UIDs
    QUuid uuid = QUuid::createUuidV5(QUuid(), type.qualified() + ns + name + seed);
    // Clusters are told apart by the UID of this one: each start makes another cluster, whatever its seed.
    if (type.resource == "namespaces"_L1 && name == "kube-system"_L1)
        uuid = QUuid::createUuid();
    metadata.insert("uid"_L1, uuid.toString(QUuid::WithoutBraces));
    if (!metadata.contains("creationTimestamp"_L1) || metadata.value("creationTimestamp"_L1).isNull())
        metadata.insert("creationTimestamp"_L1, m_now());
    metadata.insert("generation"_L1, 1);
    metadata.insert("managedFields"_L1, managedFields(type));
    object.insert("metadata"_L1, metadata);
    object.insert("kind"_L1, type.kind);
    object.insert("apiVersion"_L1, type.apiVersion());
    if (dryRun)
        return std::make_shared<const Stored>(std::move(object), 0);
    return commit(type, Change::Type::Added, std::move(object), nullptr);
}

Store::Result Store::update(
    const ResourceType &type, const QString &ns, const QString &name, QJsonObject object, bool dryRun)
{
    const StoredPtr before = find(type, ns, name);
    if (!before)
        return std::unexpected(ApiError::notFound(type, name));
    QJsonObject metadata = object.value("metadata"_L1).toObject();
    const QJsonObject old = before->json().value("metadata"_L1).toObject();
    const QString given = metadata.value("resourceVersion"_L1).toString();
    if (!given.isEmpty() && given != versionText(before->version()))
        return std::unexpected(ApiError::modified(type, name));
    const QString uid = metadata.value("uid"_L1).toString();
    if (!uid.isEmpty() && uid != old.value("uid"_L1).toString()) {
        return std::unexpected(ApiError::precondition(type, name,
            u"Precondition failed: UID in precondition: %1, UID in object meta: %2"_s.arg(
                uid, json::uid(before->json()))));
    }
    for (const auto &key : {"name"_L1, "namespace"_L1, "uid"_L1, "creationTimestamp"_L1, "generation"_L1,
             "resourceVersion"_L1, "deletionTimestamp"_L1, "deletionGracePeriodSeconds"_L1, "generateName"_L1}) {
        if (old.contains(key))
            metadata.insert(key, old.value(key));
        else
            metadata.remove(key);
    }
    // Writing the same again is no change, and leaves the time of the last one.
    metadata.insert("managedFields"_L1, old.value("managedFields"_L1));
    object.insert("metadata"_L1, metadata);
    object.insert("kind"_L1, type.kind);
    object.insert("apiVersion"_L1, type.apiVersion());
    if (object == before->json())
        return before;
    json::set(object, u"metadata.managedFields", managedFields(type));
    if (needsGeneration(type, before->json(), object))
        json::set(object, u"metadata.generation", old.value("generation"_L1).toInteger() + 1);
    if (dryRun)
        return std::make_shared<const Stored>(std::move(object), before->version());
    const StoredPtr stored = commit(type, Change::Type::Modified, std::move(object), before);
    if (old.contains("deletionTimestamp"_L1) && json::finalizers(stored->json()).isEmpty())
        remove(type, stored);
    return stored;
}

std::optional<ApiError> Store::checkPreconditions(
    const ResourceType &type, const QString &ns, const QString &name, const DeleteRequest &request) const
{
    const StoredPtr object = find(type, ns, name);
    if (!object)
        return ApiError::notFound(type, name);
    const QString uid = json::uid(object->json());
    if (!request.uid.isEmpty() && request.uid != uid) {
        return ApiError::precondition(type, name,
            u"the UID in the precondition (%1) does not match the UID in record (%2). The object "
            "might have been deleted and then recreated"_s.arg(request.uid, uid));
    }
    if (!request.resourceVersion.isEmpty() && request.resourceVersion != versionText(object->version())) {
        return ApiError::precondition(type, name,
            u"the ResourceVersion in the precondition (%1) does not match the ResourceVersion in record (%2). The "
            u"object might "
            "have been modified"_s.arg(request.resourceVersion, versionText(object->version())));
    }
    return std::nullopt;
}

Store::Result Store::erase(
    const ResourceType &type, const QString &ns, const QString &name, const DeleteRequest &request)
{
    if (const auto error = checkPreconditions(type, ns, name, request))
        return std::unexpected(*error);
    StoredPtr object = find(type, ns, name);
    if (request.dryRun)
        return object;
    const QString uid = json::uid(object->json());
    if (request.propagation == "Orphan"_L1)
        disown(uid);
    else if (request.propagation == "Foreground"_L1)
        collectOrphansOf(uid);
    object = find(type, ns, name);
    if (!object)
        return std::unexpected(ApiError::notFound(type, name));
    if (!json::finalizers(object->json()).isEmpty()) {
        if (json::get(object->json(), u"metadata.deletionTimestamp").isString())
            return object;
        QJsonObject marked = object->json();
        json::set(marked, u"metadata.deletionTimestamp", m_now());
        json::set(marked, u"metadata.deletionGracePeriodSeconds", 0);
        json::set(marked, u"metadata.generation", json::get(marked, u"metadata.generation").toInteger() + 1);
        return commit(type, Change::Type::Modified, std::move(marked), object);
    }
    remove(type, object);
    return object;
}

void Store::remove(const ResourceType &type, const StoredPtr &object)
{
    const QString uid = json::uid(object->json());
    commit(type, Change::Type::Deleted, object->json(), object);
    collectOrphansOf(uid);
}

void Store::collectOrphansOf(const QString &ownerUid)
{
    std::vector<Reference> owned;
    const auto [first, last] = m_owned.equal_range(ownerUid);
    for (auto it = first; it != last; ++it)
        owned.push_back(it->second);
    for (const Reference &reference : owned) {
        const StoredPtr object = find(*reference.type, reference.id.ns, reference.id.name);
        if (!object)
            continue;
        const QJsonArray owners = json::get(object->json(), u"metadata.ownerReferences").toArray();
        const bool otherOwner = std::ranges::any_of(owners, [&](const QJsonValue owner) {
            const QString uid = owner["uid"_L1].toString();
            return uid != ownerUid && m_uids.contains(uid);
        });
        if (!otherOwner)
            (void)erase(*reference.type, reference.id.ns, reference.id.name);
    }
}

void Store::disown(const QString &ownerUid)
{
    std::vector<Reference> owned;
    const auto [first, last] = m_owned.equal_range(ownerUid);
    for (auto it = first; it != last; ++it)
        owned.push_back(it->second);
    for (const Reference &reference : owned) {
        const StoredPtr object = find(*reference.type, reference.id.ns, reference.id.name);
        if (!object)
            continue;
        QJsonArray kept;
        for (const QJsonValue owner : json::get(object->json(), u"metadata.ownerReferences").toArray()) {
            if (owner["uid"_L1].toString() != ownerUid)
                kept.append(owner);
        }
        QJsonObject json = object->json();
        if (kept.isEmpty())
            json::unset(json, u"metadata.ownerReferences");
        else
            json::set(json, u"metadata.ownerReferences", kept);
        (void)update(*reference.type, reference.id.ns, reference.id.name, json);
    }
}

} // namespace demo
