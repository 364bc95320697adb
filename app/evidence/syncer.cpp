// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/syncer.h"

#include <utility>

namespace evidence {

Syncer::Syncer(Disk &disk, std::chrono::milliseconds interval)
    : m_disk(disk)
    , m_interval(interval)
    , m_thread([this] { work(); })
{
}

Syncer::~Syncer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_over = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void Syncer::touched(const std::shared_ptr<OpenFile> &file)
{
    if (file->dirty.exchange(true))
        return;
    const std::lock_guard lock(m_mutex);
    m_dirty.push_back(file);
}

void Syncer::run(std::function<void()> task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_all();
}

void Syncer::work()
{
    bool over = false;
    while (!over) {
        std::vector<std::shared_ptr<OpenFile>> files;
        std::vector<std::function<void()>> tasks;
        {
            std::unique_lock lock(m_mutex);
            const bool woken = m_wake.wait_for(lock, m_interval, [this] { return m_over || !m_tasks.empty(); });
            over = m_over;
            tasks = std::exchange(m_tasks, {});
            if (over || !woken)
                files = std::exchange(m_dirty, {});
        }
        for (const auto &task : tasks)
            task();
        for (const auto &file : files) {
            file->dirty = false; // what is written from here on is for the next time
            file->syncError = m_disk.sync(file->descriptor.get());
        }
    }
}

} // namespace evidence
