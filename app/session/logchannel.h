// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The caller's half of a log: a LogChannel which talks to its LogPump in the worker through two gates. May outlive the
/// session.
#pragma once

#include "session/gate.h"
#include "session/session.h"

namespace session {

class Worker;

class Channel : public LogChannel {
    Q_OBJECT
public:
    /// `gate` leads to `worker`, and is closed before the worker dies.
    Channel(std::shared_ptr<Gate> gate, Worker *worker, const QList<LogTarget> &targets);
    ~Channel() override;

    void acknowledge(qsizetype count) override;
    void setTargets(const QList<session::LogTarget> &targets) override;

private:
    std::shared_ptr<Gate> m_worker;
    Worker *m_target; ///< touched only by work posted through m_worker
    std::shared_ptr<Gate> m_self;
    quint64 m_id;
};

} // namespace session
