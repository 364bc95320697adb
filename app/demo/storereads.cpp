// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a store can be asked: objects, pages of them as they were, and what changed since.

#include "demo/store.h"

#include "demo/continuetoken.h"
#include "demo/jsonedit.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace demo {

const Store::Collection &Store::collection(const ResourceType &type) const
{
    static const Collection none;
    const auto it = m_collections.find(&type);
    return it == m_collections.end() ? none : it->second;
}

StoredPtr Store::find(const ResourceType &type, const QString &ns, const QString &name) const
{
    const Collection &all = collection(type);
    const auto it = all.objects.find({type.namespaced ? ns : QString(), name});
    return it == all.objects.end() ? nullptr : it->second;
}

std::vector<StoredPtr> Store::all(const ResourceType &type, const Filter &filter) const
{
    std::vector<StoredPtr> found;
    for (const auto &[id, object] : collection(type).objects) {
        if (filter.matches(object->json()))
            found.push_back(object);
    }
    return found;
}

qsizetype Store::count(const ResourceType &type) const
{
    return static_cast<qsizetype>(collection(type).objects.size());
}

std::expected<ListPage, ApiError> Store::page(
    const ResourceType &type, const Filter &filter, qint64 limit, const QString &continueToken) const
{
    const Collection &now = collection(type);
    ListPage page;
    page.version = m_version;
    std::optional<ContinueToken> token;
    std::map<ObjectId, StoredPtr> then;
    const std::map<ObjectId, StoredPtr> *objects = &now.objects;
    if (!continueToken.isEmpty()) {
        const auto decoded = ContinueToken::decode(continueToken);
        if (!decoded)
            return std::unexpected(decoded.error());
        token = *decoded;
        if (!token->inconsistent) {
            if (token->version < now.compacted) {
                ApiError error = ApiError::expired(u"The provided continue parameter is too old to display a "
                                                   u"consistent list result. You can start a new list "
                                                   "without the continue parameter, or use the continue token in this "
                                                   "response to retrieve the remainder of "
                                                   "the results. Continuing with the provided token results in an "
                                                   "inconsistent list - objects that were "
                                                   "created, modified, or deleted between the time the first chunk was "
                                                   "returned and now may show up in the "
                                                   "list."_s);
                error.continueToken = ContinueToken{0, true, token->ns, token->name}.encode();
                return std::unexpected(error);
            }
            page.version = token->version;
            // The state of that version: undo what came later.
            then = now.objects;
            for (auto it = now.history.rbegin(); it != now.history.rend() && it->object->version() > token->version;
                ++it) {
                const ObjectId id{json::ns(it->object->json()), json::name(it->object->json())};
                if (it->before)
                    then[id] = it->before;
                else
                    then.erase(id);
            }
            objects = &then;
        }
    }
    ObjectId last;
    for (auto it = token ? objects->upper_bound({token->ns, token->name}) : objects->begin(); it != objects->end();
        ++it) {
        if (!filter.matches(it->second->json()))
            continue;
        if (limit > 0 && static_cast<qint64>(page.items.size()) == limit) {
            ++page.remaining;
            continue;
        }
        page.items.push_back(it->second);
        last = it->first;
    }
    if (page.remaining > 0)
        page.continueToken = ContinueToken{page.version, token && token->inconsistent, last.ns, last.name}.encode();
    return page;
}

std::optional<std::vector<Change>> Store::since(const ResourceType &type, quint64 version) const
{
    const Collection &all = collection(type);
    if (version < all.compacted)
        return std::nullopt;
    std::vector<Change> changes;
    auto it = std::ranges::lower_bound(
        all.history, version + 1, {}, [](const Change &change) { return change.object->version(); });
    for (; it != all.history.end(); ++it)
        changes.push_back(*it);
    return changes;
}

void Store::compact()
{
    for (const ResourceType &type : m_catalog.types()) {
        Collection &all = collection(type);
        all.history.clear();
        all.compacted = m_version;
    }
}

void Store::compactOlderThan(qint64 milliseconds)
{
    const qint64 limit = QDateTime::currentMSecsSinceEpoch() - milliseconds;
    for (auto &[type, all] : m_collections) {
        while (!all.history.empty() && all.history.front().at < limit) {
            all.compacted = all.history.front().object->version();
            all.history.pop_front();
        }
    }
}

} // namespace demo
