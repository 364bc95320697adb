// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a board needs from a Job's log, kept in constant space while lines stream by: which milestone of
/// apply-manifests was reached, what the last line says, since when it says the same, and whether pre/post-drain is in
/// its ten-minute retry. A Job whose pod fails begins anew in another pod (or another run of the container): the milestone is
/// kept, everything else tells of the newest attempt. Strings are those of Harvester's upgrade scripts (package/upgrade/upgrade_manifests.sh, upgrade_node.sh).
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace upgrade {

struct LogDigest {
    int milestone = 0;        ///< 1..13 of phase 3, the highest reached by any attempt; 0: none
    QString pod;              ///< of the last line: the pod of the newest attempt
    qint64 lines = 0;         ///< read of all attempts
    qint64 lineNumber = 0;    ///< of the last line, in the log of its container's run, from 1
    QString lastLine;         ///< trimmed to 400 characters
    QDateTime lastTime;       ///< of the last line, by the server's clock
    QString waitingLine;      ///< the last line that says what is waited for; empty when later lines went on
    QDateTime waitingSince;   ///< when lines began to say the same (numbers and times ignored)
    qint64 waitingLineNumber = 0; ///< as lineNumber
    int retries = 0;          ///< "will retry after 10 minutes (N retries)"
    QDateTime retrySince;
    QString firstError;       ///< first line of level error or fatal
    qint64 firstErrorNumber = 0; ///< as lineNumber
};

inline constexpr int milestoneCount = 13;

/// The digest after one more line. `stamp` is the server's RFC 3339 time of the line; `number` its place in the log of its
/// container's run, from 1; 0: not known, counted here for each pod.
[[nodiscard]] LogDigest digest(
    LogDigest before, const QString &pod, const QDateTime &stamp, QByteArrayView line, qint64 number = 0);

} // namespace upgrade
