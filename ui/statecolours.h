// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The six state colours, for light and dark surfaces. Never the only sign: a glyph or a word stands beside them.
#pragma once

#include "session/session.h"
#include "upgrade/board.h"

#include <QColor>

class QPalette;

namespace ui {

enum class Tone { Running, Succeeded, Failed, Warning, Paused, Muted };

[[nodiscard]] Tone tone(upgrade::State state);
/// Of a phase that puts back what a failed upgrade had changed: never the one of a success.
[[nodiscard]] Tone tone(const upgrade::Phase &phase);
[[nodiscard]] QColor toneColour(Tone tone, bool dark);
[[nodiscard]] QColor toneColour(Tone tone, const QPalette &palette);
/// The tone for text on `surface`: moved towards the text colour as far as 4.5:1 needs, whatever palette the platform
/// has.
[[nodiscard]] QColor toneText(Tone tone, const QPalette &palette, const QColor &surface);
/// A quiet surface in the tone, for chips and strips.
[[nodiscard]] QColor toneSurface(Tone tone, const QPalette &palette);
[[nodiscard]] bool isDark(const QPalette &palette);
/// `share` 0..1 of `top` over `bottom`, both opaque.
[[nodiscard]] QColor blend(const QColor &top, const QColor &bottom, double share);
/// Hairlines and card borders: between window and text, visible but quiet.
[[nodiscard]] QColor hairline(const QPalette &palette);
/// Secondary text with at least 4.5:1 on window and base.
[[nodiscard]] QColor quietText(const QPalette &palette);
/// WCAG 2 contrast ratio, 1..21.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);

} // namespace ui
