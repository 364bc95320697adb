// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/answerwait.h"

namespace cli {

using session::Connection;

AnswerWait::AnswerWait(const Arguments &arguments, const kube::ClusterConfig &config, QObject *parent)
    : QObject(parent)
    , m_arguments(arguments)
{
    session::SessionOptions options;
    options.execConsent = true; // the call itself is the consent
    options.execTimeout = arguments.execTimeout;
    options.followLogs = false;
    m_session = std::make_unique<session::Session>(config, options);
    connect(m_session.get(), &session::Session::changed, this, &AnswerWait::take);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] { end(false); });
}

AnswerWait::~AnswerWait() = default;

void AnswerWait::start()
{
    m_deadline.start(m_arguments.timeout);
    m_session->start();
}

void AnswerWait::take(const session::ClusterState &state)
{
    // While a login plugin runs its own limit counts, not ours.
    if (!state.connection.activity.isEmpty())
        m_deadline.stop();
    else if (!m_deadline.isActive())
        m_deadline.start(m_arguments.timeout);
    switch (state.connection.state) {
    case Connection::State::NeedsConsent:
    case Connection::State::NeedsLogin:
    case Connection::State::Offline:
    case Connection::State::Failed:
        end(state.settled);
        return;
    default:
        if (state.settled)
            end(true);
    }
}

void AnswerWait::end(bool whole)
{
    if (std::exchange(m_ended, true))
        return;
    m_deadline.stop();
    Q_EMIT answered(m_session->state(), whole);
}

} // namespace cli
