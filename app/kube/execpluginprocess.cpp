// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/execpluginprocess.h"

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/types.h>
#include <unistd.h>
#elif defined(Q_OS_WIN)
#include <cstdio>
#include <io.h>
#endif

namespace kube {

void makeUnattended(QProcess &process)
{
    process.setStandardInputFile(QProcess::nullDevice());
#if defined(Q_OS_UNIX)
    QProcess::UnixProcessParameters parameters;
    // No UseVFork: between fork and exec there is nothing of ours to run, but sanitizers dislike it.
    parameters.flags = QProcess::UnixProcessFlag::CreateNewSession | QProcess::UnixProcessFlag::ResetSignalHandlers;
    process.setUnixProcessParameters(parameters);
#elif defined(Q_OS_WIN)
    process.setCreateProcessArgumentsModifier([](QProcess::CreateProcessArguments *arguments) {
        arguments->flags |= 0x08000000; // CREATE_NO_WINDOW
    });
#endif
}

void makeInteractive(QProcess &process)
{
    process.setInputChannelMode(QProcess::ForwardedInputChannel);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel); // where programs write their questions
#ifdef Q_OS_UNIX
    QProcess::UnixProcessParameters parameters;
    parameters.flags = QProcess::UnixProcessFlag::ResetSignalHandlers;
    process.setUnixProcessParameters(parameters);
#endif
}

bool standardInputIsTerminal()
{
#if defined(Q_OS_UNIX)
    return ::isatty(STDIN_FILENO) == 1;
#elif defined(Q_OS_WIN)
    return ::_isatty(::_fileno(stdin)) != 0;
#else
    return false;
#endif
}

void killGroup(QProcess &process)
{
#ifdef Q_OS_UNIX
    // One that leads its own session leads the group of its number; no other group can have that number.
    if (const qint64 id = process.processId(); id > 0)
        ::kill(-pid_t(id), SIGKILL);
#endif
    process.kill();
}

void ProcessEnder::operator()(QProcess *process) const
{
    process->disconnect();
    if (process->state() == QProcess::NotRunning) {
        delete process;
        return;
    }
    killGroup(*process);
    if (process->waitForFinished(100)) {
        delete process;
        return;
    }
    // Stuck in the kernel: closing the window must not wait for that. It deletes itself when it is gone.
    process->setParent(nullptr);
    QObject::connect(process, &QProcess::finished, process, &QObject::deleteLater);
}

} // namespace kube
