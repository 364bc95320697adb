// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where the connection stands, from how fresh the copies of the kinds are. Pure.
#pragma once

#include "kube/watcher.h"
#include "session/session.h"

#include <QList>

namespace session {

struct SourceView {
    QString name; ///< "jobs.batch": as RBAC names it
    bool essential = false;
    kube::Freshness freshness;
};

struct Judgement {
    Connection::State state = Connection::State::Connecting;
    std::optional<kube::Error> error; ///< the worst
    QDateTime since;                  ///< since when it is so, as far as the sources tell
    QDateTime retryAt;
};

/// Of the running watchers. A copy that is being read anew because its version got too old counts as live.
[[nodiscard]] Judgement judge(const QList<SourceView> &sources);

/// Of one error before any watcher runs (version, discovery). Offline means: try again later.
[[nodiscard]] Connection::State stateForError(const kube::Error &error);

} // namespace session
