// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One connected cluster: watches → snapshot → board, in a thread of its own, with one signal out.
/// The Session object lives in the caller's thread (the UI's); network, JSON and derivation happen in its worker.
/// States arrive coalesced, at most 20 a second, whatever the event rate; nothing here ever blocks the caller,
/// closing included.
#pragma once

#include "kube/clusterconfig.h"
#include "kube/error.h"
#include "kube/logfollower.h"
#include "restart/verdict.h"
#include "session/checkstate.h"
#include "session/evidencestate.h"
#include "upgrade/board.h"

#include <QObject>

#include <chrono>
#include <memory>

namespace session {

/// Where the connection stands, apart from what was last seen.
struct Connection {
    enum class State {
        Idle,       ///< not asked to connect
        Connecting, ///< nothing complete yet
        Online,
        Degraded,     ///< some kinds are stale or denied; `error` names the worst
        NeedsConsent, ///< an exec plugin waits for the person's yes; `error.name` is the command
        NeedsLogin,   ///< 401: credentials must change first
        Offline,      ///< lost or never reached; next try at retryAt
        Failed,       ///< cannot work as configured; nothing is retried
    };
    State state = State::Idle;
    QDateTime since;
    std::optional<kube::Error> error;
    QDateTime retryAt;
    QString serverVersion; ///< Kubernetes
    QString activity;      ///< translated: "running exec plugin aws …"; empty mostly
    bool insecure = false; ///< TLS is not verified: shown for as long as the cluster is
    QString actingAs;      ///< impersonated user; empty mostly
    QStringList warnings;  ///< `Warning:` headers, newest last, bounded
};

struct ClusterState {
    QString context;
    Connection connection;
    upgrade::Board board;
    std::shared_ptr<const upgrade::Snapshot> snapshot; ///< what the board was made of
    /// May it be stopped and started again, judged of the same snapshot; what could not be read is in `missing`.
    restart::Verdict verdict;
    quint64 revision = 0; ///< grows with every state
    /// Every kind has answered (read, denied or missing): the board is whole.
    bool settled = false;
    /// The logs that matter for the board have been read up to now (or cannot be).
    bool logsSettled = false;
    /// Kinds we are not allowed to read, as RBAC names them ("jobs.batch"), each once.
    QStringList denied;
    /// The cluster's clock minus ours, as far as it is known to run ahead (never negative). Times in the board are the
    /// cluster's: "now" beside them is our clock plus this. In the demo it is the simulated time.
    std::chrono::milliseconds clockAhead{0};
    /// What is kept of the upgrade on disk.
    EvidenceState evidence;
    /// Valid: nothing here is of now, it is what was known at that moment (historysession.h).
    QDateTime pastMoment;
};

/// The cluster's "now", to stand beside the times of `state.board`; of a past state the moment it is of.
[[nodiscard]] QDateTime clusterNow(const ClusterState &state);

struct LogTarget {
    QString ns, pod, podUid, container; ///< empty container: all of the pod
};

struct LogBatchLine {
    QString pod, container;
    kube::LogLine line;
};

/// A log being read for a view: several containers merged by time as far as they arrive. Lives in the caller's thread.
/// Delete it to stop. Bounded: when the view does not take lines, the sockets are not read.
class LogChannel : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// The view took `count` lines; more may come.
    virtual void acknowledge(qsizetype count) = 0;
    /// Adds pods that appeared since (a new attempt of the same Job); known ones are ignored.
    virtual void setTargets(const QList<session::LogTarget> &targets) = 0;
Q_SIGNALS:
    void appended(const QList<session::LogBatchLine> &lines);
    /// Following, reconnecting, ended, failed: what to say under the log. Empty error: fine.
    void statusChanged(kube::LogFollower::State state, const std::optional<kube::Error> &error);
};

struct SessionOptions {
    bool execConsent = false;
    std::chrono::milliseconds execTimeout{60000};
    bool followLogs = true;    ///< digest the logs of active Jobs for milestones and "waiting for"
    bool keepEvidence = false; ///< keep every log and the history of objects on disk
    QString evidenceRoot;      ///< where; empty: the user's state folder
};

class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(kube::ClusterConfig config, SessionOptions options = {}, QObject *parent = nullptr);
    ~Session() override; ///< returns at once; the worker ends by itself

    void start();
    /// New effective values after the kubeconfig changed. The same value changes nothing.
    void reconfigure(const kube::ClusterConfig &config);
    /// Try now: the person asked, the network is back.
    void retryNow();
    void grantExecConsent();
    [[nodiscard]] const ClusterState &state() const;
    [[nodiscard]] std::unique_ptr<LogChannel> openLog(const QList<LogTarget> &targets);
    /// What a person looks at from now on: its logs are read first, and kept also when they are not the upgrade's.
    void keepFirst(const QList<LogTarget> &targets);
    /// Makes the pre-checks (checkrunner.h); what comes of them is told by checksChanged().
    void runChecks(const CheckWish &wish);
    void cancelChecks();
    [[nodiscard]] const CheckState &checks() const;

Q_SIGNALS:
    void changed(const session::ClusterState &state);
    void checksChanged(const session::CheckState &checks);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace session

Q_DECLARE_METATYPE(session::ClusterState)
