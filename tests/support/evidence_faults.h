// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A disk that is full after so many bytes, or that fails when told to.
#pragma once

#include "evidence/disk.h"

#include <algorithm>
#include <atomic>
#include <cerrno>

namespace support {

class FaultyDisk : public evidence::Disk {
public:
    std::atomic<qint64> room{-1}; ///< bytes that still fit; -1: any
    std::atomic<int> writeError{0};
    std::atomic<int> syncError{0};

    qint64 writeAt(int fd, const char *bytes, qint64 count, qint64 offset) override
    {
        if (writeError != 0)
            return -writeError;
        if (room >= 0)
            count = std::min<qint64>(count, room);
        if (count == 0)
            return -ENOSPC;
        const qint64 done = Disk::writeAt(fd, bytes, count, offset);
        if (room >= 0 && done > 0)
            room -= done;
        return done;
    }
    int sync(int fd) override { return syncError != 0 ? syncError.load() : Disk::sync(fd); }
};

} // namespace support
