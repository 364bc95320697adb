// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/boardmenu.h"

#include "ui/headerview.h"
#include "ui/nodemodel.h"
#include "ui/nodetable.h"
#include "ui/stepper.h"
#include "ui/timeline.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QTableView>

namespace ui {

namespace {

/// A list painted by one widget: the stepper, the timeline.
template<class View>
std::optional<BoardMenu::Item> itemIn(const View *view, int index)
{
    if (index < 0 || index >= view->itemCount())
        return std::nullopt;
    return BoardMenu::Item{.where = view->selectedBy(index), .first = {}, .field = {}};
}

template<class View>
int indexAt(const View *view, const QPoint &at)
{
    for (int i = 0; i < view->itemCount(); ++i) {
        if (view->itemRect(i).contains(at))
            return i;
    }
    return -1;
}

} // namespace

BoardMenu::BoardMenu(HeaderView *header, Stepper *stepper, NodeTable *nodes, Timeline *timeline, QObject *parent)
    : QObject(parent)
    , m_header(header)
    , m_stepper(stepper)
    , m_nodes(nodes)
    , m_timeline(timeline)
{
    // A scroll area's viewport has the mouse, the area itself the keyboard.
    for (QWidget *view : std::initializer_list<QWidget *>{
             m_header, m_stepper, m_nodes->view()->viewport(), m_nodes->view(), m_timeline->viewport(), m_timeline})
        view->installEventFilter(this);
}

std::optional<BoardMenu::Item> BoardMenu::itemAt(const QWidget *view, const QPoint &at) const
{
    if (view == m_stepper)
        return itemIn(m_stepper, indexAt(m_stepper, at));
    if (view == m_timeline->viewport())
        return itemIn(m_timeline, indexAt(m_timeline, at));
    if (view == m_nodes->view()->viewport()) {
        const QModelIndex index = m_nodes->view()->indexAt(at);
        return index.isValid() ? std::optional(Item{.where = {.phase = {}, .node = m_nodes->nameAt(index)}})
                               : std::nullopt;
    }
    return itemOf(view);
}

std::optional<BoardMenu::Item> BoardMenu::itemOf(const QWidget *view) const
{
    if (!view)
        return std::nullopt;
    if (view == m_stepper)
        return itemIn(m_stepper, m_stepper->itemCurrent());
    if (view == m_timeline || view == m_timeline->viewport())
        return itemIn(m_timeline, m_timeline->itemCurrent());
    if (view == m_nodes->view() || view == m_nodes->view()->viewport()) {
        const QModelIndex index = m_nodes->view()->currentIndex();
        return index.isValid() ? std::optional(Item{.where = {.phase = {}, .node = m_nodes->nameAt(index)}})
                               : std::nullopt;
    }
    if (view == m_header || m_header->isAncestorOf(view)) {
        const std::optional<HeaderView::Told> told = m_header->told();
        if (!told)
            return std::nullopt;
        Item item{.where = {}, .first = told->evidence.object, .field = told->evidence.field};
        if (told->node.isEmpty())
            item.where.phase = told->phase;
        else
            item.where.node = told->node;
        return item;
    }
    return std::nullopt;
}

std::optional<BoardMenu::Item> BoardMenu::focused() const
{
    return itemOf(QApplication::focusWidget());
}

bool BoardMenu::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ContextMenu)
        return QObject::eventFilter(watched, event);
    const auto *menu = static_cast<QContextMenuEvent *>(event);
    const auto *view = static_cast<const QWidget *>(watched);
    const bool byKey = menu->reason() == QContextMenuEvent::Keyboard;
    const std::optional<Item> item = byKey ? itemOf(view) : itemAt(view, menu->pos());
    if (!item)
        return QObject::eventFilter(watched, event);
    popUp(*item, menu->globalPos());
    return true;
}

void BoardMenu::popUp(const Item &item, const QPoint &global)
{
    auto *menu = new QMenu(QApplication::activeWindow());
    menu->setObjectName(QStringLiteral("boardMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show as YAML"), this, [this, item] { emit objectsWanted(item); });
    if (const upgrade::ObjectRef job = m_nodes->jobOf(item.where.node); !job.name.isEmpty())
        menu->addAction(tr("Show the log of %1").arg(job.name), this, [this, job] { emit logWanted(job); });
    menu->popup(global);
}

} // namespace ui
