// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/statecolours.h"

#include <QPalette>

#include <cmath>

namespace ui {

Tone tone(upgrade::State state)
{
    switch (state) {
    case upgrade::State::Running:
        return Tone::Running;
    case upgrade::State::Succeeded:
        return Tone::Succeeded;
    case upgrade::State::Failed:
        return Tone::Failed;
    case upgrade::State::Paused:
        return Tone::Paused;
    case upgrade::State::Stuck:
        return Tone::Warning;
    case upgrade::State::Pending:
    case upgrade::State::Unknown:
        break;
    }
    return Tone::Muted;
}

Tone tone(const upgrade::Phase &phase)
{
    return phase.afterFailure ? Tone::Muted : tone(phase.state);
}

QColor toneColour(Tone tone, bool dark)
{
    switch (tone) {
    case Tone::Running:
        return dark ? QColor(0x58a6ff) : QColor(0x1f6feb);
    case Tone::Succeeded:
        return dark ? QColor(0x3fb950) : QColor(0x1a7f37);
    case Tone::Failed:
        return dark ? QColor(0xff7b72) : QColor(0xcf222e);
    case Tone::Warning:
        return dark ? QColor(0xd29922) : QColor(0x9a6700);
    case Tone::Paused:
        return dark ? QColor(0xa371f7) : QColor(0x8250df);
    case Tone::Muted:
        break;
    }
    return dark ? QColor(0x8b949e) : QColor(0x57606a);
}

QColor toneColour(Tone tone, const QPalette &palette)
{
    return toneColour(tone, isDark(palette));
}

QColor toneText(Tone tone, const QPalette &palette, const QColor &surface)
{
    const QColor pure = toneColour(tone, palette);
    const QColor end
        = contrast(Qt::white, surface) > contrast(Qt::black, surface) ? QColor(Qt::white) : QColor(Qt::black);
    QColor colour = pure;
    for (int step = 1; contrast(colour, surface) < 4.5 && step <= 20; ++step)
        colour = blend(end, pure, step / 20.0);
    return colour;
}

QColor toneSurface(Tone tone, const QPalette &palette)
{
    const QColor base = palette.color(QPalette::Base);
    return blend(toneColour(tone, palette), base, isDark(palette) ? 0.10 : 0.05);
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightnessF() < 0.5;
}

QColor blend(const QColor &top, const QColor &bottom, double share)
{
    const auto mix = [share](float a, float b) { return float(a * share + b * (1 - share)); };
    return QColor::fromRgbF(
        mix(top.redF(), bottom.redF()), mix(top.greenF(), bottom.greenF()), mix(top.blueF(), bottom.blueF()));
}

QColor hairline(const QPalette &palette)
{
    return blend(palette.color(QPalette::WindowText), palette.color(QPalette::Window), isDark(palette) ? 0.16 : 0.14);
}

QColor quietText(const QPalette &palette)
{
    return blend(palette.color(QPalette::WindowText), palette.color(QPalette::Window), isDark(palette) ? 0.68 : 0.70);
}

double contrast(const QColor &a, const QColor &b)
{
    const auto channel
        = [](double value) { return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4); };
    const auto luminance = [&](const QColor &colour) {
        return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF()) + 0.0722 * channel(colour.blueF());
    };
    const double x = luminance(a) + 0.05;
    const double y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}

} // namespace ui
