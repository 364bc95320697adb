// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One exec plugin as the whole process shares it. Contexts with the same plugin (command, arguments, environment, API
/// version, interactive mode and, where the plugin is told about it, the cluster) use one authenticator, as client-go's
/// cache does (plugin/pkg/client/auth/exec/exec.go, cacheKey): it runs once at a time, and what it gave serves all of
/// them until it expires or a server refuses it. It is forgotten with the last context that uses it.
///
/// The plugin runs in a thread of its own, so a run goes on for those who still wait when another gives up or ends.
/// Thread-safe; listeners are called in the thread of their object, from its event loop.
#pragma once

#include "kube/clusterconfig.h"
#include "kube/credentialsown.h"
#include "kube/error.h"

#include <QDateTime>
#include <QHash>
#include <QMutex>
#include <QSet>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

class QObject;

namespace kube {

struct ExecCredential;
class ExecPlugin;

/// See CredentialProvider::Options. Of those who share a plugin, the first one's are used.
struct ExecLimits {
    std::chrono::milliseconds timeout;
    std::chrono::milliseconds pause;
    std::chrono::milliseconds least;
    std::chrono::milliseconds quiet;
};

class ExecAuthenticator {
public:
    struct Fresh {
        quint64 serial = 0; ///< grows with each run
        CredentialMaterial material;
        QDateTime expiresAt;
    };
    struct Listener {
        /// A run gave another credential; told to all, before the answer.
        std::function<void(const Fresh &)> fresh;
        /// To those who wait for that run.
        std::function<void(quint64 run, const Result<Fresh> &)> answered;
    };

    /// The one of this plugin. `config.exec` must have a value.
    [[nodiscard]] static std::shared_ptr<ExecAuthenticator> of(const ClusterConfig &config, const ExecLimits &limits);
    /// Ends what runs, and waits until its thread has done so: a blink.
    ~ExecAuthenticator();
    ExecAuthenticator(const ExecAuthenticator &) = delete;
    ExecAuthenticator &operator=(const ExecAuthenticator &) = delete;

    void add(QObject *object, Listener listener);
    /// It hears nothing any more; a run nobody else waits for is ended.
    void remove(QObject *object);

    /// The credential, or why there is none; or the number of the run whose answer the listener has to wait for.
    struct Answer {
        std::optional<Result<Fresh>> now;
        quint64 run = 0;
    };
    [[nodiscard]] Answer ask(QObject *object);
    /// The server refused it. True when asking again may give another one; see CredentialProvider::rejected().
    [[nodiscard]] bool rejected(quint64 serial);
    /// Forget everything; a run goes on.
    void reset();
    /// The next ask runs the plugin even though it failed a moment ago.
    void forgetFailure();
    /// `object` does not wait any more. When nobody else does, the run is ended and `error` is what is answered for a
    /// while.
    void giveUp(QObject *object, const Error &error);
    [[nodiscard]] QString messages() const;

private:
    class Thread;
    struct Failure {
        Error error;
        QDateTime until;
    };
    ExecAuthenticator(const ClusterConfig &config, const ExecLimits &limits);
    static QByteArray keyOf(const ClusterConfig &config);
    // With the lock held:
    void start();
    void endRun();
    [[nodiscard]] bool usable() const;
    [[nodiscard]] QDateTime refreshTime(const QDateTime &expiresAt) const;
    void succeed(const CredentialMaterial &material, const QDateTime &expiresAt);
    void answerAll(const Result<Fresh> &result);
    // In the plugin's thread:
    void finished(quint64 run, const Result<ExecCredential> &result);

    const ClusterConfig m_config;
    const ExecLimits m_limits;
    std::shared_ptr<Thread> m_thread;
    std::unique_ptr<ExecPlugin> m_plugin; ///< touched in m_thread only

    mutable QMutex m_mutex;
    QHash<QObject *, Listener> m_listeners;
    QSet<QObject *> m_waiting;
    quint64 m_run = 0; ///< number of the newest run
    bool m_running = false;
    Fresh m_current;
    bool m_valid = false;        ///< m_current may be given out
    bool m_stale = false;        ///< refused by a server
    bool m_afterRefusal = false; ///< m_current was fetched because the one before was refused
    QDateTime m_obtained;
    QDateTime m_refreshAt; ///< invalid: never
    std::chrono::milliseconds m_quiet;
    std::optional<Failure> m_failure;
    QString m_messages;
};

} // namespace kube
