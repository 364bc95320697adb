// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/timeline.h"

#include <algorithm>
#include <exception>

namespace demo {

void Task::promise_type::unhandled_exception()
{
    std::terminate();
}

void Timeline::start(int group, Task task)
{
    auto &entry = m_tasks.emplace_back(group, std::move(task));
    entry.second.resume();
}

void Timeline::cancel(int group)
{
    m_tasks.remove_if([group](const auto &entry) { return entry.first == group; });
}

void Timeline::cancelAll()
{
    m_tasks.clear();
}

bool Timeline::isRunning(int group) const
{
    return std::ranges::any_of(
        m_tasks, [group](const auto &entry) { return entry.first == group && !entry.second.done(); });
}

void Timeline::playUntil(double time)
{
    while (!m_queue.empty() && m_queue.begin()->first.first <= time) {
        const auto first = m_queue.begin();
        m_now = std::max(m_now, first->first.first);
        const auto handle = first->second;
        m_queue.erase(first);
        handle.resume();
        m_tasks.remove_if([](const auto &entry) { return entry.second.done(); });
    }
    m_now = std::max(m_now, time);
}

std::optional<double> Timeline::next() const
{
    if (m_queue.empty())
        return std::nullopt;
    return m_queue.begin()->first.first;
}

} // namespace demo
