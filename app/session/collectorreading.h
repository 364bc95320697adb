// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One container's log under way: private to Collector, whose parts are collector.cpp (what is to be read, and whose
/// turn it is) and collectorreading.cpp (reading it into its spool).
#pragma once

#include "session/collector.h"

namespace session {

[[nodiscard]] inline evidence::LogKey keyOf(const CollectTarget &target)
{
    return {target.ns, target.pod, target.key.podUid, target.key.container};
}

struct Collector::Reading {
    CollectTarget target;
    QPointer<evidence::LogSpool> spool;
    std::unique_ptr<kube::LogFollower> follower;
    QMetaObject::Connection spoolChanged;
    LogProgress::State state = LogProgress::State::Waiting;
    std::optional<kube::Error> error;
    qint64 since = 0;     ///< m_clock, when it got or lost its stream
    qint64 lastLine = 0;  ///< m_clock
    qint64 notBefore = 0; ///< m_clock; a refusal is not repeated at once
    bool done = false;    ///< nothing more will come, or may be kept
    bool podGone = false; ///< said by the follower
    bool gapAtEnd = false;
    Reading() = default;
    Reading(const Reading &) = delete;
    Reading &operator=(const Reading &) = delete;
    ~Reading() { QObject::disconnect(spoolChanged); } // a spool may outlive it
    [[nodiscard]] bool reading() const { return follower != nullptr; }
};

} // namespace session
