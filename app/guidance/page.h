// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One page of the manual: what its front matter says, and its blocks. Pure. How pages are written: docs/guidance.md.
///
///   ---
///   id: KI-1.9-01             the same in every language; the file has its name
///   title: …
///   kind: known-issue         overview, phase, operation or known-issue
///   phases: [1]               numbers of PhaseId, "before", "after" or "any"
///   from: [1.7.x, 1.8.0]      versions.h; left out: any
///   to: [1.9.x]
///   restart: yes              known issues: yes, after-bundle, no or not-needed
///   families: [iso-image-download]
///   keywords: [importer, OOM]
///   links: [https://…]
///   ---
#pragma once

#include "guidance/markdown.h"
#include "upgrade/board.h"

namespace guidance {

enum class PageKind { Overview, Phase, Operation, KnownIssue };
/// May the upgrade be deleted and made again in this situation? Of known issues.
enum class Restart { Unsaid, Yes, AfterBundle, No, NotNeeded };

struct Page {
    QString id;
    QString language; ///< "en", "zh_CN"
    QString title;
    PageKind kind = PageKind::Operation;
    QList<upgrade::PhaseId> phases;
    bool before = false, after = false, anyPhase = false; ///< when it matters besides phases
    QStringList from, to;
    Restart restart = Restart::Unsaid;
    QStringList families;
    QStringList keywords;
    QStringList links;
    QList<Block> blocks;

    [[nodiscard]] const Block *heading(const QString &anchor) const;
};

/// Groups of causes: the vocabulary that findings and pages share.
[[nodiscard]] const QStringList &families();

[[nodiscard]] std::expected<Page, Problem> parsePage(const QString &text, const QString &language, const QString &file);
/// How well the page's releases fit: the worse of `from` and `to`.
[[nodiscard]] Applies appliesTo(const Page &page, const Versions &versions);
/// "{{upgrade}}" … in the order of first use, each once.
[[nodiscard]] QStringList placeholdersOf(const Page &page);
/// Code blocks in order.
[[nodiscard]] QStringList codeOf(const Page &page);
/// Targets of links in text and front matter.
[[nodiscard]] QStringList linksOf(const Page &page);

} // namespace guidance
