// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Tells ThreadSanitizer about the order that Qt makes between threads. The distribution's Qt is not instrumented, and
/// its locks are futexes, so without this every value handed over in a queued call looks like a data race. The
/// functions below take the place of Qt's own when a program of the tsan preset is loaded, call those, and say only
/// what Qt promises: what was done before posting an event is seen by who handles it; likewise for a semaphore, a wait
/// condition and the end of a thread. Races in Gleaner's own code are reported as ever.
///
/// Works where Qt is built without -Bsymbolic, as Debian's is; elsewhere it has no effect.

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QSemaphore>
#include <QThread>
#include <QWaitCondition>

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

namespace {

// Stands for the end of any thread: wait conditions are rare enough that one for all hides nothing.
char threadEnd;

template<typename Function>
Function *original(const char *symbol)
{
    return reinterpret_cast<Function *>(dlsym(RTLD_NEXT, symbol));
}

} // namespace

#define QT_SYMBOL(name) __asm__(name)

void gleanerPostEvent(QObject *receiver, QEvent *event, int priority)
    QT_SYMBOL("_ZN16QCoreApplication9postEventEP7QObjectP6QEventi");
void gleanerPostEvent(QObject *receiver, QEvent *event, int priority)
{
    static const auto qt = original<decltype(gleanerPostEvent)>("_ZN16QCoreApplication9postEventEP7QObjectP6QEventi");
    __tsan_release(event);
    qt(receiver, event, priority);
}

bool gleanerNotify(QObject *receiver, QEvent *event)
    QT_SYMBOL("_ZN16QCoreApplication15notifyInternal2EP7QObjectP6QEvent");
bool gleanerNotify(QObject *receiver, QEvent *event)
{
    static const auto qt
        = original<decltype(gleanerNotify)>("_ZN16QCoreApplication15notifyInternal2EP7QObjectP6QEvent");
    __tsan_acquire(event);
    return qt(receiver, event);
}

void gleanerSemaphoreRelease(QSemaphore *self, int n) QT_SYMBOL("_ZN10QSemaphore7releaseEi");
void gleanerSemaphoreRelease(QSemaphore *self, int n)
{
    static const auto qt = original<decltype(gleanerSemaphoreRelease)>("_ZN10QSemaphore7releaseEi");
    __tsan_release(self);
    qt(self, n);
}

void gleanerSemaphoreAcquire(QSemaphore *self, int n) QT_SYMBOL("_ZN10QSemaphore7acquireEi");
void gleanerSemaphoreAcquire(QSemaphore *self, int n)
{
    static const auto qt = original<decltype(gleanerSemaphoreAcquire)>("_ZN10QSemaphore7acquireEi");
    qt(self, n);
    __tsan_acquire(self);
}

void gleanerWakeAll(QWaitCondition *self) QT_SYMBOL("_ZN14QWaitCondition7wakeAllEv");
void gleanerWakeAll(QWaitCondition *self)
{
    static const auto qt = original<decltype(gleanerWakeAll)>("_ZN14QWaitCondition7wakeAllEv");
    __tsan_release(&threadEnd); // the last thing that a QThread does
    qt(self);
}

bool gleanerThreadWait(QThread *self, QDeadlineTimer deadline) QT_SYMBOL("_ZN7QThread4waitE14QDeadlineTimer");
bool gleanerThreadWait(QThread *self, QDeadlineTimer deadline)
{
    static const auto qt = original<decltype(gleanerThreadWait)>("_ZN7QThread4waitE14QDeadlineTimer");
    const bool ended = qt(self, deadline);
    if (ended)
        __tsan_acquire(&threadEnd);
    return ended;
}
