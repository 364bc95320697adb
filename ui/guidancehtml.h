// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Pages of the manual as the HTML that Qt's rich text shows, in the colours of a palette. Pure: everything that comes
/// from a page, a name or a query is escaped.
///
/// Targets of links: "guide:PAGE#anchor", "https://…", "copy:N" (the Nth command of the page, from 0).
#pragma once

#include "guidance/placeholders.h"
#include "guidance/search.h"

#include <QFont>
#include <QPalette>

namespace ui {

/// What a page is filled in with.
struct GuidanceSituation {
    guidance::Names names;
    guidance::Versions versions;
    friend bool operator==(const GuidanceSituation &, const GuidanceSituation &) = default;
};

struct GuidanceLook {
    QPalette palette;
    QFont font;
    bool forPaper = false; ///< no links to copy; addresses are written out
};

[[nodiscard]] QString guidanceHtml(const guidance::Library &library, const guidance::Page &page,
    const GuidanceSituation &situation, const GuidanceLook &look);
/// All pages of a language, by kind; known issues of the two releases before others.
[[nodiscard]] QString guidanceContents(const guidance::Library &library, const QString &language,
    const GuidanceSituation &situation, const GuidanceLook &look);
[[nodiscard]] QString guidanceHits(const QString &query, const QList<guidance::Hit> &hits, const GuidanceLook &look);

/// The commands of a page that are shown for these releases, filled in, in the order of their "copy:N".
[[nodiscard]] QStringList guidanceCommands(const guidance::Page &page, const GuidanceSituation &situation);

} // namespace ui
