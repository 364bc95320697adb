// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The window's one clock: what "now" is, and a signal each second while the window is visible (elapsed and age texts).
/// Times of a board are the cluster's, whose clock may run ahead of ours: now() is comparable with them, wall() with
/// times of our own (when the next try is due). Tests fix the time.
#pragma once

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace ui {

class Tick : public QObject {
    Q_OBJECT
public:
    explicit Tick(QObject *parent = nullptr)
        : QObject(parent)
    {
        m_timer.setInterval(1000);
        m_timer.setTimerType(Qt::CoarseTimer);
        connect(&m_timer, &QTimer::timeout, this, &Tick::ticked);
    }
    [[nodiscard]] QDateTime wall() const { return m_fixed ? *m_fixed : QDateTime::currentDateTimeUtc(); }
    [[nodiscard]] QDateTime now() const { return m_moment.isValid() ? m_moment : wall().addMSecs(m_ahead.count()); }
    /// Of the cluster that is looked at.
    void setAhead(std::chrono::milliseconds ahead) { m_ahead = ahead; }
    /// Of a past upgrade that is looked at: time stands still there. Invalid: it goes on.
    void setMoment(const QDateTime &moment) { m_moment = moment; }
    void fix(const QDateTime &now)
    {
        m_fixed = now;
        m_timer.stop();
        Q_EMIT ticked();
    }
    void setRunning(bool running)
    {
        if (running == m_timer.isActive() || m_fixed)
            return;
        running ? m_timer.start() : m_timer.stop();
        if (running)
            Q_EMIT ticked();
    }
    [[nodiscard]] bool isRunning() const { return m_timer.isActive(); }

Q_SIGNALS:
    void ticked();

private:
    QTimer m_timer;
    std::optional<QDateTime> m_fixed;
    std::chrono::milliseconds m_ahead{0};
    QDateTime m_moment;
};

} // namespace ui
