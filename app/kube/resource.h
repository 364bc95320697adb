// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Names of things in the Kubernetes API, and the paths made of them. Pure values.
#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <QString>

namespace kube {

/// One kind of object as the API serves it. An empty version means "whatever discovery prefers".
struct ResourceRef {
    QString group;     ///< "" for the core group
    QString version;   ///< "v1", "v1beta2"
    QString resource;  ///< plural: "upgrades"
    QString kind;      ///< "Upgrade"
    bool namespaced = true;

    [[nodiscard]] QString apiVersion() const; ///< "v1" or "batch/v1"
    [[nodiscard]] QString qualified() const;  ///< "pods", "upgrades.harvesterhci.io": as RBAC messages name it
    /// "/api/v1/namespaces/ns/pods/name" or "/apis/…", percent-encoded. Empty ns: all namespaces or cluster scope;
    /// empty name: the collection.
    [[nodiscard]] QString path(const QString &ns = {}, const QString &name = {}, const QString &subresource = {}) const;

    friend bool operator==(const ResourceRef &, const ResourceRef &) = default;
};

/// Identifies one object within one kind.
struct ObjectKey {
    QString ns;
    QString name;

    [[nodiscard]] QString text() const { return ns.isEmpty() ? name : ns + QLatin1Char('/') + name; }
    friend bool operator==(const ObjectKey &, const ObjectKey &) = default;
    friend auto operator<=>(const ObjectKey &, const ObjectKey &) = default;
};
inline size_t qHash(const ObjectKey &key, size_t seed = 0)
{
    return qHashMulti(seed, key.ns, key.name);
}

} // namespace kube

Q_DECLARE_METATYPE(kube::ResourceRef)
