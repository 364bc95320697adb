// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Keeps the upgrade's evidence while a session is connected: every log of it, followed in turn (collectplan.h) and
/// appended to the evidence store, and the history of its objects. Where another window already writes, this one reads
/// nothing twice and takes over when that is gone. Memory is bounded: a disk that does not take lines stops the
/// reading. Thread: the worker's.
#pragma once

#include "evidence/joblogs.h"
#include "evidence/store.h"
#include "kube/client.h"
#include "kube/logfollower.h"
#include "session/collectplan.h"
#include "session/evidencestate.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <map>
#include <memory>

namespace session {

class Collector : public QObject {
    Q_OBJECT
public:
    /// `root` of the store; empty: the user's.
    explicit Collector(const QString &root, QObject *parent = nullptr);
    ~Collector() override;

    /// The client to read with; nullptr: rest. What is kept stays open.
    void setClient(kube::Client *client);
    /// Another cluster from now on.
    void forget();
    /// After each new board and observe(); `now` as they had it.
    void follow(const upgrade::Snapshot &snapshot, const upgrade::Board &board, const QDateTime &now);
    /// An object version as it arrived: those between two boards are kept too.
    void seen(upgrade::Kind kind, const kube::ObjectPtr &object, const QDateTime &now);
    void gone(upgrade::Kind kind, const kube::ObjectKey &key, const QDateTime &now);
    /// What a person looks at: read first, whether of the upgrade or not.
    void open(const QList<LogTarget> &targets);
    /// What failed tries again.
    void retry();
    /// Everything is written and the store given back.
    void close();

    [[nodiscard]] const EvidenceState &state() const { return m_state; }

Q_SIGNALS:
    void changed();
    /// What the last writer had observed of this upgrade, before anything of ours is recorded.
    void recovered(const upgrade::Observations &before);

private:
    struct Reading;
    void identify();
    void openStore(const upgrade::Board &board);
    void roleChanged();
    void plan();
    void schedule();
    void listAround();
    void start(Reading &reading);
    void stop(Reading &reading);
    void take(Reading &reading, const QList<kube::LogLine> &lines);
    void followed(Reading &reading, kube::LogFollower::State state);
    void say();
    void tell();

    const QString m_root;
    QPointer<kube::Client> m_client;
    QString m_clusterUid;
    bool m_identifying = false;
    std::unique_ptr<evidence::Store> m_store;
    evidence::UpgradeIdentity m_id;
    upgrade::Snapshot m_snapshot; ///< of the last board; shared
    upgrade::Board m_board;
    QList<LogTarget> m_opened;
    std::map<ContainerKey, std::unique_ptr<Reading>> m_readings;
    QList<std::shared_ptr<const upgrade::PodObject>> m_around;
    std::optional<upgrade::PhaseId> m_aroundPhase;
    QTimer m_plan;   ///< at most twice a second, whatever comes
    QTimer m_turns;  ///< while more wait than there are streams
    QTimer m_relist; ///< controllers of other namespaces, while they are needed
    QTimer m_say;
    QElapsedTimer m_clock;
    EvidenceState m_state;
};

} // namespace session
