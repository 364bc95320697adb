// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// How far the pre-checks of a cluster are, for the window and the command line. A value.
#pragma once

#include "restart/prechecks.h"

#include <QMetaType>
#include <QSet>

namespace session {

/// Which checks to make.
struct CheckWish {
    QString target;  ///< version to upgrade to; empty: as restart::intentFor() finds it
    QStringList ids; ///< only these again, with the intent of the run before; empty: all. "server": the dry run
};

/// Id of the server's own answer beside those of the checks.
inline const QString serverCheck = QStringLiteral("server");

struct CheckState {
    bool everRun = false;
    bool running = false;
    int fetched = 0, toFetch = 0; ///< requests of this run
    restart::Intent intent;
    QList<restart::CheckResult> results; ///< in the order of the table; those being made again keep their last one
    QStringList ids;                     ///< all that belong to this intent, in that order
    QSet<QString> pending;               ///< being made now; "server" too
    restart::ServerAnswer server;
    QDateTime finished; ///< of the last run, by our clock; invalid: none has ended

    [[nodiscard]] const restart::CheckResult *result(const QString &id) const
    {
        for (const restart::CheckResult &one : results) {
            if (one.id == id)
                return &one;
        }
        return nullptr;
    }
};

} // namespace session

Q_DECLARE_METATYPE(session::CheckState)
