// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Brings what was written to the platter in a thread of its own, every few seconds, and runs other slow work with the
/// disk there. Writers never wait for it. Thread-safe.
#pragma once

#include "evidence/disk.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace evidence {

/// An open file as writer and syncer share it: it is closed when both have done.
struct OpenFile {
    OpenFile(Descriptor file, QString name)
        : descriptor(std::move(file))
        , path(std::move(name))
    {
    }
    const Descriptor descriptor;
    const QString path;
    std::atomic<bool> dirty{false};
    std::atomic<int> syncError{0}; ///< errno of the last sync; 0: fine
};

class Syncer {
public:
    explicit Syncer(Disk &disk = Disk::system(), std::chrono::milliseconds interval = std::chrono::seconds(3));
    ~Syncer(); ///< after everything is synced and done
    Syncer(const Syncer &) = delete;
    Syncer &operator=(const Syncer &) = delete;

    void touched(const std::shared_ptr<OpenFile> &file);
    void run(std::function<void()> task);

private:
    void work();

    Disk &m_disk;
    const std::chrono::milliseconds m_interval;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<std::shared_ptr<OpenFile>> m_dirty;
    std::vector<std::function<void()>> m_tasks;
    bool m_over = false;
    std::thread m_thread;
};

} // namespace evidence
