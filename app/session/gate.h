// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A door to an object of another thread that may be gone: whoever holds the gate can post work to it at any time, the
/// owner closes it before it dies. The lock is held for the posting only, never while the work runs.
#pragma once

#include <QMetaObject>
#include <QMutex>
#include <QObject>

#include <utility>

namespace session {

class Gate {
public:
    explicit Gate(QObject *object)
        : m_object(object)
    {
    }
    Gate(const Gate &) = delete;
    Gate &operator=(const Gate &) = delete;

    /// Runs `work` later in the object's thread. False when it is gone: `work` never runs then.
    template<class Work>
    bool post(Work &&work)
    {
        const QMutexLocker locker(&m_mutex);
        if (!m_object)
            return false;
        return QMetaObject::invokeMethod(m_object, std::forward<Work>(work), Qt::QueuedConnection);
    }
    void close()
    {
        const QMutexLocker locker(&m_mutex);
        m_object = nullptr;
    }

private:
    QMutex m_mutex;
    QObject *m_object;
};

} // namespace session
