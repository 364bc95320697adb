// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What is wrong with a connection and what a person can do, as a value for the message strip. Empty headline: nothing.
#pragma once

#include "session/session.h"
#include "ui/statecolours.h"

namespace ui {

struct Trouble {
    enum class Action { RetryNow, CopyDetails, AllowPlugin, CancelPlugin, Disconnect, OpenFolder };
    Tone tone = Tone::Warning;
    QString headline;      ///< what failed for the person
    QString cause;         ///< in the system's own words
    QString advice;        ///< what can be done
    QList<Action> actions; ///< the first is the filled one when `urgent`; it is never the one that runs something
    bool urgent = false;
    QString program; ///< the one that would run, as its button names it
    QString details; ///< everything, for the clipboard; no secrets are in an Error
    friend bool operator==(const Trouble &, const Trouble &) = default;
};

/// `command` and `file` of the exec plugin of the context, named when consent is asked.
[[nodiscard]] Trouble troubleOf(
    const session::ClusterState &state, const kube::ExecConfig *plugin, const QDateTime &now);

[[nodiscard]] QString actionText(Trouble::Action action, const QString &program = {});

/// A command line as one would type it into a shell: what a shell would take apart or obey is quoted, what cannot be
/// seen is written out. Nothing here is ever given to a shell; it is to be read.
[[nodiscard]] QString shellWords(const QStringList &words);

} // namespace ui
