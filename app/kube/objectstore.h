// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The copy of one kind of object, and what changed in it since the last look. Pure.
/// Changes are the difference of two moments, not a journal: an object added and deleted in between is never seen, one
/// that came back under another UID is a removal and an addition.
#pragma once

#include "kube/object.h"

#include <QHash>
#include <QSet>

namespace kube {

class ObjectStore {
public:
    void apply(const ObjectPtr &object);
    /// `last` is the state the server sent along, kept for the removal.
    void remove(const ObjectPtr &last);
    void remove(const ObjectKey &key);
    /// All of it is now `objects`, and nothing else.
    void replace(const QList<ObjectPtr> &objects);

    [[nodiscard]] QList<ObjectPtr> objects() const { return m_objects.values(); }
    [[nodiscard]] ObjectPtr find(const ObjectKey &key) const { return m_objects.value(key); }
    [[nodiscard]] qsizetype size() const { return m_objects.size(); }
    [[nodiscard]] bool hasChanges() const { return !m_order.isEmpty(); }
    /// What changed since the last call, in the order of the first change of each key.
    [[nodiscard]] ChangeSet takeChanges();

private:
    void touch(const ObjectKey &key);

    QHash<ObjectKey, ObjectPtr> m_objects;
    QHash<ObjectKey, ObjectPtr> m_before; ///< of keys touched since the last look; null: was not there
    QHash<ObjectKey, ObjectPtr> m_last;   ///< last states of deleted ones
    QList<ObjectKey> m_order;
};

} // namespace kube
