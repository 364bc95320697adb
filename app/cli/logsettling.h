// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether the logs that are asked for have been kept up to the moment of asking, so that they can be printed merged by
/// time, and which of them cannot be. Looks at states and at files.
#pragma once

#include "cli/exitcodes.h"
#include "cli/logselect.h"

#include <QElapsedTimer>
#include <QSet>

namespace cli {

/// A log that is not whole, and why, in words for stderr.
struct LogComplaint {
    QString text;
    Exit code = Exit::NotReached;
};

class LogSettling {
public:
    LogSettling() { m_clock.start(); }

    /// Looks again. `wanted`: of liveSources(). True: nothing has to be waited for any more.
    [[nodiscard]] bool look(const QList<LogSource> &wanted, const session::ClusterState &state);
    /// Something came since the last look.
    [[nodiscard]] bool moved() const { return m_moved; }
    /// What is wrong with logs, each once. `late`: those that are still waited for are given up.
    [[nodiscard]] QList<LogComplaint> complaints(
        const QList<LogSource> &wanted, const session::ClusterState &state, bool late);

private:
    [[nodiscard]] bool isPending(const LogSource &source, const session::ClusterState &state);

    struct File {
        qint64 size = -1;
        qint64 since = 0; ///< m_clock, when it got that size
    };
    QElapsedTimer m_clock;
    QDateTime m_asked; ///< by the cluster's clock; what is written later need not be waited for
    QHash<QString, File> m_files;
    QSet<evidence::LogKey> m_caughtUp;
    QSet<evidence::LogKey> m_complained;
    QList<evidence::LogKey> m_pending;
    bool m_moved = false;
};

} // namespace cli
