// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Walks through every view and odd state of the window against simulated clusters, in both languages, light and dark,
/// and writes a PNG of each. Prints the paths; returns the exit code of the process.
#pragma once

#include <QString>

class QApplication;

namespace ui {

class Language;
class Theme;

int runTour(QApplication &application, Theme &theme, Language &language, const QString &directory);

} // namespace ui
