// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The manual: every page in both languages, read once from the resources, and the choice of the page for a situation.
/// A value; everything but load() is pure.
#pragma once

#include "guidance/page.h"

#include <QHash>

namespace guidance {

/// A page and, mostly, a heading in it.
struct Place {
    QString id;
    QString anchor;
    friend bool operator==(const Place &, const Place &) = default;
};

class Library {
public:
    /// Folders `en` and `zh_CN` of `root`, with all folders below. What cannot be read is left out and told, so that
    /// one bad page costs no other.
    [[nodiscard]] static Library load(const QString &root = QStringLiteral(":/guidance"));
    [[nodiscard]] static Library of(QList<Page> pages);

    [[nodiscard]] const QList<Problem> &problems() const { return m_problems; }
    [[nodiscard]] static const QStringList &languages(); ///< "en", "zh_CN"
    /// In reading order: overview, phases, operations, known issues with the newest releases first.
    [[nodiscard]] const QList<Page> &pages(const QString &language) const;
    [[nodiscard]] const Page *page(const QString &id, const QString &language) const;

    /// Known issues of a phase that may happen between these releases, those that surely may first.
    [[nodiscard]] QList<const Page *> issuesOf(
        upgrade::PhaseId phase, const Versions &versions, const QString &language) const;
    /// The page of a finding: the known issue that shares an issue of a project with it, else the known issue of its
    /// family that fits the releases best, else whatever page is of that family; null: none. `links`: the finding's.
    [[nodiscard]] const Page *forFinding(
        const QStringList &links, const QString &family, const Versions &versions, const QString &language) const;

private:
    void sort();
    QHash<QString, QList<Page>> m_pages; ///< by language
    QList<Problem> m_problems;
};

[[nodiscard]] QString phasePage(upgrade::PhaseId phase); ///< "phase-nodes"
/// Where to open the manual for what is selected on a board: the page of the phase, or of the node's state; of a failed
/// upgrade what goes wrong in the phase that failed; nothing selected: where the upgrade is,
/// or the state of the node it is stuck on.
[[nodiscard]] Place placeFor(
    const upgrade::Board &board, const std::optional<upgrade::PhaseId> &phase, const QString &node);
[[nodiscard]] Versions versionsOf(const upgrade::Board &board);
/// "guide:phase-nodes#reboot"; nullopt for another address.
[[nodiscard]] std::optional<Place> placeOf(const QString &target);
/// "https://…" alone: what may be handed to a browser.
[[nodiscard]] bool isExternal(const QString &target);

} // namespace guidance
