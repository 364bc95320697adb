// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The inside of Journal, shared by journal.cpp (what is written) and journalfile.cpp (where to).
#pragma once

#include "evidence/journal.h"
#include "evidence/journalfiles.h"
#include "evidence/replay.h"

#include <QHash>

namespace evidence {

struct Journal::Private {
    Private(QString place, JournalOptions given)
        : folder(std::move(place))
        , options(std::move(given))
    {
    }

    // journal.cpp
    void write(QLatin1StringView type, const QJsonObject &more);
    void stamp(const QDateTime &now);
    void putObject(upgrade::Kind kind, const kube::ObjectPtr &object);
    void removeObject(upgrade::Kind kind, const kube::ObjectKey &key);
    bool diffObjects(const upgrade::Snapshot &snapshot);
    bool diffSources(const upgrade::Snapshot &snapshot);
    bool diffDigests(const upgrade::Snapshot &snapshot, bool all);
    void writeMoment(const upgrade::Snapshot &snapshot);
    void keepLimit();

    // journalfile.cpp
    [[nodiscard]] std::optional<DiskError> recover();
    [[nodiscard]] std::optional<DiskError> begin(int number);
    [[nodiscard]] std::optional<DiskError> writeState(AppendFile &to);
    void firstFile(const QDateTime &now);
    void settle(const QDateTime &now);
    [[nodiscard]] bool mayTry(const QDateTime &now);

    const QString folder;
    const JournalOptions options;
    std::unique_ptr<AppendFile> file;
    int number = 0;        ///< of the file
    qint64 stateBytes = 0; ///< what it begins with
    qint64 otherBytes = 0; ///< of the files before it
    qint64 rollAt = 0;     ///< not before it is so long

    upgrade::Snapshot recovered;
    upgrade::Snapshot kept; ///< as replaying gives it, but for the bodies of objects, which are shared with the session
    QString seen;           ///< TIME of the record being written
    QDateTime lastMinor;    ///< when digests that only got longer were kept
    std::optional<QDateTime> holdUntil; ///< kinds are read again: what is not there yet is not gone
    bool holding = false;
    bool full = false;
    bool lost = false; ///< the disk took nothing for so long that records had to be thrown away
    QString lostFrom;
    QDateTime nextTry;
    std::optional<DiskError> error;
};

} // namespace evidence
