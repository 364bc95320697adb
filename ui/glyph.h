// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The shapes that tell a state without colour: empty ring (pending), arc with the fraction (running), tick
/// (succeeded), cross (failed), two bars (paused), hourglass (stuck), question mark (unknown), arrow back (put back
/// after a failure). Drawn with QPainter,
/// sharp at any scale.
#pragma once

#include "ui/statecolours.h"

#include <QIcon>
#include <QRectF>

class QPainter;

namespace ui {

enum class Shape { Ring, Arc, Tick, Cross, Bars, Hourglass, Question, Dot, Alert, Off, Back };

[[nodiscard]] Shape shape(upgrade::State state);

struct Glyph {
    Shape shape = Shape::Ring;
    Tone tone = Tone::Muted;
    double fraction = -1; ///< of Arc; below 0: a quarter that says "going on"
    double turn = 0;      ///< of Arc without a fraction: 0..1 of a full turn
    bool filled = false;  ///< solid disc with the shape cut into it (stepper), else outline
};
[[nodiscard]] Glyph glyph(upgrade::State state, double fraction = -1);
[[nodiscard]] Glyph glyph(const upgrade::Phase &phase);

void paintGlyph(QPainter &painter, const QRectF &rect, const Glyph &glyph, const QPalette &palette);

/// The glyph as an icon that follows the palette of the application.
[[nodiscard]] QIcon glyphIcon(const Glyph &glyph);

} // namespace ui
