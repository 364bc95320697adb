// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the store asks of the operating system: private folders and files, writing at a place, syncing. A seam, so that
/// a test can have a full or a broken disk. Errors are values and keep the system's own words.
#pragma once

#include <QString>

#include <expected>

namespace evidence {

struct DiskError {
    QString path;    ///< the file or folder it is about
    QString message; ///< the system's words: "No space left on device"
    int code = 0;    ///< errno; 0: not the system's, message says what
    friend bool operator==(const DiskError &, const DiskError &) = default;
};
template<class T>
using DiskResult = std::expected<T, DiskError>;

[[nodiscard]] DiskError systemError(const QString &path, int code);

/// Thread-safe, as the system is.
class Disk {
public:
    Disk() = default;
    virtual ~Disk() = default;
    Disk(const Disk &) = delete;
    Disk &operator=(const Disk &) = delete;

    /// Bytes written, which may be fewer than asked for, or -errno.
    virtual qint64 writeAt(int fd, const char *bytes, qint64 count, qint64 offset);
    /// 0, or errno.
    virtual int sync(int fd);
    /// The one of the operating system.
    [[nodiscard]] static Disk &system();
};

/// A file descriptor that is ours and closes itself.
class Descriptor {
public:
    explicit Descriptor(int fd = -1)
        : m_fd(fd)
    {
    }
    ~Descriptor();
    Descriptor(Descriptor &&other) noexcept
        : m_fd(other.take())
    {
    }
    Descriptor &operator=(Descriptor &&other) noexcept;
    [[nodiscard]] int get() const { return m_fd; }
    int take();

private:
    int m_fd;
};

/// Opens or makes a file for reading and writing, 0600 whatever the umask; never through a symbolic link.
[[nodiscard]] DiskResult<Descriptor> openPrivate(const QString &path);
/// Opens an existing file for reading; never through a symbolic link.
[[nodiscard]] DiskResult<Descriptor> openForReading(const QString &path);
/// Makes `root` and the folders of `below` ("a/b/c") in it, each 0700 whatever the umask. Folders above root that are
/// missing are made private too, those that exist are left as they are. Below root no symbolic link is followed.
[[nodiscard]] DiskResult<void> makePrivateFolders(const QString &root, const QString &below = {});
/// Fills `bytes` as far as the file reaches; the count, or an error.
[[nodiscard]] DiskResult<qint64> readAt(int fd, char *bytes, qint64 count, qint64 offset, const QString &path = {});
[[nodiscard]] qint64 sizeOf(int fd); ///< -1: not known

} // namespace evidence
