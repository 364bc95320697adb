// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The objects of the simulated cluster and their history, with the rules of a Kubernetes storage layer: one growing
/// resourceVersion, UIDs, generations, preconditions, finalizers and garbage collection by owner. No authorization and
/// no admission here, so controllers of the scenario write through it directly. Thread: its owner's.
#pragma once

#include "demo/apierror.h"
#include "demo/catalog.h"
#include "demo/selector.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QSet>
#include <QString>

#include <deque>
#include <expected>
#include <functional>
#include <map>
#include <memory>

namespace demo {

/// One state of one object; immutable and shared by history, lists and watch events.
class Stored {
public:
    Stored(QJsonObject json, quint64 version)
        : m_json(std::move(json))
        , m_version(version)
    {
    }
    [[nodiscard]] const QJsonObject &json() const { return m_json; }
    [[nodiscard]] quint64 version() const { return m_version; }
    [[nodiscard]] const QByteArray &text() const; ///< as a single object
    /// As an item of a list: built-in kinds leave out kind and apiVersion there.
    [[nodiscard]] const QByteArray &itemText(bool custom) const;

private:
    QJsonObject m_json;
    quint64 m_version;
    mutable QByteArray m_text, m_itemText;
};
using StoredPtr = std::shared_ptr<const Stored>;

struct Change {
    enum class Type { Added, Modified, Deleted };
    Type type;
    StoredPtr object; ///< for Deleted: the last state, with the version of the deletion
    StoredPtr before; ///< null for Added
    qint64 at = 0;    ///< milliseconds of real time, for compaction by age
};

struct ObjectId {
    QString ns, name;
    friend auto operator<=>(const ObjectId &, const ObjectId &) = default;
};

struct DeleteRequest {
    QString propagation; ///< "Background", "Foreground", "Orphan"; empty: Background
    QString uid;         ///< preconditions, empty: none
    QString resourceVersion;
    bool dryRun = false;
};

struct ListPage {
    std::vector<StoredPtr> items;
    quint64 version = 0;
    QString continueToken;
    qint64 remaining = 0;
};

class Store : public QObject {
    Q_OBJECT
public:
    using Result = std::expected<StoredPtr, ApiError>;
    using Edit = std::function<void(QJsonObject &)>;

    /// `now` gives timestamps (RFC 3339, whole seconds), `random` words of lower-case letters and digits for names.
    Store(const Catalog &catalog, std::function<QString()> now, std::function<QString(int)> random,
        QObject *parent = nullptr);

    [[nodiscard]] const Catalog &catalog() const { return m_catalog; }
    [[nodiscard]] quint64 version() const { return m_version; }

    /// Fills in what the server owns (uid, version, timestamps, generateName). `dryRun` stores nothing.
    Result create(const ResourceType &type, QJsonObject object, bool dryRun = false);
    /// Replaces an object; a resourceVersion in it must be the current one. Nothing changed: nothing is stored.
    Result update(
        const ResourceType &type, const QString &ns, const QString &name, QJsonObject object, bool dryRun = false);
    /// Deletes, or marks for deletion while there are finalizers. Gives the last state.
    Result erase(const ResourceType &type, const QString &ns, const QString &name, const DeleteRequest &request = {});
    /// Only the checks of erase(): what a refusal by a webhook must come after.
    std::optional<ApiError> checkPreconditions(
        const ResourceType &type, const QString &ns, const QString &name, const DeleteRequest &request) const;

    [[nodiscard]] StoredPtr find(const ResourceType &type, const QString &ns, const QString &name) const;
    [[nodiscard]] std::vector<StoredPtr> all(const ResourceType &type, const Filter &filter = {}) const;
    [[nodiscard]] qsizetype count(const ResourceType &type) const;
    /// `limit` 0: everything. A continue token lists the state of its own version, or 410 when that is compacted.
    [[nodiscard]] std::expected<ListPage, ApiError> page(
        const ResourceType &type, const Filter &filter, qint64 limit, const QString &continueToken) const;

    /// Changes of a kind after `version`, oldest first; nullopt: compacted away.
    [[nodiscard]] std::optional<std::vector<Change>> since(const ResourceType &type, quint64 version) const;
    /// Forgets the history up to now.
    void compact();
    /// Forgets what is older than that; real servers keep about five minutes.
    void compactOlderThan(qint64 milliseconds);

Q_SIGNALS:
    void changed(const demo::ResourceType &type, const demo::Change &change);

private:
    struct Collection {
        std::map<ObjectId, StoredPtr> objects;
        std::deque<Change> history;
        quint64 compacted = 0; ///< changes up to this version are gone
    };
    Collection &collection(const ResourceType &type) { return m_collections[&type]; }
    const Collection &collection(const ResourceType &type) const;
    [[nodiscard]] QJsonArray managedFields(const ResourceType &type) const;
    StoredPtr commit(const ResourceType &type, Change::Type how, QJsonObject object, const StoredPtr &before);
    void remove(const ResourceType &type, const StoredPtr &object);
    void collectOrphansOf(const QString &ownerUid);
    void disown(const QString &ownerUid);
    void index(const ResourceType &type, const QJsonObject &object, bool add);

    struct Reference {
        const ResourceType *type;
        ObjectId id;
    };
    const Catalog &m_catalog;
    std::function<QString()> m_now;
    std::function<QString(int)> m_random;
    quint64 m_version = 1000;
    std::unordered_map<const ResourceType *, Collection> m_collections;
    std::multimap<QString, Reference> m_owned; ///< by UID of the owner
    QSet<QString> m_uids;
};

} // namespace demo
