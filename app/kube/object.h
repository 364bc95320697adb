// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One object as the server gave it, decoded and slimmed, immutable and cheap to share between threads.
#pragma once

#include "kube/error.h"
#include "kube/resource.h"

#include <QJsonObject>
#include <QList>
#include <QMetaType>

#include <functional>
#include <memory>

namespace kube {

struct Object {
    ObjectKey key;
    QString uid;
    QString resourceVersion; ///< opaque: only passed back and compared for equality
    QJsonObject json;        ///< without metadata.managedFields, and whatever the Slimmer took away
};
using ObjectPtr = std::shared_ptr<const Object>;

/// Takes away what a watcher's owner never reads, at decode time. Runs in the watcher's thread.
using Slimmer = std::function<QJsonObject(QJsonObject)>;

/// Reads metadata and drops managedFields. Fails as Undecodable when there is no name or no resourceVersion, or a
/// field of metadata has a wrong type; the error never carries the body.
[[nodiscard]] Result<ObjectPtr> makeObject(QJsonObject json, const Slimmer &slim = {});

/// What changed in a store, in one step. The same name with another UID is a removal and an addition.
struct ChangeSet {
    QList<ObjectPtr> added;
    QList<ObjectPtr> updated;
    QList<ObjectPtr> removed; ///< with the last state seen
    [[nodiscard]] bool isEmpty() const { return added.isEmpty() && updated.isEmpty() && removed.isEmpty(); }
};

} // namespace kube

Q_DECLARE_METATYPE(kube::ObjectPtr)
Q_DECLARE_METATYPE(kube::ChangeSet)
