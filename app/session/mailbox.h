// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Hands states from the worker to the caller's thread: at most one notice is under way, and a caller that is busy
/// finds the newest state only. States that are no longer shown go back, so that the big maps in them are freed by the
/// worker. Thread-safe.
#pragma once

#include "session/session.h"

#include <QMutex>

#include <functional>
#include <optional>

namespace session {

class Mailbox {
public:
    /// `notice` is called in the worker's thread and must post to the caller's; false: nobody is there any more.
    explicit Mailbox(std::function<bool()> notice)
        : m_notice(std::move(notice))
    {
    }

    /// Worker: the newest state.
    void put(ClusterState state);
    /// Caller, on the notice.
    [[nodiscard]] std::optional<ClusterState> take();
    /// Caller: what it showed until now.
    void giveBack(ClusterState state);
    /// Worker: frees what came back.
    void sweep();

private:
    QMutex m_mutex;
    std::function<bool()> m_notice;
    std::optional<ClusterState> m_latest;
    QList<ClusterState> m_back;
    bool m_noticed = false;
};

} // namespace session
