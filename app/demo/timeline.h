// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Simulated time, and scripts written as coroutines that sleep on it. Everything runs in playUntil(), in order of time
/// and then of order asked for, so a script with seeded numbers is deterministic. Nothing here reads a clock.
#pragma once

#include <coroutine>
#include <list>
#include <map>
#include <optional>
#include <utility>

#include <QtTypes>

namespace demo {

/// A piece of a script. Lazy: begins when awaited or given to Timeline::start(). Destroying it ends it wherever it
/// stands.
class [[nodiscard]] Task {
public:
    struct promise_type {
        std::coroutine_handle<> continuation;
        Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        struct Final {
            bool await_ready() noexcept { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> self) noexcept
            {
                const auto next = self.promise().continuation;
                return next ? next : std::noop_coroutine();
            }
            void await_resume() noexcept { }
        };
        Final final_suspend() noexcept { return {}; }
        void return_void() { }
        [[noreturn]] void unhandled_exception();
    };

    Task() = default;
    Task(Task &&other) noexcept
        : m_handle(std::exchange(other.m_handle, nullptr))
    {
    }
    Task &operator=(Task &&other) noexcept
    {
        std::swap(m_handle, other.m_handle);
        return *this;
    }
    ~Task()
    {
        if (m_handle)
            m_handle.destroy();
    }

    [[nodiscard]] bool done() const { return !m_handle || m_handle.done(); }
    void resume() { m_handle.resume(); }

    bool await_ready() const { return done(); }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller)
    {
        m_handle.promise().continuation = caller;
        return m_handle;
    }
    void await_resume() { }

private:
    explicit Task(std::coroutine_handle<promise_type> handle)
        : m_handle(handle)
    {
    }
    std::coroutine_handle<promise_type> m_handle;
};

class Timeline {
public:
    /// Awaitable; takes itself off the queue when its coroutine is destroyed while it waits.
    class Sleep {
    public:
        Sleep(Timeline &timeline, double at)
            : m_timeline(timeline)
            , m_key{at, timeline.m_order++}
        {
        }
        Sleep(const Sleep &) = delete;
        Sleep &operator=(const Sleep &) = delete;
        ~Sleep() { m_timeline.m_queue.erase(m_key); }
        bool await_ready() const { return false; }
        void await_suspend(std::coroutine_handle<> handle) { m_timeline.m_queue.emplace(m_key, handle); }
        void await_resume() { }

    private:
        Timeline &m_timeline;
        std::pair<double, quint64> m_key;
    };

    Timeline() = default;
    Timeline(const Timeline &) = delete;
    Timeline &operator=(const Timeline &) = delete;
    ~Timeline() { cancelAll(); }

    [[nodiscard]] double now() const { return m_now; } ///< simulated seconds
    [[nodiscard]] Sleep sleep(double seconds) { return Sleep(*this, m_now + seconds); }

    /// Runs a script until its first sleep, and on from there as time passes. Scripts of one group can be ended
    /// together; not from within one of them.
    void start(int group, Task task);
    void cancel(int group);
    void cancelAll();
    [[nodiscard]] bool isRunning(int group) const;

    void playUntil(double time);
    /// When something happens next; nullopt: never.
    [[nodiscard]] std::optional<double> next() const;

private:
    friend class Sleep;
    double m_now = 0;
    quint64 m_order = 0;
    std::map<std::pair<double, quint64>, std::coroutine_handle<>> m_queue;
    std::list<std::pair<int, Task>> m_tasks;
};

} // namespace demo
