// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/folderlock.h"

#include <QCoreApplication>
#include <QFile>
#include <QSysInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace evidence {

namespace {

QString lockOf(const QString &folder)
{
    return folder + "/lock"_L1;
}

struct flock whole()
{
    struct flock lock{};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return lock;
}

/// The file may have been moved away with its folder between opening and locking.
bool isStillThere(int fd, const QString &path)
{
    struct stat open{}, named{};
    return ::fstat(fd, &open) == 0 && ::stat(QFile::encodeName(path).constData(), &named) == 0
        && open.st_ino == named.st_ino && open.st_dev == named.st_dev;
}

} // namespace

DiskResult<std::optional<FolderLock>> FolderLock::take(const QString &folder)
{
    const QString path = lockOf(folder);
    auto file = openPrivate(path);
    if (!file)
        return std::unexpected(file.error());
    // Of the open file, not of the process: two stores of one process shut each other out as well.
    struct flock lock = whole();
    if (::fcntl(file->get(), F_OFD_SETLK, &lock) != 0) {
        if (errno == EAGAIN || errno == EACCES)
            return std::optional<FolderLock>();
        return std::unexpected(systemError(path, errno));
    }
    if (!isStillThere(file->get(), path))
        return std::unexpected(systemError(path, ENOENT));
    const QByteArray text
        = QSysInfo::machineHostName().toUtf8() + ", " + QByteArray::number(QCoreApplication::applicationPid()) + '\n';
    // For people only: it does not matter when it cannot be written.
    if (::ftruncate(file->get(), 0) == 0)
        (void)Disk::system().writeAt(file->get(), text.constData(), text.size(), 0);
    return FolderLock(std::move(*file));
}

bool FolderLock::isTaken(const QString &folder)
{
    const auto file = openForReading(lockOf(folder));
    if (!file)
        return false;
    struct flock lock = whole();
    return ::fcntl(file->get(), F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

QString FolderLock::holder(const QString &folder)
{
    QFile file(lockOf(folder));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.read(200)).trimmed() : QString();
}

} // namespace evidence
