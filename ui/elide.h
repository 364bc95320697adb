// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Texts of two parts made to fit: what tells the two apart stays, the rest gives way. Pure.
#pragma once

#include <QFontMetrics>
#include <QString>

namespace ui {

/// "Pre-draining · 3 h 07 min": the word gives way, what stands after the last " · " stays whole.
[[nodiscard]] QString elideBeforeTail(const QFontMetrics &metrics, const QString &text, int width);

/// "v1.35.4+rke2r1 → v1.36.1+rke2r1" as it is, else without what both sides share ("v1.35.4 → v1.36.1"), else both
/// sides elided at their ends. The arrow and the new value never go.
[[nodiscard]] QString elideChange(const QFontMetrics &metrics, const QString &text, int width);

/// The shortest faithful form of "from → to": without a word both begin with and a "+build" both end with. A text
/// without an arrow stays.
[[nodiscard]] QString shortChange(const QString &text);

} // namespace ui
