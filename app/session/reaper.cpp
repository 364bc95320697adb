// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/reaper.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QList>
#include <QMutex>

namespace session {

namespace {

struct Reaped {
    QMutex mutex;
    std::vector<std::unique_ptr<QThread>> threads;
    bool atExit = false;

    ~Reaped()
    {
        // Running to the end of the process is the lesser evil than ending a thread in the middle of its work.
        for (std::unique_ptr<QThread> &thread : threads) {
            if (!thread->isFinished())
                static_cast<void>(thread.release());
        }
    }
};

Reaped &reaped()
{
    static Reaped instance;
    return instance;
}

void joinAtExit()
{
    {
        const QMutexLocker locker(&reaped().mutex);
        reaped().atExit = false; // a later application object registers anew
    }
    joinReaped(std::chrono::seconds(5));
}

} // namespace

void reap(std::unique_ptr<QThread> thread)
{
    std::vector<std::unique_ptr<QThread>> ended;
    bool registerNow = false;
    {
        const QMutexLocker locker(&reaped().mutex);
        auto &threads = reaped().threads;
        for (auto it = threads.begin(); it != threads.end();) {
            if ((*it)->isFinished()) {
                ended.push_back(std::move(*it));
                it = threads.erase(it);
            } else {
                ++it;
            }
        }
        threads.push_back(std::move(thread));
        registerNow = !std::exchange(reaped().atExit, true);
    }
    if (registerNow)
        qAddPostRoutine(joinAtExit);
    for (std::unique_ptr<QThread> &old : ended)
        old->wait(); // finished: at most the last instructions of the thread
}

bool joinReaped(std::chrono::milliseconds limit)
{
    const QDeadlineTimer deadline(limit);
    std::vector<std::unique_ptr<QThread>> threads;
    {
        const QMutexLocker locker(&reaped().mutex);
        threads.swap(reaped().threads);
    }
    std::vector<std::unique_ptr<QThread>> left;
    for (std::unique_ptr<QThread> &thread : threads) {
        if (!thread->wait(deadline))
            left.push_back(std::move(thread));
    }
    const bool all = left.empty();
    const QMutexLocker locker(&reaped().mutex);
    for (std::unique_ptr<QThread> &thread : left)
        reaped().threads.push_back(std::move(thread));
    return all;
}

} // namespace session
