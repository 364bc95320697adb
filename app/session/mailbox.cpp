// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/mailbox.h"

namespace session {

void Mailbox::put(ClusterState state)
{
    std::optional<ClusterState> old(std::move(state)); // after the swap: the state nobody took, freed outside the lock
    bool notify = false;
    {
        const QMutexLocker locker(&m_mutex);
        m_latest.swap(old);
        notify = !std::exchange(m_noticed, true);
    }
    if (notify && !m_notice()) {
        const QMutexLocker locker(&m_mutex);
        m_noticed = false;
    }
    sweep();
}

std::optional<ClusterState> Mailbox::take()
{
    const QMutexLocker locker(&m_mutex);
    m_noticed = false;
    return std::exchange(m_latest, std::nullopt);
}

void Mailbox::giveBack(ClusterState state)
{
    const QMutexLocker locker(&m_mutex);
    m_back.append(std::move(state));
}

void Mailbox::sweep()
{
    QList<ClusterState> old;
    const QMutexLocker locker(&m_mutex);
    old.swap(m_back);
    // `locker` is released before `old` dies: declared after it.
}

} // namespace session
