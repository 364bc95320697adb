// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/logchannel.h"

#include "session/worker.h"

#include <atomic>

namespace session {

namespace {
std::atomic<quint64> lastId{0};
}

Channel::Channel(std::shared_ptr<Gate> gate, Worker *worker, const QList<LogTarget> &targets)
    : m_worker(std::move(gate))
    , m_target(worker)
    , m_self(std::make_shared<Gate>(this))
    , m_id(++lastId)
{
    LogOutlet outlet;
    // The work posted to us dies with us, so `this` is alive when it runs.
    outlet.lines = [this, self = m_self](QList<LogBatchLine> lines) {
        self->post([this, batch = std::move(lines)] { Q_EMIT appended(batch); });
    };
    outlet.status = [this, self = m_self](kube::LogFollower::State state, std::optional<kube::Error> error) {
        self->post([this, state, problem = std::move(error)] { Q_EMIT statusChanged(state, problem); });
    };
    m_worker->post(
        [target = m_target, id = m_id, out = std::move(outlet), targets] { target->openLog(id, out, targets); });
}

Channel::~Channel()
{
    m_self->close();
    m_worker->post([target = m_target, id = m_id] { target->closeLog(id); });
}

void Channel::acknowledge(qsizetype count)
{
    m_worker->post([target = m_target, id = m_id, count] { target->acknowledgeLog(id, count); });
}

void Channel::setTargets(const QList<LogTarget> &targets)
{
    m_worker->post([target = m_target, id = m_id, targets] { target->setLogTargets(id, targets); });
}

} // namespace session
