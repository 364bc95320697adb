// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/historylink.h"

namespace ui {

HistoryLink::HistoryLink(const QString &path, Of of, QObject *parent)
    : ClusterLink(parent)
    , m_folder(path)
    , m_of(of)
    , m_session(path, of)
{
    connect(&m_session, &session::HistorySession::opened, this, [this] {
        m_open = true;
        m_wished = past().last; // the session shows the last moment by itself
        Q_EMIT changed();
    });
    connect(&m_session, &session::HistorySession::changed, this, [this](const session::ClusterState &state) {
        m_state = state;
        m_state.evidence.role = evidence::Store::Role::Closed;
        Q_EMIT changed();
    });
}

void HistoryLink::showMoment(const QDateTime &at)
{
    if (!m_open || !past().last.isValid() || at == m_wished)
        return;
    m_wished = at;
    m_session.showMoment(at);
    Q_EMIT changed();
}

} // namespace ui
