// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What opens beside the board: the reasons of the verdict under the headline, the page of pre-checks in its place.

#include "ui/boardview.h"
#include "ui/checksview.h"
#include "ui/fade.h"
#include "ui/headerview.h"
#include "ui/nodetable.h"
#include "ui/verdictchip.h"
#include "ui/verdictpanel.h"
#include "ui/workspace.h"

#include <QTreeView>

namespace ui {

bool BoardView::mayCheck() const
{
    return !m_workspace.past() && m_workspace.link(m_workspace.current());
}

void BoardView::showChecks(bool open)
{
    if (open == showsChecks() || (open && !mayCheck()))
        return;
    m_checksFor = open ? m_workspace.current() : QString();
    refresh();
    open ? m_checks->tree()->setFocus() : m_nodes->setFocus();
}

/// The page belongs to one cluster: looking at another leaves it, and nothing is asked of that one.
void BoardView::followChecks()
{
    if (!mayCheck() || m_checksFor != m_workspace.current())
        m_checksFor.clear();
    m_checks->follow(showsChecks() ? m_workspace.link(m_checksFor) : nullptr);
}

void BoardView::showVerdict(bool open)
{
    m_verdictOpen = open && m_header->verdict()->isVisibleTo(m_header);
    refreshVerdict();
    if (m_verdictOpen)
        m_verdictPanel->takeFocus();
    else
        m_header->verdict()->setFocus(Qt::OtherFocusReason);
}

void BoardView::refreshVerdict()
{
    const bool open = m_verdictOpen && !m_header->isHidden() && m_header->verdict()->isVisibleTo(m_header);
    m_header->verdict()->setOpen(open);
    if (open)
        m_verdictPanel->present(m_workspace.shownState().verdict, mayCheck() && !showsChecks());
    const bool appears = open && m_verdictPanel->isHidden();
    m_verdictPanel->setVisible(open);
    if (appears)
        Fade::in(m_verdictPanel);
}

/// To the view that shows it.
void BoardView::goTo(const upgrade::ObjectRef &object)
{
    showChecks(false);
    if (object.kind == upgrade::Kind::Node) {
        m_selection.selectNode(object.name);
        return;
    }
    upgrade::Evidence evidence;
    evidence.object = object;
    Q_EMIT evidenceWanted(evidence);
}

} // namespace ui
