// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The watchers of one cluster, one for each entry of upgrade::watchTargets(), and the snapshot they fill. Survives a
/// change of the client: what is known stays until the new client has read the kind anew. Thread: the worker's.
#pragma once

#include "kube/watcher.h"
#include "session/clusterclock.h"
#include "session/connection.h"
#include "upgrade/snapshot.h"

#include <QObject>
#include <QSet>

#include <memory>
#include <vector>

namespace session {

/// The name of a target in Snapshot::sources: "jobs.batch/harvester-system", "nodes".
[[nodiscard]] QString sourceKey(const upgrade::WatchTarget &target);

class Sources : public QObject {
    Q_OBJECT
public:
    explicit Sources(QObject *parent = nullptr);
    ~Sources() override;

    /// Begins to watch with this client. `found` is what the server serves; nullopt: not known, every kind is tried.
    /// Kinds the server does not have are marked as missing; without Harvester's Upgrade kind nothing is watched.
    void begin(kube::Client &client, const std::optional<kube::Discovery> &found);
    /// Looks again for kinds that were missing.
    void rediscovered(kube::Client &client, const kube::Discovery &found);
    /// Ends all watchers; what was read stays, as stale.
    void end(const std::optional<kube::Error> &cause);
    /// Another cluster from now on: nothing of this one may stay under its name.
    void forget();
    /// All waiting watchers try now.
    void resume();

    [[nodiscard]] bool running() const { return m_running; }
    [[nodiscard]] bool settled() const;  ///< every kind has answered since begin()
    [[nodiscard]] bool readable() const; ///< every essential kind has: a board can be made
    [[nodiscard]] bool anyMissing() const;
    [[nodiscard]] QStringList denied() const;
    [[nodiscard]] QList<SourceView> views() const;
    [[nodiscard]] upgrade::Snapshot &snapshot() { return m_snapshot; }
    [[nodiscard]] ClusterClock &clock() { return m_clock; }

Q_SIGNALS:
    void objectsChanged();
    /// Each version as it came, before objectsChanged(). `now` is the cluster's time.
    void objectSeen(upgrade::Kind kind, const kube::ObjectPtr &object, const QDateTime &now);
    void objectGone(upgrade::Kind kind, const kube::ObjectKey &key, const QDateTime &now);
    void freshnessChanged();
    /// A kind that was served is gone (404): look what the server serves.
    void kindLost();
    void reported(const kube::Error &error);

private:
    struct Source {
        upgrade::WatchTarget target;
        QString key;
        std::unique_ptr<kube::Watcher> watcher;
        kube::Freshness freshness;
        QSet<kube::ObjectKey> keys; ///< what this target put into the snapshot
        bool answered = false;      ///< since begin()
        bool compared = false;      ///< what an earlier client read and this one did not find is taken away
    };
    void watch(kube::Client &client, Source &source, const kube::ResourceRef &resource);
    void setFreshness(Source &source, const kube::Freshness &freshness);
    void take(Source &source, const kube::ChangeSet &changes);
    void compare(Source &source);
    void drop(const Source &source, const kube::ObjectKey &key);

    std::vector<std::unique_ptr<Source>> m_sources; ///< essential ones first
    upgrade::Snapshot m_snapshot;
    ClusterClock m_clock;
    bool m_running = false;
};

} // namespace session
