// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/filefollower.h"

#include <QFile>

#include <cerrno>
#include <sys/stat.h>

namespace logs {

namespace {

/// File systems that tell of no changes, a replaced file, a watch that was lost.
constexpr int pollMs = 1000;
constexpr qint64 sampleBytes = 256;

struct Status {
    LogFile::Identity identity;
    qint64 size = 0;
    qint64 changed = 0;
};

std::expected<Status, QString> statusOf(const QString &path)
{
    struct stat status{};
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return std::unexpected(qt_error_string(errno));
    return Status{{quint64(status.st_dev), quint64(status.st_ino)}, qint64(status.st_size),
        qint64(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec};
}

} // namespace

FileFollower::FileFollower(QString path, bool follow, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_follow(follow)
    , m_progress(this)
    , m_look(this)
    , m_watcher(this)
    , m_poll(this)
{
    connect(&m_progress, &Wake::rang, this, [this] {
        if (m_file && m_file->isBroken())
            check();
        emit progressed();
    });
    if (m_follow) {
        connect(&m_look, &Wake::rang, this, &FileFollower::check);
        connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, [this] { m_look.bell()->ring(); });
        connect(&m_poll, &QTimer::timeout, this, &FileFollower::check);
        m_poll.start(pollMs);
    }
    open();
}

FileFollower::~FileFollower()
{
    if (m_file)
        m_file->stop();
}

void FileFollower::open()
{
    if (m_file)
        m_file->stop();
    m_file.reset();
    m_error.clear();
    auto file = LogFile::open(m_path);
    if (!file) {
        m_error = file.error();
        return;
    }
    m_file = *file;
    m_size = std::max<qint64>(m_file->size(), 0);
    m_changed = 0;
    remember(m_size);
    watch();
    m_file->countTo(m_size, m_progress.bell());
}

void FileFollower::watch()
{
    if (m_follow && !m_watcher.files().contains(m_path))
        m_watcher.addPath(m_path);
}

void FileFollower::remember(qint64 size)
{
    m_head = m_file->bytes(0, std::min(size, sampleBytes));
    m_tail = m_file->bytes(std::max<qint64>(size - sampleBytes, 0), std::min(size, sampleBytes));
}

/// Whether what was seen is still there, as far as its begin and end tell.
bool FileFollower::isSame(qint64 size)
{
    return size >= m_size && m_file->bytes(0, m_head.size()) == m_head
        && m_file->bytes(m_size - m_tail.size(), m_tail.size()) == m_tail;
}

void FileFollower::check()
{
    const auto status = statusOf(m_path);
    if (!status) { // what was opened stays readable
        if (m_error != status.error()) {
            m_error = status.error();
            emit progressed();
        }
        return;
    }
    if (!m_file || status->identity != m_file->identity() || m_file->isBroken()) {
        const bool another = m_file != nullptr;
        open();
        if (another)
            emit replaced();
        else
            emit progressed();
        return;
    }
    if (!m_error.isEmpty()) {
        m_error.clear();
        emit progressed();
    }
    watch();
    if (status->size == m_size && status->changed == m_changed)
        return;
    if (!isSame(status->size)) {
        open();
        emit replaced();
        return;
    }
    m_changed = status->changed;
    if (status->size > m_size) {
        m_size = status->size;
        remember(m_size);
        m_file->countTo(m_size, m_progress.bell());
    }
}

bool FileFollower::isComplete() const
{
    return !m_file || m_file->isCounted();
}

double FileFollower::progress() const
{
    return isComplete() || m_size == 0 ? 1.0 : double(m_file->extent().bytes) / double(m_size);
}

} // namespace logs
