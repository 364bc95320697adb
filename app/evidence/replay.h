// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A snapshot made again from the lines of a journal's file, one after the other. Pure.
///
/// Each line is {"seen":TIME,"type":…,…}, TIME with exactly 24 characters and never before that of the line above it:
///   state, begun                    around the whole state at the begin of a file
///   added | modified                kind, object: a version as a whole
///   modified                        kind, namespace, name, base (resourceVersion before), patch
///   deleted                         kind, namespace, name
///   source                          source, state; without state: not watched any more
///   digest                          job, patch; without patch: forgotten
///   moment                          now (when it is not TIME), asOf, observed: what was observed then
///   lost | full                     from, until | limit: versions that are not kept, and why
/// Types not known are of a newer version and passed over.
#pragma once

#include "upgrade/snapshot.h"

#include <QByteArray>

namespace evidence {

[[nodiscard]] QByteArray recordLine(const QString &seen, QLatin1StringView type, const QJsonObject &more);
/// TIME of a line, without reading all of it; empty: it is no line of ours.
[[nodiscard]] QByteArrayView seenOf(QByteArrayView line);
[[nodiscard]] bool hasType(QByteArrayView line, QByteArrayView type);

class Replay {
public:
    /// False: not understood, or about a version that is not there. It is counted and changes nothing.
    bool apply(QByteArrayView line);
    [[nodiscard]] const upgrade::Snapshot &snapshot() const { return m_snapshot; }
    [[nodiscard]] bool isWhole() const { return m_whole; }   ///< the whole state was read
    [[nodiscard]] bool isFull() const { return m_full; }     ///< its last record says that a limit was reached
    [[nodiscard]] QByteArray seen() const { return m_seen; } ///< TIME of the last line
    [[nodiscard]] qsizetype bad() const { return m_bad; }

private:
    [[nodiscard]] bool applyObject(const QJsonObject &record, bool deleted);
    [[nodiscard]] bool applyRecord(const QJsonObject &record);

    upgrade::Snapshot m_snapshot;
    QByteArray m_seen;
    bool m_whole = false;
    bool m_full = false;
    qsizetype m_bad = 0;
};

} // namespace evidence
