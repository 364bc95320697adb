// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the window itself says around the pages of the manual, in the language of the application.
#pragma once

#include "guidance/page.h"

namespace ui {

[[nodiscard]] QString copyWord();
[[nodiscard]] QString noteWord(guidance::Block::Tone tone);
/// "Upgrading to v1.7 or newer": above a paragraph of which nobody knows whether it is for this upgrade.
[[nodiscard]] QString conditionText(const guidance::Condition &condition);
[[nodiscard]] QString unknownNamesText();
[[nodiscard]] QString kindText(const guidance::Page &page);     ///< above a title: "Known issue KI-1.9-01"
[[nodiscard]] QString kindTitle(guidance::PageKind kind);       ///< in the contents
[[nodiscard]] QString releasesText(const guidance::Page &page); ///< "From 1.8.x to 1.9.0"
[[nodiscard]] QString otherReleasesText(const guidance::Versions &versions);
[[nodiscard]] QString restartText(guidance::Restart restart);
[[nodiscard]] QString knownIssuesTitle(const guidance::Versions &versions);
[[nodiscard]] QString otherIssuesTitle();
[[nodiscard]] QString seeAlsoTitle();
[[nodiscard]] QString contentsTitle();
[[nodiscard]] QString foundTitle(int pages);
[[nodiscard]] QString nothingFoundTitle(const QString &query);
[[nodiscard]] QString nothingFoundText();

} // namespace ui
