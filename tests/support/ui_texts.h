// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a person can read in a window: the words of every visible label, chip, button, tab, header and menu.
#pragma once

#include <QStringList>

class QWidget;

namespace uitest {

/// In no particular order, empty ones left out. Cells of tables and lists are not among them.
[[nodiscard]] QStringList visibleTexts(const QWidget &root);
/// True when some visible text contains `part`.
[[nodiscard]] bool shows(const QWidget &root, const QString &part);

} // namespace uitest
