// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/logfile.h"

#include "logs/bytes.h"
#include "logs/workers.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace logs {

std::expected<std::shared_ptr<LogFile>, QString> LogFile::open(const QString &path)
{
    // Not blocking: a pipe in the place of a file would make us wait for its writer.
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return std::unexpected(qt_error_string(errno));
    struct stat status{};
    if (::fstat(descriptor, &status) != 0) {
        const QString error = qt_error_string(errno);
        ::close(descriptor);
        return std::unexpected(error);
    }
    if (!S_ISREG(status.st_mode)) {
        ::close(descriptor);
        return std::unexpected(QCoreApplication::translate("logs::LogFile", "It is not a regular file"));
    }
    return std::shared_ptr<LogFile>(new LogFile(descriptor, {quint64(status.st_dev), quint64(status.st_ino)}));
}

LogFile::LogFile(int descriptor, Identity identity)
    : m_descriptor(descriptor)
    , m_identity(identity)
{
}

LogFile::~LogFile()
{
    ::close(m_descriptor);
}

qint64 LogFile::size() const
{
    struct stat status{};
    return ::fstat(m_descriptor, &status) == 0 ? qint64(status.st_size) : -1;
}

qint64 LogFile::read(char *buffer, qint64 length, qint64 offset) const
{
    qint64 done = 0;
    while (done < length) {
        const ssize_t got = ::pread(m_descriptor, buffer + done, size_t(length - done), offset + done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        done += got;
    }
    return done;
}

QByteArray LogFile::bytes(qint64 offset, qint64 length) const
{
    QByteArray bytes(std::max<qint64>(length, 0), Qt::Uninitialized);
    bytes.resize(read(bytes.data(), bytes.size(), offset));
    return bytes;
}

void LogFile::countTo(qint64 size, const std::shared_ptr<Wake::Bell> &bell)
{
    int wanted = 0;
    {
        const std::lock_guard lock(m_countMutex);
        m_bell = bell;
        m_target = std::max(m_target, size);
        const qint64 chunks = (m_target - m_next + chunkBytes - 1) / chunkBytes;
        wanted = int(std::min<qint64>(chunks, Workers::shared().threads()) - m_lanes);
        m_lanes += std::max(wanted, 0);
    }
    for (int i = 0; i < wanted; ++i)
        Workers::shared().run(Workers::Kind::Index, [self = shared_from_this()] { self->countSlice(); });
}

void LogFile::countSlice()
{
    QElapsedTimer time;
    time.start();
    while (countChunk()) {
        if (time.elapsed() < sliceMs)
            continue;
        Workers::shared().run(Workers::Kind::Index, [self = shared_from_this()] { self->countSlice(); });
        return;
    }
}

/// One chunk; false: there is no more to do for this worker, which is no lane any more.
bool LogFile::countChunk()
{
    thread_local const auto buffer = std::make_unique_for_overwrite<char[]>(size_t(chunkBytes));
    qint64 at = 0;
    qint64 end = 0;
    {
        const std::lock_guard lock(m_countMutex);
        if (m_stop || m_broken || m_next >= m_target) {
            --m_lanes;
            return false;
        }
        at = m_next;
        end = std::min(m_target, (at / chunkBytes + 1) * chunkBytes);
        m_next = end;
    }
    const qint64 got = read(buffer.get(), end - at, at);
    LineIndex::Counts counts = LineIndex::count({buffer.get(), qsizetype(got)}, at);
    const std::lock_guard lock(m_countMutex);
    if (got < end - at) { // cut under us
        m_broken = true;
        --m_lanes;
        m_bell->ring();
        return false;
    }
    m_early.emplace(at, std::move(counts));
    bool done = false;
    {
        const std::lock_guard index(m_indexMutex);
        while (!m_early.empty() && m_early.begin()->first == m_index.bytes()) {
            m_index.append(m_early.begin()->second);
            m_early.erase(m_early.begin());
        }
        done = m_index.bytes() == m_target;
    }
    m_bell->ring(done);
    return true;
}

LogFile::Extent LogFile::extent() const
{
    const std::shared_lock lock(m_indexMutex);
    return {m_index.bytes(), m_index.newlines(), m_index.hasOpenEnd()};
}

bool LogFile::isCounted() const
{
    const std::lock_guard lock(m_countMutex);
    const std::shared_lock index(m_indexMutex);
    return m_index.bytes() == m_target;
}

qint64 LogFile::lineEnd(qint64 line) const
{
    LineIndex::Place place;
    {
        const std::shared_lock lock(m_indexMutex);
        place = m_index.place(line);
    }
    if (place.block < 0)
        return -1;
    std::array<char, LineIndex::blockSize> block; // NOLINT(cppcoreguidelines-pro-type-member-init): it is read into
    const qint64 at = place.block * LineIndex::blockSize;
    const qint64 got = read(block.data(), LineIndex::blockSize, at);
    const qsizetype found = nthNewline({block.data(), qsizetype(got)}, place.nth);
    return found < 0 ? -1 : at + found;
}

qint64 LogFile::lineStart(qint64 line) const
{
    if (line <= 0)
        return line;
    const qint64 end = lineEnd(line - 1);
    return end < 0 ? -1 : end + 1;
}

qint64 LogFile::lineAt(qint64 offset) const
{
    const qint64 block = offset / LineIndex::blockSize;
    qint64 line = 0;
    {
        const std::shared_lock lock(m_indexMutex);
        line = m_index.before(block);
    }
    return line + countNewlines(bytes(block * LineIndex::blockSize, offset % LineIndex::blockSize));
}

qint64 LogFile::chunkEnd(qint64 line) const
{
    const std::shared_lock lock(m_indexMutex);
    const qint64 block = line > 0 ? m_index.place(line - 1).block : 0;
    if (block < 0)
        return m_index.newlines();
    const qint64 end = m_index.before(block + chunkBytes / LineIndex::blockSize);
    return std::max(end, line + 1);
}

qint64 LogFile::indexMemory() const
{
    const std::shared_lock lock(m_indexMutex);
    return m_index.memory();
}

} // namespace logs
