// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Small texts made of values that several views share. Times are shown in the zone of the machine; the zone is in the
/// tooltip.
#pragma once

#include "upgrade/board.h"

#include <QDateTime>
#include <QString>

class QFontMetrics;

namespace ui {

/// "12 min"; empty when `from` is not known. Never negative.
[[nodiscard]] QString elapsed(const QDateTime &from, const QDateTime &to);
/// "Wed 25 Nov 2026 16:04:12 UTC+01:00", for tooltips; empty when not known.
[[nodiscard]] QString absoluteTime(const QDateTime &time);
/// "v1.8.2 → v1.9.0", one value when equal or the other is not known.
[[nodiscard]] QString change(const QString &from, const QString &to);
/// Control characters made visible (␀ … ␡), tabs kept: text of a cluster is shown, never obeyed.
[[nodiscard]] QString shown(const QString &text);
/// Plain text for tooltips of texts that may hold markup.
[[nodiscard]] QString tip(const QStringList &lines);
/// "43 %"; empty below 0.
[[nodiscard]] QString percent(double fraction);
/// The state's word; after a failure the cleanup has words of its own.
[[nodiscard]] QString phaseState(const upgrade::Phase &phase);
/// State and time in one line: "Running · 12 min".
[[nodiscard]] QString stateLine(const upgrade::Phase &phase, const QDateTime &now);
/// Five pips in words: "preloaded yes, pre-drained no …".
[[nodiscard]] QString pipWords(const upgrade::NodeRow &node);
/// API state of a node, or the state's word when it has none.
[[nodiscard]] QString nodeState(const upgrade::NodeRow &node);

} // namespace ui
