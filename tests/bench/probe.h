// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// How long a thread's event loop was kept from coming round. Belongs to that thread.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <utility>

namespace bench {

/// Milliseconds of processor time this thread has used.
inline double threadTime()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// How long the event loop of this thread did not come round, and how much of that it worked: the rest is what other
/// processes took from it.
class Probe : public QObject {
public:
    Probe()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            const double late = double(m_since.nsecsElapsed()) / 1e6 - 2;
            m_since.start();
            m_worst = std::max(m_worst, late);
            const double used = threadTime();
            m_worstWork = std::max(m_worstWork, used - m_used);
            m_used = used;
        });
        m_since.start();
        m_timer.start(std::chrono::milliseconds(2));
    }
    double takeWorst() { return std::exchange(m_worst, 0); }
    [[nodiscard]] double worstWork() const { return m_worstWork; }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    double m_worst = 0, m_worstWork = 0, m_used = threadTime();
};

} // namespace bench
