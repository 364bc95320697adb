// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Ends threads without anybody waiting: a session hands its thread over when it closes, ended ones are freed at the
/// next occasion, and the rest is joined when the application object dies, for a bounded time.
#pragma once

#include <QThread>

#include <chrono>
#include <memory>

namespace session {

/// Takes a thread that has been told to quit. Call from any thread.
void reap(std::unique_ptr<QThread> thread);

/// Waits for all handed-over threads; true when none is left. Called by itself at the end of the application.
bool joinReaped(std::chrono::milliseconds limit);

} // namespace session
