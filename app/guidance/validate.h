// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a library must be beyond pages that can be read: complete in both languages, without a link or a placeholder
/// that leads nowhere. For tests, and for whoever writes pages.
#pragma once

#include "guidance/library.h"

namespace guidance {

[[nodiscard]] QList<Problem> validate(const Library &library);
/// What two versions of one page differ in that must be the same: front matter but for title and keywords, headings,
/// blocks and their conditions, placeholders, commands, links.
[[nodiscard]] QList<Problem> compare(const Page &page, const Page &with);

} // namespace guidance
