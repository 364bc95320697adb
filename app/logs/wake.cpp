// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/wake.h"

#include <QCoreApplication>
#include <QEvent>

namespace logs {

namespace {
constexpr int paceMs = 50;
}

void Wake::Bell::ring(bool done)
{
    const std::lock_guard lock(m_mutex);
    if (!m_wake || (m_rung && (m_done || !done)))
        return;
    m_rung = true;
    m_done = m_done || done;
    // The object cannot go while the lock is held, and takes its posted events with it.
    QCoreApplication::postEvent(m_wake, new QEvent(QEvent::User));
}

Wake::Wake(QObject *parent)
    : QObject(parent)
    , m_pause(this)
{
    m_bell->m_wake = this;
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &Wake::answer);
}

Wake::~Wake()
{
    const std::lock_guard lock(m_bell->m_mutex);
    m_bell->m_wake = nullptr;
}

bool Wake::event(QEvent *event)
{
    if (event->type() != QEvent::User)
        return QObject::event(event);
    bool done = false;
    {
        const std::lock_guard lock(m_bell->m_mutex);
        if (!m_bell->m_rung)
            return true; // answered with the one before
        done = m_bell->m_done;
    }
    const qint64 past = m_last.isValid() ? m_last.elapsed() : paceMs;
    if (done || past >= paceMs)
        answer();
    else if (!m_pause.isActive())
        m_pause.start(int(paceMs - past));
    return true;
}

void Wake::answer()
{
    {
        const std::lock_guard lock(m_bell->m_mutex);
        m_bell->m_rung = m_bell->m_done = false;
    }
    m_pause.stop();
    m_last.start();
    emit rang();
}

} // namespace logs
