// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/disk.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace evidence {

DiskError systemError(const QString &path, int code)
{
    return {path, qt_error_string(code), code};
}

qint64 Disk::writeAt(int fd, const char *bytes, qint64 count, qint64 offset)
{
    const ssize_t done = ::pwrite(fd, bytes, size_t(count), off_t(offset));
    return done < 0 ? -qint64(errno) : qint64(done);
}

int Disk::sync(int fd)
{
    return ::fdatasync(fd) == 0 ? 0 : errno;
}

Disk &Disk::system()
{
    static Disk disk;
    return disk;
}

Descriptor::~Descriptor()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

Descriptor &Descriptor::operator=(Descriptor &&other) noexcept
{
    if (this != &other) {
        if (m_fd >= 0)
            ::close(m_fd);
        m_fd = other.take();
    }
    return *this;
}

int Descriptor::take()
{
    return std::exchange(m_fd, -1);
}

namespace {

DiskResult<Descriptor> openFile(const QString &path, int flags)
{
    int fd = -1;
    do {
        fd = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    } while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return std::unexpected(systemError(path, errno));
    Descriptor file(fd);
    struct stat is{};
    if (::fstat(fd, &is) != 0)
        return std::unexpected(systemError(path, errno));
    if (!S_ISREG(is.st_mode))
        return std::unexpected(DiskError{path, u"not a regular file"_s, 0});
    // The umask may have taken bits away, an earlier program may have given some.
    if ((flags & O_CREAT) && (is.st_mode & 07777) != 0600 && ::fchmod(fd, 0600) != 0)
        return std::unexpected(systemError(path, errno));
    return file;
}

DiskResult<void> makeFolder(const QString &path, bool ours)
{
    const QByteArray name = QFile::encodeName(path);
    if (::mkdir(name.constData(), 0700) == 0) {
        if (::chmod(name.constData(), 0700) != 0)
            return std::unexpected(systemError(path, errno));
        return {};
    }
    if (errno != EEXIST)
        return std::unexpected(systemError(path, errno));
    struct stat is{};
    if ((ours ? ::lstat(name.constData(), &is) : ::stat(name.constData(), &is)) != 0)
        return std::unexpected(systemError(path, errno));
    if (!S_ISDIR(is.st_mode))
        return std::unexpected(systemError(path, ENOTDIR));
    if (ours && (is.st_mode & 07777) != 0700 && ::chmod(name.constData(), 0700) != 0)
        return std::unexpected(systemError(path, errno));
    return {};
}

} // namespace

DiskResult<Descriptor> openPrivate(const QString &path)
{
    return openFile(path, O_RDWR | O_CREAT);
}

DiskResult<Descriptor> openForReading(const QString &path)
{
    return openFile(path, O_RDONLY);
}

DiskResult<void> makePrivateFolders(const QString &root, const QString &below)
{
    const QString whole = QFileInfo(root).absoluteFilePath();
    QString path;
    const QStringList above = whole.split(u'/', Qt::SkipEmptyParts);
    for (qsizetype i = 0; i < above.size(); ++i) {
        path += u'/' + above.at(i);
        if (i + 1 < above.size() && QFileInfo(path).isDir())
            continue;
        // The store itself may be a link to a larger disk.
        const bool linked = i + 1 == above.size() && QFileInfo(path).isSymLink();
        if (const auto made = makeFolder(path, !linked); !made)
            return made;
    }
    const QStringList parts = below.split(u'/', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        path += u'/' + part;
        if (const auto made = makeFolder(path, true); !made)
            return made;
    }
    return {};
}

DiskResult<qint64> readAt(int fd, char *bytes, qint64 count, qint64 offset, const QString &path)
{
    qint64 done = 0;
    while (done < count) {
        const ssize_t got = ::pread(fd, bytes + done, size_t(count - done), off_t(offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return std::unexpected(systemError(path, errno));
        if (got == 0)
            break;
        done += got;
    }
    return done;
}

qint64 sizeOf(int fd)
{
    struct stat is{};
    return ::fstat(fd, &is) == 0 ? qint64(is.st_size) : -1;
}

} // namespace evidence
