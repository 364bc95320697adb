// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a log file cannot say itself: FILE.marks beside it has a line of JSON for each divider,
/// {"at":BYTE,"kind":"gap","time":"…","text":"…"}. `at` is where the divider stands: before the line that begins there;
/// of "cut" it is the end of the line whose rest is missing. In the order of `at`. Pure.
///
/// A mark is written before the lines that follow it and the file may be shorter than `at` then: the lines are on their
/// way, or a crash kept them away. Such a mark does not hold until the file is that long.
///
/// Kinds: gap, restart, reconnected, ended (text: why), cut, dropped (text: "log-limit N", "upgrade-limit N" or
/// "store-limit N": what comes from here on is not kept, because of a limit of N bytes).
#pragma once

#include "kube/logline.h"
#include "logs/marks.h"

#include <optional>

namespace evidence {

using logs::Mark; ///< one format, read by the view and written here
using MarkKind = logs::Divider::Kind;

/// nullopt: a line of text.
[[nodiscard]] std::optional<MarkKind> markOf(kube::LogLine::Kind kind);

} // namespace evidence
