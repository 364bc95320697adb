// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Small made-up clusters: objects written as a test needs them, in the shapes of the API.
#pragma once

#include "upgrade/snapshot.h"

#include <QJsonArray>
#include <QJsonObject>

#include <functional>

namespace support {

/// A cluster at a made-up time with one Upgrade named "up". Times are minutes since `begin`.
class World {
public:
    World();
    upgrade::Snapshot snapshot;

    [[nodiscard]] static QDateTime at(double minutes);
    [[nodiscard]] static QString stamp(double minutes);

    /// Conditions as "Completed=U LogReady=F(Disabled) ImageReady=T@5": U, T, F; reason in parentheses; @ minute of lastUpdateTime.
    /// Node states as "n1=Pre-draining;n2=Failed(DeadlineExceeded)". Labels: "" is absent.
    void upgrade(const QString &conditions, const QString &label = {}, const QString &nodes = {}, const QJsonObject &more = {});
    /// The Upgrade as last given, changed by `change`.
    void editUpgrade(const std::function<void(QJsonObject &)> &change);
    void node(const QString &name, const QJsonObject &more = {});
    /// Status "running", "complete", "failed" from/to minutes.
    void job(const QString &name, const QString &type, const QString &node, const QString &status, double from, double to = -1);
    void prepareJob(const QString &node, const QString &status, double from, double to = -1);
    void add(upgrade::Kind kind, const QJsonObject &json);
    void source(const QString &key, upgrade::SourceState::State state, const QString &message = {});
    void log(const QString &jobUid, const QString &line, double minute);

private:
    QJsonObject m_upgrade;
};

/// Later members win; objects merge.
[[nodiscard]] QJsonObject merged(QJsonObject base, const QJsonObject &over);
/// {"metadata":{"namespace":…,"name":…,"uid":"uid-<name>"}} with `more` merged.
[[nodiscard]] QJsonObject thing(const QString &ns, const QString &name, const QJsonObject &more = {});
[[nodiscard]] QJsonObject json(const char *text);
[[nodiscard]] QJsonArray conditionsOf(const QString &words);

} // namespace support
