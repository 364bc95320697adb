// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/execpluginprocess.h"

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/types.h>
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

void killGroup(QProcess &process)
{
#ifdef Q_OS_UNIX
    // Its process id is the group's, since it leads its own session.
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
