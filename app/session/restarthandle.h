// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The caller's half of a restart: its RestartRun lives in a thread of its own. Deleting the handle ends the run; what
/// is on disk stays, and can be gone on with. Everything returns at once.
#pragma once

#include "session/actionthread.h"
#include "session/restartrun.h"
#include "session/session.h"

#include <QObject>

namespace session {

class RestartHandle : public QObject {
    Q_OBJECT
public:
    /// `actionsRoot` empty: evidence::defaultActionsRoot().
    RestartHandle(const kube::ClusterConfig &config, bool execConsent, const QString &actionsRoot);
    ~RestartHandle() override;

    [[nodiscard]] const RestartState &state() const { return m_state; }
    /// The watched cluster, whenever it has changed: a verdict of it, its time, and what is kept of its upgrade.
    void follow(const ClusterState &state);
    void reconfigure(const kube::ClusterConfig &config) { m_thread->reconfigure(config); }

    // restartrun.h
    void begin(const upgrade::ObjectRef &upgrade);
    void resume(const QString &folder);
    void lookAgain();
    void accept();
    void collectEvidence();
    void cancelEvidence();
    void check();
    void confirm(const QString &typed);
    void startAgain();
    void endHere();
    void imageReady(const QString &image);
    void cancel();

Q_SIGNALS:
    void changed();

private:
    /// Told by follow(), used in the run's thread only.
    struct Watched {
        QString kept;
        qint64 aheadMs = 0;
    };
    std::shared_ptr<Gate> m_self;
    std::shared_ptr<Watched> m_watched;
    std::unique_ptr<ActionThread<RestartRun>> m_thread;
    std::shared_ptr<const upgrade::Snapshot> m_followed; ///< what follow() told last
    QString m_kept;
    RestartState m_state;
};

} // namespace session
