// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Ctrl+C and SIGTERM as a signal of the event loop, so that a verb ends cleanly. One at a time may exist.
#pragma once

#include <QObject>

class QSocketNotifier;

namespace cli {

class Interrupt : public QObject {
    Q_OBJECT
public:
    explicit Interrupt(QObject *parent = nullptr);
    ~Interrupt() override;

Q_SIGNALS:
    void interrupted();

private:
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace cli
