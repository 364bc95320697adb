// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The logs of a bundle as a window shows those of a past upgrade: by Job, pod and container, as files. What lies
/// packed in the bundle is unpacked for that.
#pragma once

#include "session/bundlefacts.h"

#include <atomic>

namespace session {

/// How much of the logs is made readable.
enum class LogShare { None, Jobs, All };

/// Bytes of logs unpacked for a window, Jobs' apart; what is beyond is named but has no file.
inline constexpr qint64 mostUnpackedLogs = qint64(4) * 1024 * 1024 * 1024;

[[nodiscard]] evidence::KeptLogs logsOf(
    const evidence::Bundle &bundle, const upgrade::Board &board, LogShare share, const std::atomic<bool> &stop);

/// stateOf() with its logs. `path`: what was opened. The state keeps the bundle's private copies alive.
[[nodiscard]] ClusterState shownState(
    const evidence::Bundle &bundle, const QString &path, LogShare share, const std::atomic<bool> &stop);

} // namespace session
