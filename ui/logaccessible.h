// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The log view for screen readers: a text of the lines that are seen, with the selected ones as its selection.
#pragma once

namespace ui {

class LogView;

/// Once is enough; more do nothing.
void installLogAccessibility();
/// The caret moved to another line, or the selection changed.
void tellCaret(LogView *view);

} // namespace ui
