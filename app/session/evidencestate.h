// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What is being kept of the upgrade that a session shows, for the window and the command line. A value.
#pragma once

#include "evidence/joblogs.h"
#include "evidence/store.h"
#include "kube/error.h"

#include <QHash>

#include <memory>
#include <optional>

namespace session {

/// Where the keeping of one container's log stands.
struct LogProgress {
    enum class State {
        Waiting,   ///< for its turn, or for the container to run
        Reading,   ///< being read
        Following, ///< everything written so far is kept
        Ended,     ///< kept to its very end
        Gone,      ///< its pod went before everything was read
        Failed,    ///< `error` says why; tried again when a person asks
        Blocked,   ///< the disk takes nothing at present
        Full,      ///< a limit is reached; the rest is not kept
    };
    State state = State::Waiting;
    std::optional<kube::Error> error;
};

struct EvidenceState {
    evidence::Store::Role role = evidence::Store::Role::Closed;
    QString folder;                                 ///< of the upgrade; empty: nothing is kept
    QString writer;                                 ///< of Reader: the process that writes
    std::optional<evidence::DiskError> error;       ///< of Failed, or of the object history
    std::shared_ptr<const evidence::KeptLogs> logs; ///< Jobs with their pods and files; null: none yet
    QHash<evidence::LogKey, LogProgress> progress;  ///< of the logs this process reads
    bool objectsFull = false;                       ///< the object history has reached its limit
};

} // namespace session
