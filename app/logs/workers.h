// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The threads that count lines and search: as many as the machine has processors, shared by all documents, so that no
/// number of open logs makes more. Work comes in slices of a few milliseconds; who has more to do asks again.
#pragma once

#include <QtTypes>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace logs {

class Workers {
public:
    enum class Kind : quint8 {
        Index, ///< goes first: what is not counted cannot be shown
        Search,
    };
    using Task = std::function<void()>;

    explicit Workers(int threads);
    /// Forgets what waits, ends when what runs has.
    ~Workers();
    Workers(const Workers &) = delete;
    Workers &operator=(const Workers &) = delete;

    [[nodiscard]] static Workers &shared();
    [[nodiscard]] int threads() const { return int(m_threads.size()); }
    void run(Kind kind, Task task);

private:
    void work();
    [[nodiscard]] Task takeNext();

    std::mutex m_mutex;
    std::condition_variable m_wanted;
    std::deque<Task> m_index;
    std::deque<Task> m_search;
    int m_indexRow = 0; ///< index tasks since the last search task
    bool m_ending = false;
    std::vector<std::thread> m_threads;
};

/// How long a task may go on before it lets others have the thread.
inline constexpr int sliceMs = 20;
/// What is read from a file at once.
inline constexpr qint64 chunkBytes = qint64(512) * 1024;

} // namespace logs
