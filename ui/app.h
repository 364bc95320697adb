// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The one way into the window for main.cpp: everything the command line says about it, as values.
#pragma once

#include <QString>

class QApplication;

namespace ui {

struct GuiOptions {
    QString kubeconfig;    ///< explicit file; empty: $KUBECONFIG, then ~/.kube/config
    QString context;       ///< context to open; empty: the one open last time, else current-context
    bool demo = false;     ///< simulated clusters instead of any kubeconfig
    QString tourDirectory; ///< not empty: walk through every view, write PNGs there, print their paths, quit
    QString language;      ///< "en", "zh_CN"; empty: as remembered, else the system's
    QString theme;         ///< "light", "dark", "system"; empty: as remembered
};

/// Shows the window and runs the event loop. Returns the exit code of the process.
/// Nothing heavy happens before the first paint: kubeconfig and sessions come right after it.
int runGui(QApplication &application, const GuiOptions &options);

} // namespace ui
