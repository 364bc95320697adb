// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The session's half that works: client, watchers, snapshot, derivation, logs; everything in one thread of its own.
/// All functions are called in that thread (through a Gate).
#pragma once

#include "session/checkrunner.h"
#include "session/collector.h"
#include "session/logpump.h"
#include "session/logwatch.h"
#include "session/mailbox.h"
#include "session/pace.h"
#include "session/sources.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <map>

namespace session {

/// Takes the pre-checks to the caller's thread; may be called from any thread.
using CheckOutlet = std::function<void(const CheckState &)>;

class Worker : public QObject {
    Q_OBJECT
public:
    Worker(kube::ClusterConfig config, SessionOptions options, std::shared_ptr<Mailbox> mailbox);
    ~Worker() override;

    void start();
    void reconfigure(const kube::ClusterConfig &config);
    void retryNow();
    void grantExecConsent();
    /// Ends everything and the thread; the worker deletes itself.
    void shutDown();

    void openLog(quint64 id, const LogOutlet &outlet, const QList<LogTarget> &targets);
    void closeLog(quint64 id);
    void acknowledgeLog(quint64 id, qsizetype count);
    void setLogTargets(quint64 id, const QList<LogTarget> &targets);
    void keepFirst(const QList<LogTarget> &targets);
    void runChecks(const CheckWish &wish, const CheckOutlet &outlet);
    void cancelChecks();

private:
    /// What happens before the watchers run.
    enum class Stage {
        Idle,
        Asking,  ///< version and discovery are under way
        Waiting, ///< that failed; m_retry will ask again
        Parked,  ///< that failed; a person must do something
        Running, ///< the watchers look after themselves
    };
    void makeClient();
    void connectToCluster();
    void askVersion();
    void discovered(const kube::Result<kube::Discovery> &found);
    void lookAgain();
    void scheduleLook();

    // workerboard.cpp: from what is known to what is told.
    void touch(bool board);
    void publish();
    void tell();
    void derive();
    bool judgeBlind();
    [[nodiscard]] Connection connectionNow();
    void makeCollector();
    void goOnFrom(const upgrade::Observations &before);
    void followBlindness(Connection::State before, Connection::State now);
    void armTick();

    kube::ClusterConfig m_config;
    SessionOptions m_options;
    std::shared_ptr<Mailbox> m_mailbox;
    Sources m_sources;
    LogWatch m_logs;
    std::unique_ptr<Collector> m_collector; ///< null: nothing is kept
    std::unique_ptr<kube::Client> m_client; ///< what uses it is ended before it, see makeClient() and shutDown()
    std::map<quint64, std::unique_ptr<LogPump>> m_pumps;
    std::unique_ptr<CheckRunner> m_checks; ///< of this client; null: none was asked for
    CheckOutlet m_checksOut;
    Stage m_stage = Stage::Idle;
    std::optional<kube::Error> m_stageError;
    QDateTime m_retryAt;
    int m_failures = 0;
    bool m_everOnline = false;
    bool m_grantedMeanwhile = false; ///< consent to the plugin, since the last question
    QTimer m_retry;
    QTimer m_look; ///< next discovery
    QElapsedTimer m_lastLook;
    QString m_serverVersion, m_activity;
    QStringList m_warnings;

    QElapsedTimer m_steady;
    Pace m_pace;
    QTimer m_publish;
    QTimer m_tick; ///< a threshold may have passed though nothing changed
    bool m_boardDirty = false;
    bool m_newObjects = false; ///< the snapshot is another, whether the board shows it or not
    bool m_ticked = false;
    bool m_evidenceChanged = false;
    Connection m_connection;
    ClusterState m_state;
};

} // namespace session
