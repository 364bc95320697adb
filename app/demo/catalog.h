// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Which kinds of objects the simulated API server serves: what discovery lists and what paths exist. Pure data.
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace demo {

struct ResourceType {
    QString group, version, resource, kind, singular;
    bool namespaced = true;
    QStringList shortNames;
    QStringList categories;
    bool custom = true;      ///< a CRD: strategic merge patches are refused
    bool status = false;     ///< has the status subresource, so writing the status does not raise the generation
    bool createOnly = false; ///< access reviews: nothing is stored

    [[nodiscard]] QString apiVersion() const { return group.isEmpty() ? version : group + QLatin1Char('/') + version; }
    /// "pods", "upgrades.harvesterhci.io": as messages of the API server name it.
    [[nodiscard]] QString qualified() const { return group.isEmpty() ? resource : resource + QLatin1Char('.') + group; }
    [[nodiscard]] QString listKind() const { return kind + QLatin1String("List"); }
    [[nodiscard]] QStringList verbs() const;
};

class Catalog {
public:
    /// `upgradePlans`: with the CRD of the experimental upgrade manager (V2).
    explicit Catalog(bool upgradePlans = false);
    [[nodiscard]] const std::vector<ResourceType> &types() const { return m_types; }
    [[nodiscard]] const ResourceType *find(QStringView group, QStringView resource) const;
    [[nodiscard]] const ResourceType *find(QStringView group, QStringView version, QStringView resource) const;
    [[nodiscard]] bool hasGroupVersion(QStringView group, QStringView version) const;
    /// Named groups (not the core one) in the order they are served.
    [[nodiscard]] QStringList groups() const;
    [[nodiscard]] QString versionOf(QStringView group) const;

private:
    std::vector<ResourceType> m_types;
};

} // namespace demo
