// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a restart stands, as a value: what its pages show. Codes and the system's own words; what a person reads of
/// them is made at the edge.
#pragma once

#include "kube/client.h"
#include "restart/procedure.h"
#include "restart/refusal.h"

#include <QMetaType>
#include <QStringList>

namespace session {

/// One thing that the restart has to be allowed.
struct AccessRow {
    enum class State { Unknown, Allowed, Denied };
    kube::AccessQuestion question;
    State state = State::Unknown;
    QString words; ///< the server's reason, or why it is not known
};

/// The cluster's own answer to a dry run.
struct DryRunAnswer {
    bool asked = false;
    bool accepted = false;
    QString words; ///< the server's, when it refused
    restart::Refusal refusal = restart::Refusal::Other;
    [[nodiscard]] bool blocks() const { return asked && !accepted && refusal == restart::Refusal::Other; }
};

struct EvidenceProgress {
    enum class State { None, Running, Complete, Failed };
    State state = State::None;
    QString folder; ///< where it is or will be
    qint64 bytes = 0, total = 0;
    bool logs = false; ///< the logs kept so far are in it
    QStringList gaps;  ///< what could not be had: "KIND: the system's words"
    QString words;     ///< why it failed
};

struct RestartState {
    enum class Busy {
        No,
        Looking,    ///< reads the cluster, judges it, asks what one may do
        Collecting, ///< writes evidence
        Asking,     ///< dry runs
        Acting,     ///< an answer to a request of the procedure is awaited
    };
    Busy busy = Busy::No;
    bool begun = false; ///< there is a procedure
    restart::Procedure procedure;
    restart::Verdict verdict; ///< the newest known to the restart
    QString context, server;  ///< server: without a login
    QString user;             ///< as the cluster names it; "": not known
    QStringList groups;
    QList<AccessRow> access;
    DryRunAnswer deletion, creation;
    EvidenceProgress evidence;
    QString folder;       ///< of the journal
    QString trouble;      ///< the system's words why the last step could not be made (disk, connection); "": none
    bool resumed = false; ///< found on disk and gone on with
    int requests = 0;     ///< noted in the journal since it was opened

    [[nodiscard]] bool mayEverything() const
    {
        for (const AccessRow &row : access) {
            if (row.state != AccessRow::State::Allowed)
                return false;
        }
        return !access.isEmpty();
    }
};

/// A restart that was not finished, found on disk.
struct UnfinishedRestart {
    QString folder, context, server, upgrade, uid;
    restart::Step step = restart::Step::Review;
    QDateTime since;
};
[[nodiscard]] QList<UnfinishedRestart> unfinishedRestarts(const QString &actionsRoot);

} // namespace session

Q_DECLARE_METATYPE(session::RestartState)
