// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/interrupt.h"

#include <QSocketNotifier>

#include <csignal>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

namespace cli {

#ifdef Q_OS_UNIX

namespace {

int ends[2] = {-1, -1};

extern "C" void onSignal(int number)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(ends[1], &byte, 1);
    // The second time it ends the process the usual way: whatever hangs, Ctrl+C works.
    std::signal(number, SIG_DFL);
}

} // namespace

Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
    if (::pipe(ends) != 0)
        return;
    for (const int end : ends)
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    m_notifier = new QSocketNotifier(ends[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        if (::read(ends[0], &byte, 1) == 1)
            Q_EMIT interrupted();
    });
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
}

Interrupt::~Interrupt()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    if (!m_notifier)
        return;
    delete m_notifier;
    for (int &end : ends)
        ::close(std::exchange(end, -1));
}

#else

// Windows ends the process on Ctrl+C; there is nothing to put in order that does not end with it.
Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
}
Interrupt::~Interrupt() = default;

#endif

} // namespace cli
