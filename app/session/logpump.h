// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The worker's half of a LogChannel: one follower for each container, lines merged by their stamps as far as they
/// arrive, handed over in batches. When the view does not acknowledge, the followers are paused: memory stays bounded.
/// Thread: the worker's.
#pragma once

#include "session/gate.h"
#include "session/session.h"

#include <QPointer>
#include <QTimer>

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace session {

/// What a pump tells its view; called in the worker's thread, posts to the view's.
struct LogOutlet {
    std::function<void(QList<LogBatchLine>)> lines;
    std::function<void(kube::LogFollower::State, std::optional<kube::Error>)> status;
};

class LogPump : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype highLines = 20000; ///< not acknowledged or not yet sent: then sockets rest
    static constexpr qsizetype highBytes = 8 * 1024 * 1024;
    static constexpr qsizetype batchLines = 4000;

    /// `containers` tells the containers of a pod we know (empty: not known, the server is asked).
    using Containers = std::function<QStringList(const LogTarget &)>;
    LogPump(LogOutlet outlet, Containers containers, QObject *parent = nullptr);
    ~LogPump() override;

    /// Everything goes on with that client; what failed with another is tried with this one.
    void setClient(kube::Client *client);
    void setTargets(const QList<LogTarget> &targets);
    void acknowledge(qsizetype count);
    /// What failed or waits tries now.
    void retry();

private:
    struct Reading {
        LogTarget target; ///< container known
        std::unique_ptr<kube::LogFollower> follower;
        std::deque<kube::LogLine> waiting;
        QByteArray orderStamp; ///< of the newest line taken from `waiting`, for dividers without a time
        QByteArray lastStamp;  ///< of the newest line that came
        int lastSeen = 0;
        bool ended = false;
    };
    /// A pod whose containers are not known yet. What may pass is asked again after a pause, with longer and longer ones;
    /// the rest waits for retry(), new credentials or another client.
    struct Unresolved {
        LogTarget target;
        kube::Call call;
        int failures = 0; ///< in a row
        bool asking = false;
        std::optional<kube::Error> error;
        QTimer again;
    };
    void resolve(const LogTarget &target);
    void ask(Unresolved &unresolved);
    void answered(Unresolved &unresolved, const kube::Result<kube::ObjectPtr> &pod);
    void askAgain(bool refusedOnly);
    void add(const LogTarget &target);
    void start(Reading &reading);
    void take(Reading &reading, const QList<kube::LogLine> &lines);
    void flush();
    void tellStatus();
    void applyPressure();

    LogOutlet m_outlet;
    Containers m_containers;
    QPointer<kube::Client> m_client;
    QMetaObject::Connection m_credentials;
    QList<LogTarget> m_targets; ///< as asked for
    std::vector<std::unique_ptr<Unresolved>> m_unresolved;
    std::vector<std::unique_ptr<Reading>> m_readings;
    QTimer m_flush;
    std::deque<qsizetype> m_unacknowledged; ///< bytes of each line the view has not taken
    qsizetype m_bytes = 0;                  ///< of all lines here and there
    qsizetype m_waiting = 0;                ///< lines not sent yet
    bool m_paused = false;
    std::optional<kube::LogFollower::State> m_told;
    bool m_toldError = false;
};

} // namespace session
