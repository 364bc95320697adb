// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Who may write in a folder: one process, and in it one owner. The kernel holds the lock and gives it back when its
/// owner is gone, however it went: killed in the middle of taking it too, where a file with a process number in it
/// (QLockFile) would be left empty and stand for ever.
#pragma once

#include "evidence/disk.h"

#include <optional>

namespace evidence {

class FolderLock {
public:
    /// Takes the lock of FOLDER/lock; nullopt: another has it. Errors: the file cannot be made.
    [[nodiscard]] static DiskResult<std::optional<FolderLock>> take(const QString &folder);
    /// Somebody has it. Asking gets in nobody's way.
    [[nodiscard]] static bool isTaken(const QString &folder);
    /// "HOST, PID" as the one who has it wrote there; for people.
    [[nodiscard]] static QString holder(const QString &folder);

private:
    explicit FolderLock(Descriptor file)
        : m_file(std::move(file))
    {
    }
    Descriptor m_file;
};

} // namespace evidence
