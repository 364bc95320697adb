// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/objectstore.h"

#include <utility>

namespace kube {

void ObjectStore::touch(const ObjectKey &key)
{
    if (m_before.contains(key))
        return;
    m_before.insert(key, m_objects.value(key));
    m_order.append(key);
}

void ObjectStore::apply(const ObjectPtr &object)
{
    const ObjectPtr current = m_objects.value(object->key);
    if (current && current->uid == object->uid && current->resourceVersion == object->resourceVersion)
        return; // the very same state again
    touch(object->key);
    m_objects.insert(object->key, object);
}

void ObjectStore::remove(const ObjectPtr &last)
{
    const ObjectPtr current = m_objects.value(last->key);
    if (!current)
        return;
    touch(last->key);
    if (current->uid == last->uid)
        m_last.insert(last->key, last);
    m_objects.remove(last->key);
}

void ObjectStore::remove(const ObjectKey &key)
{
    if (!m_objects.contains(key))
        return;
    touch(key);
    m_objects.remove(key);
}

void ObjectStore::replace(const QList<ObjectPtr> &objects)
{
    QSet<ObjectKey> listed;
    listed.reserve(objects.size());
    for (const ObjectPtr &object : objects)
        listed.insert(object->key);
    QList<ObjectKey> gone;
    for (auto it = m_objects.cbegin(); it != m_objects.cend(); ++it) {
        if (!listed.contains(it.key()))
            gone.append(it.key());
    }
    for (const ObjectKey &key : std::as_const(gone))
        remove(key);
    for (const ObjectPtr &object : objects)
        apply(object);
}

ChangeSet ObjectStore::takeChanges()
{
    ChangeSet changes;
    for (const ObjectKey &key : std::as_const(m_order)) {
        const ObjectPtr before = m_before.value(key);
        const ObjectPtr now = m_objects.value(key);
        const bool same = before && now && before->uid == now->uid;
        if (same) {
            if (before->resourceVersion != now->resourceVersion)
                changes.updated.append(now);
            continue;
        }
        if (before) {
            const ObjectPtr last = m_last.value(key);
            changes.removed.append(last && last->uid == before->uid ? last : before);
        }
        if (now)
            changes.added.append(now);
    }
    m_order.clear();
    m_before.clear();
    m_last.clear();
    return changes;
}

} // namespace kube
