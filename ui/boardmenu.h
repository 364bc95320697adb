// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The menu of the board's items (phases, nodes, lanes of the timeline, what is waited for), by the mouse or by the
/// menu key; and which item the keyboard is at.
#pragma once

#include "ui/selection.h"

#include <QObject>

#include <optional>

class QWidget;

namespace ui {

class HeaderView;
class NodeTable;
class Stepper;
class Timeline;

class BoardMenu : public QObject {
    Q_OBJECT
public:
    struct Item {
        Selected where;
        upgrade::ObjectRef first; ///< the object it is about; name "": see objectsBehind()
        QString field;            ///< of it
    };
    BoardMenu(HeaderView *header, Stepper *stepper, NodeTable *nodes, Timeline *timeline, QObject *parent);
    /// Of the view that has the focus; nothing when none of the board has it.
    [[nodiscard]] std::optional<Item> focused() const;

Q_SIGNALS:
    void objectsWanted(const ui::BoardMenu::Item &item);
    void logWanted(const upgrade::ObjectRef &job);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] std::optional<Item> itemAt(const QWidget *view, const QPoint &at) const;
    [[nodiscard]] std::optional<Item> itemOf(const QWidget *view) const;
    void popUp(const Item &item, const QPoint &global);

    HeaderView *m_header;
    Stepper *m_stepper;
    NodeTable *m_nodes;
    Timeline *m_timeline;
};

} // namespace ui
