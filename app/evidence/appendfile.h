// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A file that only grows. What cannot be written now waits and is tried again at the same place, so that nothing
/// before it is damaged and what a reader sees is always a beginning of what was given. Thread: one.
#pragma once

#include "evidence/syncer.h"

#include <QByteArray>

#include <memory>
#include <optional>

namespace evidence {

class AppendFile {
public:
    /// Opens or makes it; writing goes on behind what is there. `syncer` may be null.
    [[nodiscard]] static DiskResult<std::unique_ptr<AppendFile>> open(const QString &path, Disk &disk, Syncer *syncer);

    [[nodiscard]] const QString &path() const { return m_file->path; }
    /// Bytes in the file.
    [[nodiscard]] qint64 size() const { return m_size; }
    /// Where the next byte will stand: size() and what waits.
    [[nodiscard]] qint64 end() const { return m_size + waiting(); }
    [[nodiscard]] qint64 waiting() const { return m_waiting.size() - m_done; }

    void queue(QByteArrayView bytes) { m_waiting.append(bytes); }
    /// Writes what waits; an error: some of it still does.
    [[nodiscard]] std::optional<DiskError> flush();
    /// Forgets what waits. The file may then end in a part of it.
    void dropWaiting();
    /// Takes away what is behind `size`.
    [[nodiscard]] std::optional<DiskError> cutTo(qint64 size);
    /// What is in the file and what waits, as if it were there already. Fewer bytes at the end.
    [[nodiscard]] DiskResult<QByteArray> read(qint64 offset, qint64 count) const;
    /// The last sync failed: what was written may not survive a power cut.
    [[nodiscard]] std::optional<DiskError> syncTrouble() const;
    /// Asks for another sync of a file whose last one failed.
    void syncAgain();

private:
    AppendFile(std::shared_ptr<OpenFile> file, qint64 size, Disk &disk, Syncer *syncer)
        : m_file(std::move(file))
        , m_disk(disk)
        , m_syncer(syncer)
        , m_size(size)
    {
    }

    std::shared_ptr<OpenFile> m_file;
    Disk &m_disk;
    Syncer *m_syncer;
    qint64 m_size;
    QByteArray m_waiting;
    qsizetype m_done = 0; ///< of m_waiting
};

} // namespace evidence
