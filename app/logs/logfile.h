// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One opened file of lines that may grow at its end. Read with pread, never mapped: a file that is cut under us must
/// not end us. Lines are counted in the background, in order of the file, and can be read as far as they are counted. A
/// file that takes this one's place is another LogFile. Thread-safe.
#pragma once

#include "logs/lineindex.h"
#include "logs/wake.h"

#include <QByteArray>
#include <QString>

#include <atomic>
#include <expected>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>

namespace logs {

class LogFile : public std::enable_shared_from_this<LogFile> {
public:
    struct Identity {
        quint64 device = 0;
        quint64 inode = 0;
        friend bool operator==(const Identity &, const Identity &) = default;
    };
    struct Extent {
        qint64 bytes = 0;
        qint64 newlines = 0;
        bool openEnd = false; ///< behind the last '\n' there is more
        [[nodiscard]] qint64 lines() const { return newlines + (openEnd ? 1 : 0); }
        friend bool operator==(const Extent &, const Extent &) = default;
    };

    /// The error is in the system's words.
    [[nodiscard]] static std::expected<std::shared_ptr<LogFile>, QString> open(const QString &path);
    ~LogFile();
    LogFile(const LogFile &) = delete;
    LogFile &operator=(const LogFile &) = delete;

    [[nodiscard]] Identity identity() const { return m_identity; }
    /// The size now; -1 when the system does not say.
    [[nodiscard]] qint64 size() const;
    /// At most `length` bytes from `offset`; less only at the end of the file or when it cannot be read.
    [[nodiscard]] qint64 read(char *buffer, qint64 length, qint64 offset) const;
    [[nodiscard]] QByteArray bytes(qint64 offset, qint64 length) const;

    /// Counts the lines up to `size` in the background, and rings as it gets on.
    void countTo(qint64 size, const std::shared_ptr<Wake::Bell> &bell);
    /// Counts no more; nobody needs this file.
    void stop() { m_stop = true; }
    /// What is counted.
    [[nodiscard]] Extent extent() const;
    /// What was told to countTo() is counted.
    [[nodiscard]] bool isCounted() const;
    /// Bytes that should be there could not be read.
    [[nodiscard]] bool isBroken() const { return m_broken; }

    /// Where line `line` begins; -1 when it is not counted, or gone.
    [[nodiscard]] qint64 lineStart(qint64 line) const;
    /// Where its '\n' is; -1 when it has none that is counted.
    [[nodiscard]] qint64 lineEnd(qint64 line) const;
    /// The line that the byte at `offset` belongs to, which must be counted.
    [[nodiscard]] qint64 lineAt(qint64 offset) const;
    /// See Content::chunkEnd(); not more than newlines().
    [[nodiscard]] qint64 chunkEnd(qint64 line) const;
    [[nodiscard]] qint64 indexMemory() const;

private:
    LogFile(int descriptor, Identity identity);
    void countSlice();
    [[nodiscard]] bool countChunk();

    const int m_descriptor;
    const Identity m_identity;
    std::atomic<bool> m_stop = false;
    std::atomic<bool> m_broken = false;

    mutable std::shared_mutex m_indexMutex;
    LineIndex m_index;

    mutable std::mutex m_countMutex; ///< taken before m_indexMutex
    std::shared_ptr<Wake::Bell> m_bell;
    qint64 m_target = 0;
    qint64 m_next = 0; ///< the first byte that no worker took
    int m_lanes = 0;
    std::map<qint64, LineIndex::Counts> m_early; ///< counted before what stands before it
};

} // namespace logs
