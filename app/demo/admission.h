// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What Harvester's webhooks say to a change (restart-policy.md section 3, prechecks.md section A), in their words and
/// order. Pure over the store: a dry run and a real request get the same answer.
#pragma once

#include "demo/store.h"

#include <QDateTime>

#include <functional>
#include <optional>

namespace demo {

class Admission {
public:
    /// `certificateEnd`: when the first certificate of the API server ends; none: not asked.
    explicit Admission(const Store &store, std::function<QDateTime()> certificateEnd = {})
        : m_store(store)
        , m_certificateEnd(std::move(certificateEnd))
    {
    }

    /// The mutating webhook: pause map from the setting upgrade-config in manual mode.
    void mutate(const ResourceType &type, QJsonObject &object) const;
    [[nodiscard]] std::optional<ApiError> create(const ResourceType &type, const QJsonObject &object) const;
    [[nodiscard]] std::optional<ApiError> update(
        const ResourceType &type, const QJsonObject &before, const QJsonObject &after) const;
    [[nodiscard]] std::optional<ApiError> remove(const ResourceType &type, const QJsonObject &object) const;

private:
    [[nodiscard]] std::vector<StoredPtr> all(const char *group, const char *resource, const QString &ns = {}) const;
    [[nodiscard]] QJsonObject one(
        const char *group, const char *resource, const QString &ns, const QString &name) const;
    [[nodiscard]] std::optional<ApiError> createUpgrade(const QJsonObject &upgrade) const;
    [[nodiscard]] std::optional<ApiError> clusterState(const QJsonObject &upgrade) const;
    [[nodiscard]] std::optional<ApiError> disks(const QJsonObject &upgrade) const;
    [[nodiscard]] std::optional<ApiError> machines(const QJsonObject &upgrade) const;
    [[nodiscard]] std::optional<ApiError> replicas(const QJsonObject &upgrade) const;
    [[nodiscard]] std::optional<ApiError> virtualMachines(const QJsonObject &upgrade) const;
    [[nodiscard]] std::optional<ApiError> hotPlugged() const;
    [[nodiscard]] std::optional<ApiError> certificates(const QJsonObject &upgrade) const;
    [[nodiscard]] std::optional<ApiError> pauseMap(const QJsonObject &upgrade) const;

    const Store &m_store;
    std::function<QDateTime()> m_certificateEnd;
};

} // namespace demo
