// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/appendfile.h"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace evidence {

DiskResult<std::unique_ptr<AppendFile>> AppendFile::open(const QString &path, Disk &disk, Syncer *syncer)
{
    auto file = openPrivate(path);
    if (!file)
        return std::unexpected(file.error());
    const qint64 size = sizeOf(file->get());
    if (size < 0)
        return std::unexpected(systemError(path, errno));
    return std::unique_ptr<AppendFile>(
        new AppendFile(std::make_shared<OpenFile>(std::move(*file), path), size, disk, syncer));
}

std::optional<DiskError> AppendFile::flush()
{
    const bool any = waiting() > 0;
    std::optional<DiskError> error;
    while (waiting() > 0 && !error) {
        const qint64 done = m_disk.writeAt(m_file->descriptor.get(), m_waiting.constData() + m_done, waiting(), m_size);
        if (done == -EINTR)
            continue;
        if (done <= 0) {
            error = systemError(path(), done == 0 ? ENOSPC : int(-done));
            break;
        }
        m_size += done;
        m_done += done;
    }
    if (waiting() == 0) {
        m_waiting.resize(0); // keeps the room for the next batch
        m_done = 0;
        if (m_waiting.capacity() > qsizetype(1024) * 1024)
            m_waiting = {};
    }
    if (any && m_syncer)
        m_syncer->touched(m_file);
    return error;
}

void AppendFile::dropWaiting()
{
    m_waiting = {};
    m_done = 0;
}

std::optional<DiskError> AppendFile::cutTo(qint64 size)
{
    if (::ftruncate(m_file->descriptor.get(), off_t(size)) != 0)
        return systemError(path(), errno);
    m_size = size;
    return std::nullopt;
}

DiskResult<QByteArray> AppendFile::read(qint64 offset, qint64 count) const
{
    QByteArray out;
    if (offset < m_size) {
        out.resize(std::min(count, m_size - offset));
        const auto got = readAt(m_file->descriptor.get(), out.data(), out.size(), offset, path());
        if (!got)
            return std::unexpected(got.error());
        out.truncate(*got);
        if (*got < std::min(count, m_size - offset))
            return out; // somebody cut it
    }
    const qint64 left = count - out.size();
    const qint64 from = std::max<qint64>(0, offset - m_size);
    if (left > 0 && from < waiting())
        out += QByteArrayView(m_waiting).sliced(m_done + from, std::min(left, waiting() - from));
    return out;
}

std::optional<DiskError> AppendFile::syncTrouble() const
{
    const int code = m_file->syncError;
    return code ? std::optional(systemError(path(), code)) : std::nullopt;
}

void AppendFile::syncAgain()
{
    if (m_syncer)
        m_syncer->touched(m_file);
}

} // namespace evidence
