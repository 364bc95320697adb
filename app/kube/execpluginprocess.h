// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Children of ours: mostly ones that nobody sees, without terminal or console window, and gone with everything they
/// started when we say so. Thread: that of the QProcess.
#pragma once

#include <QProcess>

#include <memory>

namespace kube {

/// Own session (so that one signal reaches the whole group), standard input closed, no console window on Windows.
void makeUnattended(QProcess &process);

/// Our standard input and error, in our session: the child may ask the person at our terminal.
void makeInteractive(QProcess &process);
[[nodiscard]] bool standardInputIsTerminal();

/// Ends the process and its group (where it leads one) at once; `finished` comes as usual.
void killGroup(QProcess &process);

/// For unique_ptr: ends what still runs and waits at most a blink for it. Must not be called from a signal of the
/// process.
struct ProcessEnder {
    void operator()(QProcess *process) const;
};
using ProcessPtr = std::unique_ptr<QProcess, ProcessEnder>;

} // namespace kube
