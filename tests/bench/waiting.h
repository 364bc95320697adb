// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the benchmarks of the log view share: a line of the table, waiting with the event loop alive, medians.
#pragma once

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QList>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>

namespace bench {

template<class... Values>
void say(const char *format, Values... values)
{
    std::printf(format, values...);
    std::printf("\n");
    std::fflush(stdout);
}

inline bool waitFor(const std::function<bool()> &holds, int milliseconds = 300'000)
{
    QElapsedTimer time;
    time.start();
    QTimer nudge; // what is waited for may be told by nothing
    nudge.start(std::chrono::milliseconds(1));
    while (!holds() && time.elapsed() < milliseconds)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents);
    return holds();
}

inline double medianOf(QList<double> values)
{
    std::ranges::sort(values);
    return values.isEmpty() ? 0 : values.at(values.size() / 2);
}

/// How busy the machine is: figures of a busy one say little.
inline void sayLoad(const char *when)
{
    double load = 0;
    if (getloadavg(&load, 1) == 1)
        say("load %s: %.1f on %d processors", when, load, QThread::idealThreadCount());
}

} // namespace bench
