// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "guidance/library.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QUrl>
#include <QVersionNumber>

#include <algorithm>

namespace guidance {

using namespace Qt::StringLiterals;
using upgrade::PhaseId;
using upgrade::State;

namespace {

/// Of "KI-1.9-01": 1.9 and 1; general ones last.
std::pair<QVersionNumber, int> orderOf(const QString &id)
{
    static const QRegularExpression form(u"^KI-(\\d+\\.\\d+|GEN)-(\\d+)$"_s);
    const auto match = form.match(id);
    return {QVersionNumber::fromString(match.captured(1)), match.captured(2).toInt()};
}

bool before(const Page &a, const Page &b)
{
    if (a.kind != b.kind)
        return a.kind < b.kind;
    switch (a.kind) {
    case PageKind::Phase:
        return a.phases.value(0) < b.phases.value(0);
    case PageKind::KnownIssue: {
        const auto [aRelease, aNumber] = orderOf(a.id);
        const auto [bRelease, bNumber] = orderOf(b.id);
        return aRelease != bRelease ? aRelease > bRelease : aNumber < bNumber;
    }
    default:
        return a.id < b.id;
    }
}

/// Headings of the page about phase 4, by what a node's state says; V2 writes its states without a space.
QString anchorOfNodeState(const QString &state)
{
    static const QHash<QString, QString> anchors{
        {u"Images preloaded"_s, u"images-preloaded"_s},
        {u"ImagePreloaded"_s, u"images-preloaded"_s},
        {u"Node-upgrade paused"_s, u"paused"_s},
        {u"UpgradePaused"_s, u"paused"_s},
        {u"Pre-draining"_s, u"pre-draining"_s},
        {u"PreDraining"_s, u"pre-draining"_s},
        {u"PreDrainFailed"_s, u"pre-draining"_s},
        {u"Pre-drained"_s, u"pre-drained"_s},
        {u"PreDrained"_s, u"pre-drained"_s},
        {u"Post-draining"_s, u"post-draining"_s},
        {u"PostDraining"_s, u"post-draining"_s},
        {u"PostDrainFailed"_s, u"post-draining"_s},
        {u"Waiting Reboot"_s, u"waiting-reboot"_s},
        {u"WaitingReboot"_s, u"waiting-reboot"_s},
        {u"SingleNodeUpgrading"_s, u"single-node"_s},
        {u"SingleNodeUpgradeFailed"_s, u"single-node"_s},
    };
    return anchors.value(state);
}

std::optional<PhaseId> phaseAt(const upgrade::Board &board)
{
    return board.failedPhase ? board.failedPhase : board.currentPhase;
}

Place placeOfNode(const upgrade::Board &board, const QString &name)
{
    const auto row = std::ranges::find(board.nodes, name, &upgrade::NodeRow::name);
    const PhaseId at = phaseAt(board).value_or(PhaseId::Nodes);
    if (row == board.nodes.end())
        return {phasePage(at), {}};
    // Before its phase a node has nothing of its own to tell.
    if (at < PhaseId::Nodes)
        return {phasePage(at), row->state == State::Failed ? u"wrong"_s : QString()};
    if (board.singleNode && row->state != State::Paused && row->stateText != "Waiting Reboot"_L1)
        return {phasePage(PhaseId::Nodes), u"single-node"_s};
    if (row->state == State::Failed)
        return {phasePage(PhaseId::Nodes), u"wrong"_s};
    return {phasePage(PhaseId::Nodes), anchorOfNodeState(row->stateText)};
}

} // namespace

const QStringList &Library::languages()
{
    static const QStringList all{u"en"_s, u"zh_CN"_s};
    return all;
}

Library Library::load(const QString &root)
{
    Library library;
    for (const QString &language : languages()) {
        const QString folder = root + u'/' + language;
        QDirIterator files(folder, {u"*.md"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            const QString name = language + file.fileName().sliced(folder.size());
            if (!file.open(QIODevice::ReadOnly)) {
                library.m_problems.append({.file = name, .line = 0, .text = file.errorString()});
                continue;
            }
            auto page = parsePage(QString::fromUtf8(file.readAll()), language, name);
            if (!page)
                library.m_problems.append(page.error());
            else if (page->id != files.fileInfo().completeBaseName())
                library.m_problems.append({.file = name, .line = 1, .text = u"the id is not the name of the file"_s});
            else
                library.m_pages[language].append(std::move(*page));
        }
    }
    library.sort();
    return library;
}

Library Library::of(QList<Page> pages)
{
    Library library;
    for (Page &page : pages)
        library.m_pages[page.language].append(std::move(page));
    library.sort();
    return library;
}

void Library::sort()
{
    for (QList<Page> &pages : m_pages)
        std::ranges::sort(pages, before);
}

const QList<Page> &Library::pages(const QString &language) const
{
    static const QList<Page> none;
    const auto found = m_pages.constFind(language);
    return found == m_pages.cend() ? none : *found;
}

const Page *Library::page(const QString &id, const QString &language) const
{
    const QList<Page> &all = pages(language);
    const auto found = std::ranges::find(all, id, &Page::id);
    return found == all.end() ? nullptr : &*found;
}

QList<const Page *> Library::issuesOf(PhaseId phase, const Versions &versions, const QString &language) const
{
    QList<const Page *> sure, perhaps;
    for (const Page &page : pages(language)) {
        if (page.kind != PageKind::KnownIssue || !(page.phases.contains(phase) || page.anyPhase))
            continue;
        const Applies applies = appliesTo(page, versions);
        if (applies == Applies::Yes)
            sure.append(&page);
        else if (applies == Applies::Maybe)
            perhaps.append(&page);
    }
    return sure + perhaps;
}

const Page *Library::forFinding(
    const QStringList &links, const QString &family, const Versions &versions, const QString &language) const
{
    if (family.isEmpty() || family == "unknown"_L1)
        return nullptr;
    const Page *best = nullptr;
    int bestRank = 0;
    for (const Page &page : pages(language)) {
        const bool ofFamily = page.families.contains(family);
        const bool same = std::ranges::any_of(
            links, [&](const QString &link) { return link.contains("/issues/"_L1) && page.links.contains(link); });
        // What is true of any release says less than what is true of these two; a page for others says nothing but when
        // it is about the very same issue.
        const Applies applies = appliesTo(page, versions);
        if (!(ofFamily || same) || (applies == Applies::No && !same))
            continue;
        const bool special = !page.from.isEmpty() && !page.from.contains(u"any"_s);
        int rank = page.kind == PageKind::KnownIssue ? 10 : 1;
        rank += same ? 40 : 0;
        rank += ofFamily && page.families.first() == family ? 5 : 0;
        rank += applies == Applies::Yes ? (special ? 2 : 1) : 0;
        if (rank > bestRank) {
            best = &page;
            bestRank = rank;
        }
    }
    return best;
}

QString phasePage(PhaseId phase)
{
    return u"phase-"_s + upgrade::phaseWord(phase);
}

Place placeFor(const upgrade::Board &board, const std::optional<PhaseId> &phase, const QString &node)
{
    if (phase) {
        const bool failed = board.state == State::Failed && board.failedPhase == phase;
        return {phasePage(*phase), failed ? u"wrong"_s : QString()};
    }
    if (board.presence != upgrade::Board::Presence::Upgrade)
        return {u"overview"_s, {}};
    if (!node.isEmpty())
        return placeOfNode(board, node);
    // What is stuck on a node is told at that node's state.
    if (board.state != State::Failed && board.waiting && board.waiting->stuck && !board.waiting->node.isEmpty())
        return placeOfNode(board, board.waiting->node);
    if (board.state == State::Succeeded && !board.cleaningUp)
        return {u"after-upgrade"_s, {}};
    const std::optional<PhaseId> at = phaseAt(board);
    if (!at)
        return {u"overview"_s, {}};
    return {phasePage(*at), board.state == State::Failed ? u"wrong"_s : QString()};
}

Versions versionsOf(const upgrade::Board &board)
{
    return {.from = board.fromVersion.isEmpty() ? board.harvesterVersion : board.fromVersion, .to = board.toVersion};
}

std::optional<Place> placeOf(const QString &target)
{
    static const QRegularExpression form(u"^guide:([A-Za-z0-9.-]+)(?:#([a-z0-9-]+))?$"_s);
    const auto match = form.match(target);
    if (!match.hasMatch())
        return std::nullopt;
    return Place{match.captured(1), match.captured(2)};
}

bool isExternal(const QString &target)
{
    const QUrl url(target, QUrl::StrictMode);
    return url.isValid() && url.scheme() == "https"_L1 && !url.host().isEmpty() && url.userInfo().isEmpty();
}

} // namespace guidance
