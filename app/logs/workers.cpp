// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/workers.h"

#include <QThread>

#include <algorithm>

namespace logs {

Workers::Workers(int threads)
{
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { work(); });
}

Workers::~Workers()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        m_index.clear();
        m_search.clear();
    }
    m_wanted.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

Workers &Workers::shared()
{
    static Workers workers(std::clamp(QThread::idealThreadCount(), 1, 16));
    return workers;
}

void Workers::run(Kind kind, Task task)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_ending)
            return;
        (kind == Kind::Index ? m_index : m_search).push_back(std::move(task));
    }
    m_wanted.notify_one();
}

Workers::Task Workers::takeNext()
{
    // Every fourth turn is a search's, or a long count would keep it from starting.
    const bool search = m_index.empty() || (m_indexRow >= 3 && !m_search.empty());
    m_indexRow = search ? 0 : m_indexRow + 1;
    std::deque<Task> &queue = search ? m_search : m_index;
    Task task = std::move(queue.front());
    queue.pop_front();
    return task;
}

void Workers::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wanted.wait(lock, [this] { return m_ending || !m_index.empty() || !m_search.empty(); });
        if (m_ending)
            return;
        Task task = takeNext();
        lock.unlock();
        task();
        task = nullptr; // what it holds may be freed only now, and not under the lock
        lock.lock();
    }
}

} // namespace logs
